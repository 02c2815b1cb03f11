"""Cases spoilt at random, as people and programs spoil them, and put to the command line: a seed gives one `Trial`.

Structure-aware: a valid case of every kind is taken apart into its tables; cells, headings, rows, tables,
settings and
judgements are changed by what their columns mean; it is packed as a folder, a zip or a workbook,
whose bytes and parts
may be spoilt too; and a verb with options is drawn, valid or not.
"""

from __future__ import annotations

import contextlib
import csv
import io
import json
import random
import re
import signal
import tempfile
import threading
import traceback
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from python_calamine import CalamineWorkbook
from typer.testing import CliRunner

from saidao.case import read_case
from saidao.case.start import new_case
from saidao.case.write import files
from saidao.cli.commands import app
from tests.conftest import SMALL
from tests.oracle.random_cases import write_random_case

Rows = list[list[str]]

HUGE = "9" * 5_000
NUMBERS = (
    "0",
    "1",
    "-1",
    "2",
    "0.5",
    "1e-9",
    "1e9",
    "1e12",
    "99999999999",
    "-0",
    "1e-300",
    "1e308",
    "1e400",
    "-1e400",
    "1e-400",
    "nan",
    "NaN",
    "inf",
    "-Infinity",
    "1e9999999%",
    "1e-999999999999999999999%",
    "1e999999999999999999999",
    "55%",
    "200%",
    "1/3",
    "1/0",
    "1e300/1e-300",
    "1e-300/1e300",
    "0/0",
    "-1/3",
    "１２．５",
    "1,234.5",
    "1,5",
    "1_000",
    "0x10",
    "1e",
    "٣",
    "٢%",
    "½",
    "²",
    "3 万",
    "10kg",
    "2026-03-01",
    "TRUE",
    "#REF!",
    "#N/A",
    "=1+1",
    "--1",
    "+5",
    "1e50",
    "1e-50",
    "1e51",
    HUGE,
    "0." + "0" * 5_000 + "1",
    "1" + "0" * 400 + "%",
    "True",
    "None",
)
NAMES = (
    "",
    " ",
    "x",
    "赛道",
    "a;b",
    "type:x",
    "type:",
    "*",
    "a/b",
    "a@b",
    "a=b",
    "..",
    "../x",
    "con",
    "é" * 125,
    "长" * 85,
    "n" * 5_000,
    "\x1b[31mred\x1b[0m",
    "\x1b]0;title\x07",
    "bell\x07",
    "one\x0btwo",
    "one\x00two",
    "one\ntwo",
    "one\r\ntwo",
    "tab\there",
    "\x85",
    "\x9b2J",
    "\u202eabc",
    "\u2028",
    "\ufeff",
    "\u200b",
    "\ufffe",
    "\uffff",
    "\U0001f600",
    "\U000e0001",
    "<b>&amp;</b>",
    "]]>",
    "<script>alert(1)</script>",
    "_x000B_",
    "_x0041_",
    "=cmd|' /C calc'!A0",
    "+1",
    "@x",
    "-x",
    "'x",
    '"',
    "{name}",
    "%s",
    "合计",
    "track",
    "factor",
    "measure",
    "closed",
    "all",
    "nan",
    "None",
    "null",
    "0",
    "1",
    "True",
    "level",
    "value",
    "e\u0301",
    "ﬁ",
)
CHOICES = {
    "direction": ("max", "min", "MAX", "range"),
    "scope": ("track", "type", "city"),
    "kind": ("continuous", "integer", "binary", "semi", "floor", "cap", "requires", "excludes", "paper", "assumption"),
    "over": ("track", "type", "factor", "dimension", "stage", "measure", "all", ""),
    "of": ("closed", "r1", "funds", "m1", "m2"),
    "key": ("m1", "m2", "m1;m2", "t1", "f1", "a", "x", "k1"),
    "period": ("", "p1", "p2", "p3"),
    "track": ("*", "type:k1", "type:x", "t1", "a"),
    "parent": ("", "f1", "f2", "f", "g"),
    "up_to": ("", "0.5", "1", "1e-9", "0"),
    "lag": ("0", "1", "1", "2", "2", "99999999999999999999"),
    "carry": ("0", "0.5", "1"),
}
SETTINGS = {
    "weights": ("equal", "direct", "ahp", "entropy", "critic", "merec", "ahp+entropy", "swara", "", "no such"),
    "method": ("topsis", "vikor", "promethee_ii", "wsm", "electre_iii", "electre_tri", "copras", "spotis", "edas", "x"),
    "stance": ("even", "leaders", "laggards", "x"),
    "objective": ("weighted", "maxmin", "reach=0.3", "reach=1", "reach=nan", "reach=", "robust", "regret", "x"),
    "ticks": ("strength", "shortcoming"),
    "impute": ("", "mean", "median", "knn", "worst"),
    "missing": ("", "least_lambda", "harker"),
    "aggregation": ("aij", "aip"),
    "random_index": ("saaty", "alonso_lamata", "x"),
    "name_en": NAMES,
    "name_zh": NAMES,
}
TOML = {
    "discount": ("0.9", "1", "0", "-1", "1e-300", "nan", "inf", "1e400", '"0.9"', "true", "[1]", "9" * 5_000),
    "decay": ("0", "0.2", "0.999999999", "1", "nan", "1e-300", "0x10"),
    "periods": (
        '["p1"]',
        '["p1", "p2"]',
        '["p1", "p1"]',
        "[2026, 2027]",
        "[]",
        '"p1; p2"',
        "[[1]]",
        "[{a = 1}]",
        "[1.5, nan]",
    ),
    "lock": ('["m1=1"]', '["m1=0.5@t1"]', '["m1=1", "m1=0"]', '["m1=1e400"]', '["m1=nan"]', "[1]", '"m1=2"'),
    "forbid": ('["m1"]', '["m1@t1"]', '["m9"]', "1979-05-27", "true"),
    "mine": (
        "1979-05-27T07:32:00Z",
        "[" * 5_000 + "]" * 5_000,
        "[" * 90 + "]" * 90,
        "9" * 5_000,
        '"\\ud800"',
        '"\\u0000"',
        "{a = {b = 1}}",
    ),
}
ENCODINGS = ("utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "latin-1", "big5", "utf-7")

VERBS = (
    *["plan"] * 20,
    *["check"] * 8,
    *["rank"] * 6,
    *["export"] * 5,
    *["weights"] * 3,
    "explain",
    "frontier",
    "tipping",
    "stages",
    "compare",
    "robust",
    "sensitivity",
    "balance",
    "chains",
    "readings",
    "candidates",
    "productivity",
    "scenarios",
    "ask",
    "variants",
    "report",
    "new",
)
PLANNED = frozenset(
    (
        "plan",
        "explain",
        "frontier",
        "tipping",
        "stages",
        "balance",
        "chains",
        "readings",
        "candidates",
        "scenarios",
        "ask",
        "variants",
        "report",
    )
)
FIGURES = (
    *("0", "1", "0.5", "2", "0.1", "0.01") * 3,
    "1e9",
    "-1",
    "nan",
    "inf",
    "1e400",
    "1e-300",
    "x",
    "",
    "1e9999999%",
    HUGE,
)


@dataclass(frozen=True)
class Trial:
    """A case and a command. `files` hold it by path; `argv` names it as ``CASE`` and the file to write as ``OUT``."""

    seed: int
    files: dict[str, bytes]
    container: str
    argv: tuple[str, ...]
    told: tuple[str, ...] = field(default=())


@dataclass(frozen=True)
class Outcome:
    """What came of a trial: `faults` are sentences, none where all is as it should be."""

    status: int | None
    out: str
    err: str
    faults: list[str]


# --- valid cases ----------------------------------------------------------------------------------------------------


@cache
def base(number: int) -> dict[str, bytes]:
    """Return the files of a valid case: the small one, one of the framework, or a random one of some kind."""
    if number == 0:
        return {path: text.encode() for path, text in SMALL.items()}
    if number == 1:
        return files(new_case("框架", framework=True))
    with tempfile.TemporaryDirectory() as folder:
        write_random_case(
            Path(folder),
            number,
            tracks=2 + number % 3,
            factors=2 + number % 2,
            measures=2 + number % 4,
            resources=1 + number % 2,
            segments=number % 2 == 0,
            periods=(0, 0, 2, 3)[number % 4],
            kinds=number % 3 == 0,
            relations=number % 5 < 2,
        )
        return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(Path(folder).rglob("*")) if p.is_file()}


