"""Commands of the made-up county."""
