"""Write the Shanghai case from the paper's tables and a few stated rules.

    python scripts/build_shanghai.py [FOLDER]      (default: data/shanghai)

The paper gives ticks and measures, no costs, effects or budgets. Everything else comes from the rules below, which
data/shanghai/README.md states in words; a test holds that the committed tables are what this script writes.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
PAPER = ROOT / "data" / "shanghai" / "paper"
Rows = list[dict[str, str]]

FACTORS: dict[str, tuple[str, str, str]] = {
    # factor: weight of the scheme `direct`, and what it stands for in either language
    "factor_conditions": ("0.20", "Funds, talent, land, data, technology", "生产要素：资金、人才、土地、数据、技术"),
    "demand_conditions": ("0.20", "Market size and first users", "需求条件：市场规模与首批用户"),
    "industrial_synergy": ("0.20", "Suppliers and related industries", "产业协同：上下游与关联产业"),
    "market_competition": ("0.20", "Firms, their structure and rivalry", "市场竞争：企业结构与竞争"),
    "policy_orientation": ("0.10", "Government", "政策导向"),
    "development_environment": ("0.10", "Chance and surroundings", "发展环境"),
}

# Rule 1. The four key factors of the diamond weigh two to four times as much as the two environmental ones; among
# the key factors, factor and demand conditions come slightly first. On Saaty's scale, both halves written out.
JUDGEMENTS = (
    ("1", "1", "2", "1", "3", "4"),
    ("1", "1", "1", "2", "3", "3"),
    ("1/2", "1", "1", "1", "2", "3"),
    ("1", "1/2", "1", "1", "3", "4"),
    ("1/3", "1/3", "1/2", "1/3", "1", "2"),
    ("1/4", "1/3", "1/3", "1/4", "1/2", "1"),
)

# Rule 2. Scope: one level for the whole city where the measure is an institution or a rule that nobody can be kept
# out of; one per type where it is run for a family of tracks; else one per track.
CITY = {"I04", "I08", "I10", "I11", "M03", "M05", "M06", "E03", "E09", "S02", "S06", "S08", "S13"}
TYPE = {"I05", "I07", "M01", "M07", "E02", "E05", "S04", "S10"}

# Rule 3. Cost of one unit of level (the measure in full, once) at a track; three times that for a type, eight times
# for the city. The resource that the measure draws on first is charged in full, a second one half, a third a quarter.
# A large measure costs twice as much of everything, a small one half.
UNIT_COST = {"funds": 60.0, "land": 10.0, "talent": 40.0, "scenarios": 4.0}
REACH = {"track": 1.0, "type": 3.0, "city": 8.0}
LARGE = {"I02", "I06", "M01", "E04", "E06", "E08", "S03", "S05", "S11"}
SMALL = {"I08", "I09", "I11", "M03", "M06", "M07", "E09", "S02", "S06", "S07", "S09", "S13"}

# Rule 4. Effect on the main factor by one unit of level; half of it on the second. Run for many, it is thinner at
# each. A large measure has half as much effect again, a small one three quarters.
EFFECT = {"track": 0.24, "type": 0.18, "city": 0.12}
SECOND = 0.5

# Rule 5. A measure works in full on the types of track whose stage of the race is its own, at four fifths elsewhere.
STAGE_OF_TYPE = {
    "technology_driven": "audition",
    "terminal_pull": "preliminary",
    "scenario_enabled": "preliminary",
    "tradition_derived": "final",
    "resource_transition": "final",
}
ELSEWHERE = 0.8

# Rule 6. Tracks that the paper names with a measure feel it half as much again. A licence, a registration or a law
# made for the tracks that it names serves only those.
NAMED = 1.5
NAMED_ONLY = {"I09", "I11", "S06", "S07", "S08", "S09", "S12"}

# Rule 7. Budgets: about what closes three fifths of the weighted gap, in round figures.
BUDGETS = {
    "funds": ("Funds", "资金", "million CNY", "百万元", "2500"),
    "land": ("Land", "土地", "ha", "公顷", "140"),
    "talent": ("Talent", "人才", "posts", "个岗位", "520"),
    "scenarios": ("Application scenarios", "应用场景", "sites", "处", "65"),
}

# Rule 9. A synthetic panel, six years, to show how productivity is measured; no figure in it was observed. Output
# starts at 10 for a track and 5 more for each of its ticks, capital at 2.5 times and labour at a fifth of that
# (thousand million CNY, thousand posts). Capital and labour grow by the race stage of the track's type. Productivity
# grows by 1 % a year and half a point more for each tick, a point faster in even years and slower in odd ones; output
# follows from a capital share of 0.45.
YEARS = range(2018, 2024)
CAPITAL_SHARE = 0.45
GROWTH_OF_STAGE = {"audition": (0.14, 0.06), "preliminary": (0.10, 0.04), "final": (0.05, 0.01)}


# Section 4 of the paper: four dimensions, each with the competition that it stresses and its part in the race.
DIMENSIONS: Rows = [
    dict(
        zip(
            (
                "dimension",
                "name_en",
                "name_zh",
                "competition_en",
                "competition_zh",
                "race_en",
                "race_zh",
                "paper_section",
            ),
            row,
            strict=True,
        )
    )
    for row in (
        (
            "innovation",
            "Industrial innovation",
            "产业创新",
            "fair competition",
            "公平竞争",
            "the best rules",
            "最优赛制",
            "4.1",
        ),
        (
            "entities",
            "Market entities",
            "市场主体",
            "sufficient competition",
            "充分竞争",
            "champion cars",
            "冠军赛车",
            "4.2",
        ),
        (
            "ecosystem",
            "Industrial ecosystem",
            "产业生态",
            "efficient competition",
            "高效竞争",
            "top drivers",
            "顶尖赛手",
            "4.3",
        ),
        (
            "space",
            "Spatial layout",
            "空间布局",
            "effective competition",
            "有效竞争",
            "first-choice venue",
            "首发赛场",
            "4.4",
        ),
    )
]


# Section 3 of the paper: the stages of the race, what each looks at and needs, and what is short at each. Rule 11: the
# lag (in years, where the plan is phased), and the phases: shares of the budgets, and the most of a year's funds that
# measures of a stage may take, are ours: early money to the audition, late money to the final.
STAGES: Rows = [
    dict(
        zip(
            ("stage", "name_en", "name_zh", "task_en", "task_zh", "need_en", "need_zh", "lag", "paper_section"),
            row,
            strict=True,
        )
    )
    for row in (
        (
            "audition",
            "Audition",
            "海选",
            "R&D and transfer of results",
            "技术研发与成果转化",
            "faster response",
            "响应更快",
            "1",
            "3.1",
        ),
        (
            "preliminary",
            "Preliminary",
            "初赛",
            "growth of firms",
            "企业“长高长壮”",
            "better supply",
            "补给更好",
            "0",
            "3.2",
        ),
        (
            "final",
            "Final",
            "决赛",
            "competitiveness and voice",
            "竞争力和话语权",
            "stronger allocation",
            "配置更强",
            "0",
            "3.3",
        ),
    )
]
PHASES: Rows = [
    {"period": "2024", "budget": "0.4", "audition": "0.5", "preliminary": "0.6", "final": "0.2"},
    {"period": "2025", "budget": "0.35", "audition": "0.3", "preliminary": "0.6", "final": "0.3"},
    {"period": "2026", "budget": "0.25", "audition": "0.1", "preliminary": "0.5", "final": "0.6"},
]
# Section 3(1) to 3(3), and which measure serves which: our reading; what serves none of them is left out.
NEEDS: dict[str, tuple[str, str, str, str, str]] = {
    # need: stage, names, section, measures
    "research": ("audition", "Applied basic research", "应用基础研究服务", "3.1", "I01 I02 I03 I04 I05 I06 I07 I08"),
    "access": ("audition", "Market access", "市场准入提速", "3.1", "I09"),
    "standards": ("audition", "Standards and rules", "标准规则", "3.1", "I10"),
    "relay": ("preliminary", "Investment relay", "产业投资接力链", "3.2", "M01 M02 E05 E06"),
    "venture": ("preliminary", "Tolerance of risk", "容错与风险收益机制", "3.2", "M03 E04"),
    "untied": ("preliminary", "Support untied from tax", "资金支持与综合贡献脱钩", "3.2", "M04 M05 M08 M09"),
    "people": ("final", "Talent", "顶尖与复合型人才", "3.3", "E01 E02"),
    "space": ("final", "Land", "土地高效与混合利用", "3.3", "S01 S02 S03"),
    "institutions": ("final", "Institutions", "制度创新", "3.3", "I11 E03 S06 S07 S08 S09"),
}

# Section 2(1): two chains of three links each. Tags of factors, tracks and measures are our reading: a gap is tagged by
# its factor on the innovation chain and by its track on the industry chain.
CHAINS: Rows = [
    dict(zip(("link", "name_en", "name_zh", "chain", "chain_en", "chain_zh", "paper_section"), row, strict=True))
    for row in (
        ("technology", "Technology", "技术化", "innovation_chain", "Innovation chain", "创新链", "2.1"),
        ("product", "Product", "产品化", "innovation_chain", "Innovation chain", "创新链", "2.1"),
        ("market", "Market", "市场化", "innovation_chain", "Innovation chain", "创新链", "2.1"),
        ("upstream", "Upstream", "上游", "industry_chain", "Industry chain", "产业链", "2.1"),
        ("midstream", "Midstream", "中游", "industry_chain", "Industry chain", "产业链", "2.1"),
        ("downstream", "Downstream", "下游", "industry_chain", "Industry chain", "产业链", "2.1"),
    )
]
LINK_OF_FACTOR = {
    "factor_conditions": "technology",
    "demand_conditions": "market",
    "industrial_synergy": "product",
    "market_competition": "product",
    "policy_orientation": "market",
    "development_environment": "technology",
}
LINK_OF_TRACK = {
    "quantum": "upstream",
    "biotech": "midstream",
    "green_icv": "downstream",
    "smart_terminals": "downstream",
    "smart_eldercare": "downstream",
    "data_industry": "upstream",
    "industrial_internet": "midstream",
    "satellite_internet": "midstream",
    "composites": "upstream",
    "instruments": "midstream",
    "hydrogen": "upstream",
    "energy_storage": "midstream",
}
# Measures: links of the innovation chain (t, p, m), then of the industry chain (u, m, d).
LINKS_OF_MEASURE = {
    "I01": "t u",
    "I02": "t u",
    "I03": "t u",
    "I04": "t um",
    "I05": "tp um",
    "I06": "t u",
    "I07": "tp um",
    "I08": "tp m",
    "I09": "pm d",
    "I10": "pm umd",
    "I11": "m d",
    "M01": "p um",
    "M02": "tp u",
    "M03": "tp u",
    "M04": "pm um",
    "M05": "p um",
    "M06": "tpm umd",
    "M07": "tp um",
    "M08": "pm umd",
    "M09": "t um",
    "E01": "t umd",
    "E02": "t umd",
    "E03": "tm u",
    "E04": "p umd",
    "E05": "p umd",
    "E06": "tp umd",
    "E07": "m d",
    "E08": "m md",
    "E09": "m d",
    "S01": "p m",
    "S02": "p m",
    "S03": "p um",
    "S04": "tp u",
    "S05": "tp umd",
    "S06": "m d",
    "S07": "tp m",
    "S08": "m d",
    "S09": "m md",
    "S10": "tp umd",
    "S11": "tm umd",
    "S12": "m d",
    "S13": "m d",
}


def links(measure: str) -> dict[str, str]:
    names = ({"t": "technology", "p": "product", "m": "market"}, {"u": "upstream", "m": "midstream", "d": "downstream"})
    tags = LINKS_OF_MEASURE[measure].split()
    chains = ("innovation_chain", "industry_chain")
    return {c: ";".join(n[s] for s in tag) for c, n, tag in zip(chains, names, tags, strict=True)}


def need(measure: str) -> str:
    return next((name for name, row in NEEDS.items() if measure in row[-1].split()), "")


# Rule 10. X: what the paper says a new track is (section 1(1)) as indicators: what defines it (weight 2 each), its four
# traits (1 each), "three many, three few" (1/2 each); and its one worked example, service robots in 2021, as the
# candidate. The lines from which a candidate is watched and admitted are ours, as are all weights, and all figures that
# the paper does not print. That none of its firms is a leader is our reading: "far from" those of CNY 10 billion.
INDICATORS: Rows = [
    dict(
        zip(
            ("indicator", "name_en", "name_zh", "trait", "trait_zh", "unit", "direction", "watch", "admit", "weight"),
            row,
            strict=True,
        )
    )
    | {"paper_section": "1.1"}
    for row in (
        (
            "direction_fit",
            "Fit to the technological revolution",
            "契合科技革命方向",
            "direction",
            "方向",
            "0 to 1",
            "max",
            "0.5",
            "0.7",
            "2",
        ),
        (
            "productivity",
            "Productivity against the city's mean",
            "全要素生产率(相对全市)",
            "high productivity",
            "全要素生产率高",
            "ratio",
            "max",
            "1",
            "1.2",
            "2",
        ),
        (
            "market",
            "Market space in ten years",
            "十年市场空间",
            "large market space",
            "市场空间大",
            "thousand million CNY",
            "max",
            "50",
            "200",
            "2",
        ),
        (
            "penetration",
            "Share of the market that is reached",
            "市场渗透率",
            "early growth",
            "成长初期",
            "share",
            "min",
            "0.4",
            "0.2",
            "2",
        ),
        (
            "patents",
            "Share of the world's patents",
            "全球专利占比",
            "leading",
            "引领性",
            "share",
            "max",
            "0.05",
            "0.1",
            "1",
        ),
        (
            "firm_growth",
            "Growth of the number of firms",
            "企业数量增速",
            "growing",
            "成长性",
            "a year",
            "max",
            "0.1",
            "0.3",
            "1",
        ),
        (
            "turnover",
            "Firms that enter or leave",
            "企业进入与退出率",
            "dynamic",
            "动态性",
            "share a year",
            "max",
            "0.1",
            "0.2",
            "1",
        ),
        (
            "synergy",
            "Links with the other tracks",
            "与现有赛道的协同",
            "synergistic",
            "协同性",
            "tracks",
            "max",
            "2",
            "4",
            "1",
        ),
        ("firms", "Firms", "企业数量", "many firms", "企业数量多", "firms", "max", "10000", "50000", "0.5"),
        (
            "leaders",
            "Firms with CNY 10 billion of revenue",
            "年收入百亿元以上企业",
            "few leaders",
            "龙头少",
            "firms",
            "min",
            "10",
            "3",
            "0.5",
        ),
        ("rounds", "Financing rounds", "融资事件", "many rounds", "融资事件多", "a year", "max", "50", "150", "0.5"),
        (
            "large_rounds",
            "Rounds above CNY 100 million",
            "过亿元融资占比",
            "little money",
            "金额少",
            "share",
            "min",
            "0.5",
            "0.3",
            "0.5",
        ),
        ("products", "Units of products", "产品数量", "many products", "产品类型多", "million", "max", "1", "5", "0.5"),
        (
            "rigid_demand",
            "Share of demand that is rigid",
            "刚需占比",
            "little rigid demand",
            "刚需少",
            "share",
            "min",
            "0.5",
            "0.3",
            "0.5",
        ),
    )
]
CANDIDATES: Rows = [
    {
        "candidate": "service_robots",
        "name_en": "Service robots",
        "name_zh": "智能服务机器人",
        "type": "terminal_pull",
        "stage": "preliminary",
        "industry_chain": "midstream",
        "paper_section": "1.1",
        "direction_fit": "0.8",
        "productivity": "1.1",
        "market": "150",
        "penetration": "0.1",
        "patents": "0.2",
        "firm_growth": "0.789",
        "turnover": "0.3",
        "synergy": "5",
        "firms": "106000",
        "leaders": "0",
        "rounds": "220",
        "large_rounds": "0.2136",
        "products": "10",
        "rigid_demand": "0.2",
        "factor_conditions": "0",
        "demand_conditions": "1",
        "industrial_synergy": "1",
        "market_competition": "1",
        "policy_orientation": "0",
        "development_environment": "1",
    }
]


def panel(tracks: Rows, matrix: Rows) -> Rows:
    rows = []
    for t in tracks:
        ticks = sum(int(row[t["track"]]) for row in matrix)
        capital_growth, labour_growth = GROWTH_OF_STAGE[STAGE_OF_TYPE[t["type"]]]
        output = 10.0 + 5.0 * ticks
        capital, labour = 2.5 * output, 0.2 * output
        for year in YEARS:
            rows.append(
                {
                    "track": t["track"],
                    "period": str(year),
                    "output": f"{output:.3f}",
                    "capital": f"{capital:.3f}",
                    "labour": f"{labour:.3f}",
                    "capital_share": text(CAPITAL_SHARE),
                }
            )
            progress = 0.01 + 0.005 * ticks + (0.01 if year % 2 == 0 else -0.01)
            inputs = (1 + capital_growth) ** CAPITAL_SHARE * (1 + labour_growth) ** (1 - CAPITAL_SHARE)
            output *= (1 + progress) * inputs
            capital, labour = capital * (1 + capital_growth), labour * (1 + labour_growth)
    return rows


def read(name: str) -> Rows:
    with (PAPER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def text(value: float) -> str:
    return f"{value:g}"


def scope(measure: str) -> str:
    return "city" if measure in CITY else "type" if measure in TYPE else "track"


def size(measure: str, large: float, small: float) -> float:
    return large if measure in LARGE else small if measure in SMALL else 1.0


def costs(measures: Rows) -> Rows:
    rows = []
    for m in measures:
        for share, resource in zip((1.0, 0.5, 0.25), m["resources"].split(";"), strict=False):
            cost = UNIT_COST[resource] * REACH[scope(m["measure"])] * size(m["measure"], 2.0, 0.5) * share
            rows.append({"measure": m["measure"], "resource": resource, "cost": text(cost)})
    return rows


def effects(measures: Rows, tracks: Rows) -> Rows:
    """Rows for `*`, then for types whose stage is the measure's own, then for named tracks."""
    rows = []
    for m in measures:
        base = EFFECT[scope(m["measure"])] * size(m["measure"], 1.5, 0.75)
        named = [name for name in m["tracks_named"].split(";") if name]
        for share, factor in zip((1.0, SECOND), m["factors"].split(";"), strict=False):

            def at(stage: str, base: float = base * share, own: str = m["stage"]) -> float:
                return base * (1.0 if stage == own else ELSEWHERE)

            places: list[tuple[str, float]] = []
            if m["measure"] not in NAMED_ONLY:
                places.append(("*", at("")))
                places += [(f"type:{t}", at(s)) for t, s in STAGE_OF_TYPE.items() if s == m["stage"]]
            places += [(t["track"], NAMED * at(STAGE_OF_TYPE[t["type"]])) for t in tracks if t["track"] in named]
            rows += [
                {"measure": m["measure"], "track": place, "factor": factor, "effect": text(round(effect, 2))}
                for place, effect in places
            ]
    return rows


