"""What methods, schemes and combinations of weights are not defined for."""

from __future__ import annotations

METHODS: dict[str, tuple[str, str]] = {
    "combination_dependent.expected": (
        "weights that differ: of the same weights there is no game",
        "互不相同的权重（权重相同或可由其他权重组合而成时，博弈组合无解）",
    ),
    "combination_dependent.remedy": (
        "Leave one of them out, or combine linearly.",
        "请去掉其中一组，或改用线性组合（linear）。",
    ),
    "combination_kinds.expected": (
        "some weights from judgements, and some from data",
        "由判断得出的权重与由数据得出的权重各至少一组",
    ),
    "combination_kinds.remedy": ("Choose other schemes, or combine in another way.", "请更换赋权方法或组合方式。"),
    "combination_negative.expected": ("weights of 0 or more", "不小于 0 的权重"),
    "combination_negative.remedy": (
        "Bound the shares, or combine linearly.",
        "请将份额限制为不小于 0，或改用线性组合（linear）。",
    ),
    "combination_number.expected": ("two or more schemes to combine", "两种或两种以上用于组合的赋权方法"),
    "combination_number.remedy": ("Write them with a plus: ahp+entropy.", "请用加号连接：ahp+entropy。"),
    "combination_shares.expected": (
        "no share: this combination finds the shares by itself",
        "不给出份额（该组合方式自行求得份额）",
    ),
    "combination_shares.remedy": (
        "Leave the share out, or combine by linear or geometric.",
        "请去掉份额，或改用 linear 或 geometric。",
    ),
    "combination_zero.expected": (
        "weights above 0: in a product a 0 is a veto",
        "大于 0 的权重（乘积中 0 即一票否决）",
    ),
    "combination_zero.remedy": ("Combine linearly.", "请改用线性组合（linear）。"),
    "independence_size.expected": (
        "two or more factors, and more tracks than factors: else the others tell each one in full",
        "两个以上要素，且赛道多于要素（否则每个要素都可由其余要素完全解释）",
    ),
    "independence_size.remedy": ("Choose another scheme.", "请选用其他赋权方法。"),
    "components_level.expected": ("components whose variances differ", "各主成分方差互不相同"),
    "components_level.remedy": (
        "Choose another scheme, or another number of components.",
        "请选用其他赋权方法，或改主成分个数。",
    ),
    "independence_rank.expected": (
        "factors that correlate with each other, but none in full",
        "彼此相关但不完全相关的要素",
    ),
    "independence_rank.remedy": ("Choose another scheme.", "请选用其他赋权方法。"),
    "fucom_priorities.expected": (
        "1 for the most important factor, and 1 or more for each other one",
        "最重要的要素为 1，其余各为不小于 1 的数",
    ),
    "fucom_priorities.remedy": (
        "Say how many times as important the one before is.",
        "请给出前一要素是该要素的多少倍。",
    ),
    "dematel_singular.expected": (
        "influences of which some rows and columns sum to less than others",
        "各行各列之和不全相等的影响矩阵",
    ),
    "dematel_singular.remedy": ("Choose another scheme.", "请选用其他赋权方法。"),
    "one_judgement.expected": ("one of the two: {expected}", "二者之一：{expected}"),
    "one_judgement.remedy": ("Leave the other out.", "请去掉另一种。"),
    "zero_weight.expected": (
        "a weight above 0: the method divides by it",
        "大于 0 的权重（该方法要除以权重）",
    ),
    "zero_weight.remedy": ("Leave the factor out, or use topsis or wsm.", "请去掉该要素，或改用 topsis 或 wsm。"),
    "ideal_range.expected": ("{expected}", "{expected}"),
    "ideal_range.remedy": ("Put the ideal within the range.", "请把理想区间放在取值范围之内。"),
    "expected_point.expected": ("{expected}", "{expected}"),
    "expected_point.remedy": ("Put it within the bounds.", "请放在上下界之内。"),
    "limit_kind.expected": ("{expected}", "{expected}"),
    "limit_kind.remedy": ("Leave kinds out: directions say it.", "可省略 kinds：方向已经说明。"),
    "interval.expected": ("0 < n1 < n2k", "0 < n1 < n2k"),
    "interval.remedy": ("Change one of them.", "请修改其中之一。"),
    "knots_order.expected": (
        "knots that rise for a benefit, and fall for a cost",
        "正向要素递增、逆向要素递减的分界值",
    ),
    "knots_order.remedy": ("Put them in order from the worst grade to the best.", "请按由差到好的等级排列。"),
    "scale_ends.expected": ("{expected}", "{expected}"),
    "scale_ends.remedy": ("Exchange the two.", "请对调两者。"),
    "too_many_objects.expected": ("{expected} characteristic objects", "特征对象数{expected}"),
    "too_many_objects.remedy": (
        "Give fewer values for some factors, or rank by groups of factors, and then by their results.",
        "请减少部分要素的特征值，或先按要素分组排序，再对各组结果排序。",
    ),
    "court.found": (
        "{found:way gives/ways give} what was printed to the last digit, of {tried:,} tried.",
        "在尝试的 {tried:,} 种做法中，有 {found} 种与所印结果逐位一致。",
    ),
    "court.none": (
        "None of {tried:,} ways gives all that was printed; these come nearest.",
        "尝试的 {tried:,} 种做法均不能完全得到所印结果，最接近的如下。",
    ),
    "court.misprint_score": (
        "All would agree if the score of {alternative}, printed {printed:.6g}, were {needed:.6g} ({way}).",
        "若{alternative}的得分不是所印的 {printed:.6g} 而是 {needed:.6g}，则全部一致（{way}）。",
    ),
    "court.misprint_rank": (
        "All would agree if the rank of {alternative}, printed {printed:.0f}, were {needed:.0f} ({way}).",
        "若{alternative}的排名不是所印的 {printed:.0f} 而是 {needed:.0f}，则全部一致（{way}）。",
    ),
    "court.misprint_matrix": (
        "All would agree if {alternative} had {needed:.6g} on {criterion}, where {printed:.6g} is printed ({way}).",
        "若{alternative}的“{criterion}”不是所印的 {printed:.6g} 而是 {needed:.6g}，则全部一致（{way}）。",
    ),
    "court.printed": ("as printed", "所印权重"),
    "court.unscaled": ("as printed, not scaled to sum 1", "所印权重（未归一）"),
    "sheet.court": ("Ways", "做法"),
    "title.court": ("Ways that give what was printed", "与所印结果一致的做法"),
    "title.court_near": ("Ways that come nearest", "最接近所印结果的做法"),
    "head.court_off": ("off by (units of the last digit)", "最大偏差（末位单位）"),
    "court_direction.expected": (
        "max, min or LOW..HIGH for every criterion: a row called direction, or --direction",
        "每个指标的方向 max、min 或 LOW..HIGH（名为“方向”的一行，或 --direction）",
    ),
    "court_direction.remedy": ("Say which way is better.", "请说明何者为优。"),
    "court_number.expected": ("a number, as the matrix has to be", "数值（决策矩阵的单元格）"),
    "court_number.remedy": ("Leave the row or the column out, or write its number.", "请去掉该行或该列，或改为数值。"),
    "court_nothing.expected": (
        "a column called score or rank with what was printed",
        "印有结果的“得分”或“排名”一列",
    ),
    "court_nothing.remedy": ("Name the column so.", "请如此命名该列。"),
    "opinion.title": ("Also computed by other programs", "请其他程序复算"),
    "opinion.wait": (
        "pymcdm ranks again, and CBC plans again: this takes some seconds.",
        "正在由 pymcdm 重新排序、由 CBC 重新编制方案，需要几秒钟。",
    ),
    "opinion.same_ranking": (
        "pymcdm {version} computes the same scores by {method}.",
        "pymcdm {version} 按{method}算得的得分完全相同。",
    ),
    "opinion.other_ranking": (
        "pymcdm {version} computes other scores by {method}: they differ by up to {apart:.4g}.",
        "pymcdm {version} 按{method}算得的得分不同，最大相差 {apart:.4g}。",
    ),
    "opinion.no_ranking": (
        "pymcdm {version} computes no scores by {method} with these options. {why}",
        "pymcdm {version} 不能按{method}及所选选项计算得分。{why}",
    ),
    "opinion.slip_copras": (
        "Ours follow the formula: pymcdm counts costs as benefits in COPRAS.",
        "本结果符合公式：pymcdm 的 COPRAS 把成本型当作效益型。",
    ),
    "opinion.slip_probid": (
        "Ours follow the formula: of an even number of tracks pymcdm counts the middle level of PROBID twice.",
        "本结果符合公式：赛道数为偶数时，pymcdm 的 PROBID 把中间水平计算了两次。",
    ),
    "opinion.slip_sprobid": (
        "Ours follow the formula: of fewer than four tracks pymcdm takes rows for columns in sPROBID.",
        "本结果符合公式：赛道少于四条时，pymcdm 的 sPROBID 混淆了行与列。",
    ),
    "opinion.slip_unknown": (
        "No slip of pymcdm is known here: compare both with the published formula (saidao methods).",
        "尚未发现 pymcdm 在此处有误：请与已发表的公式核对（saidao methods）。",
    ),
    "opinion.same_plan": (
        "CBC (pulp {version}) finds the same optimum: {share:.1%} of the weighted gap closes.",
        "CBC（pulp {version}）求得同样的最优值：短板补齐率 {share:.1%}。",
    ),
    "opinion.better_plan": (
        "CBC (pulp {version}) finds a plan that is worth {apart:.2g} less; ours is proven by its certificate.",
        "CBC（pulp {version}）求得的方案价值低 {apart:.2g}；本方案的最优性已由校验证明。",
    ),
    "opinion.worse_plan": (
        "CBC (pulp {version}) finds a plan that is worth {apart:.2g} more: one of the two is wrong.",
        "CBC（pulp {version}）求得的方案价值高 {apart:.2g}：两者必有一误。",
    ),
    "title.second_ranking": ("Scores by both", "两种计算的得分"),
    "title.second_plan": ("Resources used by both plans", "两个方案的资源使用"),
    "sheet.second_ranking": ("Second opinion", "复算"),
    "sheet.second_plan": ("Second plan", "复算方案"),
    "head.by_pymcdm": ("by pymcdm", "pymcdm 的得分"),
    "head.by_cbc": ("by CBC", "CBC 的方案"),
    "no_second_library.expected": ("the library pymcdm, which computes the ranking too", "用于复算排序的软件库 pymcdm"),
    "no_second_library.remedy": ("Install it: pip install pymcdm.", "请安装：pip install pymcdm。"),
}
