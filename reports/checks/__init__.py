"""Silence and contradiction: standing checks over all records, each with the way to mend it (A10.1b)."""
