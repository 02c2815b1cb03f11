"""Results as readable tables at a terminal; rich keeps columns of Chinese names in line."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import Any

from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from ..case import Case
from ..results.column import Table as Results
from ..results.result import Result
from ..study.sentences import suspicious
from ..texts.say import say
from ..texts.visible import visible
from .shown import Drawn, drawn

PIPE_WIDTH = 120
"""Columns when the output is no terminal, whose width is not known."""


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
        shown = drawn(declared, case, lang, declared.most, brief=True)
        out.print(_ruled(shown, out.width))
        for line in (shown.note, say("rows.more", lang, rows=shown.cut) if shown.cut else ""):
            if line:
                out.print(line)
                out.print()


def _ruled(shown: Drawn, room: int) -> Table:
    """Return a table as rich draws it, within *room* columns of the terminal."""
    made = Table(
        title=visible(shown.title), title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, pad_edge=False
    )
    for head, numeric, width in zip(shown.heads, shown.numeric, _widths(shown, room), strict=True):
        made.add_column(visible(head), justify="right" if numeric else "left", overflow="fold", width=width)
    for row in shown.rows:
        made.add_row(*(Text(_line(cell)) for cell in row))
    return made


def _widths(shown: Drawn, room: int) -> list[int]:
    """Return widths of columns that fit: the widest give way, but no word is broken while there is another way."""
    columns = [
        [*head.split("\n"), *cells] for head, cells in zip(shown.heads, zip(*shown.rows, strict=True), strict=True)
    ]
    widths = [max(map(cell_len, column)) for column in columns]
    least = [max(cell_len(word) for text in column for word in text.split() or [""]) for column in columns]
    over = sum(widths) + 3 * len(widths) - room  # a space before, two behind
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
