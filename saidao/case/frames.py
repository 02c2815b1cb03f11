"""Cases from tables in memory: `Case.from_frames`, `with_tables` and `with_cell`, read and checked as files are.

Numbers stay the numbers that a frame holds. Errors name the table, the row as its frame does, and the column.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import replace
from numbers import Real
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np
from pydantic import ValidationError

from ..errors import CaseError, Problem, nearest
from .case import Case, Judgement, Table
from .cells import fits, number_text, tidy
from .checks import CHECKS
from .grids import Grid, Reader
from .naming import FORBIDDEN, Ambiguous, column_id, ids_of, key_ids, named, names_of, row_by_id
from .parse import figures_of, problem_of
from .read import read_source
from .settings import Settings
from .tables import BY_NAME, Row, Score, columns, columns_of, numeric

if TYPE_CHECKING:
    import pandas as pd

Frame = Any
"""A DataFrame, or what one can be made of: a mapping of columns, a list of records."""


class Frames(Reader):
    """Tables in memory; their `Source`.

    Parameters
    ----------
    name : what the case is called.
    tables, judgements : frames by name.
    settings : as in ``case.toml``.
    follow : whether tracks and factors that are not given are those of the scores.
    """

    def __init__(
        self,
        name: str,
        tables: Mapping[str, pd.DataFrame],
        judgements: Mapping[str, pd.DataFrame],
        settings: Mapping[str, Any],
        follow: bool,
    ) -> None:
        super().__init__(name)
        self._frames = {table: indexed(frame, BY_NAME[table].key) for table, frame in tables.items()}
        if follow:
            self._frames = _followed(self._frames)
        self._judgements = {name: _matrix(frame) for name, frame in judgements.items()}
        self._settings = settings
        self._labels: dict[str, Sequence[Hashable]] = {}

    def label(self, table: str) -> str:
        """Return the table's name."""
        return table

    def tables(self) -> list[str]:
        """Return the names of the frames."""
        return sorted(self._frames)

    def judgements(self) -> list[str]:
        """Return the names of the judgements."""
        return sorted(self._judgements)

    def grid(self, table: str) -> Grid | None:
        """Return a frame as a grid: its headings in row 1, its rows from row 2 on."""
        room, _, name = table.partition("/")
        found = self._judgements.get(name) if room == "judgements" else self._frames.get(table)
        if found is None:
            return None
        frame, labels = found
        self._labels[table] = labels
        cells = [[_cell(value) for value in frame.iloc[:, j].astype(object).tolist()] for j in range(frame.shape[1])]
        lines = [[tidy(str(head)) for head in frame.columns]]
        lines += [[column[i][0] for column in cells] for i in range(len(frame))]
        grid = self.made(table, lines)
        if grid is None:
            return None
        numbers = {
            (i + 2, j - grid.first): number
            for j, column in enumerate(cells)
            for i, (_, number) in enumerate(column)
            if number is not None
        }
        return replace(grid, numbers=numbers)

    def settings(self) -> Mapping[str, Any]:
        """Return the settings."""
        return {key: _plain(value) for key, value in self._settings.items()}

    def placed(self, problem: Problem, columns: Mapping[str, Mapping[str, int]]) -> Problem:
        """Return the problem with the row as the frame counts and calls it; its headings are no row."""
        if problem.file == "case.toml":
            return replace(problem, file="settings", row=None)
        labels = self._labels.get(problem.file)
        if labels is None or problem.row is None:
            return problem
        at = problem.row - 2
        details = dict(problem.details)
        if isinstance(first := details.get("first"), int):
            details["first"] = _called(labels, first - 2)
        if at < 0:
            return replace(problem, row=None, details=details)
        return replace(problem, row=at, label=str(_called(labels, at)), details=details)


def _called(labels: Sequence[Hashable], at: int) -> Hashable:
    """Return what a row is called: its label in the index, the parts of several levels joined as keys are."""
    label = labels[at] if 0 <= at < len(labels) else at
    return "/".join(map(str, label)) if isinstance(label, tuple) else label


