"""The parts of a table: heads in one or more lines, lines of weights, directions and units, names, body, totals."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from ..case.units import is_unit
from .asking import Asker
from .heads import Head, direction_by_name, direction_word, head
from .regions import DATA, Left, Region
from .values import plain, value_of
from .view import View
from .words import (
    DIRECTION,
    FACTORS,
    HEADING,
    MEASURED,
    NAMES,
    NOTE,
    OF_TRACK,
    OTHER_NAMES,
    PERIODS,
    REMARK,
    RESPONDENTS,
    SERIAL,
    TARGET,
    TOTAL,
    UNIT,
    WEIGHT,
)
from .years import year

SAME = 1e-4
"""Relative difference up to which a printed sum is the sum."""


@dataclass
class Anatomy:
    """The parts of a table, by lines and columns of its view.

    `heads` has a heading for every column, `parents` the one over it, `above` what stands over these; `names` is the
    column of names, `of_tracks` those of names in the other language, of types, and of the period or judge of a line.
    """

    view: View
    head_lines: list[int]
    heads: list[Head]
    parents: list[str]
    body: list[int]
    names: int
    weight: int | None = None
    direction: int | None = None
    unit: int | None = None
    target: int | None = None
    left: list[Left] = field(default_factory=list)
    skipped_columns: dict[int, str] = field(default_factory=dict)
    of_tracks: dict[str, int] = field(default_factory=dict)
    above: dict[str, str] = field(default_factory=dict)

    def name(self, i: int) -> str:
        """Return the name of a line of the body."""
        return " ".join(self.view.text(i, self.names).split())

    @property
    def columns(self) -> list[int]:
        """The columns that hold data."""
        out = {self.names, *self.skipped_columns, *self.of_tracks.values()}
        return [j for j in range(self.view.width) if j not in out]


def looks_turned(region: Region) -> bool:
    """Whether factors stand down and alternatives across."""
    view = region.view
    if view.height < 2 or view.width < 2:
        return False
    top = [view.text(0, j) for j in range(1, view.width) if view.filled(0, j)]
    side = [view.text(i, 0) for i in range(1, min(view.height, 200)) if view.filled(i, 0)]
    corner = head(view.text(0, 0)).name
    evidence = 0.0
    if NAMES.fullmatch(corner):
        evidence -= 3
    if FACTORS.fullmatch(corner):
        evidence += 3
    first_heads = [plain(view.text(0, j)) for j in range(min(view.width, 5))]
    evidence -= 3 * _beside_names(first_heads)
    evidence += 3 * _beside_names([plain(text) for text in side[:4]])
    evidence += 3 * sum(
        _holds_units(view, j) if UNIT.fullmatch(h) else bool(WEIGHT.fullmatch(h)) and head(h).unit in ("", "%")
        for j, h in enumerate(first_heads)
        if j
    )
    evidence += 2 * sum(bool(DIRECTION.fullmatch(h)) for h in first_heads[1:] if not OF_TRACK["type"].fullmatch(h))
    evidence -= 3 * sum(bool(UNIT.fullmatch(plain(s)) or WEIGHT.fullmatch(plain(s))) for s in side[:5])
    evidence += 4 * (_like_factors(side) - _like_factors(top))
    if abs(evidence) < 1:
        evidence += _alike_along(view)
    return evidence > 0


def _holds_units(view: View, j: int) -> bool:
    """Whether what stands in a column that is called 单位 are units: it may be whom a respondent works for."""
    texts = [_bare(view.text(i, j)) for i in range(1, min(view.height, 40)) if view.filled(i, j)]
    return 2 * sum(map(is_unit, texts)) >= len(texts)


def _beside_names(texts: Sequence[str]) -> bool:
    """Whether one of some texts heads what stands beside names: serial numbers, types, names in the other language."""
    return any(p.fullmatch(text) for text in texts for p in (SERIAL, OTHER_NAMES, *OF_TRACK.values()))


def _like_factors(texts: Sequence[str]) -> float:
    """Return the share of texts that look like headings of factors: a unit, a scale, a direction, or its word."""
    if not texts:
        return 0.0
    heads = [head(text) for text in texts]
    told = sum(
        bool(
            h.unit or h.scale or h.stated or direction_by_name(h.name)[1] != "assumed" or MEASURED.search(plain(h.name))
        )
        for h in heads
    )
    return told / len(texts)


def _alike_along(view: View) -> float:
    """Return 1 where numbers are alike along lines and differ down columns, -1 the other way, 0 where neither."""
    lines, columns = range(1, min(view.height, 40)), range(1, min(view.width, 40))
    size = {(i, j): math.log10(abs(v)) for i in lines for j in columns if (v := view.value(i, j).value) and abs(v) > 0}

    def spread(groups: list[list[float]]) -> float:
        ranges = sorted(max(g) - min(g) for g in groups if len(g) > 1)
        return ranges[len(ranges) // 2] if ranges else 0.0

    along = spread([[size[i, j] for j in columns if (i, j) in size] for i in lines])
    down = spread([[size[i, j] for i in lines if (i, j) in size] for j in columns])
    return 1.0 if along + 0.5 < down else -1.0 if down + 0.5 < along else 0.0


def anatomy(region: Region, asker: Asker, names: str = "") -> Anatomy:
    """Take a table apart; *names* is the column of names, by heading or letters, where it is told."""
    view = region.view
    special, first = _special(view)
    head_lines = _head_lines(view, special)
    taken = {*head_lines, *special.values()}
    body = [i for i in range(view.height) if i not in taken]
    heads, parents, above, doubts = _heads(view, head_lines)
    if "unit" in special:
        heads = [
            _with_unit(h, view.text(special["unit"], j)) if view.filled(special["unit"], j) else h
            for j, h in enumerate(heads)
        ]
    left: list[Left] = []
    found = Anatomy(
        view,
        head_lines,
        heads,
        parents,
        body,
        0,
        left=left,
        above=above,
        weight=special.get("weight"),
        direction=special.get("direction"),
        unit=special.get("unit"),
    )
    _name_column(found, asker, names)
    for j, group in doubts:
        text = heads[j].text
        answer = asker.ask(
            view.place(head_lines[0], j), "blank_group", (group, "alone"), group, values={"head": text, "group": group}
        )
        parents[j] = "" if answer == "alone" else group
    _one_group(found)
    if not head_lines:
        asker.ask(view.line(body[0]), "no_heads", ("letters",), None, refuses=True)
    for what in ("weight", "direction"):
        line = special.get(what)
        if line is not None:
            left.append(Left(view.line(line), first[line] if first[line] else "", f"as_{what}"))
    _body(found, asker)
    return found


def _special(view: View) -> tuple[dict[str, int], dict[int, str]]:
    """Return the lines of weights, directions and units, and the first text of each."""
    found: dict[str, int] = {}
    first: dict[int, str] = {}
    for i in range(view.height):
        filled = next((j for j in range(min(view.width, 4)) if view.filled(i, j)), None)
        if filled is None:
            continue
        raw = view.raw(i, filled)
        if not isinstance(raw, str):
            continue
        rest = [j for j in range(filled + 1, view.width) if view.filled(i, j)]
        if WEIGHT.fullmatch(raw) and rest and all(view.value(i, j).form in ("number", "percent") for j in rest):
            found.setdefault("weight", i)
        elif (
            DIRECTION.fullmatch(raw)
            and rest
            and all(_says_direction(view, i, j) or view.text(i, j) in ("1", "+1", "-1") for j in rest)
        ):
            found.setdefault("direction", i)
        elif (
            i > 0
            and UNIT.fullmatch(raw)
            and rest
            and sum(is_unit(_bare(view.text(i, j))) for j in rest) > len(rest) / 2
        ):
            found.setdefault("unit", i)
        elif 0 < i < 5 and len(everything := [filled, *rest]) > 1:
            if all(_says_direction(view, i, j) for j in everything) or (
                len(rest) > 1 and all(_says_direction(view, i, j) for j in rest)
            ):
                found.setdefault("direction", i)
            elif _all_units([view.text(i, j) for j in everything]):
                found.setdefault("unit", i)
        if i in found.values():
            first[i] = raw
    return found, first


def _all_units(texts: Sequence[str]) -> bool:
    """Whether texts are units, and not but letters, nor numbers in units (2 years; 100 jobs may be a unit)."""
    told = [text for text in texts if len(_bare(text)) > 1 or not text.isascii()]
    return bool(told) and all(is_unit(_bare(text)) and _is_no_number(text) for text in texts)


def _is_no_number(text: str) -> bool:
    found = value_of(text)
    return found.form not in ("number", "percent") and (found.form != "unit" or found.value in (10, 100, 1000, 10000))


def _says_direction(view: View, i: int, j: int) -> bool:
    raw = view.raw(i, j)
    return isinstance(raw, str) and direction_word(raw) is not None


def _bare(text: str) -> str:
    return text.strip().strip("()（）[]【】").strip()


def _with_unit(one: Head, text: str) -> Head:
    bare = _bare(text)
    told = Head(text, "", bare) if is_unit(bare) else head(f"x（{bare}）")
    return one._replace(
        unit=one.unit or told.unit or ("" if told.stated or told.scale else _bare(text)),
        stated=one.stated or told.stated,
        scale=one.scale or told.scale,
    )


def _head_lines(view: View, special: dict[str, int]) -> list[int]:
    """Return the lines of headings: the first one, and those below it while there is a group over several of theirs."""
    lines: list[int] = []
    for i in range(min(view.height, 12)):
        if i in special.values():
            continue
        filled = [j for j in range(view.width) if view.filled(i, j)]
        data = [j for j in filled[1 if filled and filled[0] == 0 else 0 :] if _is_data(view, i, j)]
        if not lines:
            if len(filled) >= 2 and len(data) <= 0.2 * len(filled):
                lines.append(i)
                continue
            if len(filled) >= 3 and _are_years(view, i, filled):
                lines.append(i)
                continue
            break
        above = {view.origin(lines[-1], j) for j in range(view.width) if view.filled(lines[-1], j)}
        here = {view.origin(i, j) for j in filled}
        fresh = [j for j in filled if view.origin(i, j) != view.origin(lines[-1], j)]
        years = _are_years(view, i, fresh)
        over = [view.text(lines[-1], j) for j in filled]
        grouped = len(above) < len(here - above) + len(here & above) or (years and len(set(over)) < len(over))
        if grouped and (not data or years) and len(filled) > 1:
            lines.append(i)
        else:
            break
    return lines


def _is_data(view: View, i: int, j: int) -> bool:
    """Whether a cell holds data; a letter or two may be a heading, and so may a longer text that holds a unit."""
    value = view.value(i, j)
    if value.form not in DATA:
        return False
    letters = value.text.isascii() and value.text.isalpha()
    return not (letters and len(value.text) < 3) and not (
        value.form in ("word", "unit", "two", "ranked") and len(value.text) > 3
    )


def _are_years(view: View, i: int, filled: list[int]) -> bool:
    values = [view.value(i, j) for j in filled if not (j == 0 and view.value(i, j).form in ("text", "blank"))]
    return len(values) > 1 and all(
        (v.form == "number" and v.value is not None and 1950 <= v.value <= 2100 and v.value % 1 == 0) or year(v.text)
        for v in values
    )


def _heads(view: View, lines: list[int]) -> tuple[list[Head], list[str], dict[str, str], list[tuple[int, str]]]:
    """Return the headings, the group over each, groups over groups, and columns whose group is in doubt, with it."""
    above: dict[str, str] = {}
    texts: list[str] = []
    parents: list[str] = []
    doubts: list[tuple[int, str]] = []
    for j in range(view.width):
        own = [view.text(i, j) for i in lines if view.filled(i, j)]
        texts.append(own[-1] if own else "")
        parents.append("")
    heads = [head(text) if text else Head("", "", "") for text in texts]
    for upper, lower in pairwise(lines):
        merged = any(_goes_on(view, upper, j) for j in range(1, view.width))
        group, above_it = "", Head("", "", "")
        for j in range(view.width):
            has, below = view.filled(upper, j), view.filled(lower, j)
            same = has and below and view.origin(upper, j) == view.origin(lower, j)
            if same or (has and not below):
                group = ""
            elif has:
                above_it = head(view.text(upper, j))
                group = above_it.name
            if below and not same and (has or not merged):
                if parents[j] and group and parents[j] != group:
                    above.setdefault(group, parents[j])
                parents[j] = group or parents[j]
                if group and above_it.unit and not heads[j].unit:
                    heads[j] = heads[j]._replace(unit=above_it.unit)
        if not merged:
            doubts += _trailing(view, upper, lower, heads, parents)
    return heads, parents, above, doubts


def _goes_on(view: View, i: int, j: int) -> bool:
    """Whether a cell is merged with the one before it in its line."""
    return view.origin(i, j) == view.origin(i, j - 1) and view.filled(i, j)


def _trailing(view: View, upper: int, lower: int, heads: list[Head], parents: list[str]) -> list[tuple[int, str]]:
    """Return the columns behind the last written group that measure something else than those under it."""
    written = [j for j in range(view.width) if view.filled(upper, j)]
    if not written:
        return []
    last = written[-1]
    behind = [j for j in range(last + 1, view.width) if view.filled(lower, j)]
    first = heads[last].unit.split("/")[0]
    while behind and heads[behind[0]].unit.split("/")[0] == first:
        behind.pop(0)
    return [(j, parents[last]) for j in behind] if first else []


def _one_group(found: Anatomy) -> None:
    """Forget a group that stands over all factors: it tells nothing apart."""
    over = {found.parents[j] for j in found.columns}
    if len(over) == 1:
        found.parents[:] = ["" for _ in found.parents]


def _name_column(found: Anatomy, asker: Asker, told: str) -> None:
    """Choose the column of names, and leave out serial numbers and remarks."""
    view, body = found.view, found.body
    candidates: dict[int, float] = {}
    looked_at = [i for i in body[:2000] if not _is_total(view, i)]
    for j in range(view.width):
        title = plain(found.heads[j].name or found.heads[j].text)
        texts = [view.text(i, j) for i in looked_at if view.filled(i, j)]
        if not texts:
            continue
        forms = [view.value(i, j).form for i in looked_at if view.filled(i, j)]
        words = sum(form in ("text", "word", "unit", "two", "date", "yes", "no") for form in forms)
        serial = SERIAL.fullmatch(title) or (j == 0 and not title and _counts(view, looked_at, j))
        if serial:
            found.skipped_columns[j] = "serial"
            continue
        if REMARK.fullmatch(title):
            found.skipped_columns[j] = "remark"
            continue
        if OTHER_NAMES.fullmatch(title):
            found.skipped_columns[j] = "other_name"
            continue
        years = [read[0] if (read := year(text)) else text for text in texts]
        if PERIODS.fullmatch(title) and (
            len(set(texts)) <= max(1, len(texts) / 2) or (len(set(years)) < len(texts) and all(map(year, texts)))
        ):
            found.of_tracks.setdefault("period", j)
            continue
        if RESPONDENTS.fullmatch(title) and len(set(texts)) <= len(texts) / 1.5:
            found.of_tracks.setdefault("judge", j)
            continue
        if words >= 0.7 * len(texts) and (of := next((k for k, p in OF_TRACK.items() if p.fullmatch(title)), "")):
            found.of_tracks.setdefault(of, j)
            continue
        names_all = j == 0 and (NAMES.fullmatch(title) or RESPONDENTS.fullmatch(title))
        if words < 0.7 * len(texts) and not names_all:
            continue
        unique = len(set(texts)) / len(texts)
        named = bool(NAMES.fullmatch(title)) or (view.turned and bool(NAMES.fullmatch(title)))
        candidates[j] = 2 * unique + 2 * named + (1 if not candidates else 0) + len(texts) / max(1, len(looked_at))
    if told:
        chosen = _told_column(found, told)
        if chosen is not None:
            found.names = chosen
            found.skipped_columns.pop(chosen, None)
            found.of_tracks = {of: j for of, j in found.of_tracks.items() if j != chosen}
            return
    if not candidates and (called := [j for of, j in found.of_tracks.items() if of.startswith("name")]):
        candidates[called[0]] = 1.0
    if not candidates:
        serial_columns = [j for j, why in found.skipped_columns.items() if why == "serial"]
        found.names = serial_columns[0] if serial_columns else 0
        found.skipped_columns.pop(found.names, None)
        if not serial_columns:
            asker.ask("all", "no_names", ("first", "numbered"), None, refuses=True, values={"column": view.column(0)})
        return
    found.names = max(candidates, key=lambda j: candidates[j])
    found.of_tracks = {of: j for of, j in found.of_tracks.items() if j != found.names}


def _told_column(found: Anatomy, told: str) -> int | None:
    for j, one in enumerate(found.heads):
        if plain(told) in (plain(one.text), plain(one.name)) or told.upper() == str(found.view.letter(j)):
            return j
    return None


def _counts(view: View, lines: list[int], j: int) -> bool:
    values = [view.value(i, j).value for i in lines if view.filled(i, j)]
    return len(values) > 1 and values == [float(n) for n in range(1, len(values) + 1)]


def _is_total(view: View, i: int) -> bool:
    """Whether a line is named as a total, mean or the like: its first text is."""
    for j in range(min(view.width, 4)):
        if view.filled(i, j):
            raw = view.raw(i, j)
            if isinstance(raw, str) and TOTAL.fullmatch(raw.strip()):
                return True
            if isinstance(raw, str) and view.value(i, j).form == "text":
                return False
    return False


def _body(found: Anatomy, asker: Asker) -> None:
    """Keep the lines of the body that are alternatives."""
    view = found.view
    kept: list[int] = []
    heads = tuple(view.text(found.head_lines[-1], j) for j in range(view.width)) if found.head_lines else ()
    counted = {j for j in range(view.width) if found.skipped_columns.get(j) != "serial"}
    for i in found.body:
        filled = [j for j in range(view.width) if view.filled(i, j)]
        name = view.text(i, found.names) or (view.text(i, filled[0]) if filled else "")
        if not filled:
            continue
        first = view.raw(i, filled[0])
        if (
            TOTAL.fullmatch(name.strip())
            or (isinstance(first, str) and TOTAL.fullmatch(first.strip()))
            or (not view.filled(i, found.names) and _sums_by_formula(view, i, filled))
        ):
            found.left.append(Left(view.line(i), name, "total"))
        elif TARGET.fullmatch(name.strip()) and found.target is None and len(filled) > 1:
            found.target = i
            found.left.append(Left(view.line(i), name, "as_target"))
        elif heads and name == heads[found.names] and tuple(view.text(i, j) for j in range(view.width)) == heads:
            found.left.append(Left(view.line(i), name, "heads_again"))
        elif view.width > 2 and (
            len(set(filled) & counted) == 1 or (view.sheet.spanned and len({view.origin(i, j) for j in filled}) == 1)
        ):
            _only_a_name(found, asker, i, name, kept)
        else:
            kept.append(i)
    found.body = kept
    _by_arithmetic(found, asker)


def _only_a_name(found: Anatomy, asker: Asker, i: int, name: str, kept: list[int]) -> None:
    """Decide on a line with a name and nothing else: a heading within the table, a note, or an alternative."""
    view = found.view
    if (NOTE.match(name) and len(name) > 6) or re.fullmatch(r"[(（].*[)）]", name):
        found.left.append(Left(view.line(i), name, "note"))
        return
    if (
        HEADING.fullmatch(name)
        or HEADING.match(name)
        or len({view.origin(i, j) for j in range(view.width)}) < view.width
    ):
        found.left.append(Left(view.line(i), name, "heading"))
        return
    answer = asker.ask(view.line(i), "only_a_name", ("heading", "blank"), "heading", found=name, values={"name": name})
    if answer == "blank":
        kept.append(i)
    else:
        found.left.append(Left(view.line(i), name, "heading"))


def _sums_by_formula(view: View, i: int, filled: Sequence[int]) -> bool:
    faults = [view.sheet.faults.get(view.at(i, j), "") for j in filled]
    return any(re.match(r"=\s*(?:SUM|AVERAGE|SUBTOTAL|MEDIAN)\(", fault, re.I) for fault in faults)


def _by_arithmetic(found: Anatomy, asker: Asker) -> None:
    """Leave out a first or last line that is the sum or mean of the others, whatever it is called."""
    view, lines = found.view, found.body
    if not 4 <= len(lines) <= 5000:
        return
    columns = [
        [view.value(i, j).value for i in lines]
        for j in found.columns
        if view.value(lines[0], j).form in ("number", "percent")
    ]
    numbers = [c for c in columns if all(v is not None for v in c)]
    for at in (-1, 0):
        agree = Counter[str]()
        for column in numbers:
            values = [v for v in column if v is not None]
            one = values.pop(at)
            whole = math.fsum(values)
            if len(set(values)) > 1 and one:
                agree["sum"] += math.isclose(one, whole, rel_tol=SAME)
                agree["mean"] += math.isclose(one, whole / len(values), rel_tol=1e-3)
        kind, times = max(agree.items(), key=lambda item: item[1], default=("", 0))
        if not times or times < min(2, len(numbers)) or 2 * times < len(numbers):
            continue
        i = lines[at]
        told = {"name": found.name(i), "what": _WHAT[kind]}
        sure = times >= 2
        if (
            sure
            or asker.ask(view.line(i), "sum_line", ("total", "alternative"), "total", found=found.name(i), values=told)
            == "total"
        ):
            found.left.append(Left(view.line(i), found.name(i), "total"))
            found.body = [one for one in lines if one != i]
        return


_WHAT = {"sum": ("the sum", "合计"), "mean": ("the mean", "平均")}
