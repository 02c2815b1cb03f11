"""What a planner chooses: frozen, so that results are cached by it and every step can be undone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from functools import cache, partial
from types import MappingProxyType
from typing import Any, cast

from pydantic import TypeAdapter

from ...case import Case
from ...case.case import Judgement
from ...case.changes import Change, changed, free_name
from ...case.edits import cell_of, edited, row_parts
from ...case.provenance import Sources, weakest, with_sources
from ...case.settings import Stance
from ...case.tables import BY_NAME, Budget, Kind, Source, columns_of, numeric
from ...framework.candidates import admit
from ...mcda.names import MethodName, SchemeName
from ...optimize import OBJECTIVES, Objective
from ...study.panel import matrix_of
from ...study.settings import Settings, settings
from ...texts.say import say

PLANNER = "planner"
"""Whose the answers are that the page asks for where a case has no judgements."""

Pairs = tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Choices:
    """The choices of a run. What stands as in the case is not held in the pairs.

    Attributes
    ----------
    share : the share of the weighted gap that `reach` closes, 0 to 1.
    save : the resource of which `reach` spends least; blank is the case's first.
    judgements : values by ``NAME/row/column``.
    budgets : whole amounts by resource.
    lock : levels by ``MEASURE`` or ``MEASURE@target``.
    forbid : the same names.
    admitted : candidates that are tracks.
    cells : cells of the case's tables that were edited, by ``TABLE:ROW:COLUMN``, with the text that stands there; of a
        row that is not in the case they add it.
    removed : rows that were taken out, as ``TABLE:ROW``.
    """

    weights: SchemeName
    method: MethodName
    stance: Stance
    objective: str
    share: float = 0.5
    save: str = ""
    judgements: Pairs = ()
    budgets: Pairs = ()
    lock: Pairs = ()
    forbid: tuple[str, ...] = ()
    admitted: tuple[str, ...] = ()
    cells: tuple[tuple[str, str], ...] = ()
    removed: tuple[str, ...] = ()

    @classmethod
    def from_plain(cls, held: Mapping[str, Any]) -> Choices:
        """Return the choices that `to_plain` has written, also by an older version that knew fewer."""
        return _reader().validate_python(dict(held))

    def to_plain(self) -> dict[str, Any]:
        """Return the choices as plain data, as the store holds them."""
        return {name: _listed(value) for name, value in asdict(self).items()}

    @property
    def ranking(self) -> Choices:
        """The part on which weights, ranking and priorities rest: no money in it."""
        return replace(self, objective="weighted", share=0.5, save="", budgets=(), lock=(), forbid=())

    def at_most(self) -> Choices:
        """Return the choices with as much closed as can be, in place of a given share."""
        return replace(self, objective="weighted", share=0.5, save="")

    def to_reach(self, share: float) -> Choices:
        """Return the choices with a given share to be closed at least expense."""
        return replace(self, objective="reach", share=share)

    @property
    def tables(self) -> tuple[object, ...]:
        """What of the choices alters tables: candidates that are admitted, cells that are edited, rows removed."""
        return self.admitted, self.cells, self.removed

    def opened(self, case: Case) -> Case:
        """Return the case with the candidates that are admitted among its tracks, and what was edited in its tables.

        Raises
        ------
        CaseError
            An edit of what the case does not have, or to what cannot be.
        """
        case = admit(case, self.admitted) if self.admitted else case
        if not self.cells and not self.removed:
            return case
        made = edited(case, dict(self.cells), self.removed)
        return _marked(made, [(*cell_of(name), "judgement") for name, _ in self.cells if _is_figure(made, name)])

    def case(self, case: Case) -> Case:
        """Return the case as `opened`, with the edited judgements; raises as `judged`."""
        return self.judged(self.opened(case))

    def judged(self, case: Case) -> Case:
        """Return a case that is opened so, with the edited judgements.

        Raises
        ------
        CaseError
            A pair that the case does not judge, or a value that cannot be.
        """
        changes = []
        if any(name.partition("/")[0] not in case.judgements for name, _ in self.judgements):
            case = asked(case)
        for name, value in self.judgements:
            judge, row, column = name.split("/")
            changes.append(Change(f"judgements/{judge}", row, column, f"={value!r}"))
        if not changes:
            return case
        return _marked(changed(case, changes), [("judgements", "", "", "judgement")])

    def edited(self, case: Case) -> Case:
        """Return the case with every choice in it: judgements, budgets and the defaults of a run."""
        sources: list[tuple[str, str, str, Kind]] = [
            ("resources", name, "budget", "assumption") for name, _ in self.budgets
        ]
        changes = [
            Change("case", "", name, f"={value}")
            for name, value in (
                ("weights", self.weights),
                ("method", self.method),
                ("stance", self.stance),
                ("objective", self.goal),
                ("save", self.save),
                ("lock", ";".join(map(_lock_text, self.lock))),
                ("forbid", ";".join(self.forbid)),
            )
        ]
        for name, amount in self.budgets:
            changes.append(Change("resources", name, "budget", f"={amount!r}"))
            sources += [
                ("budgets", f"{name}/{row.period}", "amount", "assumption")
                for row in case.rows(Budget)
                if row.resource == name
            ]
        return _marked(changed(self.case(case), changes), sources)

    @property
    def aim(self) -> Objective:
        """What the objective takes and counts."""
        return OBJECTIVES[self.objective]

    @property
    def goal(self) -> str:
        """The objective as `saidao.plan` takes it."""
        return f"{self.objective}={self.share!r}" if "share" in self.aim.takes else self.objective

    def settings(self, case: Case) -> Settings:
        """Return the settings of a run of the case."""
        return settings(
            case,
            weights=self.weights,
            method=self.method,
            stance=self.stance,
            objective=self.goal,
            budgets=dict(self.budgets),
            lock=dict(self.lock),
            forbid=self.forbid,
            save=self.save if "save" in self.aim.takes and self.save else None,
        )


@cache
def _reader() -> TypeAdapter[Choices]:
    return TypeAdapter(Choices)


def _listed(value: Any) -> Any:
    return [_listed(part) for part in value] if isinstance(value, tuple) else value


def _lock_text(named: tuple[str, float]) -> str:
    name, level = named
    measure, at, target = name.partition("@")
    return f"{measure}={level!r}{at}{target}"


def _is_figure(case: Case, name: str) -> bool:
    """Whether a cell is a number of the case, whose source is told."""
    table, _, column = cell_of(name)
    model = BY_NAME[table]
    return not model.about_cells and (
        column in numeric(model) or any(column in case.tables[t].keys for t in columns_of(model))
    )


def _marked(case: Case, cells: Iterable[tuple[str, str, str, Kind]]) -> Case:
    """Return the case with what was edited marked so: no firmer than *kind*, whatever it was before."""
    found = Sources(case)
    told = {(s.of_table, s.row, s.column) for s in case.rows(Source) if s.note == say("noted.edited", "en")}
    return with_sources(
        case,
        [
            (of, row, column, weakest((found.kind(of, row_parts(row) if row else (), column), kind)))
            for of, row, column, kind in cells
            if (of, row, column) not in told
        ],
        partial(say, "noted.edited"),
    )


def asked(case: Case) -> Case:
    """Return the case with a blank matrix below each node that nobody has judged, for the planner to answer."""
    made = dict(case.judgements)
    for node, children in case.children.items():
        if len(children) > 1 and not case.judged(node):
            name = free_name(f"{PLANNER}@{node}" if node else PLANNER, made)
            made[name] = Judgement(name, f"judgements/{name}", children, matrix_of({}, node, children))
    return case if len(made) == len(case.judgements) else replace(case, judgements=MappingProxyType(made))


def chosen_by(case: Case) -> Choices:
    """Return what a case itself chooses."""
    default = settings(case)
    name, _, share = default.objective.partition("=")
    return Choices(
        cast("SchemeName", default.weights),
        default.method,
        default.stance,
        name,
        float(share or 0.5),
        case.settings.save,
        lock=tuple(sorted(default.lock.items())),
        forbid=tuple(sorted(default.forbid)),
    )


def places_of(case: Case, scope: str) -> tuple[str, ...]:
    """Return the places where measures of a scope can be applied; none to choose from where it is the city."""
    return {"track": case.track_ids, "type": tuple(dict.fromkeys(case.type_of.values())), "city": ()}[scope]
