"""A brief as one HTML page that asks nothing of the network; printed, it is two pages of A4."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from markupsafe import Markup

from ..render.html import strong
from .document import Block, Curve, Document, Grid, Heading, Points, Text

PAGE = Markup("""<!doctype html>
<html lang="{}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{}</title>
<style>{}</style>
</head>
<body class="{}">
<p class="kicker">{}</p>
<h1>{}</h1>
<p class="about">{}</p>
{}</body>
</html>
""")
LEFT, RIGHT, WIDTH, TOP, BOTTOM = 40, 575, 600, 10, 120
"""Places of the curve's axes in its picture."""


def html(document: Document) -> str:
    """Return a brief as HTML."""
    css = Path(__file__).with_name("brief.css").read_text("utf-8")
    to = Markup('<p class="to">{}</p>\n').format(document.to) if document.to else ""
    closing = _joined(Markup("<p>{}</p>\n").format(line) for line in document.closing if line)
    end = Markup('<div class="closing">\n{}</div>\n').format(closing) if closing else ""
    parts = [to, *(_block(block) for block in document.blocks), end]
    lang = "zh-Hans" if document.lang == "zh" else "en"
    head = (document.kicker, document.title, document.about)
    return PAGE.format(lang, document.title, Markup(css), document.form, *head, _joined(parts))


def _block(block: Block) -> Markup:
    if isinstance(block, Heading):
        return Markup("<h2>{}</h2>\n").format(block.text)
    if isinstance(block, Text):
        return Markup("<p{}>{}</p>\n").format(Markup(' class="small"') if block.small else "", strong(block.text))
    if isinstance(block, Points):
        kind = Markup(' class="boxes"') if block.boxes else ""
        return Markup("<ul{}>\n{}</ul>\n").format(
            kind, _joined(Markup("<li>{}</li>\n").format(strong(item)) for item in block.items)
        )
    return _grid(block) if isinstance(block, Grid) else _curve(block)


def _grid(grid: Grid) -> Markup:
    right = [Markup(' class="n"') if numeric else "" for numeric in grid.numeric]
    head = _joined(
        Markup('<th scope="col"{}>{}</th>').format(side, text) for side, text in zip(right, grid.heads, strict=True)
    )
    rows = []
    for number, row in enumerate(grid.rows):
        last = grid.total and number == len(grid.rows) - 1
        kind = Markup(' class="total"') if last else Markup(' class="first"') if grid.first and not number else ""
        cells = [Markup('<th scope="row">{}</th>').format(row[0])]
        cells += [Markup("<td{}>{}</td>").format(side, text) for side, text in zip(right[1:], row[1:], strict=True)]
        rows.append(Markup("<tr{}>{}</tr>\n").format(kind, _joined(cells)))
    return Markup("<table>\n<thead><tr>{}</tr></thead>\n<tbody>\n{}</tbody></table>\n").format(head, _joined(rows))


def _curve(curve: Curve) -> Markup:
    most = curve.points[-1][0] or 1.0

    def at(amount: float, share: float) -> tuple[float, float]:
        return round(LEFT + (RIGHT - LEFT) * amount / most, 1), round(BOTTOM - (BOTTOM - TOP) * share, 1)

    parts = []
    for quarter in range(5):
        y = at(0, quarter / 4)[1]
        line = '<line class="axis" x1="{}" x2="{}" y1="{}" y2="{}"/><text x="{}" y="{}" text-anchor="end">{}</text>'
        parts.append(Markup(line).format(LEFT, RIGHT, y, y, LEFT - 6, y + 4, f"{quarter / 4:.0%}"))
        x = at(most * quarter / 4, 0)[0]
        parts.append(
            Markup('<text x="{}" y="{}" text-anchor="middle">{}</text>').format(
                x, BOTTOM + 16, f"{most * quarter / 4:,.4g}"
            )
        )
    points = " ".join(f"{x},{y}" for x, y in (at(*point) for point in curve.points))
    parts.append(Markup('<polyline class="line" points="{}"/>').format(points))
    for amount, share, now in curve.marked:
        x, y = at(amount, share)
        kind = Markup(' class="{}"')
        parts.append(Markup('<circle{} cx="{}" cy="{}" r="4"/>').format(kind.format("now" if now else "point"), x, y))
        parts.append(
            Markup('<text{} x="{}" y="{}">{}</text>').format(
                kind.format("strong") if now else "", x + 6, y + 15, f"{share:.1%}"
            )
        )
    end = Markup('<text x="{}" y="{}" text-anchor="end">{}</text>').format(RIGHT, BOTTOM + 30, curve.caption)
    head = Markup('<svg viewBox="0 0 {} {}" role="img" aria-label="{}">').format(WIDTH, BOTTOM + 34, curve.caption)
    return head + _joined([*parts, end]) + Markup("</svg>\n")


def _joined(parts: Iterable[Markup | str]) -> Markup:
    return Markup("").join(parts)
