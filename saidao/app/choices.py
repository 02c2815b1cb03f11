"""What a planner chooses: frozen, so that results can be kept by it and every step undone."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

import numpy as np

from ..case import Case, cells
from ..case.changes import Change, changed
from ..case.provenance import Sources, weakest, with_sources
from ..case.tables import Budget, Kind, Measure, Resource, Stance, Track
from ..errors import CaseError, Problem
from ..framework.candidates import admit
from ..mcda import methods, schemes
from ..study.settings import STANCES, Settings, settings

if TYPE_CHECKING:
    from ..mcda.names import MethodName, SchemeName

EDITED = "edited on the page / 在页面上修改"
"""What the table of sources says of an edited number."""
OBJECTIVES = ("weighted", "maxmin", "reach", "robust", "regret")

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

    @property
    def ranking(self) -> Choices:
        """The part on which weights, ranking and priorities rest: no money in it."""
        return replace(self, objective="weighted", share=0.5, save="", budgets=(), lock=(), forbid=())

    def grown(self, case: Case) -> Case:
        """Return the case with the candidates that are admitted among its tracks."""
        return admit(case, self.admitted) if self.admitted else case

    def case(self, case: Case) -> Case:
        """Return the case with the candidates that are admitted and the edited judgements.

        Raises
        ------
        CaseError
            A pair that the case does not judge, or a value that cannot be.
        """
        case = self.grown(case)
        changes = []
        for name, value in self.judgements:
            judge, row, column = name.split("/")
            changes.append(Change(f"judgements/{judge}", row, column, f"={value!r}"))
        if not changes:
            return case
        return _edited(changed(case, changes), [("judgements", "", "", "judgement")])

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
        return _edited(changed(self.case(case), changes), sources)

    @property
    def goal(self) -> str:
        """The objective as `saidao.plan` takes it."""
        return f"reach={self.share!r}" if self.objective == "reach" else self.objective

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
            save=self.save if self.objective == "reach" and self.save else None,
        )


def _lock_text(named: tuple[str, float]) -> str:
    name, level = named
    measure, at, target = name.partition("@")
    return f"{measure}={level!r}{at}{target}"


def _edited(case: Case, cells: Iterable[tuple[str, str, str, Kind]]) -> Case:
    """Return the case with what was edited marked so: no firmer than *kind*, whatever it was before."""
    found = Sources(case)
    return with_sources(
        case,
        [
            (of, row, column, weakest((found.kind(of, row.split("/") if row else (), column), kind)))
            for of, row, column, kind in cells
        ],
        EDITED,
    )


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


# --- one change ------------------------------------------------------------------------------------------------------


def change(case: Case, now: Choices, what: str, of: str, to: str) -> Choices:
    """Change one choice, as it comes from the page.

    Raises
    ------
    CaseError
        Where the choice, its place or its value does not exist.
    """
    if what not in _CHANGES:
        raise _unknown("change", what, tuple(_CHANGES))
    return _CHANGES[what](case, now, of, to)


def _unknown(where: str, found: str, valid: tuple[str, ...]) -> CaseError:
    return CaseError([Problem("choice", where, found=found, details={"choices": ", ".join(valid)})])


def _one_of(name: str, valid: Callable[[], tuple[str, ...]]) -> Callable[[Case, Choices, str, str], Choices]:
    def to_one(case: Case, now: Choices, of: str, to: str) -> Choices:
        if to not in valid():
            raise _unknown(name, to, valid())
        return replace(now, **{name: to})  # type: ignore[arg-type]

    return to_one


def number(text: str, where: str) -> float:
    """Read a number of at least 0 as people type it: 2,500 or ２５００ or 1/3.

    >>> number("2,500", ""), number("１/４", "")
    (2500.0, 0.25)
    """
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    value = cells.ratio(plain)
    if value is None:
        below = (cells.number(plain) or 0.0) < 0
        raise CaseError([Problem("at_least" if below else cells.fault(plain), where, found=text, details={"bound": 0})])
    return value


def _with(pairs: Pairs, name: str, value: float | None) -> Pairs:
    kept = {**dict(pairs), name: value}
    return tuple(sorted((key, held) for key, held in kept.items() if held is not None))


def _share(case: Case, now: Choices, of: str, to: str) -> Choices:
    percent = number(to, "share")
    if percent > 100:
        raise CaseError([Problem("at_most", "share", found=to, details={"bound": 100})])
    return replace(now, share=percent / 100)


def _save(case: Case, now: Choices, of: str, to: str) -> Choices:
    names = tuple(row.resource for row in case.rows(Resource))
    if to not in names:
        raise _unknown("save", to, names)
    return replace(now, save="" if to == names[0] and not case.settings.save else to)


def _budget(case: Case, now: Choices, of: str, to: str) -> Choices:
    names = tuple(row.resource for row in case.rows(Resource))
    if of not in names:
        raise _unknown("budget", of, names)
    amount = number(to, of)
    return replace(now, budgets=_with(now.budgets, of, None if amount == own_budget(case, of) else amount))


def own_budget(case: Case, resource: str) -> float:
    """Return what the case itself has of a resource, over all periods."""
    dated = [row.amount for row in case.rows(Budget) if row.resource == resource]
    row = next(row for row in case.rows(Resource) if row.resource == resource)
    return float(sum(dated)) if dated else float(row.budget or 0.0)


def _judgement(case: Case, now: Choices, of: str, to: str) -> Choices:
    if not to:  # as the case has it
        return replace(now, judgements=_with(now.judgements, of, None))
    made = replace(now, judgements=_with(now.judgements, of, number(to, of)))
    judge, _, pair = of.partition("/")
    row, _, column = pair.partition("/")
    if judge not in case.judgements or not column or "/" in column:
        raise _unknown("judgement", of, tuple(case.judgements))
    made.case(case)  # refuses what the case does not judge
    held = case.judgements[judge]
    i, j = held.labels.index(row), held.labels.index(column)
    own = held.matrix[i, j] if np.isfinite(held.matrix[i, j]) else 1.0 / held.matrix[j, i]
    if abs(own - dict(made.judgements)[of]) < 1e-9 * own:
        made = replace(made, judgements=_with(now.judgements, of, None))
    return made


def _named(case: Case, of: str) -> str:
    """Return the name of a measure, or of a measure at a target, if the case has it."""
    measure, at, target = of.partition("@")
    measures = tuple(row.measure for row in case.rows(Measure))
    if measure not in measures:
        raise _unknown("measure", measure, measures)
    if at and target not in targets(case, measure):
        raise _unknown("target", target, targets(case, measure))
    return of


def targets(case: Case, measure: str) -> tuple[str, ...]:
    """Return the places where a measure can be applied; none to choose from where it is one for the city."""
    return {
        "track": case.track_ids,
        "type": tuple(dict.fromkeys(case.type_of.values())),
        "city": (),
    }[case.measure_of[measure].scope]


def _lock(case: Case, now: Choices, of: str, to: str) -> Choices:
    name = _named(case, of)
    level = number(to, name)
    most = case.measure_of[name.partition("@")[0]].max_level
    if level > most:
        raise CaseError([Problem("lock_level", "lock", found=f"{name}={level:g}", details={"most": most})])
    kept = _free(case, now, name, "")
    return replace(kept, lock=_with(kept.lock, name, level))


def _forbid(case: Case, now: Choices, of: str, to: str) -> Choices:
    kept = _free(case, now, _named(case, of), "")
    return replace(kept, forbid=tuple(sorted({*kept.forbid, of})))


def _free(case: Case, now: Choices, of: str, to: str) -> Choices:
    """Lift the lock or the ban of a name, and of what overlaps it."""
    measure, at, _ = of.partition("@")

    def clear(name: str) -> bool:
        return name != of and (name != measure if at else name.partition("@")[0] != measure)

    return replace(
        now,
        lock=tuple((name, level) for name, level in now.lock if clear(name)),
        forbid=tuple(name for name in now.forbid if clear(name)),
    )


def _admit(case: Case, now: Choices, of: str, to: str) -> Choices:
    admit(case, [of])  # whether it can be
    return replace(now, admitted=tuple(sorted({*now.admitted, of})))


def _dismiss(case: Case, now: Choices, of: str, to: str) -> Choices:
    """Take a candidate out again, and what is locked or forbidden there."""
    if of not in now.admitted:
        raise _unknown("dismiss", of, now.admitted)
    admitted = tuple(name for name in now.admitted if name != of)
    others = {row.type for row in case.rows(Track) if row.track != of}
    gone = {of} | ({case.type_of[of]} - others)  # and its type, if it is alone there
    return replace(
        now,
        admitted=admitted,
        lock=tuple((name, level) for name, level in now.lock if name.partition("@")[2] not in gone),
        forbid=tuple(name for name in now.forbid if name.partition("@")[2] not in gone),
    )


_CHANGES: Mapping[str, Callable[[Case, Choices, str, str], Choices]] = {
    "weights": _one_of("weights", lambda: tuple(schemes())),
    "method": _one_of("method", lambda: tuple(methods())),
    "stance": _one_of("stance", lambda: STANCES),
    "objective": _one_of("objective", lambda: OBJECTIVES),
    "share": _share,
    "save": _save,
    "budget": _budget,
    "judgement": _judgement,
    "lock": _lock,
    "forbid": _forbid,
    "free": _free,
    "admit": _admit,
    "dismiss": _dismiss,
}
