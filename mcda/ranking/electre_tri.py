"""ELECTRE TRI: sorts alternatives into ordered categories between profiles."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from ..errors import InputError
from ..option_checks import choice, profiles, share
from ..ranks import TIE
from ..registry import Array, Decision, Guide, Option, Step, batched, method, prepared
from .electre_iii import THRESHOLDS, credibilities, credibility, partial

THIRDS = np.array([[1.0], [2.0]]) / 3
"""Where the default profiles lie in the range of each criterion."""


@method(
    "electre_tri",
    title="ELECTRE TRI (sorting into categories)",
    title_zh="ELECTRE TRI(分级)",
    source="Yu (1992), ELECTRE TRI: aspects méthodologiques et manuel d'utilisation, Document du LAMSADE 74; Mousseau, "
    "Slowinski & Zielniewicz (2000), A user-oriented implementation of the ELECTRE-TRI method integrating preference "
    "elicitation support, Computers & Operations Research 27(7-8), 757-777",
    guide=Guide(
        rule_zh="类别 = 1 + max{h: a S b_h}（悲观），或 min{h: b_h S a 且非 a S b_h}（乐观）；a S b 当 "
        "σ_ab ≥ cut，b_h 为类别之间的分界轮廓。",
        use="Alternatives are to be sorted into grades that are defined beforehand, not ranked.",
        use_zh="需要把对象分入事先规定的等级，而不是排名时。",
        trap="Left out, the profiles are thirds of the data and move with the alternatives: give your "
        "own. Pessimistic and optimistic grades differ where an alternative is incomparable with a profile.",
        trap_zh="不给轮廓时按数据三等分，会随对象变动，应自行给定；与轮廓不可比时悲观与乐观分级不同。",
    ),
    steps=(
        Step("S", "credibility of the alternative outranking the profile", ("alternative", "profile")),
        Step("S'", "credibility of the profile outranking the alternative", ("profile", "alternative")),
        Step("pessimistic", "category by the pessimistic assignment, 1 the worst", ("alternative",)),
        Step("optimistic", "category by the optimistic assignment, 1 the worst", ("alternative",)),
        Step("category", "category by the assignment that was chosen", ("alternative",)),
    ),
    sorts=True,
    options={
        "profiles": Option(profiles, None),
        **THRESHOLDS,
        "cut": Option(share, 0.75),
        "assignment": Option(choice("pessimistic", "optimistic"), "pessimistic"),
    },
)
def electre_tri(
    decision: Decision,
    *,
    profiles: Array | None,
    q: Array,
    p: Array | None,
    v: Array | None,
    cut: float,
    assignment: str,
) -> Mapping[str, Array]:
    """Category 1 + max {h: a S b_h}, or, optimistic, min {h: b_h S a, not a S b_h}; a S b: sigma_ab >= cut.

    The option `profiles` gives each criterion its values in b_1, ..., b_k, from the worst to the best: b_h parts
    category h from h + 1. sigma is that of ELECTRE III, its thresholds taken at the profile. Left out, two profiles
    part the range of each criterion in the matrix into thirds: a convention of ours, which moves with the alternatives.
    """
    x, bounds = decision.matrix, ordered(decision, profiles)
    _, over = credibility(decision, x[:, None], bounds[None], bounds[None], q, p, v)
    _, under = credibility(decision, bounds[:, None], x[None], bounds[:, None], q, p, v)
    found = {
        name: assigned(over[:, :, None], under.T[:, :, None], cut, name)[:, 0] for name in ("pessimistic", "optimistic")
    }
    return {"S": over, "S'": under, **found, "category": found[assignment]}


@prepared("electre_tri")
def electre_tri_prepared(
    decision: Decision, *, profiles: Array | None, q: Array, p: Array | None, v: Array | None, **options: object
) -> Mapping[str, Array]:
    """Return what each criterion says of outranking the profiles, and of being outranked."""
    x, bounds = decision.matrix[:, None], ordered(decision, profiles)[None]
    over, under = (partial(decision, *pair, bounds, q, p, v) for pair in ((x, bounds), (bounds, x)))
    return {"over": over, "under": under}


@batched("electre_tri")
def electre_tri_batched(
    decision: Decision, steps: Mapping[str, Array], *, cut: float, assignment: str, **options: object
) -> Array:
    """The category, as by the kernel."""
    over, under = (credibilities(steps[of], decision.weights) for of in ("over", "under"))
    return assigned(over, under, cut, assignment)


def assigned(over: Array, under: Array, cut: float, assignment: str) -> Array:
    """Return categories, (m, k), by the credibility of outranking each profile, and of being outranked: (m, h, k)."""
    outranks, outranked = over >= cut - TIE, under >= cut - TIE
    number = np.arange(1.0, over.shape[1] + 1)[:, None]
    if assignment == "pessimistic":
        return np.asarray(1 + np.where(outranks, number, 0.0).max(axis=1))
    return np.asarray(np.where(outranked & ~outranks, number, over.shape[1] + 1.0).min(axis=1))


def ordered(decision: Decision, profiles: Array | None) -> Array:
    """Return the profiles, (h, n), from the worst to the best, or say where they are not."""
    bounds = thirds(decision) if profiles is None else profiles.T
    better = decision.signs * np.diff(bounds, axis=0)
    if (better < 0).any():
        h, j = np.argwhere(better < 0)[0]
        raise InputError(
            "profile_order",
            f"option profiles, criterion number {j + 1}",
            f"{bounds[h + 1, j]:g} after {bounds[h, j]:g}",
            "profiles from the worst to the best",
        )
    return bounds


def thirds(decision: Decision) -> Array:
    """Part the range of each criterion into three equal classes; a bound that is a value but for rounding is that."""
    x, gain = decision.matrix, decision.signs > 0
    low, high = x.min(axis=0), x.max(axis=0)
    bounds = low + (high - low) * np.where(gain, THIRDS, THIRDS[::-1])
    nearest = np.take_along_axis(x, np.abs(x - bounds[:, None]).argmin(axis=1), axis=0)
    return np.where(np.abs(nearest - bounds) <= TIE * (high - low), nearest, bounds)
