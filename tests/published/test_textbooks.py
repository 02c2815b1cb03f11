"""Further worked cases of textbooks and of other libraries' tests, which no other file replays."""

from __future__ import annotations

from itertools import product

import numpy as np
import pandas as pd
import pytest
from numpy.typing import NDArray
from scipy.optimize import linprog

import saidao
from saidao import mcda
from tests.published import test_field_cases as field

MATHMODELS = "mathmodels 8bf5e8f, reference pages"
BOOK = "数学建模: 算法与编程实现 (China Machine Press), electronic book"
JMCDM = "JMcDM 87bbb34, tests"
SEVEN = [[20, 151], [60, 200], [40, 120], [60, 170], [70, 250], [30, 210], [50, 90]]
OUT_OF_SEVEN = [[100], [210], [150], [240], [220], [80], [200]]


@pytest.mark.parametrize(
    ("options", "printed"),
    [
        ({}, [1, 0.8203125, 0.8910124, 0.9570042, 0.7295271, 0.5437352, 1]),
        ({"returns": "variable"}, [1, 0.8571429, 0.9519868, 1, 0.7755102, 0.7072571, 1]),
        ({"leave_out": True}, [1.25, 0.8203125, 0.8910124, 0.9570042, 0.7295271, 0.5437352, 1.5740741]),
        ({"model": "sbm"}, [1, 0.67375, 0.75, 0.8176471, 0.5908571, 0.4190476, 1]),
    ],
)
def test_seven_units(options: dict[str, object], printed: list[float]) -> None:
    """Seven units, two inputs and an output (MATHMODELS, DEA)."""
    assert mcda.dea(SEVEN, OUT_OF_SEVEN, **options).array == pytest.approx(printed, abs=1e-7)  # type: ignore[arg-type]


def test_super_efficiency_of_hospitals_is_not_defined_for_two() -> None:
    """BCC without the unit itself (BOOK, chapter DEA): printed NA for 广东 and 山东, which nobody reaches."""
    case = next(case for case in field.CASES if case["id"] == "l1-bcc-hospitals")["input"]
    frame = {"index": case["dmu"]}
    found = mcda.dea(
        pd.DataFrame(case["inputs"], **frame),
        pd.DataFrame(case["outputs"], **frame),
        returns="variable",
        leave_out=True,
    )
    assert found.infeasible == ("广东", "山东")
    printed = {
        **{"福建": 1.0518247, "湖南": 1.0368439, "江西": 1.0036738, "上海": 1.1885921, "四川": 1.0446519},
        **{"天津": 1.0295240, "西藏": 2.9436174, "新疆": 1.0114148, "云南": 1.1956914, "安徽": 0.9548803},
    }
    assert found.to_frame()["efficiency"][list(printed)].to_dict() == pytest.approx(printed, abs=1e-6)


@pytest.mark.slow
def test_malmquist_of_five_units_over_three_periods() -> None:
    """One input and one output (MATHMODELS, DEA): contemporary frontiers, constant returns; means of both changes.

    The input stands twice, as capital and as labour: a column that is repeated changes no distance.
    """
    inputs = [10, 20, 15, 25, 30, 12, 22, 17, 27, 32, 14, 24, 19, 29, 34]
    outputs = [100, 150, 120, 180, 200, 110, 160, 130, 190, 210, 120, 170, 140, 200, 220]
    units = [f"DMU{k + 1}" for k in range(5)]
    rows = [(track, period) for period, track in product(("1", "2", "3"), units)]
    panel = pd.DataFrame(rows, columns=["track", "period"]).assign(output=outputs, capital=inputs, labour=inputs)
    case = saidao.Case.from_frames(scores=pd.DataFrame({"f": range(1, 6)}, index=units), panel=panel)
    means = saidao.productivity(case, capital_share=0.4).to_frame().set_index("track")
    printed = {
        **{"DMU1": (0.917, 0.935), "DMU2": (0.970, 0.974), "DMU3": (0.956, 0.964)},
        **{"DMU4": (0.977, 0.980), "DMU5": (0.984, 0.986)},
    }
    for unit, (first, second) in printed.items():
        assert means["malmquist"][unit] == pytest.approx(np.sqrt(first * second), abs=6e-4)
    assert means["technical"].to_list() == pytest.approx([np.sqrt(0.917 * 0.935)] * 5, abs=6e-4)


