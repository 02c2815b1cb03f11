"""The sheets of a workbook as grids of texts.

A sheet is called as its table, in any case of letters, or by the table's Chinese name. A judgement's sheet is called
``judgements.NAME``; where a name is too long for a sheet or holds a sign that sheets forbid, its matrix says
``judgements/NAME`` in its upper left cell. Rows above the headings, blank rows and other sheets are left out.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import chain
from math import isfinite
from typing import Any
from xml.parsers import expat

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from ..errors import CaseError, Problem
from ..texts.tables import table_names
from .archives import repacked
from .cells import number, number_text, tidy
from .grids import ALL_SIGNS, CELLS, SIGNS, Grid, Reader, toml, too_many
from .limits import DEEPEST, LONGEST_TEXT, MOST_CELLS, MOST_ROWS, MOST_SPANNED, MOST_TEXT
from .settings import LISTS, Settings
from .tables import BY_NAME, numeric

BROKEN = (CalamineError, expat.ExpatError, ET.ParseError, LookupError, ValueError, OSError)
"""What the readers raise on a file that is damaged."""

JUDGED = "judgements/"


def column_name(column: int) -> str:
    """Return a column's letters.

    >>> column_name(0), column_name(25), column_name(26), column_name(701), column_name(702)
    ('A', 'Z', 'AA', 'ZZ', 'AAA')
    """
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def position(reference: str) -> tuple[int, int]:
    """Return row (from 1) and column (from 0) of a cell's name.

    >>> position("C7"), position("AA10")
    ((7, 2), (10, 26))
    """
    letters = reference.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return int(reference[len(letters) :]), column - 1


class Workbook(Reader):
    """A workbook of the Excel format since 2007, read into memory; its `Source`."""

    def __init__(self, name: str, contents: Mapping[str, bytes], file: str) -> None:
        super().__init__(name)
        try:
            self._parts = {title: contents[part] for title, part in _parts(contents).items() if part in contents}
            if not self._parts:
                raise CaseError([Problem("no_sheets", file)])
            self._percents = _percent_styles(contents.get("xl/styles.xml", b""))
            self._strings = _lengths(contents)
            self._book = CalamineWorkbook.from_filelike(repacked(contents))
        except _TooMuch as found:
            raise CaseError([found.told(file)]) from None
        except BROKEN as error:
            raise CaseError([Problem("broken", file, found=str(error))]) from None
        self._grids: dict[str, Grid | None] = {}
        self._titles: dict[str, str] = {}
        self._others: list[str] = []
        self._settings: dict[str, str] = {}
        for sheet in self._book.sheets_metadata:
            if sheet.typ != SheetTypeEnum.WorkSheet or sheet.name not in self._parts:
                continue
            table = self._table(sheet.name)
            if table is None:
                self._others.append(sheet.name)
            elif table in self._titles:
                details = {"table": table, "other": self._titles[table]}
                self.problems.append(Problem("sheet_twice", sheet.name, found=sheet.name, details=details))
            else:
                self._titles[table] = sheet.name
                if sheet.visible != SheetVisibleEnum.Visible:
                    self.problems.append(Problem("hidden_sheet", sheet.name, found=sheet.name, level="warning"))

    def label(self, table: str) -> str:
        """Return the sheet's title."""
        return self._titles.get(table, table.replace("/", "."))

    def tables(self) -> list[str]:
        """Return the names of the sheets that are no settings and no judgements."""
        return sorted([t for t in self._titles if t != "case" and not t.startswith(JUDGED)] + self._others)

    def judgements(self) -> list[str]:
        """Return the names of the judgements."""
        return sorted(t.removeprefix(JUDGED) for t in self._titles if t.startswith(JUDGED))

    def grid(self, table: str) -> Grid | None:
        """Read a sheet."""
        return self._grid(self._titles[table]) if table in self._titles else None

    def settings(self) -> Mapping[str, Any]:
        """Read the sheet ``case``: a key and its value in each row, under the headings ``key`` and ``value``."""
        found = self.grid("case")
        if found is None:
            return {}
        heading = next((n for n, (_, cells) in enumerate(found.rows) if cells[:2] == ["key", "value"]), -1)
        values: dict[str, Any] = {}
        for row, cells in found.rows[heading + 1 :]:
            key, text, *_ = [*cells, ""]
            place = f"{column_name(found.first + 1)}{row}"
            if code := found.ill.get((row, 0)) or found.ill.get((row, 1)):
                self.problems.append(Problem(code, found.label, None, key, text, cell=place))
            elif key in values:
                details = {"first": self._settings[key][1:], "columns": "key"}
                self.problems.append(Problem("duplicate", found.label, None, key, key, details, cell=place))
            elif key and text:
                values[key], self._settings[key] = setting(key, text), place
        return values

    def placed(self, problem: Problem, columns: Mapping[str, Mapping[str, int]]) -> Problem:
        """Return the problem with its cell: in its row, under its heading."""
        if problem.file == "case.toml":
            return replace(problem, file=self.label("case"), row=None, cell=self._settings.get(problem.column, ""))
        column = columns.get(problem.file, {}).get(problem.column.partition(",")[0])
        if problem.cell or problem.row is None or column is None:
            return problem
        return replace(problem, cell=f"{column_name(column)}{problem.row}")

    def _table(self, title: str) -> str | None:
        """Return the table that a sheet of this title holds."""
        plain = tidy(title)
        known = {name: name for name in (*BY_NAME, "case", "judgements")} | table_names("zh")
        head, dot, name = plain.partition(".")
        if dot and known.get(head.lower()) == "judgements":
            return JUDGED + (self._corner(title) or name)
        table = known.get(plain.lower())
        return None if table == "judgements" else table

    def _corner(self, title: str) -> str:
        """Return the name that the matrix of a judgement says itself, where it does."""
        found = self._grid(title)
        rows = found.rows if found else ()
        return next((cells[0].removeprefix(JUDGED) for _, cells in rows if cells[0].startswith(JUDGED)), "")

    def _grid(self, title: str) -> Grid | None:
        if title not in self._grids:
            self._grids[title] = self._read(title)
        return self._grids[title]

    @property
    def sheets(self) -> dict[str, bool]:
        """The worksheets by title, in their order, and whether each is shown."""
        return {
            sheet.name: sheet.visible == SheetVisibleEnum.Visible
            for sheet in self._book.sheets_metadata
            if sheet.typ == SheetTypeEnum.WorkSheet and sheet.name in self._parts
        }

    def cells(self, title: str) -> tuple[list[list[Any]], Scan] | None:
        """Return the values of a sheet from cell A1 on, and what they do not tell; None where it cannot be read."""
        try:
            scan = _scan(self._parts[title], self._percents, self._strings)
            sheet = self._book.get_sheet_by_name(title) if scan.rows * scan.columns <= self._room else None
        except _TooMuch as found:
            self.problems.append(found.told(title))
            return None
        except BROKEN as error:
            self.problems.append(Problem("broken", title, found=str(error)))
            return None
        if sheet is None:
            details = {"most": f"{MOST_CELLS:,}"}
            self.problems.append(
                Problem("large_sheet", title, found=f"{column_name(scan.columns - 1)}{scan.rows}", details=details)
            )
            return None
        return sheet.to_python(skip_empty_area=False), scan

    def _read(self, title: str) -> Grid | None:
        found = self.cells(title)
        if found is None:
            return None
        values, scan = found
        if bool in set(map(type, chain.from_iterable(values))):  # yes is 1 to a dictionary
            lines = [[_text(value) for value in line] for line in values]
        else:
            texts = {value: _text(value) for value in set(chain.from_iterable(values))}
            lines = [[texts[value] for value in line] for line in values]
        ill: dict[tuple[int, int], str] = {}
        for (row, column), text in scan.values.items():
            while len(lines) < row:
                lines.append([])
            lines[row - 1] += [""] * (column + 1 - len(lines[row - 1]))
            lines[row - 1][column] = text
            ill[row, column] = "cell_error" if text.startswith("#") else "cell_formula"
        for spanned in scan.merged:
            _unmerge(lines, spanned, ill)
        return self.made(
            title,
            lines,
            ill=ill,
            values=values,
            percents=scan.percents,
            hidden_rows=frozenset(scan.hidden_rows),
            hidden_columns=scan.hidden_columns,
        )