def _plain(value: Any) -> Any:
    """Return a setting without what only numpy knows."""
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    return value.item() if isinstance(value, np.generic) else value


Indexed = tuple["pd.DataFrame", Sequence[Hashable]]
"""A frame whose keys are columns, and the labels of its rows."""


def indexed(frame: pd.DataFrame, key: Sequence[str]) -> Indexed:
    """Return a frame with the levels of its index as columns, where these are named, or a key is missing.

    >>> import pandas as pd
    >>> frame, labels = indexed(pd.DataFrame({"skills": [1.0]}, index=["quantum"]), ("track",))
    >>> list(frame.columns), list(labels)
    (['track', 'skills'], ['quantum'])
    """
    import pandas as pd  # loads late: most runs make no case of frames

    labels = frame.index.tolist()
    plain = isinstance(frame.index, pd.RangeIndex) and frame.index.name is None
    missing = [name for name in key if name not in frame.columns and name not in frame.index.names]
    made = {}
    for level, name in enumerate(frame.index.names):
        heading = name if name in key or not missing or plain else missing.pop(0)
        if heading is not None and heading not in frame.columns and not plain:
            made[heading] = frame.index.get_level_values(level).tolist()
    for heading, values in reversed(made.items()):
        frame = frame.reset_index(drop=True)
        frame.insert(0, heading, values)
    return frame, labels


def _followed(frames: dict[str, Indexed]) -> dict[str, Indexed]:
    """Add the tracks, and the factors of the columns, of the scores; all are more-is-better."""
    import pandas as pd  # loads late, as above

    scores, labels = frames["scores"]
    # without the column that names them, scores are told to lack it, and no table of tracks is asked for
    tracks = scores["track"].tolist() if "track" in scores.columns else list(map(str, labels))
    first = sorted({track: n for n, track in reversed([*enumerate(tracks)])}.values())
    heads = list(dict.fromkeys(str(column) for column in scores.columns if column not in columns(Score)))
    made: dict[str, Indexed] = {
        "tracks": (pd.DataFrame(_with_ids("track", [tracks[n] for n in first])), [labels[n] for n in first]),
        "factors": (pd.DataFrame(_with_ids("factor", heads)), heads),
    }
    return made | frames


def _matrix(frame: pd.DataFrame) -> Indexed:
    """Return a pairwise matrix with its labels in front: those of the index, or a first column of texts."""
    import pandas as pd  # loads late, as above

    labels = frame.index.tolist()
    if isinstance(frame.index, pd.RangeIndex) and frame.shape[1] == len(frame) + 1:
        return frame, labels
    if isinstance(frame.index, pd.RangeIndex) and list(frame.columns) != labels:
        labels = list(frame.columns[: len(frame)])  # a bare matrix under its headings
    frame = frame.reset_index(drop=True)
    frame.insert(0, "factor", labels, allow_duplicates=True)
    return frame, labels


def _cell(value: Any) -> tuple[str, float | None]:
    """Return a cell as a text, and as the number that it holds, of a size that can be calculated with.

    >>> _cell(0.1), _cell(np.int64(3)), _cell(float("nan")), _cell(None), _cell(True), _cell(" a ")
    (('0.1', 0.1), ('3', 3.0), ('', None), ('', None), ('TRUE', None), ('a', None))
    """
    if isinstance(value, str):
        return tidy(value), None
    if isinstance(value, bool | np.bool_):
        return str(bool(value)).upper(), None
    if value is None or type(value).__name__ in ("NAType", "NaTType") or value != value:
        return "", None
    if isinstance(value, Real) or type(value).__name__ == "Decimal":
        try:
            number = float(value)
        except OverflowError:
            return str(value), None
        return (number_text(number), number) if fits(number) else (str(number), None)
    text = value.isoformat() if hasattr(value, "isoformat") else str(value)
    return tidy(text.removesuffix("T00:00:00")), None


