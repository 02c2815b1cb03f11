"""What is wrong in a command: its options and arguments."""

from __future__ import annotations

USAGE: dict[str, tuple[str, str]] = {
    "influence_size.expected": ("at most {most} combinations", "至多 {most} 种组合"),
    "influence_size.remedy": ("Name fewer schemes, methods or objectives.", "请减少赋权方法、排序方法或目标。"),
    "influence_single.expected": (
        "two or more of something that every combination is defined for",
        "至少有一项选择含两种以上且各组合均可计算",
    ),
    "influence_single.remedy": ("Name several schemes or methods.", "请指定多种赋权方法或排序方法。"),
    "infer_contradict.expected": (
        "statements that some value function keeps",
        "至少有一个价值函数能符合的陈述",
    ),
    "infer_contradict.remedy": ("Take one of these back.", "请撤回其中一条。"),
    "infer_none.expected": ("statements about tracks", "关于赛道的陈述"),
    "infer_none.remedy": ('Add --say "quantum before energy_storage".', "请加上 --say “量子信息技术优先于新型储能”。"),
    "infer_statement.expected": ("'a before b' or 'a like b', of two tracks", "“甲优先于乙”或“甲相当于乙”，均为赛道"),
    "infer_statement.remedy": ("Write it so.", "请改用这种写法。"),
    "infer_size.expected": ("at most {most} tracks", "至多 {most} 个赛道"),
    "infer_size.remedy": (
        "Ask of fewer tracks. Of all of them `saidao robust --region` tells who is first under a region of weights.",
        "请减少赛道。若要了解全部赛道，可用 `saidao robust --region` 查看区域内的权重下谁排名第一。",
    ),
    "dea_side.expected": ("factors, beside {other}", "与{other}相对的要素"),
    "dea_side.remedy": ("Name what goes in and what comes out.", "请同时指定投入与产出。"),
    "sweep_pair.expected": (
        "weights of two schemes, combined by {rules}",
        "由两种赋权方法按 {rules} 组合的权重",
    ),
    "sweep_pair.remedy": ("Add --weights ahp+entropy.", "请加上 --weights ahp+entropy。"),
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
    "method_option_missing.line": (
        "{where} needs {expected}, which this case does not have. {remedy}",
        "{where}需要 {expected}，本案例没有。{remedy}",
    ),
    "method_option_missing.expected": ("{expected}", "{expected}"),
    "method_option_missing.remedy": (
        "Give it in Python: saidao.rank(case, method=METHOD, {expected}).",
        "请在 Python 中给出：saidao.rank(case, method=METHOD, {expected})。",
    ),
    "option_missing.line": (
        "{where} needs judgements that this case does not have: {expected}. {remedy}",
        "{where}需要本案例没有的判断：{expected}。{remedy}",
    ),
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
    "negative.expected": ("values of 0 or more", "不小于 0 的值"),
    "negative.remedy": (
        "Shift the scale of the factor, or use topsis or wsm.",
        "请平移该要素的尺度，或改用 topsis 或 wsm。",
    ),
    "not_positive.expected": (
        "values above 0: the method multiplies or divides by them",
        "大于 0 的值（该方法要用它们相乘或相除）",
    ),
    "not_positive.remedy": (
        "Shift the scale of the factor, or use moora, topsis or wsm.",
        "请平移该要素的尺度，或改用 moora、topsis 或 wsm。",
    ),
    "zero_cost.expected": (
        "a cost above 0: the method divides by their sum",
        "大于 0 的成本（该方法要除以成本之和）",
    ),
    "zero_cost.remedy": ("Use topsis or wsm.", "请改用 topsis 或 wsm。"),
    "average_not_positive.expected": ("a positive average: EDAS divides by it", "正的平均值（EDAS 要除以平均值）"),
    "average_not_positive.remedy": (
        "Shift the scale of the factor, or use topsis or wsm.",
        "请平移该要素的尺度，或改用 topsis 或 wsm。",
    ),
    "bounds.expected": (
        "a lower and a higher value that hold all values of the factor",
        "能容纳该要素全部取值的下界与上界",
    ),
    "bounds.remedy": ("Widen the bounds to the whole scale of the factor.", "请把界限放宽到该要素的整个尺度。"),
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
    "threshold_order.remedy": ("Change one of them.", "请修改其中之一。"),
    "all_equal.expected": (
        "at least one criterion of positive weight on which the tracks differ",
        "至少一个权重为正且能区分赛道的准则",
    ),
    "all_equal.remedy": (
        "Choose another factor or method, or plan with stance even.",
        "请改用其他要素或方法，或以 even 资金取向规划。",
    ),
    "kemeny_size.expected": (
        "at most {most} tracks for an exact Kemeny order",
        "至多 {most} 条赛道（精确 Kemeny 排序）",
    ),
    "kemeny_size.remedy": ("Borda and Copeland are given.", "已给出 Borda 与 Copeland。"),
    "limit_of_solver.expected": (
        "it only with HiGHS, the solver if none is named",
        "仅适用于 HiGHS（未指定求解器时即为 HiGHS）",
    ),
    "limit_of_solver.remedy": (
        "Set the limit on the solver itself: through_pulp(pulp.PULP_CBC_CMD(timeLimit=60)).",
        "请在求解器上自行设定时限：through_pulp(pulp.PULP_CBC_CMD(timeLimit=60))。",
    ),
    "needs_option.line": (
        "`{where}` works only with `{option}`. Add that one, or leave this one out.",
        "`{where}` 只能与 `{option}` 同用：请加上后者，或去掉前者。",
    ),
    "not_with.line": (
        "`{where}` does not work with `{option}`. Leave one of the two out.",
        "`{where}` 不能与 `{option}` 同用：请去掉其中一个。",
    ),
    "no_option.line": (
        "There is no option `{where}`. {remedy}",
        "没有 `{where}` 选项。{remedy}",
    ),
    "value_left_out.line": (
        "`{where}` needs a value. {remedy}",
        "`{where}` 后缺少取值。{remedy}",
    ),
    "no_verb.line": (
        "There is no command `{found}`. {remedy}",
        "没有 `{found}` 命令。{remedy}",
    ),
    "extra_argument.line": (
        "`{found}` is more than `{where}` takes: one case, and options. {remedy}",
        "`{where}` 不接受 `{found}`：只需一个案例和若干选项。{remedy}",
    ),
    "both_ticks.line": (
        "`{where}` has no place here: both readings of the ticks are tried. Leave it out.",
        "此处无需 `{where}`：打勾的两种解读都会计算。请去掉。",
    ),
}
