"""Cases in and out by the suffix of a file; what a format cannot hold is told, and what it cannot be is an error."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from ..arguments import checked
from ..case.case import Case
from ..case.limits import LARGEST_TABLE
from ..case.read import load_case
from ..errors import CaseError, Problem
from ..files import check_folder_place, check_place, write_bytes, write_folder
from ..texts.say import say
from . import datapackage, pabulib, programme, xmcda
from .format import Format, Left

FORMATS: tuple[Format, ...] = (
    Format("pabulib", (".pb",), pabulib.read, pabulib.write),
    Format("xmcda", (".xmcda", ".xml"), xmcda.read, xmcda.write),
    Format("datapackage", (".json",), datapackage.read, datapackage.write, folder=True),
    Format("mps", (".mps",), None, programme.write_mps),
    Format("lp", (".lp",), None, programme.write_lp),
)
"""All of them; a workbook, a folder and a zipped folder are a case's own forms (`save_case`, `load_case`)."""


def format_of(path: str | Path) -> Format | None:
    """Return the format of a file's name, if it is one of `FORMATS`.

    >>> format_of("city.pb").name, format_of("city.xlsx")
    ('pabulib', None)
    """
    suffix = Path(path).suffix.lower()
    return next((one for one in FORMATS if suffix in one.suffixes), None)


def known_format(path: Path, *, to_read: bool) -> Format:
    """Return the format of a file's name; raises `CaseError` where there is none."""
    found = format_of(path)
    if found is None or (to_read and found.read is None):
        suffixes = ", ".join(s for one in FORMATS if not to_read or one.read is not None for s in one.suffixes)
        raise CaseError([Problem("format", str(path), found=path.suffix, details={"suffixes": suffixes})])
    return found


def read_as(path: Path) -> tuple[Case, list[Left]]:
    """Read a case from a file of one of `FORMATS`, and what of the file is no part of it."""
    reader = known_format(path, to_read=True).read
    assert reader is not None
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_TABLE + 1)
    except OSError as error:
        raise CaseError([Problem("unreadable", str(path), found=error.strerror or str(error))]) from None
    if len(data) > LARGEST_TABLE:
        most = {"most": f"{LARGEST_TABLE:,}", "what": ("bytes", "字节")}
        raise CaseError([Problem("large_case", str(path), found=f"> {LARGEST_TABLE:,}", details=most)])
    return reader(data, path)


def write_as(case: Case, path: Path, overwrite: bool) -> list[Left]:
    """Write a case to a file of one of `FORMATS`, whole or not at all; return what the format does not hold."""
    chosen = known_format(path, to_read=False)
    check_export(path, overwrite)
    files, left = chosen.write(case, path.name)
    if chosen.folder:
        write_folder(path.parent, files, lambda inside: False)
    else:
        ((_, data),) = files.items()
        write_bytes(path, data)
    return left


def check_export(path: Path, overwrite: bool) -> None:
    """Refuse a place where something stands already, or nothing can be written, before any work is done."""
    folder = known_format(path, to_read=False).folder
    place = path.parent if folder else path
    blank = folder and (not place.exists() or (place.is_dir() and not any(place.iterdir())))
    if place.exists() and not blank and not overwrite:
        raise CaseError([Problem("exists", str(path), found=str(place))])
    (check_folder_place if folder else check_place)(place)


def told(left: Iterable[Left], lang: str) -> list[str]:
    """Say what was left out, a sentence each."""
    return [say(name, lang, **details) for name, details in left]


@checked
def import_case(path: str | Path) -> Case:
    """Read a case from a file in a format of the field; its suffix says which.

    Parameters
    ----------
    path : str or Path
        A participatory budget of PabuLib (``.pb``), XMCDA (``.xml``, ``.xmcda``), or a Frictionless Data Package
        (its ``datapackage.json``). Tables of a planner's own are read by `import_table`.

    Raises
    ------
    CaseError
        What cannot be read, each problem with its place.

    Examples
    --------
    >>> import tempfile
    >>> shanghai = load_case("shanghai")
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     import_case(export_case(shanghai, Path(folder, "city", "datapackage.json"))) == shanghai
    True
    """
    return read_as(Path(path))[0]


@checked
def export_case(case: Case | str | Path, path: str | Path, *, overwrite: bool = False) -> Path:
    """Write a case to a file in a format of the field, whole or not at all; its suffix says which.

    Parameters
    ----------
    case : a `Case`, the name of a shipped one, a folder or a workbook.
    path : str or Path
        ``.pb`` (PabuLib), ``.xml`` or ``.xmcda`` (XMCDA: the decision, no measures), ``datapackage.json`` (Frictionless
        Data Package: its folder is written), ``.mps`` or ``.lp`` (the planning programme of the case's defaults).
    overwrite : bool
        Whether to replace what stands there.

    Returns
    -------
    Path
        *path*.

    Raises
    ------
    CaseError
        A case that the format cannot hold, or a place where it cannot be written.
    """
    write_as(load_case(case), Path(path), overwrite)
    return Path(path)
