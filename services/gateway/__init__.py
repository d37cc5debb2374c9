"""Gateway: HTTP in and out. The JSON API, the web portal, and who is asking.

Owns       nothing; the rooms own all data
Announces  nothing
Hears      nothing; asks every room by RPC
"""
