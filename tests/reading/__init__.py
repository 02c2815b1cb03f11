"""What comes in: cases spoilt, odd, huge or empty."""
