"""Worked cases of the younger ranking methods, as `published` has those of the older ones."""

from __future__ import annotations

from typing import Final

from tests.published.cases import Direction, RankingCase, Row, rows, ten

_COLLECTION = "A public collection of worked cases, read from the article."

# --- Weighted product and WASPAS ------------------------------------------------------------------

_WASPAS_2012 = (
    "Zavadskas, E. K., Turskis, Z., Antucheviciene, J. & Zakarevicius, A. (2012). Optimization of weighted "
    "aggregated sum product assessment. Elektronika ir Elektrotechnika 122(6), 3-6, Tables 1 and 2"
)
_FACADES: Final = rows(
    "0.8486 0.6364 0.7982 0.6707 0.1000 0.8534 0.6622 0.8618 0.1432 0.1585 1.0000 0.4531",
    "1.0000 1.0000 1.0000 0.7976 0.7000 0.9005 0.9324 0.6788 1.0000 0.6500 0.7270 0.7346",
    "0.6542 0.7000 0.9169 0.8951 0.6000 0.9791 0.6216 0.9479 0.1340 0.1585 0.9795 0.6728",
    "0.3694 0.4375 0.9407 1.0000 1.0000 1.0000 1.0000 1.0000 0.5478 1.0000 0.3754 1.0000",
)
_FACADE_WEIGHTS: Final = rows("0.0627 0.0508 0.1114 0.0874 0.0625 0.1183 0.0784 0.0984 0.0530 0.1417 0.0798 0.0557")[0]
_FACADE_NOTE = (
    "The matrix is printed normalised. Its fifth value, printed 1.0000, is 0.1000: only with this come the scores of "
    "the first alternative. The scores are printed to four digits from rounded parts; three are met."
)
_DRIVES = (
    "Chakraborty, S., Zavadskas, E. K. & Antucheviciene, J. (2015). Applications of WASPAS method as a multi-criteria "
    "decision-making tool. Economic Computation and Economic Cybernetics Studies and Research 49(1), 5-22, example 2"
)
_DRIVE_MATRIX: Final = rows(
    "581818 54.49 3 5500; 595454 49.73 3 4500; 586060 51.24 3 5000; 522727 45.71 3 5800; 561818 52.66 3 5200",
    "543030 74.46 4 5600; 522727 75.42 4 5800; 486970 62.62 4 5600; 509394 65.87 4 6400; 513333 70.67 4 6000",
)
_DRIVE_RANKS = (6, 10, 8, 1, 5, 9, 7, 3, 2, 4)


def _drives(
    method: str, options: dict[str, float], scores: Row, note: str = "", excused: tuple[int, ...] = ()
) -> RankingCase:
    return RankingCase(
        f"machines, {method} {options}",
        f"{_DRIVES}.",
        method,
        _DRIVE_MATRIX,
        (0.467, 0.160, 0.095, 0.278),
        ("min", "min", "min", "max"),
        {"normalisation": "ratio", **options},
        scores,
        4,
        ranks=_DRIVE_RANKS,
        excused=excused,
        confirmed="Tests of scikit-criteria.",
        note=note,
    )


def _facades(method: str, options: dict[str, float], scores: Row) -> RankingCase:
    return RankingCase(
        f"facades, {method} {options}",
        f"{_WASPAS_2012}.",
        method,
        _FACADES,
        _FACADE_WEIGHTS,
        ("max",) * 12,
        {"normalisation": "ratio", **options},
        scores,
        3,
        confirmed=_COLLECTION,
        note=_FACADE_NOTE,
    )


WPM: Final = (
    _drives(
        "wpm",
        {},
        (0.8578, 0.8144, 0.8408, 0.9413, 0.8632, 0.8241, 0.8454, 0.8915, 0.8987, 0.8697),
        "Printed as WASPAS with lambda = 0.",
    ),
    _facades("wpm", {}, (0.4912, 0.8173, 0.5873, 0.8015)),
)
WASPAS: Final = (
    _drives(
        "waspas",
        {"lam": 0.2},
        (0.8581, 0.8154, 0.8412, 0.9415, 0.8634, 0.8256, 0.8474, 0.8929, 0.9003, 0.8714),
    ),
    _drives(
        "waspas",
        {"lam": 0.5},
        (0.8584, 0.8169, 0.8419, 0.9417, 0.8638, 0.8278, 0.8503, 0.8949, 0.9027, 0.8740),
        "The fifth score, 0.86386, is printed as the middle of the rounded 0.8632 and 0.8645.",
        (4,),
    ),
    _drives(
        "waspas",
        {"lam": 1.0},
        (0.8590, 0.8194, 0.8430, 0.9420, 0.8645, 0.8315, 0.8552, 0.8983, 0.9067, 0.8784),
        "The second score, 0.81945, is cut off.",
        (1,),
    ),
    _facades("waspas", {"lam": 0.5}, (0.5516, 0.8233, 0.6423, 0.8268)),
)

