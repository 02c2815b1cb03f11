"""The answer of a plan, why there is none, and its proof."""

from __future__ import annotations

PLAN: dict[str, tuple[str, str]] = {
    # --- no plan is possible
    "infeasible": (
        "No plan meets every budget and rule. These cannot hold together; any one of the changes would do:",
        "没有方案能同时满足全部预算与约束条件。以下各项不能同时成立；任取其中一项修改即可：",
    ),
    "infeasible_alone": (
        "No plan meets every budget and rule. These cannot hold together, and there are other conflicts beside:",
        "没有方案能同时满足全部预算与约束条件。以下各项不能同时成立，且另有其他冲突：",
    ),
    "infeasible_together": (
        "No change of one of them alone is enough. These together are the least, as shares of each amount:",
        "只改其中一项不够。以下各项须同时修改（按各数值的比例合计最小）：",
    ),
    "overspent": (
        "No plan is possible: {bound} is bound already, {what} is {limit}.",
        "无法形成方案：已承诺 {bound}，而{what}仅为 {limit}。",
    ),
    "gap_unit": ("gap unit", "1 个差距单位"),
    "gap_units": ("gap units", "差距单位"),
    "conflict.budget": ("the budget of {name}", "{name}的预算"),
    "conflict.floor": ("{name}", "{name}"),
    "conflict.cap": ("{name}", "{name}"),
    "conflict.requires": ("{name}", "{name}"),
    "conflict.requires_one": ("{name}", "{name}"),
    "conflict.excludes": ("{name}", "{name}"),
    "conflict.one_of": ("{name}", "{name}"),
    "conflict.lock": (
        "the lock {name}",
        "必须安排{name}",
    ),
    "conflict.own": (
        "the constraint {name}",
        "约束条件{name}",
    ),
    "conflict.reach": (
        "closing {name} of the weighted gap",
        "短板补齐率达到 {name}",
    ),
    "conflict.line": (
        "  {what}: {amount}",
        "  {what}：{amount}",
    ),
    "conflict.name": ("  {what}", "  {what}"),
    "conflict.drop": ("  {what}: drop it", "  {what}：取消"),
    "conflict.raise": (
        "  {what}: {amount}; raise it to {to} ({by} more)",
        "  {what}：{amount}；请提高到 {to}（增加 {by}）",
    ),
    "conflict.rule_raise": (
        "  {what}: raise it to {to} ({by} more)",
        "  {what}：请提高到 {to}（增加 {by}）",
    ),
    "conflict.rule_lower": (
        "  {what}: lower it to {to} ({by} less)",
        "  {what}：请降低到 {to}（减少 {by}）",
    ),
    "conflict.lower": (
        "  {what}: {amount}; lower it to {to} ({by} less)",
        "  {what}：{amount}；请降低到 {to}（减少 {by}）",
    ),
    # --- the answer
    "answer.bought": (
        "With {budgets}, fund {funded} of {measures:measure/measures}, in {places:place/places}: they close "
        "{share:.1%} of the weighted gap.",
        "在{budgets}的约束下，建议从 {measures} 项备选措施中安排 {funded} 项，落实到 {places} 个对象，"
        "预计补齐各赛道短板（按权重计）的 {share:.1%}。",
    ),
    "answer.range": (
        "With every input anywhere within its spread ({spreads}), it closes {low:.1%} to {high:.1%} (exact).",
        "各输入在其波动范围内（{spreads}）任意取值时，补齐率介于 {low:.1%} 与 {high:.1%} 之间（精确值）。",
    ),
    "range.given": ("table `uncertain`", "见表 `uncertain`"),
    "range.ticks": (
        "assumed: effects ±30%, ticks 0.7 to 1, blanks 0 to 0.3",
        "假设：效果 ±30%，打勾 0.7 至 1，未打勾 0 至 0.3",
    ),
    "range.levels": ("assumed: effects ±30%, levels ±0.1", "假设：效果 ±30%，发展水平 ±0.1"),
    "answer.no_gap": (
        "There is no gap to close: every track that counts is at its target or beyond on every factor that counts. "
        "So none of {measures:measure/measures} is funded.",
        "没有差距需要补齐：计入的各赛道在计入的每个要素上均已达到或超过目标，故 {measures} 项措施均不安排。",
    ),
    "answer.no_gap_rules": (
        "There is no gap to close: every track that counts is at its target or beyond on every factor that counts. "
        "{funded} of {measures:measure/measures} {funded:|is/are} funded only because rules or locks ask for "
        "it.",
        "没有差距需要补齐：计入的各赛道在计入的每个要素上均已达到或超过目标。{measures} 项措施中有 {funded} "
        "项仅因约束条件或“必须安排”的要求而安排。",
    ),
    "answer.next": (
        "The next step takes {amount} more of {resource} (budget: {budget}): it brings {gain}; less than that "
        "more brings nothing.",
        "再进一步需将{resource}预算（现为 {budget}）增加 {amount}，可带来{gain}；增加不足此数则无成效。",
    ),
    "answer.spare": (
        "{amount} of {resource} can go without loss.",
        "{resource}可减少 {amount} 而不影响成效。",
    ),
    "answer.next_unknown": (
        "What more of a budget would bring is not known: it takes longer than the time limit, the "
        "plan may not be the best, or there are several weightings.",
        "增加预算能带来什么尚不清楚：求解超出时限、方案未必最优，或涉及多种权重情形。",
    ),
    "step.next": (
        "{amount} more: {gain}",
        "增加 {amount}：{gain}",
    ),
    "step.spare": (
        "{amount} can go, beyond that {loss}",
        "可减少 {amount}，再减则 {loss}",
    ),
    "step.spare_end": (
        "{amount} can go without loss",
        "可减少 {amount} 而不影响成效",
    ),
    "step.spare_least": (
        "{amount} or more can go without loss",
        "可减少 {amount} 或更多而不影响成效",
    ),
    "step.none": ("nothing changes by a jump", "没有跃变"),
    "step.unknown": ("not known", "未知"),
    "answer.worst_view": (
        "Whichever of {views:weighting/weightings} is right, the plan closes at least {least:.1%} of what "
        "could be closed for it (worst: {view}), and loses at most {regret:.1%} of the weighted gap.",
        "在 {views} 种权重情形中无论采用哪种，方案至少达到该情形最优成效的 {least:.1%}（最不利：{view}），"
        "补齐率至多比最优低 {regret:.1%}。",
    ),
    "answer.until": (", as long as the budget stays below {to}.", "；预算超过 {to} 后成效递减。"),
    "answer.also": (
        "Also used up: {others}.",
        "{others}也已用满。",
    ),
    "answer.timed": (
        "Prices and losses count early gaps more: a gap that closes a period later counts {discount:g}; what "
        "closes is told as it is at the end.",
        "增投成效与损失按价值计：晚一期补齐按 {discount:g} 折算；补齐率为期末实际值，不折算。",
    ),
    "reason.no_gap": (
        "it has little gap to close",
        "需要补齐的差距很小",
    ),
    "reason.no_weight": ("the stance gives its gap no weight", "按资金取向，其差距的权重为零"),
    "reason.unserved": ("no measure that may be used works on its gap", "没有可用的措施针对其差距"),
    "reason.closed": (
        "its gap closes for little",
        "以少量投入即可补齐差距",
    ),
    "reason.dear": (
        "measures there are dear for what they close",
        "该赛道的措施投入产出偏低",
    ),
    "reason.capped": (
        "what pays there runs at its largest level",
        "成效较好的措施已达力度上限",
    ),
    "reason.displaced": (
        "the same means close more elsewhere",
        "同等投入用于其他赛道成效更高",
    ),
    "reason.large_gap": ("its gap is large", "差距大"),
    "reason.cheap": (
        "measures there are cheap for what they close",
        "该赛道的措施投入产出较高",
    ),
    "stop": (".", "。"),
    "answer.assumed": (
        "{share:.0%} of this result rests on assumptions ({inputs}).",
        "需要说明：该结果的 {share:.0%} 依赖示例假设（{inputs}），正式决策前须以实测数据替换。",
    ),
    "answer.nothing_assumed": (
        "Nothing in this result is marked as an assumption.",
        "该结果所用数据均未标为假设。",
    ),
    "list": (", ", "、"),
    "or": (" or ", "或"),
    "input.scores": ("scores", "得分"),
    "input.weights": ("weights", "权重"),
    "input.effects": ("effects", "效果"),
    "input.scales": ("what grades of effects close", "效果等级的取值"),
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
        "校验：方案满足全部预算与约束条件（最大偏差 {violation:.1e}）；经独立复核，与最优上界相差 {gap:.1e}。",
    ),
    "certificate.tree": (
        "That no plan of whole units is better does not rest on the solver: {nodes:branch/branches} with a bound each, "
        "checked in whole numbers, leave none out.",
        "不存在更好的整数方案，此结论不依赖求解器：{nodes} 个分支各有上界，以整数逐一核对，无一遗漏。",
    ),
    "certificate.within_gap": (
        "The plan is within the gap that was asked for ({asked:.4%}): the best possible may be better by up to "
        "{gap:.4%}.",
        "方案在所要求的差距（{asked:.4%}）之内：最优方案至多再好 {gap:.4%}。",
    ),
    "certificate.within_tree": (
        "That none is better by more does not rest on the solver: {nodes:branch/branches} with a bound each, checked "
        "in whole numbers, leave none out.",
        "不存在好出此数的整数方案，此结论不依赖求解器：{nodes} 个分支各有上界，以整数逐一核对，无一遗漏。",
    ),
    "certificate.blocks": (
        "How much better a plan of whole units could be does not rest on the solver: at prices of what tracks share "
        "the best of each track is bounded by branches, {nodes:branch/branches} in all, checked in whole numbers.",
        "整数方案至多还能好多少，此结论不依赖求解器：按各赛道共用资源的价格，每个赛道的最优值都由分支给出上界，"
        "共 {nodes} 个分支，以整数逐一核对。",
    ),
    "certificate.solver": (
        "That no plan of whole units is better is the solver's word: the tree of branches that proves it is too "
        "large to grow each time (--certify exact takes longer over it).",
        "不存在更好的整数方案，此结论来自求解器：证明它的分支树过大，不便每次展开"
        "（--certify exact 会花更多时间证明）。",
    ),
    "certificate.case": (
        "Counted again from the case's tables, in exact fractions, by a second reader: {checked:figure or "
        "limit/figures and limits}, none off by more than {largest_difference:.0e}.",
        "另由独立程序按案例各表以精确分数重新计算：核对 {checked:,} 个数值与限制，相差均不超过 "
        "{largest_difference:.0e}。",
    ),
    "disproved": (
        "No plan is given: counted again from the case's tables it does not hold "
        "({number:difference/differences}). This is a fault of saidao, not of the case; please report it "
        "with the case.",
        "未给出方案：按案例各表重新计算，方案不成立（{number} 处不符）。这是 saidao 的错误，不是案例的错误，"
        "请附上案例报告。",
    ),
    "disagreement": (
        "{where}: {shown:.10g} is shown, the tables give {exact:.10g}",
        "{where}：所示为 {shown:.10g}，按各表应为 {exact:.10g}",
    ),
    "exact.case.optimal": (
        "The case's own program, stated once more from its tables, is proven in exact fractions: no plan is "
        "better, and {prices:price/prices} on either side of a budget or rule {prices:|is its exact rate/are "
        "exact rates}.",
        "按案例各表另行列出规划，以精确分数证明：不存在更好的方案，预算与约束条件两侧的 {prices} 个影子价格均精确。",
    ),
    "exact.case.underway": (
        "The case's own program of what is left to choose, stated once more from its tables, is proven in exact "
        "fractions: no plan does better what was asked of this one.",
        "按案例各表另行列出余下可选部分的规划，以精确分数证明：就所问目标而言，不存在更好的方案。",
    ),
    "exact.case.not_optimal": (
        "The case's own program, stated once more from its tables, has no better plan that was found; "
        "fractions do not prove it.",
        "按案例各表另行列出的规划：未发现更好的方案，但精确分数未能证明。",
    ),
    "exact.case.no_optimum": (
        "That no plan of the case is better is not proven from its tables: the solver found no optimum of the program "
        "that was stated from them once more.",
        "未从案例各表证明不存在更好的方案：对按各表另行列出的规划，求解器未找到最优解。",
    ),
    "exact.case.too_large": (
        "That no plan of the case is better is not proven from its tables: the tree of branches that would prove it is "
        "too large.",
        "未从案例各表证明不存在更好的方案：证明所需的分支树过大。",
    ),
    "exact.case.stopped": (
        "That no plan of the case is better is not proven from its tables: the time limit came first.",
        "未从案例各表证明不存在更好的方案：时限已到。",
    ),
    "exact.case.views": (
        "That no plan of the case is better is not proven from its tables: under one of the weights the method gives "
        "no scores.",
        "未从案例各表证明不存在更好的方案：在其中一组权重下，评价方法没有得分。",
    ),
    "exact.case.own": (
        "That no plan of the case is better is not proven from its tables: a constraint of your own speaks of "
        "something that the tables do not hold.",
        "未从案例各表证明不存在更好的方案：自定约束条件涉及各表没有的内容。",
    ),
    "exact.case.branches": (
        "The case's own program, stated once more from its tables, is proven in exact fractions by a tree of branches: "
        "no plan is better by more than a billionth.",
        "按案例各表另行列出规划，以精确分数和分支树证明：任何方案至多再好十亿分之一。",
    ),
    "exact.case.branches_within": (
        "The case's own program, stated once more from its tables, is proven in exact fractions by a tree of branches: "
        "no plan is better by more than {gap:.4%}.",
        "按案例各表另行列出规划，以精确分数和分支树证明：任何方案至多再好 {gap:.4%}。",
    ),
    "exact.optimal": (
        "Proof in exact fractions, without the solver: feasible, and no plan is better by anything at all.",
        "以精确分数证明（不依赖求解器）：方案可行，且不存在更好的方案。",
    ),
    "exact.whole": (
        "Proof in whole numbers and exact fractions, without the solver: feasible, and no plan of whole units is "
        "better by more than {gap:.1e}.",
        "以整数与精确分数证明（不依赖求解器）：方案可行，任何整数方案至多再好 {gap:.1e}。",
    ),
    "exact.too_large": (
        "Proof in exact fractions, without the solver: feasible. The tree that would prove the bound is too large; the "
        "bound, {gap:.1e} off, is the solver's.",
        "以精确分数证明（不依赖求解器）：方案可行。证明上界的分支树过大，整数部分的上界来自求解器，相差 {gap:.1e}。",
    ),
    "exact.stopped": (
        "Proof in exact fractions, without the solver: feasible. The time limit came before the bound was proven; the "
        "bound, {gap:.1e} off, is the solver's.",
        "以精确分数证明（不依赖求解器）：方案可行。时限已到，上界尚未证明，整数部分的上界来自求解器，相差 {gap:.1e}。",
    ),
    "exact.not_optimal": (
        "In exact fractions, without the solver: feasible, and no plan is better by more than {gap:.1e}.",
        "以精确分数验证（不依赖求解器）：方案可行，任何方案至多再好 {gap:.1e}。",
    ),
    "exact.infeasible": (
        "In exact fractions the plan breaks a limit by a rounding error: see the largest violation above.",
        "按精确分数，方案因舍入误差略微超出某项限制：见上文最大偏差。",
    ),
    "exact.another_plan": (
        "Exact fractions prove another plan than this one: it is not certified.",
        "精确分数所证明的并非本方案，本方案未获证明。",
    ),
    "settings.score_period": (
        " The scores are those of {period}; those of the other periods ({number} in all) count in "
        "`saidao rank --years`.",
        "得分取自 {period}；共有 {number} 个时期的得分，其余用于 `saidao rank --years`。",
    ),
    "settings.budgets": (" Budgets: {told}.", "预算：{told}。"),
    "settings.lock": (" Locked: {told}.", "必须安排：{told}。"),
    "settings.forbid": (" Forbidden: {told}.", "不予安排：{told}。"),
    "settings.region": (" Weights: {told}.", "权重：{told}。"),
    "settings": (
        "Settings: weights {weights}, method {method}, stance {stance}, objective {objective}, ticks {ticks} "
        "(level {tick_level:g}).",
        "设置：赋权方法为{weights}，排序方法为{method}，资金取向为{stance}，规划目标为{objective}，"
        "打勾表示{ticks}（相当于目标的 {tick_level:g}）。",
    ),
    "answer.worst_track": (
        "Every track with a gap gets at least {worst:.1%} of it closed: no plan does better by the worst one.",
        "每条有差距的赛道至少补齐 {worst:.1%}：没有方案能使最弱赛道补齐更多。",
    ),
    "answer.reached": (
        "{share:.0%} of the weighted gap can be closed with {spend}: fund {funded} of "
        "{measures:measure/measures}, in {places:place/places}.",
        "使短板补齐率达到 {share:.0%} 需投入{spend}：建议从 {measures} 项备选措施中安排 {funded} 项，落实到 "
        "{places} 个对象。",
    ),
    "answer.spend": (
        "{amount} ({share:.0%} of the budget)",
        "{amount}（预算的 {share:.0%}）",
    ),
    "amount_of": (
        "{amount} of {resource}",
        "{resource} {amount}",
    ),
    "answer.assumed_all": (
        "Every number behind this result is an assumption ({inputs}).",
        "需要说明：{inputs}均为示例假设，正式决策前须以实测数据替换。",
    ),
    "answer.assumed_but": (
        "Every number behind this result except the {firm} is an assumption ({inputs}).",
        "需要说明：除{firm}有据可查外，{inputs}均为示例假设，正式决策前须以实测数据替换。",
    ),
    "answer.assumed_firm": (
        "{share:.0%} of this result rests on assumptions ({inputs}); the {firm} are none.",
        "需要说明：除{firm}有据可查外，该结果的 {share:.0%} 依赖示例假设（{inputs}），正式决策前须以实测数据替换。",
    ),
    "infeasible_reach": (
        "Closing {asked} of the weighted gap is out of reach: with these budgets and rules at most {most} "
        "closes. Ask for `--objective reach={share}`, or raise a budget.",
        "短板补齐率无法达到 {asked}：在现有预算与约束条件下至多为 {most}。请改为 `--objective "
        "reach={share}`，或增加预算。",
    ),
    "worth.points": (
        "{points} percentage points",
        "{points} 个百分点",
    ),
    "rule.named": ("{name}: {said}", "{name}：{said}"),
    "rule.cap": ("At most {amount} of {of} goes to {group}", "{group}的{of}合计不超过 {amount}"),
    "rule.floor": ("At least {amount} of {of} goes to {group}", "{group}的{of}合计不低于 {amount}"),
    "rule.cap.share": (
        "At most {amount} of the budget of {of} goes to {group}",
        "{group}的{of}合计不超过{of}预算的 {amount}",
    ),
    "rule.floor.share": (
        "At least {amount} of the budget of {of} goes to {group}",
        "{group}的{of}合计不低于{of}预算的 {amount}",
    ),
    "rule.cap.closed": (
        "At most {amount} gap units of {group} close",
        "{group}补齐的差距合计不超过 {amount} 个差距单位",
    ),
    "rule.floor.closed": (
        "At least {amount} gap units of {group} close",
        "{group}补齐的差距合计不低于 {amount} 个差距单位",
    ),
    "rule.cap.gap": ("At most {amount} of the gap of {group} closes", "{group}的差距至多补齐 {amount}"),
    "rule.floor.gap": ("At least {amount} of the gap of {group} closes", "{group}的差距至少补齐 {amount}"),
    "rule.in_period": ("{said}, in {period}", "{period}{said}"),
    "rule.by_period": ("{said}, by {period}", "截至 {period}，{said}"),
    "rule.requires": (
        "No {measure} without {of}, at no less intensity",
        "安排{measure}须先安排{of}，且力度不超过后者",
    ),
    "rule.requires.ratio": (
        "No {measure} without {of}: at most {ratio} times its intensity",
        "安排{measure}须先安排{of}，且力度不超过后者的 {ratio} 倍",
    ),
    "rule.requires.whole": ("No {measure} without {of}", "安排{measure}须先安排{of}"),
    "rule.excludes": ("At most one of {measures} is funded{place}", "{measures}{place}至多安排一项"),
    "rule.one_of": ("Exactly one of {measures} is funded{place}", "{measures}{place}恰好安排一项"),
    "rule.each_place": (" at each place", "在同一对象"),
    "rule.list.and": ("{first} and {last}", "{first}、{last}"),
    "rule.list.or": ("{first} or {last}", "{first}或{last}"),
    "rule.over.track": ("{name}", "{name}"),
    "rule.over.type": ("{name} tracks", "{name}赛道"),
    "rule.over.factor": ("the factor {name}", "“{name}”要素"),
    "rule.over.dimension": ("measures of {name}", "{name}类措施"),
    "rule.over.stage": ("measures of the stage {name}", "“{name}”赛段的措施"),
    "rule.over.measure": ("{name}", "“{name}”"),
    "rule.all": ("all measures", "全部措施"),
    "rule.all_tracks": ("all tracks", "全部赛道"),
}
