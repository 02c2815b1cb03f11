"""The answer of a plan, why there is none, and its proof."""

from __future__ import annotations

PLAN: dict[str, tuple[str, str]] = {
    # --- no plan is possible
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
    "conflict.lock": (
        "the lock {name}",
        "必须安排 {name}",
    ),
    "conflict.own": ("the constraint {name}", "约束 {name}"),
    "conflict.reach": (
        "the gap to be reached",
        "要补齐的差距",
    ),
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
    # --- the answer
    "answer.bought": (
        "Fund {funded} of {measures} measures, in {places} places: they close {share:.1%} of the weighted gap.",
        "资助 {measures} 项措施中的 {funded} 项（共 {places} 处），可补齐加权差距的 {share:.1%}。",
    ),
    "answer.no_gap": (
        "There is no gap to close: on every factor that counts every track is at its target or beyond. So none "
        "of the {measures} measures is funded.",
        "没有差距可补齐：在计入的每个要素上，各赛道均已达到或超过目标，故 {measures} 项措施均未资助。",
    ),
    "answer.no_gap_rules": (
        "There is no gap to close: on every factor that counts every track is at its target or beyond. {funded} "
        "of {measures} measures are funded only because rules or locks ask for it.",
        "没有差距可补齐：在计入的每个要素上，各赛道均已达到或超过目标。{measures} 项措施中有 {funded} 项仅因规则或必须安排而获资助。",
    ),
    "answer.bottleneck.weighted": (
        "The bottleneck is {resource} (budget {budget:,g} {unit}): one unit more would close a further {more}",
        "瓶颈是{resource}（{budget:,g} {unit}）：每增加一单位可再补齐 {more}",
    ),
    "answer.bottleneck.maxmin": (
        "The bottleneck is {resource} (budget {budget:,g} {unit}): one unit more lifts the worst track by {more}",
        "瓶颈是{resource}（{budget:,g} {unit}）：每增加一单位可使最弱赛道的补齐率提高 {more}",
    ),
    "answer.bottleneck.reach": (
        "The bottleneck is {resource} (budget {budget:,g} {unit}): one unit more would save {more} "
        "{saved_unit} of {saved}",
        "瓶颈是{resource}（{budget:,g} {unit}）：每增加一单位可节省{saved} {more} {saved_unit}",
    ),
    "answer.bottleneck.robust": (
        "The bottleneck is {resource} (budget {budget:,g} {unit}): one unit more lifts the worst view by {more} "
        "of its best",
        "瓶颈是{resource}（{budget:,g} {unit}）：每增加一单位可使最不利权重情形相对其最优提高 {more}",
    ),
    "answer.bottleneck.regret": (
        "The bottleneck is {resource} (budget {budget:,g} {unit}): one unit more lowers the largest regret by "
        "{more} of weighted gap",
        "瓶颈是{resource}（{budget:,g} {unit}）：每增加一单位可使最大损失降低加权差距 {more}",
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
        "增加预算能带来什么尚不清楚：求解超出时限，或涉及多种权重情形。",
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
        "Whatever of {views} views is right, it closes at least {least:.1%} of what the best plan for that view "
        "would (worst: {view}), and at most {regret:.1%} less of the weighted gap.",
        "在 {views} 种权重情形中无论哪种正确，都能达到该权重情形最优方案补齐量的至少 {least:.1%}（最不利：{view}），至多少补齐加权差距的 {regret:.1%}。",
    ),
    "answer.until": (", and so on up to {to:,.4g}.", "，此价格在不超过 {to:,.4g} 时成立。"),
    "answer.also": ("Scarce too: {others}.", "同样紧缺：{others}。"),
    "answer.timed": (
        "Prices and losses are of the value, in which closing a gap a period later counts {discount:g}; what "
        "closes is told as it is at the end.",
        "价格与损失均按价值计，晚一期补齐按 {discount:g} 折算；补齐率为期末的实际值，不折算。",
    ),
    "answer.no_bottleneck.weighted": (
        "No budget is scarce: more of any resource would close nothing further.",
        "没有紧缺的预算：增加任何资源都不能再补齐差距。",
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
        "没有紧缺的预算：增加任何资源都不能再改善最不利的权重情形。",
    ),
    "answer.no_bottleneck.regret": (
        "No budget is scarce: more of any resource would not lower the largest regret.",
        "没有紧缺的预算：增加任何资源都不能再降低最大损失。",
    ),
    "reason.no_gap": (
        "it has little gap to close",
        "可补齐的差距很小",
    ),
    "reason.closed": (
        "its gap closes for little",
        "差距以少量投入即可补齐",
    ),
    "reason.dear": ("measures there are dear per gap unit", "该处措施单位差距成本高"),
    "reason.capped": ("what pays there runs at its largest level", "划算的措施已达上限"),
    "reason.displaced": ("others bring more for the same means", "同样投入他处收效更大"),
    "reason.large_gap": ("its gap is large", "差距大"),
    "reason.cheap": ("measures there are cheap per gap unit", "该处措施单位差距成本低"),
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
    "input.levels": (
        "largest levels",
        "最大力度",
    ),
    "input.budgets": ("budgets", "预算"),
    # --- proof, settings, rules
    "scope.track": ("track", "赛道"),
    "scope.type": ("type", "类型"),
    "scope.city": ("city", "全市"),
    "kind.floor": ("floor", "下限"),
    "kind.cap": ("cap", "上限"),
    "kind.own": ("own", "自定义"),
    "of.": ("-", "-"),
    "of.closed": (
        "closed gap",
        "已补齐差距",
    ),
    "no_end": ("no end", "不限"),
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
        "设置：赋权 {weights}，方法 {method}，资金取向 {stance}，目标 {objective}，打勾含义 {ticks}（水平 {tick_level:g}）。",
    ),
}
