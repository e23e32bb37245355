"""Amendments on their way: read as proposed, checked, and put in force once all have consented."""
