"""The pages of methods, schemes and normalisations, in both languages: rule, call, a published case computed anew.

What a page tells stands with the method (its docstring and `Guide`); the numbers are computed as the page is made, from
the cases that the tests replay.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from inspect import cleandoc
from typing import Any

import numpy as np

from saidao import mcda
from saidao.mcda.registry import REQUIRED, Method, Normalisation, Option, Scheme
from tests.published import cases as published
from tests.published import test_field_cases as field
from tests.published.cases import RankingCase, WeightCase
from tests.published.methods import METHODS

WORDS: Mapping[str, tuple[str, str]] = {
    "ranking": ("Ranking methods", "排序方法"),
    "weighting": ("Weighting schemes", "赋权方法"),
    "normalisation": ("Normalisations", "规范化方法"),
    "use": ("When", "何时使用"),
    "trap": ("Traps", "注意"),
    "breaks": ("Laws that it breaks", "违反的定律"),
    "named": ("Taken only where it is named.", "只有点名时才会使用。"),
    "options": ("Options", "选项"),
    "needed": ("needed", "必填"),
    "lower": ("The lowest score is the best.", "得分越低越好。"),
    "steps": ("Its tables", "中间结果"),
    "source": ("Source", "来源"),
    "case": ("A published case, computed anew", "已发表算例（现算）"),
    "example": ("An example", "算例"),
    "other": ("A case that two implementations agree on, computed anew", "两个独立程序结果一致的算例（现算）"),
    "excused": ("Where both differ, the tests say why:", "二者不同之处，测试中说明了原因（英文）："),
    "note": ("Note:", "说明（英文）："),
    "given": ("What the text gives and chooses besides, by its own names:", "文献另行给出与选定的内容（沿用其名称）："),
    "criterion": ("criterion", "准则"),
    "alternative": ("alternative", "对象"),
    "direction": ("direction", "方向"),
    "weight": ("weight", "权重"),
    "figure": ("figure", "数值"),
    "computed": ("computed", "计算值"),
    "printed": ("printed", "印刷值"),
    "second": ("second implementation", "另一程序"),
    "rank": ("rank", "名次"),
    "aircraft": (
        "The fighter aircraft of Hwang & Yoon (1981), each criterion normalised; the fourth is a cost.",
        "Hwang 与 Yoon (1981) 的战斗机选型算例，逐准则规范化；第四个准则为成本型。",
    ),
    "made": (
        "Made by `scripts/write_methods.py`; a test holds it to the methods. 中文：{other}",
        "由 `scripts/write_methods.py` 生成，并由测试核对。English: {other}",
    ),
}
LAWS: Mapping[str, tuple[str, str]] = {
    "dominance": ("a dominated alternative never ranks above its dominator", "优势律：被优超者不会排在优超者之前"),
    "permutation": ("the order of alternatives and criteria does not matter", "次序无关：对象与准则的先后不影响结果"),
    "equal_rows": ("equal rows score the same", "同值同分：取值相同者得分相同"),
    "unit": ("the unit of a criterion does not matter", "量纲无关：改变准则单位不影响结果"),
}
ALONE: Mapping[str, tuple[str, ...]] = {
    "balanced_spotis": ("bounds",),
    "comet": ("values",),
    "electre_tri": ("profiles",),
    "fuzzy_evaluation": ("knots",),
    "lopm": ("limits",),
    "rafsi": ("ideal", "anti_ideal"),
    "rim": ("ranges", "ideals"),
    "smart": ("lower", "upper"),
    "spotis": ("bounds",),
}
"""Methods in which an alternative's score depends on no other one, where these options are given."""
KINDS = ("ranking", "weighting", "normalisation")
MOST = 12
"""Alternatives or criteria of a case that is shown; criteria of one of the field."""
LISTED = 120
"""Numbers of another thing given with a case that is shown."""
PLACES = ("kernel", "compromise")
"""Figures that are alternatives, counted from 0."""

Entry = Method | Scheme | Normalisation
Say = Callable[[str], str]


