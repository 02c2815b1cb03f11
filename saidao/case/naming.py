"""Names for ids: whatever is typed where an id belongs is read as the id that it names, before rows are made.

A name in either language stands for its id; case, width, blanks and a unit behind it do not matter, but what is an id
as it stands means itself. A name that several ids have is an error, never a guess; one that is known nowhere stays, and
the checks tell of it. Rows without an id get one. Columns of resources or factors become rows of costs and effects.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from typing import Any

from ..errors import Place, Problem
from ..texts.spellings import ALL, CLOSED, WORDS
from ..texts.tables import table_names
from .case import Case, Table
from .cells import fault, number, numbers, plain
from .checking import period_names
from .checks.names import TAKEN
from .grids import Source as Tables
from .lines import Lines, Origin, columns_named
from .settings import Settings
from .tables import (
    BY_NAME,
    RELATIONS,
    TABLES,
    Actual,
    Cost,
    Effect,
    Grade,
    Link,
    Measure,
    Named,
    Row,
    RuleRow,
    Score,
    Source,
    choices,
    columns,
    columns_of,
    refs,
)
from .units import is_unit, measure_of

FORBIDDEN = re.compile(r"[;:*/@=]+")
_UNIT = re.compile(r"(.+?)\s*(?:[(（\[【〔]\s*(.+?)\s*[)）\]】〕]|[/／,，、]\s*([^/／,，、]+)|\s([%％]))")
LISTED, ONE_OF = "[;；、，,]", r"[|｜]|或者?|\bor\b"
"""What separates the names of a list, and those of which one is enough."""
JOINED = 8
"""Parts that a name is sought in, where it may hold the signs that separate names."""
GROUPS = {
    "track": "tracks",
    "type": "types",
    "factor": "factors",
    "dimension": "dimensions",
    "stage": "stages",
    "measure": "measures",
}
"""The table whose ids are the keys of a rule, by what it is over."""


class Ambiguous(Exception):
    """What was typed could be several ids."""

    def __init__(self, of: str, ids: Sequence[str], text: str = "") -> None:
        self.of, self.ids, self.text = of, tuple(ids), text
        super().__init__(", ".join(ids))

    @property
    def details(self) -> dict[str, Any]:
        """What a problem tells of it."""
        return {"of": self.of, "choices": ", ".join(self.ids[:12])}


def without_unit(text: str) -> tuple[str, str]:
    """Return a name and the unit behind it, blank where none is.

    >>> without_unit("资金（万元）"), without_unit("rd %"), without_unit("Awards (2026)"), without_unit("land/ha")
    (('资金', '万元'), ('rd', '%'), ('Awards (2026)', ''), ('land', 'ha'))
    """
    found = _UNIT.fullmatch(text)
    unit = next(filter(None, found.groups()[1:]), "") if found else ""
    return (found[1], unit) if found and is_unit(unit) else (text, "")


class Names:
    """The ids of one table, and what each of them is called."""

    def __init__(self, of: str, rows: Iterable[Sequence[str]] = ()) -> None:
        self.of = of
        self.ids: dict[str, None] = {}
        self._alike: dict[str, dict[str, None]] = {}
        self._bare: dict[str, dict[str, None]] = {}
        for id_, *names in rows:
            if not id_:
                continue
            self.ids[id_] = None
            for name in filter(None, (id_, *names)):
                self._alike.setdefault(plain(name), {})[id_] = None
                alone, unit = without_unit(name)
                if unit:
                    self._bare.setdefault(plain(alone), {})[id_] = None

    def found(self, text: str) -> tuple[str, ...]:
        """Return the ids that a text could be.

        >>> names = Names("resources", [("funds", "Funds", "资金（万元）"), ("land", "Land", "土地")])
        >>> names.found("ＦＵＮＤＳ"), names.found("资金"), names.found("土地（亩）"), names.found("水")
        (('funds',), ('funds',), ('land',), ())
        """
        if text in self.ids:
            return (text,)
        alone, unit = without_unit(text)
        for known, name in ((self._alike, text), (self._bare, text), (self._alike, alone)):
            if ids := known.get(plain(name)):
                return tuple(ids)
        return tuple(self._bare.get(plain(alone), ())) if unit else ()

    def id(self, text: str) -> str:
        """Return the id that a text stands for; the text where it is none's.

        Raises
        ------
        Ambiguous
            Several ids are called so.
        """
        ids = self.found(text)
        if len(ids) > 1:
            raise Ambiguous(self.of, ids, text)
        return ids[0] if ids else text

    def parts(self, text: str, separators: str) -> list[str]:
        """Return the names in a list; a name that is known may hold the signs that separate names."""
        cut = re.split(f"({separators})", text)  # names at even places, what separates them between
        found: list[str] = []
        at = 0
        while at < len(cut):
            ends = range(min(len(cut), at + 2 * JOINED - 1), at, -2)
            joined = {end: "".join(cut[at:end]).strip() for end in ends}
            end = next((end for end, name in joined.items() if self.found(name)), at + 1)
            found.append(joined[end])
            at = end + 1
        return [name for name in found if name]

    def ids_in(self, text: str) -> list[str]:
        """Return the ids of a list; a name may hold the signs that separate names.

        >>> names = Names("measures", [("m1", "", "土地、人才"), ("m2", "", "资金")])
        >>> names.ids_in("土地、人才；资金"), names.ids_in("资金、土地、人才"), names.ids_in("m1;x, y")
        (['m1', 'm2'], ['m2', 'm1'], ['m1', 'x', 'y'])
        """
        return [self.id(name) for name in self.parts(text, LISTED)]


def ids_of(names: Iterable[str], taken: Collection[str] = ()) -> list[str]:
    """Return an id a name: small letters and digits where the name is ascii, the name itself else; no two the same.

    >>> ids_of(["Shared lab", "新能源汽车", "R&D: spend", "Shared  lab", "***"], taken=["track"])
    ['shared_lab', '新能源汽车', 'r_d_spend', 'shared_lab_2', 'x']
    """
    used, made = {plain(one) for one in taken}, []
    for name in names:
        text = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_") if name.isascii() else FORBIDDEN.sub("_", name)
        first = " ".join(text.split()).strip("_") or "x"
        id_, n = first, 1
        while plain(id_) in used:
            n += 1
            id_ = f"{first}_{n}"
        used.add(plain(id_))
        made.append(id_)
    return made


def named(name: str) -> dict[str, str]:
    """Return a name in its own language's column."""
    return {"name_zh" if any("\u4e00" <= sign <= "\u9fff" for sign in name) else "name_en": name}


