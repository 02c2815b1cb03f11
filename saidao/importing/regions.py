"""Where the tables of a sheet stand: without titles above, notes below, and blank rows and columns between."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ..case.units import is_unit, listed
from ..texts.say import say
from .sheet import Sheet
from .view import View
from .words import FORM_LABEL, NOTE, PREAMBLE, YEARLY

LONG_NOTE = 24
"""Signs from which a row of one text below a table is a note, not a name."""

DATA = frozenset(
    listed(
        "number percent yes no tick cross part word unit about bound range two fraction marked bracketed ranked comma "
        "date error formula merged"
    )
)
"""Forms of cells that hold data; the others are texts, or say that there is none."""


@dataclass
class Region:
    """A table's cells, and the unit that a line above says holds for all of it."""

    view: View
    unit: str = ""
    title: str = ""


@dataclass
class Left:
    """What is no score: where, its text, and the code of the reason; ``as_`` begins that of what is read as another."""

    where: str
    text: str
    reason: str

    @property
    def is_read(self) -> bool:
        """Whether it is read, as something else than scores."""
        return self.reason.startswith("as_")

    def to_dict(self, lang: str) -> dict[str, str]:
        """Plain data."""
        return {"where": self.where, "text": self.text, "reason": say(f"import.left.{self.reason}", lang)}


@dataclass
class Split:
    """The tables of a sheet, and what lies beside them."""

    regions: list[Region] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)


def split(sheet: Sheet, named: bool, rows: Sequence[int], columns: Sequence[int]) -> Split:
    """Return the tables of a sheet among some rows and columns of it."""
    whole = View(sheet, rows, columns, named=named)
    found = Split()
    title = unit = ""
    for run in _runs(whole):
        lines, above, below, said, named_as = _inner(whole, run, bool(found.regions))
        found.left += [Left(whole.line(i), _text_of(whole, i), "unit" if i in said else "title") for i in above]
        title, unit = named_as or title, next(iter(said.values()), unit)
        if lines:
            if found.regions and _goes_on(whole, lines, found.regions[-1]):
                last = found.regions[-1]
                used = {columns[j] for j in _origins(whole, lines[0])} if not _has_data(last.view) else set()
                across = sorted({*last.view.columns, *used})
                last.view = View(sheet, [*last.view.rows, *(rows[i] for i in lines)], across, named=named)
            else:
                for part in _beside(whole, lines, found.left):
                    found.regions.append(Region(part, unit, title))
                title = unit = ""
        found.left += [Left(whole.line(i), _text_of(whole, i), "note") for i in below]
    return found


def _origins(view: View, i: int) -> list[int]:
    """Return the columns of a line where a cell begins that is not blank."""
    spanned = view.sheet.spanned
    return [j for j in range(view.width) if view.filled(i, j) and (not spanned or _begins(view, i, j))]


def _begins(view: View, i: int, j: int) -> bool:
    place, origin = view.at(i, j), view.origin(i, j)
    return origin[1] == place[1]


def _text_of(view: View, i: int) -> str:
    texts = dict.fromkeys(view.text(i, j) for j in range(view.width) if view.filled(i, j))
    return " ".join(texts)


def _runs(view: View) -> Iterator[list[int]]:
    """Yield the lines between blank ones."""
    run: list[int] = []
    for i in range(view.height):
        if any(view.filled(i, j) for j in range(view.width)):
            run.append(i)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _inner(view: View, run: list[int], after: bool) -> tuple[list[int], list[int], list[int], dict[int, str], str]:
    """Return the lines of a run that are a table, those above and below, the units said above, and the title."""
    above: list[int] = []
    said: dict[int, str] = {}
    title = ""
    start, end = 0, len(run)
    while start < end:
        filled = _origins(view, run[start])
        texts = [view.text(run[start], j) for j in filled]
        units = [unit for text in texts if (unit := _unit_said(text))]
        if len(filled) > 1 and not (units and len(filled) <= 3) and not _is_form_line(view, run, start, filled):
            break
        if units:
            said[run[start]] = units[0]
        title = title or next((t for t in texts if not _unit_said(t)), "")
        above.append(run[start])
        start += 1
    if start == end:  # nothing but single texts: notes of the table above, or titles of the one below
        return ([], [], above, {}, "") if after else ([], above, [], said, title)
    below: list[int] = []
    least = 0 if after else 1  # below a table all of a run may be notes
    while end - start > least:
        filled = _origins(view, run[end - 1])
        if len(filled) == 1:
            is_below = _is_note(view, run[end - 1], filled[0])
        else:
            is_below = end - start > 2 * least and (
                _is_form_line(view, run[:end], end - 1, filled)
                or (
                    NOTE.match(view.text(run[end - 1], filled[0])) is not None
                    and not any(view.value(run[end - 1], j).form in DATA for j in filled[1:])
                )
            )
        if not is_below:
            break
        end -= 1
        below.insert(0, run[end])
    return run[start:end], above, below, said, title


