"""专题会商 (A10.3a): what half-years are, what a consultation needs, which units have had theirs."""
