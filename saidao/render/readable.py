"""How the tables of a result read: titles and headings in words, names in place of ids.

A table is called by the keys that lead to it, the verb's first: ``chains.links``. Words for it, or for a column of it,
are looked up under that name, then with leading parts left off (``links``), so that a word can be special to a verb.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..case import Case
from ..case.tables import (
    Candidate,
    Dimension,
    Factor,
    Indicator,
    Link,
    Measure,
    Named,
    Need,
    Resource,
    Stage,
    Track,
    Type,
)
from ..results import flat
from ..texts.say import LANGUAGES, WORDS, say

Row = Mapping[str, Any]

MAIN = "table"
"""What the main table is called where the result's data has none like it."""

IDS: dict[str, tuple[type[Named], ...]] = {
    "track": (Candidate, Track),
    "candidate": (Candidate,),
    "factor": (Factor,),
    "measure": (Measure,),
    "resource": (Resource,),
    "type": (Type,),
}
"""Columns of ids that people type elsewhere, and whose they are: a name stands beside each."""

NAMED: dict[str, tuple[type[Named], ...]] = {
    **IDS,
    "target": (Type, Track),
    "turned": (Track,),
    "measures": (Measure,),
    "stage": (Stage,),
    "need": (Need,),
    "most_open": (Need,),
    "dimension": (Dimension,),
    "link": (Link,),
    "indicator": (Indicator,),
    **dict.fromkeys(("short_of_admit", "vetoed", "enough", "assumed"), (Indicator,)),
    **dict.fromkeys(("admitted", "tried", "also"), (Candidate,)),
}
"""Columns whose texts are ids, or several joined by ``;``."""

HEADED: tuple[type[Named], ...] = (Track, Candidate, Factor, Indicator, Measure, Resource)
"""What can head a column by its id."""

SAME_WORDS = {"plan_of": "ticks", "if_right": "ticks"}
"""Columns that hold the words of another."""

BLANK = {
    "stage": ("closed", "stages.no_stage"),
    "need": ("closed", "stages.other"),
    "most_open": ("open", "stages.other"),
}
"""What a blank cell says in a row with a figure in the column given."""

SHARES = (
    "share",
    "acceptability",
    "regret",
    "of_best",
    "moved",
    "confidence",
    "candidates.money.",
    "stages.stages.",
    "stages.diagnosis.",
    "stages.needs.",
    "chains.",
    "balance.dimensions.",
    "readings.tracks.",
)
"""Parts of the names of columns, led by their table's, that hold shares if their numbers can be some."""

FORMS = {
    "moves.moved": "amount",
    "balance.points.closed_share": "fine_share",
    "balance.points.loss": "fine_share",
    "balance.points.price": "score",
    **dict.fromkeys((f"productivity.{key}" for key in ("output", "capital", "labour", "residual")), "share"),
}
"""Forms of columns that their numbers do not tell."""


@dataclass(frozen=True)
class Shown:
    """A column as people read it: `form` a key of `book.FORMS`; names beside a column of `ids` have no `key`."""

    key: str
    head: str
    form: str
    cells: list[Any]
    ids: bool = False

    @property
    def numeric(self) -> bool:
        """Whether its cells are numbers."""
        return self.form not in ("text", "wrapped") and not any(isinstance(cell, str) for cell in self.cells)


def tables(document: Row, rows: Sequence[Row]) -> Iterator[tuple[str, str, list[Row]]]:
    """Yield the tables of a result, the main one first: name, key of its title, rows; none is there twice."""
    kind = str(document.get("schema", "//")).split("/")[1]
    held = dict(flat.tables(document))
    main, like = list(rows), _plain(rows)
    twin = next((name for name, found in held.items() if _plain(found) == like), MAIN)
    if main:
        yield f"{kind}.{twin}", f"{kind}.{MAIN}", main
    for name, found in held.items():
        if found and name != twin:
            yield f"{kind}.{name}", f"{kind}.{name}", found


def scalars(document: Row, case: Case, lang: str) -> Iterator[tuple[str, Any]]:
    """Yield what is in no table, in words."""
    kind = str(document.get("schema", "//")).split("/")[1]
    titles = _titles(case, lang)
    for key, value in flat.scalars(document):
        last = key.rpartition(".")[2]
        yield heading(kind, key, titles, lang), _text(last, value, _names(last, case, lang), lang)


def title(name: str, lang: str) -> str:
    """Return the title of a table, part by part; without a word for a part, its name."""
    if f"sheet.{name}" in WORDS:
        return say(f"sheet.{name}", lang)
    kind, _, held = name.partition(".")
    parts = [say(f"sheet.{p}", lang) if f"sheet.{p}" in WORDS else _head(kind, p, {}, lang) for p in held.split(".")]
    return " · ".join(parts)


