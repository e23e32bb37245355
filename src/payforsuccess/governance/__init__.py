"""Pure rules of public bodies: which votes a change of the budget needs.

The rules themselves are data; this room only applies them.
"""
