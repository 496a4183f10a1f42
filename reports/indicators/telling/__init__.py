"""How indicators are told: numbers in words, filled sentences, comparisons, papers."""