def sources() -> Rows:
    ours, ours_zh = "reading of the paper's prose", "按论文文字解读"
    lines = [
        ("tracks", "", "", "paper", "section 2(2), figure 3", "第 2(2) 节，图 3"),
        ("types", "", "", "paper", "section 2(2), figure 3", "第 2(2) 节，图 3"),
        ("factors", "", "", "paper", "section 3, figure 4", "第 3 节，图 4"),
        ("factors", "", "direction", "judgement", "a tick counts for the track", "打勾对赛道有利"),
        ("factors", "", "worst", "judgement", "blank", "空白"),
        ("factors", "", "target", "judgement", "tick", "打勾"),
        ("factors", "", "weight", "assumption", "rule 1", "规则 1"),
        ("factors", "", "description", "judgement", ours, ours_zh),
        (
            "scores",
            "",
            "",
            "paper",
            "figure 4; that a tick is a strength is a reading, see case.toml, ticks",
            "图 4；把打勾读作优势是一种解读，见案例设置",
        ),
        ("judgements", "", "", "assumption", "rule 1", "规则 1"),
        ("dimensions", "", "", "paper", "sections 4(1) to 4(4)", "第 4(1) 至 4(4) 节"),
        ("tracks", "", "stage", "judgement", "rule 5: by its type", "规则 5：按其类型"),
        ("tracks", "", "industry_chain", "judgement", "rule 12", "规则 12"),
        ("factors", "", "innovation_chain", "judgement", "rule 12", "规则 12"),
        ("stages", "", "", "paper", "sections 3(1) to 3(3)", "第 3(1) 至 3(3) 节"),
        ("stages", "", "lag", "assumption", "rule 11", "规则 11"),
        ("needs", "", "", "paper", "sections 3(1) to 3(3)", "第 3(1) 至 3(3) 节"),
        ("chains", "", "", "paper", "section 2(1)", "第 2(1) 节"),
        ("phases", "", "", "assumption", "rule 11", "规则 11"),
        ("measures", "", "need", "judgement", ours, ours_zh),
        ("measures", "", "innovation_chain", "judgement", "rule 12", "规则 12"),
        ("measures", "", "industry_chain", "judgement", "rule 12", "规则 12"),
        ("measures", "", "", "paper", "section 4", "第 4 节"),
        ("measures", "", "stage", "judgement", ours, ours_zh),
        ("measures", "", "scope", "assumption", "rule 2", "规则 2"),
        ("measures", "", "kind", "assumption", "any level from 0 to 1", "力度可取 0 至 1"),
        ("measures", "", "min_level", "assumption", "any level from 0 to 1", "力度可取 0 至 1"),
        ("measures", "", "max_level", "assumption", "1 is the measure in full", "1 表示措施全部实施"),
        ("measures", "", "unit", "assumption", "1 is the measure in full", "1 表示措施全部实施"),
        ("costs", "", "", "assumption", "rule 3; which resources: " + ours, "规则 3；涉及哪些资源" + ours_zh),
        (
            "effects",
            "",
            "",
            "assumption",
            "rules 4 to 6; which factors: " + ours,
            "规则 4 至 6；涉及哪些要素" + ours_zh,
        ),
        ("resources", "", "", "paper", "sections 3(3) and 4 name them as scarce", "第 3(3)、4 节称其稀缺"),
        ("resources", "", "unit", "assumption", "rule 7", "规则 7"),
        ("resources", "", "unit_zh", "assumption", "rule 7", "规则 7"),
        ("resources", "", "budget", "assumption", "rule 7", "规则 7"),
        ("resources", "", "carry", "assumption", "one period: nothing is carried over", "仅一个时期，无结转"),
        ("indicators", "", "", "assumption", "rule 10", "规则 10"),
        ("indicators", "", "trait", "paper", "section 1(1)", "第 1(1) 节"),
        ("indicators", "", "trait_zh", "paper", "section 1(1)", "第 1(1) 节"),
        ("candidates", "", "", "assumption", "rule 10", "规则 10"),
        *(
            ("candidates", "service_robots", column, "paper", "section 1(1), for 2021", "第 1(1) 节，2021 年")
            for column in ("name_zh", "firm_growth", "firms", "rounds", "large_rounds", "products")
        ),
        ("candidates", "service_robots", "leaders", "judgement", ours, ours_zh),
        (
            "named_pairs",
            "",
            "",
            "paper",
            "section 4; at which of the twelve tracks: reading of what is named",
            "第 4 节；对应十二条赛道中的哪条，按其所提解读",
        ),
        (
            "panel",
            "",
            "",
            "assumption",
            "rule 9: synthetic, no figure in it was observed",
            "规则 9：模拟数据，均非实际观测",
        ),
        ("case", "", "", "assumption", "defaults of the run", "运行默认设置"),
    ]
    keys = ("table", "row", "column", "kind", "note", "note_zh")
    return [dict(zip(keys, line, strict=True)) for line in lines]


