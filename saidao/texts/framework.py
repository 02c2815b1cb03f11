"""The paper's framework: candidates, dimensions, readings, productivity, stages and chains."""

from __future__ import annotations

FRAMEWORK: dict[str, tuple[str, str]] = {
    # --- candidate tracks
    "candidates.admit": (
        "{name}: admit; it is as good as the profile with credibility {credibility:.2f}.",
        "{name}：准入；达到准入线的可信度为 {credibility:.2f}。",
    ),
    "candidates.watch": (
        "{name}: watch; credibility {credibility:.2f} of reaching the profile to admit, {watch:.2f} of the one "
        "to watch.",
        "{name}：关注；达到准入线的可信度为 {credibility:.2f}，达到关注线的为 {watch:.2f}。",
    ),
    "candidates.reject": (
        "{name}: reject; credibility {watch:.2f} of reaching even the profile to watch.",
        "{name}：不予考虑；达到关注线的可信度仅 {watch:.2f}。",
    ),
    "candidates.short": ("Short of the line to admit on: {short}.", "未达准入线的指标：{short}。"),
    "candidates.none_short": ("It reaches the line to admit on every indicator.", "所有指标均达准入线。"),
    "candidates.also": ("{name} is admitted all the same, as asked.", "{name}：按要求仍予准入。"),
    "candidates.track": ("{name} is a track of the case already.", "{name}已是本案例的赛道。"),
    "candidates.assumed": (
        "{assumed} of {all} figures are assumptions, {short} of the {of} that it falls short on among them.",
        "{all} 个指标值中 {assumed} 个为假设，其中包括 {of} 个未达指标中的 {short} 个。",
    ),
    "candidates.rank": ("{name} ranks {rank}", "{name}排第 {rank}"),
    "candidates.would_rank": ("{name} would rank {rank}", "{name}排第 {rank}"),
    "candidates.turned": (
        "Admitted, {ranked} of {tracks}; {turned} pairs of the others change places (rank reversal).",
        "准入后，{ranked}（共 {tracks} 条）；其余赛道有 {turned} 对排名互换（逆序）。",
    ),
    "candidates.not_turned": (
        "Admitted, {ranked} of {tracks}; no two of the others change places.",
        "准入后，{ranked}（共 {tracks} 条）；其余赛道次序不变。",
    ),
    "candidates.would_turned": (
        "If admitted, {ranked} of {tracks}; {turned} pairs of the others would change places (rank reversal).",
        "若准入，{ranked}（共 {tracks} 条）；其余赛道将有 {turned} 对排名互换（逆序）。",
    ),
    "candidates.would_not_turned": (
        "If admitted, {ranked} of {tracks}; no two of the others would change places.",
        "若准入，{ranked}（共 {tracks} 条）；其余赛道次序不变。",
    ),
    "candidates.methods": (
        "Of the {methods} methods that are defined here, {turning} turn some of the others around: {named}.",
        "在此适用的 {methods} 种方法中有 {turning} 种会使其余赛道逆序：{named}。",
    ),
    "candidates.no_method": (
        "Of the {methods} methods that are defined here, none turns others around.",
        "在此适用的 {methods} 种方法中没有一种会使其余赛道逆序。",
    ),
    "candidates.closes": ("{name} {closed:.0%}", "{name} {closed:.0%}"),
    "candidates.money": (
        "In the plan then, of the gap of the new closes: {closed}; of the others' together {after:.1%} "
        "instead of {before:.1%}. {share:.0%} of {resource} moves.",
        "此时的方案补齐新赛道差距：{closed}；其余赛道合计由 {before:.1%} 变为 {after:.1%}。{resource}有 "
        "{share:.0%} 改投。",
    ),
    "candidates.no_plan": (
        "There is no plan to compare the money by: see saidao plan.",
        "没有可比较资金的方案：请见 saidao plan。",
    ),
    "candidates.unscored": (
        "{name} has no score on some factor: what its admission does is not shown.",
        "{name}缺少部分要素得分，故不显示准入的影响。",
    ),
    "candidates.pays": (
        "Between the plans shown most is taken from {name}: {after:.0%} of its gap closes instead of {before:.0%}.",
        "在所示两个方案之间，让出最多的是{name}：补齐由 {before:.0%} 变为 {after:.0%}。",
    ),
    "candidates.enough": ("One of these alone would admit it: {told}.", "只需其中一项达到即可准入：{told}。"),
    "candidates.vetoed": ("Vetoed on: {vetoed}.", "被否决的指标：{vetoed}。"),
    "category.admit": ("admit", "准入"),
    "category.watch": ("watch", "关注"),
    "category.reject": ("reject", "不予考虑"),
    # --- balance over the dimensions
    "balance.shares": (
        "Of {resource}, {most} gets most ({high:.0%}) and {least} least ({low:.0%}).",
        "{resource}中，{most}最多（{high:.0%}），{least}最少（{low:.0%}）。",
    ),
    "balance.held": (
        "Held to at least {share:.1%} of the budget of {resource} for each dimension, the plan closes "
        "{closed:.1%} of the gap, {loss:.1%} less than the best.",
        "若每个维度至少得到{resource}预算的 {share:.1%}，方案补齐差距的 {closed:.1%}，比最优少 {loss:.1%}。",
    ),
    "balance.nothing": ("Nothing of {resource} is spent.", "没有支出{resource}。"),
    "balance.free": (
        "Up to {share:.1%} of the budget of {resource} for each costs nothing.",
        "每个维度至多保底{resource}预算的 {share:.1%} 时不损失补齐。",
    ),
    "balance.cost": (
        "To give each dimension at least {share:.1%} of the budget of {resource} would cost {loss:.1%} of the "
        "gap: {closed:.1%} would close.",
        "若使每个维度至少得到{resource}预算的 {share:.1%}，将少补齐差距的 {loss:.1%}，即补齐 {closed:.1%}。",
    ),
    "balance.reach": (
        "A plan that reaches a given share at least spend closes no less for more balance: it spends more.",
        "以最少支出达到给定比例的方案不会因均衡而少补齐，只会多支出。",
    ),
    "balance.sampled": (
        "What balance costs is planned at {points} shares, not at every breakpoint.",
        "均衡的代价按 {points} 个比例逐一规划得出，并非全部转折点。",
    ),
    "balance.most": (
        "No plan gives each more than {share:.1%}.",
        "没有方案能使每个维度都超过 {share:.1%}。",
    ),
    # --- readings of the ticks
    "readings.first": (
        "If a tick is a strength, first comes {strength}; if it is a shortcoming, {shortcoming}.",
        "若打勾表示优势，{strength}居首；若表示短板，{shortcoming}居首。",
    ),
    "readings.moves": (
        "Between the two plans {share:.0%} of {resource} moves; {both} of {all} measures are funded by both.",
        "两个方案之间{resource}有 {share:.0%} 改投；{all} 项措施中 {both} 项两者都支持。",
    ),
    "readings.wrong": (
        "The plan for strengths closes {own:.1%} of the gap if it reads right, {other:.1%} if ticks are "
        "shortcomings, where {best:.1%} could be closed.",
        "按优势解读的方案：解读正确时补齐 {own:.1%}；若打勾实为短板则为 {other:.1%}，而最多可达 {best:.1%}。",
    ),
    "readings.wrong_other": (
        "The plan for strengths closes {own:.1%} of the gap if it reads right, {other:.1%} if ticks are "
        "shortcomings, where the plan for shortcomings closes {best:.1%}.",
        "按优势解读的方案：解读正确时补齐 {own:.1%}；若打勾实为短板则为 {other:.1%}，而按短板解读的方案为 {best:.1%}。",
    ),
    # --- total factor productivity
    "tfp.factor": ("Growth of total factor productivity", "全要素生产率增长"),
    "tfp.pace": (
        "From {first} to {last} total factor productivity changed by {growth:+.1%} {every} on average of the tracks "
        "(Malmquist; Solow residual {residual:+.1%}).",
        "{first} 至 {last}，各赛道全要素生产率平均{every}变动 {growth:+.1%}"
        "（Malmquist 指数；索洛余值 {residual:+.1%}）。",
    ),
    "tfp.ways": (
        "Of the paper's two ways: technical progress {technical:+.1%} {every}, better combination of factors "
        "(efficiency) {efficiency:+.1%}.",
        "按论文的两条路径：技术进步{every} {technical:+.1%}，要素组合改善（效率）{efficiency:+.1%}。",
    ),
    "tfp.ends": (
        "Fastest: {first} ({high:+.1%}); slowest: {last} ({low:+.1%}).",
        "最快：{first}（{high:+.1%}）；最慢：{last}（{low:+.1%}）。",
    ),
    "tfp.year": ("a year", "每年"),
    "tfp.period": ("a period", "每期"),
    "tfp.frontier": ("On the frontier in {period}: {tracks}.", "{period} 位于前沿：{tracks}。"),
    "tfp.assumed": (
        "The panel is marked as an assumption: these figures show the method, not the tracks.",
        "面板数据标为假设：上述数字仅演示方法，不反映赛道实况。",
    ),
    # --- stages of the race
    "stages.closed": (
        "Over {first} to {last} {closed:.1%} of the weighted gap closes; at once it would be {whole:.1%}.",
        "{first} 至 {last} 共补齐加权差距的 {closed:.1%}；若一次投入则为 {whole:.1%}。",
    ),
    "stages.closed_once": (
        "{closed:.1%} of the weighted gap closes.",
        "补齐加权差距的 {closed:.1%}。",
    ),
    "stages.spent": (
        "Of {resource}, {told}.",
        "{resource}支出：{told}。",
    ),
    "stages.part": ("{stage} takes {share:.0%}", "{stage}占 {share:.0%}"),
    "stages.binding": (
        "The limit of {stage} in {period} binds: one hundredth more of that period's {resource} for it would "
        "close a further {worth:.3%} of the gap.",
        "{period} {stage}的上限起约束作用：当期{resource}再多百分之一可用于它，加权差距可多补齐 {worth:.3%}。",
    ),
    "stages.binding_discounted": (
        "The limit of {stage} in {period} binds: one hundredth more of that period's {resource} for it would "
        "be worth {worth:.3%} of the gap, where closing it a period later counts {discount:g}.",
        "{period} {stage}的上限起约束作用：当期{resource}再多百分之一可用于它，价值相当于加权差距的 "
        "{worth:.3%}（晚一期补齐按 {discount:g} 计）。",
    ),
    "stages.worst": ("Most of the whole gap is open at: {told}", "整体上最待补的赛道：{told}"),
    "stages.track": (
        "{track} ({stage}): {closed:.0%} of its gap closes; most open: {open} ({share:.0%} of its gap).",
        "{track}（{stage}）：补齐其差距的 {closed:.0%}；最待补：{open}（占其差距 {share:.0%}）。",
    ),
    "stages.track_done": (
        "{track} ({stage}): {closed:.0%} of its gap closes; measures of its own stage can close no more.",
        "{track}（{stage}）：补齐其差距的 {closed:.0%}；本赛段措施已无可再补。",
    ),
    "stages.track_none": ("{track} ({stage}): no gap.", "{track}（{stage}）：无差距。"),
    "stages.track_staged_none": (
        "{track} ({stage}): {closed:.0%} of its gap closes.",
        "{track}（{stage}）：补齐其差距的 {closed:.0%}。",
    ),
    "stages.assumed": (
        "The years, the shares of the budgets and the limits of the stages are assumptions.",
        "年份、各期预算比例与赛段上限均为假设。",
    ),
    "stages.at": ("{stage}: {need}", "{stage}，{need}"),
    "stages.no_stage": ("no stage given", "未注明赛段"),
    "stages.other": ("other measures", "其他措施"),
    # --- chains
    "chains.most": (
        "Most of the gap lies at {most} ({share:.0%}), of which {closed:.0%} closes.",
        "差距最大处：{most}（占 {share:.0%}），补齐其中 {closed:.0%}。",
    ),
    "chains.holes": (
        "{holes} of {gaps} gaps ({share:.0%} of the whole) are holes: no measure meant for their links reaches them. "
        "They are: {named}.",
        "{gaps} 处差距中有 {holes} 处（占 {share:.0%}）为空白：没有面向其环节的措施可及。包括：{named}。",
    ),
    "chains.no_holes": (
        "Every gap is within reach of a measure meant for its links.",
        "每处差距都有面向其环节的措施可及。",
    ),
    "chains.beyond": (
        "Even in full, measures meant for their links leave {share:.0%} of the gap open, most of it at {most} "
        "({part:.0%}).",
        "对口措施即使全部做足，仍有 {share:.0%} 的差距无法补齐，主要在{most}（{part:.0%}）。",
    ),
    "chains.unfunded": (
        "Gaps that such a measure could reach, and none is funded there: {gaps} ({share:.0%}).",
        "{gaps} 处差距（占 {share:.0%}）有此类措施可及，但均未获支持。",
    ),
    "chains.untagged": (
        "{share:.0%} of the gap has no link of {chain} and stands in no row of the map.",
        "{share:.0%} 的差距未标注{chain}的环节，不在图中。",
    ),
    "chains.gap": ("{track}: {factor}", "{track}的{factor}"),
    "chains.tagged": (
        "Where gaps and measures stand on the chains rests on: {kind}.",
        "差距与措施在链条上的位置依据：{kind}。",
    ),
    "chains.more": (" and others", "等"),
    "chains.no_gap": ("No track has a gap.", "各赛道均无差距。"),
    "state.none": ("no gap", "无差距"),
    "state.hole": ("hole", "空白"),
    "state.unfunded": ("not funded", "未支持"),
    "state.part": (
        "in part",
        "部分补齐",
    ),
    "state.closed": (
        "closed",
        "已补齐",
    ),
}
