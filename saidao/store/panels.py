"""Judges who are asked by link: panels, invitations and answers, each act with who and when in the log.

An invitation holds digests alone: of the secret in its link, until the link is used, and then of the secret that the
judge's browser was given for it. Answers are appended; the newest of a pair counts.
"""

from __future__ import annotations

import json
import secrets
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, insert, select, update

from ..errors import CaseError, Problem
from ..texts.visible import unseen
from . import log
from .browsers import new_key
from .contents import Contents
from .plans import Missing, State
from .schema import answers, invitations, panels
from .schema import plans as plans_table
from .store import Store

LONGEST_NAME = 30
"""Signs of a judge's name, which is that of a file and of a sheet when the judgements are the case's."""
FORBIDDEN = frozenset("/\\@:;*?\"<>|[]'")
"""Signs that stand in no name of a file or a sheet, or divide a judge's name from a node's."""
MOST_JUDGES = 200
MOST_DAYS = 365
"""Days for which an invitation can hold."""
ROUNDS = 2

Given = tuple[str, str, str]
"""What was asked: a node, one of its factors, and the other."""


class Gone(LookupError):
    """An invitation that holds no longer: it was used, has expired or was revoked, or the panel is closed."""


@dataclass(frozen=True)
class Panel:
    """Judges who are asked about the factors of a plan's case, as it was when the first was invited.

    Attributes
    ----------
    inputs, choices : digest of the case's files, see `cases`, and of what the plan chose.
    round : 1, or 2 once the others' answers are shown.
    money : digest of what hangs on each disagreement, from the second round on.
    """

    id: str
    plan: str
    inputs: str
    choices: str
    round: int
    at: str
    who: str
    money: str | None
    closed: bool


@dataclass(frozen=True)
class Invitation:
    """A judge who was invited; `has_begun` once the link was used, `finished` the last round that they have ended."""

    id: str
    panel: str
    judge: str
    expires: str
    revoked: bool
    finished: int
    at: str
    has_begun: bool

    @property
    def holds(self) -> bool:
        """Whether it was not revoked and has not expired."""
        return not self.revoked and log.now() < self.expires


