"""Units of measurement as people write them behind a heading or in a cell, and how those of one kind convert."""

from __future__ import annotations

import re
import unicodedata


def listed(words: str) -> list[str]:
    """Return words that are written with blanks between them."""
    return words.split()


SCALES = {"十": 10.0, "百": 1e2, "千": 1e3, "万": 1e4, "十万": 1e5, "百万": 1e6, "千万": 1e7, "亿": 1e8, "万亿": 1e12}
_LATIN_SCALES = {
    "k": 1e3,
    "thousand": 1e3,
    "thousands": 1e3,
    "m": 1e6,
    "mn": 1e6,
    "mio": 1e6,
    "million": 1e6,
    "millions": 1e6,
    "bn": 1e9,
    "b": 1e9,
    "billion": 1e9,
    "billions": 1e9,
    "trillion": 1e12,
    "tn": 1e12,
}
CURRENCIES = {
    "元": "CNY",
    "人民币": "CNY",
    "cny": "CNY",
    "rmb": "CNY",
    "¥": "CNY",
    "￥": "CNY",
    "yuan": "CNY",
    "美元": "USD",
    "usd": "USD",
    "us$": "USD",
    "$": "USD",
    "dollar": "USD",
    "dollars": "USD",
    "欧元": "EUR",
    "eur": "EUR",
    "€": "EUR",
    "euro": "EUR",
    "euros": "EUR",
    "英镑": "GBP",
    "gbp": "GBP",
    "£": "GBP",
    "日元": "JPY",
    "jpy": "JPY",
    "港元": "HKD",
    "hkd": "HKD",
    "chf": "CHF",
    "aud": "AUD",
    "cad": "CAD",
    "inr": "INR",
    "krw": "KRW",
    "sgd": "SGD",
    "韩元": "KRW",
}
_CHINESE = listed(
    "家 个 人 名 位 项 件 台 套 辆 亩 公顷 平方公里 平方千米 平方米 平米 立方米 立方 吨 千克 公斤 克 升 毫升 "
    "千瓦时 度 千瓦 兆瓦 吉瓦 瓦 瓦时 兆瓦时 吉瓦时 焦耳 吉焦 公里 千米 米 厘米 毫米 微米 纳米 海里 天 日 周 月 "
    "个月 季度 年 小时 时 分钟 秒 毫秒 分 级 岁 次 例 座 处 所 篇 倍 百分点 个百分点 户 种 类 条 批 艘 架 只 头 "
    "株 箱 瓶 包 桶 吨标准煤 吨标煤 标准煤 吨二氧化碳 吨CO2 吨煤 人次 人年 人日 工时 工日 车次 班次 标箱 床 间 层 "
    "门 款 部 枚 颗 片 块 平方 股 单 笔 席 队 届 期 微克 毫克 公克 微秒 分贝 摄氏度 千人 专利 岗位 客 支 本 册 张 "
    "卷 场 辆次 架次 亿吨公里 吨公里 人公里 百帕 帕 赫兹 兆赫 千伏 伏 安 勒克斯"
)
_LATIN = listed(
    "% ‰ pp ppm ppb pct percent points point pts score kg g mg t kt mt gt ton tons tonne tonnes lb lbs oz l ml m "
    "m2 m² m3 m³ km km2 km² cm mm um nm µm ft mi mile miles ha hectare hectares acre acres sqm sqft mu w kw mw gw "
    "tw wh kwh mwh gwh twh j kj mj gj tj pj tce toe ktoe mtoe mtce btu tco2 tco2e kgco2 kgco2e gco2 gco2e mtco2 "
    "co2e co2 h hr hrs hour hours min mins minute minutes s sec second seconds ms d day days week weeks wk month "
    "months mo yr yrs y year years a pa quarter person persons people capita head heads jobs job fte ftes "
    "employees staff workers worker posts post places place sites site firms firm companies company units unit "
    "items item pcs pieces piece patents papers projects no nos number count # db °c ℃ °f °k k bar hpa mpa kpa hz "
    "khz mhz ghz v kv mv kva mva teu dwt bbl x times level index grade stars star households inhabitants "
    "residents vehicles cars trips visitors students beds rooms tasks votes mbps gbps gb tb mb tflops pflops "
    "eflops lux lm μg ug mg ng deg degrees percentage"
)
_KNOWN = frozenset(_CHINESE) | frozenset(_LATIN) | frozenset(CURRENCIES) | frozenset(_LATIN_SCALES)
_SIZES: dict[str, tuple[str, float]] = {
    unit: (kind, size)
    for kind, sizes in {
        "area": "亩=666.6666666666666 公顷=1e4 ha=1e4 hectare=1e4 hectares=1e4 平方公里=1e6 平方千米=1e6 km2=1e6 "
        "平方米=1 平米=1 m2=1 sqm=1 acre=4046.8564224 acres=4046.8564224",
        "mass": "吨=1e3 t=1e3 ton=1e3 tons=1e3 tonne=1e3 tonnes=1e3 千克=1 公斤=1 kg=1 克=1e-3 g=1e-3 kt=1e6 mt=1e9",
        "months": "年=12 year=12 years=12 yr=12 yrs=12 个月=1 月=1 month=1 months=1 季度=3 quarter=3",
        "hours": "小时=1 时=1 h=1 hr=1 hrs=1 hour=1 hours=1 分钟=1/60 min=1/60 mins=1/60 minute=1/60 minutes=1/60 "
        "天=24 日=24 d=24 day=24 days=24 周=168 week=168 weeks=168",
        "length": "公里=1e3 千米=1e3 km=1e3 米=1 厘米=1e-2 cm=1e-2 毫米=1e-3 mm=1e-3 mile=1609.344 miles=1609.344 "
        "海里=1852",
        "power": "千瓦=1 kw=1 兆瓦=1e3 mw=1e3 吉瓦=1e6 gw=1e6 瓦=1e-3 w=1e-3 tw=1e9",
        "energy": "千瓦时=1 度=1 kwh=1 兆瓦时=1e3 mwh=1e3 吉瓦时=1e6 gwh=1e6 twh=1e9 wh=1e-3",
    }.items()
    for unit, _, said in (part.partition("=") for part in sizes.split())
    for size in [1 / 60 if said == "1/60" else float(said)]
}
"""Units of one kind and how large each is."""
_PARTS = re.compile(r"\s*(?:/|·|\*|每| per |\bper\b|p\.)\s*|\s+")


