"""The report of a case: its plan, or its ranking, with all that they rest on."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Unpack

from .. import mcda
from ..arguments import checked
from ..case import Case, load_case
from ..case.read import check_not_read
from ..case.tables import Factor, Measure, Track
from ..errors import CaseError, Problem
from ..files import check_place, check_suffix, write_text
from ..questions.gaps import Obstacles
from ..questions.rank_years import rank_years
from ..questions.settled import beyond_dispute, not_proven
from ..render import shown
from ..render.shown import Drawn
from ..results.column import Table
from ..results.question import Option
from ..study import settings, verbs
from ..study.names import method_name, scheme_name, track_names
from ..study.options import CaseLike, OnePlanOptions
from ..study.plan import worth
from ..study.plan.footing_sentences import footing_text
from ..study.plan.sentences import answer, asked, bottleneck, closed, next_step, proof, suspicious, undefined
from ..study.planning.programme import plannable
from ..study.planning.solving import whole_units_stopped
from ..study.ranking.rank import rank, step_tables
from ..study.record import command, record
from ..study.sources import framework_table, sources_table
from ..texts.numbers import quantity
from ..texts.say import LANGUAGES, say
from . import draw
from .checks import checks
from .sheet import Sheet

if TYPE_CHECKING:
    from ..study.plan.result import Plan

MOST_ROWS = 300
"""Rows of a table that a report holds."""
LONGEST_PLAN = 20.0
"""Seconds for a plan of whole units."""
PROPOSED = ("measures", "ranking", "resources", "rules", "misses")
"""Tables that say what is proposed: they come before the pictures."""
IN_FULL = ("unfunded", "gaps", "provenance", "imputed")
"""Tables that say more than a report does, or the same as another one or a picture."""


@checked
def report(
    case: CaseLike,
    path: str | Path = "report.html",
    lang: str = "en",
    *,
    date: str = "",
    second_opinion: Annotated[
        bool, Option("Have ranking and plan computed by pymcdm and CBC too, and say in the proof what they find.")
    ] = False,
    **options: Unpack[OnePlanOptions],
) -> Path:
    """Write the report of a case: its plan, or its ranking where it has no measures.

    Parameters
    ----------
    case : a `Case`, the name of a shipped one, a folder or a workbook.
    path : an .html file, which is written whole or not at all.
    lang : ``"en"`` or ``"zh"``.
    date : stands in the report if given; without one the same inputs give the same bytes.
    second_opinion : whether the ranking is computed by pymcdm (the extra ``opinion``) and the plan by CBC too.
    **options : as for `saidao.plan`.

    Raises
    ------
    CaseError, Infeasible, Stopped
        As `saidao.plan`; a path that cannot be written.
    """
    write_report(case, Path(path), lang, date=date, **({"second_opinion": True} if second_opinion else {}), **options)
    return Path(path)


def write_report(
    case: Case | str | Path, path: Path, lang: str, *, date: str, **options: Any
) -> tuple[str, Plan | None]:
    """Write the report; return it with its plan, None where the case only ranks. Parameters are those of `report`."""
    check_report(path, case)
    html, plan = rendered(case, lang, date=date, **options)
    write_text(path, html)
    return html, plan


def check_report(path: Path, case: Case | str | Path) -> None:
    """Refuse a report that could not be written, or would fall onto its case, before any work is done."""
    check_suffix(path, (".html", ".htm"))
    check_place(path)
    check_not_read(path, case)


def render(case: Case | str | Path, lang: str = "en", *, date: str = "", approval: str = "", **options: Any) -> str:
    """Return the report as HTML; parameters are those of `report`, and the sentence about who approved the plan."""
    return _made(case, lang, date, approval, options)[0].html()


def rendered(case: Case | str | Path, lang: str = "en", *, date: str = "", **options: Any) -> tuple[str, Plan | None]:
    """Return the report as HTML with its plan, None where the case only ranks; parameters are those of `report`."""
    made, plan = _made(case, lang, date, "", options)
    return made.html(), plan


def _made(
    case: Case | str | Path, lang: str, date: str, approval: str, options: dict[str, Any]
) -> tuple[Sheet, Plan | None]:
    if lang not in LANGUAGES:
        raise CaseError([Problem("choice", "--lang", found=lang, details={"choices": ", ".join(LANGUAGES)})])
    named = str(case) if not isinstance(case, Case) else str(case.path or case.name)
    again = command("report", named, {"lang": lang, "date": date, **dict(sorted(options.items()))})
    case = load_case(case)
    if plannable(case):
        made, plan = _of_plan(case, lang, again, options)
    else:
        made, plan = _of_ranking(case, lang, again, options), None
    if (framework := framework_table(case)).rows:
        made.tables.append(_table(framework, case, lang))
    made.date, made.approval = date, approval
    return made, plan


def _of_plan(case: Case, lang: str, again: str, options: dict[str, Any]) -> tuple[Sheet, Plan]:
    opinion = options.pop("second_opinion", False)
    plan = verbs.plan(case, **whole_units_stopped(options, LONGEST_PLAN))
    options.pop("gap", None)  # of the plan alone: what is asked beside it is asked to the end
    made = _sheet(case, lang, again, plan.weights, plan.before)
    made.settings = asked(plan, lang)
    made.kicker = say("report.kicker", lang)
    made.answer, made.footing, made.numbers = answer(plan, lang), footing_text(plan, lang), _numbers(plan, lang)
    if not isinstance(settled := beyond_dispute(plan), str):
        made.footing.append(settled.money_told(lang))
    elif settled != "unfit":
        why = not_proven(settled, lang)
        made.left_out.append(say("report.left_out", lang, what=say("report.settled", lang), why=why))
    tables = {name: _table(table, case, lang) for name, table in plan.tables.items() if table.rows}
    made.first = [tables.pop(name) for name in PROPOSED if name in tables]
    made.tables = [table for name, table in tables.items() if name not in IN_FULL]
    obstacles = Obstacles.of(plan)
    made.tables += [_table(obstacles.tables[name], case, lang) for name in ("coordination", "obstacle_factors")]
    _over_years(made, case, lang, options)
    made.method = [*obstacles.notes(lang), say("report.m.model", lang), *made.method]
    made.proof = proof(plan, lang)
    if opinion:
        from ..questions.second_opinion import opinion_on_plan, opinion_on_ranking  # pulp, which only these need

        made.proof += opinion_on_ranking(case, plan.before, plan.problem.decision, lang)
        made.proof += opinion_on_plan(plan, lang, options.get("amend"))
    made.checks = checks(plan, lang)
    if plan.status == "stopped":
        made.left_out.append(say("stopped_with_plan", lang, gap=plan.certificate["gap"]))
    made.left_out += undefined(plan, lang)
    made.pictures, left_out = draw.draw(draw.of_plan(plan, lang, options), lang, in_time=plan.model.is_mixed)
    made.left_out += left_out
    return made, plan


def _of_ranking(case: Case, lang: str, again: str, options: dict[str, Any]) -> Sheet:
    opinion = options.pop("second_opinion", False)
    found = rank(case, **settings.ranking_options(options))
    names = case.names(Track, lang)
    made = _sheet(case, lang, again, found.weights, found)
    made.kicker = say("report.kicker.rank", lang)
    leaders = [str(t) for t, r in zip(found.alternatives, found.rank_array, strict=True) if r == 1]
    first, number = track_names(case, leaders, lang), len(leaders)
    blank = [n for n in ("resources", "measures", "costs", "effects") if not case.tables[n].rows]
    by = {"method": method_name(found.method, lang), "weights": scheme_name(found.weights.scheme, lang)}
    made.answer = [
        say("report.ranked", lang, first=first, number=number, tracks=len(names), **by),
        say("report.rank_only", lang, missing=say("list", lang).join(blank)),
    ]
    made.numbers = [
        (first, say("report.first", lang, number=number)),
        (str(len(names)), say("report.tracks", lang)),
        (str(len(case.factor_ids)), say("report.factors", lang)),
    ]
    made.first = [_table(found.tables[name], case, lang) for name in ("ranking", "weights")]
    _over_years(made, case, lang, options)
    if opinion:
        from ..questions.second_opinion import second_ranking  # as above

        made.proof = second_ranking(case, **settings.ranking_options(options)).text(lang)
    made.pictures, left_out = draw.draw(draw.of_ranking(case, found.method, lang, options), lang)
    made.left_out += left_out
    return made


def _over_years(made: Sheet, case: Case, lang: str, options: dict[str, Any]) -> None:
    """Add the ranks of every period, where the scores are of several."""
    if len(case.score_periods) < 2:
        return
    try:
        found = rank_years(case, **settings.ranking_options(options))
    except CaseError as error:  # a period that lacks a track, or that the method is not defined for
        made.left_out += error.lines(lang)
        return
    table = _table(found.main, case, lang)
    made.tables.append(replace(table, note=" ".join([*found.text(lang), *found.notes(lang)])))


def _sheet(case: Case, lang: str, again: str, weights: mcda.Weights, ranking: mcda.Ranking | None) -> Sheet:
    """Return what both kinds of report hold."""
    method = [] if ranking is None else [say("report.m.source", lang, source=mcda.methods()[ranking.method].source)]
    method.append(say("report.m.robust", lang, samples=draw.samples(case), seed=draw.SEED))
    parents = [entry for entry in mcda.schemes().values() if entry.name in weights.scheme.split("+")]
    method += [say("report.m.source", lang, source=scheme.source) for scheme in parents]
    names, factors = case.names(Track, lang), case.names(Factor, lang)
    cells = [f"{names[row['track']]} / {factors[row['factor']]} = {row['value']:.4g}" for row in case.imputed]
    imputed = [say("report.imputed", lang, cells=say("list", lang).join(cells))] if cells else []
    return Sheet(
        lang,
        case.title(lang),
        sources=_table(sources_table(case), case, lang),
        record=record(case, again),
        method=method,
        steps=[] if ranking is None else [_table(one, case, lang) for one in step_tables(ranking, case)],
        left_out=[*suspicious(case, lang), *imputed],
    )


def _table(table: Table, case: Case, lang: str) -> Drawn:
    """Return a table with names alone: nobody types an id into a report."""
    made = shown.drawn(table, case, lang, MOST_ROWS, names=True)
    left_out = say("report.more_rows", lang, rows=made.cut) if made.cut else ""
    return replace(made, note=" ".join(filter(None, (made.note, left_out))))


def _numbers(plan: Plan, lang: str) -> list[tuple[str, str]]:
    """Three numbers that answer."""
    funded = len({row["measure"] for row in plan.allocation})
    made = [
        (closed(plan), say("report.closed", lang)),
        (str(funded), say("report.measures", lang, all=len(plan.case.rows(Measure)))),
    ]
    step, scarce = next_step(plan), bottleneck(plan)
    found = step or scarce
    if found is None:
        known = all(row["next_known"] is not False for row in plan.resources)
        return [*made, ("0", say("report.no_bottleneck", lang)) if known else ("-", say("answer.next_unknown", lang))]
    resource = plan.case.resource_of[found["resource"]]
    name, unit = resource.name(lang), resource.unit_name(lang)
    if step is not None:
        gain = worth.written(plan, step["next_change"], lang, "+")
        return [*made, (gain, say("report.next_step", lang, amount=quantity(step["next_amount"], unit), resource=name))]
    size, one = worth.step(plan, found, lang)
    gain = worth.rise(plan, found["price_up"] * size, lang)
    return [*made, (f"+{gain}", say("report.bottleneck", lang, resource=name, step=one))]
