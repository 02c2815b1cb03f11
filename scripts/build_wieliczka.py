"""Write the Wieliczka case from the published figures of its vote, typed by hand below.

    python scripts/build_wieliczka.py [FOLDER]      (default: data/wieliczka)

data/wieliczka/README.md says where the figures stand; a test holds that the tables are what this script writes.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUDGET = 1_000_000

PROJECTS = (
    # number on the ballot, cost in PLN, votes, whether it was selected; the name, translated from Polish
    (24, 5000, 720, 1, "Ten camera traps against litterers and illegal dumps", "购置 10 台防乱倒垃圾监控相机"),
    (41, 85000, 658, 1, "Recreation for the residents of Węgrzce Wielkie", "大文格热采居民休闲设施"),
    (40, 100000, 583, 1, "Preventing homelessness of dogs and cats", "预防犬猫流浪"),
    (74, 70800, 552, 1, "Greenery of the park at St Sebastian's church", "圣塞巴斯蒂安教堂公园绿化整治"),
    (19, 99800, 538, 1, "Restoring threatened fish, more predatory fish", "恢复濒危鱼类与增殖肉食性鱼类"),
    (6, 100000, 500, 1, "Green Chorągwica: green areas and plantings", "绿色霍龙格维察：绿地整治与栽植"),
    (21, 100000, 496, 0, "Educational trail at Laskowiec in Pawlikowice", "帕夫利科维采拉斯科维茨生态教育步道"),
    (32, 34999, 428, 1, "Trees, shrubs and grasses along the path in Strumiany", "斯特鲁米亚内步道旁种植乔灌木与草"),
    (39, 600, 418, 1, "Nesting boxes for swifts", "雨燕巢箱"),
    (58, 32716, 400, 1, "Green square at the primary school in Siercza", "谢尔恰小学绿色小广场"),
    (42, 35720, 388, 1, "Greenery on plot 484/4 in Kokotów", "科科图夫 484/4 地块绿化整治"),
    (25, 30000, 379, 1, "Eko KROKusy", "生态番红花"),
    (16, 50000, 376, 0, "Green Mi(lion)etniów: a green lesson", "绿色梅特纽夫：绿色课堂"),
    (43, 3969, 372, 1, "Litter bins in Węgrzce Wielkie", "大文格热采垃圾箱"),
    (20, 5000, 362, 1, "Recycling from the heart of Dobranowice", "多布拉诺维采爱心回收"),
    (60, 17540, 359, 1, "Ecology classroom at the primary school in Siercza", "谢尔恰小学生态实验室"),
    (29, 35000, 327, 1, "Photovoltaics on the community house in Grabie", "格拉比耶民众之家光伏"),
    (33, 20280, 325, 1, "Green Avenue", "绿色林荫道"),
    (17, 39960, 324, 1, "Plantings on the slope at the cemetery in Podstolice", "波德斯托利采墓园边坡栽植"),
    (70, 14403, 310, 1, "I grow in summer, autumn and spring: a flower meadow in Mietniów", "梅特纽夫花草甸"),
    (34, 12000, 294, 1, "Green Lednica and surroundings", "绿色莱德尼察及周边"),
    (87, 74000, 292, 0, "Green square as an eco playground in Śledziejowice", "希莱杰约维采生态游乐绿地"),
    (8, 32210, 289, 0, "Green corner on the market square", "集市广场绿色一角"),
    (9, 50000, 288, 1, "Photovoltaics on the day room in Lednica Górna", "上莱德尼察活动室光伏"),
    (26, 20000, 281, 1, "Think globally, act locally: the school in Janowice", "亚诺维采小学环保行动"),
    (71, 30000, 261, 1, "The slope at the school in Gorzków", "戈什库夫小学边坡整治"),
    (88, 24000, 253, 1, "Flower meadow at the sports ground in Zabawa", "扎巴瓦运动场旁花草甸"),
    (36, 2760, 247, 1, "Flower meadow", "花草甸"),
    (62, 2500, 237, 1, "Collection heart for bottle caps at the school in Byszyce", "贝希采小学瓶盖回收爱心箱"),
    (81, 68000, 233, 0, "Sensory path and animal houses in the park Stok pod Baranem", "巴兰坡公园感官步道与动物小屋"),
    (61, 51732, 229, 1, "The bus loop in Byszyce", "贝希采公交回车场整治"),
    (13, 92840, 228, 0, "Nature trail in Sygneczów", "瑟格内丘夫自然教育步道"),
    (31, 95000, 200, 0, "Flowers and greenery at the playground in Golkowice", "戈尔科维采游乐场花园绿地"),
    (68, 56900, 196, 0, "Dog run in Mickiewicz park", "密茨凯维奇公园遛狗场"),
    (86, 78000, 196, 0, "Restoring the pond in Śledziejowice", "希莱杰约维采池塘修复"),
    (63, 92550, 194, 0, "Walking path to Kaim hill", "凯姆山散步道"),
    (80, 75000, 188, 0, "Tree hugs and nests in the park Stok pod Baranem", "巴兰坡公园树抱与休憩巢"),
    (7, 25000, 186, 1, "The island at the bus loop in Grabówki", "格拉布夫基公交回车场中心岛"),
    (27, 100000, 183, 0, "Photovoltaics and LED lamps at the sports ground in Brzegi", "布热吉运动场光伏与节能照明"),
    (30, 90000, 181, 0, "Green school in Golkowice", "戈尔科维采绿色学校"),
    (84, 58000, 180, 0, "A park in Siercza", "谢尔恰公园"),
    (46, 36000, 174, 1, "Pocket parks in Czarnochowice", "恰尔诺霍维采口袋公园"),
    (54, 24000, 173, 0, "Restoring the avenue on the Salt Route", "盐路林荫道修复"),
    (52, 80000, 171, 0, "Water-filtering fountain in Mickiewicz park", "密茨凯维奇公园净水喷泉"),
    (79, 73000, 167, 0, "Ecological portal with a green maze in Mickiewicz park", "密茨凯维奇公园生态门与绿色迷宫"),
    (18, 51600, 163, 0, "Eco mural at the primary school in Grajów", "格拉尤夫小学生态壁画"),
    (85, 47000, 163, 0, "Wooden footbridge in Mickiewicz park", "密茨凯维奇公园木栈桥"),
    (64, 45500, 161, 0, "Lamps for the pitch on Lekarka estate", "莱卡尔卡小区球场照明"),
    (56, 2000, 157, 1, "Ekodonice", "生态花盆"),
    (65, 50000, 155, 0, "Green areas at the community house in Czarnochowice", "恰尔诺霍维采民众之家周边绿地"),
    (
        66,
        9000,
        144,
        0,
        "Flower meadow in Czarnochowice, plots 166/13 and 166/18",
        "恰尔诺霍维采花草甸(166/13)",
    ),
    (44, 75000, 140, 0, "Eco trail", "生态步道"),
    (67, 16500, 140, 0, "Flower meadow in Czarnochowice, plots 166/16 and 313", "恰尔诺霍维采花草甸(166/16)"),
    (78, 67000, 138, 0, "Flower installations in Mickiewicz park", "密茨凯维奇公园花卉装置"),
    (82, 85000, 131, 0, "Ecological wooden dome in Mickiewicz park", "密茨凯维奇公园生态木穹顶"),
    (47, 92000, 129, 0, "Forest pocket park in Narutowicza Street", "纳鲁托维奇街森林口袋公园"),
    (51, 37000, 124, 0, "Dog run on Bogucice estate", "博古奇采小区遛狗场"),
    (55, 25294, 121, 0, "Green oasis", "绿洲"),
    (72, 36940, 111, 0, "Green retreat", "绿色幽境"),
    (69, 8300, 101, 1, "Green corner", "绿色一角"),
    (38, 100000, 91, 0, "Photovoltaics for the fire brigade in Jankówka", "扬库夫卡消防队光伏"),
    (48, 50000, 84, 0, "Restoring the Treasurer's square", "司库小广场整治"),
    (59, 50000, 81, 0, "The tree map of Wieliczka", "维利奇卡树木地图"),
    (
        83,
        75000,
        80,
        0,
        "The roundabout in Piłsudskiego Street: flower clock and sculptures",
        "毕苏斯基街环岛花钟与雕塑",
    ),
)

SETTINGS = """name_en = "Wieliczka's Green Million"
name_zh = "维利奇卡“绿色百万”"