def _unmerge(lines: list[list[str]], merged: Spanned, ill: dict[tuple[int, int], str]) -> None:
    """Repeat the text of a merged cell in every row that it spans; merged columns and merged numbers are errors."""
    top, left, bottom, right = merged
    text = lines[top][left] if top < len(lines) and left < len(lines[top]) else ""
    if not text:
        return
    if left != right or number(text) is not None:
        ill.setdefault((top + 1, left), "cell_merged")
        return
    for line in lines[top + 1 : bottom + 1]:
        line.extend([""] * (left + 1 - len(line)))
        line[left] = text


def _text(value: Any) -> str:
    if isinstance(value, str):
        return tidy(value)
    if isinstance(value, bool):
        return str(value).upper()
    return number_text(value) if isinstance(value, (int, float)) and isfinite(value) else str(value)


def setting(key: str, text: str) -> Any:
    """Return the value that a cell of the sheet ``case`` holds.

    Lists of texts are separated by ``;``. A key that is no setting of this package takes any value that TOML knows.

    >>> setting("periods", "2026; 2027"), setting("periods", '["a;b"]'), setting("method", "topsis")
    (['2026', '2027'], ['a;b'], 'topsis')
    >>> setting("of_mine", "[1, 2]"), setting("of_mine", "some text"), setting("of_mine", '"1"')
    ([1, 2], 'some text', '1')
    """
    if key in LISTS and not text.startswith("["):
        return [part.strip() for part in text.split(";") if part.strip()]
    if key in Settings.model_fields and key not in LISTS:
        value = number(text) if key in numeric(Settings) else None
        return text if value is None else value
    try:
        return toml(f"value = {text}")["value"]
    except ValueError:
        return text


