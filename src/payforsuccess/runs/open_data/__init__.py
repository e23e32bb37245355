"""A deal in open formats, written to files."""
