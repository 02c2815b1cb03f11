"""saidao ranks a city's new industrial tracks and allocates a budget of policy measures to close their gaps.

    import saidao
    plan = saidao.plan("shanghai", budgets={"funds": 120.0})

Names are imported when first used, so that ``import saidao`` costs nothing.
"""

from __future__ import annotations

import copyreg
from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from . import mcda, optimize
    from .case import Case, load_case, save_case
    from .errors import CaseError, Infeasible, SaidaoError, Stopped, Unproven
    from .framework.admission import Candidates, admit, candidates
    from .framework.both_readings import Readings, readings
    from .framework.chain_coverage import Chains, chains
    from .framework.dimension_balance import Balance, balance
    from .framework.phasing import phase
    from .framework.race_stages import Stages, stages
    from .plans import Plan
    from .questions.comparison import Comparison, compare
    from .questions.explanations import Explanation, explain
    from .questions.frontiers import Frontier, frontier
    from .questions.funding import Acceptability, acceptability
    from .questions.inquiry import Inquiry, ask
    from .questions.near_optimal import Variants, variants
    from .questions.plan_comparison import PlanComparison, compare_plans
    from .questions.rank_robustness import Robustness, robustness
    from .questions.rank_sensitivity import Sensitivity, sensitivity
    from .questions.scenario_runs import Scenarios, scenarios
    from .questions.tipping_points import Tipping, tipping
    from .reporting import report
    from .study import gaps, plan, rank, weigh
    from .tfp import Productivity, productivity

__version__ = "0.1.0"


def _read_only(held: Mapping[Any, Any]) -> MappingProxyType[Any, Any]:
    return MappingProxyType(held)


# read-only mappings cannot be pickled or copied by themselves; cases, weights, settings and results hold some
copyreg.pickle(MappingProxyType, lambda proxy: (_read_only, (dict(proxy),)))

_HOME = {
    "Acceptability": "questions.funding",
    "acceptability": "questions.funding",
    "Balance": "framework.dimension_balance",
    "balance": "framework.dimension_balance",
    "Candidates": "framework.admission",
    "admit": "framework.admission",
    "candidates": "framework.admission",
    "Case": "case",
    "load_case": "case",
    "save_case": "case",
    "Chains": "framework.chain_coverage",
    "chains": "framework.chain_coverage",
    "Comparison": "questions.comparison",
    "compare": "questions.comparison",
    "PlanComparison": "questions.plan_comparison",
    "compare_plans": "questions.plan_comparison",
    "CaseError": "errors",
    "Infeasible": "errors",
    "SaidaoError": "errors",
    "Stopped": "errors",
    "Unproven": "errors",
    "Explanation": "questions.explanations",
    "explain": "questions.explanations",
    "Frontier": "questions.frontiers",
    "frontier": "questions.frontiers",
    "Inquiry": "questions.inquiry",
    "ask": "questions.inquiry",
    "Variants": "questions.near_optimal",
    "variants": "questions.near_optimal",
    "phase": "framework.phasing",
    "Plan": "plans",
    "Productivity": "tfp",
    "productivity": "tfp",
    "Readings": "framework.both_readings",
    "readings": "framework.both_readings",
    "Stages": "framework.race_stages",
    "stages": "framework.race_stages",
    "report": "reporting",
    "Robustness": "questions.rank_robustness",
    "robustness": "questions.rank_robustness",
    "Sensitivity": "questions.rank_sensitivity",
    "sensitivity": "questions.rank_sensitivity",
    "Scenarios": "questions.scenario_runs",
    "scenarios": "questions.scenario_runs",
    "gaps": "study",
    "plan": "study",
    "rank": "study",
    "weigh": "study",
    "Tipping": "questions.tipping_points",
    "tipping": "questions.tipping_points",
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
    "Unproven",
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


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
