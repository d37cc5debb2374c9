"""The house put together: the command line, the embedded run, the demonstration, the bench."""
