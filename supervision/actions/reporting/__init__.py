"""What people do after an inspection: report, study, copies, disposal, clues."""
