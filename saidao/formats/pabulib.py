"""PabuLib: participatory budgets, whole projects for one resource, with the ballots of all who voted.

Format: Faliszewski et al. (2023), Participatory Budgeting: Data, Tools, and Analysis, IJCAI 2023, and https://pabulib.org.

A project becomes a track with its support as score, and a measure that is done or not. Nothing is granted yet, so every
track has its whole gap, which its own project closes; priorities are the shares of the most support (ARAS, `leaders`).
So the value of a plan is the support that it funds, and its closed share the share of all support.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..case import ballots
from ..case.case import Case
from ..case.cells import number, number_text, tidy
from ..case.frames import from_frames
from ..case.limits import MOST_ROWS
from ..case.tables import Ballot, Cost, Effect, Measure, Resource, columns
from ..errors import CaseError, Problem
from .format import Left

SECTIONS = {"META": ("key", "value"), "PROJECTS": ("project_id", "cost"), "VOTES": ("voter_id", "vote")}
"""The sections of a file in their order, with the columns that each must have."""

MADE = ("num_projects", "num_votes", "budget", "description", "currency")
"""What a case says elsewhere, and a file therefore is given anew."""

BUDGET = "budget"
GRANTED = 10.0
"""A project that is granted reaches a target of so many times the most support: its scale begins there, so that support
alone closes no gap, and whatever is granted stands before what is not."""


@dataclass
class Section:
    """A section as read: its columns, and its rows by column with their line in the file."""

    header: tuple[str, ...] = ()
    rows: list[tuple[int, dict[str, str]]] = field(default_factory=list)


# --- in ---------------------------------------------------------------------------------------------------------------


def read(data: bytes, path: Path) -> tuple[Case, list[Left]]:
    """Read a participatory budget.

    Raises
    ------
    CaseError
        Sections or columns that are missing, numbers that are none, projects twice or unknown, each with its line.
    """
    problems: list[Problem] = []
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise CaseError([Problem("encoding", path.name)]) from None
    sections = _sections(text, path.name, problems)
    if problems:
        raise CaseError(problems)
    meta = {row["key"]: row.get("value", "") for _, row in sections["META"].rows}
    projects, votes = sections["PROJECTS"], sections["VOTES"]
    problems += _wrong(meta, projects, votes, path.name)
    if problems:
        raise CaseError(problems)
    case_ids = _ids([row["project_id"] for _, row in projects.rows])
    about = {key: value for key, value in meta.items() if key not in MADE and value}
    rows = [_ballot(row, case_ids) for _, row in votes.rows]
    totals = dict.fromkeys(case_ids.values(), 0.0)
    for ballot in ballots.given([Ballot.model_validate(row) for row in rows], about):
        for measure, points in ballot.items():
            totals[measure] += points
    left: list[Left] = []
    if not rows:
        stated = "score" if "score" in projects.header else "votes"
        totals = {case_ids[row["project_id"]]: number(row.get(stated, "")) or 0.0 for _, row in projects.rows}
    elif differing := _differing(projects, case_ids, totals):
        left.append(("format.recounted", {"projects": ", ".join(differing[:5]), "number": len(differing)}))
    name = meta.get("description") or path.stem
    return _case(name, meta, about, projects, case_ids, totals, rows, path), left


def _sections(text: str, name: str, problems: list[Problem]) -> dict[str, Section]:
    found: dict[str, Section] = {}
    current: Section | None = None
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";", strict=True)
    try:
        for cells in reader:
            line = [tidy(cell) for cell in cells]
            if not any(line):
                continue
            if line[0].upper() in SECTIONS and not any(line[1:]):
                current = found.setdefault(line[0].upper(), Section())
            elif current is None:
                problems.append(Problem("pb_section", name, reader.line_num, found=";".join(line)[:80]))
                break
            elif not current.header:
                current.header = tuple(line)
            elif len(line) > len(current.header) and any(line[len(current.header) :]):
                details = {"columns": len(current.header)}
                problems.append(Problem("too_many_cells", name, reader.line_num, found=str(len(line)), details=details))
            elif len(current.rows) >= MOST_ROWS:
                most = {"most": f"{MOST_ROWS:,}", "what": ("rows", "行")}
                problems.append(Problem("large_case", name, reader.line_num, found=f"> {MOST_ROWS:,}", details=most))
                break
            else:
                current.rows.append((reader.line_num, dict(zip(current.header, line, strict=False))))
    except csv.Error as error:
        problems.append(Problem("csv", name, reader.line_num, found=str(error)))
    for section, needed in SECTIONS.items():
        if section not in found:
            problems.append(Problem("pb_section", name, found=", ".join(found), details={"section": section}))
            continue
        problems += [
            Problem("missing_column", name, None, column, ";".join(found[section].header), {"column": column})
            for column in needed
            if column not in found[section].header
        ]
    return found


def _wrong(meta: Mapping[str, str], projects: Section, votes: Section, name: str) -> Iterator[Problem]:
    """Yield what is wrong in the cells."""
    if (number(meta.get("budget", "")) or -1.0) < 0:
        yield Problem("at_least", name, None, "budget", meta.get("budget", ""), {"bound": 0})
    lines: dict[str, int] = {}
    for line, row in projects.rows:
        project = row.get("project_id", "")
        if not project:
            yield Problem("missing_cell", name, line, "project_id", details={"column": "project_id"})
        elif (first := lines.setdefault(project, line)) != line:
            yield Problem("duplicate", name, line, "project_id", project, {"columns": "project_id", "first": first})
        cost = number(row.get("cost", ""))
        if cost is None or cost < 0:
            yield Problem("at_least", name, line, "cost", row.get("cost", ""), {"bound": 0})
    voters: dict[str, int] = {}
    for line, row in votes.rows:
        if (first := voters.setdefault(row.get("voter_id", ""), line)) != line:
            yield Problem("duplicate", name, line, "voter_id", row["voter_id"], {"columns": "voter_id", "first": first})
        chosen, points = _parts(row.get("vote", "")), _parts(row.get("points", ""))
        for project in chosen:
            if project not in lines:
                details = {"table": "PROJECTS", "valid": ", ".join(list(lines)[:12]), "nearest": None}
                yield Problem("unknown_id", name, line, "vote", project, details)
        if points and (len(points) != len(chosen) or any(number(one) is None for one in points)):
            yield Problem("ballot_points", name, line, "points", row["points"], {"number": len(chosen)})


def _parts(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(",") if part.strip()]


def _ids(projects: list[str]) -> dict[str, str]:
    """Return an id of the case for each project: the project's own, without the signs that no id may have."""
    made: dict[str, str] = {}
    for project in projects:
        id_ = first = re.sub(r"[;:*/@=]+", "_", project).strip("_") or "x"
        n = 1
        while id_ in made.values():
            n += 1
            id_ = f"{first}_{n}"
        made[project] = id_
    return made


