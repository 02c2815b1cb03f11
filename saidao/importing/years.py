"""Tables of several years: one counts, or all do: the last is planned with, the others are for ranks over years."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..case.periods import in_time
from .asking import Asker
from .regions import Left
from .view import View

EVERY = "every"
"""The choice of all years."""
_YEAR = re.compile(r"(fy|财年)?[\s_]*((?:19|20)\d\d|\d\d)(?:\.0)?\s*(年度?|财年|年?末|年?底|fy)?", re.IGNORECASE)
_IN_HEAD = re.compile(
    r"(?P<before>[^\d]*?)[\s_（(-]*(?P<year>(?:19|20)\d\d)\s*年?(?:度|末|底)?[)）]?[\s_-]*(?P<after>[^\d]*)"
)


@dataclass(frozen=True)
class OtherYear:
    """The scores of a year that is not planned with: names, and by column a number a name."""

    names: list[str]
    values: dict[int, list[float | None]]


def year(text: str) -> tuple[str, bool] | None:
    """Return the year that a text is, and whether it is a fiscal one; None where it is none.

    >>> year("2024年"), year("FY24"), year("2024.0"), year("24"), year("第一期")
    (('2024', False), ('2024', True), ('2024', False), None, None)
    """
    found = _YEAR.fullmatch(text.strip())
    if found is None:
        return None
    fiscal = bool(found[1]) or (found[3] or "").lower() in ("fy", "财年")
    if len(found[2]) == 2 and not fiscal:
        return None
    return found[2] if len(found[2]) == 4 else f"20{found[2]}", fiscal


def dated(name: str) -> tuple[str, str] | None:
    """Return what a heading is of without its year, and the year; None where it holds none.

    >>> dated("产值（2023年）"), dated("2022 Output"), dated("2021年"), dated("产值")
    (('产值', '2023'), ('Output', '2022'), ('', '2021'), None)
    """
    found = _IN_HEAD.fullmatch(name.strip())
    if found is None or (found["before"].strip() and found["after"].strip()):
        return None
    return (found["before"] + found["after"]).strip(" _-（()）"), found["year"]


def spelt(texts: Iterable[str], where: str, asker: Asker, left: list[Left]) -> dict[str, str]:
    """Return the period that each text is: years spelt otherwise are one, fiscal and other ones if told so."""
    every = list(dict.fromkeys(texts))
    read = {text: found for text in every if (found := year(text)) is not None}
    if len(read) < len(every):
        return {text: text for text in every}
    by_year: dict[str, list[str]] = {}
    for text, (number, _) in read.items():
        by_year.setdefault(number, []).append(text)
    kinds = {fiscal for _, fiscal in read.values()}
    if len(kinds) == 2 and asker.ask(where, "fiscal", ("same", "apart"), "same", found=", ".join(every)) == "apart":
        return {text: f"FY{number}" if fiscal else number for text, (number, fiscal) in read.items()}
    if len(kinds) == 1 and len(by_year) == len(every) and len({_form(text) for text in every}) == 1:
        return {text: text for text in every}
    left += [Left(where, " = ".join(same), "as_same_year") for same in by_year.values() if len(same) > 1]
    return {text: number for text, (number, _) in read.items()}


def _form(text: str) -> str:
    return re.sub(r"\d", "0", text)


def of_periods(
    view: View, body: Sequence[int], j: int, asker: Asker, left: list[Left]
) -> tuple[list[int], dict[int, str]]:
    """Return the lines of a column of periods that count, and the period of each where all do.

    Asked where there are several, the last until then.
    """
    texts = {i: view.text(i, j) for i in body if view.filled(i, j)}
    where = view.column(j)
    label = spelt(texts.values(), where, asker, left)
    periods = list(in_time([label[text] for text in texts.values()]))
    if len(periods) < 2:
        return list(body), {}
    values = {"last": periods[-1]}
    chosen = asker.ask_years(where, "period", periods, found=", ".join(periods), values=values)
    if chosen == EVERY:
        left += [Left(view.line(i), _line(view, i), "no_period") for i in body if i not in texts]
        return list(texts), {i: label[text] for i, text in texts.items()}
    out = {i for i, text in texts.items() if label[text] != chosen}
    left += [Left(view.line(i), _line(view, i), "other_period") for i in body if i in out]
    return [i for i in body if i not in out], {}


def _line(view: View, i: int) -> str:
    return " ".join(view.text(i, j) for j in range(view.width) if view.filled(i, j))
