"""Workbooks both ways: a case survives, what planners send is read right or named by its cell, results open."""

from __future__ import annotations

import datetime
import io
import json
import re
import warnings
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pandas as pd
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

import saidao
from saidao.case import archives, read_case, read_upload
from saidao.case.case import Table
from saidao.case.cells import number, number_text
from saidao.case.grids import quoted, unquoted
from saidao.case.tables import TABLES, Effect, Factor, Indicator, Link, Measure, Named, Resource, Track
from saidao.case.write import files, zipped
from saidao.cli.commands import app
from saidao.mcda import methods
from saidao.render.sheets import sheets
from saidao.reporting.answer import page
from saidao.texts.say import LANGUAGES, say
from saidao.workbook import case_sheets
from saidao.workbook.case_sheets import case_workbook as workbook
from saidao.workbook.plan_sheets import plan_workbook
from tests.conftest import SMALL, Run, write_case
from tests.oracle.random_cases import write_random_case

Edit = Callable[[Any], None]


def state(case: saidao.Case) -> dict[str, Any]:
    """All that a case holds, to the last bit."""
    return {
        "settings": case.settings.model_dump(exclude_unset=True),
        "tables": {
            name: (table.present, table.header, [row.model_dump(exclude_unset=True) for row in table.rows])
            for name, table in case.tables.items()
        },
        "judgements": {name: (j.labels, j.matrix.tobytes()) for name, j in case.judgements.items()},
    }


def answers(case: saidao.Case) -> dict[str, Any]:
    document = saidao.plan(case).to_dict()
    document.pop("case")
    document.pop("warnings")  # a number that is held as a text is told, and read alike
    return document


def round_trip(case: saidao.Case, folder: Path) -> list[saidao.Case]:
    """Folder, workbook, folder, workbook, zipped folder: what is read back from each."""
    read = []
    for target in ("1.xlsx", "2", "3.xlsx", "4.zip"):
        saidao.save_case(case, folder / target)
        case = saidao.load_case(folder / target)
        read.append(case)
    return read


# --- both ways --------------------------------------------------------------------------------------------------------


def test_shanghai_survives_the_round_trip(tmp_path: Path) -> None:
    case = saidao.load_case("shanghai")
    for read in round_trip(case, tmp_path):
        assert state(read) == state(case)
    assert answers(read) == answers(case)


@pytest.mark.slow
@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    seed=st.integers(0, 10**6),
    segments=st.booleans(),
    periods=st.sampled_from([0, 3]),
    kinds=st.booleans(),
    relations=st.booleans(),
)
def test_random_cases_survive_the_round_trip(
    tmp_path_factory: pytest.TempPathFactory, seed: int, segments: bool, periods: int, kinds: bool, relations: bool
) -> None:
    folder = tmp_path_factory.mktemp("case")
    write_random_case(
        folder / "0", seed, segments=segments, periods=periods, kinds=kinds, relations=relations, measures=4
    )
    case = saidao.load_case(folder / "0")
    reads = round_trip(case, folder)
    for read in reads:
        assert state(read) == state(case)
    assert answers(reads[-1]) == answers(case)


TEXTS = st.text(
    # signs that nobody sees are read as what they stand for, see `saidao.texts.visible`
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cf", "Cs", "Cn", "Co", "Zl", "Zp"]),
    min_size=1,
    max_size=12,
).filter(lambda text: text.strip() == text)
TRICKS = st.sampled_from(
    [
        "=1+1",
        "+5",
        "-3",
        "@SUM(A1)",
        "'=x",
        "''+",
        "007",
        "1.0",
        "1e5",
        "12%",
        "１２",
        "#REF!",
        "TRUE",
        "{=A1}",
        "a\nb",
        "http://a.b",
        "1/3",
        "2026-01-01",
        'say "x", y',
        "0x1",
        "1,5",
        "_x000D_",
        "3",
        "0.1",
    ]
)


@settings(max_examples=12, deadline=None)
@given(texts=st.lists(TEXTS | TRICKS, min_size=3, max_size=3), number_=st.floats(0.001, 1e12))
@example(texts=["0", "0", "*"], number_=1.0)
def test_texts_and_numbers_survive_to_the_last_bit(texts: list[str], number_: float) -> None:
    """Also in a user's own columns, whatever a spreadsheet would make of them."""
    case = _small()
    tracks = case.tables["tracks"]
    own = tuple(
        Track.model_validate({**row.model_dump(exclude_unset=True), "name_en": text, "my own": text})
        for row, text in zip(tracks.rows, texts, strict=True)
    )
    measures = tuple(
        Measure.model_validate({**row.model_dump(exclude_unset=True), "max_level": number_})
        for row in case.rows(Measure)
    )
    tables = {
        **case.tables,
        "tracks": _with(tracks, own, "my own"),
        "measures": _with(case.tables["measures"], measures),
    }
    case = saidao.Case(case.name, case.settings, tables, case.judgements)
    for data, name in ((workbook(case), "a.xlsx"), (zipped(case), "a.zip")):
        read, problems = read_upload(data, name)
        assert read is not None, [p.text() for p in problems]
        assert state(read) == state(case)


