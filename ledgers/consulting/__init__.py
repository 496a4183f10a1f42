"""专题会商 (A10.3a): what a consultation needs, which units have had theirs."""
