"""A brief as a Word document: the few parts of Office Open XML that it takes, written by hand.

The page is that of GB/T 9704-2012 for the forms of a Chinese office (A4, margins 37, 35, 28 and 26 mm, 仿宋 in the
third size, 28 points a line), and a closer one for the brief, which is two pages with its tables.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator

from markupsafe import Markup

from .document import Block, Curve, Document, Grid, Heading, Points, Text

KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
"""The media type."""
DATE = (1980, 1, 1, 0, 0, 0)
"""Of every part: the same brief gives the same bytes."""
MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
TYPES = (
    f'{HEAD}<Types xmlns="{PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{KIND}.main+xml"/>'
    '<Override PartName="/word/footer.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.footer+xml"/></Types>'
)
RELATIONS = (
    f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" Type="{OFFICE}/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)
FOOTER_RELATION = (
    f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" Type="{OFFICE}/footer" '
    'Target="footer.xml"/></Relationships>'
)
FOOTER = (
    f'{HEAD}<w:ftr xmlns:w="{MAIN}"><w:p><w:pPr><w:jc w:val="center"/></w:pPr>'
    '<w:r><w:t xml:space="preserve">— </w:t></w:r><w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    '<w:r><w:t xml:space="preserve"> —</w:t></w:r></w:p></w:ftr>'
)
OFFICIAL = {"top": 37, "bottom": 35, "left": 28, "right": 26}
"""Margins of a document of an office, mm."""
CLOSE = {"top": 17, "bottom": 15, "left": 18, "right": 18}
BODY, TITLE, HEADS = ("FangSong", "仿宋"), ("SimSun", "方正小标宋简体"), ("SimHei", "黑体")
"""Fonts, as a reader's system may call them: of text, title, headings."""
PLAIN = ("Calibri", "微软雅黑")


def docx(document: Document) -> bytes:
    """Return a brief as the bytes of a .docx file."""
    writer = _Writer(document)
    text = Markup(HEAD) + Markup('<w:document xmlns:w="{}" xmlns:r="{}"><w:body>{}</w:body></w:document>').format(
        MAIN, OFFICE, Markup("").join(writer.parts())
    )
    parts = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": RELATIONS,
        "word/document.xml": text,
        "word/_rels/document.xml.rels": FOOTER_RELATION,
        "word/footer.xml": FOOTER,
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            package.writestr(zipfile.ZipInfo(name, DATE), part, zipfile.ZIP_DEFLATED)
    return made.getvalue()