# Rule 8. Caps on spend, as a planner might set them; the case itself has none.
CAPS = (
    ("no_type_takes_all", "kind=cap; over=type; key=scenario_enabled; of=funds; amount=550"),
    ("not_all_to_entities", "kind=cap; over=dimension; key=entities; of=funds; amount=1250"),
)
TICK_LEVEL, OTHER_REACH, OTHER_SECOND = "0.7", 6.0, 0.4


def scenarios(measures: Rows) -> Rows:
    """What rests on the arbitrary rules: each turned round; then examples of what a planner would ask.

    Each row is one change, rows of a name together.
    """
    second = [(m["measure"], factors[1]) for m in measures if len(factors := m["factors"].split(";")) > 1]
    city, less = f"x{text(OTHER_REACH / REACH['city'])}", f"x{text(OTHER_SECOND / SECOND)}"
    rows = [
        Scenario(
            "caps",
            "Caps on the funds of scenario-enabled tracks (550) and of entities (1,250)",
            "为场景赋能型赛道(550)与市场主体类措施(1,250)设资金上限",
            "No cap on the funds of a type or a dimension",
            "任何类型、维度的资金均无上限",
            [("rules", rule, "", change) for rule, change in CAPS],
        ),
        Scenario(
            "tick",
            f"A tick is {TICK_LEVEL} of the target",
            f"打勾相当于目标的 {TICK_LEVEL}",
            "A tick is the target reached",
            "打勾即达到目标",
            [("case", "", "tick_level", TICK_LEVEL)],
        ),
        Scenario(
            "half_level",
            "A place takes at most half of a measure",
            "每个对象至多实施一项措施的一半",
            "A place may take a measure in full",
            "每个对象可全额实施一项措施",
            [("measures", "", "max_level", "x0.5")],
        ),
        Scenario(
            "city_cost",
            "City-wide measures cost six times as much as at a track",
            "全市措施的成本为单条赛道的六倍",
            "City-wide measures cost eight times as much as at a track",
            "全市措施的成本为单条赛道的八倍",
            [("costs", m, "cost", city) for m in sorted(CITY)],
        ),
        Scenario(
            "second_factor",
            "A second factor closes 0.4 as much as the main one",
            "第二要素的效果为主要要素的 0.4",
            "A second factor closes half as much as the main one",
            "第二要素的效果为主要要素的一半",
            [("effects", f"{m}//{f}", "effect", less) for m, f in second],
        ),
        Scenario(
            "half_effect",
            "Effects are half of what is assumed",
            "效果仅为假设的一半",
            "Effects are as rules 4 to 6 make them",
            "效果按规则 4 至 6 设定",
            [("effects", "", "effect", "x0.5")],
        ),
        Scenario(
            "lean",
            "A fifth less of everything",
            "各项预算减少两成",
            "",
            "",
            [("resources", "", "budget", "-20%")],
        ),
        Scenario(
            "land_reform",
            "A third more land, at half the cost",
            "土地增三成、成本减半",
            "",
            "",
            [
                ("resources", "land", "budget", "+33%"),
                ("costs", "S01/land", "cost", "x0.5"),
                ("costs", "S03/land", "cost", "x0.5"),
            ],
        ),
        Scenario(
            "even",
            "All tracks alike, less funds",
            "各赛道一视同仁、资金减少",
            "",
            "",
            [("case", "", "stance", "even"), ("resources", "funds", "budget", "-500")],
        ),
    ]
    return [row for scenario in rows for row in scenario.rows()]


