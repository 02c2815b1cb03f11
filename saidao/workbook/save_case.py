"""Write a case as a folder, a workbook or a zipped folder, as its suffix says: read back, it is the same case."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ..arguments import checked
from ..case.case import Case
from ..case.read import is_input
from ..case.write import files, zipped
from ..errors import CaseError, Problem
from ..files import as_output_error, check_folder_place, check_place, write_bytes, write_folder
from .case_sheets import case_workbook

PACKED: dict[str, Callable[[Case, str], bytes]] = {".xlsx": case_workbook, ".zip": lambda case, _: zipped(case)}
"""What makes a case one file, by suffix; it is told the file's name."""

OTHER_FILES = frozenset(
    [".csv", ".json", ".html", ".htm", ".pdf", ".txt", ".toml", ".xls", ".xlsm", ".xlsb", ".ods", ".tar", ".gz", ".7z"]
)
"""Endings of files that no case is written as: a folder of such a name is a mistake."""


@checked
def save_case(case: Case, path: str | Path, *, overwrite: bool = False) -> Path:
    """Write a case, whole or not at all: read back, it is equal.

    Columns of a user's own are kept; comments of ``case.toml`` are not.

    Parameters
    ----------
    case : Case
    path : str or Path
        A workbook (``.xlsx``), a zipped folder (``.zip``), or else a folder.
    overwrite : bool
        Whether to replace what stands there. Of a folder only what a case is read from is replaced, and deleted where
        this case lacks it.

    Returns
    -------
    Path
        *path*.

    Raises
    ------
    CaseError
        Something stands there already and *overwrite* is false, *path* ends like a file of another kind, or it cannot
        be written.

    Examples
    --------
    >>> import tempfile
    >>> from saidao.case import load_case
    >>> case = load_case("shanghai")
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     load_case(save_case(case, Path(folder, "mine.xlsx"))) == case
    True
    """
    path = Path(path)
    check_target(path, overwrite)
    if path.suffix.lower() in PACKED:
        write_bytes(path, PACKED[path.suffix.lower()](case, path.name))
    else:
        write_folder(path, files(case), is_input)
    return path


def check_target(path: Path, overwrite: bool = False) -> None:
    """Refuse to write a case where something stands already, or nothing can be written."""
    with as_output_error(path):
        packed, folder = path.suffix.lower() in PACKED, path.is_dir()
        blank = folder and not any(path.iterdir())
        if path.exists() and not blank and not overwrite:
            raise CaseError([Problem("exists", str(path), found=path.name)])
        if folder == packed and path.exists():
            raise CaseError([Problem("other_kind", str(path), found=path.name)])
        if path.suffix.lower() in OTHER_FILES and not folder:
            details = {"suffixes": ".xlsx, .zip"}
            raise CaseError([Problem("output_suffix", str(path), found=path.suffix, details=details)])
    (check_place if packed else check_folder_place)(path)
