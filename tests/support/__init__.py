"""Builders, fakes and servers for the tests: plain modules, imported by name."""
