"""Evaluation of the office's own teams by verified counts; of organs, never of persons (A10.5)."""