class Scenario(NamedTuple):
    """A scenario: names, what the case assumes instead (blank: it is a question), and its changes."""

    scenario: str
    name_en: str
    name_zh: str
    assumed_en: str
    assumed_zh: str
    changes: list[tuple[str, str, str, str]]

    def rows(self) -> Rows:
        """Rows of the table; names stand in the first."""
        first = ("name_en", "name_zh", "assumed_en", "assumed_zh")
        return [
            {
                "scenario": self.scenario,
                **{c: getattr(self, c) if not n else "" for c in first},
                "table": table,
                "row": row,
                "column": column,
                "change": change,
            }
            for n, (table, row, column, change) in enumerate(self.changes)
        ]


def main(folder: Path) -> None:
    measures, tracks, matrix = read("measures"), read("tracks"), read("matrix")
    (folder / "judgements").mkdir(parents=True, exist_ok=True)

    def write(name: str, rows: Rows) -> None:
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)

    write(
        "tracks",
        [
            {
                **{k: t[k] for k in ("track", "name_en", "name_zh", "type")},
                "stage": STAGE_OF_TYPE[t["type"]],
                "industry_chain": LINK_OF_TRACK[t["track"]],
                "paper_section": "2.2",
            }
            for t in tracks
        ],
    )
    types = {
        t["type"]: {"type": t["type"], "name_en": t["type_en"], "name_zh": t["type_zh"], "paper_section": "2.2"}
        for t in tracks
    }
    write("types", list(types.values()))
    write(
        "factors",
        [
            {
                "factor": row["factor"],
                "name_en": row["name_en"],
                "name_zh": row["name_zh"],
                "direction": "max",
                "worst": "0",
                "target": "1",
                "weight": FACTORS[row["factor"]][0],
                "description": FACTORS[row["factor"]][1],
                "description_zh": FACTORS[row["factor"]][2],
                "innovation_chain": LINK_OF_FACTOR[row["factor"]],
                "paper_section": "3",
            }
            for row in matrix
        ],
    )
    write("scores", [{"track": t["track"], **{row["factor"]: row[t["track"]] for row in matrix}} for t in tracks])
    write(
        "judgements/factors",
        [
            {"factor": row["factor"], **dict(zip(FACTORS, judged, strict=True))}
            for row, judged in zip(matrix, JUDGEMENTS, strict=True)
        ],
    )
    write(
        "resources",
        [
            {
                "resource": r,
                "name_en": en,
                "name_zh": zh,
                "unit": unit,
                "unit_zh": unit_zh,
                "budget": budget,
                "carry": "0",
                "paper_section": "3.3",
            }
            for r, (en, zh, unit, unit_zh, budget) in BUDGETS.items()
        ],
    )
    write(
        "measures",
        [
            {
                **{k: m[k] for k in ("measure", "name_en", "name_zh", "dimension", "stage")},
                "need": need(m["measure"]),
                "scope": scope(m["measure"]),
                "kind": "continuous",
                "min_level": "0",
                "max_level": "1",
                "unit": "the measure in full",
                **links(m["measure"]),
                **{k: m[k] for k in ("paper_section", "competition", "tracks_named", "note")},
            }
            for m in measures
        ],
    )
    write("dimensions", DIMENSIONS)
    write("stages", STAGES)
    write(
        "needs",
        [
            {"need": name, "stage": stage, "name_en": en, "name_zh": zh, "paper_section": section}
            for name, (stage, en, zh, section, _) in NEEDS.items()
        ],
    )
    write("chains", CHAINS)
    write("phases", PHASES)
    write("costs", costs(measures))
    write("effects", effects(measures, tracks))
    write("indicators", INDICATORS)
    write("candidates", CANDIDATES)
    write("panel", panel(tracks, matrix))
    write(
        "named_pairs",
        [
            {"measure": m["measure"], "track": track, "section": m["paper_section"], "note": m["note"]}
            for m in measures
            for track in m["tracks_named"].split(";")
            if track
        ],
    )
    write("sources", sources())
    write("scenarios", scenarios(measures))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "data" / "shanghai")
