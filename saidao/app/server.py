"""The routes of the page."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from anyio import to_thread
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from ..case import Case, load_case, read_upload, shipped
from ..case.limits import LARGEST, LONGEST_TEXT
from ..case.tables import BY_NAME
from ..errors import CaseError, Problem, SaidaoError
from ..results.question import modules
from ..store import accounts, browsers, plans
from ..store.log import now
from ..store.place import open_store
from ..store.store import Store
from ..texts.say import LANGUAGES, say
from ..texts.visible import in_json, straight, unseen, visible
from . import answers, asked, downloads, panel
from .guarding.guards import Guards, address, with_port
from .guarding.limits import limited
from .guarding.queues import Queues
from .office import Office, known_of, mark
from .page import CUT, LATE, PARTS, VIEWS
from .parts import importing, since
from .parts.editing import FIRST, ROWS, Window
from .parts.preview import fault_of
from .parts.templating import render
from .parts.year import Asked, decoded
from .plans.work import Work
from .plans.workers import Over, Workers
from .plans.workspace import Workspace
from .visit import COOKIE, Answer, Desk, Visit, as_html, language_of

STATIC = Path(__file__).with_name("static")
THREADS = 200
"""Requests that are worked on at a time, those included that wait for a worker."""
DEPTHS = {"0": 0, "1": 1}
"""How far a panel goes that is asked for in steps; else to its end."""
MOST_CHANGES = 400
"""Changes in one request: a page has fewer controls."""
LARGEST_BLOCK = 1_000_000
"""Signs of a block that is pasted into a table."""
LONGEST_TURN = 20
MOST_ANSWERS = 20_000
"""Fields of a form about a table: three a question, one a column."""


class Data(JSONResponse):
    """JSON in which signs that belong in no text are escapes."""

    def render(self, content: Any) -> bytes:
        """Return it as it is sent."""
        told = json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
        return in_json(told).encode()


def create_app(
    opened: Case | None = None,
    *,
    lang: str | None = None,
    host: str = "127.0.0.1",
    port: int = 8765,
    local: bool = True,
    store: Store | None = None,
    office: Office | None = None,
    workers: Workers | None = None,
    files: Mapping[str, bytes] | None = None,
) -> Starlette:
    """Make the page.

    Parameters
    ----------
    opened : the case that every browser begins with; the start page if left out.
    lang : the language to begin with; the browser's if left out.
    host, port : where it is served: the own address.
    local : whether only this computer may reach it; then it answers under no other host's name.
    store : where work is kept; what `open_store` opens if left out.
    office : how people are known, where there are several.
    workers : the processes that solve; this one if left out, as tests do.
    files : those that *opened* was read from, where that is certain.
    """
    desk = Desk(Work(open_store() if store is None else store, workers, files), opened, lang, now(), office)
    queues = Queues()

    def visited(answer: Answer) -> Callable[[Request], Awaitable[Response]]:
        async def run(request: Request) -> Response:
            key = request.cookies.get(COOKIE)
            key = key if browsers.is_key(key) else None
            store = desk.work.store
            found = None if key is None else await run_in_threadpool(lambda: browsers.find(store, key))
            spoken = found.lang if found is not None else desk.lang or language_of(request)
            request.state.lang = spoken
            account = None
            if office is not None:
                peer = request.client.host if request.client else ""
                header = request.headers.get(office.header) if office.header else None
                account = await run_in_threadpool(lambda: office.account(peer, header, found, store))
                if account is None and request.url.path not in ("/sign-in", "/language"):
                    if request.method != "GET":
                        raise HTTPException(401)
                    return RedirectResponse(f"/sign-in?{urlencode({'to': request.url.path})}", 303)
            who = account or key or (request.client.host if request.client else "")
            async with queues.turn(who):
                return await answer(Visit(request, desk, key, found, spoken, account))

        return run

    routes = [
        Route("/", visited(_home)),
        *(Route(view.address("{plan}"), visited(_view(name))) for name, view in VIEWS.items()),
        *(Route(view.address(), visited(_view(name))) for name, view in VIEWS.items() if name != "plan"),
        *(Route(f"{VIEWS['data'].address(plan)}/{{table}}", visited(_view("data"))) for plan in ("", "{plan}")),
        *(Route(path, visited(_year), methods=["GET", "POST"]) for path in ("/year", "/plan/{plan}/year")),
        Route("/start", visited(_start)),
        Route("/open", visited(_open), methods=["POST"]),
        Route("/upload", visited(_upload), methods=["POST"]),
        Route("/import", visited(_give), methods=["GET", "POST"]),
        Route("/import/{mark}", visited(_read), methods=["GET", "POST"]),
        Route("/language", visited(_language), methods=["POST"]),
        *panel.routes(visited),
        *((*office_routes(visited), *asked.routes(desk)) if office is not None else ()),
        Route("/change", visited(_change), methods=["POST"]),
        Route("/preview", visited(_preview), methods=["POST"]),
        Route("/framework/{name}", visited(_framework)),
        *(Route(f"/every/{name}", visited(_fragment(answers.every, name))) for name in CUT),
        Route("/places", visited(_fragment(answers.places))),
        Route("/footing", visited(_fragment(answers.footing))),
        Route("/settled", visited(_fragment(answers.settled))),
        Route("/opinion", visited(_fragment(answers.opinion))),
        Route("/tipping", visited(_fragment(answers.tips))),
        Route("/why", visited(_why)),
        Route("/sheet/{table}", visited(_sheet)),
        Route("/asked/{verb}", visited(_asked)),
        Route("/compared", visited(_compared)),
        Route("/template.xlsx", visited(_template)),
        *(Route(f"/{name}", visited(_download(name))) for name in downloads.MAKERS),
        Mount("/static", StaticFiles(directory=STATIC)),
    ]
    hosts = {f"{name}:{port}" for name in ("127.0.0.1", "localhost", "[::1]", address(host))} if local else None
    url = office.url if office is not None else ""
    if url:
        hosts = {with_port(url.partition("://")[2], url.partition("://")[0])}
    return Starlette(
        routes=routes,
        middleware=[Middleware(Guards, hosts=hosts, url=url, is_private=local and office is None)],
        exception_handlers={HTTPException: _refused, SaidaoError: _failed},
        lifespan=_lifespan,
    )


async def _refused(request: Request, error: Exception) -> Response:
    """Say in words why there is no answer."""
    assert isinstance(error, HTTPException)
    lang = getattr(request.state, "lang", None) or language_of(request)
    keys = {401: "nobody", 403: "right", 404: "not_found", 405: "method", 429: "busy"}
    key = f"refused.{keys.get(error.status_code, 'request')}"
    if error.status_code == 413:
        return as_html(_start_page(lang, None, [], message=say("start.too_large", lang, most=LARGEST // 2**20)), 413)
    return as_html(render("refused.html", lang, message=say(key, lang), opened="", back="/start"), error.status_code)


async def _failed(request: Request, error: Exception) -> Response:
    """Say in words what was over a limit, or could not be made."""
    assert isinstance(error, SaidaoError)
    lang = getattr(request.state, "lang", None) or language_of(request)
    text = "\n".join(error.lines(lang))
    status = 503 if isinstance(error, Over) else 422
    return as_html(render("refused.html", lang, message=text, opened="", back="/start"), status)


@asynccontextmanager
async def _lifespan(app: Starlette) -> AsyncIterator[None]:
    """Let more requests wait for a worker than the default: who only reads the store need not wait behind them."""
    to_thread.current_default_thread_limiter().total_tokens = THREADS
    yield


# --- pages -----------------------------------------------------------------------------------------------------------


def _start_page(lang: str, workspace: Workspace | None, recent: list[plans.Project], **values: Any) -> str:
    cases = [load_case(name) for name in shipped()]
    titles = [(case.name, case.title(lang), len(case.track_ids), len(case.measure_of)) for case in cases]
    given = {"message": "", "problems": [], "name": "", **values}
    opened = workspace.case.title(lang) if workspace else ""
    return render(
        "start.html", lang, shipped=titles, most=LARGEST, opened=opened, recent=recent, back="/start", **given
    )


async def _start(visit: Visit) -> Response:
    recent = visit.recent()
    return as_html(await run_in_threadpool(lambda: _start_page(visit.lang, visit.plan(), recent)))


async def _home(visit: Visit) -> Response:
    """Lead to the plan that this browser works on; show the case as it came to one that has none."""
    found = await run_in_threadpool(visit.plan)
    if found is None:
        return RedirectResponse("/start", 303)
    return RedirectResponse(f"/plan/{found.plan}", 303) if found.plan else await _view("plan")(visit)


def _view(name: str) -> Answer:
    """Return what shows a view of the workspace."""

    async def answer(visit: Visit) -> Response:
        def made() -> str | None:
            workspace = visit.asked()
            if workspace is None:
                return None
            table = visit.request.path_params.get("table", "")
            if table and table not in BY_NAME:
                raise HTTPException(404)
            url = visit.request.url
            back = f"{url.path}?{url.query}" if url.query else url.path
            given = (name, visit.lang, back, visit.desk.office is not None, table)
            return visit.desk.work.run(workspace, answers.view, *given, _window(visit.request.query_params))

        text = await run_in_threadpool(made)
        return RedirectResponse("/start", 303) if text is None else as_html(text)

    return answer


async def _year(visit: Visit) -> Response:
    """Show the year after the plan; what is reported, and how much may move, come with the form."""
    asked_for = Asked()
    if visit.request.method == "POST":
        async with visit.request.form(max_files=1, max_fields=4, max_part_size=LARGEST) as form:
            file, pasted = form.get("file"), straight(str(form.get("actuals", "")))
            data = await file.read() if isinstance(file, UploadFile) else b""
            asked_for = Asked(str(form.get("approved", "")), decoded(data) or pasted, str(form.get("move", "")))

    def made() -> str | None:
        workspace = visit.asked()
        given = (visit.lang, visit.request.url.path, visit.desk.office is not None, asked_for)
        return None if workspace is None else visit.desk.work.run(workspace, answers.year, *given)

    text = await run_in_threadpool(made)
    return RedirectResponse("/start", 303) if text is None else as_html(text)


async def _language(visit: Visit) -> Response:
    async with visit.request.form(max_files=0, max_fields=4) as form:
        wanted, back = str(form.get("lang")), str(form.get("back"))
    path = back.partition("?")[0]
    plan, _, view = path.removeprefix("/plan/").partition("/")
    own = path in ("/start", "/import", "/year", *(v.address() for v in VIEWS.values()))
    views = ("", "judges", "year", *VIEWS)
    own = own or (path.startswith("/plan/") and plan.isalnum() and view.partition("/")[0] in views)
    own = own or (path.startswith("/data/") and path.removeprefix("/data/") in BY_NAME)
    own = own or path == asked.PATH or path.startswith(f"{asked.PATH}/")
    own = own or (path.startswith("/import/") and path.removeprefix("/import/").isalnum())
    response = RedirectResponse(back if own else "/", 303)
    return visit.keep(response, wanted) if wanted in LANGUAGES else response


async def _open(visit: Visit) -> Response:
    async with visit.request.form(max_files=0, max_fields=4) as form:
        name = str(form.get("case"))
    if name not in shipped():
        raise HTTPException(400)
    return await run_in_threadpool(lambda: _opened(visit, load_case(name)))


def _opened(visit: Visit, case: Case, originals: Mapping[str, bytes] | None = None) -> Response:
    """Put a case to work, and lead to its plan."""
    made = visit.desk.work.open(case, visit.who, visit.lang, originals)
    return visit.keep(RedirectResponse(f"/plan/{made.plan}", 303), plan=made.plan)


async def _upload(visit: Visit) -> Response:
    async with visit.request.form(max_files=1, max_fields=4) as form:
        file = form.get("file")
        if not isinstance(file, UploadFile):
            raise HTTPException(400)
        data, name = await file.read(), file.filename or ""

    def opened() -> Response:
        try:
            case, problems = limited(read_upload, data, name)
            errors = [p for p in problems if p.level == "error"]
            if case is not None and not errors:
                return _opened(visit, case, {Path(name).name or "case": data})
        except CaseError as error:  # over a limit, or its own defaults do not hold
            errors = list(error.problems)
        told = [p.to_dict(visit.lang) for p in errors]
        recent = visit.recent()
        return as_html(_start_page(visit.lang, visit.plan(), recent, problems=told, name=name), 422)

    return await run_in_threadpool(opened)


# --- a table ---------------------------------------------------------------------------------------------------------


async def _give(visit: Visit) -> Response:
    """Take a table, as a file or pasted, and lead to its reading."""
    if visit.request.method == "GET":
        return as_html(importing.refused([], "", visit.lang))
    async with visit.request.form(max_files=1, max_fields=4, max_part_size=LARGEST) as form:
        file, pasted = form.get("file"), straight(str(form.get("pasted", "")))
        data, name = (await file.read(), file.filename or "") if isinstance(file, UploadFile) else (b"", "")
    if not data and pasted.strip():
        data, name = pasted.encode(), f"{say('importing.pasted', visit.lang)}.csv"
    if not data:
        return as_html(importing.refused([], "", visit.lang, say("importing.nothing", visit.lang)), 422)
    try:
        mark = await run_in_threadpool(lambda: visit.desk.tables.put(data, Path(name).name or "table"))
    except CaseError as error:
        return as_html(importing.refused(error.problems, name, visit.lang), 422)
    return RedirectResponse(f"/import/{mark}", 303)


async def _read(visit: Visit) -> Response:
    """Show what is read of a table and ask what cannot be known; put it into a case when that is answered."""
    mark = visit.request.path_params["mark"]
    opened = visit.desk.tables.get(mark)
    if opened is None:
        return as_html(importing.refused([], "", visit.lang, say("importing.gone", visit.lang)), 404)
    form: dict[str, str] = {}
    if visit.request.method == "POST":
        async with visit.request.form(max_files=0, max_fields=MOST_ANSWERS) as given:
            form = {key: straight(value) for key, value in given.items() if isinstance(value, str)}

    def answered() -> Response:
        said, pressed = importing.Answers.of(form), form.get("do") == "put"
        open_plan = visit.plan()
        base = open_plan.case if open_plan is not None else None
        html, reading = limited(importing.page, opened, mark, said, visit.lang, base, pressed)
        if reading is not None and reading.is_ready and pressed:
            assert reading.found.case is not None
            made = reading.found.case
            return _opened(visit, made if said.into == "opened" else importing.named(made, reading.title))
        return as_html(html, 200 if reading is not None and not pressed else 422)

    return await run_in_threadpool(answered)


# --- people ----------------------------------------------------------------------------------------------------------


def office_routes(visited: Callable[[Answer], Callable[[Request], Awaitable[Response]]]) -> list[Route]:
    """Return the routes that only a page for several people has."""
    return [
        Route("/sign-in", visited(_sign_in), methods=["GET", "POST"]),
        Route("/sign-out", visited(_sign_out), methods=["POST"]),
        Route("/plan/{plan}/people", visited(_people), methods=["GET", "POST"]),
        Route("/plan/{plan}/status", visited(_status), methods=["POST"]),
    ]


def _sign_in_page(visit: Visit, to: str, message: str = "", status: int = 200) -> Response:
    text = render("sign_in.html", visit.lang, to=to, message=message, opened="", back="/start")
    return as_html(text, status)


async def _sign_in(visit: Visit) -> Response:
    if visit.request.method == "GET":
        return _sign_in_page(visit, visit.request.query_params.get("to", "/"))
    async with visit.request.form(max_files=0, max_fields=4) as form:
        name, password, to = (str(form.get(key, "")) for key in ("name", "password", "to"))
    to = to if to.startswith("/") and not to.startswith(("//", "/\\")) and not unseen(to) else "/"
    office, store = visit.desk.office, visit.desk.work.store
    assert office is not None
    peer = visit.request.client.host if visit.request.client else ""
    try:
        key = await run_in_threadpool(lambda: office.sign_in(store, name, password, peer, visit.lang))
    except CaseError as error:
        return _sign_in_page(visit, to, "\n".join(error.lines(visit.lang)), 429)
    if key is None:
        return _sign_in_page(visit, to, say("office.wrong", visit.lang), 401)
    return visit.give(RedirectResponse(to, 303), key)


async def _sign_out(visit: Visit) -> Response:
    key, store = visit.key, visit.desk.work.store
    if key is not None:
        await run_in_threadpool(lambda: browsers.sign_out(store, key))
    response = RedirectResponse("/sign-in", 303)
    response.delete_cookie(COOKIE, path="/", httponly=True, samesite="strict")
    return response


def _people_page(visit: Visit, workspace: Workspace, message: str = "", status: int = 200) -> Response:
    known = known_of(workspace, visit.desk.work.store, visit.who)
    given = {"account": visit.account, "workspace": workspace, "message": message, "opened": workspace.name}
    return as_html(render("people.html", visit.lang, back="/start", **given, **known), status)


async def _people(visit: Visit) -> Response:
    """Show who may do what with a case, and what was approved; let an owner change who may."""
    async with visit.request.form(max_files=0, max_fields=4) as form:
        name, role = str(form.get("account", "")), str(form.get("role", ""))

    def done() -> Response:
        workspace = visit.asked()
        assert workspace is not None
        assert workspace.state is not None
        if visit.request.method == "GET":
            return _people_page(visit, workspace)
        visit.check(workspace, "share")
        try:
            accounts.grant(visit.desk.work.store, workspace.state.project, name, role, visit.who)
        except CaseError as error:
            return _people_page(visit, workspace, "\n".join(error.lines(visit.lang)), 422)
        return RedirectResponse(f"/plan/{workspace.plan}/people", 303)

    return await run_in_threadpool(done)


async def _status(visit: Visit) -> Response:
    """Submit or approve a plan at the revision that was looked at."""
    async with visit.request.form(max_files=0, max_fields=4) as form:
        status, revision = str(form.get("status", "")), str(form.get("revision", ""))
    if not revision.isascii() or not revision.isdigit():
        raise HTTPException(400)

    def done() -> Response:
        workspace = visit.plan(visit.request.path_params["plan"], int(revision[:9]))
        assert workspace is not None
        visit.check(workspace, "approve" if status == "approved" else "submit")
        try:
            mark(workspace, visit.desk.work, status, visit.who)
        except SaidaoError as error:
            return _people_page(visit, workspace, "\n".join(error.lines(visit.lang)), 422)
        except plans.Stale as stale:
            told = _since(stale, visit.desk.work, visit.lang)["told"]
            return _people_page(visit, visit.desk.work.workspace(workspace.plan), told, 409)
        return RedirectResponse(f"/plan/{workspace.plan}/people", 303)

    return await run_in_threadpool(done)


# --- changes ---------------------------------------------------------------------------------------------------------


async def _change(visit: Visit) -> Response:
    """Make changes, and send the parts shown that they change; what takes programs of its own when it is asked for.

    Each is in the store before the answer leaves. Who has not seen the newest revision is told what has changed since;
    they look at it, or go on apart, in a plan of their own (`apart`).
    """
    wanted = _request(await visit.request.body())

    def made() -> Response:
        workspace = visit.plan(wanted["plan"], wanted["revision"])
        if workspace is None:
            return Data({}, 409)  # no plan is open in this browser
        work = visit.desk.work
        if not wanted["changes"]:
            return Data(work.run(workspace, answers.parts, wanted, []))
        visit.check(workspace, "edit")
        if wanted["apart"] and workspace.plan:
            workspace = work.apart(workspace, visit.who, wanted["lang"])
        try:
            return changed(workspace)
        except plans.Stale as stale:
            return Data({"stale": _since(stale, work, wanted["lang"])}, 409)
        except Over as over:
            work.take_back(workspace, visit.who)  # it would take as long again
            before = work.workspace(workspace.plan) if workspace.plan else workspace
            return Data(work.run(before, answers.parts, wanted, over.lines(wanted["lang"])))
        except Exception:
            work.take_back(workspace, visit.who)  # what broke the page once would do so for ever
            raise

    def changed(workspace: Workspace) -> Response:
        refused: list[str] = []
        faults: dict[str, str] = {}
        tracks = workspace.choices.admitted
        for one in wanted["changes"]:
            try:
                workspace = _do(visit, workspace, wanted["lang"], one["do"], one["of"], one["to"], one["turn"])
            except CaseError as error:
                lines = error.lines(wanted["lang"])
                refused += lines
                faults[one["of"]] = fault_of(error, wanted["lang"])
                # what was typed on the way to what is refused does not stay
                workspace = visit.desk.work.give_up(workspace, one["do"], one["of"], one["turn"], visit.who)
        anew = workspace.choices.admitted != tracks  # the whole page has to be shown then
        parts = {} if anew else visit.desk.work.run(workspace, answers.parts, wanted, refused)
        told = {"plan": workspace.plan} if anew else parts | {"faults": faults}
        response = Data(told, 409 if anew else 200)
        return visit.keep(response, plan=workspace.plan) if workspace.plan else response

    return await run_in_threadpool(made)


async def _preview(visit: Visit) -> Response:
    """Tell what changes would do to the plan, without making them."""
    wanted = _request(await visit.request.body())

    def told() -> dict[str, Any] | None:
        workspace = visit.plan(wanted["plan"], wanted["revision"])
        given = (wanted["changes"], wanted["lang"])
        return None if workspace is None else visit.desk.work.run(workspace, answers.foreseen, *given)

    found = await run_in_threadpool(told)
    return Data({} if found is None else found, 409 if found is None else 200)


def _since(stale: plans.Stale, work: Work, lang: str) -> dict[str, Any]:
    """Tell what others have changed since a revision that was seen."""
    newest = work.workspace(stale.newest.plan, stale.newest.revision)
    return work.run(newest, since.since, since.stretches(work.store, stale), lang)


async def _framework(visit: Visit) -> Response:
    """Send a picture of the framework, as the choices of the plan have it."""

    def drawn() -> str | None:
        workspace = visit.asked()
        name = visit.request.path_params["name"]
        return None if workspace is None else visit.desk.work.run(workspace, answers.picture, visit.lang, name)

    text = await run_in_threadpool(drawn)
    if text is None:
        raise HTTPException(404)
    return as_html(text)


def _fragment(make: Callable[..., str], *given: str) -> Answer:
    """Return what sends a piece of the page that is made while changes go on, as it takes plans of its own."""

    async def answer(visit: Visit) -> Response:
        def made() -> str | None:
            workspace = visit.asked()
            return None if workspace is None else visit.desk.work.run(workspace, make, visit.lang, *given)

        text = await run_in_threadpool(made)
        if text is None:
            raise HTTPException(404)
        return as_html(text)

    return answer


async def _asked(visit: Visit) -> Response:
    """Send the answer to a question of the registry."""
    verb, query = visit.request.path_params["verb"], visit.request.query_params
    if verb not in modules():
        raise HTTPException(404)
    given = {name: query.getlist(name) for name in query if not name.startswith("_")}

    def answered() -> tuple[str, int] | None:
        revision = query.get("_revision", "")
        workspace = visit.plan(query.get("_plan", ""), int(revision) if revision.isdecimal() else None)
        try:
            return None if workspace is None else visit.desk.work.run(workspace, answers.asked, visit.lang, verb, given)
        except Over as error:
            return render("answered.html", visit.lang, answer=None, trouble=error.lines(visit.lang)), 422

    found = await run_in_threadpool(answered)
    if found is None:
        raise HTTPException(404)
    return as_html(*found)


async def _why(visit: Visit) -> Response:
    """Send why a track, a measure or a resource gets what it gets, and what would change it."""
    query = visit.request.query_params

    def told() -> str | None:
        workspace = visit.asked()
        given = (visit.lang, query.get("of", ""), DEPTHS.get(query.get("depth", ""), 2))
        return None if workspace is None else visit.desk.work.run(workspace, answers.why, *given)

    text = await run_in_threadpool(told)
    if text is None:
        raise HTTPException(404)
    return as_html(text)


async def _sheet(visit: Visit) -> Response:
    """Send some rows of a table."""
    table, window = visit.request.path_params["table"], _window(visit.request.query_params)
    if table not in BY_NAME:
        raise HTTPException(404)

    def made() -> dict[str, Any] | None:
        workspace = visit.asked()
        return None if workspace is None else visit.desk.work.run(workspace, answers.sheet, visit.lang, table, window)

    found = await run_in_threadpool(made)
    if found is None:
        raise HTTPException(404)
    return Data(found)


def _window(given: Mapping[str, Any]) -> Window:
    """Read which rows of a table are asked for; what is none of them is the first page of all."""
    try:
        held = frozenset(_text(id_) for id_ in given.get("held", ())[:ROWS])
        return Window(_text(given.get("search", "")), int(given.get("page", 1)), held)
    except (ValueError, TypeError):
        return FIRST


async def _compared(visit: Visit) -> Response:
    """Send the plan beside another one; with the causes of what differs, which take plans of their own, if asked."""
    query = visit.request.query_params

    def told() -> str | None:
        workspace = visit.asked()
        given = (visit.lang, query.get("with", ""), query.get("depth") == "1")
        return None if workspace is None else visit.desk.work.run(workspace, answers.compared, *given)

    text = await run_in_threadpool(told)
    if text is None:
        raise HTTPException(404)
    return as_html(text)


def _do(visit: Visit, workspace: Workspace, lang: str, what: str, of: str, to: str, turn: str) -> Workspace:
    if signs := unseen(what + of + to):
        raise CaseError([Problem("unseen", what, found=visible(of + to), details={"signs": signs})])
    if what == "give_up":
        what, _, of = of.partition(" ")
        return visit.desk.work.give_up(workspace, what, of, turn, visit.who)
    return visit.desk.work.change(workspace, what, of, to, visit.who, lang, turn)


def _request(body: bytes) -> dict[str, Any]:
    """Read a request for changes; what it is not refuses it."""
    try:
        given = json.loads(body)
        if len(given["changes"]) > MOST_CHANGES:
            raise HTTPException(400)
        changes = [
            {name: _text(one[name], LARGEST_BLOCK if name == "to" else LONGEST_TEXT) for name in ("do", "of", "to")}
            | {"turn": _text(one.get("turn", ""), LONGEST_TURN)}
            for one in given["changes"]
        ]
        marks = {k: _text(v) for k, v in given["marks"].items() if k in (*PARTS, *LATE)}
        lang = _text(given["lang"])[:2]
        revision = given.get("revision")
        return {
            "number": int(given["number"]),
            "changes": changes,
            "marks": marks,
            "lang": lang if lang in LANGUAGES else LANGUAGES[0],
            "plan": _text(given.get("plan", "")),
            "revision": None if revision is None or not given.get("plan") else int(revision),
            "apart": bool(given.get("apart", False)),
            "why": _text(given.get("why", "")),
            "window": _window(given.get("window", {})),
        }
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, OverflowError):
        raise HTTPException(400) from None


def _text(given: Any, most: int = LONGEST_TEXT) -> str:
    """Return a text of a request with plain line breaks; one that no page of ours would send is refused."""
    if not isinstance(given, str) or len(given) > most:
        raise ValueError(given)
    return straight(given)


# --- files -----------------------------------------------------------------------------------------------------------


async def _template(visit: Visit) -> Response:
    name = visit.request.query_params.get("name", "")
    return await _sent(visit, lambda: downloads.template(name, visit.lang))


def _download(name: str) -> Answer:
    async def answer(visit: Visit) -> Response:
        workspace = await run_in_threadpool(visit.asked)
        if workspace is None:
            return RedirectResponse("/start", 303)
        return await _sent(visit, lambda: visit.desk.work.run(workspace, answers.download, visit.lang, name))

    return answer


async def _sent(visit: Visit, make: Callable[[], downloads.File]) -> Response:
    try:
        file = await run_in_threadpool(make)
    except SaidaoError as error:
        text = "\n".join(error.lines(visit.lang))
        return as_html(render("refused.html", visit.lang, message=text, opened="", back="/start"), 422)
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{file.quoted}"}
    return Response(file.data, media_type=file.kind, headers=headers)
