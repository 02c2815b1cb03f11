"""Every question of the registry is reachable from the page, in both languages, or says why it is not."""

from __future__ import annotations

from functools import cache

import pytest

import saidao
from saidao.app import answers
from saidao.app.parts.questions import Questions, options, reachable, unreachable
from saidao.app.plans.workspace import Outcomes, Workspace
from saidao.app.server import _start_page
from saidao.case import shipped
from saidao.results.question import every
from saidao.texts.say import LANGUAGES, WORDS

pytestmark = pytest.mark.surface

FAST = (
    "plan",
    "rank",
    "weights",
    "methods",
    "chains",
    "candidates",
    "productivity",
    "readings",
    "robust",
    "sensitivity",
)
"""Questions that answer within a second."""


@cache
def workspace() -> Workspace:
    return Workspace.untouched(Outcomes(saidao.load_case("shanghai")))


def test_every_question_and_option_has_words_in_both_languages() -> None:
    lacking = [verb for verb in every() if f"asks.{verb}" not in WORDS]
    lacking += [
        f"{verb} {one.name}"
        for verb in reachable()
        for one in options(every()[verb])
        if f"asks.with.{one.name}" not in WORDS
    ]
    assert not lacking


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_question_has_a_form_or_says_why_not(lang: str) -> None:
    shown = answers.view(workspace(), "ask", lang, "/ask", False)
    for verb in every():
        assert f'id="ask-{verb}"' in shown
        assert (f'data-verb="{verb}"' in shown) == (verb in reachable())
    for verb in set(every()) - set(reachable()):
        text, status = answers.asked(workspace(), lang, verb, {})
        assert status == 422
        assert WORDS[unreachable(every()[verb])][LANGUAGES.index(lang)] in text


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "verb", [pytest.param(verb, marks=() if verb in FAST else pytest.mark.slow) for verb in reachable()]
)
def test_a_question_is_answered_on_the_page(verb: str, lang: str) -> None:
    """The answer is what Python gives; a question that the case has no data for says what it lacks."""
    text, status = answers.asked(workspace(), lang, verb, {"samples": ["200"], "number": ["2"]})
    # no combined weights, no votes, no statements and no scores of several years are given
    refused = verb in ("sweep", "winners", "infer", "rank-years")
    assert status == (422 if refused else 200)
    assert ('class="trouble"' in text) == refused
    assert len(text) < 2_000_000


def test_an_option_is_taken_and_a_wrong_one_refused() -> None:
    asked = Questions(workspace(), "en")
    cut = next(field for field in asked.fields("candidates") if field.name == "cut")
    assert (cut.kind, cut.value) == ("number", "0.75")
    assert asked.answer("candidates", {"cut": ["0.9"]}).sentences == saidao.candidates("shanghai", cut=0.9).text("en")
    text, status = answers.asked(workspace(), "en", "robust", {"samples": ["many"]})
    assert status == 422
    assert "many" in text


def test_a_shipped_case_is_told_by_its_own_numbers() -> None:
    """Each card counts the tracks and measures of the case that it opens."""
    shown = _start_page("en", None, [])
    for name in shipped():
        case = saidao.load_case(name)
        card = shown.split(f'value="{name}"')[0].rpartition("<form")[2]
        assert f"{len(case.track_ids)} tracks, {len(case.measure_of)} measures" in card


def test_what_is_settled_takes_statements_and_value_functions_on_the_page() -> None:
    given = {"region": ["within 0.02; demand_conditions >= 0.1"], "pieces": ["1"]}
    text, status = answers.asked(workspace(), "zh", "settled", given)
    assert status == 200
    assert "demand_conditions &gt;= 0.1" in text
    assert answers.asked(workspace(), "zh", "settled", {"pieces": ["x=2"]})[1] == 422