@cache
def words_of(table: str, column: str) -> dict[str, str]:
    """Return the words that a column takes, by how each may be typed.

    >>> words_of("measures", "scope")["全市"], words_of("rules", "kind")["不超过"]
    ('city', 'cap')
    """
    typed = WORDS.get(f"{table}.{column}", WORDS.get(column, {}))
    return {plain(text): word for word, texts in typed.items() for text in (word, *texts)}


def column_id(names: Mapping[str, Names], model: type[Row], text: str) -> str:
    """Return the column of a table that is called so: one of its own, or a row's of what it has columns of."""
    if text in columns(model):
        return text
    for of in columns_of(model):
        if names[of].found(text):
            return names[of].id(text)
    column = columns_named(model, [text])[0]
    return text if column == "name" else column


def cell_of(names: Mapping[str, Names], table: str, row: str, column: str) -> tuple[str, str, str]:
    """Return table, row and column of a cell by their ids, where sources and changes name it.

    Raises
    ------
    Ambiguous
        A name that several ids have.
    """
    called = {plain(text): name for lang in ("en", "zh") for text, name in table_names(lang).items()}
    first, slash, rest = table.partition("/")
    table = called.get(plain(first), first) + slash + rest
    if table.partition("/")[0] == "judgements":
        return table, names["factors"].id(row), names["factors"].id(column)
    if table not in BY_NAME:
        return table, row, column
    model = BY_NAME[table]
    whole = names.get(_key_tables(model)[0])
    parts = [row] if whole is not None and whole.found(row) else row.split("/")
    return table, "/".join(key_ids(names, model, parts)), column_id(names, model, column) if column else column


