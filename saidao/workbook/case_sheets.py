"""A case as one workbook: a sheet a table, which people fill in and `saidao.case` reads.

The first row of a sheet explains its columns in both languages, the second holds their names, the table stands below. A
column without a name in the second row is there to be looked at and not read.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..case.case import Case, Judgement
from ..case.cells import number, number_text
from ..case.limits import LONGEST_TEXT, MOST_CELLS
from ..case.provenance import Sources
from ..case.settings import LISTS, NAMING, Settings, names_taken
from ..case.sheets import JUDGED, column_name, setting
from ..case.tables import (
    BY_NAME,
    IN_ORDER,
    Factor,
    Indicator,
    Link,
    Named,
    Row,
    RuleRow,
    Score,
    Source,
    choices,
    columns,
    columns_of,
    numeric,
    refs,
)
from ..case.write import judgement_rows, literal, table_rows
from ..errors import CaseError, Problem
from ..render.book import (
    HEADING,
    INK,
    KIND_COLOURS,
    PALE,
    WIDEST,
    Book,
    Sheet,
    breadth,
    case_heading,
    fit,
    fits_a_title,
    height,
    put,
)
from ..study.rules import rule_sentence
from ..texts.say import WORDS, both, say
from .guide import guide

HEAD, NAMES, FIRST = 0, 1, 2
"""Rows of a sheet, from 0: headings for people, names for the program, and the first of the table."""

MOST_FORMULAS = 2000
"""Rows beside which the names of ids are formulas: of more each would be looked up whenever a cell is typed in."""
SPARE = 500
"""Rows below a table in which the drop-downs work too."""

TABS = {"rank": INK, "plan": "#548235", "": ""}
"""Colour of a sheet's tab by what its table is needed for."""

ABOUT_CELLS, JUDGEMENTS = "#BF8F00", "#7030A0"
"""Colours of tabs: of tables that tell of cells of others, and of judgements."""


def case_workbook(case: Case, file: str = "") -> bytes:
    """Return a case as a workbook, which will be called *file*; as the case, if left out.

    Raises
    ------
    CaseError
        A text is longer than a cell can be.
    """
    _check_lengths(case)
    book = Book(case.title("zh"))
    titles = judgement_titles(case)
    guide(book, case, titles, file or f"{case.name}.xlsx")
    _case_sheet(book, case)
    helped = _with_room_for_names(case)
    for table in IN_ORDER:
        if table == "judgements":
            for judgement in case.judgements.values():
                _judgement_sheet(book, case, judgement, titles[judgement.name])
        elif case.tables[table].present:
            table_sheet(book, case, table, helped=table in helped)
    return book.bytes()


def _with_room_for_names(case: Case) -> set[str]:
    """Return the tables that have names of ids beside them, the shortest first: no more than `MOST_CELLS` are read."""
    present = {name: table for name, table in case.tables.items() if table.present}
    rows = {name: FIRST + len(table.rows) for name, table in present.items()}
    cells, found = sum(rows[name] * len(table.header) for name, table in present.items()), set()
    for name in sorted(present, key=lambda name: rows[name]):
        beside = len(_named_ids(BY_NAME[name]))
        cells += rows[name] * (1 + beside) if beside else 0
        if cells > MOST_CELLS:
            break
        found.add(name)
    return found


def judgement_titles(case: Case) -> dict[str, str]:
    """Return the sheet of each judgement: ``judgements.NAME``, or with a number where no sheet can be called so."""
    titles: dict[str, str] = {}
    for number_, name in enumerate(case.judgements, 1):
        title = f"judgements.{name}"
        taken = {t.lower() for t in titles.values()}
        titles[name] = title if fits_a_title(title) and title.lower() not in taken else f"judgements.~{number_}"
    return titles


def _check_lengths(case: Case) -> None:
    problems = [
        Problem("long_text", table.file, line, name, f"{str(cell)[:20]}...", {"most": LONGEST_TEXT})
        for table in case.tables.values()
        for line, cells in zip(table.lines, table_rows(table)[1:], strict=True)
        for name, cell in zip(table.header, cells, strict=True)
        if isinstance(cell, str) and len(cell.encode("utf-16-le")) // 2 > LONGEST_TEXT
    ]
    if problems:
        raise CaseError(problems)


