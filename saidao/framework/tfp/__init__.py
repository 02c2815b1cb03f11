"""Total factor productivity: growth accounting and the Malmquist index, from arrays or from a case's panel."""

from .growth_accounting import GrowthAccounts, growth_accounting
from .malmquist import Malmquist, efficiency, malmquist
from .panel import Productivity, productivity

__all__ = [
    "GrowthAccounts",
    "Malmquist",
    "Productivity",
    "efficiency",
    "growth_accounting",
    "malmquist",
    "productivity",
]