def _with(table: Table, rows: tuple[Any, ...], *more: str) -> Table:
    return replace(table, rows=rows, header=(*table.header, *more))


def _small() -> saidao.Case:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for path, text in SMALL.items():
            archive.writestr(path, text)
    case, problems = read_upload(packed.getvalue(), "small.zip")
    assert case is not None, problems
    return case


def test_settings_of_every_kind_survive(small: Path, tmp_path: Path) -> None:
    given_ = (
        'name_en = "=A1"',
        'periods = ["a;b", "2026"]',
        'mine = [1, 2.5, {k = "v"}]',
        'text = "1"',
        "flag = true",
        "discount = 0.1",
    )
    write_case(small, case="\n".join(given_))
    case = saidao.load_case(small)
    for read in round_trip(case, tmp_path):
        assert read.settings.model_dump() == case.settings.model_dump()


def test_judgements_with_names_that_no_sheet_can_have_survive(small: Path, tmp_path: Path) -> None:
    names = ("a very long name of a judge indeed", "市发改委", "x[1]", "A", "a")
    for name in names:
        write_case(small, **{f"judgements__{name}": SMALL["judgements/factors.csv"]})
    case = saidao.load_case(small)
    assert set(names) < set(case.judgements)
    saidao.save_case(case, tmp_path / "c.xlsx")
    read = saidao.load_case(tmp_path / "c.xlsx")
    assert state(read)["judgements"] == state(case)["judgements"]


def test_a_judgement_is_written_as_people_write_it(tmp_path: Path) -> None:
    saidao.save_case(saidao.load_case("shanghai"), tmp_path / "f")
    assert "1/3" in (tmp_path / "f" / "judgements" / "factors.csv").read_text("utf-8-sig")
    sheet = _open(workbook(saidao.load_case("shanghai")))["judgements.factors"]
    assert sheet["B7"].number_format == "# ??/??"  # typed into it, 1/3 stays a fraction and becomes no date


def test_what_stands_there_is_not_replaced_unasked(small: Path, tmp_path: Path) -> None:
    case = saidao.load_case(small)
    for name in ("c.xlsx", "folder"):
        saidao.save_case(case, tmp_path / name)
        with pytest.raises(saidao.CaseError, match="--force"):
            saidao.save_case(case, tmp_path / name)
    (tmp_path / "folder" / "budgets.csv").write_text("resource,period,amount\nfunds,1,3\n")
    (tmp_path / "folder" / "notes.txt").write_text("kept")
    saidao.save_case(case, tmp_path / "folder", overwrite=True)
    assert state(saidao.load_case(tmp_path / "folder")) == state(case)
    assert (tmp_path / "folder" / "notes.txt").read_text() == "kept"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["c.xlsx", "folder", "small"]


# --- read by others, written by others --------------------------------------------------------------------------------


def _open(data: bytes) -> Any:
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", module="openpyxl")
        return openpyxl.load_workbook(io.BytesIO(data))


def test_another_reader_finds_the_tables_as_they_are() -> None:
    case = saidao.load_case("shanghai")
    book = _open(workbook(case))
    for model in TABLES:
        table = case.tables[model.table]
        if not table.present:
            assert model.table not in book.sheetnames
            continue
        _, names, *rows = book[model.table].iter_rows(values_only=True)
        assert names[: len(table.header)] == table.header
        assert len(rows) == len(table.rows)
        for row, cells in zip(table.rows, rows, strict=True):
            for name, cell in zip(table.header, cells, strict=False):
                given_ = row.model_dump(by_alias=True, exclude_unset=True).get(name)
                assert str(cell) == str(given_) or cell == given_ or float(cell) == float(str(given_)), (name, cell)
    effects = pd.read_excel(io.BytesIO(workbook(case)), sheet_name="effects", header=1, engine="openpyxl")
    assert effects["effect"].tolist() == [row.effect for row in case.rows(Effect)]


