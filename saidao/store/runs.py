"""Runs: what was asked of which case, when and by whom, and what came out; all of it can be made again."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import Any, NamedTuple

from sqlalchemy import Connection, insert, select, update

from ..case import Case
from ..errors import CaseError, Problem, SaidaoError, nearest
from ..files import write_bytes
from ..results.result import Result
from ..study.record import command, digest, versions
from ..texts.say import LANGUAGES
from ..texts.visible import unseen
from . import cases, log
from .contents import Contents
from .schema import runs, tags
from .store import Store

LONGEST_ANSWER = 1_000
"""Signs of the sentence that stands in the list."""
LONGEST_TAG = 60
LEAST_OF_ID = 4
"""Signs of an id that name a run, if no other begins so."""
NEWEST = "last"
"""The name of the newest run."""


@dataclass(frozen=True)
class Asked:
    """What a run is of.

    Attributes
    ----------
    question : its name in the registry, or ``report``.
    verb : as it is typed, with the option that makes it another question: ``compare --plans``.
    case : what it is asked of; a file where that is no case, None of what asks of nothing.
    arguments : by their names in Python: plain data, or paths of files that are read.
    names : as they are typed, by the names in Python.
    """

    question: str
    verb: str
    case: Case | Path | None
    arguments: Mapping[str, Any]
    names: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def command(self) -> str:
        """The command line that asks it; plans that were given as data do not stand there."""
        verb, _, flag = self.verb.partition(" ")
        options = {
            self.names.get(name, name): str(value) if isinstance(value, Path) else value
            for name, value in self.arguments.items()
            if not _is_document(value)
        }
        about = cases.source(self.case) or self.case.name if isinstance(self.case, Case) else str(self.case or "")
        return f"{command(verb, about, options)} {flag}".rstrip()


class Run(NamedTuple):
    """A run that was kept.

    Attributes
    ----------
    id : names it everywhere: the beginning of the digest of what it is.
    number : of its entry in the log.
    case, inputs : digest of what the case says, and of the manifest of its files.
    arguments : plain data; a file is ``{"file": name, "contents": digest}``, a plan ``{"document": digest}``.
    status : ``done``, or that of the error: the result then holds its problems.
    result : digest of the result, JSON.
    """

    id: str
    number: int
    at: str
    who: str
    question: str
    verb: str
    title_en: str
    title_zh: str
    case: str
    inputs: str
    arguments: Mapping[str, Any]
    versions: str
    command: str
    status: str
    answer_en: str
    answer_zh: str
    result: str
    tags: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Plain data."""
        return {**self._asdict(), "arguments": dict(self.arguments), "tags": list(self.tags)}


SAID = (
    *("question", "verb", "title_en", "title_zh", "case", "inputs", "arguments", "versions", "command"),
    *("status", "answer_en", "answer_zh", "result"),
)
"""What the entry in the log says of a run, beside when and by whom."""


@dataclass(frozen=True)
class Outcome:
    """What came of a run: plain data, a status, and by language the sentence that answers."""

    document: Mapping[str, Any]
    status: str
    answer: Mapping[str, str]

    @classmethod
    def of(cls, outcome: Result | SaidaoError) -> Outcome:
        """Return what a result says, or an error: its lines in both languages."""
        if isinstance(outcome, SaidaoError):
            lines = {lang: outcome.lines(lang) for lang in LANGUAGES}
            answer = {lang: told[0] if told else "" for lang, told in lines.items()}
            return cls({"status": outcome.status, "lines": lines}, outcome.status, answer)
        document = json.loads(outcome.to_json())  # first: prices are found when asked, warm from what was asked before
        answer = {lang: next(iter(outcome.text(lang)), "") for lang in LANGUAGES}
        return cls(document, "done", answer)