@dataclass(frozen=True)
class Shown:
    """A worked case as tables: what it starts from, and what comes of it beside what was printed.

    `given` tells what no table of alternatives and criteria holds, by the names of the text.
    """

    title: str
    source: str
    tables: tuple[tuple[list[str], list[list[str]]], ...]
    note: str = ""
    given: str = ""


def pages() -> dict[str, str]:
    """Return every page by its name."""
    return {
        f"{kind}{'_zh' if lang == 'zh' else ''}": "\n\n".join(_page(kind, lang)) + "\n"
        for kind in KINDS
        for lang in ("en", "zh")
    }


def label(kind: str, name: str, lang: str = "en") -> str:
    """Return the target of a method's section."""
    return f"{kind}-{name.replace('_', '-')}{'-zh' if lang == 'zh' else ''}"


def _page(kind: str, lang: str) -> Iterator[str]:
    entries: Mapping[str, Mapping[Any, Entry]] = {
        "ranking": mcda.methods(),
        "weighting": mcda.schemes(),
        "normalisation": mcda.normalisations(),
    }

    def say(key: str) -> str:
        return WORDS[key][lang == "zh"]

    yield f"# {say(kind)}"
    other = f"[{WORDS[kind][lang != 'zh']}]({kind}{'' if lang == 'zh' else '_zh'}.md)"
    yield say("made").format(other=other)
    for name, entry in entries[kind].items():
        yield f"({label(kind, name, lang)})=\n## {entry.title_zh if lang == 'zh' else entry.title}"
        yield from _section(kind, entry, lang, say)


def _section(kind: str, entry: Entry, lang: str, say: Say) -> Iterator[str]:
    guide, zh = entry.guide, lang == "zh"
    yield f"```python\n{_call(kind, entry)}\n```"
    yield f"```text\n{guide.rule_zh if zh else cleandoc(entry.kernel.__doc__ or '')}\n```"
    told = [(say("use"), guide.use_zh if zh else guide.use), (say("trap"), guide.trap_zh if zh else guide.trap)]
    if isinstance(entry, Method):
        if entry.breaks:
            told.append((say("breaks"), "; ".join(LAWS[law][zh] for law in entry.breaks)))
        told += [("", say("lower"))] * (entry.better == "lower") + [("", say("named"))] * entry.named_only
    options = _options(entry, say)
    told += [(say("options"), options)] if options else []
    told.append((say("source"), entry.source))
    colon, stop = ("：", "") if zh else (": ", "")
    yield "\n".join(f"- **{head}**{colon}{text}{stop}" if head else f"- {text}" for head, text in told)
    if isinstance(entry, Method) and not zh:
        yield f"{say('steps')}:"
        yield _table(["", ""], [[f"`{step.symbol}`", step.caption] for step in entry.steps])
    shown = _shown(kind, entry, say)
    if shown is not None:
        yield f"**{shown.title}**{colon}{shown.source}"
        if shown.given:
            yield say("given")
            yield f"```text\n{shown.given}\n```"
        yield from (_table(heads, rows) for heads, rows in shown.tables)
        if shown.note:
            yield shown.note


def _call(kind: str, entry: Entry) -> str:
    """Return the call, with what has to be given besides: ``...`` stands for it."""
    own: Mapping[str, Option] = entry.options
    needed = [name for name, option in own.items() if option.default is REQUIRED]
    if isinstance(entry, Scheme) and not needed and entry.needs not in ("matrix", "criteria"):
        needed = [name for name in entry.needs.split(", ") if name in own][:1]  # one of several
    function, first = {
        "ranking": ("rank", "matrix, weights, directions"),
        "weighting": ("weigh", "matrix, directions"),
        "normalisation": ("normalise", "matrix, directions"),
    }[kind]
    given = ", ".join([first, f'"{entry.name}"', *(f"{name}=..." for name in needed)])
    return f"mcda.{function}({given})"


def _options(entry: Entry, say: Say) -> str:
    own: Mapping[str, Option] = entry.options
    parts = [f"`{name}` ({_value(option.default, say)})" for name, option in own.items()]
    if isinstance(entry, Method) and entry.normalisation:
        parts.append(f"`normalisation` ({entry.normalisation})")
    return ", ".join(parts)


