"""Questions about a plan: its prices, why there is none, what changes it, what else is as good, many at once."""