def _as_frame(table: str, frame: Frame) -> pd.DataFrame:
    import pandas as pd  # loads late, as above

    if isinstance(frame, pd.Series):
        frame = frame.to_frame()
    if isinstance(frame, pd.DataFrame):
        return frame
    try:
        return pd.DataFrame(frame)
    except (ValueError, TypeError) as error:
        raise CaseError([Problem("frame", table, found=str(error))]) from None


def _split(
    tables: Mapping[str, Frame], judgements: Mapping[str, Frame] | Frame | None
) -> tuple[dict[str, pd.DataFrame], dict[str, pd.DataFrame]]:
    """Return the frames of tables and of judgements; raises `CaseError` for names that are no table's."""
    if judgements is not None and not isinstance(judgements, Mapping):
        judgements = {"judge": judgements}
    wrong = [
        Problem("choice", name, found=name, details={"choices": ", ".join(BY_NAME), "nearest": nearest(name, BY_NAME)})
        for name in tables
        if name not in BY_NAME
    ]
    if wrong:
        raise CaseError(wrong)
    given = {name: _as_frame(name, frame) for name, frame in tables.items() if frame is not None}
    return given, {name: _as_frame(f"judgements/{name}", frame) for name, frame in (judgements or {}).items()}


def from_frames(
    cls: type[Case],
    /,
    scores: Frame,
    *,
    name: str = "",
    settings: Mapping[str, Any] | None = None,
    judgements: Mapping[str, Frame] | Frame | None = None,
    **tables: Frame,
) -> Case:
    """Make a case of tables in memory, checked as files are; numbers stay the numbers that they are.

    Parameters
    ----------
    scores : DataFrame
        Tracks x factors: the tracks as its index or as a column ``track``.
    name : str
        What the case is called.
    settings : mapping
        As in ``case.toml``: ``{"weights": "entropy", "name_en": "My city"}``.
    judgements : mapping of str to DataFrame, or one of them
        Pairwise matrices by judge, labelled by factor; nan where a judgement is missing.
    **tables : DataFrame
        Any other table by its name, with the columns of its file: ``factors=``, ``measures=``, ``costs=`` and so on.
        Keys may stand in the index. Tracks and factors that are left out are those of the scores, more being better.

    Raises
    ------
    CaseError
        All that is wrong, each problem with its table, row and column.

    Examples
    --------
    >>> import pandas as pd
    >>> scores = pd.DataFrame({"skills": [0.2, 0.9], "market": [4, 2]}, index=["Chips", "Drugs"])
    >>> case = Case.from_frames(scores)
    >>> case.track_ids, case.factor_ids, case.scores_matrix.tolist()
    (('Chips', 'Drugs'), ('skills', 'market'), [[0.2, 4.0], [0.9, 2.0]])
    """
    given, judged = _split({"scores": scores, **tables}, judgements)
    settings = settings or {}
    called = name or str(settings.get("name_en") or settings.get("name_zh") or "case")
    return read_source(Frames(called, given, judged, settings, follow=True))


