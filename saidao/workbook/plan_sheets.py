"""A plan as a workbook: the answer first, then its tables, with totals, charts, and the colours of their sources."""

from __future__ import annotations

from typing import Any

from ..case.provenance import weakest
from ..case.sheets import column_name
from ..case.tables import Factor, Resource, Track
from ..render.book import FORMS, INK, KIND_COLOURS, Book, Column, Sheet, height, put, table
from ..render.sheets import Written, form_of, write
from ..study.plan.footing_sentences import footing_text
from ..study.plan.result import Plan
from ..study.plan.sentences import answer, asked, suspicious
from ..study.record import record
from ..study.sources import sources_table
from ..texts.say import say

GAP_COLOUR, CLOSED_COLOUR = "#4F86A6", "#63BE7B"
"""Of a whole gap, and of one that closes: scales of one hue, told apart by those who see no red or green."""
WIDE = 110
TOP = 2
"""Row of the headings of a sheet's first table, below its title and what its colours mean."""
APART = ("rules", "misses", "disagreements", "views", "stances", "unfunded")
"""Tables that have a sheet each, and nothing more."""


def plan_workbook(plan: Plan, lang: str) -> bytes:
    """Return a plan as a workbook in *lang*."""
    book = Book(plan.case.title(lang))
    summary = _sheet(book, "summary", lang)
    _allocation(book, plan, lang)
    tracks = _ranking(book, plan, lang)
    _gaps(book, plan, lang)
    resources = _declared(book, plan, "resources", lang, budget=_kind(plan, "budgets"))[1]
    for name in APART:
        if plan.tables[name].rows:
            _declared(book, plan, name, lang)
    sheet, weights = _declared(book, plan, "weights", lang, weight=_kind(plan, "weights"))
    put(sheet, weights.end + 1, 0, plan.tables["weights"].told_note(lang), book.style(italic=True))
    _assumptions(book, plan, lang)
    _proof(book, plan, lang)
    _summary(book, summary, plan, lang)
    _charts(book, summary, plan, lang, tracks, resources)
    return book.bytes()


def _sheet(book: Book, name: str, lang: str) -> Sheet:
    sheet = book.sheet(say(f"sheet.{name}", lang), INK if name in ("summary", "plan") else "")
    put(sheet, 0, 0, say(f"sheet.{name}", lang), book.title)
    put(sheet, 1, 0, say("book.legend", lang), book.style(font_color="#7F7F7F", font_size=9))
    sheet.set_row(0, 28)
    sheet.set_paper(9)
    return sheet


def _declared(book: Book, plan: Plan, name: str, lang: str, sheet: str = "", **kinds: str) -> tuple[Sheet, Written]:
    """Add the sheet of a table; *kinds* are the sources of its columns, which colour them."""
    made = _sheet(book, sheet or name, lang)
    written = write(book, made, TOP, plan.tables[name], plan.case, lang, kinds)
    made.freeze_panes(TOP + 1, 2)
    return made, written


def _kind(plan: Plan, *inputs: str) -> str:
    """Return the weakest source on which these inputs of the result rest, or all of them if none is named."""
    shares = [row for row in plan.inputs if row["share_of_objective"] > 0 and (not inputs or row["table"] in inputs)]
    return weakest(row["kind"] for row in shares) if shares else ""


def _summary(book: Book, sheet: Sheet, plan: Plan, lang: str) -> None:
    put(sheet, 0, 0, plan.case.title(lang), book.title)
    for column, width in enumerate((18, 44, 18, 44)):
        sheet.set_column(column, column, width)
    text = (" " if lang == "en" else "").join(
        [*answer(plan, lang), *suspicious(plan.case, lang), *footing_text(plan, lang)]
    )
    look = {
        "text_wrap": True,
        "valign": "top",
        "font_size": 11,
        "bg_color": "#EEF3FA",
        "border": 1,
        "border_color": INK,
    }
    sheet.merge_range(2, 0, 2, 3, "", book.style(**look))
    put(sheet, 2, 0, text, book.style(**look))
    sheet.set_row(2, height([text], [WIDE], 17))
    places = len({(row["measure"], row["target"]) for row in plan.allocation})
    assumed = sum(row["share_of_objective"] for row in plan.provenance if row["kind"] == "assumption")
    numbers: list[tuple[Any, str, str]] = [
        (plan.closed_share if plan.weighted_gap else None, "0.0%", say("book.closed_share", lang)),
        (len({row["measure"] for row in plan.allocation}), "0", say("book.funded", lang, places=places)),
        (assumed, "0%", say("book.assumed", lang)),
    ]
    for row, (value, form, told) in enumerate(numbers, 4):
        fill = {"bg_color": KIND_COLOURS["assumption"]} if told == say("book.assumed", lang) and assumed else {}
        put(
            sheet,
            row,
            0,
            value,
            book.style(bold=True, font_size=18, font_color=INK, num_format=form, align="right", **fill),
        )
        put(sheet, row, 1, told, book.style(font_size=11, **fill))
        sheet.set_row(row, 28)
    told = asked(plan, lang)
    sheet.merge_range(4, 2, 6, 3, "", book.style(text_wrap=True))
    put(sheet, 4, 2, told, book.style(text_wrap=True))
    sheet.activate()


