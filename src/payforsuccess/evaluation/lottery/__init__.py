"""Sealed random assignment: two secret shares make the seed, and the seed decides each place."""
