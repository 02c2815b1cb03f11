"""The paper's systems: candidates for the open place X, stages of the race, chains, dimensions, ticks either way."""
