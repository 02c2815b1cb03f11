"""Runs as one file that another store takes in: a zip after RO-Crate 1.1, with who made what of what as W3C PROV.

``ro-crate-metadata.json`` lists the files and the runs, ``runs.json`` is what is taken in again, ``prov.json`` is
PROV-JSON, and ``contents/DIGEST`` are results and the files of cases under their SHA-256.
"""

from __future__ import annotations

import io
import json
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import select

from ..errors import CaseError, Problem
from ..files import write_bytes
from . import log
from .contents import Contents, digest_of
from .runs import SAID, Run, id_of, record
from .schema import runs as table
from .store import Store

SCHEMA = "saidao/runs/export/1"
SCHEMA_ORG = "http://schema.org/"  # a name that nobody asks for
PREFIX = "contents/"
LARGEST = 2**30
"""Bytes of all files in it, unpacked."""
DATED = (1980, 1, 1, 0, 0, 0)
"""The date of every file in it, so that the same runs give the same bytes."""


def _reached(contents: Contents, run: Run) -> dict[str, bytes]:
    """Return all contents that a run needs, by their digests."""
    manifest = contents.get(run.inputs)
    found = {run.inputs: manifest, run.result: contents.get(run.result)}
    for name in json.loads(manifest)["files"].values():
        found[name] = contents.get(name)

    def follow(value: Any) -> None:
        if isinstance(value, Mapping):
            if set(value) in ({"file", "contents"}, {"document"}):
                name = value.get("contents") or value["document"]
                found[name] = contents.get(name)
            for part in value.values():
                follow(part)

    follow(run.arguments)
    return found


def export(store: Store, chosen: Iterable[Run], path: Path) -> int:
    """Write runs to a file, whole; return how many contents are in it."""
    listed = sorted(chosen, key=lambda run: run.number)
    with store.reading() as connection:
        contents = Contents(connection)
        found = {name: data for run in listed for name, data in _reached(contents, run).items()}
    told = [
        {"id": run.id, "at": run.at, "who": run.who, **{name: getattr(run, name) for name in SAID}} for run in listed
    ]
    files = {
        "ro-crate-metadata.json": log.plain(_crate(listed, found)).encode(),
        "prov.json": log.plain(_provenance(listed)).encode(),
        "runs.json": log.plain({"schema": SCHEMA, "runs": told}).encode(),
        **{PREFIX + name: data for name, data in sorted(found.items())},
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name, DATED), data, zipfile.ZIP_DEFLATED)
    write_bytes(path, packed.getvalue())
    return len(found)


def _crate(listed: list[Run], found: Mapping[str, bytes]) -> dict[str, Any]:
    """Return what an RO-Crate 1.1 says of itself (Process Run Crate)."""
    files: list[dict[str, Any]] = [
        {"@id": PREFIX + name, "@type": "File", "contentSize": len(data), "sha256": name}
        for name, data in sorted(found.items())
    ]
    people = sorted({run.who for run in listed})
    actions: list[dict[str, Any]] = [
        {
            "@id": f"#run-{run.id}",
            "@type": "CreateAction",
            "name": run.command,
            "endTime": run.at,
            "agent": {"@id": f"#who-{people.index(run.who)}"},
            "instrument": {"@id": "#saidao"},
            "object": [{"@id": PREFIX + run.inputs}],
            "result": [{"@id": PREFIX + run.result}],
            "actionStatus": {"@id": f"{SCHEMA_ORG}{'Completed' if run.status == 'done' else 'Failed'}ActionStatus"},
        }
        for run in listed
    ]
    parts = [{"@id": entry["@id"]} for entry in [*files, {"@id": "runs.json"}, {"@id": "prov.json"}]]
    return {
        "@context": "https://w3id.org/ro/crate/1.1/context",
        "@graph": [
            {
                "@id": "ro-crate-metadata.json",
                "@type": "CreativeWork",
                "about": {"@id": "./"},
                "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"},
            },
            {
                "@id": "./",
                "@type": "Dataset",
                "name": "saidao runs",
                "description": "Runs of saidao with their cases and results",
                "datePublished": max((run.at for run in listed), default="1980-01-01"),
                "license": "not stated",
                "hasPart": parts,
                "mentions": [{"@id": action["@id"]} for action in actions],
            },
            {"@id": "runs.json", "@type": "File", "encodingFormat": "application/json"},
            {"@id": "prov.json", "@type": "File", "encodingFormat": "application/json"},
            {"@id": "#saidao", "@type": "SoftwareApplication", "name": "saidao"},
            *({"@id": f"#who-{n}", "@type": "Person", "name": name} for n, name in enumerate(people)),
            *files,
            *actions,
        ],
    }


