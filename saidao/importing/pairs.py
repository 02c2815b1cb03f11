"""Judgements: pairs of factors with a row a judge, and a square matrix of one judge."""

from __future__ import annotations

import itertools
import math
import re
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from .. import mcda
from ..case.cells import number_text, ratio
from .anatomy import Anatomy
from .asking import FREE, Asker, numbers_in
from .heads import head
from .places import places
from .regions import Left
from .values import in_words, plain, value_of
from .view import View
from .words import PAIR_SAID, PAIR_UNSAID, RESPONDENTS, STAMPS

CONSISTENT = 0.1
"""Consistency ratio up to which a judge's answers count as free of contradiction (Saaty)."""
MOST_ASKED = 5
"""Judges who are asked about one by one."""
Pair = tuple[str, str]


@dataclass
class Judgements:
    """Pairwise judgements as read: how many times the first of a pair counts as the second, a row a judge."""

    parts: Anatomy
    respondents: list[str]
    factors: list[str]
    pairs: list[Pair]
    answers: list[list[float | None]]
    dropped: list[str] = field(default_factory=list)
    infer: bool = True
    missing: list[tuple[str, str]] = field(default_factory=list)
    role = "judgements"

    def to_dict(self) -> dict[str, Any]:
        """Plain data."""
        asked = {frozenset(pair) for pair in self.pairs}
        document: dict[str, Any] = {"role": self.role, "sheet": self.parts.view.sheet.title or None}
        document |= places(self.parts, self.parts.body)
        document["respondent_column"] = document.pop("name_column", None)
        return document | {
            "respondents": self.respondents,
            "factors": self.factors,
            "pairs": [list(pair) for pair in self.pairs],
            "answers": self.answers,
            "pairs_not_asked": [list(p) for p in itertools.combinations(self.factors, 2) if frozenset(p) not in asked],
        }


def pair_of(text: str) -> tuple[Pair, bool] | None:
    """Return the pair that a heading names, and whether it says which comes first.

    >>> pair_of("研发 比 市场"), pair_of("环境/政策"), pair_of("Cost vs Risk"), pair_of("Cost")
    ((('研发', '市场'), True), (('环境', '政策'), False), (('Cost', 'Risk'), False), None)
    """
    text = re.sub(r"^\s*(?:[a-z]{0,2}|问题|第)\s*\d+\s*(?:[题.、:：)]|(?<=\d)\s)\s*", "", text.strip(), flags=re.I)
    text = re.sub(r"[（(].*[)）]\s*$", "", text).strip()
    for pattern, said in ((PAIR_SAID, True), (PAIR_UNSAID, False)):
        found = pattern.fullmatch(text)
        if found and found[1].strip() and found[2].strip():
            return (found[1].strip(), found[2].strip()), said
    return None


def pair_columns(parts: Anatomy) -> dict[int, tuple[Pair, bool]]:
    """Return the columns whose headings are pairs, where there are enough of them over the same factors."""
    found = {j: pair for j in range(parts.view.width) if (pair := pair_of(parts.heads[j].text)) is not None}
    found = {j: pair for j, pair in found.items() if _answers(parts, j) >= 0.6}
    factors = Counter(name for pair, _ in found.values() for name in pair)
    if len(found) < 1 or len(factors) > len(found) + 1 or len(found) > len(factors) * (len(factors) - 1) / 2:
        return {}
    if len(found) == 1 and not RESPONDENTS.fullmatch(plain(parts.heads[parts.names].name)):
        return {}
    return found


def _answers(parts: Anatomy, j: int) -> float:
    """Return the share of the cells of a column that hold a judgement: 1/9 to 9, or a code from -9 to 9."""
    cells = [parts.view.text(i, j) for i in parts.body if parts.view.filled(i, j)]
    good = sum(in_words(text) or ((value := _judgement(text)) is not None and abs(value) <= 9.5) for text in cells)
    return good / len(cells) if cells else 0.0


def _judgement(text: str) -> float | None:
    found = ratio(text)
    if found is None:
        value = value_of(text).value if isinstance(text, str) else text
        found = value if value is not None and value < 0 else None
    return found


