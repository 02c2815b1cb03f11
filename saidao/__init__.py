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
    from .case import Case, load_case
    from .errors import CaseError, Infeasible, SaidaoError, Stopped, Unproven
    from .framework.balance import Balance, balance
    from .framework.candidates import Candidates, admit, candidates
    from .framework.chains import Chains, chains
    from .framework.phasing import phase
    from .framework.readings import Readings, readings
    from .framework.stages import Stages, stages
    from .framework.tfp import Productivity, productivity
    from .questions.acceptability import Acceptability, acceptability
    from .questions.ask import Inquiry, ask
    from .questions.compare import Comparison, compare
    from .questions.compare_plans import PlanComparison, compare_plans
    from .questions.explain import Explanation, explain
    from .questions.frontier import Frontier, frontier
    from .questions.robust import Robustness, robustness
    from .questions.scenarios import Scenarios, scenarios
    from .questions.sensitivity import Sensitivity, sensitivity
    from .questions.tipping import Tipping, tipping
    from .questions.variants import Variants, variants
    from .reporting import report
    from .study.plan import Plan
    from .study.verbs import gaps, plan, rank, weigh
    from .workbook.save_case import save_case

__version__ = "0.1.0"


def _read_only(held: Mapping[Any, Any]) -> MappingProxyType[Any, Any]:
    return MappingProxyType(held)


# read-only mappings cannot be pickled or copied by themselves; cases, weights, settings and results hold some
copyreg.pickle(MappingProxyType, lambda proxy: (_read_only, (dict(proxy),)))

_HOME = {
    "Acceptability": "questions.acceptability",
    "acceptability": "questions.acceptability",
    "Balance": "framework.balance",
    "balance": "framework.balance",
    "Candidates": "framework.candidates",
    "admit": "framework.candidates",
    "candidates": "framework.candidates",
    "Case": "case",
    "load_case": "case",
    "save_case": "workbook.save_case",
    "Chains": "framework.chains",
    "chains": "framework.chains",
    "Comparison": "questions.compare",
    "compare": "questions.compare",
    "PlanComparison": "questions.compare_plans",
    "compare_plans": "questions.compare_plans",
    "CaseError": "errors",
    "Infeasible": "errors",
    "SaidaoError": "errors",
    "Stopped": "errors",
    "Unproven": "errors",
    "Explanation": "questions.explain",
    "explain": "questions.explain",
    "Frontier": "questions.frontier",
    "frontier": "questions.frontier",
    "Inquiry": "questions.ask",
    "ask": "questions.ask",
    "Variants": "questions.variants",
    "variants": "questions.variants",
    "phase": "framework.phasing",
    "Plan": "study.plan",
    "Productivity": "framework.tfp",
    "productivity": "framework.tfp",
    "Readings": "framework.readings",
    "readings": "framework.readings",
    "Stages": "framework.stages",
    "stages": "framework.stages",
    "report": "reporting",
    "Robustness": "questions.robust",
    "robustness": "questions.robust",
    "Sensitivity": "questions.sensitivity",
    "sensitivity": "questions.sensitivity",
    "Scenarios": "questions.scenarios",
    "scenarios": "questions.scenarios",
    "gaps": "study.verbs",
    "plan": "study.verbs",
    "rank": "study.verbs",
    "weigh": "study.verbs",
    "Tipping": "questions.tipping",
    "tipping": "questions.tipping",
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
