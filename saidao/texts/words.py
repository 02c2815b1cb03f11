"""Every sentence that a user reads, in English and Chinese, side by side.

A key's two texts hold the same placeholders (tested). Names of tracks, factors and measures come from the case.
"""

from __future__ import annotations

from typing import Any

from .case import CASE_WORDS
from .footing import FOOTING_WORDS
from .framework import FRAMEWORK_WORDS
from .suspicions import SUSPICION_WORDS

LANGUAGES = ("en", "zh")


def say(key: str, lang: str = "en", **values: Any) -> str:
    """Return the sentence *key* in *lang*, filled in."""
    return WORDS[key][LANGUAGES.index(lang)].format(**values)


WORDS: dict[str, tuple[str, str]] = {
    # --- problems: the frame -------------------------------------------------------------------------------------
    "problem_line": (
        "{where}: found {found}; expected {expected}. {remedy}",
        "{where}：读到 {found}；应为{expected}。{remedy}",
    ),
    "probably": ("Probably {probably}.", "很可能{probably}。"),
    "more_alike": ("({more} more like it.)", "（另有 {more} 处类似。）"),
    "nothing": ("nothing", "空"),
    "row": ("row {row}", "第 {row} 行"),
    "column": ("column {column}", "{column} 列"),
    "comma": (", ", "，"),
    "did_you_mean": ("Did you mean '{nearest}'?", "是否为“{nearest}”？"),
    "error": ("error", "错误"),
    "warning": ("note", "提示"),
    "needs_option.expected": ("this option only together with {option}", "该选项只能与 {option} 同用"),
    "needs_option.remedy": ("Add {option}, or leave this one out.", "请加上 {option}，或去掉该选项。"),
    "not_with.expected": ("this option not together with {option}", "该选项不能与 {option} 同用"),
    "not_with.remedy": ("Leave one of the two out.", "请去掉其中一个。"),
    "no_option.expected": ("an option of this command", "该命令的选项"),
    "no_option.remedy": ("{command} lists them.", "可用 {command} 查看。"),
    "value_left_out.expected": ("a value", "一个值"),
    "value_left_out.remedy": ("{command} says which.", "可用 {command} 查看取值。"),
    "no_verb.expected": ("a verb", "命令名称"),
    "no_verb.remedy": ("{command} lists them.", "可用 {command} 查看。"),
    "extra_argument.expected": ("one case, and options", "一个案例和若干选项"),
    "extra_argument.remedy": (
        "Put quotes around a name with spaces; {command} lists the options.",
        "含空格的名称请加引号；选项可用 {command} 查看。",
    ),
    "usage.expected": ("what the command takes: {message}", "该命令可接受的内容（{message}）"),
    "usage.remedy": ("{command} says what it takes.", "可用 {command} 查看用法。"),
    "integer_between.expected": ("a whole number from {low} to {high}", "{low} 到 {high} 之间的整数"),
    "integer_between.remedy": ("Choose one of these.", "请改用其中一个数。"),
    # --- problems: files -----------------------------------------------------------------------------------------
    "no_case.expected": (
        "a folder, a workbook (.xlsx), a zipped folder, or a shipped case ({known})",
        "案例文件夹、工作簿（.xlsx）、文件夹压缩包（.zip），或自带案例（{known}）",
    ),
    "no_case.remedy": ("Check the path.", "请检查路径。"),
    "unreadable.expected": ("a readable file", "可读取的文件"),
    "unreadable.remedy": ("Check the file and its permissions.", "请检查文件及其权限。"),
    "encoding.expected": ("a text file in UTF-8 or GB18030", "UTF-8 或 GB18030 编码的文本文件"),
    "encoding.remedy": ("Save it as 'CSV UTF-8'.", "请另存为“CSV UTF-8”。"),
    "csv.expected": ("comma-separated rows with matching quotes", "逗号分隔、引号成对的行"),
    "csv.remedy": ("Save it again as CSV.", "请重新另存为 CSV。"),
    "empty_file.expected": ("a header row", "表头行"),
    "empty_file.remedy": ("Add the columns, or delete the file.", "请补上各列，或删除该文件。"),
    "toml.expected": (
        'a TOML file: key = "value", a line each',
        'TOML 文件：每行一个 key = "value"',
    ),
    "toml.remedy": ("Mend that line.", "请修改该行。"),
    "misspelt.expected": ("a known name", "已知的名称"),
    "misspelt.remedy": ("As it stands it would be ignored.", "按现状它会被忽略。"),
    "missing_table.expected": ("this table", "该表"),
    "missing_table.remedy": (
        "Add it: tracks, factors and scores are needed to rank.",
        "请补上：排序需要 tracks、factors 和 scores 三张表。",
    ),
    "needs_table.expected": ("this table, to plan", "该表（规划时需要）"),
    "needs_table.remedy": (
        "Add it: resources, measures, costs and effects are needed to plan.",
        "请补上：规划需要 resources、measures、costs 和 effects 四张表。",
    ),
    "duplicate_column.expected": ("each column once", "每列只出现一次"),
    "duplicate_column.remedy": ("Rename or delete one of them.", "请改名或删除其中一列。"),
    "missing_column.expected": ("the column {column}", "{column} 列"),
    "missing_column.remedy": ("Add the column.", "请补上该列。"),
    "too_many_cells.expected": (
        "at most {columns} cells, as in the header",
        "至多 {columns} 个单元格，与表头一致",
    ),
    "too_many_cells.remedy": (
        "Put quotes around a text that holds a comma.",
        "含逗号的文字请加引号。",
    ),
    "no_rows.expected": ("at least one row", "至少一行"),
    "no_rows.remedy": ("Fill the table {table} in.", "请填写 {table} 表。"),
    # --- problems: cells -----------------------------------------------------------------------------------------
    "number.expected": ("a number", "数字"),
    "number.remedy": (
        "Write it with a point and no other signs, such as 1200.5.",
        "请只用数字和小数点书写，如 1200.5。",
    ),
    "integer.expected": ("a whole number", "整数"),
    "integer.remedy": ("Write it with digits alone.", "请只写数字。"),
    "choice.expected": ("one of {choices}", "{choices} 之一"),
    "choice.remedy": ("Write one of these.", "请改用其中之一。"),
    "share.expected": ("a share from 0 to 1", "0 到 1 之间的比例"),
    "share.remedy": ("1 % is 0.01.", "1% 写作 0.01。"),
    "at_least.expected": ("a number of at least {bound:g}", "不小于 {bound:g} 的数"),
    "at_least.remedy": ("Write such a number.", "请改写为这样的数。"),
    "above.expected": ("a number above {bound:g}", "大于 {bound:g} 的数"),
    "above.remedy": ("Write such a number.", "请改写为这样的数。"),
    "at_most.expected": ("a number of at most {bound:g}", "不大于 {bound:g} 的数"),
    "at_most.remedy": ("Write such a number.", "请改写为这样的数。"),
    "below.expected": ("a number below {bound:g}", "小于 {bound:g} 的数"),
    "below.remedy": ("Write such a number.", "请改写为这样的数。"),
    "missing_cell.expected": ("a value for {column}", "{column} 的值"),
    "missing_cell.remedy": ("Fill the cell in.", "请填写该单元格。"),
    "id.expected": ("an id without ; : * / @ =", "不含 ; : * / @ = 的标识"),
    "id.remedy": ("Use letters, digits, - and _.", "请用字母、数字、- 和 _。"),
    "text.expected": ("a text", "文字"),
    "text.remedy": ("Put quotes around it.", "请加引号。"),
    "list.expected": ("a list", "列表"),
    "list.remedy": ('Write it as ["2026", "2027"].', '请写成 ["2026", "2027"]。'),
    "value.expected": ("a valid value ({message})", "有效的值（{message}）"),
    "value.remedy": ("Write such a value.", "请改写为有效的值。"),
    # --- problems: across tables ---------------------------------------------------------------------------------
    "unknown_id.expected": ("an id of {of} ({valid})", "{of} 中的标识（{valid}）"),
    "unknown_id.remedy": ("Use one of these, or add it there.", "请改用其中之一，或先在该表中添加。"),
    "duplicate.expected": (
        "each {columns} once (it stands in row {first} already)",
        "{columns} 不重复（第 {first} 行已有）",
    ),
    "duplicate.remedy": ("Delete or rename one of the rows.", "请删除或改名其中一行。"),
    "panel_hole.expected": (
        "a row of {track} for the period {period}, which other tracks have",
        "{track} 在期间 {period} 的一行（其他赛道有）",
    ),
    "panel_hole.remedy": ("Add it, or leave the track out of the panel.", "请补上，或从面板中删去该赛道。"),
    "needs_panel.expected": ("this table, to measure productivity", "该表（测算生产率时需要）"),
    "needs_panel.remedy": (
        "Add rows of track, period, output, capital, labour, at constant prices.",
        "请补上各行：track、period、output、capital、labour（不变价）。",
    ),
    "panel_periods.expected": ("at least two periods", "至少两个期间"),
    "panel_periods.remedy": ("Growth needs a before and an after.", "增长需有前后两期。"),
    "panel_share.expected": (
        "the share of capital in income in every row; {rows} are blank, the first that of {track} in {period}",
        "每行均有资本收入份额；{rows} 行为空，首行为 {track} 的 {period}",
    ),
    "panel_share.remedy": (
        "Fill the column in, or give one for all (--capital-share 0.4); it is an assumption then.",
        "请填写该列，或统一指定（--capital-share 0.4），此时属于假设。",
    ),
    "panel_track.expected": (
        "rows for every track, to rank by productivity",
        "每条赛道均有数据（按生产率排序时需要）",
    ),
    "panel_track.remedy": ("Add those of {track} to the panel.", "请在面板中补上 {track}。"),
    "panel_alike.expected": ("tracks whose productivity grows apart", "各赛道生产率增速有差异"),
    "panel_alike.remedy": ("Such a factor would tell nothing.", "否则该要素不提供信息。"),
    "both_ticks.expected": ("no --ticks: both are read", "无需 --ticks：两种解读都会计算"),
    "both_ticks.remedy": ("Leave it out.", "请去掉。"),
    "scale_max.expected": (
        "target above worst, as more is better",
        "target 大于 worst（越大越好）",
    ),
    "scale_max.remedy": (
        "Swap them, or set direction to min.",
        "请对调，或把 direction 设为 min。",
    ),
    "scale_min.expected": (
        "target below worst, as less is better",
        "target 小于 worst（越小越好）",
    ),
    "scale_min.remedy": (
        "Swap them, or set direction to max.",
        "请对调，或把 direction 设为 max。",
    ),
    "range_order.expected": (
        "worst below ideal_low, ideal_low not above ideal_high, worst_high above that",
        "worst 小于 ideal_low，ideal_low 不大于 ideal_high，worst_high 大于 ideal_high",
    ),
    "range_order.remedy": (
        "worst is the score below which nothing is worth anything, worst_high the one above.",
        "worst 为下方毫无价值的得分，worst_high 为上方毫无价值的得分。",
    ),
    "range_idle.expected": ("range, as {column} is filled in", "range（因为填写了 {column}）"),
    "range_idle.remedy": ("As it stands {column} is ignored.", "按现状 {column} 会被忽略。"),
    "scale_max_data.expected": (
        "target above worst, as more is better ({taken} is not given but taken from the scores)",
        "target 大于 worst（越大越好；{taken} 未填，取自得分）",
    ),
    "scale_max_data.remedy": (
        "Fill in both worst and target, or neither: then both are taken from the scores.",
        "请同时填写 worst 与 target，或均留空（此时均取自得分）。",
    ),
    "scale_min_data.expected": (
        "target below worst, as less is better ({taken} is not given but taken from the scores)",
        "target 小于 worst（越小越好；{taken} 未填，取自得分）",
    ),
    "scale_min_data.remedy": (
        "Fill in both worst and target, or neither: then both are taken from the scores.",
        "请同时填写 worst 与 target，或均留空（此时均取自得分）。",
    ),
    "missing_score_row.expected": ("a row for the track {track}", "赛道 {track} 的一行"),
    "missing_score_row.remedy": ("Add its scores.", "请补上其得分。"),
    "impute_nothing.expected": ("at least one score of the factor", "该要素至少一个得分"),
    "impute_nothing.remedy": ("Fill a cell in, or leave the factor out.", "请至少填写一格，或删去该要素。"),
    "imputed": (
        "Not given but filled in ({imputation}): {cells}. Whatever follows rests on these too.",
        "以下得分为插补值（{imputation}）：{cells}。后文结果亦依赖于此。",
    ),
    "missing_score.expected": ("a number", "数字"),
    "missing_score.remedy": (
        'Fill the cell in, or name in case.toml how to guess it: impute = "mean" (or median, worst, neighbours).',
        '请填写，或在 case.toml 中指明插补方法：impute = "mean"（或 median、worst、neighbours）。',
    ),
    "tick.expected": ("1 (tick) or 0, as {setting}", "1（打勾）或 0，因为 {setting}"),
    "tick.remedy": (
        'For graded scores use ticks = "strength" and no tick_level.',
        '分级得分请用 ticks = "strength"，且不设 tick_level。',
    ),
    "tick_scale.expected": (
        "worst 0 and target 1, as scores are read as ticks ({setting})",
        "worst 为 0、target 为 1，因为得分按打勾解读（{setting}）",
    ),
    "tick_scale.remedy": (
        'Use ticks = "strength" and no tick_level.',
        '请用 ticks = "strength"，且不设 tick_level。',
    ),
    "tick_level_idle.expected": ('it only with ticks = "strength"', '仅与 ticks = "strength" 同用'),
    "tick_level_idle.remedy": (
        "As it stands it changes nothing: a tick that is a shortcoming counts 0, a blank 1.",
        "按现状它不起作用：打勾为短板时计 0，未打勾计 1。",
    ),
    "weights_sum.expected": ("weights with a positive sum", "总和为正的权重"),
    "weights_sum.remedy": ("Give at least one factor a weight above 0.", "请至少给一个要素大于 0 的权重。"),
    "taken_name.expected": (
        "an id that names no column: it becomes one itself",
        "不与已有列同名的编号（它本身会成为一列）",
    ),
    "taken_name.remedy": ("Choose another id.", "请换一个编号。"),
    "list_twice.expected": ("each name once", "每个名称只写一次"),
    "list_twice.remedy": ("Leave one of them out.", "请去掉其中一个。"),
    "lock_clash.expected": (
        "one level for each measure and place (another lock sets {other:g} there)",
        "每项措施在每处只有一个水平（另一锁定设为 {other:g}）",
    ),
    "lock_clash.remedy": ("Leave one of the locks out.", "请去掉其中一个锁定。"),
    "lock_forbidden.expected": ("a measure that is not forbidden", "未被禁止的措施"),
    "lock_forbidden.remedy": ("Leave it out of lock or of forbid.", "请从 lock 或 forbid 中去掉。"),
    "requires_itself.expected": ("another measure", "另一项措施"),
    "requires_itself.remedy": (
        "A measure cannot be its own prerequisite: name the other one, or delete the rule.",
        "措施不能以自身为前置：请写明另一项措施，或删除该规则。",
    ),
    "requires_one.expected": ("one measure", "一项措施"),
    "requires_one.remedy": (
        "Write a rule for each pair: all of them then hold. That one of several is enough cannot be said.",
        "请为每一对各写一条规则（须全部满足）；“其中之一即可”无法表达。",
    ),
    "excludes_two.expected": ("at least two different measures, separated by ;", "至少两项不同的措施，以 ; 分隔"),
    "excludes_two.remedy": ("Name each of them once.", "请各写一次。"),
    "share_of.expected": ("a share from 0 to 1: no more than all there is", "0 到 1 之间的比例（不超过全部）"),
    "share_of.remedy": ("40 % is 0.4.", "40% 写作 0.4。"),
    "levels.expected": ("min_level at most max_level", "min_level 不大于 max_level"),
    "levels.remedy": ("Lower the one or raise the other.", "请降低前者或提高后者。"),
    "amount_or_share.expected": ("either an amount or a share", "amount 与 share 二者之一"),
    "amount_or_share.remedy": ("Fill one of the two in.", "请只填其中一个。"),
    "closed_group.expected": (
        "track, type, factor or all: a closed gap belongs to no single measure",
        "track、type、factor 或 all：已弥合的差距不属于单个措施",
    ),
    "closed_group.remedy": ("Name one of these in the column over.", "请在 over 列中改用其中之一。"),
    "rising_effect.expected": ("at most {most:g}, the effect of the part before", "不大于前一段的效果 {most:g}"),
    "rising_effect.remedy": (
        "Returns diminish: put the larger effect first.",
        "收益递减：较大的效果应在前。",
    ),
    "requires_scope.expected": (
        "a prerequisite that is felt wherever the measure is",
        "前置措施须覆盖该措施的所有对象",
    ),
    "requires_scope.remedy": ("Swap them, or widen the prerequisite's scope.", "请对调，或扩大前置措施的范围。"),
    "spend_group.expected": (
        "track, type, dimension, stage, measure or all: spend belongs to no factor",
        "track、type、dimension、stage、measure 或 all：支出不属于要素",
    ),
    "spend_group.remedy": ("Name one of these in the column over.", "请在 over 列中改用其中之一。"),
    "no_effect.expected": ("an effect above 0", "大于 0 的效果"),
    "no_effect.remedy": ("As it stands it will never be funded.", "按现状它不会获得资助。"),
    "no_cost.expected": ("a cost above 0", "大于 0 的成本"),
    "no_cost.remedy": ("As it stands it is free of charge.", "按现状它不占用资源。"),
    # --- problems: judgements ------------------------------------------------------------------------------------
    "judgement_labels.expected": ("each label once", "每个标签只出现一次"),
    "judgement_labels.remedy": ("Delete or rename one of the two.", "请删除或改名其中一个。"),
    "judgement_row.expected": (
        "a row for {label}, as there is a column",
        "{label} 的一行（已有该列）",
    ),
    "judgement_row.remedy": ("Add the row, or delete the column.", "请补上该行，或删除该列。"),
    "judgement_column.expected": (
        "a column of this name, as there is a row",
        "同名的列（已有该行）",
    ),
    "judgement_column.remedy": ("Add the column, or delete the row.", "请补上该列，或删除该行。"),
    "judgement_unusual.expected": (
        "a judgement of a usual size: Saaty's scale goes from 1/9 to 9 (at most {most:g})",
        "常规大小的判断：Saaty 标度为 1/9 到 9（至多 {most:g}）",
    ),
    "judgement_unusual.remedy": ("Mend the cell.", "请更正该单元格。"),
    "judgement_reciprocal.expected": (
        "{meant}, as the judgement the other way ({above} against {right}) is {other}",
        "{meant}（因为反方向的判断 {above} 对 {right} 为 {other}）",
    ),
    "judgement_reciprocal.remedy": (
        "Leave one of the two cells blank: it is filled by the reciprocal.",
        "请把其中一格留空：将以倒数填入。",
    ),
    "judgement_value.expected": (
        "a positive number or a fraction such as 1/3",
        "正数或分数，如 1/3",
    ),
    "judgement_value.remedy": (
        "Leave it blank if it is the reciprocal half.",
        "若属倒数的一半，可留空。",
    ),
    "pairwise_diagonal.expected": ("1 on the diagonal", "对角线为 1"),
    "pairwise_diagonal.remedy": ("Write 1, or leave the cell blank.", "请填 1，或留空。"),
    "pairwise_reciprocal.expected": ("reciprocals for {pair}", "{pair} 互为倒数"),
    "pairwise_reciprocal.remedy": (
        "Leave one of the two cells blank: it is filled by the reciprocal.",
        "请把其中一格留空：将以倒数填入。",
    ),
    "pairwise_missing.expected": ("a judgement for {pair}", "{pair} 的判断"),
    "pairwise_missing.remedy": (
        "Compare one of the first with one of the others.",
        "请把前者之一与后者之一作比较。",
    ),
    "no_judgements.expected": ("a pairwise matrix over {factors}", "覆盖 {factors} 的两两比较矩阵"),
    "no_judgements.remedy": (
        "Add judgements/JUDGE.csv or judgements/JUDGE@NODE.csv, or choose another scheme.",
        "请添加 judgements/专家.csv 或 judgements/专家@节点.csv，或选用其他赋权方法。",
    ),
    "judgement_node.expected": ("the children of {node}: {factors}", "{node} 的下级要素：{factors}"),
    "judgement_node.remedy": (
        "The file's name is JUDGE@NODE, its labels are what stands below that node.",
        "文件名为“专家@节点”，标签为该节点的下级要素。",
    ),
    "judgement_idle.expected": ("all factors below one node", "同一节点的全部下级要素"),
    "judgement_idle.remedy": ("As it stands it is not used.", "按现状它不会被使用。"),
    "judgement_twice.expected": ("one matrix of {judge} at this node", "{judge} 在该节点的一张矩阵"),
    "judgement_twice.remedy": ("Another is in {first}: keep one.", "另一张见 {first}：请只保留其一。"),
    "parent_circle.expected": ("a factor that does not stand below this one", "不在本要素之下的要素"),
    "parent_circle.remedy": ("A factor cannot be above itself.", "要素不能成为自己的上级。"),
    "no_direct_weights.expected": (
        "a weight for every factor that has others beside it, those above it too: {factors}",
        "每个有并列要素的要素（含上级要素）的权重：{factors}",
    ),
    "no_direct_weights.remedy": (
        "Fill the column weight of factors.csv in, or choose another scheme.",
        "请填写 factors.csv 的 weight 列，或选用其他赋权方法。",
    ),
    # --- problems: options ---------------------------------------------------------------------------------------
    "amendment.expected": (
        "constraints over the problem's own variables, added to it",
        "只在原问题的变量上增加约束",
    ),
    "amendment.remedy": ("Choose the objective by objective=.", "目标请用 objective= 选择。"),
    "lock_level.expected": ("a level of at most {most:g}", "不大于 {most:g} 的水平"),
    "lock_level.remedy": ("Lower the level, or raise max_level.", "请降低该水平，或提高 max_level。"),
    "option_pair.expected": (
        "NAME=NUMBER with a number of at least 0",
        "NAME=NUMBER，数值不小于 0",
    ),
    "option_pair.remedy": ("For example --budget funds=120.", "例如 --budget funds=120。"),
    "output_suffix.expected": (
        "a file name that ends with {suffixes}",
        "以 {suffixes} 结尾的文件名",
    ),
    "output_suffix.remedy": ("End the name so.", "请改用这样的文件名。"),
    "output_folder.expected": (
        "a folder that exists and can be written to",
        "已存在且可写的文件夹",
    ),
    "output_folder.remedy": (
        "Make the folder, or choose another place.",
        "请先建立该文件夹，或另选位置。",
    ),
    "output_file.expected": ("the name of a file", "文件名"),
    "output_file.remedy": (
        "A folder or a device stands there: choose another name.",
        "该处已有文件夹或设备：请换一个名称。",
    ),
    "output_here.expected": (
        "another folder than the one in which you are: it is replaced whole",
        "不是当前所在的文件夹（它会被整体替换）",
    ),
    "output_here.remedy": ("Leave it (cd ..) and name it.", "请先离开（cd ..），再写出它的名称。"),
    "output_input.expected": (
        "another place than that of the case that is read ({read}), which is never replaced",
        "不同于所读案例（{read}）的位置：所读案例不会被替换",
    ),
    "output_input.remedy": ("Choose another name or folder.", "请换一个名称或文件夹。"),
    "output_twice.expected": ("a file of its own for each output", "每项输出各用一个文件"),
    "output_twice.remedy": ("Choose another name for one of them.", "请为其中一项换一个名称。"),
    "output_refused.expected": (
        "a place that the system lets be written",
        "系统允许写入的位置",
    ),
    "output_refused.remedy": (
        "What stood there is as it was: make room, or choose another place or name.",
        "原有内容未变：请腾出空间，或另选位置或名称。",
    ),
    "option_factors.expected": ("a weight for each of {factors}", "{factors} 各一个权重"),
    "option_factors.remedy": ("Name every factor once: f1=0.5,f2=0.3,...", "请每个要素各写一次：f1=0.5,f2=0.3,..."),
    "bad_weight.expected": ("weights >= 0 with a positive sum", "不小于 0、总和为正的权重"),
    "bad_weight.remedy": ("Give at least one factor a weight above 0.", "请至少给一个要素大于 0 的权重。"),
    "input.expected": ("{expected}", "{expected}"),
    "input.remedy": ("{remedy}", "{remedy}"),
    "option_missing.expected": ("judgements: {expected}", "判断：{expected}"),
    "option_missing.remedy": (
        "Give them in Python: saidao.weigh(case, SCHEME, ...).",
        "请在 Python 中给出：saidao.weigh(case, SCHEME, ...)。",
    ),
    "option_labels.expected": ("{expected}", "{expected}"),
    "option_labels.remedy": (
        "Name every factor once, as in factors.csv.",
        "请按 factors.csv 中的标识，每个要素各写一次。",
    ),
    "scheme_positive.expected": ("values above 0", "大于 0 的值"),
    "scheme_positive.remedy": (
        "The scheme divides by them or takes their logarithm: choose another one.",
        "该方法要除以这些值或取其对数：请选用其他赋权方法。",
    ),
    "scheme_non_negative.expected": ("values of at least 0, not all 0", "不小于 0 且不全为 0 的值"),
    "scheme_non_negative.remedy": ("Choose another scheme.", "请选用其他赋权方法。"),
    "scheme_constant.expected": ("at least two different values", "至少两个不同的值"),
    "scheme_constant.remedy": (
        "Leave the factor out, or choose another scheme.",
        "请去掉该要素，或选用其他赋权方法。",
    ),
    "scheme_equal.expected": (
        "at least one factor on which the tracks differ in the way that the scheme weighs",
        "至少一个要素能以该方法所衡量的方式区分赛道",
    ),
    "scheme_equal.remedy": ("Choose another scheme.", "请选用其他赋权方法。"),
    "cilos_tie.expected": ("one best track for each factor", "每个要素只有一条最佳赛道"),
    "cilos_tie.remedy": (
        "With ties the losses have no single value: choose another scheme.",
        "并列时损失没有唯一值：请选用其他赋权方法。",
    ),
    "cilos_no_loss.expected": (
        "factors that are at their best in different tracks",
        "各要素的最佳值不都在同一赛道",
    ),
    "cilos_no_loss.remedy": ("Choose another scheme.", "请选用其他赋权方法。"),
    "constant_criterion.expected": ("at least two different values", "至少两个不同的值"),
    "constant_criterion.remedy": (
        "Drop the criterion, or use topsis or wsm.",
        "请去掉该准则，或改用 topsis 或 wsm。",
    ),
    "undefined_score.expected": ("alternatives that differ", "有差别的备选对象"),
    "undefined_score.remedy": ("Use topsis or wsm.", "请改用 topsis 或 wsm。"),
    "zero_value.expected": (
        "values above 0 once normalised, as the method multiplies or divides by them",
        "规范化后大于 0 的值（该方法要用它们相乘或相除）",
    ),
    "zero_value.remedy": (
        "Use the normalisation minmax_shifted, or the method topsis or wsm.",
        "请改用规范化方法 minmax_shifted，或改用 topsis 或 wsm。",
    ),
    "normalisation_domain.expected": (
        "values >= 0, not all 0 in a criterion; above 0 for costs that are inverted",
        "不小于 0 且不全为 0 的值；取倒数的成本型准则须大于 0",
    ),
    "normalisation_domain.remedy": (
        "Use the normalisation minmax_shifted where the method has one, or the method topsis or wsm.",
        "若该方法可选规范化，请改用 minmax_shifted；否则改用 topsis 或 wsm。",
    ),
    "not_positive.expected": (
        "values above 0: the full multiplicative form multiplies and divides by them",
        "大于 0 的值（完全乘积形式要用它们相乘与相除）",
    ),
    "not_positive.remedy": (
        "Shift the scale of the factor, or use moora, topsis or wsm.",
        "请平移该要素的标度，或改用 moora、topsis 或 wsm。",
    ),
    "zero_cost.expected": (
        "a cost above 0: the method divides by their sum",
        "大于 0 的成本（该方法要除以成本之和）",
    ),
    "zero_cost.remedy": ("Use topsis or wsm.", "请改用 topsis 或 wsm。"),
    "average_not_positive.expected": ("a positive average: EDAS divides by it", "正的平均值（EDAS 要除以平均值）"),
    "average_not_positive.remedy": (
        "Shift the scale of the factor, or use topsis or wsm.",
        "请平移该要素的标度，或改用 topsis 或 wsm。",
    ),
    "bounds.expected": (
        "a lower and a higher value that hold all values of the factor",
        "能容纳该要素全部取值的下界与上界",
    ),
    "bounds.remedy": (
        "Widen the bounds to the whole scale of the factor.",
        "请把界限放宽到该要素的整个标度。",
    ),
    "sorts.expected": ("a method that ranks", "一种排序方法"),
    "sorts.remedy": (
        "It sorts into categories: tracks of one category are not equal, so its ranks are not compared.",
        "该方法只分级：同级赛道并非并列，故不与其他排序比较。",
    ),
    "option_twice.expected": ("each factor once", "每个要素只出现一次"),
    "option_twice.remedy": ("Leave one of them out.", "请去掉其中一个。"),
    "labels_twice.expected": ("each label once", "每个标签只出现一次"),
    "labels_twice.remedy": ("Name each once.", "请每个只写一次。"),
    "labels.expected": ("one for each factor", "每个要素一项"),
    "labels.remedy": ("Give as many as there are factors.", "请给出与要素个数相同的项。"),
    "option_range.expected": ("a number from 0 to 1", "0 到 1 之间的数"),
    "option_range.remedy": ("Write such a number.", "请改写为这样的数。"),
    "option_numbers.expected": ("numbers for each factor (bounds: two)", "每个要素的数值（bounds 为两个）"),
    "option_numbers.remedy": ("Give them in the order of the factors, or by factor.", "请按要素顺序或按要素名给出。"),
    "option_lines.expected": (
        "a number for all factors, or for each a number or a pair (alpha, beta)",
        "全部要素共用的一个数，或每个要素一个数或一对数 (alpha, beta)",
    ),
    "option_lines.remedy": ("Give them in the order of the factors, or by factor.", "请按要素顺序或按要素名给出。"),
    "option_profiles.expected": ("equally many values for each factor", "每个要素个数相同的取值"),
    "option_profiles.remedy": ("Fill in what is missing.", "请补齐所缺的值。"),
    "profile_order.expected": ("profiles from the worst to the best", "由差到好排列的界限"),
    "profile_order.remedy": ("Put them in this order.", "请按此顺序排列。"),
    "threshold_missing.expected": (
        "a threshold: u_shape needs q, v_shape p, level and linear q and p, gaussian s",
        "阈值：u_shape 需要 q，v_shape 需要 p，level 与 linear 需要 q 和 p，gaussian 需要 s",
    ),
    "threshold_missing.remedy": (
        "Give the threshold, or another preference function.",
        "请给出该阈值，或改用其他偏好函数。",
    ),
    "threshold_order.expected": (
        "0 <= q <= p <= v (indifference, preference, veto), and s above 0",
        "0 <= q <= p <= v（无差异、偏好、否决），且 s 大于 0",
    ),
    "threshold_order.remedy": ("", ""),
    "all_equal.expected": (
        "at least one criterion of positive weight on which the tracks differ",
        "至少一个权重为正且能区分赛道的准则",
    ),
    "all_equal.remedy": (
        "Choose another factor or method, or plan with stance even.",
        "请改用其他要素或方法，或以 even 立场规划。",
    ),
    "kemeny_size.expected": (
        "at most {most} tracks for an exact Kemeny order",
        "至多 {most} 条赛道（精确 Kemeny 排序）",
    ),
    "kemeny_size.remedy": ("Borda and Copeland are given.", "已给出 Borda 与 Copeland。"),
    # --- infeasible ----------------------------------------------------------------------------------------------
    "infeasible": (
        "No plan meets every budget and rule. These cannot hold together; any one of the changes would do:",
        "没有方案能同时满足全部预算与规则。以下各项不能同时成立；任取其中一项修改即可：",
    ),
    "infeasible_alone": (
        "No plan meets every budget and rule. These cannot hold together, and there are other conflicts beside:",
        "没有方案能同时满足全部预算与规则。以下各项不能同时成立，且另有其他冲突：",
    ),
    "infeasible_together": (
        "No change of one of them alone is enough. These together are the least, as shares of each amount:",
        "只改其中一项不够。以下各项须同时修改（按各数值的比例合计最小）：",
    ),
    "gap_units": ("gap units", "差距单位"),
    "conflict.budget": ("the budget of {name}", "{name}的预算"),
    "conflict.floor": ("the floor {name}", "下限 {name}"),
    "conflict.cap": ("the cap {name}", "上限 {name}"),
    "conflict.requires": ("the prerequisite {name}", "前置条件 {name}"),
    "conflict.excludes": ("the exclusion {name}", "互斥规则 {name}"),
    "conflict.lock": ("the lock {name}", "锁定 {name}"),
    "conflict.own": ("the constraint {name}", "约束 {name}"),
    "conflict.reach": ("the gap to be reached", "要弥合的差距"),
    "conflict.line": ("  {what}: {amount:,.6g} {unit}", "  {what}：{amount:,.6g} {unit}"),
    "conflict.name": ("  {what}", "  {what}"),
    "conflict.drop": ("  {what}: drop it", "  {what}：取消"),
    "conflict.raise": (
        "  {what}: {amount:,.6g} {unit}; raise it to {to:,.6g} ({by:,.6g} more)",
        "  {what}：{amount:,.6g} {unit}；请提高到 {to:,.6g}（增加 {by:,.6g}）",
    ),
    "conflict.lower": (
        "  {what}: {amount:,.6g} {unit}; lower it to {to:,.6g} ({by:,.6g} less)",
        "  {what}：{amount:,.6g} {unit}；请降低到 {to:,.6g}（减少 {by:,.6g}）",
    ),
    # --- the answer ----------------------------------------------------------------------------------------------
    "answer.bought": (
        "Fund {funded} of {measures} measures, in {places} places: they close {share:.1%} of the weighted gap.",
        "资助 {measures} 项措施中的 {funded} 项（共 {places} 处），可弥合加权差距的 {share:.1%}。",
    ),
    "answer.no_gap": (
        "There is no gap to close: on every factor that counts every track is at its target or beyond. So none of the "
        "{measures} measures is funded.",
        "没有差距可弥合：在计入的每个要素上，各赛道均已达到或超过目标，故 {measures} 项措施均未资助。",
    ),
    "answer.no_gap_rules": (
        "There is no gap to close: on every factor that counts every track is at its target or beyond. {funded} of "
        "{measures} measures are funded only because rules or locks ask for it.",
        "没有差距可弥合：在计入的每个要素上，各赛道均已达到或超过目标。"
        "{measures} 项措施中有 {funded} 项仅因规则或锁定而获资助。",
    ),
    "answer.bottleneck.weighted": (
        "The bottleneck is {resource} (budget {budget:,g} {unit}): one unit more would close a further {more}",
        "瓶颈是{resource}（{budget:,g} {unit}）：每增加一单位可再弥合 {more}",
    ),
    "answer.bottleneck.maxmin": (
        "The bottleneck is {resource} (budget {budget:,g} {unit}): one unit more lifts the worst track by {more}",
        "瓶颈是{resource}（{budget:,g} {unit}）：每增加一单位可使最弱赛道的弥合率提高 {more}",
    ),
    "answer.bottleneck.reach": (
        "The bottleneck is {resource} (budget {budget:,g} {unit}): one unit more would save {more} "
        "{saved_unit} of {saved}",
        "瓶颈是{resource}（{budget:,g} {unit}）：每增加一单位可节省{saved} {more} {saved_unit}",
    ),
    "answer.bottleneck.robust": (
        "The bottleneck is {resource} (budget {budget:,g} {unit}): one unit more lifts the worst view by "
        "{more} of "
        "its best",
        "瓶颈是{resource}（{budget:,g} {unit}）：每增加一单位可使最不利观点相对其最优提高 {more}",
    ),
    "answer.bottleneck.regret": (
        "The bottleneck is {resource} (budget {budget:,g} {unit}): one unit more lowers the largest regret by "
        "{more} of weighted gap",
        "瓶颈是{resource}（{budget:,g} {unit}）：每增加一单位可使最大遗憾降低加权差距 {more}",
    ),
    "answer.next": (
        "The next step takes {amount:,.6g} {unit} more of {resource} (budget {budget:,g} {unit}): it brings {gain}; "
        "less than that more brings nothing.",
        "再进一步需增加{resource} {amount:,.6g} {unit}（预算 {budget:,g} {unit}），可带来{gain}；增加不足此数则无益。",
    ),
    "answer.spare": (
        "Of {resource}, {amount:,.6g} {unit} can go without loss.",
        "{resource}可减少 {amount:,.6g} {unit} 而无损失。",
    ),
    "answer.next_unknown": (
        "What more of a budget would bring is not known: it takes longer than the time limit, or several views.",
        "增加预算能带来什么尚不清楚：求解超出时限，或涉及多种观点。",
    ),
    "step.next": ("{amount:,.6g} {unit} more: {gain}", "增加 {amount:,.6g} {unit}：{gain}"),
    "step.spare": (
        "{amount:,.6g} {unit} can go, beyond that {loss}",
        "可减少 {amount:,.6g} {unit}，再减则 {loss}",
    ),
    "step.spare_end": (
        "{amount:,.6g} {unit} can go without loss",
        "可减少 {amount:,.6g} {unit} 而无损失",
    ),
    "step.none": ("nothing changes by a jump", "没有跃变"),
    "step.unknown": ("not known", "未知"),
    "answer.worst_view": (
        "Whatever of {views} views is right, it closes at least {least:.1%} of what the best plan for that "
        "view would "
        "(worst: {view}), and at most {regret:.1%} less of the weighted gap.",
        "在 {views} 种观点中无论哪种正确，都能达到该观点最优方案弥合量的至少 {least:.1%}（最不利：{view}），"
        "至多少弥合加权差距的 {regret:.1%}。",
    ),
    "answer.until": (", and so on up to {to:,.4g}.", "，此价格在不超过 {to:,.4g} 时成立。"),
    "answer.also": ("Scarce too: {others}.", "同样紧缺：{others}。"),
    "answer.timed": (
        "Prices and losses are of the value, in which closing a gap a period later counts {discount:g}; what closes is "
        "told as it is at the end.",
        "价格与损失均按价值计，晚一期弥合按 {discount:g} 折算；弥合率为期末的实际值，不折算。",
    ),
    "answer.no_bottleneck.weighted": (
        "No budget is scarce: more of any resource would close nothing further.",
        "没有紧缺的预算：增加任何资源都不能再弥合差距。",
    ),
    "answer.no_bottleneck.maxmin": (
        "No budget is scarce: more of any resource would not lift the worst track.",
        "没有紧缺的预算：增加任何资源都不能再提高最弱赛道。",
    ),
    "answer.no_bottleneck.reach": (
        "No budget is scarce: more of any resource would save nothing.",
        "没有紧缺的预算：增加任何资源都不能再节省支出。",
    ),
    "answer.no_bottleneck.robust": (
        "No budget is scarce: more of any resource would not lift the worst view.",
        "没有紧缺的预算：增加任何资源都不能再改善最不利的观点。",
    ),
    "answer.no_bottleneck.regret": (
        "No budget is scarce: more of any resource would not lower the largest regret.",
        "没有紧缺的预算：增加任何资源都不能再降低最大遗憾。",
    ),
    "region_stance.expected": ("stance even with a region of weights", "使用权重区域时立场须为 even"),
    "region_stance.remedy": (
        "Choose stance even, or name schemes (over): with another stance priorities are not linear in the weights.",
        "请选用立场 even，或改用若干赋权方法（over）：其他立场下优先级不是权重的线性函数。",
    ),
    "title.disagree": ("Where ranking and money disagree", "排名与资金不一致之处"),
    "head.rank_by_money": ("by money", "资金名次"),
    "head.money_share": ("money", "资金占比"),
    "head.reason": ("because", "原因"),
    "reason.no_gap": ("it has little gap to close", "可弥合的差距很小"),
    "reason.closed": ("its gap closes for little", "差距以少量投入即可弥合"),
    "reason.dear": ("measures there are dear per gap unit", "该处措施单位差距成本高"),
    "reason.capped": ("what pays there runs at its largest level", "划算的措施已达上限"),
    "reason.displaced": ("others bring more for the same means", "同样投入他处收效更大"),
    "reason.large_gap": ("its gap is large", "差距大"),
    "reason.cheap": ("measures there are cheap per gap unit", "该处措施单位差距成本低"),
    "title.views": ("What each view gets", "各观点所得"),
    "head.view": ("view", "观点"),
    "head.best_share": ("at best", "最优"),
    "head.of_best": ("of its best", "占最优"),
    "stop": (".", "。"),
    "answer.assumed": (
        "{share:.0%} of this result rests on assumptions ({inputs})",
        "该结果的 {share:.0%} 依赖假设（{inputs}）",
    ),
    "answer.firm": ("; not assumed: {inputs}.", "；非假设：{inputs}。"),
    "answer.nothing_assumed": (
        "Nothing in this result is marked as an assumption.",
        "该结果没有标为假设的输入。",
    ),
    "list": (", ", "、"),
    "or": (" or ", "或"),
    "input.scores": ("scores", "得分"),
    "input.weights": ("weights", "权重"),
    "input.effects": ("effects", "效果"),
    "input.costs": ("costs", "成本"),
    "input.levels": ("largest levels", "最大水平"),
    "input.budgets": ("budgets", "预算"),
    # --- why, and why not ----------------------------------------------------------------------------------------
    "worth.weighted": ("{value} of the weighted gap", "加权差距的 {value}"),
    "worth.maxmin": ("{value} of the worst track's gap", "最弱赛道差距的 {value}"),
    "aim.saving": ("{objective} (least of {saved} first)", "{objective}（优先节省{saved}）"),
    "worth.robust": ("{value} of what the worst view could have at best", "最不利观点最优值的 {value}"),
    "worth.regret": ("{value} of weighted gap", "加权差距 {value}"),
    "worth.reach": ("{value} {unit} of {saved}", "{saved} {value} {unit}"),
    "why.measure": ("{name} ({measure})", "{name}（{measure}）"),
    "why.place": ("{measure} at {target}", "{target}的{measure}"),
    "why.city": ("the whole city", "全市"),
    "why.amount": ("{amount:,.5g} {unit} of {resource}", "{resource} {amount:,.5g} {unit}"),
    "why.no_cost": ("nothing", "零成本"),
    "why.and": ("; ", "；"),
    "why.or": (", or ", "，或"),
    "why.more": ("; and {more} smaller changes", "；另有 {more} 处较小变动"),
    "why.change": ("{place} {level:+.4g}", "{place} {level:+.4g}"),
    "why.funded": (
        "{name} is funded (total level {level:.4g}; places: {places}). It closes {share:.2%} of the weighted gap and "
        "takes {costs}.",
        "{name}获得资助（水平合计 {level:.4g}；{places} 处）。它弥合加权差距的 {share:.2%}，占用{costs}。",
    ),
    "why.needed": (
        "It cannot be left out: without it no plan meets every rule.",
        "不可取消：没有它就没有方案能满足全部规则。",
    ),
    "why.replaceable": (
        "Without it another plan is just as good. Changes: {changes}.",
        "取消后仍有同样好的方案。变动：{changes}。",
    ),
    "why.lost_alone": ("Without it the plan loses {loss}.", "取消它将损失{loss}。"),
    "why.lost": (
        "Without it the plan loses {loss}, even after its means have gone elsewhere: {changes}.",
        "取消它将损失{loss}（其资源已改投他处：{changes}）。",
    ),
    "why.not_funded": ("{name} is not funded.", "{name}未获资助。"),
    "why.closed": (
        "It has nothing of worth left to close: others close its gaps in full.",
        "它已没有值得弥合的差距：其差距已由其他措施全部弥合。",
    ),
    "why.no_gap": (
        "There is no gap where it acts: every track is at its target there already.",
        "它所作用之处没有差距：各赛道均已达到目标。",
    ),
    "why.no_weight": (
        "The gaps that it closes do not count: their factors, or their tracks, have no weight.",
        "它所弥合的差距不计入目标：相应要素或赛道没有权重。",
    ),
    "why.too_late": (
        "It takes effect only after the last period.",
        "它要到最后一个时期之后才见效。",
    ),
    "why.margin": (
        "Where it pays best ({target}) one unit brings {brings}, but takes means that are worth {takes} elsewhere: "
        "{short} too little.",
        "在最有利处（{target}），一单位带来{brings}，但所占资源用于他处值{takes}：还差{short}。",
    ),
    "why.margin_limits": (
        "Where it pays best ({target}) one unit brings {brings}, but takes means that are worth {takes} "
        "elsewhere and "
        "room under rules that is worth {limits}: {short} too little.",
        "在最有利处（{target}），一单位带来{brings}，但所占资源用于他处值{takes}，所占规则额度值{limits}："
        "还差{short}。",
    ),
    "why.impossible": (
        "It cannot be forced in: no plan with it meets every budget and rule.",
        "无法强制纳入：纳入后没有方案能满足全部预算与规则。",
    ),
    "why.forced": (
        "Forced in at level {level:.4g} it costs {loss}. Changes: {changes}.",
        "若强制以水平 {level:.4g} 纳入，将损失{loss}。变动：{changes}。",
    ),
    "why.forced_alone": (
        "Forced in at level {level:.4g} it costs {loss} and displaces nothing.",
        "若强制以水平 {level:.4g} 纳入，将损失{loss}，不挤占其他措施。",
    ),
    "why.flip": ("It would be funded {ways}.", "以下任一条件可使其获得资助：{ways}。"),
    "why.cost_cut": ("if all its costs fell by {share:.1%}", "全部成本下降 {share:.1%}"),
    "why.free": ("if it were free of charge", "若完全免费"),
    "why.any_cut": ("with any cut in its costs, however small", "成本稍有下降即可"),
    "why.any_rise": ("with any rise in its effects, however small", "效果稍有提高即可"),
    "why.any_budget": ("with any amount more of {resource}", "{resource}稍有增加即可"),
    "why.effect_rise": ("if all its effects rose by {share:.1%}", "全部效果提高 {share:.1%}"),
    "why.budget_rise": ("with {more:,.4g} {unit} more of {resource}", "{resource}增加 {more:,.4g} {unit}"),
    "why.no_flip": (
        "No cut in its costs and no rise in its effects alone would get it funded.",
        "仅靠降低成本或提高效果都不能使其获得资助。",
    ),
    "why.no_budget": (
        "No amount more of {resources} alone would.",
        "仅增加{resources}不能使其获得资助。",
    ),
    # --- schemes and methods compared ----------------------------------------------------------------------------
    "compare.name.ranking": ("{method} with {weights}", "{weights} 加 {method}"),
    "compare.more": ("{ranking} and {more} more", "{ranking} 及另外 {more} 种"),
    "compare.moves": (
        "{track} moves between rank {best} ({best_at}) and {worst} ({worst_at}).",
        "{track}的名次在第 {best}（{best_at}）与第 {worst}（{worst_at}）之间变动。",
    ),
    "compare.move": (
        "{track} move between rank {best} ({best_at}) and {worst} ({worst_at}).",
        "{track}的名次均在第 {best}（{best_at}）与第 {worst}（{worst_at}）之间变动。",
    ),
    "compare.steady": ("No track moves: every ranking is the same.", "没有赛道变动：所有排序相同。"),
    "compare.counts": (
        "Rankings: {rankings} (schemes: {schemes}, methods: {methods}); different ones among them: {different}.",
        "共 {rankings} 种排序（赋权 {schemes} 种，方法 {methods} 种），其中互不相同的有 {different} 种。",
    ),
    "compare.method": (
        "The method matters more than the weights: of the variance of ranks {method:.0%} comes from the method, "
        "{weights:.0%} from the weights and {interaction:.0%} from how the two combine.",
        "方法的影响大于赋权：名次方差的 {method:.0%} 来自方法，"
        "{weights:.0%} 来自赋权，{interaction:.0%} 来自二者的交互。",
    ),
    "compare.weights": (
        "The weights matter more than the method: of the variance of ranks {weights:.0%} comes from the weights, "
        "{method:.0%} from the method and {interaction:.0%} from how the two combine.",
        "赋权的影响大于方法：名次方差的 {weights:.0%} 来自赋权，"
        "{method:.0%} 来自方法，{interaction:.0%} 来自二者的交互。",
    ),
    "compare.alike": (
        "Weights and method matter alike: of the variance of ranks {weights:.0%} comes from each, "
        "and {interaction:.0%} from how the two combine.",
        "赋权与方法的影响相同：各占名次方差的 {weights:.0%}，另有 {interaction:.0%} 来自二者的交互。",
    ),
    "compare.neither": (
        "Neither the weights nor the method changes a rank.",
        "赋权与方法都不改变名次。",
    ),
    "compare.few": (
        "Which choice matters more takes at least two schemes and two methods.",
        "要判断哪种选择更重要，至少需要两种赋权和两种方法。",
    ),
    "compare.block": (
        "These shares are over {schemes} and {methods}, whose rankings are all defined.",
        "以上比例只计 {schemes} 与 {methods}（其全部排序均有定义）。",
    ),
    "compare.least": (
        "{one} and {other} agree least: Kendall tau-b {kendall_tau_b:.3f}, Spearman {spearman:.3f}, weighted "
        "Spearman "
        "{weighted_spearman:.3f}, WS {ws:.3f}.",
        "{one}与{other}最不一致：Kendall tau-b {kendall_tau_b:.3f}，Spearman {spearman:.3f}，"
        "加权 Spearman {weighted_spearman:.3f}，WS {ws:.3f}。",
    ),
    "compare.orders": (
        "Equally near Kemeny orders: {orders}; where a track has several places in them, all are shown.",
        "同样最优的 Kemeny 排序共 {orders} 种；赛道在其中名次不一时列出其范围。",
    ),
    # --- plan acceptability --------------------------------------------------------------------------------------
    "accept.core": (
        "Under all {done:,} sampled weights {core} measures are funded ({names}), under none {never}; {between} "
        "depend on the weights. What never happened holds for less than {bound:.2%} of the weights (95 %).",
        "在全部 {done:,} 组抽样权重下都入选的措施有 {core} 项（{names}），从不入选的 {never} 项；"
        "另有 {between} 项取决于权重。未出现的情形所占权重不足 {bound:.2%}（95% 置信）。",
    ),
    "accept.weakest": (
        "Of what the plan funds, {name} ({measure}) depends on the weights most: it is funded under {share:.1%} of "
        "them (± {error:.1%}).",
        "方案所资助的措施中，{name}（{measure}）最依赖权重：仅在 {share:.1%} 的权重下入选（标准误 {error:.1%}）。",
    ),
    "accept.likeliest": (
        "Of what it does not fund, {name} ({measure}) is nearest: funded under {share:.1%} of the weights "
        "(± {error:.1%}).",
        "未入选的措施中，{name}（{measure}）最接近：在 {share:.1%} 的权重下入选（标准误 {error:.1%}）。",
    ),
    "accept.plans": (
        "{distinct:,} different plans among {done:,}.",
        "{done:,} 组权重得到 {distinct:,} 个不同方案。",
    ),
    "accept.partial": (
        "Interrupted: {done:,} of {samples:,} are counted.",
        "已中断：仅计入 {samples:,} 组中的 {done:,} 组。",
    ),
    "title.accept_measures": ("Measures by the share of weights that fund them", "各措施的入选权重占比"),
    "title.accept_resources": ("Spend over the weights", "各权重下的支出"),
    "title.accept_tracks": ("Closed share of the tracks' gaps over the weights", "各权重下赛道差距的弥合率"),
    "head.in_plan": ("in the plan", "在方案中"),
    "head.acceptability": ("funded under", "入选占比"),
    "head.error": ("±", "标准误"),
    "head.mean": ("mean", "均值"),
    "head.deviation": ("spread", "标准差"),
    "head.least_level": ("least", "最小"),
    "head.most_level": ("most", "最大"),
    "yes": ("yes", "是"),
    "samples.expected": ("a whole number from 1 to 1,000,000", "1 到 1,000,000 的整数"),
    "samples.remedy": ("Write such a number.", "请改写为这样的数。"),
    "seed.expected": ("a whole number of at least 0", "不小于 0 的整数"),
    "seed.remedy": ("Write such a number.", "请改写为这样的数。"),
    "workers.expected": ("from 1 to 256, or -1 for one a processor", "1 到 256，或 -1（每个处理器一个）"),
    "workers.remedy": ("Write such a number.", "请改写为这样的数。"),
    "dask_missing.expected": ("the package distributed", "distributed 软件包"),
    "dask_missing.remedy": ("Install saidao[dask].", "请安装 saidao[dask]。"),
    "keep_name.expected": ("a name for the scenario", "方案名称"),
    "keep_name.remedy": ("Type one.", "请输入名称。"),
    "keep_room.expected": ("at most {most} scenarios", "至多 {most} 个方案"),
    "keep_room.remedy": ("Delete one first.", "请先删除一个。"),
    "app_missing.expected": (
        "the packages starlette, uvicorn and python-multipart",
        "starlette、uvicorn 与 python-multipart 软件包",
    ),
    "app_missing.remedy": ("Install saidao[app].", "请安装 saidao[app]。"),
    "port_busy.expected": ("a port that is free", "空闲的端口"),
    "port_busy.remedy": (
        "Another program, perhaps another saidao app, uses it: choose one with --port.",
        "该端口已被其他程序（或另一个 saidao app）占用：请用 --port 另选。",
    ),
    "host.expected": ("an address of this computer", "本机的地址"),
    "host.remedy": ("Leave --host out for this computer only.", "仅限本机使用时请去掉 --host。"),
    "dask_unreachable.expected": ("the address of a running scheduler", "运行中的调度器地址"),
    "dask_unreachable.remedy": ("Start one with: dask scheduler", "可用 dask scheduler 启动。"),
    # --- robustness of the ranking -------------------------------------------------------------------------------
    "robust.first": (
        "{track} is first under {share:.1%} of the weights (± {error:.1%}, {samples:,} sampled).",
        "在抽样的 {samples:,} 组权重中，“{track}”有 {share:.1%} 排名第一（标准误 {error:.1%}）。",
    ),
    "robust.other": ("{track} {share:.1%}", "{track} {share:.1%}"),
    "robust.others": ("Else: {others}.", "其余：{others}。"),
    "robust.central": (
        "Whoever puts {track} first weighs {factor} at {weight:.2f} on average, where the leader has {instead:.2f}.",
        "把“{track}”排第一的权重中，“{factor}”平均为 {weight:.2f}（领先者为 {instead:.2f}）。",
    ),
    "robust.never": (
        "First under none of the sampled weights: {tracks} (for less than {bound:.2%} of the weights, 95 %).",
        "在抽样权重下均未排第一：{tracks}（所占权重不足 {bound:.2%}，95% 置信）。",
    ),
    "title.robust": ("Share of the weights under which a track has a rank", "各赛道取得各名次的权重占比"),
    "head.expected_rank": ("mean rank", "平均名次"),
    "head.confidence": ("confidence", "置信因子"),
    # --- sensitivity of the ranking ------------------------------------------------------------------------------
    "sense.nearest": (
        "{track} stays first until {distance:.1%} of all weight moves; then {rival} is as good.",
        "“{track}”保持第一，直至总权重的 {distance:.1%} 发生转移；此后“{rival}”与之相当。",
    ),
    "sense.nearest_found": (
        "{track} is first; the least change found that ends it moves {distance:.1%} of all weight: then {rival} is as "
        "good.",
        "“{track}”第一；已找到的使其不再独占第一的最小变动为转移总权重的 {distance:.1%}：此时“{rival}”与之相当。",
    ),
    "sense.none_found": (
        "No weights were found under which another track is before {track}; that is a search, and no proof.",
        "未找到使其他赛道排在“{track}”之前的权重；这是搜索所得，并非证明。",
    ),
    "sense.always_first": ("{track} stays first whatever the weights.", "无论权重如何，“{track}”始终第一。"),
    "sense.tightest": (
        "The ranking is most sensitive to {factor}: it holds while its weight, now {weight:.3f}, is from "
        "{low:.3f} to "
        "{high:.3f}, the others in proportion.",
        "排序对“{factor}”最敏感：其权重现为 {weight:.3f}，在 {low:.3f} 至 {high:.3f} 之间（其他按比例）时排序不变。",
    ),
    "sense.reversals": (
        "Rank reversal: of {tests} tests (a track dropped, copied, or made worse) {turned} turn the order of others "
        "round, {firsts} change who is first.",
        "逆序检验：{tests} 项（删去、复制或劣化某赛道）中，{turned} 项改变了其他赛道的次序，{firsts} 项改变了第一名。",
    ),
    "sense.no_reversal": (
        "Rank reversal: none of {tests} tests (a track dropped, copied, or made worse) turns the order of others "
        "round.",
        "逆序检验：{tests} 项（删去、复制或劣化某赛道）均未改变其他赛道的次序。",
    ),
    "sense.twice": (
        "{one} and {other} may count the same thing twice: correlation {r:.2f}, together {weight:.0%} of the weight.",
        "“{one}”与“{other}”可能重复计量：相关系数 {r:.2f}，合计权重 {weight:.0%}。",
    ),
    "sense.exact": ("Intervals and nearest weights are exact.", "区间与最近权重均为精确值。"),
    "sense.exact_intervals": (
        "Intervals are exact; the nearest weights are looked for among moves from one factor to another, and of one "
        "factor with the others in proportion.",
        "区间为精确值；最近权重在两要素间的转移以及单个要素变动（其他按比例）中寻找。",
    ),
    "sense.numerical": (
        "With this method intervals are found at 200 points and by halving, the nearest weights among moves from one "
        "factor to another, and of one factor with the others in proportion.",
        "对该方法，区间由 200 个取样点和二分法求得；最近权重在两要素间的转移以及单个要素变动（其他按比例）中寻找。",
    ),
    "title.sense": (
        "Weights within which the ranking holds, the others in proportion",
        "排序不变的权重区间（其他按比例）",
    ),
    "title.reversals": ("Rank-reversal tests that change something", "出现逆序的检验"),
    "title.effective": ("Weights, and what they amount to", "权重与有效权重"),
    "head.first_from": ("first from", "第一名不变：下限"),
    "head.first_to": ("first to", "上限"),
    "head.first_changes": ("first changes", "第一名改变"),
    "head.test": ("test", "检验"),
    "head.turned": ("pairs turned", "逆序对"),
    "head.effective": ("effective", "有效权重"),
    "test.drop": ("dropped", "删去"),
    "test.copy": ("copied", "复制"),
    "test.worse": ("made worse", "劣化"),
    # --- plots --------------------------------------------------------------------------------------------------
    "plot.closed": ("closes", "弥合"),
    "plot.left": ("is left", "剩余"),
    "plot.gap": ("share of the weighted gap", "占加权差距"),
    "plot.closed_share": ("weighted gap closed", "加权差距弥合比例"),
    "plot.worst": ("share closed at the worst track", "最差赛道的弥合比例"),
    "plot.budget": ("budget, as a share of today's", "预算（相对当前）"),
    "plot.ranks": ("rank: best, median and worst of {rankings}", "名次：{rankings} 个排名中的最好、中位与最差"),
    "plot.weight": ("weight, the others in proportion", "权重（其他按比例）"),
    "plot.variants": (
        "Within {within:.2%} of the best: {core} applications in all plans, {some} only in some",
        "与最优相差 {within:.2%} 以内：{core} 处在所有方案中，{some} 处只在部分方案中",
    ),
    "plot.explain": (
        "What is lost: if it were forbidden (blue), if it were forced (orange)",
        "损失：若禁止（蓝）、若强制（橙）",
    ),
    # --- what is worth knowing better ----------------------------------------------------------------------------
    "ask.first": (
        "Ask this next (points of the weighted gap that knowing it exactly would gain on average): {told}.",
        "下一步最值得弄清的（准确掌握后平均可多弥合的加权差距，百分点）：{told}。",
    ),
    "ask.one": ("{where} = {value:.4g} ({points:.2f})", "{where} = {value:.4g}（{points:.2f}）"),
    "ask.firm": (
        "{firm} of {inputs} inputs can be anywhere within their spread without another plan being better.",
        "{inputs} 个输入中有 {firm} 个在其误差范围内任意取值都不会使其他方案更优。",
    ),
    "ask.nothing": (
        "None of {inputs} inputs is worth knowing better: within their spread no other plan is better.",
        "{inputs} 个输入都无需进一步弄清：在误差范围内没有更优的方案。",
    ),
    "ask.spread": (
        "Spreads are assumptions: {spread}.",
        "误差范围为假设：{spread}。",
    ),
    "title.ask": ("What is worth knowing better", "最值得弄清的输入"),
    "head.where": ("input", "输入"),
    "head.counted": ("value", "价值"),
    "head.value": ("value", "取值"),
    "source.paper": ("paper", "论文"),
    "source.measured": ("measured", "实测"),
    "source.judgement": ("judgement", "判断"),
    "source.assumption": ("assumption", "假设"),
    "head.points_gained": ("worth", "价值"),
    "head.carries": ("carries", "承载"),
    "spread.expected": ("a kind of source and a share from 0 to below 1", "来源种类与 0 到 1 之间的比例"),
    "spread.remedy": ("For example assumption=0.3.", "例如 assumption=0.3。"),
    # --- scenarios -----------------------------------------------------------------------------------------------
    "scenario.base": ("As it is", "现状"),
    "scenario.closes": ("{name}: {share:.1%} of the weighted gap closes.", "{name}：弥合加权差距的 {share:.1%}。"),
    "scenario.differs": (
        "{name}: {share:.1%} closes, {points:+.1f} points. Causes: {causes}.",
        "{name}：弥合 {share:.1%}，变动 {points:+.1f} 个百分点。原因：{causes}。",
    ),
    "scenario.cause": ("{cause} {points:+.1f}", "{cause} {points:+.1f}"),
    "scenario.more_causes": (", {more} more {points:+.1f}", "，另 {more} 项 {points:+.1f}"),
    "scenario.infeasible": ("{name}: no plan meets every rule.", "{name}：没有方案能满足所有规则。"),
    "title.scenarios": ("Scenarios side by side", "情景对照"),
    "title.causes": (
        "Why {other} differs from {one}, in points of the weighted gap",
        "{other} 与 {one} 差异的原因（百分点）",
    ),
    "head.scenario": ("scenario", "情景"),
    "head.difference": ("points", "百分点"),
    "head.measures": ("measures", "措施数"),
    "head.cause": ("cause", "原因"),
    "two_scenarios.expected": ("two runs: A,B (base is the case as it is)", "两个情景：A,B（base 指现状）"),
    "two_scenarios.remedy": ("For example base,lean.", "例如 base,lean。"),
    "no_scenarios.expected": ("a table of scenarios", "情景表"),
    "no_scenarios.remedy": (
        "Add scenarios.csv: scenario, table, row, column, change.",
        "请添加 scenarios.csv：scenario, table, row, column, change。",
    ),
    "scenario_name.expected": ("another name: base is the case as it is", "其他名称：base 指现状"),
    "scenario_name.remedy": ("Choose another name.", "请换一个名称。"),
    "change.expected": (
        "a change that the cell can take: =5, +5, -10%, x1.2",
        "该单元格可接受的变动：=5、+5、-10%、x1.2",
    ),
    "change.remedy": ("For example =5, +5, -10% or x1.2.", "例如 =5、+5、-10% 或 x1.2。"),
    "no_mixed_plan.expected": ("a plan for every mix of the changes", "每种变动组合都有可行方案"),
    "no_mixed_plan.remedy": (
        "The causes cannot be told apart: compare runs that differ less.",
        "无法区分原因：请比较差异较小的情景。",
    ),
    # --- tipping points ------------------------------------------------------------------------------------------
    "tipping.nearest": (
        "The least change of weights that moves money: {amount:.2%} of all weight from {source} to {target}. "
        "Beyond it: {changes}.",
        "使资金易位的最小权重变动：从“{source}”向“{target}”转移总权重的 {amount:.2%}。此后：{changes}。",
    ),
    "tipping.never": (
        "No transfer of weight between two factors changes the plan.",
        "任意两个要素之间转移权重都不会改变方案。",
    ),
    "tipping.factor": (
        "The tightest factor is {factor}: the plan stays the best while its weight, now {weight:.3f}, is between "
        "{low:.3f} and {high:.3f}, the others in proportion.",
        "最敏感的要素是“{factor}”：其权重现为 {weight:.3f}，在 {low:.3f} 至 {high:.3f} 之间"
        "（其他要素按比例变化）时方案保持最优。",
    ),
    "tipping.judgement": (
        "The judgement that moves money first: {one} against {other}, now {judgement:.3g}, at {to:.3g}. Beyond it: "
        "{changes}.",
        "最先使资金易位的判断：“{one}”对“{other}”，现为 {judgement:.3g}，到 {to:.3g} 时。此后：{changes}。",
    ),
    "tipping.exact": (
        "Intervals of weights are exact; those of judgements are found by halving.",
        "权重区间为精确值；判断区间由二分法求得。",
    ),
    "tipping.numerical": (
        "With this stance priorities are not linear in the weights: intervals are found at 24 points and by halving.",
        "此立场下优先级不是权重的线性函数：区间由 24 个取样点和二分法求得。",
    ),
    "tipping.change": ("{name} ({place}) {change:+.3g}", "{name}（{place}）{change:+.3g}"),
    "tipping.more": ("{more} more", "另有 {more} 项"),
    "title.tipping_factors": ("Weights within which the plan stays the best", "方案保持最优的权重区间"),
    "title.tipping_transfers": (
        "Share of all weight that can go from a factor (row) to another (column)",
        "可从某要素（行）转移到另一要素（列）的权重",
    ),
    "title.tipping_judgements": ("Judgements within which the plan stays the best", "方案保持最优的判断区间"),
    "head.low": ("from", "下限"),
    "head.high": ("to", "上限"),
    "head.one": ("factor", "要素"),
    "head.other": ("against", "相对"),
    "head.judgement": ("judgement", "判断"),
    "head.from_factor": ("from", "从"),
    # --- plans compared ------------------------------------------------------------------------------------------
    "plans.core": (
        "Plans: {plans}. Measures that all of them fund: {core} ({names}); that some fund: {some}; that none funds: "
        "{none}.",
        "方案共 {plans} 个。全部方案都资助的措施：{core} 项（{names}）；部分方案资助：{some} 项；无一资助：{none} 项。",
    ),
    "plans.widest": (
        "From the plan of {one} to that of {other} {share:.0%} of the budget of {resource} moves: nowhere more.",
        "从“{one}”方案到“{other}”方案，{resource}预算的 {share:.0%} 会易位，为最大变动。",
    ),
    "title.plan_levels": ("Levels of the measures, plan by plan", "各方案的措施力度"),
    "title.plan_regret": (
        "What a plan (row) closes less than the best, as a share of the weighted gap, if a choice (column) is right",
        "若某一选择（列）才对，各方案（行）比最优少弥合的份额",
    ),
    "title.plan_moves": (
        "Share of the budget of {resource} that moves from a plan (row) to another (column)",
        "从某方案（行）到另一方案（列）易位的{resource}预算份额",
    ),
    "head.plan_of": ("plan of", "方案"),
    "head.funded_in": ("funded in", "入选方案数"),
    "plans.same": ("The plans are the same.", "各方案相同。"),
    "plans.regret": (
        "The costliest mistake: the plan of {plan}, if {scheme} is right, closes {loss:.1%} less of the weighted gap "
        "than its own plan. Of these the safest is the plan of {safest}: it loses at most {least:.1%}.",
        "代价最大的误选：若“{scheme}”才对，“{plan}”方案比其最优方案少弥合加权差距的 {loss:.1%}。"
        "其中最稳妥的是“{safest}”方案，至多少弥合 {least:.1%}。",
    ),
    "compare.name.weights": ("weights {weights}", "赋权 {weights}"),
    "compare.name.method": ("method {method}", "方法 {method}"),
    "compare.name.kemeny": ("Kemeny consensus", "Kemeny 共识排序"),
    "title.consensus": ("Consensus of all rankings, and the range of ranks", "全部排序的共识与名次范围"),
    "title.ranks": ("Ranks side by side", "名次对照"),
    "title.ranks_method": ("Ranks by method, from - to over the weights", "各方法的名次（随赋权变动的范围）"),
    "title.ranks_weights": ("Ranks by weights, from - to over the methods", "各赋权的名次（随方法变动的范围）"),
    "title.agreement": (
        "Agreement: mean Kendall tau-b of each ranking with the others",
        "一致性：每种排序与其余排序的 Kendall tau-b 均值",
    ),
    "head.borda": ("Borda", "Borda"),
    "head.copeland": ("Copeland", "Copeland"),
    "head.kemeny": ("Kemeny", "Kemeny"),
    "head.ranks": ("ranks", "名次范围"),
    "head.weights": ("weights", "赋权"),
    # --- tables --------------------------------------------------------------------------------------------------
    "title.measures": ("What is bought", "资助的措施"),
    "title.tracks": ("Tracks, before and after", "赛道：实施前后"),
    "title.resources": ("Budgets and what one more unit is worth", "预算与每增加一单位的价值"),
    "title.rules": (
        "Rules and what one unit of their amount is worth",
        "规则与其数值每变动一单位的价值",
    ),
    "title.frontier": ("What {resource} bring, amount by amount", "{resource}的边际收益曲线"),
    "title.nested": (
        "{resource}: an order that revokes nothing as the budget grows, and what it loses against the best",
        "{resource}：预算增加时不撤销已批项目的资助次序，及其相对最优的损失",
    ),
    "title.equity": ("The weighted gap against the worst track", "加权差距与最弱赛道的权衡"),
    "sampled": (
        "With whole units the value has jumps: these are samples, not every breakpoint.",
        "含整数措施时曲线有跳跃：以上为抽样点，并非全部转折点。",
    ),
    "sampled.equity": (
        "With whole units these are the corners of the convex hull; there may be more efficient plans between them.",
        "含整数措施时以上为凸包顶点；其间可能还有其他有效方案。",
    ),
    "title.variants": (
        "Plans, and the share of the budgets that each moves against the nearest one before it",
        "各方案及其相对此前最接近方案所调动的预算比例",
    ),
    "title.some": (
        "Levels that differ ({core} places are funded in every plan)",
        "有差别的水平（另有 {core} 处在所有方案中均获资助）",
    ),
    "variants.found": (
        "{number} other plans lose at most {within:.1%} of the best value; the first moves {moved:.1%} of the budgets.",
        "另有 {number} 个方案，目标值损失不超过 {within:.1%}；第一个方案调动预算的 {moved:.1%}。",
    ),
    "variants.none": (
        "No other plan was found that loses at most {within:.1%} of the best value.",
        "未找到目标值损失不超过 {within:.1%} 的其他方案。",
    ),
    "title.weights": ("Weights of the factors", "要素权重"),
    "title.ranking": ("Ranking", "排序"),
    "head.measure": ("measure", "措施"),
    "head.name": ("name", "名称"),
    "head.scope": ("scope", "范围"),
    "head.places": ("places", "处数"),
    "head.of_gap": ("closes", "弥合"),
    "head.track": ("track", "赛道"),
    "head.factor": ("factor", "要素"),
    "head.rank": ("rank", "名次"),
    "head.score": ("score", "得分"),
    "head.after": ("after", "之后"),
    "head.gap": ("gap", "差距"),
    "head.closed": ("closed", "已弥合"),
    "head.resource": ("resource", "资源"),
    "head.budget": ("budget", "预算"),
    "head.used": ("used", "已用"),
    "head.period": ("period", "时期"),
    "head.unit": ("unit", "单位"),
    "head.worth.weighted": ("one more closes", "每增一单位再弥合"),
    "head.worth.maxmin": ("one more lifts the worst track by", "每增一单位使最弱赛道提高"),
    "head.worth.reach": ("one more saves, {unit} of {saved}", "每增一单位节省{saved}（{unit}）"),
    "head.worth.robust": ("one more lifts the worst view by", "每增一单位使最不利观点提高"),
    "head.worth.regret": (
        "one more lowers the largest regret by (weighted gap)",
        "每增一单位使最大遗憾降低（加权差距）",
    ),
    "head.range": ("holds from - to", "成立范围"),
    "head.rule": ("rule", "规则"),
    "head.kind": ("kind", "类型"),
    "head.of": ("of", "对象"),
    "head.amount": ("amount", "数值"),
    "head.reached": ("reached", "达到"),
    "head.plan": ("plan", "方案"),
    "head.application": ("measure@target", "措施@对象"),
    "head.moved": ("moved", "调动"),
    "head.most": ("at most", "至多"),
    "head.worst": ("worst track", "最弱赛道"),
    "head.enters": ("enters", "纳入"),
    "head.leaves": ("leaves", "退出"),
    "head.loss": ("loss", "损失"),
    "head.adds": ("adds", "新增"),
    "head.weight": ("weight", "权重"),
    "head.source": ("source", "出处"),
    "head.title": ("title", "名称"),
    "head.normalisation": ("normalisation", "规范化"),
    "head.better": ("better", "方向"),
    "head.breaks": ("breaks", "不满足的定律"),
    "law.dominance": ("dominance", "占优"),
    "law.permutation": ("permutation", "置换不变"),
    "law.equal_rows": ("equal rows", "同行同分"),
    "law.unit": ("unit", "单位不变"),
    "better.higher": ("higher", "越高越好"),
    "better.lower": ("lower", "越低越好"),
    "scope.track": ("track", "赛道"),
    "scope.type": ("type", "类型"),
    "scope.city": ("city", "全市"),
    "kind.floor": ("floor", "下限"),
    "kind.cap": ("cap", "上限"),
    "kind.own": ("own", "自定义"),
    "of.": ("-", "-"),
    "of.closed": ("closed gap", "已弥合差距"),
    "no_end": ("no end", "不限"),
    "consistency": (
        "Consistency ratio {ratio:.4f} ({verdict}; lambda max {lambda_max:.4f}, random index: {random_index}).",
        "一致性比率 {ratio:.4f}（{verdict}；最大特征值 {lambda_max:.4f}，随机指标表：{random_index}）。",
    ),
    "consistency.none": (
        "No consistency ratio: the random index table '{random_index}' ends below this number of factors (lambda max "
        "{lambda_max:.4f}, index {index:.4f}). The table donegan_dodd goes to 100.",
        "无一致性比率：随机指标表“{random_index}”不含这么多要素（最大特征值 {lambda_max:.4f}，"
        "一致性指标 {index:.4f}）。donegan_dodd 表可至 100 个要素。",
    ),
    "goal": ("(goal)", "（总目标）"),
    "semicolon": ("; ", "；"),
    "title.tree": ("The tree of factors", "要素层次"),
    "title.judges": (
        "Judges: consistency, and the one change that would help most",
        "专家判断：一致性与最有效的一处修改",
    ),
    "head.within": ("below", "上级"),
    "head.local": ("local", "本级权重"),
    "head.global": ("global", "总权重"),
    "head.judge": ("judge", "专家"),
    "head.share": ("share", "占比"),
    "head.ratio": ("ratio", "一致性比率"),
    "head.worst_judgement": ("worst judgement", "最不一致的判断"),
    "head.ratio_then": ("ratio then", "修改后比率"),
    "change": ("{one} over {other}: {value} -> {to}", "{one} 对 {other}：{value} → {to}"),
    "filled_in": (
        "{judge}, {node}: judgements filled in from the others: {number}; the random index is of complete matrices, "
        "which makes the ratio mild.",
        "{judge}，{node}：由其余判断补出 {number} 个缺失判断；随机指标取自完整矩阵，故比率偏宽松。",
    ),
    "repair": (
        "{judge}, {node}: below 0.1 by the fewest changes: {changes} (ratio then {ratio:.3f}).",
        "{judge}，{node}：降到 0.1 以下的最少修改：{changes}（此后比率 {ratio:.3f}）。",
    ),
    "repair.some": (
        "{judge}, {node}: below 0.1 by these changes, perhaps by fewer: {changes} (ratio then {ratio:.3f}).",
        "{judge}，{node}：以下修改可降到 0.1 以下，或有更少的：{changes}（此后比率 {ratio:.3f}）。",
    ),
    "consensus": (
        "{node}: {word}; consensus of the judges {consensus:.0%} (Goepel), consistency ratio {ratio}; "
        "who judges alike: {clusters}.",
        "{node}：{word}；专家共识度 {consensus:.0%}（Goepel），一致性比率 {ratio}；判断相近者：{clusters}。",
    ),
    "aggregation.aij": ("judgements joined by geometric means (AIJ)", "按几何平均集结判断（AIJ）"),
    "aggregation.aip": ("priorities joined by geometric means (AIP)", "按几何平均集结权重（AIP）"),
    "aggregation.aip_arithmetic": ("priorities joined by arithmetic means (AIP)", "按算术平均集结权重（AIP）"),
    "consistent": ("acceptable, below 0.1", "可接受，小于 0.1"),
    "inconsistent": (
        "too high: 0.1 or more, look at the judgements again",
        "偏高：不小于 0.1，请复核判断",
    ),
    "certificate": (
        "Proof, by our own arithmetic: largest violation {violation:.1e}, gap to the best possible {gap:.1e}.",
        "自证（不依赖求解器）：最大违反 {violation:.1e}，与最优上界的差距 {gap:.1e}。",
    ),
    "certificate.case": (
        "Counted again from the case's tables, in exact fractions, by a second reader: {checked} figures and limits, "
        "none off by more than {largest_difference:.0e}.",
        "另一读取程序按案例各表以精确分数重新计算：核对{checked}个数字与限制，相差均不超过 {largest_difference:.0e}。",
    ),
    "disproved": (
        "No plan is given: counted again from the case's tables it does not hold ({number} differences). "
        "This is a fault of saidao, not of the case; please report it with the case.",
        "未给出方案：按案例各表重新计算，方案不成立（{number}处不符）。"
        "这是 saidao 的错误，不是案例的错误，请附上案例报告。",
    ),
    "disagreement": (
        "{where}: {shown:.10g} is shown, the tables give {exact:.10g}",
        "{where}：所示为 {shown:.10g}，按各表应为 {exact:.10g}",
    ),
    "exact.case.optimal": (
        "The case's own program, stated once more from its tables, is proven in exact fractions: no plan is better, "
        "and {prices} prices on either side of a budget or rule are its exact rates.",
        "按案例各表另行列出规划，以精确分数证明：不存在更好的方案，预算与规则两侧的{prices}个影子价格均精确。",
    ),
    "exact.case.open": (
        "The case's own program, stated once more from its tables, has no better plan that was found; "
        "fractions do not prove it.",
        "按案例各表另行列出的规划：未发现更好的方案，但精确分数未能证明。",
    ),
    "exact.case.unknown": (
        "That no plan of the case is better is not proven from its tables: this is done for continuous levels and the "
        "objectives weighted, maxmin and reach.",
        "未从案例各表证明不存在更好的方案：此证明只适用于连续措施以及 weighted、maxmin、reach 三个目标。",
    ),
    "exact.optimal": (
        "Proof in exact fractions, without the solver: feasible, and no plan is better by anything at all.",
        "分数精确证明（不依赖求解器）：可行，且不存在任何更好的方案。",
    ),
    "exact.whole": (
        "Proof in exact fractions, without the solver: feasible; the bound, {gap:.1e} off, is the solver's.",
        "分数精确证明（不依赖求解器）：可行；整数部分的上界来自求解器，相差 {gap:.1e}。",
    ),
    "exact.not_optimal": (
        "In exact fractions, without the solver: feasible, and no plan is better by more than {gap:.1e}.",
        "分数精确验证（不依赖求解器）：可行，任何方案至多再好 {gap:.1e}。",
    ),
    "exact.infeasible": (
        "In exact fractions the plan breaks a limit by a rounding error: see the largest violation above.",
        "按精确分数，方案因舍入误差略微超出某项限制：见上文最大违反。",
    ),
    "exact.another_plan": (
        "Exact fractions prove another plan than this one: it is not certified.",
        "精确分数所证明的并非本方案：未获证。",
    ),
    "settings": (
        "Settings: weights {weights}, method {method}, stance {stance}, objective {objective}, ticks {ticks} "
        "(level {tick_level:g}).",
        "设置：赋权 {weights}，方法 {method}，取向 {stance}，目标 {objective}，打勾含义 {ticks}"
        "（水平 {tick_level:g}）。",
    ),
    "undefined_ranking": (
        "The ranking is not defined for this method here: {why}",
        "该方法在此无法排序：{why}",
    ),
    "ties": (
        "Equal scores share a rank; {better} is better.",
        "得分相同者名次相同；得分{better}。",
    ),
    "not_available": (
        "Not available for this case: {scheme} ({why})",
        "本案例不可用：{scheme}（{why}）",
    ),
    # --- commands ------------------------------------------------------------------------------------------------
    "check.good": (
        "{case}: no error. {tracks} tracks, {factors} factors, {measures} measures, {resources} resources, "
        "{rules} rules.",
        "{case}：没有错误。{tracks} 条赛道，{factors} 个要素，{measures} 项措施，{resources} 种资源，{rules} 条规则。",
    ),
    "check.bad": ("{case}: errors: {errors}.", "{case}：错误 {errors} 处。"),
    "check.rank_only": (
        "It can be ranked, not planned: {missing} missing.",
        "可以排序，尚不能规划：缺少 {missing}。",
    ),
    "written": ("Written: {path}", "已写入：{path}"),
    "limit_of_solver.expected": (
        "it only with HiGHS, the solver if none is named",
        "仅适用于 HiGHS（未指定求解器时即为 HiGHS）",
    ),
    "limit_of_solver.remedy": (
        "Set the limit on the solver itself: through_pulp(pulp.PULP_CBC_CMD(timeLimit=60)).",
        "请在求解器上自行设定时限：through_pulp(pulp.PULP_CBC_CMD(timeLimit=60))。",
    ),
    "limited": (
        "Stopped at the time limit: what is shown is not all.",
        "已到时间上限：所示并非全部。",
    ),
    "stopped_with_plan": (
        "Stopped at the time limit: the plan holds, and the best possible may be better by up to {gap:.2%}.",
        "已到时间上限：方案可行，最优方案至多再好 {gap:.2%}。",
    ),
    "working": ("working ... {seconds:.0f} s", "计算中…… {seconds:.0f} 秒"),
    "working_on": (
        "working ... {seconds:.0f} s, {solved} programs solved",
        "计算中…… {seconds:.0f} 秒，已求解 {solved} 个规划",
    ),
    "stopping": (
        "Stopping: what is done so far will be shown. Ctrl-C again ends at once.",
        "正在停止：将显示已完成的部分。再按 Ctrl-C 立即结束。",
    ),
    "interrupted": ("Interrupted: nothing was written.", "已中断：未写入任何文件。"),
    "stopped": ("The solver stopped before it had a plan: {why}", "求解器在得到方案前停止：{why}"),
    "unproven": (
        "No plan is given: its own certificate disproves every answer of the solver (of the nearest one, largest "
        "violation {violation:.1e}, gap to the bound {gap:.1e}). The usual reason is numbers that span too many "
        "magnitudes: `saidao check` names the cells.",
        "未给出方案：求解器的每个答案都被自身的校验否定"
        "（最接近的一个：最大违反 {violation:.1e}，与界的差距 {gap:.1e}）。"
        "常见原因是数值的数量级相差过大：`saidao check` 会指出单元格。",
    ),
    "methods.ranking": ("Ranking methods", "排序方法"),
    "methods.weighting": ("Weighting schemes", "赋权方法"),
    "methods.normalisation": ("Normalisations", "规范化方法"),
    **CASE_WORDS,
    **FOOTING_WORDS,
    **FRAMEWORK_WORDS,
    **SUSPICION_WORDS,
}
