"""Weights on the page: bars, questions in words and pairwise matrices, how consistent they are, what mends them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...case import Case, cells
from ...case.case import Judgement
from ...case.tables import Factor
from ...mcda.pairwise.matrix import group_of_first
from ...study.ranking.weights import fraction
from ...texts.numbers import written
from ...texts.say import say
from ..plans.changes import answers_weigh
from ..plans.choices import PLANNER, asked
from ..plans.offered import titles
from .context import Context

SCALE = ("9", "8", "7", "6", "5", "4", "3", "2", "1", "1/2", "1/3", "1/4", "1/5", "1/6", "1/7", "1/8", "1/9")
"""Saaty's scale."""


FULL = (0.1, 0.25, 0.5, 1.0)
"""Weights that a whole bar can stand for."""
MOST_APPLICATIONS = 1_000
"""Measures at places up to which what would change the plan is sought at once: a second or two."""
FEWEST = 4
"""Factors from which on naming the most and the least important first saves questions."""
ROOM = 1.3
"""How far beyond the largest weight a bar goes at least, so that it can be dragged."""


def in_words(value: float, one: str, other: str, lang: str) -> str:
    """Say a judgement in words.

    >>> in_words(5, "talent", "land", "en"), in_words(1 / 4, "talent", "land", "en")
    ('talent matters clearly more than land', 'land matters more than talent, between slightly more and clearly more')
    """
    more, less, steps = (one, other, value) if value >= 1 else (other, one, 1 / value)
    step = min(max(round(steps), 1), 9)
    if step == 1:
        return say("saaty.equal", lang)
    if step % 2:
        return say("saaty.more", lang, one=more, other=less, word=say(f"saaty.{step}", lang))
    low, high = (say(f"saaty.{n}", lang) for n in (step - 1, step + 1))
    return say("saaty.between", lang, one=more, other=less, low=low, high=high)


def on_scale(value: float) -> str:
    """Return the value of the scale that is nearest.

    >>> on_scale(2.6), on_scale(0.3)
    ('3', '1/3')
    """
    return min(SCALE, key=lambda text: abs(np.log(cells.ratio(text) or 1.0) - np.log(value)))