# --- MOORA and MULTIMOORA -------------------------------------------------------------------------

_PROJECTS = (
    "Brauers, W. K. M. & Zavadskas, E. K. (2010). Project management by MULTIMOORA as an instrument for transition "
    "economies. Technological and Economic Development of Economy 16(1), 5-24, Tables 1 to 3"
)
_PROJECT_MATRIX: Final = rows(
    "1 14 9 200 600 20 20 3.5 2.5; 1.6 16 7 150 800 13.5 25 4 1.5; 2 17 5 80 1200 10 30 3.8 1.25"
)
_PROJECT_DIRECTIONS: Final[tuple[Direction, ...]] = ("max", "max", "min", "max", "max", "max", "min", "max", "max")
_UNWEIGHTED = (
    "The article has no weights: its sums are {n} times, its products the {n}th power of those by shares 1/{n}."
)

MOORA: Final = (
    RankingCase(
        "three projects",
        f"{_PROJECTS}.",
        "moora",
        _PROJECT_MATRIX,
        (1.0,) * 9,
        _PROJECT_DIRECTIONS,
        {},
        (2.935, 2.723, 2.698),
        3,
        ranks=(1, 2, 3),
        times=9,
        confirmed=_COLLECTION,
        note=_UNWEIGHTED.format(n=9),
    ),
    RankingCase(
        "scholarships",
        "Siregar, V. M. M., Tampubolon, M. R., Parapat, E. P. S., Malau, E. I. & Hutagalung, D. S. (2021). Decision "
        "support system for selection technique using MOORA method. IOP Conference Series: Materials Science and "
        "Engineering 1088, 012022.",
        "moora",
        rows(
            "1.5 3 5 3.3; 2 7 5 3.35; 3 1 5 3.07; 2.2 4 5 3.5; 2 5 3 3.09; 3.2 2 3 3.48; 2.775 3 5 3.27",
        ),
        (0.3, 0.2, 0.1, 0.4),
        ("min", "max", "max", "max"),
        {},
        (0.1801, 0.2345, 0.0625, 0.1757, 0.1683, 0.0742, 0.1197),
        4,
        confirmed="Tests of pymcdm.",
    ),
)
MULTIMOORA: Final = (
    RankingCase(
        "three projects",
        f"{_PROJECTS}.",
        "multimoora",
        _PROJECT_MATRIX,
        (1.0,) * 9,
        _PROJECT_DIRECTIONS,
        {},
        (1, 2, 3),
        parts={"rank y": (1, 2, 3), "rank z": (2, 1, 3), "rank U": (1, 2, 3)},
        ranks=(1, 2, 3),
        confirmed=_COLLECTION,
        note=_UNWEIGHTED.format(n=9),
    ),
    RankingCase(
        "heating losses",
        "Kracka, M., Brauers, W. K. M. & Zavadskas, E. K. (2010). Ranking heating losses in a building by applying the "
        "MULTIMOORA. Inzinerine Ekonomika - Engineering Economics 21(4), 352-359.",
        "multimoora",
        rows(
            "33.95 23.78 11.45 39.97 29.44 167.10 3.852; 38.9 4.17 6.32 0.01 4.29 132.52 25.184",
            "37.59 9.36 8.23 4.35 10.22 136.71 10.845; 30.44 37.59 13.91 74.08 45.10 198.34 2.186",
            "36.21 14.79 9.17 17.77 17.06 148.3 6.610; 37.8 8.55 7.97 2.35 9.25 134.83 11.935",
        ),
        (1.0,) * 7,
        ("min", "min", "min", "min", "max", "min", "max"),
        {},
        (5, 1, 3, 6, 4, 2),
        parts={"rank y": (5, 1, 3, 6, 4, 2), "rank z": (4, 5, 1, 6, 2, 3), "rank U": (5, 1, 3, 6, 4, 2)},
        ranks=(5, 1, 3, 6, 4, 2),
        confirmed="Tests of scikit-criteria.",
        note=_UNWEIGHTED.format(n=7) + " The second list differs from the other two, and is outvoted.",
    ),
    RankingCase(
        "candidates",
        "Karabasevic, D., Stanujkic, D., Urosevic, S. & Maksimovic, M. (2015). Selection of candidates in the mining "
        "industry based on the application of the SWARA and the MULTIMOORA methods. Acta Montanistica Slovaca 20(2).",
        "multimoora",
        rows("4 3 3 4 3 2 4; 3 3 4 3 5 4 4; 5 4 4 5 5 5 4"),
        (0.215, 0.215, 0.159, 0.133, 0.102, 0.102, 0.073),
        ("max",) * 7,
        {},
        (3, 2, 1),
        parts={"rank z": (2, 3, 1)},
        ranks=(3, 2, 1),
        confirmed="Tests of pyrepo-mcda.",
        note="The printed weights sum to 0.999.",
    ),
)

