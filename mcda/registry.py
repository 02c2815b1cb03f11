"""The registries of ranking methods, weighting schemes and normalisations.

A method, a scheme or a normalisation is one pure function under one decorator. Command line, checks, documentation and
law tests read the registries; `mcda.names`, which type checkers read, is written from them. The Chinese title stands in
the decorator too: so a method is one file, and this package needs no texts of another.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, Protocol, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from .brief import Brief
from .errors import InputError, closest

if TYPE_CHECKING:
    from .names import MethodName, NormalisationName, SchemeName

Array = NDArray[np.float64]
Signs = NDArray[np.int8]
Counts = NDArray[np.int64]
Better = Literal["higher", "lower"]
Law = Literal["dominance", "permutation", "equal_rows", "unit"]
"""What a ranking is held to: a dominated alternative never ranks above its dominator; the order of alternatives and
criteria does not matter; equal rows score the same; nor does the unit of a criterion matter."""


@dataclass(frozen=True)
class Step:
    """Meaning of one intermediate table: its symbol, a caption and what its axes count."""

    symbol: str
    caption: str
    axes: tuple[Literal["alternative", "criterion", "profile", "grade"], ...]


@dataclass(frozen=True)
class Guide:
    """What a reader is told of a method in its page, beside the docstring of its kernel.

    Attributes
    ----------
    rule_zh : the rule in Chinese, as the docstring has it in English.
    use, use_zh : when to take it.
    trap, trap_zh : where it goes wrong, or is misread.
    """

    rule_zh: str
    use: str
    use_zh: str
    trap: str
    trap_zh: str


@dataclass(frozen=True)
class Decision(Brief):
    """A checked decision problem, as kernels see it.

    Attributes
    ----------
    matrix : (m, n) array
        Performance matrix; already normalised, and turned so that more is better, where the method names a
        normalisation.
    weights : (n,) array
        Shares, summing to 1.
    signs : (n,) array
        1 where more is better, -1 where less is; all 1 after a normalisation.
    rise : (m, n) array
        For methods of differences, the matrix less the least value of each column, with the digits that a large
        offset leaves: r_ij - min_i r_ij, from the values before they were rounded by the normalisation.
    """

    matrix: Array
    weights: Array
    signs: Array
    rise: Array = field(default_factory=lambda: np.zeros((0, 0)))


REQUIRED = object()
"""The default of an option that has to be given."""


Check = Callable[[str, Any, tuple[Hashable, ...]], Any]
"""A check ``(name, value, criteria) -> value`` of an option, that raises `InputError`."""


@dataclass(frozen=True)
class Option:
    """An option of a method or a scheme.

    Attributes
    ----------
    check : turns what is given into what the kernel takes; the type of its `value` is what may be given.
    default : what the kernel takes where nothing is given.
    scope : what is given over a tree of criteria: ``one`` value for the whole tree; a value for each ``criterion``,
        compared with its siblings; or a value for each ``node``, about the criteria below it.
    """

    check: Check
    default: Any = REQUIRED
    scope: Literal["one", "criterion", "node"] = "one"


@dataclass(frozen=True)
class Lists(Brief):
    """Lists of m alternatives, by which a ranking is made.

    Attributes
    ----------
    sums : (m, n) tables; in each such list alternatives order by sum_j a_ij w_j, more is better.
    most : (m, n) tables of numbers >= 0; in each such list they order by max_j a_ij w_j, less is better.
    counts : what the first of two alternatives counts, from (lists, pairs) signs: 1 where it is before the other.
    """

    sums: tuple[Array, ...]
    most: tuple[Array, ...]
    counts: Callable[[Signs], Counts]


class Way(Protocol):
    """A ranking by the weights w + t way, compared with that at t = 0."""

    def held(self, at: Array, only_first: bool) -> NDArray[np.bool_]:
        """Tell for (k,) places t whether every rank holds there, or *only_first* who is first."""

    def shown(self, start: float, end: float) -> bool:
        """Tell whether the same are shown to stay first all the way from *start* to *end*; nothing is said if not."""

    def turn(self, low: float, high: float) -> float:
        """Guess where between two places, of which one holds, the ranking turns; nan for no guess."""


@dataclass(frozen=True)
class Method:
    """A ranking method.

    Attributes
    ----------
    name, title, title_zh, source : what it is called, and where it was published.
    guide : when to take it, its traps, and its rule in Chinese.
    better : whether higher or lower scores are better.
    unit_interval : whether scores are from 0 to 1.
    normalisation : the one that it takes by default; None where it takes the matrix as it is.
    steps : the tables that the kernel returns; the last one is the published score.
    kernel : ``(decision, **options) -> {symbol: array}``.
    options : its own options, by name.
    breaks : laws that its published definition does not keep.
    batched : scores many weight vectors at once.
    prepared : what the batched form takes in place of the kernel's tables: the same for all weights, made once.
    rough : the batched form of some alternatives, in a precision asked for.
    linear : whether scores are linear in the weights.
    quotient : two tables whose weighted sums, one over the other, order the alternatives.
    lists : the lists whose orders alone decide the ranking.
    followed : gets ready for `stability`, which ranks by tens of thousands of weight vectors, or refuses what takes
        minutes then.
    along : the ranking on straight ways from one weight vector, where that takes less than by each vector.
    differences : whether the kernel reads `Decision.rise`.
    sorts : whether it assigns alternatives to categories instead of ranking them.
    named_only : whether nothing takes it unless it is named: by its definition the worse can score higher, or its
        scores depend on a solver.
    """

    name: MethodName
    title: str
    title_zh: str
    source: str
    guide: Guide
    better: Better
    unit_interval: bool
    normalisation: str | None
    steps: tuple[Step, ...]
    kernel: Callable[..., Mapping[str, Array]]
    options: Mapping[str, Option] = field(default_factory=dict)
    breaks: tuple[Law, ...] = ()
    batched: Callable[..., Array] | None = None
    prepared: Callable[..., Mapping[str, Any]] | None = None
    rough: Callable[..., Array] | None = None
    linear: bool = False
    quotient: Callable[[Decision, Mapping[str, Array]], tuple[Array, Array, int]] | None = None
    lists: Callable[..., Lists] | None = None
    followed: Callable[..., None] | None = None
    along: Callable[..., Callable[[Array], Way]] | None = None
    differences: bool = False
    sorts: bool = False
    named_only: bool = False

    @property
    def compares(self) -> bool:
        """Whether one of its tables holds every pair of alternatives."""
        return any(step.axes == ("alternative", "alternative") for step in self.steps)

    @property
    def scores_by_rank(self) -> bool:
        """Whether its published scores are ranks: whole numbers, and halves, that its batched form gives to the bit."""
        return self.steps[-1].symbol == "rank"


@dataclass(frozen=True)
class Scheme:
    """A weighting scheme.

    Attributes
    ----------
    name, title, title_zh, source : what it is called, and where it was published.
    guide : when to take it, its traps, and its rule in Chinese.
    needs : what it reads: ``criteria`` (their number), ``matrix``, or the names of the options that hold judgements.
    kernel : ``(matrix, signs, **options) -> {"w": weights, symbol: array}``.
    options : its own options, by name.
    consistency : tells how far the judgements contradict each other, from the weights and the options.
    """

    name: SchemeName
    title: str
    title_zh: str
    source: str
    guide: Guide
    needs: str
    kernel: Callable[..., Mapping[str, Array]]
    options: Mapping[str, Option] = field(default_factory=dict)
    consistency: Callable[..., Any] | None = None


@dataclass(frozen=True)
class Normalisation:
    """A normalisation of the matrix to comparable columns in which more is better.

    Attributes
    ----------
    name, title, title_zh, source : what it is called, and where it was published.
    guide : when to take it, its traps, and its rule in Chinese.
    kernel : ``(matrix, signs, **options) -> matrix``.
    rise : the differences from the worst, found before the kernel rounds.
    options : its own options, by name; all have a default.
    """

    name: NormalisationName
    title: str
    title_zh: str
    source: str
    guide: Guide
    kernel: Callable[..., Array]
    rise: Callable[[Array, Array], Array] | None = None
    options: Mapping[str, Option] = field(default_factory=dict)


_METHODS: dict[MethodName, Method] = {}
_SCHEMES: dict[SchemeName, Scheme] = {}
_NORMALISATIONS: dict[NormalisationName, Normalisation] = {}

F = TypeVar("F", bound=Callable[..., object])


def method(
    name: MethodName,
    *,
    title: str,
    title_zh: str,
    source: str,
    guide: Guide,
    steps: tuple[Step, ...],
    better: Better = "higher",
    unit_interval: bool = False,
    normalisation: str | None = None,
    options: Mapping[str, Option] | None = None,
    breaks: tuple[Law, ...] = (),
    linear: bool = False,
    differences: bool = False,
    sorts: bool = False,
    named_only: bool = False,
) -> Callable[[F], F]:
    """Register a kernel ``(decision, **options) -> {symbol: array}`` as a ranking method."""

    def register(kernel: F) -> F:
        _METHODS[name] = Method(
            name=name,
            title=title,
            title_zh=title_zh,
            source=source,
            guide=guide,
            better=better,
            unit_interval=unit_interval,
            normalisation=normalisation,
            steps=steps,
            kernel=cast("Callable[..., Mapping[str, Array]]", kernel),
            options=MappingProxyType(dict(options or {})),
            breaks=breaks,
            linear=linear,
            differences=differences,
            sorts=sorts,
            named_only=named_only,
        )
        return kernel

    return register


def batched(name: MethodName) -> Callable[[F], F]:
    """Register the batched form ``(decision, steps, **options) -> (m, k) scores`` of a method.

    Here `Decision.weights` is (n, k), a column per weight vector. *steps* are the kernel's tables for the first of
    them: what does not depend on the weights is there, and matrix and options have been checked. A vector for which
    the method is not defined scores nan: the kernel then tells why.
    """

    def register(kernel: F) -> F:
        _METHODS[name] = replace(_METHODS[name], batched=cast("Callable[..., Array]", kernel))
        return kernel

    return register


def prepared(name: MethodName) -> Callable[[F], F]:
    """Register ``(decision, **options) -> {name: what}``, which the batched form takes as its *steps*.

    For methods that compare pairs: what each criterion says of them does not depend on the weights, and is large.
    """

    def register(kernel: F) -> F:
        _METHODS[name] = replace(_METHODS[name], prepared=cast("Callable[..., Mapping[str, Any]]", kernel))
        return kernel

    return register


def rough(name: MethodName) -> Callable[[F], F]:
    """Register ``(decision, steps, rows, precision, **options) -> (rows, k) scores``, for some of the alternatives.

    For methods that are much quicker in single precision: scores >= 0, then to one part in 100,000.
    """

    def register(kernel: F) -> F:
        _METHODS[name] = replace(_METHODS[name], rough=cast("Callable[..., Array]", kernel))
        return kernel

    return register


def quotient(name: MethodName) -> Callable[[F], F]:
    """Register the quotient by which a method orders alternatives: ``(decision, steps) -> A (m, n), B (m, n), p``.

    For all weights the scores order as sum_j A_ij w_j^p / sum_j B_ij w_j^p, a quotient of polynomials in the weights:
    where two alternatives change places is known exactly.
    """

    def register(form: F) -> F:
        _METHODS[name] = replace(_METHODS[name], quotient=cast("Callable[..., tuple[Array, Array, int]]", form))
        return form

    return register


def lists(name: MethodName) -> Callable[[F], F]:
    """Register the `Lists` ``(decision, steps) -> lists`` whose orders alone decide a ranking."""

    def register(form: F) -> F:
        _METHODS[name] = replace(_METHODS[name], lists=cast("Callable[..., Lists]", form))
        return form

    return register


def followed(name: MethodName) -> Callable[[F], F]:
    """Register ``(decision, **options) -> None``: it gets ready for tens of thousands of vectors, or refuses them."""

    def register(check: F) -> F:
        _METHODS[name] = replace(_METHODS[name], followed=cast("Callable[..., None]", check))
        return check

    return register


def along(name: MethodName) -> Callable[[F], F]:
    """Register ``(decision, steps, ranks, **options) -> (way -> Way)``: the ranking on ways from (n,) weights.

    *ranks* (m,) are those by these weights.
    """

    def register(start: F) -> F:
        _METHODS[name] = replace(_METHODS[name], along=cast("Callable[..., Callable[[Array], Way]]", start))
        return start

    return register


def scheme(
    name: SchemeName,
    *,
    title: str,
    title_zh: str,
    source: str,
    guide: Guide,
    needs: str,
    options: Mapping[str, Option] | None = None,
    consistency: Callable[..., Any] | None = None,
) -> Callable[[F], F]:
    """Register a kernel ``(matrix, signs, **options) -> {"w": weights, ...steps}`` as a weighting scheme.

    A step named ``given`` holds the judgements that the weights are shares of; *consistency* takes the weights and
    the options.
    """

    def register(kernel: F) -> F:
        _SCHEMES[name] = Scheme(
            name=name,
            title=title,
            title_zh=title_zh,
            source=source,
            guide=guide,
            needs=needs,
            kernel=cast("Callable[..., Mapping[str, Array]]", kernel),
            options=MappingProxyType(dict(options or {})),
            consistency=consistency,
        )
        return kernel

    return register


def normalisation(
    name: NormalisationName,
    *,
    title: str,
    title_zh: str,
    source: str,
    guide: Guide,
    options: Mapping[str, Option] | None = None,
) -> Callable[[F], F]:
    """Register a kernel ``(matrix, signs, **options) -> matrix`` as a normalisation."""

    def register(kernel: F) -> F:
        _NORMALISATIONS[name] = Normalisation(
            name,
            title,
            title_zh,
            source,
            guide,
            cast("Callable[..., Array]", kernel),
            options=MappingProxyType(dict(options or {})),
        )
        return kernel

    return register


def rises(name: NormalisationName) -> Callable[[F], F]:
    """Register the differences ``(matrix, signs) -> r - min r`` of a normalisation, found before r is rounded."""

    def register(kernel: F) -> F:
        _NORMALISATIONS[name] = replace(_NORMALISATIONS[name], rise=cast("Callable[[Array, Array], Array]", kernel))
        return kernel

    return register


@cache
def _load(package: str) -> None:
    module = importlib.import_module(f"..{package}", __name__)
    for info in sorted(pkgutil.iter_modules(module.__path__), key=lambda item: item.name):
        importlib.import_module(f"..{package}.{info.name}", __name__)


def methods() -> Mapping[MethodName, Method]:
    """Return every ranking method by name.

    Returns
    -------
    Methods, each with `title`, `source`, `better`, `normalisation`, `options` and `steps`.

    Examples
    --------
    >>> methods()["topsis"].normalisation, [step.symbol for step in methods()["wsm"].steps]
    ('vector', ['R', 'V', 'P'])
    """
    _load("ranking")
    return MappingProxyType(dict(sorted(_METHODS.items())))


def schemes() -> Mapping[SchemeName, Scheme]:
    """Return every weighting scheme by name.

    Returns
    -------
    Schemes, each with `title`, `source`, `options` and what it `needs`: criteria, matrix, or judgements.

    Examples
    --------
    >>> schemes()["entropy"].needs, schemes()["ahp"].needs
    ('matrix', 'pairwise')
    """
    _load("weighting")
    return MappingProxyType(dict(sorted(_SCHEMES.items())))


def normalisations() -> Mapping[NormalisationName, Normalisation]:
    """Return every normalisation of the matrix by name.

    Returns
    -------
    Normalisations, each with `title`, `source` and its `kernel`, a function of the (m, n) matrix and the (n,) signs.

    Examples
    --------
    >>> normalisations()["max"].kernel(np.array([[1.0, 1.0], [4.0, 2.0]]), np.array([1.0, -1.0])).tolist()
    [[0.25, 0.5], [1.0, 0.0]]
    """
    _load("normalisation")
    return MappingProxyType(dict(sorted(_NORMALISATIONS.items())))


T = TypeVar("T")


def find(kind: str, registry: Mapping[Any, T], name: str) -> T:
    """Look *name* up, or say which name is nearest."""
    if isinstance(name, str) and name in registry:
        return registry[name]
    known = sorted(registry)
    raise InputError("unknown_name", kind, repr(name), f"one of {', '.join(known)}", close=closest(str(name), known))
