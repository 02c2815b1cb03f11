"""The planning programme of a case's defaults, as MPS and LP: the value of a plan under its budgets and rules."""

from __future__ import annotations

from ..case.case import Case
from ..optimize.model.columns import Columns
from ..optimize.model.exchange import lp, mps
from ..optimize.model.model import Model
from ..optimize.solve.allocate import build
from ..study.planning.solving import problem_and_solver
from .format import Left


def planning_model(case: Case) -> Model:
    """Return the programme whose optimum is the value of the case's plan under the objective ``weighted``."""
    problem, _ = problem_and_solver(case, {"objective": "weighted"})
    return build(Columns(problem.programme))


def write_mps(case: Case, name: str) -> tuple[dict[str, bytes], list[Left]]:
    """Return the programme as free MPS."""
    return {name: mps(planning_model(case), case.name).encode()}, [("format.maximised", {}), *_left(case)]


def write_lp(case: Case, name: str) -> tuple[dict[str, bytes], list[Left]]:
    """Return the programme as LP."""
    return {name: lp(planning_model(case)).encode()}, _left(case)


def _left(case: Case) -> list[Left]:
    objective = case.settings.objective
    return [] if objective == "weighted" else [("format.weighted_only", {"objective": objective})]
