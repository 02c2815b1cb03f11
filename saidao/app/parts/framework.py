"""The pictures of the framework, drawn when they are asked for: some take several plans."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

from ...errors import SaidaoError
from ...pictures import Picture
from ...pictures import title as picture_title
from ...pictures.drawings import drawings
from ...study.plan.result import Plan
from .context import Context
from .templating import render


class FrameworkPictures(Context):
    """The framework's pictures that the case has data for."""

    @cached_property
    def _drawings(self) -> dict[str, Callable[[], Picture]]:
        planned = self._planned if self.workspace.plannable else None
        return drawings(self.choices.edited(self.workspace.case), planned, self.lang)

    def _planned(self) -> Plan:
        """Return the plan, or raise why there is none."""
        if self.outcome.plan is None:
            assert self.outcome.trouble is not None
            raise self.outcome.trouble
        return self.outcome.plan

    @property
    def listed(self) -> list[tuple[str, str]]:
        """Names and titles of the pictures."""
        return [(name, picture_title(name, self.lang)) for name in self._drawings]

    def drawn(self, name: str) -> str | None:
        """Return a picture as HTML, or why there is none; None for one that the case has no data for."""
        draw = self._drawings.get(name)
        if draw is None:
            return None
        try:
            return render("picture.html", self.lang, picture=draw(), named=False)
        except SaidaoError as error:
            return render("picture.html", self.lang, picture=None, trouble=error.lines(self.lang))
