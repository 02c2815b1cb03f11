"""The page of a workspace in one language: its parts as HTML, and the values of its controls."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from markupsafe import Markup

from .context import Context
from .controls import Controls
from .framework import FrameworkPictures
from .judgements import Judgements
from .kept import Kept
from .results import Results
from .templating import render

PARTS = ("numbers", "bought", "tracks", "gaps", "rests", "proof", "kept", "weights", "locks")
"""Parts that may change with a choice; each is a template and an element of that id."""
PARTS_WITH_PRICES = ("answer", "resources", "flow")
"""The same, of what needs prices, some thirty programs of their own."""
QUICK = 1000
"""Columns of a program without whole units up to which prices go with all else; beyond, all else goes ahead of them."""


class Page(Context):
    """The page: its parts as HTML, and the values of its controls."""

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

    @property
    def prices_are_slow(self) -> bool:
        """Whether prices take so long that nobody should wait for them."""
        model = None if self.plan is None else self.plan.model
        return model is not None and (model.is_mixed or len(model.objective) > QUICK)

    # --- out ---------------------------------------------------------------------------------------------------------

    def part(self, name: str) -> Markup:
        """Return a part as HTML."""
        return Markup(render(f"parts/{name}.html", self.lang, page=self))

    def parts(self, names: Iterable[str] = (*PARTS, *PARTS_WITH_PRICES)) -> dict[str, Markup]:
        """Return parts by name."""
        return {name: self.part(name) for name in names}

    def values(self) -> dict[str, str]:
        """Return what each control shows, by its id."""
        c = self.choices
        shown = {"weights-by": c.weights, "method": c.method, "stance": c.stance, "objective": c.objective}
        shown |= {"save": self.saved} if self.resources_by_id else {}
        shown |= {"share": f"{c.share * 100:g}", "keep-name": self.kept.next_name}
        for row in self.controls.budgets:
            shown[f"budget-{row['id']}"] = shown[f"slider-{row['id']}"] = row["amount"]
        for matrix in self.judgements.matrices:
            for cell in matrix.cells():
                shown[cell.id] = cell.text
        return shown

    def flags(self) -> dict[str, bool]:
        """Return which controls are to be seen, or can be used, by their id."""
        return {
            "share-row": "share" in self.choices.aim.takes,
            "save-row": "save" in self.choices.aim.takes,
            "matrices": self.choices.weights == "ahp",
            "undo": self.workspace.can_undo,
            "redo": self.workspace.can_redo,
            "reset": self.choices != self.workspace.first,
        }
