"""Questions about rankings and plans, a module each: how they depend on what nobody knows, and why they are so."""
