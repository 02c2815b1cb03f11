"""What is shown of a workspace, in one language: parts of the page as HTML, and the values of its controls."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, partial
from typing import Any

import numpy as np
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from ..case import Case
from ..case.case import Judgement
from ..case.provenance import KINDS, Sources
from ..case.tables import Candidate, Factor, Indicator, Measure, Resource, Track, Type
from ..errors import SaidaoError
from ..framework.candidates import scored, sorted_candidates
from ..pictures import Picture, flow
from ..pictures import title as picture_title
from ..pictures.drawings import drawings
from ..render import html
from ..render.shown import Drawn, drawn
from ..render.terminal import dash, fraction, number
from ..study import worth
from ..study.footing_sentences import footing_told
from ..study.plan import Plan
from ..study.sentences import answer, proof, suspicious
from ..study.sentences import closed as closed_text
from ..study.settings import STANCES
from ..texts.say import say
from .choices import OBJECTIVES, Choices, own_budget, targets
from .evaluation import Evaluation, titles
from .workspace import Workspace

PARTS = ("numbers", "bought", "tracks", "gaps", "rests", "proof", "kept", "weights", "locks")
"""Parts that may change with a choice; each is a template and an element of that id."""
PARTS_WITH_PRICES = ("answer", "resources", "flow")
"""The same, of what needs prices, some thirty programs of their own."""
QUICK = 1000
"""Columns of a program without whole units up to which prices go with all else; beyond, all else goes ahead of them."""
SCALE = ("9", "8", "7", "6", "5", "4", "3", "2", "1", "1/2", "1/3", "1/4", "1/5", "1/6", "1/7", "1/8", "1/9")
"""Saaty's scale."""
SHADES = 6
"""Shades of a gap."""
STEPS = 100
"""Steps of a slider from 0 to the case's own budget."""


