"""The sheet that reports and results are set on: one HTML file that asks nothing of the network."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from ..pictures import Picture
from ..render import html
from ..render.shown import Drawn
from ..study.record import Record
from ..texts.say import say
from .checks import Checks

if TYPE_CHECKING:
    import jinja2


@dataclass(frozen=True)
class Entry:
    """A line of the contents: where it leads, what it is called, and the lines under it."""

    id: str
    title: str
    parts: tuple[Entry, ...] = ()


@dataclass
class Sheet:
    """What the template shows.

    Attributes
    ----------
    kicker : what stands above the title.
    answer, footing : sentences; the answer comes first, the footing after it.
    numbers : a few big numbers, each with what it is.
    method, proof, left_out : sentences.
    first, tables, steps : the tables that say what is proposed, all others, and the steps of a method.
    sources : where the case's numbers come from; None without a case.
    record : what it takes to make it again; None without a case.
    approval : who approved the plan, and the digest of what was approved; blank where nobody has.
    settings : the sentence that tells what was chosen.
    checks : the proof that a script in the sheet recomputes; None where there is none of that kind.
    """

    lang: str
    title: str
    sources: Drawn | None
    record: Record | None
    kicker: str = ""
    answer: list[str] = field(default_factory=list)
    footing: list[str] = field(default_factory=list)
    numbers: list[tuple[str, str]] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    first: list[Drawn] = field(default_factory=list)
    tables: list[Drawn] = field(default_factory=list)
    method: list[str] = field(default_factory=list)
    steps: list[Drawn] = field(default_factory=list)
    proof: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    date: str = ""
    approval: str = ""
    settings: str = ""
    checks: Checks | None = None

    @property
    def about(self) -> list[str]:
        """What stands under the title: the date, and what computed it."""
        versions = "" if self.record is None else self.record.versions
        return [part for part in (self.date, versions, self.approval) if part]

    @property
    def contents(self) -> list[Entry]:
        """Every section that the sheet has, in its order."""

        def parts(id_: str, drawn: list[Drawn]) -> tuple[Entry, ...]:
            return tuple(Entry(f"{id_}-{number}", one.title) for number, one in enumerate(drawn, 1))

        pictured = tuple(Entry(f"p-{picture.name}", picture.title) for picture in self.pictures)
        held: list[tuple[str, object, tuple[Entry, ...]]] = [
            ("plan", self.first, parts("plan", self.first)),
            ("pictures", self.pictures, pictured),
            ("tables", self.tables, parts("tables", self.tables)),
            ("method", self.method, ()),
            ("check", self.checks, ()),
            ("sources", self.record, ()),
            ("again", self.record, ()),
        ]
        return [Entry(id_, say(f"report.{id_}", self.lang), inside) for id_, there, inside in held if there]

    def html(self) -> str:
        """Return the sheet as HTML."""

        def told(key: str, **values: Any) -> str:
            return say(key, self.lang, **values)

        scripts = ("pages.js", "proof.js") if self.checks else ("pages.js",)
        read = [Path(__file__).with_name(name).read_text("utf-8") for name in scripts]
        return template().render(r=self, say=told, script=Markup("\n".join(read)))


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
