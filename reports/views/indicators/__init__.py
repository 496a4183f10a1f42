"""Pages of the indicators: the table, one of them, the sentences."""