class Judgements(Context):
    """Weights and the judgements that they come from."""

    @cached_property
    def asked_case(self) -> Case:
        """The case with the answers of the planner, and a blank matrix where there is none."""
        return asked(self.case if self.evaluation is None else self.evaluation.case)

    @cached_property
    def matrices(self) -> list[Matrix]:
        """Pairwise matrices that are used, or would be once they are answered."""
        case = self.asked_case
        used = [(node, j) for node in case.children for j in case.judged(node)]
        name_of = {id(j): name for name, j in case.judgements.items()}
        assumed = bool(self.case.judgements) and self.assumed("judgements", (), "")
        return [Matrix(name_of[id(j)], node, j, self.factors, assumed) for node, j in used if len(j.labels) > 1]

    @property
    def from_answers(self) -> bool:
        """Whether the weights come from the judgements, alone or among others."""
        return "ahp" in self.choices.weights.split("+")

    @property
    def comes_from(self) -> str:
        """Say what the weights come from, where that is not the judgements."""
        scheme = titles(self.lang).get(self.choices.weights, self.choices.weights)
        return "" if self.from_answers else self.say("judge.from", scheme=scheme)

    @property
    def can_weigh(self) -> bool:
        """Whether the weights could come from the judgements as they are."""
        return answers_weigh(self.asked_case)

    @property
    def is_quick(self) -> bool:
        """Whether it is soon found where the plan would be another; else it is sought when it is asked for."""
        return self.plan is None or len(self.plan.solved.programme.applications) <= MOST_APPLICATIONS

    # --- bars --------------------------------------------------------------------------------------------------------

    @property
    def full(self) -> float:
        """The weight that a whole bar stands for."""
        largest = 1.0 if self.evaluation is None else float(self.evaluation.weights.array.max())
        return next((full for full in FULL if full >= ROOM * largest), 1.0)

    @property
    def weight_rows(self) -> list[dict[str, Any]]:
        """Weights of the factors, with the length of their bars."""
        if self.evaluation is None:
            return []
        w = self.evaluation.weights
        return [
            {
                "id": str(f),
                "name": self.factors[str(f)],
                "share": f"{v:.6g}",
                "percent": f"{100 * v:.1f}",
                "text": f"{v:.1%}",
                "bar": round(100 * float(v) / self.full, 2),
            }
            for f, v in zip(w.criteria, w.array, strict=True)
        ]

    # --- questions ---------------------------------------------------------------------------------------------------

    @property
    def scale(self) -> list[dict[str, str]]:
        """The answers to choose from, from the first to the second factor; halves have no word below them."""
        rows = []
        for text in SCALE:
            value = cells.ratio(text) or 1.0
            step = round(max(value, 1 / value))
            word = self.say(f"saaty.{step}") if step % 2 else ""
            rows.append({"value": text, "word": word, "said": in_words(value, "{one}", "{other}", self.lang)})
        return rows

    @cached_property
    def questions(self) -> list[Question]:
        """Every pair as a question, matrix by matrix."""
        about = {row.factor: self._about(row) for row in self.case.rows(Factor)}
        pairs = [
            (matrix, one, other)
            for matrix in self.matrices
            for i, one in enumerate(matrix.judgement.labels)
            for other in matrix.judgement.labels[i + 1 :]
        ]
        return [
            self._question(matrix, one, other, about, self.say("judge.number", number=n, all=len(pairs)))
            for n, (matrix, one, other) in enumerate(pairs, 1)
        ]

    def _whose(self, judge: str, node: str) -> str:
        """Name a judge, where there are several, and what is judged."""
        several = len({matrix.judge for matrix in self.matrices}) > 1
        name = self.say("judge.me") if judge == PLANNER else judge
        return " · ".join(filter(None, [name if several else "", node]))

    def _about(self, factor: Factor) -> str:
        """What a factor is, where the case says it."""
        told = str((factor.model_extra or {}).get(f"description_{self.lang}") or factor.description)
        return told.removeprefix(f"{factor.name(self.lang)}：")

    def _question(self, matrix: Matrix, one: str, other: str, about: dict[str, str], number: str) -> Question:
        text = matrix.text(one, other)
        names = self.factors[one], self.factors[other]
        below = self.factors[matrix.node] if matrix.node else ""
        whose = self._whose(matrix.judge, below)
        doubt, to = self._doubt(matrix, one, other, text)
        said = in_words(cells.ratio(text) or float(text), *names, self.lang) if text else ""
        return Question(
            f"{matrix.name}/{one}/{other}",
            *names,
            about[one],
            about[other],
            " · ".join(filter(None, [number, whose])),
            text,
            said,
            doubt,
            to,
        )

    def _doubt(self, matrix: Matrix, one: str, other: str, text: str) -> tuple[str, str]:
        """Say what the other answers together say, and that value, of the answer that they contradict most."""
        found = None if self.evaluation is None else self.evaluation.repairs.get((matrix.node, matrix.judge))
        if not found or not found.single or not text:
            return "", ""
        worst = found.single[0]
        pair = (str(worst.criterion), str(worst.over))
        if pair not in ((one, other), (other, one)):
            return "", ""
        to = on_scale(worst.to if pair == (one, other) else 1 / worst.to)
        if to == text:
            return "", ""
        said = in_words(cells.ratio(to) or 1.0, self.factors[one], self.factors[other], self.lang)
        return self.say("judge.doubt", said=said), to

    @property
    def to_begin_with(self) -> list[str]:
        """The factors of which the most and the least important can be named first, so that fewer questions do."""
        few = len(self.matrices) != 1 or len(self.matrices[0].judgement.labels) < FEWEST
        if few or all(question.value for question in self.questions):
            return []
        return [self.factors[label] for label in self.matrices[0].judgement.labels]

    @property
    def answered(self) -> str:
        """Say how many questions are answered, and what has to be before the weights can come from the answers."""
        done, every = sum(bool(q.value) for q in self.questions), len(self.questions)
        told = self.say("judge.all" if done == every else "judge.some_of", done=done, all=every)
        lacking = [] if self.can_weigh else self._lacking()
        return (
            told if not lacking else self.say("judge.lacking", told=told, factors=say("list", self.lang).join(lacking))
        )

    def _lacking(self) -> list[str]:
        """Name the factors that no answer connects with the others."""
        found = {
            label: None
            for matrix in self.matrices
            for label, reached in zip(matrix.judgement.labels, group_of_first(matrix.known), strict=True)
            if not reached
        }
        return [self.factors[label] for label in found]

    # --- consistency -------------------------------------------------------------------------------------------------

    @property
    def consistencies(self) -> list[dict[str, Any]]:
        """Consistency of every matrix, with what would mend it."""
        if self.evaluation is None or self.evaluation.weights.hierarchy is None:
            return []
        names = {**self.factors, "": self.say("goal")}

        def told(c: Any) -> str:
            return self.say(
                "change",
                one=names[str(c.criterion)],
                other=names[str(c.over)],
                value=fraction(c.value),
                to=fraction(c.to),
            )

        by_place = {(m.node, m.judge): m.name for m in self.matrices}
        rows = []
        tree = self.evaluation.weights.hierarchy
        for node, group in tree.nodes.items():
            for judge, one in zip(group.judges, group.individual, strict=True):
                found = self.evaluation.repairs.get((node, judge))
                ratio = one.consistency.severity
                row: dict[str, Any] = {
                    "name": by_place[str(node), str(judge)],
                    "title": self._whose(str(judge), names[str(node)]),
                    "ratio": written("ratio", one.consistency_ratio),
                    "good": ratio < 0.1,
                    "known": one.consistency_ratio is not None,
                    "worst": "",
                    "changes": "",
                    "apply": [],
                    "several": len(tree.nodes) > 1 or len(group.judges) > 1,
                }
                if found and found.single and ratio >= 5e-4:
                    c = found.single[0]
                    row["worst"] = self.say(
                        "judge.odd" if ratio < 0.1 else "judge.worst",
                        said=in_words(c.value, names[str(c.criterion)], names[str(c.over)], self.lang),
                        would=in_words(c.to, names[str(c.criterion)], names[str(c.over)], self.lang),
                        ratio=f"{c.ratio:.3f}",
                    )
                if found and found.changes:
                    listed = say("list", self.lang).join(map(told, found.changes))
                    row["changes"] = self.say("judge.repair" if found.fewest else "judge.some", changes=listed)
                    row["apply"] = [
                        {"do": "judgement", "of": f"{row['name']}/{c.criterion}/{c.over}", "to": repr(float(c.to))}
                        for c in found.changes
                    ]
                rows.append(row)
        return rows


