"""The payor's side of a deal: liability against money provided, year by year."""
