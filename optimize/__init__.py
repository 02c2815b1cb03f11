"""Allocation of resources to measures by linear programming, over arrays.

Knows gaps, priorities, measures, resources and plans; nothing of how priorities were found. The tree is the algebra:
`programme` (index sets and parameters), `columns` (variables and bounds), `constraints`, `objectives`, `model` (the
sparse form), `solvers`, `lexicographic` (one objective after the other), `faces` and `prices`, `certificate`, `exact`
(the same in the arithmetic of `rational`), and `allocate`, which runs them in order.
"""

from .allocate import Allocation, InfeasibleProgramme, allocate, build
from .certificate import Certificate, certify, dual_bound
from .columns import Columns
from .conflict import Limit
from .deadline import OutOfTime, done_within
from .exact import ExactCertificate, certify_exact, certify_exact_whole
from .lexicographic import SolverLimit
from .model import Model
from .prices import Price, Steps
from .programme import Application, Exclusion, Programme, Requirement, Rule
from .solvers import AmendmentError, Solution, Solver, SolverFailure, UnprovenPlan, highs, highs_within, is_highs
from .tasks import OBJECTIVES, Views

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
