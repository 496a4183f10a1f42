"""季度报告: drafted from the ledger, signed by the head, judged by its first submission, merged for the county (A10.4a)."""
