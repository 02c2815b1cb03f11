"""What a judge sees who was invited by a link: questions in words, one at a time, and nothing else of the page.

A judge's browser has a cookie of its own, which is sent to these addresses alone and opens no other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from ..case import Case
from ..case.cells import ratio
from ..case.tables import Factor
from ..results.result import Row
from ..store import browsers, panels
from ..store.store import Store
from ..study.panel import Answers, Pair, apart, hints, pairs
from ..study.plan.footing_sentences import where
from ..study.plan.sentences import amounts
from ..texts.numbers import written
from ..texts.say import say
from .parts.judgements import SCALE, in_words
from .parts.templating import render
from .plans.choices import Choices
from .visit import COOKIE, Desk, as_html, language_of

Answering = Callable[[Request, str, dict[str, str]], Response]
"""What answers a request: in a language, with the fields of a form."""
JUDGE = "saidao-judge"
"""The cookie of a judge's browser."""
PATH = "/asked"
FEWEST_OTHERS = 2
"""Judges beside oneself whose answers are shown: of a single one it would be known whose it is."""
KEPT_FOR = 366 * 24 * 3600
"""Seconds for which a browser keeps it: no invitation holds longer."""


def given(found: Mapping[panels.Given, float | None]) -> Answers:
    """Return answers of the store as those of a panel."""
    return {Pair(*three): value for three, value in found.items()}


def money_in_words(case: Case, row: Row, names: Mapping[str, str], lang: str) -> str:
    """Say what of the money hangs on a disagreement."""
    if row["left_out"]:
        return say("asked.unplanned", lang, why=row["left_out"])
    if not any(amount > 0 for amount in row["moved"].values()):
        return say("asked.no_money", lang)
    share = "" if row["share"] is None else say("asked.share", lang, share=row["share"])
    told = amounts(case, row["moved"], lang)
    return say("asked.money", lang, one=names[row["one"]], amounts=told, share=share, where=where(case, row, lang))


@dataclass(frozen=True)
class Sitting:
    """A judge before the questions.

    Attributes
    ----------
    case : the case that is asked about, as the plan had it.
    key : the secret of their browser.
    """

    store: Store
    case: Case
    invitation: panels.Invitation
    panel: panels.Panel
    key: str
    lang: str

    @cached_property
    def names(self) -> dict[str, str]:
        """Names of the factors, and of the goal above them."""
        return {"": self.case.title(self.lang), **self.case.names(Factor, self.lang)}

    @cached_property
    def _all(self) -> dict[str, Answers]:
        return {judge: given(found) for judge, found in panels.answered(self.store, self.panel).items()}

    @cached_property
    def own(self) -> Answers:
        """What this judge has answered."""
        return self._all.get(self.invitation.judge, {})

    @cached_property
    def _others(self) -> list[Answers]:
        """What the others have answered in the first round."""
        first = panels.answered(self.store, self.panel, 1)
        return [given(found) for judge, found in first.items() if judge != self.invitation.judge]

    @cached_property
    def money(self) -> dict[Pair, Row]:
        """What hangs on each disagreement, in the second round."""
        return {Pair(r["node"], r["one"], r["other"]): r for r in panels.money_of(self.store, self.panel)}

    @cached_property
    def questions(self) -> tuple[Pair, ...]:
        """The questions; in the second round those first on which most of the money hangs, then what is agreed on."""
        every = pairs(self.case)
        disputed = [pair for pair in self.money if pair in every]
        return (*disputed, *(pair for pair in every if pair not in disputed))

    @cached_property
    def seen(self) -> set[Pair]:
        """Questions that were answered or skipped in this round; what all agree on needs no second look."""
        done = {Pair(*three) for three in panels.of_round(self.store, self.invitation, self.panel.round)}
        agreed = {pair for pair in self.own if pair not in self.money} if self.panel.round > 1 else set()
        return done | agreed

    @property
    def next(self) -> int | None:
        """The number of the first question that is open, from 1; None where there is none."""
        return next((n for n, pair in enumerate(self.questions, 1) if pair not in self.seen), None)

    @property
    def skipped(self) -> int:
        """Questions that were skipped."""
        return sum(value is None for value in self.own.values())

    def words(self, pair: Pair, value: float) -> str:
        """Say a judgement."""
        return in_words(value, self.names[pair.one], self.names[pair.other], self.lang)

    def spread(self, pair: Pair) -> list[tuple[str, int]] | None:
        """Return what the others have said, and how many each; None where they are too few to be shown."""
        said = Counter(value for answers in self._others if (value := answers.get(pair)) is not None)
        if said.total() < FEWEST_OTHERS:
            return None
        return [(self.words(pair, value), count) for value, count in sorted(said.items(), reverse=True)]

    def question(self, number: int, message: str = "") -> str:
        """Return the page of a question."""
        pair = self.questions[number - 1]
        held = self.own.get(pair)
        options = [(text, self.words(pair, ratio(text) or 1.0), held == ratio(text)) for text in SCALE]
        second = self.panel.round > 1
        row = self.money.get(pair)
        return self._page(
            "question",
            number=number,
            pair=pair,
            options=options,
            mine=None if held is None else self.words(pair, held),
            second=second,
            spread=self.spread(pair) if second else None,
            disputed=row is not None,
            money="" if row is None else money_in_words(self.case, row, self.names, self.lang),
            message=message,
        )

    def end(self) -> str:
        """Return the page at the end: how much was answered, and how consistent that is."""
        told = []
        for hint in hints(self.own, self.case):
            key = "unknown" if hint.ratio is None else "consistent" if hint.acceptable else "inconsistent"
            ratio_text = "" if hint.ratio is None else written("ratio", hint.ratio)
            values = {} if hint.ratio is None else {"ratio": ratio_text}
            lines = [say(f"asked.{key}", self.lang, goal=self.names[hint.node], **values)]
            again = None
            if hint.pair is not None:
                said, would = (self.words(hint.pair, value) for value in (hint.value, hint.to))
                lines.append(say("asked.worst", self.lang, said=said, would=would, then=written("ratio", hint.then)))
                again = self._number(hint.pair)
            told.append((lines, again))
        lacking = [
            say("list", self.lang).join(self.names[f] for f in factors) for factors in apart(self.own, self.case)
        ]
        open_ = next((n for n, pair in enumerate(self.questions, 1) if self.own.get(pair) is None), None)
        done = len(self.own) - self.skipped
        return self._page("end", told=told, lacking=lacking, open=open_, finished=self.finished, done=done)

    def _number(self, pair: Pair) -> int:
        """Return the number of a question, whichever of its two factors stands first."""
        turned = Pair(pair.node, pair.other, pair.one)
        return self.questions.index(pair if pair in self.questions else turned) + 1

    @property
    def finished(self) -> bool:
        """Whether the judge has ended this round."""
        return self.invitation.finished >= self.panel.round

    def _page(self, name: str, **values: Any) -> str:
        done = sum(1 for pair in self.questions if pair in self.seen)
        shown = {"sitting": self, "done": done, "all": len(self.questions), "names": self.names, **values}
        return page(f"judging/{name}.html", self.lang, f"{PATH}/{values.get('number', 'end')}", **shown)