# Votes are the scores, and the money follows them: ARAS scores a project by its share of the most votes, and with the
# stance "leaders" that is its priority. So the value of a plan is the votes of what it funds.
weights = "equal"
method = "aras"
stance = "leaders"
objective = "weighted"
"""

ELECTION = (
    ("country", "Poland"),
    ("unit", "Wieliczka"),
    ("subunit", "Green Budget"),
    ("instance", "2023"),
    ("vote_type", "approval"),
    ("rule", "equalshares/add1"),
    ("voters", "6586"),
    ("date_begin", "03.04.2023"),
    ("date_end", "21.04.2023"),
)

CITED = ("PabuLib, poland_wieliczka_2023_green-budget; see README.md", "公开投票数据，见案例说明")
WHOLE = ("the rule of the vote: a winning project is carried out whole", "投票规则：中选项目整体实施")
DEFINED = (
    "a definition: not granted 0, granted 1; no figure of the source",
    "定义：未安排为 0，安排为 1",
)
Row = tuple[object, ...]


def tables() -> dict[str, list[Row]]:
    """Return the tables: headings, then rows."""
    names = [(f"p{number:02}", en, zh) for number, *_, en, zh in PROJECTS]
    each = [(id_, *figures) for (id_, *_), figures in zip(names, PROJECTS, strict=True)]
    most = max(votes for _, _, votes, *_ in PROJECTS)
    scale = "Votes; the scale begins at the most votes, so that only being funded closes the gap"
    scale_zh = "得票数；标度自最高得票起，因此只有获得安排才补齐差距"
    published = ("tracks", "scores", "resources", "measures", "costs", "election")
    return {
        "tracks": [("track", "name_en", "name_zh"), *names],
        "factors": [
            ("factor", "name_en", "name_zh", "direction", "worst", "target", "description", "description_zh"),
            ("support", "Votes", "得票", "max", most, 10 * most, scale, scale_zh),
        ],
        "scores": [("track", "support"), *((id_, votes) for id_, _, _, votes, *_ in each)],
        "resources": [
            ("resource", "name_en", "name_zh", "unit", "unit_zh", "budget"),
            ("budget", "Funds", "资金", "PLN", "兹罗提", BUDGET),
        ],
        "measures": [
            ("measure", "name_en", "name_zh", "scope", "kind", "max_level", "unit", "project_id", "selected"),
            *(
                (id_, en, zh, "track", "binary", 1, "project", number, selected)
                for id_, number, _, _, selected, en, zh in each
            ),
        ],
        "costs": [("measure", "resource", "cost"), *((id_, "budget", cost) for id_, _, cost, *_ in each)],
        "effects": [("measure", "track", "factor", "effect"), *((id_, id_, "support", 1) for id_, *_ in each)],
        "election": [("key", "value"), *ELECTION],
        "scenarios": [
            ("scenario", "name_en", "name_zh", "table", "row", "column", "change"),
            ("less", "A tenth less", "预算减少一成", "resources", "budget", "budget", "-10%"),
            ("more", "A tenth more", "预算增加一成", "resources", "budget", "budget", "+10%"),
        ],
        "sources": [
            ("table", "row", "column", "kind", "note", "note_zh"),
            *((table, "", "", "paper", *CITED) for table in published),
            ("effects", "", "", "paper", *WHOLE),
            ("factors", "", "", "judgement", *DEFINED),
        ],
    }


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in tables().items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(rows)
    (folder / "case.toml").write_text(SETTINGS, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "data" / "wieliczka")
