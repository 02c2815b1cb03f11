"""Plans on the page: what is chosen, how it changes, what follows from it, and the workers that solve for it."""
