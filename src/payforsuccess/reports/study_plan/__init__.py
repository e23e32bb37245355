"""A planned study as a page: what it can show, what it would be paid, and by what mistakes."""
