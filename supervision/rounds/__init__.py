"""The room of rounds: their steps, what each step asks for, and how a round reads."""
