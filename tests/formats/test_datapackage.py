"""Data packages: what goes out comes back, Frictionless finds it valid, and finds what reading a case finds."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from frictionless import Package, system
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import saidao
from saidao.formats import datapackage
from tests.oracle.random_cases import write_random_case


def exported(case: saidao.Case, folder: Path) -> Path:
    return saidao.export_case(case, folder / "package" / "datapackage.json")


def faults(descriptor: Path) -> list[str]:
    with system.use_context(trusted=True):
        report = Package(str(descriptor)).validate()
    assert not report.errors, report.errors
    return [f"{task.name} {error.type} {error.message}" for task in report.tasks for error in task.errors]


def test_the_shipped_case(tmp_path: Path) -> None:
    case = saidao.load_case("shanghai")
    path = exported(case, tmp_path)
    assert saidao.import_case(path) == case == saidao.load_case(path.parent)
    assert faults(path) == []


@pytest.mark.parametrize("seed", [0, 1, *(pytest.param(n, marks=pytest.mark.slow) for n in range(2, 12))])
def test_random_cases(seed: int, tmp_path: Path) -> None:
    write_random_case(tmp_path / "case", seed)
    case = saidao.load_case(tmp_path / "case")
    path = exported(case, tmp_path)
    assert saidao.import_case(path) == case
    assert faults(path) == []


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), max_size=12)


@given(st.lists(TEXTS, min_size=1, max_size=4), st.lists(st.floats(-1e9, 1e9), min_size=4, max_size=4))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_text_and_number(tmp_path_factory: Any, names: list[str], numbers: list[float]) -> None:
    values = [v if abs(v) >= 1e-9 else 0.0 for v in numbers[: len(names)]]
    ids = [f"t{n}" for n in range(len(names))]
    case = saidao.Case.from_frames(
        pd.DataFrame({"skills": values}, index=ids),
        tracks=pd.DataFrame({"track": ids, "name_en": names, "my own": names}),
    )
    assert saidao.import_case(exported(case, tmp_path_factory.mktemp("any"))) == case


@pytest.mark.parametrize(
    ("table", "column", "value", "kind"),
    [
        ("resources", "budget", "-5", "constraint-error"),
        ("costs", "cost", "many", "type-error"),
        ("costs", "measure", "M99", "foreign-key"),
        ("factors", "direction", "mx", "constraint-error"),
        ("tracks", "track", "a;b", "constraint-error"),
        ("tracks", "track", "biotech", "primary-key"),
    ],
)
def test_frictionless_finds_what_reading_finds(table: str, column: str, value: str, kind: str, tmp_path: Path) -> None:
    path = exported(saidao.load_case("shanghai"), tmp_path)
    file = path.parent / f"{table}.csv"
    frame = pd.read_csv(file, dtype=str, keep_default_na=False)
    frame.loc[0, column] = value
    frame.to_csv(file, index=False)
    assert any(f"{table} {kind}" in one for one in faults(path)), faults(path)
    with pytest.raises(saidao.CaseError) as caught:
        saidao.import_case(path)
    assert any((p.file, p.column, p.found) == (table, column, value) for p in caught.value.problems)


def test_a_package_of_others(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "scores.csv").write_bytes(
        "track;skills;market\nChips;0,2;n.a.\nDrugs;1.000,9;3\n".encode("latin-1")
    )
    descriptor: dict[str, Any] = {
        "title": "Theirs",
        "resources": [
            {
                "name": "scores",
                "path": "data/scores.csv",
                "encoding": "latin-1",
                "dialect": {"delimiter": ";"},
                "schema": {
                    "fields": [
                        {"name": "track"},
                        {"name": "skills", "type": "number", "decimalChar": ",", "groupChar": "."},
                        {"name": "market", "type": "number"},
                    ],
                    "missingValues": ["n.a."],
                },
            },
            {"name": "factors", "data": [{"factor": "skills", "direction": "min"}, {"factor": "market"}]},
            {"name": "photos", "path": "photos.zip"},
        ],
    }
    path = tmp_path / "datapackage.json"
    path.write_text(json.dumps(descriptor), "utf-8")
    with pytest.raises(saidao.CaseError, match="scores, row 0, column market: found nothing"):
        saidao.import_case(path)
    descriptor["resources"][0]["schema"]["missingValues"] = [""]
    path.write_text(json.dumps(descriptor), "utf-8")
    with pytest.raises(saidao.CaseError, match=r"scores, row 0, column market: found n\.a\."):
        saidao.import_case(path)
    (tmp_path / "data" / "scores.csv").write_text("track;skills;market\nChips;0,2;4\nDrugs;1.000,9;3\n")
    case, left = datapackage.read(path.read_bytes(), path)
    assert case.scores_matrix.tolist() == [[0.2, 4.0], [1000.9, 3.0]]
    assert (case.title(), case.factors["direction"].tolist()) == ("Theirs", ["min", "max"])
    assert left == [("format.resource", {"name": "photos"})]


@pytest.mark.parametrize("at", ["../secret.csv", "/etc/passwd", "http://x/y.csv", "gone.csv", "a\\b.csv"])
def test_nothing_outside_the_package_is_read(at: str, tmp_path: Path) -> None:
    path = tmp_path / "datapackage.json"
    path.write_text(json.dumps({"resources": [{"name": "scores", "path": at}]}), "utf-8")
    with pytest.raises(saidao.CaseError) as caught:
        saidao.import_case(path)
    assert len(caught.value.problems) == 1


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"resources": 3}', "[" * 100_000, '{"resources": []}'])
def test_what_is_no_package_is_refused(text: str, tmp_path: Path) -> None:
    path = tmp_path / "datapackage.json"
    path.write_text(text, "utf-8")
    with pytest.raises(saidao.CaseError):
        saidao.import_case(path)


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(saidao.CaseError):
        saidao.export_case(saidao.load_case("shanghai"), tmp_path / "datapackage.json")
    assert [one.name for one in tmp_path.iterdir()] == ["mine.txt"]
    with pytest.raises(saidao.CaseError, match=r"expected datapackage\.json"):
        saidao.export_case(saidao.load_case("shanghai"), tmp_path / "new" / "mine.json")
