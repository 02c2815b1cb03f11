"""Cases spoilt at random, put to the command line: an answer that holds or an error in words, never a hang."""

from __future__ import annotations

import pytest

from tests.reading.fuzz import Outcome, draw, run

QUICK, MANY, AT_ONCE = 60, 10_000, 20


def broken(first: int, last: int) -> list[str]:
    """Return what is wrong with the trials of these seeds, with all it takes to put one of them again."""
    found = []
    for seed in range(first, last):
        outcome: Outcome = run(seed)
        if outcome.faults:
            trial = draw(seed)
            found.append(
                f"seed {seed}, {trial.container}, {' '.join(trial.argv)[:200]}, {trial.told}: {outcome.faults}"
            )
    return found


@pytest.mark.parametrize("first", range(0, QUICK, AT_ONCE))
def test_spoilt_cases_are_answered_or_refused(first: int) -> None:
    assert not broken(first, first + AT_ONCE)


@pytest.mark.slow
@pytest.mark.parametrize("first", range(QUICK, MANY, 25 * AT_ONCE))
def test_many_spoilt_cases_are_answered_or_refused(first: int) -> None:
    assert not broken(first, min(first + 25 * AT_ONCE, MANY))


def test_a_seed_draws_the_same_trial_again() -> None:
    assert [draw(seed) for seed in range(30)] == [draw(seed) for seed in range(30)]


@pytest.mark.slow
def test_trials_are_of_every_kind() -> None:
    """Neither all refused nor all answered: else the mutations miss the code behind the reader, or the reader."""
    trials = [draw(seed) for seed in range(300)]
    assert {trial.container for trial in trials} == {"folder", "zip", "xlsx"}
    assert {"plan", "check", "rank", "export", "new", "report"} <= {trial.argv[0] for trial in trials}
    assert {"en", "zh"} <= {word for trial in trials for word in trial.argv}
    statuses = [run(seed).status for seed in range(60)]
    assert statuses.count(0) > 10
    assert statuses.count(2) > 10
