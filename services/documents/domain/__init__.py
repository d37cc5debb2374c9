"""What a file may be, who may see it, how a reading and a letter move. No storage, no bus, no PDF library."""
