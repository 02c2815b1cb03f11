"""Allocation of resources to measures by linear programming, over arrays.

Knows gaps, priorities, measures, resources and plans; nothing of how priorities were found. `model` is the algebra:
`programme` (index sets and parameters), `columns` (variables and bounds), `constraints`, `objectives`, and the sparse
form. `solve` finds a plan and certifies it: `allocate` runs the stages of an objective in order, by HiGHS, by prices of
what tracks share (`decomposition`) or by patterns of whole units (`whole_units`); `proof` shows that none is better.
`after` asks what amounts are worth (`prices`), why there is no plan, what would change it, and what else is as good.
"""

from .after.conflict import Limit, conflict, relaxation
from .after.exact import ExactCertificate, certify_exact, certify_exact_whole
from .after.prices.of_amounts import OwnPrice, Price, Prices
from .after.prices.steps import Steps
from .deadline import OutOfTime, done_within
from .model.columns import Columns
from .model.model import Model
from .model.objectives import OBJECTIVES, Objective, Views, read_objective
from .model.programme import Application, Exclusion, Programme, Requirement, Rule
from .solve.allocate import Allocation, allocate, build, check_feasible
from .solve.decomposition.workers import blocks_by
from .solve.lexicographic import InfeasibleProgramme, SolverLimit
from .solve.proof.certificate import Certificate, certify, dual_bound
from .solve.solution import AmendmentError, Solution, Solver, SolverFailure, UnprovenPlan
from .solve.solvers import highs, highs_within, is_highs, to_the_end, up_to_gap, whole_units_within

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
    "Objective",
    "OutOfTime",
    "OwnPrice",
    "Price",
    "Prices",
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
    "blocks_by",
    "build",
    "certify",
    "certify_exact",
    "certify_exact_whole",
    "check_feasible",
    "conflict",
    "done_within",
    "dual_bound",
    "highs",
    "highs_within",
    "is_highs",
    "read_objective",
    "relaxation",
    "to_the_end",
    "up_to_gap",
    "whole_units_within",
]
