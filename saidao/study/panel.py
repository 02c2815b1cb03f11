"""Judges who are asked pair by pair: their matrices, joint weights, consistency, and what of the money they decide."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations
from types import MappingProxyType

import numpy as np

from .. import mcda
from ..case import Case
from ..case.case import Judgement
from ..case.tables import Judge
from ..errors import SaidaoError
from ..mcda.names import AggregationName
from ..mcda.pairwise import ACCEPTABLE, aggregate
from ..mcda.pairwise.group import joint_matrix
from ..mcda.pairwise.matrix import group_of_first
from ..results.result import Row
from .decision import Array
from .plan.footing import moved
from .plan.result import Plan
from .planning.problem import formulate
from .settings import Settings

JOINT = "joint"
"""What the judgements of all are called while plans are made from them."""


@dataclass(frozen=True)
class Pair:
    """What is asked: how many times as much *one* matters as the *other*, both children of a node."""

    node: str
    one: str
    other: str


Answers = Mapping[Pair, float | None]
"""What a judge has answered; None where a question was skipped."""


def pairs(case: Case) -> tuple[Pair, ...]:
    """Return all that can be asked about the factors of a case: each pair of siblings once, node by node."""
    return tuple(Pair(node, *two) for node, children in case.children.items() for two in combinations(children, 2))


def matrix_of(answers: Answers, node: str, children: tuple[str, ...]) -> Array:
    """Return the pairwise matrix (n, n) of a judge below a node, nan where there is no answer."""
    found = np.full((len(children), len(children)), np.nan)
    np.fill_diagonal(found, 1.0)
    for (i, one), (j, other) in combinations(enumerate(children), 2):
        value = answers.get(Pair(node, one, other))
        if value is not None:
            found[i, j], found[j, i] = value, 1.0 / value
    return found


def counts(matrix: Array) -> bool:
    """Whether a matrix says something about every factor against every other, if only by way of a third.

    >>> counts(np.array([[1, 2, np.nan], [0.5, 1, np.nan], [np.nan, np.nan, 1]]))
    False
    """
    return bool(group_of_first(~np.isnan(matrix)).all())


def apart(answers: Answers, case: Case) -> list[tuple[str, ...]]:
    """Return the factors that no answer of a judge connects with the first of their node, node by node."""
    found = []
    for node, children in case.children.items():
        reached = group_of_first(~np.isnan(matrix_of(answers, node, children)))
        if not reached.all():
            found.append(tuple(f for f, at in zip(children, reached, strict=True) if not at))
    return found


@dataclass(frozen=True)
class Hint:
    """How far a judge's answers below a node contradict each other, and the answer that does so most.

    Attributes
    ----------
    ratio : the consistency ratio; None where the table of random indices ends below so many factors.
    pair, value : the answer whose change would help most, and what it says; None where all agree.
    to, then : what it would have to say, and the ratio by then.
    """

    node: str
    ratio: float | None
    pair: Pair | None = None
    value: float = 1.0
    to: float = 1.0
    then: float = 0.0

    @property
    def acceptable(self) -> bool:
        """Whether the ratio is known, and below 0.1."""
        return self.ratio is not None and self.ratio < ACCEPTABLE


def hints(answers: Answers, case: Case) -> Iterator[Hint]:
    """Yield how consistent a judge is, of each node of three factors or more that the answers connect."""
    for node, children in case.children.items():
        matrix = matrix_of(answers, node, children)
        if len(children) < 3 or not counts(matrix):
            continue
        ratio = mcda.ahp(matrix).consistency_ratio
        if ratio is None or ratio < 5e-4:  # shown as 0.000: nothing to mend
            yield Hint(node, ratio)
            continue
        most = mcda.ahp_repair(matrix, sets=1).single[0]
        i, j = int(str(most.criterion)), int(str(most.over))
        yield Hint(node, ratio, Pair(node, children[i], children[j]), most.value, most.to, most.ratio)


@dataclass(frozen=True)
class Opinions:
    """What a panel says.

    Attributes
    ----------
    case : the case whose factors were asked about.
    answers : by judge.
    """

    case: Case
    answers: Mapping[str, Answers]

    def counted(self, node: str) -> dict[str, Array]:
        """Return the matrices of the judges who count below a node, by judge."""
        children = self.case.children[node]
        made = {judge: matrix_of(answers, node, children) for judge, answers in self.answers.items()}
        return {judge: matrix for judge, matrix in made.items() if counts(matrix)}

    @cached_property
    def nodes(self) -> tuple[str, ...]:
        """The nodes of two factors or more."""
        return tuple(node for node, children in self.case.children.items() if len(children) > 1)

    @property
    def complete(self) -> bool:
        """Whether some judge counts below every node."""
        return bool(self.nodes) and all(self.counted(node) for node in self.nodes)

    def group(self, node: str, aggregation: AggregationName) -> mcda.Group | None:
        """Return the judges below a node, joined; None while nobody counts."""
        given = self.counted(node)
        if not given:
            return None
        v = np.full(len(given), 1.0 / len(given))
        stacked = np.array(list(given.values()))
        return aggregate(
            stacked, self.case.children[node], tuple(given), v, aggregation, "eigenvector", "saaty", "least_lambda"
        )

    def judgements(self) -> dict[str, Judgement]:
        """Return the matrices of all who count as the judgements of a case: ``JUDGE``, below a node ``JUDGE@NODE``."""
        made = {}
        for node in self.nodes:
            for judge, matrix in self.counted(node).items():
                name = f"{judge}@{node}" if node else judge
                made[name] = Judgement(name, f"judgements/{name}", self.case.children[node], matrix)
        return made

    def adopted(self, case: Case, aggregation: AggregationName) -> Case:
        """Return the case with these judgements in place of its own, joined so, and AHP as its weights."""
        made = self.judgements()
        judges = {judgement.judge for judgement in made.values()}
        rows = [row for row in case.rows(Judge) if row.judge in judges]
        chosen = case.settings.model_copy(update={"weights": "ahp", "aggregation": aggregation})
        return replace(case.with_rows(judges=rows), judgements=MappingProxyType(made), settings=chosen)

    # --- disagreement ------------------------------------------------------------------------------------------------

    def _joint(self, node: str) -> Array:
        given = np.array(list(self.counted(node).values()))
        return joint_matrix(given, np.full(len(given), 1.0 / len(given)))

    def sides(self, pair: Pair) -> tuple[float, float] | None:
        """Return what the judges say on either side of the joint judgement, each side's geometric mean, the less first.

        None where all who answered say the same.
        """
        children = self.case.children[pair.node]
        i, j = children.index(pair.one), children.index(pair.other)
        said = np.log([m[i, j] for m in self.counted(pair.node).values() if not np.isnan(m[i, j])])
        if len(said) < 2 or np.ptp(said) < 1e-9:
            return None
        below = said < said.mean()
        return float(np.exp(said[below].mean())), float(np.exp(said[~below].mean()))

    def with_judgement(self, pair: Pair, value: float) -> Case:
        """Return the case with the joint judgements of all, but for one pair."""
        made = {}
        for node in self.nodes:
            matrix, children = self._joint(node), self.case.children[node]
            if node == pair.node:
                i, j = children.index(pair.one), children.index(pair.other)
                matrix[i, j], matrix[j, i] = value, 1.0 / value
            name = f"{JOINT}@{node}" if node else JOINT
            made[name] = Judgement(name, f"judgements/{name}", children, matrix)
        return replace(self.case.with_rows(judges=()), judgements=MappingProxyType(made))

    def disagreements(self, chosen: Settings) -> list[Row]:
        """What of the money hangs on each question on which the judges differ, the most first.

        Each is planned twice: by the joint judgements of all, with this one as those say for whom *one* matters less,
        and as those say for whom it matters more; of equally good plans the second is the nearest to the first.

        Returns
        -------
        list of rows
            ``node``, ``one``, ``other``; ``less`` and ``more``, the judgements of either side; ``moved``, ``share``,
            ``to`` and ``from`` as in `footing.moved`, of the second plan against the first; ``left_out``: None, or why
            there are no such plans.
        """
        if not self.complete:
            return []
        settings = replace(chosen, weights="ahp")
        rows: list[Row] = []
        for pair in pairs(self.case):
            sides = self.sides(pair)
            if sides is None:
                continue
            about = {**vars(pair), "less": sides[0], "more": sides[1]}
            try:
                first = Plan.from_problem(formulate(self.with_judgement(pair, sides[0]), settings))
                second = Plan.from_problem(formulate(self.with_judgement(pair, sides[1]), settings), near=first)
            except SaidaoError as error:
                none: Row = {"moved": {}, "share": None, "to": None, "from": None}
                rows.append({**about, **none, "left_out": error.lines("en")[0]})
            else:
                rows.append({**about, **moved(first.solved, second.solved), "left_out": None})
        return sorted(rows, key=lambda row: -(row["share"] or 0.0))
