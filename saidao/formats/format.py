"""What a format is: how a case is read from it and written to it, and what is left out on the way."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from ..case.case import Case

Left = tuple[str, Mapping[str, object]]
"""What is not carried over: the name of its sentence, and what fills it in."""


@dataclass(frozen=True)
class Format:
    """One format.

    Attributes
    ----------
    name : of its sentences, ``format.NAME``.
    suffixes : of its files.
    read : from the bytes of a file, and its path, to a case and what was left out; None where there is no way back.
    write : from a case and the file's name to files by their path beside it, and what was left out; raises `CaseError`
        where the case cannot be written so.
    folder : whether it is a folder, of which the file is the description.
    """

    name: str
    suffixes: tuple[str, ...]
    read: Callable[[bytes, Path], tuple[Case, list[Left]]] | None
    write: Callable[[Case, str], tuple[dict[str, bytes], list[Left]]]
    folder: bool = False
