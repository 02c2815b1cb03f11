"""The page for several people: who has signed in, who may do what with a case, and what was approved."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from ..errors import CaseError, Problem
from ..store import accounts, approvals, browsers, log, plans
from ..store.store import Store
from . import answers
from .plans.work import Work
from .plans.workspace import Workspace

IDLE = timedelta(hours=12)
"""Who was away for so long has to sign in again."""
WINDOW = 15 * 60.0
"""Seconds in which wrong passwords are counted."""
MOST_OF_ACCOUNT, MOST_OF_ADDRESS = 5, 30
"""Wrong passwords in that time, of an account and from an address, after which none is looked at any more."""
MOST_COUNTED = 10_000
"""Accounts and addresses that are counted at a time."""


class Attempts:
    """Wrong passwords of late, by account and by address."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._wrong: OrderedDict[str, deque[float]] = OrderedDict()
        self._lock = threading.Lock()

    def are_many(self, account: str, address: str) -> bool:
        """Whether no more are looked at for now."""
        with self._lock:
            return self._count(f"account {account}") >= MOST_OF_ACCOUNT or (
                self._count(f"address {address}") >= MOST_OF_ADDRESS
            )

    def wrong(self, account: str, address: str) -> None:
        """Count a wrong one."""
        with self._lock:
            for name in (f"account {account}", f"address {address}"):
                self._count(name)
                self._wrong.setdefault(name, deque(maxlen=MOST_OF_ADDRESS)).append(self._clock())
                self._wrong.move_to_end(name)
            while len(self._wrong) > MOST_COUNTED:
                self._wrong.popitem(last=False)

    def _count(self, name: str) -> int:
        times = self._wrong.get(name, deque())
        while times and self._clock() - times[0] > WINDOW:
            times.popleft()
        return len(times)


@dataclass(frozen=True)
class Office:
    """How people are known.

    Attributes
    ----------
    url : the address under which they reach the page, ``https://plans.example.org``; blank for the page's own.
    header, proxy : a header with the name of the account, believed where it comes from this address; nobody signs in
        by a password then.
    """

    url: str = ""
    header: str = ""
    proxy: str = ""
    attempts: Attempts = field(default_factory=Attempts, compare=False)

    def account(self, peer: str, header: str | None, browser: browsers.Browser | None, store: Store) -> str | None:
        """Return who sends a request, of those whose account is open."""
        if self.header:
            name = accounts.tidy(header or "") if is_same(peer, self.proxy) else ""
        else:
            awake = browser is not None and browsers.is_awake(browser, IDLE)
            name = browser.account or "" if browser is not None and awake else ""
        return name if name and accounts.is_open(store, name) else None

    def sign_in(self, store: Store, name: str, password: str, address: str, lang: str) -> str | None:
        """Return the secret of who gives the right password; None for a wrong one.

        Raises
        ------
        CaseError
            There were too many wrong ones of late.
        """
        held = accounts.tidy(name)
        if self.attempts.are_many(held, address):
            raise CaseError([Problem("too_many_attempts", "", details={"minutes": f"{WINDOW / 60:g}"})])
        if self.header or not accounts.proves(store, held, password):
            self.attempts.wrong(held, address)
            return None
        return browsers.sign_in(store, held, lang)


def is_same(one: str, other: str) -> bool:
    """Whether two addresses are the same, however they are written.

    >>> is_same("::1", "0:0::1"), is_same("127.0.0.1", "127.0.0.2"), is_same("", "")
    (True, False, False)
    """
    try:
        return ip_address(one) == ip_address(other)
    except ValueError:
        return False


def checked(url: str, header: str, proxy: str) -> Office:
    """Return an office as the command line describes it.

    Raises
    ------
    CaseError
        The address under which it is reached is none, or one of header and proxy stands without the other.
    """
    problems = []
    parts = urlsplit(url)
    if url and (parts.scheme not in ("http", "https") or not parts.netloc or parts.path.strip("/") or parts.query):
        problems.append(Problem("office_url", "--url", found=url))
    if bool(header) != bool(proxy):
        problems.append(Problem("needs_option", "--user-header", found=header, details={"option": "--proxy"}))
    elif proxy and not is_same(proxy, proxy):
        problems.append(Problem("office_proxy", "--proxy", found=proxy))
    if problems:
        raise CaseError(problems)
    return Office(url.rstrip("/"), header, proxy)


def known_of(workspace: Workspace, store: Store, account: str) -> dict[str, Any]:
    """Return what the page of people shows of a plan to somebody: people, its status, approvals, and the log."""
    assert workspace.state is not None
    project = workspace.state.project
    allowed = accounts.MAY[accounts.role(store, project, account) or "viewer"]
    entries = []
    if "log" in allowed:
        subjects = {project, *(one.id for one in plans.named(store, project))}
        with store.reading() as connection:
            entries = [one for one in log.read(connection) if one.subject in subjects][-200:]
    return {
        "people": accounts.people(store, project),
        "accounts": [one.name for one in accounts.listed(store) if not one.closed] if "share" in allowed else [],
        "roles": accounts.ROLES,
        "may": allowed,
        "status": approvals.status(store, workspace.plan, workspace.revision),
        "approvals": approvals.of(store, workspace.plan),
        "entries": entries[::-1],
    }


def mark(workspace: Workspace, work: Work, status: str, account: str) -> approvals.Approval:
    """Submit or approve a plan as it is shown.

    Raises
    ------
    CaseError
        There is no such status, no plan, or what is to be approved was not submitted.
    plans.Stale
        It has changed since.
    """
    assert workspace.state is not None
    known = ("submitted", "approved")
    if status not in known:
        raise CaseError([Problem("choice", "status", found=status, details={"choices": ", ".join(known)})])
    now = approvals.status(work.store, workspace.plan, workspace.revision)
    if now == "approved" or (status == "approved") != (now == "submitted"):
        raise CaseError([Problem("approval_order", "status", found=now)])
    made = work.run(workspace, answers.result)
    return approvals.mark(
        work.store, workspace.state, "approved" if status == "approved" else "submitted", made, account
    )
