"""Results drawn: on a terminal, as a page, as sheets."""
