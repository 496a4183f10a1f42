"""季度报告: an organ's report, the county's board, the figures that a signed report keeps (A10.4a)."""
