"""Tables of the questions: why, what if, and how rankings and plans depend on what nobody knows."""

from __future__ import annotations

from collections.abc import Iterable

from ..case.tables import Measure, Resource, Track
from ..questions.acceptability import Acceptability
from ..questions.ask import Inquiry
from ..questions.compare import Comparison
from ..questions.compare_plans import PlanComparison
from ..questions.explain import Explanation
from ..study.sentences import answer
from ..texts.say import say
from .terminal import console, dash, header, headings, number, table

WIDE = 10
"""Plans beside each other in one table."""
SIDE_BY_SIDE = 84
"""Columns beside the tracks' names within which all rankings are shown one by one."""


def show_explanation(explanation: Explanation, lang: str) -> None:
    """Print why and why not, a paragraph a measure."""
    out = console()
    header(out, explanation.plan.case, lang)
    out.print((" " if lang == "en" else "").join(answer(explanation.plan, lang)))
    for sentences in explanation.text(lang):
        out.print()
        out.print((" " if lang == "en" else "").join(sentences))


def show_comparison(found: Comparison, lang: str) -> None:
    """Print who moves and why, the consensus, ranks side by side (ranges where they are many), and the agreement."""
    out = console()
    header(out, found.case, lang)
    for sentence in found.text(lang):
        out.print(sentence)
    out.print()
    names = found.case.names(Track, lang)
    schemes, methods = found.schemes, found.methods

    def span(ranks: Iterable[int]) -> str:
        ends = sorted(set(ranks))
        return "-" if not ends else str(ends[0]) if len(ends) == 1 else f"{ends[0]}-{ends[-1]}"

    rows = [
        [
            names[row["track"]],
            row["borda_rank"],
            row["copeland_rank"],
            "-" if row["kemeny"] is None else span((row["kemeny_from"], row["kemeny_to"])),
            span(found.ranks[t].tolist()),
        ]
        for t, row in sorted(enumerate(found.consensus), key=lambda item: (item[1]["borda_rank"], item[0]))
    ]
    heads = headings(lang, "track", "!borda", "!copeland", "!kemeny", "!ranks")
    out.print(table(say("title.consensus", lang), heads, rows))

    def side_by_side(title: str, columns: dict[str, list[int]]) -> None:
        heads = [*headings(lang, "track"), *((name, "right") for name in columns)]
        cells = [
            [names[track], *(span(found.ranks[t, at].tolist()) for at in columns.values())]
            for t, track in enumerate(found.tracks)
        ]
        out.print(table(say(title, lang), heads, cells))

    each = {f"{scheme}\n{method}": [c] for c, (scheme, method) in enumerate(found.rankings)}
    if sum(max(map(len, name.split("\n"))) + 2 for name in each) <= SIDE_BY_SIDE:
        side_by_side("title.ranks", each)
    else:
        for title, kind, listed in (("method", 1, methods), ("weights", 0, schemes)):
            side_by_side(
                f"title.ranks_{title}",
                {name: [c for c, key in enumerate(found.rankings) if key[kind] == name] for name in listed},
            )
    mean = dict(zip(found.rankings, found.mean_agreement, strict=True))
    rows = [[scheme, *(dash(mean.get((scheme, method)), ".3f") for method in methods)] for scheme in schemes]
    heads = [*headings(lang, "weights"), *((method, "right") for method in methods)]
    out.print(table(say("title.agreement", lang), heads, rows))
    if found.missing:
        left_out = say("list", lang).join(missing.name(lang) for missing in found.missing)
        out.print(say("not_available", lang, number=len(found.missing), names=left_out))