def _parts(contents: Mapping[str, bytes]) -> dict[str, str]:
    """Return the path of each sheet's part, by title."""
    targets = {}
    for node in _parsed(contents["xl/_rels/workbook.xml.rels"]):
        target = node.get("Target", "")
        targets[node.get("Id")] = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
    sheets = next(node for node in _parsed(contents["xl/workbook.xml"]) if node.tag.endswith("}sheets"))
    links = ((s.get("name", ""), next(v for k, v in s.items() if k.endswith("}id"))) for s in sheets)
    return {title: targets.get(link, "") for title, link in links}


def _parsed(xml: bytes) -> ET.Element:
    if b"<!DOCTYPE" in xml:
        raise ValueError("DOCTYPE")
    return ET.fromstring(xml)


def _percent_styles(xml: bytes) -> frozenset[int]:
    """Return the numbers of the cell styles that show a percent: formats 9 and 10, and those with a percent sign."""
    if not xml:
        return frozenset()
    root = _parsed(xml)
    formats = {9, 10} | {
        int(node.get("numFmtId", "0"))
        for node in root.iter()
        if node.tag.endswith("}numFmt") and "%" in re.sub(r'"[^"]*"', "", node.get("formatCode", ""))
    }
    cells = next((node for node in root if node.tag.endswith("}cellXfs")), ())
    return frozenset(n for n, style in enumerate(cells) if int(style.get("numFmtId", "0")) in formats)


@dataclass
class _TooMuch(Exception):
    """A part of a workbook holds more than it may: how much, the limit, and of what."""

    found: int
    most: int
    what: tuple[str, str]

    def told(self, label: str) -> Problem:
        """Return the problem."""
        return too_many(label, self.found, self.most, self.what)


def _lengths(contents: Mapping[str, bytes]) -> list[int]:
    """Return the lengths of the texts that cells of the workbook share, by number.

    Raises
    ------
    _TooMuch
        One is longer than a cell can be, or all of them together.
    """
    lengths: list[int] = []
    whole = 0

    def start(tag: str, _: Mapping[str, str]) -> None:
        if tag.rpartition(":")[2] == "si":
            lengths.append(0)

    def data(text: str) -> None:
        nonlocal whole
        whole += len(text)
        if lengths:
            lengths[-1] += len(text)
            if lengths[-1] > LONGEST_TEXT:
                raise _TooMuch(lengths[-1], LONGEST_TEXT, SIGNS)
        if whole > MOST_TEXT or len(lengths) > MOST_CELLS:
            raise _TooMuch(whole, MOST_TEXT, ALL_SIGNS)

    for path, xml in contents.items():
        if path.lower().endswith("sharedstrings.xml"):
            _parse(xml, start, lambda _: None, data)
    return lengths