BASES = 22


def grid(data: bytes) -> Rows:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def text_of(rows: Rows, ends: str, between: str) -> str:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator=ends, delimiter=between).writerows(rows)
    return text.getvalue()


# --- what is spoilt ---------------------------------------------------------------------------------------------------


def draw(seed: int) -> Trial:
    """Return the trial of a seed."""
    rng = random.Random(f"fuzz {seed}")
    begun = base(rng.randrange(BASES))
    tables = {path: grid(data) for path, data in begun.items() if path.endswith(".csv")}
    toml = dict(line.split(" = ", 1) for line in begun["case.toml"].decode().splitlines())
    told = []
    for _ in range(rng.choice((0, 1, 1, 1, 2, 2, 3))):
        spoil = rng.choice(SPOILS)
        told.append(f"{spoil.__name__} {spoil(rng, tables, toml)}")
    lines = "".join(f"{key} = {value}\n" for key, value in toml.items())
    container = rng.choice(("folder", "folder", "zip", "xlsx", "xlsx"))
    if container == "xlsx":
        held = {"case.xlsx": workbook(rng, tables, toml)}
    else:
        look = rng.choice(["\n"] * 6 + ["\r\n", "\r"]), rng.choice([","] * 60 + [";", "\t"])
        held = {"case.toml": lines.encode("utf-8", "surrogatepass")}
        held |= {path: text_of(rows, *look).encode("utf-8", "surrogatepass") for path, rows in tables.items()}
        if rng.random() < 0.1:
            path = rng.choice(sorted(held))
            encoding = rng.choice(ENCODINGS)
            held[path] = held[path].decode("utf-8", "replace").encode(encoding, "replace")
            told.append(f"{path} in {encoding}")
        if rng.random() < 0.05:
            path = rng.choice(sorted(held))
            held[path] = scratched(rng, held[path])
            told.append(f"{path} scratched")
        if container == "zip":
            packed = io.BytesIO()
            with zipfile.ZipFile(packed, "w", rng.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))) as archive:
                for path, data in held.items():
                    archive.writestr(rng.choice(("", "", "folder/")) + path if rng.random() < 0.1 else path, data)
            held = {"case.zip": packed.getvalue()}
    if container != "folder" and rng.random() < 0.05:
        (path,) = held
        held[path] = scratched(rng, held[path])
        told.append("container scratched")
    return Trial(seed, held, container, command(rng, tables), tuple(told))