def _case_sheet(book: Book, case: Case) -> None:
    sheet = book.sheet("case", INK)
    _headings(book, sheet, "case", ["key", "value"], [18, 36], {})
    sheet.set_column(2, 3, 52)
    known = choices(Settings) | {key: names_taken(key) for key in NAMING}
    given = case.settings.model_dump(exclude_unset=True)
    for row, key in enumerate([*given, *(name for name in Settings.model_fields if name not in given)], FIRST):
        put(sheet, row, 0, key, book.style(bold=True))
        for at, text in enumerate(reversed(WORDS.get(f"setting.{key}", ())), 2):
            put(sheet, row, at, text, book.style(font_color="#7F7F7F", italic=True))
        put(sheet, row, 1, _setting(key, given.get(key)), book.style(bottom=4, bottom_color="#BFBFBF"))
        if key in known:
            listed = [name for name in known[key] if "=" not in name]  # a share is typed: reach=0.5
            if len(",".join(listed)) <= 255:  # as Excel takes them
                free = len(listed) < len(known[key])
                sheet.data_validation(row, 1, row, 1, {"validate": "list", "source": listed, "show_error": not free})
            else:
                sheet.write_comment(row, 1, say("book.one_of", "en", choices=", ".join(known[key])), _NOTE)


def _setting(key: str, value: Any) -> Any:
    """Return a setting as its cell: what `setting` reads back as the same."""
    if isinstance(value, str) and key in Settings.model_fields:
        return value
    if key in LISTS:
        text = "; ".join(value or ())
        return text if setting(key, text) == list(value or ()) else literal(value)
    if key in Settings.model_fields:
        return value
    return value if isinstance(value, str) and setting(key, value) == value else literal(value)


def table_sheet(book: Book, case: Case, table: str, *, helped: bool = True) -> None:
    """Write the sheet of a table; *helped*: with the names of ids beside it."""
    model = BY_NAME[table]
    sheet = book.sheet(table, ABOUT_CELLS if model.about_cells else TABS[model.needed_to])
    names, *rows = table_rows(case.tables[table])
    sources = Sources(case)
    figures = numeric(model).union(*(case.tables[name].keys for name in columns_of(model)))
    coloured = set() if model.about_cells else figures | {*choices(model)}
    keys = [row.key_parts() for row in case.tables[table].rows]
    known = set(columns(model))
    heads = _scales(case) if model is Score else _called(case, table)
    widths = [
        max(
            breadth([heads.get(name, case_heading(table, name)[0])], most=HEADING),
            breadth([name, *(row[i] or "" for row in rows)]),
        )
        for i, name in enumerate(names)
    ]
    lines = {name: sources.line(table, (), name) for name in names if name in coloured}
    _headings(book, sheet, table, names, widths, lines, heads)
    for i, name in enumerate(names):
        sheet.set_column(i, i, widths[i], None if name in figures else book.style(num_format="@"))
    for row, (cells, key) in enumerate(zip(rows, keys, strict=True), FIRST):
        for i, (name, cell) in enumerate(zip(names, cells, strict=True)):
            look: dict[str, Any] = {"border": 1, "border_color": "#D9D9D9"}
            if name in coloured:
                look["bg_color"] = KIND_COLOURS[sources.kind(table, key, name)]
            if name not in figures:
                look |= {"num_format": "@", "text_wrap": widths[i] == WIDEST}
            own = name not in known and name not in figures and isinstance(cell, str)
            put(sheet, row, i, *_own(book, cell, look) if own else (cell, book.style(**look)))
            line = sources.line(table, key, name) if name in coloured and cell is not None else None
            if line is not None and line.row and line.column == name:
                sheet.write_comment(row, i, _source(line), _NOTE)
        texts = [(str(c), w) for c, w, n in zip(cells, widths, names, strict=True) if n not in figures and w == WIDEST]
        fit(sheet, row, texts)
    _drop_downs(case, sheet, table, names, len(rows))
    if model is RuleRow:
        _sentences(book, case, sheet, len(names) + 1)
    elif helped:
        _helpers(book, case, sheet, model, names, rows)
    sheet.freeze_panes(FIRST, 1 + (len(model.key) > 1))
    sheet.autofilter(NAMES, 0, NAMES + len(rows), len(names) - 1)


