"""Forms of the yearly papers."""
