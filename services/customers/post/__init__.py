"""The way out: SMTP, or files in a directory where no server is set."""