def from_matrix(
    cls: type[Case],
    /,
    matrix: Any,
    weights: Any = None,
    types: Any = None,
    *,
    tracks: Sequence[Any] | None = None,
    factors: Sequence[Any] | None = None,
    name: str = "",
    settings: Mapping[str, Any] | None = None,
) -> Case:
    """Make a case of a decision matrix as other libraries hold it.

    Parameters
    ----------
    matrix : array, DataFrame or DecisionMatrix
        (m, n) alternatives x criteria; a ``DecisionMatrix`` of scikit-criteria brings objectives and weights along.
    weights : (n,) numbers, or a mapping or Series by criterion
        They become the scheme ``direct``; without them all criteria weigh alike.
    types : (n,) of 1 and -1, as pymcdm has them, or of ``"max"`` and ``"min"``
        1 and ``"max"`` where more is better; all of them, if left out.
    tracks, factors : names of the alternatives and criteria, where the matrix has none: ``A1``, ``C1`` and so on.
    name, settings : as in `from_frames`.

    Raises
    ------
    CaseError
        As `from_frames`; and weights or types that are not one a criterion.

    Examples
    --------
    >>> case = Case.from_matrix([[250, 16], [200, 12]], weights=[0.6, 0.4], types=[-1, 1])
    >>> case.factors[["factor", "direction", "weight"]].values.tolist()
    [['C1', 'min', 0.6], ['C2', 'max', 0.4]]
    """
    import pandas as pd  # loads late, as above

    if hasattr(matrix, "objectives") and hasattr(matrix, "matrix"):  # a DecisionMatrix, whose library is not needed
        weights = matrix.weights if weights is None else weights
        types = [objective.value for objective in matrix.objectives] if types is None else types
        matrix = matrix.matrix
    frame = matrix.copy() if isinstance(matrix, pd.DataFrame) else pd.DataFrame(np.atleast_2d(np.asarray(matrix)))
    unnamed = isinstance(frame.index, pd.RangeIndex), isinstance(frame.columns, pd.RangeIndex)
    labels = (
        tracks if tracks is not None else [f"A{n}" for n in range(1, len(frame) + 1)] if unnamed[0] else frame.index
    )
    heads = (
        factors
        if factors is not None
        else [f"C{n}" for n in range(1, frame.shape[1] + 1)]
        if unnamed[1]
        else frame.columns
    )
    problems = [
        Problem("one_each", "matrix", None, said, str(len(of)), {"number": size})
        for said, of, size in (("tracks", labels, frame.shape[0]), ("factors", heads, frame.shape[1]))
        if len(of) != size
    ]
    if problems:
        raise CaseError(problems)
    table = _with_ids("factor", heads)
    for said, given in (("direction", types), ("weight", weights)):
        if given is None:
            continue
        by_name = isinstance(given, Mapping | pd.Series) and set(given.keys()) == set(heads)
        each = [given[head] for head in heads] if by_name else list(given)
        if len(each) != len(heads):
            raise CaseError([Problem("one_each", "matrix", None, said, str(len(each)), {"number": len(heads)})])
        table[said] = [DIRECTIONS.get(one, one) for one in each] if said == "direction" else each
    rows = _with_ids("track", labels)
    frame.columns, frame.index = pd.Index(table["factor"]), pd.Index(rows["track"], name="track")
    held = {**({} if weights is None else {"weights": "direct"}), **(settings or {})}
    return from_frames(cls, frame, name=name, settings=held, tracks=pd.DataFrame(rows), factors=pd.DataFrame(table))


DIRECTIONS = {1: "max", -1: "min"}
"""Directions as pymcdm and scikit-criteria write them."""


def _with_ids(key: str, labels: Iterable[Any]) -> dict[str, list[Any]]:
    """Return labels as ids, and as names beside an id that is made where no id can hold all of their signs.

    >>> _with_ids("track", ["Chips", "R/D", "研发/投入"])
    {'track': ['Chips', 'r_d', '研发_投入'], 'name_en': ['', 'R/D', ''], 'name_zh': ['', '', '研发/投入']}
    >>> _with_ids("track", ["Chips", 2])
    {'track': ['Chips', '2']}
    """
    names = [_cell(label)[0] for label in labels]
    barred = list(dict.fromkeys(name for name in names if FORBIDDEN.search(name)))
    if not barred:
        return {key: names}
    made = dict(zip(barred, ids_of(barred, [name for name in names if name not in barred]), strict=True))
    said = [named(name) if name in made else {} for name in names]
    called = {column: [one.get(column, "") for one in said] for column in ("name_en", "name_zh")}
    return {key: [made.get(name, name) for name in names], **called}


