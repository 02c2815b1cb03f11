"""A plan for decision: the figures of its first screen and of the brief, and the sentences that tell them."""