def flat(text: str) -> str:
    """Return a unit in half width and small letters."""
    # NFKC would make 2 of ², which is meant as written
    return unicodedata.normalize("NFKC", text.replace("²", "2").replace("³", "3")).strip().casefold()


def is_unit(text: str) -> bool:
    """Whether a text is a unit: every part of it is known.

    >>> [is_unit(t) for t in ("万元", "EUR m/yr", "USD k", "元/吨", "家", "%", "acres", "est.", "专利数")]
    [True, True, True, True, True, True, True, False, False]
    """
    plain = flat(text).rstrip(".")
    if not plain or len(plain) > 30:
        return False
    if re.fullmatch(r"(?:%|percent|pct) (?:of|p\.?a\.?|per) .+|% p\.?a\.?", plain):
        return True
    parts = [part for part in _PARTS.split(plain) if part]
    known = [_is_part(part) for part in parts]
    if all(part.isdigit() for part in parts):
        return False
    # of a ratio one part that is known is enough: 元/卡路里
    return bool(parts) and (all(known) or ("/" in plain and len(parts) == 2 and any(known)))


def _is_part(part: str) -> bool:
    if part in _KNOWN or (part.isdigit() and part in ("10", "100", "1000", "10000")):
        return True
    for scale in sorted(SCALES, key=len, reverse=True):
        if part.startswith(scale) and (part[len(scale) :] in _KNOWN or part == scale):
            return True
    found = re.fullmatch(
        r"([^\W\d_]{3}|[$€£¥]|us\$)(k|m|mn|mio|bn|b|million|billion|thousand)|(k|m|mn|bn)([$€£¥]|[a-z]{3})", part
    )
    if found is not None:
        return (found[1] or found[4]) in CURRENCIES
    number = re.match("[0-9]+", part)
    return number is not None and len(number[0]) < 4 and part[number.end() :] in _KNOWN


def measure_of(unit: str) -> tuple[str, float]:
    """Return what a unit measures and its size there; a unit that is not known measures itself.

    >>> measure_of("亿元"), measure_of("万元"), measure_of("EUR m"), measure_of("USD k"), measure_of("MW")
    (('CNY', 100000000.0), ('CNY', 10000.0), ('EUR', 1000000.0), ('USD', 1000.0), ('power', 1000.0))
    """
    plain = flat(unit).rstrip(".")
    if not plain:
        return "", 1.0
    head, slash, below = plain.partition("/")
    if slash:
        kind, size = measure_of(head)
        return f"{kind}/{below.strip()}", size
    if plain in _SIZES:
        return _SIZES[plain]
    for scale in sorted(SCALES, key=len, reverse=True):
        if plain.startswith(scale):
            kind, size = measure_of(plain[len(scale) :])
            return kind, size * SCALES[scale]
    parts = plain.split()
    if len(parts) == 2 and parts[0] in CURRENCIES and parts[1] in _LATIN_SCALES:
        return CURRENCIES[parts[0]], _LATIN_SCALES[parts[1]]
    if len(parts) == 2 and parts[1] in CURRENCIES and parts[0] in _LATIN_SCALES:
        return CURRENCIES[parts[1]], _LATIN_SCALES[parts[0]]
    found = re.fullmatch(r"([^\W\d_]{3}|[$€£¥]|us\$)(k|mn|mio|m|bn|b)", plain)
    if found is not None and found[1] in CURRENCIES:
        return CURRENCIES[found[1]], _LATIN_SCALES[found[2]]
    return CURRENCIES.get(plain, plain), 1.0


def factor_between(unit: str, other: str) -> float | None:
    """Return by what an amount in a unit is multiplied to be in the other; None where they measure different things.

    >>> [factor_between(*units) for units in (("亿元", "万元"), ("万", "人"), ("t", "ha"), ("年", "个月"))]
    [10000.0, 10000.0, None, 12.0]
    """
    (kind, size), (other_kind, other_size) = measure_of(unit), measure_of(other)
    if kind == other_kind or kind == "":
        return size / other_size
    return None
