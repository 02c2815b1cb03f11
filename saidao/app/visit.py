"""A request, and whose it is."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import cached_property

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from ..case import Case
from ..store import accounts, browsers, plans
from ..store.store import current_user
from ..study.record import digest
from ..texts.say import LANGUAGES
from .office import Office
from .parts import importing
from .plans.work import Work
from .plans.workspace import Outcomes, Workspace

Answer = Callable[["Visit"], Awaitable[Response]]

COOKIE = "saidao"
"""The cookie whose secret says which browser it is. It is given where something is changed, never for a look."""
KEPT_FOR = 400 * 24 * 3600
"""Seconds for which a browser keeps it."""


@dataclass(frozen=True)
class Desk:
    """What all requests share: the store's plans at work, and the case that the page was opened with, if with one."""

    work: Work
    opened: Case | None
    lang: str | None
    since: str
    office: Office | None = None
    tables: importing.Held = field(default_factory=importing.Held)

    @cached_property
    def untouched(self) -> Workspace | None:
        """The case that the page was opened with, as long as nobody has changed it."""
        return None if self.opened is None else Workspace.untouched(Outcomes(self.opened))

    def first_of(self, browser: browsers.Browser | None) -> str:
        """Return the plan that a browser sees first: the one that it worked on last; blank if there is none.

        Where the page was opened with another case since, it is that.
        """
        if browser is None or browser.plan is None:
            return ""
        try:
            state = plans.state(self.work.store, browser.plan)
        except plans.Missing:
            return ""
        if self.office is not None and not accounts.may(self.work.store, state.project, browser.account or "", "see"):
            return ""
        known = self.opened is None or browser.seen >= self.since or state.case == digest(self.opened)
        return browser.plan if known else ""


@dataclass(frozen=True)
class Visit:
    """A request, and whose it is."""

    request: Request
    desk: Desk
    key: str | None
    browser: browsers.Browser | None
    lang: str
    account: str | None = None

    @property
    def who(self) -> str:
        """Who acts: the account, or whoever runs a page that has none."""
        return self.account or current_user()

    def check(self, workspace: Workspace, right: accounts.Right) -> Workspace:
        """Return a plan that this visitor may do something with.

        Raises
        ------
        HTTPException
            They may not; of a plan that they may not see, there is none.
        """
        if self.desk.office is not None and workspace.state is not None:
            store, project = self.desk.work.store, workspace.state.project
            if not accounts.may(store, project, self.who, right):
                raise HTTPException(403 if accounts.may(store, project, self.who, "see") else 404)
        return workspace

    def recent(self) -> list[plans.Project]:
        """Return the cases that were worked on last, of those that this visitor may see."""
        store = self.desk.work.store
        return plans.recent(store, among=accounts.reachable(store, self.who) if self.desk.office else None)

    def plan(self, plan: str = "", revision: int | None = None) -> Workspace | None:
        """Return a plan; if none is named, the one that this browser worked on last, or else the case as it came.

        Raises
        ------
        HTTPException
            There is no such plan.
        """
        plan = plan or self.desk.first_of(self.browser)
        if not plan:
            return self.desk.untouched
        try:
            return self.check(self.desk.work.workspace(plan, revision), "see")
        except plans.Missing:
            raise HTTPException(404) from None

    def asked(self) -> Workspace | None:
        """Return the plan that the address names, at the revision that it names."""
        query = self.request.query_params
        plan = self.request.path_params.get("plan") or query.get("plan", "")
        try:
            revision = int(query["revision"]) if plan and "revision" in query else None
        except ValueError:
            raise HTTPException(404) from None
        return self.plan(plan, revision)

    def keep(self, response: Response, lang: str = "", plan: str | None = None) -> Response:
        """Remember a browser's language, and the plan that it works on; give it a key if it has none."""
        key = self.key or browsers.new_key()
        browsers.remember(self.desk.work.store, key, lang or self.lang, plan)
        return response if self.key else self.give(response, key)

    def give(self, response: Response, key: str) -> Response:
        """Give the browser a key."""
        office = self.desk.office
        secure = (office.url if office and office.url else str(self.request.url)).startswith("https:")
        response.set_cookie(COOKIE, key, max_age=KEPT_FOR, httponly=True, samesite="strict", path="/", secure=secure)
        return response


def language_of(request: Request) -> str:
    """Return the language that the browser asks for first, of ours."""
    for wanted in request.headers.get("accept-language", "").split(","):
        name = wanted.strip()[:2].lower()
        if name in LANGUAGES:
            return name
    return LANGUAGES[0]


def as_html(text: str, status: int = 200) -> HTMLResponse:
    """Answer with a page."""
    return HTMLResponse(text, status)
