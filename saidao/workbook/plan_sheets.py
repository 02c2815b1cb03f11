"""A plan as a workbook: the answer first, then what is bought, what it changes, what limits it, what it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..case.provenance import weakest
from ..case.sheets import column_name
from ..case.tables import Factor, Measure, Resource, Source, Track, Type
from ..render.book import INK, KIND_COLOURS, Book, Column, Sheet, case_heading, height, put, table
from ..study import sentences, worth
from ..study.footing_sentences import footing_text, why
from ..study.plan import Plan
from ..study.record import record
from ..study.sentences import aim, answer, suspicious
from ..texts.say import say

GAP_COLOUR, CLOSED_COLOUR = "#4F86A6", "#63BE7B"
"""Of a whole gap, and of one that closes: scales of one hue, told apart by those who see no red or green."""
WIDE = 110


def plan_workbook(plan: Plan, lang: str) -> bytes:
    """Return a plan as a workbook in *lang*."""
    book = Book(plan.case.title(lang))
    summary = _sheet(book, "summary", lang)
    _allocation(book, plan, lang)
    tracks = _ranking(book, plan, lang)
    _gaps(book, plan, lang)
    resources = _resources(book, plan, lang)
    _rules(book, plan, lang)
    _weights(book, plan, lang)
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


def _head(key: str, lang: str, form: str = "text", kind: str = "") -> Column:
    return Column(say(f"book.{key}", lang), form, kind)


def _product(key: str, lang: str, form: str = "text", kind: str = "") -> Column:
    return Column(say(f"head.{key}", lang), form, kind)


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
    chosen = plan.settings
    told = say("settings", lang, **{**chosen.to_dict(), "objective": aim(plan, lang)})
    sheet.merge_range(4, 2, 6, 3, "", book.style(text_wrap=True))
    put(sheet, 4, 2, told, book.style(text_wrap=True))
    sheet.activate()


def _charts(
    book: Book, sheet: Sheet, plan: Plan, lang: str, tracks: tuple[int, int], resources: tuple[int, int]
) -> None:
    """Draw how much of each budget is used, and the gap of each track before and after; Excel's own charts."""
    used = book.book.add_chart({"type": "bar"})
    title = say("sheet.resources", lang)
    first, last = resources
    used.add_series(
        {
            "categories": [title, first, 1, last, 1 + (len(plan.solved.programme.periods) > 1)],
            "values": [title, first, 6, last, 6],
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
    first, last = tracks
    for column, key, colour in ((8, "before", "#BFBFBF"), (9, "after", "#2E75B6")):
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
    sheet = _sheet(book, "plan", lang)
    case, whole = plan.case, plan.weighted_gap or 1.0
    measures = {row.measure: row for row in case.rows(Measure)}
    where = {**case.names(Type, lang), **case.names(Track, lang), "*": say("book.city", lang)}
    resources = case.rows(Resource)
    columns = [
        _product("measure", lang),
        _head("name", lang, "wrapped"),
        Column(_case_head("measures", "dimension", lang)),
        Column(_case_head("measures", "stage", lang)),
        _product("scope", lang),
        _head("target", lang),
        _product("period", lang),
        _head("level", lang, "level"),
        *(Column(_in_unit(r, lang), "amount", _kind(plan, "costs")) for r in resources),
        _head("closes", lang, "share", _kind(plan)),
    ]
    rows = [
        [
            row["measure"],
            measures[row["measure"]].name(lang),
            measures[row["measure"]].dimension,
            measures[row["measure"]].stage,
            say(f"scope.{row['scope']}", lang),
            where.get(row["target"], row["target"]),
            row["period"],
            row["level"],
            *(row[r.resource] or None for r in resources),
            row["value"] / whole,
        ]
        for row in sorted(plan.allocation_rows(), key=lambda row: -float(row["value"]))
    ]
    end = table(book, sheet, 2, columns, rows)
    bold = {"bold": True, "top": 2, "top_color": INK}
    put(sheet, end, 0, say("book.total", lang), book.style(**bold))
    for i, column in enumerate(columns[1:], 1):
        if column.form in ("amount", "share"):
            letter = column_name(i)
            total = sum(row[i] or 0.0 for row in rows)
            form = "#,##0.0" if column.form == "amount" else "0.0%"
            # 109: of the rows that a filter leaves
            sheet.write_formula(
                end, i, f"=SUBTOTAL(109,{letter}4:{letter}{end})", book.style(num_format=form, **bold), total
            )
        else:
            put(sheet, end, i, None, book.style(**bold))
    last = len(columns) - 1
    if rows:
        sheet.conditional_format(
            3, last, end - 1, last, {"type": "data_bar", "bar_color": "#9DC3E6", "bar_solid": True}
        )
        sheet.autofilter(2, 0, end - 1, last)
    sheet.freeze_panes(3, 2)


def _case_head(name: str, column: str, lang: str) -> str:
    zh, en = case_heading(name, column)[0].split("\n")[:2]
    return zh if lang == "zh" else en


def _in_unit(resource: Resource, lang: str) -> str:
    unit = resource.unit_name(lang)
    return say("book.in_unit", lang, name=resource.name(lang), unit=unit) if unit else resource.name(lang)


def _ranking(book: Book, plan: Plan, lang: str) -> tuple[int, int]:
    """Write the tracks; return their first and last row."""
    sheet = _sheet(book, "ranking", lang)
    p, names = plan.solved.programme, plan.case.names(Track, lang)
    whole = plan.weighted_gap or 1.0
    before = (p.priority * p.gap).sum(axis=1) / whole
    closed = (p.priority * plan.solved.closed).sum(axis=1) / whole
    columns = [
        _product("track", lang),
        _head("name", lang),
        _head("level_before", lang, "share", _kind(plan, "scores", "weights")),
        _head("level_after", lang, "share", _kind(plan)),
        _head("rank_before", lang, "whole"),
        _head("rank_after", lang, "whole"),
        _head("score_before", lang, "score"),
        _head("score_after", lang, "score"),
        _head("gap_before", lang, "share", _kind(plan, "scores", "weights")),
        _head("gap_after", lang, "share", _kind(plan)),
        _head("track_closed", lang, "share", _kind(plan)),
    ]
    rows = [
        [
            row["track"],
            names[row["track"]],
            row["level"],
            row["level_after"],
            row["rank"],
            row["rank_after"],
            row["score"],
            row["score_after"],
            float(before[t]),
            float(before[t] - closed[t]),
            float(closed[t] / before[t]) if before[t] > 0 else None,
        ]
        for t, row in enumerate(plan.ranking)
    ]
    rows.sort(key=lambda row: (row[4] is None, row[4] or 0))
    end = table(book, sheet, 2, columns, rows)
    put(sheet, end + 1, 0, say("relative", lang), book.style(italic=True))
    bar = {"min_type": "num", "min_value": 0, "max_type": "num", "max_value": 1}
    sheet.conditional_format(3, 10, end - 1, 10, {"type": "data_bar", "bar_color": "#A9D18E", "bar_solid": True, **bar})
    sheet.autofilter(2, 0, end - 1, len(columns) - 1)
    sheet.freeze_panes(3, 2)
    return 3, end - 1


def _gaps(book: Book, plan: Plan, lang: str) -> None:
    """Write the gaps as matrices, tracks x factors, coloured from green (none) to red."""
    sheet = _sheet(book, "gaps", lang)
    p = plan.solved.programme
    names, factors = plan.case.names(Track, lang), plan.case.names(Factor, lang)
    columns = [_head("track", lang), *(Column(factors[f], "gap") for f in p.factors)]
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


def _prices(plan: Plan, lang: str) -> list[Column]:
    return [
        Column(worth.heading(plan, lang), _counts(plan)),
        _head("valid_from", lang, "amount"),
        _head("valid_to", lang, "amount"),
    ]


def _counts(plan: Plan) -> str:
    """Style of what the objective counts."""
    return "fine_share" if worth.is_share(plan) else "score"


def _priced(plan: Plan, row: dict[str, Any], lang: str) -> list[Any]:
    price = None if row["price_up"] is None else worth.in_units(plan, row["price_up"])
    endless = row["valid_to"] is None and row["shadow_price"] is not None
    return [price, row["valid_from"], say("book.where_to", lang) if endless else row["valid_to"]]


STEPS = ("next_amount", "next_change", "spare_amount", "spare_change")
"""Next steps of a plan of whole units."""


def _steps(plan: Plan, lang: str) -> list[Column]:
    styles = ("amount", _counts(plan)) * 2
    return [_head(name, lang, style) for name, style in zip(STEPS, styles, strict=True)] if plan.model.is_mixed else []


def _stepped(plan: Plan, row: dict[str, Any]) -> list[Any]:
    if not plan.model.is_mixed:
        return []
    return [
        row[name] if row[name] is None or name.endswith("amount") else worth.in_units(plan, row[name]) for name in STEPS
    ]


def _resources(book: Book, plan: Plan, lang: str) -> tuple[int, int]:
    """Write the budgets; return their first and last row."""
    sheet = _sheet(book, "resources", lang)
    held = {row.resource: row for row in plan.case.rows(Resource)}
    columns = [
        _product("resource", lang),
        _head("name", lang),
        _product("period", lang),
        _product("unit", lang),
        _product("budget", lang, "amount", _kind(plan, "budgets")),
        _product("used", lang, "amount"),
        _head("used_share", lang, "share"),
        _head("left", lang, "amount"),
        *_prices(plan, lang),
        *_steps(plan, lang),
    ]
    rows = []
    for row in plan.resources:
        resource, whole = held[row["resource"]], row["budget"] + row["carried"]
        rows.append(
            [
                row["resource"],
                resource.name(lang),
                row["period"],
                resource.unit_name(lang),
                row["budget"],
                row["used"],
                row["used"] / whole if whole > 0 else None,
                whole - row["used"],
                *_priced(plan, row, lang),
                *_stepped(plan, row),
            ]
        )
    end = table(book, sheet, 2, columns, rows)
    sheet.freeze_panes(3, 2)
    return 3, end - 1


def _rules(book: Book, plan: Plan, lang: str) -> None:
    if not plan.rules:
        return
    sheet = _sheet(book, "rules", lang)
    names = {**plan.case.names(Resource, lang), "closed": say("of.closed", lang)}
    columns = [
        _product("rule", lang),
        _product("kind", lang),
        _product("of", lang),
        _product("amount", lang, "amount"),
        _product("reached", lang, "amount"),
        *_prices(plan, lang),
    ]
    rows = [
        [
            row["rule"],
            say(f"kind.{row['kind']}", lang),
            names.get(row["of"], row["of"]),
            row["amount"],
            row["reached"],
            *_priced(plan, row, lang),
        ]
        for row in plan.rules
    ]
    table(book, sheet, 2, columns, rows)


def _weights(book: Book, plan: Plan, lang: str) -> None:
    sheet = _sheet(book, "weights", lang)
    names = plan.case.names(Factor, lang)
    rows = [[row["factor"], names[row["factor"]], row["weight"]] for row in plan.weights.rows()]
    end = table(
        book,
        sheet,
        2,
        [_product("factor", lang), _head("name", lang), _product("weight", lang, "share", _kind(plan, "weights"))],
        rows,
    )
    if (consistency := plan.weights.consistency) is not None:
        put(sheet, end + 1, 0, sentences.consistency(consistency, lang), book.style(italic=True))


def _assumptions(book: Book, plan: Plan, lang: str) -> None:
    """Write what the result rests on by input, the case's own sources, and the scores that are filled in."""
    sheet = _sheet(book, "assumptions", lang)
    bold = book.style(bold=True, font_size=12, font_color=INK)
    put(sheet, 2, 0, say("book.assumptions.inputs", lang), bold)
    columns = [_head("input", lang), _head("rests_on", lang), _head("of_objective", lang, "share")]
    rows: list[Sequence[Any]] = [
        [
            say(f"input.{row['table']}", lang),
            say(f"source.{row['kind']}", lang),
            row["share_of_objective"],
        ]
        for row in plan.inputs
    ]
    end = table(book, sheet, 3, columns, rows)
    _mark(book, sheet, 4, end - 1, 1, lang)
    if plan.assumptions:
        put(sheet, end + 1, 0, say("title.assumed", lang), bold)
        heads = [
            _product("assumes", lang, "wrapped"),
            _product("instead", lang, "wrapped"),
            *(Column(_in_unit(r, lang), "amount") for r in plan.case.rows(Resource)),
            _product("of_plan", lang, "share"),
            _product("closes_then", lang, "share"),
            _head("left_out", lang),
        ]
        turned = [
            [
                row[f"assumed_{lang}"],
                row[f"instead_{lang}"],
                *((row["moved"] or {}).get(r.resource) for r in plan.case.rows(Resource)),
                row["share"],
                row["closed_share"],
                "" if row["left_out"] is None else why(row, lang),
            ]
            for row in plan.assumptions
        ]
        end = table(book, sheet, end + 2, heads, turned)
    if plan.case.imputed:
        put(sheet, end + 1, 0, say("book.assumptions.imputed", lang), bold)
        filled = [[row["track"], row["factor"], row["value"], row["imputation"]] for row in plan.case.imputed]
        heads = [
            _product("track", lang),
            _product("factor", lang),
            _product("value", lang, "score", "assumption"),
            _head("imputation", lang),
        ]
        end = table(book, sheet, end + 2, heads, filled)
    lines = plan.case.rows(Source)
    if lines:
        put(sheet, end + 1, 0, say("book.assumptions.sources", lang), bold)
        heads = [Column(_case_head("sources", name, lang)) for name in ("table", "row", "column", "kind")]
        heads = [heads[0], heads[3], heads[1], heads[2], Column(_case_head("sources", "note", lang), "wrapped")]
        told = [[row.of_table, say(f"source.{row.kind}", lang), row.row, row.column, row.note] for row in lines]
        first = end + 3
        end = table(book, sheet, end + 2, heads, told)
        _mark(book, sheet, first, end - 1, 1, lang)


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
        for k in ("primal_violation", "dual_violation", "gap", "least_spend_gap", "exact")
        if certificate[k] is not None
    ]
    rows = [[say(f"book.proof.{key}", lang), certificate[key]] for key in keys]
    rows += [[say(f"book.proof.{key}", lang), certificate["case"][key]] for key in ("checked", "largest_difference")]
    end = table(book, sheet, 2, [_head("proof.what", lang), _head("proof.value", lang, "tiny")], rows)
    again = record(plan.case, plan.settings.to_dict())
    notes = (
        say("book.proof.note", lang),
        say("report.again.digest", lang, digest=again.digest),
        say("report.again.versions", lang, versions=again.versions),
    )
    for row, text in enumerate(notes, end + 1):
        put(sheet, row, 0, text, book.style(italic=True))