def _key_tables(model: type[Row]) -> list[str]:
    """Return the tables whose ids are the parts of a table's key."""
    return [refs(model)[key].to if key in refs(model) else model.table for key in model.key]


def key_ids(names: Mapping[str, Names], model: type[Row], parts: Sequence[str]) -> list[str]:
    """Return the parts of a row's key by ids, as many as are given."""
    found = []
    for key, of, part in zip(model.key, _key_tables(model), parts, strict=False):
        if model is Effect and key == "track":
            found.append(target_id(names, part))
        else:
            found.append(names[of].id(part) if part and of in names else part)
    return [*found, *parts[len(found) :]]


def row_by_id(names: Mapping[str, Names], model: type[Row], values: Mapping[str, str]) -> dict[str, str]:
    """Return the cells of one row, by columns, with its words and names read.

    Raises
    ------
    Ambiguous
        A name that several ids have.
    """
    found = {}
    for column, text in values.items():
        words = words_of(model.table, column)
        found[column] = words.get(plain(text), text)
    for column, ref in refs(model).items():
        if found.get(column):
            found[column] = names[ref.to].id(found[column]) if ref.only else target_id(names, found[column])
    for column in ("key", "of") if model is RuleRow else ():
        if found.get(column):
            found[column] = rule_ids(names, column, found)
    return found


_EVERYWHERE = frozenset(map(plain, ALL))
_TYPE = re.compile(r"(?:type|类型|赛道类型)\s*[:：]\s*(.+)", re.I)


def target_id(names: Mapping[str, Names], text: str) -> str:
    """Return where an effect is: a track, ``type:ID`` or ``*``."""
    if text in ("", "*") or text in names["tracks"].ids:  # a track may well be named "*"
        return text
    if said := _TYPE.fullmatch(text):
        return f"type:{names['types'].id(said[1])}"
    tracks, types = names["tracks"].found(text), names["types"].found(text)
    both = (*tracks, *(f"type:{id_}" for id_ in types))
    if len(both) > 1:
        raise Ambiguous("tracks", both, text)
    return both[0] if both else "*" if plain(text) in _EVERYWHERE else text


_CLOSED = frozenset(map(plain, CLOSED))


def rule_ids(names: Mapping[str, Names], column: str, values: Mapping[str, str]) -> str:
    """Return a rule's ``key`` or ``of`` by ids; those of several measures are joined by ``;``."""
    text, over = values[column], values.get("over", "")
    if values.get("kind") in RELATIONS:
        if column == "key":
            return ";".join(names["measures"].ids_in(text))
        return "|".join(";".join(names["measures"].ids_in(one)) for one in names["measures"].parts(text, ONE_OF))
    if column == "of":
        return "closed" if plain(text) in _CLOSED else names["resources"].id(text)
    return names[GROUPS[over]].id(text) if over in GROUPS else text


def place_id(names: Mapping[str, Names], text: str) -> str:
    """Return ``MEASURE`` or ``MEASURE@target`` by ids.

    >>> names = {
    ...     "measures": Names("measures", [("m1", "", "补贴")]),
    ...     "tracks": Names("tracks", [("t1", "", "量子")]),
    ...     "types": Names("types"),
    ... }
    >>> place_id(names, "补贴"), place_id(names, "m1 @ 量子")
    ('m1', 'm1@t1')
    """
    measure, at, target = text.partition("@")
    return names["measures"].id(measure.strip()) + at + target_id(names, target.strip()).removeprefix("type:")