def with_tables(
    self: Case,
    /,
    *,
    settings: Mapping[str, Any] | None = None,
    judgements: Mapping[str, Frame] | Frame | None = None,
    **tables: Frame,
) -> Case:
    """Return the case with some of its tables replaced, checked as a whole.

    Parameters
    ----------
    settings : mapping
        Settings that change; the others stay.
    judgements : mapping of str to DataFrame
        All pairwise matrices by judge, in place of those that the case has.
    **tables : DataFrame or None
        Tables by name, as in `from_frames`; None empties one.

    Raises
    ------
    CaseError
        All that is wrong, each problem with its table, row and column.

    Examples
    --------
    >>> from saidao.case import load_case
    >>> case = load_case("shanghai")
    >>> costs = case.costs
    >>> costs["cost"] *= 2
    >>> case.with_tables(costs=costs).costs["cost"].max()
    np.float64(960.0)
    """
    import pandas as pd  # loads late, as above

    if judgements is None:
        judgements = {
            name: pd.DataFrame(judged.matrix, index=judged.labels, columns=judged.labels)
            for name, judged in self.judgements.items()
        }
    given, matrices = _split(tables, judgements)
    held = {**self.settings.model_dump(exclude_unset=True), **(settings or {})}
    kept = {name: table for name, table in self.tables.items() if name not in tables}
    source = Frames(self.name, given, matrices, {k: v for k, v in held.items() if v is not None}, follow=False)
    return replace(read_source(source, kept), path=self.path)


def with_cell(self: Case, /, table: str, row: str | Sequence[Any], column: str, value: Any) -> Case:
    """Return the case with one cell changed, checked as a whole.

    Parameters
    ----------
    table : str
        A table, ``"judgements/JUDGE"`` (the other half follows), or ``"case"`` for a setting (its row is ``""``).
    row : str or sequence
        The row's key: ``"M09"``, or its parts ``("M09", "funds")``; what is left out at the end is blank, or any
        where one row alone begins so.
    column : str
        The column.
    value : number, str or None
        What the cell is to hold; None blanks it.

    Raises
    ------
    CaseError
        What is not there, a value that cannot be, and every check that the case then fails.

    Examples
    --------
    >>> from saidao.case import load_case
    >>> case = load_case("shanghai").with_cell("costs", ("M09", "funds"), "cost", 55)
    >>> case.costs.query("measure == 'M09' and resource == 'funds'")["cost"].tolist()
    [55.0]
    """
    key = [_cell(part)[0] for part in ([row] if isinstance(row, str) or not isinstance(row, Iterable) else row)]
    if table in ("case", "settings"):
        made = _with_setting(self, column, value)
    elif table.startswith("judgements/"):
        made = _with_judgement(self, table.partition("/")[2], key, column, value)
    elif table in BY_NAME:
        model, names = BY_NAME[table], names_of(self)
        try:
            key, column = key_ids(names, model, key), column_id(names, model, column)
            text = row_by_id(names, model, {column: value})[column] if isinstance(value, str) else value
        except Ambiguous as one:
            raise CaseError([Problem("ambiguous_name", table, found=one.text, details=one.details)]) from None
        made = _with_value(self, model, key, column, text)
    else:
        raise CaseError([_no_such("table", table, [*BY_NAME, *(f"judgements/{j}" for j in self.judgements), "case"])])
    return _checked(made)


def _checked(case: Case) -> Case:
    """Return the case with what its checks find suspicious; raises `CaseError` for what they find wrong."""
    found = [_by_key(case, problem) for check in CHECKS for problem in check.found(case)]
    if wrong := [problem for problem in found if problem.level == "error"]:
        raise CaseError(wrong)
    return replace(case, warnings=tuple(found))


def _by_key(case: Case, problem: Problem) -> Problem:
    """Return a problem with its row called by its key: a case that was changed has no file to count in."""
    name = next((name for name, table in case.tables.items() if table.file == problem.file), problem.file)
    table = case.tables.get(name)
    if table is None or problem.row is None or problem.row not in table.lines:
        return replace(problem, file=name)
    label = "/".join(table.rows[table.lines.index(problem.row)].key_parts()).rstrip("/")
    return replace(problem, file=name, label=label)


