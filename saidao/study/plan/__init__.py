"""The plan: its figures, what it rests on, and how it is told in sentences and tables."""
