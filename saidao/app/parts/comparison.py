"""Two plans side by side: the present one and another, both judged under the present weights and stance."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from ...briefing.overview import Overview
from ...case import Case
from ...case.changes import changed
from ...case.scenarios import FILE, named_changes
from ...case.tables import RuleRow, ScenarioRow
from ...errors import SaidaoError
from ...optimize import whole_units_within
from ...questions.causes import Cause, Side, attributed, causes
from ...results.result import Row
from ...study.plan.result import Plan
from ...study.planning.problem import formulate
from ...study.planning.solving import SolverOptions
from ...study.rules import rule_sentence
from ...study.settings import settings
from ...texts.numbers import NOTHING, Scale, met, points, scale, sum_of_money
from ..plans.offered import titles
from ..plans.workspace import LONGEST, Workspace
from .context import Context

VARIANTS, WITHIN = 3, 0.01
"""Nearly as good plans that are offered, and the share of the best value that they may lose."""
MOST_CAUSES = 4
"""Causes of which each one's share is found: more take too many plans while somebody waits."""
MOST_RULES = 3
"""Rules that come or go which are told in full."""
MOST_CHANGED = 7
"""Measures with other money that are listed at once."""
MOST_NAMED = 3
"""Tracks that lose or gain most which a sentence names."""
NONE = 1e-9
"""Money, as a share of the budget, up to this is rounding."""
OBJECTIVES = ("robust", "regret")
"""Plans that hold under many weights."""


@dataclass(frozen=True)
class Compared:
    """What is compared of a plan: money by place and by measure, the share closed, levels after if known."""

    at: Mapping[tuple[str, str], float]
    share: float | None
    after: Mapping[str, float]

    def by(self, part: int) -> dict[str, float]:
        """Return money by measure (0) or by place (1)."""
        found: dict[str, float] = {}
        for key, amount in self.at.items():
            found[key[part]] = found.get(key[part], 0.0) + amount
        return found


