"""Weighting schemes, one file each."""
