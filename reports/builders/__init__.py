"""Papers of the office, each built from the records below it."""
