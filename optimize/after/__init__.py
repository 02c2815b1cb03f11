"""Questions about a plan: what changes it, what else is as good, and many plans at once."""
