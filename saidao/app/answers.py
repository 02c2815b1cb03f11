"""What the page shows of a workspace, made by a worker: each a function of plain arguments that returns plain data."""

from __future__ import annotations

from typing import Any

from ..case import Case
from ..errors import CaseError, Problem, SaidaoError
from ..results.question import load
from ..study.panel import Opinions
from ..texts.say import say
from . import downloads
from .page import LATE, VIEWS, Page
from .parts.comparison import Comparison
from .parts.editing import FIRST, Window
from .parts.preview import preview
from .parts.questions import Questions, unreachable
from .parts.templating import mark_of, render
from .parts.tips import Tips
from .parts.why import AT_ONCE, Why
from .parts.year import Asked, Year
from .plans.choices import Choices
from .plans.workspace import Outcomes, Workspace


def view(
    workspace: Workspace, name: str, lang: str, back: str, office: bool, table: str = "", window: Window = FIRST
) -> str:
    """Return the page of a view; of the data a table, the tracks if none is named, and of it the rows of a window."""
    shown = table or ("tracks" if name == "data" else "")
    page, within = Page(workspace, lang, window), "/".join(filter(None, (VIEWS[name].path[1:], table)))
    more = {"step": VIEWS[name].step, "within": within, "table_shown": shown}
    return _shown(page, name, page.names(name, shown), back, office, more)


def year(workspace: Workspace, lang: str, back: str, office: bool, asked: Asked) -> str:
    """Return the page of the year after the plan."""
    more = {"step": "plan", "within": "year", "table_shown": "", "year": Year(workspace, lang, asked)}
    return _shown(Page(workspace, lang), "year", ("how-now",), back, office, more)


def _shown(page: Page, name: str, parts_of: tuple[str, ...], back: str, office: bool, more: dict[str, Any]) -> str:
    parts, lang = page.parts(parts_of), page.lang
    return render(
        f"{name}.html",
        lang,
        **more,
        page=page,
        view=name,
        parts=parts,
        marks={part: mark_of(html) for part, html in parts.items()},
        values=page.values(),
        flags=page.flags(),
        downloads=tuple(downloads.MAKERS),
        office=office,
        opened=page.case.title(lang),
        back=back,
    )


def parts(workspace: Workspace, wanted: dict[str, Any], refused: list[str]) -> dict[str, Any]:
    """Return the parts of the page that a browser has not, and what its controls show."""
    page = Page(workspace, wanted["lang"], wanted["window"])
    late = bool(wanted["changes"]) and any(name in LATE for name in wanted["marks"])
    names = [name for name in wanted["marks"] if name not in LATE or not wanted["changes"]]
    made = {name: {"html": html, "mark": mark_of(html)} for name, html in page.parts(names).items()}
    return {
        "number": wanted["number"],
        "plan": workspace.plan,
        "revision": workspace.revision,
        "saved": None if workspace.state is None else workspace.state.at,
        "refused": refused,
        "parts": {name: part for name, part in made.items() if wanted["marks"].get(name) != part["mark"]},
        "values": page.values(),
        "flags": page.flags(),
        "late": late,
        "why": at_once(workspace, wanted["lang"], wanted["why"]) if wanted["changes"] else None,
    }


def sheet(workspace: Workspace, lang: str, table: str, window: Window) -> dict[str, Any]:
    """Return a table of the case, the rows of a window, as a part of the page."""
    html = Page(workspace, lang, window).part(f"sheet-{table}")
    return {"html": html, "mark": mark_of(html)}


def foreseen(workspace: Workspace, changes: list[dict[str, str]], lang: str) -> dict[str, Any]:
    """Return what changes would do, or what is wrong with them."""
    return preview(workspace, changes, lang)


def asked(workspace: Workspace, lang: str, verb: str, given: dict[str, list[str]]) -> tuple[str, int]:
    """Return the answer to a question of the registry as HTML, or why there is none, and the status of the response."""
    if why_not := unreachable(load(verb)):
        return render("answered.html", lang, answer=None, trouble=[say(why_not, lang)]), 422
    try:
        return render("answered.html", lang, answer=Questions(workspace, lang).answer(verb, given)), 200
    except SaidaoError as error:
        return render("answered.html", lang, answer=None, trouble=error.lines(lang)), 422


def picture(workspace: Workspace, lang: str, name: str) -> str | None:
    """Return a picture of the framework, if there is one of that name."""
    return Page(workspace, lang).framework.drawn(name)


def every(workspace: Workspace, lang: str, name: str) -> str:
    """Return a table of tracks with all of them."""
    return Page(workspace, lang).every(name)


def places(workspace: Workspace, lang: str) -> str:
    """Return where measures can be locked, as options: those of many tracks come when the form is used."""
    return render("places.html", lang, page=Page(workspace, lang))


def footing(workspace: Workspace, lang: str) -> str:
    """Return what the ranking and the case's assumptions do to the money: several plans."""
    return str(Page(workspace, lang).part("footing"))


def settled(workspace: Workspace, lang: str) -> str:
    """Return how much money every best plan spends, whatever the weights within a tenth of their own."""
    return render("opinion.html", lang, lines=Page(workspace, lang).results.settled)


def opinion(workspace: Workspace, lang: str) -> str:
    """Return what pymcdm says of the ranking, and CBC of the plan."""
    return render("opinion.html", lang, lines=Page(workspace, lang).results.second_opinion)


def tips(workspace: Workspace, lang: str) -> str:
    """Return where on the factors' bars the plan or the first track would be another."""
    return render("tips.html", lang, tips=Tips(workspace, lang))


def why(workspace: Workspace, lang: str, of: str, depth: int) -> str | None:
    """Return why something gets what it gets, as deep as asked; None of what there is not."""
    try:
        return render("why.html", lang, why=Why(workspace, lang, of, depth))
    except KeyError:
        return None


def at_once(workspace: Workspace, lang: str, of: str) -> str | None:
    """Return the start of why something gets what it gets, if it takes no solving: it comes with the plan then."""
    return why(workspace, lang, of, 0) if of.partition(":")[0] in AT_ONCE else None


def compared(workspace: Workspace, lang: str, other: str, why: bool) -> str | None:
    """Return the plan beside another, with the causes of what differs if asked; None of what there is not."""
    versus = Comparison(workspace, lang, other, why=why)
    return render("compared.html", lang, versus=versus) if versus.known and versus.plan is not None else None


def download(workspace: Workspace, lang: str, name: str) -> downloads.File:
    """Return a file; raises as what it holds does."""
    return downloads.MAKERS[name](workspace, lang)


def result(workspace: Workspace) -> dict[str, Any]:
    """Return the plan with its certificate, plain data; raises why there is none."""
    found = workspace.outcome()
    if found.plan is None:
        raise found.trouble or CaseError([Problem("needs_table", "measures.csv")])
    return found.plan.to_dict()


def disagreements(workspace: Workspace, opinions: Opinions, choices: Choices) -> list[dict[str, Any]]:
    """Return what of the money hangs on each disagreement of a panel."""
    return opinions.disagreements(choices.settings(opinions.case))


def check(workspace: Workspace, case: Case, choices: Choices) -> None:
    """Raise what is not defined for another version of the case under choices."""
    found = Outcomes(case).of(choices)
    if found.refused:
        assert found.trouble is not None
        raise found.trouble
