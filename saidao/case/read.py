"""Read a case from wherever its tables stand: every problem is collected before anything is raised."""

from __future__ import annotations

import gc
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from importlib.resources import files
from itertools import chain
from pathlib import Path
from types import MappingProxyType

from ..arguments import checked
from ..errors import CaseError, Problem, capped, nearest
from ..files import check_apart
from . import archives
from .case import Case, Table
from .checks import CHECKS
from .grids import BYTES, FILES, Files, OneFile, Source, too_many
from .limits import LARGEST, LARGEST_UNPACKED, MOST_ALIKE, MOST_MEMBERS
from .parse import Places, read_one, read_tables
from .tables import BY_NAME, Row


def shipped() -> dict[str, Path]:
    """Return the shipped cases by name."""
    root = Path(str(files("saidao.data")))
    return {path.parent.name: path.parent for path in sorted(root.glob("*/tracks.csv"))}


def located(source: str | Path | Case) -> Path | None:
    """Return where a case is read from: a folder or a file; None of one that comes from no file."""
    if isinstance(source, Case):
        return source.path
    return shipped().get(str(source)) or Path(source)


def is_input(inside: Path) -> bool:
    """Whether a case's folder is read from a file at this path inside it.

    >>> is_input(Path("rules.csv")), is_input(Path("judgements/me.csv")), is_input(Path("plan.csv"))
    (True, True, False)
    """
    name = inside.as_posix()
    return bool(
        name == "case.toml"
        or re.fullmatch(r"judgements/[^/]+\.csv", name)
        or (name.endswith(".csv") and name[:-4] in BY_NAME)
    )


def check_not_read(path: Path, source: str | Path | Case, *, folder: bool = False) -> None:
    """Refuse to write onto what a case is read from: its file, or a table, also one that its folder has not yet.

    *folder*: a case is written, for which no place inside the folder is left.
    """

    def reads(inside: Path) -> bool:
        # there are file systems that do not tell RULES.CSV from rules.csv
        return folder or is_input(Path(inside.as_posix().casefold()))

    check_apart(path, located(source), reads)


@checked
def load_case(source: str | Path | Case) -> Case:
    """Read a case and check it.

    Parameters
    ----------
    source : str, Path or Case
        The name of a shipped case (``"shanghai"``), a folder, a workbook (.xlsx) or a zipped folder; a `Case` is
        returned as it is.

    Returns
    -------
    Case
        What is suspicious but no error stands in its `warnings`.

    Raises
    ------
    CaseError
        Something is missing or wrong. `problems` holds all that was found, each with file, row, column, what was
        found, what was expected, and how to mend it.

    Examples
    --------
    >>> case = load_case("shanghai")
    >>> case.track_ids[:2], len(case.measures), case.warnings
    (('quantum', 'biotech'), 42, ())
    """
    if isinstance(source, Case):
        return source
    case, problems = read_case(source)
    errors = [p for p in problems if p.level == "error"]
    if errors or case is None:
        raise CaseError(errors)
    return case


def read_case(source: str | Path) -> tuple[Case | None, list[Problem]]:
    """Read a case and return it with everything found, errors and warnings; None where it cannot be used."""
    known = shipped()
    path = known.get(str(source)) or Path(source)
    try:
        if path.is_dir():
            return _read(_folder(path), path)
        if not path.is_file():
            details = {"known": ", ".join(known), "nearest": nearest(str(source), known)}
            return None, [Problem("no_case", file=str(source), details=details)]
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except CaseError as error:
        return None, list(error.problems)
    except OSError as error:
        return None, [Problem("unreadable", file=str(source), found=error.strerror or str(error))]
    return read_upload(data, str(source), path)


def read_upload(data: bytes, name: str, path: Path | None = None) -> tuple[Case | None, list[Problem]]:
    """Read a case from a workbook or a zipped folder in memory; *name* is its file's name. Nothing is written.

    Returns
    -------
    (Case or None, list of Problem)
        As `read_case`. What the file is, its content says, not its suffix.
    """
    try:
        source = _opened(data, name)
    except CaseError as error:
        return None, list(error.problems)
    return _read(source, path)


def read_table(path: str | Path, model: type[Row]) -> Table:
    """Read one table from a file of its own: a CSV file, or the sheet of its name in a workbook.

    Raises
    ------
    CaseError
        The file cannot be read, lacks the table, or holds cells that are wrong; with every problem found.
    """
    table, problems = read_rows(path, model)
    if problems:
        raise CaseError(problems)
    return table


