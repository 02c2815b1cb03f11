"""A process whose messages go to a terminal, so that it tells how far it is."""

from __future__ import annotations

import os
import select
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest


@dataclass
class Started:
    """A process, our end of its terminal, and what it has told there."""

    process: subprocess.Popen[bytes]
    terminal: int
    heard: str = ""

    def until(self, told: str, seconds: float = 120.0) -> None:
        """Listen until something is told."""
        end = time.monotonic() + seconds
        while told not in self.heard:
            assert time.monotonic() < end, self.heard
            if select.select([self.terminal], [], [], 0.1)[0]:
                try:
                    self.heard += os.read(self.terminal, 4096).decode()
                except OSError:  # it has ended
                    raise AssertionError(self.heard) from None


@contextmanager
def on_a_terminal(command: Sequence[str], folder: Path) -> Iterator[Started]:
    """Start a process in a folder; it is ended with the block."""
    pty = pytest.importorskip("pty", reason="there are no pseudo-terminals on this system")
    ours, theirs = pty.openpty()
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=theirs) as process:
        os.close(theirs)
        try:
            yield Started(process, ours)
        finally:
            process.kill()
            os.close(ours)
