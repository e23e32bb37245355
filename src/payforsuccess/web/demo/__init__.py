"""A made-up county that is under way today, so that a newcomer has something to look at and do."""
