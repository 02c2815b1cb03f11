"""Published programmes with known optima, as data: inputs as printed, and every printed result.

A figure is kept as it is printed, see `printed`. `confirmed` says where the figures can be found again; a case whose
inputs or results come from memory says which in `note`, and counts because every printed result is reproduced.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final, Literal

Row = tuple[float, ...]
Matrix = tuple[Row, ...]
Sense = Literal["<=", "=", ">="]


def _row(*text: str) -> Row:
    return tuple(float(Fraction(entry)) for entry in " ".join(text).split())


def _rows(*text: str) -> Matrix:
    return tuple(_row(line) for line in text)


def printed(text: str) -> list[tuple[float, float]]:
    """Read printed figures: each value with its tolerance, half a unit of the last digit after a point.

    Whole numbers and fractions are exact to rounding; ``-`` is a figure that is not printed: nan.
    """
    figures = []
    for entry in text.split():
        value = float("nan") if entry == "-" else float(entry if entry == "inf" else Fraction(entry))
        digits = len(entry.partition(".")[2])
        figures.append((value, 0.5 * 10.0**-digits if digits else 1e-9 * max(1.0, abs(value))))
    return figures


@dataclass(frozen=True)
class SelectionCase:
    """Projects that are taken or left: `costs` has a row a resource.

    `requires` holds pairs (project, prerequisite), `excludes` sets of which at most one is taken, `needs_one_of` pairs
    of sets: no more of the first are taken than of the second; all counted from 0. `chosen` is empty where the source
    prints no selection, `relaxed` the value if parts of projects could be taken.
    """

    name: str
    citation: str
    values: Row
    costs: Matrix
    budgets: Row
    optimum: str
    chosen: tuple[int, ...] = ()
    relaxed: str = "-"
    requires: tuple[tuple[int, int], ...] = ()
    excludes: tuple[tuple[int, ...], ...] = ()
    needs_one_of: tuple[tuple[tuple[int, ...], tuple[int, ...]], ...] = ()
    confirmed: str = ""
    note: str = ""


@dataclass(frozen=True)
class LinearCase:
    """A linear program to be maximised, over levels >= 0, with what its source prints of the sensitivity of each row.

    `up` and `down` are the prices of one unit more and less (one price, if `down` is left out), `decrease` and
    `increase` how far each holds, `reduced` by how much a unit of each activity fails to pay.
    """

    name: str
    citation: str
    values: Row
    rows: Matrix
    senses: tuple[Sense, ...]
    amounts: Row
    optimum: str
    levels: str
    up: str
    down: str = ""
    decrease: str = ""
    increase: str = ""
    reduced: str = ""
    confirmed: str = ""
    note: str = ""


@dataclass(frozen=True)
class ReturnsCase:
    """One budget of whole units; `returns[a][n]` is what activity a returns for n of them."""

    name: str
    citation: str
    returns: Matrix
    budget: int
    optimum: str
    levels: tuple[int, ...]
    confirmed: str = ""
    note: str = ""


@dataclass(frozen=True)
class FairCase:
    """Max-min fair rates of sessions over links: `uses[l]` are the sessions of link l, `full` the links used up."""

    name: str
    citation: str
    demands: Row
    uses: tuple[tuple[int, ...], ...]
    capacities: Row
    rates: str
    weights: Row = ()
    full: tuple[int, ...] = ()
    confirmed: str = ""
    note: str = ""


# --- 0/1 knapsacks with several resources -----------------------------------------------------------------------------

_OR_LIBRARY: Final = (
    "Beasley, J. E. (1990). OR-Library: distributing test problems by electronic mail. Journal of the Operational "
    "Research Society 41(11), 1069-1072. File "
)
_PETERSEN: Final = (
    "Petersen, C. C. (1967). Computational experience with variants of the Balas algorithm applied to the selection of "
    "R&D projects. Management Science 13(9), 736-750. "
)
_MKNAP1: Final = "mknap1.txt in it23750760/Knapsack-GA and taliabensimon/Optim_proj"
_MKNAP2: Final = "data/mknap2.txt in JoaoPedroRsilva/multiDKnapsack"

PETERSEN_1: Final = SelectionCase(
    "petersen-1",
    _PETERSEN + _OR_LIBRARY + "mknap1, problem 1.",
    _row("100 600 1200 2400 500 2000"),
    _rows(
        "8 12 13 64 22 41",
        "8 12 13 75 22 41",
        "3 6 4 18 6 4",
        "5 10 8 32 6 12",
        "5 13 8 42 6 20",
        "5 13 8 48 6 20",
        "0 0 0 0 8 0",
        "3 0 4 0 8 0",
        "3 2 4 0 8 4",
        "3 2 4 8 8 4",
    ),
    _row("80 96 20 36 44 48 10 18 22 24"),
    "3800",
    confirmed=_MKNAP1,
)
PETERSEN_2: Final = SelectionCase(
    "petersen-2",
    _PETERSEN + _OR_LIBRARY + "mknap1, problem 2.",
    _row("600.1 310.5 1800 3850 18.6 198.7 882 4200 402.5 327"),
    _rows(
        "20 5 100 200 2 4 60 150 80 40",
        "20 7 130 280 2 8 110 210 100 40",
        "60 3 50 100 4 2 20 40 6 12",
        "60 8 70 200 4 6 40 70 16 20",
        "60 13 70 250 4 10 60 90 20 24",
        "60 13 70 280 4 10 70 105 22 28",
        "5 2 20 100 2 5 10 60 0 0",
        "45 14 80 180 6 10 40 100 20 0",
        "55 14 80 200 6 10 50 140 30 40",
        "65 14 80 220 6 10 50 180 30 50",
    ),
    _row("450 540 200 360 440 480 200 360 440 480"),
    "8706.1",
    confirmed=_MKNAP1,
)
PETERSEN_5: Final = SelectionCase(
    "petersen-5",
    _PETERSEN + _OR_LIBRARY + "mknap1, problem 5.",
    _row(
        "100 220 90 400 300 400 205 120 160 580 400 140 100 1300 650 320 480 80 60 2550",
        "3100 1100 950 450 300 220 200 520",
    ),
    _rows(
        "8 24 13 80 70 80 45 15 28 90 130 32 20 120 40 30 20 6 3 180 220 50 30 50 12 5 8 18",
        "8 44 13 100 100 90 75 25 28 120 130 32 40 160 40 60 55 10 6 240 290 80 90 70 27 17 8 28",
        "3 6 4 20 20 30 8 3 12 14 40 6 3 20 5 0 5 3 0 20 30 40 10 0 5 0 0 10",
        "5 9 6 40 30 40 16 5 18 24 60 16 11 30 25 10 13 5 1 80 60 50 20 30 10 5 3 20",
        "5 11 7 50 40 40 19 7 18 29 70 21 17 30 25 15 25 5 1 100 70 55 20 50 15 15 6 20",
        "5 11 7 55 40 40 21 9 18 29 70 21 17 35 25 20 25 5 2 110 70 55 20 50 20 15 6 20",
        "0 0 1 10 4 10 0 6 0 6 32 3 0 70 10 0 0 0 0 0 30 10 0 10 10 5 0 10",
        "3 4 5 20 14 20 6 12 10 18 42 9 12 100 20 5 6 4 1 20 50 30 5 20 20 10 10 20",
        "3 6 9 30 29 20 12 12 10 30 42 18 18 110 20 15 18 7 2 40 60 50 25 25 25 15 10 28",
        "3 8 9 35 29 20 16 15 10 30 42 20 18 120 20 20 22 7 3 50 60 55 25 30 25 15 10 28",
    ),
    _row("930 1210 272 462 532 572 240 400 470 490"),
    "12400",
    confirmed=_MKNAP1,
)
PETERSEN_7: Final = SelectionCase(
    "petersen-7",
    _PETERSEN + _OR_LIBRARY + "mknap1, problem 7.",
    _row(
        "560 1125 300 620 2100 431 68 328 47 122 322 196 41 25 425 4260 416 115 82 22 631 132 420 86 42",
        "103 215 81 91 26 49 420 316 72 71 49 108 116 90 738 1811 430 3060 215 58 296 620 418 47 81",
    ),
    (
        _row(
            "40 91 10 30 160 20 3 12 3 18 9 25 1 1 10 280 10 8 1 1 49 8 21 6 1",
            "5 10 8 2 1 0 10 42 6 4 8 0 10 1 40 86 11 120 8 3 32 28 13 2 4",
        ),
        _row(
            "16 92 41 16 150 23 4 18 6 0 12 8 2 1 0 200 20 6 2 1 70 9 22 4 1",
            "5 10 6 4 0 4 12 8 4 3 0 10 0 6 28 93 9 30 22 0 36 45 13 2 2",
        ),
        _row(
            "38 39 32 71 80 26 5 40 8 12 30 15 0 1 23 100 0 20 3 0 40 6 8 0 6",
            "4 22 4 6 1 5 14 8 2 8 0 20 0 0 6 12 6 80 13 6 22 14 0 1 2",
        ),
        _row(
            "8 71 30 60 200 18 6 30 4 8 31 6 3 0 18 60 21 4 0 2 32 15 31 2 2",
            "7 8 2 8 0 2 8 6 7 1 0 0 20 8 14 20 2 40 6 1 14 20 12 0 1",
        ),
        _row(
            "38 52 30 42 170 9 7 20 0 3 21 4 1 2 14 310 8 4 6 1 18 15 38 10 4",
            "8 6 0 0 3 0 10 6 1 3 0 3 5 4 0 30 12 16 18 3 16 22 30 4 0",
        ),
    ),
    _row("800 650 550 550 650"),
    "16537",
    confirmed=_MKNAP1,
)


def _first(case: SelectionCase, projects: int, name: str, budgets: str, optimum: str) -> SelectionCase:
    """Return the problem of the first projects of a larger one, with budgets of its own."""
    return replace(
        case,
        name=name,
        citation=case.citation.replace(f"problem {case.name[-1]}.", f"problem {name[-1]}."),
        values=case.values[:projects],
        costs=tuple(row[:projects] for row in case.costs),
        budgets=_row(budgets),
        optimum=optimum,
    )


_WEINGARTNER_NESS: Final = SelectionCase(
    "weing",
    "Weingartner, H. M. & Ness, D. N. (1967). Methods for the solution of the multidimensional 0/1 knapsack problem. "
    "Operations Research 15(1), 83-103. " + _OR_LIBRARY + "mknap2, WEING1 to WEING6.",
    _row(
        "1898 440 22507 270 14148 3100 4650 30800 615 4975 1160 4225 510 11880 479 440 490 330 110 560",
        "24355 2885 11748 4550 750 3720 1950 10500",
    ),
    _rows(
        "45 0 85 150 65 95 30 0 170 0 40 25 20 0 0 25 0 0 25 0 165 0 85 0 0 0 0 100",
        "30 20 125 5 80 25 35 73 12 15 15 40 5 10 10 12 10 9 0 20 60 40 50 36 49 40 19 150",
    ),
    (),
    "-",
    confirmed=_MKNAP2,
    note="Six pairs of budgets over the same projects.",
)
_SHIH: Final = SelectionCase(
    "weish",
    "Shih, W. (1979). A branch and bound method for the multiconstraint zero-one knapsack problem. Journal of the "
    "Operational Research Society 30(4), 369-378. " + _OR_LIBRARY + "mknap2, WEISH01 to WEISH05.",
    _row(
        "360 83 59 130 431 67 230 52 93 125 670 892 600 38 48 147 78 256 63 17",
        "120 164 432 35 92 110 22 42 50 323",
    ),
    _rows(
        "7 0 30 22 80 94 11 81 70 64 59 18 0 36 3 8 15 42 9 0 42 47 52 32 26 48 55 6 29 84",
        "8 66 98 50 0 30 0 88 15 37 26 72 61 57 17 27 83 3 9 66 97 42 2 44 71 11 25 74 90 20",
        "3 74 88 50 55 19 0 6 30 62 17 81 25 46 67 28 36 8 1 52 19 37 27 62 39 84 16 14 21 5",
        "21 40 0 6 82 91 43 30 62 91 10 41 12 4 80 77 98 50 78 35 7 1 96 67 85 4 23 38 2 57",
        "94 86 80 92 31 17 65 51 46 66 44 3 26 0 39 20 11 6 55 70 11 75 82 35 47 99 5 14 23 38",
    ),
    (),
    "-",
    confirmed=_MKNAP2,
    note="Five sets of budgets over the same projects; the file calls the author Shi.",
)


def _budgeted(case: SelectionCase, name: str, budgets: str, optimum: str) -> SelectionCase:
    return replace(case, name=name, budgets=_row(budgets), optimum=optimum)


KNAPSACKS: Final = (
    PETERSEN_1,
    PETERSEN_2,
    _first(PETERSEN_5, 15, "petersen-3", "550 700 130 240 280 310 110 205 260 275", "4015"),
    _first(PETERSEN_5, 20, "petersen-4", "550 700 130 240 280 310 110 205 260 275", "6120"),
    PETERSEN_5,
    _first(PETERSEN_7, 39, "petersen-6", "600 500 500 500 600", "10618"),
    PETERSEN_7,
    _budgeted(_WEINGARTNER_NESS, "weing-1", "600 600", "141278"),
    _budgeted(_WEINGARTNER_NESS, "weing-2", "500 500", "130883"),
    _budgeted(_WEINGARTNER_NESS, "weing-3", "300 300", "95677"),
    _budgeted(_WEINGARTNER_NESS, "weing-4", "300 600", "119337"),
    _budgeted(_WEINGARTNER_NESS, "weing-5", "600 300", "98796"),
    _budgeted(_WEINGARTNER_NESS, "weing-6", "562 497", "130623"),
    _budgeted(_SHIH, "weish-1", "400 500 500 600 600", "4554"),
    _budgeted(_SHIH, "weish-2", "370 650 460 980 870", "4536"),
    _budgeted(_SHIH, "weish-3", "480 800 500 300 620", "4115"),
    _budgeted(_SHIH, "weish-4", "540 270 500 500 750", "4561"),
    _budgeted(_SHIH, "weish-5", "540 240 480 600 790", "4514"),
)

# --- Capital budgeting, with prerequisites and exclusions -------------------------------------------------------------

_LORIE_SAVAGE: Final = (
    "Lorie, J. H. & Savage, L. J. (1955). Three problems in rationing capital. Journal of Business 28(4), 229-239; "
    "solved in Weingartner, H. M. (1963). Mathematical Programming and the Analysis of Capital Budgeting Problems. "
    "Englewood Cliffs: Prentice-Hall."
)
_LORIE_SAVAGE_VALUES: Final = _row("14 17 17 15 40 12 14 10 12")
_LORIE_SAVAGE_OUTLAYS: Final = _rows("12 54 6 6 30 6 48 36 18", "3 7 6 2 35 6 4 3 3")

BUDGETING: Final = (
    SelectionCase(
        "lorie-savage",
        _LORIE_SAVAGE,
        _LORIE_SAVAGE_VALUES,
        _LORIE_SAVAGE_OUTLAYS,
        _row("50 20"),
        "70",
        chosen=(0, 2, 3, 5, 8),
        relaxed="70.27",
        note="From memory. The two periods are two resources: a project has an outlay in each.",
    ),
    SelectionCase(
        "stockco",
        "Winston, W. L. (2004). Operations Research: Applications and Algorithms, 4th ed. Chapter 9, Stockco.",
        _row("16 22 12 8"),
        _rows("5 7 4 3"),
        _row("14"),
        "42",
        chosen=(1, 2, 3),
        relaxed="44",
        confirmed="inputs: transtutors.com, question 672489; capital_budget in hakank's cpmpy models",
        note="The results are from memory.",
    ),
    SelectionCase(
        "four-investments",
        "Trick, M. A. A Tutorial on Integer Programming. Carnegie Mellon University. Capital budgeting.",
        _row("8 11 6 4"),
        _rows("5 7 4 3"),
        _row("14"),
        "21",
        chosen=(1, 2, 3),
        relaxed="22",
        confirmed="inputs and branches: h3/1/B.mod in baquiax/ppl2",
        note="A copy prints investments 1 and 2 for a value of 21: they are worth 19.",
    ),
    SelectionCase(
        "three-years",
        "Beasley, J. E. OR-Notes. Integer programming: capital budgeting.",
        _row("0.2 0.3 0.5 0.1"),
        _rows("0.5 0 1.5 0.1", "0.3 0.8 1.5 0.4", "0.2 0.2 0.3 0"),
        _row("3.1 2.5 0.4"),
        "3/5",
        confirmed="inputs: people.brunel.ac.uk/~mastjjb/jeb/or/class9q.html, where restrictions are added",
        note="The result is from memory: projects 3 and 4. Projects 1, 2 and 4 are worth as much.",
    ),
    SelectionCase(
        "california-manufacturing",
        "Hillier, F. S. & Lieberman, G. J. (2010). Introduction to Operations Research, 9th ed. Section 11.1.",
        _row("9 5 6 4"),
        _rows("6 3 5 2"),
        _row("10"),
        "14",
        chosen=(0, 1),
        requires=((2, 0), (3, 1)),
        excludes=((2, 3),),
        confirmed="inputs: a public solver script for the text's problem CalCo",
        note="A warehouse only where there is a factory, and at most one. The results are from memory.",
    ),
    SelectionCase(
        "general-wheels",
        "Hillier, F. S. & Lieberman, G. J. (2001). Introduction to Operations Research, 7th ed. Problem 12.1-4.",
        _row("15 12 16 18 9 11"),
        _rows("38 33 39 45 23 27"),
        _row("100"),
        "40",
        chosen=(0, 2, 4),
        excludes=((0, 1), (2, 3)),
        needs_one_of=(((2, 3), (0, 1)),),
        confirmed="drjackthetutor.com, question 2572562: inputs and the plan of value 40",
        note="Neither 3 nor 4 unless 1 or 2: a prerequisite that two projects can meet.",
    ),
)

# --- Linear programs with printed prices ------------------------------------------------------------------------------

LINEAR: Final = (
    LinearCase(
        "wyndor-glass",
        "Hillier, F. S. & Lieberman, G. J. (2010). Introduction to Operations Research, 9th ed. Sections 3.1 and 4.7.",
        _row("3 5"),
        _rows("1 0", "0 2", "3 2"),
        ("<=", "<=", "<="),
        _row("4 12 18"),
        optimum="36",
        levels="2 6",
        up="0 3/2 1",
        decrease="2 6 6",
        increase="inf 6 6",
        confirmed="docs.rs/simplex-trace, src/sensitivity.rs: inputs, the price 3/2 and its range 6 to 18",
    ),
    LinearCase(
        "dakota-furniture",
        "Winston, W. L. (2004). Operations Research: Applications and Algorithms, 4th ed. Sections 4.5 and 6.",
        _row("60 30 20"),
        _rows("8 6 1", "4 2 3/2", "2 3/2 1/2", "0 1 0"),
        ("<=", "<=", "<=", "<="),
        _row("48 20 8 5"),
        optimum="280",
        levels="2 0 8",
        up="0 10 10 0",
        decrease="24 4 4/3 5",
        increase="inf 4 2 inf",
        reduced="0 5 0",
        note="Inputs are in several public scripts that name Winston's Dakota problem; the results are from memory.",
    ),
    LinearCase(
        "custom-molder",
        "Bradley, S. P., Hax, A. C. & Magnanti, T. L. (1977). Applied Mathematical Programming. Reading: "
        "Addison-Wesley. Chapter 3.",
        _row("5 9/2 6"),
        _rows("6 5 8", "10 20 10", "1 0 0"),
        ("<=", "<=", "<="),
        _row("60 150 8"),
        optimum="360/7",
        levels="45/7 30/7 0",
        up="11/14 1/35 0",
        decrease="45/2 22 11/7",
        increase="11/2 90 inf",
        reduced="0 0 4/7",
        note="Inputs are in the example on chapter 3 of the Scilab optimisation toolbox; the results are from memory. "
        "Levels in hundreds of cases, value in hundreds of dollars, storage in hundreds of cubic feet.",
    ),
    LinearCase(
        "four-variants",
        "Beasley, J. E. OR-Notes. Linear programming - sensitivity analysis - using Solver.",
        _row("3/2 5/2 3 9/2"),
        _rows("2 4 3 7", "3 2 3 4", "2 3 2 5"),
        ("<=", "<=", "<="),
        _row("100000 50000 60000"),
        optimum="58000",
        levels="0 16000 6000 0",
        up="0 4/5 3/10",
        decrease="18000 10000 26666.7",
        increase="inf 40000 15000",
        reduced="3/2 0 0 1/5",
        confirmed="notebooks/JuMP-SensitivityAnalysis.ipynb in JuliaOpt/juliaopt-notebooks: all figures",
    ),
    LinearCase(
        "dairy",
        "Jiang, Q., Xie, J. & Ye, J. (2011). Mathematical Models (in Chinese), 4th ed. Beijing: Higher Education "
        "Press. Section 4.1, Example 1.",
        _row("72 64"),
        _rows("1 1", "12 8", "3 0"),
        ("<=", "<=", "<="),
        _row("50 480 100"),
        optimum="3360",
        levels="20 30",
        up="48 2 0",
        decrease="6.666667 80 40",
        increase="10 53.33333 inf",
        confirmed="cnblogs.com, iforeverhz, 16255969: inputs, plan and prices",
        note="The ranges are from memory.",
    ),
    LinearCase(
        "fund-allocation",
        "Cornuejols, G., Pena, J. & Tutuncu, R. (2018). Optimization Methods in Finance, 2nd ed. Cambridge University "
        "Press. Example 2.1 and Section 2.4.",
        _row("10/100 15/100 16/100 8/100"),
        _rows("1 1 1 1", "1/2 3/10 1/4 3/5", "3/10 1/10 2/5 1/5", "1/5 3/5 7/20 1/5"),
        ("=", ">=", ">=", ">="),
        _row("80 28 24 12"),
        optimum="10.9895",
        levels="0.0000 12.6316 46.3158 21.0526",
        up="0.22 -0.231579 -0.005263 0",
        decrease="- 20/3 - -",
        increase="- 6 - -",
        confirmed="the text of the second edition, pages 12 to 20",
        note="The range of the second row is printed as -6.6666 to 6: 20/3 cut off, not rounded.",
    ),
    LinearCase(
        "lorie-savage",
        _LORIE_SAVAGE,
        _LORIE_SAVAGE_VALUES,
        (*_LORIE_SAVAGE_OUTLAYS, *(tuple(float(i == j) for j in range(9)) for i in range(9))),
        ("<=",) * 11,
        (50.0, 20.0, *([1.0] * 9)),
        optimum="70.27",
        levels="1 0 1 1 0 0.97 0.045 0 1",
        up="0.136 1.864 6.77 0 5.0 10.45 0 0 0 0 3.95",
        reduced="0 3.41 0 0 29.32 0 0 0.5 0",
        note="From memory. Rows after the second: each project once.",
    ),
    LinearCase(
        "two-sided-transport",
        "MOSEK ApS. MOSEK optimizer manuals, chapter on sensitivity analysis: transportation problem, optimal "
        "partition type.",
        _row("-1 -2 -5 -2 -1 -2 -1"),
        _rows(
            "1 1 0 0 0 0 0",
            "0 0 1 1 0 0 0",
            "0 0 0 0 1 1 1",
            "1 0 0 0 1 0 0",
            "0 1 0 0 0 0 0",
            "0 0 1 0 0 1 0",
            "0 0 0 1 0 0 1",
        ),
        ("<=", "<=", "<=", "=", "=", "=", "="),
        _row("400 1200 1000 800 100 500 500"),
        optimum="-3000",
        levels="300 100 0 500 500 500 0",
        up="1 0 1 -4 -5 -5 -2",
        down="3 0 3 -2 -3 -3 -2",
        decrease="300 700 500 500 100 500 500",
        increase="500 inf 500 500 300 700 700",
        confirmed="inputs: docs.mosek.com, example sensitivity.c",
        note="Degenerate: nearly every price has two sides. Printed as a minimum; signs are turned. The table of "
        "prices and ranges is from memory.",
    ),
)

# --- Whole units of one budget ----------------------------------------------------------------------------------------

RETURNS: Final = (
    ReturnsCase(
        "finco",
        "Winston, W. L. (2004). Operations Research: Applications and Algorithms, 4th ed. Section 18.4, Finco.",
        _rows("0 9 16 23 30 37 44", "0 10 13 16 19 22 25", "0 9 13 17 21 25 29"),
        6,
        "49",
        (4, 1, 1),
        note="From memory: returns 7 d + 2, 3 d + 7 and 4 d + 5 for d > 0, which diminish.",
    ),
    ReturnsCase(
        "world-health-council",
        "Hillier, F. S. & Lieberman, G. J. (2010). Introduction to Operations Research, 9th ed. Section 10.3, "
        "Example 2, distributing medical teams to countries.",
        _rows("0 45 70 90 105 120", "0 20 45 75 110 150", "0 50 70 80 100 130"),
        5,
        "170",
        (1, 3, 1),
        note="From memory. Returns of the second country grow.",
    ),
)

# --- Max-min fair shares ----------------------------------------------------------------------------------------------

_KESHAV: Final = "Keshav, S. (1997). An Engineering Approach to Computer Networking. Reading: Addison-Wesley, 215-217."

FAIR: Final = (
    FairCase(
        "keshav",
        _KESHAV,
        _row("2 13/5 4 5"),
        ((0, 1, 2, 3),),
        _row("10"),
        "2 13/5 27/10 27/10",
        full=(0,),
        confirmed="softlockup.com, 30 August 2011: all figures",
    ),
    FairCase(
        "keshav, weighted",
        _KESHAV,
        _row("4 2 10 4"),
        ((0, 1, 2, 3),),
        _row("16"),
        "4 2 6 4",
        weights=_row("5/2 4 1/2 1"),
        full=(0,),
        confirmed="softlockup.com, 30 August 2011: inputs and the first rounds",
        note="The last round is from memory.",
    ),
    FairCase(
        "bertsekas-gallager",
        "Bertsekas, D. & Gallager, R. (1992). Data Networks, 2nd ed. Englewood Cliffs: Prentice-Hall. Section 6.5.2.",
        _row("1 1 1 1 1"),
        ((1, 2, 4), (0, 4), (3,), (0,)),
        _row("1 1 1 1"),
        "2/3 1/3 1/3 1 1/3",
        full=(0, 1, 2),
        note="From memory, as are the links: (2,3), (3,5) and (4,5), each the bottleneck of some session, and (1,3), "
        "which has a third to spare.",
    ),
)
