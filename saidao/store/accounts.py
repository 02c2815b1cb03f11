"""Who there is in an office, and who may do what with a case.

A password is held as its argon2id hash alone. Accounts are made by whoever runs the server; an owner of a case says who
else may do what with it. Every such act stands in the log.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, get_args

from sqlalchemy import delete, insert, select, update

from ..errors import CaseError, Problem
from ..texts.visible import unseen
from . import log
from .schema import accounts, projects, rights
from .store import Store

if TYPE_CHECKING:
    from argon2 import PasswordHasher

Role = Literal["owner", "editor", "judge", "viewer", "auditor"]
Right = Literal["see", "edit", "submit", "approve", "share", "log", "judge"]
ROLES: tuple[Role, ...] = get_args(Role)
MAY: Mapping[str, frozenset[Right]] = MappingProxyType(
    {
        "owner": frozenset({"see", "edit", "submit", "approve", "share", "log"}),
        "editor": frozenset({"see", "edit", "submit"}),
        "viewer": frozenset({"see"}),
        "auditor": frozenset({"see", "log"}),
        "judge": frozenset({"judge"}),
    }
)
"""What each role may do with a case."""
SHORTEST = 10
"""Signs of a password, at least."""
LONGEST = 1_000
LONGEST_NAME = 100


@dataclass(frozen=True)
class Account:
    """An account; `has_password` is false of one that a proxy alone knows."""

    name: str
    closed: bool
    has_password: bool


def tidy(name: str) -> str:
    """Return a name as it is held: however it is typed, it is one account.

    >>> tidy(" Ａlice "), tidy("李雷")
    ('alice', '李雷')
    """
    return unicodedata.normalize("NFKC", name).strip().casefold()


@cache
def _hasher() -> PasswordHasher:
    from argon2 import PasswordHasher  # an extra

    return PasswordHasher()


@cache
def _nobody() -> str:
    """Return a hash that no password has: who is not there takes as long to refuse as a wrong password."""
    import secrets  # for this alone

    return _hasher().hash(secrets.token_urlsafe(32))


def _checked(password: str) -> str:
    if not SHORTEST <= len(password) <= LONGEST:
        raise CaseError([Problem("password", "office", details={"least": SHORTEST})])
    return _hasher().hash(password)


def add(store: Store, name: str, password: str | None, who: str) -> Account:
    """Make an account; without a password a proxy has to say who it is.

    Raises
    ------
    CaseError
        The name is blank, too long or taken, or the password too short.
    """
    held = tidy(name)
    if not held or len(held) > LONGEST_NAME or unseen(held):
        raise CaseError([Problem("account_name", "office", found=name, details={"most": LONGEST_NAME})])
    secret = "" if password is None else _checked(password)
    with store.writing() as connection:
        if connection.execute(select(accounts.c.name).where(accounts.c.name == held)).first() is not None:
            raise CaseError([Problem("account_taken", "office", found=name)])
        entry = log.append(connection, who, "account", held, {"password": password is not None})
        connection.execute(insert(accounts).values(name=held, secret=secret, at=entry.at))
    return Account(held, False, bool(secret))


def set_password(store: Store, name: str, password: str, who: str) -> None:
    """Give an account another password; who is signed in by the old one is signed out."""
    _change(store, name, who, "password", {}, secret=_checked(password))


def close(store: Store, name: str, who: str, closed: bool = True) -> None:
    """Close an account, or open it again: who is signed in is signed out, what they did stays."""
    _change(store, name, who, "close" if closed else "reopen", {}, closed=closed)


def _change(store: Store, name: str, who: str, what: str, body: Mapping[str, str], **values: object) -> None:
    from .schema import browsers  # the table of who is signed in

    held = known(store, name).name
    with store.writing() as connection:
        log.append(connection, who, what, held, body)
        connection.execute(update(accounts).where(accounts.c.name == held).values(**values))
        connection.execute(update(browsers).where(browsers.c.account == held).values(account=None))


def listed(store: Store) -> list[Account]:
    """Return all accounts by name."""
    with store.reading() as connection:
        found = connection.execute(select(accounts).order_by(accounts.c.name))
        return [Account(row.name, row.closed, bool(row.secret)) for row in found]


def known(store: Store, name: str) -> Account:
    """Return an account.

    Raises
    ------
    CaseError
        There is none.
    """
    found = next((one for one in listed(store) if one.name == tidy(name)), None)
    if found is None:
        raise CaseError([Problem("no_account", "office", found=name)])
    return found


def is_open(store: Store, name: str) -> bool:
    """Whether there is an account of this name that is not closed."""
    with store.reading() as connection:
        found = connection.execute(select(accounts.c.closed).where(accounts.c.name == tidy(name))).scalar()
    return found is False


def proves(store: Store, name: str, password: str) -> bool:
    """Whether a password is that of an account that is open."""
    from argon2.exceptions import InvalidHashError, VerificationError  # an extra

    with store.reading() as connection:
        row = connection.execute(select(accounts).where(accounts.c.name == tidy(name))).first()
    secret = row.secret if row is not None and row.secret else _nobody()
    try:
        right = _hasher().verify(secret, password[:LONGEST])
    except (VerificationError, InvalidHashError):
        return False
    return right and row is not None and not row.closed


# --- rights ----------------------------------------------------------------------------------------------------------


def role(store: Store, project: str, account: str) -> Role | None:
    """Return what an account is to a case; None if nothing."""
    with store.reading() as connection:
        owner = connection.execute(select(projects.c.owner).where(projects.c.id == project)).scalar()
        given = connection.execute(
            select(rights.c.role).where(rights.c.project == project, rights.c.account == account)
        ).scalar()
    found = "owner" if owner == account else given
    return next((one for one in ROLES if one == found), None)


def may(store: Store, project: str, account: str, right: Right) -> bool:
    """Whether an account may do something with a case."""
    found = role(store, project, account)
    return found is not None and right in MAY[found]


def people(store: Store, project: str) -> dict[str, str]:
    """Return roles by account, the first owner first."""
    with store.reading() as connection:
        owner = connection.execute(select(projects.c.owner).where(projects.c.id == project)).scalar_one()
        given = connection.execute(select(rights).where(rights.c.project == project).order_by(rights.c.account))
        return {owner: "owner", **{row.account: row.role for row in given if row.account != owner}}


def grant(store: Store, project: str, name: str, given: str, who: str) -> None:
    """Let an account do what a role may with a case; a blank role takes that away.

    Raises
    ------
    CaseError
        There is no such account or role, or it is the first owner, whose role stays.
    """
    held = known(store, name).name
    if given and given not in ROLES:
        raise CaseError([Problem("choice", "role", found=given, details={"choices": ", ".join(ROLES)})])
    before = people(store, project)
    if next(iter(before)) == held:
        raise CaseError([Problem("first_owner", "role", found=name)])
    with store.writing() as connection:
        log.append(connection, who, "grant", project, {"account": held, "from": before.get(held, ""), "to": given})
        connection.execute(delete(rights).where(rights.c.project == project, rights.c.account == held))
        if given:
            connection.execute(insert(rights).values(project=project, account=held, role=given))


def reachable(store: Store, account: str) -> set[str]:
    """Return the cases that an account may see."""
    seeing = [name for name in ROLES if "see" in MAY[name]]
    with store.reading() as connection:
        own = connection.execute(select(projects.c.id).where(projects.c.owner == account)).scalars()
        given = connection.execute(
            select(rights.c.project).where(rights.c.account == account, rights.c.role.in_(seeing))
        ).scalars()
        return {*own, *given}
