"""Ranking methods, one file each; those that pymcdm computes safely share `from_pymcdm`."""