INVESTED = [
    [308.58, 310, 295, 346, 367],
    [195.4, 189.9, 187.2, 205, 222.7],
    [24.6, 21, 12.2, 15.1, 14.57],
    [20, 25.6, 23.3, 29.2, 30],
    [18.98, 19, 22.3, 23.5, 27.655],
]
EARNED = [
    [170, 174, 197, 216.4, 235.58],
    [57.55, 70.74, 76.8, 80.7, 89.85],
    [88.56, 70, 85.38, 99.83, 103.4],
    [11.19, 13.28, 16.82, 18.9, 22.8],
    [4.03, 4.26, 4.34, 5.06, 5.78],
    [13.7, 15.6, 13.77, 11.98, 13.95],
]
RELATED = [
    [0.802, 0.689, 0.891, 0.678, 0.811, 0.743],
    [0.761, 0.666, 0.858, 0.663, 0.774, 0.766],
    [0.557, 0.529, 0.579, 0.568, 0.565, 0.562],
    [0.810, 0.885, 0.577, 0.780, 0.804, 0.607],
    [0.935, 0.800, 0.675, 0.731, 0.921, 0.632],
]


def test_grey_relations_of_investments_to_every_yield() -> None:
    """Five investments against six yields over five years, by initial values (BOOK, chapter on grey relation)."""
    found = np.array([mcda.grey_relations(one, INVESTED).degree_array for one in EARNED]).T
    assert found == pytest.approx(np.array(RELATED), abs=6e-4)


MATERNAL = [
    [99.54, 60.27, 16.15], [96.52, 59.67, 20.10], [99.36, 43.91, 15.60], [92.83, 58.99, 17.04], [91.71, 35.40, 15.01],
    [95.35, 44.71, 13.93], [96.09, 49.81, 17.43], [99.27, 31.69, 13.89], [94.76, 22.91, 19.87], [84.80, 81.49, 23.63],
]  # fmt: skip


def test_rank_sum_ratio_by_continuous_places_and_entropy_weights() -> None:
    """Ten regions of 田凤调 (1988) by places between the whole ones (BOOK, chapter on rank sum ratios)."""
    ways = ["max", "min", "min"]
    z = 0.002 + 0.996 * mcda.normalise(MATERNAL, ways, "minmax").array
    weights = mcda.weigh(z, "max", "entropy")
    assert weights.array == pytest.approx([0.2945205, 0.3631078, 0.3423717], abs=1e-6)
    graded = mcda.rsr_grades(mcda.rank(MATERNAL, weights.array, ways, "rsr", places="continuous"))
    printed = [0.720, 0.544, 0.826, 0.578, 0.754, 0.802, 0.676, 0.946, 0.725, 0.1]
    assert graded.rsr == pytest.approx(printed, abs=6e-4)
    fits = [0.627, 0.456, 0.888, 0.521, 0.734, 0.798, 0.576, 1.03, 0.679, 0.366]
    assert graded.fit == pytest.approx(fits, abs=6e-3)


def test_principal_components_of_ten_irises() -> None:
    """Two components, varimax of the unit vectors (MATHMODELS, pca_weight)."""
    iris = [
        [5.1, 3.5, 1.4, 0.2], [4.9, 3.0, 1.4, 0.2], [4.7, 3.2, 1.3, 0.2], [4.6, 3.1, 1.5, 0.2], [5.0, 3.6, 1.4, 0.2],
        [5.4, 3.9, 1.7, 0.4], [4.6, 3.4, 1.4, 0.3], [5.0, 3.4, 1.5, 0.2], [4.4, 2.9, 1.4, 0.2], [4.9, 3.1, 1.5, 0.1],
    ]  # fmt: skip
    found = mcda.weigh(iris, ["max", "max", "min", "min"], "pca", components=2, rotation="varimax")
    assert found.array == pytest.approx([0.3653755, 0.2576950, 0.2288199, 0.1481095], abs=1e-6)
    assert found.step_arrays["lambda"][:2] == pytest.approx([2.7523578, 0.6296417], abs=1e-7)


def test_a_printed_grey_relation_topsis_has_its_axes_turned() -> None:
    """The reference page (MATHMODELS, grey_analysis) holds the ideal against rows: on a square table nothing tells.

    With the ideal along the criteria the third row, the best on two criteria of three, is first.
    """
    matrix, weights = np.array([[8.0, 150, 60], [7, 180, 80], [6, 200, 100]]), np.array([0.3, 0.4, 0.3])
    z = mcda.normalise(matrix, "max", "minmax").array * weights

    def turned(ideal: NDArray[np.float64]) -> NDArray[np.float64]:
        apart = np.abs(ideal[:, None] - z)
        return np.asarray(((apart.min() + 0.5 * apart.max()) / (apart + 0.5 * apart.max())).mean(axis=0))

    near, far = turned(z.max(axis=0)), turned(z.min(axis=0))
    assert near / (near + far) == pytest.approx([0.4642511, 0.4421740, 0.4642511], abs=1e-7)
    found = mcda.rank(matrix, weights, "max", "gra_topsis")
    assert found.score_array == pytest.approx([0.41935484, 0.51532399, 0.58064516], abs=1e-8)
    assert found.ranks.tolist() == [3, 2, 1]


