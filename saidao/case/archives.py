"""Files packed as zip, as workbooks are too: measured before they are unpacked, and never written anywhere."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import PurePosixPath

from ..errors import CaseError, Problem
from .limits import LARGEST, LARGEST_RATIO, LARGEST_UNPACKED, MOST_MEMBERS

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def unpacked(data: bytes, name: str) -> dict[str, bytes]:
    """Return the contents of a zip file by path.

    Raises
    ------
    CaseError
        Too large, a bomb, encrypted, broken, an old workbook, or a path that leads outside.
    """
    if len(data) > LARGEST:
        raise _refused("too_large", name, found=_size(len(data)), most=_size(LARGEST))
    if data.startswith(OLE):
        encrypted = "EncryptedPackage".encode("utf-16-le") in data
        raise _refused("encrypted" if encrypted else "old_workbook", name, found=PurePosixPath(name).suffix)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = [member for member in archive.infolist() if not member.is_dir()]
            _measure(members, name)
            paths = [_path(member, name) for member in members]
            if twice := next((path for n, path in enumerate(paths) if path in paths[:n]), ""):
                raise _refused("zip_twice", name, found=twice)
            return {path: archive.read(member) for path, member in zip(paths, members, strict=True)}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, LookupError, ValueError, OSError) as error:
        raise _refused("broken", name, found=str(error)) from None


def _measure(members: list[zipfile.ZipInfo], name: str) -> None:
    whole = sum(member.file_size for member in members)
    bomb = any(m.file_size > 1_000_000 and m.file_size > LARGEST_RATIO * m.compress_size for m in members)
    if whole > LARGEST_UNPACKED or len(members) > MOST_MEMBERS or bomb:
        raise _refused("too_large", name, found=_size(whole), most=_size(LARGEST_UNPACKED))
    if any(member.flag_bits & 1 for member in members):
        raise _refused("encrypted", name)


def _path(member: zipfile.ZipInfo, name: str) -> str:
    """Return a member's path; where it is marked as no UTF-8, it may yet be, or GB18030, as Chinese systems write."""
    path = member.filename
    if not member.flag_bits & 0x800:
        raw = path.encode("cp437")
        try:
            path = raw.decode("utf-8")
        except UnicodeDecodeError:
            path = raw.decode("gb18030", errors="replace")
    path = path.replace("\\", "/")
    if path.startswith("/") or ".." in path.split("/") or ":" in path.split("/")[0]:
        raise _refused("zip_path", name, found=path)
    return path


def folder(contents: Mapping[str, bytes], name: str) -> dict[str, bytes]:
    """Return the files of the case in a zipped folder, by path from where its ``tracks.csv`` stands.

    Raises
    ------
    CaseError
        Several cases side by side.
    """
    roots = [PurePosixPath(p).parent for p in contents if PurePosixPath(p).name == "tracks.csv" and "__MACOSX" not in p]
    depth = min((len(root.parts) for root in roots), default=0)
    if len(nearest := sorted(str(root) for root in roots if len(root.parts) == depth)) > 1:
        raise _refused("zip_cases", name, found=", ".join(nearest))
    root = min(roots, key=lambda path: len(path.parts), default=PurePosixPath("."))
    return {
        str(PurePosixPath(path).relative_to(root)): data
        for path, data in contents.items()
        if PurePosixPath(path).is_relative_to(root)
    }


def repacked(contents: Mapping[str, bytes]) -> io.BytesIO:
    """Pack contents again, so that what reads them next cannot meet more than was measured."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for path, data in contents.items():
            archive.writestr(path, data)
    packed.seek(0)
    return packed


def _size(count: int) -> str:
    return f"{count / 1e6:.0f} MB" if count >= 1e6 else f"{count / 1e3:.0f} kB"


def _refused(code: str, name: str, found: str = "", **details: str) -> CaseError:
    return CaseError([Problem(code, name, found=found, details=details)])
