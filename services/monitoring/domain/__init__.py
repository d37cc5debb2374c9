"""The chain that proves what happened, and what is known from it: plain Python."""
