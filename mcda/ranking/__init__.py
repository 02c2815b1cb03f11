"""Ranking methods, one file each."""
