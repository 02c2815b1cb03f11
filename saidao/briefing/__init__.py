"""A plan for decision: the figures of its first screen and of the brief, the sentences that tell them, the brief."""
