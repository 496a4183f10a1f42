"""Looking a second time at what was struck off: the risks, the draw, the report of a look back (A9.8e)."""
