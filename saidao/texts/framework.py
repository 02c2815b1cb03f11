"""What is said of the paper's framework: X, dimensions, readings, productivity, stages and chains; part of `words`."""

from __future__ import annotations

FRAMEWORK_WORDS: dict[str, tuple[str, str]] = {
    # --- candidate tracks ---------------------------------------------------------------------------------------
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
        "准入后，{ranked}（共 {tracks} 条）；其余赛道有 {turned} 对名次互换（逆序）。",
    ),
    "candidates.not_turned": (
        "Admitted, {ranked} of {tracks}; no two of the others change places.",
        "准入后，{ranked}（共 {tracks} 条）；其余赛道次序不变。",
    ),
    "candidates.would_turned": (
        "If admitted, {ranked} of {tracks}; {turned} pairs of the others would change places (rank reversal).",
        "若准入，{ranked}（共 {tracks} 条）；其余赛道将有 {turned} 对名次互换（逆序）。",
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
        "In the plan then, of the gap of the new closes: {closed}; of the others' together {after:.1%} instead of "
        "{before:.1%}. {share:.0%} of {resource} moves.",
        "此时的方案弥合新赛道差距：{closed}；其余赛道合计由 {before:.1%} 变为 {after:.1%}。"
        "{resource}有 {share:.0%} 易手。",
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
        "在所示两个方案之间，让出最多的是{name}：弥合由 {before:.0%} 变为 {after:.0%}。",
    ),
    "candidates.enough": ("One of these alone would admit it: {told}.", "只需其中一项达到即可准入：{told}。"),
    "candidates.vetoed": ("Vetoed on: {vetoed}.", "被否决的指标：{vetoed}。"),
    "category.admit": ("admit", "准入"),
    "category.watch": ("watch", "关注"),
    "category.reject": ("reject", "不予考虑"),
    "title.candidates": ("Candidates", "候选赛道"),
    "title.candidate_ranks": ("With {named} among the tracks", "计入{named}后的赛道"),
    "title.candidate_methods": (
        "Rank by method, and pairs of the others that change places",
        "各方法下的名次及其余赛道的逆序对数",
    ),
    "head.closed_with": ("closed with", "计入后弥合"),
    "head.method": ("method", "方法"),
    "head.turned": ("pairs turned", "逆序对"),
    "title.figures": ("Figures, and the lines that they reach (* assumed)", "指标值与各档线（* 为假设）"),
    "head.indicator": ("indicator", "指标"),
    "head.from_watch": ("watched from", "关注线"),
    "head.from_admit": ("admitted from", "准入线"),
    "head.candidate": ("candidate", "候选"),
    "head.category": ("sorted into", "分级"),
    "head.credibility_admit": ("credibility: admit", "可信度：准入"),
    "head.credibility_watch": ("credibility: watch", "可信度：关注"),
    "head.short_of_admit": ("short on", "未达指标"),
    "needs_candidates.expected": ("this table, to sort candidates", "该表（候选分级时需要）"),
    "needs_candidates.remedy": (
        "Add indicators (indicator, watch, admit) and candidates (candidate, a column per indicator).",
        "请补上 indicators（indicator、watch、admit）与 candidates（candidate 及每个指标一列）。",
    ),
    "none_admitted.expected": ("a candidate that is admitted", "至少有一个候选准入"),
    "none_admitted.remedy": (
        "Name one by --admit, or leave --write out.",
        "请用 --admit 指定一个，或去掉 --write。",
    ),
    "needs_scores.expected": (
        "a score of {candidate} on every factor, to be admitted",
        "{candidate} 的每个要素得分（准入所需）",
    ),
    "needs_scores.remedy": ("Add a column per factor to candidates.", "请在 candidates 中为每个要素加一列。"),
    "profiles.expected": (
        "watch before admit, in the indicator's direction",
        "watch 与 admit 的次序与指标方向一致",
    ),
    "profiles.remedy": ("Swap them, or turn the direction.", "请对调，或改变方向。"),
    "threshold_order.expected": ("at least {lower}, {low:g}", "不小于 {lower}（{low:g}）"),
    "threshold_order.remedy": ("Raise the one or lower the other.", "请调高前者或调低后者。"),
    "cut.expected": ("a credibility above 0.5, to 1", "大于 0.5 且不超过 1 的可信度"),
    "cut.remedy": ("For example 0.75.", "例如 0.75。"),
    # --- balance over the dimensions ----------------------------------------------------------------------------
    "balance.shares": (
        "Of {resource}, {most} gets most ({high:.0%}) and {least} least ({low:.0%}).",
        "{resource}中，{most}最多（{high:.0%}），{least}最少（{low:.0%}）。",
    ),
    "balance.held": (
        "Held to at least {share:.1%} of the budget of {resource} for each dimension, the plan closes {closed:.1%} of "
        "the gap, {loss:.1%} less than the best.",
        "若每个维度至少得到{resource}预算的 {share:.1%}，方案弥合差距的 {closed:.1%}，比最优少 {loss:.1%}。",
    ),
    "balance.nothing": ("Nothing of {resource} is spent.", "没有支出{resource}。"),
    "balance.free": (
        "Up to {share:.1%} of the budget of {resource} for each costs nothing.",
        "每个维度至多保底{resource}预算的 {share:.1%} 时不损失弥合。",
    ),
    "balance.cost": (
        "To give each dimension at least {share:.1%} of the budget of {resource} would cost {loss:.1%} of the gap: "
        "{closed:.1%} would close.",
        "若使每个维度至少得到{resource}预算的 {share:.1%}，将少弥合差距的 {loss:.1%}，即弥合 {closed:.1%}。",
    ),
    "balance.reach": (
        "A plan that reaches a given share at least spend closes no less for more balance: it spends more.",
        "以最少支出达到给定比例的方案不会因均衡而少弥合，只会多支出。",
    ),
    "balance.sampled": (
        "What balance costs is planned at {points} shares, not at every breakpoint.",
        "均衡的代价按 {points} 个比例逐一规划得出，并非全部转折点。",
    ),
    "balance.most": (
        "No plan gives each more than {share:.1%}.",
        "没有方案能使每个维度都超过 {share:.1%}。",
    ),
    "least_share.expected": (
        "a share from 0 to {most:.3g}: more than that not every dimension can have",
        "0 至 {most:.3g} 之间的比例：再多则无法每个维度都得到",
    ),
    "least_share.remedy": ("Ask for less.", "请减小该比例。"),
    "title.dimensions": ("Shares of what is spent, and of what closes", "支出与弥合的占比"),
    "title.balance": ("What balance costs", "均衡的代价"),
    "head.dimension": ("dimension", "维度"),
    "head.race": ("race", "赛事"),
    "head.competition": ("competition", "竞争"),
    "head.funded": ("funded", "获支持"),
    "head.least_share": ("each at least", "各至少"),
    "head.balance_loss": ("less", "少弥合"),
    "needs_dimension.expected": ("a dimension for every measure", "每项措施均有维度"),
    "needs_dimension.remedy": ("Fill the column in.", "请填写该列。"),
    # --- readings of the ticks ----------------------------------------------------------------------------------
    "readings.first": (
        "If a tick is a strength, first comes {strength}; if it is a shortcoming, {shortcoming}.",
        "若打勾表示优势，{strength}居首；若表示短板，{shortcoming}居首。",
    ),
    "readings.moves": (
        "Between the two plans {share:.0%} of {resource} moves; {both} of {all} measures are funded by both.",
        "两个方案之间{resource}有 {share:.0%} 易手；{all} 项措施中 {both} 项两者都支持。",
    ),
    "readings.wrong": (
        "The plan for strengths closes {own:.1%} of the gap if it reads right, {other:.1%} if ticks are "
        "shortcomings, "
        "where {best:.1%} could be closed.",
        "按优势解读的方案：解读正确时弥合 {own:.1%}；若打勾实为短板则为 {other:.1%}，而最多可达 {best:.1%}。",
    ),
    "readings.wrong_other": (
        "The plan for strengths closes {own:.1%} of the gap if it reads right, {other:.1%} if ticks are shortcomings, "
        "where the plan for shortcomings closes {best:.1%}.",
        "按优势解读的方案：解读正确时弥合 {own:.1%}；若打勾实为短板则为 {other:.1%}，而按短板解读的方案为 {best:.1%}。",
    ),
    "needs_ticks.expected": (
        "ticks, 0 or 1, on scales from 0 to 1, to be read both ways",
        "0 至 1 尺度上的打勾（0 或 1）",
    ),
    "needs_ticks.remedy": ("Graded scores read one way only.", "分级得分只有一种读法。"),
    "title.readings": ("Tracks under both readings", "两种解读下的赛道"),
    "head.rank_strength": ("rank: strength", "名次：优势"),
    "head.rank_shortcoming": ("rank: shortcoming", "名次：短板"),
    "head.gap_strength": ("gap", "差距"),
    "head.gap_shortcoming": ("gap", "差距"),
    "head.closed_strength": ("closed", "弥合"),
    "head.closed_shortcoming": ("closed", "弥合"),
    # --- total factor productivity ------------------------------------------------------------------------------
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
    "title.tfp": ("Growth of productivity, means {every}", "生产率增长（{every}均值）"),
    "title.tfp_ranks": (
        "Ranks without and with productivity ({share:.0%} of the weight)",
        "计入生产率前后的排名（权重 {share:.0%}）",
    ),
    "head.residual": ("residual", "余值"),
    "head.malmquist": ("Malmquist", "Malmquist 指数"),
    "head.technical": ("technical change", "技术变化"),
    "head.efficiency_change": ("efficiency change", "效率变化"),
    "head.frontier_share": ("of the frontier", "前沿占比"),
    "head.output_growth": ("output", "产出"),
    "head.capital_part": ("capital", "资本"),
    "head.labour_part": ("labour", "劳动"),
    "head.rank_with": ("with", "计入后"),
    # --- stages of the race -------------------------------------------------------------------------------------
    "need_stage.expected": ("the stage of its need {need}: {stage}", "与其需求 {need} 所属赛段一致：{stage}"),
    "need_stage.remedy": ("Change the stage, or leave need blank.", "请改正赛段，或将 need 留空。"),
    "phases_dated.expected": (
        "no periods in case.toml and no budgets by period beside phases",
        "有分期表（phases）时 case.toml 不设 periods，也无 budgets 表",
    ),
    "phases_dated.remedy": (
        "Phases make periods and budgets of their own: leave one of the two out.",
        "分期表会自行生成时期与预算：请只保留其一。",
    ),
    "phase_shares.expected": ("shares of the budget that sum to 1", "各期预算比例合计为 1"),
    "phase_shares.remedy": ("Change a share.", "请修改比例。"),
    "phase_cap.expected": ("a share from 0 to 1, or blank for no limit", "0 到 1 的比例；不限则留空"),
    "phase_cap.remedy": ("Write a share such as 0.4 or 40%.", "请写成 0.4 或 40% 这样的比例。"),
    "needs_stage.expected": ("a stage for every measure", "每项措施均有赛段"),
    "needs_stage.remedy": ("Fill the column in.", "请填写该列。"),
    "periods_given.expected": (
        "no other periods of a case with phases, dated budgets or periods of its own",
        "已有分期、分期预算或时期的案例不再另设时期",
    ),
    "periods_given.remedy": ("Leave --periods out.", "请去掉 --periods。"),
    "periods_twice.expected": ("two or more periods, each once", "两个及以上互不重复的时期"),
    "periods_twice.remedy": ("Write, for instance, --periods 2024,2025,2026.", "例如 --periods 2024,2025,2026。"),
    "stages.closed": (
        "Over {first} to {last} {closed:.1%} of the weighted gap closes; at once it would be {whole:.1%}.",
        "{first} 至 {last} 共弥合加权差距的 {closed:.1%}；若一次投入则为 {whole:.1%}。",
    ),
    "stages.closed_once": ("{closed:.1%} of the weighted gap closes.", "弥合加权差距的 {closed:.1%}。"),
    "stages.spent": (
        "Of {resource}, {told}.",
        "{resource}支出：{told}。",
    ),
    "stages.part": ("{stage} takes {share:.0%}", "{stage}占 {share:.0%}"),
    "stages.binding": (
        "The limit of {stage} in {period} binds: one hundredth more of that period's {resource} for it would close a "
        "further {worth:.3%} of the gap.",
        "{period} {stage}的上限起约束作用：当期{resource}再多百分之一可用于它，加权差距可多弥合 {worth:.3%}。",
    ),
    "stages.binding_discounted": (
        "The limit of {stage} in {period} binds: one hundredth more of that period's {resource} for it would be worth "
        "{worth:.3%} of the gap, where closing it a period later counts {discount:g}.",
        "{period} {stage}的上限起约束作用：当期{resource}再多百分之一可用于它，价值相当于加权差距的 {worth:.3%}"
        "（晚一期弥合按 {discount:g} 计）。",
    ),
    "stages.worst": ("Most of the whole gap is open at: {told}", "整体上最待补的赛道：{told}"),
    "stages.track": (
        "{track} ({stage}): {closed:.0%} of its gap closes; most open: {open} ({share:.0%} of its gap).",
        "{track}（{stage}）：弥合其差距的 {closed:.0%}；最待补：{open}（占其差距 {share:.0%}）。",
    ),
    "stages.track_done": (
        "{track} ({stage}): {closed:.0%} of its gap closes; measures of its own stage can close no more.",
        "{track}（{stage}）：弥合其差距的 {closed:.0%}；本赛段措施已无可再补。",
    ),
    "stages.track_none": ("{track} ({stage}): no gap.", "{track}（{stage}）：无差距。"),
    "stages.track_staged_none": (
        "{track} ({stage}): {closed:.0%} of its gap closes.",
        "{track}（{stage}）：弥合其差距的 {closed:.0%}。",
    ),
    "stages.assumed": (
        "The years, the shares of the budgets and the limits of the stages are assumptions.",
        "年份、各期预算比例与赛段上限均为假设。",
    ),
    "stages.at": ("{stage}: {need}", "{stage}，{need}"),
    "stages.no_stage": ("no stage given", "未注明赛段"),
    "stages.other": ("other measures", "其他措施"),
    "title.stages": ("Stages of the race", "赛段"),
    "title.gantt": ("Level of each measure by period, summed over its places", "各措施分期实施程度（各处合计）"),
    "title.diagnosis": ("What each track needs, by stage", "各赛道分赛段诊断"),
    "title.progress": ("Level reached by each track, by period", "各赛道分期达到的水平"),
    "head.stage": ("stage", "赛段"),
    "head.task": ("about", "任务"),
    "head.need": ("needs", "所需"),
    "head.tracks_at": ("tracks at it", "所处赛道数"),
    "head.felt": ("acts from", "见效"),
    "head.own_stage": ("by its own stage", "本赛段措施弥合"),
    "head.can_close": ("its stage could", "本赛段可弥合"),
    "head.most_open": ("most open", "最待补"),
    "head.open": ("open", "待补"),
    "head.today": ("today", "当前"),
    # --- chains -------------------------------------------------------------------------------------------------
    "needs_chains.expected": ("chains with links", "链条及其环节"),
    "needs_chains.remedy": (
        "Add chains (link, chain), and a column with the chain's id to measures, factors or tracks.",
        "请补上 chains 表（link、chain），并在措施、要素或赛道表中加以链条编号命名的列。",
    ),
    "needs_links.expected": (
        "a column of this name in measures, and in factors or tracks",
        "措施表以及要素或赛道表中有此列",
    ),
    "needs_links.remedy": ("Add it, with links joined by ;", "请补上，环节以 ; 分隔。"),
    "chains.most": (
        "Most of the gap lies at {most} ({share:.0%}), of which {closed:.0%} closes.",
        "差距最大处：{most}（占 {share:.0%}），弥合其中 {closed:.0%}。",
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
        "对口措施即使全部做足，仍有 {share:.0%} 的差距无法弥合，主要在{most}（{part:.0%}）。",
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
    "title.chains": ("Coverage of the chains", "链条覆盖图"),
    "title.links": ("Links", "环节"),
    "title.holes": ("Gaps that no funded measure meant for their links reaches", "没有获支持的对口措施可及的差距"),
    "head.link": ("link", "环节"),
    "head.chain": ("chain", "链条"),
    "head.state": ("state", "状态"),
    "head.gap_share": ("of the gap", "占差距"),
    "head.reach": ("these could", "对口措施可弥合"),
    "head.closed_meant": ("by measures meant for it", "对口措施弥合"),
    "state.none": ("no gap", "无差距"),
    "state.hole": ("hole", "空白"),
    "state.unfunded": ("not funded", "未支持"),
    "state.part": ("in part", "部分弥合"),
    "state.closed": ("closed", "已弥合"),
}