def settings_by_id(names: Mapping[str, Names], settings: Settings) -> dict[str, Any]:
    """Return the settings that hold names of a case's rows, by ids.

    Raises
    ------
    Ambiguous
        A name that several ids have.
    """
    found: dict[str, Any] = {}
    if settings.save:
        found["save"] = names["resources"].id(settings.save)
    if settings.forbid:
        found["forbid"] = tuple(place_id(names, text) for text in settings.forbid)
    if settings.lock:
        found["lock"] = tuple(_lock_id(names, text) for text in settings.lock)
    return found


def _lock_id(names: Mapping[str, Names], text: str) -> str:
    """Return ``MEASURE=LEVEL`` or ``MEASURE=LEVEL@TARGET`` by ids."""
    measure, sign, rest = text.partition("=")
    level, at, target = rest.partition("@")
    measure, at_, target = place_id(names, f"{measure}{at}{target}").partition("@")
    return measure + sign + level + at_ + target


def names_of(case: Case) -> dict[str, Names]:
    """Return the ids of every table of a case, and what each is called."""
    found = _ids_in({}, case.tables)
    found["case.toml"] = Names("case.toml", ((period,) for period in period_names(case)))
    found["judgements"] = Names("judgements", ((one.judge,) for one in case.judgements.values()))
    return found


def _ids_in(tables: Mapping[str, Lines], kept: Mapping[str, Table]) -> dict[str, Names]:
    """Return the ids of every table, of lines or of rows; of one that only names ids and is not there, those in use."""
    cells = partial(_cells, tables, kept)
    found = {}
    for model in TABLES:
        if model.about_cells or model.key[0] in refs(model):
            continue
        rows = list(cells(model, model.key[0], "name_en", "name_zh"))
        if model.names_only and not rows:
            of = ((one, column) for one in TABLES for column, ref in refs(one).items() if ref.to == model.table)
            rows = [row for one, column in of for row in cells(one, column)]
        found[model.table] = Names(model.table, rows)
    return found


def _cells(
    tables: Mapping[str, Lines], kept: Mapping[str, Table], model: type[Row], *columns_: str
) -> Iterator[tuple[str, ...]]:
    """Yield some cells of every row of a table, of lines or of rows."""
    if model.table in tables:
        yield from tables[model.table].cells(*columns_)
    for row in kept[model.table].rows if model.table in kept else ():
        yield tuple(str(getattr(row, column, "") or "") for column in columns_)


def name_ids(
    tables: dict[str, Lines], source: Tables, settings: Settings, kept: Mapping[str, Table]
) -> dict[str, Names]:
    """Replace names by ids in all tables, in place, and return what each table's ids are called.

    A table that other tables have columns of may be added. What could be several ids goes to the problems of *source*;
    *kept* holds tables that are read already.
    """
    for lines in tables.values():
        _give_ids(lines)
        read_words(lines)
        if lines.model is Measure:
            _whole_and_least(lines)
    naming = _Naming(tables, source, settings, kept)
    for lines in tables.values():
        naming.headings(lines)
    naming.spread()
    naming.grades()
    for lines in tables.values():
        naming.references(lines)
    return naming.names


def read_words(lines: Lines) -> None:
    """Read the words of columns that take a few, in either language."""
    for column in choices(lines.model):
        if texts := lines.texts.get(column):
            words = words_of(lines.model.table, column)
            read = {text: words.get(plain(text)) or text for text in set(texts)}
            lines.texts[column] = [read[text] for text in texts]


