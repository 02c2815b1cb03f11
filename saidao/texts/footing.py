"""The ranking's part in a plan, levels, and what the case assumes."""

from __future__ import annotations

FOOTING: dict[str, tuple[str, str]] = {
    # --- the ranking and the money
    "footing.leaders": (
        "The ranking feeds the money (stance leaders): the higher a track's score ({method}), the more its gaps "
        "count, from {high:.2f} times the mean at {first} to {low:.2f} times at {last}.",
        "排名决定资金（资金取向：优势赛道优先，leaders）：赛道得分（{method}）越高，其差距越受重视，从“{first}”的平均 {high:.2f} 倍到“{last}”的 {low:.2f} 倍。",
    ),
    "footing.laggards": (
        "The ranking feeds the money (stance laggards): the lower a track's score ({method}), the more its gaps "
        "count, from {high:.2f} times the mean at {first} to {low:.2f} times at {last}.",
        "排名决定资金（资金取向：短板赛道优先，laggards）：赛道得分（{method}）越低，其差距越受重视，从“{first}”的平均 {high:.2f} 倍到“{last}”的 {low:.2f} 倍。",
    ),
    "footing.even": (
        "The ranking does not touch the money (stance even): the gaps of all tracks count alike.",
        "排名不影响资金（资金取向：均衡，even）：各赛道的差距同等对待。",
    ),
    "footing.alike": (
        "The ranking does not touch the money: no track's score stands above another's, so that all gaps count alike.",
        "排名不影响资金：各赛道得分无高下之分，其差距同等对待。",
    ),
    "stance_name.leaders": (
        "leaders",
        "优势赛道优先（leaders）",
    ),
    "stance_name.even": ("even", "“均衡”（even）"),
    "stance_name.laggards": (
        "laggards",
        "短板赛道优先（laggards）",
    ),
    "footing.moves": (
        "With {stance}, {amounts} would move ({share:.1%} of what the plan spends){where}.",
        "若资金取向为{stance}，将有 {amounts}改变去向（占方案投入的 {share:.1%}）{where}。",
    ),
    "footing.moves_free": (
        "With {stance}, {amounts} would move{where}.",
        "若资金取向为{stance}，将有 {amounts}改变去向{where}。",
    ),
    "footing.where": (
        ": {more} at {to}, {less} at {source}",
        "：{to} {more}，{source} {less}",
    ),
    "footing.amount": ("{amount} {unit} of {resource}", "{resource} {amount} {unit}"),
    "footing.bare": ("{amount} of {resource}", "{resource} {amount}"),
    "footing.same": (
        "With {stance} nothing would move.",
        "若资金取向为{stance}，资金去向不变。",
    ),
    "footing.not_told": (
        "What {stance} would move is left out: {why}.",
        "资金取向{stance}的影响未计算：{why}。",
    ),
    "footing.own": (
        "constraints of one's own cannot be stated again",
        "自定约束无法重新列出",
    ),
    "footing.large": ("the program is too large to be solved unasked", "规划规模过大，未自动求解"),
    "footing.slow": ("it takes longer than {seconds:g} s", "用时超过 {seconds:g} 秒"),
    "footing.infeasible": ("no plan meets every budget and rule", "没有方案能满足所有预算与规则"),
    # --- what the case assumes
    "footing.most": (
        "Most hangs on what the case assumes: were it otherwise ({instead}; assumed: {assumed}), {amounts} would move, "
        "{share:.1%} of what the plan spends; {many} of {all} such turns move a tenth of it or more.",
        "结果最依赖的假设是“{assumed}”：若改为“{instead}”，将有 {amounts}改变去向，占方案投入的 {share:.1%}；"
        "{all} 项此类假设中，有 {many} 项会改变一成或以上。",
    ),
    "footing.firm": (
        "Turned round, none of the {all} assumptions that the case names moves anything.",
        "案例列明的 {all} 项假设逐一反转后，资金去向均不变。",
    ),
    "footing.in_unit": ("{name}, {unit}", "{name}（{unit}）"),
    # --- pairs that the source names
    "named_pairs.funded": (
        "Of {pairs} pairs of measure and track that the source names, the case's own plan funds {funded}:",
        "来源点名的 {pairs} 对“措施—赛道”中，案例默认方案资助 {funded} 对：",
    ),
    "named_pairs.pair": (
        "{measure} {name} at {track} ({section}): {outcome}",
        "{measure} {name} · {track}（{section}）：{outcome}",
    ),
    "named_pairs.level": (
        "funded at level {level:.3g}, closes {closed:.3g} gap units there",
        "已资助，力度 {level:.3g}，在该处补齐 {closed:.3g}",
    ),
    "named_pairs.idle": (
        "funded at level {level:.3g}, though it closes nothing there",
        "已资助，力度 {level:.3g}，但在该处未补齐差距",
    ),
    "named_pairs.no_effect": ("not funded: it has no effect there", "未资助：在该处没有效果"),
    "named_pairs.no_gap": ("not funded: nothing it works on is short there", "未资助：该处没有相应差距"),
    "named_pairs.locked": (
        "not funded: it is locked at nothing, or forbidden",
        "未资助：已必须安排为零或被禁止",
    ),
    "named_pairs.displaced": ("not funded: others bring more for the same means", "未资助：同样的投入用于别处收效更大"),
    "named_pairs.not_told": (
        "Pairs of measure and track that the source names are not compared: there is no plan. {why}",
        "来源点名的“措施—赛道”未作对照：没有方案。{why}",
    ),
    # --- levels
    "relative": (
        "The level stands by itself: the factors' levels, weighted; 1 is every target reached. Scores and ranks "
        "are relative: they compare the tracks with one another, so a track may fall though its level rises.",
        "水平为绝对量：各要素水平的加权和，1 表示全部达到目标。得分与排名为相对量：只在赛道之间比较，因此水平上升的赛道排名也可能下降。",
    ),
}
