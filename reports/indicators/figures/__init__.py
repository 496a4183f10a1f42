"""The figures behind the indicators, by theme: which records each counts, of which organ, by which day (A10.1b)."""