def show_plan_comparison(found: PlanComparison, lang: str) -> None:
    """Print what holds under all plans, the levels, the regret, and how much of each resource moves."""
    out = console()
    header(out, found.case, lang)
    for sentence in found.text(lang):
        out.print(sentence)
    out.print()
    names = found.case.names(Measure, lang)
    resources = found.case.names(Resource, lang)
    funded = [row for row in found.measures if row["funded_in"]]
    for start in range(0, len(found.names), WIDE):
        part = found.names[start : start + WIDE]
        columns = [*headings(lang, "measure", "name", "!funded_in"), *((name, "right") for name in part)]
        rows = [
            [row["measure"], names[row["measure"]], row["funded_in"], *(_level(row[name]) for name in part)]
            for row in sorted(funded, key=lambda row: -int(row["funded_in"]))
        ]
        out.print(table(say("title.plan_levels", lang), columns, rows))
    if len(found.names) == 1:
        return
    columns = [*headings(lang, "plan_of"), *((name, "right") for name in found.names)]

    def square(title: str, values: list[list[float]]) -> None:
        rows = [
            [name, *(f"{v:.1%}" if v > 5e-5 else "-" for v in row)]
            for name, row in zip(found.names, values, strict=True)
        ]
        out.print(table(title, columns, rows))

    square(say("title.plan_regret", lang), found.regret.tolist())
    for r, budget in enumerate(found.budgets):
        if budget > 0:
            name = resources[next(iter(found.plans.values())).solved.programme.resources[r]]
            square(say("title.plan_moves", lang, resource=name), (found.moves[:, :, r] / budget).tolist())
    if found.missing:
        left_out = say("list", lang).join(missing.name(lang) for missing in found.missing)
        out.print(say("not_available", lang, number=len(found.missing), names=left_out))


def show_acceptability(found: Acceptability, lang: str) -> None:
    """Print under which share of the weights each measure is funded, and how spend and tracks spread."""
    out = console()
    header(out, found.case, lang)
    for sentence in found.text(lang):
        out.print(sentence)
    out.print()
    names = found.case.names(Measure, lang)
    heads = headings(lang, "measure", "name", "in_plan", "!acceptability", "!error", "!mean", "!deviation")
    rows = [
        [
            row["measure"],
            names[row["measure"]],
            say("yes", lang) if row["in_plan"] else "",
            f"{row['acceptability']:.1%}",
            f"{row['standard_error']:.1%}",
            _level(row["mean"]),
            _level(row["deviation"]),
        ]
        for row in sorted(found.measures, key=lambda row: -float(row["acceptability"]))
    ]
    out.print(table(say("title.accept_measures", lang), heads, rows))
    resources = found.case.names(Resource, lang)
    heads = headings(lang, "resource", "!budget", "!mean", "!deviation", "!least_level", "!most_level")
    rows = [
        [resources[row["resource"]], *(number(row[k], 6) for k in ("budget", "mean", "deviation", "least", "most"))]
        for row in found.resources
    ]
    out.print(table(say("title.accept_resources", lang), heads, rows))
    tracks = found.case.names(Track, lang)
    heads = headings(lang, "track", "!mean", "!deviation", "!least_level", "!most_level")
    rows = [
        [tracks[row["track"]], *(f"{row[k]:.0%}" for k in ("mean", "deviation", "least", "most"))]
        for row in found.tracks
    ]
    out.print(table(say("title.accept_tracks", lang), heads, rows))


ASKED = 25
"""Inputs shown; the data holds all."""


def show_inquiry(found: Inquiry, lang: str) -> None:
    """Print what is most worth knowing, and where each input keeps the plan the best."""
    out = console()
    header(out, found.case, lang)
    for sentence in found.text(lang):
        out.print(sentence)
    out.print()
    rows = [
        [
            " ".join((row["table"], row["row"], row["column"])),
            f"{row['value']:.4g}",
            say(f"source.{row['kind']}", lang),
            f"{100 * row['regret']:.3f}",
            "-" if row["low"] is None else f"{row['low']:.4g}",
            "-" if row["high"] is None else f"{row['high']:.4g}",
            f"{row['carries']:.1%}",
        ]
        for row in found.inputs[:ASKED]
    ]
    heads = headings(lang, "where", "!value", "source", "!points_gained", "!low", "!high", "!carries")
    out.print(table(say("title.ask", lang), heads, rows))


def _percent(share: float) -> str:
    return "" if share == 0 else f"{share:.0%}" if share >= 0.005 else "<1%"


def _level(level: float) -> str:
    return f"{level:.2f}" if level > 5e-3 else "-" if level == 0 else "0.00"
