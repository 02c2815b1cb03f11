"""Plots of results (matplotlib, the extra ``plot``): one function a kind of result, its title the finding."""

from __future__ import annotations

from functools import singledispatch
from typing import TYPE_CHECKING, Any

import numpy as np

from ..case.tables import Candidate, Link, Measure, Resource, Track
from ..framework.balance import Balance
from ..framework.candidates import Candidates
from ..framework.chains import Chains
from ..framework.readings import Readings
from ..framework.stages import Stages
from ..framework.tfp import Productivity
from ..mcda.plotting import BLUE, GREY, ORANGE, axes, bars, finished, heat, intervals
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


@plot.register(Productivity)
def _(found: Productivity, ax: Axes | None = None, lang: str = "en") -> Axes:
    """Technical change and efficiency change of each track, yearly means."""
    names = found.case.names(Track, lang)
    rows = sorted(found.means, key=lambda row: -float(row["malmquist"]))
    places = np.arange(len(rows))
    ax = axes(ax, len(rows))
    for name, colour, off in (("technical", BLUE, -0.2), ("efficiency", ORANGE, 0.2)):
        key = "head.technical" if name == "technical" else "head.efficiency_change"
        ax.barh(places + off, [row[name] - 1 for row in rows], 0.4, color=colour, label=say(key, lang))
    ax.set_yticks(places, [names[row["track"]] for row in rows])
    ax.invert_yaxis()
    ax.axvline(0, color=GREY, linewidth=1)
    ax.xaxis.set_major_formatter("{x:.0%}")
    ax.legend(frameon=False, fontsize=8)
    return finished(ax, found.text(lang)[1])


@plot.register(Readings)
def _(found: Readings, ax: Axes | None = None, lang: str = "en") -> Axes:
    """Rank of each track under both readings."""
    names = found.case.names(Track, lang)
    rows = sorted(found.tracks, key=lambda row: row["rank_strength"] or 0)
    ax = axes(ax, len(rows))
    places = np.arange(len(rows))
    one, other = ([row[f"rank_{ticks}"] for row in rows] for ticks in ("strength", "shortcoming"))
    ax.hlines(places, one, other, color="#d3dade", linewidth=3)
    ax.plot(one, places, "o", color=BLUE, label=say("head.rank_strength", lang))
    ax.plot(other, places, "s", color=ORANGE, label=say("head.rank_shortcoming", lang))
    ax.set_yticks(places, [names[row["track"]] for row in rows])
    ax.invert_yaxis()
    ax.legend(frameon=False, fontsize=8)
    return finished(ax, found.text(lang)[0])


@plot.register(Balance)
def _(found: Balance, ax: Axes | None = None, lang: str = "en") -> Axes:
    """Share of each resource, and of what closes, by dimension."""
    resources = found.case.names(Resource, lang)
    rows = found.dimensions
    ax = axes(ax, 2 * len(rows))
    shares = np.array([[row[key] for key in (*resources, "value")] for row in rows])
    heat(
        ax,
        [row[f"name_{lang}"] for row in rows],
        [*resources.values(), say("plot.closed", lang)],
        shares,
        "{:.0%}",
        1.0,
    )
    return finished(ax, found.text(lang)[0])


@plot.register(Stages)
def _(found: Stages, ax: Axes | None = None, lang: str = "en") -> Axes:
    """Funded measures over the periods: the share of each measure's level that falls in a period."""
    names = found.case.names(Measure, lang)
    measures = list(dict.fromkeys(row["measure"] for row in found.schedule))
    shares = np.zeros((len(measures), len(found.periods)))
    for row in found.schedule:
        shares[measures.index(row["measure"]), found.periods.index(row["period"])] = row["level"]
    shares /= shares.sum(axis=1, keepdims=True)
    ax = axes(ax, len(measures))
    heat(ax, [_short({"measure": m}, names) for m in measures], list(found.periods), shares, "{:.0%}", 1.0)
    return finished(ax, found.text(lang)[0])


@plot.register(Chains)
def _(found: Chains, ax: Axes | None = None, lang: str = "en") -> Axes:
    """Coverage map: share of the weighted gap at each pair of links."""
    names = found.case.names(Link, lang)
    first, second = [*found.order, ""][:2]
    rows, columns = found.order[first], found.order.get(second, [""])
    gaps = np.array([row["gap"] for row in found.map]).reshape(len(rows), len(columns))
    ax = axes(ax, 2 * len(rows))
    heat(ax, [names[link] for link in rows], [names.get(link, "") for link in columns], gaps, "{:.0%}", gaps.max() or 1)
    return finished(ax, found.text(lang)[0], say("plot.gap", lang))


@plot.register(Candidates)
def _(found: Candidates, ax: Axes | None = None, lang: str = "en") -> Axes:
    """Credibility with which each candidate reaches the profiles to admit and to watch."""
    names = found.case.names(Candidate, lang)
    places = np.arange(len(found.listed))
    ax = axes(ax, 2 * len(places))
    for key, colour, off in (("credibility_admit", BLUE, -0.2), ("credibility_watch", GREY, 0.2)):
        values = [row[key] for row in found.listed]
        ax.barh(places + off, values, 0.4, color=colour, label=say(f"head.{key}", lang))
    ax.axvline(found.settings["cut"], color=ORANGE, linestyle="--", linewidth=1)
    ax.set_yticks(places, [names[row["candidate"]] for row in found.listed])
    ax.invert_yaxis()
    ax.legend(frameon=False, fontsize=8)
    return finished(ax, found.text(lang)[0])
