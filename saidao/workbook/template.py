"""The workbook that a planner fills in: in one language, names for ids, drop-downs of names, costs and effects wide.

The first row of a sheet says what to fill in, the second holds headings, the table stands below; `saidao.case` reads
it. What is yellow is an example. A cell turns red where it cannot be read or contradicts another, and orange where it
was probably not meant: by formulas that follow what is typed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from ..case.case import Case
from ..case.naming import without_unit
from ..case.provenance import Sources
from ..case.sheets import column_name
from ..case.tables import (
    BY_NAME,
    IN_ORDER,
    Effect,
    Factor,
    Grade,
    Measure,
    Named,
    Resource,
    Row,
    Source,
    Track,
    choices,
    numeric,
)
from ..case.write import judgement_rows, table_rows
from ..render.book import INK, KIND_COLOURS, PALE, Book, Sheet, breadth, fits_a_title, height, put
from ..texts.case_columns import CASE_COLUMNS
from ..texts.say import say
from ..texts.spellings import WORDS
from ..texts.tables import table_names
from .case_sheets import judgement_titles, table_sheet

TELL, HEAD, FIRST = 0, 1, 2
"""Rows of a sheet, from 0: what to do, the headings, and the first of the table."""
SPARE = 300
"""Rows in which drop-downs and warnings work, whatever is filled in."""
RED, ORANGE = "#F4B6B0", "#FFD28A"
"""Of a cell that cannot be right, and of one that may not be."""
WRITTEN = ("tracks", "factors", "scores", "resources", "measures", "scales", "effects", "sources")
"""Tables that have a sheet here; costs stand beside the measures."""


def template_workbook(case: Case, lang: str, file: str = "") -> bytes:
    """Return a case as a workbook to be filled in, in *lang*, which will be called *file*.

    Its costs are of no period, and its effects hold on all tracks: those of `new_case`.
    """
    return _Template(case, lang, file or f"{case.name}.xlsx").bytes()


@dataclass
class _Column:
    """A column of a sheet: its heading, its cells, what fills it in, and how its cells are warned about.

    Attributes
    ----------
    kinds : the fill of each cell by where its number comes from; blank for texts.
    offered : the range or the words that the drop-down lists; blank for none.
    free : whether something else may be typed, too.
    warned : (formula, colour), of the first cell, ``{c}`` for it and ``{r}`` for its row; the first that holds colours.
    """

    heading: str
    cells: list[Any]
    kinds: Sequence[str] = ()
    offered: str | Sequence[str] = ""
    free: bool = False
    warned: Sequence[tuple[str, str]] = ()


class _Template:
    """The workbook while it is written."""

    def __init__(self, case: Case, lang: str, file: str) -> None:
        self.case, self.lang, self.file = case, lang, file
        self.book = Book(case.title(lang))
        self.sources = Sources(case)
        self.titles = {name: title for title, name in table_names(lang).items()} if lang == "zh" else {}

    def say(self, key: str, **words: Any) -> str:
        """Return a text."""
        return say(key, self.lang, **words)

    def bytes(self) -> bytes:
        """Write every sheet, and return the file."""
        self._guide()
        self._settings()
        made: dict[str, Callable[[], list[_Column]]] = {
            "tracks": lambda: self._named(Track),
            "factors": self._factors,
            "scores": self._scores,
            "resources": self._resources,
            "measures": self._measures,
            "scales": self._grades,
            "effects": self._effects,
            "sources": self._sources,
        }
        for table in IN_ORDER:
            if table == "judgements":
                self._judgements()
            elif table in made and self.case.tables[table].present:
                self._sheet(table, made[table]())
            elif table != "costs" and self.case.tables[table].present:
                table_sheet(self.book, self.case, table)
        return self.book.bytes()

    # --- places ------------------------------------------------------------------------------------------------------

    def title(self, table: str) -> str:
        """Return the title of a table's sheet."""
        title = self.titles.get(table, table)
        return title if fits_a_title(title) else table

    def names_in(self, table: str) -> str:
        """Return the range of the names in a table's sheet."""
        return self._down(table, 0)

    def _down(self, table: str, column: int) -> str:
        letter = column_name(column)
        return f"'{self.title(table)}'!${letter}${FIRST + 1}:${letter}${FIRST + SPARE}"

    def _listed(self, table: str) -> str:
        """Return a list of the names in a table's sheet, without the blank cells below them."""
        letter = f"'{self.title(table)}'!$A"
        return f"=OFFSET({letter}${FIRST + 1},0,0,MAX(1,COUNTA({letter}${FIRST + 1}:$A${FIRST + SPARE})),1)"

    def heading(self, model: type[Row], column: str) -> str:
        """Return the heading of a column."""
        key = f"field.{model.table}.{column}"
        texts = CASE_COLUMNS.get(key, CASE_COLUMNS.get(f"field.{column}", (column, column)))
        return texts[("en", "zh").index(self.lang)].partition("\n")[0]

    def word(self, of: str, word: str) -> str:
        """Return a word that a column takes, in the language of the workbook."""
        return WORDS[of][word][0] if self.lang == "zh" else word

    # --- columns -----------------------------------------------------------------------------------------------------

    def _kinds(self, model: type[Row], column: str) -> Sequence[str]:
        rows = self.case.tables[model.table].rows
        return [self.sources.kind(model.table, row.key_parts(), column) for row in rows]

    def _named(self, model: type[Named]) -> list[_Column]:
        """Return the columns of names, and all others of a table as they are; a name twice is red."""
        rows: Sequence[Any] = self.case.rows(model)
        other = "en" if self.lang == "zh" else "zh"
        first = [row.name(self.lang) for row in rows]
        second = [getattr(row, f"name_{other}") for row in rows]
        twice = (f'AND({{c}}<>"",COUNTIF({self.names_in(model.table)},{{c}})>1)', RED)
        blank = ('AND({c}="",COUNTA($B{r}:$Z{r})>0)', ORANGE)
        made = [_Column(say("template.name", self.lang), first, warned=(twice, blank))]
        if any(name and name != own for name, own in zip(second, first, strict=True)):
            made.append(_Column(self.heading(model, f"name_{other}"), second))
        header, *cells = table_rows(self.case.tables[model.table])
        shown = ("name_en", "name_zh", model.key[0])
        for at, column in enumerate(map(str, header)):
            if column in shown:
                continue
            texts = [row[at] for row in cells]
            is_number = column in numeric(model)
            if column == "unit_zh" and not any(texts):
                continue
            known = choices(model).get(column)
            of = column if column in WORDS else f"{model.table}.{column}"
            if known and of in WORDS:
                texts = [self.word(of, str(text)) if text else text for text in texts]
                known = tuple(self.word(of, word) for word in known)
            text_there = (("ISTEXT({c})", RED),) if is_number else ()
            kinds = self._kinds(model, column) if is_number else ()
            alone = column == "unit" and not any(row[header.index("unit_zh")] for row in cells if "unit_zh" in header)
            heading = say("template.unit", self.lang) if alone else self.heading(model, column)
            made.append(_Column(heading, texts, kinds, list(known or ()), False, text_there))
        return made

    def _at(self, made: list[_Column], model: type[Row], column: str) -> int:
        heading = self.heading(model, column)
        return next((n for n, one in enumerate(made) if one.heading == heading), -1)

    def _factors(self) -> list[_Column]:
        made = self._named(Factor)
        way, worst, target, weight = (
            self._at(made, Factor, name) for name in ("direction", "worst", "target", "weight")
        )
        w, t, d = (f"${column_name(at)}{{r}}" for at in (worst, target, way))
        low = f'AND({d}="{self.word("direction", "max")}",{t}<{w})'
        high = f'AND({d}="{self.word("direction", "min")}",{t}>{w})'
        scale = (
            ("ISTEXT({c})", RED),
            (f"AND(ISNUMBER({w}),ISNUMBER({t}),OR({w}={t},{low},{high}))", RED),
            ('AND($A{r}<>"",{c}="")', ORANGE),
        )
        made[worst].warned = made[target].warned = scale
        if weight >= 0:
            made[weight].warned = (("ISTEXT({c})", RED), ("AND(ISNUMBER({c}),{c}<0)", RED), *_blank())
        return made

    def _scores(self) -> list[_Column]:
        """Return the tracks, and a column a factor: red for texts, orange for blanks and what is beyond the scale."""
        table, names = self.case.tables["scores"], self.case.names(Track, self.lang)
        rows: Sequence[Any] = table.rows
        factors = self._factors()
        worst, target = (self._at(factors, Factor, name) for name in ("worst", "target"))
        tracks = [names.get(row.track, row.track) for row in rows]
        made = [self._who("tracks", tracks, say("template.track", self.lang))]
        for n, factor in enumerate(self.case.rows(Factor)):
            if factor.factor not in table.header:
                continue
            places = (f"'{self.title('factors')}'!${column_name(at)}${FIRST + 1 + n}" for at in (worst, target))
            ends = ",".join(places)
            beyond = f"AND(ISNUMBER({{c}}),COUNT({ends})=2,OR({{c}}<MIN({ends}),{{c}}>MAX({ends})))"
            kinds = [self.sources.kind("scores", (row.track,), factor.factor) for row in rows]
            values = [row.values.get(factor.factor) for row in rows]
            warned = (("ISTEXT({c})", RED), *_blank(), (beyond, ORANGE))
            made.append(_Column(factor.name(self.lang), values, kinds, warned=warned))
        return made

    def _who(self, table: str, names: list[str], heading: str) -> _Column:
        """Return a column of names of another sheet: red where that sheet does not have it, or it stands twice."""
        unknown = f'AND({{c}}<>"",COUNTIF({self.names_in(table)},{{c}})=0)'
        twice = f'AND({{c}}<>"",COUNTIF($A${FIRST + 1}:$A${FIRST + SPARE},{{c}})>1)'
        return _Column(heading, names, offered=self._listed(table), warned=((unknown, RED), (twice, RED)))

    def _resources(self) -> list[_Column]:
        made = self._named(Resource)
        budget = self._at(made, Resource, "budget")
        made[budget].warned = (("ISTEXT({c})", RED), ("AND(ISNUMBER({c}),{c}<0)", RED), *_blank())
        return made

    def _measures(self) -> list[_Column]:
        """Return the measures, and a column a resource with what one unit of each takes."""
        made = self._named(Measure)
        costs = {(row.measure, row.resource): row.cost for row in self.case.rows(BY_NAME["costs"])}  # type: ignore[attr-defined]
        rows: Sequence[Any] = self.case.rows(Measure)
        budget = self._at(self._resources(), Resource, "budget")
        for n, resource in enumerate(self.case.rows(Resource)):
            unit = resource.unit_name(self.lang)
            name = resource.name(self.lang)
            heading = f"{name}（{unit}）" if self.lang == "zh" else f"{name} ({unit})"
            heading = heading if without_unit(heading) == (name, unit) else name  # what is read back as its name
            whole = f"'{self.title('resources')}'!${column_name(budget)}${FIRST + 1 + n}"
            more = f"AND(ISNUMBER({{c}}),ISNUMBER({whole}),{{c}}>{whole})"
            kinds = [self.sources.kind("costs", (row.measure, resource.resource), "cost") for row in rows]
            values = [costs.get((row.measure, resource.resource)) for row in rows]
            warned = (("ISTEXT({c})", RED), ("AND(ISNUMBER({c}),{c}<0)", ORANGE), (more, ORANGE))
            made.append(_Column(heading, values, kinds, warned=warned))
        return made

    def _grades(self) -> list[_Column]:
        made = self._named(Grade)
        at = self._at(made, Grade, "closes")
        made[at].warned = (("ISTEXT({c})", RED), ("AND(ISNUMBER({c}),OR({c}<0,{c}>1))", ORANGE), *_blank())
        return made

    def _effects(self) -> list[_Column]:
        """Return the measures, and a column a factor: a grade, or a share of the way from worst to target."""
        grades, names = self.case.names(Grade, self.lang), self.case.names(Measure, self.lang)
        found: dict[tuple[str, str], Any] = {}
        for row in self.case.rows(Effect):
            found[row.measure, row.factor] = grades.get(row.scale, row.scale) if row.scale else row.effect
        measures = [row.measure for row in self.case.rows(Measure)]
        unknown = f'AND({{c}}<>"",NOT(ISNUMBER({{c}})),COUNTIF({self.names_in("scales")},{{c}})=0)'
        idle = ('AND({c}<>"",COUNTA($B{r}:$Z{r})=0)', ORANGE)
        made = [self._who("measures", [names[id_] for id_ in measures], say("template.measure", self.lang))]
        made[0].warned = (*made[0].warned, idle)
        for factor in self.case.rows(Factor):
            values = [found.get((id_, factor.factor)) for id_ in measures]
            kind = self.sources.kind("effects", ("", "*", factor.factor), "effect")
            kinds = [kind if value is not None else "" for value in values]
            warned = ((unknown, RED), ("AND(ISNUMBER({c}),OR({c}<0,{c}>1))", ORANGE))
            made.append(_Column(factor.name(self.lang), values, kinds, self._listed("scales"), True, warned))
        return made

    def _sources(self) -> list[_Column]:
        rows: Sequence[Any] = self.case.rows(Source)
        there = [name for name, table in self.case.tables.items() if table.present]
        tables = {name: self.title(name) for name in (*there, *(["judgements"] if self.case.judgements else []))}
        kinds = [self.word("sources.kind", kind) for kind in choices(Source)["kind"]]
        texts = {column: [getattr(row, column) for row in rows] for column in ("row", "column")}
        shown = [tables.get(row.of_table, row.of_table) for row in rows]
        return [
            _Column(self.heading(Source, "table"), shown, (), [*tables.values()]),
            *(_Column(self.heading(Source, column), cells) for column, cells in texts.items()),
            _Column(self.heading(Source, "kind"), [self.word("sources.kind", r.kind) for r in rows], (), kinds),
            _Column(self.heading(Source, "note"), [row.told(self.lang) for row in rows]),
        ]

    # --- sheets ------------------------------------------------------------------------------------------------------

    def _sheet(self, table: str, made: list[_Column]) -> None:
        sheet = self.book.sheet(self.title(table), INK if table in ("tracks", "factors", "scores") else "#548235")
        put(sheet, TELL, 0, self.say(f"template.tell.{table}"), self.book.style(italic=True, font_color="#7F7F7F"))
        for at, column in enumerate(made):
            self._fill(sheet, at, column)
        sheet.set_row(HEAD, height([one.heading for one in made], [self._width(one) for one in made]))
        sheet.freeze_panes(FIRST, 1)

    def _width(self, column: _Column) -> float:
        return max(breadth([column.heading], most=16), breadth(column.cells, most=40))

    def _fill(self, sheet: Sheet, at: int, column: _Column) -> None:
        put(sheet, HEAD, at, column.heading, self.book.heading)
        sheet.set_column(at, at, self._width(column))
        plain = {"border": 1, "border_color": "#D9D9D9"}
        for n, value in enumerate(column.cells):
            kind = column.kinds[n] if n < len(column.kinds) else ""
            look = plain | ({"bg_color": KIND_COLOURS[kind]} if kind else {})
            put(sheet, FIRST + n, at, value, self.book.style(**look))
        area = (FIRST, at, FIRST + SPARE - 1, at)
        if column.offered:
            sheet.data_validation(
                *area,
                {
                    "validate": "list",
                    "source": column.offered if isinstance(column.offered, str) else list(column.offered),
                    "show_error": not column.free,
                    "error_type": "warning",
                    "error_message": self.say("template.not_listed"),
                },
            )
        for formula, colour in column.warned:
            criteria = "=" + formula.format(c=f"{column_name(at)}{FIRST + 1}", r=FIRST + 1)
            rule = {"type": "formula", "criteria": criteria, "format": self.book.fill(colour), "stop_if_true": True}
            sheet.conditional_format(*area, rule)

    def _judgements(self) -> None:
        """Write a square sheet a judge: red beyond 1/9 to 9, orange where its halves contradict."""
        titles = judgement_titles(self.case)
        names = self.case.names(Factor, self.lang)
        for judgement in self.case.judgements.values():
            title = titles[judgement.name].replace("judgements", self.title("judgements"), 1)
            sheet = self.book.sheet(title if fits_a_title(title) else titles[judgement.name], "#7030A0")
            (_, *labels), *rows = judgement_rows(judgement)
            put(
                sheet, TELL, 0, self.say("template.tell.judgements"), self.book.style(italic=True, font_color="#7F7F7F")
            )
            put(sheet, HEAD, 0, say("template.factor", self.lang), self.book.heading)
            sheet.set_column(0, len(labels), 16)
            kind = self.sources.judgement_kind(judgement.name)
            for n, (label, *values) in enumerate(rows):
                put(sheet, HEAD, n + 1, names.get(label, label), self.book.heading)
                put(sheet, FIRST + n, 0, names.get(label, label), self.book.style(bold=True))
                for j, value in enumerate(values):
                    colour = PALE if n == j else KIND_COLOURS[kind]
                    look = self.book.style(num_format="# ??/??", bg_color=colour, align="center", border=1)
                    put(sheet, FIRST + n, j + 1, value, look)
            end = FIRST + len(labels)
            square = f"$B${FIRST + 1}:${column_name(len(labels))}${end}"
            mirror = f"INDEX({square},COLUMN(B{FIRST + 1})-1,ROW(B{FIRST + 1})-{FIRST})"
            for formula, colour in (
                (f"OR(ISTEXT(B{FIRST + 1}),AND(ISNUMBER(B{FIRST + 1}),OR(B{FIRST + 1}<1/9.1,B{FIRST + 1}>9)))", RED),
                (f"AND(ISNUMBER(B{FIRST + 1}),ISNUMBER({mirror}),ABS(B{FIRST + 1}*{mirror}-1)>0.03)", ORANGE),
            ):
                rule = {"type": "formula", "criteria": f"={formula}", "format": self.book.fill(colour)}
                sheet.conditional_format(FIRST, 1, end - 1, len(labels), rule)
            sheet.set_row(HEAD, 34)
            sheet.freeze_panes(FIRST, 1)

    def _settings(self) -> None:
        sheet = self.book.sheet(self.title("case") if self.lang == "zh" else "case", INK)
        put(sheet, 0, 0, "key", self.book.heading)
        put(sheet, 0, 1, "value", self.book.heading)
        for column, width in enumerate((14, 36, 60)):
            sheet.set_column(column, column, width)
        for row, (key, value) in enumerate(self.case.settings.model_dump(exclude_unset=True).items(), 1):
            put(sheet, row, 0, key, self.book.style(font_color="#7F7F7F"))
            put(sheet, row, 1, value, self.book.style(bottom=4, bottom_color="#BFBFBF"))
            put(sheet, row, 2, say(f"setting.{key}", self.lang), self.book.style(font_color="#7F7F7F", italic=True))

    def _guide(self) -> None:
        """Say which sheets to fill in and in which order, what the colours mean, and what comes next."""
        sheet = self.book.sheet(say("guide.title", self.lang), "#C00000")
        for column, width in enumerate((22, 90)):
            sheet.set_column(column, column, width)
        put(sheet, 0, 0, self.case.title(self.lang), self.book.title)
        sheet.set_row(0, 28)
        put(sheet, 1, 0, self.say("template.what"), self.book.style(font_color="#7F7F7F"))
        row = 3
        wrapped = self.book.style(text_wrap=True, valign="top")
        for table in IN_ORDER:
            if table not in WRITTEN or not self.case.tables[table].present:
                continue
            link = self.book.style(font_color="#0563C1", underline=1)
            sheet.write_url(row, 0, f"internal:'{self.title(table)}'!A1", link, self.title(table))
            put(sheet, row, 1, self.say(f"template.tell.{table}"), wrapped)
            row += 1
        row += 1
        for colour, key in ((KIND_COLOURS["assumption"], "yellow"), (ORANGE, "orange"), (RED, "red")):
            put(
                sheet,
                row,
                0,
                self.say(f"template.{key}.name"),
                self.book.style(bg_color=colour, border=1, border_color="#BFBFBF"),
            )
            put(sheet, row, 1, self.say(f"template.{key}"), wrapped)
            row += 1
        row += 1
        for key in ("check", "plan"):
            put(sheet, row, 1, say(f"guide.{key}", self.lang, file=self.file), wrapped)
            row += 1
        sheet.activate()


def _blank() -> tuple[tuple[str, str], ...]:
    """Return the warning of a cell that is blank where its row has a name."""
    return (('AND($A{r}<>"",{c}="")', ORANGE),)
