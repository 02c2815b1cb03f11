"""Weights, judgements and rankings."""

from __future__ import annotations

RANKING: dict[str, tuple[str, str]] = {
    "law.dominance": ("dominance", "占优"),
    "law.permutation": ("permutation", "置换不变"),
    "law.equal_rows": ("equal rows", "同行同分"),
    "law.unit": ("unit", "单位不变"),
    "better.higher": ("higher", "越高越好"),
    "better.lower": ("lower", "越低越好"),
    "consistency": (
        "Consistency ratio {ratio:.4f} ({verdict}; lambda max {lambda_max:.4f}, random index: {random_index}).",
        "一致性比率 {ratio:.4f}（{verdict}；最大特征值 {lambda_max:.4f}，随机指标表：{random_index}）。",
    ),
    "consistency.none": (
        "No consistency ratio: the random index table '{random_index}' ends below this number of factors (lambda max "
        "{lambda_max:.4f}, index {index:.4f}). The table donegan_dodd goes to 100.",
        "无一致性比率：随机指标表“{random_index}”不含这么多要素（最大特征值 {lambda_max:.4f}，"
        "一致性指标 {index:.4f}）。donegan_dodd 表可至 100 个要素。",
    ),
    "goal": ("(goal)", "（总目标）"),
    "change": ("{one} over {other}: {value} -> {to}", "{one} 对 {other}：{value} → {to}"),
    "filled_in": (
        "{judge}, {node}: judgements filled in from the others: {number}; the random index is of complete matrices, "
        "which makes the ratio mild.",
        "{judge}，{node}：由其余判断补出 {number} 个缺失判断；随机指标取自完整矩阵，故比率偏宽松。",
    ),
    "repair": (
        "{judge}, {node}: below 0.1 by the fewest changes: {changes} (ratio then {ratio:.3f}).",
        "{judge}，{node}：降到 0.1 以下的最少修改：{changes}（此后比率 {ratio:.3f}）。",
    ),
    "repair.some": (
        "{judge}, {node}: below 0.1 by these changes, perhaps by fewer: {changes} (ratio then {ratio:.3f}).",
        "{judge}，{node}：以下修改可降到 0.1 以下，或有更少的：{changes}（此后比率 {ratio:.3f}）。",
    ),
    "consensus": (
        "{node}: {word}; consensus of the judges {consensus:.0%} (Goepel), consistency ratio {ratio}; "
        "who judges alike: {clusters}.",
        "{node}：{word}；专家共识度 {consensus:.0%}（Goepel），一致性比率 {ratio}；判断相近者：{clusters}。",
    ),
    "aggregation.aij": ("judgements joined by geometric means (AIJ)", "按几何平均集结判断（AIJ）"),
    "aggregation.aip": ("priorities joined by geometric means (AIP)", "按几何平均集结权重（AIP）"),
    "aggregation.aip_arithmetic": ("priorities joined by arithmetic means (AIP)", "按算术平均集结权重（AIP）"),
    "consistent": ("acceptable, below 0.1", "可接受，小于 0.1"),
    "inconsistent": (
        "too high: 0.1 or more, look at the judgements again",
        "偏高：不小于 0.1，请复核判断",
    ),
    "undefined_ranking": (
        "The ranking is not defined for this method here: {why}",
        "该方法在此无法排序：{why}",
    ),
    "rank.first": (
        "{first} {number:|ranks/rank} first of {tracks} tracks ({method}, weights: {weights}).",
        "{first}在 {tracks} 条赛道中排名第一（{method}，权重：{weights}）。",
    ),
    "years.rose": (
        "From {first} to {last} these rise most ({method}, weights: {weights}): {parts}.",
        "{first} 至 {last} 上升最多的是（{method}，权重：{weights}）：{parts}。",
    ),
    "years.fell": (
        "These fall most: {parts}.",
        "下降最多的是：{parts}。",
    ),
    "years.move": ("{track}, rank {old} to {new}", "{track}（排名 {old} → {new}）"),
    "years.same": (
        "The order is the same in all {number} periods ({method}, weights: {weights}).",
        "{number} 个时期的排名完全相同（{method}，权重：{weights}）。",
    ),
    "years.back": (
        "From {first} to {last} no track moved in the end, though some did in between ({method}, weights: {weights}).",
        "{first} 至 {last} 各赛道首末排名相同，其间有变动（{method}，权重：{weights}）。",
    ),
    "years.always_first": ("{track} is first throughout.", "{track}始终第一。"),
    "years.firsts": ("First: {parts}.", "排名第一：{parts}。"),
    "years.first": ("{track} in {periods}", "{track}（{periods}）"),
    "years.one_weighting": (
        "The weights of {period} hold for all periods, so that moves come from scores alone (`--reweigh`: each has "
        "its own).",
        "各时期均用 {period} 的权重，变动只来自得分（`--reweigh`：各用各的权重）。",
    ),
    "years.reweighed": (
        "A scheme that reads scores weighs each period by its own: moves come from weights too.",
        "由数据赋权者各时期用各自得分：变动也可能来自权重。",
    ),
    "years.together": (
        "All periods stand in one matrix: scores compare across them; ranks are within each.",
        "各时期合为一张决策表：得分跨时期可比，排名在各时期内比较。",
    ),
    "years.apart": (
        "Each period is ranked by itself: ranks compare across periods, scores do not (`--together`).",
        "各时期分别排序：排名跨时期可比，得分不可比（`--together` 可使其可比）。",
    ),
    "rank.second": ("Then {number:|comes/come} {second}.", "其次为{second}。"),
    "weights.most": (
        "By {scheme}, {factor} weighs most: {weight:.3f}.",
        "按{scheme}，{factor}的权重最大：{weight:.3f}。",
    ),
    "weights.most_of": (
        "By {scheme}, {factor} weighs most: {weight:.3f}; the {number} weightings give it {low:.3f} to {high:.3f}.",
        "按{scheme}，{factor}的权重最大：{weight:.3f}；{number} 种权重给它 {low:.3f} 至 {high:.3f}。",
    ),
    "combined.shares": ("Shares in the weights: {shares}.", "组合权重中的份额：{shares}。"),
    "combined.negative": (
        "By the equations of the game {scheme} would have the share {share:.2f}, and the weights would leave the range "
        "between those that are combined: it is set to 0.",
        "按博弈方程，{scheme}的份额为 {share:.2f}，组合权重将超出各组权重之间的范围，故取 0。",
    ),
    "combined.game_equal": (
        "By the equations of the game equal weights beside one other always get the share 0: they change nothing.",
        "按博弈方程，等权与另一组权重组合时份额恒为 0，不起作用。",
    ),
    "combined.deviation": (
        "Shares by deviation nearly always come out about the same, whatever the scores.",
        "离差最大化所得份额通常相差无几，与得分关系不大。",
    ),
    "combined.least_squares": (
        "Least squares gives the plain mean of the weights, whatever the scores: they drop out.",
        "最小二乘组合恒为各组权重的简单平均，与得分无关。",
    ),
    "rank.breaks": (
        "By its published definition {method} breaks a law that rankings are held to: {laws}.",
        "按其发表的定义，{method}不满足排序应有的性质：{laws}。",
    ),
    "ties": (
        "Equal scores share a rank; {better} is better.",
        "得分相同者排名相同；得分{better}。",
    ),
    "not_available": (
        "{number:choice does/choices do} not fit this case: {names} (`--why` tells the reasons).",
        "另有 {number} 种选择因缺少输入或不适用而未参与：{names}（原因见 `--why`）。",
    ),
    "methods.count": (
        "{ranking} ranking methods, {weighting} weighting schemes and {normalisation} normalisations can be chosen.",
        "可选排序方法 {ranking} 种、赋权方法 {weighting} 种、规范化方法 {normalisation} 种。",
    ),
    "methods.ranking": ("Ranking methods", "排序方法"),
    "methods.weighting": ("Weighting schemes", "赋权方法"),
    "methods.normalisation": ("Normalisations", "规范化方法"),
}
