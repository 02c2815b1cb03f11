"""Allocation of resources to measures by linear programming, over arrays.

Knows gaps, priorities, measures, resources and plans; nothing of how priorities were found. The tree is the algebra:
`programme` (index sets and parameters), `columns` (variables and bounds), `constraints`, `objectives`, `model` (the
sparse form), `solvers`, `lexicographic` (one objective after the other), `faces` and `prices`, `certificate`, `exact`
(the same in the arithmetic of `rational`), and `allocate`, which runs them in order.
"""

from .deadline import OutOfTime, done_within
from .model.columns import Columns
from .model.model import Model
from .model.programme import Application, Exclusion, Programme, Requirement, Rule
from .solve.allocate import Allocation, InfeasibleProgramme, allocate, build
from .solve.certificate import Certificate, certify, dual_bound
from .solve.conflict import Limit
from .solve.exact import ExactCertificate, certify_exact, certify_exact_whole
from .solve.lexicographic import SolverLimit
from .solve.prices import Price, Steps
from .solve.solvers import AmendmentError, Solution, Solver, SolverFailure, UnprovenPlan, highs, highs_within, is_highs
from .solve.tasks import OBJECTIVES, Views

__all__ = [
    "OBJECTIVES",
    "Allocation",
    "AmendmentError",
    "Application",
    "Certificate",
    "Columns",
    "ExactCertificate",
    "Exclusion",
    "InfeasibleProgramme",
    "Limit",
    "Model",
    "OutOfTime",
    "Price",
    "Programme",
    "Requirement",
    "Rule",
    "Solution",
    "Solver",
    "SolverFailure",
    "SolverLimit",
    "Steps",
    "UnprovenPlan",
    "Views",
    "allocate",
    "build",
    "certify",
    "certify_exact",
    "certify_exact_whole",
    "done_within",
    "dual_bound",
    "highs",
    "highs_within",
    "is_highs",
]
