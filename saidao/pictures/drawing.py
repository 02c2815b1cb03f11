"""Marks on a canvas: elements that escape what they hold, widths of texts, scales and colours.

A picture is SVG of no more than lines, boxes and texts, so that it opens anywhere, prints, and reads aloud.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from ..texts.say import say

INK, QUIET, LINE, PAPER = "#1b2730", "#55636e", "#d3dade", "#ffffff"
BLUE, ORANGE, GREEN, PURPLE, GREY = "#14506b", "#a8480b", "#1c6440", "#6a3d8a", "#7b8790"
"""Dark enough to be read on paper (contrast 4.5 and more), and told apart by those who see no red or green."""
KIND_COLOURS = {"paper": GREEN, "measured": BLUE, "judgement": PURPLE, "assumption": ORANGE}
LIGHTEST, DARKEST = (247, 244, 236), (18, 62, 84)
"""Ends of the one-hued scale: nothing, and as much as there is."""

FONT = "Inter, 'Segoe UI', 'Noto Sans', 'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', sans-serif"
SIZE = 12
"""Size of the letters, in the pictures' unit."""
STEPS = 4
"""Steps of an axis, about."""
FOREMOST = 30
"""Tracks that a picture draws where there are more: those that matter most, by what the picture is about."""
BEHIND = 300
"""Rows of the table behind a picture that are shown; files and results hold all."""


@dataclass(frozen=True)
class Picture:
    """A picture with what it says in a sentence and the numbers behind it.

    `head` and `rows` are a table; cells are texts or numbers, written as they are shown. Of many rows the first
    `BEHIND` are kept, and `all_rows` tells how many there were.
    """

    name: str
    title: str
    caption: str
    svg: Markup
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    all_rows: int = 0

    def __post_init__(self) -> None:
        object.__setattr__(self, "all_rows", max(self.all_rows, len(self.rows)))
        object.__setattr__(self, "rows", self.rows[:BEHIND])

    def behind(self, lang: str) -> str:
        """Name the table behind the picture, and what of it is left out."""
        if len(self.rows) == self.all_rows:
            return say("picture.table", lang)
        return say("picture.table.cut", lang, rows=len(self.rows), all=self.all_rows)


def drawn_of(caption: str, drawn: int, tracks: int, by: str, lang: str) -> str:
    """Return a caption that says how many of all tracks are drawn, and which (`picture.most.BY`), if not all are."""
    if drawn == tracks:
        return caption
    return caption + say("picture.most", lang, most=drawn, tracks=tracks, by=say(f"picture.most.{by}", lang))


def el(tag: str, *children: str | Markup, **attributes: object) -> Markup:
    """Return an element; texts and attributes are escaped, ``stroke_width`` becomes ``stroke-width``."""
    said = "".join(
        f' {name.strip("_").replace("_", "-")}="{number(value) if _counts(value) else escape(value)}"'
        for name, value in attributes.items()
        if value is not None
    )
    inside = "".join(map(escape, children))
    # put together as plain text, its parts escaped already: a format of each part takes most of a picture's time
    return Markup(f"<{tag}{said}>{inside}</{tag}>" if inside else f"<{tag}{said}/>")


def _counts(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def number(value: object) -> str:
    """Write a coordinate with no more digits than the eye sees."""
    return f"{float(value):.2f}".rstrip("0").rstrip(".") if _counts(value) else str(value)  # type: ignore[arg-type]


def width(text: str, size: float = SIZE) -> float:
    """Estimate how wide a text is: a Chinese sign is as wide as it is high, a letter a little more than half."""
    return sum(size if unicodedata.east_asian_width(sign) in "WF" else 0.56 * size for sign in text)


def fitted(text: str, room: float, size: float = SIZE) -> str:
    """Return a text cut to the room there is, with an ellipsis; the whole text belongs in a title beside it."""
    if width(text, size) <= room:
        return text
    while text and width(text + "…", size) > room:
        text = text[:-1]
    return text.rstrip() + "…"


def text(
    x: float,
    y: float,
    content: str,
    anchor: str = "start",
    colour: str = INK,
    size: float = SIZE,
    bold: bool = False,
    halo: bool = False,
) -> Markup:
    """Write a text whose middle line is at y; with a halo where it stands on other marks."""
    return el(
        "text",
        content,
        x=x,
        y=y + 0.36 * size,
        fill=colour,
        font_size=size if size != SIZE else None,
        text_anchor=None if anchor == "start" else anchor,
        font_weight=600 if bold else None,
        stroke=PAPER if halo else None,
        stroke_width=3 if halo else None,
        paint_order="stroke" if halo else None,
    )


def line(
    x1: float, y1: float, x2: float, y2: float, colour: str = LINE, thick: float = 1, dash: str | None = None
) -> Markup:
    """Draw a straight line."""
    return el("line", x1=x1, y1=y1, x2=x2, y2=y2, stroke=colour, stroke_width=thick, stroke_dasharray=dash)


def box(x: float, y: float, wide: float, high: float, fill: str, **more: object) -> Markup:
    """Draw a filled rectangle."""
    return el("rect", x=x, y=y, width=max(wide, 0.0), height=max(high, 0.0), fill=fill, **more)


def canvas(wide: float, high: float, title: str, description: str, marks: Iterable[Markup]) -> Markup:
    """Put marks on a canvas that scales with the page and tells readers of screens what it shows."""
    return el(
        "svg",
        el("title", title),
        el("desc", description),
        *marks,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {number(wide)} {number(high)}",
        width=wide,
        role="img",
        aria_label=f"{title}. {description}",
        font_family=FONT,
        font_size=SIZE,
        class_="picture",
    )


def shade(share: float) -> str:
    """Return the colour for a share from 0 to 1 on a scale of one hue."""
    t = min(max(share, 0.0), 1.0)
    return "#" + "".join(f"{round(a + (b - a) * t):02x}" for a, b in zip(LIGHTEST, DARKEST, strict=True))


def luminance(colour: str) -> float:
    """Relative luminance of ``#rrggbb`` (WCAG 2.2)."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast of two colours, 1 to 21 (WCAG 2.2)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def on(colour: str) -> str:
    """Return the ink that is read best on a colour."""
    return max(("#000000", PAPER), key=lambda ink: contrast(ink, colour))


def nice(limit: float) -> list[float]:
    """Return round numbers from 0 to about *limit* for an axis."""
    if limit <= 0:
        return [0.0]
    size = 10.0 ** math.floor(math.log10(limit / STEPS))
    step = next(size * m for m in (1, 2, 2.5, 5, 10) if size * m >= limit / STEPS * (1 - 1e-9))
    return [step * i for i in range(int(limit / step + 1e-9) + 1)]


def column_headings(labels: Sequence[str], left: float, cell: float, bottom: float) -> list[Markup]:
    """Write labels above columns, each on up to three lines."""
    marks = []
    for i, label in enumerate(labels):
        lines = wrapped(label, cell - 6)[:3]
        for n, part in enumerate(reversed(lines)):
            marks.append(text(left + cell * (i + 0.5), bottom - 8 - n * SIZE * 1.15, part, "middle", QUIET))
    return marks


def wrapped(label: str, room: float, size: float = SIZE) -> list[str]:
    """Break a label into lines that fit the room: at blanks, Chinese between signs."""
    lines: list[str] = []
    current = ""
    words = label.split(" ") if " " in label or width(label, size) <= room or label.isascii() else list(label)
    joint = " " if " " in label else ""
    for word in words:
        longer = f"{current}{joint}{word}" if current else word
        if current and width(longer, size) > room:
            lines.append(current)
            current = word
        else:
            current = longer
    return [*lines, current]
