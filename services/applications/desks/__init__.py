"""The room's counters, one a subject; `service.py` puts them together."""
