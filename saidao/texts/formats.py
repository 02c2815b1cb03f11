"""The field's formats: what they do not carry over, and what is wrong in their files."""

from __future__ import annotations

FORMATS: dict[str, tuple[str, str]] = {
    # --- what is not carried over
    "format.resource": (
        "Left out: resource '{name}', which is no table of a case.",
        "未读入：资源“{name}”，它不是案例的表。",
    ),
    "format.recounted": (
        "{number:project/projects} ({projects}) with another support in the ballots than stated: ballots count.",
        "{number} 个项目（{projects}）的得票与文件所载不一致，以选票为准。",
    ),
    "format.decision_only": (
        "XMCDA holds the decision alone. Left out: {tables}, and the second language.",
        "XMCDA 只记录决策矩阵，未写出：{tables}，以及另一种语言的名称。",
    ),
    "format.no_range": (
        "XMCDA knows no range that is best; written as more is better: {factors}.",
        "XMCDA 没有区间型方向，按“越大越好”写出：{factors}。",
    ),
    "format.inactive": ("Left out, as they are not active: {names}.", "未读入（未启用）：{names}。"),
    "format.maximised": (
        "It is to be maximised: solvers that do not read OBJSENSE (CBC, GLPK) have to be told.",
        "该程序求最大值：不识别 OBJSENSE 的求解器（CBC、GLPK）须另行指明。",
    ),
    "format.weighted_only": (
        "The objective of the programme is the weighted gap that is closed, not {objective}.",
        "所写程序的目标为加权差距的补齐量，而非 {objective}。",
    ),
    # --- what is wrong
    "format.expected": ("a file of one of these formats ({suffixes})", "下列格式之一的文件（{suffixes}）"),
    "format.remedy": (
        "A workbook, a folder or a .zip is read as a case; any other table by `saidao import`.",
        "工作簿、文件夹和 .zip 可直接作为案例读取；其他表格请用 `saidao import`。",
    ),
    "descriptor.expected": ("datapackage.json, in a folder of its own", "datapackage.json（放在单独的文件夹中）"),
    "descriptor.remedy": (
        "Write for instance mycity/datapackage.json.",
        "例如写作 mycity/datapackage.json。",
    ),
    "datapackage.expected": ("a data package: JSON with resources", "数据包：含 resources 的 JSON"),
    "datapackage.remedy": ("See https://datapackage.org.", "参见 https://datapackage.org。"),
    "xmcda.expected": (
        "XMCDA with a performanceTable, no DOCTYPE and no more than some levels",
        "含 performanceTable 的 XMCDA（无 DOCTYPE，层次不过深）",
    ),
    "xmcda.remedy": ("See https://www.xmcda.org.", "参见 https://www.xmcda.org。"),
    "pb_section.expected": ("the sections META, PROJECTS and VOTES", "META、PROJECTS、VOTES 三段"),
    "pb_section.remedy": ("See https://pabulib.org/format.", "参见 https://pabulib.org/format。"),
    "pb_resource.expected": ("one resource, as a participatory budget has", "一种资源（参与式预算只有一种）"),
    "pb_resource.remedy": ("Keep one of them.", "请只保留一种资源。"),
    "pb_dated.expected": ("no periods", "不分时期"),
    "pb_dated.remedy": ("Take a case of one period.", "请改用单期案例。"),
    "pb_whole.expected": ("whole projects: kind binary, max_level 1", "整体项目：kind 为 binary，max_level 为 1"),
    "pb_whole.remedy": ("Measures that can be done in part are none.", "可部分实施的措施不是项目。"),
    "pb_ballots.expected": ("ballots", "选票"),
    "pb_ballots.remedy": (
        "A file of PabuLib holds the vote of each voter: fill in the table ballots.",
        "PabuLib 文件记录每位选民的投票：请填写 ballots 表。",
    ),
    "pb_support.expected": ("ballots, or a factor called support", "选票，或名为 support 的要素"),
    "pb_support.remedy": (
        "Fill in the table ballots, or score the tracks, one a project, on a factor support.",
        "请填写 ballots 表，或在 support 要素上给出各项目对应赛道的得分。",
    ),
    "no_extra.expected": ("the extra '{extra}'", "附加组件“{extra}”"),
    "no_extra.remedy": ("Install it: pip install 'saidao[{extra}]'.", "请安装：pip install 'saidao[{extra}]'。"),
    "pb_effects.expected": ("one effect a project: its own", "每个项目一条效果（其自身）"),
    "pb_effects.remedy": (
        "Projects that work on several tracks have more than a file of PabuLib can say.",
        "作用于多条赛道的项目超出 PabuLib 文件所能表达的内容。",
    ),
    "ballot_twice.expected": ("each measure once", "每项措施只出现一次"),
    "ballot_twice.remedy": ("Delete one of them.", "请删除其中之一。"),
    "ballot_points.expected": (
        "{number} numbers, one for each measure of the vote",
        "{number} 个数，与所投措施一一对应",
    ),
    "ballot_points.remedy": (
        "Write as many as measures, in their order; or none, where each counts once.",
        "请按措施顺序逐一填写；如每项只计一票，可留空。",
    ),
}
"""Sentences by what they are about."""
