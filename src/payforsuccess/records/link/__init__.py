"""Which records are of one person: identifiers cleaned, compared, scored, made into people."""
