"""Who has which part in which decision: a default of the product, and what an initiative states."""
