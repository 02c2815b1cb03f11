"""Kept scenarios side by side: what differs in their settings, and what comes of each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ...case.tables import Candidate
from ...study.plan.result import Plan
from ...study.plan.sentences import closed as closed_text
from ...study.ranking.weights import fraction
from ...texts.numbers import NOTHING
from ..plans.choices import Choices, asked
from ..plans.offered import titles
from ..plans.work import free_name
from .context import Context
from .judgements import Matrix


class Kept(Context):
    """The present choices and those kept."""

    @property
    def columns(self) -> list[tuple[str, Choices]]:
        """The present choices and those kept, by name."""
        return [("", self.choices), *self.workspace.kept.items()]

    @property
    def next_name(self) -> str:
        """Return a name that is free."""
        return free_name(self.workspace, self.lang)

    @property
    def differing(self) -> list[tuple[str, list[str]]]:
        """Settings that differ among the columns: a title, and a text for each column."""
        return self.differing_among([choices for _, choices in self.columns])

    def differing_among(self, every: Sequence[Choices]) -> list[tuple[str, list[str]]]:
        """Return the settings that differ among choices: a title, and a text for each."""
        named = titles(self.lang)
        rows = [
            (self.say("keep.weights"), [named[c.weights] for c in every]),
            (self.say("keep.method"), [named[c.method] for c in every]),
            (self.say("keep.stance"), [self.say(f"stance.{c.stance}") for c in every]),
            (self.say("keep.objective"), [self.goal(c) for c in every]),
        ]
        for id_, row in self.resources_by_id.items():
            unit = self.case.unit(id_, self.lang)
            title = self.say("keep.budget", name=row.name(self.lang), unit=unit.name)
            rows.append((title, [unit.text(dict(c.budgets).get(id_, self.case.own_budget(id_)), 8) for c in every]))
        for pair in sorted({name for c in every for name, _ in c.judgements}):
            judge, one, other = pair.split("/")
            title = self.say("judge.cell", row=self.factors[one], column=self.factors[other])
            own = Matrix(judge, "", asked(self.case).judgements[judge], self.factors, False).text(one, other)
            rows.append(
                (
                    self.say("keep.judgement", name=title),
                    [fraction(dict(c.judgements)[pair]) if pair in dict(c.judgements) else own for c in every],
                )
            )
        for name in sorted({name for c in every for name in c.admitted}):
            texts = [self.say("keep.yes" if name in c.admitted else "keep.no") for c in every]
            rows.append((self.say("keep.admitted", name=self.workspace.case.names(Candidate, self.lang)[name]), texts))
        for name in sorted({name for c in every for name, _ in c.lock}):
            levels = [dict(c.lock).get(name) for c in every]
            rows.append(
                (
                    self.say("keep.lock", name=self.place(name)),
                    [_level(level) for level in levels],
                )
            )
        for name in sorted({name for c in every for name in c.forbid}):
            texts = [self.say("keep.yes" if name in c.forbid else "keep.no") for c in every]
            rows.append((self.say("keep.forbid", name=self.place(name)), texts))
        return [(title, texts) for title, texts in rows if len(set(texts)) > 1]

    @property
    def compared(self) -> list[tuple[str, list[str]]]:
        """Results of the columns: a title, and a text for each column."""
        plans = [self.workspace.outcome(choices).plan for _, choices in self.columns]
        none = self.say("keep.no_plan")

        def row(title: str, text: Any) -> tuple[str, list[str]]:
            return title, [none if plan is None else text(plan) for plan in plans]

        def funded(plan: Plan | None) -> list[str]:
            return [] if plan is None else list(dict.fromkeys(r["measure"] for r in plan.allocation))

        def worst(plan: Plan) -> str:
            p = plan.solved.programme
            gap = (p.weight * p.gap).sum(axis=1)
            shares = (p.weight * plan.solved.closed).sum(axis=1)[gap > 0] / gap[gap > 0]
            return f"{shares.min():.1%}" if len(shares) else "-"

        now = funded(plans[0])
        rows = [row(self.say("keep.closed"), closed_text), row(self.say("keep.worst"), worst)]
        for at, (id_, resource) in enumerate(self.resources_by_id.items()):
            unit = self.case.unit(id_, self.lang)
            title = self.say("keep.spend", name=resource.name(self.lang), unit=unit.name)
            rows.append(row(title, lambda plan, at=at, unit=unit: unit.text(float(plan.solved.spend[:, at].sum()))))
        rows.append(row(self.say("keep.funded"), lambda plan: str(len(funded(plan)))))

        def named(measures: list[str]) -> str:
            return self.say("list").join(self.measures[m] for m in measures) or NOTHING

        rows.append(row(self.say("keep.only"), lambda plan: named([m for m in funded(plan) if m not in now])))
        rows.append(row(self.say("keep.lacks"), lambda plan: named([m for m in now if m not in funded(plan)])))
        return rows


def _level(level: float | None) -> str:
    return "-" if level is None else f"{level:g}"
