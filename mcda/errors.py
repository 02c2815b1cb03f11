"""The error of input that a method is not defined for: what was found, what is expected, how to mend it."""

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
    close : str
        The valid name that is nearest to what was found.
    """

    def __init__(
        self, code: str, where: str, found: str, expected: str, remedy: str = "", close: str | None = None
    ) -> None:
        self.code = code
        self.where = where
        self.found = found
        self.expected = expected
        self.close = close
        self.remedy = remedy
        tail = (f" {remedy}" if remedy else "") + (f" Did you mean '{close}'?" if close else "")
        super().__init__(f"{where}: found {found}; expected {expected}.{tail}")

    def within(self, place: str) -> InputError:
        """Return the same error with *place* before its own place: ``"judge 'ann': pairwise, ..."``."""
        where = f"{place}: {self.where}" if place else self.where
        return InputError(self.code, where, self.found, self.expected, self.remedy, self.close)


def closest(name: str, valid: list[str]) -> str | None:
    """Return the valid name closest to *name*, None where none is near."""
    import difflib  # late: only an error needs it

    lower = {each.lower(): each for each in reversed(valid)}
    close = difflib.get_close_matches(name.lower(), lower, n=1)
    return lower[close[0]] if close else None
