"""The simplex of weights: the part of it where statements hold, its vertices, and uniform draws from it."""