def _scale_in_words(parts: Anatomy, columns: list[int], asker: Asker) -> dict[str, float | None]:
    """Return the judgement that each of the words means; asked once."""
    view = parts.view
    cells = {plain(text): text for j in columns for i in parts.body if in_words(text := view.text(i, j))}
    if not cells:
        return {}
    said = sorted(cells, key=lambda word: -(in_words(word) or 0))
    told = {
        "words": ", ".join(cells[word] for word in said),
        "points": ", ".join(said_as(in_words(w) or 1) for w in said),
    }
    where = view.across(columns)
    found = "/".join(cells[word] for word in said)
    answer = asker.ask(where, "saaty", ("saaty", FREE), "saaty", found=found, values=told, numbers=len(said))
    given = numbers_in(answer, len(said))
    return dict(zip(said, given, strict=True)) if given else {word: in_words(word) for word in said}


def read_pairs(
    parts: Anatomy,
    pairs: dict[int, tuple[Pair, bool]],
    asker: Asker,
    left: list[Left],
    consistent: float | None = None,
    flipped: Collection[tuple[int, int]] = (),
) -> Judgements:
    """Read judgements with a row a judge; *flipped* are the cells that compare the second of a pair with the first."""
    view, columns = parts.view, sorted(pairs)
    factors = list(dict.fromkeys(name for j in columns for name in pairs[j][0]))
    others = [j for j in range(view.width) if j != parts.names and j not in pairs]
    why = parts.skipped_columns
    left += [Left(view.column(j), parts.heads[j].text, why.get(j, "about_judges")) for j in others]
    codes = any((value := _judgement(view.text(i, j))) is not None and value < 0 for j in columns for i in parts.body)
    positive = True
    if codes:
        where = view.across(columns)
        sides = dict(zip(("first", "second"), pairs[columns[0]][0], strict=True))
        answer = asker.ask(where, "codes", ("first", "second"), None, found="-9..9", values=sides)
        positive = answer != "second"
    told: dict[int, str | None] = {} if codes else _ways(parts, pairs, asker)
    words = _scale_in_words(parts, columns, asker)
    missing: list[tuple[str, str]] = []
    answers: list[list[float | None]] = []
    for i in parts.body:
        row: list[float | None] = []
        for j in columns:
            value = _judgement(view.text(i, j))
            if value is None and (word := plain(view.text(i, j))) in words:
                value = words[word]
            if value is None or (value == 0 and not codes) or not -9.5 <= value <= 9.5:
                value = _unread(parts, i, j, asker, missing)
            elif codes:
                value = _of_code(value if positive else -value)
            row.append(1 / value if value and (i, j) in flipped else value)
        answers.append(row)
    kept = [pairs[j][0] if told.get(j) != "second" else pairs[j][0][::-1] for j in columns]
    names = [parts.name(i) for i in parts.body]
    found = Judgements(parts, names, factors, kept, answers, missing=missing)
    _not_asked(found, asker)
    _contradictions(found, asker, left, consistent)
    _omissions(found, columns, asker)
    return found


def _of_code(code: float) -> float:
    """Return what a code from -9 to 9 means: 3 three times as important, -3 a third, 0 and 1 and -1 the same.

    >>> _of_code(3.0), _of_code(-4.0), _of_code(0.0)
    (3.0, 0.25, 1.0)
    """
    return 1.0 if abs(code) < 1 else code if code > 0 else -1.0 / code


def _unread(parts: Anatomy, i: int, j: int, asker: Asker, missing: list[tuple[str, str]]) -> float | None:
    view, text = parts.view, parts.view.text(i, j)
    form = view.value(i, j).form
    if form in ("blank", "missing"):
        missing.append((view.place(i, j), text))
        return None
    answer = asker.ask(view.place(i, j), "no_judgement", (FREE, "missing"), None, found=text, numbers=1)
    return ratio(answer) if answer not in (None, "missing") else None


def _ways(parts: Anatomy, pairs: dict[int, tuple[Pair, bool]], asker: Asker) -> dict[int, str | None]:
    """Ask which way the headings read that do not say it: one question for all that are written alike."""
    view = parts.view
    unsaid = [j for j in sorted(pairs) if not pairs[j][1]]
    told: dict[int, str | None] = dict.fromkeys(pairs, "first")
    if unsaid:
        first, second = pairs[unsaid[0]][0]
        where = ",".join(view.place(parts.head_lines[-1], j) for j in unsaid)
        answer = asker.ask(
            where,
            "which_way",
            ("first", "second"),
            None,
            found=parts.heads[unsaid[0]].text,
            values={"first": first, "second": second},
        )
        told |= dict.fromkeys(unsaid, answer)
    return told


