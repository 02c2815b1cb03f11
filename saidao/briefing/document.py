"""The brief for decision as blocks, whatever file they are set in: what is proposed, why, and what is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import date as calendar_date
from functools import cached_property, partial
from itertools import islice
from typing import Literal

from ..case.changes import Change, changed
from ..case.scenarios import FILE, named_changes
from ..case.tables import Dimension, Measure, RuleRow, ScenarioRow, Track
from ..optimize import whole_units_within
from ..questions.explain import cost_cut
from ..questions.frontier import Frontier, budget_curve
from ..study.plan.result import Plan
from ..study.planning.solving import SolverOptions
from ..study.rules import rule_sentence
from ..texts.numbers import NOTHING, Scale, met, points, scale, sum_of_money
from ..texts.say import say
from . import sentences
from .overview import LONGEST, NONE, Overview

Form = Literal["brief", "request", "memo"]
FORMS: tuple[Form, ...] = ("brief", "request", "memo")
"""A brief for decision; in Chinese also a 请示, which asks for an approval, and a 专报, which reports and advises."""
MOST_TRACKS = 20
"""Rows of the brief's table of tracks at most, its total among them: more do not stand on two pages."""
MOST_ROWS = 6
"""Rows of the one table of a 请示."""
MOST_CHOICES = 5
"""Other choices that stand beside the proposal."""
MOST_TURNED = 3
"""Assumptions that stand turned round in the brief."""
NAMED = 3
"""Measures that a track's row names."""


@dataclass(frozen=True)
class Heading:
    """A heading with its number, written as the form asks."""

    text: str


@dataclass(frozen=True)
class Text:
    """A paragraph; what stands between ``[[`` and ``]]`` stands out. `small`: a remark."""

    text: str
    small: bool = False


