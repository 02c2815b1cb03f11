"""The verbs that ask how rankings and plans depend on what nobody knows, and why they are as they are."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated, Any, cast

import typer

from ..errors import CaseError, Problem
from .guard import Guard, check_outputs, end_of, finish, saved_as_before, watched, write_json
from .options import (
    AddressOption,
    AggregationOption,
    BackendOption,
    BudgetOption,
    CaseArgument,
    ForbidOption,
    IndexOption,
    JsonOption,
    LangOption,
    LockOption,
    MissingOption,
    ObjectiveOption,
    OutOption,
    PriorityOption,
    SamplesOption,
    SeedOption,
    TicksOption,
    WorkersOption,
    plan_options,
    read_locks,
    read_pairs,
    read_weights,
    takes_plan_options,
)

if TYPE_CHECKING:
    from ..mcda.names import MethodName
    from ..questions.compare import Comparison
    from ..questions.compare_plans import PlanComparison


@takes_plan_options
def explain(
    options: dict[str, Any],
    case: CaseArgument = "shanghai",
    measure: Annotated[
        list[str] | None,
        typer.Option("--measure", metavar="M[@TARGET]", help="A measure, or one at a target; repeatable."),
    ] = None,
    as_json: JsonOption = False,
    output: OutOption = None,
    lang: LangOption = "en",
) -> None:
    """Say why this measure is funded, why not that one, and what would change it.

    Example: saidao explain shanghai --measure I01 --measure E06
    """
    with Guard(lang, as_json, "saidao/explain/1"):
        from ..questions import explain as explanations

        check_outputs(case, output)
        chosen = plan_options(**options)
        result = watched(lambda tell: explanations.explain(case, measure, **chosen), lang)
        from ..render.show_questions import show_explanation

        finish(result, show_explanation, result.plan.case, as_json, output, lang)


def compare(
    case: CaseArgument = "shanghai",
    weights: Annotated[
        list[str] | None,
        typer.Option("--weights", help="A weighting scheme, or weights by factor; repeatable. All, if left out."),
    ] = None,
    method: Annotated[
        list[str] | None,
        typer.Option("--method", help="A ranking method; repeatable. All (with --plans: the case's), if left out."),
    ] = None,
    plans: Annotated[
        bool, typer.Option("--plans", help="Compare the plans that the choices lead to: how the money depends on them.")
    ] = False,
    stance: Annotated[
        list[str] | None, typer.Option("--stance", help="With --plans: leaders, even or laggards; repeatable.")
    ] = None,
    objective: ObjectiveOption = None,
    budget: BudgetOption = None,
    lock: LockOption = None,
    forbid: ForbidOption = None,
    ticks: TicksOption = None,
    random_index: IndexOption = None,
    prioritisation: PriorityOption = "eigenvector",
    aggregation: AggregationOption = None,
    missing: MissingOption = None,
    as_json: JsonOption = False,
    output: OutOption = None,
    lang: LangOption = "en",
) -> None:
    """Rank by several schemes and methods, or plan by them: who moves, and which choice matters more.

    Example: saidao compare shanghai --plans --weights ahp --weights entropy --stance even --stance leaders
    """
    with Guard(lang, as_json, "saidao/compare-plans/1" if plans else "saidao/compare/1"):
        from ..study.settings import check_ahp_among

        check_outputs(case, output)
        schemes: list[Any] | None = [read_weights(text) for text in weights] if weights else None
        common: dict[str, Any] = {
            "ticks": ticks,
            "random_index": random_index,
            "prioritisation": prioritisation,
            "aggregation": aggregation,
            "missing": missing,
        }
        if schemes is not None:
            check_ahp_among(schemes, common)
        planning = {
            "objective": objective,
            "budgets": read_pairs(budget or [], "--budget"),
            "lock": read_locks(lock) if lock else None,
            "forbid": forbid or None,
        }
        result: Comparison | PlanComparison
        if plans:
            from ..questions.compare_plans import compare_plans
            from ..render.show_questions import show_plan_comparison

            result = watched(lambda tell: compare_plans(case, schemes, method, stance, **planning, **common), lang)
            show = partial(show_plan_comparison, result, lang)
        else:
            typed = {"stance": stance, "objective": objective, "budgets": budget, "lock": lock, "forbid": forbid}
            idle = [
                Problem(
                    "needs_option",
                    name,
                    found=given if isinstance(given, str) else ", ".join(given),
                    details={"option": "--plans"},
                )
                for name, given in typed.items()
                if given
            ]
            if idle:
                raise CaseError(idle)
            from ..questions.compare import compare as compare_rankings
            from ..render.show_questions import show_comparison

            methods = cast("list[MethodName] | None", method)
            result = watched(lambda tell: compare_rankings(case, schemes, methods, **common), lang)
            show = partial(show_comparison, result, lang)
        if as_json:
            write_json(result.to_dict(lang))
        else:
            show()
        saved_as_before(output, result, result.to_json(lang), result.rows(), result.case, lang)
        end_of(result, lang)


@takes_plan_options
def acceptability(
    options: dict[str, Any],
    case: CaseArgument = "shanghai",
    samples: SamplesOption = 1000,
    seed: SeedOption = 0,
    workers: WorkersOption = 1,
    backend: BackendOption = "threads",
    address: AddressOption = None,
    as_json: JsonOption = False,
    output: OutOption = None,
    lang: LangOption = "en",
) -> None:
    """Plan under many weights, each solved exactly: under which share of them a measure is funded.

    Example: saidao acceptability shanghai --samples 10000 --region "demand_conditions >= 0.1"
    """
    with Guard(lang, as_json, "saidao/acceptability/1"):
        from ..questions.acceptability import acceptability as accept

        check_outputs(case, output)
        asked = plan_options(**options)
        result = watched(
            lambda tell: accept(
                case,
                samples,
                seed,
                workers=workers,
                backend=backend,
                address=address,
                progress=tell,
                **asked,
            ),
            lang,
            partial=True,
        )
        from ..render.show_questions import show_acceptability

        finish(result, show_acceptability, result.plan.case, as_json, output, lang)
        if result.partial:
            raise typer.Exit(130)


@takes_plan_options
def ask(
    options: dict[str, Any],
    case: CaseArgument = "shanghai",
    spread: Annotated[
        list[str] | None,
        typer.Option("--spread", metavar="KIND=SHARE", help="How far inputs of a kind may be off; repeatable."),
    ] = None,
    as_json: JsonOption = False,
    output: OutOption = None,
    lang: LangOption = "en",
) -> None:
    """Find what is worth knowing better: which judgement, effect, cost or score carries the plan.

    Example: saidao ask shanghai --spread assumption=0.3
    """
    with Guard(lang, as_json, "saidao/ask/1"):
        from ..questions.ask import ask as inquire

        check_outputs(case, output)
        asked = plan_options(**options)
        shares = read_pairs(spread or [], "--spread")
        result = watched(lambda tell: inquire(case, shares, progress=tell, **asked), lang, partial=True)
        from ..render.show_questions import show_inquiry

        finish(result, show_inquiry, result.plan.case, as_json, output, lang)
        if result.partial:
            raise typer.Exit(130)


VERBS = (explain, compare, acceptability, ask)
