"""Serve the page: the socket, the words on standard error, and the browser."""

from __future__ import annotations

import errno
import ipaddress
import os
import socket
import sys
import webbrowser
from contextlib import closing, suppress
from pathlib import Path

from ..arguments import checked
from ..errors import CaseError, Problem
from ..texts.say import say
from .plans.workers import MEMORY, SECONDS, Workers

IDLE = 30
"""Seconds for which a connection is held on which nothing is asked."""
GRACE = 2
"""Seconds that answers under way get when the page is ended."""
MOST_REQUESTS = 500
"""Requests at a time; more are told to come again."""


@checked
def serve(
    case: str | Path | None = None,
    host: str = "127.0.0.1",
    port: int = 8765,
    browse: bool = True,
    lang: str | None = None,
    *,
    office: bool = False,
    url: str = "",
    user_header: str = "",
    proxy: str = "",
    workers: int | None = None,
    seconds: float = SECONDS,
    memory: float = MEMORY,
) -> None:
    """Serve the web page until it is ended, as ``saidao app`` does.

    Parameters
    ----------
    case : a case to begin with; the page asks for one if left out.
    host : the address to serve at; another one than 127.0.0.1 lets others in.
    port : 0 takes a free one.
    browse : whether to open it in the browser.
    lang : the language to begin with, ``"en"`` or ``"zh"``; the browser's if left out.
    office : whether it is for several people, who sign in.
    url : of an office, the address under which people reach it, where a proxy stands before it.
    user_header, proxy : of an office, a header with the name of who has signed in, and the address from which alone it
        is believed.
    workers : processes that solve; as many as there are processors, two at least, if left out.
    seconds, memory : what a job of one of them may take, in seconds by the clock and GiB.

    Raises
    ------
    CaseError
        An address that others reach without *office*.
        A case that cannot be read, a port that is taken, an address that is not ours, or packages that are missing.
    """
    if not is_local(host) and not office:
        raise CaseError([Problem("host_office", "--host", found=host)])
    if (url or user_header or proxy) and not office:
        found = url or user_header or proxy
        raise CaseError([Problem("needs_option", "--url", found=found, details={"option": "--office"})])
    try:
        import python_multipart  # noqa: F401  # starlette reads uploads with it
        import uvicorn  # an extra, as all below

        from ..store.cases import with_files  # needs sqlalchemy
        from ..store.place import open_store  # the same
        from .guarding.guards import address  # needs starlette
        from .office import checked  # likewise
        from .server import create_app  # needs starlette

        if office:
            import argon2  # noqa: F401  # hashes passwords
    except ModuleNotFoundError:
        raise CaseError([Problem("office_missing" if office else "app_missing", "saidao app")]) from None

    known = checked(url, user_header, proxy) if office else None
    opened, files = (None, None) if case is None else with_files(case)
    solving = Workers(
        workers, seconds, memory, opened
    )  # first: they are forked from what holds no store and no socket yet
    with closing(solving), closing(open_store()) as store, bound(host, port) as taken:
        at = taken.getsockname()[1]
        here = f"http://{address(host)}:{at}/"
        print(say("app.at", lang or "en", url=here), file=sys.stderr, flush=True)
        local = is_local(host)
        page = create_app(
            opened, lang=lang, host=host, port=at, local=local, store=store, office=known, workers=solving, files=files
        )
        # the socket listens already: what the browser asks before the server runs, waits
        if browse and _has_screen():
            webbrowser.open(here)
        config = uvicorn.Config(
            page,
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,  # who is at the other end is not what they say
            timeout_keep_alive=IDLE,
            timeout_graceful_shutdown=GRACE,
            limit_concurrency=MOST_REQUESTS,
        )
        with suppress(KeyboardInterrupt):  # how it is meant to be ended
            uvicorn.Server(config).run(sockets=[taken])


def _has_screen() -> bool:
    """Whether there is a screen to open a browser on: without one a browser in the terminal would take that over."""
    return sys.platform in ("win32", "darwin") or any(os.environ.get(n) for n in ("DISPLAY", "WAYLAND_DISPLAY"))


def bound(host: str, port: int) -> socket.socket:
    """Return a listening socket; port 0 takes a free one.

    Raises
    ------
    CaseError
        Where the port is taken, or the host is no address of this computer.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except (OSError, OverflowError) as error:
        if isinstance(error, OverflowError) or getattr(error, "errno", None) in (errno.EADDRINUSE, errno.EACCES):
            raise CaseError([Problem("port_busy", "--port", found=str(port))]) from None
        raise CaseError([Problem("host", "--host", found=host)]) from None


def is_local(host: str) -> bool:
    """Whether only this computer can reach an address.

    >>> is_local("127.0.0.1"), is_local("localhost"), is_local("0.0.0.0")
    (True, True, False)
    """
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