def keep(store: Store, asked: Asked, outcome: Outcome, who: str) -> Run:
    """Keep a run."""
    with store.writing() as connection:
        contents = Contents(connection)
        body = {
            "question": asked.question,
            "verb": asked.verb,
            **_held_about(contents, asked.case),
            "arguments": {name: _held(contents, value) for name, value in asked.arguments.items()},
            "versions": versions(),
            "command": asked.command,
            "status": outcome.status,
            **{f"answer_{lang}": told[:LONGEST_ANSWER] for lang, told in outcome.answer.items()},
            "result": contents.put(log.plain(outcome.document).encode()),
        }
        at = log.now()
        return record(connection, body, id_of(body, who, at), at, who)


def _held_about(contents: Contents, about: Case | Path | None) -> dict[str, str]:
    """Hold what a run is asked of; return what the run says of it."""
    if isinstance(about, Case):
        titles = {f"title_{lang}": about.title(lang)[:200] for lang in LANGUAGES}
        return {**titles, "case": digest(about), "inputs": cases.hold(contents, about)}
    files = {}
    if about is not None and about.is_file():
        files[about.name] = contents.put(about.read_bytes())
    name = "" if about is None else about.name
    manifest = {"name": name, "source": str(about or ""), "files": files, "is_case": False}
    held = contents.put(log.plain(manifest).encode())
    return {"title_en": name[:200], "title_zh": name[:200], "case": held, "inputs": held}


def id_of(body: Mapping[str, Any], who: str, at: str) -> str:
    """Return the id of a run: what it is, who asked it and when."""
    return sha256(log.plain([body, who, at]).encode()).hexdigest()[:12]


def record(connection: Connection, body: Mapping[str, Any], name: str, at: str, who: str, by: str | None = None) -> Run:
    """Write a run into the log and the table; *by* whom it was taken in, if it comes from elsewhere."""
    said = {**body, "who": who, "at": at}
    entry = log.append(connection, by or who, "run", name, said, None if by else at)
    run = Run(id=name, number=entry.number, at=at, who=who, **body)
    row = {**run._asdict(), "arguments": log.plain(run.arguments)}
    del row["tags"]
    connection.execute(insert(runs).values(row))
    return run


def _is_document(value: Any) -> bool:
    return isinstance(value, Mapping) and "schema" in value


def _held(contents: Contents, value: Any) -> Any:
    """Return an argument as plain data, what is large in it held as contents."""
    if isinstance(value, Path):
        return {"file": value.name, "contents": contents.put(value.read_bytes())}
    if _is_document(value):
        return {"document": contents.put(log.plain(value).encode())}
    if isinstance(value, Mapping):
        return {str(name): _held(contents, part) for name, part in value.items()}
    return [_held(contents, part) for part in value] if isinstance(value, list | tuple) else value


@contextmanager
def arguments_of(store: Store, run: Run) -> Iterator[dict[str, Any]]:
    """Yield the arguments of a run as they were asked; its files lie in a folder that is removed afterwards."""
    with TemporaryDirectory(prefix="saidao-") as folder, store.reading() as connection:
        contents = Contents(connection)

        def given(value: Any) -> Any:
            if isinstance(value, Mapping) and set(value) == {"file", "contents"}:
                path = Path(folder, value["contents"][:12], Path(value["file"]).name)
                path.parent.mkdir(exist_ok=True)
                write_bytes(path, contents.get(value["contents"]))
                return path
            if isinstance(value, Mapping) and set(value) == {"document"}:
                return json.loads(contents.get(value["document"]))
            return {k: given(v) for k, v in value.items()} if isinstance(value, Mapping) else value

        yield {name: given(value) for name, value in run.arguments.items()}


# --- finding ---------------------------------------------------------------------------------------------------------


COLUMNS = [runs.c[name] for name in Run._fields if name != "tags"]
ARGUMENTS = Run._fields.index("arguments")


def _run(row: Any, named: Mapping[str, list[str]]) -> Run:
    arguments = json.loads(row[ARGUMENTS])
    return Run._make((*row[:ARGUMENTS], arguments, *row[ARGUMENTS + 1 :], tuple(named.get(row[0], ()))))


def _tags(connection: Connection) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in connection.execute(select(tags).order_by(tags.c.name)):
        found.setdefault(row.run, []).append(row.name)
    return found


