"""The room of cure: ageing, proof, repeats, risk, second looks, and what goes out to a unit and comes back."""
