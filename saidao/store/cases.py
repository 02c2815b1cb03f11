"""Cases as contents: a case is held as the files that it was read from, so that it can be read again as it was.

Its manifest is JSON: what the case is called (`name`, `source`), and the digest of each file. A case that was made in
memory, or whose files have changed since, is held as the files that it would be written as.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from ..case import Case, load_case
from ..case.read import is_input, read_files, shipped
from ..case.write import files
from ..errors import CaseError
from ..study.record import digest
from .contents import Contents
from .log import plain


def with_files(path: str | Path) -> tuple[Case, Mapping[str, bytes] | None]:
    """Return a case and the files that it was read from; None for these where they changed meanwhile.

    Raises
    ------
    CaseError
        As `saidao.load_case` does.
    """
    at = shipped().get(str(path), Path(path))
    before = _files_at(at) if at.exists() else None
    case = load_case(path)
    same = before is not None and case.path == at and before == _files_at(at)
    return case, before if same else None


def hold(
    contents: Contents,
    case: Case,
    originals: Mapping[str, bytes] | None = None,
    read: Mapping[str, bytes] | None = None,
) -> str:
    """Hold a case; return the digest of its manifest.

    *originals* are the files that it was read from, by their paths; those at the case's own path if left out. They are
    read again, to see whether they still say the same, but not those of which `with_files` tells: *read*.
    """
    found = _originals(case, originals) if read is None else read
    manifest = {
        "name": case.name,
        "source": source(case),
        "files": {path: contents.put(data) for path, data in sorted(found.items())},
    }
    return contents.put(plain(manifest).encode())


def held(contents: Contents, manifest: str) -> Case:
    """Return the case of a manifest.

    Raises
    ------
    CaseError
        This version of the package finds errors in it.
    """
    told = json.loads(contents.get(manifest))
    known = {path: contents.get(name) for path, name in told["files"].items()}
    at = told["source"]
    path = shipped().get(at) or (Path(at) if at else None)
    return replace(_read(known, told["name"]), name=told["name"], path=path)


def _read(known: Mapping[str, bytes], name: str) -> Case:
    case, problems = read_files(known, name)
    errors = [problem for problem in problems if problem.level == "error"]
    if case is None or errors:
        raise CaseError(errors)
    return case


def source(case: Case) -> str:
    """Return where a case is read from, as it was typed; a shipped one by its name."""
    if case.path is None:
        return ""
    return case.name if case.path == shipped().get(case.name) else str(case.path)


def _originals(case: Case, given: Mapping[str, bytes] | None) -> Mapping[str, bytes]:
    """Return the files that a case was read from if they still say the same, or else those it would be written as."""
    try:
        found = given or (_files_at(case.path) if case.path is not None else {})
        if found and digest(_read(found, case.name)) == digest(case):
            return found
    except (OSError, CaseError):
        pass
    return files(case)


def _files_at(path: Path) -> dict[str, bytes]:
    if path.is_file():
        return {path.name: path.read_bytes()}
    inside = (file.relative_to(path) for depth in ("*", "judgements/*") for file in path.glob(depth))
    return {at.as_posix(): (path / at).read_bytes() for at in inside if is_input(at)}
