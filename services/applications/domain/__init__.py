"""The rules of applying and deciding, as plain Python: no storage, no bus, no clock."""