# --- COPRAS ---------------------------------------------------------------------------------------

_GOSWAMI = (
    "Goswami, S. & Mitra, S. (2020). Selecting the best mobile model by applying AHP-COPRAS and AHP-ARAS decision "
    "making methodology. International Journal of Data and Network Science 4(1), 27-42"
)
_MOBILES: Final = rows(
    "80 16 2 5; 110 32 2 9; 130 64 4 9; 185 64 4 1; 135 64 3 4; 140 32 3 5; 185 64 6 7; 110 16 3 3",
    "120 16 4 3; 340 128 6 5",
)
_MOBILE_WEIGHTS = (0.60338, 0.13639, 0.19567, 0.06456)
_MOBILE_DIRECTIONS: Final[tuple[Direction, ...]] = ("min", "max", "max", "max")

COPRAS: Final = (
    RankingCase(
        "mobile phones",
        f"{_GOSWAMI}.",
        "copras",
        _MOBILES,
        _MOBILE_WEIGHTS,
        _MOBILE_DIRECTIONS,
        {},
        (1, 0.85262, 0.91930, 0.68523, 0.80515, 0.72587, 0.83436, 0.79758, 0.79097, 0.79533),
        5,
        confirmed="Tests of pyrepo-mcda.",
    ),
    RankingCase(
        "research assistants",
        "Uysal, O. & Inan, T. (2022). Performance evaluation of research assistants by COPRAS method. International "
        "Journal of Social Science and Economic Research.",
        "copras",
        rows(
            "3.57 4.00 4.00 83.75 3 9 1; 3.07 3.95 4.00 83.00 3 1 3; 3.23 3.54 3.46 66.00 4 0 2",
            "3.42 3.96 4.00 70.00 5 5 7; 2.56 3.37 3.79 82.00 4 4 5",
        ),
        (1.0,) * 7,
        ("max", "max", "max", "max", "min", "max", "max"),
        {},
        (100.0, 78.8501, 63.3837, 98.6506, 86.8878),
        4,
        ranks=(1, 4, 5, 2, 3),
        times=100,
        confirmed="Tests of scikit-criteria.",
        note="Printed in per cent. A benefit of 0 is in order.",
    ),
    RankingCase(
        "stability, variant II",
        "Podvezko, V. (2011). The comparative analysis of MCDA methods SAW and COPRAS. Inzinerine Ekonomika - "
        "Engineering Economics 22(2), 134-146, Tables 7 and 8.",
        "copras",
        rows("42 19 13 110; 71 18 11 200; 53 20 12 149"),
        (0.26, 0.23, 0.24, 0.27),
        ("max", "max", "min", "min"),
        {},
        digits=3,
        parts={"S+": (0.142, 0.184, 0.164), "S-": (0.151, 0.191, 0.168), "Q": (0.332, 0.334, 0.335)},
        ranks=(3, 2, 1),
        confirmed=_COLLECTION,
        note="Variant I of the table is misprinted: its sums need 220 where 215 stands.",
    ),
    *ten(
        "copras",
        {},
        "Ranks only.",
        (
            (1, 3, 6, 10, 7, 8, 2, 4, 5, 9),
            (1, 3, 6, 10, 7, 8, 2, 4, 5, 9),
            (1, 2, 6, 10, 7, 8, 3, 4, 5, 9),
            (1, 2, 7, 10, 6, 8, 3, 4, 5, 9),
            (1, 2, 7, 10, 6, 8, 3, 4, 5, 9),
            (1, 2, 6, 10, 7, 8, 3, 4, 5, 9),
            (2, 1, 7, 10, 6, 8, 3, 4, 5, 9),
        ),
    ),
)

# --- ARAS -----------------------------------------------------------------------------------------

