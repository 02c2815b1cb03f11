"""PabuLib: what a file says, as the library of the format itself reads it, and back."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pabutools.election import parse_pabulib

import saidao
from saidao.case import ballots
from saidao.formats import pabulib

# a file by hand: 3 projects, 4 ballots; B and C are affordable together and have 5 votes, A alone has 3
SMALL = """META
key;value
description;Small town
country;Poland
num_projects;3
num_votes;4
budget;100
currency;PLN
vote_type;approval
rule;greedy
PROJECTS
project_id;cost;votes;name;selected;category
A/1;80;3;"Park; north";1;green,sport
B;60;3;School;0;
C;40;2;Bench;0;green
VOTES
voter_id;vote;age
1;A/1,B;30
2;A/1,B,C;
3;A/1;44
4;C,B;71
"""


def read(text: str) -> saidao.Case:
    return pabulib.read(text.encode(), Path("town.pb"))[0]


def written(case: saidao.Case) -> str:
    return pabulib.write(case, "town.pb")[0]["town.pb"].decode()


def test_a_file_by_hand() -> None:
    case = read(SMALL)
    assert case.title() == "Small town"
    assert case.scores["support"].tolist() == [3.0, 3.0, 2.0]
    assert (case.track_ids, case.measures["project_id"].tolist()) == (("A_1", "B", "C"), ["A/1", "B", "C"])
    plan = saidao.plan(case)
    assert [row["measure"] for row in plan.allocation] == ["B", "C"]
    assert plan.closed_share == pytest.approx(5 / 8)
    assert saidao.rank(case).ranks.tolist() == [1, 1, 3]
    assert {row["track"]: row["rank_after"] for row in plan.ranking} == {"B": 1, "C": 2, "A_1": 3}
    assert not [problem for problem in case.warnings if problem.level == "error"]
    again = written(case)
    assert read(again) == case
    assert written(read(again)) == again
    assert '"Park; north"' in again
    assert "A/1,B,C" in again


def test_what_is_stated_and_what_is_counted() -> None:
    _, left = pabulib.read(SMALL.replace("C;40;2", "C;40;9").encode(), Path("town.pb"))
    assert left == [("format.recounted", {"projects": "C", "number": 1})]
    counts_only = SMALL.split("VOTES")[0] + "VOTES\nvoter_id;vote\n"
    assert read(counts_only).scores["support"].tolist() == [3.0, 3.0, 2.0]


WRONG = {
    "no projects": (SMALL.replace("PROJECTS\n", ""), "town.pb, row 11: found 6; expected at most 2 cells"),
    "no votes": (SMALL.split("VOTES")[0], "town.pb: found META, PROJECTS; expected the sections"),
    "a cost": (SMALL.replace("B;60", "B;sixty"), "town.pb, row 14, column cost: found sixty; expected a number of at"),
    "a budget": (SMALL.replace("budget;100", "budget;-1"), "town.pb, column budget: found -1"),
    "a project twice": (SMALL.replace("C;40", "B;40"), "town.pb, row 15, column project_id: found B"),
    "an unknown project": (SMALL.replace("4;C,B", "4;D,B"), "town.pb, row 21, column vote: found D"),
    "a voter twice": (SMALL.replace("4;C,B", "3;C,B"), "town.pb, row 21, column voter_id: found 3"),
    "points": (
        SMALL.replace("vote;age", "vote;points").replace("3;A/1;44", "3;A/1;4,4"),
        "town.pb, row 18, column points: found 30; expected 2 numbers",
    ),
    "text before": ("hello\n" + SMALL, "town.pb, row 1: found hello; expected the sections"),
    "quotes": (SMALL.replace("School", '"School'), "town.pb, row "),
}


@pytest.mark.parametrize("what", WRONG)
def test_what_is_wrong_is_told_with_its_line(what: str) -> None:
    text, said = WRONG[what]
    with pytest.raises(saidao.CaseError) as caught:
        read(text)
    assert any(line.startswith(said) for line in caught.value.lines()), caught.value.lines()
    assert caught.value.lines("zh")


NAMES = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=8).filter(
    lambda s: s == s.strip() and s.upper() not in pabulib.SECTIONS and "'" not in s
)
KINDS = st.sampled_from(["approval", "choose-1", "cumulative", "scoring", "ordinal"])


@st.composite
def elections(draw: st.DrawFn) -> tuple[str, dict[str, Any]]:
    """Return a file, written by hand, and what it says: votes and points by project."""
    kind = draw(KINDS)
    projects = [f"p{n}" for n in range(draw(st.integers(1, 5)))]
    costs = [draw(st.integers(0, 1000)) for _ in projects]
    names = [draw(NAMES) for _ in projects]
    most = 1 if kind == "choose-1" else len(projects)
    votes = [
        draw(st.lists(st.sampled_from(projects), unique=True, min_size=1, max_size=most))
        for _ in range(draw(st.integers(1, 6)))
    ]
    points = [[draw(st.integers(0, 9)) for _ in vote] for vote in votes]
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    meta = {"num_projects": len(projects), "num_votes": len(votes), "budget": draw(st.integers(1, 2000))}
    writer.writerows([["META"], ["key", "value"], ["description", draw(NAMES)], *meta.items(), ["vote_type", kind]])
    if kind == "ordinal":
        writer.writerow(["max_length", len(projects)])
    writer.writerows([["PROJECTS"], ["project_id", "cost", "name"], *zip(projects, costs, names, strict=True)])
    given_points = kind in ("cumulative", "scoring")
    writer.writerows([["VOTES"], ["voter_id", "vote", *(["points"] if given_points else []), "sex"]])
    for n, (vote, point) in enumerate(zip(votes, points, strict=True)):
        writer.writerow(
            [n, ",".join(vote), *([",".join(map(str, point))] if given_points else []), draw(st.sampled_from("MF"))]
        )
    total = dict.fromkeys(projects, 0)
    for vote, point in zip(votes, points, strict=True):
        for place, (project, given_one) in enumerate(zip(vote, point, strict=True)):
            total[project] += given_one if given_points else len(projects) - place if kind == "ordinal" else 1
    return out.getvalue(), {"support": total, "costs": dict(zip(projects, costs, strict=True)), "kind": kind}


@given(elections())
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_round_trip_and_the_library_of_the_format(tmp_path_factory: Any, election: tuple[str, dict[str, Any]]) -> None:
    text, said = election
    case = read(text)
    assert dict(zip(case.track_ids, case.scores["support"], strict=True)) == said["support"]
    assert {k: v for k, v in ballots.support(case).items() if v} == {k: v for k, v in said["support"].items() if v}
    again = written(case)
    assert read(again) == case
    file = tmp_path_factory.mktemp("pb") / "town.pb"
    file.write_text(again, encoding="utf-8")
    instance, profile = parse_pabulib(str(file))
    assert {project.name: float(project.cost) for project in instance} == said["costs"]
    assert len(profile) == len(case.ballots)
    if said["kind"] in ("approval", "choose-1"):
        assert {p.name: profile.approval_score(p) for p in instance} == said["support"]
