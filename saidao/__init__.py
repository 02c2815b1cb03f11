"""saidao ranks a city's new industrial tracks and allocates a budget of policy measures to close their gaps.

    import saidao
    plan = saidao.plan("shanghai", budgets={"funds": 120.0})

Names are imported when first used, so that ``import saidao`` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from . import mcda, optimize
    from .admission import Candidates, admit, candidates
    from .both_readings import Readings, readings
    from .case import Case, load_case, save_case
    from .chain_coverage import Chains, chains
    from .comparison import Comparison, compare
    from .dimension_balance import Balance, balance
    from .errors import CaseError, Infeasible, SaidaoError, Stopped
    from .explanations import Explanation, explain
    from .frontiers import Frontier, frontier
    from .funding import Acceptability, acceptability
    from .inquiry import Inquiry, ask
    from .near_optimal import Variants, variants
    from .phasing import phase
    from .plan_comparison import PlanComparison, compare_plans
    from .plans import Plan
    from .race_stages import Stages, stages
    from .rank_robustness import Robustness, robustness
    from .rank_sensitivity import Sensitivity, sensitivity
    from .reporting import report
    from .scenario_runs import Scenarios, scenarios
    from .study import gaps, plan, rank, weigh
    from .tfp import Productivity, productivity
    from .tipping_points import Tipping, tipping

__version__ = "0.1.0"

_HOME = {
    "Acceptability": "funding",
    "acceptability": "funding",
    "Balance": "dimension_balance",
    "balance": "dimension_balance",
    "Candidates": "admission",
    "admit": "admission",
    "candidates": "admission",
    "Case": "case",
    "load_case": "case",
    "save_case": "case",
    "Chains": "chain_coverage",
    "chains": "chain_coverage",
    "Comparison": "comparison",
    "compare": "comparison",
    "PlanComparison": "plan_comparison",
    "compare_plans": "plan_comparison",
    "CaseError": "errors",
    "Infeasible": "errors",
    "SaidaoError": "errors",
    "Stopped": "errors",
    "Explanation": "explanations",
    "explain": "explanations",
    "Frontier": "frontiers",
    "frontier": "frontiers",
    "Inquiry": "inquiry",
    "ask": "inquiry",
    "Variants": "near_optimal",
    "variants": "near_optimal",
    "phase": "phasing",
    "Plan": "plans",
    "Productivity": "tfp",
    "productivity": "tfp",
    "Readings": "both_readings",
    "readings": "both_readings",
    "Stages": "race_stages",
    "stages": "race_stages",
    "report": "reporting",
    "Robustness": "rank_robustness",
    "robustness": "rank_robustness",
    "Sensitivity": "rank_sensitivity",
    "sensitivity": "rank_sensitivity",
    "Scenarios": "scenario_runs",
    "scenarios": "scenario_runs",
    "gaps": "study",
    "plan": "study",
    "rank": "study",
    "weigh": "study",
    "Tipping": "tipping_points",
    "tipping": "tipping_points",
}

__all__ = [
    "Acceptability",
    "Balance",
    "Candidates",
    "Case",
    "CaseError",
    "Chains",
    "Comparison",
    "Explanation",
    "Frontier",
    "Infeasible",
    "Inquiry",
    "Plan",
    "PlanComparison",
    "Productivity",
    "Readings",
    "Robustness",
    "SaidaoError",
    "Scenarios",
    "Sensitivity",
    "Stages",
    "Stopped",
    "Tipping",
    "Variants",
    "acceptability",
    "admit",
    "ask",
    "balance",
    "candidates",
    "chains",
    "compare",
    "compare_plans",
    "explain",
    "frontier",
    "gaps",
    "load_case",
    "mcda",
    "optimize",
    "phase",
    "plan",
    "productivity",
    "rank",
    "readings",
    "report",
    "robustness",
    "save_case",
    "scenarios",
    "sensitivity",
    "stages",
    "tipping",
    "variants",
    "weigh",
]


def __getattr__(name: str) -> Any:
    if name in ("mcda", "optimize"):
        return import_module(f".{name}", __name__)
    if name in _HOME:
        return getattr(import_module(f".{_HOME[name]}", __name__), name)
    raise AttributeError(f"module 'saidao' has no attribute {name!r}")
