"""The rooms: each one job, one owner of its data, and no reading of another room's tables."""
