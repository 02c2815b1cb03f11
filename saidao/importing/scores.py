"""Alternatives and factors: a table of scores."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from ..case.periods import in_time
from .anatomy import Anatomy
from .asking import Asker
from .columns import Column, read_column, with_direction
from .commas import LOOKED_AT, first_doubtful
from .heads import head
from .long import Laid
from .places import places
from .regions import Left
from .values import plain, rounded
from .view import View
from .words import COUNTED, DERIVED, PART_OF, PLACES
from .years import EVERY, OtherYear, dated, of_periods


@dataclass
class Scores:
    """A table of scores as read.

    `of_tracks` are names in the other language and types, where columns hold them; `replaces` are the factors of a case
    whose scores these are from now on, in half width. `period` is the year that they are of, where all of several
    count, and `others` the other ones.
    """

    parts: Anatomy
    lines: list[int]
    names: list[str]
    columns: list[Column]
    missing: list[tuple[str, str]] = field(default_factory=list)
    of_tracks: dict[str, list[str]] = field(default_factory=dict)
    replaces: set[str] = field(default_factory=set)
    period: str = ""
    others: dict[str, OtherYear] = field(default_factory=dict)
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
        if self.period:
            document["period"] = self.period
            document["other_periods"] = [
                {
                    "period": period,
                    "names": one.names,
                    "scores": [[one.values[column.j][n] for column in self.columns] for n in range(len(one.names))],
                }
                for period, one in self.others.items()
            ]
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
    period_of: dict[int, str] = {}
    if (period := parts.of_tracks.get("period")) is not None:
        # where a long table was laid out by year, all years were asked for
        asks = Asker(years=True) if isinstance(view, Laid) else asker
        parts.body, period_of = of_periods(view, parts.body, period, asks, left)
    _parts_of(parts, asker)
    together = _names_twice(parts, asker, period_of)
    _ask_of_commas(parts, asker)
    view = parts.view
    columns: list[Column] = []
    for j in parts.columns:
        if not _has_head(parts, j, asker, left):
            continue
        title = plain(parts.heads[j].name)
        derived = DERIVED.fullmatch(title) or (PLACES.fullmatch(title) and _ranks_all(parts, j))
        if derived and _derived(parts, j, asker, left):
            continue
        column = read_column(parts, j, asker)
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
    others: dict[str, OtherYear] = {}
    last = ""
    if period_of:
        last, others = _apart(columns, parts, period_of, asker)
    else:
        last, others = _years(columns, parts, asker, left)
    _heads_twice(columns, parts, asker, left)
    _weights(columns, parts, asker)
    for j, why in [*parts.skipped_columns.items(), *((j, f"as_{of}") for of, j in parts.of_tracks.items())]:
        left.append(Left(view.column(j), parts.heads[j].text, why))
    missing = [(view.place(i, column.j), text) for column in columns for i, text in column.missing]
    lines = list(parts.body)
    beside = {of: j for of, j in parts.of_tracks.items() if of not in ("period", "judge")}
    of_tracks = {of: [_words(view, i, j) for i in lines] for of, j in beside.items()}
    names = [parts.name(i) for i in lines]
    told_missing = sorted(missing, key=_reading_order)
    return Scores(parts, lines, names, columns, told_missing, of_tracks, period=last, others=others)


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


def _ask_of_commas(parts: Anatomy, asker: Asker) -> None:
    """Ask what commas are where only 1,234 and the like stand in a file of semicolons."""
    view = parts.view
    if view.sheet.commas or view.sheet.separator != ";":
        return
    if first := first_doubtful([[view.raw(i, j) for j in parts.columns] for i in parts.body[:LOOKED_AT]]):
        told = {"text": first, "thousands": first.replace(",", ""), "decimal": first.replace(",", ".")}
        answer = asker.ask("all", "comma_all", ("thousands", "decimal"), None, found=first, refuses=True, values=told)
        if answer == "decimal":
            parts.view = replace(view, sheet=replace(view.sheet, commas="decimal"))


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


def _names_twice(parts: Anatomy, asker: Asker, period_of: Mapping[int, str]) -> list[list[int]]:
    """Ask about alternatives of one name (in one year), and lines without one; return lines whose mean counts."""
    view = parts.view
    by_name: dict[tuple[str, str], list[int]] = {}
    for i in parts.body:
        by_name.setdefault((plain(parts.name(i)), period_of.get(i, "")), []).append(i)
    together: list[list[int]] = []
    if "judge" in parts.of_tracks:
        several = [lines for (name, _), lines in by_name.items() if name and len(lines) > 1]
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
        choices = ("first", "last", "mean") if period_of else ("both", "first", "last", "mean")
        told = f"{name} {period_of.get(lines[0], '')}".strip()
        answer = asker.ask(where, "twice", choices, None, found=told, values={"name": told, "times": len(lines)})
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


def _apart(
    columns: list[Column], parts: Anatomy, period_of: Mapping[int, str], asker: Asker
) -> tuple[str, dict[str, OtherYear]]:
    """Leave the lines of the last year; return it, and the other years."""
    lines = list(parts.body)
    *before, last = in_time([period_of[i] for i in lines])
    now = [i for i in lines if period_of[i] == last]
    here = {plain(parts.name(i)) for i in now}
    gone: dict[str, int] = {}
    for i in reversed(lines):
        if plain(parts.name(i)) not in here:
            gone.setdefault(plain(parts.name(i)), i)
    if gone:
        names = [parts.name(i) for i in gone.values()]
        values = {"names": (", ".join(names), "、".join(names)), "last": last}
        where = parts.view.places(sorted(gone.values()), parts.names)
        if asker.ask(where, "no_last_year", ("leave_out", "blank"), "leave_out", values=values) == "blank":
            now += sorted(gone.values())
        else:
            parts.left += [Left(parts.view.line(i), parts.name(i), "no_last_year") for i in gone.values()]
    at = {i: n for n, i in enumerate(lines)}
    known = here if len(now) == len(here) else here | set(gone)
    others: dict[str, OtherYear] = {}
    for period in before:
        own = [i for i in lines if period_of[i] == period and plain(parts.name(i)) in known]
        values_of = {column.j: [column.values[at[i]] for i in own] for column in columns}
        others[period] = OtherYear([parts.name(i) for i in own], values_of)
    for column in columns:
        column.asked = {n for n, i in enumerate(now) if at[i] in column.asked}
        column.values = [column.values[at[i]] if period_of[i] == last else None for i in now]
    parts.body = now
    return last, others


@dataclass
class _Thing:
    """What columns of several years are of: its name, the group over it, and the columns by year."""

    name: str
    parent: str
    years: dict[str, list[Column]]


def _things(columns: list[Column], parts: Anatomy) -> list[_Thing]:
    """Return what stands once a year: years under a heading, a heading under years, or years in headings."""
    found: dict[tuple[str, str], _Thing] = {}
    for column in columns:
        own, over = dated(column.name), dated(column.parent)
        if own is not None and not own[0]:
            name, parent, when = column.parent, "", own[1]
        elif over is not None and not over[0]:
            name, parent, when = column.name, parts.above.get(column.parent, ""), over[1]
        elif own is not None:
            name, parent, when = own[0], column.parent, own[1]
        else:
            continue
        thing = found.setdefault((name, parent), _Thing(name, parent, {}))
        thing.years.setdefault(when, []).append(column)
    return [thing for thing in found.values() if len(thing.years) > 1]


def _years(columns: list[Column], parts: Anatomy, asker: Asker, left: list[Left]) -> tuple[str, dict[str, OtherYear]]:
    """Ask which year counts where columns are years of one thing; the last until then.

    Return the year that is planned with, and the other ones, where all count; else neither.
    """
    view, line = parts.view, parts.head_lines[-1] if parts.head_lines else 0
    every: list[_Thing] = []
    for thing in _things(columns, parts):
        where = ",".join(view.place(line, column.j) for same in thing.years.values() for column in same)
        years = list(in_time(list(thing.years)))
        for when, same in thing.years.items():
            if len(same) > 1:
                at = ",".join(view.place(line, column.j) for column in same)
                told = f"{thing.name} {when}".strip()
                answer = asker.ask(at, "head_twice", ("first", "last"), None, found=told, values={"name": told})
                out = {"first": same[1:], "last": same[:-1]}.get(answer or "", same[1:])
                left += [Left(view.column(column.j), column.head.text, "head_twice") for column in out]
                columns[:] = [column for column in columns if column not in out]
                thing.years[when] = [column for column in same if column not in out]
        values = {"name": (thing.name or "This", thing.name or "该指标")}
        answer = asker.ask_years(where, "years", years, ("all",), found=", ".join(years), values=values)
        if answer == EVERY:
            every.append(thing)
            continue
        for when, (column,) in thing.years.items():
            if answer not in ("all", when):
                left.append(Left(view.column(column.j), column.head.text, "other_period"))
                columns.remove(column)
            elif thing.name:
                column.name = f"{thing.name} {when}" if answer == "all" else thing.name
                column.parent = thing.name if answer == "all" else thing.parent
    return _beside(columns, every, parts, left)


def _beside(
    columns: list[Column], things: list[_Thing], parts: Anatomy, left: list[Left]
) -> tuple[str, dict[str, OtherYear]]:
    """Leave the columns of the last year of all, and those of no year; return it, and the other years."""
    if not things:
        return "", {}
    *before, last = in_time([when for thing in things for when in thing.years])
    names = [parts.name(i) for i in parts.body]
    others = {when: OtherYear(list(names), {}) for when in before}
    of_years = {column.j for thing in things for (column,) in thing.years.values()}
    for thing in things:
        (newest,) = thing.years[in_time(list(thing.years))[-1]]
        shown = thing.years.get(last, [newest])[0]
        blank: list[float | None] = [None] * len(names)
        for when in before:
            column = next(iter(thing.years.get(when, ())), None)
            others[when].values[shown.j] = blank if column is None else list(column.values)
        if last not in thing.years:  # what was not seen in the last year is blank there
            shown.values, shown.missing = blank, [(i, "") for i in parts.body]
        out = {column.j for (column,) in thing.years.values()} - {shown.j}
        columns[:] = [column for column in columns if column.j not in out]
        shown.name, shown.parent = thing.name or shown.name, thing.parent
    undated = [column for column in columns if column.j not in of_years]
    for column in undated:
        left.append(Left(parts.view.column(column.j), column.head.text, "every_year"))
        for when in before:
            others[when].values[column.j] = list(column.values)
    return last, others


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