_OFFICES: Final = rows(
    "7.6 46 18 390 0.1 11; 5.5 32 21 360 0.05 11; 5.3 32 21 290 0.05 11; 5.7 37 19 270 0.05 9",
    "4.2 38 19 240 0.1 8; 4.4 38 19 260 0.1 8; 3.9 42 16 270 0.1 5; 7.9 44 20 400 0.05 6",
    "8.1 44 20 380 0.05 6; 4.5 46 18 320 0.1 7; 5.7 48 20 320 0.05 11; 5.2 48 20 310 0.05 11",
    "7.1 49 19 280 0.1 12; 6.9 50 16 250 0.05 10",
)
_OFFICE_WEIGHTS = (0.21, 0.16, 0.26, 0.17, 0.12, 0.08)
_OFFICE_DIRECTIONS: Final[tuple[Direction, ...]] = ("max", "max", "max", "max", "min", "min")

ARAS: Final = (
    RankingCase(
        "office rooms",
        "Zavadskas, E. K. & Turskis, Z. (2010). A new additive ratio assessment (ARAS) method in multicriteria "
        "decision-making. Technological and Economic Development of Economy 16(2), 159-172, Tables 1 to 3.",
        "aras",
        _OFFICES,
        _OFFICE_WEIGHTS,
        _OFFICE_DIRECTIONS,
        {"optimum": (15, 50, 24.5, 400, 0.05, 5)},
        rows("0.6707 0.6564 0.6269 0.6315 0.5464 0.5580 0.5659 0.7727 0.7734 0.6004 0.6773 0.6628 0.6334 0.6511")[0],
        4,
        excused=(0, 6, 7, 9, 10),
        confirmed=_COLLECTION,
        note="The optimum is a standard, not the best of the matrix. Table 2 prints the illumination of room 8 as that "
        "of room 1 (0.0825 for 0.0846); with the right value room 8 has 0.7762 and goes before room 9. The other four "
        "are off by one in the last digit, from rounded parts.",
    ),
    RankingCase(
        "mobile phones",
        f"{_GOSWAMI}.",
        "aras",
        _MOBILES,
        _MOBILE_WEIGHTS,
        _MOBILE_DIRECTIONS,
        {},
        (0.68915, 0.58525, 0.62793, 0.46666, 0.54924, 0.49801, 0.56959, 0.54950, 0.54505, 0.53549),
        5,
        confirmed="Tests of pyrepo-mcda.",
    ),
    RankingCase(
        "candidates",
        "Stanujkic, D., Djordjevic, B. & Karabasevic, D. (2015). Selection of candidates in the process of recruitment "
        "and selection of personnel based on the SWARA and ARAS methods. Quaestus 7, 53-64.",
        "aras",
        rows(
            "4.64 3.00 3.00 3.00 2.88 3.63; 4.00 4.00 4.64 3.56 3.63 5.00",
            "3.30 4.31 3.30 4.00 3.30 4.00; 2.62 5.00 4.22 4.31 5.00 5.00",
        ),
        (0.28, 0.25, 0.19, 0.15, 0.08, 0.04),
        ("max",) * 6,
        {},
        (0.74, 0.86, 0.78, 0.86),
        2,
        confirmed="Tests of pymcdm.",
    ),
)

# --- CODAS ----------------------------------------------------------------------------------------

_CODAS_2016 = (
    "Keshavarz Ghorabaee, M., Zavadskas, E. K., Turskis, Z. & Antucheviciene, J. (2016). A new combinative "
    "distance-based assessment (CODAS) method for multi-criteria decision-making. Economic Computation and Economic "
    "Cybernetics Studies and Research 50(3), 25-44"
)
_ROBOTS: Final = rows(
    "60 0.4 2540 500 990; 6.35 0.15 1016 3000 1041; 6.8 0.1 1727.2 1500 1676; 10 0.2 1000 2000 965",
    "2.5 0.1 560 500 915; 4.5 0.08 1016 350 508; 3 0.1 1778 1000 920",
)
_ROBOT_WEIGHTS = (0.036, 0.192, 0.326, 0.326, 0.120)
_ROBOT_DIRECTIONS: Final[tuple[Direction, ...]] = ("max", "min", "max", "max", "max")