def _provenance(listed: list[Run]) -> dict[str, Any]:
    """Return the runs as PROV-JSON: activities, what they used and made, and who is answerable."""
    people = sorted({run.who for run in listed})
    return {
        "prefix": {"saidao": "urn:saidao:", "sha256": "urn:sha256:"},
        "agent": {f"saidao:who-{n}": {"prov:label": name} for n, name in enumerate(people)},
        "entity": {
            f"sha256:{name}": {"prov:type": kind}
            for run in listed
            for kind, name in (("case", run.inputs), ("result", run.result))
        },
        "activity": {
            f"saidao:{run.id}": {"prov:endTime": run.at, "prov:label": run.command, "saidao:versions": run.versions}
            for run in listed
        },
        "used": {
            f"_:u-{r.id}": {"prov:activity": f"saidao:{r.id}", "prov:entity": f"sha256:{r.inputs}"} for r in listed
        },
        "wasGeneratedBy": {
            f"_:g-{r.id}": {"prov:activity": f"saidao:{r.id}", "prov:entity": f"sha256:{r.result}"} for r in listed
        },
        "wasAssociatedWith": {
            f"_:a-{r.id}": {"prov:activity": f"saidao:{r.id}", "prov:agent": f"saidao:who-{people.index(r.who)}"}
            for r in listed
        },
    }


def _unpacked(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        if sum(member.file_size for member in archive.infolist()) > LARGEST:
            raise ValueError(f"> {LARGEST:,}")
        return {member.filename: archive.read(member) for member in archive.infolist()}


def take_in(store: Store, path: Path, who: str) -> tuple[list[str], list[str]]:
    """Take the runs of a file in, all or none; return the ids of the new ones, and of those that were there already.

    Raises
    ------
    CaseError
        It is no such file, or a content is not what its name says.
    """
    try:
        files = _unpacked(path)
        told = json.loads(files["runs.json"])
        if told["schema"] != SCHEMA:
            raise ValueError(told["schema"])
        rows = [{name: run[name] for name in ("id", "at", "who", *SAID)} for run in told["runs"]]
        if any(not isinstance(run[name], str) for run in rows for name in run if name != "arguments"):
            raise TypeError("runs.json")
        found = {name.removeprefix(PREFIX): data for name, data in files.items() if name.startswith(PREFIX)}
        reached = {run[name] for run in rows for name in ("inputs", "result")}
        reached |= {name for run in rows for name in json.loads(found[run["inputs"]])["files"].values()}
    except OSError as error:
        raise CaseError([Problem("unreadable", str(path), found=error.strerror or str(error))]) from None
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError, zipfile.BadZipFile, zlib.error) as error:
        raise CaseError([Problem("run_file", str(path), found=str(error))]) from None
    wrong = [name for name, data in found.items() if digest_of(data) != name]
    wrong += sorted(reached - set(found))
    wrong += [run["id"] for run in rows if id_of({n: run[n] for n in SAID}, run["who"], run["at"]) != run["id"]]
    if wrong:
        raise CaseError([Problem("run_file", str(path), found=wrong[0][:12])])
    new, known = [], []
    with store.writing() as connection:
        contents = Contents(connection)
        for data in found.values():
            contents.put(data)
        held = set(connection.execute(select(table.c.id)).scalars())
        for run in rows:
            body = {name: run[name] for name in SAID}
            if run["id"] in held:
                known.append(run["id"])
                continue
            record(connection, body, run["id"], run["at"], run["who"], by=who)
            new.append(run["id"])
    return new, known