def _charts(book: Book, sheet: Sheet, plan: Plan, lang: str, tracks: Written, resources: Written) -> None:
    """Draw how much of each budget is used, and the gap of each track before and after; Excel's own charts."""
    used = book.book.add_chart({"type": "bar"})
    title = say("sheet.resources", lang)
    first, last = TOP + 1, resources.end - 1
    share = resources.at["used_share"]
    used.add_series(
        {
            "categories": [title, first, 1, last, 1 + (len(plan.solved.programme.periods) > 1)],
            "values": [title, first, share, last, share],
            "fill": {"color": "#548235"},
            "data_labels": {"value": True, "num_format": "0%"},
            "gap": 60,
        }
    )
    used.set_title({"name": say("chart.resources", lang), "name_font": {"size": 12}})
    used.set_x_axis(
        {"min": 0, "max": 1, "num_format": "0%", "major_gridlines": {"visible": True, "line": {"color": "#D9D9D9"}}}
    )
    used.set_y_axis({"reverse": True})
    used.set_legend({"none": True})
    used.set_size({"width": 430, "height": 430})
    sheet.insert_chart(8, 0, used)

    gaps = book.book.add_chart({"type": "bar"})
    title = say("sheet.ranking", lang)
    first, last = TOP + 1, tracks.end - 1
    for name, key, colour in (("gap_share", "before", "#BFBFBF"), ("gap_left", "after", "#2E75B6")):
        column = tracks.at[name]
        gaps.add_series(
            {
                "name": say(f"book.{key}", lang),
                "categories": [title, first, 1, last, 1],
                "values": [title, first, column, last, column],
                "fill": {"color": colour},
                "gap": 50,
                "overlap": 0,
            }
        )
    gaps.set_title({"name": say("chart.gaps", lang), "name_font": {"size": 12}})
    gaps.set_x_axis({"num_format": "0.0%", "major_gridlines": {"visible": True, "line": {"color": "#D9D9D9"}}})
    gaps.set_y_axis({"reverse": True})
    gaps.set_legend({"position": "bottom"})
    gaps.set_size({"width": 500, "height": max(430, 32 * (last - first + 3))})
    sheet.insert_chart(8, 2, gaps)


def _allocation(book: Book, plan: Plan, lang: str) -> None:
    """Write what is bought, with the totals of the rows that a filter leaves."""
    costs = {row.resource: _kind(plan, "costs") for row in plan.case.rows(Resource)}
    sheet, written = _declared(book, plan, "allocation", lang, "plan", value=_kind(plan), **costs)
    end, last = written.end, max(written.at.values())
    bold = {"bold": True, "top": 2, "top_color": INK}
    put(sheet, end, 0, say("book.total", lang), book.style(**bold))
    summed = {written.at[key]: key for key in ("value", *costs)}
    for i in range(1, last + 1):
        if i in summed:
            letter, total = column_name(i), sum(cell or 0.0 for cell in written.columns[i].cells)
            form = "0.0%" if summed[i] == "value" else FORMS[form_of(written.columns[i])]["num_format"]
            formula = f"=SUBTOTAL(109,{letter}{TOP + 2}:{letter}{end})"  # 109: of the rows that a filter leaves
            sheet.write_formula(end, i, formula, book.style(num_format=form, **bold), total)
        else:
            put(sheet, end, i, None, book.style(**bold))
    if plan.allocation:
        bar = {"type": "data_bar", "bar_color": "#9DC3E6", "bar_solid": True}
        sheet.conditional_format(TOP + 1, last, end - 1, last, bar)