CODAS: Final = (
    RankingCase(
        "industrial robots",
        f"{_CODAS_2016}, Tables 1 to 4.",
        "codas",
        _ROBOTS,
        _ROBOT_WEIGHTS,
        _ROBOT_DIRECTIONS,
        {"normalisation": "ratio", "tau": 0.02},
        (0.5122, 1.4633, 1.0715, -0.2125, -1.8515, -1.1717, 0.1887),
        4,
        {
            "E": (0.2593, 0.3032, 0.2415, 0.1947, 0.1199, 0.1644, 0.2087),
            "T": (0.3394, 0.4510, 0.4762, 0.3114, 0.1606, 0.2133, 0.3720),
        },
        (3, 1, 2, 5, 7, 6, 4),
        confirmed=_COLLECTION,
        note="The text takes the taxicab distance where the Euclidean ones are close, equation 10 where they are not; "
        "the printed numbers follow the equation. The heads of two columns of Table 1 are exchanged.",
    ),
    RankingCase(
        "office rooms",
        f"{_CODAS_2016}, Tables 5 to 8.",
        "codas",
        _OFFICES,
        _OFFICE_WEIGHTS,
        _OFFICE_DIRECTIONS,
        {"normalisation": "ratio", "tau": 0.02},
        rows("0.768 0.363 -0.105 -0.329 -2.384 -2.207 -2.043 2.929 2.890 -1.282 0.568 0.313 0.157 0.364")[0],
        3,
        ranks=(3, 6, 9, 10, 14, 13, 12, 1, 2, 11, 4, 7, 8, 5),
        confirmed="Tests of scikit-criteria, and a public collection of worked cases.",
    ),
    RankingCase(
        "desalination plant",
        "Badi, I., Ballem, M. & Shetwan, A. (2018). Site selection of desalination plant in Libya by using combinative "
        "distance-based assessment (CODAS) method. International Journal for Quality Research 12(3), 609-624.",
        "codas",
        rows("8 8 10 9 5; 8 9 9 9 8; 9 9 7 8 6; 8 8 7 8 9; 9 8 7 7 4"),
        (0.19, 0.26, 0.24, 0.17, 0.14),
        ("min", "max", "max", "max", "min"),
        {"normalisation": "ratio", "tau": 0.02},
        (0.4463, 0.1658, -0.2544, -0.4618, 0.1041),
        4,
        ranks=(1, 2, 4, 5, 3),
        confirmed="Tests of pyrepo-mcda.",
    ),
)

# --- MABAC, MARCOS, MAIRCA ------------------------------------------------------------------------

