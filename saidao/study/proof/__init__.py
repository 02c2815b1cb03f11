"""A second reader of a plan, who shares no code with its builder: recounts what it shows, and proves it."""
