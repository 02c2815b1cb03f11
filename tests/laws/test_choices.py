"""Whatever is given to `saidao.plan` as a choice, it answers, or raises one `CaseError` that says what is wrong."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import saidao
from tests.laws.test_bad_input import WILD
from tests.oracle.test_oracle import case

CHOICES = [name for name in inspect.signature(saidao.plan).parameters if name not in ("case", "options")]


def wild(name: str) -> Iterator[Any]:
    """Yield what is no choice of the name, and as a part of what is one."""
    for made in WILD:
        yield made()
        if name in ("budgets", "lock"):
            yield {"funds" if name == "budgets" else "m1": made()}
        if name in ("over", "forbid", "region"):
            yield [made()]
    yield from ("", "\x00", True, {1: 2}, ["funds", 1], b"x")


@pytest.mark.parametrize("name", CHOICES)
def test_a_choice_that_is_none_is_refused_in_words(name: str, tmp_path: Path) -> None:
    one = saidao.load_case(case(tmp_path))
    for given in wild(name):
        if callable(given):
            continue
        with suppress(saidao.CaseError, saidao.Infeasible, saidao.Stopped):
            saidao.plan(one, **{name: given})


@pytest.mark.parametrize("given", [None, 3, [], {}, b"shanghai", float("nan"), object(), "", "\x00"])
def test_what_is_no_case_is_refused_in_words(given: Any) -> None:
    with pytest.raises(saidao.CaseError, match=r"found \w+; expected"):
        saidao.plan(given)


def test_no_region_is_no_region() -> None:
    """What is left out may be given as nothing."""
    nothing: Any = None
    given = saidao.acceptability("shanghai", samples=20, region=nothing)
    assert given.to_dict() == saidao.acceptability("shanghai", samples=20).to_dict()


def test_amounts_are_numbers_by_name() -> None:
    """No truth value, which Python counts as 0 or 1; a series too; what names no amounts is told how they are given."""
    series: Any = pd.Series({"funds": 120.0})
    pairs: Any = [("funds", 120.0)]
    given = saidao.plan("shanghai", budgets=series)
    assert given.closed_share == saidao.plan("shanghai", budgets={"funds": 120.0}).closed_share
    with pytest.raises(saidao.CaseError, match="found True; expected a number"):
        saidao.plan("shanghai", budgets={"funds": True})
    with pytest.raises(saidao.CaseError, match=r'Write it as \{"funds": 120\.0\}'):
        saidao.plan("shanghai", budgets=pairs)
