"""What workbooks say: headings of the tables of a case, its guide, and the sheets of results."""

from __future__ import annotations

from typing import Any

from ..words import LANGUAGES
from ..words import WORDS as PRODUCT

COLUMNS: dict[str, tuple[str, str, str, str]] = {
    # column, or table.column where tables differ: heading and note, English and Chinese
    "key": ("Setting", "设置项", "", ""),
    "value": ("Value", "取值", "", ""),
    "track": ("Track id", "赛道编号", "Short, without ; : * / @ =", "简短，不含 ; : * / @ ="),
    "effects.track": (
        "Where: track id, type:ID or *", "作用对象：赛道编号、type:类型 或 *",
        "The most specific row holds: a track before its type before * (all tracks).",
        "以最具体的一行为准：赛道优先于类型，类型优先于 *（全部赛道）。",
    ),
    "name_en": ("Name, English", "英文名称", "", ""),
    "name_zh": ("Name, Chinese", "中文名称", "", ""),
    "type": ("Type id", "类型编号", "", ""),
    "factor": ("Factor id", "要素编号", "", ""),
    "direction": ("Better is", "方向", "max: more is better. min: less is better.", "max：越大越好；min：越小越好。"),
    "worst": ("Worst level", "最差水平", "Where the scale begins.", "标尺的起点。"),
    "target": ("Target level", "目标水平", "Where the gap is closed.", "达到即无差距。"),
    "parent": ("Parent factor", "上级要素", "Only for a tree of factors.", "仅用于多级要素。"),
    "weight": ("Weight", "权重", "Any scale; used as shares.", "任意尺度，按比例使用。"),
    "description": ("What it means", "含义", "", ""),
    "judge": ("Judge", "专家", "As in the name of the sheet judgements.JUDGE", "与工作表 judgements.专家 的名称一致"),
    "resource": ("Resource id", "资源编号", "", ""),
    "unit": ("Unit, English", "英文单位", "", ""),
    "measures.unit": ("Unit of level", "力度单位", "", ""),
    "unit_zh": ("Unit, Chinese", "中文单位", "", ""),
    "budget": ("Budget\n(in its unit)", "预算\n（按其单位）", "", ""),
    "carry": ("Carried over\n(share 0 to 1)", "结转比例\n（0 到 1）", "Of what is left, for the next period.",
              "未用部分结转至下期的比例。"),
    "period": ("Period", "时期", "As in the sheet case, periods", "与工作表 case 的 periods 一致"),
    "amount": ("Amount\n(in its unit)", "数额\n（按其单位）", "", ""),
    "measure": ("Measure id", "措施编号", "", ""),
    "dimension": ("Dimension", "维度", "", ""),
    "stage": ("Stage", "阶段", "", ""),
    "scope": ("Scope", "作用范围", "track: decided for each track. type: for each type. city: once.",
              "track：逐赛道决定；type：逐类型决定；city：全市一次。"),
    "kind": ("Kind", "类别", "", ""),
    "measures.kind": (
        "Kind of level", "力度类别",
        "continuous: any level. integer: whole levels. binary: all or nothing. semi: nothing, or at least min_level.",
        "continuous：任意力度；integer：整数；binary：做或不做；semi：为零或不低于 min_level。",
    ),
    "rules.kind": ("Kind of rule", "规则类别",
                   "floor: at least. cap: at most. requires: prerequisite. excludes: at most one.",
                   "floor：不低于；cap：不超过；requires：前置条件；excludes：互斥。"),
    "sources.kind": ("Source", "来源类别", "paper, measured, judgement or assumption",
                     "paper 论文；measured 实测；judgement 判断；assumption 假设"),
    "min_level": ("Least level", "最小力度", "For kind semi.", "用于类别 semi。"),
    "max_level": ("Largest level", "最大力度", "At each place where it is applied.", "每个作用对象的上限。"),
    "lag": ("Delay\n(periods)", "时滞\n（期）", "", ""),
    "cost": ("Cost per unit of level\n(in the resource's unit)", "单位力度成本\n（按资源单位）", "", ""),
    "effect": ("Gap closed per unit of level\n(share of the scale)", "单位力度缩小的差距\n（占标尺比例）", "", ""),
    "up_to": ("Holds up to level", "适用至力度", "For effects that diminish; blank: to the largest level.",
              "用于递减效果；留空表示至最大力度。"),
    "output": ("Output\n(constant prices)", "产出\n（不变价）", "", ""),
    "capital": ("Capital stock\n(constant prices)", "资本存量\n（不变价）", "", ""),
    "labour": ("Labour", "劳动投入", "", ""),
    "capital_share": ("Capital's share of income\n(0 to 1)", "资本收入份额\n（0 到 1）", "", ""),
    "rule": ("Rule", "规则", "", ""),
    "over": ("Over", "分组依据", "", ""),
    "rules.key": ("Which", "组别", "", ""),
    "of": ("Of", "对象", "A resource, or closed (the gap closed); for requires the prerequisite.",
           "某种资源，或 closed（缩小的差距）；requires 时为前置措施。"),
    "share": ("Share\n(0 to 1)", "比例\n（0 到 1）", "", ""),
    "table": ("Table", "表", "", ""),
    "row": ("Row", "行", "The row's key; blank: the whole table.", "行的主键；留空表示整表。"),
    "column": ("Column", "列", "Blank: the whole row.", "留空表示整行。"),
    "note": ("Note", "说明", "", ""),
    "scenario": ("Scenario", "情景", "", ""),
    "change": ("Change", "变化", "As text: =5, +5, -10% or x1.2", "以文本填写：=5、+5、-10% 或 x1.2"),
}  # fmt: skip

