"""What the authority and the party write to each other in a case, and what the case waits for meanwhile."""
