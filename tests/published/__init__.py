"""Published worked cases, replayed."""