def test_no_text_is_a_formula_or_a_link(small: Path) -> None:
    write_case(small, tracks='track,name_en,type\na,=1+1,x\nb,"=HYPERLINK(""http://x"")",x\nc,http://c.d,y\n')
    case = saidao.load_case(small)
    book = _open(workbook(case))
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f" or str(cell.value).startswith("=IFERROR(INDEX("), (sheet.title, cell)
                assert cell.hyperlink is None or cell.hyperlink.location, cell
    assert book["tracks"]["B3"].value == "=1+1"
    assert files(case)["tracks.csv"].decode("utf-8-sig").splitlines()[1].startswith("a,'=1+1")


def test_names_beside_very_many_rows_are_as_written(monkeypatch: pytest.MonkeyPatch) -> None:
    """A formula a row would be looked up whenever a cell is typed in; the names stand there all the same."""
    case = saidao.load_case("shanghai")

    def beside() -> tuple[list[str], list[str]]:
        sheet = openpyxl.load_workbook(io.BytesIO(workbook(case)))["costs"]
        head = {str(cell.value).split("\n")[-1]: cell.column for cell in sheet[1] if cell.value}
        column = next(at for name, at in head.items() if name.startswith("Name in measures"))
        return [name for name in head if name.startswith("Name in")], [
            str(c.value) for c in next(sheet.iter_cols(column, column))
        ]

    heads, live = beside()
    monkeypatch.setattr(case_sheets, "MOST_FORMULAS", 10)
    written_heads, written = beside()
    assert all("(shown only)" in head for head in heads)
    assert all("(as written)" in head for head in written_heads)
    assert any(text.startswith("=IFERROR") for text in live)
    assert not any(text.startswith("=") for text in written)
    assert any("Open-call and horse-race project funding" in text for text in written)
    assert read_upload(workbook(case), "case.xlsx")[0] == case


def test_names_are_left_out_where_a_workbook_could_not_be_read_with_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """Beside the longest tables first; what is left is read, within the limit, as the same case."""
    case = saidao.load_case("shanghai")
    held = {name: table for name, table in case.tables.items() if table.present}
    cells = sum((case_sheets.FIRST + len(table.rows)) * len(table.header) for table in held.values())
    longest = max(held, key=lambda name: len(held[name].rows))

    def helped() -> set[str]:
        book = openpyxl.load_workbook(io.BytesIO(workbook(case)), read_only=True)
        return {
            sheet.title
            for sheet in book
            if any("Name in" in str(cell.value) for cell in next(sheet.iter_rows(max_row=1), ()))
        }

    assert longest in helped()
    monkeypatch.setattr(case_sheets, "MOST_CELLS", cells + 3 * len(held[longest].rows))
    left = helped()
    assert longest not in left
    assert "costs" in left
    monkeypatch.setattr(case_sheets, "MOST_CELLS", cells)
    assert not helped()
    assert read_upload(workbook(case), "case.xlsx")[0] == case


@pytest.mark.parametrize("lang", LANGUAGES)
def test_more_rows_than_a_sheet_has_are_counted(lang: str, monkeypatch: pytest.MonkeyPatch) -> None:
    found = saidao.rank("shanghai")
    monkeypatch.setattr("saidao.render.sheets.SHEET_ROWS", 8)
    told = [
        [cell.value for cell in row] for row in openpyxl.load_workbook(io.BytesIO(sheets(found, lang))).worksheets[1]
    ]
    assert len(told) == 8
    assert told[-1][0] == say("sheet.left_out", lang, number=6)


def test_drop_downs_offer_the_ids_of_other_sheets_and_the_words_of_a_column() -> None:
    book = _open(workbook(saidao.load_case("shanghai")))
    for sheet, column, formula in (
        ("costs", "measure", "measures!$A$3"),
        ("costs", "resource", "resources!$A$3"),
        ("effects", "factor", "factors!$A$3"),
        ("measures", "scope", '"track,type,city"'),
        ("factors", "direction", '"max,min,range"'),
    ):
        cell = next(c for c in book[sheet][2] if c.value == column)
        rules = [r for r in book[sheet].data_validations.dataValidation if f"{cell.column_letter}3" in r.sqref]
        assert [formula in rule.formula1 for rule in rules] == [True], (sheet, column)


def test_colours_and_notes_tell_where_numbers_come_from() -> None:
    book = _open(workbook(saidao.load_case("shanghai")))
    assert book["costs"]["C3"].fill.fgColor.rgb == "FFFFF2CC"
    assert book["factors"]["E3"].fill.fgColor.rgb == "FFDDEBF7"
    note = book["costs"]["C1"].comment.text
    assert "假设" in note
    assert "rule 3" in note


def as_others_write(small: Path) -> Any:
    """Write the small case as pandas and openpyxl write: headings in the first row, numbers as numbers."""
    data = io.BytesIO()
    with pd.ExcelWriter(data, engine="openpyxl") as writer:
        for path in SMALL:
            if path.endswith(".csv"):
                name = path[:-4].replace("/", ".")
                pd.read_csv(small / path).to_excel(writer, sheet_name=name, index=False)
    book = _open(data.getvalue())
    sheet = book.create_sheet("case")
    for line in SMALL["case.toml"].splitlines():
        key, _, value = line.partition(" = ")
        sheet.append([key, value.strip('"')])
    return book


def read_book(book: Any) -> tuple[saidao.Case | None, list[Any]]:
    data = io.BytesIO()
    book.save(data)
    return read_upload(data.getvalue(), "sent.xlsx")


def test_workbooks_of_other_tools_are_read(small: Path) -> None:
    read, problems = read_book(as_others_write(small))
    assert read is not None, [p.text() for p in problems]
    assert answers(read) == answers(saidao.load_case(small))


def test_ids_that_a_spreadsheet_holds_as_numbers_are_the_ids_that_were_typed(small: Path) -> None:
    book = as_others_write(small)
    for sheet in (book["tracks"], book["scores"]):
        for row in (2, 3, 4):
            sheet.cell(row, 1).value = row - 1
    book["effects"]["B4"] = 1
    book["rules"]["D3"] = 1
    read, problems = read_book(book)
    assert read is not None, [p.text() for p in problems]
    assert read.track_ids == ("1", "2", "3")


def test_a_sheet_called_almost_as_a_table_is_told_and_left_out(small: Path) -> None:
    book = as_others_write(small)
    book.create_sheet("budget")["A1"] = "notes"
    read, problems = read_book(book)
    assert read is not None
    assert ("misspelt", "budget", "warning") in [(p.code, p.file, p.level) for p in problems]


def test_scores_that_are_filled_in_are_shown_as_assumed(small: Path) -> None:
    write_case(small, scores="track,f,g\na,,8\nb,5,1\nc,9,3\n", case='impute = "median"\n')
    sheet = _open(plan_workbook(saidao.plan(small), "en"))["Assumptions"]
    cells = [row for row in sheet.iter_rows(values_only=True) if (row[0], row[2]) == ("a", "f")]
    assert [row[4] for row in cells] == [7.0]


# --- what planners send -----------------------------------------------------------------------------------------------


def _put(place: str, value: Any, number_format: str | None = None) -> Edit:
    sheet, cell = place.split("!")

    def edit(book: Any) -> None:
        book[sheet][cell] = value
        if number_format:
            book[sheet][cell].number_format = number_format

    return edit


def _rename(old: str, new: str) -> Edit:
    return lambda book: setattr(book[old], "title", new)


def _titled(book: Any) -> None:
    for sheet in book:
        if sheet.title != "case":
            sheet.insert_rows(1, 2)
            sheet["A1"] = f"附表：{sheet.title}"
            sheet.merge_cells("A1:C1")


def _shifted(book: Any) -> None:
    for sheet in book:
        sheet.insert_cols(1, 2)
        sheet.insert_rows(1, 3)


def _hidden(book: Any) -> None:
    book["costs"].sheet_state = "hidden"


def _more_sheets(book: Any) -> None:
    book.create_sheet("说明")["A1"] = "=1/0"
    book.create_sheet("Sheet1")
    book.create_chartsheet("chart")


def _merged_keys(book: Any) -> None:
    sheet = book["costs"]
    sheet["A3"] = None
    sheet.merge_cells("A2:A3")


def _lower_formulas(book: Any) -> None:
    book["judgements.factors"]["B3"] = "=1/C2"


SAME: dict[str, Edit] = {
    "full-width digits": _put("costs!C2", "４．０"),
    "full-width sign and blanks": _put("scores!B2", "\u3000＋２\u00a0"),
    "a number as text": _put("measures!H2", "2"),
    "a percent cell": _put("rules!G3", 0.5, "0%"),
    "a percent text": _put("rules!G3", "50%"),
    "a full-width percent text": _put("rules!G3", "５０％"),
    "blanks around an id": _put("tracks!A2", "\u00a0a\u3000"),
    "a zero-width blank": _put("costs!B2", "funds\u200b"),
    "titles above the headings": _titled,
    "blank rows and columns before": _shifted,
    "a hidden sheet": _hidden,
    "further sheets": _more_sheets,
    "a Chinese name of a sheet": _rename("costs", "成本"),
    "a Chinese name of a judgement": _rename("judgements.factors", "判断.factors"),
    "a name in capitals": _rename("tracks", " Tracks"),
    "a merged id over its rows": _merged_keys,
    "half a matrix of formulas without values": _lower_formulas,
    "a formula in a sheet of one's own": _more_sheets,
}


@pytest.mark.parametrize("name", sorted(SAME))
def test_what_means_the_same_is_read_the_same(name: str, small: Path) -> None:
    book = as_others_write(small)
    SAME[name](book)
    read, problems = read_book(book)
    assert read is not None, [p.text() for p in problems]
    expected = saidao.load_case(small)
    assert answers(read) == answers(expected)
    assert {p.code for p in problems} <= {"hidden_sheet", "judgement_unused", "text_numbers"}


def _merged_numbers(book: Any) -> None:
    book["costs"].merge_cells("C2:C3")


def _merged_heads(book: Any) -> None:
    book["costs"].merge_cells("B1:C1")


def _moved_and_ill(book: Any) -> None:
    _shifted(book)
    book["scores"]["D5"] = "#N/A"


def _twice(book: Any) -> None:
    book.create_sheet("资源")["A1"] = "resource"


def _change(book: Any) -> None:
    sheet = book.create_sheet("scenarios")
    sheet.append(["scenario", "table", "row", "column", "change"])
    sheet.append(["lean", "resources", "funds", "budget", -0.2])


def _lag(book: Any) -> None:
    book["measures"]["I1"], book["measures"]["I2"] = "lag", 0.5


# what is spoilt, and where it has to be told: (code, place, found)
ILL: dict[str, tuple[Edit, tuple[str, str, str]]] = {
    "a comma for a point": (_put("costs!C2", "1,5"), ("cell_comma", "costs!C2", "1,5")),
    "a date for a number": (
        _put("costs!C2", datetime.datetime(2026, 3, 1)),
        ("cell_date", "costs!C2", "2026-03-01"),
    ),
    "a date for a judgement": (
        _put("judgements.factors!C2", datetime.date(2026, 1, 3)),
        ("judgement_date", "judgements.factors!C2", "2026-01-03"),
    ),
    "a boolean": (_put("costs!C2", True), ("cell_boolean", "costs!C2", "TRUE")),
    "an error in a number": (_put("scores!B3", "#REF!"), ("cell_error", "scores!B3", "#REF!")),
    "an error in a text": (_put("tracks!B2", "#DIV/0!"), ("cell_error", "tracks!B2", "#DIV/0!")),
    "an error in a judgement": (_put("judgements.factors!C2", "#N/A"), ("cell_error", "judgements.factors!C2", "#N/A")),
    "an error in a moved table": (_moved_and_ill, ("cell_error", "scores!D5", "#N/A")),
    "a formula without its value": (_put("costs!C2", "=2+2"), ("cell_formula", "costs!C2", "=2+2")),
    "an id by a formula without its value": (_put("tracks!A2", '="a"'), ("cell_formula", "tracks!A2", '="a"')),
    "a setting by a formula": (_put("case!B1", "=A1"), ("cell_formula", "case!B1", "=A1")),
    "a setting misspelt": (_put("case!B3", "direkt"), ("unknown_id", "case!B3", "direkt")),
    "merged numbers": (_merged_numbers, ("cell_merged", "costs!C2", "4")),
    "merged headings": (_merged_heads, ("cell_merged", "costs!B1", "resource")),
    "numbers in words": (_put("scores!C4", "三"), ("number", "scores!C4", "三")),
    "a unit beside a number": (_put("costs!C2", "4 万元"), ("cell_unit", "costs!C2", "4 万元")),
    "a blank inside a number": (_put("costs!C2", "1 000"), ("number", "costs!C2", "1 000")),
    "an underscore inside a number": (_put("costs!C2", "1_000"), ("number", "costs!C2", "1_000")),
    "an unknown id": (_put("costs!B2", "found"), ("unknown_id", "costs!B2", "found")),
    "a blank where a number belongs": (_put("scores!B2", None), ("missing_score", "scores!B2", "")),
    "two sheets of one table": (_twice, ("sheet_twice", "资源", "资源")),
    "a sheet misspelt": (_rename("resources", "resorces"), ("misspelt", "resorces", "resorces")),
    "a required sheet missing": (_rename("tracks", "x"), ("missing_table", "tracks", "")),
    "a change that became a number": (_change, ("cell_change", "scenarios!E2", "-0.2")),
    "half a unit of delay": (_lag, ("integer", "measures!I2", "0.5")),
}


@pytest.mark.parametrize("name", sorted(ILL))
def test_what_cannot_be_read_is_named_by_its_cell(name: str, small: Path) -> None:
    edit, (code, place, found) = ILL[name]
    book = as_others_write(small)
    edit(book)
    case, problems = read_book(book)
    assert case is None
    hit = [p for p in problems if p.code == code and (f"{p.file}!{p.cell}" if p.cell else p.file) == place]
    assert hit, [p.text() for p in problems]
    assert found in hit[0].found
    for lang in ("en", "zh"):
        assert place in hit[0].text(lang)
        assert hit[0].remedy(lang) or code in ("unknown_id", "integer")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1,5", "cell_comma"),
        ("2026/3/1", "cell_date"),
        ("#REF!", "cell_error"),
        ("TRUE", "cell_boolean"),
        ("1 000", "number"),
    ],
)
def test_a_folder_has_the_same_rules(small: Path, text: str, code: str) -> None:
    write_case(small, costs=SMALL["costs.csv"].replace("funds,4", f'funds,"{text}"'))
    found = [(p.code, p.row, p.found) for p in read_case(small)[1] if p.level == "error"]
    assert found == [(code, 2, text)]
    write_case(small, costs=SMALL["costs.csv"].replace("funds,4", 'funds,"４，０００．５"'))
    assert saidao.load_case(small).costs["cost"][0] == 4000.5


