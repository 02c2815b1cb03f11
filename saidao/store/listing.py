"""Runs as people read them: the list, and one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ..results.column import Column, Table, bilingual
from ..results.result import Result
from ..texts.say import say
from .runs import Run

SHOWN = 30
"""Runs that a terminal shows, the newest; files hold all."""


@dataclass(frozen=True)
class Runs(Result):
    """The runs of a store, the newest first."""

    place: str
    runs: list[Run]

    @property
    def case(self) -> None:
        """No case names what stands in the table."""
        return

    def to_dict(self) -> dict[str, Any]:
        """Plain data."""
        return {"schema": "saidao/runs/1", "store": self.place, "runs": [run.to_dict() for run in self.runs]}

    def text(self, lang: str = "en") -> list[str]:
        """Say how many there are, and where."""
        if not self.runs:
            return [say("runs.none", lang, place=self.place)]
        return [say("runs.number", lang, number=len(self.runs), place=self.place)]

    def declared(self) -> Iterator[Table]:
        """Yield the list."""
        rows = [
            {**run.to_dict(), "tags": ", ".join(run.tags), "time": f"{run.at[:10]} {run.at[11:16]}"}
            for run in self.runs
        ]
        columns = (
            Column("id", heading="head.run"),
            Column("tags"),
            Column("time", heading="head.time_utc"),
            Column("who"),
            Column("verb"),
            *bilingual("title", heading="head.case"),
            *bilingual("answer"),
            Column("status", seen="files"),
            Column("command", seen="files"),
        )
        yield Table("kept_runs", columns, rows, most=SHOWN)


@dataclass(frozen=True)
class KeptRun(Result):
    """One run, with what came out."""

    run: Run
    result: Mapping[str, Any]

    @property
    def case(self) -> None:
        """No case names what stands in the table."""
        return

    def to_dict(self) -> dict[str, Any]:
        """Plain data."""
        return {"schema": "saidao/runs/show/1", **self.run.to_dict(), "document": dict(self.result)}

    def text(self, lang: str = "en") -> list[str]:
        """Say what was asked and what came out."""
        run = self.run
        return [run.answer_zh if lang == "zh" else run.answer_en]

    def declared(self) -> Iterator[Table]:
        """Yield what is known of it."""
        run = self.run
        known = {
            "run": run.id, "tags": ", ".join(run.tags), "time_utc": run.at, "who": run.who, "command": run.command,
            "status": run.status, "case_digest": run.case, "result_digest": run.result, "versions": run.versions,
        }  # fmt: skip
        rows = [{"field": name, "held": value} for name, value in known.items() if value]
        field = Column("field", heading="head.field", told=lambda row, lang: say(f"head.{row['field']}", lang))
        yield Table("kept_run", (field, Column("held", heading="head.held")), rows)
