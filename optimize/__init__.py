"""Allocation of resources to measures by linear programming, over arrays.

Knows gaps, priorities, measures, resources and plans; nothing of how priorities were found. The tree is the algebra:
`programme` (index sets and parameters), `constraints`, `objectives`, `model` (the sparse form), `solvers`, `faces` and
`prices`, `certificate`, and `allocate`, which runs them in order.
"""

from .allocate import (
    OBJECTIVES,
    Allocation,
    InfeasibleProgramme,
    SolverLimit,
    allocate,
    build,
)
from .certificate import Certificate, certify, dual_bound
from .model import Model
from .prices import Price
from .programme import Application, Programme, Rule
from .solvers import Solution, Solver, SolverFailure, highs

__all__ = [
    "OBJECTIVES",
    "Allocation",
    "Application",
    "Certificate",
    "InfeasibleProgramme",
    "Model",
    "Price",
    "Programme",
    "Rule",
    "Solution",
    "Solver",
    "SolverFailure",
    "SolverLimit",
    "allocate",
    "build",
    "certify",
    "dual_bound",
    "highs",
]
