"""Laws that hold for any input, and refusals."""
