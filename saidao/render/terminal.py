"""Results as readable tables at a terminal; rich keeps columns of Chinese names in line."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from ..case import Case
from ..results.column import Table as Results
from ..results.result import Result
from ..study.plan.sentences import suspicious
from ..texts.say import say
from ..texts.visible import visible
from .shown import Drawn, drawn

PIPE_WIDTH = 120
"""Columns when the output is no terminal, whose width is not known."""


WHOLE = 100
"""Rows up to which a table about a case is shown whole."""
FIRST = 30
"""Rows of a longer one: tables begin with what matters most, and files have all."""
GAP = 3
"""A space before a column, two behind."""
PIECE = 16
"""Columns that a piece of a Chinese text gets at least."""
SHORTEST = 6
"""Columns that a text gets at least, where words have to be broken."""


class Shown(Console):
    """A console whose texts cannot steer the terminal: only its own styles do."""

    def print(self, *objects: Any, **how: Any) -> None:
        """Print texts as `visible`, and tables."""
        super().print(*(visible(thing) if isinstance(thing, str) else thing for thing in objects), **how)


def console() -> Shown:
    """Return a console on standard output that writes no markup of its own into the data."""
    width = None if sys.stdout.isatty() else PIPE_WIDTH
    file = getattr(sys.stdout, "stream", sys.stdout)
    return Shown(width=width, highlight=False, markup=False, emoji=False, file=file)


def header(out: Console, case: Case, lang: str) -> None:
    """Print the case's name, how much in it is suspicious, and which of its scores are guesses."""
    out.print(case.title(lang), style="bold")
    guesses(out, case, lang)


def guesses(out: Console, case: Case, lang: str) -> None:
    """Print how much in the case is suspicious, and which scores are filled in, if anything is."""
    for line in suspicious(case, lang):
        out.print(line)
    if guessed := case.imputed:
        cells = say("list", lang).join(f"{row['track']}/{row['factor']} {row['value']:.4g}" for row in guessed)
        out.print(say("imputed", lang, imputation=guessed[0]["imputation"], cells=cells))


def _line(text: str) -> str:
    """Return a text of a cell on one line."""
    return visible(" ".join(text.splitlines()) if "\n" in text else text)


def show(result: Result, lang: str) -> None:
    """Print a result: the case, the answer in words, its tables, and how it was found."""
    out = console()
    if result.case is not None:
        header(out, result.case, lang)
    for sentence in result.text(lang):
        out.print(sentence)
    out.print()
    show_tables(result.tables.values(), result.case, lang)
    for sentence in result.notes(lang):
        out.print(sentence)


def show_tables(tables: Iterable[Results], case: Case | None, lang: str) -> None:
    """Print tables, each with what is said below it; *case* names what stands in them."""
    out = console()
    for declared in tables:
        if declared.most == 0 or not declared.rows:
            continue
        most = declared.most
        if most is None and case is not None and len(declared.rows) > WHOLE:
            most = FIRST
        shown = drawn(declared, case, lang, most, brief=True)
        for block in _blocks(shown, out.width):
            out.print(_ruled(block, out.width))
        for line in (shown.note, say("rows.more", lang, rows=shown.cut) if shown.cut else ""):
            if line:
                out.print(line)
                out.print()


def _blocks(shown: Drawn, room: int) -> Iterator[Drawn]:
    """Yield a table in blocks of columns that fit beside each other with no word broken; each begins with the names."""
    wide = [least + GAP for least in _least(shown)]
    named = next((i for i, numeric in enumerate(shown.numeric) if numeric), len(wide))
    named = named if sum(wide[:named]) + max(wide[named:], default=0) <= room else 1
    if sum(wide) <= room or sum(wide[:named]) + max(wide[named:], default=0) > room:
        yield shown
        return
    at = named
    while at < len(wide):
        end = at + 1
        while end < len(wide) and sum(wide[:named]) + sum(wide[at : end + 1]) <= room:
            end += 1
        kept = [*range(named), *range(at, end)]
        yield replace(
            shown,
            title=shown.title if at == named else "",
            heads=tuple(shown.heads[i] for i in kept),
            numeric=tuple(shown.numeric[i] for i in kept),
            rows=tuple(tuple(row[i] for i in kept) for row in shown.rows),
        )
        at = end


def _ruled(shown: Drawn, room: int) -> Table:
    """Return a table as rich draws it, within *room* columns of the terminal."""
    made = Table(
        title=visible(shown.title), title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, pad_edge=False
    )
    widths = _widths(shown, room)
    for head, numeric, width in zip(shown.heads, shown.numeric, widths, strict=True):
        made.add_column(visible(head), justify="right" if numeric else "left", overflow="fold", width=width)
    rows = [[_line(cell) for cell in row] for row in shown.rows]
    if all(cell_len(cell) <= width for row in rows for cell, width in zip(row, widths, strict=True)):
        # rows of one line each go to rich as one: it takes a millisecond a row
        rows = [["\n".join(column) for column in zip(*rows, strict=True)]]
    for row in rows:
        made.add_row(*map(Text, row))
    return made


def _columns(shown: Drawn) -> list[list[str]]:
    """Return the texts of each column, its heading's first."""
    return [[*head.split("\n"), *cells] for head, cells in zip(shown.heads, zip(*shown.rows, strict=True), strict=True)]


def _least(shown: Drawn) -> list[int]:
    """Return the width of the longest word of each column; Chinese may be broken anywhere, if not into pieces."""
    return [max(_whole(word) for text in column for word in text.split() or [""]) for column in _columns(shown)]


def _whole(word: str) -> int:
    width = cell_len(word)
    return min(width, PIECE) if width > len(word) else width


def _widths(shown: Drawn, room: int) -> list[int]:
    """Return widths of columns that fit: the widest give way, but no word is broken while there is another way."""
    widths, least = [max(map(cell_len, column)) for column in _columns(shown)], _least(shown)
    over = sum(widths) + GAP * len(widths) - room
    while over > 0:
        spare = [width - low for width, low in zip(widths, least, strict=True)]
        if not any(spare):
            least = [min(low, SHORTEST) for low in least]
            if not any(width > low for width, low in zip(widths, least, strict=True)):
                break
            continue
        widest = max((i for i in range(len(widths)) if spare[i]), key=widths.__getitem__)
        widths[widest] -= 1
        over -= 1
    return widths
