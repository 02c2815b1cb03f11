"""Frictionless Data Package: a table schema for each table of a case, and the tables as CSV beside it.

The schemas are made of the registry of tables (`case/tables.py`), so that Excel, R, OpenRefine and Frictionless check a
table as reading a case does. The folder is at once a case's own. Standard: Data Package 1, https://datapackage.org.
"""

from __future__ import annotations

import codecs
import csv
import io
import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath
from typing import Any, Literal, get_args, get_origin

from annotated_types import Ge, Gt, Le, Lt

from ..case.case import Case, Table
from ..case.frames import from_frames
from ..case.grids import toml, unquoted
from ..case.limits import LARGEST_TABLE, LARGEST_TOML
from ..case.tables import BY_NAME, Row, columns_of, numeric, refs
from ..case.write import judgement_rows, table_rows, to_csv, to_toml
from ..errors import CaseError, Problem
from ..texts.say import WORDS, say
from .format import Left

DESCRIPTOR = "datapackage.json"
JUDGED = "judgements"


# --- out --------------------------------------------------------------------------------------------------------------


def write(case: Case, name: str) -> tuple[dict[str, bytes], list[Left]]:
    """Return the files of the package: the descriptor, the settings, and a CSV file a table.

    Raises
    ------
    CaseError
        The file is not called ``datapackage.json``.
    """
    if name != DESCRIPTOR:
        raise CaseError([Problem("descriptor", name, found=name)])
    present = {name: table for name, table in case.tables.items() if table.rows}
    settings = to_toml(case.settings.model_dump(exclude_unset=True))
    files = {"case.toml": settings}
    resources: list[dict[str, Any]] = [
        {"name": "case", "path": "case.toml", "format": "toml", "mediatype": "application/toml"}
    ]
    for table, held in present.items():
        files[f"{table}.csv"] = to_csv(table_rows(held))
        resources.append(_resource(table, f"{table}.csv", say(f"table.{table}", "en"), schema(case, table, present)))
    for number, (judge, judgement) in enumerate(sorted(case.judgements.items()), 1):
        path = f"{JUDGED}/{judge}.csv"
        files[path] = to_csv(judgement_rows(judgement))
        fields = [{"name": "factor", "type": "string", "constraints": {"required": True}}]
        fields += [{"name": one, "type": "number"} for one in judgement.labels]
        resources.append(_resource(f"{JUDGED}-{number}", path, judge, {"fields": fields, "missingValues": [""]}))
    descriptor = {
        "profile": "data-package",
        "name": re.sub(r"[^-a-z0-9._]+", "-", case.name.lower()).strip("-") or "case",
        "title": case.title("en"),
        "resources": resources,
    }
    packed = {path: text.encode() for path, text in files.items()}
    return {DESCRIPTOR: (json.dumps(descriptor, ensure_ascii=False, indent=2) + "\n").encode(), **packed}, []


def _resource(name: str, path: str, title: str, made: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": name,
        "title": title,
        "path": path,
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": made,
    }


def schema(case: Case, name: str, present: Mapping[str, Table]) -> dict[str, Any]:
    """Return the table schema of a table of a case: types, bounds and choices, its key, and whose ids it holds."""
    model, header = BY_NAME[name], case.tables[name].header
    own = {info.alias or field: field for field, info in model.model_fields.items()}
    numbers = numeric(model).union(*(case.tables[of].keys for of in columns_of(model)))
    fields = [
        _field(model, own[column], column)
        if column in own
        else {"name": column, "type": "number" if column in numbers else "any"}
        for column in header
    ]
    made: dict[str, Any] = {"fields": fields, "missingValues": [""]}
    key = [column for column in (model.model_fields[k].alias or k for k in model.key) if column in header]
    if key:
        made["primaryKey"] = key
    foreign = [
        {"fields": column, "reference": {"resource": "" if ref.to == name else ref.to, "fields": _first_key(ref.to)}}
        for column, ref in refs(model).items()
        if ref.only and column in header and ref.to in present
    ]
    if foreign:
        made["foreignKeys"] = foreign
    return made


