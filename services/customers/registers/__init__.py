"""Registers outside the house, each behind its own client; the addresses are settings."""
