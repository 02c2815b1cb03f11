"""Cases of any size, as folders that a planner could have: what every verb needs, so that each can be asked.

Run: python -m benchmarks.cases TRACKS MEASURES FOLDER
"""

from __future__ import annotations

import csv
import random
import sys
from pathlib import Path
from typing import Any

FACTORS = tuple(f"f{i}" for i in range(6))
DIMENSIONS, STAGES, NEEDS = ("d0", "d1", "d2", "d3"), ("audition", "preliminary", "final"), 9
TYPES, LINKS, INDICATORS = 8, ("c0", "c1", "c2"), 4
RESOURCES = {"funds": (20, 120), "land": (1, 10), "talent": (2, 20), "sites": (1, 4)}
"""Cost of a measure at a track, from and to."""
SCARCITY = 0.1
"""Budgets, as a share of what all measures would take at all their places."""
Rows = list[tuple[Any, ...]]


def write_case(
    folder: Path, tracks: int, measures: int, share: float = 0.1, *, wide: bool = False, scarcity: float = SCARCITY
) -> Path:
    """Write a case and return its folder.

    Each measure serves a share of the tracks, two factors each: tracks x measures x share places in all. Two fifths of
    *wide* ones are of a type or of the city. Every measure takes funds, every third one each of the other resources.
    """
    rng = random.Random(0)
    ids, bought = [f"t{i}" for i in range(tracks)], [f"m{i}" for i in range(measures)]
    scope = dict(zip(bought, (("track",) * 3 + ("type", "city")) * measures, strict=False)) if wide else {}
    served = {m: ["*"] if share >= 1 else sorted(rng.sample(ids, max(1, round(share * tracks)))) for m in bought}
    effects: Rows = []
    for m in bought:
        for f, strength in zip(rng.sample(FACTORS, 2), (1.0, 0.5), strict=True):
            effects += [(m, t, f, round(strength * rng.uniform(0.1, 0.4), 3)) for t in served[m]]
    costs: Rows = []
    taken = dict.fromkeys(RESOURCES, 0.0)
    for at, m in enumerate(bought):
        places = {"type": TYPES, "city": 1}.get(scope.get(m, "track"), tracks if share >= 1 else len(served[m]))
        for number, (resource, (low, high)) in enumerate(RESOURCES.items()):
            if number == 0 or at % 3 == number - 1:
                cost = rng.randint(low, high) * max(1, tracks // (5 * places))
                costs.append((m, resource, cost))
                taken[resource] += cost * places
    tables: dict[str, Rows] = {
        "tracks": [
            ("track", "name_en", "name_zh", "type", "stage", "link"),
            *(
                (t, f"Track {i}", f"赛道{i}", f"k{i % TYPES}", STAGES[i % 3], LINKS[i % len(LINKS)])
                for i, t in enumerate(ids)
            ),
        ],
        "types": [("type", "name_en", "name_zh"), *((f"k{i}", f"Type {i}", f"类型{i}") for i in range(TYPES))],
        "factors": [
            ("factor", "name_en", "name_zh", "worst", "target", "weight", "link"),
            *(
                (f, f"Factor {i}", f"要素{i}", 0, 10, round(1 / len(FACTORS), 3), LINKS[i % 3])
                for i, f in enumerate(FACTORS)
            ),
        ],
        "scores": [("track", *FACTORS), *((t, *(round(rng.uniform(1, 9), 1) for _ in FACTORS)) for t in ids)],
        "resources": [
            ("resource", "name_en", "name_zh", "unit", "unit_zh", "budget"),
            ("funds", "Funds", "资金", "million CNY", "百万元", round(scarcity * taken["funds"])),
            ("land", "Land", "土地", "ha", "公顷", round(scarcity * taken["land"])),
            ("talent", "Talent", "人才", "posts", "个", round(scarcity * taken["talent"])),
            ("sites", "Test sites", "应用场景", "sites", "处", round(scarcity * taken["sites"])),
        ],
        "dimensions": [
            ("dimension", "name_en", "name_zh"),
            *((d, f"Dimension {i}", f"维度{i}") for i, d in enumerate(DIMENSIONS)),
        ],
        "stages": [
            ("stage", "name_en", "name_zh", "lag"),
            *((s, s.title(), z, 0) for s, z in zip(STAGES, ("海选", "初赛", "决赛"), strict=True)),
        ],
        "needs": [
            ("need", "stage", "name_en", "name_zh"),
            *((f"n{i}", STAGES[i % 3], f"Need {i}", f"需求{i}") for i in range(NEEDS)),
        ],
        "phases": [
            ("period", "budget", *STAGES),
            (2027, 0.4, 0.5, 0.6, 0.2),
            (2028, 0.35, 0.3, 0.6, 0.3),
            (2029, 0.25, 0.1, 0.5, 0.6),
        ],
        "chains": [
            ("link", "name_en", "name_zh", "chain", "chain_en", "chain_zh"),
            *((x, f"Link {i}", f"环节{i}", "link", "Links", "链") for i, x in enumerate(LINKS)),
        ],
        "measures": [
            ("measure", "name_en", "name_zh", "dimension", "stage", "need", "scope", "max_level", "link"),
            *(
                (
                    m,
                    f"Measure {i}",
                    f"措施{i}",
                    DIMENSIONS[i % 4],
                    STAGES[i % 3],
                    f"n{i % NEEDS}",
                    scope.get(m, "track"),
                )
                + (1, LINKS[i % 3])
                for i, m in enumerate(bought)
            ),
        ],
        "costs": [("measure", "resource", "cost"), *costs],
        "effects": [("measure", "track", "factor", "effect"), *effects],
        "rules": [
            ("rule", "kind", "over", "key", "of", "share"),
            ("no_type", "cap", "type", "k0", "funds", 0.5),
            ("no_dimension", "cap", "dimension", "d1", "funds", 0.6),
            ("some_closed", "floor", "type", "k1", "closed", 0.01),
        ],
        "indicators": [
            ("indicator", "name_en", "name_zh", "watch", "admit"),
            *((f"i{i}", f"Indicator {i}", f"指标{i}", 0.3, 0.6) for i in range(INDICATORS)),
        ],
        "candidates": [
            ("candidate", "name_en", "name_zh", "type", "stage", *(f"i{i}" for i in range(INDICATORS)), *FACTORS),
            *(
                (f"n{i}", f"New track {i}", f"新赛道{i}", f"k{i}", STAGES[i % 3])
                + tuple(round(rng.uniform(0.2, 0.9), 2) for _ in range(INDICATORS))
                + tuple(round(rng.uniform(1, 9), 1) for _ in FACTORS)
                for i in range(3)
            ),
        ],
        "panel": [
            ("track", "period", "output", "capital", "labour", "capital_share"),
            *(
                (t, year, round(30 + i % 17 + 2 * n + rng.random(), 2), round(60 + i % 11 + n, 2), 5 + i % 5 + n, 0.4)
                for i, t in enumerate(ids)
                for n, year in enumerate((2024, 2025, 2026))
            ),
        ],
        "scenarios": [
            ("scenario", "name_en", "name_zh", "table", "row", "column", "change"),
            ("lean", "A fifth less", "减少两成", "resources", "", "budget", "-20%"),
            ("half", "Half the effects", "效果减半", "effects", "", "effect", "x0.5"),
        ],
        "uncertain": [
            ("table", "row", "column", "low", "high"),
            ("effects", "", "effect", "-20%", "+10%"),
            ("costs", "", "cost", "-10%", "+20%"),
            ("resources", "funds", "budget", "-10%", "+5%"),
        ],
        "sources": [
            ("table", "row", "column", "kind", "note"),
            ("scores", "", "", "measured", "drawn"),
            ("effects", "", "", "judgement", "drawn"),
            *(("costs", m, "", "measured" if i % 2 else "assumption", "drawn") for i, m in enumerate(bought)),
        ],
        "judgements/factors": [
            ("factor", *FACTORS),
            *(
                (f, *((1, "1/2", 2)[(i - j) % 3] if i < j else 1 if i == j else "" for j in range(6)))
                for i, f in enumerate(FACTORS)
            ),
        ],
    }
    for name, rows in tables.items():
        file = folder / f"{name}.csv"
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("w", newline="", encoding="utf-8") as stream:
            csv.writer(stream, lineterminator="\n").writerows(rows)
    name = f"{tracks} x {measures}"
    (folder / "case.toml").write_text(f'name_en = "{name}"\nname_zh = "{name}"\nweights = "ahp"\n', "utf-8")
    return folder


def write_projects(folder: Path, projects: int = 1000, floors: int = 12) -> Path:
    """Write whole projects, each once or not at all at a track of its own, with one budget, and return the folder.

    Every kind of project has a floor on what is spent on it, all floors together less than half of the budget.
    """
    rng = random.Random(0)
    costs = [round(rng.uniform(1, 100), 1) for _ in range(projects)]
    budget = round(0.3 * sum(costs), 1)
    each = range(projects)
    tables: dict[str, Rows] = {
        "tracks": [
            ("track", "name_en", "name_zh", "type"),
            *((f"t{i}", f"Site {i}", f"地点{i}", f"y{i % floors}") for i in each),
        ],
        "types": [("type", "name_en", "name_zh"), *((f"y{k}", f"Kind {k}", f"类{k}") for k in range(floors))],
        "factors": [("factor", "name_en", "name_zh", "worst", "target"), ("votes", "Votes", "票数", 0, 1)],
        "scores": [("track", "votes"), *((f"t{i}", 0) for i in each)],
        "resources": [("resource", "name_en", "name_zh", "unit", "budget"), ("funds", "Funds", "资金", "k", budget)],
        "measures": [
            ("measure", "name_en", "name_zh", "scope", "kind", "max_level"),
            *((f"m{i}", f"Project {i}", f"项目{i}", "track", "binary", 1) for i in each),
        ],
        "costs": [("measure", "resource", "cost"), *((f"m{i}", "funds", cost) for i, cost in enumerate(costs))],
        "effects": [
            ("measure", "track", "factor", "effect"),
            *((f"m{i}", f"t{i}", "votes", round(rng.uniform(0, 1), 4)) for i in each),
        ],
        "rules": [
            ("rule", "kind", "over", "key", "of", "share"),
            *((f"fl{k}", "floor", "type", f"y{k}", "funds", round(0.02 + 0.003 * k, 3)) for k in range(floors)),
        ],
    }
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in tables.items():
        with (folder / f"{name}.csv").open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows(rows)
    return folder


if __name__ == "__main__":
    print(write_case(Path(sys.argv[3]), int(sys.argv[1]), int(sys.argv[2])))