@given(st.floats(-1e50, 1e50).filter(lambda value: value == 0 or abs(value) >= 1e-50))
def test_a_number_reads_back_as_itself(value: float) -> None:
    assert number(number_text(value)) == value
    assert number(repr(value)) == value
    if abs(value) < 1e300:
        assert number(f"{value:.6%}") == pytest.approx(value, abs=1e-6 + 1e-12 * abs(value))


@given(st.text("'=+-@a\t1", max_size=5))
def test_the_apostrophe_of_a_text_is_taken_off_again(text: str) -> None:
    assert unquoted(quoted(text)) == text
    assert quoted(text)[:1] not in ("=", "+", "-", "@", "\t")


# --- files that are none, or too much ---------------------------------------------------------------------------------


def _zip(members: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, data in members.items():
            archive.writestr(path, data)
    return packed.getvalue()


def _far_cell() -> bytes:
    book = openpyxl.Workbook()
    book.active.title = "tracks"
    book.active["A1"] = "track"
    book.active["XFD1048576"] = 1
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
ENTITIES = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><worksheet>&a;</worksheet>'
BAD_FILES: dict[str, tuple[bytes, str, str]] = {
    "an old workbook": (OLE, "a.xls", "old_workbook"),
    "an old workbook called new": (OLE, "a.xlsx", "old_workbook"),
    "an encrypted workbook": (OLE + "EncryptedPackage".encode("utf-16-le"), "a.xlsx", "encrypted"),
    "a text called a workbook": (b"track,name\n", "a.xlsx", "no_workbook"),
    "nothing": (b"", "a.xlsx", "no_workbook"),
    "half a file": (_zip({"xl/workbook.xml": b"x" * 999})[:60], "a.xlsx", "broken"),
    "a bomb": (_zip({"xl/worksheets/sheet1.xml": bytes(9_999_999)}), "a.xlsx", "too_large"),
    "a path outside": (_zip({"tracks.csv": b"track\n", "../x.csv": b""}), "a.zip", "zip_path"),
    "an absolute path": (_zip({"tracks.csv": b"track\n", "/etc/x.csv": b""}), "a.zip", "zip_path"),
    "too many files": (_zip({f"{n}.csv": b"" for n in range(2_500)}), "a.zip", "too_large"),
    "another zip": (_zip({"word/document.xml": b"<x/>"}), "a.zip", "missing_table"),
    "no parts": (_zip({"[Content_Types].xml": b"<x/>"}), "a.xlsx", "broken"),
    "a cell at the end of the sheet": (_far_cell(), "a.xlsx", "large_sheet"),
}


@pytest.mark.parametrize("name", sorted(BAD_FILES))
def test_files_that_cannot_be_a_case_are_refused(name: str, tmp_path: Path) -> None:
    data, file, code = BAD_FILES[name]
    case, problems = read_upload(data, file)
    assert case is None
    assert code in {p.code for p in problems}, [p.text() for p in problems]
    assert all(p.text("en") and p.text("zh") for p in problems)


def test_entities_are_refused(small: Path) -> None:
    data = io.BytesIO()
    as_others_write(small).save(data)
    with zipfile.ZipFile(data) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members["xl/worksheets/sheet1.xml"] = ENTITIES
    assert "broken" in {p.code for p in read_upload(_zip(members), "a.xlsx")[1]}


def test_large_files_are_refused_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "LARGEST", 10)
    assert [p.code for p in read_upload(b"PK" + bytes(20), "a.zip")[1]] == ["too_large"]


