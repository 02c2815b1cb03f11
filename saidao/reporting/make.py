"""The report: one HTML file that asks nothing of the network, the answer first."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .. import mcda, pictures
from ..case import Case, load_case
from ..case.read import check_not_read
from ..case.tables import Factor, Measure, Resource, Track
from ..errors import CaseError, Infeasible, Problem, Stopped
from ..files import check_place, check_suffix, write_text
from ..optimize import OutOfTime, done_within
from ..pictures import Picture
from ..pictures.drawings import drawings
from ..questions.compare import compare
from ..questions.compare_plans import compare_plans
from ..questions.frontier import frontier
from ..questions.robust import robustness
from ..render import html, shown
from ..study import record, settings, verbs, worth
from ..study.footing_sentences import footing_told
from ..study.programme import plannable
from ..study.rank import rank, step_tables
from ..study.sentences import answer, bottleneck, closed, next_step, proof, suspicious
from ..texts.say import say
from .tables import framework_table, sources_table

if TYPE_CHECKING:
    import jinja2

    from ..study.plan import Plan

Drawn = tuple[str, Callable[[], Picture | None]]

LONGEST_PLAN, LONGEST_PICTURE, LONGEST = 20.0, 10.0, 40.0
"""Seconds for a plan of whole units, for what one picture asks of them, and for all pictures."""
SAMPLES, SEED = 2000, 0
"""Weight vectors that the picture of ranks under unknown weights draws."""
OF_RANKS = ("diamond", "ranking", "schemes")
"""Pictures that tell nothing of what is closed: those of a plan without a gap to close."""
IN_FULL = ("measures", "unfunded", "gaps", "provenance", "imputed")
"""Tables that say more than a report does, or the same as another one or a picture."""
SCHEMES = ("ticks", "random_index", "prioritisation", "aggregation", "missing")
"""Those that a comparison of schemes takes."""


@dataclass
class Report:
    """What the template shows."""

    lang: str
    title: str
    kicker: str
    answer: list[str]
    numbers: list[tuple[str, str]]
    pictures: list[Picture]
    tables: list[shown.Drawn]
    method: list[str]
    steps: list[shown.Drawn]
    proof: list[str]
    sources: shown.Drawn
    settings: list[tuple[str, str]]
    command: str
    digest: str
    versions: str
    date: str = ""
    left_out: list[str] = field(default_factory=list)
    footing: list[str] = field(default_factory=list)
    plan: Plan | None = None
    say: Callable[..., str] = say


def report(
    case: Case | str | Path, path: str | Path = "report.html", lang: str = "en", *, date: str = "", **options: Any
) -> Path:
    """Write the report of a case: its plan, or its ranking where it has no measures.

    Parameters
    ----------
    case : a `Case`, the name of a shipped one, a folder or a workbook.
    path : an .html file, which is written whole or not at all.
    lang : ``"en"`` or ``"zh"``.
    date : stands in the report if given; without one the same inputs give the same bytes.
    **options : as for `saidao.plan`.

    Raises
    ------
    CaseError, Infeasible, Stopped
        As `saidao.plan`; a path that cannot be written.
    """
    write_report(case, Path(path), lang, date=date, **options)
    return Path(path)


def write_report(case: Case | str | Path, path: Path, lang: str, *, date: str, **options: Any) -> Plan | None:
    """Write the report; return its plan, None where the case only ranks. Parameters are those of `report`."""
    check_report(path, case)
    made = _made(case, lang, date, options)
    write_text(path, _rendered(made, lang))
    return made.plan


def check_report(path: Path, case: Case | str | Path) -> None:
    """Refuse a report that could not be written, or would fall onto its case, before any work is done."""
    check_suffix(path, (".html", ".htm"))
    check_place(path)
    check_not_read(path, case)


def render(case: Case | str | Path, lang: str = "en", *, date: str = "", **options: Any) -> str:
    """Return the report as HTML; parameters are those of `report`."""
    return _rendered(_made(case, lang, date, options), lang)


def _rendered(made: Report, lang: str) -> str:
    return template().render(r=made, say=lambda key, **v: say(key, lang, **v))


def _made(case: Case | str | Path, lang: str, date: str, options: dict[str, Any]) -> Report:
    if lang not in ("en", "zh"):
        raise CaseError([Problem("choice", "--lang", found=lang, details={"choices": "en, zh"})])
    named = str(case) if not isinstance(case, Case) else str(case.path or case.name)
    case = load_case(case)
    made = _planned(case, lang, options) if plannable(case) else _ranked(case, lang, options)
    made.date, made.command, made.digest = (
        date,
        record.command("report", named, {"lang": lang, "date": date, **options}),
        record.digest(case),
    )
    return made


def _planned(case: Case, lang: str, options: dict[str, Any]) -> Report:
    limited = options.get("time_limit") is not None
    plan = verbs.plan(case, **(options if limited else {**options, "time_limit": LONGEST_PLAN}))
    made = _common(case, lang, plan.weights, plan.before, plan.settings.to_dict())
    made.answer, made.footing, made.numbers = answer(plan, lang), footing_told(plan, lang), _numbers(plan, lang)
    made.plan = plan
    made.tables = [
        shown.drawn(table, case, lang) for table in plan.tables.values() if table.rows and table.name not in IN_FULL
    ]
    made.method = [say("report.m.model", lang), *made.method]
    made.proof = proof(plan, lang)
    if plan.status == "stopped":
        made.left_out.append(say("stopped_with_plan", lang, gap=plan.certificate["gap"]))
    made.left_out += [say("undefined_ranking", lang, why=why) for why in plan.undefined]
    schemes = {name: options[name] for name in SCHEMES if options.get(name)}
    drawn: list[Drawn] = [
        ("diamond", lambda: pictures.diamond(plan, lang)),
        ("ranking", lambda: pictures.ranking(plan, lang)),
        ("flow", lambda: pictures.flow(plan, lang)),
        ("prices", lambda: pictures.prices(plan, lang)),
        ("frontier", lambda: pictures.frontier(frontier(case, **options), lang)),
        ("schemes", lambda: _ranks(case, plan.settings.method, lang, schemes)),
        ("money", lambda: _money(case, lang, options)),
        ("acceptability", lambda: _acceptability(case, plan.settings.method, lang, options)),
        *drawings(case, lambda: plan, lang, **options).items(),
        ("rests", lambda: pictures.rests_on(plan, lang)),
    ]
    _draw(made, drawn if plan.weighted_gap else [one for one in drawn if one[0] in OF_RANKS], lang)
    made.tables += framework_table(case, lang)
    return made


def _ranked(case: Case, lang: str, options: dict[str, Any]) -> Report:
    found = rank(case, **settings.ranking_options(options))
    names = case.names(Track, lang)
    made = _common(case, lang, found.weights, found, found.about["settings"])
    made.kicker = say("report.kicker.rank", lang)
    first = say("list", lang).join(
        names[str(t)] for t, r in zip(found.alternatives, found.rank_array, strict=True) if r == 1
    )
    blank = [n for n in ("resources", "measures", "costs", "effects") if not case.tables[n].rows]
    made.answer = [
        say("report.ranked", lang, first=first, tracks=len(names), method=found.method, weights=found.weights.scheme),
        say("report.rank_only", lang, missing=say("list", lang).join(blank)),
    ]
    made.numbers = [
        (first, say("report.first", lang)),
        (str(len(names)), say("report.tracks", lang)),
        (str(len(case.factor_ids)), say("report.factors", lang)),
    ]
    made.tables = [shown.drawn(found.tables[name], case, lang) for name in ("ranking", "weights")]
    schemes = {name: options[name] for name in SCHEMES if options.get(name)}
    _draw(
        made,
        [
            ("schemes", lambda: _ranks(case, found.method, lang, schemes)),
            ("acceptability", lambda: _acceptability(case, found.method, lang, options)),
            *drawings(case, None, lang, **options).items(),
        ],
        lang,
    )
    made.tables += framework_table(case, lang)
    return made


def _common(
    case: Case, lang: str, weights: mcda.Weights, ranking: mcda.Ranking | None, settings: dict[str, Any]
) -> Report:
    """What both kinds of report hold."""
    method = [] if ranking is None else [say("report.m.source", lang, source=mcda.methods()[ranking.method].source)]
    method.append(say("report.m.robust", lang, samples=SAMPLES, seed=SEED))
    if weights.scheme != "given":
        method.append(say("report.m.source", lang, source=mcda.schemes()[weights.scheme].source))
    chosen = [
        (k, json.dumps(v, ensure_ascii=False) if isinstance(v, dict | list) else str(v))
        for k, v in settings.items()
        if v
    ]
    names, factors = case.names(Track, lang), case.names(Factor, lang)
    cells = [f"{names[row['track']]} / {factors[row['factor']]} = {row['value']:.4g}" for row in case.imputed]
    return Report(
        lang,
        case.title(lang),
        say("report.kicker", lang),
        [],
        [],
        [],
        [],
        method,
        [] if ranking is None else [shown.drawn(one, case, lang) for one in step_tables(ranking, case)],
        [],
        sources_table(case, lang),
        chosen,
        "",
        "",
        record.versions(),
        left_out=[
            *suspicious(case, lang),
            *([say("report.imputed", lang, cells=say("list", lang).join(cells))] if cells else []),
        ],
    )


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
    resource = next(r for r in plan.case.rows(Resource) if r.resource == found["resource"])
    named = {"resource": resource.name(lang), "unit": resource.unit_name(lang) or "1"}
    if step is not None:
        gain = worth.told(plan, step["next_change"], "+")
        return [*made, (gain, say("report.next_step", lang, amount=f"{step['next_amount']:,.6g}", **named))]
    return [*made, (worth.told(plan, found["price_up"], "+"), say("report.bottleneck", lang, **named))]


def _draw(made: Report, drawn: list[Drawn], lang: str) -> None:
    """Draw all that the case allows, and that is solved in time; say what is not."""
    end = time.monotonic() + LONGEST
    for name, draw in drawn:
        try:
            with done_within(min(LONGEST_PICTURE, end - time.monotonic())):
                picture = draw()
        except (CaseError, Infeasible, Stopped, OutOfTime, mcda.InputError) as error:
            what = pictures.title(name, lang)
            made.left_out.append(say("report.left_out", lang, what=what, why=_why(error, lang)))
        else:
            if picture is not None:
                made.pictures.append(picture)


def _why(error: Exception, lang: str) -> str:
    if isinstance(error, OutOfTime):
        return say("report.out_of_time", lang, picture=LONGEST_PICTURE, all=LONGEST)
    if isinstance(error, CaseError):
        return " ".join(problem.text(lang) for problem in error.problems)
    return " ".join(error.lines(lang)) if isinstance(error, Infeasible) else str(error)


def _ranks(case: Case, method: mcda.MethodName, lang: str, schemes: dict[str, Any]) -> Picture:
    return pictures.ranks(compare(case, methods=[method], **schemes), lang)


def _money(case: Case, lang: str, options: dict[str, Any]) -> Picture:
    kept = {k: v for k, v in options.items() if k not in ("weights", "method", "stance") and v}
    method, stance = options.get("method"), options.get("stance")
    return pictures.money(compare_plans(case, None, method, stance, **kept), lang)


def _acceptability(case: Case, method: mcda.MethodName, lang: str, options: dict[str, Any]) -> Picture:
    kept: dict[str, Any] = {name: options.get(name) for name in ("normalisation", "ticks")}
    found = robustness(case, SAMPLES, SEED, method=method, **kept)
    return pictures.acceptability(found, lang)


@cache
def template() -> jinja2.Template:
    """The page that reports are set on; what is put on it is escaped."""
    import jinja2  # takes a tenth of a second

    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("saidao.reporting", "."),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    environment.globals["table"] = html.table
    return environment.get_template("report.html.j2")