def scratched(rng: random.Random, data: bytes) -> bytes:
    """Return bytes with some of them changed, left out or put twice."""
    held = bytearray(data)
    for _ in range(rng.choice((1, 1, 3, 20))):
        at = rng.randrange(len(held) or 1)
        how = rng.randrange(4)
        if how == 0 and held:
            held[at] = rng.randrange(256)
        elif how == 1:
            del held[at : at + rng.choice((1, 10, 1000))]
        elif how == 2:
            held[at:at] = held[at : at + rng.choice((1, 10, 1000))]
        else:
            held[at:at] = rng.choice((b"\x00", b"\xff\xfe", b"\r", b'"', b",", b"\xed\xa0\x80", b"\x1b[2J", b"\x0b"))
    return bytes(held)


Tables = dict[str, Rows]
Toml = dict[str, str]
Spoil = Callable[[random.Random, Tables, Toml], str]


def place(rng: random.Random, tables: Tables) -> tuple[str, Rows, int, int]:
    """Return a table, and the row and column of a cell in it that is no heading."""
    path = rng.choice(sorted(path for path, rows in tables.items() if len(rows) > 1 and min(map(len, rows)) > 0))
    rows = tables[path]
    row = rng.randrange(1, len(rows))
    return path, rows, row, rng.randrange(len(rows[row]))


def a_place_of_figures(rng: random.Random, tables: Tables) -> tuple[str, Rows, int, int]:
    """Return the place of a number, in a matrix of judgements as seldom as it is wrong there alone."""
    for _ in range(40):
        path, rows, row, column = place(rng, tables)
        if is_number(rows[row][column]) and ("judgements" not in path or rng.random() < 0.1):
            break
    return path, rows, row, column