def _own(book: Book, cell: str, look: dict[str, Any]) -> tuple[Any, Any]:
    """Return a cell of a user's own column: a number where its text is exactly how a number reads back."""
    value = number(cell)
    if value is not None and number_text(value) == cell:
        return value, book.style(**{**look, "num_format": "General"})
    return cell, book.style(**look)


def _scales(case: Case) -> dict[str, str]:
    """Return names of factors and their scales, to stand above their scores."""

    def scale(factor: str) -> str:
        if factor in case.ranges:
            return say("book.scale.range", "zh", **case.ranges[factor]._asdict())
        worst, target, _ = case.factor_scales[factor]
        return say("book.scale", "zh", worst=worst, target=target)

    return {
        row.factor: "\n".join(
            (row.name("zh"), row.name("en"), *([scale(row.factor)] if row.factor in case.factor_scales else []))
        )
        for row in case.rows(Factor)
    }


def _called(case: Case, table: str) -> dict[str, str]:
    """Return names of what a table has a column of each of, to stand above these columns."""
    model = BY_NAME[table]
    found = {row.chain: f"{row.chain_zh}\n{row.chain_en}".strip() for row in case.rows(Link) if model.tagged}
    for name in columns_of(model):
        for row in case.tables[name].rows:
            if isinstance(row, Named):
                unit = f"\n({row.unit})" if isinstance(row, Indicator) and row.unit else ""
                found[row.key_parts()[0]] = f"{row.name('zh')}\n{row.name('en')}{unit}"
    return {name: head for name, head in found.items() if head and name not in columns(model)}


_NOTE = {"x_scale": 2.2, "y_scale": 1.1, "font_size": 9}


def _source(line: Source) -> str:
    return "\n".join(
        say("book.source", lang, kind=say(f"source.{line.kind}", lang), note=line.told(lang)).rstrip()
        for lang in ("zh", "en")
    )


def _headings(
    book: Book,
    sheet: Sheet,
    table: str,
    names: Sequence[str],
    widths: Sequence[float],
    lines: dict[str, Source | None],
    heads: dict[str, str] | None = None,
) -> None:
    """Write both rows of headings; notes tell what a column is and where its numbers come from."""
    texts = []
    for i, name in enumerate(names):
        head, note = case_heading(table, name)
        head = (heads or {}).get(name, head)
        texts.append(head)
        put(sheet, HEAD, i, head, book.heading)
        put(sheet, NAMES, i, name, book.style(italic=True, font_color="#7F7F7F", bg_color=PALE, num_format="@"))
        told = [note]
        if table in BY_NAME and name in choices(BY_NAME[table]):
            told.append(both("book.one_of", choices=", ".join(choices(BY_NAME[table])[name])))
        if (line := lines.get(name)) is not None:
            told.append(_source(line))
        if any(told):
            sheet.write_comment(HEAD, i, "\n".join(filter(None, told)), _NOTE)
    for i, width in enumerate(widths):
        sheet.set_column(i, i, width)
    sheet.set_row(HEAD, height(texts, widths))
    sheet.freeze_panes(FIRST, 1)


def _drop_downs(case: Case, sheet: Sheet, table: str, names: Sequence[str], rows: int) -> None:
    """Offer ids where their own sheets stand, and the few words of a column that takes no others."""
    model = BY_NAME[table]
    for i, name in enumerate(names):
        at = (FIRST, i, FIRST + rows + SPARE, i)
        ref, words = refs(model).get(name), choices(model).get(name)
        if words:
            sheet.data_validation(*at, {"validate": "list", "source": list(words)})
        elif ref and (target := ref.to) in BY_NAME and case.tables[target].present:
            letter = column_name(case.tables[target].header.index(BY_NAME[target].key[0]))
            first, last = f"{letter}${FIRST + 1}", f"{letter}${FIRST + len(case.tables[target].rows) + SPARE}"
            listed = f"=OFFSET({target}!${first},0,0,MAX(1,COUNTA({target}!${first}:${last})),1)"
            refuse = {"error_type": "warning"} if ref.only else {"show_error": False}
            sheet.data_validation(*at, {"validate": "list", "source": listed, **refuse})
        elif model.about_cells and name == "table":
            of_numbers = (name for name, each in BY_NAME.items() if not each.about_cells)
            listed_tables = [*of_numbers, "case", "judgements"]  # Excel takes 255 signs
            sheet.data_validation(*at, {"validate": "list", "source": listed_tables, "show_error": False})


