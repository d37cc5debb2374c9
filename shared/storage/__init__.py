"""PostgreSQL: columns, transactions, and the bus's own tables in each room's schema."""