SHEETS: dict[str, tuple[str, str]] = {
    "case": ("Names and defaults of the case.", "案例名称与默认设置。"),
    "tracks": ("The industrial tracks that are ranked.", "参与排序的产业赛道。"),
    "types": ("Names of the types of tracks.", "赛道类型的名称。"),
    "factors": ("What tracks are judged by, with the scale of each.", "评价赛道的要素及其标尺。"),
    "scores": ("How each track stands on each factor.", "各赛道在各要素上的得分。"),
    "judgements": (
        "Pairwise matrix of one judge: row against column, 1 to 9 or 1/9 to 1; one half may be left blank.",
        "一位专家的两两比较矩阵：行相对列的重要程度，1 至 9 或 1/9 至 1；可只填一半。",
    ),
    "judges": ("Weights of the judges.", "各位专家的权重。"),
    "resources": ("What is scarce, and its budget.", "稀缺资源及其预算。"),
    "budgets": ("Budgets by period.", "分时期的预算。"),
    "measures": ("The policy measures to choose from.", "可供选择的政策措施。"),
    "costs": ("What one unit of a measure takes of a resource.", "措施每单位力度占用的资源。"),
    "effects": ("How much of a gap one unit of a measure closes.", "措施每单位力度缩小的差距。"),
    "rules": ("Floors, caps, prerequisites and exclusions.", "下限、上限、前置条件与互斥。"),
    "panel": (
        "What each track made by year, and with what: for productivity.",
        "各赛道逐年的产出与投入，用于测算生产率。",
    ),
    "sources": ("Where the numbers come from; they colour the cells.", "各数字的出处；决定单元格底色。"),
    "scenarios": ("Named changes that are planned side by side.", "命名的情景变化，用于并列比较。"),
}

