"""The rules of paying: plain Python, no database, no bus, no XML."""
