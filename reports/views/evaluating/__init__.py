"""The yearly evaluation: schemes, tables, rows, objections (A10.5)."""