@dataclass(frozen=True)
class Grid:
    """A table: `numeric` says which columns stand flush right; the last row is a total if `total`."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[bool, ...]
    total: bool = False
    first: bool = False


@dataclass(frozen=True)
class Points:
    """A list: of remarks, or of what is to be decided, which has boxes to tick."""

    items: tuple[str, ...]
    boxes: bool = False


@dataclass(frozen=True)
class Curve:
    """The share closed by the amount of money: breakpoints of the exact curve, and points that are marked."""

    points: tuple[tuple[float, float], ...]
    marked: tuple[tuple[float, float, bool], ...]
    unit: str
    caption: str


Block = Heading | Text | Grid | Points | Curve


@dataclass(frozen=True)
class Document:
    """A brief: what stands above the title, the title, whom it goes to, its blocks, and how it ends."""

    form: Form
    lang: str
    kicker: str
    title: str
    about: str
    to: str
    blocks: tuple[Block, ...]
    closing: tuple[str, ...] = ()


@dataclass(frozen=True)
class Brief:
    """Writes the blocks of a plan's brief in one language.

    Attributes
    ----------
    name : what the plan is called; the stance if left out.
    date : stands in the brief if given; without one the same inputs give the same bytes.
    """

    overview: Overview
    lang: str
    form: Form = "brief"
    date: str = ""
    name: str = ""

    def say(self, key: str, **values: object) -> str:
        """Return a text."""
        return say(key, self.lang, **values)

    @property
    def plan(self) -> Plan:
        """The plan."""
        return self.overview.plan

    @property
    def unit(self) -> str:
        """Unit of the money."""
        return self.overview.money.unit_name(self.lang)

    def money(self, amount: float) -> str:
        """Write money within a sentence; in Chinese forms with two decimals, one unit a document."""
        if self.lang == "en" or self.form == "brief":
            return sum_of_money(amount, self.unit, self.lang)
        found = self.scale("measure")
        return f"{found.text(amount)}{found.unit}"

    def scale(self, place: Literal["track", "measure"]) -> Scale:
        """Return how columns of money are shown."""
        return scale(self.unit, self.overview.budget[self.overview.money.resource], self.lang, place)

    # --- whole -------------------------------------------------------------------------------------------------------

    def document(self) -> Document:
        """Return the brief."""
        case = self.plan.case.title(self.lang)
        spent = self.money(self.overview.spent[self.overview.money.resource])
        if not self.plan.model.is_mixed:  # of whole units each is sought when it is asked for, and shares no time
            _ = self.overview.years_sought
            if self.form == "brief":
                _ = self._curve_sought
        blocks = tuple({"brief": self._brief, "request": self._request, "memo": self._memo}[self.form]())
        years = self.overview.years
        span = "" if years is None else self.say("brief.span", first=years.periods[0], last=years.periods[-1])
        stance = self.say(f"stance.{self.plan.settings.stance}")
        plan = self.say("brief.plan", name=self.name or stance)
        return Document(
            self.form,
            self.lang,
            " · ".join(part for part in (self.say("brief.kicker"), span) if part),
            self.say(f"brief.title.{self.form}", case=case, money=spent),
            " · ".join(part for part in (self.say("brief.office"), self.dated, plan) if part),
            self.say("brief.to") if self.form == "request" else "",
            blocks,
            self._closing(),
        )

    @property
    def dated(self) -> str:
        """The date as the language writes it."""
        if not self.date:
            return "" if self.form == "brief" else self.say("brief.date")
        try:
            day = calendar_date.fromisoformat(self.date)
        except ValueError:
            return self.date
        month = day.month if self.lang == "zh" else f"{day:%B}"
        return self.say("brief.day", year=day.year, month=month, day=day.day)

    def _closing(self) -> tuple[str, ...]:
        if self.form == "brief":
            return ()
        sign = (self.say("brief.office"), self.dated)
        return (self.say("brief.please"), *sign) if self.form == "request" else sign

    # --- the brief ---------------------------------------------------------------------------------------------------

    def _brief(self) -> Iterator[Block]:
        yield Heading(self._head(1, "proposal"))
        yield Text(self.proposal)
        yield Heading(self._head(2, "tracks"))
        yield self.by_track(MOST_TRACKS)
        number = 3
        yield Text(self._left_out())
        curve, choices = self.curve(), self.choices()  # before what waits for the years
        if (spread := self.by_dimension()) is not None:
            yield Heading(self._head(number, self._spread))
            yield spread
            number += 1
        if self.overview.years is not None:
            yield Text(self.say("brief.years_note", share=self.overview.years.closed_share), small=True)
        if curve is not None:
            yield Heading(self._head(number, "amount"))
            yield Text(self.amount)
            yield curve
            number += 1
        if len(choices.rows) > 1:
            yield Heading(self._head(number, "choices"))
            yield choices
            number += 1
        yield Heading(self._head(number, "risks"))
        yield Points(tuple(self.risks()))
        if (turned := self.turned()) is not None:
            yield turned
        yield Heading(self._head(number + 1, "decide"))
        yield Points(tuple(self.decisions()), boxes=True)
        yield from self._late()
        yield Text(self.proven, small=True)

    def _late(self) -> Iterator[Text]:
        """Yield what was not found in time, if anything was not: the last to be asked."""
        if (late := sentences.left_out(self.overview, self.lang)) is not None:
            yield Text(late, small=True)

    def _head(self, number: int, key: str) -> str:
        told = "一二三四五六七八九"[number - 1] if self.lang == "zh" else str(number)
        return self.say("brief.heading", number=told, text=self.say(f"brief.h.{key}"))

    @property
    def _least(self) -> bool:
        """Whether the objective is to reach a share with the least."""
        return "share" in self.plan.settings.aim.takes

    @property
    def proposal(self) -> str:
        """What is proposed, in a paragraph."""
        found = self.overview
        if not found.measures or not self.plan.weighted_gap:
            return " ".join(sentences.lead(found, self.lang))
        amounts_of = found.spent if self._least else found.budget
        listed = [self._amount(name, amount) for name, amount in amounts_of.items() if amount > 0]
        names = self.plan.case.names(Track, self.lang)
        amounts = sentences.track_money(found, self._track_scale)
        paid = [one for one in zip(found.tracks, amounts, strict=True) if one[0]["amount"] > 0][:3]
        most = [self.say("brief.track", track=names[row["track"]], money=self.money(amount)) for row, amount in paid]
        saved = self.plan.settings.save or found.money.resource
        told = {
            "budgets": sentences.listed(listed, self.lang),
            "spend": sentences.listed(listed, self.lang),
            "saved": found.resources[saved].name(self.lang),
            "funded": len(found.measures),
            "measures": len(self.plan.case.rows(Measure)),
            "tracks": len(found.served),
            "share": self.plan.closed_share,
        }
        between = "" if self.lang == "zh" else " "
        asked = sentences.lead(found, self.lang)[1:]  # what the objective asked for beyond most
        said = between.join([self.say("brief.proposal_reach" if self._least else "brief.proposal", **told), *asked])
        if (closed := self.plan.closed_range) is not None:
            said += between + self.say("lead.range", low=closed.low, high=closed.high)
        return said + (self.say("brief.most", tracks=sentences.listed(most, self.lang)) if most else "")

    def _amount(self, name: str, amount: float) -> str:
        row = self.overview.resources[name]
        unit = row.unit_name(self.lang)
        if name == self.overview.money.resource:
            return self.say("brief.of", amount=self.money(amount), name=row.name(self.lang))
        return self.say(
            "brief.of", amount=sentences.in_words(amount, amount, unit, self.lang), name=row.name(self.lang)
        )

    @property
    def _track_scale(self) -> Scale:
        """How the money of tracks is shown, in the table and in sentences."""
        return self.scale("track" if self.form == "brief" else "measure")

    def by_track(self, most: int) -> Grid:
        """Money by track, with how far the conditions are met, and what it is mainly for."""
        found, shown = self.overview, self._track_scale
        tracks, measures = (self.plan.case.names(model, self.lang) for model in (Track, Measure))
        listed = found.tracks
        money = shown.texts([*(row["amount"] for row in listed), found.shared])
        rows = []
        for row, text in zip(listed[:most], money, strict=False):
            before, after = met(row["before"]), met(row["after"])
            why = self.say(f"track.{row['reason']}") if row["reason"] else ""
            names = [measures[m] for m in found.measures_at(row["track"])[:NAMED]]
            level = after if before == after else self.say("now_after", before=before, after=after)
            rows.append((tracks[row["track"]], text, level, why or self.say("list").join(names)))
        if len(listed) + (found.shared > 0) + 1 > most:
            kept = most - 2 - (found.shared > 0)  # beside the others together, what is shared, and the total
            left = sum(row["amount"] for row in listed[kept:])
            rows = [*rows[:kept], (self.say("brief.other", number=len(listed) - kept), shown.text(left), "", "")]
        if found.shared:
            rows.append((self.say("track.shared_money"), money[-1], "", sentences.shared_by(found, self.lang)))
        total = shown.text(found.spent[found.money.resource])
        rows.append((self.say("brief.total"), total, "", ""))
        heads = ("head.track_shown", None, "head.met", "brief.head.mainly")
        return Grid(
            tuple(shown.unit if key is None else self.say(key) for key in heads),
            tuple(rows),
            (False, True, True, False),
            total=True,
        )

    @property
    def _spread(self) -> str:
        """Over what money is spread."""
        if self.overview.years is None:
            return "dimensions"
        return "years" if self.plan.case.rows(Dimension) else "by_year"

    def by_dimension(self) -> Grid | None:
        """Money by dimension and year, as far as the case has either; None where it has neither."""
        years, names = self.overview.years, self.plan.case.names(Dimension, self.lang)
        if years is None and not names:
            return None
        shown = self.scale("track" if self.form == "brief" else "measure")
        periods = () if years is None else years.periods
        spend = self.overview.by_dimension if years is None else years.by_dimension
        lines = shown.table([*spend.values()])
        heads = [names.get(name) or self.say("brief.no_dimension") for name in spend]
        total, unit = self.say("brief.total"), self.overview.money.name(self.lang)
        rows = [(head, *line) for head, line in zip((*heads, total), lines, strict=True)]
        if years is None:
            rows = [(head, last) for head, *_, last in rows]
        top = (self.say("brief.head.money", name=unit, unit=shown.unit), *periods, total)
        return Grid(top, tuple(rows if names else rows[-1:]), (False, *(True for _ in top[1:])), total=True)

    def curve(self) -> Curve | None:
        """The exact curve of the share closed by the money; None where there is none that is exact."""
        money, traced = self.overview.money.resource, self._curve_sought.result()
        if traced is None:
            return None
        trace = traced.traces[0]
        budget = self.overview.budget[money]
        shown = self.scale("track")
        found = tuple((shown.factor * p["amount"], float(p["closed_share"])) for p in trace.points)
        asked = ((times, trace.closed_at(times * budget)) for times in (0.6, 0.8, 1.0, 1.4))
        marked = [(t * budget * shown.factor, share, t == 1.0) for t, share in asked if share is not None]
        name = self.overview.money.name(self.lang)
        caption = self.say("brief.head.money", name=name, unit=shown.unit)
        return Curve(found, tuple(marked), shown.unit, caption)

    @cached_property
    def _curve_sought(self) -> Future[Frontier | None]:
        return self.overview.beside("curve", self._traced)

    def _traced(self) -> Frontier | None:
        if self.plan.model.is_mixed or self.plan.settings.aim.counts != "weighted_gap":
            return None
        return budget_curve(self.plan, self.overview.money.resource)

    @property
    def amount(self) -> str:
        """Why the budget is what it is: what a little more would bring, and a fifth less lose."""
        found = self.overview
        row = found.means[0]
        now = self.money(row["budget"])
        step = sentences.plain(sentences.step(found, row, self.lang))
        stop = self.say("stop")
        said = self.say("brief.amount", now=now, said=step.removesuffix(stop) + stop)
        less = found.less
        if less is None:
            return said
        told = {"less": self.money(0.8 * row["budget"]), "points": points(self.plan.closed_share - less.closed_share)}
        others = [found.resources[r["resource"]].name(self.lang) for r in found.means[1:] if not r["left"]]
        also = self.say("brief.also", names=sentences.listed(others, self.lang)) if others else ""
        return said + self.say("brief.less", **told) + also

    def choices(self) -> Grid:
        """The proposal beside other choices: money, share closed, difference, measures."""
        shown = self.scale("track")
        money = self.overview.money.resource

        def row(name: str, overview: Overview) -> tuple[str, ...]:
            change = overview.plan.closed_share - self.plan.closed_share
            closed, number = f"{overview.plan.closed_share:.1%}", f"{len(overview.measures)}"
            return name, shown.text(overview.spent[money]), closed, points(change, "+") if change else NOTHING, number

        rows = [row(self.say("brief.this"), self.overview)]
        rows += [row(name, overview) for name, overview in islice(self._others(), MOST_CHOICES)]
        heads = ("brief.head.plan", "brief.head.closed", "brief.head.points", "brief.head.measures")
        plan, closed, change, measures = (self.say(key) for key in heads)
        head = self.say("brief.head.money", name=self.overview.money.name(self.lang), unit=shown.unit)
        return Grid((plan, head, closed, change, measures), tuple(rows), (False, True, True, True, True), first=True)

    def _others(self) -> Iterator[tuple[str, Overview]]:
        """Yield plans of other budgets and other effects, under the same weights and stance."""
        found = self.overview
        fifth = {name: 0.8 * amount for name, amount in found.budget.items()}
        money = found.money.resource
        yield from self._planned("brief.choice.all_less", lambda: found.planned(budgets=fifth))
        yield from self._planned("brief.choice.money_less", lambda: found.less)
        yield from self._planned("brief.choice.money_more", lambda: found.with_budget(money, 1.2 * found.budget[money]))
        yield from self._planned("brief.choice.half", lambda: self._halved)
        for name, changes in named_changes(self.plan.case).items():
            if all(change.table in ("resources", "costs", "effects", "rules") for change in changes):
                title = next(r.name(self.lang) for r in self.plan.case.rows(ScenarioRow) if r.scenario == name)
                yield from self._planned("", partial(self._changed, changes), title)

    def _planned(self, key: str, make: Callable[[], Plan | None], title: str = "") -> Iterator[tuple[str, Overview]]:
        made = self.overview.in_time("choices", make)
        if made is not None:
            yield title or self.say(key), Overview(made)

    @cached_property
    def _halved(self) -> Plan | None:
        """The plan if every effect is half of what is assumed."""
        half = [Change("effects", "", "effect", "x0.5")]
        return self.overview.in_time("half", lambda: self._changed(half))

    def _changed(self, changes: object) -> Plan:
        """Plan the changed case under the weights and the ranking in hand."""
        problem = self.plan.problem.with_case(changed(self.plan.case, changes, FILE))  # type: ignore[arg-type]
        return Plan.from_problem(problem, SolverOptions(whole_units_within(LONGEST)))

    # --- how sure ----------------------------------------------------------------------------------------------------

    def risks(self) -> Iterator[str]:
        """Yield what is firm, what is to be feared, what just missed, and what the data are."""
        found = self.overview
        if not self._least:  # of the least spend nothing else was compared
            yield self.say("brief.firm", said=sentences.firmness(found, self.lang))
        if (decides := self.decides()) is not None:
            yield decides
        if self._halved is not None and found.measures:
            first = found.measures[:NAMED]
            names = self.plan.case.names(Measure, self.lang)
            yield self.say(
                "brief.fear",
                share=self._halved.closed_share,
                names=sentences.listed([names[row["measure"]] for row in first], self.lang),
                money=self.money(sum(row["costs"][found.money.resource] for row in first)),
            )
        if (missed := found.in_time("missed", self._missed)) is not None:
            yield missed
        if found.assumed:
            yield self.say("brief.data", said=sentences.assumed(found, self.lang))

    def turned(self) -> Grid | None:
        """The assumptions that decide most, turned round: what this plan closes then, what the best, what moves."""
        rows = self.overview.turned[:MOST_TURNED]
        if not rows:
            return None
        money, shown = self.overview.money.resource, self.scale("measure")
        moved = shown.texts([row["moved"].get(money, 0.0) for row in rows])
        heads = (
            self.say("brief.turned"),
            self.say("brief.turned_plan"),
            self.say("brief.turned_best"),
            self.say("brief.turned_moved", unit=shown.unit),
        )
        cells = [
            (row[f"instead_{self.lang}"], f"{row['as_planned']:.1%}", f"{row['closed_share']:.1%}", amount)
            for row, amount in zip(rows, moved, strict=True)
        ]
        return Grid(heads, tuple(cells), (False, True, True, True))

    def decides(self) -> str | None:
        """Say which assumptions decide more than the weights do; None where none does, or weights were not tried."""
        rows, firm = self.overview.decisive, self.overview.firmness
        if not rows or firm is None:
            return None
        names = sentences.listed([row[f"instead_{self.lang}"] for row in rows[:2]], self.lang)
        return self.say("brief.turned_by", rules=len(rows), points=points(firm.regret), names=names)

    def _missed(self) -> str | None:
        """Say which measure is nearest to being funded, and at what cost it would be."""
        rows = [row for row in self.plan.unfunded if row["reduced_cost"] and row["measure"] in self.overview.not_funded]
        if not rows:
            return None
        nearest = min(rows, key=lambda row: float(row["reduced_cost"]))["measure"]
        cut = cost_cut(self.plan, nearest)
        name = self.plan.case.names(Measure, self.lang)[nearest]
        return None if cut is None else self.say("brief.missed", name=name, cut=cut)

    def decisions(self) -> Iterator[str]:
        """Yield what is asked for: the plan, each rule, and the stance."""
        yield self.say("brief.decide.plan")
        rules = [rule_sentence(self.plan.case, row, self.lang) for row in self.plan.case.rows(RuleRow)][:2]
        for rule in rules:
            yield self.say("brief.decide.rule", rule=rule)
        stances = self.overview.in_time("stances", lambda: self.plan.stances) or []
        money = self.overview.money.resource
        told = [row for row in stances if row["left_out"] is None]
        moves = ((row, (row["moved"] or {}).get(money, 0.0)) for row in told)
        other, moved = next((one for one in moves if one[1] > NONE * self.overview.budget[money]), (None, 0.0))
        if other is not None:
            yield self.say(
                "brief.decide.stance",
                now=self.say(f"stance.{self.plan.settings.stance}"),
                other=self.say(f"stance.{other['stance']}"),
                money=self.money(moved),
            )

    @property
    def proven(self) -> str:
        """Say where the rest stands, and what proves the plan."""
        key = {"optimal": "brief.annex", "within_gap": "brief.annex_within"}.get(self.plan.status, "brief.annex_open")
        return self.say(key, measures=len(self.overview.measures), gap=self.plan.certificate["gap"])

    # --- Chinese forms -----------------------------------------------------------------------------------------------

    def _request(self) -> Iterator[Block]:
        """Yield a 请示: why, what and how much, on what it rests, what is asked for."""
        yield Heading(self._head(1, "matter"))
        yield Text(self.say("brief.matter", case=self.plan.case.title(self.lang), money=self.money(self._spent)))
        yield Heading(self._head(2, "scheme"))
        yield Text(self.proposal)
        yield self.by_track(MOST_ROWS)
        if (years := self._years_told()) is not None:
            yield Text(years)
        yield Text(self._left_out())
        yield Heading(self._head(3, "basis"))
        yield Text(self._basis())
        yield Heading(self._head(4, "ask"))
        for number, item in enumerate(self.decisions(), 1):
            yield Text(self.say("brief.item", number=number, text=item))
        yield from self._late()
        yield Text(self.say("brief.attached"))

    def _memo(self) -> Iterator[Block]:
        """Yield a 专报: the conclusion first, then the state, the problem, and what is advised, by whom and when."""
        yield Text(sentences.plain(" ".join(sentences.lead(self.overview, self.lang))))
        yield Heading(self._head(1, "state"))
        yield Text(self.proposal)
        yield self.by_track(MOST_ROWS)
        yield Heading(self._head(2, "problems"))
        yield Text(self.amount)
        yield Text(self._basis())
        yield Heading(self._head(3, "advice"))
        names = self.plan.case.names(Measure, self.lang)
        for number, row in enumerate(self.overview.measures[:4], 1):
            told = {
                "number": number,
                "name": names[row["measure"]],
                "money": self.money(row["costs"][self.overview.money.resource]),
                "where": sentences.where(self.overview, row, self.lang),
            }
            yield Text(self.say("brief.advice", **told))
        yield from self._late()
        yield Text(self.proven)

    @property
    def _spent(self) -> float:
        return self.overview.spent[self.overview.money.resource]

    def _years_told(self) -> str | None:
        found = self.overview.years
        if found is None:
            return None
        told = [
            self.say("brief.in_year", period=period, money=self.money(amount))
            for period, amount in zip(found.periods, found.spend, strict=True)
        ]
        return self.say("brief.years_told", years=sentences.listed(told, self.lang), money=self.money(sum(found.spend)))

    def _left_out(self) -> str:
        names = self.plan.case.names(Measure, self.lang)
        left = [names[measure] for measure in self.overview.not_funded]
        if not left:
            return self.say("brief.all_in")
        never = [names[name] for name in self.plan.settings.forbid if name in names]
        bought, counts = self.overview.measures, self.plan.weighted_gap
        why = "none_needed" if not counts else "left_out" if bought else "none_possible"
        said = self.say(f"brief.{why}", number=len(left), names=self.say("list").join(left[:NAMED]))
        return said + (self.say("brief.never", names=sentences.listed(never, self.lang)) if never else "")

    def _basis(self) -> str:
        said = [sentences.firmness(self.overview, self.lang), sentences.assumed(self.overview, self.lang)]
        said += [told for told in (self.decides(),) if told is not None]
        if self.overview.assumed:
            said.append(self.say("brief.draft"))
        return ("" if self.lang == "zh" else " ").join(said)