def _no_such(column: str, found: str, valid: Iterable[str], table: str = "", label: str = "") -> Problem:
    names = list(valid)
    shown = ", ".join(names[:20]) + (", ..." if len(names) > 20 else "")
    details = {"choices": shown or "-", "nearest": nearest(found, names)}
    return Problem("choice", table or column, None, column if table else "", found, details, label=label)


def _with_setting(case: Case, column: str, value: Any) -> Case:
    if column not in Settings.model_fields:
        raise CaseError([_no_such("column", column, Settings.model_fields, "settings")])
    held = {**case.settings.model_dump(exclude_unset=True), column: value}
    try:
        return replace(case, settings=Settings.model_validate({k: v for k, v in held.items() if v is not None}))
    except ValidationError as error:
        raise CaseError([problem_of(item, "settings", None, held) for item in error.errors()]) from None


def _with_judgement(case: Case, name: str, key: Sequence[str], column: str, value: Any) -> Case:
    if name not in case.judgements:
        raise CaseError([_no_such("table", f"judgements/{name}", [f"judgements/{one}" for one in case.judgements])])
    held = case.judgements[name]
    file, label = f"judgements/{name}", "/".join(key)
    wrong = [
        _no_such(at, one, held.labels, file)
        for at, one in (("row", label), ("column", column))
        if one not in held.labels
    ]
    if wrong:
        raise CaseError(wrong)
    i, j = held.labels.index(label), held.labels.index(column)
    _, number = _cell(value)
    if not (value is None or (number is not None and number > 0 and (i != j or number == 1))):
        raise CaseError([Problem("judgement_value", file, None, column, str(value), label=label)])
    matrix = held.matrix.copy()
    if i != j:
        matrix[i, j], matrix[j, i] = (np.nan, np.nan) if number is None else (number, 1 / number)
    made: dict[str, Judgement] = {**case.judgements, name: replace(held, matrix=matrix)}
    return replace(case, judgements=MappingProxyType(made))


def _with_value(case: Case, model: type[Row], key: Sequence[str], column: str, value: Any) -> Case:
    table = case.tables[model.table]
    at = _row_of(table, key)
    row = table.rows[at]
    own = numeric(model)
    figures = own.union(*(case.tables[name].keys for name in columns_of(model)))
    known = dict.fromkeys((*columns(model), *table.header, *figures))
    label = "/".join(row.key_parts()).rstrip("/")
    if column not in known:
        raise CaseError([_no_such("column", column, known, model.table, label)])
    held = row.model_dump(by_alias=True, exclude_unset=True)
    text, number = _cell(value)
    held.pop(column, None)
    held.pop(model.given_by.get(column, ""), None)
    if text:
        held |= {column: text, **figures_of({column: text}, figures & {column}, model)}
    if number is not None and column in figures:
        held[column] = number
    try:
        changed = model.model_validate(held)
    except ValidationError as error:
        problems = (problem_of(item, model.table, None, {**held, column: text}) for item in error.errors())
        raise CaseError([replace(problem, label=label) for problem in problems]) from None
    rows = [changed if n == at else one for n, one in enumerate(table.rows)]
    return case.with_rows(**{model.table: rows})


def _row_of(table: Table, key: Sequence[str]) -> int:
    """Return which row has a key, or alone begins with it."""
    keys = [list(row.key_parts()) for row in table.rows]
    whole = [n for n, parts in enumerate(keys) if parts == [*key, *[""] * (len(parts) - len(key))]]
    begun = [n for n, parts in enumerate(keys) if parts[: len(key)] == list(key)]
    for hits in (whole, begun):
        if len(hits) == 1:
            return hits[0]
    name = table.file.removesuffix(".csv")
    raise CaseError([_no_such("row", "/".join(key), ["/".join(parts).rstrip("/") for parts in keys], name)])


# They stand above `Case`, which reading makes, and yet are its methods: it declares them, they are bound here.
for _name, _method in {
    "from_frames": classmethod(from_frames),
    "from_matrix": classmethod(from_matrix),
    "with_tables": with_tables,
    "with_cell": with_cell,
}.items():
    setattr(Case, _name, _method)
