"""Files and folders, written whole or not at all: nothing else in the package writes to a disk.

What is written is put together beside its place, under a name that `clear` knows, and then takes that place in one
step. A run that is killed in between leaves the old contents, and something hidden that the next run removes.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import re
import secrets
import shutil
import stat
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from .errors import CaseError, Problem

fcntl: Any = import_module("fcntl") if find_spec("fcntl") else None
"""Locks of files; Windows has others."""
PART = re.compile(r"\.saidao-[0-9a-f]+\.part")
"""Names of the folders in which something is put together."""
FORGOTTEN = 86_400.0
"""Seconds after which such a folder is a leftover where the system knows no locks."""


# --- what may be written ---------------------------------------------------------------------------------------------


def check_place(path: Path) -> None:
    """Refuse a file that could not be written, before any work is done.

    Raises
    ------
    CaseError
        A folder or a device stands there, or its folder does not exist or cannot be written to.
    """
    with as_output_error(path):
        real = Path(os.path.realpath(path))
        if real.exists() and not real.is_file():
            raise CaseError([Problem("output_file", str(path), found=path.name)])
        _check_folder(path, real.parent)


def check_suffix(path: Path, suffixes: Sequence[str]) -> None:
    """Refuse a file of a kind that is not written, before any work is done.

    Raises
    ------
    CaseError
        Its suffix is none of these.
    """
    if path.suffix.lower() not in suffixes:
        found = path.suffix or path.name
        raise CaseError([Problem("output_suffix", str(path), found=found, details={"suffixes": ", ".join(suffixes)})])


def check_folder_place(path: Path) -> None:
    """Refuse a folder that could not be written, before any work is done; raises as `check_place` does."""
    with as_output_error(path):
        real = Path(os.path.realpath(path))
        here = Path.cwd()
        if real.is_dir() and (here == real or real in here.parents):
            raise CaseError([Problem("output_here", str(path), found=str(path))])
        if os.path.ismount(real):
            raise CaseError([Problem("output_folder", str(path), found=str(path))])
        _check_folder(path, real.parent)


def _check_folder(path: Path, parent: Path) -> None:
    if not parent.is_dir() or not os.access(parent, os.W_OK):
        raise CaseError([Problem("output_folder", str(path), found=str(parent))])


def check_apart(path: Path, read: Path | None, is_input: Callable[[Path], bool] = lambda inside: True) -> None:
    """Refuse an output that would fall onto what is read, by whatever name, link or spelling it is called.

    Parameters
    ----------
    path : the file or folder that is to be written.
    read : the file or folder that is read, if there is one.
    is_input : of a folder that is read, whether a file at this path inside it is read; everything, if left out.
    """
    if read is None or not read.exists():
        return
    with as_output_error(path):
        real, source = Path(os.path.realpath(path)), Path(os.path.realpath(read))
        onto = real in (source, *source.parents) or (real.exists() and real.samefile(source))
        if not onto and source.is_dir():
            above = next((folder for folder in real.parents if folder.exists() and folder.samefile(source)), None)
            onto = above is not None and is_input(real.relative_to(above))
            if not onto and real.is_file():  # another name of a file that is read
                files = (file for depth in ("*", "*/*") for file in source.glob(depth) if file.is_file())
                onto = any(is_input(file.relative_to(source)) and file.samefile(real) for file in files)
        if onto:
            raise CaseError([Problem("output_input", str(path), found=str(path), details={"read": str(read)})])


def check_distinct(*paths: Path | None) -> None:
    """Refuse two outputs of one run that would be one file."""
    given = [path for path in paths if path is not None]
    real = [os.path.realpath(path) for path in given]
    for i, path in enumerate(given):
        if real[i] in real[:i]:
            raise CaseError([Problem("output_twice", str(path), found=str(path))])


@contextlib.contextmanager
def as_output_error(path: Path) -> Iterator[None]:
    """Tell what the system refuses (no room, no right, no such name) as a problem of this output."""
    try:
        yield
    except (OSError, ValueError) as error:
        found = getattr(error, "strerror", None) or str(error)
        raise CaseError([Problem("output_refused", str(path), found=found)]) from None


# --- writing ---------------------------------------------------------------------------------------------------------


def write_bytes(path: Path, data: bytes) -> None:
    """Write *data* to *path*, whole.

    A link stays a link, and what it leads to is replaced; a file that stands there keeps its mode and, where the system
    lets it, its owner.

    Raises
    ------
    CaseError
        It could not be written; what stood there still does.
    """
    with as_output_error(path):
        real = Path(os.path.realpath(path))
        with _part(real.parent) as part:
            _fill(part / "new", data, real)
            os.replace(part / "new", real)


def write_text(path: Path, text: str, encoding: str = "utf-8") -> None:
    """Write *text* to *path*, whole, as `write_bytes` does."""
    write_bytes(path, text.encode(encoding))


def write_folder(path: Path, contents: Mapping[str, bytes], drop: Callable[[Path], bool]) -> None:
    """Write files to a folder, whole; of a folder that stands there whatever is not written stays as it is.

    Parameters
    ----------
    path : the folder; a link to one stays a link.
    contents : the files, by their paths inside.
    drop : which files that stand there go though no other one takes their place, by their paths inside.

    Raises
    ------
    CaseError
        It could not be written; what stood there still does.
    """
    with as_output_error(path):
        real = Path(os.path.realpath(path))
        with _part(real.parent) as part:
            made = part / "new"
            if real.is_dir():
                written = {at for name in contents for at in (Path(name), *Path(name).parents)}
                _mirror(real, made, lambda inside: inside in written or drop(inside))
            else:
                made.mkdir()
            for name, data in contents.items():
                (made / name).parent.mkdir(exist_ok=True)
                _fill(made / name, data, real / name)
            _swap(made, real, part)


def clear(folder: Path) -> None:
    """Remove what runs that were killed have left in a folder; a folder that was lost half-way gets its place back."""
    for part in [entry for entry in folder.iterdir() if PART.fullmatch(entry.name)]:
        handle = _locked(part)
        if handle is None:
            continue
        with contextlib.suppress(OSError):
            if (part / "old").is_dir() and (part / "of").is_file():  # see `_swap`
                lost = folder / (part / "of").read_text("utf-8")
                if not lost.exists():
                    os.rename(part / "old", lost)
            shutil.rmtree(part)
        _unlock(handle)


@contextlib.contextmanager
def _part(folder: Path) -> Iterator[Path]:
    """Make a hidden folder to put something together in; whatever is left of it in the end is removed."""
    clear(folder)
    while True:
        part = folder / f".saidao-{secrets.token_hex(6)}.part"
        part.mkdir(mode=0o700)
        handle = _locked(part, make=True)
        if part.exists():  # else another run took it for a leftover before it was locked
            break
    try:
        yield part
    finally:
        shutil.rmtree(part, ignore_errors=True)
        _unlock(handle)


def _fill(part: Path, data: bytes, like: Path) -> None:
    """Write a new file with the mode and the owner of another one, if that exists."""
    old = like.stat() if like.exists() else None
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(part, flags, 0o666 if old is None else 0o600), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    if old is not None:
        _keep(part, old)


def _keep(part: Path, old: os.stat_result) -> None:
    """Give a file or folder the owner and the mode of another one."""
    with contextlib.suppress(OSError, AttributeError):  # who is not root gives nothing to others
        os.chown(part, old.st_uid, old.st_gid)
    os.chmod(part, stat.S_IMODE(old.st_mode))


def _mirror(folder: Path, made: Path, left_out: Callable[[Path], bool], inside: Path = Path()) -> None:
    """Make a folder of the same entries, its files by hard links, without some files.

    What is left out may not stand behind a link: what it leads to belongs to somebody else.
    """
    made.mkdir()
    for entry in folder.iterdir():
        at = inside / entry.name
        if entry.is_symlink():
            if left_out(at) or (entry.is_dir() and any(left_out(at / file.name) for file in entry.iterdir())):
                raise OSError(errno.ELOOP, f"{os.strerror(errno.ELOOP)}: {at.as_posix()}")
            (made / entry.name).symlink_to(os.readlink(entry))
        elif entry.is_dir():
            if os.path.ismount(entry):
                raise OSError(errno.EBUSY, f"{os.strerror(errno.EBUSY)}: {at.as_posix()}")
            _mirror(entry, made / entry.name, left_out, at)
        elif not left_out(at):
            try:
                os.link(entry, made / entry.name)
            except OSError:
                shutil.copy2(entry, made / entry.name)
    shutil.copystat(folder, made)
    _keep(made, folder.stat())


def _swap(made: Path, real: Path, part: Path) -> None:
    """Put a folder into the place of another one, in one step where the system has it."""
    if not real.exists():
        os.rename(made, real)
    elif not _exchanged(made, real):
        (part / "of").write_text(real.name, encoding="utf-8")
        os.rename(real, part / "old")
        try:
            os.rename(made, real)
        except OSError:
            os.rename(part / "old", real)
            raise


def _exchanged(one: Path, other: Path) -> bool:
    """Exchange two folders in one step; whether the system did."""
    with contextlib.suppress(OSError, AttributeError):
        library = ctypes.CDLL(None)
        first, second = os.fsencode(one), os.fsencode(other)
        system = str(sys.platform)
        if system == "linux":
            here, exchange = -100, 2  # AT_FDCWD, RENAME_EXCHANGE
            return int(library.renameat2(here, first, here, second, exchange)) == 0
        if system == "darwin":
            return int(library.renamex_np(first, second, 2)) == 0  # RENAME_SWAP
    return False


def _locked(part: Path, make: bool = False) -> int | None:
    """Lock a folder of parts, which ends with the run however that ends; None where another run holds it.

    Where the system knows no such locks, -1; but None of another run's young one.
    """
    unknown = -1 if make else None
    with contextlib.suppress(OSError):
        unknown = -1 if make or time.time() - part.stat().st_mtime > FORGOTTEN else None
    if fcntl is None:
        return unknown
    handle = -1
    try:
        handle = os.open(part, os.O_RDONLY)
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        _unlock(handle)
        return None if isinstance(error, BlockingIOError) else unknown
    return handle


def _unlock(handle: int | None) -> None:
    if handle is not None and handle >= 0:
        os.close(handle)
