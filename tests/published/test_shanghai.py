"""The shipped case: what the paper says stands in it, what it does not say is marked, and the calibration holds."""

from __future__ import annotations

import csv
import filecmp
import hashlib
import runpy
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

import saidao
from saidao.case.provenance import Sources
from tests.conftest import ROOT
from tests.laws.required import required

CASE = ROOT / "data" / "shanghai"


def table(name: str) -> list[dict[str, str]]:
    with (CASE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


# the paper's figure 4, typed from its text: a row a factor, tracks in its order
FIGURE_4 = {
    "factor_conditions": "✓✓✓  ✓✓  ✓✓✓",
    "demand_conditions": "✓✓✓✓✓✓✓ ✓ ✓ ",
    "industrial_synergy": "✓ ✓✓✓  ✓ ✓ ✓",
    "market_competition": " ✓✓ ✓   ✓   ",
    "policy_orientation": "✓✓✓✓✓✓✓✓✓ ✓✓",
    "development_environment": "✓✓✓✓✓✓✓✓ ✓✓✓",
}


def test_the_72_ticks_are_the_paper_s() -> None:
    case = saidao.load_case("shanghai")
    wanted = np.array([[c == "✓" for c in FIGURE_4[f]] for f in case.factor_ids]).T
    np.testing.assert_array_equal(case.scores_matrix, wanted)
    assert case.scores_matrix.sum() == 50


def test_counts_are_the_paper_s() -> None:
    measures = table("measures")
    assert [len(table(n)) for n in ("tracks", "types", "factors", "measures", "resources")] == [12, 5, 6, 42, 4]
    by_dimension = [
        sum(m["dimension"] == d for m in measures) for d in ("innovation", "entities", "ecosystem", "space")
    ]
    assert by_dimension == [11, 9, 9, 13]
    assert {m["stage"] for m in measures} == {"audition", "preliminary", "final"}
    assert {m["scope"] for m in measures} == {"track", "type", "city"}


# elements of the framework: how many, and the sections of the paper that they stand in
FRAMEWORK = {
    "tracks": (12, {"2.2"}),
    "types": (5, {"2.2"}),
    "factors": (6, {"3"}),
    "resources": (4, {"3.3"}),
    "dimensions": (4, {"4.1", "4.2", "4.3", "4.4"}),
    "stages": (3, {"3.1", "3.2", "3.3"}),
    "needs": (9, {"3.1", "3.2", "3.3"}),
    "chains": (6, {"2.1"}),
    "measures": (42, {f"4.{d}.{n}" for d in range(1, 5) for n in range(1, 4)}),
    "indicators": (14, {"1.1"}),
    "candidates": (1, {"1.1"}),
}


@pytest.mark.parametrize("name", FRAMEWORK)
def test_every_element_of_the_framework_is_there_and_sourced(name: str) -> None:
    """5 + 12 + X, six factors, 42 measures, three stages, four dimensions, two chains, each in its section."""
    case = saidao.load_case("shanghai")
    sources = Sources(case)
    count, sections = FRAMEWORK[name]
    frame = getattr(case, name)
    assert len(frame) == count
    assert set(frame["paper_section"]) == sections
    text = (CASE / "README.md").read_text("utf-8")
    assert f"`{name}`" in text
    column = "trait" if name == "indicators" else "name_zh"
    for row in frame[frame.columns[0]]:
        assert sources.kind(name, (row,), column) == "paper", row
    assert frame["name_zh"].all()


def test_indicators_stand_for_all_that_the_paper_says_a_new_track_is() -> None:
    """Section 1(1): what it is, its four traits, three many and three few; the words are the paper's."""
    said = dict(saidao.load_case("shanghai").indicators[["trait_zh", "trait"]].to_numpy())
    assert set(said) == {
        "方向",
        "全要素生产率高",
        "市场空间大",
        "成长初期",
        "引领性",
        "成长性",
        "动态性",
        "协同性",
        "企业数量多",
        "龙头少",
        "融资事件多",
        "金额少",
        "产品类型多",
        "刚需少",
    }
    assert all(said.values())


def test_elements_of_the_framework_refer_to_each_other() -> None:
    case = saidao.load_case("shanghai")
    measures, needs = case.measures, case.needs
    assert set(measures["dimension"]) == set(case.dimensions["dimension"])
    stages = set(case.stages["stage"])
    assert set(measures["stage"]) == set(case.tracks["stage"]) == set(needs["stage"]) == stages
    assert set(measures["need"]) - {""} == set(needs["need"])
    assert (needs.groupby("stage").size() == 3).all()
    links = case.chains.groupby("chain")["link"].apply(set)
    for chain, named in links.items():
        assert set(";".join(measures[chain]).split(";")) == named
    assert set(case.factors["innovation_chain"]) == links["innovation_chain"]
    assert set(case.tracks["industry_chain"]) == links["industry_chain"]
    sections = measures.set_index("measure")["paper_section"].str[:3]
    dimensions = case.dimensions.set_index("dimension")["paper_section"]
    assert (sections == measures.set_index("measure")["dimension"].map(dimensions)).all()


def test_the_paper_s_tables_are_kept_as_they_came() -> None:
    digests = {
        "matrix": "ff5efc1ccd58c3c1675a26001ec69d04932a18eff0679c06747791cfbb6a8bac",
        "measures": "4e473933a743aa7069661a29823a8eb63a4ca147d99e90454ee0623bef3ed9ab",
        "tracks": "c0a6e5c573eed4989828faddb5972e9ddcb4981a6248465311d3f267a10ae12b",
    }
    for name, digest in digests.items():
        raw = (CASE / "paper" / f"{name}.csv").read_bytes()
        assert hashlib.sha256(raw).hexdigest() == digest
    facts = {row["measure"]: row for row in table("paper/measures")}
    for row in table("measures"):
        for column in ("name_en", "name_zh", "dimension", "paper_section", "competition", "tracks_named"):
            assert row[column] == facts[row["measure"]][column]


def test_the_tables_are_what_the_rules_make(tmp_path: Path) -> None:
    subprocess.run([sys.executable, str(ROOT / "scripts" / "build_shanghai.py"), str(tmp_path)], check=True)
    made = sorted(p.relative_to(tmp_path) for p in tmp_path.rglob("*.csv"))
    assert made == sorted(p.relative_to(CASE) for p in CASE.rglob("*.csv") if p.parent.name != "paper")
    for path in made:
        assert filecmp.cmp(tmp_path / path, CASE / path, shallow=False), f"{path} was changed by hand"


def test_every_number_that_the_paper_does_not_give_is_marked_as_an_assumption() -> None:
    case = saidao.load_case("shanghai")
    sources = Sources(case)
    for row in table("costs"):
        assert sources.kind("costs", (row["measure"], row["resource"]), "cost") == "assumption"
    for row in table("effects"):
        assert sources.kind("effects", (row["measure"], row["track"], row["factor"]), "effect") == "assumption"
    for row in table("resources"):
        assert sources.kind("resources", (row["resource"],), "budget") == "assumption"
    for row in table("measures"):
        assert sources.kind("measures", (row["measure"],), "max_level") == "assumption"
        assert sources.kind("measures", (row["measure"],), "name_en") == "paper"
        for column in ("stage", "need", "innovation_chain", "industry_chain"):
            assert sources.kind("measures", (row["measure"],), column) == "judgement"
    for row in table("factors"):
        assert sources.kind("factors", (row["factor"],), "weight") == "assumption"
    assert not case.tables["rules"].present, "the paper sets no cap and no floor"
    for row in table("phases"):
        assert sources.kind("phases", (row["period"],), "budget") == "assumption"
    for row in table("stages"):
        assert sources.kind("stages", (row["stage"],), "lag") == "assumption"
    assert sources.kind("judgements", (), "") == "assumption"
    for track in case.track_ids:
        assert sources.kind("scores", (track,), "factor_conditions") == "paper"


def test_both_halves_of_the_judgements_agree() -> None:
    rows = table("judgements/factors")
    ids = [row["factor"] for row in rows]
    assert ids == [row["factor"] for row in table("factors")]
    for row in rows:
        for other in rows:
            product = Fraction(row[other["factor"]]) * Fraction(other[row["factor"]])
            assert product == 1, (row["factor"], other["factor"])


def test_ids_are_the_same_in_every_table() -> None:
    ids = {n: {row[n[:-1]] for row in table(n)} for n in ("tracks", "types", "factors", "resources", "measures")}
    places = ids["tracks"] | {f"type:{t}" for t in ids["types"]} | {"*"}
    assert {row["type"] for row in table("tracks")} == ids["types"]
    assert {row["track"] for row in table("scores")} == ids["tracks"]
    assert {row["measure"] for row in table("costs")} == {row["measure"] for row in table("effects")} == ids["measures"]
    assert {row["resource"] for row in table("costs")} == ids["resources"]
    assert {row["track"] for row in table("effects")} <= places
    assert {row["factor"] for row in table("effects")} == ids["factors"]
    facts = {row["measure"]: row for row in table("paper/measures")}
    for name, column in (("costs", "resource"), ("effects", "factor")):
        for row in table(name):
            assert row[column] in facts[row["measure"]][f"{column}s"].split(";")


@pytest.mark.slow
def test_data_industry_industrial_internet_and_hydrogen_tie() -> None:
    products = {"wpm", "waspas", "marcos"}  # undefined on ticks of 0, unless these are shifted
    undefined = {"multimoora", "ocra", "lmaw", "lopm", "sprobid"}  # on ticks of 0, and of a best on all factors
    for method in set(saidao.mcda.methods()) - undefined - {"simus"}:
        case = saidao.load_case("shanghai")
        options = required(method, case.scores_matrix, ["max"] * len(case.factor_ids))
        options |= {"normalisation": "minmax_shifted"} if method in products else {}
        ranks = saidao.rank("shanghai", method=method, **options).ranks
        assert ranks["data_industry"] == ranks["industrial_internet"] == ranks["hydrogen"], method
        taken = ranks["data_industry"]
        assert not ((ranks > taken) & (ranks < taken + 3)).any(), "the ranks after a tie of three are left out"


@pytest.mark.parametrize("method", ["wpm", "waspas", "marcos", "multimoora"])
def test_methods_that_a_zero_defeats_say_so_and_what_else_to_use(method: saidao.mcda.MethodName) -> None:
    with pytest.raises(saidao.CaseError) as caught:
        saidao.rank("shanghai", method=method)
    problem = caught.value.problems[0]
    assert ("moora" if method == "multimoora" else "minmax_shifted") in problem.remedy("en")
    assert ("moora" if method == "multimoora" else "minmax_shifted") in problem.remedy("zh")


def test_judgements_are_consistent_enough() -> None:
    for prioritisation in saidao.mcda.PRIORITISATIONS:
        consistency = saidao.weigh("shanghai", "ahp", prioritisation=prioritisation).consistency
        assert consistency is not None
        assert 0.01 < consistency.severity < 0.1


def test_the_calibration_holds() -> None:
    found = saidao.plan("shanghai")
    assert 0.4 <= found.closed_share <= 0.8
    spend: dict[tuple[str, str], float] = {}
    for row in found.allocation:
        for resource, amount in row["costs"].items():
            key = (row["measure"], resource)
            spend[key] = spend.get(key, 0.0) + amount
    budget = {row["resource"]: row["budget"] for row in found.resources}
    assert max(amount / budget[resource] for (_, resource), amount in spend.items()) <= 1 / 2
    for row in found.resources:
        assert row["used"] == pytest.approx(row["budget"])
        assert row["price_up"] == pytest.approx(row["price_down"], abs=1e-12)
        assert row["shadow_price"] > 0
    assert len({row["measure"] for row in found.allocation}) >= 15


@pytest.mark.parametrize("choice", [{"weights": "equal"}, {"weights": "entropy"}, {"ticks": "shortcoming"}])
def test_other_choices_have_a_plan_too(choice: dict[str, str]) -> None:
    found = saidao.plan("shanghai", **choice)  # type: ignore[arg-type]
    assert 0.4 <= found.closed_share <= 0.8


def test_a_tick_read_the_other_way_is_one_setting() -> None:
    strength, shortcoming = saidao.gaps("shanghai"), saidao.gaps("shanghai", ticks="shortcoming")
    assert strength.to_numpy().sum() == 22
    assert shortcoming.to_numpy().sum() == 50
    np.testing.assert_array_equal(strength + shortcoming, np.ones((12, 6)))


def test_the_case_s_readme_tells_the_figures_of_the_plan() -> None:
    found = saidao.plan("shanghai")
    text = (CASE / "README.md").read_text("utf-8")
    assert f"{found.closed_share:.1%}" in text
    for row in found.resources:
        assert f"{row['shadow_price']:.2e}" in text
    rules = runpy.run_path(str(ROOT / "scripts" / "build_shanghai.py"))
    for value in (*rules["UNIT_COST"].values(), *rules["EFFECT"].values()):
        assert f"{value:g}" in text
