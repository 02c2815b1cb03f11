"""A table read on the page: given as a file or pasted, asked about, put into a case."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from saidao.app.parts.importing import MOST_HELD
from saidao.app.server import create_app
from saidao.store import plans
from saidao.store.place import open_store

pytestmark = pytest.mark.surface

testclient = pytest.importorskip("starlette.testclient", reason="needs saidao[app]")

HERE = "http://127.0.0.1:8765"
OWN = {"Origin": HERE}
TICKS = Path(__file__).parents[1] / "importing" / "given" / "01_plain_totals_ticks" / "附表.xlsx"


@pytest.fixture
def client() -> Any:
    return testclient.TestClient(create_app(None, lang="zh"), base_url=HERE, follow_redirects=False)


def give(client: Any, pasted: str = "", file: Path | None = None) -> Any:
    files = {"file": (file.name, file.read_bytes()) if file else ("", b"")}
    return client.post("/import", headers=OWN, data={"pasted": pasted}, files=files)


def case_of(response: Any) -> Any:
    """The case of the plan that an answer leads to."""
    store = open_store()
    state = plans.state(store, response.headers["location"].removeprefix("/plan/"))
    return plans.case_of(store, state.inputs)


def test_a_file_is_shown_asked_about_and_put_in(client: Any) -> None:
    assert 'action="/import"' in client.get("/start").text
    given = give(client, file=TICKS)
    assert given.status_code == 303
    place = given.headers["location"]
    shown = client.get(place).text
    assert "5 条赛道、5 项要素" in shown
    for label in ("标题", "表头", "合计或平均，不是对象", "说明"):
        assert f'<td class="label">{label}</td>' in shown
    assert len(re.findall('class="asked"', shown)) == 2
    assert re.search(r'<select name="direction-E".*?<option value="min" selected>', shown, re.S)
    early = client.post(place, headers=OWN, data={"do": "put"})
    assert early.status_code == 422
    assert "请先回答" in early.text
    answers = {"where-1": "F4,F7", "answer-1": "空 = 没有（0）", "direction-B": "min", "name": "浦东", "do": "put"}
    put = client.post(place, headers=OWN, data=answers)
    assert put.status_code == 303
    case = case_of(put)
    assert case.title("zh") == "浦东"
    assert case.factors["direction"].tolist() == ["min", "max", "max", "min", "max"]
    assert case.scores_matrix[:, 4].tolist() == [1, 0, 1, 1, 0]


def test_a_pasted_table_with_an_answer_of_ones_own_and_a_blank(client: Any) -> None:
    place = give(client, "赛道\t产值\t能耗\n甲业\t1\t3-5\n乙业\t3\t\n丙业\t4\t5\n").headers["location"]
    assert "有 1 个得分为空（C3）" in client.get(place).text
    answers = {"where-1": "C2", "answer-1": "free", "own-1": "abc", "do": "put"}
    odd = client.post(place, headers=OWN, data=answers)
    assert (odd.status_code, "“abc”不能作为回答" in odd.text) == (422, True)
    answers["own-1"] = "2.5"
    assert client.post(place, headers=OWN, data=answers).status_code == 422  # the blank is still there
    put = client.post(place, headers=OWN, data={**answers, "impute": "mean"})
    assert case_of(put).scores_matrix.tolist() == [[1, 2.5], [3, 3.75], [4, 5]]


def test_all_years_of_a_table_are_kept_where_that_is_answered(client: Any) -> None:
    rows = "".join(
        f"{c}\t{y}\t{n}\t{9 - n}\n" for n, (c, y) in enumerate((c, y) for c in "甲乙丙" for y in (2023, 2024))
    )
    place = give(client, f"赛道\t年份\t产值\t专利\n{rows}").headers["location"]
    shown = client.get(place).text
    assert "有多个年份：取哪一个？" in shown
    assert "全部年份：按最后一年安排，排名看各年" in shown
    answers = {"where-1": "B 列", "answer-1": "every", "do": "put"}
    named = re.search(r'name="where-1" value="([^"]+)"', shown)
    assert named is not None
    put = client.post(place, headers=OWN, data={**answers, "where-1": named[1]})
    assert put.status_code == 303
    assert case_of(put).score_periods == ("2023", "2024")


def test_measures_go_into_the_case_that_is_open(client: Any) -> None:
    place = give(client, "赛道\t产值\t创新\n甲业\t1\t3\n乙业\t3\t2\n").headers["location"]
    client.post(place, headers=OWN, data={"do": "put"})
    measures = "措施\t资金（万元）\t对应要素\t强度\n补助\t100\t产值\t强\n园区\t200\t创新\t弱\n预算\t250\t\t\n"
    place = give(client, measures).headers["location"]
    assert "另成一个方案" in client.get(place).text
    answers = {"where-1": "column D", "answer-1": "free", "own-1": "30, 20, 10", "into": "opened", "do": "put"}
    case = case_of(client.post(place, headers=OWN, data=answers))
    assert (case.track_ids, case.measures["name_zh"].tolist()) == (("甲业", "乙业"), ["补助", "园区"])
    alone = client.post(place, headers=OWN, data={**answers, "into": "new"})
    assert alone.status_code == 422


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_is_no_table_is_told_in_words(lang: str, tmp_path: Path) -> None:
    client = testclient.TestClient(create_app(None, lang=lang), base_url=HERE, follow_redirects=False)
    old = tmp_path / "old.xls"
    old.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    refused = give(client, file=old)
    assert (refused.status_code, "2007" in refused.text) == (422, True)
    assert give(client).status_code == 422
    assert client.get("/import/0123456789abcdef").status_code == 404
    words = give(client, "one line of words")
    assert client.get(words.headers["location"]).status_code == 422


def test_what_waits_is_bounded(client: Any) -> None:
    first = give(client, "a\tb\nx\t1\ny\t2\n").headers["location"]
    for n in range(MOST_HELD):
        give(client, f"a\tb\nx\t1\ny\t{n + 10}\n")
    assert client.get(first).status_code == 404


def test_what_a_table_holds_is_escaped(client: Any) -> None:
    place = give(client, "赛道\t<i>产值</i>\n<script>甲\t1\n乙业\t约2\n").headers["location"]
    shown = client.get(place).text
    assert "<script>甲" not in shown
    assert "&lt;script&gt;甲" in shown


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_column_can_be_left_unread_and_read_again(lang: str) -> None:
    client = testclient.TestClient(create_app(None, lang=lang), base_url=HERE, follow_redirects=False)
    place = give(client, "赛道\t产值\t能耗\n甲业\t1\t约3\n乙业\t3\t2\n丙业\t4\t5\n").headers["location"]
    assert 'class="asked"' in client.get(place).text
    left = client.post(place, headers=OWN, data={"direction-C": "leave", "do": "read"}).text
    assert 'class="asked"' not in left
    assert re.search(r'<select name="direction-C".*?<option value="leave" selected>', left, re.S)
    assert {"zh": "按您的选择不读", "en": "left out by you"}[lang] in left
    again = client.post(place, headers=OWN, data={"direction-C": "", "do": "read"}).text
    assert 'class="asked"' in again
    put = client.post(place, headers=OWN, data={"direction-C": "leave", "do": "put"})
    assert case_of(put).factors["name_zh"].tolist() == ["产值"]
