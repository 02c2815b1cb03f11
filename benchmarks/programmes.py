"""Random programmes of the sizes that the benchmarks use."""

from __future__ import annotations

import numpy as np

from saidao.optimize import Application, Programme

INSTANCES = {
    # tracks, factors, measures, share of (measure, track) pairs that are eligible, budgets as a share of what all take
    "S": (12, 6, 42, 0.5, 0.1),
    "M": (300, 6, 100, 0.5, 0.03),
    "L scarce": (3000, 6, 200, 0.1, 0.1),
    "L nearly slack": (3000, 6, 200, 0.1, 0.25),
    "L slack": (3000, 6, 200, 0.1, 0.3),
}
LARGE = {"XL scarce": (43_000, 6, 200, 0.1, 0.03), "XL nearly slack": (43_000, 6, 200, 0.1, 0.25)}


def random_programme(instance: str, seed: int = 0) -> Programme:
    """Draw a programme: measures at tracks, two factors each; budgets are a share of what all would take."""
    tracks, factors, measures, share, scarcity = (INSTANCES | LARGE)[instance]
    rng = np.random.default_rng(seed)
    measure, track = np.nonzero(rng.random((measures, tracks)) < share)
    count = len(measure)
    main = rng.integers(0, factors, measures)
    second = (main + rng.integers(1, factors, measures)) % factors
    strength = rng.uniform(0.1, 0.4, count)
    unit = rng.uniform(1, 9, (measures, 4)) * (rng.random((measures, 4)) < 0.5)
    unit[:, 0] += 1.0
    cost = unit[measure]
    return Programme(
        tracks=tuple(f"t{i}" for i in range(tracks)),
        factors=tuple(f"f{i}" for i in range(factors)),
        resources=("funds", "land", "talent", "scenarios"),
        applications=tuple(Application(f"m{m}", "track", f"t{t}") for m, t in zip(measure, track, strict=True)),
        gap=rng.uniform(0.1, 1, (tracks, factors)) * (rng.random((tracks, factors)) < 0.7),
        priority=rng.dirichlet(np.ones(factors), tracks),
        weight=np.full(factors, 1 / factors),
        level_min=np.zeros(count),
        level_max=np.ones(count),
        lag=np.zeros(count, dtype=np.int64),
        segment_application=np.arange(count),
        segment_width=np.ones(count),
        effect_segment=np.concatenate([np.arange(count)] * 2),
        effect_pair=np.concatenate([track * factors + main[measure], track * factors + second[measure]]),
        effect=np.concatenate([strength, strength / 2]),
        cost=cost[:, :, None],
        budget=scarcity * cost.sum(axis=0)[:, None],
        carry=np.zeros(4),
    )
