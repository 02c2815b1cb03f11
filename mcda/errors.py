"""What a method cannot take, told so that the reader can mend it."""

from __future__ import annotations


class InputError(ValueError):
    """Input outside a method's domain.

    Parameters
    ----------
    code : str
        Stable name of the error, for translations and tests.
    where : str
        The place: ``"weights"``, ``"matrix, criterion 'price'"``.
    found, expected, remedy : str
        What stands there, what has to, and how to mend it.
    """

    def __init__(self, code: str, where: str, found: str, expected: str, remedy: str = "") -> None:
        self.code = code
        self.where = where
        self.found = found
        self.expected = expected
        self.remedy = remedy
        tail = f" {remedy}" if remedy else ""
        super().__init__(f"{where}: found {found}; expected {expected}.{tail}")


def nearest(name: str, valid: list[str]) -> str:
    """Return ``" Did you mean 'x'?"`` for the valid name closest to *name*, or nothing."""
    import difflib

    close = difflib.get_close_matches(name.lower(), valid, n=1)
    return f"Did you mean '{close[0]}'?" if close else ""