def _first_key(table: str) -> str:
    model = BY_NAME[table]
    return model.model_fields[model.key[0]].alias or model.key[0]


def _field(model: type[Row], name: str, column: str) -> dict[str, Any]:
    info = model.model_fields[name]
    parts = list(_parts(info.annotation)) + info.metadata
    number = int in parts or float in parts
    made: dict[str, Any] = {"name": column, "type": "integer" if int in parts else "number" if number else "string"}
    for key, stem in (("title", "field"), ("description", "note")):
        texts = (f"{stem}.{model.table}.{column}", f"{stem}.{column}")
        if text := next((text for text in texts if text in WORDS), None):
            made[key] = say(text, "en")
    limits: dict[str, Any] = {"required": True} if info.is_required() else {}
    for part in parts:
        if isinstance(part, Ge):
            limits["minimum"] = part.ge
        elif isinstance(part, Le):
            limits["maximum"] = part.le
        elif get_origin(part) is Literal:
            limits["enum"] = [choice for choice in get_args(part) if choice]
        elif (pattern := getattr(part, "pattern", None)) is not None:
            limits["pattern"] = pattern
    bounds = [f"> {part.gt:g}" for part in parts if isinstance(part, Gt)]
    bounds += [f"< {part.lt:g}" for part in parts if isinstance(part, Lt)]
    if bounds:  # version 1 of the standard has no open bounds
        made["description"] = "; ".join(filter(None, [made.get("description", ""), *bounds]))
    return made | ({"constraints": limits} if limits else {})


def _parts(annotation: Any) -> Iterable[Any]:
    """Yield the types that an annotation is made of, and what is said beside them."""
    yield annotation
    yield from getattr(annotation, "metadata", ())  # of pydantic's Field, within Annotated
    if get_origin(annotation) is not Literal:
        for part in (*get_args(annotation), *getattr(annotation, "__metadata__", ())):
            yield from _parts(part)


# --- in ---------------------------------------------------------------------------------------------------------------


