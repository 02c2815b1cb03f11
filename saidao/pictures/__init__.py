"""Pictures of results: each a function from a result to SVG with a sentence and the table behind it."""

from .acceptability import acceptability
from .diamond import diamond
from .dimensions import dimensions
from .drawing import Picture
from .flow import flow
from .frontier import frontier
from .prices import prices
from .ranking import ranking
from .rests_on import rests_on
from .schemes import money, ranks
from .words import say

__all__ = [
    "Picture",
    "acceptability",
    "diamond",
    "dimensions",
    "flow",
    "frontier",
    "money",
    "prices",
    "ranking",
    "ranks",
    "rests_on",
    "title",
]


def title(name: str, lang: str) -> str:
    """Return a picture's title where there is none to be drawn."""
    return say(f"{name}.title", lang)