def is_number(text: str) -> bool:
    return bool(re.fullmatch(r"-?[0-9.]+", text))


def a_number(rng: random.Random, tables: Tables, toml: Toml) -> str:
    for _ in range(30):
        path, rows, row, column = place(rng, tables)
        if is_number(rows[row][column]) or rows[row][column] == "":
            break
    rows[row][column] = rng.choice(NUMBERS)
    return f"{path} {row} {column} {rows[row][column][:30]!r}"


def a_size(rng: random.Random, tables: Tables, toml: Toml) -> str:
    """A cell, or all of its column, moved by powers of ten or turned."""
    path, rows, row, column = a_place_of_figures(rng, tables)
    factor = rng.choice([10.0**k for k in (-12, -9, -6, -3, 3, 6, 9, 12)] + [-1.0, 0.0])
    for at in range(1, len(rows)) if rng.random() < 0.4 else [row]:
        if column < len(rows[at]) and is_number(rows[at][column]):
            rows[at][column] = repr(float(rows[at][column]) * factor)
    return f"{path} {row} {column} times {factor:g}"


def a_name(rng: random.Random, tables: Tables, toml: Toml) -> str:
    """A text wherever it stands: the id of a track and all that refer to it, so that it is read as a name too."""
    path, rows, row, column = place(rng, tables)
    old, new = rows[row][column], rng.choice(NAMES)
    if rng.random() < 0.5 and old and not is_number(old):
        for table in tables.values():
            for line in table:
                line[:] = [new if cell == old else cell for cell in line]
    else:
        rows[row][column] = new
    return f"{path} {row} {column} {new[:30]!r}"


def a_choice(rng: random.Random, tables: Tables, toml: Toml) -> str:
    found = [
        (path, rows[0].index(head), head)
        for path, rows in sorted(tables.items())
        for head in CHOICES
        if rows and head in rows[0]
    ]
    path, column, head = rng.choice(found)
    row = rng.choice(tables[path][1:] or [[]])
    if column < len(row):
        row[column] = rng.choice(CHOICES[head])
    return f"{path} {head} {row}"


def a_cell_of_another(rng: random.Random, tables: Tables, toml: Toml) -> str:
    path, rows, row, column = place(rng, tables)
    _, others, there, at = place(rng, tables)
    rows[row][column] = others[there][at]
    return f"{path} {row} {column} {others[there][at][:30]!r}"


def a_heading(rng: random.Random, tables: Tables, toml: Toml) -> str:
    path = rng.choice(sorted(tables))
    head = tables[path][0] if tables[path] else []
    if not head:
        return path
    at = rng.randrange(len(head))
    how = rng.randrange(5)
    if how == 0:
        head[at] = rng.choice((head[at][:-1], head[at].upper(), head[at] + "s", " " + head[at], "", head[0], *NAMES))
    elif how == 1:
        for row in tables[path]:
            del row[at : at + 1]
    elif how == 2:
        for row in tables[path]:
            row.insert(at, row[at] if at < len(row) else "")
    elif how == 3:
        tables[path].insert(0, ["一个标题"])
    else:
        to = rng.randrange(len(head))
        for row in tables[path]:
            if max(at, to) < len(row):
                row[at], row[to] = row[to], row[at]
    return f"{path} {at} {how}"


def a_row(rng: random.Random, tables: Tables, toml: Toml) -> str:
    path, rows, row, column = place(rng, tables)
    how = rng.randrange(6)
    if how == 0:
        del rows[row]
    elif how == 1:
        rows.append(list(rows[row]))
    elif how == 2:
        rows[row] = rows[row][:column]
    elif how == 3:
        rows[row] = rows[row] + ["x"]
    elif how == 4:
        rows.append(["合计", *rows[row][1:]])
    else:
        rows.insert(row, [])
    return f"{path} {row} {how}"


