"""What all plots are made of: bars, shaded tables and intervals on matplotlib axes (the extra ``plot``).

Texts are set in a font that has their signs: where they are Chinese and no such font is installed, a `MissingFont`
warning says what to install, instead of boxes in a picture.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from .errors import InputError
from .registry import Array

if TYPE_CHECKING:
    from matplotlib.axes import Axes

CHINESE_FILES = ("NotoSansCJK", "NotoSansSC", "SourceHanSans", "msyh", "simhei", "PingFang", "wqy")
"""What files of such fonts are called: one that was installed later is not yet in matplotlib's list."""
CHINESE = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "PingFang SC",
    "Microsoft YaHei",
    "SimHei",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "Noto Sans CJK JP",
)
"""Fonts with Chinese signs, in the order in which they are taken."""
BLUE, ORANGE, GREY, PALE = "#14506b", "#a8480b", "#7b8790", "#d3dade"
"""Told apart by those who see no red or green."""
ROOM = 0.32
"""Inches that a row takes."""


class MissingFont(UserWarning):
    """No installed font has the signs of a text."""


def axes(ax: Axes | None, rows: int, wide: float = 7.0) -> Axes:
    """Return axes to draw on: those given, or new ones of a height for *rows*.

    Raises
    ------
    InputError
        matplotlib is not installed.
    """
    if ax is not None:
        return ax
    try:
        from matplotlib import pyplot  # late: an extra, and slow to load
    except ImportError:
        raise InputError(
            "plots", "plot", "no matplotlib", "matplotlib, which draws", "Install it: pip install 'saidao[plot]'."
        ) from None
    return pyplot.subplots(figsize=(wide, 1.2 + ROOM * max(rows, 3)), layout="constrained")[1]


def finished(ax: Axes, title: str, along: str = "") -> Axes:
    """Set title and label, take the frame away, and choose a font that has the signs of all texts."""
    from matplotlib.text import Text  # late: an extra

    ax.set_title(_lines(title, 8 * ax.figure.get_figure(root=True).get_figwidth()), loc="left", fontsize=10)
    if along:
        ax.set_xlabel(along)
    ax.spines[["top", "right"]].set_visible(False)
    texts = [text for text in ax.findobj(Text) if isinstance(text, Text)]
    if any(ord(sign) > 0x2E7F for text in texts for sign in text.get_text()):
        found = chinese_font()
        if found is None:
            warnings.warn(
                "no installed font has Chinese signs: install fonts-noto-cjk (Debian, Ubuntu) or one of "
                f"{', '.join(CHINESE[:6])}, or plot with lang='en'",
                MissingFont,
                stacklevel=3,
            )
        else:
            for text in texts:
                text.set_fontfamily([found, "DejaVu Sans"])
    return ax


def chinese_font() -> str | None:
    """Return the name of an installed font with Chinese signs."""
    from matplotlib import font_manager  # late: an extra

    installed = {font.name for font in font_manager.fontManager.ttflist}
    for name in CHINESE:
        if name in installed:
            return name
    for path in sorted(font_manager.findSystemFonts(), key=lambda path: ("Regular" not in path, path)):
        if path.replace("\\", "/").rpartition("/")[2].startswith(CHINESE_FILES):
            font_manager.fontManager.addfont(path)
            return str(font_manager.get_font(path).family_name)
    return None


def _lines(title: str, room: float) -> str:
    """Break a title into lines of about *room* signs, Chinese ones counting twice."""
    lines, wide = [""], 0.0
    for word in title.split(" ") if title.isascii() or " " in title[:40] else list(title):
        size = sum(2 if ord(sign) > 0x2E7F else 1 for sign in word) + 1
        if wide + size > room and lines[-1]:
            lines.append("")
            wide = 0.0
        lines[-1] += word if not lines[-1] or (len(word) == 1 and ord(word) > 0x2E7F) else f" {word}"
        wide += size
    return "\n".join(lines)


def bars(
    ax: Axes,
    labels: Sequence[str],
    values: Sequence[float] | Array,
    colours: str | Sequence[str] = BLUE,
    form: str = "{:.3g}",
) -> None:
    """Draw a bar a label, the first on top, its value written at the end."""
    drawn = ax.barh(range(len(labels)), list(values), color=colours)
    ax.bar_label(drawn, labels=[form.format(float(v)) for v in values], padding=3, fontsize=8)
    ax.set_yticks(range(len(labels)), labels)
    ax.invert_yaxis()
    ax.margins(x=0.12)


def short(text: str, longest: int = 40) -> str:
    """Return a label, cut where it is longer than *longest* signs.

    >>> short("Awards", 4), short("Awards")
    ('Awa…', 'Awards')
    """
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def heat(
    ax: Axes,
    rows: Sequence[str],
    columns: Sequence[str],
    values: Array,
    form: str = "{:.2g}",
    darkest: float | None = None,
) -> None:
    """Draw a table of shaded cells with their values; nan and 0 stay blank."""
    top = float(np.nanmax(values, initial=0.0)) if darkest is None else darkest
    ax.imshow(np.where(values == 0, np.nan, values), cmap="Blues", vmin=0, vmax=1.15 * top or 1.0, aspect="auto")
    for i, j in np.argwhere(np.nan_to_num(values) != 0).tolist():
        value = float(values[i, j])
        colour = "white" if value > 0.6 * top else "black"
        ax.text(j, i, form.format(value), ha="center", va="center", fontsize=8, color=colour)
    ax.set_yticks(range(len(rows)), rows)
    ax.set_xticks(range(len(columns)), columns)
    if max((len(c) for c in columns), default=0) > 4:
        ax.tick_params(axis="x", labelrotation=30)
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)


def intervals(ax: Axes, labels: Sequence[str], low: Array, at: Array, high: Array) -> None:
    """Draw an interval a label, and where in it the present value stands."""
    places = np.arange(len(labels))
    ax.hlines(places, low, high, color=BLUE, linewidth=5, alpha=0.45)
    ax.plot(at, places, "o", color=ORANGE)
    ax.set_yticks(places, labels)
    ax.invert_yaxis()


def named(labels: Iterable[Any], names: dict[str, str] | None) -> list[str]:
    """Return labels by their names, where they have any."""
    return [(names or {}).get(str(label), str(label)) for label in labels]