def columns(name: str, rows: Sequence[Row], case: Case, lang: str) -> list[Shown]:
    """Return the columns of a table; of a text that is there in both languages, and of names, one."""
    keys = list(dict.fromkeys(key for row in rows for key in row))
    titles, resources = _titles(case, lang), {row.resource: row for row in case.rows(Resource)}
    other = LANGUAGES[1 - LANGUAGES.index(lang)]
    named = any(key in NAMED for key in keys)
    made = []
    for key in keys:
        stem, both = key.removesuffix(f"_{lang}"), f"{key.removesuffix(f'_{other}')}_{lang}"
        if (key.endswith(f"_{other}") and both in keys) or (named and key in ("name_en", "name_zh")):
            continue
        values = [row.get(key) for row in rows]
        if stem != key:
            values = [row.get(key) or row.get(f"{stem}_{other}") for row in rows]
        form = _form(name, key, values)
        head = heading(name, stem if f"{stem}_{other}" in keys else key, titles, lang)
        names = _names(key, case, lang)
        texts = [_blank(key, row, lang) or _text(key, v, names, lang) for row, v in zip(rows, values, strict=True)]
        if key in IDS:
            made.append(Shown(key, say(f"field.{key}", lang), "text", values, ids=True))
            made.append(Shown("", head, "text", texts))
            continue
        if key in resources:
            unit = resources[key].unit_name(lang)
            told = "book.share_of" if form == "share" else "book.in_unit" if unit else ""
            head = say(told, lang, name=head, unit=unit) if told else head
        made.append(Shown(key, head, form if texts == values else _form(name, key, texts), texts))
    return made


def heading(table: str, key: str, titles: Mapping[str, str], lang: str) -> str:
    """Return what a key of a table is called, part by part: by its word, else by the name of what has this id."""
    parts = key.split(".")
    return " · ".join(_head(".".join((table, *parts[:i])), part, titles, lang) for i, part in enumerate(parts))


def _head(table: str, part: str, titles: Mapping[str, str], lang: str) -> str:
    for known in _known_column(table, part):
        if f"head.{known}" in WORDS:
            return say(f"head.{known}", lang)
    return titles.get(part) or (part.replace("_", " ") if lang == "en" else part)


def _known(name: str) -> list[str]:
    """Return a name, then with its leading parts left off one by one."""
    parts = name.split(".")
    return [".".join(parts[i:]) for i in range(len(parts))]


def _known_column(table: str, key: str) -> list[str]:
    """Return what a column may be known by: led by its table's name, part of it, or the verb; then alone."""
    return [*(f"{name}.{key}" for name in (*_known(table), table.partition(".")[0])), key]


def _chains(case: Case, lang: str) -> dict[str, str]:
    return {row.chain: (row.chain_zh if lang == "zh" else row.chain_en) or row.chain for row in case.rows(Link)}


def _titles(case: Case, lang: str) -> dict[str, str]:
    """Return names of what can head a column, by id."""
    found = _chains(case, lang)
    for model in HEADED:
        found |= case.names(model, lang)
    return found


def _names(key: str, case: Case, lang: str) -> dict[str, str]:
    """Return the names of what a column holds, by id."""
    if key in ("chain", "chains"):
        return _chains(case, lang)
    found = {"*": say("book.city", lang)} if key in ("target", "track") else {}
    for model in (Link,) if key in _chains(case, lang) else NAMED.get(key, ()):
        found |= case.names(model, lang)
    return found


def _text(key: str, value: Any, names: Mapping[str, str], lang: str) -> Any:
    """Return a cell with names and words in place of the ids and keys that it holds; as it is where it holds none."""
    if not isinstance(value, str):
        return value
    parts = [part.strip() for part in value.split(";")]
    told = [names.get(part) or _word(SAME_WORDS.get(key, key), part, lang) for part in parts]
    return say("list", lang).join(t or p for t, p in zip(told, parts, strict=True)) if any(told) else value


def _word(key: str, value: str, lang: str) -> str:
    """Return the word for one of the few texts that a column can hold; nothing where there is none."""
    found = WORDS.get(f"value.{key}.{value}") or WORDS.get(f"{key}.{value}") or ("", "")
    return "" if "{" in found[0] else found[LANGUAGES.index(lang)]


def _blank(key: str, row: Row, lang: str) -> str:
    beside, word = BLANK.get(key, ("", ""))
    return say(word, lang) if word and not row.get(key) and row.get(beside) is not None else ""


def _plain(rows: Sequence[Row]) -> list[dict[str, str]]:
    """Return rows so that those that say the same are equal: no blanks, lists as texts, without the keys above."""
    return [
        {key.rpartition(".")[2]: str(value).replace("; ", ";") for key, value in row.items() if value not in (None, "")}
        for row in ({**dict(flat.scalars(row))} for row in rows)
    ]


def _form(table: str, key: str, values: Sequence[Any]) -> str:
    for known in _known_column(table, key):
        if known in FORMS:
            return FORMS[known]
    numbers = [v for v in values if isinstance(v, (int, float)) and not isinstance(v, bool)]
    if not numbers:
        return "wrapped" if any(len(str(v)) > 40 for v in values if v is not None) else "text"
    if all(isinstance(v, int) for v in numbers):
        return "whole"
    if any(word in f"{table}.{key}" for word in SHARES) and all(-1 <= v <= 1.0001 for v in numbers):
        return "share"
    most = max(map(abs, numbers))
    return "amount" if most >= 100 else "small" if 0 < most < 0.01 else "score"
