"""Tables of more rows than a page of their sheet holds: each is reached, found and edited, by keyboard too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import saidao
from benchmarks.cases import write_case
from saidao.app.parts.editing import CELLS, ROWS
from saidao.app.parts.screen import MOST_TRACKS
from saidao.app.plans import offered
from saidao.app.plans.work import Work
from saidao.app.plans.workspace import Outcomes, Workspace
from saidao.app.server import create_app
from saidao.case.tables import Effect, Track
from saidao.store.cases import with_files
from saidao.store.place import open_store
from tests.surfaces.browser import served

pytestmark = pytest.mark.surface
testclient = pytest.importorskip("starlette.testclient", reason="needs saidao[app]")
HERE = "http://127.0.0.1:8765"
TRACKS, MEASURES = 75, 9


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_case(tmp_path_factory.mktemp("case"), TRACKS, MEASURES, 0.2)


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    with served(str(folder), "--lang", "en") as found:
        yield found


@pytest.fixture
def page(browser: Any, address: str) -> Iterator[Any]:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    context.set_default_timeout(20_000)
    wrong: list[str] = []
    context.on("weberror", lambda error: wrong.append(str(error.error)))
    made = context.new_page()
    made.goto(f"{address}data/effects")
    yield made
    context.close()
    assert not wrong


def settled(page: Any) -> None:
    page.wait_for_selector(".workspace:not([aria-busy])")


def test_the_annex_shows_the_tracks_ranked_first_and_all_when_asked(folder: Path) -> None:
    ranks = saidao.rank(saidao.load_case(folder)).ranks
    with testclient.TestClient(create_app(saidao.load_case(folder), lang="en"), base_url=HERE) as client:
        shown, every = client.get("/more").text, client.get("/every/levels").text
        level, gaps = (re.search(f'id="{name}".*?</table>', shown, re.DOTALL) for name in ("levels", "gaps"))
        assert level is not None
        assert gaps is not None
        first = re.findall(r'<th scope="row">(Track \d+)', level[0])
        assert first == [f"Track {name[1:]}" for name in ranks.sort_values(kind="stable").index[:MOST_TRACKS]]
        assert re.findall(r'<th scope="row">(Track \d+)', gaps[0]) == first
        assert f"the {MOST_TRACKS} tracks that are ranked first. All {TRACKS} tracks" in shown
        assert every.count('<th scope="row">') == client.get("/every/gaps").text.count('<th scope="row">') == TRACKS


@pytest.mark.parametrize(("lang", "first"), [("en", "Track 0"), ("zh", "赛道0")])
def test_many_places_are_listed_when_a_measure_is_to_be_locked(folder: Path, lang: str, first: str) -> None:
    with testclient.TestClient(create_app(saidao.load_case(folder), lang=lang), base_url=HERE) as client:
        page, listed = client.get("/data").text, client.get("/places")
    select = re.search(r'<select id="lock-target".*?</select>', page)
    assert select is not None
    assert select[0].count("<option") == 1
    assert listed.status_code == 200
    assert re.findall(r'<option value="(t\d+)">', listed.text) == [f"t{i}" for i in range(TRACKS)]
    assert f'<option value="t0">{first}</option>' in listed.text


def test_a_measure_is_forbidden_at_one_of_many_tracks(page: Any, address: str, folder: Path) -> None:
    effect = saidao.load_case(folder).rows(Effect)[-1]
    page.goto(f"{address}data")
    settled(page)
    assert page.locator("#lock-target option").count() == 1
    page.focus("#lock-measure")  # by keyboard
    page.wait_for_selector(f"#lock-target option[value=t{TRACKS - 1}]", state="attached")
    page.select_option("#lock-measure", effect.measure)
    page.select_option("#lock-target", effect.track)
    page.click("#forbid")
    settled(page)
    assert f"Track {effect.track[1:]}" in page.inner_text("#locks")
    assert page.locator(f"#lock-target option[value={effect.track}]").count() == 1, "they are listed once"
    page.click("#locks button")
    settled(page)


def test_a_wide_table_has_fewer_rows_on_a_page(tmp_path: Path) -> None:
    case = saidao.load_case(write_case(tmp_path, 9, 60, 0.2))
    with testclient.TestClient(create_app(case, lang="en"), base_url=HERE) as client:
        held = [
            re.findall(r'data-row="measures:(.*?)"', client.get(f"/sheet/measures?page={n}").json()["html"])
            for n in (1, 2)
        ]
    assert len(held[0]) * 15 <= CELLS < len(held[0]) * 16
    assert held[0] + held[1] == [f"m{i}" for i in range(60)]


def test_an_edit_leaves_other_tables_and_the_case_that_was_read_as_they_are(folder: Path) -> None:
    case = saidao.load_case(folder)
    work = Work(open_store(), files=with_files(folder)[1])
    untouched = Workspace.untouched(Outcomes(case))
    known = untouched.outcome().plan
    edited = work.change(untouched, "cell", "scores:t1:f0", "5.5", "tests", "en")
    assert edited.outcomes is untouched.outcomes, "the case is not read again to be put to work"
    assert edited.outcome(edited.first).plan is known
    again = work.change(edited, "cell", "scores:t1:f0", "5.6", "tests", "en")
    tables = [one.outcomes.opened(one.choices).tables for one in (edited, again)]
    assert {name for name in tables[0] if tables[0][name] is not tables[1][name]} == {"scores", "sources"}
    read = Work(work.store).workspace(again.plan).outcome().plan
    found = again.outcome().plan
    assert found is not None
    assert read is not None
    assert read.to_dict() == found.to_dict()


def test_the_annex_shows_where_ranking_and_money_are_farthest_apart_and_says_what_it_leaves_out(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = saidao.load_case(folder)
    names, rows = case.names(Track, "zh"), saidao.plan(case).disagreements
    assert len(rows) > 4
    monkeypatch.setattr("saidao.app.parts.results.MOST_TRACKS", 3)
    with testclient.TestClient(create_app(case, lang="zh"), base_url=HERE) as client:
        shown = client.get("/more").text.partition("排名与资金不一致之处")[2].partition("</table>")
    assert re.findall(r'<th scope="row">(赛道\d+)', shown[0]) == [names[row["track"]] for row in rows[:3]]
    assert f"本表另有 {len(rows) - 3} 行" in shown[2]


@pytest.mark.parametrize("case", ["shanghai", "large"])
def test_some_tracks_tell_which_methods_are_defined_for_all(
    case: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = saidao.load_case(folder if case == "large" else case)
    every = offered.offered(opened)["method"]
    monkeypatch.setattr(offered, "MANY", 5)
    assert offered.offered(opened)["method"] == every


def extent(page: Any, told: str) -> None:
    page.wait_for_selector(f".searching [role=status] >> text={told}")


def ids(page: Any) -> list[str]:
    return [str(row.get_attribute("data-row")) for row in page.locator(".cells tbody tr").all()]


def test_every_row_is_on_a_page_and_found(folder: Path) -> None:
    case = saidao.load_case(folder)
    rows = ["/".join(row.key_parts()) for row in case.tables["effects"].rows]
    with testclient.TestClient(create_app(case, lang="en"), base_url=HERE) as client:
        seen: list[str] = []
        for page in range(1, -(-len(rows) // ROWS) + 1):
            seen += re.findall(r'data-row="effects:([^"]*)"', client.get(f"/sheet/effects?page={page}").json()["html"])
        assert seen == rows
        found = client.get("/sheet/effects", params={"search": "track 30 ·"}).json()["html"]
        assert re.findall(r'data-row="effects:([^"]*)"', found) == [row for row in rows if "/t30/" in row]
        assert "found among 270" in found
        assert client.get("/sheet/effects", params={"page": 99}).json()["html"].count("data-row=") == len(rows) % ROWS
        assert "Nothing found among 270 rows." in client.get("/sheet/effects?search=nothing").json()["html"]
        assert client.get("/sheet/none").status_code == 404


def test_the_first_screen_lists_the_tracks_that_take_most_and_sums_the_others(folder: Path) -> None:
    with testclient.TestClient(create_app(saidao.load_case(folder), lang="en"), base_url=HERE) as client:
        shown = client.get("/").text
    assert shown.count('data-why="track:') == MOST_TRACKS
    assert f"{TRACKS - MOST_TRACKS} more tracks" in shown


def test_pages_are_turned_and_the_address_keeps_them(page: Any) -> None:
    extent(page, "Rows 1 to 100 of 270")
    first = ids(page)
    page.get_by_role("button", name="Rows after").click()
    extent(page, "Rows 101 to 200 of 270")
    assert not {*first} & {*ids(page)}
    page.fill("#page", "3")
    page.keyboard.press("Enter")
    extent(page, "Rows 201 to 270 of 270")
    assert page.get_by_role("button", name="Rows after").is_disabled()
    page.reload()
    extent(page, "Rows 201 to 270 of 270")
    page.click(".language button")
    page.wait_for_selector("html[lang^=zh]")
    extent(page, "第 201 至 270 行，共 270 行")


def test_what_is_searched_for_is_edited_and_stays(page: Any) -> None:
    page.fill("#search", "measure 8")
    extent(page, "Rows 1 to 30 of 30 found among 270")
    cell = page.locator(".cells tbody tr:nth-child(30) input").first
    of = str(cell.get_attribute("data-of"))
    cell.fill("0.123")
    cell.press("Enter")
    settled(page)
    extent(page, "Rows 1 to 30 of 30 found among 270")
    assert page.locator(f"[data-of='{of}']").first.input_value() == "0.123"
    assert page.input_value("#search") == "measure 8"
    page.click("#undo")
    settled(page)
    extent(page, "Rows 1 to 30 of 30 found among 270")
    assert page.locator(f"[data-of='{of}']").first.input_value() != "0.123"


def test_a_row_that_no_longer_holds_what_is_searched_for_stays_while_it_is_edited(page: Any, address: str) -> None:
    page.goto(f"{address}data/tracks?search=track+30")
    extent(page, "Rows 1 to 1 of 1 found among 75")
    page.fill(".cells tbody input.words", "Another name")
    page.keyboard.press("Enter")
    settled(page)
    assert ids(page) == ["tracks:t30"]
    page.click("#undo")
    settled(page)


def test_arrows_walk_from_page_to_page(page: Any) -> None:
    page.locator(f".cells tbody tr:nth-child({ROWS}) input").first.focus()
    page.keyboard.press("ArrowDown")
    extent(page, "Rows 101 to 200 of 270")
    row = "document.activeElement.closest('tr').rowIndex"
    assert page.evaluate(row) == 1
    page.keyboard.press("ArrowUp")
    extent(page, "Rows 1 to 100 of 270")
    assert page.evaluate(row) == ROWS


def test_a_block_that_goes_beyond_the_page_changes_the_rows_there(page: Any) -> None:
    page.locator(f".cells tbody tr:nth-child({ROWS}) input").first.focus()
    page.evaluate("""() => {
        const data = new DataTransfer();
        data.setData("text/plain", "0.11\\n0.12\\n0.13\\n");
        document.activeElement.dispatchEvent(
            new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
    }""")
    page.wait_for_selector(".cells [data-edited]")
    settled(page)
    extent(page, "Rows 1 to 100 of 270")
    assert page.locator(f".cells tbody tr:nth-child({ROWS}) input").first.input_value() == "0.11"
    page.get_by_role("button", name="Rows after").click()
    extent(page, "Rows 101 to 200 of 270")
    assert [page.locator(f".cells tbody tr:nth-child({n}) input").first.input_value() for n in (1, 2)] == [
        "0.12",
        "0.13",
    ]
    page.click("#undo")
    settled(page)


def test_a_row_that_is_added_is_shown(page: Any) -> None:
    page.select_option("[data-new=measure]", "m0")
    page.select_option("[data-new=track]", "*")
    page.select_option("[data-new=factor]", "f0")
    page.fill("[data-new=effect]", "0.05")
    page.keyboard.press("Enter")
    extent(page, "Rows 201 to 271 of 271")
    assert ids(page)[-1] == "effects:m0/*/f0/"
    page.click("#undo")
    settled(page)
