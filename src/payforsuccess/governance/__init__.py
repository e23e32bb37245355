"""Pure rules of public bodies: lifecycle and gates, votes, capacity, and what is on record.

The rules themselves are data; this room only applies them.
"""
