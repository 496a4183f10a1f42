"""Leaders hear reports each quarter and round; the committee hears the county once a year (A10.4b-d)."""