MABAC: Final = (
    RankingCase(
        "forklifts",
        "Pamucar, D. & Cirovic, G. (2015). The selection of transport and handling resources in logistics centers "
        "using Multi-Attributive Border Approximation area Comparison (MABAC). Expert Systems with Applications 42(6), "
        "3016-3028.",
        "mabac",
        rows(
            "22600 3800 2 5 1.06 3.00 3.5 2.8 24.5 6.5; 19500 4200 3 2 0.95 3.00 3.4 2.2 24 7.0",
            "21700 4000 1 3 1.25 3.20 3.3 2.5 24.5 7.3; 20600 3800 2 5 1.05 3.25 3.2 2.0 22.5 11.0",
            "22500 3800 4 3 1.35 3.20 3.7 2.1 23 6.3; 23250 4210 3 5 1.45 3.60 3.5 2.8 23.5 7.0",
            "20300 3850 2 5 0.90 3.25 3.0 2.6 21.5 6.0",
        ),
        (0.146, 0.144, 0.119, 0.121, 0.115, 0.101, 0.088, 0.068, 0.050, 0.048),
        ("min", "max", "max", "max", "min", "min", "max", "max", "max", "max"),
        {"normalisation": "minmax"},
        (0.0826, 0.2183, -0.0488, 0.0246, -0.0704, 0.0465, 0.0464),
        4,
        ranks=(2, 1, 6, 5, 7, 3, 4),
        confirmed="Tests of pymcdm and of scikit-criteria.",
    ),
    RankingCase(
        "hybrid vehicles",
        "Biswas, T. K. & Das, M. C. (2018). Selection of hybrid vehicle for green environment using multi-attributive "
        "border approximation area comparison method. Management Science Letters 8, 121-130, Tables 2 to 7.",
        "mabac",
        rows(
            "39 13.5 3.1 100 24; 48 11 4.5 103 29.6; 36 10.6 4.3 49.1 20.295; 30 17.8 5.1 100 50; 42 11.9 3.5 86 31",
            "40 17.2 3.6 101 26; 56 11.9 2.8 96 25; 44 11.9 3.3 94 31.12; 46 13 3.2 95 28.756",
        ),
        (0.1406, 0.1671, 0.183, 0.1751, 0.3342),
        ("max", "max", "min", "max", "min"),
        {"normalisation": "minmax"},
        rows(
            "0.157778583 -0.01622203 -0.14489751 -0.24274166 -0.0191927 0.190021847 0.212200519 0.032174523 0.106320697"
        )[0],
        6,
        {"G": (0.203764, 0.221142, 0.287306, 0.307462, 0.555522)},
        (3, 6, 8, 9, 7, 2, 1, 5, 4),
        confirmed=_COLLECTION,
        note="Weights read off the weighted matrix where the normalised value is 0.",
    ),
)
MARCOS: Final = (
    RankingCase(
        "suppliers in healthcare",
        "Stevic, Z., Pamucar, D., Puska, A. & Chatterjee, P. (2020). Sustainable supplier selection in healthcare "
        "industries using a new MCDM method: measurement of alternatives and ranking according to compromise solution "
        "(MARCOS). Computers & Industrial Engineering 140, 106231.",
        "marcos",
        rows(
            "6.257 4.217 4.217 6.257 3.000 4.217 5.000 3.557 3.557 3.557 3.000 5.000 4.718 3.557 3.557 2.080 3.557 "
            "3.000 4.718 3.557 2.080",
            "4.217 6.804 7.000 5.000 7.000 6.804 5.593 5.593 6.804 7.000 5.000 7.612 5.593 6.257 5.000 7.000 5.593 "
            "5.593 6.804 5.593 5.593",
            "4.718 5.593 6.257 5.000 4.718 5.000 5.593 4.718 5.593 5.000 3.557 6.257 5.000 4.718 4.718 5.000 3.557 "
            "5.593 5.593 3.557 4.217",
            "5.000 6.804 5.000 3.000 5.000 6.257 7.612 3.557 5.000 6.257 6.257 5.593 6.257 5.000 5.593 7.000 5.000 "
            "6.257 5.000 3.557 4.217",
            "3.557 5.593 6.804 3.000 5.000 7.000 5.593 5.000 6.257 7.000 5.593 7.612 6.257 6.257 5.000 6.257 5.593 "
            "7.000 5.000 4.718 5.000",
            "6.257 3.000 4.217 5.000 3.557 3.000 4.217 3.000 4.217 3.000 2.466 3.000 4.217 3.557 5.000 3.000 4.217 "
            "3.557 2.080 5.000 3.000",
            "4.217 5.000 6.257 5.593 3.557 5.593 4.217 5.593 5.000 6.257 3.557 5.000 6.257 5.593 5.593 7.000 6.257 "
            "5.000 6.257 5.593 5.000",
            "7.612 1.442 3.000 9.000 2.080 3.000 1.442 2.080 1.442 3.000 1.000 1.442 2.080 3.000 3.000 1.000 1.442 "
            "1.442 3.000 2.080 1.000",
        ),
        rows(
            "0.127 0.159 0.060 0.075 0.043 0.051 0.075 0.061 0.053 0.020 0.039 0.022 0.017 0.027 0.022 0.039 0.017 "
            "0.035 0.015 0.024 0.016"
        )[0],
        ("min", "max", "max", "min", *("max",) * 17),
        {"normalisation": "ratio"},
        (0.524, 0.846, 0.703, 0.796, 0.843, 0.499, 0.722, 0.291),
        3,
        confirmed="Tests of pyrepo-mcda.",
        note="The printed weights sum to 0.997, which does not matter: the score is a ratio.",
    ),
    RankingCase(
        "stackers",
        "Ulutas, A., Karabasevic, D., Popovic, G., Stanujkic, D., Nguyen, P. T. & Karakoy, C. (2020). Development of a "
        "novel integrated CCSD-ITARA-MARCOS decision-making approach for stackers selection in a logistics system. "
        "Mathematics 8(10), 1672.",
        "marcos",
        rows(
            "660 1000 1600 18 1200; 800 1000 1600 24 900; 980 1000 2500 24 900; 920 1500 1600 24 900",
            "1380 1500 1500 24 1150; 1230 1000 1600 24 1150; 680 1500 1600 18 1100; 960 2000 1600 12 1150",
        ),
        (0.1061, 0.3476, 0.3330, 0.1185, 0.0949),
        ("min", "max", "max", "max", "max"),
        {"normalisation": "ratio"},
        (0.5649, 0.5543, 0.6410, 0.6174, 0.6016, 0.5453, 0.6282, 0.6543),
        4,
        confirmed="Tests of pymcdm.",
    ),
)
MAIRCA: Final = (
    RankingCase(
        "mergers and acquisitions",
        "Aksoy, E. (2021). An analysis on Turkey's merger and acquisition activities: MAIRCA method. Gumushane "
        "Universitesi Sosyal Bilimler Enstitusu Elektronik Dergisi 12(1), 1-11.",
        "mairca",
        rows("70 245 16.4 19; 52 246 7.3 22; 53 295 10.3 25; 63 256 12 8; 64 233 5.3 17"),
        (0.04744, 0.02464, 0.51357, 0.41435),
        ("max",) * 4,
        {"normalisation": "minmax"},
        (0.0332, 0.1122, 0.0654, 0.1304, 0.1498),
        4,
        confirmed="Tests of pymcdm.",
    ),
)