def a_table(rng: random.Random, tables: Tables, toml: Toml) -> str:
    path = rng.choice(sorted(tables))
    rows = tables[path]
    how = rng.randrange(7)
    if how == 0 and len(tables) > 4:
        del tables[path]
    elif how == 1:
        tables[path] = rows[:1]
    elif how == 2:
        tables[path] = []
    elif how == 3:
        tables[path] = [list(line) for line in zip(*rows, strict=False)]
    elif how == 4:
        tables[path] = [[rng.choice(NUMBERS + NAMES)]]
    elif how == 5:
        tables[f"judgements/{rng.choice(('j', 'factors@f1', '评委', 'long' * 20))}.csv"] = [list(row) for row in rows]
    else:
        rng.shuffle(rows)
    return f"{path} {how}"


def a_figure(rng: random.Random, tables: Tables, toml: Toml) -> str:
    """A number that may well stand there: the case is another one, and mostly a valid one."""
    path, rows, row, column = a_place_of_figures(rng, tables)
    own = [line[column] for line in rows[1:] if column < len(line)]
    rows[row][column] = rng.choice([*own, *own, "0", "1", "0.5", "2", "3", "0.001", "1000"])
    return f"{path} {row} {column} {rows[row][column]}"


def ids(tables: Tables, name: str) -> list[str]:
    return [row[0] for row in tables.get(f"{name}.csv", [])[1:] if row] or ["x"]


def a_rule(rng: random.Random, tables: Tables, toml: Toml) -> str:
    """A rule over what there is, or what there is not; most of its cells fit together."""
    rows = tables.setdefault("rules.csv", [])
    if not rows:  # or another spoiling has emptied it
        rows.append(["rule", "kind", "over", "key", "of", "amount", "share"])
    for _ in range(rng.choice((1, 1, 3))):
        kind = rng.choice(("floor", "cap", "cap", "requires", "excludes"))
        over, of = rng.choice(("track", "factor", "measure", "all")), rng.choice(["closed", *ids(tables, "resources")])
        key = "" if over == "all" else rng.choice(ids(tables, f"{over}s"))
        if kind == "requires":
            over, of, key = "measure", rng.choice(ids(tables, "measures")), rng.choice(ids(tables, "measures"))
        elif kind == "excludes":
            over, of, key = (
                "measure",
                "",
                ";".join(rng.sample(ids(tables, "measures"), 1) + ids(tables, "measures")[:1]),
            )
        bound = rng.choice((["1", ""], ["0", ""], ["1e9", ""], ["", "0.5"], ["", "1"], ["0.1", ""]))
        cells = {"kind": kind, "over": over, "key": key, "of": of, "amount": bound[0], "share": bound[1]}
        for head in CHOICES if rng.random() < 0.2 else ():
            cells[head] = rng.choice(CHOICES[head])
        rows.append([cells.get(head, "") if head != "rule" else f"new{len(rows)}" for head in rows[0]])
    return str(rows[-1])


def a_part(rng: random.Random, tables: Tables, toml: Toml) -> str:
    """An effect in parts of a level."""
    rows = tables.get("effects.csv", [["measure"]])
    if len(rows) > 1 and len(rows[0]) >= 4:
        if "up_to" not in rows[0]:
            rows[0].append("up_to")
        old = rng.choice(rows[1:])
        at = rows[0].index("up_to")
        if at < len(old) or rng.random() < 0.5:
            old[at:] = [rng.choice(("0.25", "0.5", "0.5", "1e-9"))]
        more = [*old[:3], rng.choice(("0.01", "0.001", "0", "1e-9", "0.5")), rng.choice(("", "", "0.75", "1e9", "0"))]
        rows.append(more)
        return str(more)
    return ""


def a_setting(rng: random.Random, tables: Tables, toml: Toml) -> str:
    if rng.random() < 0.5:
        key = rng.choice(sorted(SETTINGS))
        toml[key] = json.dumps(rng.choice(SETTINGS[key]), ensure_ascii=rng.random() < 0.5)
    else:
        key = rng.choice(sorted(TOML))
        toml[key] = rng.choice(TOML[key])
    return f"{key} = {toml[key][:40]}"


def a_tree(rng: random.Random, tables: Tables, toml: Toml) -> str:
    """Parents for the factors: a tree, a circle, or a chain."""
    rows = tables.get("factors.csv", [])
    if len(rows) < 3 or "factor" not in rows[0]:
        return ""
    at = rows[0].index("factor")
    if "parent" not in rows[0]:
        for n, row in enumerate(rows):
            row.append("" if n else "parent")
    ids = [row[at] for row in rows[1:] if at < len(row)]
    if rng.random() < 0.5:
        width = len(rows[0])
        rows.append((["above"] + [""] * width)[:width])
        ids.append("above")
    for row in rows[1:]:
        if rng.random() < 0.7 and ids:
            row[-1:] = [rng.choice([*ids, "above"])]
    return str(rows)[:80]