@cache
def environment() -> Environment:
    """Return the templates: whatever they show is escaped."""
    made = Environment(
        loader=PackageLoader("saidao.app"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["table"] = html.table
    return made


def render(template: str, lang: str, **values: Any) -> str:
    """Return a template filled in; `t` says a sentence in *lang*."""
    found = environment().get_template(template)
    return found.render(t=lambda key, **words: say(key, lang, **words), lang=lang, **values)


def mark_of(html: str) -> str:
    """Return a short mark by which a browser and the server know that a part is the same."""
    return hashlib.blake2b(html.encode(), digest_size=6).hexdigest()


@dataclass(frozen=True)
class Cell:
    """A number in a table, with whether it is an assumption."""

    text: str
    assumed: bool = False


class Page:
    """A workspace in one language."""

    def __init__(self, workspace: Workspace, lang: str) -> None:
        self.workspace, self.lang = workspace, lang
        self.outcome = workspace.outcome()
        self.say = partial(say, lang=lang)

    # --- what all parts use ------------------------------------------------------------------------------------------

    @cached_property
    def case(self) -> Case:
        """The case as opened, with the candidates that are admitted."""
        return self.choices.grown(self.workspace.case)

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
        return {row.resource: row for row in self.case.rows(Resource)}

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
        title = f"{measure} {self.measures[measure]}"
        places = {
            **self.workspace.case.names(Candidate, self.lang),
            **self.places,
        }  # a kept scenario may have admitted one
        return f"{title} · {places[target]}" if at else title

    @property
    def prices_are_slow(self) -> bool:
        """Whether prices take so long that nobody should wait for them."""
        model = None if self.plan is None else self.plan.model
        return model is not None and (model.is_mixed or len(model.objective) > QUICK)

    # --- out ---------------------------------------------------------------------------------------------------------

    def part(self, name: str) -> Markup:
        """Return a part as HTML."""
        return Markup(render(f"parts/{name}.html", self.lang, page=self))

    def parts(self, names: Iterable[str] = (*PARTS, *PARTS_WITH_PRICES)) -> dict[str, Markup]:
        """Return parts by name."""
        return {name: self.part(name) for name in names}

    def values(self) -> dict[str, str]:
        """Return what each control shows, by its id."""
        c = self.choices
        shown = {"weights-by": c.weights, "method": c.method, "stance": c.stance, "objective": c.objective}
        shown |= {"save": self.saved} if self.resources_by_id else {}
        shown |= {"share": f"{c.share * 100:g}", "keep-name": self.next_name}
        for row in self.budgets:
            shown[f"budget-{row['id']}"] = shown[f"slider-{row['id']}"] = row["amount"]
        for matrix in self.matrices:
            for cell in matrix.cells():
                shown[cell.id] = cell.text
        return shown

    def flags(self) -> dict[str, bool]:
        """Return which controls are to be seen, or can be used, by their id."""
        return {
            "share-row": self.choices.objective == "reach",
            "save-row": self.choices.objective == "reach",
            "matrices": self.choices.weights == "ahp",
            "undo": bool(self.workspace.past),
            "redo": bool(self.workspace.future),
            "reset": self.choices != self.workspace.first,
        }

    # --- controls ----------------------------------------------------------------------------------------------------

    @cached_property
    def budgets(self) -> list[dict[str, Any]]:
        """Rows of the budget sliders."""
        rows = []
        given = dict(self.choices.budgets)
        for id_, row in self.resources_by_id.items():
            own = own_budget(self.case, id_)
            rows.append(
                {
                    "id": id_,
                    "name": row.name(self.lang),
                    "unit": row.unit_name(self.lang),
                    "amount": f"{given.get(id_, own):.10g}",
                    "own": number(own, 8),
                    "most": f"{2 * own or 100:.10g}",
                    "step": f"{_step(own):.10g}",
                    "assumed": id_ in given or self.assumed("resources", (id_,), "budget"),
                }
            )
        return rows

    @property
    def saved(self) -> str:
        """The resource of which a plan that reaches a share spends least."""
        return self.choices.save or next(iter(self.resources_by_id), "")

    def goal(self, choices: Choices) -> str:
        """Say what choices aim at; with a share, which and of what resource least is spent."""
        told = self.say(f"objective.{choices.objective}")
        if choices.objective != "reach":
            return told
        save = choices.save or next(iter(self.resources_by_id), "")
        resource = self.resources_by_id[save].name(self.lang) if save in self.resources_by_id else save
        return self.say("objective.reach_share", told=told, share=choices.share, resource=resource)

    def options(self, kind: str) -> list[dict[str, Any]]:
        """Return what a choice can be, with the present one marked and why another cannot be."""
        if kind in ("weights", "method"):
            names = titles(self.lang)
            return [
                {"id": name, "title": names[name], "why": problem.text(self.lang) if problem else ""}
                for name, problem in self.workspace.offered[kind].items()
            ]
        if kind == "save":
            return [{"id": id_, "title": row.name(self.lang), "why": ""} for id_, row in self.resources_by_id.items()]
        listed = STANCES if kind == "stance" else OBJECTIVES
        return [{"id": name, "title": self.say(f"{kind}.{name}"), "why": ""} for name in listed]

    @cached_property
    def matrices(self) -> list[Matrix]:
        """Pairwise matrices that are used."""
        case = self.case if self.evaluation is None else self.evaluation.case
        used = [(node, j) for node in case.children for j in case.judged(node)]
        name_of = {id(j): name for name, j in case.judgements.items()}
        assumed = self.assumed("judgements", (), "")
        return [Matrix(name_of[id(j)], node, j, self.factors, assumed) for node, j in used]

    @cached_property
    def lockable(self) -> list[dict[str, Any]]:
        """Measures with the places where they can be applied."""
        return [
            {
                "id": row.measure,
                "title": f"{row.measure} {self.measures[row.measure]}",
                "most": f"{row.max_level:g}",
                "targets": " ".join(targets(self.case, row.measure)),
            }
            for row in self.case.rows(Measure)
        ]

    @property
    def locked(self) -> list[dict[str, str]]:
        """What is locked or forbidden."""
        locked = [
            {"id": name, "text": self.say("lock.locked", name=self.place(name), level=number(level))}
            for name, level in self.choices.lock
        ]
        return locked + [
            {"id": name, "text": self.say("lock.forbidden", name=self.place(name))} for name in self.choices.forbid
        ]

    @cached_property
    def candidates(self) -> list[dict[str, Any]]:
        """Candidate tracks that can be admitted: what each is sorted into, and whether it is admitted."""
        names = self.case.names(Candidate, self.lang)
        own = self.workspace.case.track_ids
        if not self.case.rows(Indicator):
            return []
        return [
            {
                "id": row["candidate"],
                "name": names[row["candidate"]],
                "admitted": row["candidate"] in self.case.track_ids,
                "category": say(f"category.{row['category']}", self.lang),
            }
            for row in sorted_candidates(self.workspace.case).listed
            if row["candidate"] not in own and scored(self.workspace.case, row["candidate"])
        ]

    @property
    def weight_rows(self) -> list[dict[str, Any]]:
        """Weights of the factors, with the length of their bars."""
        if self.evaluation is None:
            return []
        w = self.evaluation.weights
        longest = max(float(w.array.max()), 1e-12)
        return [
            {"name": self.factors[str(f)], "text": f"{v:.3f}", "bar": round(100 * float(v) / longest, 2)}
            for f, v in zip(w.criteria, w.array, strict=True)
        ]

    @property
    def consistencies(self) -> list[dict[str, Any]]:
        """Consistency of every matrix, with what would mend it."""
        if self.evaluation is None or self.evaluation.weights.hierarchy is None:
            return []
        names = {**self.factors, "": self.say("goal")}

        def told(c: Any) -> str:
            return self.say(
                "change",
                one=names[str(c.criterion)],
                other=names[str(c.over)],
                value=fraction(c.value),
                to=fraction(c.to),
            )

        by_place = {(m.node, m.judge): m.name for m in self.matrices}
        rows = []
        tree = self.evaluation.weights.hierarchy
        for node, group in tree.nodes.items():
            for judge, one in zip(group.judges, group.individual, strict=True):
                found = self.evaluation.repairs.get((node, judge))
                ratio = one.consistency.severity
                row: dict[str, Any] = {
                    "name": by_place[str(node), str(judge)],
                    "title": f"{judge} · {names[str(node)]}",
                    "ratio": dash(one.consistency_ratio, ".3f"),
                    "good": ratio < 0.1,
                    "known": one.consistency_ratio is not None,
                    "worst": "",
                    "changes": "",
                    "apply": [],
                    "several": len(tree.nodes) > 1 or len(group.judges) > 1,
                }
                if found and found.single and ratio >= 5e-4:
                    c = found.single[0]
                    row["worst"] = self.say(
                        "judge.odd" if ratio < 0.1 else "judge.worst",
                        one=names[str(c.criterion)],
                        other=names[str(c.over)],
                        value=fraction(c.value),
                        to=fraction(c.to),
                        ratio=f"{c.ratio:.3f}",
                    )
                if found and found.changes:
                    listed = say("list", self.lang).join(map(told, found.changes))
                    row["changes"] = self.say("judge.repair" if found.fewest else "judge.some", changes=listed)
                    row["apply"] = [
                        {"do": "judgement", "of": f"{row['name']}/{c.criterion}/{c.over}", "to": repr(float(c.to))}
                        for c in found.changes
                    ]
                rows.append(row)
        return rows

    # --- results -----------------------------------------------------------------------------------------------------

    @property
    def sentences(self) -> list[str]:
        """The answer in words."""
        return answer(self.plan, self.lang) if self.plan else []

    @property
    def trouble(self) -> list[str]:
        """Why there is no plan."""
        error = self.outcome.trouble
        return [line.strip() for line in error.lines(self.lang)] if error else []

    @property
    def notes(self) -> list[str]:
        """What else has to be said of the plan."""
        notes = suspicious(self.case, self.lang)
        if guessed := self.case.imputed:
            cells = say("list", self.lang).join(f"{r['track']}/{r['factor']} {r['value']:.4g}" for r in guessed)
            notes.append(self.say("imputed", imputation=guessed[0]["imputation"], cells=cells))
        if self.plan:
            notes += [self.say("undefined_ranking", why=why) for why in self.plan.undefined]
            if self.plan.status == "stopped":
                notes.append(self.say("stopped_with_plan", gap=self.plan.certificate["gap"]))
        return notes

    @property
    def numbers(self) -> list[dict[str, Any]]:
        """The three big numbers."""
        plan = self.plan
        if plan is None:
            return []
        whole = any(row["kind"] == "assumption" and row["share_of_objective"] > 0 for row in plan.provenance)
        delta = ""
        opened = self.workspace.outcome(self.workspace.first).plan
        if (
            opened is not None
            and self.choices != self.workspace.first
            and self.choices.ranking == self.workspace.first.ranking
        ):
            delta = self.say("number.delta", delta=100 * (plan.closed_share - opened.closed_share))
        first = self.case.rows(Resource)[0]
        budget = plan.solved.programme.budget[0].sum()
        return [
            {
                "id": "closed-share",
                "value": closed_text(plan),
                "text": self.say("number.closed"),
                "note": delta,
                "assumed": whole,
            },
            {
                "id": "spent",
                "value": number(_spent(plan, 0), 6),
                "note": "",
                "assumed": whole,
                "text": self.say(
                    "number.spent",
                    resource=first.name(self.lang),
                    unit=first.unit_name(self.lang),
                    budget=number(float(budget), 8),
                ),
            },
            {
                "id": "funded",
                "value": str(len({row["measure"] for row in plan.allocation})),
                "note": "",
                "assumed": whole,
                "text": self.say(
                    "number.funded",
                    all=len(self.measures),
                    places=len({(row["measure"], row["target"]) for row in plan.allocation}),
                ),
            },
        ]

    @cached_property
    def costs_assumed(self) -> bool:
        """Whether what measures cost is an assumption throughout."""
        return self.assumed("costs", (), "")

    @cached_property
    def bought(self) -> list[dict[str, Any]]:
        """Measures that are funded, those that close most first."""
        plan = self.plan
        if plan is None:
            return []
        whole = plan.weighted_gap or 1.0
        resources = plan.solved.programme.resources
        places = Counter(a.measure for a in plan.solved.programme.applications)
        made: dict[str, dict[str, Any]] = {}
        for row in plan.allocation_rows():
            entry = made.setdefault(
                row["measure"],
                {
                    "id": row["measure"],
                    "scope": row["scope"],
                    "value": 0.0,
                    "levels": {},
                    "costs": dict.fromkeys(resources, 0.0),
                },
            )
            entry["value"] += row["value"]
            entry["levels"][row["target"]] = entry["levels"].get(row["target"], 0.0) + row["level"]
            for r in resources:
                entry["costs"][r] += row[r]
        for entry in made.values():
            most = self.case.measure_of[entry["id"]].max_level
            levels = {t: 1.0 if abs(v - most) < 1e-9 * most else v / most for t, v in entry["levels"].items()}
            entry["name"] = self.measures[entry["id"]]
            entry["share"] = f"{entry['value'] / whole:.2%}"
            entry["where"] = (
                [self.say("bought.everywhere", number=len(levels))]
                if 1 < len(levels) == places[entry["id"]] and min(levels.values()) == 1
                else [self.places[t] + ("" if part == 1 else f" {part:.0%}") for t, part in levels.items()]
            )
        return sorted(made.values(), key=lambda entry: -float(entry["value"]))

    @property
    def bought_total(self) -> dict[str, Any]:
        """Sums of the table of measures."""
        return {
            "costs": {r: sum(entry["costs"][r] for entry in self.bought) for r in self.resources_by_id},
            "share": f"{self.plan.closed_share if self.plan else 0.0:.2%}",
        }

    @property
    def unfunded(self) -> list[str]:
        """Measures that are not funded anywhere."""
        funded = {entry["id"] for entry in self.bought}
        return [measure for measure in self.measures if measure not in funded]

    def amount(self, value: float) -> str:
        """Return an amount, or nothing for none."""
        return number(value) if value else ""

    @property
    def resource_rows(self) -> list[dict[str, Any]]:
        """Budgets, use and prices."""
        plan = self.plan
        if plan is None:
            return []
        given = dict(self.choices.budgets)
        dated = len(plan.solved.programme.periods) > 1
        rows = []
        for row in plan.resources:
            resource = self.resources_by_id[row["resource"]]
            room = row["budget"] + row["carried"]
            rows.append(
                {
                    "id": resource.resource,
                    "name": resource.name(self.lang),
                    "unit": resource.unit_name(self.lang),
                    "period": row["period"] if dated else "",
                    "budget": Cell(
                        number(row["budget"], 8),
                        resource.resource in given or self.assumed("resources", (resource.resource,), "budget"),
                    ),
                    "used": number(row["used"], 6),
                    "share": round(100 * min(row["used"] / room, 1.0), 2) if room > 0 else 0.0,
                    "percent": f"{row['used'] / room:.0%}" if room > 0 else "-",
                    "worth": worth.told(plan, row["price_up"], "+"),
                    "range": worth.range_or_steps(plan, row, self.lang, resource.unit_name(self.lang)),
                }
            )
        return rows

    @property
    def flow(self) -> Picture | None:
        """The picture of what is spent where, and what it closes."""
        return None if self.plan is None else flow(self.plan, self.lang)

    @cached_property
    def _drawings(self) -> dict[str, Callable[[], Picture]]:
        planned = self._planned if self.workspace.plannable else None
        return drawings(self.choices.edited(self.workspace.case), planned, self.lang)

    def _planned(self) -> Plan:
        """Return the plan, or raise why there is none."""
        if self.outcome.plan is None:
            assert self.outcome.trouble is not None
            raise self.outcome.trouble
        return self.outcome.plan

    @property
    def framework(self) -> list[tuple[str, str]]:
        """Names and titles of the framework's pictures that the case has data for."""
        return [(name, picture_title(name, self.lang)) for name in self._drawings]

    def drawn(self, name: str) -> str | None:
        """Return a picture of the framework as HTML, or why there is none; None for one that the case has no data for.

        Drawn when it is asked for: some take several plans.
        """
        draw = self._drawings.get(name)
        if draw is None:
            return None
        try:
            return render("picture.html", self.lang, picture=draw(), named=False)
        except SaidaoError as error:
            return render("picture.html", self.lang, picture=None, trouble=error.lines(self.lang))

    @property
    def worth_head(self) -> str:
        """What heads the prices."""
        return "" if self.plan is None else worth.head(self.plan, self.lang)

    @property
    def track_rows(self) -> list[dict[str, Any]]:
        """Tracks by rank, with what becomes of them."""
        if self.plan is None:
            before = self.evaluation.before if self.evaluation else None
            if before is None:
                return []
            rows: list[dict[str, Any]] = [
                {
                    "track": str(t),
                    "rank": int(r),
                    "score": float(s),
                    "rank_after": None,
                    "score_after": None,
                    "level": None,
                    "level_after": None,
                }
                for t, r, s in zip(before.alternatives, before.rank_array, before.score_array, strict=True)
            ]
            shares: list[float | None] = [None] * len(rows)
        else:
            rows = self.plan.ranking
            shares = [row["closed"] for row in self.plan.by_track]
        types = self.case.type_of
        made = [
            {
                "name": self.tracks[row["track"]],
                "type": self.places.get(types[row["track"]], ""),
                "rank": dash(row["rank"]),
                "score": dash(row["score"], ".4f"),
                "level": dash(row["level"], ".2f"),
                "level_after": dash(row["level_after"], ".2f"),
                "rank_after": dash(row["rank_after"]),
                "score_after": dash(row["score_after"], ".4f"),
                "move": (row["rank"] or 0) - row["rank_after"] if row["rank_after"] and row["rank"] else 0,
                "share": "-" if share is None else f"{share:.0%}",
                "bar": round(100 * (share or 0.0), 2),
                "order": (row["rank"] or 0, at),
            }
            for at, (row, share) in enumerate(zip(rows, shares, strict=True))
        ]
        return sorted(made, key=lambda row: row["order"])

    @property
    def footing(self) -> list[str]:
        """What the ranking does to the money, and how far the plan hangs on what the case assumes, in words."""
        return footing_told(self.plan, self.lang) if self.plan else []

    def table(self, name: str) -> Drawn | None:
        """Return a table of the plan in words; None where it has no rows."""
        declared = None if self.plan is None else self.plan.tables[name]
        return drawn(declared, self.case, self.lang, brief=True) if declared and declared.rows else None

    @property
    def score_note(self) -> str:
        """Return how scores are to be read."""
        before = self.evaluation.before if self.evaluation else None
        if before is None:
            return ""
        better = self.say(f"better.{before.better}")
        return self.say("tracks.scores", method=titles(self.lang)[self.choices.method], better=better)

    @property
    def gap_rows(self) -> list[dict[str, Any]]:
        """Gaps of the tracks, by factor: before and after."""
        evaluation = self.evaluation
        if evaluation is None or evaluation.problem is None:
            return []
        gap = evaluation.problem.decision.gap
        closed = np.zeros_like(gap) if self.plan is None else self.plan.solved.closed
        return [
            {
                "name": self.tracks[track],
                "cells": [
                    {
                        "left": f"{g - z:.2f}",
                        "was": f"{g:.2f}" if z > 5e-3 else "",
                        "shade": int(np.ceil(round(g - z, 6) * (SHADES - 1))),
                    }
                    for g, z in zip(gap[t], np.minimum(closed[t], gap[t]), strict=True)
                ],
            }
            for t, track in enumerate(evaluation.problem.decision.tracks)
        ]

    @property
    def rest_rows(self) -> list[dict[str, Any]]:
        """Share of the result that rests on each kind of source, whole and by input."""
        plan = self.plan
        if plan is None:
            return []
        shares: dict[str, dict[str, float]] = {"": {}}
        for row in [{**row, "table": ""} for row in plan.provenance] + plan.inputs:
            shares.setdefault(row["table"], {})[row["kind"]] = row["share_of_objective"]
        return [
            {
                "name": self.say(f"input.{table}") if table else self.say("rests.whole"),
                "whole": not table,
                "cells": [f"{kinds[kind]:.0%}" if kind in kinds else "" for kind in KINDS],
            }
            for table, kinds in shares.items()
        ]

    @property
    def proof(self) -> list[str]:
        """The certificate, and under which settings it holds."""
        if self.plan is None:
            return []
        named = titles(self.lang)
        settings = {
            **self.plan.settings.to_dict(),
            "weights": named[self.choices.weights],
            "method": named[self.choices.method],
            "stance": self.say(f"stance.{self.choices.stance}"),
            "objective": self.goal(self.choices),
        }
        return [
            *proof(self.plan, self.lang),
            self.say("settings", **settings),
        ]

    # --- scenarios ---------------------------------------------------------------------------------------------------

    @property
    def columns(self) -> list[tuple[str, Choices]]:
        """The present choices and those kept, by name."""
        return [("", self.choices), *self.workspace.kept.items()]

    @property
    def next_name(self) -> str:
        """Return a name that is free."""
        at = len(self.workspace.kept) + 1
        while (name := self.say("keep.default", number=at)) in self.workspace.kept:
            at += 1
        return name

    @property
    def differing(self) -> list[tuple[str, list[str]]]:
        """Settings that differ among the columns: a title, and a text for each column."""
        every = [choices for _, choices in self.columns]
        named = titles(self.lang)
        rows = [
            (self.say("keep.weights"), [named[c.weights] for c in every]),
            (self.say("keep.method"), [named[c.method] for c in every]),
            (self.say("keep.stance"), [self.say(f"stance.{c.stance}") for c in every]),
            (self.say("keep.objective"), [self.goal(c) for c in every]),
        ]
        for id_, row in self.resources_by_id.items():
            title = self.say("keep.budget", name=row.name(self.lang), unit=row.unit_name(self.lang))
            rows.append((title, [number(dict(c.budgets).get(id_, own_budget(self.case, id_)), 8) for c in every]))
        for pair in sorted({name for c in every for name, _ in c.judgements}):
            judge, one, other = pair.split("/")
            title = self.say("judge.cell", row=self.factors[one], column=self.factors[other])
            own = Matrix(judge, "", self.case.judgements[judge], self.factors, False).text(one, other)
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
            rows.append((self.say("keep.lock", name=self.place(name)), [dash(level, "g") for level in levels]))
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
        for at, resource in enumerate(self.resources_by_id.values()):
            title = self.say("keep.spend", name=resource.name(self.lang), unit=resource.unit_name(self.lang))
            rows.append(row(title, lambda plan, at=at: number(_spent(plan, at), 6)))
        rows.append(row(self.say("keep.funded"), lambda plan: str(len(funded(plan)))))
        rows.append(row(self.say("keep.only"), lambda plan: " ".join(m for m in funded(plan) if m not in now) or "-"))
        rows.append(row(self.say("keep.lacks"), lambda plan: " ".join(m for m in now if m not in funded(plan)) or "-"))
        return rows


def _spent(plan: Plan, resource: int) -> float:
    """Return what a plan spends of a resource over all periods; its price is not asked for, which takes its time."""
    return float(plan.solved.spend[:, resource].sum())


def _step(own: float) -> float:
    """Return a round step of a slider: 1, 2 or 5 of a power of ten."""
    if own <= 0:
        return 1.0
    power = 10.0 ** np.floor(np.log10(own / STEPS))
    return float(next(m * power for m in (1, 2, 5, 10) if m * power >= own / STEPS))


@dataclass(frozen=True)
class Entry:
    """A cell of a pairwise matrix: its id on the page, what it is of, and its text."""

    id: str
    of: str
    label: str
    text: str
    kind: str


@dataclass(frozen=True)
class Matrix:
    """A pairwise matrix as the page shows it."""

    name: str
    node: str
    judgement: Judgement
    names: dict[str, str]
    assumed: bool

    @property
    def judge(self) -> str:
        """Who judged."""
        return self.judgement.judge

    def text(self, one: str, other: str) -> str:
        """Return a judgement as people write it; nothing where it is missing."""
        labels, matrix = self.judgement.labels, self.judgement.matrix
        i, j = labels.index(one), labels.index(other)
        value = matrix[i, j] if np.isfinite(matrix[i, j]) else 1.0 / matrix[j, i]
        return fraction(float(value)) if np.isfinite(value) else ""

    def cells(self) -> list[Entry]:
        """Return all cells, row by row."""
        return [cell for _, row in self.rows() for cell in row]

    def rows(self) -> list[tuple[str, list[Entry]]]:
        """Return the rows: a factor's name and its cells."""
        labels = self.judgement.labels
        return [
            (
                self.names[one],
                [
                    Entry(
                        f"cell-{self.name}-{i}-{j}",
                        f"{self.name}/{one}/{other}",
                        other,
                        "1" if i == j else self.text(one, other),
                        "choice" if i < j else "diagonal" if i == j else "follows",
                    )
                    for j, other in enumerate(labels)
                ],
            )
            for i, one in enumerate(labels)
        ]

    def scale(self, text: str) -> list[str]:
        """Return the values to choose from: Saaty's scale, and the present one where it is off it."""
        return [*SCALE] if text in SCALE else [text, *SCALE]
