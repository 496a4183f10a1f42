"""Journeys in a real browser."""

PATIENCE = 20_000  # milliseconds until a page must show what is expected: a busy machine may take its time