SPOILS: tuple[Spoil, ...] = (
    *[a_figure] * 8,
    *[a_size] * 4,
    *[a_rule] * 3,
    *[a_part] * 2,
    *[a_choice] * 2,
    *[a_setting] * 2,
    a_number,
    a_number,
    a_name,
    a_name,
    a_cell_of_another,
    a_heading,
    a_row,
    a_table,
    a_tree,
)


# --- workbooks --------------------------------------------------------------------------------------------------------


def workbook(rng: random.Random, tables: Tables, toml: Toml) -> bytes:
    """Return a workbook written part by part, with kinds of cells and parts of sheets that Excel would not write."""
    settings = [["key", "value"], *([key, value.strip('"')] for key, value in toml.items())]
    sheets = {"case": settings} | {path[:-4].replace("/", "."): rows for path, rows in tables.items()}
    parts: dict[str, str] = {}
    titles = [title[:31] for title in sheets]
    if rng.random() < 0.02:
        sheets, titles = {}, []
    rels = "".join(
        f'<Relationship Id="r{n}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" '
        f'Target="worksheets/sheet{n}.xml"/>'
        for n in range(len(titles))
    )
    listed = "".join(f'<sheet name={quoteattr(t)} sheetId="{n + 1}" r:id="r{n}"/>' for n, t in enumerate(titles))
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    parts["[Content_Types].xml"] = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/></Types>'
    )
    parts["_rels/.rels"] = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>'
    )
    parts["xl/_rels/workbook.xml.rels"] = (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{rels}</Relationships>'
    )
    parts["xl/workbook.xml"] = (
        f'<workbook {main} xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
        f"<sheets>{listed}</sheets></workbook>"
    )
    odd = rng.random() < 0.2
    for n, rows in enumerate(sheets.values()):
        body = "".join(
            f'<row r="{r}">{"".join(cell(rng, text, r, c, odd) for c, text in enumerate(row))}</row>'
            for r, row in enumerate(rows, 1)
        )
        extra = rng.choice(EXTRAS) if odd and rng.random() < 0.3 else ""
        parts[f"xl/worksheets/sheet{n}.xml"] = f"<worksheet {main}><sheetData>{body}</sheetData>{extra}</worksheet>"
    if odd and rng.random() < 0.2:
        parts.pop(rng.choice(sorted(parts)))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, text in parts.items():
            archive.writestr(path, text.encode("utf-8", "replace"))
    return packed.getvalue()


EXTRAS = (
    '<mergeCells count="1"><mergeCell ref="A1:B3"/></mergeCells>',
    '<mergeCells><mergeCell ref="A2:A1048576"/></mergeCells>',
    '<mergeCells><mergeCell ref="B2:XFD1048576"/></mergeCells>',
    '<mergeCells><mergeCell ref="zz"/></mergeCells>',
    "<mergeCells><mergeCell/></mergeCells>",
    '<dimension ref="A1:XFD1048576"/>',
    '<dimension ref="??"/>',
    "<sheetData/>",
)


def cell(rng: random.Random, text: str, row: int, column: int, odd: bool) -> str:
    if not text:
        return ""
    where = f"{chr(65 + column % 26)}{row}" if column < 26 else f"{chr(64 + column // 26)}{chr(65 + column % 26)}{row}"
    at = f'r="{where}"'
    if odd and rng.random() < 0.01:
        return rng.choice(
            (
                f"<c {at}><v>NaN</v></c>",
                f"<c {at}><v>1e999</v></c>",
                f'<c {at} t="e"><v>#REF!</v></c>',
                f"<c {at}><f>A1+1</f></c>",
                f'<c {at} t="b"><v>1</v></c>',
                f'<c {at} t="s"><v>99</v></c>',
                f'<c {at} t="s"><v>x</v></c>',
                f'<c {at} t="d"><v>2026-01-01</v></c>',
                f'<c {at} s="1"><v>45000</v></c>',
                '<c r="XFD1048576"><v>1</v></c>',
                '<c r="A0"><v>1</v></c>',
                '<c r="?"><v>1</v></c>',
                f'<c {at} t="z"><v>1</v></c>',
                f"<c {at}><v>-inf</v></c>",
                f"<c {at}><v>{'9' * 400}</v></c>",
                f'<c {at} t="b"><v>x</v></c>',
                '<c r="A99999999999999999999"><v>1</v></c>',
            )
        )
    if is_number(text) and rng.random() < 0.9:
        return f"<c {at}><v>{text}</v></c>"
    return f'<c {at} t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'