def _not_asked(found: Judgements, asker: Asker) -> None:
    asked = {frozenset(pair) for pair in found.pairs}
    left = [pair for pair in itertools.combinations(found.factors, 2) if frozenset(pair) not in asked]
    if left:
        said = (", ".join(f"{a} and {b}" for a, b in left), "".join(f"“{a}与{b}”" for a, b in left))
        found.infer = (
            asker.ask("all", "pairs_not_asked", ("infer", "ask_again"), None, values={"pairs": said}) != "ask_again"
        )


def matrix_of(found: Judgements, row: int) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Return the pairwise matrix of a judge: (n, n), nan where nothing was answered."""
    at = {name: n for n, name in enumerate(found.factors)}
    matrix = np.full((len(at), len(at)), np.nan)
    np.fill_diagonal(matrix, 1.0)
    for (one, other), value in zip(found.pairs, found.answers[row], strict=True):
        if value:
            matrix[at[one], at[other]], matrix[at[other], at[one]] = value, 1 / value
    return matrix


def consistency(matrix: np.ndarray[Any, np.dtype[np.float64]]) -> float:
    """Return the consistency ratio of what was answered; 0 where nothing could contradict.

    Judgements that stand in no circle with others contradict nothing: only factors compared in circles count.
    """
    matrix = matrix.copy()
    inside = list(range(len(matrix)))
    while True:
        known = ~np.isnan(matrix[np.ix_(inside, inside)])
        loose = [k for k, n in zip(inside, known.sum(axis=1) - 1, strict=True) if n < 2]
        if not loose:
            break
        inside = [k for k in inside if k not in loose]
    if len(inside) < 3:
        return 0.0
    part = matrix[np.ix_(inside, inside)]
    try:
        ratio_ = mcda.ahp(part).consistency_ratio
    except mcda.InputError:
        return 0.0
    return 0.0 if ratio_ is None or math.isnan(ratio_) else float(ratio_)


def _contradictions(found: Judgements, asker: Asker, left: list[Left], consistent: float | None) -> None:
    """Leave out judges whose answers contradict one another beyond a threshold that is told; else ask about them."""
    view, lines = found.parts.view, found.parts.body
    ratios = {row: consistency(matrix_of(found, row)) for row in range(len(found.respondents))}
    beyond = [row for row, cr in ratios.items() if cr > (CONSISTENT if consistent is None else consistent)]
    if consistent is not None:
        left += [Left(view.line(lines[row]), found.respondents[row], "contradicts") for row in beyond]
        found.dropped += [found.respondents[row] for row in beyond]
        return
    choices = ("keep", "again", "drop")
    if len(beyond) > MOST_ASKED:
        names = [f"{found.respondents[row]} ({ratios[row]:.2f})" for row in beyond]
        where = ",".join(view.place(lines[row], found.parts.names) for row in beyond)
        values = {"names": (", ".join(names), "、".join(names)), "count": len(names), "of": len(ratios)}
        if asker.ask(where, "contradict", choices, None, values=values) in ("drop", "again"):
            found.dropped += [found.respondents[row] for row in beyond]
        return
    for row in beyond:
        name = found.respondents[row]
        values = {"name": name, "ratio": f"{ratios[row]:.2f}"}
        said = _worst_circle(found, row)
        if asker.ask(view.line(lines[row]), "contradicts", choices, None, found=said, values=values) in (
            "drop",
            "again",
        ):
            found.dropped.append(name)


def _worst_circle(found: Judgements, row: int) -> str:
    """Return the three answers that contradict one another most, as they stand."""
    matrix, at = matrix_of(found, row), {name: n for n, name in enumerate(found.factors)}
    circles = [
        (abs(math.log(matrix[a, b] * matrix[b, c] * matrix[c, a])), {a, b, c})
        for a, b, c in itertools.combinations(range(len(at)), 3)
        if not np.isnan(matrix[[a, b, c], [b, c, a]]).any()
    ]
    _, three = max(circles, default=(0.0, set(at.values())), key=lambda one: one[0])
    return ", ".join(
        said_as(value)
        for (one, other), value in zip(found.pairs, found.answers[row], strict=True)
        if value and {at[one], at[other]} <= three
    )


def said_as(value: float) -> str:
    """Return a judgement as people write it: 1/5 for 0.2."""
    return (
        f"1/{round(1 / value)}"
        if value < 1 and math.isclose(1 / value, round(1 / value), rel_tol=1e-9)
        else number_text(value)
    )


def _omissions(found: Judgements, columns: list[int], asker: Asker) -> None:
    """Ask what to do with a judge who left pairs out."""
    view = found.parts.view
    blank = dict(found.missing)
    for row, i in enumerate(found.parts.body):
        name = found.respondents[row]
        left_out = [j for j in columns if view.place(i, j) in blank]
        if not left_out or name in found.dropped:
            continue
        where = ",".join(view.place(i, j) for j in left_out)
        values = {"name": name, "times": len(left_out)}
        until = "infer" if len(left_out) < len(columns) else "drop"
        if asker.ask(where, "omitted", ("infer", "drop"), until, values=values) == "drop":
            found.dropped.append(name)


def is_matrix(view: View) -> bool:
    """Whether a table is a square pairwise matrix: the same names across and down, ones on the diagonal."""
    if view.height != view.width or view.height < 3:
        return False
    across = [plain(view.text(0, j)) for j in range(1, view.width)]
    down = [plain(view.text(i, 0)) for i in range(1, view.height)]
    diagonal = [ratio(view.text(k, k)) for k in range(1, view.height)]
    return across == down and all(value in (1.0, None) for value in diagonal) and 1.0 in diagonal


def read_matrix(parts: Anatomy, asker: Asker, judge: str, left: list[Left], consistent: float | None) -> Judgements:
    """Read a square matrix of one judge; a half that is blank follows from the other."""
    view = parts.view
    factors = [head(view.text(0, j)).name for j in range(1, view.width)]
    values: dict[Pair, float] = {}
    missing: list[tuple[str, str]] = []
    for a, b in itertools.combinations(range(1, view.width), 2):
        upper, lower = ratio(view.text(a, b)), ratio(view.text(b, a))
        pair = (factors[a - 1], factors[b - 1])
        if upper and lower and abs(upper * lower - 1) > 0.03:
            answer = asker.ask(
                f"{view.place(a, b)},{view.place(b, a)}",
                "not_reciprocal",
                ("upper", "lower", "missing"),
                None,
                found=f"{view.text(a, b)}, {view.text(b, a)}",
                values={"first": pair[0], "second": pair[1]},
            )
            upper, lower = (upper, None) if answer == "upper" else (None, lower) if answer == "lower" else (None, None)
        value = upper or (1 / lower if lower else None)
        if value:
            values[pair] = value
        else:
            missing.append((view.place(a, b), view.text(a, b)))
    pairs = list(itertools.combinations(factors, 2))
    found = Judgements(parts, [judge], factors, pairs, [[values.get(p) for p in pairs]], missing=missing)
    parts.body = list(range(1, view.height))
    cr = consistency(matrix_of(found, 0))
    if cr > (CONSISTENT if consistent is None else consistent):
        where = "all" if not view.named else view.place(0, 0)
        said = {"name": judge, "ratio": f"{cr:.2f}"}
        choices = ("keep", "again", "drop")
        if consistent is not None:
            left.append(Left(where, judge, "contradicts"))
            found.dropped.append(judge)
        elif asker.ask(where, "contradicts", choices, None, found=_worst_circle(found, 0), values=said) != "keep":
            found.dropped.append(judge)
    return found


def respondents_first(parts: Anatomy) -> None:
    """Take the column that is called as respondents are for that of names."""
    titles = {j: plain(parts.heads[j].name or parts.heads[j].text) for j in range(min(parts.view.width, 4))}
    called = [j for j, title in titles.items() if RESPONDENTS.fullmatch(title)]
    if called and "judge" not in parts.of_tracks:
        parts.names = min(called, key=lambda j: (bool(STAMPS.fullmatch(titles[j])), j))
        parts.skipped_columns.pop(parts.names, None)