WORDS: dict[str, tuple[str, str]] = {
    "guide.title": ("guide", "说明"),
    "guide.what": (
        "This workbook is one whole case: it ranks industrial tracks and allocates a budget of policy measures.",
        "本工作簿是一个完整案例：用于产业赛道排序和政策措施预算分配。",
    ),
    "guide.how": (
        "Fill in the white and coloured cells from the third row on. The first row explains a column; the second, in "
        "grey, is its name for the program: leave it as it is. Add rows freely; columns of your own are kept.",
        "从第三行起填写。第一行说明各列含义；第二行（灰色）是程序识别的列名，请勿改动。可自由增加行；自加的列会保留。",
    ),
    "guide.helper": (
        "Columns in grey without a name in the second row only show names; they are not read.",
        "第二行无列名的灰色列仅供显示名称，不参与读取。",
    ),
    "guide.sheet": ("Sheet", "工作表"),
    "guide.holds": ("What it holds", "内容"),
    "guide.rows": ("Rows", "行数"),
    "guide.need": ("Needed", "是否必需"),
    "guide.colours": ("Colours", "底色含义"),
    "guide.next": ("What next", "下一步"),
    "guide.check": (
        "Check: saidao check {file} - or upload this file on the page (saidao app).",
        "检查：saidao check {file}，或在网页（saidao app）上传本文件。",
    ),
    "guide.plan": ("Plan: saidao plan {file} -o result.xlsx", "规划：saidao plan {file} --lang zh -o result.xlsx"),
    "need.rank": ("to rank", "排序必需"),
    "need.plan": ("to plan", "规划必需"),
    "need.no": ("if wanted", "可选"),
    "kind.paper": ("from the paper", "论文"),
    "kind.measured": ("measured", "实测"),
    "kind.judgement": ("judgement", "判断"),
    "kind.assumption": ("assumption: replace it before you rely on it", "假设：用于决策前请替换"),
    "source": ("Source: {kind}. {note}", "来源：{kind}。{note}"),
    "helper": ("Name in {table} (shown only)", "{table}名称（仅显示）"),
    "scale": ("{worst:g} to {target:g}", "{worst:g} 至 {target:g}"),
    "one_of": ("One of: {choices}", "可选：{choices}"),
    # --- results ----------------------------------------------------------------------------------------------------
    "sheet.summary": ("Summary", "摘要"),
    "sheet.plan": ("Plan", "方案"),
    "sheet.ranking": ("Ranking", "排序"),
    "sheet.gaps": ("Gaps", "差距"),
    "sheet.resources": ("Resources", "资源"),
    "sheet.rules": ("Rules", "规则"),
    "sheet.weights": ("Weights", "权重"),
    "sheet.assumptions": ("Assumptions", "假设与出处"),
    "sheet.proof": ("Proof", "验证"),
    "sheet.table": ("Result", "结果"),
    "closed_share": ("of the weighted gap closes", "加权差距得到弥合"),
    "funded": ("measures funded, in {places} places", "项措施获资助，共 {places} 处"),
    "assumed": ("of the result rests on assumptions", "的结果依赖假设"),
    "chart.resources": ("Share of each budget that is used", "各项预算的使用比例"),
    "chart.gaps": ("Weighted gap of each track, before and after", "各赛道加权差距：实施前后"),
    "before": ("before", "实施前"),
    "after": ("after", "实施后"),
    "gaps.before": ("Gap before, share of the scale (0: target reached)", "实施前差距，占标尺比例（0 表示已达目标）"),
    "gaps.after": ("Gap after the plan", "实施后差距"),
    "gaps.closed": ("Closed by the plan", "方案弥合的差距"),
    "legend": ("Yellow cells rest on assumptions.", "黄色单元格依赖假设。"),
    "proof.what": ("What is checked", "验证内容"),
    "proof.value": ("Value", "数值"),
    "total": ("Total", "合计"),
    "in_unit": ("{name} ({unit})", "{name}（{unit}）"),
    "name": ("name", "名称"),
    "track": ("track", "赛道"),
    "target": ("where", "作用对象"),
    "city": ("whole city", "全市"),
    "level": ("level", "力度"),
    "closes": ("closes, share of the weighted gap", "弥合（占加权差距）"),
    "rank_before": ("rank before", "实施前名次"),
    "rank_after": ("rank after", "实施后名次"),
    "score_before": ("score before", "实施前得分"),
    "score_after": ("score after", "实施后得分"),
    "gap_before": ("weighted gap before", "实施前加权差距"),
    "gap_after": ("weighted gap after", "实施后加权差距"),
    "track_closed": ("closed", "弥合率"),
    "used_share": ("used, share", "使用比例"),
    "left": ("left", "剩余"),
    "worth": ("one more unit closes, share of the weighted gap", "每增一单位多弥合（占加权差距）"),
    "worth.other": ("one more unit brings, in the objective's unit", "每增一单位带来（目标值单位）"),
    "valid_from": ("holds from", "成立区间下限"),
    "valid_to": ("holds up to", "成立区间上限"),
    "input": ("input", "输入"),
    "rests_on": ("rests on", "依据"),
    "of_objective": ("share of the result", "占结果比例"),
    "assumptions.inputs": ("What the result rests on, by input", "结果所依据的输入"),
    "assumptions.sources": ("Where the case's numbers come from", "案例数字的出处"),
    "assumptions.imputed": ("Scores that are filled in, not given", "填补的得分（非原始数据）"),
    "where_to": ("no end", "无界"),
    "proof.primal_violation": ("Largest violation of a budget, rule or bound", "对预算、规则或上下限的最大违反"),
    "proof.dual_violation": ("Largest violation of the prices' conditions", "影子价格条件的最大违反"),
    "proof.gap": ("Distance to the best possible value, relative", "与最优上界的相对差距"),
    "proof.least_spend_gap": ("The same of the second stage: least spend", "第二阶段（支出最少）的相对差距"),
    "proof.exact": ("Proven in exact fractions", "分数精确验证"),
    "proof.note": (
        "Computed by our own arithmetic from the plan and its prices, without trusting the solver; 0 up to rounding.",
        "由方案与影子价格自行计算，不依赖求解器；除舍入外应为 0。",
    ),
}

