"""Brief and report on paper, as a Chromium prints them: their pages, the contents, and the proof that a reader sees."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2
import pytest

import saidao
from saidao.briefing.document import FORMS, Brief
from saidao.briefing.html import html
from saidao.briefing.overview import Overview
from saidao.reporting import render
from saidao.reporting.checks import check_number

pytestmark = pytest.mark.surface

INK = 200
"""Grey below which a pixel is printed, of 255."""


def printed(browser: Any, path: Path) -> pypdfium2.PdfDocument:
    """Print a page to A4."""
    page = browser.new_page()
    page.goto(path.as_uri())
    made = page.pdf(prefer_css_page_size=True)
    page.close()
    return pypdfium2.PdfDocument(made)


def filled(document: pypdfium2.PdfDocument) -> Iterator[float]:
    """Yield how far down each page is filled, its number below left out: a share of its height."""
    for page in document:
        pixels = np.asarray(page.render(scale=0.5, grayscale=True).to_numpy())
        high = int(0.94 * len(pixels))
        rows = np.nonzero(pixels.reshape(len(pixels), -1)[:high].min(axis=1) < INK)[0]
        yield (rows.max() + 1) / high if len(rows) else 0.0


def texts(document: pypdfium2.PdfDocument) -> list[str]:
    """Return the text of each page, without spaces, which a PDF sets as it likes."""
    return [re.sub(r"\s", "", page.get_textpage().get_text_range()) for page in document]


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_brief_is_two_pages_of_a4_with_their_numbers(browser: Any, tmp_path: Path, lang: str) -> None:
    overview = Overview(saidao.plan("shanghai"))
    for form in FORMS:
        (tmp_path / "b.html").write_text(html(Brief(overview, lang, form).document()), "utf-8")
        pages = texts(printed(browser, tmp_path / "b.html"))
        assert len(pages) == 2, form
        for number, text in enumerate(pages, 1):
            assert f"—{number}/2—" in text, form


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_report_is_an_annex_whose_contents_lead_to_its_pages(browser: Any, tmp_path: Path, lang: str) -> None:
    (tmp_path / "r.html").write_text(render("shanghai", lang, date="2026-11-28"), "utf-8")
    page = browser.new_page()
    page.goto((tmp_path / "r.html").as_uri())
    document = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    pages = texts(document)
    listed = page.evaluate(
        """[...document.querySelectorAll("nav a")].map((a) =>
            [document.getElementById(a.hash.slice(1)).closest("section, h3").querySelector("h2, h3")?.textContent
             ?? a.textContent, a.nextElementSibling.textContent])"""
    )
    assert len(listed) > 30
    for title, number in listed:
        there = pages[int(number) - 1]
        assert re.sub(r"\s", "", title) in there, (title, number)
        assert f"{number}/{len(pages)}" in there
    measures = saidao.plan("shanghai").tables["measures"].rows
    first = "".join(pages[:2])
    names = saidao.load_case("shanghai").names(saidao.case.tables.Measure, lang)
    assert all(re.sub(r"\s", "", names[row["measure"]]) in first for row in measures), "what is funded stands early"
    assert all(word in pages[0] for word in ("2026-11-28", "saidao0.1.0", "highspy", "Python"))
    assert min(list(filled(document))[:-1]) > 0.5, "no page is half empty"
    page.close()


def test_the_report_proves_itself_and_a_changed_digit_turns_it_red(browser: Any, tmp_path: Path) -> None:
    saidao.report("shanghai", tmp_path / "report.html")
    made = browser.new_context(offline=True)
    page = made.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((tmp_path / "report.html").as_uri())
    verdict = page.locator("#proof-verdict")
    assert verdict.get_attribute("class") == "proven"
    assert verdict.inner_text().startswith("✓")
    script = page.evaluate("document.querySelector('script').textContent.length")
    assert script < 300_000
    html = (tmp_path / "report.html").read_text("utf-8")

    def changed(table: str, row: str, column: int, to: str) -> str:
        """Change a cell where it stands, and the check number with it, so that the arithmetic alone tells."""
        page.goto((tmp_path / "report.html").as_uri())
        page.evaluate(
            """([table, row, column, to]) => {
                const rows = [...document.querySelectorAll(`#proof-${table} tbody tr`)];
                rows.find((tr) => tr.textContent.includes(row)).cells[column].textContent = to;
            }""",
            [table, row, column, to],
        )
        page.wait_for_selector("#proof-verdict.denied")
        assert page.inner_text("#proof-verdict").startswith("✗ The tables have been changed")
        cells = page.evaluate(
            """() => [...document.querySelectorAll("#proof-amounts tbody tr, #proof-limits tbody tr")].map(
                (tr) => [...tr.cells].map((cell) => cell.textContent))"""
        )
        number = check_number(tuple(tuple(row) for row in cells))
        page.evaluate("(number) => { document.getElementById('proof-number').textContent = number; }", number)
        page.evaluate("document.querySelector('#proof-amounts tbody tr').cells[0].append('')")
        page.wait_for_function("!document.getElementById('proof-verdict').textContent.includes('changed')")
        return str(page.inner_text("#proof-verdict"))

    assert "breaks a limit" in changed("limits", "budget: Funds", 3, "2499")
    assert "do not prove" in changed("limits", "budget: Land", 4, "1/1000")
    assert "do not prove" in changed("limits", "budget: Funds", 3, "2501"), "with more money a better one exists"
    assert html.count("<script>") == 1
    assert asked == [page.url] * len(asked), "nothing is asked of the network"
    made.close()
