"""The ranking's part in a plan, levels, and what the case assumes."""

from __future__ import annotations

FOOTING: dict[str, tuple[str, str]] = {
    # --- the ranking and the money
    "footing.leaders": (
        "The ranking feeds the money (stance: leaders first): the higher a track's score ({method}), the "
        "more its gaps count, from {high:.2f} times the mean at {first} to {low:.2f} times at {last}.",
        "排名影响资金（资金取向：优势赛道优先）：赛道得分（{method}）越高，其差距的分量越重，"
        "从{first}的平均水平 {high:.2f} 倍到{last}的 {low:.2f} 倍。",
    ),
    "footing.laggards": (
        "The ranking feeds the money (stance: laggards first): the lower a track's score ({method}), the "
        "more its gaps count, from {high:.2f} times the mean at {first} to {low:.2f} times at {last}.",
        "排名影响资金（资金取向：短板赛道优先）：赛道得分（{method}）越低，其差距的分量越重，"
        "从{first}的平均水平 {high:.2f} 倍到{last}的 {low:.2f} 倍。",
    ),
    "footing.even": (
        "The ranking does not touch the money (stance: even): the gaps of all tracks count alike.",
        "排名不影响资金（资金取向：一视同仁）：各赛道的差距同等对待。",
    ),
    "footing.fair": (
        "The ranking hardly touches the money: what counts is the share that closes of each track's own gap. The "
        "stance ({stance}) decides only between plans that are as fair.",
        "排名基本不影响资金：按各赛道自身差距的补齐率安排，资金取向（{stance}）只在同样公平的方案之间取舍。",
    ),
    "footing.alike": (
        "The ranking does not touch the money: no track's score stands above another's, so that all gaps count alike.",
        "排名不影响资金：各赛道得分无高下之分，差距同等对待。",
    ),
    "stance_name.leaders": (
        "leaders first",
        "“优势赛道优先”",
    ),
    "stance_name.even": ("an even stance", "“一视同仁”的资金取向"),
    "stance_name.laggards": (
        "laggards first",
        "“短板赛道优先”",
    ),
    "footing.moves": (
        "With {stance}, {amounts} would go elsewhere ({share:.1%} of what the plan spends){where}.",
        "若改为{stance}，将有{amounts}改投（占方案投入的 {share:.1%}）{where}。",
    ),
    "footing.moves_free": (
        "With {stance}, {amounts} would go elsewhere{where}.",
        "若改为{stance}，将有{amounts}改投{where}。",
    ),
    "footing.where": (
        ": above all {more} at {to}, {less} at {source}",
        "，其中变动最大的是{to}（{more}）和{source}（{less}）",
    ),
    "footing.same": (
        "With {stance} nothing would go elsewhere.",
        "若改为{stance}，资金去向不变。",
    ),
    "footing.not_told": (
        "What would go elsewhere with {stance} is left out: {why}.",
        "改为{stance}的影响未计算：{why}。",
    ),
    "footing.own": (
        "constraints of one's own cannot be stated again",
        "自定约束条件无法重新列出",
    ),
    "footing.not_best": (
        "the plan may not be the best, and what moves could be for that",
        "本方案未必最优，变动可能源于此",
    ),
    "footing.large": ("the program is too large to be solved unasked", "规划规模过大，未自动求解"),
    "footing.slow": ("it takes longer than {seconds:g} s", "用时超过 {seconds:g} 秒"),
    "footing.infeasible": (
        "no plan meets every budget and rule",
        "没有方案能满足所有预算与约束条件",
    ),
    # --- what is beyond dispute
    "settled.not_proven.unfit": (
        "it takes the objective to close as much as possible, weights without a region, and a plan known to be best",
        "仅适用于目标为短板补齐率最高、未设权重范围且已知最优的方案",
    ),
    "settled.not_proven.large": (
        "the case is too large to be proved unasked; `saidao settled` does when asked",
        "案例规模过大，未自动证明；可用 `saidao settled` 另行计算",
    ),
    "settled.not_proven.slow": (
        "with levels in whole numbers it takes longer than {seconds:g} s here",
        "力度取整数时，证明用时超过 {seconds:g} 秒",
    ),
    # --- what the case assumes
    "footing.most": (
        "Most hangs on one assumption of the case, '{assumed}': if instead '{instead}', {amounts} would go "
        "elsewhere, {share:.1%} of what the plan spends. {many} of {all:such assumption moves/such "
        "assumptions move} a tenth of it or more.",
        "结果最依赖的假设是“{assumed}”：若改为“{instead}”，将有{amounts}改投，占方案投入的 {share:.1%}；"
        "{all} 项此类假设中，有 {many} 项会影响一成及以上的投入。",
    ),
    "footing.firm": (
        "Whichever of the case's {all:assumption/assumptions} is turned round, nothing goes elsewhere.",
        "案例列明的 {all} 项假设逐一反转后，资金去向均不变。",
    ),
    # --- pairs that the source names
    "named_pairs.funded": (
        "Of {pairs:pair/pairs} of measure and track that the source names, the case's own plan funds {funded}:",
        "来源点名的 {pairs} 对“措施—赛道”组合中，案例默认方案安排 {funded} 对：",
    ),
    "named_pairs.pair": (
        "{name} ({measure}) at {track} ({section}): {outcome}",
        "{track}的{name}（{measure}，{section}）：{outcome}",
    ),
    "named_pairs.level": (
        "funded at intensity {level:.3g}, closes {closed:.3g} gap units there",
        "已安排，力度 {level:.3g}，补齐该赛道 {closed:.3g} 个差距单位",
    ),
    "named_pairs.idle": (
        "funded at intensity {level:.3g}, though it closes nothing there",
        "已安排，力度 {level:.3g}，但未补齐该赛道的差距",
    ),
    "named_pairs.no_effect": (
        "not funded: it has no effect there",
        "未安排：对该赛道没有效果",
    ),
    "named_pairs.no_gap": (
        "not funded: the track has no gap that it works on",
        "未安排：该赛道没有相应差距",
    ),
    "named_pairs.locked": (
        "not funded: it is locked at nothing, forbidden, or would act too late",
        "未安排：已限定为零、不予安排，或见效过晚",
    ),
    "named_pairs.no_weight": (
        "not funded: the gaps that it works on do not count (weights, stance)",
        "未安排：相应差距不计入（权重或资金取向）",
    ),
    "named_pairs.displaced": (
        "not funded: the same means close more elsewhere",
        "未安排：同等投入用于其他赛道成效更高",
    ),
    "named_pairs.not_told": (
        "Pairs of measure and track that the source names are not compared: there is no plan. {why}",
        "来源点名的“措施—赛道”组合未作对照：没有方案。{why}",
    ),
    # --- levels
    "relative": (
        "The level stands by itself: the factors' levels, weighted; 1 is every target reached. Scores and "
        "ranks are relative: they compare the tracks with one another, so a track may fall though its level "
        "rises.",
        "发展水平为绝对量：各要素发展水平的加权和，1 表示全部达到目标。得分与排名为相对量：只在赛道之间比较，"
        "因此发展水平上升的赛道排名也可能下降。",
    ),
}
