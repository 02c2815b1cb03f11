"""What can be chosen: ranking methods, weighting schemes and normalisations, with their sources."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .. import mcda
from ..mcda.plotting import axes, bars, finished
from ..mcda.registry import REQUIRED
from ..results.column import Column, Row, Table
from ..results.question import question
from ..results.result import Result
from ..texts.say import say

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@dataclass(frozen=True, eq=False, repr=False)
class Methods(Result):
    """The result of `saidao.methods`: a row an entry of a registry of `mcda`."""

    ranking: list[Row]
    weighting: list[Row]
    normalisation: list[Row]

    @property
    def case(self) -> None:
        """No case names what stands in the tables."""
        return

    def __repr__(self) -> str:
        return f"Methods({', '.join(f'{len(entries)} {kind}' for kind, entries in vars(self).items())})"

    def to_dict(self) -> Row:
        """Plain data, keys as ``saidao methods --json``."""
        return {"schema": "saidao/methods/1", **vars(self)}

    def text(self, lang: str = "en") -> list[str]:
        """Say how many there are."""
        return [say("methods.count", lang, **{registry: len(entries) for registry, entries in vars(self).items()})]

    def declared(self) -> Iterator[Table]:
        """Yield the registries."""
        name, source = Column("name", heading="head.typed"), Column("source")
        title = Column("title", told=lambda row, lang: row["title_zh" if lang == "zh" else "title"])
        breaks = Column("breaks", told=_breaks)
        ranking = (name, title, Column("better", "word"), Column("normalisation"), breaks, source)
        yield Table("ranking", ranking, self.ranking, title="methods.ranking", sheet="methods.ranking")
        columns = (name, title, source)
        for registry in ("weighting", "normalisation"):
            key = f"methods.{registry}"
            yield Table(registry, columns, getattr(self, registry), title=key, sheet=key)

    def plot(self, ax: Axes | None = None, lang: str = "en") -> Axes:
        """Draw how many there are of each kind."""
        ax = axes(ax, len(vars(self)))
        bars(ax, [say(f"methods.{kind}", lang) for kind in vars(self)], [len(one) for one in vars(self).values()])
        return finished(ax, self.text(lang)[0])


@question("methods", example="saidao methods", about=None)
def methods() -> Methods:
    """List weighting schemes, ranking methods and normalisations with their sources."""
    return Methods(
        ranking=[
            {
                "name": m.name,
                "title": m.title,
                "title_zh": m.title_zh,
                "better": m.better,
                "normalisation": m.normalisation,
                "breaks": list(m.breaks),
                "linear": m.linear,
                "source": m.source,
                "options": {n: None if o.default is REQUIRED else o.default for n, o in m.options.items()},
                "steps": [{"symbol": s.symbol, "caption": s.caption, "axes": list(s.axes)} for s in m.steps],
            }
            for m in mcda.methods().values()
        ],
        weighting=[
            {"name": s.name, "title": s.title, "title_zh": s.title_zh, "needs": s.needs, "source": s.source}
            for s in mcda.schemes().values()
        ],
        normalisation=[
            {"name": n.name, "title": n.title, "title_zh": n.title_zh, "source": n.source}
            for n in mcda.normalisations().values()
        ],
    )


def _breaks(row: Row, lang: str) -> str:
    return say("list", lang).join(say(f"law.{law}", lang) for law in row["breaks"]) or "-"