class _Writer:
    def __init__(self, document: Document) -> None:
        self.document = document
        self.official = document.form != "brief" and document.lang == "zh"
        self.margins = OFFICIAL if self.official else CLOSE
        self.body, self.size = (BODY, 16.0) if self.official else (PLAIN, 10.0)
        self.line = 28.0 if self.official else 15.0

    def parts(self) -> Iterator[Markup]:
        """Yield paragraphs and tables, and the page at the end."""
        d = self.document
        if not self.official:
            yield self.paragraph(d.kicker, size=9, colour="555F6B")
        centred = "center" if self.official else "left"
        yield self.paragraph(
            d.title, TITLE, 22 if self.official else 18, align=centred, bold=not self.official, line=34
        )
        if not self.official:
            yield self.paragraph(d.about, size=9, colour="555F6B")
        if d.to:
            yield self.paragraph(d.to)
        for block in d.blocks:
            yield from self.block(block)
        for number, line in enumerate(part for part in d.closing if part):
            last = number > 0 or d.form == "memo"
            yield self.paragraph(line, indent=not last, align="right" if last else "left")
        yield self.page()

    def block(self, block: Block) -> Iterator[Markup]:
        """Yield a block."""
        if isinstance(block, Heading):
            font, colour = (HEADS, "") if self.official else (PLAIN, "0F5E86")
            yield self.paragraph(
                block.text, font, self.size + (0 if self.official else 1.5), colour, indent=True, bold=not self.official
            )
        elif isinstance(block, Text):
            yield self.paragraph(block.text, size=9 if block.small and not self.official else None, indent=True)
        elif isinstance(block, Points):
            sign = "☐ " if block.boxes else "• "
            for item in block.items:
                yield self.paragraph(sign + item)
        else:
            yield from self.table(block if isinstance(block, Grid) else _tabled(block))

    def paragraph(
        self,
        text: str,
        font: tuple[str, str] | None = None,
        size: float | None = None,
        colour: str = "",
        *,
        align: str = "left",
        indent: bool = False,
        bold: bool = False,
        line: float | None = None,
    ) -> Markup:
        """Return a paragraph; what is between ``[[`` and ``]]`` is bold."""
        space = Markup('<w:spacing w:line="{}" w:lineRule="exact"/>').format(int(20 * (line or self.line)))
        first = Markup('<w:ind w:firstLineChars="200"/>') if indent and self.official else ""
        shape = Markup('<w:pPr>{}{}<w:jc w:val="{}"/></w:pPr>').format(space, first, align)
        runs = [
            self.run(part, font or self.body, size or self.size, colour, bold or number % 2 == 1)
            for number, part in enumerate(re.split(r"\[\[|\]\]", text))
            if part
        ]
        return Markup("<w:p>{}{}</w:p>").format(shape, Markup("").join(runs))

    def run(self, text: str, font: tuple[str, str], size: float, colour: str, bold: bool) -> Markup:
        """Return a run of text."""
        fonts = Markup('<w:rFonts w:ascii="{0}" w:hAnsi="{0}" w:eastAsia="{1}"/>').format(*font)
        look = Markup("<w:b/>") if bold else Markup("")
        look += Markup('<w:color w:val="{}"/>').format(colour) if colour else ""
        look += Markup('<w:sz w:val="{0}"/><w:szCs w:val="{0}"/>').format(round(2 * size))
        return Markup('<w:r><w:rPr>{}{}</w:rPr><w:t xml:space="preserve">{}</w:t></w:r>').format(fonts, look, text)

    def table(self, grid: Grid) -> Iterator[Markup]:
        """Yield a table with hairlines between its rows."""
        sides = [
            Markup('<w:{} w:val="{}" w:sz="4" w:color="C9C5BB"/>').format(side, "single" if side in RULED else "nil")
            for side in ("top", "left", "bottom", "right", "insideH", "insideV")
        ]
        look = Markup('<w:tblPr><w:tblW w:w="5000" w:type="pct"/><w:tblBorders>{}</w:tblBorders></w:tblPr>')
        rows = [self.row(grid.heads, grid.numeric, "555F6B")]
        for number, row in enumerate(grid.rows):
            bold = (grid.total and number == len(grid.rows) - 1) or (grid.first and not number)
            rows.append(self.row(row, grid.numeric, "", bold))
        yield Markup("<w:tbl>{}{}</w:tbl>").format(look.format(Markup("").join(sides)), Markup("").join(rows))
        yield self.paragraph("", line=6)

    def row(self, cells: Iterable[str], numeric: Iterable[bool], colour: str, bold: bool = False) -> Markup:
        """Return a row."""
        size, line = (10.5, 16.0) if self.official else (8.5, 12.0)
        made = [
            Markup("<w:tc><w:tcPr/>{}</w:tc>").format(
                self.paragraph(cell, PLAIN, size, colour, align="right" if right else "left", bold=bold, line=line)
            )
            for cell, right in zip(cells, numeric, strict=True)
        ]
        return Markup("<w:tr><w:trPr><w:cantSplit/></w:trPr>{}</w:tr>").format(Markup("").join(made))

    def page(self) -> Markup:
        """Return the page: A4, its margins, and its number below."""
        margins = {side: round(size / 25.4 * 1440) for side, size in self.margins.items()}
        return Markup(
            '<w:sectPr><w:footerReference w:type="default" r:id="r1"/><w:pgSz w:w="11906" w:h="16838"/>'
            '<w:pgMar w:top="{top}" w:bottom="{bottom}" w:left="{left}" w:right="{right}" w:header="500" '
            'w:footer="500" w:gutter="0"/></w:sectPr>'
        ).format(**margins)


RULED = ("bottom", "insideH")
"""Sides of a table that have a line."""


def _tabled(curve: Curve) -> Grid:
    """Return the marked points of a curve as a table: Word draws no curves of ours."""
    heads = (curve.caption, *(f"{amount:,.4g}" for amount, _, _ in curve.marked))
    row = ("%", *(f"{100 * share:.1f}" for _, share, _ in curve.marked))
    return Grid(heads, (row,), (False, *(True for _ in curve.marked)))
