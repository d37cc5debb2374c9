"""`make bench`: how near the system comes to what the machine could do, measured in one run."""
