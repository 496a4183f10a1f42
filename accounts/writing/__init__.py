"""What people write: a text that was refused is handed back, a text that somebody else wrote is not overwritten."""
