"""Pictures of results: each a function from a result to SVG with a sentence and the table behind it."""

from ..texts.say import say
from .acceptability import acceptability
from .candidates import candidates
from .coverage import coverage
from .diagnosis import diagnosis
from .diamond import diamond
from .dimensions import dimensions
from .drawing import Picture
from .flow import flow
from .frontier import frontier
from .gantt import gantt
from .prices import prices
from .productivity import productivity
from .progress import progress
from .rank_years import rank_years
from .ranking import ranking
from .readings import readings
from .rests_on import rests_on
from .schemes import money, ranks
from .sweep import sweep

__all__ = [
    "Picture",
    "acceptability",
    "candidates",
    "coverage",
    "diagnosis",
    "diamond",
    "dimensions",
    "flow",
    "frontier",
    "gantt",
    "money",
    "prices",
    "productivity",
    "progress",
    "rank_years",
    "ranking",
    "ranks",
    "readings",
    "rests_on",
    "sweep",
    "title",
]


def title(name: str, lang: str) -> str:
    """Return a picture's title where there is none to be drawn."""
    return say(f"picture.{name}.title", lang)
