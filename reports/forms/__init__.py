"""Forms of the papers of the year."""
