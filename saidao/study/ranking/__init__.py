"""Weights of the factors and the ranking of the tracks."""
