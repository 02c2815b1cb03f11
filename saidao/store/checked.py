"""Whether everything that the store keeps is what was kept: the chain of the log, the contents, and the tables."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from ..results.column import Column, Table
from ..results.result import Result
from ..texts.say import say
from . import log
from .contents import Contents
from .runs import SAID
from .schema import contents, entries, head, revisions, runs, steps
from .store import Store


@dataclass(frozen=True)
class Checked(Result):
    """What is broken in a store, if anything is.

    Attributes
    ----------
    faults : `place` and `fault`, a key of the texts.
    entries, contents : how many were looked at.
    newest : digest of the newest entry: whoever has kept it elsewhere can tell that nothing was cut off since.
    """

    place: str
    faults: list[dict[str, Any]]
    entries: int
    contents: int
    newest: str

    @property
    def case(self) -> None:
        """No case names what stands in the table."""
        return

    @property
    def whole(self) -> bool:
        """Whether nothing is broken."""
        return not self.faults

    def to_dict(self) -> dict[str, Any]:
        """Plain data."""
        counted = {"entries": self.entries, "contents": self.contents, "newest": self.newest}
        return {
            "schema": "saidao/runs/verify/1",
            "store": self.place,
            "whole": self.whole,
            **counted,
            "faults": self.faults,
        }

    def text(self, lang: str = "en") -> list[str]:
        """Say whether everything is as it was kept."""
        counted = {"entries": self.entries, "contents": self.contents, "newest": self.newest}
        return [say("verify.whole" if self.whole else "verify.broken", lang, faults=len(self.faults), **counted)]

    def declared(self) -> Iterator[Table]:
        """Yield what is broken."""
        fault = Column("fault", told=lambda row, lang: say(row["fault"], lang))
        yield Table("store_faults", (Column("place"), fault), self.faults, most=50)


def checked(store: Store, newest: str = "") -> Checked:
    """Look through a store.

    Parameters
    ----------
    newest : a digest that the log had once: it has to stand in it still.
    """
    with store.reading() as connection:
        names = list(connection.execute(select(contents.c.digest)).scalars())
        found = [{"place": str(number), "fault": fault} for number, fault in log.breaks(connection)]
        found += _contents(connection, names)
        found += _runs(connection)
        found += _revisions(connection)
        if newest and connection.execute(select(entries.c.number).where(entries.c.digest == newest)).first() is None:
            found.append({"place": newest[:12], "fault": "chain.unknown"})
        end = connection.execute(select(head)).one()
    return Checked(store.place, found, end.number, len(names), end.digest)


def _contents(connection: Connection, names: list[str]) -> Iterator[dict[str, Any]]:
    held = Contents(connection)
    for name in names:
        try:
            held.get(name)
        except ValueError:
            yield {"place": name[:12], "fault": "verify.contents"}


def _runs(connection: Connection) -> Iterator[dict[str, Any]]:
    """Yield runs that are not as the log says, and runs of the log that are not there."""
    rows = {row.id: row for row in connection.execute(select(runs))}
    for entry in connection.execute(select(entries).where(entries.c.what == "run")):
        row = rows.pop(entry.subject, None)
        said = json.loads(entry.body)
        held = {} if row is None else {**row._mapping, "arguments": json.loads(row.arguments)}
        if row is None or any(held[name] != said.get(name) for name in ("who", "at", *SAID)):
            yield {"place": entry.subject, "fault": "verify.run"}
    for name in rows:
        yield {"place": name, "fault": "verify.run"}


def _revisions(connection: Connection) -> Iterator[dict[str, Any]]:
    """Yield revisions of plans whose choices are not those of their entry in the log."""
    found = connection.execute(
        select(revisions, steps.c.inputs, steps.c.choices, entries.c.body, entries.c.who.label("said_by"))
        .join(steps, steps.c.id == revisions.c.step)
        .outerjoin(entries, entries.c.number == revisions.c.number)
    )
    for row in found:
        said = {} if row.body is None else json.loads(row.body)
        if (said.get("inputs"), said.get("choices"), row.said_by) != (row.inputs, row.choices, row.who):
            yield {"place": f"{row.plan} {row.revision}", "fault": "verify.revision"}
