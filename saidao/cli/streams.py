"""Standard streams that hold the answer and nothing else, and that may be closed, left by their reader, or full."""

from __future__ import annotations

import io
import os
import sys
from typing import Any


class Leaving(io.FileIO):
    """A stream that goes on when its reader has gone: files that were asked for are written all the same.

    `failed` is the error of a stream that could not take what was written for another reason, such as a full disk.
    """

    failed: OSError | None = None

    def write(self, data: Any) -> int:
        """Write, or let it go."""
        try:
            return super().write(data) or 0
        except BrokenPipeError:  # `| head` has what it wants: not an error, and nothing more can be said
            return len(data)
        except OSError as error:
            self.failed = self.failed or error
            return len(data)


def take() -> Leaving:
    """Take the standard streams over; return that of the answer.

    A solver's C code has printed to standard output, told to be silent: what it prints there goes nowhere.
    """
    for number in range(3):  # what the caller has closed would be the number of the next file that is opened
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
    out, err = Leaving(os.dup(1), "w"), Leaving(os.dup(2), "w")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)
    if sys.stdin is None:
        sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115  # as long as the process lives
    sys.stdout, sys.stderr = _text(out, out.isatty()), _text(err, True)
    return out


def _text(stream: Leaving, by_line: bool) -> io.TextIOWrapper:
    """Return a text stream in UTF-8, whatever the locale says."""
    return io.TextIOWrapper(
        io.BufferedWriter(stream), encoding="utf-8", errors="backslashreplace", line_buffering=by_line
    )