class _Naming:
    """The tables of a case while names in them are replaced by ids."""

    def __init__(self, tables: dict[str, Lines], source: Tables, settings: Settings, kept: Mapping[str, Table]) -> None:
        self.tables, self.source, self.problems = tables, source, source.problems
        self.chains = Names("chains", _cells(tables, kept, Link, "chain", "chain_en", "chain_zh"))
        self.names = _ids_in(tables, kept)
        self.closes = {row[0]: row[1] for row in _cells(tables, kept, Grade, "scale", "closes")}
        self.names["judgements"] = Names("judgements", ((name.partition("@")[0],) for name in source.judgements()))
        self.names["case.toml"] = Names("case.toml", ((period,) for period in settings.periods))

    def _set(self, lines: Lines, column: str, change: Callable[[str], str]) -> None:
        """Change the cells of a column that are not blank; where a name in one is ambiguous, say so."""
        texts = lines.texts.get(column, [])
        read, unclear = {"": ""}, dict[str, Ambiguous]()
        for text in set(texts) - {""}:
            try:
                read[text] = change(text)
            except Ambiguous as ambiguous:
                unclear[text] = ambiguous
                read[text] = ambiguous.ids[0]  # one error is enough
        for row, text in zip(lines.rows, texts, strict=True) if unclear else ():
            if text in unclear:
                self._told(lines, row, column, text, unclear[text])
        if any(text != made for text, made in read.items()):
            lines.texts[column] = [read[text] for text in texts]

    def _told(self, lines: Lines, line: int, column: str, found: str, ambiguous: Ambiguous) -> None:
        self.problems.append(Problem("ambiguous_name", lines.label, line, column, found, ambiguous.details))

    # --- headings ----------------------------------------------------------------------------------------------------

    def headings(self, lines: Lines) -> None:
        """Name columns by the ids of what they are of, and those that tag rows by the id of their chain."""
        if lines.model is Score:
            self._years(lines)
        known = [self.names[of] for of in columns_of(lines.model)] + ([self.chains] if lines.model.tagged else [])
        for at, _, hits in self._called(lines, known):
            self._units(lines, at, hits[0][0])
            lines.renamed(at, hits[0][1])

    def _years(self, lines: Lines) -> None:
        """Leave a heading such as ``year`` as it is where it is a factor's, or no track has a second row."""
        typed = lines.typed.get("period", "")
        tracks = [track for (track,) in lines.cells("track")]
        if typed and (self.names["factors"].found(typed) or len(set(tracks)) == len(tracks)):
            lines.renamed(lines.header.index("period"), typed)

    def _called(self, lines: Lines, known: Sequence[Names]) -> Iterator[tuple[int, str, list[tuple[str, str]]]]:
        """Yield a table's own columns that are called as an id: place, heading, and the table and id that it names."""
        own = set(columns(lines.model))
        for at, heading in enumerate(list(lines.header)):
            if not heading or heading in own:
                continue
            hits = [(names.of, id_) for names in known for id_ in names.found(heading)]
            if len({id_ for _, id_ in hits}) > 1:
                which = Ambiguous(" / ".join(dict.fromkeys(of for of, _ in hits)), [id_ for _, id_ in hits])
                self._told(lines, lines.heading, heading, heading, which)
            elif hits:
                yield at, heading, hits

    def _units(self, lines: Lines, at: int, of: str) -> None:
        """Refuse a heading whose unit is another one than that of what the column is of."""
        heading = lines.told(lines.header[at])
        (_, unit), known = without_unit(heading), self.tables.get(of)
        if not unit or known is None:
            return
        ids = self.names[of].found(heading)
        cells = known.cells(known.model.key[0], "unit", "unit_zh")
        own = [unit_ for id_, *units in cells if id_ in ids for unit_ in units if unit_]
        if own and measure_of(unit) not in map(measure_of, own):
            details = {"unit": ", ".join(own), "of": ", ".join(ids)}
            self.problems.append(Problem("other_unit", lines.label, lines.heading, heading, heading, details))

    # --- wide tables -------------------------------------------------------------------------------------------------

    def spread(self) -> None:
        """Make rows of costs and effects of columns that stand for a resource or a factor."""
        spreading: dict[str, dict[str, type[Row]]] = {
            "measures": {"resources": Cost, "factors": Effect},
            "effects": {"factors": Effect},
        }
        for table, of_table in spreading.items():
            lines = self.tables.get(table)
            if lines is None:
                continue
            columns_: dict[type[Row], list[tuple[int, str]]] = {}
            for at, heading, ((of, id_), *_) in self._called(lines, [self.names[of] for of in of_table]):
                if heading in self.chains.ids:
                    continue
                self._units(lines, at, of)
                if "factor" in lines.header:
                    self.problems.append(Problem("wide_and_long", lines.label, lines.heading, heading, heading))
                else:
                    columns_.setdefault(of_table[of], []).append((at, id_))
            for model, spread in columns_.items():
                made = _rows_of(lines, model, spread)
                into = self.tables.get(model.table) or Lines(model, self.source.label(model.table))
                into.extended(made.filled(*made.texts))
                if into is lines:
                    into.rows, into.origins, into.texts = made.rows, made.origins, made.texts
                else:
                    into.append(made)
                self.tables[model.table] = into

    def grades(self) -> None:
        """Read words among effects as grades: each closes what the table `scales` says."""
        if (lines := self.tables.get("effects")) is None:
            return
        pairs = list(lines.cells("effect", "scale"))
        values = numbers([text for text, _ in pairs])
        odd = {pair for pair, value in zip(pairs, values, strict=True) if pair[1] or value is None}
        graded = {pair: self._graded(*pair) for pair in odd}
        for n, pair in enumerate(pairs) if graded else ():
            if (found := graded.get(pair)) is not None:
                lines.put(n, "effect", found[0])
                lines.put(n, "scale", found[1])
                for code, column, text, details in found[2]:
                    self.problems.append(Problem(code, lines.label, lines.rows[n], column, text, {**details}))
        lines.extended(lines.filled("effect", "scale"))

    def _graded(self, text: str, grade: str) -> tuple[str, str, list[tuple[str, str, str, dict[str, Any]]]]:
        """Return effect and scale of a cell that is no number, or has a grade beside it, and what is wrong with it."""
        names, wrong = self.names["scales"], []
        if text and number(text) is None and (names.found(text) or fault(text) == "number"):
            if not names.found(text):  # one error is enough
                return "0", grade, [("grade", "effect", text, {"valid": ", ".join(names.ids) or "-"})]
            text, grade = "", grade or text
        if not grade:
            return text, "", []
        try:
            scale = names.id(grade)
        except Ambiguous as ambiguous:
            scale = ambiguous.ids[0]
            wrong.append(("ambiguous_name", "scale", grade, ambiguous.details))
        closes = self.closes.get(scale, "")
        if text and closes and number(text) != number(closes):
            wrong.append(("grade_and_effect", "effect", text, {"scale": scale, "closes": closes}))
        return closes or "0", scale, wrong

    # --- cells -------------------------------------------------------------------------------------------------------

    def references(self, lines: Lines) -> None:
        """Read names in columns of ids, in tags, in rules and in what names a cell."""
        model, names = lines.model, self.names
        for column, ref in refs(model).items():
            self._set(lines, column, names[ref.to].id if ref.only else partial(target_id, names))
        for chain in self.chains.ids if model.tagged else ():
            if chain in lines.header:
                self._set(lines, chain, lambda text: ";".join(names["chains"].ids_in(text)))
        if model is Actual:
            self._set(lines, "target", lambda text: target_id(names, text).removeprefix("type:"))
        elif model is RuleRow:
            self._rules(lines)
        elif model is Source:
            self._cells_named(lines)

    def _rules(self, lines: Lines) -> None:
        """Read what rules are over and of, which depends on what else they say."""
        for n, row in enumerate(lines.rows):
            values = lines.line(n)
            for column in ("key", "of"):
                if column not in values:
                    continue
                try:
                    text = rule_ids(self.names, column, values)
                except Ambiguous as ambiguous:
                    self._told(lines, row, column, values[column], ambiguous)
                    text = ambiguous.ids[0]  # one error is enough
                lines.put(n, column, text)

    def _cells_named(self, lines: Lines) -> None:
        """Read what lines of sources call a cell by: a table, a row's key and a column."""
        for n, (table, row, column) in enumerate(lines.cells("table", "row", "column")):
            try:
                cell = cell_of(self.names, table, row, column)
            except Ambiguous as ambiguous:
                self._told(lines, lines.rows[n], "row", row, ambiguous)
            else:
                for name, text in zip(("table", "row", "column"), cell, strict=True):
                    if text:
                        lines.put(n, name, text)


