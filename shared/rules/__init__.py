"""Rules of law that more than one room applies: pure functions over dated tables."""
