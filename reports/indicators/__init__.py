"""The figures that the office is asked for, each declared once: name, unit, source clause, query (A10.1b, A10.5)."""
