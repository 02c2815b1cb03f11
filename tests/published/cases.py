"""Worked cases from the literature, as data: inputs, published outputs, published digits.

A figure is met when it agrees to half a unit of its last published digit. Where one cannot be met
the case says so: `excused` holds the positions of the weights or scores, and `note` names the
reason, which was checked numerically. `confirmed` says where the figures can be found again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import starmap
from typing import Any, Final, Literal

Row = tuple[float, ...]
Matrix = tuple[Row, ...]
Direction = Literal["max", "min"]


def rows(*text: str) -> Matrix:
    """Read a matrix; rows are divided by `;`, an entry may be a fraction."""
    return tuple(tuple(float(Fraction(entry)) for entry in row.split()) for row in ";".join(text).split(";"))


def tolerance(digits: int) -> float:
    """Half a unit of the last published digit, and a little for a tie in the rounding."""
    return float(0.5 * 10.0**-digits + 1e-9)


@dataclass(frozen=True)
class RandomIndex:
    """Mean consistency index of random reciprocal matrices; `values[n - 1]` belongs to order n."""

    name: str
    citation: str
    values: Row
    digits: int
    certainty: Literal["high", "moderate"]
    note: str = ""


@dataclass(frozen=True)
class PairwiseCase:
    """A pairwise comparison matrix and its published priorities; None is a figure not given."""

    name: str
    citation: str
    matrix: Matrix
    weights: Row
    weights_digits: int
    method: Literal["eigenvector", "geometric_mean"]
    lambda_max: float | None = None
    lambda_digits: int = 0
    index: float | None = None
    index_digits: int = 0
    ratio: float | None = None
    ratio_digits: int = 0
    random_index: str | None = None
    excused: tuple[int, ...] = ()
    confirmed: str = ""
    note: str = ""


@dataclass(frozen=True)
class RankingCase:
    """A decision matrix and its published scores, ranks (1 is best) and vectors in between.

    The scores are printed `times` those of weights that sum to 1.
    """

    name: str
    citation: str
    method: Any
    matrix: Matrix
    weights: Row
    directions: tuple[Direction, ...]
    options: Mapping[str, Any] = field(default_factory=dict)
    scores: Row = ()
    digits: int = 0
    parts: Mapping[str, Row | Matrix] = field(default_factory=dict)
    ranks: tuple[int, ...] = ()
    excused: tuple[int, ...] = ()
    times: int = 1
    confirmed: str = ""
    note: str = ""


@dataclass(frozen=True)
class WeightCase:
    """Published weights from a decision matrix, or from judgements in `options` where the matrix is empty.

    `parts` are figures in between, under the scheme's own symbols.
    """

    name: str
    citation: str
    method: Any
    matrix: Matrix
    directions: tuple[Direction, ...]
    weights: Row
    digits: int
    options: Mapping[str, Any] = field(default_factory=dict)
    parts: Mapping[str, tuple[Row | Matrix, int]] = field(default_factory=dict)
    excused: tuple[int, ...] = ()
    confirmed: str = ""
    note: str = ""


# --- Random indices, n = 1 to 15 ------------------------------------------------------------------

SAATY_1980: Final = RandomIndex(
    "saaty-1980",
    "Saaty, T. L. (1980). The Analytic Hierarchy Process. New York: McGraw-Hill. Table of random "
    "indices (sample of 500 made at the Wharton School).",
    (0.0, 0.0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59),
    2,
    "high",
    "The dip at n = 12 is in the table; many copies smooth it to 1.53 or 1.54. The small sample "
    "shows: the exact mean for n = 3 is 0.5245, not 0.58. Also in pyDecision.",
)
SAATY_2005: Final = RandomIndex(
    "saaty-2005",
    "Saaty, T. L. (2005). Theory and Applications of the Analytic Network Process. Pittsburgh: RWS "
    "Publications, p. 31.",
    (0.0, 0.0, 0.52, 0.89, 1.11, 1.25, 1.35, 1.40, 1.45, 1.49, 1.52, 1.54, 1.56, 1.58, 1.59),
    2,
    "high",
    "Saaty's table in later books; also in AHPy, which gives the page.",
)
ALONSO_LAMATA_2006: Final = RandomIndex(
    "alonso-lamata-2006",
    "Alonso, J. A. & Lamata, M. T. (2006). Consistency in the analytic hierarchy process: a new "
    "approach. International Journal of Uncertainty, Fuzziness and Knowledge-Based Systems 14(4), "
    "445-459.",
    (
        0.0,
        0.0,
        0.5247,
        0.8816,
        1.1086,
        1.2479,
        1.3417,
        1.4057,
        1.4499,
        1.4854,
        1.5140,
        1.5365,
        1.5551,
        1.5713,
        1.5838,
    ),
    4,
    "high",
    "Values from 500 000 matrices; those from 100 000 differ in the fourth decimal (0.5245, "
    "0.8815, 1.4056, 1.5141). Also in the R package ahp.",
)
DONEGAN_DODD_1991: Final = RandomIndex(
    "donegan-dodd-1991",
    "Donegan, H. A. & Dodd, F. J. (1991). A note on Saaty's random indexes. Mathematical and "
    "Computer Modelling 15(10), 135-137.",
    (
        0.0,
        0.0,
        0.4914,
        0.8286,
        1.0591,
        1.1797,
        1.2519,
        1.3171,
        1.3733,
        1.4055,
        1.4213,
        1.4497,
        1.4643,
        1.4822,
        1.4969,
    ),
    4,
    "moderate",
    "Taken over from AHPy; the article itself was not seen, and the entries for n = 3 and n = 4 "
    "are uncertain. All lie below the mean over the uniform 17-point scale (0.5245 for n = 3).",
)
GOLDEN_WANG: Final = RandomIndex(
    "golden-wang-1990",
    "Golden, B. L. & Wang, Q. (1990). An alternate measure of consistency. In: Golden, Wasil & "
    "Harker (eds), The Analytic Hierarchy Process: Applications and Studies. New York: Springer, "
    "68-81.",
    (
        0.0,
        0.0,
        0.5799,
        0.8921,
        1.1159,
        1.2358,
        1.3322,
        1.3952,
        1.4537,
        1.4882,
        1.5117,
        1.5356,
        1.5571,
        1.5714,
        1.5831,
    ),
    4,
    "moderate",
    "The values are those of pymcdm, which names Tummala & Ling (1998, Theory and Decision 44, "
    "221-230). Neither source was seen. The value for n = 3 shows a small sample: the exact mean "
    "is 0.5245.",
)
RANDOM_INDEX: Final = (SAATY_1980, SAATY_2005, ALONSO_LAMATA_2006, DONEGAN_DODD_1991, GOLDEN_WANG)

# --- AHP ------------------------------------------------------------------------------------------

_SAATY_1980_BOOK = "Saaty, T. L. (1980). The Analytic Hierarchy Process. New York: McGraw-Hill"
_SAATY_1990 = (
    "Saaty, T. L. (1990). How to make a decision: the analytic hierarchy process. European Journal "
    "of Operational Research 48(1), 9-26"
)
_SAATY_2008 = (
    "Saaty, T. L. (2008). Decision making with the analytic hierarchy process. International "
    "Journal of Services Sciences 1(1), 83-98"
)
_HOUSE_CRITERIA = (0.173, 0.054, 0.188, 0.018, 0.031, 0.036, 0.167, 0.333)

AHP: Final = (
    PairwiseCase(
        "house, criteria",
        f"{_SAATY_1990}, Table 2; again in Saaty, T. L. (2003), European Journal of Operational "
        "Research 145(1), 85-91, Table 1.",
        rows(
            "1 5 3 7 6 6 1/3 1/4; 1/5 1 1/3 5 3 3 1/5 1/7; 1/3 3 1 6 3 4 6 1/5",
            "1/7 1/5 1/6 1 1/3 1/4 1/7 1/8; 1/6 1/3 1/3 3 1 1/2 1/5 1/6",
            "1/6 1/3 1/4 4 2 1 1/5 1/6; 3 5 1/6 7 5 5 1 1/2; 4 7 5 8 6 6 2 1",
        ),
        _HOUSE_CRITERIA,
        3,
        "eigenvector",
        9.669,
        3,
        0.238,
        3,
        0.169,
        3,
        "saaty-1980",
        confirmed="Tests of two public AHP calculators, each citing one of the articles.",
        note="An inconsistent matrix on purpose. The 2003 article rounds the ratio to 0.17.",
    ),
    PairwiseCase(
        "house, size of house",
        f"{_SAATY_1990}, Table 3.",
        rows("1 6 8; 1/6 1 4; 1/8 1/4 1"),
        (0.754, 0.181, 0.065),
        3,
        "eigenvector",
        3.136,
        3,
        0.068,
        3,
        0.117,
        3,
        "saaty-1980",
        confirmed="Table 4 of the article, the composite priorities, needs these weights.",
    ),
    PairwiseCase(
        "house, transportation",
        f"{_SAATY_1990}, Table 3.",
        rows("1 7 1/5; 1/7 1 1/8; 5 8 1"),
        (0.233, 0.055, 0.713),
        3,
        "eigenvector",
        3.247,
        3,
        ratio=0.213,
        ratio_digits=3,
        random_index="saaty-1980",
        excused=(1, 2),
        confirmed="Tests of a public AHP calculator.",
        note="Rounded twice: 0.05445 and 0.71249 to 0.0545 and 0.7125, then to 0.055 and 0.713; "
        "the printed weights sum to 1.001. The printed index, 0.124, is 0.12348 rounded in the "
        "same way, and is left out here.",
    ),
    PairwiseCase(
        "house, financing",
        f"{_SAATY_1990}, Table 3.",
        rows("1 1/7 1/5; 7 1 3; 5 1/3 1"),
        (0.072, 0.650, 0.278),
        3,
        "eigenvector",
        3.065,
        3,
        0.032,
        3,
        0.056,
        3,
        "saaty-1980",
        excused=(1, 2),
        confirmed="Tests of a public AHP calculator.",
        note="The eigenvector is 0.0719, 0.6491, 0.2790. The printed weights are the third step of "
        "the power method from the vector of ones: 0.0720, 0.6502, 0.2778.",
    ),
    PairwiseCase(
        "school, criteria",
        "Wang, Y.-M. & Chin, K.-S. (2011). A linear programming approximation to the eigenvector "
        "method in the analytic hierarchy process. Information Sciences 181(23), 5240-5248; "
        f"matrix of the school selection in {_SAATY_1980_BOOK}.",
        rows(
            "1 4 3 1 3 4; 1/4 1 7 3 1/5 1; 1/3 1/7 1 1/5 1/5 1/6; 1 1/3 5 1 1 1/3; 1/3 5 5 1 1 3",
            "1/4 1 6 3 1/3 1",
        ),
        (0.3208, 0.1395, 0.0348, 0.1285, 0.2374, 0.1391),
        4,
        "eigenvector",
        confirmed="Tests of pymcdm.",
        note="Saaty prints two decimals: .32 .14 .03 .13 .24 .14.",
    ),
    PairwiseCase(
        "wealth of nations",
        "Saaty, T. L. (1977). A scaling method for priorities in hierarchical structures. Journal "
        "of Mathematical Psychology 15(3), 234-281; example of Saaty & Khouja (1976). USA, USSR, "
        "China, France, UK, Japan, W. Germany.",
        rows(
            "1 4 9 6 6 5 5; 1/4 1 7 5 5 3 4; 1/9 1/7 1 1/5 1/5 1/7 1/5; 1/6 1/5 5 1 1 1/3 1/3",
            "1/6 1/5 5 1 1 1/3 1/3; 1/5 1/3 7 3 3 1 2; 1/5 1/4 5 3 3 1/2 1",
        ),
        (0.427, 0.230, 0.021, 0.052, 0.052, 0.123, 0.094),
        3,
        "eigenvector",
        7.61,
        2,
        0.10,
        2,
        0.08,
        2,
        "saaty-1980",
        confirmed="Every figure follows from the matrix; no second printed copy was at hand.",
    ),
    PairwiseCase(
        "distance from Philadelphia",
        "Saaty, T. L. (1977). A scaling method for priorities in hierarchical structures. Journal "
        "of Mathematical Psychology 15(3), 234-281; also in Saaty (1980). Cairo, Tokyo, Chicago, "
        "San Francisco, London, Montreal.",
        rows(
            "1 1/3 8 3 3 7; 3 1 9 3 3 9; 1/8 1/9 1 1/6 1/5 2; 1/3 1/3 6 1 1/3 6; 1/3 1/3 5 3 1 6",
            "1/7 1/9 1/2 1/6 1/6 1",
        ),
        (0.263, 0.397, 0.033, 0.116, 0.164, 0.027),
        3,
        "eigenvector",
        6.45,
        2,
        0.09,
        2,
        0.07,
        2,
        "saaty-1980",
        excused=(0,),
        confirmed="Every other figure follows from the matrix; no second printed copy was at hand.",
        note="The eigenvector has 0.2619 for Cairo; the weights sum to 1 with 0.263 only.",
    ),
    PairwiseCase(
        "drinks",
        f"{_SAATY_2008}, Table 2. Coffee, wine, tea, beer, soda, milk, water.",
        rows(
            "1 9 5 2 1 1 1/2; 1/9 1 1/3 1/9 1/9 1/9 1/9; 1/5 3 1 1/3 1/4 1/3 1/9",
            "1/2 9 3 1 1/2 1 1/3; 1 9 4 2 1 2 1/2; 1 9 3 1 1/2 1 1/3; 2 9 9 3 2 3 1",
        ),
        (0.177, 0.019, 0.042, 0.116, 0.190, 0.129, 0.327),
        3,
        "eigenvector",
        ratio=0.022,
        ratio_digits=3,
        random_index="saaty-2005",
        confirmed="Tests of AHPy.",
        note="The table prints 2 for tea against wine but 1/3 for wine against tea; only 3 gives "
        "the printed weights (with 2, tea gets 0.039 and the ratio is 0.014). The ratio is 0.022 "
        "with either table of Saaty.",
    ),
    PairwiseCase(
        "best job, criteria",
        f"{_SAATY_2008}, Table 3. Flexibility, opportunities, security, reputation, salary.",
        rows("1 1/4 1/6 1/4 1/8; 4 1 1/3 3 1/7; 6 3 1 4 1/2; 4 1/3 1/4 1 1/7; 8 7 2 7 1"),
        (0.036, 0.122, 0.262, 0.075, 0.506),
        3,
        "eigenvector",
        confirmed="A public collection of worked cases, read from the article.",
        note="Separates the methods: the row geometric mean differs by up to 0.0095.",
    ),
    PairwiseCase(
        "best job, flexibility",
        f"{_SAATY_2008}, Table 4.",
        rows("1 1/3 1/6; 3 1 1/4; 6 4 1"),
        (0.091, 0.218, 0.691),
        3,
        "eigenvector",
        confirmed="A public collection of worked cases, read from the article.",
    ),
    PairwiseCase(
        "inefficient eigenvector",
        "Bozoki, S. & Fulop, J. (2018). Efficient weight vectors from pairwise comparison "
        "matrices. European Journal of Operational Research 264(2), 419-427 (arXiv:1602.03311).",
        rows("1 1 4 9; 1 1 7 5; 1/4 1/7 1 4; 1/9 1/5 1/4 1"),
        (0.404518, 0.436173, 0.110295, 0.049014),
        6,
        "eigenvector",
        confirmed="Matrix and vector are in a public program on efficiency.",
    ),
    PairwiseCase(
        "order of preference",
        "Bana e Costa, C. A. & Vansnick, J.-C. (2008). A critical analysis of the eigenvalue "
        "method used to derive priorities in AHP. European Journal of Operational Research 187(3), "
        "1422-1428.",
        rows("1 2 3 5 9; 1/2 1 2 4 9; 1/3 1/2 1 2 8; 1/5 1/4 1/2 1 7; 1/9 1/9 1/8 1/7 1"),
        (0.426, 0.281, 0.165, 0.101, 0.027),
        3,
        "eigenvector",
        confirmed="Every figure follows from the matrix; no second printed copy was at hand.",
    ),
    PairwiseCase(
        "house, size of house, geometric mean",
        f"{_SAATY_1990}, Table 3; Crawford, G. & Williams, C. (1985). A note on the analysis of "
        "subjective judgment matrices. Journal of Mathematical Psychology 29(4), 387-405.",
        rows("1 6 8; 1/6 1 4; 1/8 1/4 1"),
        (0.754, 0.181, 0.065),
        3,
        "geometric_mean",
        note="Printed as an eigenvector; for n = 3 both methods give the same vector.",
    ),
    PairwiseCase(
        "best job, flexibility, geometric mean",
        f"{_SAATY_2008}, Table 4; Crawford, G. & Williams, C. (1985). A note on the analysis of "
        "subjective judgment matrices. Journal of Mathematical Psychology 29(4), 387-405.",
        rows("1 1/3 1/6; 3 1 1/4; 6 4 1"),
        (0.091, 0.218, 0.691),
        3,
        "geometric_mean",
        note="Printed as an eigenvector; for n = 3 both methods give the same vector.",
    ),
)

# --- The comparison of Keshavarz Ghorabaee et al. 2015: one matrix, seven sets of weights, ranks of

_EDAS_2015 = (
    "Keshavarz Ghorabaee, M., Zavadskas, E. K., Olfat, L. & Turskis, Z. (2015). Multi-criteria "
    "inventory classification using a new method of evaluation based on distance from average "
    "solution (EDAS). Informatica 26(3), 435-451"
)
_TEN: Final = rows(
    "23 264 2.37 0.05 167 8900 8.71; 20 220 2.2 0.04 171 9100 8.23",
    "17 231 1.98 0.15 192 10800 9.91; 12 210 1.73 0.2 195 12300 10.21",
    "15 243 2 0.14 187 12600 9.34; 14 222 1.89 0.13 180 13200 9.22",
    "21 262 2.43 0.06 160 10300 8.93; 20 256 2.6 0.07 163 11400 8.44",
    "19 266 2.1 0.06 157 11200 9.04; 8 218 1.94 0.11 190 13400 10.11",
)
_TEN_DIRECTIONS: Final[tuple[Direction, ...]] = ("max", "max", "max", "min", "min", "min", "min")
_TEN_WEIGHTS: Final = rows(
    "0.250 0.214 0.179 0.143 0.107 0.071 0.036; 0.182 0.212 0.182 0.152 0.121 0.091 0.061",
    "0.139 0.167 0.194 0.167 0.139 0.111 0.083; 0.108 0.135 0.162 0.189 0.162 0.135 0.108",
    "0.083 0.111 0.139 0.167 0.194 0.167 0.139; 0.061 0.091 0.121 0.152 0.182 0.212 0.182",
    "0.036 0.071 0.107 0.143 0.179 0.214 0.250",
)


def ten(
    method: str,
    options: Mapping[str, Any],
    note: str,
    ranks: tuple[tuple[int, ...], ...],
) -> tuple[RankingCase, ...]:
    def case(number: int, weights: Row, order: tuple[int, ...]) -> RankingCase:
        return RankingCase(
            f"ten alternatives, weights {number}, {method}",
            f"{_EDAS_2015}, Tables 5 (matrix), 6 (weights) and 7 (ranks).",
            method,
            _TEN,
            weights,
            _TEN_DIRECTIONS,
            options,
            ranks=order,
            confirmed="A public collection of worked cases, read from the article.",
            note=note,
        )

    return tuple(starmap(case, zip(range(1, 8), _TEN_WEIGHTS, ranks, strict=True)))


# --- TOPSIS ---------------------------------------------------------------------------------------

_OPRICOVIC_2004 = (
    "Opricovic, S. & Tzeng, G.-H. (2004). Compromise solution by MCDM methods: a comparative "
    "analysis of VIKOR and TOPSIS. European Journal of Operational Research 156(2), 445-455"
)
_CLIMB: Final = rows("1 3000; 2 3750; 5 4500")
_CLIMB_SHIFTED: Final = rows("6 2; 7 2.75; 10 3.5")

TOPSIS: Final = (
    RankingCase(
        "fighter aircraft",
        "Hwang, C.-L. & Yoon, K. (1981). Multiple Attribute Decision Making: Methods and "
        "Applications. Lecture Notes in Economics and Mathematical Systems 186. Berlin: Springer, "
        "pp. 133-134.",
        "topsis",
        rows(
            "2.0 1500 20000 5.5 5 9; 2.5 2700 18000 6.5 3 5; 1.8 2000 21000 4.5 7 7",
            "2.2 1800 20000 5.0 5 5",
        ),
        (0.2, 0.1, 0.1, 0.1, 0.2, 0.3),
        ("max", "max", "max", "min", "max", "max"),
        {"normalisation": "vector"},
        (0.643, 0.268, 0.613, 0.312),
        3,
        {"closest": (0.0545, 0.1197, 0.0580, 0.1009), "farthest": (0.0983, 0.0439, 0.0920, 0.0458)},
        (1, 4, 2, 3),
        excused=(2,),
        confirmed="An example of mcdajs, with the pages, the intermediate tables and the results.",
        note="The third closeness is 0.61354; 0.613 was computed from the printed distances "
        "(0.0920 / 0.1500 = 0.6133). Those come from a weighted matrix of four digits (0.0983 for "
        "0.09838), and 0.0545 is 0.05458 cut off.",
    ),
    RankingCase(
        "durability, capability, reliability",
        "Tzeng, G.-H. & Huang, J.-J. (2011). Multiple Attribute Decision Making: Methods and "
        "Applications. Boca Raton: CRC Press.",
        "topsis",
        rows("5 8 4; 7 6 8; 8 8 6; 7 4 6"),
        (0.3, 0.4, 0.3),
        ("max", "max", "max"),
        {"normalisation": "vector"},
        (0.5037, 0.6581, 0.7482, 0.3340),
        4,
        ranks=(3, 2, 1, 4),
        confirmed="Tests of scikit-criteria.",
    ),
    RankingCase(
        "climbing, metres",
        f"{_OPRICOVIC_2004}, Tables 1 to 3, problem f.",
        "topsis",
        _CLIMB,
        (0.5, 0.5),
        ("min", "max"),
        {"normalisation": "vector"},
        (0.762, 0.722, 0.238),
        3,
        {"closest": (0.114, 0.108, 0.365), "farthest": (0.365, 0.280, 0.114)},
        (1, 2, 3),
        confirmed="A public collection of worked cases, read from the article.",
    ),
    RankingCase(
        "climbing, shifted units",
        f"{_OPRICOVIC_2004}, Tables 1 to 3, problem phi (risk + 5, altitude / 1000 - 1).",
        "topsis",
        _CLIMB_SHIFTED,
        (0.5, 0.5),
        ("min", "max"),
        {"normalisation": "vector"},
        (0.489, 0.612, 0.511),
        3,
        {"closest": (0.154, 0.085, 0.147), "farthest": (0.147, 0.134, 0.154)},
        (3, 1, 2),
        confirmed="A public collection of worked cases, read from the article.",
        note="The choice of `climbing, metres` in other units, and another order.",
    ),
    RankingCase(
        "climbing, linear",
        f"{_OPRICOVIC_2004}, Table 3, linear normalisation.",
        "topsis",
        _CLIMB,
        (0.5, 0.5),
        ("min", "max"),
        {"normalisation": "minmax"},
        (0.500, 0.617, 0.500),
        3,
        ranks=(2, 1, 2),
        confirmed="Tests of pymcdm.",
    ),
    *ten(
        "topsis",
        {"normalisation": "vector"},
        "Ranks only; the article prints no scores.",
        (
            (1, 4, 6, 10, 7, 8, 2, 3, 5, 9),
            (1, 4, 6, 10, 7, 8, 2, 3, 5, 9),
            (1, 3, 9, 10, 8, 7, 2, 4, 5, 6),
            (1, 2, 9, 10, 8, 7, 3, 5, 4, 6),
            (1, 2, 9, 10, 8, 7, 3, 5, 4, 6),
            (1, 2, 9, 10, 8, 7, 3, 5, 4, 6),
            (1, 2, 9, 10, 8, 7, 3, 5, 4, 6),
        ),
    ),
)

# --- Weighted sum ---------------------------------------------------------------------------------

_PODVEZKO = (
    "Podvezko, V. (2011). The comparative analysis of MCDA methods SAW and COPRAS. Inzinerine "
    "Ekonomika - Engineering Economics 22(2), 134-146"
)
_COUNTRIES: Final = rows(
    "5.1 9.8 430 9.3 0.70; 7.5 6.5 298 10.3 0.55; 9.7 16.1 306 11.6 0.73",
    "3.8 8.4 501 19.3 0.79",
)
_COUNTRY_WEIGHTS = (0.35, 0.10, 0.17, 0.25, 0.13)

WSM: Final = (
    RankingCase(
        "countries, best is one",
        f"{_PODVEZKO}, Tables 1 to 3. Estonia, Latvia, Lithuania, Poland.",
        "wsm",
        _COUNTRIES,
        _COUNTRY_WEIGHTS,
        ("max", "max", "max", "min", "max"),
        {"normalisation": "ratio"},
        (0.756, 0.728, 0.872, 0.610),
        3,
        ranks=(2, 3, 1, 4),
        excused=(2,),
        confirmed="A public collection of worked cases, read from the article.",
        note="Benefit x / max, cost min / x. Table 2 prints 0.599 for the salary of Lithuania, but "
        "306 / 501 = 0.611; with 0.599 the sum is 0.8724, with the right value 0.8744.",
    ),
    RankingCase(
        "countries, sum is one",
        f"{_PODVEZKO}, Tables 5 and 6.",
        "wsm",
        _COUNTRIES,
        _COUNTRY_WEIGHTS,
        ("max", "max", "max", "min", "max"),
        {"normalisation": "sum"},
        (0.251, 0.246, 0.301, 0.202),
        3,
        ranks=(2, 3, 1, 4),
        confirmed="A public collection of worked cases, read from the article.",
        note="Cost criteria as 1 / x before the division by the sum.",
    ),
    RankingCase(
        "house, composite priorities",
        f"{_SAATY_1990}, Table 4.",
        "wsm",
        rows(
            "0.754 0.233 0.754 0.333 0.674 0.747 0.200 0.072",
            "0.181 0.055 0.065 0.333 0.101 0.060 0.400 0.650",
            "0.065 0.713 0.181 0.333 0.226 0.193 0.400 0.278",
        ),
        _HOUSE_CRITERIA,
        ("max",) * 8,
        {"normalisation": "none"},
        (0.396, 0.341, 0.263),
        3,
        ranks=(1, 2, 3),
        confirmed="Tests of a public AHP calculator.",
    ),
    *ten(
        "wsm",
        {"normalisation": "ratio"},
        "Ranks only. Benefit x / max, cost min / x.",
        (
            (1, 3, 6, 9, 7, 8, 2, 4, 5, 10),
            (1, 2, 6, 10, 7, 8, 3, 4, 5, 9),
            (1, 2, 6, 10, 7, 8, 3, 4, 5, 9),
            (1, 2, 6, 10, 7, 8, 3, 4, 5, 9),
            (1, 2, 6, 10, 7, 8, 3, 4, 5, 9),
            (2, 1, 6, 10, 7, 8, 3, 4, 5, 9),
            (2, 1, 6, 10, 7, 8, 3, 4, 5, 9),
        ),
    ),
)

# --- VIKOR: scores are Q, the smallest is the best ------------------------------------------------

_OPRICOVIC_2007 = (
    "Opricovic, S. & Tzeng, G.-H. (2007). Extended VIKOR method in comparison with outranking "
    "methods. European Journal of Operational Research 178(2), 514-529, application to hydropower "
    "systems on the Drina"
)
_DRINA: Final = rows(
    "4184.3 2914.0 407.2 251.0 195 244 15 2.41; 5211.9 3630.0 501.7 308.3 282 346 21 1.41",
    "5021.3 3920.5 504.0 278.6 12 56 3 4.42; 5566.1 3957.9 559.5 335.3 167 268 16 3.36",
    "5060.5 3293.5 514.1 284.2 69 90 7 4.04; 4317.9 2925.9 432.8 239.3 12 55 3 4.36",
)


def _drina(
    number: int,
    weights: Row,
    s: Row,
    r: Row,
    q: Row,
    ranks: tuple[int, ...],
    note: str,
) -> RankingCase:
    return RankingCase(
        f"Drina, weights {number}",
        f"{_OPRICOVIC_2007}.",
        "vikor",
        _DRINA,
        weights,
        ("max", "min", "max", "max", "min", "min", "min", "max"),
        {"v": 0.5},
        q,
        3,
        {"s": s, "r": r},
        ranks,
        confirmed="Tests of scikit-criteria.",
        note=f"Weights as given, to be divided by their sum. {note}",
    )


VIKOR: Final = (
    RankingCase(
        "climbing, metres",
        f"{_OPRICOVIC_2004}, Table 3.",
        "vikor",
        _CLIMB,
        (0.5, 0.5),
        ("min", "max"),
        {"v": 0.5},
        (1.0, 0.0, 1.0),
        3,
        {"s": (0.5, 0.375, 0.5), "r": (0.5, 0.25, 0.5)},
        (2, 1, 2),
        confirmed="Tests of scikit-criteria and of pymcdm.",
        note="Compromise: A2 alone, with advantage and stability.",
    ),
    RankingCase(
        "climbing, shifted units",
        f"{_OPRICOVIC_2004}, Table 3, problem phi.",
        "vikor",
        _CLIMB_SHIFTED,
        (0.5, 0.5),
        ("min", "max"),
        {"v": 0.5},
        (1.0, 0.0, 1.0),
        3,
        {"s": (0.5, 0.375, 0.5), "r": (0.5, 0.25, 0.5)},
        (2, 1, 2),
        confirmed="Tests of scikit-criteria.",
        note="The units do not matter to VIKOR.",
    ),
    _drina(
        1,
        (1.0,) * 8,
        (0.692, 0.700, 0.290, 0.423, 0.280, 0.346),
        (0.125, 0.125, 0.121, 0.125, 0.067, 0.125),
        (0.991, 1.000, 0.473, 0.670, 0.000, 0.578),
        (5, 6, 2, 4, 1, 3),
        "Compromise: A5 alone.",
    ),
    _drina(
        2,
        (2.0, 2.0, 2.0, 2.0, 1.0, 1.0, 1.0, 1.0),
        (0.701, 0.600, 0.386, 0.365, 0.317, 0.459),
        (0.167, 0.114, 0.161, 0.167, 0.089, 0.167),
        (1.000, 0.533, 0.552, 0.563, 0.000, 0.686),
        (6, 2, 3, 4, 1, 5),
        "Compromise: A5 alone.",
    ),
    _drina(
        3,
        (1.0, 1.0, 1.0, 1.0, 2.0, 2.0, 2.0, 2.0),
        (0.683, 0.800, 0.193, 0.480, 0.243, 0.232),
        (0.113, 0.167, 0.080, 0.122, 0.044, 0.083),
        (0.684, 1.000, 0.147, 0.554, 0.041, 0.191),
        (5, 6, 2, 4, 1, 3),
        "Compromise: A3, A5 and A6.",
    ),
    _drina(
        4,
        (1.0, 1.0, 1.0, 1.0, 3.2, 3.2, 3.2, 3.2),
        (0.678, 0.857, 0.138, 0.513, 0.222, 0.167),
        (0.129, 0.190, 0.057, 0.139, 0.042, 0.060),
        (0.668, 1.000, 0.051, 0.588, 0.058, 0.078),
        (5, 6, 1, 4, 2, 3),
        "Compromise: A3, A5 and A6.",
    ),
    *ten(
        "vikor",
        {"v": 0.5},
        "Ranks only. The article does not state v; 0.5 gives its ranks.",
        (
            (2, 5, 7, 9, 6, 8, 1, 3, 4, 10),
            (2, 5, 7, 10, 6, 8, 1, 3, 4, 9),
            (2, 5, 7, 10, 6, 8, 1, 3, 4, 9),
            (1, 5, 8, 10, 6, 7, 2, 3, 4, 9),
            (1, 5, 8, 10, 6, 7, 2, 3, 4, 9),
            (1, 3, 6, 9, 7, 8, 2, 4, 5, 10),
            (1, 2, 8, 10, 6, 7, 3, 4, 5, 9),
        ),
    ),
)

# --- EDAS -----------------------------------------------------------------------------------------

EDAS: Final = (
    RankingCase(
        "47 stock-keeping units",
        f"{_EDAS_2015}, Tables 1 and 2.",
        "edas",
        rows(
            "49.92 5840.64 2; 210 5670 5; 23.76 5037.12 4; 27.73 4769.56 1; 57.98 3478.8 3",
            "31.24 2936.67 3; 28.2 2820 3; 55 2640 4; 73.44 2423.52 6; 160.5 2407.5 4",
            "5.12 1075.2 2; 20.87 1043.5 5; 86.5 1038 7; 110.4 883.2 5; 71.2 854.4 3; 45 810 3",
            "14.66 703.68 4; 49.5 594 6; 47.5 570 5; 58.45 467.6 4; 24.4 463.6 4; 65 455 4",
            "86.5 432.5 4; 33.2 398.4 3; 37.05 370.5 1; 33.84 338.4 3; 84.03 336.12 1",
            "78.4 313.6 6; 134.34 268.68 7; 56 224 1; 72 216 5; 53.02 212.08 2; 49.48 197.92 5",
            "7.07 190.89 7; 60.6 181.8 3; 40.82 163.28 3; 30 150 5; 67.4 134.8 3; 59.6 119.2 5",
            "51.68 103.36 6; 19.8 79.2 2; 37.7 75.4 2; 29.89 59.78 5; 48.3 48.3 3; 34.4 34.4 7",
            "28.8 28.8 3; 8.46 25.38 5",
        ),
        (1 / 3, 1 / 3, 1 / 3),
        ("max", "max", "max"),
        scores=rows(
            "0.66 1.00 0.61 0.43 0.60 0.45 0.43 0.60 0.64 0.72 0.16 0.36 0.58 0.54 0.41 0.34 0.24 "
            "0.40 0.37 0.37 0.23 0.37 0.39 0.19 0.08 0.18 0.19 0.39 0.47 0.13 0.35 0.18 0.30 0.14 "
            "0.25 0.18 0.20 0.25 0.31 0.30 0.00 0.08 0.18 0.18 0.23 0.09 0.08"
        )[0],
        digits=2,
        excused=(10, 35),
        confirmed="A public collection of worked cases, read from the article.",
        note="Units 11 and 36 have 0.1549 and 0.1748; 0.16 and 0.18 are printed.",
    ),
    RankingCase(
        "renewable energy",
        "Yazdani, M., Torkayesh, A. E., Santibanez-Gonzalez, E. D. R. & Otaghsara, S. K. (2020). "
        "Evaluation of renewable energy resources using integrated Shannon entropy-EDAS model. "
        "Sustainable Operations and Computers 1, 35-42.",
        "edas",
        rows(
            "3873 39.55 0.27 0.87 150 0.07 12 2130; 5067 67.26 0.23 0.23 40 0.02 21 2200",
            "2213 24.69 0.08 0.17 200 0.04 35 570; 6243 132 0.07 0.25 100 0.04 16 100",
            "8312 460.47 0.05 0.21 25 0.1 25 200",
        ),
        (0.131, 0.113, 0.126, 0.125, 0.126, 0.129, 0.132, 0.117),
        ("min", "min", "min", "max", "max", "min", "max", "max"),
        scores=(0.841, 0.632, 0.883, 0.457, 0.104),
        digits=3,
        ranks=(2, 3, 1, 4, 5),
        confirmed="Tests of pymcdm.",
        note="The printed weights sum to 0.999, which EDAS does not notice.",
    ),
    RankingCase(
        "notebooks",
        "Ersoy, Y. (2021). Equipment selection for an e-commerce company using entropy-based "
        "TOPSIS, EDAS and CODAS methods during the COVID-19. LogForum 17(3).",
        "edas",
        rows(
            "256 8 41 1.6 1.77 7347.16; 256 8 32 1.0 1.8 6919.99; 256 8 53 1.6 1.9 8400",
            "256 8 41 1.0 1.75 6808.9; 512 8 35 1.6 1.7 8479.99; 256 4 35 1.6 1.7 7499.99",
        ),
        (0.405, 0.221, 0.134, 0.199, 0.007, 0.034),
        ("max", "max", "max", "max", "min", "min"),
        scores=(0.414, 0.130, 0.461, 0.212, 0.944, 0.043),
        digits=3,
        ranks=(3, 5, 2, 4, 1, 6),
        confirmed="Tests of scikit-criteria.",
    ),
    *ten(
        "edas",
        {},
        "Ranks only; the article prints no scores for this matrix.",
        (
            (1, 4, 6, 10, 7, 8, 2, 3, 5, 9),
            (1, 4, 6, 10, 7, 8, 2, 3, 5, 9),
            (1, 3, 7, 10, 6, 8, 2, 4, 5, 9),
            (1, 2, 7, 10, 6, 8, 3, 4, 5, 9),
            (1, 2, 6, 10, 7, 8, 3, 4, 5, 9),
            (1, 2, 6, 10, 7, 8, 3, 4, 5, 9),
            (1, 2, 6, 10, 7, 8, 3, 4, 5, 9),
        ),
    ),
)

# --- Entropy weights ------------------------------------------------------------------------------

ENTROPY: Final = (
    WeightCase(
        "Vilnius neighbourhoods, economic criteria",
        "Zavadskas, E. K., Cavallaro, F., Podvezko, V., Ubarte, I. & Kaklauskas, A. (2017). MCDM "
        "assessment of a healthy and safe built environment according to sustainable development "
        "principles: a practical neighborhood approach in Vilnius. Sustainability 9(5), 702, "
        "Tables 4 and 8.",
        "entropy",
        tuple(
            zip(
                *rows(
                    "1888.34 1154.10 676.10 1080.61 1222.06 1190.30 1711.44 967.13 854.64 950.14 "
                    "1136.80 1243.52 1601.00 2221.89 1055.02 1481.19 1205.37 1175.03 1582.93 "
                    "2153.47 1612.65; 504.40 9697.32 1580.99 9215.44 6817.50 3019.13 4840.00 "
                    "758.42 793.16 91.12 4031.22 1472.46 834.41 4321.56 7121.14 757.93 2072.43 "
                    "5893.20 5455.29 4103.33 4917.31; 44.62 106.59 76.90 39.26 11.50 54.66 116.04 "
                    "40.54 89.03 19.11 74.88 48.84 97.48 186.22 55.00 70.87 38.54 22.80 23.18 "
                    "256.30 188.78; 3.60 42.20 14.79 86.58 12.75 14.17 33.54 6.18 8.22 1.04 13.29 "
                    "7.68 9.37 40.67 41.36 5.03 11.55 31.60 27.65 72.59 56.09; 18.20 9.30 2.00 "
                    "4.60 7.20 7.20 94.60 21.50 11.00 41.70 10.70 6.00 7.70 49.20 9.20 22.30 9.50 "
                    "7.30 37.90 10.40 21.50"
                ),
                strict=True,
            )
        ),
        ("min", "min", "max", "min", "max"),
        (0.0308, 0.2196, 0.1879, 0.2648, 0.2970),
        4,
        {"normalisation": "sum"},
        confirmed="A public collection of worked cases, read from the article.",
        note="Proportions of the raw values, whatever the direction. Table 8 prints the five "
        "weights against the wrong criteria (0.1879, 0.2970, 0.0308, 0.2196, 0.2648); here they "
        "stand in the order of the columns of Table 4, the only order of the five which agrees "
        "with the data.",
    ),
    WeightCase(
        "five alternatives, spans",
        "Krishnan, A. R., Kasim, M. M., Hamid, R. & Ghazali, M. F. (2021). A modified CRITIC "
        "method to estimate the objective weights of decision criteria. Symmetry 13(6), 973, "
        "Tables 1 and 5.",
        "entropy",
        rows(
            "649 4.7 326 7.1 143; 749 5.5 401 7.3 192; 740 5.7 520 7.6 171; 400 5.7 520 11.1 179",
            "600 5.5 538 8.9 152",
        ),
        ("min", "max", "max", "min", "min"),
        (0.3481, 0.1360, 0.1690, 0.1463, 0.2006),
        4,
        {"normalisation": "minmax"},
        confirmed="A public collection of worked cases, read from the article.",
        note="Proportions after a min-max normalisation with costs turned round, and 0 ln 0 = 0; "
        "proportions of the raw values give other weights.",
    ),
)

# --- Weights from the matrix ----------------------------------------------------------------------

_ZAVADSKAS_PODVEZKO = (
    "Zavadskas, E. K. & Podvezko, V. (2016). Integrated determination of objective criteria weights in MCDM. "
    "International Journal of Information Technology & Decision Making 15(2), 267-283"
)
_FOUR_ALTERNATIVES = rows("3 100 10 7; 2.5 80 8 5; 1.8 50 20 11; 2.2 70 12 9")
_FOUR_DIRECTIONS: Final[tuple[Direction, ...]] = ("min", "max", "min", "max")
_MERGED = "Tests of the public packages objective-weighting and pyrepo-mcda, citing the article; of pymcdm too."

OBJECTIVE: Final = (
    WeightCase(
        "time and attendance software",
        "Tus, A. & Aytac Adali, E. (2019). The new combination with CRITIC and WASPAS methods for the time and "
        "attendance software selection problem. Opsearch 56(2), 528-538.",
        "critic",
        rows("5000 3 3 4 3 2; 680 5 3 2 2 1; 2000 3 2 3 4 3; 600 4 3 1 2 2; 800 2 4 3 3 4"),
        ("max", "max", "max", "max", "max", "max"),
        (0.157, 0.249, 0.168, 0.121, 0.154, 0.151),
        3,
        confirmed=_MERGED,
        note="The first criterion is a price, but the figures come from a normalisation that takes it for a benefit; "
        "with it as a cost the weights are 0.184, 0.213, 0.142, 0.158, 0.168, 0.134.",
    ),
    WeightCase(
        "one cost among four",
        "Satman, M. H., Yildirim, B. F. & Kuruca, E. (2021). JMcDM: A Julia package for multiple-criteria "
        "decision-making tools. Journal of Open Source Software 6(65), 3430.",
        "critic",
        rows(
            "12.9918 0.7264 -1.1009 1.598139592; 4.1201 5.8824 3.4483 1.021563567",
            "4.1039 0.0000 -0.5076 0.984469444",
        ),
        ("max", "max", "min", "max"),
        (0.16884, 0.41845, 0.24912, 0.16359),
        5,
        parts={"C": ((1.03807, 2.57272, 1.53168, 1.00580), 4)},
        confirmed="Tests of that package.",
        note="Sensitive to the direction of the third criterion; the figures come from the package, not an article.",
    ),
    WeightCase(
        "five alternatives, removal effects",
        "Keshavarz-Ghorabaee, M., Amiri, M., Zavadskas, E. K., Turskis, Z. & Antucheviciene, J. (2021). "
        "Determination of objective weights using a new method based on the removal effects of criteria (MEREC). "
        "Symmetry 13(4), 525.",
        "merec",
        rows("450 8000 54 145; 10 9100 2 160; 100 8200 31 153; 220 9300 1 162; 5 8400 23 158"),
        ("max", "max", "min", "min"),
        (0.5752, 0.0141, 0.4016, 0.0091),
        4,
        confirmed=_MERGED,
    ),
    WeightCase(
        "materials, normalised",
        "Jahan, A. & Edwards, K. L. (2013). Weighting of dependent and target-based criteria for optimal "
        "decision-making in materials selection process: Biomedical applications. Materials & Design 49, 1000-1008.",
        "standard_deviation",
        rows("0 0 0; 0.39 0.3 0.77; 0.17 0.36 0.8; 0.35 0.29 0.93; 0.3 0.4 0.94; 0.84 0.71 1; 1 1 0.99"),
        ("max", "max", "max"),
        (0.35, 0.31, 0.34),
        2,
        confirmed="Tests of pymcdm.",
        note="The matrix is normalised already: min-max leaves it as it is.",
    ),
    WeightCase(
        "five alternatives, as they stand",
        "Salabun, W., Watrobski, J. & Shekhovtsov, A. (2020). Are MCDA methods benchmarkable? A comparative study of "
        "TOPSIS, VIKOR, COPRAS, and PROMETHEE II methods. Symmetry 12(9), 1549.",
        "standard_deviation",
        rows("0.619 0.449 0.447; 0.862 0.466 0.006; 0.458 0.698 0.771; 0.777 0.631 0.491; 0.567 0.992 0.968"),
        ("max", "max", "max"),
        (0.217, 0.294, 0.488),
        3,
        {"normalisation": "none"},
        confirmed=_MERGED,
    ),
    WeightCase(
        "four alternatives, variance",
        "Test of pymcdm (Kizielewicz, B., Shekhovtsov, A. & Salabun, W. (2023). pymcdm - The universal library for "
        "solving multi-criteria decision-making problems. SoftwareX 22, 101368).",
        "variance",
        rows("100 4 500; 110 5 550; 120 6 600; 121 8 400"),
        ("max", "max", "max"),
        (0.3761, 0.312, 0.312),
        4,
        confirmed="Tests of pymcdm, without a reference.",
        note="Figures of a program: no article with variance weights of a min-max normalised matrix was at hand.",
    ),
    WeightCase(
        "cameras",
        "Baczkiewicz, A., Watrobski, J., Kizielewicz, B. & Salabun, W. (2021). Towards reliable results: a comparative "
        "analysis of selected MCDA techniques in the camera selection problem. In: Information Technology for "
        "Management: Business and Social Issues. Cham: Springer, 143-165.",
        "gini",
        rows(
            "29.4 83 47 114 12 30 120 240 170 90 1717.75; 30 38.1 124.7 117 16 60 60 60 93 70 2389",
            "29.28 59.27 41.13 58 16 30 60 120 170 78 239.99; 33.6 71 55 159 23.6 60 240 240 132 140 2099",
            "21 59 41 66 16 24 60 120 170 70 439; 35 65 42 134 12 60 240 240 145 60 1087",
            "47 79 54 158 19 60 120 120 360 72 2499; 28.3 62.3 44.9 116 12 30 60 60 130 90 999.99",
            "36.9 28.6 121.6 130 12 60 120 120 80 80 1099; 32 59 41 60 16 30 120 120 170 60 302.96",
            "28.4 66.3 48.6 126 12 60 240 240 132 135 1629; 29.8 46 113 47 18 50 50 50 360 72 2099",
            "20.2 64 80 70 8 24 60 120 166 480 699.99; 33 60 44 59 12 30 60 120 170 90 388",
            "29 59 41 55 16 30 60 120 170 120 299; 29 59 41 182 12 30 30 60 94 140 249",
            "29.8 59.2 41 65 16 30 60 120 160 90 219.99; 28.8 62.5 41 70 12 60 120 120 170 138 1399.99",
            "24 40 59 60 12 10 30 30 140 78 269.99; 30 60 45 201 16 30 30 30 170 90 199.99",
        ),
        ("min", "min", "min", "min", "max", "max", "max", "max", "max", "max", "min"),
        (0.0362, 0.0437, 0.0848, 0.0984, 0.0480, 0.0842, 0.1379, 0.1125, 0.0745, 0.1107, 0.1690),
        4,
        confirmed="Tests of the public packages objective-weighting and pyrepo-mcda, citing the chapter.",
    ),
    WeightCase(
        "four alternatives, angles",
        "Shuai, D., Zongzhun, Z., Yongji, W. & Lei, L. (2012). A new angular method to determine the objective "
        "weights. 24th Chinese Control and Decision Conference (CCDC). IEEE, 3889-3892; matrix of Xu, X. (2004), "
        "European Journal of Operational Research 156(2), 530-532.",
        "angle",
        rows("30 30 38 29; 19 54 86 29; 19 15 85 28.9; 68 70 60 29"),
        ("max", "max", "max", "max"),
        (0.4150, 0.3612, 0.2227, 0.0012),
        4,
        confirmed=_MERGED,
        note="The copy in pymcdm has 29.1 for 28.9, with the same weights to four digits.",
    ),
    WeightCase(
        "four alternatives, impact loss",
        f"{_ZAVADSKAS_PODVEZKO}.",
        "cilos",
        _FOUR_ALTERNATIVES,
        _FOUR_DIRECTIONS,
        (0.3343, 0.2199, 0.1957, 0.2501),
        4,
        parts={
            "x": (rows(".191 .333 .279 .219; .229 .267 .349 .156; .319 .167 .140 .344; .261 .233 .233 .281"), 3),
            "P": (rows("0 .5 .6 0; .4 0 .2 .3636; .28 .2 0 .5455; 0 .5 .6 0"), 4),
            "F": (rows("-.68 .5 .6 0; .4 -1.2 .2 .3636; .28 .2 -1.4 .5455; 0 .5 .6 -.9091"), 4),
        },
        confirmed=f"{_MERGED} The tables in between are in the tests of JMcDM.",
    ),
    WeightCase(
        "four alternatives, integrated",
        f"{_ZAVADSKAS_PODVEZKO}.",
        "idocriw",
        _FOUR_ALTERNATIVES,
        _FOUR_DIRECTIONS,
        (0.1658, 0.1886, 0.35455, 0.2911),
        4,
        parts={"q": ((0.3343, 0.2199, 0.1957, 0.2501), 4), "W": ((0.1146, 0.1981, 0.4185, 0.2689), 4)},
        excused=(1,),
        confirmed=_MERGED,
        note="The second weight is 0.18852, printed 0.1886: the article multiplies rounded factors. Entropy is taken "
        "of the values as given, costs not inverted.",
    ),
    WeightCase(
        "four alternatives, entropy",
        f"{_ZAVADSKAS_PODVEZKO}.",
        "entropy",
        _FOUR_ALTERNATIVES,
        _FOUR_DIRECTIONS,
        (0.1146, 0.1981, 0.4185, 0.2689),
        4,
        confirmed=_MERGED,
    ),
    WeightCase(
        "banks",
        "Ecer, F. & Pamucar, D. (2022). A novel LOPCOW-DOBI multi-criteria sustainability performance assessment "
        "methodology: An application in developing country banking sector. Omega 112, 102690.",
        "lopcow",
        rows(
            "21.8 14.1 10.7 1.6 1.8 770 12750 18 5100 1.5 9.1 1.054 4.196 29.407 7.03 15.08 9.705",
            "16.4 8.5 13.9 1.2 1.3 524 12087 5.7 2941 2.208 15.2 1.123 3.86 5.228 14.724 32.103 19",
            "14.5 7 2.3 0.2 0.2 238 3265 1.9 320 2.32 16.202 1.008 3.095 5.549 17.34 65.129 32.056",
            "18.2 10.3 11.4 1.2 1.1 835 16037 21.3 4332 0.875 9.484 0.856 2.191 23.75 13.1 58.157 27.46",
            "18.5 8.1 11.1 1 1.1 504 9464 1.4 1743 2.95 0.7 0.479 2.44 8.77 13.48 33.45 17.68",
            "18.7 11.4 10.8 1.3 1.5 1227 24053 20 6521 0.733 1.6 0.857 2.377 4.985 11.743 26.732 24.485",
            "18.5 12.6 10.8 1.4 1.8 912 18800 18.2 5300 1.29 8.27 0.558 0.635 5.22 13.829 31.914 7.515",
            "16.4 6.7 12.6 0.9 0.9 951 16767 22 3917 2.46 3.9 0.724 0.568 4.491 14.357 28.869 7.313",
            "15.2 6.3 6.9 0.5 0.5 1013 20170 10.97 4060 1.67 1.7 0.704 2.96 3.24 10.029 60.981 23.541",
        ),
        (*("max",) * 10, *("min",) * 7),
        (
            *(0.0495, 0.0366, 0.0846, 0.0706, 0.0637, 0.0661, 0.0699, 0.0504, 0.0690, 0.0492),
            *(0.0556, 0.0487, 0.0482, 0.0763, 0.0551, 0.0532, 0.0534),
        ),
        4,
        confirmed="Tests of pymcdm and of JMcDM, citing the article.",
        note="sigma is the sample deviation, with m - 1.",
    ),
)

# --- Weights from judgements ----------------------------------------------------------------------

_REZAEI_2016 = (
    "Rezaei, J. (2016). Best-worst multi-criteria decision-making method: Some properties and a linear model. Omega "
    "64, 126-130"
)
_CAR = "Quality, price, comfort, safety, style."
_R_AND_PYTHON = "Tests of a public R package and a public Python notebook, which names the article."

JUDGED: Final = (
    WeightCase(
        "offices",
        "Goodwin, P. & Wright, G. (2004). Decision Analysis for Management Judgment. Chichester: Wiley, "
        "figure 3.5 and table 3.2.",
        "swing",
        (),
        (),
        (0.32, 0.26, 0.23, 0.10, 0.06, 0.03),
        2,
        {"points": (100, 80, 70, 30, 20, 10)},
        confirmed="The pages with the figure and the weights are on the web.",
        note="Closeness to customers, visibility, image, size, comfort, car parking. The figure's text prints 100 and "
        "80; the other points are round ones that give the printed weights, as the book's table of them was not seen.",
    ),
    WeightCase(
        "five criteria in order, centroid",
        "Barron, F. H. & Barrett, B. E. (1996). Decision quality using ranked attribute weights. Management Science "
        "42(11), 1515-1523.",
        "roc",
        (),
        (),
        (0.4567, 0.2567, 0.1567, 0.0900, 0.0400),
        4,
        {"ranks": (1, 2, 3, 4, 5)},
        confirmed="Constants of several public programs.",
    ),
    WeightCase(
        "five criteria in order, rank sum",
        "Stillwell, W. G., Seaver, D. A. & Edwards, W. (1981). A comparison of weight approximation techniques in "
        "multiattribute utility decision making. Organizational Behavior and Human Performance 28(1), 62-77.",
        "rank_sum",
        (),
        (),
        (0.3333, 0.2667, 0.2000, 0.1333, 0.0667),
        4,
        {"ranks": (1, 2, 3, 4, 5)},
        confirmed="The formula, by hand; the article's own tables were not seen.",
    ),
    WeightCase(
        "four criteria in steps",
        "Alinezhad, A. & Khalili, J. (2019). New Methods and Applications in Multiple Attribute Decision Making "
        "(MADM). Cham: Springer, chapter on SWARA; method of Kersuliene et al. (2010).",
        "swara",
        (),
        (),
        (0.3866, 0.2612, 0.1935, 0.1586),
        4,
        {"ranks": (1, 2, 3, 4), "importance": (0, 0.48, 0.35, 0.22)},
        parts={"k": ((1, 1.48, 1.35, 1.22), 2), "q": ((1, 0.6757, 0.5005, 0.4102), 4)},
        confirmed="The judgements stand in the documentation of the R package MCDASupport, which cites the book.",
        note="The weights are those that the article's four equations give for them, by hand: neither the book's nor "
        "the article's printed weights were at hand.",
    ),
    WeightCase(
        "car, free of contradiction",
        f"{_REZAEI_2016}, example 1.",
        "bwm",
        (),
        (),
        (0.21052632, 0.42105263, 0.10526316, 0.21052632, 0.05263158),
        8,
        {"best": 1, "worst": 4, "best_to_others": (2, 1, 4, 2, 8), "others_to_worst": (4, 8, 2, 4, 1)},
        confirmed=_R_AND_PYTHON,
        note=_CAR,
    ),
    WeightCase(
        "car",
        f"{_REZAEI_2016}, example 2.",
        "bwm",
        (),
        (),
        (0.2295082, 0.44808743, 0.1147541, 0.15300546, 0.05464481),
        7,
        {"best": 1, "worst": 4, "best_to_others": (2, 1, 4, 3, 8), "others_to_worst": (4, 8, 2, 3, 1)},
        parts={"xi": ((0.010928961748634,), 12)},
        confirmed=_R_AND_PYTHON,
        note=_CAR,
    ),
    WeightCase(
        "transport mode",
        "Rezaei, J. (2015). Best-worst multi-criteria decision-making method. Omega 53, 49-57.",
        "bwm",
        (),
        (),
        (0.071, 0.338, 0.589),
        3,
        {
            "best": 2,
            "worst": 0,
            "best_to_others": (8, 2, 1),
            "others_to_worst": (1, 5, 8),
            "model": "nonlinear",
        },
        parts={"xi": ((0.26,), 2), "CI": ((4.47,), 2), "CR": ((0.058,), 3)},
        excused=(1, 2),
        confirmed="Tests of JMcDM.",
        note="The weights are 0.07143, 0.33869, 0.58988: the printed ones are cut, not rounded, and sum to 0.998.",
    ),
    WeightCase(
        "seven criteria",
        "Wieckowski, J., Kizielewicz, B., Shekhovtsov, A. & Salabun, W. (2023). RANCOM: A novel approach to "
        "identifying criteria relevance based on inaccuracy expert judgments. Engineering Applications of Artificial "
        "Intelligence 122, 106114.",
        "rancom",
        (),
        (),
        (0.2449, 0.2449, 0.1429, 0.0204, 0.0612, 0.1020, 0.1837),
        4,
        {
            "comparisons": rows(
                ".5 .5 1 1 1 1 1; .5 .5 1 1 1 1 1; 0 0 .5 1 1 1 0; 0 0 0 .5 0 0 0; 0 0 0 1 .5 0 0",
                "0 0 0 1 1 .5 0; 0 0 1 1 1 1 .5",
            )
        },
        confirmed="Tests of pymcdm.",
    ),
    WeightCase(
        "seven criteria, by their order",
        "The same article.",
        "rancom",
        (),
        (),
        (0.2449, 0.2449, 0.1429, 0.0204, 0.0612, 0.1020, 0.1837),
        4,
        {"ranks": (1, 1, 4, 7, 6, 5, 3)},
        confirmed="The order of the matrix above.",
    ),
)

BWM_CONSISTENCY_INDEX: Final = (0.00, 0.44, 1.00, 1.63, 2.30, 3.00, 3.73, 4.47, 5.23)
"""Rezaei (2015): for a_BW from 1 to 9, two digits. Found again in a book on the web that cites it."""
