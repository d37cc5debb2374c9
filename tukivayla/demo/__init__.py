"""Demonstration: invented companies and people, and cases made by driving the real use cases."""
