"""What is remembered of a browser, by a secret that only its cookie holds; the store holds a digest of that."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import delete, insert, select, update

from . import log
from .log import now
from .schema import browsers
from .store import Store

FORGOTTEN = timedelta(days=400)
"""A browser that was away for so long is forgotten; what was worked on is not."""


@dataclass(frozen=True)
class Browser:
    """What is remembered: its language, the plan worked on last, when it did anything last, and who has signed in."""

    lang: str
    plan: str | None
    seen: str
    account: str | None = None


def new_key() -> str:
    """Return a new secret."""
    return secrets.token_urlsafe(32)


def is_key(text: str | None) -> bool:
    """Whether a text can be a secret of `new_key`.

    >>> is_key(new_key()), is_key("guessed"), is_key(None)
    (True, False, False)
    """
    return text is not None and len(text) == 43 and text.replace("-", "").replace("_", "").isalnum()


def _name(key: str) -> str:
    return sha256(key.encode()).hexdigest()


def find(store: Store, key: str) -> Browser | None:
    """Return what is remembered of a browser, if anything is."""
    with store.reading() as connection:
        row = connection.execute(select(browsers).where(browsers.c.key == _name(key))).first()
    return None if row is None else Browser(row.lang, row.plan, row.seen, row.account)


def remember(store: Store, key: str, lang: str, plan: str | None = None) -> None:
    """Remember the language of a browser, and the plan that it works on, if one is named."""
    held: dict[str, Any] = {"lang": lang, "seen": now()} | ({} if plan is None else {"plan": plan})
    with store.writing() as connection:
        done = connection.execute(update(browsers).where(browsers.c.key == _name(key)).values(**held))
        if not done.rowcount:
            connection.execute(insert(browsers).values(key=_name(key), **held))


def sign_in(store: Store, account: str, lang: str) -> str:
    """Remember that somebody has signed in; return the secret of a browser that nobody has had before."""
    key = new_key()
    with store.writing() as connection:
        log.append(connection, account, "sign in", account, {})
        connection.execute(insert(browsers).values(key=_name(key), lang=lang, seen=now(), account=account))
    return key


def sign_out(store: Store, key: str) -> None:
    """Forget a browser."""
    with store.writing() as connection:
        connection.execute(delete(browsers).where(browsers.c.key == _name(key)))


def is_awake(browser: Browser, idle: timedelta) -> bool:
    """Whether a browser did anything in a time."""
    return browser.seen >= (datetime.now(UTC) - idle).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def forget(store: Store) -> None:
    """Forget browsers that have not been seen for long."""
    before = (datetime.now(UTC) - FORGOTTEN).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    with store.writing() as connection:
        connection.execute(delete(browsers).where(browsers.c.seen < before))
