"""Cases small enough to be worked out on paper."""
