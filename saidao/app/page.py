"""The page of a workspace in one language: its parts as HTML, and the values of its controls."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup

from ..case.tables import TABLES
from .parts.build import Builder
from .parts.comparison import Comparison
from .parts.context import Context
from .parts.controls import Controls
from .parts.editing import FIRST, Editing, Window
from .parts.framework import FrameworkPictures
from .parts.judgements import Judgements
from .parts.kept import Kept
from .parts.questions import Questions
from .parts.results import Results
from .parts.screen import Screen
from .parts.templating import render
from .plans.workspace import Workspace


@dataclass(frozen=True)
class View:
    """A view of the workspace: what follows in its address, the step that it belongs to, and its parts.

    Each part is a template and an element of that id, sent anew where a choice changes it; `late` ones take programs of
    their own and come after all else: the page asks for them when it is shown.
    """

    path: str
    step: str
    parts: tuple[str, ...]
    late: tuple[str, ...] = ()

    def address(self, plan: str = "") -> str:
        """Return where a plan is shown so; the one that a browser works on, if none is named."""
        return f"/plan/{plan}{self.path}" if plan else self.path or "/"


VIEWS = {
    "plan": View("", "plan", ("answer", "cells", "tracks", "measures"), ("foot",)),
    "judge": View("/judge", "judge", ("questions", "weights", "effect")),
    "data": View("/data", "data", ("lead", "tables", "locks")),
    "compare": View("/compare", "plan", ("beside", "kept")),
    "ask": View("/ask", "plan", ()),
    "more": View("/more", "plan", ("levels", "gaps", "rests", "proof"), ("prices", "flow")),
}
SHEETS = tuple(f"sheet-{model.table}" for model in TABLES)
"""Parts that each are a table of the case; the data view shows one."""
PARTS = (*SHEETS, "how-now", *(part for view in VIEWS.values() for part in view.parts), "ranks")
"""Parts that come at once."""
CUT = ("levels", "gaps")
"""Parts that show the first of many tracks, until all are asked for."""
LATE = tuple(part for view in VIEWS.values() for part in view.late)
"""Parts that come after them."""


class Page(Context):
    """The page: its parts as HTML, and the values of its controls."""

    def __init__(self, workspace: Workspace, lang: str, window: Window = FIRST) -> None:
        super().__init__(workspace, lang)
        self.window = window

    @cached_property
    def controls(self) -> Controls:
        """Budgets, methods, candidates and locks."""
        return Controls(self.workspace, self.lang)

    @cached_property
    def judgements(self) -> Judgements:
        """Weights and pairwise judgements."""
        return Judgements(self.workspace, self.lang)

    @cached_property
    def results(self) -> Results:
        """What the choices come to."""
        return Results(self.workspace, self.lang)

    @cached_property
    def framework(self) -> FrameworkPictures:
        """Pictures of the framework."""
        return FrameworkPictures(self.workspace, self.lang)

    @cached_property
    def kept(self) -> Kept:
        """Kept scenarios, side by side."""
        return Kept(self.workspace, self.lang)

    @cached_property
    def comparison(self) -> Comparison:
        """What the plan can be compared with."""
        return Comparison(self.workspace, self.lang)

    @cached_property
    def screen(self) -> Screen:
        """The first screen."""
        return Screen(self.workspace, self.lang)

    @cached_property
    def editing(self) -> Editing:
        """Tables that are edited where they stand."""
        return Editing(self.workspace, self.lang)

    @cached_property
    def builder(self) -> Builder:
        """What a new rule can say."""
        return Builder(self.workspace, self.lang)

    @cached_property
    def questions(self) -> Questions:
        """The questions that can be asked."""
        return Questions(self.workspace, self.lang)

    @property
    def how_now(self) -> str:
        """The stance in a word; with another aim than most closed, that too."""
        stance = self.say(f"stance.{self.choices.stance}")
        return stance if self.choices.objective == "weighted" else f"{stance} · {self.goal(self.choices)}"

    # --- out ---------------------------------------------------------------------------------------------------------

    def part(self, name: str) -> Markup:
        """Return a part as HTML; of the table that is shown, what stands beside it follows."""
        if name in SHEETS:
            sheet = self.editing.sheet(name.removeprefix("sheet-"), self.window)
            return Markup(render("parts/sheet.html", self.lang, page=self, sheet=sheet))
        return Markup(render(f"parts/{name}.html", self.lang, page=self, every=False))

    def every(self, name: str) -> str:
        """Return a table of tracks with all of them."""
        return render(f"parts/{name}.html", self.lang, page=self, every=True)

    def parts(self, names: Iterable[str]) -> dict[str, Markup]:
        """Return parts by name."""
        return {name: self.part(name) for name in names}

    def at(self, view: str, within: str = "") -> str:
        """Return where the plan is shown in a view, or a table within it."""
        return VIEWS[view].address(self.workspace.plan) + (f"/{within}" if within else "")

    def names(self, view: str, table: str = "") -> tuple[str, ...]:
        """Return the parts with which a view is shown; of a case that only ranks the first has its ranking alone."""
        shown = VIEWS[view]
        if table:
            return ("how-now", *shown.parts, f"sheet-{table}")
        if view == "plan" and not self.workspace.plannable:
            return ("how-now", "ranks")
        return ("how-now", *shown.parts)

    def values(self) -> dict[str, str]:
        """Return what each control shows, by its id."""
        c = self.choices
        shown = {"weights-by": c.weights, "method": c.method, "stance": c.stance, "objective": c.objective}
        shown |= {"save": self.saved} if self.resources_by_id else {}
        shown |= {"share": f"{c.share * 100:g}", "keep-name": self.kept.next_name}
        for row in self.controls.budgets:
            shown[f"budget-{row['id']}"] = row["field"]
        for matrix in self.judgements.matrices:
            for cell in matrix.cells():
                shown[cell.id] = cell.text
        return shown

    def flags(self) -> dict[str, bool]:
        """Return which controls are to be seen, or can be used, by their id."""
        return {
            "share-row": "share" in self.choices.aim.takes,
            "save-row": "save" in self.choices.aim.takes,
            "undo": self.workspace.can_undo,
            "redo": self.workspace.can_redo,
            "reset": self.choices != self.workspace.first,
        }
