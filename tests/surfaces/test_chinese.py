"""Chinese output, all of it: no id, no English word, no value of the data; each verb as the laws of results ask it."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from html import unescape

import openpyxl
import pytest

import saidao
from saidao import mcda
from saidao.case import Case
from saidao.case.tables import TABLES, Fact, Named
from saidao.questions.check import check
from saidao.render.shown import drawn
from saidao.reporting import render
from saidao.reporting.answer import page
from saidao.results.result import Result
from saidao.workbook.results import workbook
from tests.laws.test_results import answer, verbs

TITLES = " ".join([*(m.title_zh for m in mcda.methods().values()), *(s.title_zh for s in mcda.schemes().values())])
OTHERS = (
    "AIJ AIP Saaty Kendall tau-b Spearman Pearson WS Borda Copeland Kemeny Malmquist FDA EMA "
    "saidao pabutools pymcdm pulp CBC UTASTAR CCR BCC SBM Ui Uj maxU"
)
NAMES = {*re.findall(r"[A-Za-z-]{2,}", TITLES), *re.findall(r"\S+", OTHERS)}
"""What has no Chinese name: methods, people, two offices in the names of the shipped case, and programs."""


IN_WORDS = [verb for verb in verbs() if verb != "methods"]
"""Verbs but the one that lists what is typed."""


def latin(texts: Iterable[str]) -> set[str]:
    """Return words of two Latin letters and more, but for commands, citations and what has no Chinese name."""
    found = set()
    for text in texts:
        plain = re.sub(r"`[^`]*`|（例如 [^）]*）", " ", text)
        if "出处：" not in plain and "SHA-256" not in plain and "Python " not in plain:
            found |= set(re.findall(r"[A-Za-z_]{2}[A-Za-z0-9_-]*", plain))
    return found - NAMES


def own(case: Case | None) -> set[str]:
    """Return the words of Latin letters in what the owner of a case has named: its rows, judges and itself."""
    if case is None:
        return set()
    names = [name for model in TABLES if issubclass(model, Named) for name in case.names(model, "zh").values()]
    return latin((case.title("zh"), *names, *case.judgements, *(fact.value for fact in case.rows(Fact))))


def told(found: Result) -> Iterator[str]:
    yield from (*found.text("zh"), *found.notes("zh"))
    for table in found.tables.values():
        words = drawn(table, found.case, "zh")
        yield from (words.title, words.note, *words.heads, *(cell for row in words.rows for cell in row))
        if table.rows:
            yield table.tab("zh")


def on_page(document: str) -> Iterator[str]:
    unread = r"<(style|script|pre)>.*?</\1>|<p class=\"kicker\">.*?</p>"
    body = re.sub(unread, "", document, flags=re.DOTALL)
    yield from (unescape(text) for text in re.findall(r">([^<]+)<", body))


def in_book(data: bytes) -> Iterator[str]:
    """Yield the cells that people read: not the keys below the headings, nor the columns of ids beside names."""
    for sheet in openpyxl.load_workbook(io.BytesIO(data)).worksheets:
        yield sheet.title
        ids: set[int] = set()
        for row in sheet.iter_rows():
            heads = {cell.column: str(cell.value).split("\n") for cell in row if "\n" in str(cell.value)}
            named = {at for at, head in heads.items() if str(sheet.cell(row[0].row, at + 1).value) == "名称"}
            ids = named if heads else ids
            for cell in row:
                if isinstance(cell.value, str) and not cell.value.startswith("=") and cell.column not in ids:
                    yield cell.value.split("\n")[0]


@pytest.mark.parametrize("verb", IN_WORDS)
def test_an_answer_is_in_chinese(verb: str) -> None:
    assert latin(told(answer(verb))) <= own(answer(verb).case)


def test_what_a_case_is_found_to_be_is_told_in_chinese() -> None:
    lines = check("shanghai").text("zh")
    assert latin(line for line in lines if "saidao plan" not in line) <= own(saidao.load_case("shanghai"))


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:.* extension is not supported")
@pytest.mark.parametrize("verb", IN_WORDS)
def test_its_page_and_its_workbook_are_in_chinese(verb: str) -> None:
    assert latin(on_page(page(answer(verb), "zh"))) <= own(answer(verb).case)
    assert latin(in_book(workbook(answer(verb), "zh"))) <= own(answer(verb).case)


@pytest.mark.slow
def test_a_report_is_in_chinese() -> None:
    assert latin(on_page(render("shanghai", "zh"))) <= own(saidao.load_case("shanghai"))
