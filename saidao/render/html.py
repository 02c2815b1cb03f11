"""Any declared table, and sentences with figures that stand out, as HTML; what is put into it is escaped."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup, escape

from .shown import Drawn

MANY = 12
"""Columns beyond which a table is set smaller on paper: a wider one than the page makes Chromium shrink all pages."""


def table(shown: Drawn) -> Markup:
    """Return a table as HTML: numbers flush right by the class ``n``, the first column of texts as heads of rows.

    >>> "<td>a &lt; b</td>" in table(Drawn("", ("less", "more"), (("c", "a < b"),), (False, False)))
    True
    """
    right = [' class="n"' if numeric else "" for numeric in shown.numeric]

    def cell(at: int, text: str) -> str:
        told = escape(text)  # joined as plain text: `Markup.format` takes five times as long for a cell
        return f"<td{right[at]}>{told}</td>" if at or right[0] else f'<th scope="row">{told}</th>'

    heads = (f'<th scope="col"{side}>{escape(head)}</th>' for side, head in zip(right, shown.heads, strict=True))
    rows = (_row(cell(at, text) for at, text in enumerate(row)) for row in shown.rows)
    many = ' class="many"' if len(shown.heads) > MANY else ""
    inside = f"<thead>{_row(heads)}</thead>\n<tbody>\n{''.join(rows)}</tbody>"
    return Markup(f'<div class="scroll wide"><table{many}>\n{inside}</table></div>\n')  # all are escaped


def strong(text: str) -> Markup:
    """Return a sentence in which what is between ``[[`` and ``]]`` stands out.

    >>> strong("fund [[17]] of <42>")
    Markup('fund <b>17</b> of &lt;42&gt;')
    """
    return Markup(escape(text).replace("[[", Markup("<b>")).replace("]]", Markup("</b>")))


def _row(cells: Iterable[str]) -> str:
    return f"<tr>{''.join(cells)}</tr>\n"
