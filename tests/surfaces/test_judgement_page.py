"""The judgements of the page: bars, questions in words, and where on the bars the plan would be another."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

import saidao
from saidao import mcda
from saidao.app.answers import view
from saidao.app.parts.judgements import Judgements, in_words
from saidao.app.parts.preview import preview
from saidao.app.parts.tips import STEP, Tips
from saidao.app.plans.workspace import Outcomes, Workspace
from saidao.case import Case
from saidao.case.tables import Factor, Track
from saidao.errors import CaseError
from tests.conftest import SMALL
from tests.surfaces.browser import served
from tests.surfaces.test_browser import address as address  # fixtures
from tests.surfaces.test_browser import context as context
from tests.surfaces.test_browser import go, settled
from tests.surfaces.test_browser import page as page

pytestmark = pytest.mark.surface

TREE: dict[str, str | None] = {
    "factors.csv": "factor,name_en,name_zh,direction,worst,target,parent\n"
    "f,Force,力,max,0,10,\ng,Grit,砂,min,10,0,\nk,Kin,亲,,,,\nh,Heat,热,max,0,10,k\ni,Ice,冰,max,0,10,k\n",
    "scores.csv": "track,f,g,h,i\na,2,8,1,5\nb,5,1,7,2\nc,9,3,2,9\n",
    "case.toml": 'name_en = "Small"\nname_zh = "小例"\nweights = "equal"\n',
    "rules.csv": None,
    "judgements/factors.csv": None,
}


@pytest.fixture(scope="module")
def shanghai() -> Workspace:
    return Workspace.untouched(Outcomes(saidao.load_case("shanghai")))


@pytest.fixture
def tree(tmp_path: Any) -> Outcomes:
    """A case with factors below a factor, and no judgements: nobody has answered anything."""
    folder = tmp_path / "tree"
    folder.mkdir()
    for name, text in {**SMALL, **TREE}.items():
        if text is not None:
            (folder / name).write_text(text, "utf-8")
    return Outcomes(saidao.load_case(folder))


def weights_of(outcomes: Outcomes, choices: Any) -> dict[str, float]:
    evaluation = outcomes.of(choices).evaluation
    assert evaluation is not None
    return dict(zip(map(str, evaluation.weights.criteria), evaluation.weights.array.tolist(), strict=True))


# --- bars


def test_a_dragged_weight_gives_the_plan_of_those_weights(shanghai: Workspace) -> None:
    before = saidao.weigh("shanghai").values
    moved = before * 0.7 / (1 - before["policy_orientation"])
    moved["policy_orientation"] = 0.3
    made = shanghai.outcomes.changed(shanghai.choices, "weight", "policy_orientation", "30")
    assert weights_of(shanghai.outcomes, made) == pytest.approx(moved.to_dict(), abs=2e-6)
    plan = shanghai.outcomes.of(made).plan
    assert plan is not None
    assert plan.closed_share == pytest.approx(
        saidao.plan(shanghai.case, weights=moved.to_dict()).closed_share, abs=1e-5
    )
    again = saidao.plan(made.edited(shanghai.case))
    assert again.closed_share == pytest.approx(plan.closed_share, abs=1e-12), "and so has the case that is taken away"
    whole = shanghai.outcomes.changed(made, "weight", "policy_orientation", "100")
    assert weights_of(shanghai.outcomes, whole)["policy_orientation"] == 1.0
    back = shanghai.outcomes.changed(whole, "weight", "policy_orientation", "50")
    assert set(weights_of(shanghai.outcomes, back).values()) == {0.5, 0.1}, "others that are all 0 share alike"


@pytest.mark.parametrize(("of", "to"), [("policy_orientation", "101"), ("policy_orientation", "-1"), ("x", "5")])
def test_a_weight_that_cannot_be_is_refused(shanghai: Workspace, of: str, to: str) -> None:
    with pytest.raises(CaseError):
        shanghai.outcomes.changed(shanghai.choices, "weight", of, to)


def test_a_factor_below_another_weighs_what_its_bar_says(tree: Outcomes) -> None:
    made = tree.changed(tree.first, "weight", "h", "40")
    before = weights_of(tree, tree.first)
    rest = 0.6 / (1 - before["h"])
    expected = {factor: 0.4 if factor == "h" else weight * rest for factor, weight in before.items()}
    assert weights_of(tree, made) == pytest.approx(expected, abs=3e-6)
    none = tree.changed(tree.changed(made, "weight", "h", "0"), "weight", "i", "0")
    assert weights_of(tree, none)["h"] == 0.0


def test_what_is_told_of_a_dragged_bar_comes_true(shanghai: Workspace) -> None:
    found = preview(shanghai, [{"do": "weight", "of": "policy_orientation", "to": "30"}], "en")
    made = shanghai.outcomes.changed(shanghai.choices, "weight", "policy_orientation", "30")
    now, then = shanghai.outcome(), shanghai.outcomes.of(made)
    assert now.overview is not None
    assert then.overview is not None
    names = shanghai.case.names(Track, "en")
    money = [{row["track"]: row["amount"] for row in one.overview.tracks} for one in (now, then) if one.overview]
    most = max(names, key=lambda track: abs(money[1][track] - money[0][track]))
    told = "\n".join(found["shifts"])
    assert money[1][most] > money[0][most]
    assert f"{names[most]} {money[1][most] - money[0][most]:+.0f}" in told
    ranks = [dict(zip(r.alternatives, r.rank_array.tolist(), strict=True)) for r in _rankings(now, then)]
    moved = [track for track in names if ranks[0][track] != ranks[1][track]]
    assert moved
    first = min(moved, key=lambda track: ranks[1][track])
    assert f"{names[first]} {ranks[0][first]} → {ranks[1][first]}" in told
    assert "%" not in found["told"], "shares under other weights are not comparable"
    alike = preview(shanghai, [{"do": "weight", "of": "policy_orientation", "to": "8.4"}], "en")
    assert alike["told"] == "No money moves."


def _rankings(*outcomes: Any) -> list[Any]:
    return [one.evaluation.before for one in outcomes]


# --- questions


def test_answers_in_words_weigh_as_soon_as_they_connect_the_factors(tree: Outcomes) -> None:
    questions = Judgements(Workspace.untouched(tree), "zh").questions
    assert [(q.one, q.other, q.value) for q in questions] == [
        *(("力", "砂", ""), ("力", "亲", ""), ("砂", "亲", ""), ("热", "冰", ""))
    ]
    one = tree.changed(tree.first, "judgement", questions[0].of, "3")
    two = tree.changed(one, "judgement", questions[3].of, "1/5")
    assert (one.weights, two.weights) == ("equal", "equal"), "nothing compares the third with them"
    workspace = replace(Workspace.untouched(tree), choices=two)
    assert "亲" in Judgements(workspace, "zh").answered
    three = tree.changed(two, "judgement", questions[2].of, "2")
    assert three.weights == "ahp"
    upper = mcda.ahp([[1, 3, np.nan], [1 / 3, 1, 2], [np.nan, 1 / 2, 1]]).array
    expected = {"f": upper[0], "g": upper[1], "h": upper[2] / 6, "i": upper[2] * 5 / 6}
    assert weights_of(tree, three) == pytest.approx(expected)
    kept = three.edited(tree.case)
    assert kept.settings.weights == "ahp"
    assert saidao.weigh(kept).values.to_dict() == pytest.approx(expected), "they go with the case"


def test_an_answer_takes_the_place_of_other_weights(shanghai: Workspace) -> None:
    dragged = shanghai.outcomes.changed(shanghai.choices, "weight", "policy_orientation", "30")
    told = Judgements(replace(shanghai, choices=dragged), "en")
    assert "Direct rating" in told.comes_from
    assert told.can_weigh
    answered = shanghai.outcomes.changed(dragged, "judgement", told.questions[0].of, "2")
    assert answered.weights == "ahp"


def test_the_answer_that_the_others_contradict_is_named_with_what_they_say(shanghai: Workspace) -> None:
    judged = shanghai.case.judgements["factors"]
    worst = mcda.ahp_repair(judged.matrix).single[0]
    doubted = [q for q in Judgements(shanghai, "en").questions if q.doubt]
    names = shanghai.case.names(Factor, "en")
    assert [(q.one, q.other) for q in doubted] == [
        (names[judged.labels[int(str(worst.criterion))]], names[judged.labels[int(str(worst.over))]])
    ]
    assert "alike" in doubted[0].doubt
    mended = shanghai.outcomes.changed(shanghai.choices, "judgement", doubted[0].of, doubted[0].to)
    before, after = (shanghai.outcomes.of(c).evaluation for c in (shanghai.choices, mended))
    assert before is not None
    assert after is not None
    ratios = [one.weights.consistency.severity for one in (before, after) if one.weights.consistency]
    assert ratios[1] < ratios[0]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_step_has_words_of_its_own(lang: str) -> None:
    said = {in_words(value, "A", "B", lang) for n in range(1, 10) for value in (n, 1 / n)}
    assert len(said) == 17


# --- where the plan would be another


@pytest.mark.slow
def test_marks_on_the_bars_are_those_of_tipping_and_come_true(shanghai: Workspace) -> None:
    found = {(tip.factor, tip.at): tip for tip in Tips(shanghai, "en").nearest if tip.kind == "plan"}
    w = saidao.weigh("shanghai").values
    tip = min(found.values(), key=lambda tip: tip.away)
    plan = saidao.plan("shanghai")
    way = 1.0 if tip.at > w[tip.factor] else -1.0

    def planned(weight: float) -> Any:
        moved = w * (1 - weight) / (1 - w[tip.factor])
        moved[tip.factor] = weight
        return saidao.plan("shanghai", weights=moved.to_dict())

    def levels(plan: Any) -> dict[Any, float]:
        return {(row["measure"], row["target"]): round(row["level"], 4) for row in plan.allocation}

    assert levels(planned(tip.at - 1e-5 * way)) == levels(plan)
    assert levels(planned(tip.at + 1e-5 * way)) != levels(plan)
    told = float(tip.text.partition(":")[0].rpartition(" ")[2].rstrip("%")) / 100
    assert levels(planned(told)) != levels(plan), "the weight that is told is one at which it has changed"
    assert abs(told - tip.at) <= STEP + 1e-9


@pytest.mark.slow
def test_marks_are_all_of_tipping() -> None:
    rows = saidao.tipping("shanghai").factors
    expected = {(r["factor"], r[e]) for r in rows for e in ("low", "high") if r[f"changes_{e}"]}
    shanghai = Workspace.untouched(Outcomes(saidao.load_case("shanghai")))
    assert {(tip.factor, tip.at) for tip in Tips(shanghai, "zh").nearest if tip.kind == "plan"} == expected


def test_marks_say_where_another_track_is_first(tree: Outcomes) -> None:
    workspace = Workspace.untouched(tree)
    tips = [tip for tip in Tips(workspace, "en").nearest if tip.kind == "first"]
    assert tips
    names = tree.case.names(Track, "en")
    for tip in tips:
        weights = weights_of(tree, tree.first)
        told = float(tip.text.partition(":")[0].rpartition(" ")[2].rstrip("%")) / 100
        assert _first(tree.case, weights) != _first(tree.case, _with(weights, tip.factor, told))
        assert names[_first(tree.case, _with(weights, tip.factor, told))] in tip.text


def _with(weights: dict[str, float], factor: str, to: float) -> dict[str, float]:
    return {f: to if f == factor else w * (1 - to) / (1 - weights[factor]) for f, w in weights.items()}


def _first(case: Case, weights: dict[str, float]) -> str:
    found = saidao.rank(case, weights=weights)
    return str(found.alternatives[found.order[0]])


# --- in a browser


def bar(page: Any, factor: str) -> float:
    return float(page.get_attribute(f"#weight-{factor}", "aria-valuenow"))


@pytest.mark.slow
def test_a_bar_is_dragged_and_stepped_and_undone(page: Any) -> None:
    go(page, "judge")
    before = {factor: bar(page, factor) for factor in saidao.load_case("shanghai").factor_ids}
    place = page.locator("#weight-factor_conditions").bounding_box()
    page.mouse.move(place["x"] + 0.3 * place["width"], place["y"] + 8)
    page.mouse.down()
    page.mouse.move(place["x"] + 0.8 * place["width"], place["y"] + 8, steps=5)
    page.wait_for_selector("#shift:not([hidden])")
    assert page.input_value("#weights-by") == "ahp", "nothing is changed while it is dragged"
    assert bar(page, "factor_conditions") == pytest.approx(40.0, abs=0.3)
    moving = {factor: bar(page, factor) for factor in before}
    page.mouse.up()
    page.wait_for_selector("#undo:not([disabled])")
    settled(page)
    rest = (100 - bar(page, "factor_conditions")) / (100 - before["factor_conditions"])
    for factor, weight in before.items():
        assert bar(page, factor) == pytest.approx(moving[factor], abs=0.11), "as was shown while it moved"
        assert factor == "factor_conditions" or bar(page, factor) == pytest.approx(weight * rest, abs=0.11)
    assert page.input_value("#weights-by") == "direct"
    told = page.inner_text("#shift")
    assert "Rank" in told
    assert "Money" in told
    page.focus("#weight-policy_orientation")
    weight = bar(page, "policy_orientation")
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    settled(page)
    assert bar(page, "policy_orientation") == pytest.approx(weight + 3, abs=0.11)
    for _ in range(2):  # the three presses are one step
        page.keyboard.press("Control+z")
        settled(page)
    page.wait_for_selector("#undo[disabled]")
    assert {factor: bar(page, factor) for factor in before} == before
    assert page.is_hidden("#shift")


def drag_to(page: Any, factor: str, shares: tuple[float, ...]) -> None:
    place = page.locator(f"#weight-{factor}").bounding_box()
    page.mouse.move(place["x"] + 2, place["y"] + 8)
    page.mouse.down()
    for share in shares:
        page.mouse.move(place["x"] + share * place["width"], place["y"] + 8, steps=3)


@pytest.mark.slow
def test_each_drag_is_a_step_to_undo_and_esc_gives_up_what_is_not_confirmed(page: Any) -> None:
    go(page, "judge")

    def now() -> dict[str, float]:
        return {factor: bar(page, factor) for factor in saidao.load_case("shanghai").factor_ids}

    stood = [now()]
    for share in (0.4, 0.8):
        drag_to(page, "factor_conditions", (share,))
        page.mouse.up()
        page.wait_for_timeout(50)
        settled(page)
        stood.append(now())
    assert stood[1] != stood[2]
    drag_to(page, "factor_conditions", (0.3, 0.1))
    page.keyboard.press("Escape")
    page.mouse.move(400, 400, steps=3)
    page.mouse.up()
    settled(page)
    assert now() == stood[2], "a drag that is given up"
    for _ in range(3):
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(50)
        settled(page)
    assert now()["factor_conditions"] == pytest.approx(stood[2]["factor_conditions"] + 3, abs=0.11)
    page.keyboard.press("Escape")
    page.wait_for_timeout(50)
    settled(page)
    assert now() == stood[2], "steps that are given up"
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    page.wait_for_timeout(50)
    settled(page)
    page.keyboard.press("Escape")
    settled(page)
    assert now()["factor_conditions"] == pytest.approx(stood[2]["factor_conditions"] + 1, abs=0.11), "confirmed"
    for before in (stood[2], stood[1], stood[0]):
        page.click("#undo")
        page.wait_for_timeout(50)
        settled(page)
        assert now() == before
    assert page.is_disabled("#undo")


@pytest.mark.slow
def test_each_answer_by_mouse_is_a_step_and_keys_on_the_way_are_one(page: Any) -> None:
    go(page, "judge")
    page.wait_for_selector("#asking:not([hidden])")

    def said() -> str:
        page.wait_for_timeout(50)
        settled(page)
        return str(page.inner_text("#ask-said"))

    stood = [said()]
    for at in (2, 5):
        page.locator("#asking input[name=answer]").nth(at).click(force=True)
        stood.append(said())
    assert len({*stood}) == 3
    for _ in range(2):
        page.keyboard.press("ArrowRight")
        said()
    assert said() not in stood
    page.keyboard.press("Escape")
    assert said() == stood[2]
    for before in (stood[1], stood[0]):
        page.click("#undo")
        assert said() == before
    assert page.is_disabled("#undo")


@pytest.mark.slow
def test_repeated_judgements_in_the_matrix_are_a_step_each(page: Any) -> None:
    go(page, "judge")
    page.click("[data-tab=table]")
    cell = page.locator("select[data-do=judgement]").first
    own = cell.input_value()
    options = [o for o in cell.locator("option").evaluate_all("all => all.map((o) => o.value)") if o and o != own]
    for value in options[:2]:
        cell.select_option(value)
        page.wait_for_timeout(50)
        settled(page)
    for value in (options[0], own):
        page.click("#undo")
        page.wait_for_timeout(50)
        settled(page)
        assert cell.input_value() == value
    assert page.is_disabled("#undo")


@pytest.mark.slow
def test_questions_are_answered_by_keyboard_and_change_the_weights(page: Any) -> None:
    go(page, "judge")
    page.wait_for_selector("#asking:not([hidden])")
    assert "Which weighs more for this city: Factor conditions or Demand conditions" in page.inner_text("#ask-which")
    page.focus("#asking input:checked")
    page.keyboard.press("ArrowLeft")  # a half step towards the first
    settled(page)
    assert page.inner_text("#ask-said") == (
        "I think: Factor conditions matters more than Demand conditions, between alike and slightly more."
    )
    case = saidao.load_case("shanghai")
    matrix = case.judgements["factors"].matrix.copy()
    matrix[0, 1], matrix[1, 0] = 2.0, 0.5
    expected = mcda.ahp(matrix)
    assert [bar(page, factor) for factor in case.factor_ids] == pytest.approx(100 * expected.array, abs=0.051)
    assert page.inner_text("#ratio-factors") == f"{expected.consistency_ratio:.3f}"
    page.wait_for_selector("#shift:not([hidden]):not([aria-busy])")
    assert "moves" in page.inner_text("#shift")
    page.keyboard.press("Enter")
    assert page.inner_text("#ask-place") == "Question 2 of 15"
    page.keyboard.press("Space")
    assert page.inner_text("#ask-place") == "Question 3 of 15"
    page.click(".doubted")
    page.wait_for_selector("#ask-doubt .price-of:has-text('moves')")
    page.click("#ask-keep")
    assert page.is_hidden("#ask-doubt")


@pytest.mark.slow
def test_marks_stand_on_the_bars_with_words(page: Any) -> None:
    go(page, "judge")
    page.wait_for_selector("svg.weight .tip", state="attached")
    shown = page.evaluate(
        """() => [...document.querySelectorAll("svg.weight .tip")].map((tip) => [
            tip.parentElement.dataset.of,
            tip.querySelector(".line").getAttribute("x1") * document.querySelector(".weighing").dataset.full / 100,
            tip.querySelector("title").textContent,
        ])"""
    )
    tips = Tips(Workspace.untouched(Outcomes(saidao.load_case("shanghai"))), "en").nearest
    assert json.loads(json.dumps(sorted(shown))) == [
        [tip.factor, pytest.approx(tip.at, abs=1e-5), tip.text] for tip in sorted(tips, key=lambda t: (t.factor, t.at))
    ]


@pytest.mark.slow
def test_a_case_without_judgements_is_weighed_by_answers_and_its_plans_are_kept(
    browser: Any, tree: Outcomes, tmp_path: Any
) -> None:
    with served(str(tmp_path / "tree")) as address:
        page = browser.new_page(viewport={"width": 390, "height": 844}, locale="zh-CN")
        page.goto(f"{address}judge")
        for value in ("3", "1/2", "2", "5"):
            page.wait_for_selector("#asking:not([hidden])")
            page.locator(f"#asking input[value='{value}']").click()
            settled(page)
            page.click("#ask-next")
        assert "4 题都已回答" in page.inner_text("#questions")
        assert "planner" not in page.inner_text("main"), "who answers is no id"
        upper = mcda.ahp([[1, 3, 1 / 2], [1 / 3, 1, 2], [2, 1 / 2, 1]])
        assert "有矛盾" in page.inner_text("#weights")
        assert bar(page, "f") == pytest.approx(100 * upper.array[0], abs=0.051)
        assert bar(page, "h") == pytest.approx(100 * upper.array[2] * 5 / 6, abs=0.051)
        page.click("[data-fold]")
        assert all(page.is_visible(f"#elsewhere a[data-view={view}]") for view in ("compare", "more", "ask"))
        go(page, "compare")
        page.fill("#keep-name", "甲")
        page.click("#keep")
        settled(page)
        page.click("[data-fold]")
        page.click("#redo ~ a[data-view=compare]")
        assert "甲" in page.inner_text("#kept")
        assert page.evaluate("document.documentElement.scrollWidth") == 390
        page.close()


@pytest.mark.slow
def test_naming_the_most_and_the_least_important_saves_questions(browser: Any, tmp_path: Any) -> None:
    folder = tmp_path / "flat"
    folder.mkdir()
    flat = TREE | {
        "factors.csv": "factor,name_en,direction,worst,target\nf,F,max,0,10\ng,G,min,10,0\nh,H,max,0,10\ni,I,max,0,10\n"
    }
    for name, text in {**SMALL, **flat}.items():
        if text is not None:
            (folder / name).write_text(text, "utf-8")
    with served(str(folder)) as address:
        page = browser.new_page(viewport={"width": 1024, "height": 768}, locale="en-GB")
        page.goto(f"{address}judge")
        page.select_option("#most", "G")
        page.select_option("#least", "I")
        assert page.inner_text("#fewer-told") == "5 questions instead of 6"
        for value in ("1/3", "5", "3", "7", "3"):  # F:G, F:I, G:H, G:I, H:I
            page.locator(f"#asking input[value='{value}']").click()
            settled(page)
            page.click("#ask-next")
        nan = np.nan
        expected = mcda.ahp([[1, 1 / 3, nan, 5], [3, 1, 3, 7], [nan, 1 / 3, 1, 3], [1 / 5, 1 / 7, 1 / 3, 1]])
        assert [bar(page, f) for f in ("f", "g", "h", "i")] == pytest.approx(100 * expected.array, abs=0.051)
        assert "agree" in page.inner_text("#weights")
        page.close()


def test_what_takes_long_is_sought_when_it_is_asked_for(shanghai: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    assert 'id="tipping" open' in view(shanghai, "judge", "en", "/judge", False)
    monkeypatch.setattr("saidao.app.parts.judgements.MOST_APPLICATIONS", 10)
    assert 'id="tipping" open' not in view(shanghai, "judge", "en", "/judge", False)