def _ballot(row: Mapping[str, str], case_ids: Mapping[str, str]) -> dict[str, str]:
    rest = {key: value for key, value in row.items() if key not in ("voter_id", "vote", "points") and value}
    made = {"voter": row["voter_id"], "vote": ";".join(case_ids[p] for p in dict.fromkeys(_parts(row.get("vote", ""))))}
    points = ";".join(_parts(row.get("points", "")))
    return made | ({"points": points} if points else {}) | {_free(Ballot, key): value for key, value in rest.items()}


def _free(model: Any, column: str) -> str:
    """Return a column's name, which is none of the table's own."""
    return f"pb_{column}" if column in columns(model) else column


def _differing(projects: Section, case_ids: Mapping[str, str], totals: Mapping[str, float]) -> list[str]:
    """Return the projects whose support, as the ballots give it, is not as the file states it."""
    stated = "score" if "score" in projects.header else "votes"
    said = {row["project_id"]: number(row.get(stated, "")) for _, row in projects.rows}
    return [project for project, value in said.items() if value is not None and value != totals[case_ids[project]]]


def _case(
    name: str,
    meta: Mapping[str, str],
    about: Mapping[str, str],
    projects: Section,
    case_ids: Mapping[str, str],
    totals: Mapping[str, float],
    rows: list[dict[str, str]],
    path: Path,
) -> Case:
    called = "name_zh" if any("一" <= sign <= "鿿" for sign in name) else "name_en"
    own_ids = any(project != id_ for project, id_ in case_ids.items())
    tracks, measures, costs = [], [], []
    for _, row in projects.rows:
        id_ = case_ids[row["project_id"]]
        title = row.get("name", "")
        names = {"name_zh" if any("一" <= sign <= "鿿" for sign in title) else "name_en": title} if title else {}
        extra = {
            _free(Measure, key): value
            for key, value in row.items()
            if key not in ("project_id", "cost", "votes", "score", "name") and value
        }
        own = {"project_id": row["project_id"]} if own_ids else {}
        tracks.append({"track": id_, **names})
        measures.append({"measure": id_, **names, "kind": "binary", "max_level": 1.0, **own, **extra})
        costs.append({"measure": id_, "resource": BUDGET, "cost": number(row["cost"])})
    most = max([*totals.values(), 1.0])
    unit = {"unit": meta["currency"]} if meta.get("currency") else {}
    source = {"kind": "measured", "note": f"PabuLib: {name}"}
    defined = {"kind": "judgement", "note": "granted or not: 1 or 0", "note_zh": "安排为 1，未安排为 0"}
    tables: dict[str, Any] = {
        "tracks": tracks,
        "factors": [
            {
                "factor": ballots.SUPPORT,
                "name_en": "Support",
                "name_zh": "得票",
                "worst": most,
                "target": GRANTED * most,
            }
        ],
        "resources": [
            {"resource": BUDGET, "name_en": "Budget", "name_zh": "预算", **unit, "budget": number(meta["budget"])}
        ],
        "measures": measures,
        "costs": costs,
        "effects": [{"measure": id_, "track": id_, "factor": ballots.SUPPORT, "effect": 1.0} for id_ in totals],
        "election": [{"key": key, "value": value} for key, value in about.items()],
        "ballots": rows,
        "sources": [
            *({"table": table, **source} for table in ("scores", "costs", "resources", "measures")),
            *({"table": table, **defined} for table in ("effects", "factors")),
        ],
    }
    scores = [{"track": id_, ballots.SUPPORT: total} for id_, total in totals.items()]
    settings = {called: name, "weights": "equal", "method": "aras", "stance": "leaders"}
    held = {table: made for table, made in tables.items() if made}
    return from_frames(Case, scores, name=path.stem, settings=settings, **held)


