"""The officials' own pages: what waits, the case, the proposal, the decision, the claim and its payment."""
