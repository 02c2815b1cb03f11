"""What a case asks of the allocation: weights and ranking become priorities, priorities a programme."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from ... import mcda, optimize
from ...case import Case
from ...mcda.brief import Brief
from ..array_errors import as_case_error
from ..decision import Array, Decision, decision
from ..ranking.weighing import factor_weights, ranking_of, stances
from ..settings import Settings
from .programme import Collected, budgets, collect, programme

if TYPE_CHECKING:
    from ..settings import WeightsLike


@dataclass(frozen=True)
class PlanningProblem(Brief):
    """What a case asks of the allocation: weights, the ranking before, and the programme.

    `before` is None where the tracks cannot be ranked, though they can be funded; `undefined` says why.
    """

    case: Case
    settings: Settings
    decision: Decision
    weights: mcda.Weights
    before: mcda.Ranking | None
    programme: optimize.Programme
    undefined: tuple[str, ...]

    def priorities(self, weights: Array) -> Array:
        """Priorities v = pi w under each of many weights (K, F), with the ranking's method: (K, T * F).

        Raises `CaseError` where the stance needs scores that the method does not define.
        """
        pi = np.ones((len(weights), len(self.decision.tracks)))
        if self.settings.stance != "even":
            pi = stances(self._scores(weights), self.settings.method, self.settings.stance)
        return np.asarray((pi[:, :, None] * weights[:, None, :]).reshape(len(weights), -1))

    def _scores(self, weights: Array) -> Array:
        """Scores under each of many weights; equal ones where these count only factors on which all tracks are equal.

        Raises `CaseError` where the method does not define them.
        """
        data, chosen = self.decision, self.settings
        try:
            return mcda.rank_many(data.scores, weights, data.directions, chosen.method, **chosen.ranking)[0]
        except mcda.InputError as error:
            if error.code != "all_equal":
                raise as_case_error(error, data) from None
        if len(weights) > 1:
            return np.concatenate([self._scores(row[None, :]) for row in weights])
        return np.ones((1, len(data.tracks)))

    def with_settings(self, settings: Settings) -> PlanningProblem:
        """Return the problem under another objective, stance, budgets, locks and bans; weights and ranking are kept."""
        made = _programme(self.case, settings, self.decision, self.weights, self.before)
        return replace(self, settings=settings, programme=made)

    def with_case(self, case: Case, collected: Collected | None = None) -> PlanningProblem:
        """Return the problem of a case whose costs, effects or budgets differ; weights and ranking are kept.

        *collected*: what was collected of the case, where that is known.
        """
        made = _programme(case, self.settings, self.decision, self.weights, self.before, collected)
        return replace(self, case=case, programme=made)


def formulate(case: Case, settings: Settings, weights: WeightsLike | None = None) -> PlanningProblem:
    """Weigh and rank, and state the programme of the priorities v = pi w.

    Parameters
    ----------
    weights : those themselves where `settings.weights` is ``"given"``.

    Raises
    ------
    CaseError
        Where a scheme or method is not defined for the case.
    """
    data = decision(case, settings.ticks)
    weighed = factor_weights(case, data, weights, settings)
    undefined: tuple[str, ...] = ()
    before: mcda.Ranking | None
    try:
        before = ranking_of(data, data.scores, weighed, settings)
    except mcda.InputError as error:
        if error.code != "all_equal":
            raise as_case_error(error, data) from None
        before = None  # a single track, or equal ones, can be funded though not ranked: all alike, told in the notes
        undefined = (as_case_error(error, data).problems[0].text(),)
    made = _programme(case, settings, data, weighed, before)
    return PlanningProblem(case, settings, data, weighed, before, made, undefined)


def _programme(
    case: Case,
    settings: Settings,
    data: Decision,
    weights: mcda.Weights,
    before: mcda.Ranking | None,
    collected: Collected | None = None,
) -> optimize.Programme:
    scores = np.ones(len(data.tracks)) if before is None else before.score_array
    return programme(
        case,
        collect(case) if collected is None else collected,
        data.gap,
        np.outer(stances(scores, settings.method, settings.stance), weights.array),
        weights.array,
        budgets(case, settings.budgets),
        lock=settings.lock,
        forbid=settings.forbid,
    )
