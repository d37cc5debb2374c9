"""Pages where the authority and the company write to each other."""
