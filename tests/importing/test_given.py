"""The five tables with their right reading: names, factors, scores, what is left out, what is asked."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from saidao.importing import import_table

GIVEN = sorted((Path(__file__).parent / "given").iterdir())
FREE = ("what", "ask", "reason")
"""Keys whose wording is free."""


def without_wording(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: without_wording(part) for key, part in value.items() if key not in FREE}
    return [without_wording(part) for part in value] if isinstance(value, list) else value


def as_expected(expected: Any, found: Any) -> Any:
    """Return what was found, of mappings only the keys that are expected."""
    if isinstance(expected, dict):
        return {key: as_expected(part, found.get(key, "no such key")) for key, part in expected.items()}
    if isinstance(expected, list) and isinstance(found, list) and len(expected) == len(found):
        return [as_expected(one, other) for one, other in zip(expected, found, strict=True)]
    return found


@pytest.mark.parametrize("folder", GIVEN, ids=[path.name for path in GIVEN])
def test_a_given_table_reads_as_it_should(folder: Path) -> None:
    expected = json.loads((folder / "expected.json").read_text("utf-8"))
    found = import_table(folder / expected["file"]).to_dict()
    assert as_expected(without_wording(expected), without_wording(found)) == without_wording(expected)
    assert all(one["ask"] for one in found["questions"])
    assert all(one["reason"] for one in found["skipped"])


def test_all_five_are_there() -> None:
    assert len(GIVEN) == 5