RESULT_COLUMNS: dict[str, tuple[str, str]] = {
    "scheme": ("scheme", "赋权方法"),
    "method": ("method", "排序方法"),
    "weights": ("weights", "赋权"),
    "target": ("where", "作用对象"),
    "value": ("value", "数值"),
    "level": ("level", "力度"),
    "name": ("name", "名称"),
    "closed_share": ("closed share", "弥合率"),
    "funded": ("funded", "获资助"),
    "net": ("net", "净值"),
    "amount": ("amount", "数额"),
    "price": ("one more unit brings", "每增一单位带来"),
    "used": ("used", "已用"),
    "against": ("against", "对照"),
    "moves": ("places moved", "名次变动"),
    "best": ("best", "最好"),
    "worst": ("worst", "最差"),
    "mean_kendall_tau_b": ("mean Kendall tau-b", "Kendall tau-b 均值"),
    "expected_rank": ("mean rank", "平均名次"),
    "standard_error": ("standard error", "标准误"),
    "first_low": ("first holds from", "第一名不变：下限"),
    "first_high": ("first holds to", "第一名不变：上限"),
    "low": ("holds from", "下限"),
    "high": ("holds to", "上限"),
    "effective": ("effective weight", "有效权重"),
    "one": ("one", "甲"),
    "other": ("other", "乙"),
    "from": ("from", "从"),
    "to": ("to", "到"),
    "application": ("measure@where", "措施@对象"),
    "change": ("change", "变化"),
    "moved": ("moved", "调动比例"),
    "costs": ("costs", "成本"),
    "score_after": ("score after", "实施后得分"),
    "rank_after": ("rank after", "实施后名次"),
    "why": ("why", "原因"),
    "schemes": ("schemes", "赋权方法"),
    "regret": ("loss against the best", "相对最优的损失"),
    "plan": ("plan", "方案"),
    "closed": ("gap closed", "弥合的差距"),
    "over": ("ahead of", "优于"),
    "loss_if_forbidden": ("lost without it", "禁用时的损失"),
    "loss_if_forced": ("lost by forcing it", "强制时的损失"),
    "cost_cut": ("cost cut that would fund it", "入选所需降本"),
    "effect_rise": ("effect rise that would fund it", "入选所需增效"),
    "changes_low": ("what changes below", "低于下限时的变化"),
    "changes_high": ("what changes above", "高于上限时的变化"),
    "judgement_of": ("matrix", "判断矩阵"),
    "pearson": ("Pearson", "Pearson"),
    "spearman": ("Spearman", "Spearman"),
    "twice": ("counted twice", "重复计量"),
    "undefined": ("undefined", "无定义"),
    "spend": ("spend", "支出"),
}


def say(key: str, lang: str, **values: Any) -> str:
    """Return the text *key* in *lang*, filled in."""
    return WORDS[key][LANGUAGES.index(lang)].format(**values)


def both(key: str, **values: Any) -> str:
    """Return the text *key* in both languages, Chinese first, a line each."""
    return "\n".join(say(key, lang, **values) for lang in ("zh", "en"))


def column(table: str, name: str) -> tuple[str, str]:
    """Return heading and note of a column of a case, each in both languages; of one of a user's own, its name."""
    found = COLUMNS.get(f"{table}.{name}", COLUMNS.get(name))
    if found is None:
        return name, ""
    head_en, head_zh, note_en, note_zh = found
    return f"{head_zh}\n{head_en}".replace("\n（", "（").replace("\n(", " ("), "\n".join(
        filter(None, (note_zh, note_en))
    )


def result_column(name: str, lang: str) -> str:
    """Return the heading of a column of a result; of one without a word, its name."""
    if name in RESULT_COLUMNS:
        return RESULT_COLUMNS[name][LANGUAGES.index(lang)]
    if f"head.{name}" in PRODUCT:
        return PRODUCT[f"head.{name}"][LANGUAGES.index(lang)]
    return name.replace("_", " ") if lang == "en" else name
