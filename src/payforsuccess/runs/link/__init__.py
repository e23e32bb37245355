"""Linking: one person found among the feeds, shown, reviewed and decided by people."""