# --- CoCoSo, SPOTIS -------------------------------------------------------------------------------

COCOSO: Final = (
    RankingCase(
        "logistics providers",
        "Yazdani, M., Zarate, P., Zavadskas, E. K. & Turskis, Z. (2019). A combined compromise solution (CoCoSo) "
        "method for multi-criteria decision-making problems. Management Decision 57(9), 2501-2519, Tables I to VI.",
        "cocoso",
        _ROBOTS,
        _ROBOT_WEIGHTS,
        _ROBOT_DIRECTIONS,
        {"normalisation": "minmax", "lam": 0.5},
        (2.041, 2.788, 2.882, 2.416, 1.3, 1.443, 2.52),
        3,
        {
            "S": (0.430, 0.608, 0.636, 0.447, 0.240, 0.268, 0.503),
            "ka": (0.131, 0.175, 0.18, 0.163, 0.088, 0.097, 0.165),
            "kb": (3.245, 4.473, 4.640, 3.721, 2.0, 2.225, 3.951),
            "kc": (0.724, 0.973, 1.0, 0.906, 0.487, 0.54, 0.915),
        },
        (5, 2, 1, 4, 7, 6, 3),
        excused=(4, 6),
        confirmed=f"{_COLLECTION} Also tests of pymcdm and of pyrepo-mcda.",
        note="The robots of CODAS under another name. 1.2987 and 2.5191 are printed 1.3 and 2.52, to fewer digits; "
        "Table II is a sum normalisation that the method does not use.",
    ),
)
_DEZERT = (
    "Dezert, J., Tchamova, A., Han, D. & Tacnet, J.-M. (2020). The SPOTIS rank reversal free method for multi-criteria "
    "decision-making support. 23rd International Conference on Information Fusion, 1-8"
)
SPOTIS: Final = (
    RankingCase(
        "four alternatives",
        f"{_DEZERT}, example 1.",
        "spotis",
        rows("10.5 -3.1 1.7; -4.7 0 3.4; 8.1 0.3 1.3; 3.2 7.3 -5.3"),
        (0.2, 0.3, 0.5),
        ("max", "min", "max"),
        {"bounds": ((-5, 12), (-6, 10), (-8, 5))},
        (0.1989, 0.3707, 0.3063, 0.7491),
        4,
        ranks=(1, 3, 2, 4),
        excused=(1,),
        confirmed="Tests of pymcdm and of scikit-criteria.",
        note="The second score is 0.2 (16.7/17) + 0.3 (6/16) + 0.5 (1.6/13) = 0.3705; 0.3707 is printed.",
    ),
    RankingCase(
        "cars",
        f"{_DEZERT}, example 2.",
        "spotis",
        rows(
            "15000 4.3 99 42 737; 15290 5.0 116 42 892; 15350 5.0 114 45 952; 15490 5.3 123 45 1120",
        ),
        (5, 4, 4, 1, 3),
        ("min", "min", "min", "max", "max"),
        {"bounds": ((14000, 16000), (3, 8), (80, 140), (35, 60), (650, 1300))},
        (0.4779, 0.5781, 0.5558, 0.5801),
        4,
        ranks=(1, 3, 2, 4),
        confirmed="Tests of scikit-criteria, of pyrepo-mcda and of JMcDM.",
        note="Weights as given, to be divided by their sum.",
    ),
)

# --- Outranking -----------------------------------------------------------------------------------

_POWER = (
    "Brans, J. P., Vincke, P. & Mareschal, B. (1986). How to select and how to rank projects: The PROMETHEE method. "
    "European Journal of Operational Research 24(2), 228-238"
)
_PLANTS: Final = rows(
    "80 90 600 5.4 8 5; 65 58 200 9.7 1 1; 83 60 400 7.2 4 7",
    "40 80 1000 7.5 7 10; 52 72 600 2.0 3 8; 94 96 700 3.6 5 6",
)
_PLANT_DIRECTIONS: Final[tuple[Direction, ...]] = ("min", "max", "min", "min", "min", "max")
_PLANT_OPTIONS: Final = {
    "preference": ("u_shape", "v_shape", "linear", "level", "usual", "gaussian"),
    "q": (10, None, 50, 1, None, None),
    "p": (None, 30, 500, 6, None, None),
    "s": (None, None, None, None, None, 5),
}
PLANT_PREFERENCES: Final = rows(
    "0 .296 .250 .268 .100 .185; .462 0 .389 .333 .296 .500; .236 .180 0 .333 .056 .429",
    ".399 .505 .305 0 .223 .212; .444 .515 .487 .380 0 .448; .286 .399 .250 .432 .133 0",
)
"""Preference index of the row over the column; some figures are cut off, or come from rounded ones."""

