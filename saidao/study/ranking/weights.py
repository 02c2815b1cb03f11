"""The weights of a case's factors, by one scheme or by all side by side, and what would mend AHP's judgements."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any, Unpack, cast

import numpy as np

from ... import mcda
from ...arguments import checked
from ...case import Case, load_case
from ...case.tables import Factor
from ...errors import CaseError
from ...mcda import plotting
from ...mcda.names import SchemeName
from ...results.column import Column, Row, Table
from ...results.question import Option, question
from ...results.result import Result
from ...texts.say import say
from ..decision import decision
from ..names import scheme_name
from ..options import AhpOptions, CaseLike, WeighOptions
from ..ranking.sentences import combined, consistency
from ..settings import WeightsLike, check_ahp_among, settings
from .weighing import factor_weights

if TYPE_CHECKING:
    from matplotlib.axes import Axes

QUICK = 60_000
"""Sets of one size that a repair lists: all of four judgements for 9 criteria, of three for 12; a second or two."""
CONSISTENT = 5e-4
"""Below this ratio, shown as 0.000, no judgement is told as the worst."""


@checked
def weigh(case: CaseLike, scheme: WeightsLike | None = None, **options: Unpack[WeighOptions]) -> mcda.Weights:
    """Weigh the factors of a case.

    Parameters
    ----------
    case : a `Case`, the name of a shipped one, a folder or a workbook.
    scheme : a scheme's name (see ``saidao methods``), several combined (``"ahp+entropy"``), a mapping or Series by
        factor; the case's default if left out.
    **options : how schemes are combined, ``combine`` and ``share``; ``ticks`` (``"strength"`` or ``"shortcoming"``);
        AHP's ``random_index``, ``prioritisation``, ``aggregation`` and ``missing``; and the judgements that the scheme
        takes, by factor: ``weigh(case, "roc", ranks={"market": 1, "talent": 2, ...})``.

    Returns
    -------
    Weights
        `.values`: Series of F weights by factor, which sum to 1; for AHP also `.consistency`.

    Raises
    ------
    CaseError
        With every problem found.

    Examples
    --------
    >>> weigh("shanghai", "equal").values.round(3).to_list()
    [0.167, 0.167, 0.167, 0.167, 0.167, 0.167]
    """
    case = load_case(case)
    named = cast("SchemeName", case.settings.weights) if scheme is None else scheme
    parts = named.split("+") if isinstance(named, str) else []
    own = {name for entry in mcda.schemes().values() if entry.name in parts for name in entry.options}
    own -= {"random_index", "prioritisation", "missing"}  # settings, these
    judgements = {name: value for name, value in options.items() if name in own}
    others: dict[str, Any] = {name: value for name, value in options.items() if name not in own}
    chosen = settings(case, weights=scheme, **others)
    found = factor_weights(case, decision(case, chosen.ticks), scheme, chosen, judgements)
    return replace(found, about={"case": case.name, "imputed": case.imputed})


@dataclass(frozen=True)
class Weightings(Result):
    """The result of `saidao.weightings`: `found` weights, and the schemes that the case has no judgements for."""

    case: Case
    found: tuple[mcda.Weights, ...]
    missing: Mapping[str, CaseError]

    @cached_property
    def tree(self) -> mcda.Tree | None:
        """AHP's nodes and judges, if it is among the schemes."""
        return next((one.hierarchy for one in self.found if one.hierarchy), None)

    @cached_property
    def repairs(self) -> dict[tuple[Any, Any], mcda.Repair]:
        """By node and judge what would mend the judgements."""
        return self.tree.repairs(sets=QUICK) if self.tree else {}

    def to_dict(self) -> Row:
        """Plain data, keys as ``saidao weights --json``."""
        return self.document()

    def document(self, lang: str = "en") -> Row:
        """Return plain data, why a scheme is missing told in *lang*."""
        return {
            "schema": "saidao/weights/1",
            "case": self.case.name,
            "schemes": [entry for one in self.found for entry in one.to_dict()["schemes"]],
            "not_available": [{"scheme": name, "why": why.lines(lang)[0]} for name, why in self.missing.items()],
            "repairs": [{"node": node, "judge": judge, **r.to_dict()} for (node, judge), r in self.repairs.items()],
        }

    def text(self, lang: str = "en") -> list[str]:
        """Say which factor weighs most by the first scheme, and what the others give it."""
        names, first = self.case.names(Factor, lang), self.found[0]
        heaviest = int(first.array.argmax())
        factor, given = str(first.criteria[heaviest]), [float(one.array[heaviest]) for one in self.found]
        told = {
            "scheme": scheme_name(first.scheme, lang),
            "factor": names[factor],
            "weight": given[0],
            "number": len(given),
            "low": min(given),
            "high": max(given),
        }
        return [say("weights.most" if len(given) == 1 else "weights.most_of", lang, **told)]

    def notes(self, lang: str = "en") -> list[str]:
        """Say how consistent judgements are, what would mend them, and which schemes do not fit the case."""
        lines = [consistency(one.consistency, lang) for one in self.found if one.consistency is not None]
        lines += [line for one in self.found for line in combined(one, lang)]
        lines += [line for line in _judged(self, lang) if line]
        if self.missing:
            names = say("list", lang).join(scheme_name(scheme, lang) for scheme in self.missing)
            lines.append(say("not_available", lang, number=len(self.missing), names=names))
        return lines

    def declared(self) -> Iterator[Table]:
        """Yield the weights, a column a scheme; AHP's nodes and judges."""
        schemes = [
            Column(one.scheme, "weight", heading=lambda lang, name=one.scheme: scheme_name(name, lang))  # type: ignore[misc]
            for one in self.found
        ]
        yield Table(
            "weights",
            (Column("factor", "name", Factor), *schemes),
            [
                {"factor": str(factor), **{one.scheme: float(one.array[j]) for one in self.found}}
                for j, factor in enumerate(self.case.factor_ids)
            ],
        )
        tree = self.tree
        if tree is None:
            return

        def name(key: str) -> Any:
            return lambda row, lang: self.case.names(Factor, lang).get(str(row[key])) or say("goal", lang)

        if len(tree.nodes) > 1:
            columns = (
                Column("criterion", told=name("criterion"), heading="head.factor"),
                Column("parent", told=name("parent"), heading="head.within"),
            )
            yield Table("tree", (*columns, Column("local", "weight"), Column("global", "weight")), tree.rows())
        judges = [
            {"node": node, "judge": str(judge), "share": float(share), **self._judged(node, judge, one)}
            for node, group in tree.nodes.items()
            for judge, share, one in zip(group.judges, group.judge_weights, group.individual, strict=True)
        ]

        def worst(row: Row, lang: str) -> str:
            return "-" if row["worst"] is None else _changed(self.case, row["worst"], lang)

        yield Table(
            "judges",
            (
                Column("node", told=name("node"), heading="head.within"),
                Column("judge"),
                Column("share", "share"),
                Column("ratio", "ratio"),
                Column("worst_judgement", told=worst, seen="people"),
                Column("ratio_then", "ratio"),
            ),
            judges,
        )

    def _judged(self, node: Any, judge: Any, one: Any) -> Row:
        """Return a judge's ratio, the judgement that contradicts the others most, and the ratio once it is mended."""
        found = self.repairs.get((node, judge))
        worst = found.single[0] if found and found.single and one.consistency.severity > CONSISTENT else None
        return {"ratio": one.consistency_ratio, "worst": worst, "ratio_then": worst.ratio if worst else None}

    def plot(self, ax: Axes | None = None, lang: str = "en") -> Axes:
        """Draw the weights, factors x schemes."""
        names = self.case.names(Factor, lang)
        ax = plotting.axes(ax, len(names), 3.5 + 0.6 * len(self.found))
        shares = np.array([one.array for one in self.found]).T
        labels = [names[str(factor)] for factor in self.case.factor_ids]
        plotting.heat(ax, labels, [scheme_name(one.scheme, lang) for one in self.found], shares)
        return plotting.finished(ax, self.text(lang)[0])