def read(data: bytes, path: Path) -> tuple[Case, list[Left]]:
    """Read a package: resources that are called as tables of a case, from CSV files beside it or in the descriptor.

    Dialects, encodings, missing values and headings of its own are heeded. Other resources are left out, and told.

    Raises
    ------
    CaseError
        No descriptor, a file that is missing or outside the package, and whatever reading the tables finds.
    """
    try:
        descriptor = json.loads(data.decode("utf-8-sig"))
        resources = [one for one in descriptor["resources"] if isinstance(one, dict)]
    except (UnicodeDecodeError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise CaseError([Problem("datapackage", path.name, found=str(error)[:80])]) from None
    tables: dict[str, Any] = {}
    judgements: dict[str, Any] = {}
    settings: Mapping[str, Any] = {"name_en": str(descriptor["title"])} if descriptor.get("title") else {}
    left: list[Left] = []
    problems: list[Problem] = []
    for resource in resources:
        name = str(resource.get("name", ""))
        at = str(resource.get("path", "")) if isinstance(resource.get("path", ""), str) else ""
        try:
            if name == "case" and at.endswith(".toml"):
                settings = toml(_bytes(at, path, LARGEST_TOML).decode("utf-8-sig"))
            elif at.startswith(f"{JUDGED}/") or name.partition("-")[0] == JUDGED:
                judgements[PurePosixPath(at).stem or str(resource.get("title") or name)] = _frame(resource, path)
            elif name in BY_NAME:
                tables[name] = _frame(resource, path)
            else:
                left.append(("format.resource", {"name": name or at or "?"}))
        except CaseError as error:
            problems += error.problems
        except (UnicodeDecodeError, LookupError, csv.Error, ValueError, TypeError) as error:
            problems.append(Problem("csv", at or name, found=str(error)[:80]))
    if "scores" not in tables and not problems:
        problems.append(Problem("missing_table", path.name, found=", ".join(str(one.get("name")) for one in resources)))
    if problems:
        raise CaseError(problems)
    name = path.resolve().parent.name if path.name == DESCRIPTOR else path.stem
    return from_frames(Case, tables.pop("scores"), name=name, settings=settings, judgements=judgements, **tables), left


def _bytes(at: str, descriptor: Path, most: int) -> bytes:
    """Return what a file of the package holds."""
    inside = PurePosixPath(at)
    if inside.is_absolute() or ".." in inside.parts or ":" in at.split("/")[0] or "\\" in at:
        raise CaseError([Problem("zip_path", descriptor.name, found=at)])
    file = descriptor.parent / inside
    try:
        if not file.is_file():
            raise CaseError([Problem("no_file", at)])
        if file.stat().st_size > most:
            what = {"most": f"{most:,}", "what": ("bytes", "字节")}
            raise CaseError([Problem("large_case", at, found=f"> {most:,}", details=what)])
        return file.read_bytes()
    except OSError as error:
        raise CaseError([Problem("unreadable", at, found=error.strerror or str(error))]) from None


def _frame(resource: Mapping[str, Any], descriptor: Path) -> Any:
    """Return a resource as a frame of texts, or of what the descriptor itself holds."""
    import pandas as pd  # takes a third of a second

    made = resource.get("schema") if isinstance(resource.get("schema"), dict) else {}
    fields = [one for one in made.get("fields", ()) if isinstance(one, dict)]  # type: ignore[union-attr]
    blank = set(made.get("missingValues", [""]))  # type: ignore[union-attr]
    if "data" in resource:
        rows = resource["data"]
        frame = pd.DataFrame(rows[1:], columns=rows[0]) if rows and isinstance(rows[0], list) else pd.DataFrame(rows)
        return frame.astype(object)
    paths = resource["path"] if isinstance(resource["path"], list) else [resource["path"]]
    dialect = resource.get("dialect") if isinstance(resource.get("dialect"), dict) else {}
    encoding = str(resource.get("encoding") or "utf-8")
    lines: list[list[str]] = []
    for part in paths:
        raw = _bytes(str(part), descriptor, LARGEST_TABLE)
        text = raw.removeprefix(codecs.BOM_UTF8).decode("utf-8-sig" if encoding.lower() == "utf-8" else encoding)
        lines += csv.reader(
            io.StringIO(text, newline=""),
            delimiter=str(dialect.get("delimiter", ",")),  # type: ignore[union-attr]
            quotechar=str(dialect.get("quoteChar", '"')),  # type: ignore[union-attr]
            doublequote=bool(dialect.get("doubleQuote", True)),  # type: ignore[union-attr]
            skipinitialspace=bool(dialect.get("skipInitialSpace", False)),  # type: ignore[union-attr]
            strict=True,
        )
    if dialect.get("header", True) and lines:  # type: ignore[union-attr]
        head, body = lines[0], lines[1:]
    else:
        head, body = [str(field.get("name", "")) for field in fields], lines
    body = [line for line in body if any(line)]
    if wrong := next((n for n, line in enumerate(body, 2) if len(line) > len(head)), None):
        raise CaseError([Problem("too_many_cells", str(paths[0]), wrong, "", details={"columns": len(head)})])
    decimal = {str(field.get("name")): str(field.get("decimalChar", ".")) for field in fields}
    group = {str(field.get("name")): str(field.get("groupChar", "")) for field in fields}
    cells = [[*line, *[""] * (len(head) - len(line))] for line in body]
    return pd.DataFrame(
        {
            n: [_text(line[n], blank, decimal.get(name, "."), group.get(name, "")) for line in cells]
            for n, name in enumerate(head)
        },
        dtype=object,
    ).set_axis(pd.Index(head, dtype=object), axis=1)


def _text(cell: str, blank: set[str], decimal: str, group: str) -> str:
    if cell in blank:
        return ""
    if group or decimal != ".":
        cell = (cell.replace(group, "") if group else cell).replace(decimal, ".")
    return unquoted(cell)
