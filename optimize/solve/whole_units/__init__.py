"""Whole units: plans put together from patterns of tracks, HiGHS over the few columns that stay open, part by part."""
