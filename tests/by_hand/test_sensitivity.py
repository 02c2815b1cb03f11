"""Sensitivity of a case's ranking: the array level in the case's own names, and as users type it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import saidao
from saidao import mcda
from tests.conftest import write_case


@pytest.mark.parametrize("method", ["topsis", "wsm", "promethee_ii"])
def test_it_is_the_array_level_in_the_names_of_the_case(method: mcda.MethodName) -> None:
    found = saidao.sensitivity("shanghai", method=method)
    case = saidao.load_case("shanghai")
    w = saidao.weigh("shanghai")
    alone = mcda.stability(case.to_frame(), w, "max", method)
    assert [row["low"] for row in found.intervals] == [i.low for i in alone.intervals]
    assert [row["factor"] for row in found.intervals] == list(case.factor_ids)
    assert sum(row["effective"] for row in found.effective) == pytest.approx(1)
    assert len(found.tests) == 12 + 12 + 11
    json.loads(found.to_json())


def test_factors_that_say_the_same_are_told(small: Path) -> None:
    write_case(small, scores="track,f,g\na,1,9\nb,5,5\nc,8,2\n")  # g: less is better
    found = saidao.sensitivity(small, method="wsm")
    assert found.correlations[0]["twice"]
    assert any("same thing twice" in sentence for sentence in found.text())
