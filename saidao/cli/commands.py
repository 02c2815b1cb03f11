"""The verbs. Each reads its options, calls one function of the package, and shows or writes the result."""

from __future__ import annotations

import json
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ..errors import CaseError, Problem
from ..words import say
from . import case_verbs, framework_verbs
from .guard import Guard, check_output, finish, saved, watched, write_json
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
    MethodOption,
    MissingOption,
    NormalisationOption,
    ObjectiveOption,
    OutOption,
    PriorityOption,
    SamplesOption,
    SeedOption,
    TicksOption,
    WeightsOption,
    WorkersOption,
    plan_options,
    read_locks,
    read_pairs,
    read_weights,
    takes_plan_options,
)

if TYPE_CHECKING:
    from ..comparison import Comparison
    from ..plan_comparison import PlanComparison
QUICK = 60_000
"""Sets of one size that a repair lists: all of four judgements for 9 criteria, of three for 12; a second or two."""

app = typer.Typer(
    name="saidao",
    help="Rank a city's new industrial tracks and allocate a budget of policy measures to close their gaps.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=True,
)


def _version(wanted: bool) -> None:
    if wanted:
        from .. import __version__

        typer.echo(__version__)
        raise typer.Exit


@app.callback()
def root(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Show it.")] = False,
) -> None:
    """Rank a city's new industrial tracks and allocate a budget of policy measures to close their gaps."""


@app.command()
@takes_plan_options
def plan(
    options: dict[str, Any],
    case: CaseArgument = "shanghai",
    certify: Annotated[
        str | None, typer.Option(help="exact: prove the plan in exact fractions too, without the solver.")
    ] = None,
    as_json: JsonOption = False,
    output: OutOption = None,
    lang: LangOption = "en",
) -> None:
    """Weigh, rank, find the gaps, and allocate the budgets; with prices and a certificate.

    Example: saidao plan shanghai --budget funds=2000 --stance laggards -o plan.csv
    """
    with Guard(lang, as_json, "saidao/plan/1"):
        from .. import study

        check_output(output)
        chosen = plan_options(**options)
        result = watched(lambda tell: study.plan(case, certify=certify, **chosen), lang)
        if as_json:
            write_json(result.to_dict())
        else:
            from .show import show_plan

            show_plan(result, lang)
        saved(output, result, result.to_json(), result.allocation_rows(), result.case, lang)
        if result.status == "stopped":
            print(say("stopped_with_plan", lang, gap=result.certificate["gap"]), file=sys.stderr)
            raise typer.Exit(4)


@app.command()
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
        from .. import explanations

        check_output(output)
        chosen = plan_options(**options)
        result = watched(lambda tell: explanations.explain(case, measure, **chosen), lang)
        from .show import show_explanation

        finish(result, show_explanation, result.plan.case, as_json, output, lang)


