"""The routes of the page."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, TypeVar

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from ..case import Case, load_case, read_upload, shipped
from ..case.limits import LARGEST, LONGEST_TEXT
from ..errors import CaseError, Problem, SaidaoError
from ..study.plan import Plan
from ..texts.say import LANGUAGES, say
from ..texts.visible import straight, unseen, visible
from . import downloads
from .guards import Guards, address
from .page import PARTS, PARTS_WITH_PRICES, Page
from .sessions import Session, Sessions
from .templating import mark_of, render
from .workspace import Workspace

T = TypeVar("T")
Answer = Callable[[Request, Session], Awaitable[Response]]

STATIC = Path(__file__).with_name("static")
MOST_CHANGES = 400
"""Changes in one request: a page has fewer controls."""


def create_app(
    opened: Case | None = None,
    *,
    lang: str | None = None,
    host: str = "127.0.0.1",
    port: int = 8765,
    local: bool = True,
    sessions: Sessions | None = None,
) -> Starlette:
    """Make the page.

    Parameters
    ----------
    opened : the case that every browser begins with; the start page if left out.
    lang : the language to begin with; the browser's if left out.
    host, port : where it is served: the own address; the port is part of the cookie's name too, so that two pages do
        not share it.
    local : whether only this computer may reach it; then it answers under no other host's name.
    sessions : what is remembered; anew if left out.
    """
    held = Sessions() if sessions is None else sessions
    cookie = f"saidao-{port}"

    def with_session(answer: Answer) -> Callable[[Request], Awaitable[Response]]:
        async def run(request: Request) -> Response:
            session = held.find(request.cookies.get(cookie))
            key = None
            if session is None:
                session = Session(lang or _spoken(request), Workspace(opened) if opened else None)
                key = held.new(session)
            request.state.fresh = key is not None
            request.state.lang = session.lang
            response = await answer(request, session)
            if key is not None:
                response.set_cookie(cookie, key, httponly=True, samesite="strict", path="/")
            return response

        return run

    routes = [
        Route("/", with_session(_workspace)),
        Route("/start", with_session(_start)),
        Route("/open", with_session(_open), methods=["POST"]),
        Route("/upload", with_session(_upload), methods=["POST"]),
        Route("/language", with_session(_language), methods=["POST"]),
        Route("/change", with_session(_change), methods=["POST"]),
        Route("/framework/{name}", with_session(_framework)),
        Route("/footing", with_session(_footing)),
        Route("/template.xlsx", with_session(_template)),
        *(Route(f"/{name}", with_session(_download(name))) for name in downloads.MAKERS),
        Mount("/static", StaticFiles(directory=STATIC)),
    ]
    hosts = {f"{name}:{port}" for name in ("127.0.0.1", "localhost", "[::1]", address(host))} if local else None
    return Starlette(
        routes=routes,
        middleware=[Middleware(Guards, hosts=hosts)],
        exception_handlers={HTTPException: _refused},
    )


def _spoken(request: Request) -> str:
    """Return the language that the browser asks for first, of ours."""
    for wanted in request.headers.get("accept-language", "").split(","):
        name = wanted.strip()[:2].lower()
        if name in LANGUAGES:
            return name
    return LANGUAGES[0]


async def _locked(session: Session, work: Callable[[], T]) -> T:
    """Do work on a session beside the loop, alone."""

    def run() -> T:
        with session.lock:
            return work()

    return await run_in_threadpool(run)


def _html(text: str, status: int = 200) -> HTMLResponse:
    return HTMLResponse(text, status)


async def _refused(request: Request, error: Exception) -> Response:
    """Say in words why there is no answer."""
    assert isinstance(error, HTTPException)
    lang = getattr(request.state, "lang", None) or _spoken(request)
    key = {404: "refused.not_found", 405: "refused.method"}.get(error.status_code, "refused.request")
    if error.status_code == 413:
        return _html(_start_page(lang, None, message=say("start.too_large", lang, most=LARGEST // 2**20)), 413)
    return _html(render("refused.html", lang, message=say(key, lang), opened="", back="/start"), error.status_code)


def _page(session: Session) -> Page | None:
    """Return the page of a session that has a case open."""
    return None if session.workspace is None else Page(session.workspace, session.lang)


# --- pages -----------------------------------------------------------------------------------------------------------


def _start_page(lang: str, workspace: Workspace | None, **values: Any) -> str:
    titles = [(name, load_case(name).title(lang)) for name in shipped()]
    given = {"message": "", "problems": [], "name": "", **values}
    opened = workspace.case.title(lang) if workspace else ""
    return render("start.html", lang, shipped=titles, most=LARGEST, opened=opened, back="/start", **given)


async def _start(request: Request, session: Session) -> Response:
    return _html(await _locked(session, lambda: _start_page(session.lang, session.workspace)))


async def _workspace(request: Request, session: Session) -> Response:
    def made() -> str | None:
        page = _page(session)
        if page is None:
            return None
        parts = page.parts()
        marks = {name: mark_of(html) for name, html in parts.items()}
        return render(
            "workspace.html",
            session.lang,
            page=page,
            parts=parts,
            marks=marks,
            values=page.values(),
            flags=page.flags(),
            downloads=tuple(downloads.MAKERS),
            opened=page.case.title(session.lang),
            back="/",
        )

    text = await _locked(session, made)
    return RedirectResponse("/start", 303) if text is None else _html(text)


async def _language(request: Request, session: Session) -> Response:
    async with request.form(max_files=0, max_fields=4) as form:
        wanted, back = form.get("lang"), form.get("back")
    if wanted in LANGUAGES:
        session.lang = str(wanted)
    return RedirectResponse("/start" if back == "/start" else "/", 303)


async def _open(request: Request, session: Session) -> Response:
    async with request.form(max_files=0, max_fields=4) as form:
        name = form.get("case")
    if name not in shipped():
        raise HTTPException(400)

    def opened() -> None:
        session.workspace = Workspace(load_case(str(name)))

    await _locked(session, opened)
    return RedirectResponse("/", 303)


async def _upload(request: Request, session: Session) -> Response:
    async with request.form(max_files=1, max_fields=4) as form:
        file = form.get("file")
        if not isinstance(file, UploadFile):
            raise HTTPException(400)
        data, name = await file.read(), file.filename or ""

    def opened() -> tuple[str, int] | None:
        case, problems = read_upload(data, name)
        errors = [p for p in problems if p.level == "error"]
        if case is not None and not errors:
            try:
                session.workspace = Workspace(case)
            except CaseError as error:  # its own defaults do not hold
                errors = list(error.problems)
        if not errors:
            return None
        told = [p.to_dict(session.lang) for p in errors]
        return _start_page(session.lang, session.workspace, problems=told, name=name), 422

    failed = await _locked(session, opened)
    return RedirectResponse("/", 303) if failed is None else _html(*failed)


# --- changes ---------------------------------------------------------------------------------------------------------


async def _change(request: Request, session: Session) -> Response:
    """Make changes, and send the parts of the page that they change; priced ones apart where they come late."""
    wanted = _request(await request.body())
    if session.workspace is None or request.state.fresh:
        return JSONResponse({}, 409)  # what the browser shows is not what is here

    def made() -> JSONResponse:
        assert session.workspace is not None
        before = session.workspace.state()
        try:
            return JSONResponse(*answered(session.workspace))
        except Exception:
            session.workspace.set_state(before)  # what broke the page once would do so for ever
            raise

    def answered(workspace: Workspace) -> tuple[dict[str, Any], int]:
        refused = []
        tracks = workspace.choices.admitted
        for one in wanted["changes"]:
            try:
                _do(workspace, one["do"], one["of"], one["to"])
            except CaseError as error:
                refused += error.lines(session.lang)
        if not wanted["lang"].startswith(session.lang) or workspace.choices.admitted != tracks:
            return {}, 409  # another window's language, or other tracks: the whole page has to be shown anew
        page = Page(workspace, session.lang)
        late = bool(wanted["changes"]) and page.prices_are_slow
        names = (*(PARTS if wanted["changes"] else ()), *(() if late else PARTS_WITH_PRICES))
        parts = {name: {"html": html, "mark": mark_of(html)} for name, html in page.parts(names).items()}
        return {
            "number": wanted["number"],
            "refused": refused,
            "parts": {name: part for name, part in parts.items() if wanted["marks"].get(name) != part["mark"]},
            "values": page.values(),
            "flags": page.flags(),
            "late": late,
        }, 200

    return await _locked(session, made)


async def _framework(request: Request, session: Session) -> Response:
    """Send a picture of the framework, as the present choices have it."""

    def drawn() -> str | None:
        page = _page(session)
        return None if page is None else page.framework.drawn(request.path_params["name"])

    text = await _locked(session, drawn)
    if text is None:
        raise HTTPException(404)
    return _html(text)


async def _footing(request: Request, session: Session) -> Response:
    """Send what the ranking and the case's assumptions do to the money: several plans, solved while changes go on."""

    def planned() -> Plan | None:
        page = _page(session)
        return None if page is None else page.plan

    plan = await _locked(session, planned)
    if plan is not None:
        await run_in_threadpool(lambda: (plan.stances, plan.assumptions))

    def shown() -> str | None:
        page = _page(session)
        return None if page is None else str(page.part("footing"))

    text = await _locked(session, shown)
    if text is None:
        raise HTTPException(404)
    return _html(text)


