"""Alternatives and factors: a table of scores."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .anatomy import Anatomy
from .asking import Asker
from .columns import Column, read_column, with_direction
from .heads import head
from .long import of_period
from .places import places
from .regions import Left
from .values import plain, rounded
from .view import View
from .words import COUNTED, DERIVED, PART_OF, PLACES

SAID = re.compile(r"[+-]?\d+,\d{1,2}|[+-]?\d+,\d{4,}|[+-]?\d{1,3}(\.\d{3})+,\d+|[+-]?0,\d+")
"""Numbers whose comma can only be decimal."""
A_YEAR = re.compile(r"((?:19|20)\d\d)\s*年?(?:度|末|底)?")
"""A heading that is a year and no more."""
MAYBE = re.compile(r"[+-]?[1-9]\d{0,2},\d{3}")
"""Numbers whose comma may be either."""
THOUSANDS = re.compile(r"[+-]?\d{1,3}(,\d{3})+\.\d+|[+-]?\d{1,3}(,\d{3}){2,}")


@dataclass
class Scores:
    """A table of scores as read.

    `of_tracks` are names in the other language and types, where columns hold them; `replaces` are the factors of a case
    whose scores these are from now on, in half width.
    """

    parts: Anatomy
    lines: list[int]
    names: list[str]
    columns: list[Column]
    missing: list[tuple[str, str]] = field(default_factory=list)
    of_tracks: dict[str, list[str]] = field(default_factory=dict)
    replaces: set[str] = field(default_factory=set)
    role = "scores"

    @property
    def groups(self) -> list[str]:
        """The groups over the factors, in their order."""
        over = [column.parent for column in self.columns if column.parent]
        return list(dict.fromkeys([*(self.parts.above[group] for group in over if group in self.parts.above), *over]))

    def to_dict(self) -> dict[str, Any]:
        """Plain data."""
        view = self.parts.view
        document: dict[str, Any] = {"role": self.role, "sheet": view.sheet.title or None} | places(
            self.parts, self.lines
        )
        document["names"] = self.names
        document |= {"types" if of == "type" else of: texts for of, texts in self.of_tracks.items()}
        if self.groups:
            document["groups"] = self.groups
        document["factors"] = [_factor(column, view) for column in self.columns]
        document["scores"] = [[column.values[n] for column in self.columns] for n in range(len(self.names))]
        return document


def _factor(column: Column, view: View) -> dict[str, Any]:
    found: dict[str, Any] = {
        "head": column.head.text,
        "name": column.name,
        "row" if view.turned else "column": view.letter(column.j),
        "unit": column.unit or None,
        "direction": column.direction,
        "direction_basis": column.basis,
        "kind": column.kind,
    }
    if column.ideal:
        found["ideal"] = list(column.ideal)
    if column.weight is not None:
        found["weight"] = column.weight
    if column.parent:
        found["parent"] = column.parent
    return found


def read_scores(parts: Anatomy, asker: Asker, unit: str, told: Mapping[str, str], left: list[Left]) -> Scores:
    """Read a table of scores; *unit* is said above the table, *told* the directions by column."""
    view = parts.view
    if (period := parts.of_tracks.get("period")) is not None:
        parts.body = of_period(view, parts.body, period, asker, left)
    _parts_of(parts, asker)
    together = _names_twice(parts, asker)
    commas = _commas(parts, asker)
    columns: list[Column] = []
    for j in parts.columns:
        if not _has_head(parts, j, asker, left):
            continue
        title = plain(parts.heads[j].name)
        derived = DERIVED.fullmatch(title) or (PLACES.fullmatch(title) and _ranks_all(parts, j))
        if derived and _derived(parts, j, asker, left):
            continue
        column = read_column(parts, j, asker, commas)
        if column is None:
            text = parts.heads[j].text
            dated = any(view.value(i, j).form == "date" for i in parts.body[:20])
            filled = any(view.filled(i, j) for i in parts.body)
            left.append(Left(view.column(j), text, "dates" if dated else "text" if filled else "no_values"))
            continue
        if column.left_out:
            left.append(Left(view.column(j), column.head.text, "not_compared"))
            continue
        column.parent = parts.parents[j]
        if not column.unit and unit and column.kind == "number" and _measured_in(column.name):
            column.unit = unit
        line = view.text(parts.direction, j) if parts.direction is not None else None
        with_direction(column, parts, asker, _told(told, column, view), line or None)
        column.weight = column.head.weight
        if parts.weight is not None:
            column.weight = view.value(parts.weight, j).value
            if view.value(parts.weight, j).form == "percent" and column.weight is not None:
                column.weight = rounded(column.weight / 100)
        if parts.target is not None:
            target = view.value(parts.target, j)
            column.target = target.value if target.form in ("number", "percent", "unit") else None
        columns.append(column)
    if together:
        _with_means(columns, parts, together)
    _years(columns, parts, asker, left)
    _heads_twice(columns, parts, asker, left)
    _weights(columns, parts, asker)
    for j, why in [*parts.skipped_columns.items(), *((j, f"as_{of}") for of, j in parts.of_tracks.items())]:
        left.append(Left(view.column(j), parts.heads[j].text, why))
    missing = [(view.place(i, column.j), text) for column in columns for i, text in column.missing]
    lines = list(parts.body)
    beside = {of: j for of, j in parts.of_tracks.items() if of not in ("period", "judge")}
    of_tracks = {of: [_words(view, i, j) for i in lines] for of, j in beside.items()}
    return Scores(parts, lines, [parts.name(i) for i in lines], columns, sorted(missing, key=_reading_order), of_tracks)


def _words(view: View, i: int, j: int) -> str:
    return " ".join(view.text(i, j).split()) if view.value(i, j).form not in ("blank", "missing") else ""


def _reading_order(place: tuple[str, str]) -> tuple[int, int, str]:
    found = re.search(r"([A-Z]+)(\d+)$", place[0])
    return (int(found[2]), len(found[1]), found[1]) if found else (0, 0, "")


def _measured_in(name: str) -> bool:
    """Whether the unit that is said above a table can be that of a column: it is no count, share or score."""
    return not COUNTED.search(name)


def _told(told: Mapping[str, str], column: Column, view: View) -> str | None:
    by = {plain(key): way for key, way in told.items()}
    names = (view.label(column.j), column.head.text, column.name, str(view.letter(column.j)))
    return next((by[key] for key in map(plain, names) if key in by), None)


def _has_head(parts: Anatomy, j: int, asker: Asker, left: list[Left]) -> bool:
    """Whether a column has a heading; one without is asked for, or empty."""
    if parts.heads[j].text or not parts.head_lines:
        if not parts.head_lines:
            parts.heads[j] = head(str(parts.view.letter(j)))
        return True
    view = parts.view
    if not any(view.filled(i, j) for i in parts.body):
        left.append(Left(view.column(j), "", "empty"))
        return False
    where = view.place(parts.head_lines[-1], j)
    answer = asker.ask(where, "no_head", ("leave_out", "letter"), None, values={"column": view.column(j)})
    if answer == "letter":
        parts.heads[j] = head(str(view.letter(j)))
        return True
    if answer == "leave_out":
        left.append(Left(view.column(j), "", "no_head"))
    return False


def _ranks_all(parts: Anatomy, j: int) -> bool:
    """Whether a column holds the places of just these alternatives: 1 to their number, ties aside."""
    places = sorted(value for i in parts.body if (value := parts.view.value(i, j).value) is not None)
    fits = all(place <= n and place % 1 == 0 for n, place in enumerate(places, 1))
    return len(places) == len(parts.body) > 2 and fits and places[0] == 1 and 2 * len(set(places)) > len(places)


def _derived(parts: Anatomy, j: int, asker: Asker, left: list[Left]) -> bool:
    """Whether a column is the sum or mean of the others, or called a total and to be left out."""
    view, lines = parts.view, parts.body
    others = [k for k in parts.columns if k != j and all(view.value(i, k).value is not None for i in lines[:50])]
    agree = Counter[str]()
    for i in lines[:50]:
        value, whole = view.value(i, j).value, math.fsum(view.value(i, k).value or 0.0 for k in others)
        if value is not None and others:
            agree["sum"] += math.isclose(value, whole, rel_tol=1e-3)
            agree["mean"] += math.isclose(value, whole / len(others), rel_tol=1e-2)
    name = parts.heads[j].text
    if agree and max(agree.values()) >= len(lines[:50]) and lines:
        left.append(Left(view.column(j), name, "total"))
        return True
    if (
        asker.ask(view.column(j), "derived", ("leave_out", "factor"), "leave_out", found=name, values={"name": name})
        == "factor"
    ):
        return False
    left.append(Left(view.column(j), name, "derived"))
    return True


def _commas(parts: Anatomy, asker: Asker) -> bool:
    """Whether commas are decimal in this table; asked where only 1,234 and the like stand in a file of semicolons."""
    view = parts.view
    texts = [
        raw
        for i in parts.body[:500]
        for j in parts.columns
        if isinstance(raw := view.raw(i, j), str) and "," in raw and any(sign.isdigit() for sign in raw)
    ]
    if not texts:
        return False
    decimal, other = any(SAID.fullmatch(plain(t)) for t in texts), any(THOUSANDS.fullmatch(plain(t)) for t in texts)
    if decimal and not other:
        return view.sheet.separator == ";" or sum(bool(SAID.fullmatch(plain(t))) for t in texts) > len(texts) / 2
    if not decimal and not other and view.sheet.separator == ";":
        maybe = [t for t in texts if MAYBE.fullmatch(plain(t))]
        if maybe:
            first = maybe[0]
            told = {"text": first, "thousands": first.replace(",", ""), "decimal": first.replace(",", ".")}
            choices = ("thousands", "decimal")
            answer = asker.ask("all", "comma_all", choices, None, found=first, refuses=True, values=told)
            return answer == "decimal"
    return False


def _parts_of(parts: Anatomy, asker: Asker) -> None:
    """Ask whether lines that are parts of the line above count beside it: those called so, up to where they add up."""
    view, n = parts.view, 1
    while n < len(parts.body):
        if not (found := PART_OF.match(parts.name(parts.body[n]))) or not parts.name(parts.body[n])[found.end() :]:
            n += 1
            continue
        end = _adding_up(parts, n)
        lines, whole = parts.body[n:end], parts.name(parts.body[n - 1])
        names = [PART_OF.sub("", parts.name(i)) for i in lines]
        values = {"names": (", ".join(names), "、".join(names)), "whole": whole}
        where, choices = view.places(lines, parts.names), ("leave_out", "read")
        if asker.ask(where, "part_of", choices, "leave_out", found=", ".join(names), values=values) == "read":
            n = end
            continue
        parts.left += [Left(view.line(i), parts.name(i), "part_of") for i in lines]
        del parts.body[n:end]


def _adding_up(parts: Anatomy, n: int) -> int:
    """Return the end of the lines from the n-th that add up to the one before; of the n-th alone where none do."""
    view, columns = parts.view, parts.columns
    whole = {j: value for j in columns if (value := view.value(parts.body[n - 1], j).value)}
    sums = dict.fromkeys(whole, 0.0)
    for end, i in enumerate(parts.body[n : n + 50], n + 1):
        for j in whole:
            sums[j] += view.value(i, j).value or 0.0
        if 2 * sum(math.isclose(sums[j], whole[j], rel_tol=1e-3) for j in whole) > len(whole):
            return end
    return n + 1


def _names_twice(parts: Anatomy, asker: Asker) -> list[list[int]]:
    """Ask about alternatives of one name, and about lines without one; return lines whose mean counts."""
    view = parts.view
    by_name: dict[str, list[int]] = {}
    for i in parts.body:
        by_name.setdefault(plain(parts.name(i)), []).append(i)
    together: list[list[int]] = []
    if "judge" in parts.of_tracks:
        several = [lines for name, lines in by_name.items() if name and len(lines) > 1]
        where = view.column(parts.of_tracks["judge"])
        if several and asker.ask(where, "several_judges", ("mean", "each"), "mean") == "mean":
            together, by_name = several, {n: lines for n, lines in by_name.items() if lines not in several}
    for lines in by_name.values():
        name = parts.name(lines[0])
        if len(lines) < 2 and name:
            continue
        where = view.places(lines, parts.names)
        if not name:
            answer = asker.ask(where, "no_name", ("leave_out", "number"), None)
            if answer != "number":
                parts.left += [Left(view.line(i), "", "no_name") for i in lines]
                parts.body = [i for i in parts.body if i not in set(lines)]
            continue
        choices = ("both", "first", "last", "mean")
        answer = asker.ask(where, "twice", choices, None, found=name, values={"name": name, "times": len(lines)})
        if answer == "mean":
            together.append(lines)
        out = {"first": lines[1:], "last": lines[:-1]}.get(answer or "", [])
        parts.left += [Left(view.line(i), name, "twice") for i in out]
        parts.body = [i for i in parts.body if i not in set(out)]
    return together


def _with_means(columns: list[Column], parts: Anatomy, together: list[list[int]]) -> None:
    """Let the first of the lines of one name hold the mean of them all, and drop the others."""
    at = {i: n for n, i in enumerate(parts.body)}
    out = {i for lines in together for i in lines[1:]}
    for column in columns:
        for lines in together:
            given = [v for i in lines if (v := column.values[at[i]]) is not None]
            column.values[at[lines[0]]] = rounded(math.fsum(given) / len(given)) if given else None
            column.asked |= {at[lines[0]]} if column.asked & {at[i] for i in lines} else set()
            column.missing = [(i, text) for i, text in column.missing if not given or i not in lines]
        kept = [n for n, i in enumerate(parts.body) if i not in out]
        column.values = [column.values[n] for n in kept]
        column.asked = {m for m, n in enumerate(kept) if n in column.asked}
        column.missing = [(i, text) for i, text in column.missing if i not in out]
    parts.body = [i for i in parts.body if i not in out]


def _years(columns: list[Column], parts: Anatomy, asker: Asker, left: list[Left]) -> None:
    """Ask which year counts where columns are years of one thing; the last until then."""
    view, groups = parts.view, dict.fromkeys(column.parent for column in columns)
    for group in groups:
        years = {A_YEAR.fullmatch(c.name)[1]: c for c in columns if c.parent == group and A_YEAR.fullmatch(c.name)}  # type: ignore[index]
        if len(years) < 2:
            continue
        where = ",".join(view.place(parts.head_lines[-1], column.j) for column in years.values())
        last = max(years)
        values = {"name": (group or "This", group or "该指标")}
        answer = asker.ask(where, "years", (*years, "all"), last, found=", ".join(years), values=values)
        for year, column in years.items():
            if answer not in ("all", year):
                left.append(Left(view.column(column.j), column.head.text, "other_period"))
                columns.remove(column)
            elif group:
                column.name = f"{group} {year}" if answer == "all" else group
                column.parent = group if answer == "all" else ""


def _heads_twice(columns: list[Column], parts: Anatomy, asker: Asker, left: list[Left]) -> None:
    view = parts.view
    by_head: dict[tuple[str, str, str], list[Column]] = {}
    for column in columns:
        by_head.setdefault((plain(column.parent), plain(column.name), plain(column.head.text)), []).append(column)
    for same in by_head.values():
        if len(same) < 2 or not parts.head_lines:
            continue
        where = ",".join(view.place(parts.head_lines[-1], column.j) for column in same)
        answer = asker.ask(
            where, "head_twice", ("both", "first", "last"), None, found=same[0].head.text, values={"name": same[0].name}
        )
        out = {"first": same[1:], "last": same[:-1]}.get(answer or "", [])
        left += [Left(view.column(column.j), column.head.text, "head_twice") for column in out]
        columns[:] = [column for column in columns if column not in out]


def _weights(columns: list[Column], parts: Anatomy, asker: Asker) -> None:
    """Ask where weights are missing, negative, or do not add up."""
    given = [column.weight for column in columns]
    if all(weight is None for weight in given):
        return
    line = parts.view.line(parts.head_lines[-1] if parts.weight is None else parts.weight)
    whole = math.fsum(w or 0.0 for w in given)
    if any(w is None or w < 0 for w in given) or whole <= 0:
        if asker.ask(line, "weights_missing", ("ignore",), None) is not None:
            for column in columns:
                column.weight = None
    elif not any(math.isclose(whole, full, rel_tol=1e-3) for full in (1.0, 10.0, 100.0, 1000.0)):
        said = f"{whole:.6g}"
        if asker.ask(line, "weights_sum", ("shares", "ignore"), "shares", found=said, values={"sum": said}) == "ignore":
            for column in columns:
                column.weight = None