def _digest(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()


def _new_id() -> str:
    return secrets.token_hex(6)


def _invitation(row: Any) -> Invitation:
    return Invitation(
        row.id, row.panel, row.judge, row.expires, row.revoked, row.finished, row.at, row.session is not None
    )


# --- panels ----------------------------------------------------------------------------------------------------------


def of_plan(store: Store, plan: str) -> Panel | None:
    """Return the newest panel of a plan, if there is one."""
    wanted = select(panels).where(panels.c.plan == plan).order_by(panels.c.at.desc(), panels.c.id).limit(1)
    with store.reading() as connection:
        row = connection.execute(wanted).first()
    return None if row is None else Panel(**row._mapping)


def _panel(connection: Connection, panel: str) -> Panel:
    row = connection.execute(select(panels).where(panels.c.id == panel)).first()
    if row is None:
        raise Missing(panel)
    return Panel(**row._mapping)


def open_panel(store: Store, seen: State, who: str) -> Panel:
    """Return the open panel of a plan; one about the case as it was seen is made if there is none."""
    found = of_plan(store, seen.plan)
    if found is not None and not found.closed:
        return found
    with store.writing() as connection:
        choices = Contents(connection).put(log.plain(dict(seen.choices)).encode())
        body = {"plan": seen.plan, "revision": seen.revision, "inputs": seen.inputs, "choices": choices}
        entry = log.append(connection, who, "panel", panel := _new_id(), body)
        made = Panel(panel, seen.plan, seen.inputs, choices, 1, entry.at, who, None, False)
        connection.execute(insert(panels).values(vars(made)))
    return made


def choices_of(store: Store, panel: Panel) -> dict[str, Any]:
    """Return what the plan chose when the panel was made."""
    with store.reading() as connection:
        return dict(json.loads(Contents(connection).get(panel.choices)))


def second_round(store: Store, panel: Panel, money: Sequence[Mapping[str, Any]], who: str) -> None:
    """Show each judge what the others have answered, and what of the money hangs on it."""
    with store.writing() as connection:
        if (now := _panel(connection, panel.id)).closed or now.round == ROUNDS:
            raise Gone(panel.id)
        held = Contents(connection).put(log.plain(list(money)).encode())
        log.append(connection, who, "second round", panel.id, {"money": held})
        connection.execute(update(panels).where(panels.c.id == panel.id).values(round=ROUNDS, money=held))


def money_of(store: Store, panel: Panel) -> list[dict[str, Any]]:
    """Return what of the money hangs on each disagreement of the first round."""
    if panel.money is None:
        return []
    with store.reading() as connection:
        return list(json.loads(Contents(connection).get(panel.money)))


def close(store: Store, panel: Panel, who: str, taken: bool) -> None:
    """End a panel: nobody answers any more. *taken* says whether its judgements became the case's."""
    with store.writing() as connection:
        log.append(connection, who, "close panel", panel.id, {"taken": taken})
        connection.execute(update(panels).where(panels.c.id == panel.id).values(closed=True))


# --- invitations -----------------------------------------------------------------------------------------------------


def tidy(name: str) -> str:
    """Return a judge's name as it is held.

    >>> tidy("  王   磊 ")
    '王 磊'
    """
    return " ".join(unicodedata.normalize("NFKC", name).split())


def _checked_name(name: str) -> str:
    held = tidy(name)
    if (
        not held
        or len(held) > LONGEST_NAME
        or unseen(held)
        or held.startswith(".")
        or set(held) & set("/\\@:;*?\"<>|[]'")
    ):
        raise CaseError([Problem("judge_name", "judge", found=name, details={"most": LONGEST_NAME})])
    return held


def _until(days: int) -> str:
    if not 1 <= days <= MOST_DAYS:
        raise CaseError([Problem("judge_days", "days", found=str(days), details={"most": MOST_DAYS})])
    return (datetime.now(UTC) + timedelta(days=days)).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def of_panel(store: Store, panel: Panel) -> list[Invitation]:
    """Return the invitations of a panel, the oldest first."""
    wanted = select(invitations).where(invitations.c.panel == panel.id).order_by(invitations.c.at, invitations.c.judge)
    with store.reading() as connection:
        return [_invitation(row) for row in connection.execute(wanted)]


def invite(store: Store, panel: Panel, judge: str, days: int, who: str) -> str:
    """Invite a judge, or send one who was invited another link; return the secret of the link.

    An earlier link, and the browser that it was used in, have no access any more; what was answered stays.

    Raises
    ------
    CaseError
        The name is blank, too long, or of signs that no file's name has; too many judges; too many days.
    Gone
        The panel is closed.
    """
    held, expires, link = _checked_name(judge), _until(days), new_key()
    with store.writing() as connection:
        if _panel(connection, panel.id).closed:
            raise Gone(panel.id)
        known = {
            row.judge.casefold(): row
            for row in connection.execute(select(invitations).where(invitations.c.panel == panel.id))
        }
        same = known.get(held.casefold())
        if same is None and len(known) >= MOST_JUDGES:
            details = {"most": MOST_JUDGES}
            raise CaseError([Problem("judge_room", "judge", found=str(len(known)), details=details)])
        values = {"link": _digest(link), "session": None, "expires": expires, "revoked": False}
        body = {"judge": held if same is None else same.judge, "expires": expires, "again": same is not None}
        entry = log.append(connection, who, "invite", panel.id, body)
        if same is None:
            connection.execute(
                insert(invitations).values(id=_new_id(), panel=panel.id, judge=held, at=entry.at, **values)
            )
        else:
            connection.execute(update(invitations).where(invitations.c.id == same.id).values(values))
    return link


def revoke(store: Store, panel: Panel, invitation: str, who: str) -> None:
    """Take an invitation back; what was answered stays, and does not count.

    Raises
    ------
    Missing
        The panel has no such invitation.
    """
    mine = (invitations.c.id == invitation) & (invitations.c.panel == panel.id)
    with store.writing() as connection:
        row = connection.execute(select(invitations).where(mine)).first()
        if row is None:
            raise Missing(invitation)
        log.append(connection, who, "revoke", panel.id, {"judge": row.judge})
        connection.execute(update(invitations).where(mine).values(revoked=True, link=None, session=None))


def _holding(connection: Connection, row: Any) -> tuple[Invitation, Panel]:
    """Return an invitation that holds, with its panel; raises `Gone`."""
    if row is None:
        raise Gone
    found, panel = _invitation(row), _panel(connection, row.panel)
    alive = connection.execute(select(plans_table.c.deleted).where(plans_table.c.id == panel.plan)).scalar() is False
    if not found.holds or panel.closed or not alive:
        raise Gone(found.id)
    return found, panel


def by_link(store: Store, link: str) -> tuple[Invitation, Panel]:
    """Return the invitation of a link that was not used yet, and its panel; a look uses nothing. Raises `Gone`."""
    with store.reading() as connection:
        row = connection.execute(select(invitations).where(invitations.c.link == _digest(link))).first()
        return _holding(connection, row)


def begin(store: Store, link: str) -> str:
    """Use a link, once; return the secret of the browser that did. Raises `Gone`."""
    key = new_key()
    with store.writing() as connection:
        row = connection.execute(select(invitations).where(invitations.c.link == _digest(link))).first()
        found, panel = _holding(connection, row)
        log.append(connection, found.judge, "begin", panel.id, {"judge": found.judge})
        used = {"link": None, "session": _digest(key)}
        connection.execute(update(invitations).where(invitations.c.id == found.id).values(used))
    return key


def by_session(store: Store, key: str) -> tuple[Invitation, Panel]:
    """Return who a judge's browser is, and the panel. Raises `Gone`."""
    with store.reading() as connection:
        row = connection.execute(select(invitations).where(invitations.c.session == _digest(key))).first()
        return _holding(connection, row)


# --- answers ---------------------------------------------------------------------------------------------------------


def answer(store: Store, key: str, pair: Given, value: float | None) -> None:
    """Hold a judge's answer; None for a question that they skip. Raises `Gone`."""
    with store.writing() as connection:
        row = connection.execute(select(invitations).where(invitations.c.session == _digest(key))).first()
        found, panel = _holding(connection, row)
        told = dict(zip(("node", "one", "other"), pair, strict=True))
        body = {"judge": found.judge, "round": panel.round, **told, "value": value}
        entry = log.append(connection, found.judge, "answer", panel.id, body)
        held = {**told, "value": value, "round": panel.round, "at": entry.at}
        connection.execute(insert(answers).values(number=entry.number, invitation=found.id, **held))


def finish(store: Store, key: str) -> None:
    """Note that a judge has ended the round; they may still revise. Raises `Gone`."""
    with store.writing() as connection:
        row = connection.execute(select(invitations).where(invitations.c.session == _digest(key))).first()
        found, panel = _holding(connection, row)
        log.append(connection, found.judge, "finish", panel.id, {"judge": found.judge, "round": panel.round})
        connection.execute(update(invitations).where(invitations.c.id == found.id).values(finished=panel.round))


def answered(store: Store, panel: Panel, most: int = ROUNDS) -> dict[str, dict[Given, float | None]]:
    """Return what each judge has answered up to a round, the newest of each pair; by judge, of invitations that stand.

    Who has not answered anything is there too; whose invitation was revoked is not. One that has expired counts.
    """
    standing = (invitations.c.panel == panel.id) & ~invitations.c.revoked
    with store.reading() as connection:
        judges = connection.execute(select(invitations).where(standing).order_by(invitations.c.at, invitations.c.judge))
        found: dict[str, dict[Given, float | None]] = {}
        names = {}
        for row in judges:
            found[row.judge], names[row.id] = {}, row.judge
        wanted = (
            select(answers)
            .join(invitations, invitations.c.id == answers.c.invitation)
            .where(standing, answers.c.round <= most)
            .order_by(answers.c.number)
        )
        for row in connection.execute(wanted):
            found[names[row.invitation]][row.node, row.one, row.other] = row.value
    return found


def of_round(store: Store, invitation: Invitation, round_: int) -> set[Given]:
    """Return what a judge has answered in a round."""
    mine = (answers.c.invitation == invitation.id) & (answers.c.round == round_)
    with store.reading() as connection:
        return {(row.node, row.one, row.other) for row in connection.execute(select(answers).where(mine))}