def test_the_place_to_travel_to() -> None:
    """Three places by five criteria, composed (BOOK, chapter AHP)."""
    top: list[list[float]] = [[1, 1 / 2, 4, 3, 3], [2, 1, 7, 5, 5], [1 / 4, 1 / 7, 1, 1 / 2, 1 / 3], [1 / 3, 1 / 5, 2, 1, 1], [1 / 3, 1 / 5, 3, 1, 1]]  # fmt: skip  # noqa: E501
    below: list[list[list[float]]] = [
        [[1, 2, 5], [1 / 2, 1, 2], [1 / 5, 1 / 2, 1]],
        [[1, 1 / 3, 1 / 8], [3, 1, 1 / 3], [8, 3, 1]],
        [[1, 1, 3], [1, 1, 3], [1 / 3, 1 / 3, 1]],
        [[1, 3, 4], [1 / 3, 1, 1], [1 / 4, 1, 1]],
        [[1, 1, 1 / 4], [1, 1, 1 / 4], [4, 4, 1]],
    ]
    found = mcda.ahp(top)
    assert found.consistency_ratio == pytest.approx(0.01609027, abs=1e-7)
    scores = np.array([mcda.ahp(each).array for each in below]).T @ found.array
    assert scores == pytest.approx([0.2992545, 0.2453040, 0.4554415], abs=1e-7)


def test_grey_relation_of_five_offers() -> None:
    """Five offers by six criteria (JMCDM, grey)."""
    matrix = [
        [105000, 105, 10, 4, 300, 10], [120000, 110, 15, 4, 500, 8], [150000, 120, 12, 3, 550, 12],
        [115000, 105, 20, 4, 600, 9], [135000, 115, 15, 5, 400, 9],
    ]  # fmt: skip
    ways = ["min", "max", "min", "max", "max", "min"]
    found = mcda.rank(matrix, [0.05, 0.2, 0.1, 0.15, 0.1, 0.4], ways, "gra").score_array
    printed = [0.525, 0.7007142857, 0.5464285714, 0.5762820513, 0.650952381]
    assert found == pytest.approx(printed, abs=1e-9)


def test_operational_competitiveness_of_ten_computers() -> None:
    """Ten notebooks by nine criteria (JMCDM, ocra)."""
    matrix = [
        [8.0, 16, 1.5, 1.2, 4200, 5, 5, 314, 185], [8.0, 16, 1, 1.3, 4200, 5, 4, 360, 156],
        [10.1, 16, 2, 1.3, 4060, 5, 3, 503, 160], [10.1, 8, 1, 1.5, 5070, 2, 4, 525, 200],
        [10.0, 16, 2, 1.2, 6350, 5, 3, 560, 190], [10.1, 16, 1, 1.2, 5500, 2, 2, 521, 159],
        [10.1, 64, 2, 1.7, 5240, 5, 3, 770, 199], [7.0, 32, 1, 1.8, 3000, 3, 4, 364, 157],
        [10.1, 16, 1, 1.3, 3540, 5, 3, 510, 171], [9.7, 16, 2, 1.83, 7500, 6, 2, 550, 170],
    ]  # fmt: skip
    weights = [0.167, 0.039, 0.247, 0.247, 0.116, 0.02, 0.056, 0.027, 0.081]
    found = mcda.rank(matrix, weights, ["max"] * 7 + ["min"] * 2, "ocra").score_array
    printed = [0.14392094, 0.02410655, 0.27342012, 0.04297917, 0.31851954, 0.00248824, 0.59217152, 0.11390289, 0, 0.47874855]  # fmt: skip  # noqa: E501
    assert found == pytest.approx(printed, abs=1e-8)


def test_full_consistency_with_one_statement_more() -> None:
    """A further ratio that contradicts the others: the least chi bounds every deviation (HiGHS told nothing)."""
    phi, said = [1.0, 1.813084795351073, 2.0331563882499935, 2.1868870355118126, 2.7242359698152563], 4.505489329273
    ratios = np.full((5, 5), np.nan)
    ratios[0, 4] = said
    found = mcda.weigh(np.ones((2, 5)), "max", "fucom", ranks=[1, 2, 3, 4, 5], priorities=phi, ratios=ratios)
    pairs = [(k, k + 1, phi[k + 1]) for k in range(4)] + [(k, k + 2, phi[k + 1] * phi[k + 2]) for k in range(3)]
    pairs.append((0, 4, said))
    chi, w = float(found.step_arrays["DFC"]), found.array
    assert max(abs(w[i] / w[j] - r) for i, j, r in pairs) == pytest.approx(chi, abs=1e-6)

    def reached(chi: float) -> bool:
        rows = np.zeros((2 * len(pairs), 5))
        for k, (i, j, r) in enumerate(pairs):
            rows[2 * k, [i, j]], rows[2 * k + 1, [i, j]] = (1, -(r + chi)), (-1, r - chi)
        return bool(linprog(np.zeros(5), rows, np.zeros(len(rows)), [np.ones(5)], [1], (0.001, 1)).status == 0)

    assert reached(chi + 1e-4)
    assert not reached(chi - 1e-4)
