"""A deal planned before launch: its studies, and its terms paid on a cohort without programme."""