@app.command()
@takes_plan_options
def frontier(
    options: dict[str, Any],
    case: CaseArgument = "shanghai",
    resource: Annotated[
        list[str] | None, typer.Option("--resource", help="A resource whose budget is traced; repeatable.")
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Every resource (as when none is named).")] = False,
    against: Annotated[
        str | None, typer.Option(help="equity: trace the worst track's share against the weighted objective instead.")
    ] = None,
    nested: Annotated[
        bool, typer.Option("--nested", help="Also an order of funding that revokes nothing as the budget grows.")
    ] = False,
    as_json: JsonOption = False,
    output: OutOption = None,
    lang: LangOption = "en",
) -> None:
    """Trace what a budget brings from 0 to twice its size, or what lifting the worst track costs.

    Example: saidao frontier shanghai --resource funds --nested
    """
    with Guard(lang, as_json, "saidao/frontier/1"):
        from .. import frontiers

        check_output(output)
        chosen = plan_options(**options)
        names = None if every else resource
        result = watched(
            lambda tell: frontiers.frontier(case, names, against=against, nested=nested, progress=tell, **chosen), lang
        )
        from .show import show_frontier

        finish(result, show_frontier, result.plan.case, as_json, output, lang)


@app.command()
@takes_plan_options
def variants(
    options: dict[str, Any],
    case: CaseArgument = "shanghai",
    number: Annotated[int, typer.Option(help="Plans wanted.")] = 5,
    within: Annotated[float, typer.Option(help="Share of the best value that may be lost: 0.01 is 1 %.")] = 0.01,
    as_json: JsonOption = False,
    output: OutOption = None,
    lang: LangOption = "en",
) -> None:
    """Find the most different plans that are nearly as good as the best: how much room there is.

    Example: saidao variants shanghai --number 3 --within 0.02
    """
    with Guard(lang, as_json, "saidao/variants/1"):
        from .. import near_optimal

        check_output(output)
        chosen = plan_options(**options)
        result = watched(lambda tell: near_optimal.variants(case, number, within, progress=tell, **chosen), lang)
        from .show import show_variants

        finish(result, show_variants, result.best.case, as_json, output, lang)


@app.command()
def rank(
    case: CaseArgument = "shanghai",
    weights: WeightsOption = None,
    method: MethodOption = None,
    ticks: TicksOption = None,
    normalisation: NormalisationOption = None,
    random_index: IndexOption = None,
    prioritisation: PriorityOption = "eigenvector",
    aggregation: AggregationOption = None,
    missing: MissingOption = None,
    as_json: JsonOption = False,
    output: OutOption = None,
    lang: LangOption = "en",
) -> None:
    """Rank the tracks.

    Example: saidao rank shanghai --method vikor --weights entropy
    """
    with Guard(lang, as_json, "saidao/rank/1"):
        from .. import study
        from ..case import load_case

        check_output(output)
        loaded = load_case(case)
        result = study.rank(
            loaded, weights=read_weights(weights), method=method, ticks=ticks, normalisation=normalisation,
            random_index=random_index, prioritisation=prioritisation, aggregation=aggregation, missing=missing,
        )  # fmt: skip
        if as_json:
            write_json(result.to_dict())
        else:
            from .show import show_ranking

            show_ranking(loaded, result, lang)
        saved(output, result, result.to_json(), result.to_dict()["ranking"], loaded, lang)


@app.command()
def weights(
    case: CaseArgument = "shanghai",
    scheme: Annotated[
        list[str] | None,
        typer.Option("--weights", help="A weighting scheme; repeatable. All, if left out."),
    ] = None,
    ticks: TicksOption = None,
    random_index: IndexOption = None,
    prioritisation: PriorityOption = "eigenvector",
    aggregation: AggregationOption = None,
    missing: MissingOption = None,
    as_json: JsonOption = False,
    output: OutOption = None,
    lang: LangOption = "en",
) -> None:
    """Weigh the factors by one scheme, or by all side by side.

    Example: saidao weights shanghai --weights ahp --weights entropy
    """
    with Guard(lang, as_json, "saidao/weights/1"):
        from .. import mcda, study
        from ..case import load_case

        check_output(output)
        loaded = load_case(case)
        found, unavailable = [], {}
        for name in scheme or list(mcda.schemes()):
            try:
                found.append(
                    study.weigh(
                        loaded,
                        read_weights(name),
                        ticks=ticks,
                        random_index=random_index,
                        prioritisation=prioritisation,
                        aggregation=aggregation,
                        missing=missing,
                    )
                )
            except CaseError as error:
                if scheme:
                    raise
                unavailable[name] = error.lines(lang)[0]
        tree = next((w.hierarchy for w in found if w.hierarchy), None)
        repairs = tree.repairs(sets=QUICK) if tree else {}
        document = {
            "schema": "saidao/weights/1",
            "case": loaded.name,
            "schemes": [entry for w in found for entry in w.to_dict()["schemes"]],
            "not_available": [{"scheme": name, "why": why} for name, why in unavailable.items()],
            "repairs": [{"node": node, "judge": judge, **r.to_dict()} for (node, judge), r in repairs.items()],
        }
        if as_json:
            write_json(document)
        else:
            from .show import show_weights

            show_weights(loaded, found, unavailable, repairs, lang)
        rows = [{"factor": f, **{w.scheme: float(w.array[j]) for w in found}} for j, f in enumerate(loaded.factor_ids)]
        saved(output, None, json.dumps(document, ensure_ascii=False), rows, loaded, lang)


@app.command()
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
        list[str] | None, typer.Option("--stance", help="With --plans: even, leaders or laggards; repeatable.")
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
        check_output(output)
        schemes: list[Any] | None = [read_weights(text) for text in weights] if weights else None
        common: dict[str, Any] = {
            "ticks": ticks,
            "random_index": random_index,
            "prioritisation": prioritisation,
            "aggregation": aggregation,
            "missing": missing,
        }
        planning = {
            "objective": objective,
            "budgets": read_pairs(budget or [], "--budget"),
            "lock": read_locks(lock) if lock else None,
            "forbid": forbid or None,
        }
        result: Comparison | PlanComparison
        if plans:
            from ..plan_comparison import compare_plans
            from .show_choices import show_plan_comparison

            result = watched(lambda tell: compare_plans(case, schemes, method, stance, **planning, **common), lang)
            show = partial(show_plan_comparison, result, lang)
        else:
            idle = [f"--{name.rstrip('s')}" for name, given in {"stance": stance, **planning}.items() if given]
            if idle:
                raise CaseError([Problem("needs_option", found=idle[0], details={"option": "--plans"})])
            from ..comparison import compare as compare_rankings
            from .show import show_comparison

            result = watched(lambda tell: compare_rankings(case, schemes, method, **common), lang)
            show = partial(show_comparison, result, lang)
        if as_json:
            write_json(result.to_dict(lang))
        else:
            show()
        saved(output, result, result.to_json(lang), result.rows(), result.case, lang)


@app.command()
def robust(
    case: CaseArgument = "shanghai",
    samples: SamplesOption = 10_000,
    seed: SeedOption = 0,
    method: MethodOption = None,
    normalisation: NormalisationOption = None,
    region: Annotated[
        list[str] | None,
        typer.Option("--region", metavar="STATEMENT", help="Only weights with 'f >= 0.2', 'f >= g'; repeatable."),
    ] = None,
    around: Annotated[
        str | None, typer.Option("--around", help="Only weights near those of a scheme, or near f1=0.5,f2=0.3,...")
    ] = None,
    within: Annotated[float, typer.Option("--within", help="How near: share of each weight.")] = 0.2,
    spread: Annotated[
        float | None, typer.Option("--spread", help="Scores are uncertain: standard deviation, share of the scale.")
    ] = None,
    ticks: TicksOption = None,
    as_json: JsonOption = False,
    output: OutOption = None,
    lang: LangOption = "en",
) -> None:
    """Rank under many weights: who is first under which share of them, and who never.

    Example: saidao robust shanghai --around ahp --within 0.3
    """
    with Guard(lang, as_json, "saidao/robust/1"):
        from ..rank_robustness import robustness

        check_output(output)
        near = read_weights(around)
        result = watched(
            lambda tell: robustness(
                case, samples, seed, method=method, normalisation=normalisation, region=region or (), around=near,
                within=within, spread=spread, ticks=ticks,
            ),
            lang,
        )  # fmt: skip
        from .show_choices import show_robustness

        finish(result, show_robustness, result.case, as_json, output, lang)


@app.command()
def sensitivity(
    case: CaseArgument = "shanghai",
    weights: WeightsOption = None,
    method: MethodOption = None,
    normalisation: NormalisationOption = None,
    ticks: TicksOption = None,
    as_json: JsonOption = False,
    output: OutOption = None,
    lang: LangOption = "en",
) -> None:
    """Find how far weights can move, and tracks come and go, before the ranking changes.

    Example: saidao sensitivity shanghai --method wsm
    """
    with Guard(lang, as_json, "saidao/sensitivity/1"):
        from ..rank_sensitivity import sensitivity as find

        check_output(output)
        given = read_weights(weights)
        result = watched(lambda tell: find(case, given, method, normalisation=normalisation, ticks=ticks), lang)
        from .show_choices import show_sensitivity

        finish(result, show_sensitivity, result.case, as_json, output, lang)


@app.command()
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
        from ..funding import acceptability as accept

        check_output(output)
        asked = plan_options(**options)
        result = watched(
            lambda tell: accept(
                case, samples, seed, workers=workers, backend=backend, address=address, progress=tell,
                **{name: value for name, value in asked.items() if name != "time_limit"},
            ),
            lang,
            partial=True,
        )  # fmt: skip
        from .show_choices import show_acceptability

        finish(result, show_acceptability, result.plan.case, as_json, output, lang)
        if result.partial:
            raise typer.Exit(130)


@app.command()
@takes_plan_options
def tipping(
    options: dict[str, Any],
    case: CaseArgument = "shanghai",
    as_json: JsonOption = False,
    output: OutOption = None,
    lang: LangOption = "en",
) -> None:
    """Find how far a weight or a pairwise judgement can move before money moves.

    Example: saidao tipping shanghai --budget funds=2000
    """
    with Guard(lang, as_json, "saidao/tipping/1"):
        from ..tipping_points import tipping as find

        check_output(output)
        asked = plan_options(**options)
        asked.pop("time_limit")
        result = watched(lambda tell: find(case, **asked), lang)
        from .show_choices import show_tipping

        finish(result, show_tipping, result.plan.case, as_json, output, lang)


@app.command()
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
        from ..inquiry import ask as inquire

        check_output(output)
        asked = plan_options(**options)
        asked.pop("time_limit")
        shares = read_pairs(spread or [], "--spread")
        result = watched(lambda tell: inquire(case, shares, progress=tell, **asked), lang, partial=True)
        from .show_choices import show_inquiry

        finish(result, show_inquiry, result.plan.case, as_json, output, lang)
        if result.partial:
            raise typer.Exit(130)


@app.command()
@takes_plan_options
def scenarios(
    options: dict[str, Any],
    case: CaseArgument = "shanghai",
    only: Annotated[list[str] | None, typer.Option("--only", help="Run only this scenario; repeatable.")] = None,
    explain: Annotated[
        str | None, typer.Option("--explain", metavar="A,B", help="Tell the difference of two runs by its causes.")
    ] = None,
    as_json: JsonOption = False,
    output: OutOption = None,
    lang: LangOption = "en",
) -> None:
    """Run the case as it is and under the named changes of its table scenarios, side by side.

    Example: saidao scenarios shanghai --explain lean,land_reform
    """
    with Guard(lang, as_json, "saidao/scenarios/1"):
        from ..scenario_runs import BASE
        from ..scenario_runs import scenarios as run

        check_output(output)
        asked = plan_options(**options)
        asked.pop("time_limit")
        one, comma, other = (explain or "").partition(",")
        if explain and not comma:
            raise CaseError([Problem("two_scenarios", "--explain", found=explain)])
        wanted = None if only is None else [*only, *(n for n in (one.strip(), other.strip()) if n and n != BASE)]
        result = watched(lambda tell: run(case, names=wanted, **asked), lang)
        causes = watched(lambda tell: result.explain(one.strip(), other.strip()), lang) if explain else None
        if as_json:
            extra = (
                {} if causes is None else {"explained": {"from": one.strip(), "to": other.strip(), "causes": causes}}
            )
            write_json({**result.to_dict(), **extra})
        else:
            from .show_choices import show_scenarios

            show_scenarios(result, lang, None if causes is None else (one.strip(), other.strip(), causes))
        saved(output, result, result.to_json(), result.rows(), result.case, lang)


for verb in framework_verbs.VERBS:
    app.command()(verb)


@app.command()
@takes_plan_options
def report(
    options: dict[str, Any],
    case: CaseArgument = "shanghai",
    date: Annotated[str, typer.Option("--date", help="A date that stands in the report.")] = "",
    output: Annotated[Path, typer.Option("-o", "--output", help="The file that is written.")] = Path("report.html"),
    lang: LangOption = "en",
) -> None:
    """Write a report for people: one HTML file, the answer first, with pictures, tables, method and sources.

    Example: saidao report shanghai --lang zh -o report.html
    """
    with Guard(lang, False, ""):
        from .. import reporting

        chosen = plan_options(**options)
        chosen.pop("time_limit")
        watched(lambda tell: reporting.report(case, output, lang, date=date, **chosen), lang)
        print(say("written", lang, path=output), file=sys.stderr)


for verb in (case_verbs.new, case_verbs.check, case_verbs.export):
    app.command()(verb)


@app.command("app")
def page(
    case: Annotated[
        str | None, typer.Argument(metavar="[CASE]", help="A case to begin with; else the page asks.")
    ] = None,
    host: Annotated[str, typer.Option(help="Address to serve at; another one than 127.0.0.1 lets others in.")] = (
        "127.0.0.1"
    ),
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to serve at; 0 takes a free one.")] = 8765,
    browse: Annotated[bool, typer.Option("--open/--no-open", help="Open it in the browser.")] = True,
    lang: Annotated[
        str | None, typer.Option("--lang", help="Language to begin with: en or zh; the browser's, if left out.")
    ] = None,
) -> None:
    """Serve the web page on this computer: change judgements and budgets, and see at once what follows.

    Example: saidao app shanghai
    """
    with Guard("en" if lang is None else lang, False, ""):
        from ..app.serving import serve

        serve(case, host, port, browse, lang)


@app.command()
def methods(as_json: JsonOption = False, lang: LangOption = "en") -> None:
    """List weighting schemes, ranking methods and normalisations with their sources."""
    with Guard(lang, as_json, "saidao/methods/1"):
        from .. import mcda

        document: dict[str, Any] = {
            "schema": "saidao/methods/1",
            "ranking": [
                {
                    "name": m.name, "title": m.title, "title_zh": m.title_zh, "better": m.better,
                    "normalisation": m.normalisation, "breaks": list(m.breaks), "linear": m.linear, "source": m.source,
                    "options": {name: option.default for name, option in m.options.items()},
                    "steps": [{"symbol": s.symbol, "caption": s.caption, "axes": list(s.axes)} for s in m.steps],
                }
                for m in mcda.methods().values()
            ],
            "weighting": [
                {"name": s.name, "title": s.title, "title_zh": s.title_zh, "needs": s.needs, "source": s.source}
                for s in mcda.schemes().values()
            ],
            "normalisation": [
                {"name": n.name, "title": n.title, "title_zh": n.title_zh, "source": n.source}
                for n in mcda.normalisations().values()
            ],
        }  # fmt: skip
        if as_json:
            write_json(document)
        else:
            from .show import show_methods

            show_methods(document, lang)
