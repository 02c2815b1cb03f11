"""What looks wrong in a case without being an error."""

from __future__ import annotations

SUSPICIONS: dict[str, tuple[str, str]] = {
    "suspicions": (
        "{number} things in this case look suspicious; `{command}` lists them.",
        "本案例有 {number} 处可疑输入；用 `{command}` 查看。",
    ),
    "suspicions.told": (
        "{number:thing in this case looks/things in this case look} suspicious. {told}",
        "本案例有 {number} 处可疑输入。{told}",
    ),
    "suspicions.first": (
        "{number:thing in this case looks/things in this case look} suspicious, first of all: {told}",
        "本案例有 {number} 处可疑输入，以下为前几处。{told}",
    ),
    "suspicion": (
        "One thing in this case looks suspicious; `{command}` tells it.",
        "本案例有 1 处可疑输入；用 `{command}` 查看。",
    ),
    # --- scores
    "beyond_scale.expected": (
        "a score on the scale from {worst:g} (worst) to {target:g} (target)",
        "位于 {worst:g}（最差）到 {target:g}（目标）之间的得分",
    ),
    "beyond_scale.probably": ("{meant} is meant, or another unit", "应为 {meant}，或单位不同"),
    "beyond_scale.remedy": (
        "Mend the score, or worst and target of the factor.",
        "请更正得分，或更正该要素的 worst 与 target。",
    ),
    "beyond_scale_unit.expected": (
        "a score on the scale from {worst:g} (worst) to {target:g} (target)",
        "位于 {worst:g}（最差）到 {target:g}（目标）之间的得分",
    ),
    "beyond_scale_unit.probably": (
        "it is in another unit than the scale, or its sign is wrong",
        "与尺度的单位不同，或正负号有误",
    ),
    "beyond_scale_unit.remedy": (
        "Mend the score, or worst and target of the factor.",
        "请更正得分，或更正该要素的 worst 与 target。",
    ),
    "all_beyond_target.expected": (
        "a target that some track has not reached: the scores of {factor} are from {low:g} to {high:g}",
        "至少有一条赛道尚未达到的目标（{factor} 的得分为 {low:g} 至 {high:g}）",
    ),
    "all_beyond_target.probably": (
        "scores and scale are in different units; else there is no gap left to close here",
        "得分与尺度的单位不同；否则此要素已无差距可补齐",
    ),
    "all_beyond_target.remedy": (
        "Put target into the unit of the scores, or raise it.",
        "请把 target 换成得分的单位，或调高。",
    ),
    "all_below_worst.expected": (
        "a worst that some track is better than: the scores of {factor} are from {low:g} to {high:g}",
        "至少有一条赛道优于的最差值（{factor} 的得分为 {low:g} 至 {high:g}）",
    ),
    "all_below_worst.probably": (
        "scores and scale are in different units, or the direction is the other one",
        "得分与尺度的单位不同，或方向相反",
    ),
    "all_below_worst.remedy": (
        "Put worst and target into the unit of the scores.",
        "请把 worst 与 target 换成得分的单位。",
    ),
    "zero_score.expected": (
        "a score on the scale from {worst:g} (worst) to {target:g} (target)",
        "位于 {worst:g}（最差）到 {target:g}（目标）之间的得分",
    ),
    "zero_score.probably": ("the score is missing, not 0", "该得分缺失，而不是 0"),
    "zero_score.remedy": (
        "Leave it blank and name in case.toml how to guess it (impute), or fill it in.",
        "请留空并在 case.toml 中指明插补方法（impute），或补填。",
    ),
    "missing_code.expected": ("a score", "得分"),
    "missing_code.probably": ("this number marks a missing value", "该数字表示缺失值"),
    "missing_code.remedy": (
        "Leave it blank and name in case.toml how to guess it (impute), or fill it in.",
        "请留空并在 case.toml 中指明插补方法（impute），或补填。",
    ),
    "scale_from_data.expected": (
        "worst and target of the factor; as they are blank ({taken}) they are taken from the scores: {worst:g} and "
        "{target:g}",
        "该要素的 worst 与 target；因留空（{taken}），取自得分：{worst:g} 与 {target:g}",
    ),
    "scale_from_data.remedy": (
        "Gaps are then measured against the best track: fill both in to measure them against a goal.",
        "此时差距以最优赛道为准；如要以目标值为准，请填写两者。",
    ),
    "lost_point.expected": (
        "a score of the size of the others, at most {most:g}",
        "与其他得分量级相当（至多 {most:g}）",
    ),
    "lost_point.probably": ("{meant} is meant: a decimal point is lost", "应为 {meant}（漏写小数点）"),
    "lost_point.remedy": ("Mend the score, if so.", "如是，请更正得分。"),
    "total_row.expected": (
        "a track; this row is the sum of all the others in every column",
        "一条赛道；该行在每一列都等于其余各行之和",
    ),
    "total_row.probably": (
        "it is a line of totals, and would be ranked as a track",
        "这是合计行，会被当作赛道参与排序",
    ),
    "total_row.remedy": ("Delete it from tracks and scores, if so.", "如是，请从 tracks 与 scores 中删除。"),
    "mean_row.expected": (
        "a track; this row is the mean of all the others in every column",
        "一条赛道；该行在每一列都等于其余各行的均值",
    ),
    "mean_row.probably": ("it is a line of means, and would be ranked as a track", "这是平均行，会被当作赛道参与排序"),
    "mean_row.remedy": ("Delete it from tracks and scores, if so.", "如是，请从 tracks 与 scores 中删除。"),
    "total_name.expected": ("an entry of its own; it is named as a total", "独立的条目；其名称表示合计"),
    "total_name.probably": (
        "it is a line of totals, and counts once more what is counted already",
        "这是合计行，会被重复计算",
    ),
    "total_name.remedy": ("Delete it wherever it stands, if so.", "如是，请在各表中删除。"),
    "mean_name.expected": ("an entry of its own; it is named as a mean", "独立的条目；其名称表示平均"),
    "mean_name.probably": ("it is a line of means, and none of the others", "这是平均行，而非其中之一"),
    "mean_name.remedy": ("Delete it wherever it stands, if so.", "如是，请在各表中删除。"),
    "total_column.expected": ("a factor of its own", "独立的要素"),
    "total_column.probably": (
        "it is the sum or mean of the other factors, which count twice then",
        "它是其他要素之和或均值，使它们被重复计算",
    ),
    "total_column.remedy": ("Delete it from factors and scores, if so.", "如是，请从 factors 与 scores 中删除。"),
    "counting_column.expected": ("a factor of its own", "独立的要素"),
    "counting_column.probably": (
        "it is a rank or a running number, and would be scored as a factor",
        "它是排名或序号，却会作为要素计分",
    ),
    "counting_column.remedy": ("Delete it from factors and scores, if so.", "如是，请从 factors 与 scores 中删除。"),
    "same_column.expected": (
        "scores that differ from those of {other} for some track",
        "至少有一条赛道与 {other} 的得分不同",
    ),
    "same_column.probably": ("a column was copied, and counts twice", "该列系复制而来，被重复计算"),
    "same_column.remedy": ("Fill in its own scores, or delete the factor.", "请填写其自身得分，或删除该要素。"),
    "direction_blank.expected": (
        "max or min; blank, more of {factor} is better",
        "max 或 min；留空则 {factor} 越大越好",
    ),
    "direction_blank.probably": ("less is better: min", "越小越好，应为 min"),
    "direction_blank.remedy": ("Fill the column direction in.", "请填写 direction 列。"),
    # --- percents, texts, dates
    "percent_on_scale.expected": (
        "a score on the scale from {worst:g} to {target:g}; the percent reads as {reads:g}",
        "位于 {worst:g} 到 {target:g} 之间的得分；该百分数读作 {reads:g}",
    ),
    "percent_on_scale.probably": ("{meant} is meant, that share of the scale", "应为 {meant}，即该比例处"),
    "percent_on_scale.remedy": (
        "Write the score in the unit of the scale, or the scale from 0% to 100%.",
        "请按尺度的单位写得分，或把尺度写成 0% 到 100%。",
    ),
    "percent_among_numbers.expected": (
        "a plain number, as {other} in this column; the percent reads as {reads:g}",
        "普通数字（与本列的 {other} 一致）；该百分数读作 {reads:g}",
    ),
    "percent_among_numbers.probably": ("{meant} is meant", "应为 {meant}"),
    "percent_among_numbers.remedy": (
        "Write the whole column with percent signs, or without.",
        "请整列都写百分号，或都不写。",
    ),
    "number_among_percents.expected": (
        "a percent, as {other} in this column, which reads as {reads:g}",
        "百分数（与本列的 {other} 一致，读作 {reads:g}）",
    ),
    "number_among_percents.probably": ("{meant} is meant", "应为 {meant}"),
    "number_among_percents.remedy": (
        "Write the whole column with percent signs, or without.",
        "请整列都写百分号，或都不写。",
    ),
    "weight_percent.expected": (
        "a share, as {other} in this column",
        "比例（与本列的 {other} 一致）",
    ),
    "weight_percent.probably": (
        "{meant} is meant: one weight is a percent, another a share",
        "应为 {meant}（权重的百分数与比例混用）",
    ),
    "weight_percent.remedy": ("Write all weights alike.", "请统一权重的写法。"),
    "weights_off.expected": ("weights that sum to {whole:g}", "总和为 {whole:g} 的权重"),
    "weights_off.probably": (
        "one of them is mistyped or missing; as it stands they are scaled to a sum of 1",
        "其中一项有误或缺失；按现状将按比例折算为总和 1",
    ),
    "weights_off.remedy": ("Mend the weights.", "请更正权重。"),
    "text_numbers.expected": (
        "numbers as numbers; {number} cells of this column are texts, which Excel leaves out of its own sums",
        "数值格式的数字；本列有 {number} 格为文本，Excel 求和时会忽略",
    ),
    "text_numbers.probably": (
        "they were pasted or typed as texts; they are read as numbers here",
        "系粘贴或录入为文本；此处仍按数字读取",
    ),
    "text_numbers.remedy": (
        "Set the format of the column to 'Number' and type them again.",
        "请把该列格式设为“数值”后重新填写。",
    ),
    "serial_date.expected": ("a number of the size of the others", "与其他数字量级相当"),
    "serial_date.probably": (
        "{meant} is meant: the spreadsheet has made the date {day} of it",
        "应为 {meant}（表格软件把它变成了日期 {day}）",
    ),
    "serial_date.remedy": (
        "Set the cell's format to 'Number' and type it again.",
        "请将单元格格式设为“数值”后重新填写。",
    ),
    # --- money
    "magnitudes.expected": (
        "amounts within a billion of each other: row {other_row} has {other}",
        "彼此相差不超过十亿倍的数：第 {other_row} 行为 {other}",
    ),
    "magnitudes.probably": (
        'a placeholder for "never" or "no limit", or another unit',
        "可能是表示“不可行”或“无上限”的占位数，或单位不同",
    ),
    "magnitudes.remedy": (
        "Leave out what is never done (or use --forbid); a solver's rounding can hide the smaller amounts.",
        "请删去不会采取的措施（或用 --forbid）；较小的数可能被求解器的舍入掩盖。",
    ),
    "ratio_far.expected": ("a ratio of levels near 1", "接近 1 的力度之比"),
    "ratio_far.probably": ("a rule that asks for next to nothing, or for all", "该约束条件几乎不起作用，或要求过高"),
    "ratio_far.remedy": (
        "Give the ratio of the two levels, or leave the rule out.",
        "请填写两者力度之比，或删去该约束条件。",
    ),
    "stray_large.expected": (
        "a number of the size of the others, around {middle:g}",
        "与其他数字量级相当（约 {middle:g}）",
    ),
    "stray_large.probably": (
        "it is in a smaller unit than they ({times:,.0f} times as large; yuan for 万元, say)",
        "单位比其他数字小（相差 {times:,.0f} 倍，例如把元写作万元）",
    ),
    "stray_large.remedy": ("Write all of them in one unit.", "请统一单位。"),
    "stray_small.expected": (
        "a number of the size of the others, around {middle:g}",
        "与其他数字量级相当（约 {middle:g}）",
    ),
    "stray_small.probably": (
        "it is in a larger unit than they ({times:,.0f} times as small; 万元 for yuan, say)",
        "单位比其他数字大（相差 {times:,.0f} 倍，例如把万元写作元）",
    ),
    "stray_small.remedy": ("Write all of them in one unit.", "请统一单位。"),
    "effect_beyond.expected": (
        "a share of the factor's scale that one unit of intensity closes: at most 1, the whole gap",
        "每单位力度在该要素上补齐的尺度比例：至多 1（全部差距）",
    ),
    "effect_beyond.probably": ("{meant} is meant: a percent", "应为 {meant}（百分数）"),
    "effect_beyond.remedy": (
        "Mend the effect: what goes beyond the whole gap is lost.",
        "请更正效果：超出全部差距的部分不起作用。",
    ),
    "effect_far.expected": (
        "a share of the factor's scale that one unit of intensity closes: at most 1, the whole gap",
        "每单位力度在该要素上补齐的尺度比例：至多 1（全部差距）",
    ),
    "effect_far.probably": ("it is in another unit", "单位不同"),
    "effect_far.remedy": (
        "Mend the effect: what goes beyond the whole gap is lost.",
        "请更正效果：超出全部差距的部分不起作用。",
    ),
    "effect_in_unit.expected": (
        "a share of the factor's scale that one unit of intensity closes: at most 1, the whole gap",
        "每单位力度在该要素上补齐的尺度比例：至多 1（全部差距）",
    ),
    "effect_in_unit.probably": (
        "{meant} is meant: it is in the unit of the scores, not a share of the scale",
        "应为 {meant}（所填为得分的单位，而非尺度的比例）",
    ),
    "effect_in_unit.remedy": ("Divide it by the length of the scale.", "请除以尺度的长度。"),
    "budget_small.expected": (
        "a budget of the size of the costs: the cheapest measure takes {cheapest:g}",
        "与成本量级相当的预算（最便宜的措施需 {cheapest:g}）",
    ),
    "budget_small.probably": ("budget and costs are in different units", "预算与成本的单位不同"),
    "budget_small.remedy": ("Write both in the unit of the resource.", "请都按该资源的单位填写。"),
    "budget_large.expected": (
        "a budget of the size of the costs: all measures in full, everywhere, take {in_full:g}",
        "与成本量级相当的预算（全部措施处处足额共需 {in_full:g}）",
    ),
    "budget_large.probably": ("budget and costs are in different units", "预算与成本的单位不同"),
    "budget_large.remedy": ("Write both in the unit of the resource.", "请都按该资源的单位填写。"),
    "cost_beyond_budget.expected": (
        "a cost that the budget of the resource, {budget:g}, buys some of",
        "该资源的预算（{budget:g}）至少能承担一部分的成本",
    ),
    "cost_beyond_budget.probably": (
        "it is in a smaller unit than the budget (yuan for 万元, say)",
        "单位比预算小（例如把元写作万元）",
    ),
    "cost_beyond_budget.remedy": ("Write both in the unit of the resource.", "请都按该资源的单位填写。"),
    "resource_unused.expected": ("a cost in this resource", "占用该资源的成本"),
    "resource_unused.probably": ("its costs are missing", "缺少相应成本"),
    "resource_unused.remedy": ("Add them to costs, or delete the resource.", "请在 costs 中补上，或删除该资源。"),
    "earning.expected": (
        "a measure that takes {resource}: in all {measure} brings more in",
        "占用 {resource} 的措施：{measure} 合计带来的多于占用的",
    ),
    "earning.probably": ("the sign is wrong, unless it does earn", "符号有误，除非确有收入"),
    "earning.remedy": (
        "Check it: the plan takes such a measure for what it brings in alone.",
        "请核对：仅为其收入，方案也会安排该措施。",
    ),
    "cost_some_periods.expected": (
        "a cost of {of} in every period; in {missing} it is free",
        "{of} 在各期的成本；在 {missing} 期为免费",
    ),
    "cost_some_periods.probably": ("it costs the same in the other periods", "其他各期成本相同"),
    "cost_some_periods.remedy": (
        "Leave period blank for a cost that holds in all of them, or add rows (cost 0 where it is free); payments over "
        "the years of what begins in one are those of a measure with a period in `begins`.",
        "各期相同时请将 period 留空；否则请补行（免费的期写 0）。一次开始、分年支付的，请在 measures 表填写 begins。",
    ),
    "budget_some_periods.expected": (
        "a budget of {of} in every period; in {missing} there is none",
        "{of} 在各期的预算；在 {missing} 期没有",
    ),
    "budget_some_periods.probably": ("rows are missing", "缺少若干行"),
    "budget_some_periods.remedy": (
        "Add rows (0 where there is none), or set carry.",
        "请补行（没有预算的期写 0），或设置 carry。",
    ),
    "budget_first_period.expected": (
        "a budget for each period: this one is of {first} alone, and nothing is carried over",
        "各期的预算：该值只属于 {first} 期，且不结转",
    ),
    "budget_first_period.probably": ("it is meant for all periods", "应覆盖各期"),
    "budget_first_period.remedy": (
        "Give it by period in budgets, or set carry.",
        "请在 budgets 中分期填写，或设置 carry。",
    ),
    "discount_rate.expected": (
        "what a gap closed one period later is worth, near 1: as it stands only {worth:.0%}",
        "晚一期补齐的价值，接近 1；按现状仅 {worth:.0%}",
    ),
    "discount_rate.probably": ("it is a rate, and {meant} is meant", "所填为贴现率，应为 {meant}"),
    "discount_rate.remedy": ("Write 0.95 for a rate of 5 %.", "贴现率 5% 请写 0.95。"),
    "decay_rate.expected": (
        "the share of a closed gap that is lost each period, near 0: as it stands {lost:.0%}",
        "每期流失的已补齐差距比例，接近 0；按现状为 {lost:.0%}",
    ),
    "decay_rate.probably": ("it is what remains, and {meant} is meant", "所填为留存比例，应为 {meant}"),
    "decay_rate.remedy": ("Write 0.05 where 5 % is lost.", "每期流失 5% 请写 0.05。"),
    # --- not used
    "judgement_unused.expected": (
        "judgements that are used: the case weighs by '{weights}'",
        "会被使用的判断：案例的赋权方法为“{weights}”",
    ),
    "judgement_unused.probably": ('weights = "ahp" is meant', '应为 weights = "ahp"'),
    "judgement_unused.remedy": (
        "Say so in case.toml, or delete the matrix: as it stands it is ignored.",
        "请在 case.toml 中写明，或删除该矩阵：按现状会被忽略。",
    ),
    "weights_unused.expected": (
        "weights that are used: the case weighs all factors alike (equal)",
        "会被使用的权重：案例对各要素按等权（equal）计算",
    ),
    "weights_unused.probably": ('weights = "direct" is meant', '应为 weights = "direct"'),
    "weights_unused.remedy": (
        "Say so in case.toml, or delete the column: as it stands it is ignored.",
        "请在 case.toml 中写明，或删除该列：按现状会被忽略。",
    ),
    "score_unused.expected": ("a factor of this name", "同名的要素"),
    "score_unused.probably": ("its row is missing in factors", "factors 中缺少相应行"),
    "score_unused.remedy": (
        "Add the factor, or delete the column: as it stands it is ignored.",
        "请补上要素，或删除该列：按现状会被忽略。",
    ),
    "setting_unused.expected": ("a known setting", "已知的设置"),
    "setting_unused.probably": ("it is of another program or version", "来自其他程序或版本"),
    "setting_unused.remedy": ("As it stands it is ignored.", "按现状会被忽略。"),
    "table_unused.expected": ("a table of a case", "案例的表"),
    "table_unused.probably": ("it is misnamed, or no part of the case", "命名有误，或不属于本案例"),
    "table_unused.remedy": ("As it stands it is ignored.", "按现状会被忽略。"),
    "min_level_unused.expected": ("none: a {kind} measure has no least level", "留空：{kind} 类措施没有最低力度"),
    "min_level_unused.probably": (
        "kind semi is meant: nothing, or at least this",
        "应为 semi 类（不做，或至少做到该值）",
    ),
    "min_level_unused.remedy": (
        "Set kind to semi, or delete it: as it stands it is ignored.",
        "请把 kind 设为 semi，或删除该值：按现状会被忽略。",
    ),
    "whole_level.expected": (
        "at least 1: a {kind} measure is bought in whole units",
        "至少 1：{kind} 类措施按整数单位实施",
    ),
    "whole_level.probably": (
        "kind continuous is meant; as it stands it can never be bought",
        "应为 continuous 类；按现状永远无法实施",
    ),
    "whole_level.remedy": ("Mend kind or max_level.", "请更正 kind 或 max_level。"),
    "binary_level.expected": ("1: a binary measure is bought once or not at all", "1：binary 类措施只有做与不做"),
    "binary_level.probably": ("kind integer is meant", "应为 integer 类"),
    "binary_level.remedy": (
        "Mend kind or max_level: as it stands 1 holds.",
        "请更正 kind 或 max_level：按现状以 1 为准。",
    ),
    "lag_beyond.expected": (
        "a lag shorter than the plan, which has {periods} periods: as it stands it never acts",
        "短于规划期的滞后（共 {periods} 期）：按现状永不见效",
    ),
    "lag_beyond.probably": (
        "periods are missing, or the lag is in another unit (months)",
        "缺少时期，或滞后单位不同（如月）",
    ),
    "lag_beyond.remedy": ("Add periods, or mend the lag.", "请增加时期，或更正滞后。"),
    "budget_unused.expected": (
        "the sum of its budgets by period, {dated:g}, or nothing",
        "与分期预算之和 {dated:g} 一致，或留空",
    ),
    "budget_unused.probably": ("one of the two is out of date; those by period hold", "其中之一已过时；以分期预算为准"),
    "budget_unused.remedy": ("Mend or delete one of them.", "请更正或删除其一。"),
    "source_unused.expected": ("a row of {of}", "{of} 中的行"),
    "source_unused.probably": ("the row was renamed or deleted", "该行已改名或删除"),
    "source_unused.remedy": (
        "Mend or delete the line: as it stands it is about nothing.",
        "请更正或删除：按现状它不指向任何数据。",
    ),
    # --- names and judgements
    "near_name.expected": (
        "a name that differs from '{other}' (row {first}) by more than width, case or blanks",
        "与“{other}”（第 {first} 行）的区别不止全半角、大小写或空格的名称",
    ),
    "near_name.probably": ("the same is meant", "二者本为同一个"),
    "near_name.remedy": ("Write both alike, or rename one.", "请统一写法，或改名其一。"),
    "type_blank.expected": (
        "a type, as other tracks have: a measure that serves types serves all that have none as one type",
        "类型（其他赛道有）：按类型实施的措施会把无类型的赛道视为同一类型",
    ),
    "type_blank.probably": ("its type is missing", "缺少类型"),
    "type_blank.remedy": ("Fill the type in.", "请填写类型。"),
    "near_judge.expected": (
        "a judge who differs from that of {other} by more than width, case or blanks",
        "与 {other} 的专家的区别不止全半角、大小写或空格",
    ),
    "near_judge.probably": ("one judge is counted twice", "同一专家被计算两次"),
    "near_judge.remedy": ("Delete one of the two, or rename it.", "请删除其一，或改名。"),
    "same_name.expected": (
        "a name of its own; {other} (row {first}) has it already",
        "各自的名称；{other}（第 {first} 行）已用此名",
    ),
    "same_name.probably": ("it was entered twice, or a name was copied", "重复录入，或名称系复制而来"),
    "same_name.remedy": ("Delete one of the rows, or rename it.", "请删除其中一行，或改名。"),
    "judgement_size.expected": ("a judgement on Saaty's scale, from 1/9 to 9", "Saaty 标度内的判断（1/9 到 9）"),
    "judgement_size.probably": ("{meant} or its reciprocal is meant", "应为 {meant} 或其倒数"),
    "judgement_size.remedy": (
        "Mend it, if so; as it stands it outweighs all others.",
        "如是请更正；按现状它会压倒其他判断。",
    ),
    "hidden_rows.expected": ("rows that can be seen ({number} are hidden)", "可见的行（有 {number} 行被隐藏）"),
    "hidden_rows.probably": (
        "they were filtered out or hidden, and are not meant to count",
        "系筛选或隐藏所致，本不应计入",
    ),
    "hidden_rows.remedy": (
        "They are read although they are hidden: show them to see what counts, or delete them.",
        "这些行虽隐藏仍被读取：请取消隐藏以便核对，或将其删除。",
    ),
    "hidden_column.expected": ("a column that can be seen", "可见的列"),
    "hidden_column.probably": ("it is not meant to count", "本不应计入"),
    "hidden_column.remedy": (
        "It is read although it is hidden: show it to see what counts, or delete it.",
        "该列虽隐藏仍被读取：请取消隐藏以便核对，或将其删除。",
    ),
}