def _named_ids(model: type[Row]) -> list[tuple[str, str]]:
    """Return the columns beside which names stand: those that hold ids of one other table alone, with that table."""
    named = () if issubclass(model, Named) else refs(model).items()
    return [(name, ref.to) for name, ref in named if ref.only and ref.to in BY_NAME]


def _helpers(
    book: Book, case: Case, sheet: Sheet, model: type[Row], names: Sequence[str], rows: list[list[Any]]
) -> None:
    """Show the names of ids beside a table, in formulas that follow what is typed; beside many rows, as written."""
    live = len(rows) <= MOST_FORMULAS
    look = book.style(font_color="#7F7F7F", italic=True)
    end = len(names) + 1
    for name, target in _named_ids(model):
        header = case.tables[target].header if case.tables[target].present else ()
        if name not in names or not {"name_zh", "name_en"} <= {*header}:
            continue
        at, ids = column_name(names.index(name)), column_name(header.index(name))
        last = FIRST + len(case.tables[target].rows) + SPARE
        zh, en = (case.names(BY_NAME[target], lang) for lang in ("zh", "en"))
        shown = {key: f"{zh[key]}  {en[key]}" for key in zh}
        told = "book.helper" if live else "book.helper_as_written"
        head = "\n".join(say(told, lang, table=say(f"table.{target}", lang)) for lang in ("zh", "en"))
        grey = book.style(italic=True, font_color="#7F7F7F", bg_color=PALE, text_wrap=True)
        put(sheet, HEAD, end, head, grey)
        ranged = {
            c: f"{target}!${column_name(header.index(c))}${FIRST + 1}:${column_name(header.index(c))}${last}"
            for c in ("name_zh", "name_en")
        }
        for row, cells in enumerate(rows, FIRST):
            key = cells[names.index(name)]
            if not live:
                put(sheet, row, end, shown.get(key, ""), look)
                continue
            match = f"MATCH(${at}{row + 1},{target}!${ids}${FIRST + 1}:${ids}${last},0)"
            formula = f'=IFERROR(INDEX({ranged["name_zh"]},{match})&"  "&INDEX({ranged["name_en"]},{match}),"")'
            sheet.write_formula(row, end, formula, look, shown.get(key, ""))
        sheet.set_column(end, end, breadth(shown.values(), most=60))
        end += 1


def _sentences(book: Book, case: Case, sheet: Sheet, at: int) -> None:
    """Show what each rule says beside it, as it was written: it does not follow what is typed."""
    look = book.style(font_color="#7F7F7F", italic=True, text_wrap=True)
    put(
        sheet, HEAD, at, both("book.rule"), book.style(italic=True, font_color="#7F7F7F", bg_color=PALE, text_wrap=True)
    )
    for row, rule in enumerate(case.rows(RuleRow), FIRST):
        put(sheet, row, at, "\n".join(rule_sentence(case, rule, lang) for lang in ("zh", "en")), look)
    sheet.set_column(at, at, 60)


def _judgement_sheet(book: Book, case: Case, judgement: Judgement, title: str) -> None:
    sheet = book.sheet(title, JUDGEMENTS)
    (_, *labels), *rows = judgement_rows(judgement)
    names = {lang: case.names(Factor, lang) for lang in ("zh", "en")}
    heads = {label: f"{names['zh'].get(label, label)}\n{names['en'].get(label, label)}" for label in labels}
    corner = "factor" if title == f"judgements.{judgement.name}" else f"{JUDGED}{judgement.name}"
    widths = [breadth([corner, *labels]), *(breadth([heads[label], label], most=22) for label in labels)]
    _headings(
        book, sheet, "judgements", [corner, *labels], widths, {}, {corner: case_heading("", "factor")[0], **heads}
    )
    kind = Sources(case).judgement_kind(judgement.name)
    for row, (label, *values) in enumerate(rows, FIRST):
        put(sheet, row, 0, label, book.style(bold=True, num_format="@"))
        for i, value in enumerate(values, 1):
            # as a fraction, so that 1/3 typed into the cell stays one and becomes no date
            look = {"num_format": "# ??/??", "bg_color": PALE if row - FIRST == i - 1 else KIND_COLOURS[kind]}
            put(sheet, row, i, value, book.style(border=1, border_color="#D9D9D9", align="center", **look))
