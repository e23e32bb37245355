"""Long work in the background: reading feeds, matching, measuring, estimating, reports."""
