"""Proof that no plan is better: certificates by duals, exact fractions, and trees that our own checker reads."""