@dataclass(frozen=True)
class Question:
    """A pair that is asked about.

    Attributes
    ----------
    of : ``NAME/one/other``.
    one, other, about_one, about_other : names of the two factors, and what they are.
    place : which question it is, of how many, and whose.
    value, said : the answer as it is written, and in words; blank if there is none.
    doubt, to : of the answer that the others contradict most what these say together, in words and as it is written.
    """

    of: str
    one: str
    other: str
    about_one: str
    about_other: str
    place: str
    value: str
    said: str
    doubt: str
    to: str


@dataclass(frozen=True)
class Entry:
    """A cell of a pairwise matrix: its id on the page, what it is of, and its text."""

    id: str
    of: str
    label: str
    text: str
    kind: str


@dataclass(frozen=True)
class Matrix:
    """A pairwise matrix as the page shows it."""

    name: str
    node: str
    judgement: Judgement
    names: dict[str, str]
    assumed: bool

    @property
    def judge(self) -> str:
        """Who judged."""
        return self.judgement.judge

    @property
    def is_own(self) -> bool:
        """Whether the planner answers."""
        return self.judge == PLANNER

    @property
    def known(self) -> NDArray[np.bool_]:
        """(n, n) whether two factors are compared, whichever of the two cells says it."""
        said = ~np.isnan(self.judgement.matrix)
        return np.asarray(said | said.T)

    def text(self, one: str, other: str) -> str:
        """Return a judgement as people write it; nothing where it is missing."""
        labels, matrix = self.judgement.labels, self.judgement.matrix
        i, j = labels.index(one), labels.index(other)
        value = matrix[i, j] if np.isfinite(matrix[i, j]) else 1.0 / matrix[j, i]
        return fraction(float(value)) if np.isfinite(value) else ""

    def cells(self) -> list[Entry]:
        """Return all cells, row by row."""
        return [cell for _, row in self.rows() for cell in row]

    def rows(self) -> list[tuple[str, list[Entry]]]:
        """Return the rows: a factor's name and its cells."""
        labels = self.judgement.labels
        return [
            (
                self.names[one],
                [
                    Entry(
                        f"cell-{self.name}-{i}-{j}",
                        f"{self.name}/{one}/{other}",
                        other,
                        "1" if i == j else self.text(one, other),
                        "choice" if i < j else "diagonal" if i == j else "follows",
                    )
                    for j, other in enumerate(labels)
                ],
            )
            for i, one in enumerate(labels)
        ]

    def scale(self, text: str) -> list[str]:
        """Return the values to choose from: Saaty's scale, and the present one where it is off it."""
        return [*SCALE] if text in SCALE else [text, *SCALE]
