"""Payments on an effect that is estimated: what studies drawn at a given truth would be paid."""
