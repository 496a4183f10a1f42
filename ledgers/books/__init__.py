"""A register, once: what one declares (`register`), what a page reads of it (`reading`), how a table of text becomes records (`table`)."""