# --- commands ---------------------------------------------------------------------------------------------------------


def command(rng: random.Random, tables: Tables) -> tuple[str, ...]:
    """Return a verb with options, most of them valid."""
    verb = rng.choice(VERBS)
    lang = ["--lang", rng.choice(("en", "zh"))]
    if verb == "new":
        made = [rng.choice(NAMES + NUMBERS).replace("\x00", "") for _ in range(3)]
        return (
            verb,
            f"OUT{rng.choice(('.xlsx', '.zip', ''))}",
            "--yes",
            "--name",
            made[0],
            "--tracks",
            ";".join(made[:2]),
            "--resources",
            made[2],
            *lang,
        )
    if verb == "export":
        return (verb, "CASE", f"OUT{rng.choice(('.xlsx', '.xlsx', '.zip', ''))}", *lang)
    argv = [verb, "CASE", *lang]
    if verb == "report":
        argv += ["-o", "OUT.html"]
    else:
        if rng.random() < 0.6:
            argv.append("--json")
        if verb not in ("check",) and rng.random() < 0.25:
            argv += ["-o", f"OUT{rng.choice(('.json', '.csv', '.xlsx', '.html'))}"]
    if verb == "robust":
        argv += ["--samples", "50"]
    for _ in range(rng.choice((0, 0, 0, 1, 1, 2))):
        argv += option(rng, verb)
    return tuple(argv)


def option(rng: random.Random, verb: str) -> list[str]:
    if verb in ("rank", "plan") and rng.random() < 0.5:
        key = rng.choice(
            ("weights", "method", "ticks", "missing", "aggregation", "random_index", "stance", "objective")
        )
        if verb == "rank" and key in ("stance", "objective"):
            key = "weights"
        return [f"--{key.replace('_', '-')}", rng.choice(SETTINGS[key])]
    if verb in PLANNED:
        what = rng.choice(
            ("--budget", "--lock", "--forbid", "--objective", "--weights", "--stance", "--time-limit", "--region")
        )
        figure = rng.choice(FIGURES)
        return [
            what,
            {
                "--budget": f"{rng.choice(('funds', 'r1', 'r2', ''))}={figure}",
                "--objective": f"reach={figure}",
                "--lock": f"{rng.choice(('m1', 'm2@t1', 'grants'))}={figure}",
                "--forbid": rng.choice(("m1", "m1@t1", "m9", "")),
                "--weights": rng.choice((f"f1={figure},f2=1", "f=1,g=2", *SETTINGS["weights"])),
                "--stance": rng.choice(SETTINGS["stance"]),
                "--time-limit": rng.choice(("5", "0", "-1", "nan", "1e400", "x")),
                "--region": f"f1 >= {figure}",
            }[what],
        ]
    if verb == "robust":
        return rng.choice(
            (
                ["--region", f"f1 >= {rng.choice(FIGURES)}"],
                ["--spread", rng.choice(FIGURES)],
                ["--seed", rng.choice(FIGURES)],
            )
        )
    return []


# --- what came of it --------------------------------------------------------------------------------------------------


class Hung(BaseException):
    """A trial took longer than it may."""


@contextlib.contextmanager
def within(seconds: float) -> Iterator[None]:
    """End what works longer than this, or waits six times as long (another may use the processor), by an alarm."""

    def ring(*_: Any) -> None:
        raise Hung

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    timers = {signal.SIGALRM: (signal.ITIMER_REAL, 6 * seconds), signal.SIGPROF: (signal.ITIMER_PROF, seconds)}
    before = {number: signal.signal(number, ring) for number in timers}
    for timer, after in timers.values():
        signal.setitimer(timer, after)
    try:
        yield
    finally:
        for timer, _ in timers.values():
            signal.setitimer(timer, 0)
        for number, handler in before.items():
            signal.signal(number, handler)


