"""From kept records to results: the cohort, its measures, its groups."""
