"""The records: taken in, watched over, kept and destroyed."""
