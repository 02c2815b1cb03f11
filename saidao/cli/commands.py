"""The verbs. Each reads its options, calls one function of the package, and shows or writes the result."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from ..errors import CaseError, Problem, SaidaoError, Stopped
from ..words import say

app = typer.Typer(
    name="saidao",
    help="Rank a city's new industrial tracks and allocate a budget of policy measures to close their gaps.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=True,
)

CaseArgument = Annotated[str, typer.Argument(metavar="[CASE]", help="A shipped case, or a folder.")]
WeightsOption = Annotated[
    str | None,
    typer.Option("--weights", help="A weighting scheme, or weights by factor: f1=0.5,f2=0.3,f3=0.2."),
]
MethodOption = Annotated[str | None, typer.Option("--method", help="A ranking method, see `saidao methods`.")]
TicksOption = Annotated[
    str | None,
    typer.Option("--ticks", help="How ticks read: strength or shortcoming (a tick counts 0)."),
]
NormalisationOption = Annotated[str | None, typer.Option("--normalisation", help="Normalisation of the method.")]
IndexOption = Annotated[str | None, typer.Option("--random-index", help="AHP: the random-index table.")]
PriorityOption = Annotated[str, typer.Option("--prioritisation", help="AHP: eigenvector or geometric_mean.")]
JsonOption = Annotated[bool, typer.Option("--json", help="JSON to standard output, and nothing else there.")]
OutOption = Annotated[Path | None, typer.Option("-o", "--output", help="Write the result to a file: .json or .csv.")]
LangOption = Annotated[str, typer.Option("--lang", help="Language of the output: en or zh.")]


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


class _Guard:
    """Turns what a user can mend into messages and the exit status of the contract."""

    def __init__(self, lang: str, as_json: bool, schema: str) -> None:
        self.lang, self.as_json, self.schema = lang, as_json, schema

    def __enter__(self) -> None:
        if self.lang not in ("en", "zh"):
            lang, self.lang = self.lang, "en"
            _fail(
                CaseError([Problem("choice", "--lang", found=lang, details={"choices": "en, zh"})]),
                "en",
                2,
            )

    def __exit__(self, kind: Any, error: BaseException | None, trace: Any) -> None:
        if not isinstance(error, SaidaoError):
            return
        if self.as_json:
            status = {3: "infeasible", 4: "stopped"}.get(error.exit_status, "error")
            problems = [p.to_dict(self.lang) for p in getattr(error, "problems", ())]
            conflicts = [conflict.to_dict() for conflict in getattr(error, "conflicts", ())]
            _json({"schema": self.schema, "status": status, "problems": problems, "conflicts": conflicts})
        _fail(error, self.lang, error.exit_status)


def _fail(error: SaidaoError, lang: str, status: int) -> None:
    if isinstance(error, CaseError):
        lines = [f"{say(p.level, lang)}: {p.text(lang)}" for p in error.problems]
    elif isinstance(error, Stopped):
        lines = [say("stopped", lang, why=str(error))]
    else:
        lines = error.lines(lang)
    for line in lines:
        print(line, file=sys.stderr)
    raise typer.Exit(status)


def _json(document: dict[str, Any]) -> None:
    print(json.dumps(document, ensure_ascii=False, allow_nan=False))


def _pairs(texts: list[str], where: str) -> dict[str, float]:
    """Read NAME=NUMBER pairs; all faults at once."""
    pairs: dict[str, float] = {}
    problems = []
    for text in texts:
        name, sign, number = text.partition("=")
        try:
            value = float(number)
        except ValueError:
            value = -1.0
        if not sign or not 0 <= value < float("inf"):
            problems.append(Problem("option_pair", where, found=text))
        pairs[name.strip()] = value
    if problems:
        raise CaseError(problems)
    return pairs


def _locks(texts: list[str]) -> dict[str, float]:
    """Read M=LEVEL or M=LEVEL@TARGET."""
    pairs = _pairs([text.partition("@")[0] for text in texts], "--lock")
    return {
        name + text[text.index("@") :] if "@" in text else name: level
        for (name, level), text in zip(pairs.items(), texts, strict=True)
    }


def _weights(text: str | None) -> str | dict[str, float] | None:
    return _pairs(text.split(","), "--weights") if text and "=" in text else text


def _saved(path: Path | None, document: str, rows: Any, lang: str) -> None:
    if path is not None:
        from ..output import save

        save(path, document, rows)
        print(say("written", lang, path=path), file=sys.stderr)


def _check_output(path: Path | None) -> None:
    if path is not None:
        from ..output import check_output

        check_output(path)


@app.command()
def plan(
    case: CaseArgument = "shanghai",
    weights: WeightsOption = None,
    method: MethodOption = None,
    stance: Annotated[str | None, typer.Option(help="even, leaders or laggards: who comes first.")] = None,
    objective: Annotated[
        str | None,
        typer.Option(help="weighted, maxmin (worst track first), or reach=SHARE (least spend that closes a share)."),
    ] = None,
    budget: Annotated[
        list[str] | None,
        typer.Option("--budget", metavar="R=AMOUNT", help="Replace a budget; repeatable."),
    ] = None,
    lock: Annotated[
        list[str] | None,
        typer.Option("--lock", metavar="M=LEVEL[@TARGET]", help="Set a measure's level; repeatable."),
    ] = None,
    forbid: Annotated[
        list[str] | None, typer.Option("--forbid", metavar="M[@TARGET]", help="Leave a measure out; repeatable.")
    ] = None,
    time_limit: Annotated[
        float | None, typer.Option("--time-limit", help="Seconds for a plan of whole units; the best by then is shown.")
    ] = None,
    ticks: TicksOption = None,
    normalisation: NormalisationOption = None,
    random_index: IndexOption = None,
    prioritisation: PriorityOption = "eigenvector",
    as_json: JsonOption = False,
    output: OutOption = None,
    lang: LangOption = "en",
) -> None:
    """Weigh, rank, find the gaps, and allocate the budgets; with prices and a certificate.

    Example: saidao plan shanghai --budget funds=2000 --stance laggards -o plan.csv
    """
    with _Guard(lang, as_json, "saidao/plan/1"):
        from .. import study

        _check_output(output)
        result = study.plan(
            case,
            weights=_weights(weights),
            method=method,
            stance=stance,
            objective=objective,
            budgets=_pairs(budget or [], "--budget"),
            lock=_locks(lock or []),
            forbid=forbid or (),
            time_limit=time_limit,
            ticks=ticks,
            normalisation=normalisation,
            random_index=random_index,
            prioritisation=prioritisation,
        )
        if as_json:
            _json(result.to_dict())
        else:
            from .show import show_plan

            show_plan(result, lang)
        _saved(output, result.to_json(), result.allocation_rows(), lang)
        if result.status == "stopped":
            print(say("stopped_with_plan", lang, gap=result.certificate["gap"]), file=sys.stderr)
            raise typer.Exit(4)


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
    with _Guard(lang, as_json, "saidao/rank/1"):
        from .. import study
        from ..case import load_case

        _check_output(output)
        loaded = load_case(case)
        result = study.rank(
            loaded, weights=_weights(weights), method=method, ticks=ticks, normalisation=normalisation,
            random_index=random_index, prioritisation=prioritisation,
        )  # fmt: skip
        if as_json:
            _json(result.to_dict())
        else:
            from .show import show_ranking

            show_ranking(loaded, result, lang)
        _saved(output, result.to_json(), result.to_dict()["ranking"], lang)


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
    with _Guard(lang, as_json, "saidao/weights/1"):
        from .. import mcda, study
        from ..case import load_case

        _check_output(output)
        loaded = load_case(case)
        found, missing = [], {}
        for name in scheme or list(mcda.schemes()):
            try:
                found.append(
                    study.weigh(
                        loaded,
                        _weights(name),
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
            _json(document)
        else:
            from .show import show_weights

            show_weights(loaded, found, missing, lang)
        rows = [{"factor": f, **{w.scheme: float(w.array[j]) for w in found}} for j, f in enumerate(loaded.factor_ids)]
        _saved(output, json.dumps(document, ensure_ascii=False), rows, lang)


@app.command()
def check(
    case: CaseArgument = "shanghai",
    as_json: JsonOption = False,
    lang: LangOption = "en",
) -> None:
    """Read a case and list every error with file, row and column.

    Example: saidao check ./mycase
    """
    with _Guard(lang, as_json, "saidao/check/1"):
        from ..case import read_case

        loaded, problems = read_case(case)
        errors = [p for p in problems if p.level == "error"]
        if as_json:
            _json(
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
    with _Guard(lang, as_json, "saidao/methods/1"):
        from .. import mcda

        document: dict[str, Any] = {
            "schema": "saidao/methods/1",
            "ranking": [
                {
                    "name": m.name, "title": m.title, "title_zh": m.title_zh, "better": m.better,
                    "normalisation": m.normalisation, "options": dict(m.options), "engine": m.engine,
                    "source": m.source,
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
            _json(document)
        else:
            from .show import show_methods

            show_methods(document, lang)