# --- out --------------------------------------------------------------------------------------------------------------


def write(case: Case, name: str) -> tuple[dict[str, bytes], list[Left]]:
    """Return the file of a case of whole measures, one resource and ballots.

    Raises
    ------
    CaseError
        Whatever of the case no participatory budget has.
    """
    problems = list(_no_file(case))
    if problems:
        raise CaseError(problems)
    resource = case.rows(Resource)[0]
    costs = {row.measure: row.cost for row in case.rows(Cost)}
    about = ballots.election(case)
    totals = ballots.support(case)
    measures, cast = case.rows(Measure), case.rows(Ballot)
    own = {row.measure: str((row.model_extra or {}).get("project_id") or row.measure) for row in measures}
    counted = {"votes": {m: sum(m in row.measures for row in cast) for m in own}}
    if any(row.given for row in cast) or about.get("vote_type") == ballots.ORDINAL:
        counted["score"] = {m: totals.get(m, 0.0) for m in own}  # type: ignore[misc]
    meta = {
        "description": case.title("en"),
        **about,
        "num_projects": str(len(measures)),
        "num_votes": str(len(cast)),
        "budget": number_text(resource.budget or 0.0),
        **({"currency": resource.unit} if resource.unit else {}),
    }
    meta.setdefault("vote_type", "cumulative" if "score" in counted else "approval")
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    writer.writerows([["META"], ["key", "value"], *meta.items(), ["PROJECTS"]])
    extra = _extra(measures, ("project_id",))
    writer.writerow(["project_id", "cost", *counted, "name", *(_stated(key) for key in extra)])
    for row in measures:
        told = [number_text(of[row.measure]) for of in counted.values()]
        rest = [str((row.model_extra or {}).get(key, "")) for key in extra]
        named = row.name_en or row.name_zh
        writer.writerow([own[row.measure], number_text(costs[row.measure]), *told, named, *rest])
    extra = _extra(cast, ())
    points = ["points"] if any(row.given for row in cast) else []
    writer.writerows([["VOTES"], ["voter_id", "vote", *points, *(_stated(key) for key in extra)]])
    for ballot in cast:
        rest = [str((ballot.model_extra or {}).get(key, "")) for key in extra]
        vote = ",".join(own[m] for m in ballot.measures)
        writer.writerow([ballot.voter, vote, *([",".join(ballot.given)] if points else []), *rest])
    return {name: out.getvalue().encode()}, []


def _extra(rows: Any, known: tuple[str, ...]) -> list[str]:
    """Return the columns of a user's own, in the order in which they are met."""
    return list(dict.fromkeys(key for row in rows for key in row.model_extra or {} if key not in known))


def _stated(column: str) -> str:
    return column.removeprefix("pb_")


def _no_file(case: Case) -> Iterator[Problem]:
    """Yield what keeps a case from being a file of PabuLib."""
    yield from ballots.not_projects(case)
    if not case.rows(Ballot):
        yield Problem("pb_ballots", "ballots")
    served = {(row.measure, row.track) for row in case.rows(Effect)}
    if len(served) > len(case.rows(Measure)):
        yield Problem("pb_effects", "effects", found=str(len(served)))
