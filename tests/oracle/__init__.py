"""Results against second implementations, brute force and solving again."""
