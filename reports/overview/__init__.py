"""What leaders see: found, solved, overdue, punctuality, by organ, focus and period (A10.1b)."""
