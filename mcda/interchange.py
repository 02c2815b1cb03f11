"""Objects of scikit-criteria and pymcdm, in and out; neither library is needed but by what makes its objects."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from . import checks, option_checks
from .errors import InputError
from .labels import ByCriterion, Table
from .ranges import Directions
from .registry import Array, find, methods
from .results import Ranking, Weights

if TYPE_CHECKING:
    import pandas as pd

    from .names import MethodName

SCALERS: Mapping[str, str] = {
    "vector": "vector",
    "minmax": "minmax",
    "sum": "sum",
    "max": "max",
    "ratio": "linear",
    "logarithmic": "logarithmic",
    "nonlinear": "nonlinear",
    "enhanced_accuracy": "enhanced_accuracy",
    "zavadskas_turskis": "zavadskas_turskis",
}
"""What pymcdm calls our normalisations."""
PYMCDM: Mapping[MethodName, str] = {
    **{name: name.upper() for name in ("topsis", "wsm", "wpm", "aras", "cocoso", "codas", "copras", "edas", "mabac")},
    **{name: name.upper() for name in ("mairca", "marcos", "moora", "ocra", "probid", "ram", "spotis", "sprobid")},
    **{name: name.upper() for name in ("vikor", "waspas", "lmaw", "promethee_ii", "aroman", "rim", "rafsi", "ervd")},
}
"""Our methods that pymcdm has, and its names for them."""
CHOOSES = ("topsis", "wsm", "wpm")
"""Those of which pymcdm lets the normalisation be chosen."""
OPTIONS: Mapping[str, Mapping[str, str]] = {
    "vikor": {"v": "v"},
    "waspas": {"lam": "l"},
    "cocoso": {"lam": "l"},
    "aroman": {"beta": "beta", "lam": "lam"},
    "spotis": {"bounds": "bounds"},
    "rim": {"ranges": "bounds", "ideals": "ref_ideal"},
    "rafsi": {"ideal": "ideal", "anti_ideal": "anti_ideal", "n1": "n1", "n2k": "n2k"},
    "ervd": {"reference": "ref_point", "loss": "lambd", "curvature": "alpha"},
}
"""Options of ours that pymcdm has too, and its names for them."""


class Problem(NamedTuple):
    """A decision problem, in the order in which `rank` takes it: ``rank(*problem, method="topsis")``."""

    matrix: pd.DataFrame
    weights: Array
    directions: list[str]

    def to_frame(self) -> pd.DataFrame:
        """One row per criterion: its direction and weight, and the value of each alternative."""
        return self.matrix.T.assign(direction=self.directions, weight=self.weights)


def from_skcriteria(given: Any) -> Problem:
    """Read a ``DecisionMatrix`` of scikit-criteria.

    Parameters
    ----------
    given : DecisionMatrix

    Returns
    -------
    Problem
        Matrix with its labels, weights and directions.

    Raises
    ------
    InputError
        Something else. Rankings (``RankResult``) are read by `kendall_tau_b` and its like as they are.

    Examples
    --------
    >>> from_skcriteria(to_skcriteria([[1, 2], [3, 4]], [3, 1], ["max", "min"])).directions
    ['max', 'min']
    """
    if not (hasattr(given, "objectives") and hasattr(given, "matrix") and hasattr(given, "weights")):
        raise InputError("matrix_type", "matrix", type(given).__name__, "a DecisionMatrix of scikit-criteria")
    columns = tuple(given.matrix.columns)
    told = checks.direction_list(list(given.objectives), columns)
    return Problem(given.matrix, np.asarray(given.weights, dtype=float), [str(each) for each in told])


def to_skcriteria(
    given: Ranking | Table,
    weights: Weights | ByCriterion[float] | None = None,
    directions: Directions | None = None,
) -> Any:
    """Make an object of scikit-criteria: a ``RankResult`` of a ranking, a ``DecisionMatrix`` of a matrix.

    Parameters
    ----------
    given : a `Ranking`, or an (m, n) array or DataFrame.
    weights, directions : of a matrix; ranges enter as levels, of which more is better.

    Returns
    -------
    RankResult or DecisionMatrix

    Raises
    ------
    InputError
        scikit-criteria is not installed, or what `rank` refuses.

    Examples
    --------
    >>> made = to_skcriteria([[1, 2], [3, 4]], [3, 1], ["max", "min"])
    >>> made.weights.tolist()
    [0.75, 0.25]
    """
    try:
        import skcriteria  # late: another library, which only this needs
        from skcriteria.agg import RankResult  # likewise
    except ImportError:
        raise _absent("scikit-criteria") from None
    if isinstance(given, Ranking):
        names = [str(each) for each in given.alternatives]
        extra = {"score": given.score_array, **given.options}
        return RankResult(given.method, names, given.rank_array, extra)
    values, rows, columns = checks.matrix(given)
    values, signs = checks.directed(values, "max" if directions is None else directions, columns)
    shares = None if weights is None else checks.shares(weights, columns)[0]
    return skcriteria.mkdm(
        values,
        signs.astype(int).tolist(),
        weights=shares,
        alternatives=[str(each) for each in rows],
        criteria=[str(each) for each in columns],
    )


def to_pymcdm(method: MethodName, matrix: Table | None = None, **options: Any) -> Any:
    """Make the method object of pymcdm that scores as ours does with these options.

    Parameters
    ----------
    method : a name of `methods()`.
    matrix : where SPOTIS takes its bounds from, if no option gives them.
    **options : as for `rank`; those left out are our defaults.

    Returns
    -------
    A method object: call it with matrix, weights and types (1, -1), which `rank` takes as directions too.

    Raises
    ------
    InputError
        pymcdm is not installed, has no such method, or no such option.

    Notes
    -----
    Where pymcdm departs from the formula of the source (COPRAS with costs, PROBID of an even number) it does so here.

    Examples
    --------
    >>> to_pymcdm("vikor", v=0.25).v
    0.25
    """
    entry = find("method", methods(), method)
    where = f"method '{method}'"
    option_checks.options(where, options, [*entry.options, *(["normalisation"] if entry.normalisation else [])])
    if method not in PYMCDM:
        raise InputError("unknown_name", "method", repr(method), f"one that pymcdm has: {', '.join(sorted(PYMCDM))}")
    try:
        import pymcdm  # late: an extra, which only a second opinion needs
    except ImportError:
        raise _absent("pymcdm") from None
    kernel = getattr(pymcdm.methods, PYMCDM[method])
    scale = str(options.get("normalisation") or entry.normalisation)
    taken = OPTIONS.get(method, {})
    own = {taken[key]: value for key, value in options.items() if key in taken and value is not None}
    if method in CHOOSES and scale in SCALERS:
        return kernel(getattr(pymcdm.normalizations, f"{SCALERS[scale]}_normalization"))
    for key, value in options.items():
        if (
            key in taken
            or key == "preference"
            or value is None
            or (key == "normalisation" and value == entry.normalisation)
        ):
            continue
        if key == "normalisation" or np.any(value != entry.options[key].default):
            raise InputError("unknown_option", where, f"the option {key!r}", "one that pymcdm has too")
    if method == "promethee_ii":
        shapes = np.atleast_1d(np.array(options.get("preference") or "usual", dtype=object))
        if set(shapes.tolist()) != {"usual"}:
            raise InputError("unknown_option", where, "the option 'preference'", "the shape 'usual'")
        return kernel("usual")
    if method == "spotis" and "bounds" not in own:
        if matrix is None:
            raise InputError("option_missing", where, "no bounds", "bounds=..., or matrix=... that spans them")
        own["bounds"] = np.array(checks.span_of(checks.matrix(matrix)[0])).T
    own = {key: np.asarray(value, dtype=float) if np.ndim(value) else value for key, value in own.items()}
    try:
        return kernel(**own)
    except TypeError:
        missing = ", ".join(f"{key}=..." for key, theirs in taken.items() if theirs not in own)
        raise InputError("option_missing", where, "too few options", missing) from None


def from_pymcdm(method: Any) -> tuple[MethodName, dict[str, Any]]:
    """Read a method object of pymcdm: our name for it, and its options.

    Parameters
    ----------
    method : such as ``pymcdm.methods.TOPSIS(vector_normalization)``.

    Returns
    -------
    name, options : ``name, options = from_pymcdm(TOPSIS()); rank(matrix, weights, types, name, **options)``.

    Raises
    ------
    InputError
        A method or a normalisation that is not here.

    Examples
    --------
    >>> from_pymcdm(to_pymcdm("vikor", v=0.25))
    ('vikor', {'v': 0.25})
    """
    known = {theirs: ours for ours, theirs in PYMCDM.items()}
    name = known.get(type(method).__name__)
    if name is None:
        raise InputError(
            "unknown_name", "method", repr(type(method).__name__), f"one of pymcdm's {', '.join(sorted(known))}"
        )
    options = {
        ours: getattr(method, theirs) for ours, theirs in OPTIONS.get(name, {}).items() if hasattr(method, theirs)
    }
    scaler = getattr(method, "normalization", None) if methods()[name].normalisation else None
    if scaler is not None and name in CHOOSES:
        called = scaler.__name__.removesuffix("_normalization")
        ours = next((ours for ours, theirs in SCALERS.items() if theirs == called), None)
        if ours is None:
            raise InputError(
                "unknown_name", "normalisation", repr(called), f"one of pymcdm's {', '.join(SCALERS.values())}"
            )
        options["normalisation"] = ours
    return name, options


def _absent(library: str) -> InputError:
    return InputError("no_library", "this", f"no {library}", library, f"Install it: pip install {library}.")
