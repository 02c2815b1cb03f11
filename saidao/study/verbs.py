"""What users call: gaps and plan; `rank` and `weights` have files of their own."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Unpack

from .. import optimize
from ..arguments import checked
from ..case import load_case
from ..case.settings import Ticks
from ..optimize.solve.solution import Solver
from ..results.question import question
from .decision import decision
from .options import (
    BudgetsOption,
    CaseLike,
    CertifyOption,
    ForbidOption,
    GapOption,
    LockOption,
    MethodOption,
    ObjectiveOption,
    OverOption,
    RankingOptions,
    RegionOption,
    SaveOption,
    StanceOption,
    TimeOption,
    WeightsOption,
)
from .plan.result import Plan
from .planning.solving import problem_and_solver
from .settings import settings

if TYPE_CHECKING:
    import pandas as pd


@checked
def gaps(case: CaseLike, ticks: Ticks | None = None) -> pd.DataFrame:
    """Return the gaps between target and present level: a DataFrame, T tracks x F factors.

    Parameters
    ----------
    case : a `Case`, the name of a shipped one, a folder or a workbook.
    ticks : ``"strength"`` or ``"shortcoming"``; the case's own reading if left out.

    Returns
    -------
    DataFrame
        In level units: 1 is the whole scale of a factor, 0 a target reached.

    Raises
    ------
    CaseError
        With every problem found.

    Examples
    --------
    >>> gaps("shanghai").shape
    (12, 6)
    """
    import pandas as pd  # takes a third of a second

    case = load_case(case)
    data = decision(case, settings(case, ticks=ticks).ticks)
    return pd.DataFrame(data.gap, index=pd.Index(data.tracks, name="track"), columns=list(data.factors))


@question(
    "plan",
    example="saidao plan shanghai --budget funds=2000 --stance laggards -o plan.csv",
    pictures=("diamond", "ranking", "flow", "prices", "rests_on"),
    partial=True,
)
def plan(
    case: CaseLike,
    weights: WeightsOption = None,
    method: MethodOption = None,
    stance: StanceOption = None,
    objective: ObjectiveOption = None,
    budgets: BudgetsOption = None,
    *,
    lock: LockOption = None,
    forbid: ForbidOption = None,
    over: OverOption = (),
    region: RegionOption = (),
    save: SaveOption = None,
    solver: Solver = optimize.highs,
    amend: Callable[[Any], object] | None = None,
    time_limit: TimeOption = None,
    gap: GapOption = None,
    certify: CertifyOption = None,
    **options: Unpack[RankingOptions],
) -> Plan:
    """Weigh, rank, find the gaps, and allocate the budgets; with prices and a certificate.

    Whatever is left out takes the case's default.

    Parameters
    ----------
    case : a `Case`, the name of a shipped one, a folder or a workbook.
    weights : a scheme's name, a mapping or Series by factor.
    method : ranking method.
    stance : ``leaders``, ``even`` or ``laggards``: how a track's score turns into its priority.
    objective : a name of `saidao.optimize.OBJECTIVES`, which say what they do, count and take; the share to be closed
        stands with it, where it takes one: ``reach=0.5``.
    budgets : amounts by resource that replace the case's own, in each resource's unit.
    lock : levels that are set beforehand, by ``MEASURE`` or ``MEASURE@target``.
    forbid : measures that are left out, or ``MEASURE@target``.
    over : for an objective that looks at several weights, names of schemes; all if left out.
    region : instead, statements about the weights, such as ``"demand >= 0.1"`` or ``"factor >= demand"``, see
        `mcda.region`.
    save : where a share is to be closed, the resource of which the least is spent (the first if left out), before the
        others as shares of their budgets.
    solver : `saidao.optimize.highs`, or any pulp solver by `saidao.optimize.solve.pulp_bridge.through_pulp`.
    amend : a function that adds constraints of one's own to the `pulp.LpProblem` that it is given; they come back in
        the plan, priced and certified.
    time_limit : seconds for plans of whole units (HiGHS); the best plan by then comes back with status ``stopped``.
    gap : the share of its value by which a plan of whole units may be off the best possible (HiGHS); where it is, the
        status is ``within_gap``, and the certificate tells the bound that was proved.
    certify : ``"exact"`` proves the plan in exact fractions as well, without the solver.
    **options : ``ticks``, AHP's as in `weigh`, ``normalisation``, the method's own as in `rank`.

    Returns
    -------
    Plan
        Tables (levels in each measure's unit, costs in each resource's, gaps in level units), prices, certificate;
        `.model.to_pulp()` hands the program over.

    Raises
    ------
    CaseError
        Bad input, with every problem found.
    Infeasible
        No plan meets every budget and rule.
    Stopped
        The solver stopped at a limit, or gave no plan that is proven.

    Examples
    --------
    >>> made = plan("shanghai", stance="even", budgets={"funds": 1000.0})
    >>> made.status, max(row["used"] for row in made.resources if row["resource"] == "funds") <= 1000.0 + 1e-6
    ('optimal', True)
    """
    asked: dict[str, Any]
    asked = {"weights": weights, "method": method, "stance": stance, "objective": objective, "budgets": budgets}
    asked |= {"lock": lock, "forbid": forbid, "over": over, "region": region, "save": save}
    how = {"solver": solver, "amend": amend, "time_limit": time_limit, "certify": certify, "gap": gap}
    return Plan.from_problem(*problem_and_solver(load_case(case), {**asked, **how, **options}))