def _judged(found: Weightings, lang: str) -> Iterator[str]:
    """Say what was filled in, what would mend the judgements, and how far the judges agree."""
    names = found.case.names(Factor, lang)
    for node, group in found.tree.nodes.items() if found.tree else ():
        name = names.get(str(node)) or say("goal", lang)
        for judge, one in zip(group.judges, group.individual, strict=True):
            if one.missing:
                yield say("filled_in", lang, judge=judge, node=name, number=len(one.missing))
            mend = found.repairs.get((node, judge))
            if mend and mend.changes:
                changes = say("list", lang).join(_changed(found.case, change, lang) for change in mend.changes)
                key = "repair" if mend.fewest else "repair.some"
                yield say(key, lang, judge=judge, node=name, changes=changes, ratio=mend.ratio)
        if len(group.judges) > 1:
            ratio = group.consistency.ratio
            yield say(
                "consensus",
                lang,
                node=name,
                consensus=group.consensus,
                clusters=say("semicolon", lang).join(say("list", lang).join(map(str, c)) for c in group.clusters),
                ratio="-" if ratio is None else f"{ratio:.3f}",
                word=say(f"aggregation.{group.aggregation}", lang),
            )


def _changed(case: Case, change: mcda.Change, lang: str) -> str:
    names = case.names(Factor, lang)
    one, other = names[str(change.criterion)], names[str(change.over)]
    return say("change", lang, one=one, other=other, value=fraction(change.value), to=fraction(change.to))


def fraction(value: float) -> str:
    """Return a judgement as it is written: 3, 1/3, or a decimal.

    >>> fraction(3.0), fraction(1 / 3), fraction(2.5)
    ('3', '1/3', '2.5')
    """
    whole = round(1 / value) if value < 1 else round(value)
    if abs((1 / value if value < 1 else value) - whole) < 1e-9:
        return str(whole) if value >= 1 else f"1/{whole}"
    return f"{value:.3g}"


@question("weights", example="saidao weights shanghai --weights ahp --weights entropy")
def weightings(
    case: CaseLike,
    weights: Annotated[
        Sequence[WeightsLike] | None,
        Option(
            "A weighting scheme; repeatable. All, if left out.",
            reads="each weights",
            choices="schemes",
        ),
    ] = None,
    **options: Unpack[AhpOptions],
) -> Weightings:
    """Weigh the factors by one scheme, or by all side by side.

    Parameters
    ----------
    case : a `Case`, the name of a shipped one, or a folder.
    weights : names of schemes, or weights by factor; all that the case has judgements for, if left out.
    **options : as for `saidao.weigh`.

    Raises
    ------
    CaseError
        With every problem found; a scheme that was not asked for and cannot be used is told in `missing` instead.
    """
    case = load_case(case)
    own: dict[str, Any] = dict(options)
    if weights:
        check_ahp_among(weights, own)
    found, missing = [], {}
    for scheme in weights or list(mcda.schemes()):
        try:
            found.append(weigh(case, scheme, **own))
        except CaseError as error:
            if weights:
                raise
            missing[str(scheme)] = error
    return Weightings(case, tuple(found), missing)