def listed(store: Store, most: int | None = None) -> list[Run]:
    """Return runs, the newest first."""
    with store.reading() as connection:
        named = _tags(connection)
        return [
            _run(row, named) for row in connection.execute(select(*COLUMNS).order_by(runs.c.number.desc()).limit(most))
        ]


def find(store: Store, name: str) -> Run:
    """Return the run of a name: its tag, its id or the beginning of that, or ``last``.

    Raises
    ------
    CaseError
        There is none, or several whose ids begin so.
    """
    with store.reading() as connection:
        named = _tags(connection)
        tagged = connection.execute(select(tags.c.run).where(tags.c.name == name)).scalar()
        wanted = select(*COLUMNS)
        if tagged is not None:
            wanted = wanted.where(runs.c.id == tagged)
        elif name == NEWEST:
            wanted = wanted.order_by(runs.c.number.desc()).limit(1)
        elif len(name) < LEAST_OF_ID or not name.isalnum():
            wanted = wanted.where(runs.c.id == name)
        else:
            wanted = wanted.where(runs.c.id.startswith(name.lower(), autoescape=True))
        found = connection.execute(wanted).all()
        if len(found) == 1:
            return _run(found[0], named)
        if found:
            ids = ", ".join(row.id for row in found[:5])
            raise CaseError([Problem("run_several", "runs", found=name, details={"ids": ids})])
        known = [*(tag for every in named.values() for tag in every), *connection.execute(select(runs.c.id)).scalars()]
        raise CaseError([Problem("no_run", "runs", found=name, details={"nearest": nearest(name, known)})])


def document(store: Store, run: Run) -> dict[str, Any]:
    """Return what came out of a run, plain data."""
    with store.reading() as connection:
        found: dict[str, Any] = json.loads(Contents(connection).get(run.result))
    return found


def case(store: Store, run: Run) -> Case:
    """Return the case of a run.

    Raises
    ------
    CaseError
        It was asked of no case.
    """
    with store.reading() as connection:
        contents = Contents(connection)
        if not json.loads(contents.get(run.inputs)).get("is_case", True):
            raise CaseError([Problem("run_no_case", "runs", found=run.verb)])
        return cases.held(contents, run.inputs)


@contextmanager
def subject(store: Store, run: Run) -> Iterator[tuple[Case] | tuple[Path] | tuple[()]]:
    """Yield what a run was asked of, as its question takes it: a case, a file, or nothing.

    The file lies in a folder that is removed; one that was not there when it was asked of is where it was not.
    """
    with store.reading() as connection:
        contents = Contents(connection)
        manifest = json.loads(contents.get(run.inputs))
        files = {name: contents.get(held) for name, held in manifest["files"].items()}
    if manifest.get("is_case", True):
        yield (case(store, run),)
    elif not files:
        yield (Path(manifest["source"]),) if manifest["source"] else ()
    else:
        with TemporaryDirectory(prefix="saidao-") as folder:
            path = Path(folder, Path(manifest["name"]).name)
            for data in files.values():
                write_bytes(path, data)
            yield (path,)


def tag(store: Store, run: Run, name: str, who: str) -> None:
    """Give a run a name; another run that has it loses it.

    Raises
    ------
    CaseError
        The name is blank, too long, or could be an id.
    """
    could_be_id = len(name) >= LEAST_OF_ID and not set(name.lower()) - set("0123456789abcdef")
    if not name.strip() or len(name) > LONGEST_TAG or unseen(name) or name == NEWEST or could_be_id:
        raise CaseError([Problem("run_tag", "runs", found=name, details={"most": LONGEST_TAG})])
    with store.writing() as connection:
        before = connection.execute(select(tags.c.run).where(tags.c.name == name)).scalar()
        log.append(connection, who, "tag", run.id, {"name": name, "from": before})
        if before is None:
            connection.execute(insert(tags).values(name=name, run=run.id))
        else:
            connection.execute(update(tags).where(tags.c.name == name).values(run=run.id))
