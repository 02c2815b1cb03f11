"""What every result is."""
