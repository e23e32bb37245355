"""The payment cycle: from measured results to a paid statement, with the next actor named."""
