"""The log of who did and opened what: it only grows, and each entry seals the one before."""
