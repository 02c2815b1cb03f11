"""Data envelopment analysis of tracks: how much less each could take in, or bring out more, as the best show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Unpack

import numpy as np

from .. import mcda
from ..case import Case, load_case
from ..case.provenance import Sources, weakest
from ..case.tables import Factor, PanelRow, Track
from ..errors import CaseError, Problem
from ..mcda import plotting
from ..results.column import Column, Row, Table
from ..results.question import Option, question
from ..results.result import Result
from ..study.array_errors import as_case_error
from ..study.decision import Array, decision
from ..study.names import track_names
from ..study.options import AhpOptions, CaseLike
from ..study.settings import settings
from ..texts.say import say

if TYPE_CHECKING:
    from matplotlib.axes import Axes

PANEL = (("capital", "labour"), ("output",))
"""Inputs and outputs of the panel."""
FULL = 1.0 - 1e-9


@dataclass(frozen=True)
class TrackEfficiency(Result):
    """The result of `saidao.efficiency`.

    Attributes
    ----------
    tracks : those measured.
    inputs, outputs : names of what goes in and comes out: factors, or columns of the panel.
    period : of the panel; blank for factors.
    ccr, bcc, above : constant and variable returns, and constant returns against the others alone (super-efficiency).
    sbm : the slacks-based measure; None where a zero would be divided by.
    """

    case: Case
    tracks: tuple[str, ...]
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    period: str
    ccr: mcda.Efficiency
    bcc: mcda.Efficiency
    above: mcda.Efficiency
    sbm: mcda.Efficiency | None

    @cached_property
    def rows(self) -> list[Row]:
        """A row a track: its efficiencies, whether slack is left at 1, and whom it is measured against."""
        rows = []
        for i, track in enumerate(self.tracks):
            ccr, bcc, above = (float(found.array[i]) for found in (self.ccr, self.bcc, self.above))
            rows.append(
                {
                    "track": track,
                    "ccr": ccr,
                    "bcc": bcc,
                    "scale": ccr / bcc,
                    "sbm": None if self.sbm is None else float(self.sbm.array[i]),
                    "super": None if np.isnan(above) else above,
                    "slack": bool(self.ccr.slack[i]),
                    "efficient": ccr >= FULL and not self.ccr.slack[i],
                    "peers": [
                        {"track": self.tracks[k], "weight": float(w)}
                        for k, w in enumerate(self.ccr.peers[i])
                        if w > 1e-9 and k != i
                    ],
                }
            )
        return rows

    @property
    def assumed(self) -> bool:
        """Whether the panel is assumed, not measured."""
        if not self.period:
            return False
        sources = Sources(self.case)
        kinds = [sources.kind("panel", (t, self.period), c) for t in self.tracks for side in PANEL for c in side]
        return weakest(kinds) == "assumption"

    def to_dict(self) -> Row:
        """Plain data, keys as ``saidao efficiency --json``."""
        return {
            "schema": "saidao/efficiency/1",
            "case": self.case.name,
            "imputed": self.case.imputed,
            "period": self.period,
            "inputs": list(self.inputs),
            "outputs": list(self.outputs),
            "tracks": self.rows,
        }

    def text(self, lang: str = "en") -> list[str]:
        """Say who is efficient, and how much less the least efficient one could do with."""
        names = self.case.names(Track, lang)
        best = track_names(self.case, (row["track"] for row in self.rows if row["efficient"]), lang)
        last = min(self.rows, key=lambda row: float(row["ccr"]))
        lines = [say("efficiency.best", lang, tracks=best, number=len(self.rows))]
        if last["ccr"] < FULL:
            lines.append(say("efficiency.last", lang, track=names[last["track"]], share=1.0 - last["ccr"]))
        slack = [row["track"] for row in self.rows if row["ccr"] >= FULL and row["slack"]]
        if self.assumed:
            lines.append(say("tfp.assumed", lang))
        if slack:
            lines.append(say("efficiency.slack", lang, tracks=track_names(self.case, slack, lang)))
        return lines

    def notes(self, lang: str = "en") -> list[str]:
        """Say what was measured, and where there are too few tracks or zeros."""
        n, m, s = len(self.tracks), len(self.inputs), len(self.outputs)
        lines = [say("efficiency.measures", lang, inputs=self._named("in", lang), outputs=self._named("out", lang))]
        if n < (least := max(m * s, 3 * (m + s))):
            lines.append(say("efficiency.few", lang, number=n, least=least))
        return [*lines, say("efficiency.no_sbm", lang)] if self.sbm is None else lines

    def _named(self, way: str, lang: str) -> str:
        factors = self.case.names(Factor, lang)
        given = self.inputs if way == "in" else self.outputs
        return say("list", lang).join(say(f"head.{one}", lang) if self.period else factors[one] for one in given)

    def declared(self) -> Iterator[Table]:
        """Yield the efficiencies, the best first, and the peers."""
        scores = (Column(key, "ratio", heading=f"head.dea_{key}") for key in ("ccr", "bcc", "scale", "sbm", "super"))
        flags = (Column(key, "flag", heading=f"head.dea_{key}") for key in ("efficient", "slack"))
        yield Table(
            "dea",
            (Column("track", "name", Track), *scores, *flags),
            sorted(self.rows, key=lambda row: -float(row["super"] or row["ccr"])),
        )
        peers = [
            {"track": row["track"], "peer": peer["track"], "weight": peer["weight"]}
            for row in self.rows
            for peer in row["peers"]
        ]
        columns = (Column("track", "name", Track), Column("peer", "name", Track, heading="head.dea_peer"))
        yield Table("dea_peers", (*columns, Column("weight", "ratio", heading="head.dea_weight")), peers, most=0)

    def plot(self, ax: Axes | None = None, lang: str = "en") -> Axes:
        """Draw the CCR efficiency of each track."""
        ax = plotting.axes(ax, len(self.tracks))
        names = self.case.names(Track, lang)
        plotting.bars(ax, [names[t] for t in self.tracks], self.ccr.array)
        return plotting.finished(ax, self.text(lang)[0])


FactorsOption = Iterable[str] | None


@question("efficiency", example="saidao efficiency shanghai")
def efficiency(
    case: CaseLike,
    inputs: Annotated[
        FactorsOption, Option("A factor that goes in; repeatable.", flag="--input", metavar="FACTOR", reads="list")
    ] = None,
    outputs: Annotated[
        FactorsOption,
        Option("A factor that comes out; repeatable.", flag="--output-factor", metavar="FACTOR", reads="list"),
    ] = None,
    period: Annotated[str | None, Option("The panel's period; the last one if left out.")] = None,
    **options: Unpack[AhpOptions],
) -> TrackEfficiency:
    """Measure the efficiency of tracks by data envelopment: CCR, BCC, scale, slacks-based, super-efficiency.

    Parameters
    ----------
    case : a `Case`, the name of a shipped one, a folder or a workbook.
    inputs, outputs : factors; if both are left out the panel's capital and labour, and its output.
    period : of the panel.
    **options : ``ticks``, how ticks read.

    Returns
    -------
    TrackEfficiency
        `.rows`: efficiencies against the best peers, the input form.

    Raises
    ------
    CaseError
        No panel and no factors named, unknown names, values below 0.

    Notes
    -----
    Sources and traps: `mcda.dea`. Growth from period to period: `saidao.productivity`.
    """
    case = load_case(case)
    ticks = settings(case, **options).ticks
    named = tuple(tuple(dict.fromkeys((one,) if isinstance(one, str) else one or ())) for one in (inputs, outputs))
    if named[0] or named[1]:
        tracks, x, y = _of_factors(case, ticks, named[0], named[1])
        when = ""
        if period is not None:
            raise CaseError([Problem("not_with", "period", found=period, details={"option": "inputs"})])
    else:
        tracks, x, y, when = _of_panel(case, period)
        named = PANEL
    try:
        ccr, bcc = mcda.dea(x, y), mcda.dea(x, y, returns="variable")
        above = mcda.dea(x, y, leave_out=True)
        sbm = mcda.dea(x, y, model="sbm") if (x > 0).all() and (y > 0).all() else None
    except mcda.InputError as error:
        raise as_case_error(error) from None
    return TrackEfficiency(case, tracks, named[0], named[1], when, ccr, bcc, above, sbm)


def _of_factors(
    case: Case, ticks: str, inputs: tuple[str, ...], outputs: tuple[str, ...]
) -> tuple[tuple[str, ...], Array, Array]:
    """Return the tracks and the scores of the factors named."""
    data = decision(case, ticks)
    problems = [
        Problem("choice", where, found=name, details={"choices": ", ".join(data.factors)})
        for where, names in (("inputs", inputs), ("outputs", outputs))
        for name in names
        if name not in data.factors
    ]
    for where, names, other in (("inputs", inputs, outputs), ("outputs", outputs, inputs)):
        if not names:
            problems.append(Problem("dea_side", where, found="", details={"other": ", ".join(other)}))
    problems += [Problem("list_twice", "outputs", found=name) for name in outputs if name in inputs]
    if problems:
        raise CaseError(problems)
    x, y = (data.scores[:, [data.factors.index(f) for f in names]] for names in (inputs, outputs))
    return data.tracks, x, y


def _of_panel(case: Case, period: str | None) -> tuple[tuple[str, ...], Array, Array, str]:
    """Return the tracks of a period of the panel, what goes in and what comes out."""
    rows = case.rows(PanelRow)
    if not rows:
        raise CaseError([Problem("efficiency_data", "--input")])
    periods = list(dict.fromkeys(row.period for row in rows))
    when = period or max(periods, key=lambda p: (p.isdecimal(), int(p) if p.isdecimal() else periods.index(p)))
    if when not in periods:
        raise CaseError([Problem("choice", "period", found=when, details={"choices": ", ".join(periods)})])
    of = {row.track: row for row in rows if row.period == when}
    tracks = tuple(track for track in case.track_ids if track in of)
    x, y = (np.array([[float(getattr(of[t], c)) for c in side] for t in tracks]) for side in PANEL)
    return tracks, x, y, when
