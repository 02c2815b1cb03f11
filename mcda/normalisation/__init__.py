"""Normalisations, a module each: comparable columns in which more is better."""