def _value(default: Any, say: Say) -> str:
    if default is REQUIRED:
        return say("needed")
    return f"{default:.4g}" if isinstance(default, float) else str(default)


def _table(heads: list[str], rows: Iterable[list[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *([cell.replace("|", "\\|") for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


# --- cases ------------------------------------------------------------------------------------------------------------


def _shown(kind: str, entry: Entry, say: Say) -> Shown | None:
    if kind == "normalisation":
        return _aircraft(entry, say)
    replayed = (field.METHODS if kind == "ranking" else field.SCHEMES).get(entry.name)
    if kind == "ranking":
        known = [*published.TOPSIS, *published.WSM, *published.VIKOR, *published.EDAS, *METHODS]
        ranked = [one for one in known if one.method == entry.name and one.options.get("normalisation") != "none"]
        small = [one for one in ranked if one.scores and max(len(one.matrix), len(one.matrix[0])) <= MOST] or ranked
        if small:
            return _ranking(min(small, key=lambda one: (len(one.excused), -len(one.matrix))), say)
    elif replayed is None:
        weighed = [one for one in (*published.OBJECTIVE, *published.JUDGED) if one.method == entry.name]
        if weighed:
            return _weighing(min(weighed, key=lambda one: len(one.excused)), say)
        if entry.name == "ahp":
            return _pairwise(say)
    if replayed is None:
        return None
    return _replayed(next(case for case in field.CASES if case["id"].startswith(replayed)), say)


def _ranking(case: RankingCase, say: Say) -> Shown:
    found = mcda.rank(case.matrix, case.weights, case.directions, case.method, **case.options)
    scores = found.score_array * case.times
    rows = [
        [
            f"A{i + 1}",
            *(
                [_number(score, case.digits), _number(case.scores[i], case.digits)]
                if case.scores
                else [_number(score, 4)]
            ),
            *([str(case.ranks[i])] if case.ranks else [str(found.rank_array[i])]),
        ]
        for i, score in enumerate(scores)
    ]
    heads = [say("alternative"), say("computed"), *([say("printed")] if case.scores else []), say("rank")]
    tables = (_given(case.matrix, case.directions, case.weights, say), (heads, rows))
    return Shown(say("case"), _cited(case.citation, case.options), tables, _noted(case.note, bool(case.excused), say))


def _weighing(case: WeightCase, say: Say) -> Shown:
    matrix = case.matrix or np.ones((2, len(case.weights)))
    found = mcda.weigh(matrix, case.directions or "max", case.method, **case.options).array
    rows = [
        [f"C{j + 1}", _number(own, case.digits), _number(case.weights[j], case.digits)] for j, own in enumerate(found)
    ]
    heads = [say("criterion"), say("computed"), say("printed")]
    given = [_given(case.matrix, case.directions or "max", (), say)] if case.matrix and len(case.matrix) <= MOST else []
    source = _cited(case.citation, case.options)
    return Shown(say("case"), source, (*given, (heads, rows)), _noted(case.note, bool(case.excused), say))


def _pairwise(say: Say) -> Shown:
    case = next(case for case in published.AHP if not case.excused and case.lambda_max is not None)
    found = mcda.ahp(case.matrix, case.method)
    n = len(case.matrix)
    rows = [
        [f"C{j + 1}", _number(own, case.weights_digits), _number(case.weights[j], case.weights_digits)]
        for j, own in enumerate(found.array)
    ]
    rows.append(["λ max", _number(found.lambda_max, case.lambda_digits), _number(case.lambda_max, case.lambda_digits)])
    given = [[f"C{i + 1}", *(f"{value:.4g}" for value in row)] for i, row in enumerate(case.matrix)]
    tables = (
        (["", *(f"C{j + 1}" for j in range(n))], given),
        ([say("criterion"), say("computed"), say("printed")], rows),
    )
    return Shown(say("case"), case.citation, tables, _noted(case.note, False, say))


def _replayed(case: Mapping[str, Any], say: Say) -> Shown:
    found = field.replay_of(dict(case))(dict(case))
    rows = []
    for name, printed in case["expected"].items():
        if name in PLACES:
            rows.append([name, *(", ".join(f"A{int(k) + 1}" for k in each) for each in (found[name], printed))])
        elif np.ndim(printed) < 2:
            digits = _digits(printed)
            both = (np.atleast_1d(np.asarray(each, dtype=float)) for each in (found[name], printed))
            rows += [
                [
                    name if len(np.atleast_1d(printed)) == 1 else f"{name} {k + 1}",
                    _number(own, digits),
                    _number(told, digits),
                ]
                for k, (own, told) in enumerate(zip(*both, strict=True))
            ]
    printed = case["kind"] == "published"
    given, tables = case["input"], []
    matrix = given.get("matrix", given.get("normalised_matrix"))
    tabled = np.ndim(matrix) == 2 and len(given.get("directions", matrix[0])) == len(matrix[0]) <= MOST
    if tabled:
        tables.append(_given(matrix, given.get("directions"), given.get("weights", ()), say))
    others = {
        name: value
        for name, value in given.items()
        if not (tabled and name in ("matrix", "normalised_matrix", "directions", "weights"))
        and np.asarray(value, dtype=object).size <= LISTED
    }
    tables.append(([say("figure"), say("computed"), say("printed" if printed else "second")], rows))
    note = _noted(case.get("note", ""), False, say)
    return Shown(
        say("case" if printed else "other"),
        str(case["source"]),
        tuple(tables),
        note,
        _literal(others | case["options"]),
    )


def _literal(given: Mapping[str, Any]) -> str:
    """Return a line for each thing that is given."""

    def plain(value: Any) -> str:
        if isinstance(value, list):
            return f"[{', '.join(map(plain, value))}]"
        return f"{value:.6g}" if isinstance(value, float) else str(value)

    return "\n".join(f"{name} = {plain(value)}" for name, value in given.items())


def _aircraft(entry: Entry, say: Say) -> Shown:
    case = next(case for case in published.TOPSIS if case.name == "fighter aircraft")
    x, ways = np.array(case.matrix), list(case.directions)
    found = mcda.normalise(x, ways, entry.name).array  # type: ignore[arg-type]
    cost = ways.index("min")
    heads = [say("alternative"), *(f"C{j + 1} → {entry.name}" for j in (0, cost))]
    rows = [[f"A{i + 1}", *(f"{x[i, j]:.4g} → {found[i, j]:.4f}" for j in (0, cost))] for i in range(len(x))]
    return Shown(say("example"), say("aircraft"), ((heads, rows),))


def _given(matrix: Any, directions: Any, weights: Any, say: Say) -> tuple[list[str], list[list[str]]]:
    """Return the matrix as a table, below its directions and weights."""
    n = len(matrix[0])
    told = [directions] * n if isinstance(directions, str) else list(directions or [])
    rows = [[say("direction"), *map(str, told)]] if told else []
    if len(weights):
        rows.append([say("weight"), *(f"{w:.4g}" for w in weights)])
    rows += [[f"A{i + 1}", *(f"{value:.6g}" for value in row)] for i, row in enumerate(matrix)]
    return ["", *(f"C{j + 1}" for j in range(n))], rows


def _cited(citation: str, options: Mapping[str, Any]) -> str:
    """Return where a case is printed, and the options that give its figures."""
    told = ", ".join(f"{name} = {np.asarray(value, dtype=object).tolist()}" for name, value in options.items())
    return f"{citation} `{told}`" if told else citation


def _noted(note: str, excused: bool, say: Say) -> str:
    return f"{say('excused' if excused else 'note')} {note}" if note else ""


def _number(value: Any, digits: int) -> str:
    return f"{float(value) + 0.0:.{digits}f}"


def _digits(printed: Any) -> int:
    """Return the largest number of decimals among printed figures."""
    return max(len(repr(float(each)).partition(".")[2]) if float(each) % 1 else 0 for each in np.ravel(printed))
