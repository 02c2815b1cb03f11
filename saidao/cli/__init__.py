"""The command line: ``saidao VERB [CASE] [options]``."""

from __future__ import annotations

import contextlib
import io
import os
import sys


def _keep_for_python() -> None:
    """Standard output holds the answer and nothing else: a solver's C code has printed there, told to be silent."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        own = os.dup(1)
    except OSError:  # closed: nobody wants the answer
        own = os.dup(nowhere)
    os.dup2(nowhere, 1)
    sys.stdout = os.fdopen(own, "w")


def main() -> None:
    """Run the command line; output is UTF-8 whatever the locale says."""
    _keep_for_python()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    from .commands import app

    try:
        app()
    except BrokenPipeError:
        # the reader (`| head`) has gone: not an error, and nothing more can be said
        with contextlib.suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
