"""The pictures of a report; what a large program leaves out, and what whole units leave no time for, is said."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING, Any

from .. import mcda, pictures
from ..case import Case
from ..case.tables import Resource, Track
from ..errors import CaseError, Infeasible, Stopped
from ..optimize import OutOfTime, done_within
from ..optimize.model.model import INF
from ..pictures import Picture
from ..pictures.drawings import drawings
from ..questions.compare import compare
from ..questions.compare_plans import compare_plans
from ..questions.frontier import budget_curve
from ..questions.robust import robustness
from ..study.plan.footing import MOST_COLUMNS
from ..study.plan.sentences import bottleneck
from ..texts.say import say

if TYPE_CHECKING:
    from ..study.plan.result import Plan

Drawing = tuple[str, Callable[[], Picture | None]]
"""A picture's name, and what draws it; None where there is nothing to show."""

LONGEST_PICTURE, LONGEST = 10.0, 40.0
"""Seconds for what one picture asks, and for all pictures, of a plan of whole units: nothing else tells how long."""
MOST_SOLVED = 50_000
"""Columns of a program up to which a picture has it solved again many times, or over several periods."""
SOLVED_AGAIN = ("frontier", "gantt", "progress", "diagnosis", "dimensions", "candidates")
"""Pictures that do."""
SAMPLES, SEED = 2000, 0
"""Weight vectors that the picture of ranks under unknown weights draws."""
RANKED = 500_000
"""Tracks times vectors up to which it draws as many: with more tracks fewer, but no less than a tenth."""
APART = (("gantt", "progress", "diagnosis"), ("productivity",), ("candidates",), ("frontier",), ("dimensions",))
"""Pictures that solve programs of their own; those of one plan together."""
OF_RANKS = ("diamond", "ranking", "schemes")
"""Pictures that tell nothing of what is closed: those of a plan without a gap to close."""
SCHEMES = ("ticks", "combine", "share", "random_index", "prioritisation", "aggregation", "missing")
"""Options that a comparison of schemes takes."""


def of_plan(plan: Plan, lang: str, options: Mapping[str, Any]) -> list[Drawing]:
    """Return the pictures of a plan; *options* are those of `saidao.plan`."""
    case, method = plan.case, plan.settings.method
    drawn: list[Drawing] = [
        ("diamond", lambda: pictures.diamond(plan, lang)),
        ("ranking", lambda: pictures.ranking(plan, lang)),
        ("flow", lambda: pictures.flow(plan, lang)),
        ("prices", lambda: pictures.prices(plan, lang)),
        ("frontier", lambda: _frontier(plan, lang)),
        ("schemes", lambda: _ranks(case, method, lang, options)),
        ("money", lambda: _money(plan, lang, options)),
        ("acceptability", lambda: _acceptability(case, method, lang, options)),
        *drawings(case, lambda: plan, lang, **options).items(),
        ("rests", lambda: pictures.rests_on(plan, lang)),
    ]
    if len(plan.model.objective) > MOST_SOLVED:
        drawn = [(name, _refuse if name in SOLVED_AGAIN else draw) for name, draw in drawn]
    return drawn if plan.weighted_gap else [one for one in drawn if one[0] in OF_RANKS]


def of_ranking(case: Case, method: mcda.MethodName, lang: str, options: Mapping[str, Any]) -> list[Drawing]:
    """Return the pictures of a case that only ranks."""
    return [
        ("schemes", lambda: _ranks(case, method, lang, options)),
        ("acceptability", lambda: _acceptability(case, method, lang, options)),
        *drawings(case, None, lang, **options).items(),
    ]


def draw(drawn: Iterable[Drawing], lang: str, *, in_time: bool = False) -> tuple[list[Picture], list[str]]:
    """Draw all that the case allows, and say what is left out; *in_time*: what is solved within the limits alone.

    Without limits pictures that solve programs of their own are drawn side by side, as solvers keep no other thread
    waiting.
    """
    drawn = list(drawn)
    end = time.monotonic() + (LONGEST if in_time else INF)

    def outcome(name: str, one: Callable[[], Picture | None]) -> Picture | str | None:
        try:
            with done_within(min(LONGEST_PICTURE, end - time.monotonic()) if in_time else INF):
                return one()
        except (CaseError, Infeasible, Stopped, OutOfTime, mcda.InputError, _TooLarge) as error:
            return say("report.left_out", lang, what=pictures.title(name, lang), why=_why(error, lang))

    if in_time:
        found = {name: outcome(name, one) for name, one in drawn}
    else:
        together = [[(name, one) for name, one in drawn if name in names] for names in APART]
        together.append([(name, one) for name, one in drawn if not any(name in names for names in APART)])
        here = copy_context()  # its deadline holds for all
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            parts = pool.map(lambda part: here.copy().run(lambda: [(n, outcome(n, one)) for n, one in part]), together)
            found = dict(chain.from_iterable(parts))
    outcomes = [found[name] for name, _ in drawn]
    return [one for one in outcomes if isinstance(one, Picture)], [one for one in outcomes if isinstance(one, str)]


class _TooLarge(Exception):
    """A picture needs many plans, and one takes long enough."""


def _refuse() -> Picture | None:
    raise _TooLarge


def _why(error: Exception, lang: str) -> str:
    if isinstance(error, _TooLarge):
        return say("footing.large", lang)
    if isinstance(error, OutOfTime):
        return say("report.out_of_time", lang, picture=LONGEST_PICTURE, all=LONGEST)
    if isinstance(error, CaseError | Infeasible):
        return " ".join(error.lines(lang))
    return str(error)


def _ranks(case: Case, method: mcda.MethodName, lang: str, options: Mapping[str, Any]) -> Picture:
    schemes = {name: options[name] for name in SCHEMES if options.get(name)}
    return pictures.ranks(compare(case, methods=[method], **schemes), lang)


def _frontier(plan: Plan, lang: str) -> Picture:
    """Draw what each budget brings; of a large program what the scarcest one does."""
    if len(plan.model.objective) <= MOST_COLUMNS:
        return pictures.frontier(budget_curve(plan), lang)
    scarce = bottleneck(plan)
    resource = plan.solved.programme.resources[0] if scarce is None else scarce["resource"]
    made = pictures.frontier(budget_curve(plan, resource), lang)
    alone = say("report.curve_alone", lang, resource=plan.case.names(Resource, lang)[resource])
    return replace(made, caption=(" " if lang == "en" else "").join([made.caption, alone]))


def _money(plan: Plan, lang: str, options: Mapping[str, Any]) -> Picture:
    if len(plan.model.objective) > MOST_COLUMNS:
        raise _TooLarge
    case = plan.case
    kept = {k: v for k, v in options.items() if k not in ("weights", "method", "stance") and v}
    return pictures.money(compare_plans(case, None, options.get("method"), options.get("stance"), **kept), lang)


def _acceptability(case: Case, method: mcda.MethodName, lang: str, options: Mapping[str, Any]) -> Picture:
    kept: dict[str, Any] = {name: options.get(name) for name in ("normalisation", "ticks")}
    return pictures.acceptability(robustness(case, samples(case), SEED, method=method, **kept), lang)


def samples(case: Case) -> int:
    """Return how many weight vectors the picture of ranks under unknown weights draws."""
    return max(min(SAMPLES, RANKED // max(len(case.names(Track, "en")), 1)), SAMPLES // 10)
