"""The verbs about the paper's framework: X, stages, chains, dimensions, readings of the ticks, productivity."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Any

import typer

from ..errors import CaseError, Problem
from .guard import Guard, check_outputs, finish, save_made_case, saved_as_before, watched, write_json
from .options import (
    CaseArgument,
    JsonOption,
    LangOption,
    MethodOption,
    OutOption,
    WeightsOption,
    plan_options,
    read_method,
    read_weights,
    takes_plan_options,
)


def productivity(
    case: CaseArgument = "shanghai",
    capital_share: Annotated[
        float | None, typer.Option("--capital-share", help="Share of capital in income where the panel has none.")
    ] = None,
    form: Annotated[str, typer.Option("--form", help="tornqvist (logarithms) or solow (shares).")] = "tornqvist",
    rank_with: Annotated[
        float | None,
        typer.Option("--rank-with", metavar="SHARE", help="Rank with productivity as a factor of this weight."),
    ] = None,
    by: Annotated[
        str | None,
        typer.Option("--by", help="With --rank-with: the figure that it takes, malmquist (if left out), residual ..."),
    ] = None,
    weights: WeightsOption = None,
    method: MethodOption = None,
    written: Annotated[
        Path | None,
        typer.Option("--write", metavar="FILE", help="With --rank-with: write the case with that factor."),
    ] = None,
    as_json: JsonOption = False,
    output: OutOption = None,
    lang: LangOption = "en",
) -> None:
    """Measure the growth of total factor productivity, and part it into progress and better combination.

    Example: saidao productivity shanghai --rank-with 0.2
    """
    with Guard(lang, as_json, "saidao/productivity/1"):
        from ..framework import tfp

        check_outputs(case, output, written)
        typed = {"--write": written, "--by": by, "weights": weights, "method": method}
        if rank_with is None and (idle := {name: given for name, given in typed.items() if given is not None}):
            details = {"option": "--rank-with"}
            raise CaseError([Problem("needs_option", name, found=str(v), details=details) for name, v in idle.items()])
        by = by or "malmquist"
        found = tfp.productivity(case, capital_share, form)
        if by not in found.columns:
            raise CaseError([Problem("choice", "--by", found=by, details={"choices": ", ".join(found.columns)})])
        ranked = None
        if rank_with is not None:
            ranked = found.ranked(rank_with, by, read_weights(weights), read_method(method))
        if as_json:
            both = (
                {}
                if ranked is None
                else {
                    "ranking": {
                        name: r.to_dict()["ranking"] for name, r in zip(("without", "with"), ranked, strict=True)
                    }
                }
            )
            write_json({**found.to_dict(), **both})
        else:
            from ..render.show_framework import show_productivity

            show_productivity(found, lang, rank_with, ranked)
        saved_as_before(output, found, found.to_json(), found.rows(), found.case, lang)
        if rank_with is not None:
            save_made_case(found.as_factor(rank_with, by, read_weights(weights)), written, lang)


@takes_plan_options
def candidates(
    options: dict[str, Any],
    case: CaseArgument = "shanghai",
    cut: Annotated[float, typer.Option("--cut", help="Credibility from which a profile counts as reached.")] = 0.75,
    also: Annotated[
        list[str] | None,
        typer.Option("--admit", metavar="CANDIDATE", help="Admit it whatever the sorting says; repeatable."),
    ] = None,
    written: Annotated[
        Path | None,
        typer.Option("--write", metavar="FILE", help="Write the case with those admitted: a workbook, .zip or folder."),
    ] = None,
    as_json: JsonOption = False,
    output: OutOption = None,
    lang: LangOption = "en",
) -> None:
    """Sort candidate tracks into admit, watch and reject, with the reason, and show what admission does.

    Example: saidao candidates shanghai --admit service_robots
    """
    with Guard(lang, as_json, "saidao/candidates/1"):
        from ..framework import candidates as admission

        check_outputs(case, output, written)
        chosen = plan_options(**options)
        found = watched(lambda tell: admission.candidates(case, cut=cut, also=also or (), **chosen), lang)
        if written is not None and not found.admitted:
            raise CaseError([Problem("none_admitted", "--write", found=str(written))])
        grown = found.case if written is None else admission.admit(found.case, found.admitted)
        from ..render.show_framework import show_candidates

        finish(found, show_candidates, found.case, as_json, output, lang)
        save_made_case(grown, written, lang)


@takes_plan_options
def balance(
    options: dict[str, Any],
    case: CaseArgument = "shanghai",
    resource: Annotated[
        str | None, typer.Option("--resource", help="The resource of which every dimension is to get a share.")
    ] = None,
    least_share: Annotated[
        float | None,
        typer.Option("--at", metavar="SHARE", help="Plan with every dimension held to this share of its budget."),
    ] = None,
    written: Annotated[
        Path | None,
        typer.Option(
            "--write", metavar="FILE", help="With --at: write the case with these floors: a workbook, .zip or folder."
        ),
    ] = None,
    as_json: JsonOption = False,
    output: OutOption = None,
    lang: LangOption = "en",
) -> None:
    """Show the plan's balance over the dimensions of its measures, and what more of it would cost.

    Example: saidao balance shanghai --resource funds
    """
    with Guard(lang, as_json, "saidao/balance/1"):
        from ..framework import balance as dimension_balance

        check_outputs(case, output, written)
        if written is not None and least_share is None:
            raise CaseError([Problem("needs_option", "--write", found=str(written), details={"option": "--at"})])
        chosen = plan_options(**options)
        result = watched(lambda tell: dimension_balance.balance(case, resource, least_share, **chosen), lang)
        from ..render.show_framework import show_balance

        finish(result, show_balance, result.case, as_json, output, lang)
        save_made_case(result.case, written, lang)


@takes_plan_options
def readings(
    options: dict[str, Any],
    case: CaseArgument = "shanghai",
    as_json: JsonOption = False,
    output: OutOption = None,
    lang: LangOption = "en",
) -> None:
    """Read the ticks as strengths and as shortcomings, side by side: what changes in rank and in money.

    Example: saidao readings shanghai
    """
    with Guard(lang, as_json, "saidao/readings/1"):
        from ..framework import readings as both_readings

        check_outputs(case, output)
        chosen = plan_options(**options)
        result = watched(lambda tell: both_readings.readings(case, **chosen), lang)
        from ..render.show_framework import show_readings

        finish(result, show_readings, result.case, as_json, output, lang)


@takes_plan_options
def stages(
    options: dict[str, Any],
    case: CaseArgument = "shanghai",
    periods: Annotated[
        str | None,
        typer.Option("--periods", metavar="A,B,...", help="Periods that share the budgets evenly, for a case without."),
    ] = None,
    resource: Annotated[
        str | None, typer.Option("--resource", help="The resource whose budget the limits of the stages are shares of.")
    ] = None,
    phased: Annotated[
        Path | None,
        typer.Option(
            "--write",
            metavar="FILE",
            help="Write the case with its periods, budgets and limits: a workbook, "
            ".zip or folder that every verb takes.",
        ),
    ] = None,
    as_json: JsonOption = False,
    output: OutOption = None,
    lang: LangOption = "en",
) -> None:
    """Phase the plan over years by the stages of the race, and tell what each track needs at its stage.

    Example: saidao stages shanghai
    """
    with Guard(lang, as_json, "saidao/stages/1"):
        from ..framework import stages as race_stages

        check_outputs(case, output, phased)
        chosen = plan_options(**options)
        named = None if periods is None else re.split("[,，;；]", periods)
        result = watched(lambda tell: race_stages.stages(case, named, resource, **chosen), lang)
        from ..render.show_framework import show_stages

        finish(result, show_stages, result.case, as_json, output, lang)
        save_made_case(result.case, phased, lang)


@takes_plan_options
def chains(
    options: dict[str, Any],
    case: CaseArgument = "shanghai",
    as_json: JsonOption = False,
    output: OutOption = None,
    lang: LangOption = "en",
) -> None:
    """Map gaps and measures onto the innovation chain and the industry chain: what is covered, and the holes.

    Example: saidao chains shanghai
    """
    with Guard(lang, as_json, "saidao/chains/1"):
        from ..framework import chains as chain_coverage

        check_outputs(case, output)
        chosen = plan_options(**options)
        result = watched(lambda tell: chain_coverage.chains(case, **chosen), lang)
        from ..render.show_framework import show_chains

        finish(result, show_chains, result.case, as_json, output, lang)


VERBS = (candidates, stages, balance, chains, readings, productivity)
