"""What every part of the page uses: the workspace in one language, and what its things are called."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property, partial

from ...case import Case
from ...case.provenance import Sources
from ...case.tables import Candidate, Factor, Measure, Resource, Track, Type
from ...study.plan.result import Plan
from ...texts.say import say
from ..plans.choices import Choices
from ..plans.evaluation import Evaluation
from ..plans.workspace import Workspace


class Context:
    """A workspace in one language."""

    def __init__(self, workspace: Workspace, lang: str) -> None:
        self.workspace, self.lang = workspace, lang
        self.outcome = workspace.outcome()
        self.say = partial(say, lang=lang)

    @cached_property
    def case(self) -> Case:
        """The case as opened, with the candidates that are admitted."""
        return self.workspace.outcomes.opened(self.choices)

    @property
    def choices(self) -> Choices:
        """The present choices."""
        return self.workspace.choices

    @property
    def plan(self) -> Plan | None:
        """The plan that follows, if one does."""
        return self.outcome.plan

    @property
    def evaluation(self) -> Evaluation | None:
        """Weights and ranking, if they are defined."""
        return self.outcome.evaluation

    @cached_property
    def measures(self) -> dict[str, str]:
        """Names of the measures."""
        return self.case.names(Measure, self.lang)

    @cached_property
    def tracks(self) -> dict[str, str]:
        """Names of the tracks."""
        return self.case.names(Track, self.lang)

    @cached_property
    def factors(self) -> dict[str, str]:
        """Names of the factors."""
        return self.case.names(Factor, self.lang)

    @cached_property
    def places(self) -> dict[str, str]:
        """Names of the targets of measures."""
        types = {t: t for t in self.case.type_of.values()}
        return {"*": self.say("bought.whole_city"), **types, **self.case.names(Type, self.lang), **self.tracks}

    @cached_property
    def resources_by_id(self) -> dict[str, Resource]:
        """Resources by id."""
        return self.case.resource_of

    @cached_property
    def sources(self) -> Sources:
        """Where the case's numbers come from."""
        return Sources(self.case)

    def assumed(self, table: str, key: Sequence[str], column: str) -> bool:
        """Whether a number of the case is an assumption."""
        return self.sources.kind(table, key, column) == "assumption"

    def place(self, name: str) -> str:
        """Name ``MEASURE`` or ``MEASURE@target``."""
        measure, at, target = name.partition("@")
        title = self.measures[measure]
        candidates = self.workspace.case.names(Candidate, self.lang)  # a kept scenario may have admitted one
        places = {**candidates, **self.places}
        return f"{title} · {places[target]}" if at else title

    @property
    def saved(self) -> str:
        """The resource of which a plan that reaches a share spends least."""
        return self.choices.save or next(iter(self.resources_by_id), "")

    def goal(self, choices: Choices) -> str:
        """Say what choices aim at; with a share, which and of what resource least is spent."""
        told = self.say(f"objective.{choices.objective}")
        if "share" not in choices.aim.takes:
            return told
        save = choices.save or next(iter(self.resources_by_id), "")
        resource = self.resources_by_id[save].name(self.lang) if save in self.resources_by_id else save
        return self.say("objective.reach_share", told=told, share=choices.share, resource=resource)
