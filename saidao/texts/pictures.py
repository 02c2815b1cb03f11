"""Titles, captions and axes of the pictures and plots."""

from __future__ import annotations

PICTURES: dict[str, tuple[str, str]] = {
    # --- plots
    "plot.closed": (
        "closes",
        "补齐",
    ),
    "plot.left": ("is left", "剩余"),
    "plot.gap": ("share of the weighted gap", "占加权差距"),
    "plot.closed_share": ("weighted gap closed", "短板补齐率"),
    "plot.worst": ("share closed at the worst track", "最弱赛道补齐率"),
    "plot.budget": ("budget, as a share of today's", "预算（相对当前）"),
    "plot.ranks": (
        "rank: best, median and worst of {rankings}",
        "排名：{rankings} 个排名中的最好、中位与最差",
    ),
    "plot.weight": ("weight, the others in proportion", "权重（其余按比例）"),
    "plot.variants": (
        "Within {within:.2%} of the best: {core:application/applications} in all plans, {some} only in some",
        "与最优相差 {within:.2%} 以内：{core} 处为全部方案所安排，{some} 处只在部分方案中",
    ),
    "plot.explain": (
        "What is lost: if it were forbidden (blue), if it were forced (orange)",
        "损失：若不予安排（蓝）、若强制安排（橙）",
    ),
    "picture.table": ("The numbers behind it", "图中数据"),
    "picture.table.cut": (
        "The numbers behind it: the first {rows} of {all:,} rows",
        "图中数据：共 {all:,} 行，列前 {rows} 行",
    ),
    "picture.most": (
        " Drawn are {most} tracks of {tracks:,}: {by}.",
        "共 {tracks:,} 个赛道，图中仅列{by}的 {most} 个。",
    ),
    "picture.most.expected": ("those of the best expected rank", "期望排名最靠前"),
    "picture.most.mean": ("those of the best mean rank", "平均排名最靠前"),
    "picture.most.first": ("those that rank first today or after the plan", "当前或实施后排名最靠前"),
    "picture.most.gap": ("those with the largest gap", "差距最大"),
    "picture.most.risen": ("those that rise most", "提升最多"),
    "picture.most.open": ("those with the largest gap still open", "待补差距最大"),
    "picture.most.share": ("those with the largest share of the gap", "差距占比最大"),
    "picture.most.grown": ("those that grow most", "增长最多"),
    "picture.track": ("Track", "赛道"),
    "picture.factor": ("Factor", "要素"),
    "picture.resource": ("Resource", "资源"),
    "picture.measure": ("Measure", "措施"),
    "picture.rank": ("Rank", "排名"),
    "picture.others": ("others", "其他"),
    "picture.city": ("Whole city", "全市"),
    "picture.joint": (" · ", "、"),
    # --- diamond
    "picture.diamond.title": ("Gaps before and after", "实施前后的差距"),
    "picture.diamond.caption": (
        "Each cell: the gap before (left) and after the plan (right), 1 the whole scale. Of {before:.1f} gap "
        "units {closed:.1f} close; the largest gap left is {track}: {factor} ({left:.2f}).",
        "每格左半为实施前的差距，右半为实施后，1 为全尺度。合计差距 {before:.1f}，补齐 {closed:.1f}；"
        "剩余最大的差距：{track}的{factor}（{left:.2f}）。",
    ),
    "picture.diamond.caption_none": ("No track has a gap.", "各赛道均无差距。"),
    "picture.diamond.before": ("before", "实施前"),
    "picture.diamond.after": ("after", "实施后"),
    "picture.diamond.sum": ("Sum", "合计"),
    # --- ranking
    "picture.ranking.title": ("Ranking before and after", "实施前后的排名"),
    "picture.ranking.caption": (
        "{first} {number:|ranks/rank} first today. The plan moves {moved} of {tracks:track/tracks}; {riser} rises "
        "most, from {start} to {end}.",
        "当前排名第一：{first}。方案使 {tracks} 条赛道中的 {moved} 条排名变动；上升最多的是{riser}，由第 "
        "{start} 到第 {end}。",
    ),
    "picture.ranking.caption_still": (
        "{first} {number:|ranks/rank} first today; the plan changes no rank.",
        "当前排名第一：{first}；方案不改变排名。",
    ),
    "picture.ranking.now": ("today", "当前"),
    "picture.ranking.after": ("after the plan", "实施后"),
    "picture.ranking.score": ("Score", "得分"),
    "picture.ranking.level": ("Level", "发展水平"),
    # --- flow
    "picture.flow.title": ("From money to gaps", "从资源到差距"),
    "picture.flow.caption": (
        "Left: what is spent, each budget counted as a whole; right: the weighted gap that it closes. "
        "{measure} closes most ({share:.0%} of it), {track} gains most ({gain:.0%}).",
        "左侧为支出（各项预算分别按整体计），右侧为所补齐的加权差距。{measure}补齐最多（占 {share:.0%}），"
        "{track}受益最多（{gain:.0%}）。",
    ),
    "picture.flow.caption_none": (
        "Nothing is bought that takes of a budget and closes a gap.",
        "没有安排既占用预算又补齐差距的措施。",
    ),
    "picture.flow.spent": ("Share of all spend", "占全部支出"),
    "picture.flow.closed": (
        "Share of the gap closed",
        "占补齐差距",
    ),
    "picture.flow.from": ("From", "自"),
    "picture.flow.to": ("To", "至"),
    # --- prices
    "picture.prices.title": ("Budgets, and what more of each is worth", "资源使用情况与增投成效"),
    "picture.prices.caption": (
        "Dark: used. The line above it: the range over which the price holds. One hundredth more of "
        "{resource} would bring most ({gain}).",
        "深色为已用，其上横线为增投成效的适用区间。{resource}增加百分之一的成效最大（{gain}）。",
    ),
    "picture.prices.caption_none": ("No budget is scarce.", "没有紧缺的预算。"),
    "picture.prices.caption_whole": (
        "Dark: used. A plan of whole units has no exact prices.",
        "深色为已用。整数方案没有精确的影子价格。",
    ),
    "picture.prices.budget": ("Budget", "预算"),
    "picture.prices.used": ("Used", "已用"),
    "picture.prices.range": ("Holds from - to", "适用区间"),
    "picture.prices.price": ("{gain} / {step}", "{gain} / {step}"),
    "picture.prices.no_price": ("no price", "无"),
    # --- frontier
    "picture.frontier.title": ("What a budget brings", "预算与成效"),
    "picture.frontier.caption": (
        "Share of the weighted gap closed as one budget goes from 0 to twice its size, the others fixed; the "
        "dashed line is today. Nothing of {resource} would leave {least:.0%}, twice as much would bring "
        "{most:.0%}.",
        "某项预算由 0 增至两倍（其他不变）时的短板补齐率；虚线为当前预算。若无{resource}则为 {least:.0%}，"
        "加倍则为 {most:.0%}。",
    ),
    "picture.frontier.caption_from": (
        "Share of the weighted gap closed as one budget goes from 0, or the least that the rules take, to twice its "
        "size, the others fixed; the dashed line is today. With {amount} of {resource}, the least that the rules take, "
        "{least:.0%} would close, at the end {most:.0%}.",
        "某项预算由 0（或约束条件要求的最低数）增至两倍（其他不变）时的短板补齐率；虚线为当前预算。"
        "{resource}为约束条件要求的最低数 {amount} 时为 {least:.0%}，最多时为 {most:.0%}。",
    ),
    "picture.frontier.amount": ("Amount", "数额"),
    "picture.frontier.closed": ("Gap closed", "补齐率"),
    # --- schemes
    "picture.schemes.title": ("Ranks under each weighting scheme", "各赋权方法下的排名"),
    "picture.schemes.caption": (
        "{movers} of {tracks:track changes/tracks change} place with the scheme; {track} moves most, from "
        "{best} to {worst}.",
        "{tracks} 条赛道中有 {movers} 条的排名随赋权方法变动；变动最大的是{track}，在第 {best} 至第 {worst} 之间。",
    ),
    "picture.schemes.caption_same": ("Every scheme ranks alike.", "各赋权方法下的排名一致。"),
    "picture.money.title": ("Money under each weighting scheme", "各赋权方法下的资金去向"),
    "picture.money.caption": (
        "Intensity of each measure, summed over its places. {core} of {measures:measure is/measures are} "
        "funded under every scheme, {some} under some; up to {share:.0%} of {resource} goes elsewhere "
        "between two schemes.",
        "各措施的实施力度（各处合计）。{measures} 项措施中 {core} 项在所有赋权方法下均安排，{some} "
        "项只在部分赋权方法下安排；两种赋权方法之间最多有 {share:.0%} 的{resource}投向不同。",
    ),
    "picture.money.caption_same": (
        "Intensity of each measure, summed over its places: the plans are alike under every scheme.",
        "各措施的实施力度（各处合计）：各赋权方法下方案一致。",
    ),
    "picture.money.core": ("in all", "全部"),
    # --- acceptability
    "picture.acceptability.title": (
        "Who is where under many weights",
        "权重未知时的排名分布",
    ),
    "picture.acceptability.caption": (
        "Share of {samples:,} weight vectors, drawn uniformly, under which a track has a rank: {track} is "
        "first under {share:.0%} of them.",
        "在均匀抽取的 {samples:,} 组权重下各赛道取得各排名的比例：{track}在其中 {share:.0%} 排名第一。",
    ),
    # --- dimensions
    "picture.dimensions.title": ("Balance over the dimensions", "各维度的均衡"),
    "picture.dimensions.dimension": ("Dimension", "维度"),
    "picture.dimensions.funded": ("Funded", "已安排"),
    "picture.dimensions.curve": (
        "What closes, by the least share of {resource}",
        "每个维度至少得到该比例的{resource}时的补齐率",
    ),
    "picture.dimensions.value": ("what closes", "占补齐总量"),
    # --- stages
    "picture.gantt.title": ("The plan over the years", "分期实施"),
    "picture.gantt.caption": (
        "A bar: the part of a measure's intensity, summed over its places, that is paid for in that period; "
        "the line under it: from when the measure acts.",
        "色条为该期投入的实施力度（各处合计），其下横线为见效时期。",
    ),
    "picture.gantt.stage": ("Stage", "赛段"),
    "picture.gantt.acts": ("Acts from", "见效"),
    "picture.progress.title": ("How far each track gets", "各赛道的推进"),
    "picture.progress.caption": (
        "The level of a track over its factors, by their weights, today and at the end of each period; 1: "
        "every target is reached. {track} rises most, from {start:.2f} to {end:.2f}.",
        "各赛道按要素权重加总的发展水平（当前与各期末），1 为全部达标。{track}提升最多，由 {start:.2f} 至 {end:.2f}。",
    ),
    "picture.progress.today": ("Today", "当前"),
    "picture.diagnosis.title": ("What each track needs, by stage of the race", "各赛道分赛段诊断"),
    "picture.diagnosis.caption": (
        "Each cell: the share of the track's gap that measures serving the need could still close beyond the "
        "plan; framed: the track's own stage.",
        "每格为服务于该需求的措施在方案之外仍可补齐的差距占比；框线为该赛道所处赛段。",
    ),
    "picture.diagnosis.closed": (
        "Closed",
        "补齐",
    ),
    # --- chains
    "picture.coverage.title": ("Coverage of the innovation chain and the industry chain", "创新链与产业链覆盖图"),
    "picture.coverage.gap": (
        "{gap:.0%} of the gap, {closed:.0%} of it closes",
        "占差距 {gap:.0%}，补齐其 {closed:.0%}",
    ),
    "picture.coverage.reach": (
        "measures meant for it could {reach:.0%}",
        "对口措施可补齐 {reach:.0%}",
    ),
    "picture.coverage.measures": (
        "{funded} of {measures:measure/measures} funded",
        "已安排 {funded} 项，共 {measures} 项",
    ),
    "picture.coverage.gap_head": ("Of the gap", "占差距"),
    "picture.coverage.closed_head": (
        "Closed",
        "补齐",
    ),
    "picture.coverage.meant_head": (
        "By measures meant for it",
        "对口措施补齐",
    ),
    "picture.coverage.reach_head": (
        "These could",
        "对口措施可补齐",
    ),
    "picture.coverage.measures_head": ("Funded", "已安排"),
    "picture.coverage.state_head": ("State", "状态"),
    # --- candidates
    "picture.candidates.title": ("X: candidate tracks", "X：候选赛道"),
    "picture.candidates.sorted": ("Sorted into", "分级"),
    "picture.candidates.indicator": ("Indicator", "指标"),
    "picture.candidates.watch": ("Watched from", "关注线"),
    "picture.candidates.admit": ("Admitted from", "准入线"),
    "picture.candidates.shades": (
        "Shades: the line that a figure reaches, none, watch or admit; * is an assumption.",
        "底色为所达到的线（未达、关注、准入）；* 为假设。",
    ),
    # --- readings
    "picture.readings.title": ("If the ticks read the other way", "打勾的两种解读"),
    "picture.readings.rank_strength": (
        "Strength: rank",
        "优势：排名",
    ),
    "picture.readings.gap_strength": ("Strength: gap", "优势：差距"),
    "picture.readings.closed_strength": (
        "Strength: closed",
        "优势：补齐",
    ),
    "picture.readings.rank_shortcoming": (
        "Shortcoming: rank",
        "短板：排名",
    ),
    "picture.readings.gap_shortcoming": ("Shortcoming: gap", "短板：差距"),
    "picture.readings.closed_shortcoming": (
        "Shortcoming: closed",
        "短板：补齐",
    ),
    # --- productivity
    "picture.productivity.title": (
        "Total factor productivity: progress and better combination",
        "全要素生产率：技术进步与要素组合",
    ),
    "picture.productivity.technical": ("Technical progress", "技术进步"),
    "picture.productivity.efficiency": ("Efficiency (better combination)", "效率（要素组合）"),
    "picture.productivity.both": ("Malmquist", "Malmquist 指数"),
    "picture.productivity.output": ("Output", "产出"),
    "picture.productivity.residual": ("Solow residual", "索洛余值"),
    "picture.productivity.frontier": ("Of the frontier", "前沿占比"),
    # --- ranks along an axis
    "picture.rank_years.title": ("Ranks over the years", "历年排名"),
    "picture.sweep.title": ("Ranks and money by the share of {scheme}", "{scheme}份额与排名、资金的关系"),
    "picture.sweep.money": (
        "{name} that moves at each share (the highest bar: {most})",
        "各份额处改投的{name}（最高者 {most}）",
    ),
    "picture.sweep.now": ("now {share:.0%}", "现为 {share:.0%}"),
    # --- rests on
    "picture.rests.title": ("What the result rests on", "结果的依据"),
    "picture.rests.caption": (
        "Share of what closes by the source of each kind of input; {share:.0%} of it rests on at least one assumption.",
        "按各类输入的来源划分的补齐量占比；其中 {share:.0%} 至少依赖一项假设。",
    ),
    "picture.rests.input": ("Input", "输入"),
}
