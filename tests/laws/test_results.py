"""The laws of results: whatever a verb returns is data, tables, sentences and a plot that agree, in both languages."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import saidao
from saidao.case.tables import TABLES, Named
from saidao.render.html import table as html_table
from saidao.render.shown import drawn, shown
from saidao.results.question import every, load, modules, outline
from saidao.results.result import Result
from saidao.texts.numbers import FORMS, TEXTS
from saidao.texts.say import LANGUAGES
from tests.conftest import ROOT, write_case

ASKED: dict[str, dict[str, Any]] = {
    "plan": {},
    "rank": {},
    "rank-years": {},
    "weights": {},
    "gaps": {},
    "efficiency": {},
    "infer": {"statements": ["quantum before biotech", "biotech before energy_storage"]},
    "influence": {"weights": ["ahp", "entropy"], "methods": ["topsis", "wsm"]},
    "sweep": {"weights": "ahp+entropy", "stance": "even"},
    "explain": {"measures": ["I01", "E06"]},
    "frontier": {"resource": "talent"},
    "variants": {"number": 1},
    "compare": {"weights": ["ahp", "entropy"], "methods": ["topsis", "wsm"]},
    "compare-plans": {"weights": ["ahp", "entropy"]},
    "robust": {"samples": 50},
    "sensitivity": {"method": "wsm"},
    "acceptability": {"samples": 4},
    "scenarios": {"names": ["lean"]},
    "candidates": {"also": ["service_robots"]},
    "balance": {"least_share": 0.1},
    "stages": {},
    "chains": {},
    "readings": {},
    "productivity": {"rank_with": 0.2},
    "winners": {},
    "replan": {"budgets": {"funds": 2475}},
    "settled": {"region": ["within 0.1"]},
    "review": {},
    "forms": {},
    "second-ranking": {},
    "second-plan": {},
    "court": {},
    "methods": {},
}
"""A quick question to every verb but those that take long."""
OF: dict[str, str] = {
    "winners": "wieliczka",
    "court": str(ROOT / "examples" / "printed.csv"),
    "rank-years": str(ROOT / "examples" / "years"),
}
"""Verbs that are asked of another case than Shanghai's, or of a file."""
LONG: dict[str, dict[str, Any]] = {"tipping": {}, "ask": {}, "uncertain": {"samples": 5}, "trust": {"to": ["quantum"]}}


def test_every_verb_is_asked() -> None:
    assert set(modules()) == {*ASKED, *LONG}


def verbs() -> list[Any]:
    asked = [verb for verb in ASKED if verb in modules()]
    return [*asked, *(pytest.param(verb, marks=pytest.mark.slow) for verb in LONG if verb in modules())]


@cache
def answer(verb: str) -> Result:
    question = load(verb)
    about = () if question.about is None else (OF.get(verb, "shanghai"),)
    found = question.ask(*about, **{**ASKED, **LONG}[verb])
    assert isinstance(found, Result)
    return found


@pytest.mark.parametrize("verb", verbs())
def test_json_is_the_data(verb: str) -> None:
    found = answer(verb)
    assert json.loads(found.to_json()) == json.loads(json.dumps(found.to_dict()))
    assert found.to_dict()["schema"] == found.question.schema == f"saidao/{verb}/1"
    assert json.loads(json.dumps(found.document("zh"))).keys() == found.to_dict().keys()
    assert len(repr(found)) < 2000


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("verb", verbs())
def test_it_answers_in_words(verb: str, lang: str) -> None:
    first, *others = answer(verb).text(lang)
    assert first.strip()
    assert (lang == "zh") is any(ord(sign) > 0x2E7F for sign in first)
    for sentence in (*others, *answer(verb).notes(lang)):
        assert sentence.strip()


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("verb", verbs())
def test_every_table_is_drawn(verb: str, lang: str) -> None:
    found = answer(verb)
    named = [] if found.case is None else [model for model in TABLES if issubclass(model, Named)]
    ids = {key for model in named for key in found.case.names(model, lang)}
    for table in found.tables.values():
        assert table.tab(lang)
        told = drawn(table, found.case, lang)
        assert told.title
        assert all(head.strip() for head in told.heads), table.name
        assert "<table" in html_table(told)
        assert len(told.rows) == len(table.rows)
        for column in shown(table, found.case, lang, table.rows):
            assert column.form in FORMS
            assert column.form in TEXTS or all(not isinstance(cell, bool) for cell in column.cells)
            if column.form == "name":
                assert not ids & {cell for cell in column.cells if isinstance(cell, str)}, (table.name, column.key)


@pytest.mark.parametrize("verb", verbs())
def test_every_amount_has_a_unit(verb: str) -> None:
    """Money is read in 万元 on every surface; what is in no resource's unit is no amount."""
    for table in answer(verb).tables.values():
        for column in table.columns:
            if column.form in ("amount", "spend") and column.seen != "data":
                assert column.of, (table.name, column.name)
        for told in shown(table, answer(verb).case, "zh", table.rows):
            assert "百万元" not in (told.head, *told.units)
            assert not (told.head.startswith("资金") and told.form == "spend") or told.unit == "万元"


@pytest.mark.parametrize("verb", verbs())
def test_every_table_is_a_frame_of_the_columns_that_it_names(verb: str) -> None:
    found = answer(verb)
    for name, table in found.tables.items():
        frame = found.to_frame(name)
        assert list(frame.columns) == table.keys
        assert len(set(table.keys)) == len(table.keys)
        assert len(frame) == len(table.rows)
        for key in table.keys:
            assert not table.rows or any(key in row for row in table.rows), (name, key)
    assert found.to_frame().equals(found.main.to_frame())
    with pytest.raises(KeyError, match="no table 'nothing'"):
        found.to_frame("nothing")


@pytest.mark.parametrize("verb", modules())
def test_a_verb_says_what_it_does(verb: str) -> None:
    question = load(verb)
    said = outline(verb)
    assert said.help.endswith(".")
    assert said.example.startswith(f"saidao {question.instead_of or verb}")
    assert question.example == said.example
    assert all(one.option.help for one in question.arguments)
    assert every()[verb] is question


EMPTY: dict[str, Callable[[Any], object]] = {
    "plan": saidao.plan,
    "tipping": saidao.tipping,
    "frontier": saidao.frontier,
    "sensitivity": saidao.sensitivity,
    "rank": saidao.rank,
    "variants": saidao.variants,
}


@pytest.mark.parametrize("verb", EMPTY)
def test_a_case_without_a_gap_is_answered(verb: str, tmp_path: Path) -> None:
    """Every target is reached: there is nothing to close, nothing to buy, and that is an answer."""
    folder = write_case(tmp_path, scores="track,f,g\na,10,0\nb,10,0\nc,10,1\n", rules="rule,kind,over,key,of,amount\n")
    found = EMPTY[verb](folder)
    assert isinstance(found, Result)
    for lang in LANGUAGES:
        assert found.text(lang)[0]
        for table in found.tables.values():
            drawn(table, found.case, lang)
            assert list(table.to_frame().columns) == table.keys
