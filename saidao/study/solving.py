"""What a solver's failure is to whoever asked: an error of ours, with an exit status, wherever it comes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from ..errors import stopped
from ..optimize import InfeasibleProgramme, SolverFailure, SolverLimit


@contextmanager
def answering() -> Iterator[None]:
    """Tell a solver's limit or failure, wherever it comes while a question is answered, as `Stopped`."""
    try:
        yield
    except (SolverLimit, SolverFailure, InfeasibleProgramme) as error:
        raise stopped(error) from None