def page(template: str, lang: str, back: str, **values: Any) -> str:
    """Return a page that leads nowhere else."""
    return render(template, lang, home=PATH, opened="", back=back, **values)


# --- routes ----------------------------------------------------------------------------------------------------------


def routes(desk: Desk) -> list[Route]:
    """Return the routes of judges."""

    def sitting(request: Request, lang: str) -> Sitting:
        key = request.cookies.get(JUDGE)
        if key is None or not browsers.is_key(key):
            raise panels.Gone
        invitation, panel = panels.by_session(desk.work.store, key)
        choices = Choices.from_plain(panels.choices_of(desk.work.store, panel))
        case = choices.opened(desk.work.outcomes(panel.inputs).case)
        return Sitting(desk.work.store, case, invitation, panel, key, lang)

    def answering(answer: Answering) -> Callable[[Request], Awaitable[Response]]:
        async def run(request: Request) -> Response:
            async with request.form(max_files=0, max_fields=4) as form:
                sent = {name: str(value) for name, value in form.items()}

            def made() -> Response:
                lang = _language(desk, request)
                request.state.lang = lang
                try:
                    return answer(request, lang, sent)
                except panels.Gone:
                    return as_html(page("judging/gone.html", lang, PATH), 403)

            return await run_in_threadpool(made)

        return run

    def link(request: Request, lang: str, sent: dict[str, str]) -> Response:
        """Show what a link is for; use it where it is asked to begin, so that a mail program's look uses nothing."""
        secret = request.path_params["secret"]
        if request.method == "POST":
            response = RedirectResponse(PATH, 303)
            address = desk.office.url if desk.office and desk.office.url else str(request.url)
            response.set_cookie(
                JUDGE,
                panels.begin(desk.work.store, secret),
                max_age=KEPT_FOR,
                httponly=True,
                samesite="strict",
                path=PATH,
                secure=address.startswith("https:"),
            )
            return response
        invitation, panel = panels.by_link(desk.work.store, secret)
        case = Choices.from_plain(panels.choices_of(desk.work.store, panel)).opened(
            desk.work.outcomes(panel.inputs).case
        )
        told = {"judge": invitation.judge, "case": case.title(lang), "count": len(pairs(case))}
        return as_html(page("judging/begin.html", lang, request.url.path, told=told, until=invitation.expires[:10]))

    def first(request: Request, lang: str, sent: dict[str, str]) -> Response:
        number = sitting(request, lang).next
        return RedirectResponse(f"{PATH}/end" if number is None else f"{PATH}/{number}", 303)

    def question(request: Request, lang: str, sent: dict[str, str]) -> Response:
        at, number = sitting(request, lang), int(request.path_params["number"])
        if not 1 <= number <= len(at.questions):
            raise HTTPException(404)
        if request.method != "POST":
            return as_html(at.question(number))
        pair, do = at.questions[number - 1], sent.get("do")
        value = at.own.get(pair) if do == "keep" else None
        if do != "skip" and value is None:
            if sent.get("value") not in SCALE:
                return as_html(at.question(number, say("asked.choose", lang)), 422)
            value = ratio(sent["value"])
        panels.answer(at.store, at.key, (pair.node, pair.one, pair.other), value)
        after = number + 1
        return RedirectResponse(f"{PATH}/{after}" if after <= len(at.questions) else f"{PATH}/end", 303)

    def end(request: Request, lang: str, sent: dict[str, str]) -> Response:
        at = sitting(request, lang)
        if request.method == "POST":
            panels.finish(at.store, at.key)
            return RedirectResponse(f"{PATH}/end", 303)
        return as_html(at.end())

    both = ["GET", "POST"]
    return [
        Route(PATH, answering(first)),
        Route(f"{PATH}/end", answering(end), methods=both),
        Route(f"{PATH}/link/{{secret}}", answering(link), methods=both),
        Route(f"{PATH}/{{number:int}}", answering(question), methods=both),
    ]


def _language(desk: Desk, request: Request) -> str:
    """Return the language that a judge has chosen, or else their browser's."""
    key = request.cookies.get(COOKIE)
    found = browsers.find(desk.work.store, key) if key is not None and browsers.is_key(key) else None
    return found.lang if found is not None else language_of(request)