def _give_ids(lines: Lines) -> None:
    """Give ids to rows that have a name and none, and names to the language that they are in."""
    if not issubclass(lines.model, Named):
        return
    key, taken = lines.model.key[0], TAKEN.get(lines.model, frozenset())
    if "name" in lines.header:
        at = lines.header.index("name")
        for n, text in enumerate(lines.taken_out(at)):
            for column, name in (named(text) if text else {}).items():
                if not lines.text(n, column):
                    lines.put(n, column, name)
                lines.placed(column, at)
    for n, (id_, *names) in enumerate(lines.cells(key, "name_en", "name_zh")):
        if FORBIDDEN.search(id_) and not any(names):
            lines.put(n, key, "")
            for column, name in named(id_).items():
                lines.put(n, column, name)
                lines.placed(column, lines.index[key])
    found = list(lines.cells(key, "name_en", "name_zh"))
    without = {
        n: name_en or name_zh for n, (id_, name_en, name_zh) in enumerate(found) if not id_ and (name_en or name_zh)
    }
    used = [*taken, *(id_ for id_, *_ in found if id_)]
    for n, id_ in zip(without, ids_of(without.values(), used), strict=True):
        lines.put(n, key, id_)
    if without:
        lines.extended([key])


def _whole_and_least(lines: Lines) -> None:
    """Of measures whose kind is blank, those with a least level are nothing or at least that; whole ones are of one."""
    for n, (kind, least, most) in enumerate(list(lines.cells("kind", "min_level", "max_level"))):
        if not kind and (number(least) or 0.0) > 0:
            lines.put(n, "kind", "semi")
        if kind == "binary" and not most:
            lines.put(n, "max_level", "1")
    lines.extended(lines.filled("kind", "max_level"))


