"""Who is who, and what each may act as: plain Python."""
