"""Priorities of the gaps, and what closed gaps are worth, in exact fractions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from ... import mcda
from .tables import ONE, ZERO, Pair, Tables, decimal, dot, total


def priorities(tables: Tables, shown: Mapping[str, Any]) -> dict[Pair, Fraction]:
    """v = pi w: pi of mean 1 from the scores shown, as the stance says; even where all are 0."""
    weight = {row["factor"]: decimal(row["weight"]) for row in shown["weights"]}
    return {(t, f): pi * w for t, pi in _stance(tables, shown).items() for f, w in weight.items()}


def view_priorities(tables: Tables, shown: Mapping[str, Any], weights: Sequence[float]) -> dict[Pair, Fraction] | None:
    """v = pi w under a view's weights, by the scores that the method gives under them; None where it gives none."""
    settings = shown["settings"]
    scores: list[float | None] = [None] * len(tables.type_of)
    if settings["stance"] != "even":
        named = {} if settings["normalisation"] is None else {"normalisation": settings["normalisation"]}
        try:
            made = mcda.rank(
                shown["ranked"][0], weights, shown["ranked"][1], settings["method"], **named, **settings["options"]
            )
            scores = [float(score) for score in made.score_array]
        except mcda.InputError as error:
            if error.code != "all_equal":  # tracks that no method tells apart are all alike
                return None
        except KeyError:
            return None
    ranking = [{"track": t, "score": score} for t, score in zip(tables.type_of, scores, strict=True)]
    of_factor = [{"factor": f, "weight": w} for f, w in zip(tables.factors, weights, strict=True)]
    return priorities(tables, {**shown, "weights": of_factor, "ranking": ranking})


def _stance(tables: Tables, shown: Mapping[str, Any]) -> dict[str, Fraction]:
    stance = shown["settings"]["stance"]
    if stance == "even" or any(row["score"] is None for row in shown["ranking"]):  # tracks that no method tells apart
        return dict.fromkeys(tables.type_of, ONE)
    method = mcda.methods()[shown["settings"]["method"]]
    c = {row["track"]: decimal(row["score"]) for row in shown["ranking"]}
    if method.better == "lower":
        c = _turned(c)
    if not method.unit_interval:
        low, high = min(c.values()), max(c.values())
        c = {t: (score - low) / (high - low) if high > low else ZERO for t, score in c.items()}
    if stance == "laggards":
        c = _turned(c)
    mean = total(c.values()) / len(c)
    return {t: pi / mean if mean > 0 else ONE for t, pi in c.items()}


def _turned(c: Mapping[str, Fraction]) -> dict[str, Fraction]:
    """Return scores turned round: max + min - c."""
    ends = max(c.values()) + min(c.values())
    return {t: ends - score for t, score in c.items()}


def worth(tables: Tables, priority: Mapping[Pair, Fraction], closed: Sequence[Mapping[Pair, Fraction]]) -> Fraction:
    """Sum over periods of discount^p times the increase of the weighted gap closed."""
    sums = [dot((priority[pair], z) for pair, z in at.items()) for at in closed]
    steps = enumerate(zip([ZERO, *sums], sums, strict=False))
    return dot((tables.discount**p, now - before) for p, (before, now) in steps)