def _rows_of(lines: Lines, model: type[Row], spread: Sequence[tuple[int, str]]) -> Lines:
    """Take columns out of a table and return their cells as lines of costs or effects, which know where they stand."""
    value, of = ("cost", "resource") if model is Cost else ("effect", "factor")
    typed = [lines.told(lines.header[at]) for at, _ in spread]
    taken = [lines.taken_out(at) for at, _ in spread]
    keys = [key for key in lines.texts if key in ("measure", "track", "up_to") and key in columns(model)]
    beside = list(lines.cells(*keys)) if keys else [()] * len(lines.rows)
    everywhere = {"track": "*"} if model is Effect and "track" not in lines.header else {}
    made = Lines(model, lines.label)
    origins: dict[tuple[int, int], Origin] = {}
    cells: list[dict[str, str]] = []
    for n, texts in enumerate(zip(*taken, strict=True)):
        held = {key: text for key, text in zip(keys, beside[n], strict=True) if text} | everywhere
        told = {key: lines.told(key) for key in held}
        origin = lines.origins[n]
        for (at, id_), heading, text in zip(spread, typed, texts, strict=True):
            if text:
                if (stands := origins.get((id(origin), at))) is None:
                    places = {key: origin.places[key] for key in keys if key in origin.places}
                    stands = origins[id(origin), at] = Origin(origin.grid, {**places, of: at, value: at})
                made.rows.append(Place(lines.rows[n], lines.label, {**told, of: heading, value: heading}))
                made.origins.append(stands)
                cells.append({**held, of: id_, value: text})
    made.texts = {column: [line.get(column, "") for line in cells] for column in (*keys, *everywhere, of, value)}
    return made
