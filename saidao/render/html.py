"""Any declared table as HTML; what is put into it is escaped."""

from __future__ import annotations

from markupsafe import Markup

from .shown import Drawn

HEAD = Markup('<th scope="col"{}>{}</th>')
FIRST, CELL = Markup('<th scope="row">{}</th>'), Markup("<td{}>{}</td>")
ROW = Markup("<tr>{}</tr>\n")
TABLE = Markup('<div class="scroll wide"><table{}>\n<thead>{}</thead>\n<tbody>\n{}</tbody></table></div>\n')
MANY = 12
"""Columns beyond which a table is set smaller on paper: a wider one than the page makes Chromium shrink all pages."""


def table(shown: Drawn) -> Markup:
    """Return a table as HTML: numbers flush right by the class ``n``, the first column of texts as heads of rows."""
    right = [Markup(' class="n"') if numeric else "" for numeric in shown.numeric]

    def cell(at: int, text: str) -> Markup:
        return CELL.format(right[at], text) if at or right[0] else FIRST.format(text)

    heads = _joined(HEAD.format(side, head) for side, head in zip(right, shown.heads, strict=True))
    rows = _joined(ROW.format(_joined(cell(at, text) for at, text in enumerate(row))) for row in shown.rows)
    many = Markup(' class="many"') if len(shown.heads) > MANY else ""
    return TABLE.format(many, ROW.format(heads), rows)


def _joined(parts: object) -> Markup:
    return Markup("").join(parts)  # type: ignore[arg-type]
