"""The command line: ``saidao VERB [CASE] [options]``."""

from __future__ import annotations

import gc
import os
import sys

FEWER_COLLECTIONS = 1_000_000, 30, 30
"""New objects before a collection, and collections before a wider one: rows read are no garbage, however many."""


def main() -> None:
    """Run the command line."""
    gc.set_threshold(*FEWER_COLLECTIONS)
    # before numpy loads: sums of vectors shared out to threads differ from machine to machine in their last digits, and
    # take a thousand times as long where other processes keep the processors busy
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from .streams import take  # late: start-up stays fast

    out = take()
    from .commands import app  # late: start-up stays fast

    try:
        app()
    finally:
        gc.freeze()  # what is left goes with the process: looking through it takes half a second of large cases
        sys.stdout.flush()
        if out.failed is not None:
            _no_room(out.failed)


def _no_room(error: OSError) -> None:
    """End: standard output did not take the answer. In both languages, as none is known here."""
    from ..errors import Problem  # late: start-up stays fast
    from ..texts.say import LANGUAGES, say  # late: start-up stays fast

    problem = Problem("output_refused", "stdout", found=error.strerror or str(error))
    for lang in LANGUAGES:
        print(say("level_line", lang, level=say("error", lang), told=problem.text(lang)), file=sys.stderr, flush=True)
    os._exit(2)  # not by an exception: one may be under way
