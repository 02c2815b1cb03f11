"""The tables of the store, as the newest migration leaves them; times are UTC texts that sort, such as `log.now`."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
)

DIGEST = String(64)
"""A SHA-256 in hexadecimal."""
ID = String(12)
TIME = String(24)
NAME = String(200)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

contents = Table(
    "contents",
    metadata,
    Column("digest", DIGEST, primary_key=True),
    Column("size", Integer, nullable=False),
    Column("packed", LargeBinary, nullable=False),  # by zlib
)

head = Table(
    "head",  # one row: the newest entry of the log; whoever appends one holds it
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("number", Integer, nullable=False),
    Column("digest", DIGEST, nullable=False),
)

entries = Table(
    "entries",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", TIME, nullable=False),
    Column("who", NAME, nullable=False),
    Column("what", String(40), nullable=False),
    Column("subject", NAME, nullable=False),
    Column("body", Text, nullable=False),  # JSON
    Column("previous", DIGEST, nullable=False),
    Column("digest", DIGEST, nullable=False),
    Index("ix_entries_subject", "subject", "number"),
)

runs = Table(
    "runs",
    metadata,
    Column("id", ID, primary_key=True),
    Column("number", Integer, nullable=False, unique=True),  # of its entry
    Column("at", TIME, nullable=False),
    Column("who", NAME, nullable=False),
    Column("question", String(40), nullable=False),
    Column("verb", String(80), nullable=False),
    Column("title_en", NAME, nullable=False),
    Column("title_zh", NAME, nullable=False),
    Column("case", DIGEST, nullable=False),  # what the case says, whatever files it came in
    Column("inputs", DIGEST, ForeignKey("contents.digest"), nullable=False),  # those files, see `cases`
    Column("arguments", Text, nullable=False),  # JSON
    Column("versions", Text, nullable=False),
    Column("command", Text, nullable=False),
    Column("status", String(20), nullable=False),
    Column("answer_en", Text, nullable=False),
    Column("answer_zh", Text, nullable=False),
    Column("result", DIGEST, ForeignKey("contents.digest"), nullable=False),
)

tags = Table(
    "tags",
    metadata,
    Column("name", NAME, primary_key=True),
    Column("run", ID, ForeignKey("runs.id"), nullable=False, index=True),
)

projects = Table(
    "projects",  # cases at work on the page
    metadata,
    Column("id", ID, primary_key=True),
    Column("title_en", NAME, nullable=False),
    Column("title_zh", NAME, nullable=False),
    Column("case", DIGEST, nullable=False),
    Column("owner", NAME, nullable=False),
    Column("at", TIME, nullable=False),
    Column("changed", TIME, nullable=False, index=True),
    Column("deleted", Boolean, nullable=False, server_default=false()),
)

plans = Table(
    "plans",
    metadata,
    Column("id", ID, primary_key=True),
    Column("project", ID, ForeignKey("projects.id"), nullable=False, index=True),
    Column("name", NAME, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("at", TIME, nullable=False),
    Column("changed", TIME, nullable=False),
    Column("deleted", Boolean, nullable=False, server_default=false()),
)

steps = Table(
    "steps",  # what a plan was at a time: a tree, whose branches undo leaves
    metadata,
    Column("id", Integer, primary_key=True),
    Column("plan", ID, ForeignKey("plans.id"), nullable=False, index=True),
    Column("parent", Integer, ForeignKey("steps.id")),
    Column("inputs", DIGEST, ForeignKey("contents.digest"), nullable=False),
    Column("choices", DIGEST, ForeignKey("contents.digest"), nullable=False),
    Column("of", String(400), nullable=False),  # what was changed, so that a slider is one step
)

revisions = Table(
    "revisions",  # every state that was acknowledged
    metadata,
    Column("plan", ID, ForeignKey("plans.id"), primary_key=True),
    Column("revision", Integer, primary_key=True, autoincrement=False),
    Column("step", Integer, ForeignKey("steps.id"), nullable=False),
    Column("tip", Integer, ForeignKey("steps.id"), nullable=False),  # what redo leads to
    Column("number", Integer, nullable=False),  # of its entry
    Column("at", TIME, nullable=False),
    Column("who", NAME, nullable=False),
    Column("what", String(40), nullable=False),
    Column("changes", Text, nullable=False),  # JSON: name, from, to
    UniqueConstraint("number"),
)

browsers = Table(
    "browsers",
    metadata,
    Column("key", DIGEST, primary_key=True),  # of the secret that only the browser's cookie holds
    Column("lang", String(2), nullable=False),
    Column("plan", ID, ForeignKey("plans.id")),  # the one that was worked on last
    Column("seen", TIME, nullable=False),
    Column("account", NAME, ForeignKey("accounts.name")),  # who has signed in
)

accounts = Table(
    "accounts",  # of an office
    metadata,
    Column("name", NAME, primary_key=True),
    Column("secret", Text, nullable=False),  # argon2; blank of who is known by a proxy alone
    Column("closed", Boolean, nullable=False, server_default=false()),
    Column("at", TIME, nullable=False),
)

rights = Table(
    "rights",  # beside a project's owner, who needs none
    metadata,
    Column("project", ID, ForeignKey("projects.id"), primary_key=True),
    Column("account", NAME, ForeignKey("accounts.name"), primary_key=True),
    Column("role", String(20), nullable=False),
)

approvals = Table(
    "approvals",  # what became of a revision: a later one is a new version, and a draft again
    metadata,
    Column("plan", ID, ForeignKey("plans.id"), primary_key=True),
    Column("revision", Integer, primary_key=True, autoincrement=False),
    Column("status", String(20), primary_key=True),
    Column("at", TIME, nullable=False),
    Column("who", NAME, nullable=False),
    Column("digest", DIGEST, nullable=False),  # of the case's files, the choices and what came of them
    Column("result", DIGEST, ForeignKey("contents.digest"), nullable=False),
)

panels = Table(
    "panels",  # judges who are asked about the factors of a plan's case
    metadata,
    Column("id", ID, primary_key=True),
    Column("plan", ID, ForeignKey("plans.id"), nullable=False, index=True),
    Column("inputs", DIGEST, ForeignKey("contents.digest"), nullable=False),  # the case that they are asked about
    Column("choices", DIGEST, ForeignKey("contents.digest"), nullable=False),
    Column("round", Integer, nullable=False),
    Column("at", TIME, nullable=False),
    Column("who", NAME, nullable=False),
    Column("money", DIGEST, ForeignKey("contents.digest")),  # what hangs on each disagreement, from the second round on
    Column("closed", Boolean, nullable=False, server_default=false()),
)

invitations = Table(
    "invitations",
    metadata,
    Column("id", ID, primary_key=True),
    Column("panel", ID, ForeignKey("panels.id"), nullable=False, index=True),
    Column("judge", NAME, nullable=False),
    Column("link", DIGEST, unique=True),  # of the secret in the link; null once it was used
    Column("session", DIGEST, unique=True),  # of the secret in the cookie that it was used for
    Column("expires", TIME, nullable=False),
    Column("revoked", Boolean, nullable=False, server_default=false()),
    Column("finished", Integer, nullable=False, server_default="0"),  # the last round that the judge has ended
    Column("at", TIME, nullable=False),
    UniqueConstraint("panel", "judge"),
)

answers = Table(
    "answers",  # every one that was given: the newest of a pair counts
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),  # of its entry
    Column("invitation", ID, ForeignKey("invitations.id"), nullable=False, index=True),
    Column("round", Integer, nullable=False),
    Column("node", Text, nullable=False),
    Column("one", Text, nullable=False),
    Column("other", Text, nullable=False),
    Column("value", Float),  # null of a question that was skipped
    Column("at", TIME, nullable=False),
)
