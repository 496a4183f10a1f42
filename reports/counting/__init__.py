"""Pure counting: one declaration per figure of the office, read by reports, overviews and checks alike (A10.1b, A10.4)."""
