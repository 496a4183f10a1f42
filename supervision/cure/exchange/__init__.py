"""离线整改表: a unit without an account fills in a workbook; it comes back, is compared three ways, and is taken over."""
