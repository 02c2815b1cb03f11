"""Plots of results (matplotlib, the extra ``plot``): one function a kind of result, its title the finding."""

from __future__ import annotations

from functools import singledispatch
from typing import TYPE_CHECKING, Any

import numpy as np

from ..case.tables import Measure, Track
from ..mcda.plotting import BLUE, ORANGE, axes, bars, finished, heat, intervals
from ..questions.acceptability import Acceptability
from ..questions.ask import Inquiry
from ..questions.compare import Comparison
from ..questions.compare_plans import PlanComparison
from ..questions.explain import Explanation
from ..study import worth
from ..texts.say import say

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MOST = 20
"""Rows that a plot of measures or inputs shows: the first ones."""
LONGEST = 34
"""Signs of a measure's name."""


def _short(row: dict[str, Any], names: dict[str, str]) -> str:
    """Return a measure's id and the beginning of its name."""
    name = names[row["measure"]]
    return f"{row['measure']} {name if len(name) <= LONGEST else name[: LONGEST - 1].rstrip() + '…'}"


@singledispatch
def plot(found: Any, ax: Axes | None = None, lang: str = "en") -> Axes:
    """Draw a result on *ax*, or on new axes."""
    raise TypeError(f"no plot of {type(found).__name__}")


@plot.register(Comparison)
def _(found: Comparison, ax: Axes | None = None, lang: str = "en") -> Axes:
    """Ranks, tracks x rankings; the darker the better."""
    names = found.case.names(Track, lang)
    order = np.argsort(found.ranks.mean(axis=1), kind="stable")
    ranks = found.ranks[order].astype(float)
    if len(found.rankings) > MOST:  # too many to be told apart: best, median and worst of each track
        ax = axes(ax, len(order))
        labels = [names[found.tracks[i]] for i in order]
        intervals(ax, labels, ranks.min(axis=1), np.median(ranks, axis=1), ranks.max(axis=1))
        return finished(ax, found.text(lang)[0], say("plot.ranks", lang, rankings=len(found.rankings)))
    ax = axes(ax, len(order), 3.0 + 0.5 * len(found.rankings))
    several = len(found.methods) > 1
    columns = [f"{s} {m}" if several else s for s, m in found.rankings]
    ax.imshow(-ranks, cmap="Blues", vmin=-1.4 * len(order), vmax=0.15 * len(order), aspect="auto")
    for (i, j), rank in np.ndenumerate(ranks):
        colour = "white" if rank < 0.3 * len(order) else "black"
        ax.text(j, i, f"{rank:.0f}", ha="center", va="center", fontsize=8, color=colour)
    ax.set_yticks(range(len(order)), [names[found.tracks[i]] for i in order])
    ax.set_xticks(range(len(columns)), columns, rotation=30, ha="right")
    ax.tick_params(length=0)
    return finished(ax, found.text(lang)[0])


@plot.register(PlanComparison)
def _(found: PlanComparison, ax: Axes | None = None, lang: str = "en") -> Axes:
    """Levels, measures x plans."""
    names = found.case.names(Measure, lang)
    funded = sorted((row for row in found.measures if row["funded_in"]), key=lambda row: -int(row["funded_in"]))
    levels = np.array([[row[name] for name in found.names] for row in funded]).reshape(len(funded), len(found.names))
    ax = axes(ax, len(funded), 5.5 + 0.5 * len(found.names))
    heat(ax, [_short(row, names) for row in funded], found.names, np.round(levels, 3))
    return finished(ax, found.text(lang)[-1])


@plot.register(Explanation)
def _(found: Explanation, ax: Axes | None = None, lang: str = "en") -> Axes:
    """What forbidding a funded measure would lose, and what forcing another would."""
    names = found.plan.case.names(Measure, lang)
    rows = found.rows()[: 2 * MOST]
    losses = [(row["loss_if_forbidden"] if row["funded"] else row["loss_if_forced"]) or 0.0 for row in rows]
    ax = axes(ax, len(rows))
    labels = [_short(row, names) for row in rows]
    told, ticks = ("{:.2%}", "{x:.1%}") if worth.is_share(found.plan) else ("{:.3g}", "{x:.3g}")
    units = [worth.in_units(found.plan, loss) for loss in losses]
    bars(ax, labels, units, [BLUE if row["funded"] else ORANGE for row in rows], told)
    ax.xaxis.set_major_formatter(ticks)
    return finished(ax, say("plot.explain", lang))


@plot.register(Acceptability)
def _(found: Acceptability, ax: Axes | None = None, lang: str = "en") -> Axes:
    """Share of the sampled weights under which each measure is funded."""
    names = found.case.names(Measure, lang)
    rows = sorted(
        (row for row in found.rows() if row["acceptability"] > 0), key=lambda row: -float(row["acceptability"])
    )
    ax = axes(ax, len(rows))
    labels = [_short(row, names) for row in rows]
    bars(
        ax,
        labels,
        [row["acceptability"] for row in rows],
        [BLUE if row["in_plan"] else ORANGE for row in rows],
        "{:.0%}",
    )
    ax.xaxis.set_major_formatter("{x:.0%}")
    return finished(ax, found.text(lang)[0])


@plot.register(Inquiry)
def _(found: Inquiry, ax: Axes | None = None, lang: str = "en") -> Axes:
    """What knowing each input exactly would gain on average, the most first."""
    rows = found.rows()[:MOST]
    ax = axes(ax, len(rows))
    labels = [" ".join(str(row[k]) for k in ("table", "row", "column") if row[k]) for row in rows]
    bars(ax, labels, [row["regret"] for row in rows], form="{:.2%}")
    ax.xaxis.set_major_formatter("{x:.1%}")
    return finished(ax, found.text(lang)[0])
