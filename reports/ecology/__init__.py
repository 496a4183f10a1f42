"""The year-end file: what people write about each unit's year, and the political ecology report (A11)."""
