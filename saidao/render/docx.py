"""Word documents from titles and tables: nothing but the parts that every reader of .docx needs."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

TYPES = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/word/document.xml"
 ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"""
RELATIONS = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1"
 Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>
</Relationships>"""
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MARGINS = (2098, 1587, 1984, 1474)
"""Top, right, bottom and left of GB/T 9704-2012, in twentieths of a point: 37, 28, 35 and 26 mm."""


@dataclass(frozen=True)
class Paragraph:
    """A line of text; `size` in half points."""

    text: str
    size: int = 21
    bold: bool = False
    centred: bool = False
    breaks: bool = False


@dataclass(frozen=True)
class Grid:
    """A table of texts, the first `heads` rows bold."""

    rows: Sequence[Sequence[str]]
    heads: int = 0


def docx(parts: Iterable[Paragraph | Grid], *, landscape: bool = True) -> bytes:
    """Return a document of A4 pages."""
    body = "".join(_paragraph(part) if isinstance(part, Paragraph) else _grid(part) for part in parts)
    width, height = (16838, 11906) if landscape else (11906, 16838)
    turned = ' w:orient="landscape"' if landscape else ""
    top, right, bottom, left = MARGINS
    page = (
        f'<w:sectPr><w:pgSz w:w="{width}" w:h="{height}"{turned}/><w:pgMar w:top="{top}" w:right="{right}" '
        f'w:bottom="{bottom}" w:left="{left}" w:header="851" w:footer="992" w:gutter="0"/></w:sectPr>'
    )
    document = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document xmlns:w="{WORD}"><w:body>{body}{page}'
        "</w:body></w:document>"
    )
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in (("[Content_Types].xml", TYPES), ("_rels/.rels", RELATIONS), ("word/document.xml", document)):
            # a fixed date: the same document is the same file
            archive.writestr(zipfile.ZipInfo(name, (2000, 1, 1, 0, 0, 0)), text)
    return data.getvalue()


def _run(text: str, size: int, bold: bool) -> str:
    weight = "<w:b/>" if bold else ""
    look = f'<w:rPr><w:rFonts w:eastAsia="仿宋" w:hAnsi="Times New Roman"/>{weight}<w:sz w:val="{size}"/></w:rPr>'
    return f'<w:r>{look}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def _paragraph(part: Paragraph) -> str:
    look = ("<w:pageBreakBefore/>" if part.breaks else "") + ('<w:jc w:val="center"/>' if part.centred else "")
    return f"<w:p><w:pPr>{look}</w:pPr>{_run(part.text, part.size, part.bold)}</w:p>"


def _grid(part: Grid) -> str:
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:color="auto"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    columns = max(map(len, part.rows), default=0)
    rows = "".join(
        "<w:tr>"
        + "".join(
            f"<w:tc><w:tcPr/><w:p>{_run(cell, 18, at < part.heads)}</w:p></w:tc>"
            for cell in (*row, *[""] * (columns - len(row)))
        )
        + "</w:tr>"
        for at, row in enumerate(part.rows)
    )
    grid = "".join("<w:gridCol/>" for _ in range(columns))
    look = f'<w:tblPr><w:tblW w:w="5000" w:type="pct"/><w:tblBorders>{sides}</w:tblBorders></w:tblPr>'
    return f"<w:tbl>{look}<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl><w:p/>"
