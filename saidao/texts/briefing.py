"""The first screen and the brief: where the money goes, what a little more would bring, how firm it is.

Figures that stand out are between ``[[`` and ``]]``.
"""

from __future__ import annotations

BRIEFING: dict[str, tuple[str, str]] = {
    # --- the answer
    "lead.weighted": (
        "Put [[{money}]] into [[{measures:measure/measures}]] for [[{tracks:track/tracks}]]: [[{share:.1%}]] of the "
        "gap closes.",
        "建议把 [[{money}]] 投向 [[{tracks} 条赛道]]的 [[{measures} 项措施]]，短板可补齐 [[{share:.1%}]]。",
    ),
    "lead.free": (
        "Without money, [[{measures:measure/measures}]] for [[{tracks:track/tracks}]] close [[{share:.1%}]] of the "
        "gap.",
        "不花钱，[[{tracks} 条赛道]]的 [[{measures} 项措施]]可补齐短板的 [[{share:.1%}]]。",
    ),
    "lead.reach": (
        "To close [[{share:.1%}]] of the gap takes [[{money}]], for [[{measures:measure/measures}]] in "
        "[[{tracks:track/tracks}]].",
        "补齐 [[{share:.1%}]] 最少要 [[{money}]]，投向 [[{tracks} 条赛道]]的 [[{measures} 项措施]]。",
    ),
    "lead.nothing": (
        "[[No money]] is needed: every track meets every condition that counts.",
        "[[不需要安排资金]]：各赛道在计入的要素上均已达标。",
    ),
    "lead.none": (
        "[[No measure]] is funded: nothing of the gap can be closed with these means.",
        "[[没有措施入选]]：以现有资源补不上任何短板。",
    ),
    "lead.worst": (
        "Even the weakest track closes [[{share:.1%}]] of its gap.",
        "最弱的赛道也补齐 [[{share:.1%}]]。",
    ),
    "lead.views": (
        "Whichever of {views:weighting/weightings} holds, at least [[{share:.1%}]] of the best possible is reached.",
        "无论 {views} 套权重中哪一套成立，至少达到最好结果的 [[{share:.1%}]]。",
    ),
    "list.and": ("{first} and {last}", "{first}和{last}"),
    "list.more": ("{first} and {number} more", "{first}和另外 {number} 项"),
    # --- the second sentence
    "lead.most": ("Most goes to {tracks}.", "最多的是{tracks}。"),
    "lead.track": ("[[{track}]] ({money})", "[[{track} {money}]]"),
    "lead.met": (
        "{tracks} {number:|gets/get} nothing: every condition is met already.",
        "{tracks}各要素已达标，不安排。",
    ),
    "lead.elsewhere": (
        "{tracks} {number:|gets/get} no money: the same means close more elsewhere.",
        "{tracks}不安排：同样的投入，放在别处补得更多。",
    ),
    "lead.shared": (
        "{tracks} {number:|gets/get} no money of {number:|its/their} own, only what serves several tracks.",
        "{tracks}不单独安排，由多条赛道共用的措施带动。",
    ),
    "lead.unpaid": (
        "{tracks} {number:|is/are} served by measures that take no money.",
        "{tracks}由不花钱的措施支持。",
    ),
    # --- why a track gets no money, short
    "track.met": ("meets every condition", "各要素均已达标，不需安排"),
    "track.elsewhere": ("the same means close more elsewhere", "同样的投入，放在别处补得更多"),
    "track.shared": ("served by shared measures", "由多条赛道共用的措施带动"),
    "track.free": ("served by measures that take no money", "由不花钱的措施支持"),
    "track.shared_money": ("Shared by several tracks", "多条赛道共用"),
    # --- resources
    "means.used_up": ("Used up.", "用完。"),
    "means.left": ("{left} left.", "还剩 {left}。"),
    "means.more": ("{step} more: [[{gain}]]", "再加 {step}，[[{gain}]]"),
    "means.more_nothing": ("{step} more brings nothing.", "再加 {step}，不多补。"),
    "means.points": ("+{points} points", "多补 {points} 个百分点"),
    "means.points_least": ("under +0.1", "多补不到 0.1 个百分点"),
    "means.unknown": ("What more of it brings is not known yet.", "再加多少能多补，尚未算出。"),
    # --- where
    "where.city": ("whole city", "全市"),
    "where.tracks": ("{number:track/tracks}", "{number} 条赛道"),
    "where.types": ("{number:type/types}", "{number} 类赛道"),
    # --- how firm
    "firm.title": ("How sure?", "稳不稳"),
    "firm.told": (
        "{always:measure stays/measures stay} under all {schemes} weightings tried; wrong weights cost at most "
        "{points} points.",
        "试过 {schemes} 套权重，{always} 项措施每次都入选；权重看错，最多少补 {points} 个百分点。",
    ),
    "firm.one": (
        "Only one weighting suits this case: how the plan depends on weights is not known.",
        "本案例只适用一套权重，无法比较方案稳不稳。",
    ),
    "firm.share": (
        "How firm this is shows best with all the money: choose to close as much as possible.",
        "要看稳不稳，请改为“短板补齐率最高”再比较。",
    ),
    "years.title": ("By year", "分年"),
    "years.one": ("{period} {amount}", "{period} 年 {amount}"),
    "years.one_named": ("{period} {amount}", "{period} {amount}"),
    "assumed.sample": ("sample data", "示例数据"),
    "assumed.mark": ("assumed", "含假设"),
    "assumed.inputs": ("{inputs} are assumed.", "{inputs}都是假设。"),
    "assumed.and_more": ("{inputs} and more are assumed.", "{inputs}等都是假设。"),
    "assumed.nothing": ("No number is assumed.", "没有假设的数。"),
    "assumed.some": ("{share:.0%} of the result rests on assumptions.", "结果有 {share:.0%} 建立在假设上。"),
    "assumed.replace": ("Use your own", "换成本市数据"),
}
