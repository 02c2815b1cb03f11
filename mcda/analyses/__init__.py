"""Analyses beside the ranking: efficiency, coupling, relational degrees, grades, dependence of criteria."""
