"""Amendments: proposed, consented to by every party that the deal names, and then in force."""