def read_rows(path: str | Path, model: type[Row]) -> tuple[Table, list[Problem]]:
    """Return the rows of a table that can be read from a file of its own, as `read_table`, and what is wrong in others.

    Raises
    ------
    CaseError
        The file cannot be read, or lacks the table or columns of it.
    """
    path = Path(path)
    try:
        data = _bytes(path, path.parent)
    except OSError as error:
        raise CaseError([Problem("unreadable", file=str(path), found=error.strerror or str(error))]) from None
    source: Source
    if data.startswith((b"PK", archives.OLE)):
        from .sheets import Workbook  # as in `_opened`

        source = Workbook(path.stem, archives.unpacked(data, path.name), path.name)
    else:
        source = OneFile(path.name, partial(bytes, data))
    table = read_one(source, model)
    problems = [problem for problem in source.problems if problem.level == "error"]
    if not table.present:
        raise CaseError(problems or [Problem("missing_table", path.name, details={"nearest": None})])
    return table, problems


def read_files(contents: Mapping[str, bytes], name: str) -> tuple[Case | None, list[Problem]]:
    """Read a case called *name* from its files in memory, by their paths: a folder's, or the one packed file."""
    only, *others = contents
    if not others and contents[only].startswith(b"PK"):
        return read_upload(contents[only], only)
    return _read(Files(name, {at: partial(bytes, held) for at, held in contents.items()}), None)


def _opened(data: bytes, name: str) -> Source:
    stem = Path(name).stem
    if not data.startswith((b"PK", archives.OLE)):
        raise CaseError([Problem("no_workbook", name, found=Path(name).suffix)])
    contents = archives.unpacked(data, name)
    if "[Content_Types].xml" in contents:
        from .sheets import Workbook  # its reader takes a while to load, and most cases are folders

        return Workbook(stem, contents, name)
    return Files(stem, {at: partial(bytes, held) for at, held in archives.folder(contents, name).items()})


def _folder(path: Path) -> Files:
    settings = path / "case.toml"
    files = [*path.glob("*.csv"), *path.glob("judgements/*.csv"), *([settings] if os.path.lexists(settings) else [])]
    whole = sum(file.stat().st_size for file in files if file.is_file())
    if whole > LARGEST_UNPACKED:
        raise CaseError([too_many(str(path), whole, LARGEST_UNPACKED, BYTES)])
    if len(files) > MOST_MEMBERS:
        raise CaseError([too_many(str(path), len(files), MOST_MEMBERS, FILES)])
    return Files(path.resolve().name, {f.relative_to(path).as_posix(): partial(_bytes, f, path) for f in files})


def _bytes(file: Path, folder: Path) -> bytes:
    """Return what a file holds, if it is one: a pipe would be waited for, and a device never ends."""
    if not file.is_file():
        raise CaseError([Problem("no_file", file.relative_to(folder).as_posix())])
    return file.read_bytes()


ROOTS = {
    *("unreadable", "no_file", "encoding", "utf16", "csv", "toml", "broken", "large_sheet", "large_case", "empty_file"),
    *("sheet_twice", "missing_table", "missing_column", "duplicate_column", "misspelt"),
}
"""Problems of a whole table: they come first, and problems that only follow from them are left out."""

REFERRED = {"case.toml": ("case", "budgets"), "type": ("types", "tracks")} | {
    name: (f"{name}s",) for name in ("track", "factor", "measure")
}
"""Tables whose ids are called by another name in checks, by that name."""


def read_source(source: Source, kept: Mapping[str, Table] = MappingProxyType({})) -> Case:
    """Return the case in a source, the tables in *kept* taken as they are; all errors in one `CaseError`."""
    case, problems = _read(source, None, kept)
    if case is None:
        raise CaseError([p for p in problems if p.level == "error"])
    return case


@contextmanager
def _uncollected() -> Iterator[None]:
    """Look for no garbage meanwhile: what reading makes is kept, and to look through it takes as long as to make it."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


@_uncollected()
def _read(
    source: Source, path: Path | None, kept: Mapping[str, Table] = MappingProxyType({})
) -> tuple[Case | None, list[Problem]]:
    places = Places()
    case = read_tables(source, path, places, kept)
    lost = {p.file for p in source.problems if p.code in ROOTS and p.level == "error"}
    checked = (p for check in CHECKS for p in check.found(case) if not _follows(p, lambda of: source.label(of) in lost))
    found = capped(_once(chain(source.problems, checked)), MOST_ALIKE)
    problems = [places.told(source.placed(problem, places.columns)) for problem in sorted(found, key=_order)]
    if any(p.level == "error" for p in problems):
        return None, problems
    return replace(case, warnings=tuple(problems)), problems


def _once(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Yield each problem once: a cell that stands for many rows would be told with each of them."""
    told = set()
    for problem in problems:
        key = (problem.code, problem.file, problem.row, problem.column, problem.found)
        if problem.row is None or key not in told:
            told.add(key)
            yield problem


def _order(problem: Problem) -> tuple[bool, str, int]:
    last = "\U0010ffff" if problem.code == "more_alike" and not problem.file else problem.file
    return problem.code not in ROOTS, last, problem.details.get("before", problem.row) or 0


def _follows(problem: Problem, lost: Callable[[str], bool]) -> bool:
    """Whether an id is unknown only because its table could not be read."""
    of = problem.details.get("of", "")
    return problem.code == "unknown_id" and any(map(lost, REFERRED.get(of, (of,))))