def _is_form_line(view: View, run: list[int], n: int, filled: list[int]) -> bool:
    """Whether a line holds fields of a form, 填报日期 | 2026-03-05: labels and what is filled in, no heads or scores.

    Labels without a colon may be heads: they are fields where the lines beside them are wider.
    """
    has_colon = is_label = is_open = False
    for j in filled:
        text = view.text(run[n], j)
        label, colon, said = re.sub("：", ":", text).partition(":")
        if FORM_LABEL.fullmatch(label.strip()) and (colon or not is_open):
            has_colon, is_label, is_open = has_colon or bool(colon), True, not said.strip()
        elif is_open:
            if (
                not has_colon
                and YEARLY.fullmatch(view.text(run[n], j - 1))
                and view.origin(run[n], j) in view.sheet.spanned.values()
            ):
                return False  # a year over several heads
            is_open = False
        elif view.value(run[n], j).form != "date" and not _unit_said(text):
            return False
    others = run[n + 1 : n + 8] or run[max(0, n - 8) : n]
    return has_colon or (is_label and len(filled) < max((len(_origins(view, i)) for i in others), default=0))


def _unit_said(text: str) -> str:
    found = PREAMBLE.fullmatch(text)
    unit = (found[1] or found[2] or "").strip(" ）)") if found else ""
    unit = re.sub(r"\s*(?:unless|if not|except|除).*", "", unit)
    first = re.split("[、,，;；/]", unit)[0].strip()
    return unit if is_unit(unit) else first if is_unit(first) else ""


def _is_note(view: View, i: int, j: int) -> bool:
    text = view.text(i, j)
    if view.value(i, j).form in DATA:
        return False
    return (
        bool(NOTE.match(text))
        or len(text) >= LONG_NOTE
        or text.endswith(("。", "."))
        or (
            view.sheet.separator == ""
            and (
                sum(view.origin(i, k) == view.origin(i, j) for k in range(view.width)) > max(2, view.width // 2)
                and len(text) > 8
            )
        )
    )


def _goes_on(view: View, lines: list[int], region: Region) -> bool:
    """Whether lines after a blank one are more of the table above: they begin with data under its columns."""
    if not _has_data(region.view) and region.view.height <= 3:
        return len(_origins(view, lines[0])) >= 2
    if not {view.columns[j] for j in _origins(view, lines[0])} <= set(region.view.columns):
        return False
    first = [view.value(lines[0], j).form for j in _origins(view, lines[0])]
    return any(form in DATA for form in first[1:]) or (len(lines) == 1 and len(first) < 3)


def _has_data(view: View) -> bool:
    return any(view.value(i, j).form in DATA for i in range(min(view.height, 20)) for j in range(view.width))


def _beside(view: View, lines: list[int], left: list[Left]) -> Iterator[View]:
    """Yield the tables that stand side by side in some lines, parted by blank columns."""
    used = [any(view.filled(i, j) for i in lines) for j in range(view.width)]
    groups: list[list[int]] = []
    for j, is_used in enumerate(used):
        if is_used and (j == 0 or not used[j - 1]):
            groups.append([])
        if is_used:
            groups[-1].append(j)
    tables: list[list[int]] = []
    for group in groups:
        if tables and not _stands_alone(view, lines, group):
            left += [Left(view.column(j), "", "empty") for j in range(tables[-1][-1] + 1, group[0])]
            tables[-1] += group
            continue
        if tables:
            parting = range(tables[-1][-1] + 1, group[0])
            left += [Left(view.column(j), "", "parting") for j in parting]
        tables.append(list(group))
    for table in tables:
        rows = [i for i in lines if any(view.filled(i, j) for j in table)]
        yield View(view.sheet, [view.rows[i] for i in rows], [view.columns[j] for j in table], named=view.named)


def _stands_alone(view: View, lines: list[int], group: list[int]) -> bool:
    """Whether columns beside a blank one are a table of their own: a head over each, and names in the first."""
    rows = [i for i in lines if any(view.filled(i, j) for j in group)]
    if len(group) < 2 or len(rows) < 2:
        return False
    heads = [view.value(rows[0], j).form for j in group]
    names = [view.value(i, group[0]).form for i in rows[1:]]
    return heads[0] in ("text", "blank") and heads.count("text") >= 2 and names.count("text") > len(names) / 2
