"""Documents to units (A9.7e) and typical bulletins (A9.8d): their kinds, their words, their rules, readings over them."""
