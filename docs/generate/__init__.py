"""Makes the reference pages and the other files that follow from the code."""
