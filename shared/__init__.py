"""The kernel that every room may use and that knows no room: money, dates, errors, contracts, storage, messaging."""