PROMETHEE: Final = (
    RankingCase(
        "power plants",
        f"{_POWER}, the example of six plants.",
        "promethee_ii",
        _PLANTS,
        (1,) * 6,
        _PLANT_DIRECTIONS,
        _PLANT_OPTIONS,
        (-0.15, 0.02, -0.09, -0.02, 0.29, -0.05),
        2,
        {"phi+": (0.22, 0.40, 0.25, 0.33, 0.45, 0.30), "phi-": (0.37, 0.38, 0.34, 0.35, 0.16, 0.35)},
        (6, 2, 5, 3, 1, 4),
        confirmed="The sums of the printed preference indices.",
        note="Flows are divided by the number of other plants, as later by the authors; the article prints the sums.",
    ),
    RankingCase(
        "power plants, partial",
        f"{_POWER}, the example of six plants.",
        "promethee_i",
        _PLANTS,
        (1,) * 6,
        _PLANT_DIRECTIONS,
        _PLANT_OPTIONS,
        digits=2,
        parts={"above": (4, 1, 1, 1, 0, 2)},
        ranks=(6, 2, 2, 2, 1, 5),
        confirmed="The sums of the printed preference indices.",
        note="The article draws the partial order; the plants preferred to each are counted in it.",
    ),
)
_PROJECTS_1999 = (
    "Buchanan, J., Sheppard, P. & Vanderpooten, D. (1999). Project ranking using ELECTRE III. Research report 1999-01, "
    "Department of Management Systems, University of Waikato"
)
ELECTRE: Final = (
    RankingCase(
        "projects",
        f"{_PROJECTS_1999}.",
        "electre_iii",
        rows("-14 90 0 40 100; 129 100 0 0 0; -10 50 0 10 100; 44 90 0 5 20; -14 100 0 20 40"),
        (1,) * 5,
        ("max",) * 5,
        {"q": (25, 16, 0, 12, 10), "p": (50, 24, 1, 24, 30), "v": (100, 60, 2, 48, 90)},
        digits=2,
        parts={
            "S": rows(
                "1 0 1 .8 1; 0 1 0 .9 .67; .6 0 1 .6 .8; .25 .8 .67 1 .85; .67 0 .8 .8 1",
            ),
            "descending": (1, 2, 3, 3, 3),
            "ascending": (1, 1, 3, 2, 3),
        },
        ranks=(1, 2, 4, 3, 4),
        confirmed="Tests of two public implementations, which give the data and the credibilities.",
        note="A copy of the data has the threshold p = 20 for the fifth criterion; all printed credibilities take 30.",
    ),
    RankingCase(
        "three alternatives, two profiles",
        "Mousseau, V., Slowinski, R. & Zielniewicz, P. (1999). ELECTRE TRI 2.0a: Methodological guide and user's "
        "manual. Document du LAMSADE 111, Tables 1, 2 and 9.",
        "electre_tri",
        rows("75 67 85 82 90; 28 35 70 90 95; 45 60 55 68 60"),
        (1,) * 5,
        ("max",) * 5,
        {"profiles": rows("50 70; 48 75; 55 80; 55 75; 60 85"), "q": 5, "p": 10, "v": 30},
        (3, 1, 2),
        4,
        {
            "S": rows("1 .88; .6 0; 1 .0023"),
            "S'": rows("0 0 .6; .92 .6 1"),
            "pessimistic": (3, 1, 2),
            "optimistic": (3, 3, 2),
        },
        (1, 3, 2),
        confirmed="A public implementation, which gives the data and the credibilities.",
        note="Its cut is not the manual's; from a cut above 0.6 to 0.88 the categories are the same.",
    ),
)

METHODS: Final = (
    *WPM,
    *WASPAS,
    *MOORA,
    *MULTIMOORA,
    *COPRAS,
    *ARAS,
    *CODAS,
    *MABAC,
    *MARCOS,
    *MAIRCA,
    *COCOSO,
    *SPOTIS,
    *PROMETHEE,
    *ELECTRE,
)
