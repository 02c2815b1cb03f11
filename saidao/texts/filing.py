"""The budget office's forms: what is found in them, and how the papers are told."""

from __future__ import annotations

FILING: dict[str, tuple[str, str]] = {
    "forms.made": (
        "{forms:form/forms} of {projects:project/projects}; {blanks:cell is/cells are} left to be filled in.",
        "共 {projects} 个项目、{forms} 张表；尚有 {blanks} 处待填（【待填】）。",
    ),
    "forms.errors": (
        "{errors:error/errors} and {warnings:warning/warnings} to look at before they are filed.",
        "报送前须核对：错误 {errors} 项，提示 {warnings} 项。",
    ),
    "forms.grade": ("{project}: {total} points, {grade}.", "{project}：总分 {total}，{grade}。"),
    "forms.rules": (
        "Filled by 财预〔2015〕88号, 〔2019〕136号, 〔2020〕10号 and 〔2021〕101号; column heads and weights of 101号 "
        "are general knowledge, not read again: verify before filing. One form a project, which is a measure over all "
        "its places; scores are rounded half up, the total is the sum of the printed cells.",
        "依据财预〔2015〕88号、〔2019〕136号、〔2020〕10号、〔2021〕101号填写；部分表头和 101号的分值为一般知识，"
        "未重新核对原文，报送前请核实。一个项目（一项措施的全部对象）一套表；得分四舍五入，总分为各打印得分之和。",
    ),
    "forms.kpi.cost": ("Cost per unit of {name}", "{name}单位成本"),
    "forms.kpi.level": ("Amount of {name}", "{name}完成量"),
    "forms.kpi.gap": ("Rise in the factors that {name} serves", "{name}对应要素水平提升值"),
    "forms.draft": ("(draft: rests on assumptions)", "（草稿：含假设）"),
    "forms_level.error": ("error", "错误"),
    "forms_level.warning": ("look at", "提示"),
    "head.forms_project": ("project", "项目"),
    "head.forms_id": ("id", "编号"),
    "head.forms_level1": ("group", "一级指标"),
    "head.forms_level3": ("indicator", "三级指标"),
    "head.forms_target": ("target", "指标值"),
    "head.forms_weight": ("weight", "分值权重"),
    "head.forms_done": ("done so far", "执行情况"),
    "head.forms_forecast": ("forecast", "全年预计"),
    "head.forms_actual": ("actual", "实际完成值"),
    "head.forms_score": ("score", "得分"),
    "head.forms_level": ("kind", "类别"),
    "head.forms_found": ("found", "内容"),
    "title.forms_indicators": ("Indicators", "绩效指标"),
    "title.forms_checks": ("What to look at before filing", "报送前核对"),
    "sheet.forms_indicators": ("Indicators", "指标"),
    "sheet.forms_checks": ("Checks", "核对"),
    # --- found in a project
    "filing.weight_missing": ("no weight", "分值权重未填"),
    "filing.weights_sum": ("weights sum to {found}; they should be {wanted}", "分值权重合计 {found}，应为 {wanted}"),
    "filing.group_weight": (
        "{group}: weights sum to {found}; they should be {wanted}",
        "{group}：权重合计 {found}，应为 {wanted}",
    ),
    "filing.no_quantity": ("no indicator of quantity (数量指标)", "缺少数量指标"),
    "filing.no_quality": ("no indicator of quality (质量指标)", "缺少质量指标"),
    "filing.sign": ("sign {found} is none of ≥ ≤ = ＞ ＜ 定性", "计算符号 {found} 无法识别"),
    "filing.target": ("target {found} is no number from 0 on, and no date", "指标值 {found} 不是非负数字或日期"),
    "filing.sources_total": (
        "sources of the project's money sum to {found} million, the total is {wanted} million",
        "项目资金总额：各来源合计不等于总额（{found} 与 {wanted} 百万元）",
    ),
    "filing.sources_year": (
        "sources of the year's money sum to {found} million, the request is {wanted} million",
        "年度资金申请总额：各来源合计不等于总额（{found} 与 {wanted} 百万元）",
    ),
    "filing.measure_total": (
        "projects of this measure have {found} million in all, the plan has {wanted} million for it",
        "同一措施各项目资金合计 {found} 百万元，方案为 {wanted} 百万元",
    ),
    "filing.chance": ("chance {found} is none of {choices}", "完成目标可能性“{found}”应为{choices}之一"),
    "filing.score_range": ("score {found} is not from 0 to {most}", "得分 {found} 不在 0 至 {most} 之间"),
    "filing.score_band": ("score {found} is not in the band {band}", "定性得分 {found} 不在“{band}”区间内"),
    "filing.cause_open": ("expected to be missed, no cause told", "预计不能完成而未填偏差原因"),
    "filing.done_open": ("nothing told of {span}", "{span}执行情况未填"),
    "filing.forecast_open": ("no forecast for the year", "全年预计完成情况未填"),
    "filing.chance_open": ("not told whether it will be met", "完成目标可能性未填"),
    "filing.actual_open": ("no actual value", "实际完成值未填"),
    "filing.missed_open": ("missed, no cause told", "自评未完成而未填偏差原因"),
    "filing.over_open": ("far beyond its target, no reason told", "超额完成而未填原因"),
    "filing.score_open": ("not scored", "得分未填"),
    # --- found in a filled form
    "filing.no_form": (
        "no form of targets, monitoring or self-assessment in it",
        "未找到申报表、监控表或自评表",
    ),
    "filing.no_column": ("no column {column}", "缺少“{column}”栏"),
    "filing.left": ("{number:cell is/cells are} left to be filled in", "尚有 {number} 处待填"),
    "filing.blank_cell": ("{column} is blank", "{column}为空"),
    "filing.no_number": ("{column}: {found} is no number", "{column}“{found}”不是数字"),
    "filing.weights_printed": (
        "the sum of weights says {found}, the weights sum to {right}",
        "权重合计 {found}，各项相加为 {right}",
    ),
    "filing.weights_hundred": (
        "points sum to {found} with those of the outturn; they should be 100",
        "分值合计（含预算执行率）{found}，应为 100",
    ),
    "filing.year_is_total": (
        "the year's request equals the total of a project of several years",
        "项目跨年度，年度资金申请总额却等于项目资金总额",
    ),
    "filing.parts": (
        "{name}: parts sum to {found}, the whole is {wanted}",
        "{name}：分项合计 {found}，总额为 {wanted}",
    ),
    "filing.rate": ("rate {found}; it should be {right}", "执行率 {found}，应为 {right}"),
    "filing.outturn_score": (
        "score of the outturn {found}; it should be {right}",
        "预算执行率得分 {found}，应为 {right}",
    ),
    "filing.rule_score": ("score {found}; by the rules it is {right}", "得分 {found}，按规则应为 {right}"),
    "filing.score_missing": ("no score", "得分未填"),
    "filing.no_cause": ("missed, no cause told", "未完成而未填偏差原因"),
    "filing.no_reason": ("far beyond its target, no reason told", "超额完成而未填原因"),
    "filing.no_deviation": (
        "{found} is told as the cause, though the target is expected to be missed",
        "预计不能完成，原因却填“{found}”",
    ),
    "filing.total_score": ("total {found}; the scores sum to {right}", "总分 {found}，各得分相加为 {right}"),
    "filing.total_open": ("total {found}, though some score is missing", "总分已填 {found}，但有得分未填"),
    "filing.grade": ("grade {found}; it should be {right}", "等级“{found}”，应为“{right}”"),
}
