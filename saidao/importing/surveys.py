"""Surveys: ratings of factors, a row a respondent."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from ..case.cells import number_text, ratio
from .anatomy import Anatomy
from .asking import FREE, Asker, numbers_in
from .columns import order_of
from .places import places
from .regions import Left
from .values import plain
from .words import ABOUT, RESPONDENTS

IMPORTANT = re.compile("重要|importan", re.I)
"""What is said of how much a factor weighs."""


@dataclass
class Survey:
    """Ratings of factors, a row a respondent."""

    parts: Anatomy
    respondents: list[str]
    factors: list[str]
    answers: list[list[float | None]]
    use: str | None
    missing: list[tuple[str, str]] = field(default_factory=list)
    role = "survey"

    def to_dict(self) -> dict[str, Any]:
        """Plain data."""
        document: dict[str, Any] = {"role": self.role, "sheet": self.parts.view.sheet.title or None}
        document |= places(self.parts, self.parts.body)
        document["respondent_column"] = document.pop("name_column", None)
        return document | {"respondents": self.respondents, "factors": self.factors, "answers": self.answers}


def is_survey(parts: Anatomy) -> bool:
    """Whether a table has a row a respondent: its names are called so."""
    if "judge" in parts.of_tracks:  # a row a judge and an alternative
        return False
    title = plain(parts.heads[parts.names].name or parts.heads[parts.names].text)
    named = bool(RESPONDENTS.fullmatch(title)) or (
        title in ("", "序号", "编号", "no", "id")
        and all(
            re.fullmatch(
                r"(?:r|p|专家|受访者|expert|respondent|judge|评委)\s*\d+|专家[一二三四五六七八九十A-Z甲乙丙丁]",
                plain(parts.name(i)),
            )
            for i in parts.body
        )
    )
    return named and len(parts.body) >= 2


def _rating_words(parts: Anatomy, columns: list[int], asker: Asker) -> dict[str, float | None]:
    """Return the points that words of a survey mean: those of one order from 1 up, which is asked once."""
    view = parts.view
    cells = [view.value(i, j) for j in columns for i in parts.body]
    words = list(dict.fromkeys(str(cell.more) for cell in cells if cell.form == "word" and cell.value is None))
    if not words:
        return {}
    order = order_of(words)
    best_first = list(reversed(order)) if order else words
    where = view.across(columns)
    shown = "/".join(best_first)
    values = {"words": shown, "points": "/".join(str(n) for n in range(len(best_first), 0, -1))}
    code, choices, until = ("order", ("even", FREE), "even") if order else ("words", (FREE,), None)
    answer = asker.ask(where, code, choices, until, found=shown, values=values, numbers=len(best_first))
    given = numbers_in(answer, len(best_first))
    if given is None and order:
        given = [float(n) for n in range(len(best_first), 0, -1)]
    return dict(zip(best_first, given or [], strict=False))


def read_survey(parts: Anatomy, asker: Asker, left: list[Left]) -> Survey:
    """Read ratings with a row a respondent."""
    view = parts.view
    columns: list[int] = []
    for j in range(view.width):
        if j == parts.names:
            continue
        cells = [view.value(i, j) for i in parts.body]
        rated = sum(cell.form in ("number", "word") for cell in cells)
        about = ABOUT.fullmatch(plain(parts.heads[j].name)) and any(cell.form == "word" for cell in cells)
        if about or j in parts.skipped_columns or rated < 0.6 * max(1, sum(cell.form != "blank" for cell in cells)):
            left.append(Left(view.column(j), parts.heads[j].text, parts.skipped_columns.get(j, "about_judges")))
        elif not rated:
            left.append(Left(view.column(j), parts.heads[j].text, "no_values"))
        else:
            columns.append(j)
    missing: list[tuple[str, str]] = []
    answers: list[list[float | None]] = []
    numbers = [v for i in parts.body for j in columns if (v := view.value(i, j).value) is not None]
    points = _rating_words(parts, columns, asker)
    top = next(
        (n for n in (5.0, 7.0, 9.0, 10.0, 100.0) if numbers and sum(v <= n for v in numbers) >= 0.85 * len(numbers)),
        None,
    )
    for i in parts.body:
        row: list[float | None] = []
        for j in columns:
            cell = view.value(i, j)
            value = cell.value if cell.form == "number" else None
            if cell.form == "word":
                value = points.get(str(cell.more))
            elif cell.form in ("blank", "missing"):
                missing.append((view.place(i, j), cell.text))
            elif value is None or (top is not None and not 0 <= value <= top):
                answer = asker.ask(
                    view.place(i, j),
                    "no_rating",
                    (FREE, "missing"),
                    None,
                    found=cell.text,
                    numbers=1,
                    values={"top": number_text(top or 0)},
                )
                found = ratio(answer) if answer not in (None, "missing") else None
                value = found
            row.append(value)
        answers.append(row)
    for row, i in zip(answers, parts.body, strict=True):
        given = [v for v in row if v is not None]
        if len(given) > 3 and len(set(given)) == 1:
            values = {"name": parts.name(i)}
            if (
                asker.ask(
                    view.line(i), "straight_line", ("keep", "drop"), "keep", found=number_text(given[0]), values=values
                )
                == "drop"
            ):
                row[:] = [None] * len(row)
    important = all(IMPORTANT.search(word) for word in points) and bool(points)
    important |= all(IMPORTANT.search(parts.heads[j].text) for j in columns) and bool(columns)
    use = asker.ask("all", "survey_use", ("weights", "only_read"), "weights" if important else None)
    names = [parts.name(i) for i in parts.body]
    return Survey(parts, names, [asked_of(parts.heads[j].name) for j in columns], answers, use, missing)


def asked_of(heading: str) -> str:
    """Return what a heading of a survey asks about.

    >>> [asked_of(t) for t in ("您认为产值的重要性", "3. 专利有多重要？", "How important is cost?", "Cost")]
    ['产值', '专利', 'cost', 'Cost']
    """
    text = re.sub(r"^\s*(?:q|问题|第)?\s*\d+\s*[题.、:：)]\s*", "", heading.strip(), flags=re.I)
    for pattern in (
        r"(?:您|你)?(?:认为|觉得)?[“\"]?(.+?)[”\"]?(?:的|有多|是否)?(?:重要性|重要程度|重要|评分|打分)(?:如何|吗)?[？?]?",
        r"(?:how important (?:is|are)|(?:the )?importance of|rate|please rate)\s+(?:the )?(.+?)[?]?",
    ):
        if found := re.fullmatch(pattern, text, re.I):
            return found[1]
    return text
