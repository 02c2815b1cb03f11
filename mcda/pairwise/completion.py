"""Missing judgements: the values that the others imply; and the Perron vectors on which they rest."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ..registry import Array, find

if TYPE_CHECKING:
    from ..names import CompletionName

Places = NDArray[np.int64]

SQUARINGS = 64
NEWTON_STEPS = 100
HALVINGS = 40
DECREMENT = 1e-24
"""Newton ends where the decrease still to come, g' H^-1 g, is below this share of lambda max."""


def perron(a: Array) -> tuple[Array, Array, Array]:
    """Perron root, right vector (sum 1) and left vector (v' w = 1) of primitive matrices (..., n, n).

    A^(2^k) / max tends to w v': repeated squaring. The root is v' A w, whose error is that of both vectors squared.
    """
    power = a / a.max(axis=(-2, -1), keepdims=True)
    for _ in range(SQUARINGS):
        before, power = power, power @ power
        power = power / power.max(axis=(-2, -1), keepdims=True)
        if np.abs(power - before).max(initial=0.0) < 1e-9:  # the next error is its square
            break
    w = power.sum(axis=-1)
    w = w / w.sum(axis=-1, keepdims=True)
    v = power.sum(axis=-2)
    v = v / np.einsum("...i,...i->...", v, w)[..., None]
    return np.einsum("...i,...ij,...j->...", v, a, w), w, v


def missing_pairs(a: Array) -> tuple[tuple[int, int], ...]:
    """Places i < j without a judgement."""
    return tuple((int(i), int(j)) for i, j in np.argwhere(np.triu(np.isnan(a))))


def least_squares(a: Array, known: NDArray[np.bool_]) -> Array:
    """Fill in w_i / w_j, where log w minimises the sum over the known of (log a_ij - log w_i + log w_j)^2.

    The normal equations are L y = r: L the Laplacian of the graph of known judgements, r_i the sum of their logarithms.
    For a stack of matrices (..., n, n). The row geometric mean of the filled matrix is w again.
    """
    n = a.shape[-1]
    log = np.log(np.where(known, a, 1.0))
    edges = known & ~np.eye(n, dtype=bool)
    laplacian = np.where(np.eye(n, dtype=bool), edges.sum(axis=-1)[..., None], -edges.astype(float))
    y = np.linalg.solve(laplacian + 1.0 / n, log.sum(axis=-1)[..., None])[..., 0]
    return np.asarray(np.where(known, a, np.exp(y[..., :, None] - y[..., None, :])))


def harker(a: Array, known: NDArray[np.bool_]) -> Array:
    """Fill in w_i / w_j, w the Perron vector of B: 0 for a missing b_ij, b_ii = 1 + the number missing in row i."""
    b = np.where(known, a, 0.0) + np.diag((~known).sum(axis=-1).astype(float))
    w = perron(b)[1]
    return np.asarray(np.where(known, a, np.divide.outer(w, w)))


def least_lambda(a: Array, known: NDArray[np.bool_]) -> Array:
    """Fill in the values that minimise lambda max: the only ones, as the judgements connect all criteria."""
    i, j = np.nonzero(np.triu(~known))
    found, _ = minimised(least_squares(a, known)[None], i[None], j[None])
    return np.where(known, a, found[0])


def minimised(a: Array, i: Places, j: Places) -> tuple[Array, Array]:
    """Minimise lambda max over the entries (i, j) of each matrix; from a (B, n, n), i and j (B, s).

    With a_ij = exp(x) lambda max is convex in x. Its derivatives, with B_k the derivative of A, v' w = 1 and S the
    group inverse of lambda I - A: g_k = v' B_k w, H_kl = [k = l] (v_i a_ij w_j + v_j a_ji w_i) + v' B_k S B_l w +
    v' B_l S B_k w. Damped Newton steps, on a_ij w_j / w_i with w of the start, which has the same roots and no large
    entries. Returns the matrices and their lambda max.
    """
    scale = perron(a)[1]
    scale = scale[:, None, :] / scale[:, :, None]
    a = a * scale
    batch, n = np.arange(len(a))[:, None], a.shape[-1]
    each, eye = np.arange(i.shape[1])[None], np.eye(n)
    root, w, v = perron(a)
    for _ in range(NEWTON_STEPS):
        up = v[batch, i] * a[batch, i, j]
        down = v[batch, j] * a[batch, j, i]
        left = np.zeros((*i.shape, n))  # rows v' B_k
        left[batch, each, j], left[batch, each, i] = up, -down
        right = np.zeros((*i.shape, n))  # rows B_k w
        right[batch, each, i], right[batch, each, j] = a[batch, i, j] * w[batch, j], -a[batch, j, i] * w[batch, i]
        up, down = up * w[batch, j], down * w[batch, i]
        outer = w[:, :, None] * v[:, None, :]
        inverse = np.linalg.inv(root[:, None, None] * eye - a + outer) - outer
        mixed = left @ inverse @ right.transpose(0, 2, 1)
        hessian = mixed + mixed.transpose(0, 2, 1)
        hessian[:, each[0], each[0]] += up + down
        step = -np.linalg.solve(hessian, (up - down)[..., None])[..., 0]
        decrement = -((up - down) * step).sum(axis=-1)
        length = np.where(decrement > DECREMENT * root, 1.0, 0.0)
        if not length.any():
            break
        length = length / np.maximum(1.0, np.abs(step).max(axis=-1) / 5.0)  # far from the least, not too far at once
        for _ in range(HALVINGS):
            trial = a.copy()
            trial[batch, i, j] = a[batch, i, j] * np.exp(length[:, None] * step)
            trial[batch, j, i] = a[batch, j, i] / np.exp(length[:, None] * step)
            found = perron(trial)
            worse = found[0] > root - 1e-4 * length * decrement + 1e-14 * root
            if not worse.any():
                break
            length = np.where(worse, length / 2.0, length)
        a, (root, w, v) = trial, found
    return a / scale, root


COMPLETIONS: Mapping[CompletionName, Callable[[Array, NDArray[np.bool_]], Array]] = {
    "least_lambda": least_lambda,
    "least_squares": least_squares,
    "harker": harker,
}
"""How missing judgements are filled in.

- ``least_lambda``: Bozóki, Fülöp & Rónyai (2010), On optimal completion of incomplete pairwise comparison matrices,
  Mathematical and Computer Modelling 52, 318-333.
- ``least_squares``: the same article; Kwiesielewicz (1996), The logarithmic least squares and the generalized
  pseudoinverse in estimating ratios, European Journal of Operational Research 93, 611-619.
- ``harker``: Harker (1987), Incomplete pairwise comparisons in the analytic hierarchy process, Mathematical Modelling
  9, 837-848.
"""


def completed(a: Array, how: str) -> Array:
    """Fill in the missing judgements (nan) of a matrix whose others connect all criteria."""
    fill = find("missing", COMPLETIONS, how)
    known = ~np.isnan(a)
    return a if known.all() else fill(a, known)