def _do(workspace: Workspace, what: str, of: str, to: str) -> None:
    if signs := unseen(what + of + to):
        raise CaseError([Problem("unseen", what, found=visible(of + to), details={"signs": signs})])
    plain: dict[str, Callable[[], None]] = {"undo": workspace.undo, "redo": workspace.redo, "reset": workspace.reset}
    named: dict[str, Callable[[str], None]] = {
        "keep": workspace.keep,
        "restore": workspace.restore,
        "delete": workspace.delete,
    }
    if what in plain:
        plain[what]()
    elif what in named:
        named[what](of)
    else:
        workspace.change(what, of, to)


def _request(body: bytes) -> dict[str, Any]:
    """Read a request for changes; what it is not refuses it."""
    try:
        given = json.loads(body)
        if len(given["changes"]) > MOST_CHANGES:
            raise HTTPException(400)
        changes = [{name: _text(one[name]) for name in ("do", "of", "to")} for one in given["changes"]]
        marks = {k: _text(v) for k, v in given["marks"].items() if k in (*PARTS, *PARTS_WITH_PRICES)}
        return {"number": int(given["number"]), "changes": changes, "marks": marks, "lang": _text(given["lang"])}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, OverflowError):
        raise HTTPException(400) from None


def _text(given: Any) -> str:
    """Return a text of a request with plain line breaks; one that no page of ours would send is refused."""
    if not isinstance(given, str) or len(given) > LONGEST_TEXT:
        raise ValueError(given)
    return straight(given)


# --- files -----------------------------------------------------------------------------------------------------------


async def _template(request: Request, session: Session) -> Response:
    name = request.query_params.get("name", "")
    return await _sent(session, lambda: downloads.template(name, session.lang))


def _download(name: str) -> Answer:
    async def answer(request: Request, session: Session) -> Response:
        workspace = session.workspace
        if workspace is None:
            return RedirectResponse("/start", 303)
        return await _sent(session, lambda: downloads.MAKERS[name](workspace, session.lang))

    return answer


async def _sent(session: Session, make: Callable[[], downloads.File]) -> Response:
    try:
        file = await _locked(session, make)
    except SaidaoError as error:
        text = "\n".join(error.lines(session.lang))
        return _html(render("refused.html", session.lang, message=text, opened="", back="/start"), 422)
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{file.quoted}"}
    return Response(file.data, media_type=file.kind, headers=headers)
