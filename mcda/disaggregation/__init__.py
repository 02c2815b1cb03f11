"""Preference disaggregation: value functions that follow from rankings and statements."""