def _ranking(book: Book, plan: Plan, lang: str) -> Written:
    levels = {"level": _kind(plan, "scores", "weights"), "gap_share": _kind(plan, "scores", "weights")}
    after = dict.fromkeys(("level_after", "gap_left", "closed"), _kind(plan))
    sheet, written = _declared(book, plan, "ranking", lang, **levels, **after)
    put(sheet, written.end + 1, 0, say("relative", lang), book.style(italic=True))
    bar = {"min_type": "num", "min_value": 0, "max_type": "num", "max_value": 1, "bar_color": "#A9D18E"}
    at = written.at["closed"]
    sheet.conditional_format(TOP + 1, at, written.end - 1, at, {"type": "data_bar", "bar_solid": True, **bar})
    return written


def _gaps(book: Book, plan: Plan, lang: str) -> None:
    """Write the gaps as matrices, tracks x factors, coloured from green (none) to red."""
    sheet = _sheet(book, "gaps", lang)
    p = plan.solved.programme
    names, factors = plan.case.names(Track, lang), plan.case.names(Factor, lang)
    columns = [Column(say("head.track", lang)), *(Column(factors[f], "gap") for f in p.factors)]
    top = 2
    after = p.gap - plan.solved.closed
    for key, matrix in (("gaps.before", p.gap), ("gaps.after", after), ("gaps.closed", plan.solved.closed)):
        put(sheet, top, 0, say(f"book.{key}", lang), book.style(bold=True, font_size=12, font_color=INK))
        rows = [[names[t], *(abs(float(v)) for v in line)] for t, line in zip(p.tracks, matrix, strict=True)]
        end = table(book, sheet, top + 1, columns, rows)
        scale: dict[str, Any] = {
            "type": "2_color_scale",
            "min_color": "#FFFFFF",
            "min_type": "num",
            "min_value": 0,
            "max_color": CLOSED_COLOUR if key == "gaps.closed" else GAP_COLOUR,
            "max_type": "num",
            "max_value": 1,
        }
        sheet.conditional_format(top + 2, 1, end - 1, len(columns) - 1, scale)
        top = end + 1
    sheet.freeze_panes(0, 1)


def _assumptions(book: Book, plan: Plan, lang: str) -> None:
    """Write what the result rests on by input, what else it would be, and where the case's numbers come from."""
    sheet = _sheet(book, "assumptions", lang)
    bold = book.style(bold=True, font_size=12, font_color=INK)
    top = TOP
    for declared in (*(plan.tables[name] for name in ("inputs", "assumptions", "imputed")), sources_table(plan.case)):
        if declared.rows:
            put(sheet, top, 0, declared.heading(lang), bold)
            written = write(book, sheet, top + 1, declared, plan.case, lang, {"value": "assumption"})
            if "kind" in written.at:
                _mark(book, sheet, top + 2, written.end - 1, written.at["kind"], lang)
            top = written.end + 1


def _mark(book: Book, sheet: Sheet, first: int, last: int, column: int, lang: str) -> None:
    """Colour kinds of sources as the case's own workbook does."""
    for kind, colour in KIND_COLOURS.items():
        sheet.conditional_format(
            first,
            column,
            last,
            column,
            {
                "type": "cell",
                "criteria": "==",
                "value": f'"{say(f"source.{kind}", lang)}"',
                "format": book.book.add_format({"bg_color": colour}),
            },
        )


def _proof(book: Book, plan: Plan, lang: str) -> None:
    sheet = _sheet(book, "proof", lang)
    certificate = plan.certificate
    keys = [
        k
        for k in ("primal_violation", "dual_violation", "gap", "nodes", "least_spend_gap", "exact")
        if certificate[k] is not None
    ]
    rows = [[say(f"book.proof.{key}", lang), certificate[key]] for key in keys]
    rows += [[say(f"book.proof.{key}", lang), certificate["case"][key]] for key in ("checked", "largest_difference")]
    end = table(
        book, sheet, 2, [Column(say("book.proof.what", lang)), Column(say("book.proof.value", lang), "tiny")], rows
    )
    again = record(plan.case)
    notes = (
        say("book.proof.note", lang),
        say("report.again.digest", lang, digest=again.digest),
        say("report.again.versions", lang, versions=again.versions),
    )
    for row, text in enumerate(notes, end + 1):
        put(sheet, row, 0, text, book.style(italic=True))