class Comparison(Context):
    """The present plan beside another, which is named ``KIND:NAME``."""

    def __init__(self, workspace: Workspace, lang: str, other: str = "", *, why: bool = False) -> None:
        super().__init__(workspace, lang)
        self.other, self.why = other, why

    # --- what there is to compare with -------------------------------------------------------------------------------

    @cached_property
    def groups(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """What a plan can be compared with, by kind: names and titles."""
        scenarios = {row.scenario: row.scenario for row in self.case.rows(ScenarioRow)}
        scenarios |= {r.scenario: r.name(self.lang) for r in self.case.rows(ScenarioRow) if r.name_en or r.name_zh}
        named = titles(self.lang)
        schemes = [name for name, problem in self.workspace.offered["weights"].items() if problem is None]
        listed = [
            ("kept", [(name, name) for name in self.workspace.kept]),
            ("scenario", list(scenarios.items())),
            ("robust", [(name, self.say(f"objective.{name}")) for name in OBJECTIVES]),
            ("variant", [(str(n), self.say("versus.variant", number=n)) for n in range(1, VARIANTS + 1)]),
            ("scheme", [(name, named[name]) for name in schemes]),
        ]
        return [
            (self.say(f"versus.of.{kind}"), [(f"{kind}:{name}", title) for name, title in rows])
            for kind, rows in listed
            if rows
        ]

    @property
    def title(self) -> str:
        """What the other plan is called."""
        return next(title for _, rows in self.groups for name, title in rows if name == self.other)

    @property
    def known(self) -> bool:
        """Whether there is such a thing."""
        return any(name == self.other for _, rows in self.groups for name, _ in rows)

    # --- both --------------------------------------------------------------------------------------------------------

    @cached_property
    def overview(self) -> Overview:
        """Figures of the present plan."""
        assert self.outcome.overview is not None
        return self.outcome.overview

    @cached_property
    def money(self) -> str:
        """The resource that is compared."""
        return self.overview.money.resource

    @cached_property
    def then_plan(self) -> Plan | SaidaoError | None:
        """The other plan, or why there is none; None of a variant, which is no plan of its own."""
        kind, _, name = self.other.partition(":")
        if kind == "variant":
            return None
        try:
            if kind == "scenario":
                return self._changed(name)
            choices = {
                "kept": lambda: self.workspace.kept[name],
                "scheme": lambda: replace(self.choices, weights=name),  # type: ignore[arg-type]
                "robust": lambda: replace(self.choices, objective=name),
            }[kind]()
            found = self.workspace.outcome(choices)
            return found.plan if found.plan is not None else found.trouble
        except SaidaoError as error:
            return error

    def _changed(self, scenario: str) -> Plan:
        """Plan the case as a scenario changes it, its stance and other settings included."""
        case = self.choices.edited(self.workspace.case)
        case = changed(case, named_changes(case)[scenario], FILE)
        return Plan.from_problem(formulate(case, settings(case)), SolverOptions(whole_units_within(LONGEST)))

    @cached_property
    def trouble(self) -> list[str]:
        """Why there is no other plan."""
        if isinstance(self.then_plan, SaidaoError):
            return list(self.then_plan.lines(self.lang))
        return [] if self.then is not None else [self.say("versus.no_variant")]

    def _of(self, plan: Plan) -> Compared:
        """Return what is compared of a plan, the share closed under the present weights and stance."""
        assert self.plan is not None
        own, p = self.plan.solved.programme, plan.solved.programme
        alike = own.tracks == p.tracks and own.factors == p.factors
        found: dict[tuple[str, str], float] = {}
        for row in plan.allocation:
            key = (row["measure"], row["target"])
            found[key] = found.get(key, 0.0) + row["costs"].get(self.money, 0.0)
        share = float(plan.solved.share_under(own.priority.ravel())) if alike else None
        return Compared(found, share, {row["track"]: row["level_after"] for row in plan.ranking})

    @cached_property
    def now(self) -> Compared:
        """The present plan."""
        assert self.plan is not None
        return self._of(self.plan)

    @cached_property
    def then(self) -> Compared | None:
        """The other one."""
        if isinstance(self.then_plan, SaidaoError):
            return None
        if self.then_plan is not None:
            return self._of(self.then_plan)
        found = self.workspace.outcomes.variants(self.choices, VARIANTS, WITHIN)
        number = int(self.other.partition(":")[2])
        if number > len(found):
            return None
        at: dict[tuple[str, str], float] = {}
        for row in found[number - 1]["allocation"]:
            key = (row["measure"], row["target"])
            at[key] = at.get(key, 0.0) + row["costs"].get(self.money, 0.0)
        return Compared(at, found[number - 1]["closed_share"], {})

    # --- what differs ------------------------------------------------------------------------------------------------

    def _both(self) -> tuple[Compared, Compared]:
        assert self.then is not None
        return self.now, self.then

    def _scale(self, place: Any) -> Scale:
        return scale(self.overview.money.unit_name(self.lang), self.overview.budget[self.money], self.lang, place)

    @property
    def track_unit(self) -> str:
        """Unit of money by track."""
        return self._scale("track").unit

    @property
    def measure_unit(self) -> str:
        """Unit of money by measure."""
        return self._scale("measure").unit

    @property
    def lead(self) -> str:
        """The difference in a sentence: money, and points of the gap."""
        now, then = self._both()
        spent = sum(then.at.values()) - sum(now.at.values())
        unit = self.overview.money.unit_name(self.lang)
        room = NONE * max(self.overview.budget[self.money], 1.0)
        way = "same" if abs(spent) <= room else "less" if spent < 0 else "more"
        money = self.say(f"versus.money.{way}", money=sum_of_money(abs(spent), unit, self.lang))
        if now.share is None or then.share is None:
            return self.say("versus.other_tracks", money=money)
        gain = then.share - now.share
        way = "same" if abs(gain) < 5e-7 else "less" if gain < 0 else "more"
        digits = next((d for d in (1, 2, 3) if f"{now.share:.{d}%}" != f"{then.share:.{d}%}"), 1)
        shares = {"was": f"{now.share:.{digits}%}", "then": f"{then.share:.{digits}%}"}
        told = self.say(f"versus.points.{way}", points=points(abs(gain), "", max(digits, 1)))
        return self.say("versus.lead", money=money, points=told, **shares)

    @property
    def second(self) -> str:
        """Which tracks lose and gain most, and how much money leaves its place and goes elsewhere."""
        now, then = self._both()
        moved = {key: then.at.get(key, 0.0) - now.at.get(key, 0.0) for key in {*now.at, *then.at}}
        gone, come = (sum(max(way * amount, 0.0) for amount in moved.values()) for way in (-1.0, 1.0))
        unit = self.overview.money.unit_name(self.lang)
        if not gone and not come:
            return self.say("versus.unmoved")
        told = {"gone": sum_of_money(gone, unit, self.lang), "come": sum_of_money(come, unit, self.lang)}
        named = [self._largest("versus.lose", -1.0), self._largest("versus.gain", 1.0)]
        return ("" if self.lang == "zh" else " ").join(filter(None, [*named, self.say("versus.moved", **told)]))

    def _largest(self, key: str, way: float) -> str:
        """Name the tracks that lose most (-1), or gain most (1); nothing where none does."""
        shown = self._scale("track")
        rows = sorted((row for row in self.tracks_shown if way * row["size"] > 0), key=lambda row: -way * row["size"])
        told = [
            self.say("versus.by", track=row["name"], money=row["change"])
            for row in rows[:MOST_NAMED]
            if row["change"] != NOTHING
        ]
        return self.say(key, tracks=self.say("list").join(told), unit=shown.unit) if told else ""

    def _row(self, name: str, before: float, after: float, shown: Scale) -> Row:
        room = NONE * max(self.overview.budget[self.money], 1.0)
        change = after - before if abs(after - before) > room else 0.0
        texts = [shown.text(amount if amount > room else 0.0) for amount in (before, after)]
        size = shown.factor * 10**shown.decimals
        belied = round(after * size) - round(before * size) != round(change * size)  # what rounding would belie
        finer = replace(shown, decimals=shown.decimals + 1) if belied else shown
        told = {"before": texts[0], "after": texts[1], "change": finer.text(change, "+"), "size": change}
        return {"name": name, **told, "free": max(before, after) <= room}

    @cached_property
    def tracks_shown(self) -> list[Row]:
        """Money by track before and after, those first that lose most."""
        now, then = self._both()
        one, other = now.by(1), then.by(1)
        shared = [key for key in {*one, *other} if key not in self.tracks]
        most = max([*(one.get(t, 0.0) for t in self.tracks), *(other.get(t, 0.0) for t in self.tracks), 1e-12])
        rows = []
        for track, name in self.tracks.items():
            before, after = one.get(track, 0.0), other.get(track, 0.0)
            row = self._row(name, before, after, self._scale("track"))
            row |= {"bars": (round(100 * before / most, 2), round(100 * after / most, 2)), "met": self._met(track)}
            rows.append(row)
        rows.sort(key=lambda row: float(row["size"]))
        if shared:
            before, after = (sum(held.get(key, 0.0) for key in shared) for held in (one, other))
            bars = (round(min(100 * before / most, 100), 2), round(min(100 * after / most, 100), 2))
            row = self._row(self.say("track.shared_money"), before, after, self._scale("track"))
            rows.append({**row, "bars": bars, "met": ""})
        return rows

    def _met(self, track: str) -> str:
        now, then = self._both()
        if track not in now.after or track not in then.after:
            return ""
        before, after = met(now.after[track]), met(then.after[track])
        return after if before == after else self.say("now_after", before=before, after=after)

    @property
    def total(self) -> Row:
        """All money before and after."""
        now, then = self._both()
        return self._row("", sum(now.at.values()), sum(then.at.values()), self._scale("track"))

    @cached_property
    def measures_shown(self) -> Row:
        """Measures that are gone, new, and with other money, those first that change most; how many are the same."""
        now, then = self._both()
        one, other = now.by(0), then.by(0)
        rows = {
            name: self._row(self.measures[name], one.get(name, 0.0), other.get(name, 0.0), self._scale("measure"))
            for name in {*one, *other}
        }

        def largest(names: set[str]) -> list[Row]:
            return sorted((rows[name] for name in names), key=lambda row: (-abs(row["size"]), row["name"]))

        both = {name for name in {*one} & {*other} if rows[name]["change"] != NOTHING}
        return {
            "gone": largest({*one} - {*other}),
            "new": largest({*other} - {*one}),
            "changed": largest(both)[:MOST_CHANGED],
            "same": len({*one} & {*other}) - min(len(both), MOST_CHANGED),
        }

    @cached_property
    def causes(self) -> list[str]:
        """What was asked differently, and what each brings of the difference."""
        kind, _, name = self.other.partition(":")
        if kind == "variant" or not self.why or not isinstance(self.then_plan, Plan):
            return []
        return list(self._causes(kind, name))

    def _causes(self, kind: str, name: str) -> Iterator[str]:
        before = self.choices.edited(self.workspace.case)
        if kind == "scenario":
            after = changed(before, named_changes(before)[name], FILE)
        else:
            chosen = self.workspace.kept[name] if kind == "kept" else self.choices
            chosen = replace(chosen, weights=name) if kind == "scheme" else chosen  # type: ignore[arg-type]
            after = (replace(chosen, objective=name) if kind == "robust" else chosen).edited(self.workspace.case)
        sides = Side(before, {}), Side(after, {})
        found = [cause for cause in causes(*sides) if cause.name != "sources"]  # what an edit notes there moves nothing
        assert self.plan is not None
        priority = self.plan.solved.programme.priority.ravel()
        brings: list[float] | None = None
        if len(found) <= MOST_CAUSES and self._both()[1].share is not None:
            try:
                brings = attributed(*sides, found, lambda plan: float(plan.solved.share_under(priority))).tolist()
            except SaidaoError:  # a mix of the two has no plan: they cannot be told apart
                brings = None
        if brings is None:
            yield from (self._told(cause, before, after) for cause in found)
            return
        for cause, amount in sorted(zip(found, brings, strict=True), key=lambda pair: -abs(pair[1])):
            yield self.say("versus.cause", cause=self._told(cause, before, after), points=points(amount, "+", 2))

    def _told(self, cause: Cause, before: Case, after: Case) -> str:
        """Say what differs; where whole rows come or go the rules that they are, or how many of which table."""
        if all(cell.column for cell in cause.cells):
            return cause.text(before, self.lang, ids=False)
        if len(cause.cells) <= MOST_RULES and all(cell.table == "rules" and not cell.column for cell in cause.cells):
            gone, come = ({row.rule: row for row in case.rows(RuleRow)} for case in (before, after))
            told = [
                rule_sentence(after, come[cell.row], self.lang)
                if cell.row in come
                else self.say("versus.rule_gone", rule=rule_sentence(before, gone[cell.row], self.lang))
                for cell in cause.cells
            ]
            return self.say("semicolon").join(told)
        tables = dict.fromkeys(self.say(f"table.{cell.table.partition('/')[0]}") for cell in cause.cells)
        return self.say("cause.many", number=len(cause.cells), tables=self.say("list").join(tables))

    @property
    def waiting(self) -> bool:
        """Whether the causes are still to come."""
        return not self.why and not self.other.startswith("variant:")

    @property
    def take(self) -> list[Row]:
        """The changes that make the other plan the present one; none where it is of other data."""
        kind, _, name = self.other.partition(":")
        acts = {"kept": ("restore", name, ""), "scheme": ("weights", "", name), "robust": ("objective", "", name)}
        return [dict(zip(("do", "of", "to"), acts[kind], strict=True))] if kind in acts else []

    @property
    def present(self) -> str:
        """What the present plan is called."""
        return self.workspace.name or self.say("versus.this")
