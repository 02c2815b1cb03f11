"""What may come in, and what goes out with every answer."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Collection
from typing import TypeVar

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ...case.limits import LARGEST
from ...texts.say import LANGUAGES, say
from .neighbours import is_anothers

T = TypeVar("T")

PATIENCE = 30.0
"""Seconds in which the next part of a request has to come, and the next part of an answer to be taken."""
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


class Guards:
    """Refuses requests under another host's name, from other pages and too large ones; adds the headers.

    A name that a stranger's server points at this computer would make its pages those of our own origin: where only
    this computer may reach the page, it answers to *hosts* alone. *url* is the address under which people reach it,
    where a proxy stands before it. *is_private*: other accounts of this computer are refused, where the system tells.
    """

    def __init__(
        self, app: ASGIApp, hosts: Collection[str] | None = None, url: str = "", is_private: bool = False
    ) -> None:
        self.app, self.hosts, self.scheme, self.is_private = app, hosts, url.partition("://")[0], is_private

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await in_time(send(message))

        headers = Headers(scope=scope)
        scheme = self.scheme or scope["scheme"]
        refused = ""
        if self.hosts is not None and with_port(headers.get("host", ""), scheme) not in self.hosts:
            refused = "refused.host"
        elif scope["method"] not in ("GET", "HEAD") and not _own(headers, scheme):
            refused = "refused.origin"
        elif self.is_private and scope.get("client") and is_anothers(scope["client"], scope["server"]):
            refused = "refused.another"
        if refused:
            text = "\n".join(say(refused, lang) for lang in LANGUAGES)
            await PlainTextResponse(text, 421 if refused == "refused.host" else 403)(scope, receive, answer)
            return

        came = 0

        async def counted() -> Message:
            nonlocal came
            message = await in_time(receive())
            came += len(message.get("body", b""))
            if came > LARGEST:
                raise HTTPException(413)
            return message

        await self.app(scope, counted, answer)


async def in_time(waiting: Awaitable[T]) -> T:
    """Wait for a part of a request to come, or of an answer to be taken, but not for ever."""
    try:
        return await asyncio.wait_for(waiting, PATIENCE)
    except TimeoutError:
        raise HTTPException(408) from None


def _own(headers: Headers, scheme: str) -> bool:
    """Whether a request that changes something comes from a page of ours: browsers name the origin of each."""
    host, (origin, _, name) = headers.get("host", ""), headers.get("origin", "").partition("://")
    return origin == scheme and with_port(name, scheme) == with_port(host, scheme)


def address(host: str) -> str:
    """Return a host as it stands in an address.

    >>> address("127.0.0.1"), address("::1")
    ('127.0.0.1', '[::1]')
    """
    return f"[{host}]" if ":" in host else host


def with_port(host: str, scheme: str) -> str:
    """Return a host with its port, which browsers leave out where it is the scheme's own.

    >>> with_port("127.0.0.1", "http"), with_port("[::1]", "http"), with_port("Localhost:8765", "http")
    ('127.0.0.1:80', '[::1]:80', 'localhost:8765')
    """
    name = host.lower()
    return name if ":" in name.rpartition("]")[2] else f"{name}:{443 if scheme == 'https' else 80}"
