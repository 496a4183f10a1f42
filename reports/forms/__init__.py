"""Forms of the papers and overviews."""
