"""The year-end file: appraisals of units, the writing page, the county's report (A11)."""