def test_a_zipped_folder_is_read_from_where_its_tables_are(small: Path) -> None:
    inside = {
        f"资料/small/{path}": text.encode("gb18030" if path.endswith("csv") else "utf-8")
        for path, text in SMALL.items()
    }
    read, problems = read_upload(_zip({**inside, "__MACOSX/small/tracks.csv": b"\0\1"}), "small.zip")
    assert read is not None, [p.text() for p in problems]
    assert answers(read) == answers(saidao.load_case(small))


# --- results ----------------------------------------------------------------------------------------------------------


def _values(sheet: Any, key: str) -> list[Any]:
    """Cells of a column of a plan's table, its headings in the third row, by the key in them."""
    keys = [str(cell.value).split("\n")[-1] for cell in sheet[3]]
    return [row[keys.index(key)] for row in sheet.iter_rows(4, values_only=True)]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_plan_as_a_workbook(lang: str, tmp_path: Path, run: Run) -> None:
    done = run("plan", "-o", tmp_path / "plan.xlsx", "--lang", lang, "--json")
    assert done.status == 0
    document = json.loads(done.out)
    case = saidao.load_case("shanghai")
    book = _open((tmp_path / "plan.xlsx").read_bytes())
    summary, plan, ranking, gaps, resources, *_ = book.worksheets
    assert summary["A5"].value == document["objective"]["closed_share"]
    assert len(summary._charts) == 2
    assert plan.max_row == 3 + len(document["allocation"]) + 1
    bought = sum(row["costs"].get("funds", 0.0) for row in document["allocation"])
    unit = case.unit("funds", lang)
    assert unit.name == {"en": "million CNY", "zh": "万元"}[lang]
    assert sum(value or 0.0 for value in _values(plan, "funds")[:-1]) == pytest.approx(bought * unit.factor)
    assert _values(ranking, "rank")[:12] == sorted(r["rank"] for r in document["ranking"])
    levels = {r["track"]: (r["level"], r["level_after"]) for r in document["ranking"]}
    shown = zip(*(_values(ranking, key)[:12] for key in ("track", "level", "level_after")), strict=True)
    assert {track: tuple(rest) for track, *rest in shown} == levels
    rests = [cell.value for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    for row in document["assumptions"]:
        assert row[f"assumed_{lang}"] in rests
        assert row["share"] in rests
    before = np.array([row[1:7] for row in gaps.iter_rows(5, 16, values_only=True)], dtype=float)
    assert before.ravel().tolist() == [row["gap"] for row in document["gaps"]]
    read = [case.unit(r["resource"], lang).read(r["budget"]) for r in document["resources"]]
    assert _values(resources, "budget") == read
    assert ("量子信息技术" if lang == "zh" else "Quantum information technology") in {c.value for c in ranking["B"]}
    assert (summary.title, plan.title) == (("摘要", "方案") if lang == "zh" else ("Summary", "Plan"))
    assert all(
        cell.data_type != "f" or "SUBTOTAL" in cell.value for s in book.worksheets for r in s.iter_rows() for cell in r
    )


@pytest.mark.parametrize(
    "arguments",
    [
        ["rank"],
        ["weights"],
        ["explain", "shanghai", "--measure", "I01"],
        ["compare", "--weights", "ahp"],
        ["robust", "--samples", "50"],
        ["sensitivity"],
        ["frontier", "--resource", "land"],
    ],
)
def test_every_result_can_be_a_workbook(arguments: list[str], tmp_path: Path) -> None:
    for suffix in ("xlsx", "csv"):
        done = CliRunner().invoke(app, [*arguments, "-o", str(tmp_path / f"r.{suffix}"), "--lang", "zh"])
        assert done.exit_code == 0, done.output
    book = _open((tmp_path / "r.xlsx").read_bytes())
    assert book.sheetnames[0] == "摘要"
    main = book.worksheets[1]
    rows = pd.read_csv(tmp_path / "r.csv")
    heads = [str(cell.value).split("\n")[-1] for cell in main[1]]
    assert set(rows.columns) <= set(heads)
    assert main.max_row == len(rows) + 1


FRAMEWORK: dict[str, Callable[[], Any]] = {
    "candidates": lambda: saidao.candidates("shanghai", also=["service_robots"]),
    "stages": lambda: saidao.stages("shanghai"),
    "chains": lambda: saidao.chains("shanghai"),
    "balance": lambda: saidao.balance("shanghai", least_share=0.1),
    "readings": lambda: saidao.readings("shanghai"),
    "productivity": lambda: saidao.productivity("shanghai"),
}


@pytest.fixture(scope="module", params=sorted(FRAMEWORK))
def framework(request: pytest.FixtureRequest) -> Any:
    return FRAMEWORK[request.param]()


def _result_book(result: Any, lang: str) -> Any:
    return _open(sheets(result, lang))


def _heads(book: Any, lang: str) -> list[str]:
    """Headings of all sheets of a result, as people read them, and those of its summary."""
    summary, *tables = book.worksheets
    told = [row[0] for row in summary.iter_rows(3, values_only=True) if row[0]]
    assert summary.title == say("sheet.summary", lang)
    return told + [str(cell.value).split("\n")[0] for sheet in tables for cell in sheet[1]]


def test_results_of_the_framework_have_chinese_titles_and_headings(framework: Any) -> None:
    book = _result_book(framework, "zh")
    assert [title for title in book.sheetnames if title.isascii()] == []
    assert [head for head in _heads(book, "zh") if head.isascii() and not head.isdigit()] == []
    html = page(framework, "zh")
    shown = re.findall(r'<th scope="col"[^>]*>(.*?)</th>', html)
    assert shown
    assert [head for head in shown if head.isascii() and not head.isdigit()] == []


def test_results_of_the_framework_have_english_titles_and_headings(framework: Any) -> None:
    book = _result_book(framework, "en")
    assert all(title.isascii() and title[0].isupper() and "_" not in title for title in book.sheetnames)
    heads = _heads(book, "en")
    assert [head for head in heads if "_" in head] == []
    assert {*heads} & {row.resource for row in framework.case.rows(Resource)} == set()


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_results_of_the_framework_show_names_and_no_table_twice(framework: Any, lang: str) -> None:
    """An id stands only in a column of ids, where the name is beside it."""
    case = framework.case
    named = (model for model in TABLES if issubclass(model, Named) and model.table != "scenarios")
    ids = {row.key_parts()[0] for model in named for row in case.rows(model)}
    ids |= {row.chain for row in case.rows(Link)} | {"hole", "unfunded"}
    _, *sheets = _result_book(framework, lang).worksheets
    seen = []
    for sheet in sheets:
        heads, *rows = sheet.iter_rows(values_only=True)
        for column, head in enumerate(heads):
            key = str(head).partition("\n")[2]
            cells = [row[column] for row in rows]
            if column + 1 < len(heads) and str(heads[column + 1]) == say("head.name", lang):
                names = [row[column + 1] for row in rows]
                assert all(names), (sheet.title, key)
                assert not {*names} & ids, (sheet.title, key)
            else:
                parts = {p for c in cells if isinstance(c, str) for p in re.split(", |、|; ?", c)}
                assert not parts & ids - {*methods()}, (sheet.title, key)
        seen.append(rows)
    assert all(one != other for i, one in enumerate(seen) for other in seen[:i])


def _column(book: Any, title: str, key: str) -> tuple[str, list[Any]]:
    """Heading and cells of a column."""
    heads, *rows = book[title].iter_rows(values_only=True)
    at = [str(head).split("\n")[-1] for head in heads].index(key)
    return str(heads[at]).split("\n")[0], [row[at] for row in rows]


def test_headings_say_what_stands_below_in_this_table() -> None:
    book = _result_book(FRAMEWORK["candidates"](), "zh")
    assert _column(book, "排名逆序", "rank_service_robots")[0] == "智能服务机器人"
    assert _column(book, "资源改投", "moved")[0] == "改投数额"
    assert _column(book, "候选赛道", "category")[1] == ["关注"]
    assert _column(book, "候选赛道", "short_of_admit")[1] == ["全要素生产率(相对全市)、十年市场空间"]
    assert _column(book, "候选赛道", "market")[0] == "十年市场空间"
    book = _result_book(FRAMEWORK["balance"](), "zh")
    assert _column(book, "曲线各点", "price")[0] == "再增一个百分点的代价（差距的百分点）"
    assert _column(book, "维度", "funds")[0] == "资金占比"
    dimensions = [row[1] for row in book["维度"].iter_rows(2, values_only=True)]
    assert dimensions == ["产业创新", "市场主体", "产业生态", "空间布局"]
    book = _result_book(FRAMEWORK["stages"](), "zh")
    assert _column(book, "分期安排", "funds")[0] == "资金（万元）"
    assert {"海选", "初赛", "决赛"} <= {cell for row in book["分期安排"].iter_rows(values_only=True) for cell in row}
    needs = _column(book, "赛段需求", "need")[1]
    assert None not in needs
    assert "其他措施" in needs


def test_a_case_names_its_candidates_columns() -> None:
    case = saidao.load_case("shanghai")
    names, keys = (row for row in _open(workbook(case))["candidates"].iter_rows(1, 2, values_only=True))
    shown = dict(zip(keys, names, strict=True))
    for row in (*case.rows(Indicator), *case.rows(Factor)):
        assert shown[row.key_parts()[0]].startswith(f"{row.name('zh')}\n{row.name('en')}")
    assert shown["industry_chain"] == "产业链\nIndustry chain"