def _parse(
    xml: bytes,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None],
    data: Callable[[str], None],
) -> None:
    """Parse a part of a workbook; what no workbook has (a DOCTYPE, elements in one another without end) is refused."""
    depth = 0

    def starts(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise ValueError(f"<{tag}> x {DEEPEST}")
        start(tag, attributes)

    def ends(tag: str) -> None:
        nonlocal depth
        depth -= 1
        end(tag)

    def doctype(*_: Any) -> None:
        raise ValueError("DOCTYPE")

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = starts, ends, data
    parser.StartDoctypeDeclHandler = doctype
    parser.Parse(xml, True)


SPANNED = ("rows in merged ranges", "行合并单元格")
Spanned = tuple[int, int, int, int]
"""Top, left, bottom and right of merged cells, from 0."""


@dataclass
class Scan:
    """What the reader of the values leaves out of a sheet, by (row from 1, column from 0).

    `values`: errors (``#REF!``), and formulas (``=A1+1``) that whatever saved the workbook has not computed. `rows` and
    `columns`: how far cells reach. `percents`: numbers that are shown as percents. `merged`: merged cells, which the
    reader compares with all before them: too slow.
    """

    values: dict[tuple[int, int], str] = field(default_factory=dict)
    rows: int = 0
    columns: int = 0
    percents: set[tuple[int, int]] = field(default_factory=set)
    hidden_rows: set[int] = field(default_factory=set)
    ranges: list[tuple[int, int]] = field(default_factory=list)
    merged: list[Spanned] = field(default_factory=list)

    @property
    def hidden_columns(self) -> set[int]:
        """Columns, from 0, that are not shown, as far as cells reach."""
        return {column for low, high in self.ranges for column in range(low, min(high, self.columns - 1) + 1)}


def _not_shown(attributes: Mapping[str, str], size: str) -> bool:
    return attributes.get("hidden") in ("1", "true") or attributes.get(size) == "0"


@cache
def _plain_row(percent_styles: frozenset[int]) -> re.Pattern[bytes]:
    """Return how a row is written of which the reader of the values tells all: shown, of texts and plain numbers."""
    percents = "|".join(map(str, sorted(percent_styles)))
    of_row = (
        r'(?: spans="[0-9: ]*")?(?: s="[0-9]{1,9}")?(?: customFormat="1")?(?: ht="(?!0")[0-9.]+")?'
        r'(?: customHeight="1")?(?: x14ac:dyDescent="[0-9.]+")?'
    )
    cell = (
        rf'<c r="[A-Z]{{1,3}}\1"(?: s="(?!(?:{percents})")[0-9]{{1,9}}")?(?:'
        r'(?: t="n")?(?:/>|><v>[+-]?[0-9]{1,40}(?:\.[0-9]{0,40})?(?:E[+-]?[0-9]{1,4})?</v></c>)'
        r'| t="s"><v>[0-9]{1,8}</v></c>'
        r'| t="b"><v>[01]</v></c>'
        r'| t="inlineStr"><is><t(?: xml:space="preserve")?>[^<&\x00-\x1f\xef]*+</t></is></c>)'
    )
    return re.compile(rf'<row r="([1-9][0-9]{{0,6}})"{of_row}(?:/>|>(?:{cell})*+</row>)'.encode())


_FILLED = re.compile(rb'<c r="([A-Z]{1,3})[0-9]+"[^<>]*><(?:v|is)>')
_NUMBERED = re.compile(rb' t="s"><v>([0-9]{1,8})</v>')
_UNNUMBERED = re.compile(rb'<row(?! r=")')


def _scan(xml: bytes, percent_styles: frozenset[int], strings: Sequence[int]) -> Scan:
    """Return what `_scan_all` does: rows in which nothing is odd are counted, and only the others looked through."""
    rows = [0]

    def left_out(row: re.Match[bytes]) -> bytes:
        if b"<v>" in row[0] or b"<is>" in row[0]:
            rows.append(int(row[1]))
        return b""

    odd = _plain_row(percent_styles).sub(left_out, xml)
    cells = xml.count(b'<c r="')
    signs = len(xml) - len(b'<c r="A1"><v></v></c>') * cells
    signs += sum(strings[n] for n in map(int, _NUMBERED.findall(xml)) if n < len(strings))
    if signs > MOST_TEXT or cells > MOST_CELLS or _UNNUMBERED.search(odd) or not _is_utf8(xml):
        return _scan_all(xml, percent_styles, strings)
    try:
        found = _scan_all(odd, percent_styles, strings)
    except expat.ExpatError:  # tells where, which is another place in the whole
        return _scan_all(xml, percent_styles, strings)
    columns = [position(f"{letters.decode()}1")[1] + 1 for letters in set(_FILLED.findall(xml))] if rows[1:] else []
    found.rows, found.columns = max(found.rows, *rows), max([found.columns, *columns])
    return found


def _is_utf8(xml: bytes) -> bool:
    try:
        return bool(xml.decode())
    except UnicodeDecodeError:
        return False


def _scan_all(xml: bytes, percent_styles: frozenset[int], strings: Sequence[int]) -> Scan:
    """Return what the reader of the values does not tell of a sheet; *strings* are the lengths of texts cells share.

    Raises
    ------
    _TooMuch
        Where reading the values would take more than a sheet may.
    """
    found = Scan()
    row = column = met = texts = spanned = 0
    kind = style = ""
    parts: dict[str, str] = {}
    reading = ""

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal row, column, kind, style, reading, met, spanned
        name = tag.rpartition(":")[2]
        if name == "c":
            met += 1
            row, column = position(attributes["r"]) if "r" in attributes else (row, column + 1)
            kind, style = attributes.get("t", "n"), attributes.get("s", "0")
            parts.clear()
        elif name == "row":
            met += 1
            row, column = int(attributes.get("r", row + 1)), -1
            if _not_shown(attributes, "ht"):
                found.hidden_rows.add(row)
        elif name == "col" and _not_shown(attributes, "width"):
            met += MOST_CELLS // 1000  # no sheet hides a thousand groups of columns
            found.ranges.append((int(attributes["min"]) - 1, int(attributes["max"]) - 1))
        elif name in ("f", "v", "is"):
            parts[name] = ""
            reading = name
        elif name == "mergeCell":
            first, _, last = attributes["ref"].partition(":")
            (top, left), (bottom, right) = position(first), position(last or first)
            found.merged.append((top - 1, left, bottom - 1, right))
            spanned += min(bottom, MOST_ROWS) - top + 1
        if met > MOST_CELLS + MOST_ROWS:
            raise _TooMuch(met, MOST_CELLS, CELLS)
        if spanned > MOST_SPANNED:
            raise _TooMuch(spanned, MOST_SPANNED, SPANNED)

    def data(text: str) -> None:
        nonlocal texts
        if reading:
            parts[reading] += text
            texts += len(text)

    def end(tag: str) -> None:
        nonlocal reading, texts
        name = tag.rpartition(":")[2]
        if name in ("f", "v", "is"):
            reading = ""
        elif name == "c" and parts:
            found.rows, found.columns = max(found.rows, row), max(found.columns, column + 1)
            if kind == "s" and (shared := re.fullmatch("[0-9]{1,8}", parts.get("v", ""))):
                texts += strings[int(shared[0])] if int(shared[0]) < len(strings) else 0
            if texts > MOST_TEXT:
                raise _TooMuch(texts, MOST_TEXT, ALL_SIGNS)
            if kind == "e":
                found.values[row, column] = parts.get("v", "") or "#N/A"
            elif "f" in parts and kind != "str" and not parts.get("v"):
                found.values[row, column] = f"={parts['f']}"
            elif kind == "n" and int(style) in percent_styles:
                found.percents.add((row, column))

    _parse(xml, start, end, data)
    return found
