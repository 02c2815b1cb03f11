"""Files that users open: written whole or not at all, and never with a live formula in them."""

from __future__ import annotations

import contextlib
import csv
import io
import os
import tempfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from .errors import CaseError, Problem

SUFFIXES = (".json", ".csv", ".xlsx", ".html")


def check_output(path: Path) -> None:
    """Refuse a file that could not be written, before any work is done."""
    if path.suffix.lower() not in SUFFIXES:
        details = {"suffixes": ", ".join(SUFFIXES)}
        raise CaseError([Problem("output_suffix", str(path), found=path.suffix, details=details)])
    check_folder(path)


def check_folder(path: Path) -> None:
    """Refuse a file in a folder where none can be written."""
    if path.is_dir() or not path.parent.is_dir() or not os.access(path.parent, os.W_OK):
        raise CaseError([Problem("output_folder", str(path), found=str(path.parent))])


def write(path: Path, text: str, encoding: str = "utf-8") -> None:
    """Write *text* to *path* whole."""
    write_bytes(path, text.encode(encoding))


def write_bytes(path: Path, data: bytes) -> None:
    """Write *data* to *path* whole: to a file beside it first, which then takes its place."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        mask = os.umask(0)
        os.umask(mask)
        os.chmod(name, 0o666 & ~mask)
        os.replace(name, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise


def plain(cell: Any) -> Any:
    """Return a cell that a spreadsheet takes as data: a text that would start a formula gets an apostrophe."""
    if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return f"'{cell}"
    return "" if cell is None else cell


def to_csv(rows: Iterable[Mapping[str, Any]]) -> str:
    """Return rows as CSV text; the first row's keys are the header."""
    listed = list(rows)
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    if listed:
        writer.writerow(listed[0])
        writer.writerows([plain(value) for value in row.values()] for row in listed)
    return text.getvalue()


def save(
    path: Path,
    document: str,
    rows: Iterable[Mapping[str, Any]],
    workbook: Callable[[], bytes],
    page: Callable[[], str],
) -> None:
    """Write a result by its suffix: the whole as .json, .xlsx or .html, its main table as .csv (with Excel's mark)."""
    suffix = path.suffix.lower()
    if suffix == ".json":
        write(path, document + "\n")
    elif suffix == ".xlsx":
        write_bytes(path, workbook())
    elif suffix == ".html":
        write(path, page())
    else:
        write(path, to_csv(rows), encoding="utf-8-sig")
