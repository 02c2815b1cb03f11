"""What the report says of its own."""

from __future__ import annotations

REPORT: dict[str, tuple[str, str]] = {
    "report.more_rows": (
        "Beyond these, {rows:row of this table stands/rows of this table stand} in the workbook (-o FILE.xlsx).",
        "本表另有 {rows:,} 行，见工作簿（-o 文件.xlsx）。",
    ),
    "report.kicker": ("Annex: ranking and allocation report", "附件：排序与预算配置报告"),
    "report.kicker.rank": ("Ranking report", "排序报告"),
    "report.skip": ("Skip to the answer", "跳到结论"),
    "report.contents": ("Contents", "目录"),
    "report.answer": ("The answer", "结论"),
    "report.pictures": ("What it looks like", "图示"),
    "report.plan": ("What is proposed", "建议安排"),
    "report.tables": ("In full", "明细"),
    "report.method": ("How it is computed", "计算过程"),
    "report.sources": ("Where the numbers come from", "数据来源"),
    "report.again": ("To make it again", "复现"),
    "report.closed": ("of the weighted gap closes", "短板补齐率"),
    "report.measures": ("of {all:measure/measures} funded", "项措施已安排（共 {all} 项备选）"),
    "report.bottleneck": (
        "{resource} is the bottleneck: what each further {step} brings",
        "首要制约：{resource}，每增加 {step} 的成效",
    ),
    "report.next_step": ("the next step: {amount} more of {resource}", "再进一步：{resource}增加 {amount}"),
    "report.no_bottleneck": ("no budget is scarce", "没有紧缺的预算"),
    "report.first": ("{number:|ranks/rank} first", "排名第一"),
    "report.tracks": ("tracks are ranked", "条赛道参与排序"),
    "report.factors": ("factors count", "个要素"),
    "report.rank_only": (
        "This case only ranks: without {missing} there is nothing to plan.",
        "本案例仅作排序：缺少 {missing}，无法规划。",
    ),
    "report.ranked": (
        "{first} {number:|ranks/rank} first of {tracks:track/tracks} ({method}, {weights} weights).",
        "{first}在 {tracks} 条赛道中排名第一（排序方法：{method}；赋权方法：{weights}）。",
    ),
    "report.out_of_time": (
        "its programs take longer than {picture:.0f} seconds, or all pictures longer than {all:.0f}",
        "其规划求解超过 {picture:.0f} 秒，或全部图合计超过 {all:.0f} 秒",
    ),
    "report.curve_alone": (
        "The program is large: only the scarcest resource is drawn, {resource}; `saidao frontier` traces the others.",
        "规划规模较大，仅绘最紧缺的{resource}；其余资源可用 `saidao frontier` 查看。",
    ),
    "report.left_out": ("Not shown: {what}, since {why}", "未展示：{what}，原因：{why}"),
    "report.settled": ("what every best plan funds", "任何最优方案都安排的资金"),
    "report.imputed": ("Filled in, not given: {cells}.", "以下得分为插补值，并非给定：{cells}。"),
    # --- tables
    "report.t.unfunded_note": (
        "By how much the value of one unit of its intensity would have to rise until some best plan funds "
        "it, in the unit of the prices; the best place of each measure. Never: no plan has any of it, "
        "whatever its value.",
        "每单位实施力度的价值须再提高多少，才会有最优方案安排它（单位与增投成效相同）；"
        "取每项措施最接近安排的对象。“不可能”指无论价值多高，都没有方案能安排它。",
    ),
    "report.t.framework_note": (
        "Where each element stands in the source paper: 4.1.2 is section 4(1)2. What is a reading or an assumption of "
        "ours is in the table of sources.",
        "各要素在论文中的出处：4.1.2 即第四部分（一）之 2。属于解读或假设的内容见“数据来源”表。",
    ),
    "report.never": ("never", "不可能"),
    "sources.all": ("all", "全部"),
    # --- method
    "report.m.model": (
        "Level L is where a score lies between worst (0) and target (1), gap g = 1 - L, priority v = stance "
        "x weight. The program chooses intensities x of measures and closed gaps z: maximise the sum of v z, "
        "where z is at most the gap and at most what the measures deliver, within budgets, floors and caps; "
        "then, among the best plans, the one that spends least.",
        "发展水平 L 为得分在最差值（0）与目标值（1）之间的位置，差距 g = 1 - L，优先度 v = 资金取向系数 × "
        "权重。规划选择实施力度 x 与补齐量 z：在预算、下限与上限之内，使 Σ v z 最大，其中 z 不超过差距、"
        "也不超过措施所能带来的改善；再在最优方案中取支出最少者。",
    ),
    "report.m.source": ("Source: {source}", "出处：{source}"),
    "report.m.proof": ("Proof", "校验"),
    "report.m.robust": (
        "The picture of ranks under unknown weights draws {samples:,} weight vectors uniformly (seed {seed}).",
        "“权重未知时的排名分布”图均匀抽取 {samples:,} 组权重（随机种子 {seed}）。",
    ),
    # --- the proof that a reader recomputes
    "report.check": ("This report checks itself", "本报告可自行验算"),
    "report.check.how": (
        "When this page is opened, a short script in it recomputes from the two tables below, in exact fractions and "
        "without a network: that the plan keeps every limit, and that the prices of the limits leave nothing better. "
        "Change a digit and it says so.",
        "打开本页时，页内的一小段脚本会用下面两张表、以精确分数、不联网地重新计算：方案是否满足每一项限制，"
        "以及各项限制的价格是否已排除任何更好的方案。改动任何一个数字，它都会指出。",
    ),
    "report.check.proven": (
        "Checked here and now, in exact fractions: the plan keeps every limit, and nothing better exists.",
        "已在本机以精确分数验算：方案满足每一项限制，且不存在更好的方案。",
    ),
    "report.check.broken": ("The plan breaks a limit.", "方案突破了某项限制。"),
    "report.check.open": (
        "The prices do not prove the plan: a better one may exist.",
        "价格未能证明方案最优：可能存在更好的方案。",
    ),
    "report.check.changed": (
        "The tables have been changed since this report was written.",
        "表中的数字在报告写成后被改动过。",
    ),
    "report.check.no_script": ("Scripts are off: the tables can be checked by hand.", "脚本未运行：可用下表手工验算。"),
    "report.check.number": ("Check number of the tables:", "两表的校验码："),
    "report.check.amounts": ("What the plan sets, and what one of it is worth", "方案的取值与单位价值"),
    "report.check.limits": ("Limits, and the price of one more", "限制与放宽一单位的价格"),
    "report.check.nr": ("No.", "序号"),
    "report.check.name": ("What", "内容"),
    "report.check.least": ("Least", "最少"),
    "report.check.most": ("Most", "最多"),
    "report.check.worth": ("Worth of one", "单位价值"),
    "report.check.amount": ("In the plan", "方案取值"),
    "report.check.terms": ("Sum of (so much × No.)", "合计（系数 × 序号）"),
    "report.check.price": ("Price", "价格"),
    "report.check.level": ("intensity: {name}, {place}", "力度：{name}，{place}"),
    "report.check.closed": ("closed: {track}, {factor}", "补齐：{track}，{factor}"),
    "report.check.closing": (
        "closed no more than delivered: {track}, {factor}",
        "补齐不超过措施所能带来的：{track}，{factor}",
    ),
    "report.check.budget": ("budget: {resource}", "预算：{resource}"),
    "report.check.other": ("{name}", "{name}"),
    # --- again
    "report.again.command": (
        "This command writes this report from the same inputs:",
        "对同样的输入，以下命令生成本报告：",
    ),
    "report.again.digest": ("SHA-256 of the inputs: {digest}", "输入数据的 SHA-256：{digest}"),
    "report.again.versions": ("Versions: {versions}", "版本：{versions}"),
    "report.again.assumed": (
        "Numbers that are marked as assumptions are nobody's measurement: replace them before deciding on "
        "public money.",
        "标为“假设”的数字并非实测：用于公共资金决策前请予替换。",
    ),
}
