"""Pages of the printing house."""