RAW = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
"""Signs that steer a terminal or turn its text around."""
TOLERANCE = 1e-6


def put(trial: Trial, folder: Path, seconds: float = 40.0) -> Outcome:
    """Write the case of a trial into a folder, run its command in this process, and look at what came."""
    source, target = folder / "case", folder / "out"
    source.mkdir()
    for path, data in trial.files.items():
        (source / path).parent.mkdir(parents=True, exist_ok=True)
        (source / path).write_bytes(data)
    if trial.container != "folder":
        source = source / f"case.{trial.container}"
    argv = [
        a.replace("CASE", str(source)) if a == "CASE" else f"{target}{a[3:]}" if a.startswith("OUT") else a
        for a in trial.argv
    ]
    try:
        with within(seconds):
            ran = CliRunner().invoke(app, argv)
    except Hung:
        return Outcome(None, "", "", [f"no end within {seconds:g} seconds"])
    told = ran.stdout_bytes.decode("utf-8"), ran.stderr_bytes.decode("utf-8")
    faults = list(_faults(trial, ran.exit_code, *told))
    if ran.exception is not None and not isinstance(ran.exception, SystemExit):
        faults = ["".join(traceback.format_exception(ran.exception))]
    else:
        faults += _written(ran.exit_code, trial, source, target)
    return Outcome(ran.exit_code, *told, faults)


def _faults(trial: Trial, status: int, out: str, err: str) -> Iterator[str]:
    """Yield what is wrong with a status and what was told."""
    if status not in (0, 2, 3, 4):
        yield f"status {status}"
    for name, text in (("output", out), ("errors", err)):
        if found := RAW.search(text):
            yield f"{found[0]!r} in the {name}: {text[max(found.start() - 40, 0) : found.end() + 40]!r}"
        if "Traceback" in text:
            yield f"a traceback in the {name}"
    if status and not err.strip() and trial.argv[0] != "check":
        yield "an error without a word"
    if status and len(err) > 200_000:
        yield f"{len(err)} signs of errors"
    if "--json" in trial.argv and out:
        try:
            document = json.loads(out, parse_constant=_no_number)
        except ValueError as error:
            yield f"no JSON: {error}"
            return
        if trial.argv[0] == "plan" and status in (0, 4) and "certificate" in document:
            yield from _unproved(document)


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is no number")


def _unproved(document: dict[str, Any]) -> Iterator[str]:
    """Yield what the certificate of a plan that is shown denies."""
    proof = document["certificate"]
    if (proof.get("primal_violation") or 0.0) > TOLERANCE:
        yield f"shown, yet violated by {proof['primal_violation']:g}"
    if document["status"] == "optimal" and (gap := proof.get("gap")) is not None and gap > TOLERANCE:
        yield f"optimal, yet with a gap of {gap:g}"


def _written(status: int, trial: Trial, source: Path, target: Path) -> Iterator[str]:
    """Yield what is wrong with the files that were written: none on an error, whole and readable else."""
    made = [p for p in target.parent.iterdir() if p.name != "case"]
    if status in (2, 3) and made:
        yield f"{made[0].name} was written though the status is {status}"
    for path in made if not status else ():
        if trial.argv[0] in ("export", "new"):
            again, problems = read_case(path)
            if again is None:
                yield f"a case that is not read again: {problems[0].text()}"
            elif trial.argv[0] == "export" and again != read_case(source)[0]:
                yield "another case is read again"
        elif path.suffix == ".xlsx":
            CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
        elif path.suffix == ".json":
            json.loads(path.read_text("utf-8"), parse_constant=_no_number)
        elif found := re.search("[\x00-\x08\x0b\x0e-\x1f\x7f]", path.read_text("utf-8")):
            yield f"{found[0]!r} in {path.name}"


def run(seed: int, seconds: float = 40.0) -> Outcome:
    """Draw a trial and put it."""
    with tempfile.TemporaryDirectory() as folder:
        return put(draw(seed), Path(folder), seconds)
