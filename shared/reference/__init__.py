"""Tables of the outside world, each row with its dates and source: authorities, regions."""
