"""What the report says of its own."""

from __future__ import annotations

REPORT: dict[str, tuple[str, str]] = {
    "report.kicker": ("Ranking and allocation report", "排序与预算配置报告"),
    "report.kicker.rank": ("Ranking report", "排序报告"),
    "report.skip": ("Skip to the answer", "跳到结论"),
    "report.contents": ("Contents", "目录"),
    "report.answer": ("The answer", "结论"),
    "report.pictures": ("What it looks like", "图示"),
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
    "report.first": ("ranks first", "排名第一"),
    "report.tracks": ("tracks are ranked", "条赛道参与排序"),
    "report.factors": ("factors count", "个要素"),
    "report.rank_only": (
        "This case only ranks: without {missing} there is nothing to plan.",
        "本案例仅作排序：缺少 {missing}，无法规划。",
    ),
    "report.ranked": (
        "{first} ranks first of {tracks:track/tracks} ({method}, {weights} weights).",
        "{first}在 {tracks} 条赛道中排名第一（排序方法：{method}；赋权方法：{weights}）。",
    ),
    "report.out_of_time": (
        "its programs of whole units take longer than {picture:.0f} seconds, or all pictures longer than {all:.0f}",
        "其整数规划求解超过 {picture:.0f} 秒，或全部图合计超过 {all:.0f} 秒",
    ),
    "report.left_out": ("Not shown: {what}, since {why}", "未展示：{what}，原因：{why}"),
    "report.cut": (
        "The first {shown:,} of {rows:,} rows; the data holds all.",
        "仅显示 {rows:,} 行中的前 {shown:,} 行；数据文件含全部。",
    ),
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
    "report.whole_city": ("Whole city", "全市"),
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
