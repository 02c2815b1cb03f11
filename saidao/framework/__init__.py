"""The paper's systems: X, stages of the race, chains, dimensions, both readings of the ticks; and their pictures."""
