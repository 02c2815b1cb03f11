"""Why: the panel about a track, a measure or a target, with what would change it as buttons, their price beforehand."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, NamedTuple

from ...briefing import sentences
from ...briefing.overview import Overview, round_step
from ...case.edits import row_name
from ...case.tables import Cost, Effect, Factor, RuleRow
from ...errors import CaseError
from ...optimize.after.why import most_level
from ...questions.explain import explained
from ...results.result import Row
from ...study.plan import worth
from ...study.plan.result import Plan
from ...study.planning.programme import applications_named
from ...study.rules import rule_sentence
from ...texts.numbers import NOTHING, Scale, points, scale, sum_of_money
from ..plans.choices import Choices
from .context import Context
from .preview import effect_of

MOST_FORCED = 4
"""Places that forcing a measure takes money from, named."""
VIEWS_DATA = "{plan}/data/{table}"
"""Where a table of the case is edited."""
TOUCH = 1e-4
"""How much further than where it begins to be funded a change goes, as a share."""


class CurvePlace(NamedTuple):
    """Where a curve stands in its picture: its left and low edge, how wide and how high it is."""

    left: int
    low: int
    wide: int
    high: int


CURVE = CurvePlace(34, 170, 450, 155)


AT_ONCE = ("track", "place")
"""Kinds of panels that begin without solving."""


@dataclass(frozen=True)
class Way:
    """Something that can be done: its words, what it is now, and the change that does it with its price."""

    text: str
    amount: str = ""
    note: str = ""
    do: str = ""
    of: str = ""
    to: str = ""
    price: str = ""


class Why(Context):
    """The panel about one thing, named ``KIND:ID``.

    It comes in steps, as a planner who types should not wait for the last: 0 says why, 1 also what would change it with
    its price, 2 also what takes longest: how much more of a budget would do, the curve.

    Raises
    ------
    KeyError
        There is no such thing in the plan.
    """

    def __init__(self, workspace: Any, lang: str, of: str, depth: int = 2) -> None:
        super().__init__(workspace, lang)
        self.of, self.depth = of, depth
        self.kind, _, self.id = of.partition(":")
        if self.plan is None or self.kind not in KINDS:
            raise KeyError(of)
        known: dict[str, Any] = {
            "track": self.tracks,
            "place": self.places,
            "measure": self.measures,
            "resource": self.resources_by_id,
            "rule": self.rules,
        }
        if self.kind == "target" and not re.fullmatch(r"([01]|[01]?\.\d{1,6})(:.+)?", self.id):
            raise KeyError(of)
        if self.kind == "target" and self.save not in self.resources_by_id:
            raise KeyError(of)
        if self.kind in known and self.id.partition("@")[0] not in known[self.kind]:
            raise KeyError(of)

    @cached_property
    def overview(self) -> Overview:
        """Figures of the plan."""
        assert self.outcome.overview is not None
        return self.outcome.overview

    @property
    def now(self) -> Plan:
        """The plan in hand."""
        assert self.plan is not None
        return self.plan

    # --- what would follow -------------------------------------------------------------------------------------------

    def price(self, choices: Choices | None) -> str:
        """Say what other choices would do to the plan: the share closed, and the money that moves."""
        return "" if choices is None else effect_of(self.workspace, choices, self.lang)

    def changed(self, what: str, of: str, to: str) -> Choices | None:
        """Return the choices after a change; None where it cannot be."""
        try:
            return self.workspace.outcomes.changed(self.choices, what, of, to)
        except CaseError:
            return None

    def way(self, text: str, what: str, of: str, to: str = "", amount: str = "", note: str = "") -> Way:
        """Return something that can be done, with its price."""
        return Way(text, amount, note, what, of, to, self.price(self.changed(what, of, to)))

    def _block(self, text: str, table: str, changed: list[tuple[str, float]], amount: str) -> Way:
        """Return a change of several cells at once; without a button where they cannot be so."""
        to = json.dumps({"cells": [[name, f"{value!r}"] for name, value in changed], "rows": []})
        return self.way(text, "block", table, to, amount)

    # --- a measure ---------------------------------------------------------------------------------------------------

    @property
    def name(self) -> str:
        """What the panel is about."""
        if self.kind in ("track", "place"):
            return {**self.places, **self.tracks}[self.id]
        if self.kind == "rule":
            return rule_sentence(self.case, self.rules[self.id], self.lang)
        if self.kind == "measure":
            measure, at, target = self.id.partition("@")
            return self.measures[measure] + (f" · {self.places[target]}" if at else "")
        if self.kind == "resource":
            return self.resources_by_id[self.id].name(self.lang)
        return self.say(f"why.{self.kind}")

    @cached_property
    def answer(self) -> Row:
        """Why the measure is funded or not."""
        return explained(self.now, self.id, budgets=False).answers[0]

    @property
    def status(self) -> str:
        """The kind of thing, and whether it is funded."""
        if self.kind != "measure":
            return self.say(f"why.kind.{self.kind}")
        return self.say("why.in" if self.answer["funded"] else "why.out")

    @property
    def bars(self) -> list[Row]:
        """What one unit brings here, and what its means bring elsewhere, in points."""
        margin = self.answer["margin"]
        if margin is None or margin["closes_nothing"] or self.answer["funded"] or not worth.is_share(self.now):
            return []
        here = worth.in_units(self.now, margin["brings"])
        there = worth.in_units(self.now, sum(margin["takes"].values()) + margin["limits"])
        most = max(here, there) or 1.0
        place = self.places[margin["target"]]
        return [
            {
                "text": self.say("why.here", place=place),
                "bar": round(100 * here / most, 2),
                "points": points(here, "", 2),
            },
            {"text": self.say("why.there"), "bar": round(100 * there / most, 2), "points": points(there, "", 2)},
        ]

    @property
    def reason(self) -> str:
        """Why it is not funded, or what it brings, in a sentence."""
        answer = self.answer
        if answer["funded"]:
            row = next(row for row in self.overview.measures if row["measure"] == answer["measure"])
            spent = sentences.amounts_of(self.overview, answer["costs"], self.lang)
            target = answer["target"]
            where = self.places[target] if target else sentences.where(self.overview, row, self.lang)
            told = {"points": points(answer["share"]), "where": where}
            return self.say("why.brings", **told, costs=spent) if spent else self.say("why.brings_free", **told)
        margin = answer["margin"]
        if margin is None:
            return self.say("why.whole")
        if margin["closes_nothing"]:
            return self.say(f"why.{margin['closes_nothing']}")
        short = -margin["net"] / (sum(margin["takes"].values()) + margin["limits"] or 1.0)
        return self.say("why.nearly" if short < 0.1 else "why.elsewhere")

    @cached_property
    def target(self) -> str:
        """The place where the measure pays best, or is funded most."""
        measure, at, target = self.id.partition("@")
        if at:
            return target
        margin = self.answer["margin"]
        return str(margin["target"]) if margin else next(iter(self._places(measure)))

    def _places(self, measure: str) -> Iterator[str]:
        return (a.target for a in self.now.solved.programme.applications if a.measure == measure)

    def _named(self, measure: str, target: str) -> str:
        return measure if target == "*" else f"{measure}@{target}"

    @cached_property
    def ways(self) -> list[Way]:
        """What would get the measure funded, any one of them."""
        answer = self.answer
        if answer["funded"]:
            return []
        measure, flip = answer["measure"], answer["flip"]
        made = []
        costs = [row for row in self.case.rows(Cost) if row.measure == measure and row.cost > 0]
        cut, rise = flip["cost_cut"], flip["effect_rise"]
        if cut is not None and costs:
            first = next((row for row in costs if row.resource == next(iter(self.resources_by_id))), costs[0])
            unit = self.resources_by_id[first.resource].unit_name(self.lang)
            to = first.cost * (1 - cut)
            note = self.say("why.cost_now", now=sum_of_money(first.cost, unit, self.lang), share=cut)
            told = sum_of_money(to, unit, self.lang)
            if len(costs) == 1:
                cell = f"costs:{row_name(first.key_parts())}:cost"
                made.append(self.way(self.say("why.cost_to"), "cell", cell, f"{to * (1 - TOUCH)!r}", told, note))
            else:
                cells_ = [
                    (f"costs:{row_name(row.key_parts())}:cost", row.cost * (1 - cut) * (1 - TOUCH)) for row in costs
                ]
                made.append(self._block(self.say("why.costs_by"), "costs", cells_, f"{cut:.1%}"))
        if rise is not None:
            cells_ = [
                (f"effects:{row_name(row.key_parts())}:effect", row.effect * (1 + rise) * (1 + TOUCH))
                for row in self.case.rows(Effect)
                if row.measure == measure
            ]
            made.append(self._block(self.say("why.effect_by"), "effects", cells_, f"{rise:.1%}"))
        if self.depth < 2:
            return made
        none = []
        for name, more in (explained(self.now, self.id).answers[0]["flip"]["budgets"] or {}).items():
            resource = self.resources_by_id[name]
            if more is None:
                none.append(resource.name(self.lang))
                continue
            unit = resource.unit_name(self.lang)
            to = (self.overview.budget[name] + more) * (1 + TOUCH)
            text = self.say("why.more_of", resource=resource.name(self.lang))
            made.append(self.way(text, "budget", name, f"{to!r}", sum_of_money(more, unit, self.lang)))
        if none:
            made.append(
                Way(self.say("why.only_more", resources=sentences.listed(none, self.lang)), self.say("why.no_use"))
            )
        return made

    @property
    def waiting(self) -> bool:
        """Whether more is still to come."""
        if not self.depth and self.kind in (*AT_ONCE, "measure"):
            return True
        if self.depth >= 2 or self.kind not in ("measure", "target"):
            return False
        return not self.now.model.is_mixed and (self.kind == "target" or not self.answer["funded"])

    @cached_property
    def forced(self) -> Way | None:
        """Having it all the same: at the place where it pays best, as much as budgets and rules allow."""
        measure = self.answer["measure"]
        name = self._named(measure, self.target)
        members = applications_named(self.case, self.now.solved.programme.applications, name, "measure")
        level = min(most_level(self.now.solved, members) * (1 - 1e-9), self.case.measure_of[measure].max_level)
        if level <= 1e-6:
            return Way(self.say("why.cannot"))
        to = f"{level:.6g}" if level > 1e-3 else f"{level!r}"
        choices = self.changed("lock", name, to)
        return Way(self.say("why.must_have"), "", self._taken(choices, measure), "lock", name, to, self.price(choices))

    @cached_property
    def banned(self) -> Way:
        """Doing without it everywhere."""
        name = self.id
        choices = self.changed("forbid", name, "")
        note = self._taken(choices, self.answer["measure"], sign=1.0)
        return Way(self.say("why.never"), "", note, "forbid", name, "", self.price(choices))

    @cached_property
    def lifted(self) -> Way | None:
        """Lifting what is locked or forbidden of it."""
        measure = self.id.partition("@")[0]
        names = [name for name, _ in self.choices.lock] + list(self.choices.forbid)
        held = [name for name in names if name.partition("@")[0] == measure]
        return Way(self.say("why.as_best"), do="free", of=held[0]) if held else None

    def _taken(self, choices: Choices | None, own: str, sign: float = -1.0) -> str:
        """Name the measures that lose most money to it (-1), or get most of its money (1)."""
        other = None if choices is None else self.workspace.outcome(choices).overview
        if other is None:
            return ""
        money = self.overview.money
        before = {row["measure"]: row["costs"][money.resource] for row in self.overview.measures}
        after = {row["measure"]: row["costs"][money.resource] for row in other.measures}
        shifts = {m: after.get(m, 0.0) - before.get(m, 0.0) for m in {*before, *after} if m != own}
        shown = self._scale(money.resource)
        largest = sorted(shifts.items(), key=lambda item: sign * -item[1])[:MOST_FORCED]
        told = [
            self.say("why.shift", measure=self.measures[m], money=shown.text(abs(v)), unit=shown.unit)
            for m, v in largest
            if sign * v > 0 and shown.text(abs(v)) != NOTHING
        ]
        if not told:
            return ""
        return self.say("why.from" if sign < 0 else "why.to", measures=sentences.first_of(told, self.lang))

    @property
    def basis(self) -> list[str]:
        """What the measure's cost and effect are, and where they come from."""
        measure = self.answer["measure"]
        told = []
        for row in self.case.rows(Cost):
            if row.measure == measure and row.cost > 0:
                unit = self.resources_by_id[row.resource].unit_name(self.lang)
                told.append(sum_of_money(row.cost, unit, self.lang))
        factors = self.case.names(Factor, self.lang)
        touched = dict.fromkeys(factors[row.factor] for row in self.case.rows(Effect) if row.measure == measure)
        scope = self.say(f"why.per.{self.case.measure_of[measure].scope}")
        listed = self.say("list").join(told)
        cost = self.say("why.costs", costs=listed, scope=scope) if told else self.say("why.costs_nothing")
        works = self.say("why.touches", factors=sentences.listed(list(touched), self.lang))
        return [cost, works] if touched else [cost]

    @property
    def assumed_cost(self) -> bool:
        """Whether its cost is an assumption."""
        return self.assumed("costs", (self.answer["measure"],), "cost")

    # --- a track -----------------------------------------------------------------------------------------------------

    @property
    def at_track(self) -> list[Row]:
        """Measures at the track: what each takes there."""
        shown = self._scale(self.overview.money.resource)
        rows = [row for row in self.now.allocation if row["target"] == self.id]
        whole = self.now.weighted_gap or 1.0
        value = {(r["measure"], r["target"]): r["value"] / whole for r in self.now.allocation_rows()}
        return sorted(
            (
                {
                    "id": f"{row['measure']}@{self.id}",
                    "name": self.measures[row["measure"]],
                    "money": shown.text(row["costs"].get(self.overview.money.resource, 0.0)),
                    "unit": shown.unit,
                    "closes": f"{100 * value[row['measure'], self.id]:.1f}",
                    "order": -value[row["measure"], self.id],
                }
                for row in rows
            ),
            key=lambda row: float(row["order"]),
        )

    @property
    def gaps(self) -> list[Row]:
        """The factors of the track: level now and after."""
        return [
            {
                "name": self.factors[row["factor"]],
                "before": round(100 * row["level"]),
                "after": round(100 * (row["level"] + row["closed"])),
            }
            for row in self.now.gaps
            if row["track"] == self.id
        ]

    @property
    def track_reason(self) -> str:
        """Why the track gets what it gets."""
        row = next(row for row in self.overview.tracks if row["track"] == self.id)
        rank = next(r["rank"] for r in self.now.ranking if r["track"] == self.id)
        closed = next(r["closed"] for r in self.now.by_track if r["track"] == self.id)
        if row["reason"]:
            return self.say(f"why.track.{row['reason']}")
        told: dict[str, Any] = {
            "money": sentences.short(self.overview, row["amount"], self.lang),
            "closed": closed or 0.0,
        }
        return self.say("why.track" if rank is None else "why.track_ranked", rank=rank, **told)

    @property
    def more_at_track(self) -> list[Row]:
        """Measures that could act on the track and do not: nearest first, by what a unit misses, which takes prices."""
        if not self.depth:
            return []
        rows = [
            {"id": f"{row['measure']}@{self.id}", "name": self.measures[row["measure"]], "miss": row["reduced_cost"]}
            for row in self.now.unfunded
            if row["target"] == self.id and row["reduced_cost"] is not None
        ]
        shown = sorted(rows, key=lambda row: float(row["miss"]))[:5]
        return [{**row, "miss": self._miss(row["miss"])} for row in shown]

    def _miss(self, cost: float | None) -> str:
        return NOTHING if cost is None else points(worth.in_units(self.now, cost), "", 2)

    def _scale(self, resource: str) -> Scale:
        unit = self.resources_by_id[resource].unit_name(self.lang)
        return scale(unit, self.overview.budget[resource], self.lang, "measure")

    # --- a rule ------------------------------------------------------------------------------------------------------

    @cached_property
    def rules(self) -> dict[str, RuleRow]:
        """The rules of the case, by id."""
        return {row.rule: row for row in self.case.rows(RuleRow)}

    @cached_property
    def dropped(self) -> Way:
        """Doing without the rule: what it costs is what the plan without it closes more."""
        return self.way(self.say("why.rule_drop"), "remove", f"rules:{row_name((self.id,))}")

    @property
    def rule_cost(self) -> str:
        """What the rule costs, of a plan that is solved without it."""
        choices = self.changed(self.dropped.do, self.dropped.of, "")
        other = None if choices is None else self.workspace.outcome(choices).plan
        if other is None or other.settings.aim.counts != "weighted_gap":
            return ""
        lost = other.closed_share - self.now.closed_share
        return self.say("why.rule_costs", points=points(lost)) if lost > 1e-7 else self.say("why.rule_free")

    @property
    def limits(self) -> list[Way]:
        """The rule's amount a little looser and a little tighter, where it has one."""
        row = self.rules[self.id]
        column = "share" if row.share is not None else "amount"
        value = getattr(row, column)
        if row.is_relation or value is None:
            return []
        made = []
        for text, step in (("why.looser", 0.1), ("why.tighter", -0.1)):
            to = value * (1 + (step if row.kind == "cap" else -step))
            if column == "share" and to > 1:
                continue
            resource = self.resources_by_id.get(row.of)
            unit = "" if resource is None else resource.unit_name(self.lang)
            told = f"{to:.4g}" if not unit else sum_of_money(to, unit, self.lang)
            amount = f"{to:.1%}" if column == "share" else told
            made.append(self.way(self.say(text), "cell", f"rules:{row_name((self.id,))}:{column}", f"{to!r}", amount))
        return made

    @property
    def edit_at(self) -> str:
        """Where what the panel is about is edited."""
        table = {"rule": "rules", "place": "types"}.get(self.kind, f"{self.kind}s")
        return VIEWS_DATA.format(plan=f"/plan/{self.workspace.plan}" if self.workspace.plan else "", table=table)

    # --- a resource --------------------------------------------------------------------------------------------------

    @property
    def told(self) -> str:
        """Whether the resource is used up, and what a little more would bring."""
        row = next(row for row in self.overview.means if row["resource"] == self.id)
        return sentences.means(self.overview, row, self.lang)

    @property
    def users(self) -> list[Row]:
        """Measures that take most of the resource."""
        shown = self._scale(self.id)
        rows = sorted(self.overview.measures, key=lambda row: -float(row["costs"][self.id]))
        return [
            {
                "id": row["measure"],
                "name": self.measures[row["measure"]],
                "amount": shown.text(row["costs"][self.id]),
                "unit": shown.unit,
            }
            for row in rows[:6]
            if row["costs"][self.id] > 0
        ]

    @property
    def budgets(self) -> list[Way]:
        """A little more of the resource, and a little less."""
        unit = self.resources_by_id[self.id].unit_name(self.lang)
        now, step = (
            self.overview.budget[self.id],
            next(r["step"] for r in self.overview.means if r["resource"] == self.id),
        )
        told = sum_of_money(step, unit, self.lang)
        made = [self.way(self.say("why.add", step=told), "budget", self.id, f"{now + step!r}")]
        if now >= step:
            made.append(self.way(self.say("why.take", step=told), "budget", self.id, f"{now - step!r}"))
        return made

    # --- what is not funded ------------------------------------------------------------------------------------------

    @cached_property
    def not_funded(self) -> list[Row]:
        """Measures that are funded nowhere, the nearest first, with what misses."""
        funded = {row["measure"] for row in self.overview.measures}
        nearest: dict[str, Row] = {}
        far = float("inf")

        def miss(row: Row) -> float:
            return float(row["reduced_cost"] or 0.0) if row["fundable"] is not False else far

        for row in sorted(self.now.unfunded, key=miss):
            if row["measure"] not in funded:
                nearest.setdefault(row["measure"], row)
        return [
            {
                "id": row["measure"],
                "name": self.measures[row["measure"]],
                "miss": self._miss(row["reduced_cost"]),
            }
            for row in nearest.values()
        ]

    # --- a target ----------------------------------------------------------------------------------------------------

    @cached_property
    def asked(self) -> float:
        """The share that is asked for."""
        return min(float(self.id.partition(":")[0]), 1.0)

    @cached_property
    def save(self) -> str:
        """The resource of which least is to be spent."""
        return self.id.partition(":")[2] or self.saved

    @cached_property
    def reached(self) -> Row:
        """The least of a resource that closes the share asked for, the others as they are."""
        choices = replace(self.choices.to_reach(self.asked), save=self.save)
        plan = self.workspace.outcome(choices).plan
        if plan is None:
            return {"plan": None, "most": self.workspace.outcome(self.choices.at_most()).plan}
        spent = float(plan.solved.spend[:, list(self.resources_by_id).index(self.save)].sum())
        return {"plan": plan, "amount": spent, "told": self._amount(self.save, spent)}

    def _amount(self, resource: str, amount: float) -> str:
        return sum_of_money(amount, self.resources_by_id[resource].unit_name(self.lang), self.lang)

    @property
    def to_reach(self) -> list[Row]:
        """The changes that plan so."""
        told = {"objective": "reach", "save": self.save, "share": f"{100 * self.asked:.6g}"}
        return [{"do": name, "of": "", "to": to} for name, to in told.items()]

    @cached_property
    def curve(self) -> Row | None:
        """The exact curve of the share closed against a budget, as a picture's points; today's, and the asked one."""
        if self.depth < 2 or self.now.model.is_mixed or self.now.settings.aim.counts != "weighted_gap":
            return None
        points_ = self.workspace.outcomes.frontier(self.choices, self.save).traces[0].points
        most, budget = points_[-1]["amount"] or 1.0, self.overview.budget[self.save]
        shown = scale(self.resources_by_id[self.save].unit_name(self.lang), most, self.lang)

        def at(amount: float, share: float) -> tuple[float, float]:
            return round(CURVE.left + CURVE.wide * amount / most, 1), round(CURVE.low - CURVE.high * share, 1)

        exact = [(shown.factor * p["amount"], p["closed_share"]) for p in points_]
        return {
            "place": CURVE,
            "line": " ".join(f"{x},{y}" for x, y in (at(p["amount"], p["closed_share"]) for p in points_)),
            "exact": " ".join(f"{amount:.12g},{share:.12g}" for amount, share in exact),
            "now": at(budget, self.now.closed_share),
            "budget": shown.factor * budget,
            "step": f"{round_step(budget) * shown.factor:.12g}",
            "told": self.say("target.at", amount=self._amount(self.save, budget), share=self.now.closed_share),
            "asked": at(self.reached["amount"], self.asked) if self.reached["plan"] else None,
            "ticks": [(at(most * k / 4, 0)[0], shown.text(most * k / 4)) for k in (1, 2, 3, 4)],
            "shares": [(at(0, k / 4)[1], f"{k / 4:.0%}") for k in range(5)],
            "most": shown.factor * most,
            "unit": shown.unit,
            "decimals": shown.decimals,
        }


KINDS = ("track", "place", "measure", "resource", "rule", "unfunded", "target")
"""What can be asked about."""
