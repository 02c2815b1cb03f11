"""The paper's framework: candidates, dimensions, readings, productivity, stages and chains."""

from __future__ import annotations

FRAMEWORK: dict[str, tuple[str, str]] = {
    # --- candidate tracks
    "candidates.admit": (
        "{name} is admitted (credibility {credibility:.2f} of reaching the profile to admit).",
        "{name}：准入（达到准入线的可信度 {credibility:.2f}）。",
    ),
    "candidates.watch": (
        "{name} stays on watch: {credibility:.2f} for admission, {watch:.2f} for watching.",
        "{name}：关注（达到准入线的可信度 {credibility:.2f}，达到关注线的可信度 {watch:.2f}）。",
    ),
    "candidates.reject": (
        "{name} is rejected: {watch:.2f} even for watching.",
        "{name}：不予考虑（达到关注线的可信度仅 {watch:.2f}）。",
    ),
    "candidates.short": ("Short of the line to admit on: {short}.", "未达准入线的指标：{short}。"),
    "candidates.none_short": ("It reaches the line to admit on every indicator.", "所有指标均达准入线。"),
    "candidates.also": ("{name} is admitted all the same, as asked.", "{name}：按要求仍予准入。"),
    "candidates.track": ("{name} is a track of the case already.", "{name}已是本案例的赛道。"),
    "candidates.assumed": (
        "{assumed} of its {all:figure is an assumption/figures are assumptions}, {short} of the {of} that it "
        "falls short on among them.",
        "{all} 个指标值中 {assumed} 个为假设，其中包括 {of} 个未达指标中的 {short} 个。",
    ),
    "candidates.rank": ("{name} ranks {rank}", "{name}排名第 {rank}"),
    "candidates.would_rank": ("{name} would rank {rank}", "{name}排名第 {rank}"),
    "candidates.turned": (
        "Admitted, {ranked} of {tracks}; {turned:pair of the others changes places/pairs of the others "
        "change places} (rank reversal).",
        "准入后，{ranked}（共 {tracks} 条）；其余赛道有 {turned} 对先后次序互换（逆序）。",
    ),
    "candidates.not_turned": (
        "Admitted, {ranked} of {tracks}; no two of the others change places.",
        "准入后，{ranked}（共 {tracks} 条）；其余赛道次序不变。",
    ),
    "candidates.would_turned": (
        "If admitted, {ranked} of {tracks}; {turned:pair of the others would change places/pairs of the "
        "others would change places} (rank reversal).",
        "若准入，{ranked}（共 {tracks} 条）；其余赛道将有 {turned} 对先后次序互换（逆序）。",
    ),
    "candidates.would_not_turned": (
        "If admitted, {ranked} of {tracks}; no two of the others would change places.",
        "若准入，{ranked}（共 {tracks} 条）；其余赛道次序不变。",
    ),
    "candidates.methods": (
        "{turning} of the {methods:method/methods} that fit this case {turning:|turns/turn} some of the "
        "others around: {named}.",
        "适用的 {methods} 种排序方法中，有 {turning} 种会改变其余赛道的先后次序（{named}）。",
    ),
    "candidates.no_method": (
        "None of the {methods:method/methods} that fit this case turns others around.",
        "适用的 {methods} 种排序方法均不改变其余赛道的先后次序。",
    ),
    "candidates.unpaired": (
        "With so many tracks, methods that set every two of them beside each other are not tried; "
        "`saidao candidates` tries them.",
        "赛道过多，未试用逐对比较赛道的方法；`saidao candidates` 会一并试用。",
    ),
    "candidates.closes": ("{name} {closed:.0%}", "{name} {closed:.0%}"),
    "candidates.money": (
        "In the new plan their gap closes so far: {closed}; the others fall from {before:.1%} to {after:.1%} "
        "together. {share:.0%} of {resource} goes elsewhere.",
        "准入后的方案中，新赛道补齐率：{closed}；其余赛道合计由 {before:.1%} 变为 {after:.1%}；{share:.0%} "
        "的{resource}改投。",
    ),
    "candidates.no_plan": (
        "There is no plan to compare the money by: see `saidao plan`.",
        "没有可供比较资金去向的方案：请见 `saidao plan`。",
    ),
    "candidates.unscored": (
        "{name} has no score on some factor: what its admission does is not shown.",
        "{name}缺少部分要素得分，故不显示准入的影响。",
    ),
    "candidates.pays": (
        "{name} gives most: {after:.0%} of its gap closes instead of {before:.0%}.",
        "让出最多的是{name}：补齐率由 {before:.0%} 变为 {after:.0%}。",
    ),
    "candidates.enough": ("One of these alone would admit it: {told}.", "只需其中一项达到即可准入：{told}。"),
    "candidates.vetoed": ("Vetoed on: {vetoed}.", "被否决的指标：{vetoed}。"),
    "category.admit": ("admit", "准入"),
    "category.watch": ("watch", "关注"),
    "category.reject": ("reject", "不予考虑"),
    # --- balance over the dimensions
    "balance.shares": (
        "{most} takes most of {resource} ({high:.0%}), {least} least ({low:.0%}).",
        "{resource}投入中，{most}最多（{high:.0%}），{least}最少（{low:.0%}）。",
    ),
    "balance.held": (
        "With at least {share:.1%} of the budget of {resource} for each dimension, the plan closes "
        "{closed:.1%} of the gap, {loss:.1%} less than the best.",
        "若每个维度至少得到{resource}预算的 {share:.1%}，方案的补齐率为 {closed:.1%}，比最优低 {loss:.1%}。",
    ),
    "balance.nothing": ("Nothing of {resource} is spent.", "没有支出{resource}。"),
    "balance.free": (
        "Each dimension can have up to {share:.1%} of the budget of {resource} at no cost.",
        "每个维度保底不超过{resource}预算的 {share:.1%} 时，补齐率不降低。",
    ),
    "balance.cost": (
        "At least {share:.1%} of the budget of {resource} for each dimension would cost {loss:.1%} of the "
        "gap: {closed:.1%} would close.",
        "若使每个维度至少得到{resource}预算的 {share:.1%}，补齐率降低 {loss:.1%}，为 {closed:.1%}。",
    ),
    "balance.reach": (
        "A plan that reaches a given share at least spend closes no less for more balance: it spends more.",
        "以最少支出达到给定补齐率的方案，不会因均衡而降低补齐率，只会增加支出。",
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
        "If a tick is a strength, {strength} ranks first; if it is a shortcoming, {shortcoming}.",
        "若打勾表示优势，{strength}排名第一；若表示短板，{shortcoming}排名第一。",
    ),
    "readings.moves": (
        "{share:.0%} of {resource} goes elsewhere between the two plans; {both} of {all:measure is/measures "
        "are} funded by both.",
        "两种解读的方案之间，{share:.0%} 的{resource}投向不同；{all} 项措施中 {both} 项均得到安排。",
    ),
    "readings.wrong": (
        "The plan for strengths closes {own:.1%} of the gap if it reads right, {other:.1%} if ticks are "
        "shortcomings, where {best:.1%} could be closed.",
        "按优势解读的方案：解读正确时补齐率为 {own:.1%}；若打勾实为短板则为 {other:.1%}，而最高可达 {best:.1%}。",
    ),
    "readings.wrong_other": (
        "The plan for strengths closes {own:.1%} of the gap if it reads right, {other:.1%} if ticks are "
        "shortcomings, where the plan for shortcomings closes {best:.1%}.",
        "按优势解读的方案：解读正确时补齐率为 {own:.1%}；若打勾实为短板则为 {other:.1%}，"
        "而按短板解读的方案为 {best:.1%}。",
    ),
    # --- total factor productivity
    "tfp.factor": ("Growth of total factor productivity", "全要素生产率增长"),
    "tfp.pace": (
        "From {first} to {last} total factor productivity grew by {growth:.1%} {every} (mean of the tracks; "
        "Malmquist index, Solow residual {residual:.1%}).",
        "{first} 至 {last}，全要素生产率{every}增长 {growth:.1%}（各赛道平均；Malmquist 指数，索洛余值 "
        "{residual:.1%}）。",
    ),
    "tfp.ways": (
        "Technical progress brings {technical:+.1%} {every}, a better combination of factors (efficiency) "
        "{efficiency:+.1%}.",
        "其中技术进步{every}贡献 {technical:+.1%}，要素组合改善（效率）贡献 {efficiency:+.1%}。",
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
        "{closed:.1%} of the weighted gap closes over {first} to {last}; at once it would be {whole:.1%}.",
        "{first} 至 {last} 年，短板补齐率累计 {closed:.1%}；若一次投入则为 {whole:.1%}。",
    ),
    "stages.closed_once": ("{closed:.1%} of the weighted gap closes.", "短板补齐率 {closed:.1%}。"),
    "stages.spent": ("Of {resource}, {told}.", "{resource}支出：{told}。"),
    "stages.part": ("{stage} takes {share:.0%}", "{stage}占 {share:.0%}"),
    "stages.binding": (
        "The limit of {stage} in {period} is reached: 1% more of that period's {resource} for it would close "
        "another {worth:.3%}.",
        "{period} “{stage}”阶段的{resource}占比已达上限；上限每提高 1 个百分点，补齐率提高 {worth:.3%}。",
    ),
    "stages.binding_discounted": (
        "The limit of {stage} in {period} is reached: 1% more of that period's {resource} for it would close "
        "another {worth:.3%} (a period later counts {discount:g}).",
        "{period} “{stage}”阶段的{resource}占比已达上限；上限每提高 1 个百分点，补齐率提高 "
        "{worth:.3%}（推迟一期按 {discount:g} 折算）。",
    ),
    "stages.worst": ("Most of the gap is still open at {told}", "差距剩余最多的赛道：{told}"),
    "stages.track": (
        "{track} ({stage}): {closed:.0%} of its gap closes; most open is {open} ({share:.0%} of its gap).",
        "{track}（{stage}）：补齐率 {closed:.0%}；最需补齐的是{open}（占其差距 {share:.0%}）。",
    ),
    "stages.track_done": (
        "{track} ({stage}): {closed:.0%} of its gap closes; measures of its own stage can close no more.",
        "{track}（{stage}）：补齐率 {closed:.0%}；本赛段措施已无可再补。",
    ),
    "stages.track_none": ("{track} ({stage}): no gap.", "{track}（{stage}）：无差距。"),
    "stages.track_staged_none": (
        "{track} ({stage}): {closed:.0%} of its gap closes.",
        "{track}（{stage}）：补齐率 {closed:.0%}。",
    ),
    "stages.assumed": (
        "The years, the shares of the budgets and the limits of the stages are assumptions.",
        "年度、各期预算比例与赛段上限均为假设。",
    ),
    "stages.at": ("{stage}: {need}", "{stage}，{need}"),
    "stages.no_stage": ("no stage given", "未注明赛段"),
    "stages.other": ("other measures", "其他措施"),
    # --- chains
    "chains.most": (
        "{most} has most of the gap ({share:.0%}), of which {closed:.0%} closes.",
        "差距最大的环节：{most}（占 {share:.0%}），补齐率 {closed:.0%}。",
    ),
    "chains.holes": (
        "{holes} of {gaps:gap is a hole/gaps are holes} ({share:.0%} of the whole): no measure meant for "
        "their links reaches them. They are: {named}.",
        "{gaps} 处差距中有 {holes} 处为空白（占 {share:.0%}），没有面向其环节的对口措施：{named}。",
    ),
    "chains.no_holes": (
        "Every gap is within reach of a measure meant for its links.",
        "每处差距都有面向其环节的措施可及。",
    ),
    "chains.beyond": (
        "Even in full, measures meant for their links leave {share:.0%} of the gap open, most of it at "
        "{most} ({part:.0%}).",
        "面向其环节的措施即使全部做足，仍有 {share:.0%} 的差距无法补齐，主要在{most}（{part:.0%}）。",
    ),
    "chains.unfunded": (
        "{gaps:gap has/gaps have} a matching measure ({share:.0%} of the whole), but none is funded.",
        "{gaps} 处差距（占 {share:.0%}）虽有对口措施，但均未安排。",
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
    "state.unfunded": ("not funded", "未安排"),
    "state.part": (
        "in part",
        "部分补齐",
    ),
    "state.closed": (
        "closed",
        "已补齐",
    ),
}
