"""What the report says of its own, in English and Chinese."""

from __future__ import annotations

from typing import Any

from .words import LANGUAGES

WORDS: dict[str, tuple[str, str]] = {
    "kicker": ("Ranking and allocation report", "排序与预算配置报告"),
    "kicker.rank": ("Ranking report", "排序报告"),
    "skip": ("Skip to the answer", "跳到结论"),
    "contents": ("Contents", "目录"),
    "answer": ("The answer", "结论"),
    "pictures": ("What it looks like", "图示"),
    "tables": ("In full", "明细"),
    "method": ("How it is computed", "计算过程"),
    "sources": ("Where the numbers come from", "数据来源"),
    "again": ("To make it again", "复现"),
    "closed": ("of the weighted gap closes", "的加权差距得以弥合"),
    "measures": ("of {all} measures are funded", "项措施获支持（共 {all} 项）"),
    "bottleneck": (
        "{resource} is the bottleneck: what one more {unit} brings",
        "瓶颈：{resource}，每增 1 {unit}所带来",
    ),
    "next_step": ("the next step: {amount} {unit} more of {resource}", "再进一步：{resource}增加 {amount} {unit}"),
    "no_bottleneck": ("no budget is scarce", "没有紧缺的预算"),
    "first": ("is first", "居首"),
    "tracks": ("tracks are ranked", "条赛道参与排序"),
    "factors": ("factors count", "个要素"),
    "rank_only": (
        "This case only ranks: without {missing} there is nothing to plan.",
        "本案例仅作排序：缺少 {missing}，无法规划。",
    ),
    "ranked": (
        "{first} ranks first of {tracks} tracks by {method} with weights by {weights}.",
        "采用 {method} 与 {weights} 权重，{first}在 {tracks} 条赛道中居首。",
    ),
    "out_of_time": (
        "its programs of whole units take longer than {picture:.0f} seconds, or all pictures longer than {all:.0f}",
        "其整数规划求解超过 {picture:.0f} 秒，或全部图合计超过 {all:.0f} 秒",
    ),
    "left_out": ("Not shown: {what}, since {why}", "未展示：{what}，原因：{why}"),
    "cut": (
        "The first {shown:,} of {rows:,} rows; the data holds all.",
        "仅显示 {rows:,} 行中的前 {shown:,} 行；数据文件含全部。",
    ),
    "noted": ("Assumption", "假设"),
    "imputed": ("Filled in, not given: {cells}.", "以下得分为插补值，并非给定：{cells}。"),
    # --- tables ------------------------------------------------------------------------------------------------------
    "t.allocation": ("What is bought, where, at what cost", "安排的措施、地点与成本"),
    "t.unfunded": ("What is not bought, and by how much it misses", "未安排的措施及差额"),
    "t.unfunded_note": (
        "By how much the value of one unit of its level would have to rise until some best plan funds it, in the unit "
        "of the prices; the best place of each measure. Never: no plan has any of it, whatever its value.",
        "每一单位实施水平的价值须再提高多少，才会有最优方案资助它（单位与价格相同）；取每项措施最接近入选的地点。"
        "“不可能”指无论价值多高，都没有方案能实施它。",
    ),
    "t.tracks": ("Levels, ranks and scores before and after", "规划前后的水平、排名与得分"),
    "t.ranking": ("Ranking before and after", "规划前后的排名"),
    "t.resources": ("Budgets and prices", "预算与价格"),
    "t.rules": ("Rules", "规则"),
    "t.weights": ("Weights", "权重"),
    "t.disagree": ("Where ranking and money part", "排名与资金不一致之处"),
    "t.views": ("Under each view", "各视角下的表现"),
    "t.sources": ("Sources, table by table", "各表来源"),
    "t.framework": ("The paper's framework, element by element", "论文框架要素与章节对照"),
    "t.framework_note": (
        "Where each element stands in the source paper: 4.1.2 is section 4(1)2. What is a reading or an assumption of "
        "ours is in the table of sources.",
        "各要素在论文中的出处：4.1.2 即第四部分（一）之 2。属于解读或假设的内容见“数据来源”表。",
    ),
    "t.schemes": ("Weights by scheme", "各方法的权重"),
    "h.measure": ("Measure", "措施"),
    "h.name": ("Name", "名称"),
    "h.where": ("Where", "地点"),
    "h.level": ("Level", "水平"),
    "h.closes": ("Closes", "弥合"),
    "h.period": ("Period", "期间"),
    "h.misses": ("Misses by", "差额"),
    "h.track": ("Track", "赛道"),
    "h.rank": ("Rank", "排名"),
    "h.score": ("Score", "得分"),
    "h.after": ("After", "规划后"),
    "h.resource": ("Resource", "资源"),
    "h.unit": ("Unit", "单位"),
    "h.budget": ("Budget", "预算"),
    "h.used": ("Used", "已用"),
    "never": ("never", "不可能"),
    "h.less": ("One less loses", "每减一单位损失"),
    "h.range": ("Holds from - to", "有效区间"),
    "h.rule": ("Rule", "规则"),
    "h.kind": ("Kind", "类别"),
    "h.of": ("Of", "对象"),
    "h.amount": ("Amount", "数额"),
    "h.reached": ("Reached", "实际"),
    "h.factor": ("Factor", "要素"),
    "h.weight": ("Weight", "权重"),
    "h.money_rank": ("Rank by money", "按资金排名"),
    "h.money": ("Share of money", "资金占比"),
    "h.why": ("Why", "原因"),
    "h.view": ("View", "视角"),
    "h.best": ("Its own best", "自身最优"),
    "h.of_best": ("Of the best", "占最优"),
    "h.table": ("Table", "表"),
    "h.row": ("Row", "行"),
    "h.column": ("Column", "列"),
    "h.source": ("Source", "来源"),
    "h.note": ("Note", "说明"),
    "h.section": ("Section", "章节"),
    "h.count": ("Elements", "数目"),
    "h.elements": ("Which", "要素名称"),
    "h.setting": ("Setting", "设置"),
    "h.value": ("Value", "取值"),
    "h.scheme": ("Scheme", "方法"),
    "whole_city": ("Whole city", "全市"),
    # --- method ------------------------------------------------------------------------------------------------------
    "m.model": (
        "Level L is where a score lies between worst (0) and target (1), gap g = 1 - L, priority v = stance x "
        "weight. "
        "The program chooses levels x of measures and closed gaps z: maximise the sum of v z, where z is at "
        "most the gap "
        "and at most what the measures deliver, within budgets, floors and caps; then, among the best plans, "
        "the one that "
        "spends least.",
        "水平 L 为得分在最差值（0）与目标值（1）之间的位置，差距 g = 1 - L，优先度 v = 立场系数 × 权重。"
        "规划选择措施水平 x 与弥合量 z：在预算、下限与上限之内，使 Σ v z 最大，其中 z 不超过差距、"
        "也不超过措施所能带来的改善；"
        "再在最优方案中取支出最少者。",
    ),
    "m.steps": ("Steps of {method}", "{method} 的步骤"),
    "m.source": ("Source: {source}", "出处：{source}"),
    "m.proof": ("Proof", "自证"),
    "m.robust": (
        "The picture of ranks under unknown weights draws {samples:,} weight vectors uniformly (seed {seed}).",
        "“权重未知时的名次分布”图均匀抽取 {samples:,} 组权重（随机种子 {seed}）。",
    ),
    # --- again -------------------------------------------------------------------------------------------------------
    "again.command": ("This command writes this report from the same inputs:", "对同样的输入，以下命令生成本报告："),
    "again.digest": ("SHA-256 of the inputs: {digest}", "输入数据的 SHA-256：{digest}"),
    "again.versions": ("Versions: {versions}", "版本：{versions}"),
    "again.date": ("Date: {date}", "日期：{date}"),
    "again.assumed": (
        "Numbers that are marked as assumptions are nobody's measurement: replace them before deciding on "
        "public money.",
        "标为“假设”的数字并非实测：用于公共资金决策前请予替换。",
    ),
}


def say(key: str, lang: str, **values: Any) -> str:
    """Return the sentence *key* in *lang*, filled in."""
    return WORDS[key][LANGUAGES.index(lang)].format(**values)
