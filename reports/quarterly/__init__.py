"""Quarterly reports of the groups and townships, and the county report merged from them (A10.4a)."""
