"""What follows an inspection: report, ten days, study, disposal, clues. Questions and readings; the verbs are in `actions`."""
