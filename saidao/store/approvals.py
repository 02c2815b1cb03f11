"""Draft, submitted, approved: what became of a plan at a revision. A later revision is a draft again.

The digest of an approval is the SHA-256 of what was approved: the files of the case, the choices, and what came of them
with its certificate. It stands in the log's hash chain, and in the brief.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import insert, select

from . import log
from .contents import Contents, digest_of
from .plans import Stale, State, state
from .schema import approvals
from .store import Store

Status = Literal["draft", "submitted", "approved"]


@dataclass(frozen=True)
class Approval:
    """A plan at a revision that was submitted or approved."""

    plan: str
    revision: int
    status: str
    at: str
    who: str
    digest: str
    result: str


def mark(store: Store, seen: State, status: Status, result: Mapping[str, Any], who: str) -> Approval:
    """Submit or approve what was seen, with what came of it.

    Raises
    ------
    Stale
        The plan has changed since.
    """
    newest = state(store, seen.plan)
    if newest.revision != seen.revision:
        raise Stale(seen, newest)
    data = log.plain(result).encode()
    came = digest_of(data)
    digest = digest_of(log.plain({"inputs": seen.inputs, "choices": dict(seen.choices), "result": came}).encode())
    with store.writing() as connection:
        Contents(connection).put(data)
        body = {"revision": seen.revision, "digest": digest, "result": came}
        entry = log.append(connection, who, status, seen.plan, body)
        made = Approval(seen.plan, seen.revision, status, entry.at, who, digest, came)
        connection.execute(insert(approvals).values(vars(made)))
    return made


def of(store: Store, plan: str) -> list[Approval]:
    """Return what was submitted and approved of a plan, the newest first."""
    wanted = select(approvals).where(approvals.c.plan == plan).order_by(approvals.c.at.desc())
    with store.reading() as connection:
        return [Approval(**row._mapping) for row in connection.execute(wanted)]


def approved(store: Store, plan: str, revision: int) -> Approval | None:
    """Return the approval of a revision, if it was approved."""
    return next((one for one in of(store, plan) if (one.revision, one.status) == (revision, "approved")), None)


def status(store: Store, plan: str, revision: int) -> Status:
    """Return what became of a revision."""
    found = {one.status for one in of(store, plan) if one.revision == revision}
    return "approved" if "approved" in found else "submitted" if "submitted" in found else "draft"
