"""Capital as its investors see it: calls, balances, the quarter's pack. Nothing of people."""
