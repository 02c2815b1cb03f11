"""The page of those who ask judges: who was invited and has answered, what they say together, and taking it over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, get_args

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Route

from .. import mcda
from ..case import Case
from ..case.checks import errors
from ..case.provenance import with_sources
from ..case.tables import Factor, Source
from ..errors import CaseError, Problem
from ..mcda.names import AggregationName
from ..results.result import Row
from ..store import accounts, panels, plans
from ..store.log import now
from ..store.store import Store
from ..study.panel import Opinions
from ..texts.numbers import written
from ..texts.say import say
from . import answers
from .asked import PATH, given, money_in_words
from .parts.judgements import in_words
from .parts.templating import render
from .plans.choices import Choices
from .plans.work import Work
from .plans.workspace import Workspace
from .visit import Visit, as_html

JOINED: tuple[AggregationName, ...] = ("aij", "aip")
DAYS = 14
"""Days for which a link holds, unless another number is typed."""


@dataclass(frozen=True)
class Panel:
    """A panel of a plan, for the page of those who ask."""

    work: Work
    panel: panels.Panel
    lang: str

    @property
    def store(self) -> Store:
        """Where it is kept."""
        return self.work.store

    @cached_property
    def choices(self) -> Choices:
        """What the plan chose when it was made."""
        return Choices.from_plain(panels.choices_of(self.store, self.panel))

    @cached_property
    def case(self) -> Case:
        """The case that is asked about."""
        return self.choices.opened(self.work.outcomes(self.panel.inputs).case)

    @cached_property
    def opinions(self) -> Opinions:
        """What the judges have answered by now."""
        found = panels.answered(self.store, self.panel)
        return Opinions(self.case, {judge: given(answers) for judge, answers in found.items()})

    @cached_property
    def names(self) -> dict[str, str]:
        """Names of the factors, and of the goal above them."""
        return {"": self.case.title(self.lang), **self.case.names(Factor, self.lang)}

    @property
    def judges(self) -> list[Row]:
        """Who was invited, and how far they are."""
        rows = []
        for one in panels.of_panel(self.store, self.panel):
            state = (
                "revoked"
                if one.revoked
                else "done"
                if one.finished >= self.panel.round
                else "expired"
                if not one.holds
                else "begun"
                if one.has_begun
                else "invited"
            )
            answers = self.opinions.answers.get(one.judge, {})
            done = sum(value is not None for value in answers.values())
            rows.append({"id": one.id, "judge": one.judge, "state": state, "done": done, "until": one.expires[:10]})
        return rows

    @property
    def asked(self) -> int:
        """Questions that there are."""
        return sum(len(c) * (len(c) - 1) // 2 for c in self.case.children.values())

    @property
    def groups(self) -> list[dict[str, Any]]:
        """Joint weights below each node, how far the judges agree, and who is not counted."""
        return [self._group(node) for node in self.opinions.nodes if self.opinions.counted(node)]

    def _group(self, node: str) -> dict[str, Any]:
        joined = {how: self._joined(node, how) for how in JOINED}
        one = joined["aij"]
        left_out = [judge for judge in self.opinions.answers if judge not in one.judges]
        comma = say("list", self.lang)
        clusters = [f"({comma.join(map(str, cluster))})" for cluster in one.clusters]
        return {
            "node": node,
            "judges": one.judges,
            "rows": [
                (
                    self.names[factor],
                    [f"{joined[how].array[n]:.3f}" for how in JOINED],
                    [f"{w.array[n]:.3f}" for w in one.individual],
                )
                for n, factor in enumerate(self.case.children[node])
            ],
            "ratios": (
                [self._ratio(joined[how].joint) for how in JOINED],
                [self._ratio(found) for found in one.individual],
            ),
            "consensus": one.consensus if len(one.judges) > 1 else None,
            "clusters": comma.join(clusters) if len(clusters) > 1 else "",
            "left_out": comma.join(left_out),
        }

    def _joined(self, node: str, how: AggregationName) -> mcda.Group:
        found = self.opinions.group(node, how)
        assert found is not None
        return found

    def _ratio(self, found: mcda.Priorities | None) -> str:
        return "" if found is None or found.consistency_ratio is None else written("ratio", found.consistency_ratio)

    @property
    def disagreements(self) -> list[dict[str, str]]:
        """What hangs on each disagreement of the first round, in words."""
        rows = []
        for row in panels.money_of(self.store, self.panel):
            one, other = self.names[row["one"]], self.names[row["other"]]
            sides = [in_words(row[side], one, other, self.lang) for side in ("less", "more")]
            told = money_in_words(self.case, row, self.names, self.lang)
            rows.append({"question": f"{one} · {other}", "sides": " / ".join(sides), "money": told})
        return rows

    # --- acts --------------------------------------------------------------------------------------------------------

    def begin_second(self, workspace: Workspace, who: str) -> None:
        """Show each judge what the others have said, and what of the money hangs on it.

        Raises
        ------
        CaseError
            At some node nobody counts.
        """
        self._check()
        money = self.work.run(workspace, answers.disagreements, self.opinions, self.choices)
        panels.second_round(self.store, self.panel, money, who)

    def _check(self) -> None:
        if not self.opinions.complete:
            raise CaseError([Problem("judges_none", "judgements", found=", ".join(self.opinions.answers))])

    def take(self, workspace: Workspace, how: str, who: str) -> Workspace:
        """Make the judgements those of the plan's case, as a step that can be undone, and close the panel.

        Raises
        ------
        CaseError
            At some node nobody counts, the factors are others by now, or the case cannot be with them.
        plans.Stale
            The plan has changed since.
        """
        assert workspace.state is not None
        chosen = next((one for one in get_args(AggregationName) if one == how), None)
        if chosen not in JOINED:
            raise CaseError([Problem("choice", "aggregation", found=how, details={"choices": ", ".join(JOINED)})])
        self._check()
        base = workspace.case
        if base.children != self.case.children:
            raise CaseError([Problem("judges_factors", "factors.csv", found=", ".join(base.factor_ids))])
        made = self._sourced(Opinions(base, self.opinions.answers).adopted(base, chosen))
        if wrong := errors(made):
            raise CaseError(wrong)
        choices = replace(workspace.choices, judgements=(), weights="ahp")
        self.work.run(workspace, answers.check, made, choices)
        inputs = plans.hold_case(self.store, made)
        plans.advance(self.store, workspace.state, choices.to_plain(), who, "judges", inputs=inputs)
        panels.close(self.store, self.panel, who, taken=True)
        return self.work.workspace(workspace.plan)

    def _sourced(self, case: Case) -> Case:
        """Return the case with what is said of its judgements: whose they are, and when they were taken over."""
        judges = list(dict.fromkeys(judgement.judge for judgement in case.judgements.values()))
        rows = [row for row in case.rows(Source) if row.of_table.partition("/")[0] != "judgements"]
        at = now()[:10]

        def note(lang: str) -> str:
            return say("panel.source", lang, judges=say("list", lang).join(judges), at=at)

        return with_sources(case.with_rows(sources=rows), [("judgements", "", "", "judgement")], note)


# --- routes ----------------------------------------------------------------------------------------------------------


def routes(visited: Any) -> list[Route]:
    """Return the routes of those who ask."""
    return [Route("/plan/{plan}/judges", visited(_panel), methods=["GET", "POST"])]


def _shown(visit: Visit, workspace: Workspace, message: str = "", status: int = 200, **sent: Any) -> Response:
    store = visit.desk.work.store
    found = panels.of_plan(store, workspace.plan)
    may: frozenset[str] = frozenset()
    if visit.desk.office is not None and workspace.state is not None:
        role = accounts.role(store, workspace.state.project, visit.who)
        may = accounts.MAY[role] if role is not None else may
    text = render(
        "judging/panel.html",
        visit.lang,
        workspace=workspace,
        panel=None if found is None else Panel(visit.desk.work, found, visit.lang),
        may=may,
        office=visit.desk.office is not None,
        account=visit.account,
        message=message,
        sent=sent or None,
        days=DAYS,
        joined=JOINED,
        opened=workspace.name,
        back=f"/plan/{workspace.plan}/judges",
    )
    return as_html(text, status)


async def _panel(visit: Visit) -> Response:
    """Show who was asked and what they say; invite, take back, begin the second round, take over, close."""
    async with visit.request.form(max_files=0, max_fields=6) as form:
        sent = {name: str(value) for name, value in form.items()}

    def done() -> Response:
        workspace = visit.asked()
        if workspace is None or workspace.state is None:
            raise HTTPException(404)
        if visit.request.method == "GET":
            return _shown(visit, workspace)
        if visit.desk.office is None:
            raise HTTPException(403)
        visit.check(workspace, "edit" if sent.get("do") in ("invite", "revoke") else "share")
        try:
            return _act(visit, workspace, sent)
        except CaseError as error:
            return _shown(visit, workspace, "\n".join(error.lines(visit.lang)), 422)
        except plans.Stale as stale:
            told = say("stale.told", visit.lang, who=stale.newest.who)
            return _shown(visit, visit.desk.work.workspace(workspace.plan), told, 409)
        except (panels.Gone, plans.Missing):
            return _shown(visit, workspace, say("panel.closed", visit.lang), 409)

    return await run_in_threadpool(done)


def _act(visit: Visit, workspace: Workspace, sent: Mapping[str, str]) -> Response:
    store, who, do = visit.desk.work.store, visit.who, sent.get("do")
    assert workspace.state is not None
    if do == "invite":
        days = sent.get("days", "")
        number = int(days) if days.isascii() and days.isdigit() and len(days) < 5 else 0
        panel = panels.open_panel(store, workspace.state, who)
        secret = panels.invite(store, panel, sent.get("judge", ""), number, who)
        office = visit.desk.office
        base = office.url if office and office.url else str(visit.request.base_url).rstrip("/")
        judge = panels.tidy(sent.get("judge", ""))
        until = panels.by_link(store, secret)[0].expires[:10]
        return _shown(visit, workspace, link=f"{base}{PATH}/link/{secret}", judge=judge, until=until)
    found = panels.of_plan(store, workspace.plan)
    if found is None or found.closed:
        raise panels.Gone
    panel_page = Panel(visit.desk.work, found, visit.lang)
    if do == "revoke":
        panels.revoke(store, found, sent.get("invitation", ""), who)
    elif do == "second":
        panel_page.begin_second(workspace, who)
    elif do == "close":
        panels.close(store, found, who, taken=False)
    elif do == "take":
        revision = sent.get("revision", "")
        if not revision.isascii() or not revision.isdigit():
            raise HTTPException(400)
        seen = visit.plan(workspace.plan, int(revision[:9]))
        assert seen is not None
        count = len(panel_page.opinions.answers)
        workspace = panel_page.take(seen, sent.get("aggregation", ""), who)
        return _shown(visit, workspace, say("panel.taken", visit.lang, count=count))
    else:
        raise HTTPException(400)
    return _shown(visit, workspace)
