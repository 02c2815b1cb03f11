"""What is read a column, a text or a sheet at once is what reading cell by cell gives."""

from __future__ import annotations

import csv
import io
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saidao.case import Case, read_case
from saidao.case.cells import number, numbers, tidy
from saidao.case.grids import is_tidy, unquoted
from saidao.case.provenance import KINDS, Sources, count_by_source
from saidao.case.sheets import _plain_row, _scan, _scan_all
from saidao.case.tables import TABLES, Kind, Score, Source, numeric
from tests.conftest import write_case

TYPED = (
    "0.5",
    "12",
    "1e3",
    "-.5",
    "5.",
    "+1",
    "0",
    "-0",
    "1e-60",
    "1e400",
    "12%",
    "１２",
    "1,234",
    "1,5",
    "",
    ".",
    "e5",
    "x",
)


@given(st.lists(st.sampled_from(TYPED), max_size=6), st.booleans())
def test_a_column_of_numbers_is_read_as_its_cells_are(texts: list[str], any_size: bool) -> None:
    assert list(map(repr, numbers(texts, any_size))) == [repr(number(text, any_size)) for text in texts]


@given(st.text(st.sampled_from("ab ,\n\r\t\"'=\u3000\u200b\ufeff甲\x1c"), max_size=12))
def test_a_text_that_is_tidy_needs_no_trimming(text: str) -> None:
    if is_tidy(text):
        cells = [cell for line in csv.reader(io.StringIO(text, newline=""), strict=True) for cell in line]
        assert cells == [unquoted(tidy(cell)) for cell in cells]
        assert all(map(str.isprintable, cells))


def drawn_sheet(rng: random.Random) -> bytes:
    """Return a sheet of rows as programs write them, some of them odd."""
    values = (
        *['s="1"><v>1.5</v></c>', 't="n"><v>-2E-5</v></c>', 't="s"><v>1</v></c>', 't="b"><v>1</v></c>', 's="4"/>'] * 4,
        *('s="9"><v>0.5</v></c>', 't="e"><v>#REF!</v></c>', "><f>A1+1</f></c>", "><f>A1</f><v>2</v></c>"),
        *('t="str"><f>A1</f><v>a</v></c>', 's="9" t="s"><v>0</v></c>', "></c>", "><v></v></c>", 't="s"><v>99</v></c>'),
        't="inlineStr"><is><t>text</t></is></c>',
        't="inlineStr"><is><t xml:space="preserve">甲，b </t></is></c>',
    )
    looks = *[""] * 6, ' spans="1:3"', ' ht="18" customHeight="1"', ' ht="0"', ' hidden="1"', ' s="2" customFormat="1"'
    rows = []
    for row in sorted(rng.sample(range(1, 40), rng.randrange(8))):
        letters = rng.sample(("A", "B", "D", "Z", "AB"), rng.randrange(5))
        named = [f'<c r="{letter}{row}" {rng.choice(values)}'.replace('" >', '">') for letter in letters]
        rows.append(f'<row r="{row}"{rng.choice(looks)}>{"".join(named)}</row>' if rng.random() < 0.97 else "<row/>")
    ends = rng.choice(("", '<mergeCells><mergeCell ref="A1:A3"/></mergeCells>'))
    begun = rng.choice(("", '<cols><col min="2" max="9" hidden="1"/></cols>'))
    return f"<worksheet>{begun}<sheetData>{''.join(rows)}</sheetData>{ends}</worksheet>".encode()


def test_rows_of_a_sheet_that_are_counted_are_told_as_if_read() -> None:
    rng, odd, left_out = random.Random(21), 0, 0
    for _ in range(400):
        sheet = drawn_sheet(rng)
        for percents in (frozenset({9}), frozenset()):
            whole = _scan_all(sheet, percents, (3, 4))
            assert _scan(sheet, percents, (3, 4)) == whole, sheet
            odd += bool(whole.values or whole.hidden_rows)
            left_out += _plain_row(percents).search(sheet) is not None
    assert 100 < odd < 700
    assert left_out > 300


def test_a_broken_sheet_is_told_with_its_place() -> None:
    sheet = b'<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c></row></sheetData></worksheet>'
    told = []
    for scan in (_scan, _scan_all):
        with pytest.raises(Exception, match="mismatched tag") as raised:
            scan(sheet, frozenset(), ())
        told.append(str(raised.value))
    assert told[0] == told[1]


def kind_of(case: Case, table: str, key: tuple[str, ...], column: str) -> Kind:
    """Look a cell up in the table of sources, the whole key first."""
    lines = {(row.of_table, row.row, row.column): row.kind for row in case.rows(Source)}
    rows = ["/".join(key[:n]) for n in range(len(key), -1, -1)]
    return next(
        (lines[at] for row in rows for at in ((table, row, column), (table, row, "")) if at in lines), KINDS[-1]
    )


@pytest.mark.parametrize("name", ["shanghai", "wieliczka"])
def test_numbers_are_counted_by_source_as_cell_by_cell(name: str) -> None:
    case, _ = read_case(name)
    assert case is not None
    sources, counts, asked = Sources(case), dict.fromkeys(KINDS, 0), {}
    for model in TABLES:
        for row in () if model.about_cells else case.rows(model):
            held = row.model_dump(by_alias=True, exclude_unset=True)
            held |= {column: None for column, other in row.given_by.items() if held.get(other)}
            for column in case.factor_ids if issubclass(model, Score) else numeric(model):
                if held.get(column) is not None:
                    kind = sources.kind(model.table, row.key_parts(), column)
                    counts[kind] += 1
                    asked[model.table, row.key_parts(), column] = kind
    for judgement in case.judgements.values():
        counts[sources.judgement_kind(judgement.name)] += int((judgement.matrix > 0).sum())
    assert count_by_source(case) == counts
    some = random.Random(1).sample([*asked], 100)
    assert {cell: asked[cell] for cell in some} == {cell: kind_of(case, *cell) for cell in some}
    assert len(set(asked.values())) > 1


def test_problems_of_a_column_keep_the_order_of_its_rows(tmp_path: Path) -> None:
    folder = write_case(
        tmp_path, costs="measure,resource,cost\nm1,funds,x\nm9,funds,1\nm2,funds,-\nm1,none,1\nm2,land,4%\n"
    )
    problems = [p for p in read_case(folder)[1] if p.file == "costs.csv" and p.level == "error"]
    assert [(p.row, p.column, p.found) for p in problems][:4] == [
        (2, "cost", "x"),
        (3, "measure", "m9"),
        (4, "cost", "-"),
        (5, "resource", "none"),
    ]
