"""The verbs. Each reads its options, calls one function of the package, and shows or writes the result."""

from __future__ import annotations

import json
import sys
from typing import Annotated, Any

import typer

from ..errors import CaseError, Problem
from ..words import say
from .guard import Guard, check_output, saved, watched, write_json
from .options import (
    CaseArgument,
    IndexOption,
    JsonOption,
    LangOption,
    MethodOption,
    NormalisationOption,
    OutOption,
    PriorityOption,
    TicksOption,
    WeightsOption,
    plan_options,
    read_weights,
    takes_plan_options,
)

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
        saved(output, result.to_json(), result.allocation_rows(), lang)
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
        if as_json:
            write_json(result.to_dict())
        else:
            from .show import show_explanation

            show_explanation(result, lang)
        saved(output, result.to_json(), result.rows(), lang)


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
        if as_json:
            write_json(result.to_dict())
        else:
            from .show import show_frontier

            show_frontier(result, lang)
        saved(output, result.to_json(), result.rows(), lang)


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
        if as_json:
            write_json(result.to_dict())
        else:
            from .show import show_variants

            show_variants(result, lang)
        saved(output, result.to_json(), result.rows(), lang)


@app.command()
def rank(
    case: CaseArgument = "shanghai",
    weights: WeightsOption = None,
    method: MethodOption = None,
    ticks: TicksOption = None,
    normalisation: NormalisationOption = None,
    random_index: IndexOption = None,
    prioritisation: PriorityOption = "eigenvector",
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
            random_index=random_index, prioritisation=prioritisation,
        )  # fmt: skip
        if as_json:
            write_json(result.to_dict())
        else:
            from .show import show_ranking

            show_ranking(loaded, result, lang)
        saved(output, result.to_json(), result.to_dict()["ranking"], lang)


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
        found, missing = [], {}
        for name in scheme or list(mcda.schemes()):
            try:
                found.append(
                    study.weigh(
                        loaded,
                        read_weights(name),
                        ticks=ticks,
                        random_index=random_index,
                        prioritisation=prioritisation,
                    )
                )
            except CaseError as error:
                if scheme:
                    raise
                missing[name] = error.lines(lang)[0]
        document = {
            "schema": "saidao/weights/1",
            "case": loaded.name,
            "schemes": [entry for w in found for entry in w.to_dict()["schemes"]],
            "not_available": [{"scheme": name, "why": why} for name, why in missing.items()],
        }
        if as_json:
            write_json(document)
        else:
            from .show import show_weights

            show_weights(loaded, found, missing, lang)
        rows = [{"factor": f, **{w.scheme: float(w.array[j]) for w in found}} for j, f in enumerate(loaded.factor_ids)]
        saved(output, json.dumps(document, ensure_ascii=False), rows, lang)


@app.command()
def compare(
    case: CaseArgument = "shanghai",
    weights: Annotated[
        list[str] | None,
        typer.Option("--weights", help="A weighting scheme, or weights by factor; repeatable. All, if left out."),
    ] = None,
    method: Annotated[
        list[str] | None, typer.Option("--method", help="A ranking method; repeatable. All, if left out.")
    ] = None,
    ticks: TicksOption = None,
    random_index: IndexOption = None,
    prioritisation: PriorityOption = "eigenvector",
    as_json: JsonOption = False,
    output: OutOption = None,
    lang: LangOption = "en",
) -> None:
    """Rank by several schemes and methods: who moves, how far they agree, and which choice matters more.

    Example: saidao compare shanghai --weights ahp --weights entropy --method topsis --method vikor
    """
    with Guard(lang, as_json, "saidao/compare/1"):
        from .. import comparison

        check_output(output)
        schemes: list[Any] | None = [read_weights(text) for text in weights] if weights else None
        result = watched(
            lambda tell: comparison.compare(
                case, schemes, method, ticks=ticks, random_index=random_index, prioritisation=prioritisation
            ),
            lang,
        )
        if as_json:
            write_json(result.to_dict(lang))
        else:
            from .show import show_comparison

            show_comparison(result, lang)
        saved(output, result.to_json(lang), result.rows(), lang)


@app.command()
def check(
    case: CaseArgument = "shanghai",
    as_json: JsonOption = False,
    lang: LangOption = "en",
) -> None:
    """Read a case and list every error with file, row and column.

    Example: saidao check ./mycase
    """
    with Guard(lang, as_json, "saidao/check/1"):
        from ..case import read_case

        loaded, problems = read_case(case)
        errors = [p for p in problems if p.level == "error"]
        if as_json:
            write_json(
                {
                    "schema": "saidao/check/1",
                    "case": case,
                    "ok": not errors,
                    "problems": [p.to_dict(lang) for p in problems],
                }
            )
        elif loaded is None:
            _fail_lines(problems, lang)
            print(say("check.bad", lang, case=case, errors=len(errors)))
        else:
            _fail_lines(problems, lang)
            counts = {
                name: len(loaded.tables[name].rows) for name in ("tracks", "factors", "measures", "resources", "rules")
            }
            print(say("check.good", lang, case=loaded.title(lang), **counts))
            missing = [n for n in ("resources", "measures", "costs", "effects") if not loaded.tables[n].rows]
            if missing:
                print(say("check.rank_only", lang, missing=say("list", lang).join(missing)))
        if errors:
            raise typer.Exit(2)


def _fail_lines(problems: list[Problem], lang: str) -> None:
    for problem in problems:
        print(f"{say(problem.level, lang)}: {problem.text(lang)}")


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
                    "normalisation": m.normalisation, "engine": m.engine, "source": m.source,
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
