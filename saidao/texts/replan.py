"""The year after the plan: what must move, how it is accounted for, and what is settled."""

from __future__ import annotations

REPLAN: dict[str, tuple[str, str]] = {
    "replan.brief": ("Changing the approved plan: {case}", "关于调整{case}已批准方案的建议"),
    "replan.nothing": (
        "Nothing has to move: the approved plan is still the best.",
        "无需调整：已批准的方案仍为最优。",
    ),
    "replan.choices": (
        "At least {least} must move (the best value is missed by {least_lost:.3%}); {nine} gets nine tenths of what "
        "moving can bring (missed by {nine_lost:.3%}), {best} all of it. A plan made anew would move {afresh}.",
        "至少须调整 {least}（成效比最优低 {least_lost:.3%}）；调整 {nine} 可获得调整所能带来成效的九成"
        "（低 {nine_lost:.3%}），调整 {best} 即达最优。若重新编制方案则须变动 {afresh}。",
    ),
    "replan.chosen": (
        "This plan moves {moved}, in {places:place/places}; it closes {closed:.1%} of the weighted gap, {lost:.3%} "
        "less than the best.",
        "本方案调整 {moved}，涉及 {places} 处；短板补齐率 {closed:.1%}，比最优低 {lost:.3%}。",
    ),
    "replan.adjustment": (
        "The total changes from {before} to {now}: a budget adjustment (预算调整; Budget Law, sections 67 and 69: "
        "approved by the standing committee of the people's congress). Between projects {virement} goes.",
        "资金总额由 {before} 变为 {now}，属预算调整（预算法第六十七条、第六十九条：须报本级人大常委会批准）；"
        "其中项目之间调剂 {virement}。",
    ),
    "replan.virement": (
        "The total stays at {now}; {virement} goes from some projects to others: a virement (调剂; Budget Law, "
        "section 72).",
        "资金总额 {now} 不变，项目之间调剂 {virement}，属预算调剂（预算法第七十二条）。",
    ),
    "replan.none": (
        "The total stays at {now}, and none of it goes from a project to another.",
        "资金总额 {now} 不变，项目之间无调剂。",
    ),
    "replan.counted": (
        "Counted is {what}, place by place, against the approved plan: what goes from a place to another counts twice, "
        "what is cut once.",
        "变动额以{what}计，按对象与已批准方案逐一比较：由一处改投另一处计两次，削减计一次。",
    ),
    "replan.all": ("every resource as a share of its approved budget", "各项资源占其批准预算之比（合计）"),
    "replan.gone": (
        "No longer in the case, so that all of it moves: {names}.",
        "案例中已不存在、因而全部计为变动：{names}。",
    ),
    "replan.ends_only": (
        "Only both ends are exact: some levels are whole and others are not, or costs have no common divisor.",
        "仅两端为精确值：部分力度为整数、部分不是，或各项成本没有公约数。",
    ),
    "replan.coarse": (
        "The curve has too many corners to trace them all: between its points it lies above the straight line by at "
        "most {coarse:.1%} of its range. Both ends, and what moves for nine tenths, are exact.",
        "曲线转折点过多，已略去一部分：各点之间，曲线高出直线的部分不超过其变动范围的 {coarse:.1%}。"
        "两端及取得九成成效所需的调整量均为精确值。",
    ),
    "replan.stairs": (
        "With whole units the curve is a staircase; every step of it is shown.",
        "力度为整数时曲线呈阶梯状，已列出每一级。",
    ),
    "replan.proof.duals": (
        "Proven by duals: of this plan's first stage {gap:.1e} is left open, of the curve {curve:.1e}.",
        "由对偶值证明：本方案第一阶段余量 {gap:.1e}，曲线余量 {curve:.1e}。",
    ),
    "replan.proof.tree": (
        "That no plan of whole units is better at this plan's first stage does not rest on the solver: "
        "{nodes:branch/branches} with a bound each, checked in whole numbers, leave {gap:.1e} open; of the stairs the "
        "solver leaves {curve:.1e}.",
        "本方案第一阶段不存在更好的整数方案，此结论不依赖求解器：{nodes} 个分支各有上界，以整数逐一核对，"
        "余量 {gap:.1e}；阶梯由求解器给出，余量 {curve:.1e}。",
    ),
    "replan.proof.solver": (
        "That no plan of whole units is better is the solver's word: of this plan's first stage it leaves {gap:.1e} "
        "open, of the stairs {curve:.1e}.",
        "不存在更好的整数方案，此结论来自求解器：本方案第一阶段余量 {gap:.1e}，阶梯余量 {curve:.1e}。",
    ),
    # --- the page
    "tool.year": ("During the year", "执行与调整"),
    "year.title": ("The year after the plan", "方案批准之后：执行与调整"),
    "year.approved": ("Approved plan", "已批准的方案"),
    "year.own": ("as the case was opened", "案例打开时的方案"),
    "year.actuals": ("What is bound, spent and achieved so far", "已承诺、已支出与已见效的部分"),
    "year.actuals_how": (
        "A row for each measure at each place: committed and achieved as levels, spent in the unit of the budget, the "
        "date as 2027-07-31. Rows without a figure count for nothing. Budgets are those of the plan.",
        "每项措施在每个对象上一行：committed、achieved 填力度，spent 按预算单位填金额，date 如 2027-07-31；"
        "没有数字的行不计。预算以方案页上的为准。",
    ),
    "year.file": ("A file (.csv)", "文件（.csv）"),
    "year.pasted": ("or pasted from a workbook", "或从工作簿粘贴"),
    "year.curve": ("Gap closed against the money moved, with every corner", "补齐率随调整金额的变化（含全部拐点）"),
    "year.move": ("At most this much moves (now {now})", "调整金额上限（现为 {now}）"),
    "year.plan": ("Plan again", "重新安排"),
    # --- trust
    "trust.judge": (
        "One judge of weight {share:.0%} can draw most to {name}: {most} instead of {today}.",
        "权重占 {share:.0%} 的一位专家，最多可使{name}的资金由 {today} 变为 {most}。",
    ),
    "trust.judgement": (
        "One judgement, kept consistent, can draw most to {name}: {most} instead of {today}.",
        "在保持一致性的前提下改动一个判断，最多可使{name}的资金由 {today} 变为 {most}。",
    ),
    "trust.score": (
        "One score can draw most to {name}: {most} instead of {today}.",
        "改动一个得分，最多可使{name}的资金由 {today} 变为 {most}。",
    ),
    "trust.effect": (
        "One effect, within its spread, can draw most to {name}: {most} instead of {today}.",
        "一项效果在其波动范围内，最多可使{name}的资金由 {today} 变为 {most}。",
    ),
    "trust.cost": (
        "One cost, within its spread, can draw most to {name}: {most} instead of {today}.",
        "一项成本在其波动范围内，最多可使{name}的资金由 {today} 变为 {most}。",
    ),
    "trust.budget": (
        "One budget, within its spread, can draw most to {name}: {most} instead of {today}.",
        "一项预算在其波动范围内，最多可使{name}的资金由 {today} 变为 {most}。",
    ),
    "trust.none": (
        "No judge, no judgement, score, effect, cost or budget, changed alone, can draw more to any target.",
        "单独改动任何一位专家、一个判断、一个得分、一项效果、成本或预算，都不能使任何对象的资金增加。",
    ),
    "trust.department": (
        "The department {name} can draw {most} to its measures instead of {today}, by what it tells of their effects "
        "and costs.",
        "部门“{name}”通过填报其措施的效果与成本，最多可使其措施的资金由 {today} 变为 {most}。",
    ),
    "trust.cells": (
        "One effect or cost of the target's own, or one budget, is taken over its spread (table `uncertain`): of a "
        "budget exact, of the others what is drawn for sure; the data have the bound that nothing draws beyond.",
        "对象自身的一项效果或成本、或一项预算，取遍其波动范围（表 `uncertain`）：预算为精确值，其余为必可引来的资金，"
        "数据中另列上界。",
    ),
    "trust.cells_assumed": (
        "One effect or cost of the target's own, or one budget, is taken over its spread (assumed: effects ±30%, costs "
        "±20%, budgets ±10%): of a budget exact, of the others what is drawn for sure; the data have the bound that "
        "nothing draws beyond.",
        "对象自身的一项效果或成本、或一项预算，取遍其波动范围（假设：效果 ±30%、成本 ±20%、预算 ±10%）：预算为精确值，"
        "其余为必可引来的资金，数据中另列上界。",
    ),
    "trust.how": (
        "Money of the first resource at the target, ties in its favour. Judges are consistent on 1/9 to 9; of {tried} "
        "single judgements {admitted} keep the consistency ratio at 0.1; scores range over the whole scale. The first "
        "and the last are exact.",
        "指对象自身的首要资源资金，并列时取有利于它的方案。专家判断一致且在 1/9 至 9 之间；{tried} 个单项判断中有 "
        "{admitted} 个一致性比率不超过 0.1；得分取遍整个标尺。首尾两项为精确值。",
    ),
    "head.money_today": ("today", "现状"),
    "head.judge_most": ("by one judge", "一位专家"),
    "head.judgement_most": ("by one judgement", "一个判断"),
    "head.score_most": ("by one score", "一个得分"),
    "head.effect_most": ("by one effect", "一项效果"),
    "head.cost_most": ("by one cost", "一项成本"),
    "head.budget_most": ("by one budget", "一项预算"),
    "head.department": ("department", "部门"),
    "head.department_most": ("at most", "最多"),
    "head.department_bound": ("never beyond", "不超过"),
    "head.department_told": ("told this far towards the best", "填报向好的程度"),
    "title.trust_departments": ("The most that a department draws to its measures", "各部门最多可为其措施引来的资金"),
    "sheet.trust_departments": ("Departments", "部门"),
    "head.report": ("the report that does it", "相应填报"),
    "title.trust": ("The most that one report draws to a target", "单项填报最多可引来的资金"),
    "sheet.trust": ("Trust", "信任"),
    # --- review
    "review.loss": (
        "The plan got {realised:.1%} of the weighted gap closed; with hindsight it would have been {hindsight:.1%}. "
        "Hindsight would have needed {money} less for the same.",
        "方案实际短板补齐率为 {realised:.1%}；若事先知道全部情况，可达 {hindsight:.1%}，或少用 {money} 达到同样成效。",
    ),
    "review.loss_timed": (
        "The plan got {realised:.1%} of the weighted gap closed, what closes a period later counted {discount:g}; with "
        "hindsight it would have been {hindsight:.1%}. Hindsight would have needed {money} less for the same.",
        "方案实际短板补齐率为 {realised:.1%}（晚一期补齐的按 {discount:g} 计）；若事先知道全部情况，"
        "可达 {hindsight:.1%}，或少用 {money} 达到同样成效。",
    ),
    "review.most": (
        "Most of the difference lies in {part}: {share:+.2f} points, or {money}.",
        "差距主要在于{part}：{share:+.2f} 个百分点，折合 {money}。",
    ),
    "review.learnt": (
        "What was learnt most: effects of {name} are {factor:.2f} times what was assumed ({low:.2f} to {high:.2f}).",
        "最大的新认识：{name}的效果为原假设的 {factor:.2f} 倍（{low:.2f} 至 {high:.2f}）。",
    ),
    "review.how": (
        "Divided by Shapley over all orders in which the parts could have been known: the parts sum to the whole, and "
        "one may be negative. Intervals hold 90%.",
        "按夏普利值在各种知晓次序上分摊：各部分之和等于总差距，个别部分可为负。区间为 90%。",
    ),
    "review.source": ("re-estimated from results of the year", "由当年结果重新估计"),
    "part.none": ("nothing", "均不知晓"),
    "part.weights": ("weights", "权重"),
    "part.effects": ("effects", "效果"),
    "part.costs": ("costs", "成本"),
    "part.execution": ("execution", "执行"),
    "head.part": ("part", "部分"),
    "head.known": ("known beforehand", "事先知晓"),
    "head.review_share": ("of the gap", "补齐率差距"),
    "head.review_money": ("in money", "折合资金"),
    "head.review_enough": ("enough in hindsight", "事后所需资金"),
    "head.review_factor": ("times assumed", "为假设的倍数"),
    "head.review_capped": ("gap closed: at least", "差距已补齐：至少"),
    "title.review_parts": ("The loss against hindsight, part by part", "与事后最优的差距分解"),
    "title.review_outcomes": ("What each knowledge would have got", "各种知晓情形下的成效"),
    "title.review_effects": ("Effects as they were learnt", "效果重新估计"),
    "sheet.review_parts": ("Loss", "差距"),
    "sheet.review_outcomes": ("Knowledge", "知晓情形"),
    "sheet.review_effects": ("Effects", "效果"),
    # --- uncertain
    "uncertain.fixed": (
        "The plan closes {now:.1%} of the weighted gap; with all inputs within their spread, {low:.1%} to {high:.1%}.",
        "方案短板补齐率为 {now:.1%}；各输入在其波动范围内时，介于 {low:.1%} 与 {high:.1%} 之间。",
    ),
    "uncertain.capped": (
        "The plan closes {now:.1%} of the weighted gap. A rule caps what counts as closed: how far that can be off, "
        "and protection against effects that fall short, are not told.",
        "方案短板补齐率为 {now:.1%}。有约束条件为计入的补齐量设了上限，故不给出其波动范围，"
        "也未求解防范效果不及预期的方案。",
    ),
    "uncertain.best": (
        "Planned anew each time, the best would close {low:.1%} to {high:.1%}.",
        "若每次都重新规划，最优补齐率介于 {low:.1%} 与 {high:.1%} 之间。",
    ),
    "uncertain.impossible": (
        "With all inputs at their worst no plan meets every rule: one of them would have to give way.",
        "各输入均取最不利值时，没有方案满足全部约束条件，须放宽其中之一。",
    ),
    "uncertain.overspend": (
        "With levels kept, {resource} breaks its budget in {risk:.0%} of the samples, by {most} at most.",
        "力度不变时，{resource}在 {risk:.0%} 的抽样中超出预算，最多超出 {most}。",
    ),
    "uncertain.costs": (
        "A plan that still keeps every budget when {number:measure costs/measures cost} more gives up {price:.1%}.",
        "若要求方案在 {number} 项措施涨价时仍不超预算，须放弃成效的 {price:.1%}。",
    ),
    "uncertain.costs_none": (
        "No plan keeps every budget and rule whichever {number:measure costs/measures cost} more.",
        "没有方案能在任意 {number} 项措施涨价时仍满足全部预算与约束条件。",
    ),
    "uncertain.rule": (
        "What decides most is an assumption: {name}. Then the plan closes {fixed:.1%}, a new one {replanned:.1%}.",
        "影响最大的是一项假设：若改为“{name}”，原方案补齐率为 {fixed:.1%}，重新规划为 {replanned:.1%}。",
    ),
    "uncertain.assumed": (
        "The case gives no spreads (table `uncertain`): effects ±30%, costs ±20%, budgets ±10%, ticks 0.7 to 1 and "
        "blanks 0 to 0.3 are assumed.",
        "案例未给出波动范围（表 `uncertain`）：假设效果 ±30%、成本 ±20%、预算 ±10%、打勾 0.7 至 1、未打勾 0 至 0.3。",
    ),
    "uncertain.given": (
        "The spreads are those of the case (table `uncertain`).",
        "波动范围取自案例（表 `uncertain`）。",
    ),
    "uncertain.how": (
        "Ranges of shares are exact; risks and the middle range are of {samples:sample/samples} drawn.",
        "补齐率范围为精确值；风险与中间范围来自 {samples} 次抽样。",
    ),
    "uncertain.bound": (
        "The lower end of the best plans was not found: the program is too large, or of whole units.",
        "最优方案补齐率的下限未求得：问题过大，或力度为整数。",
    ),
    "uncertain.unprotected": (
        "For the same reason no plan was sought that is protected against effects that fall short.",
        "因同样原因，未求解防范效果不及预期的方案。",
    ),
    "uncertain.unprotected_at_all": (
        "For the same reason no plan was sought that is protected against costs or effects.",
        "因同样原因，未求解防范成本上涨或效果不及预期的方案。",
    ),
    "uncertain_of.fixed": ("the plan in hand", "本方案"),
    "uncertain_of.best": ("the best plan each time", "每次重新规划"),
    "uncertain_of.sampled": ("the plan in hand, 90% of samples", "本方案，抽样的 90%"),
    "uncertain_how.exact": ("exact", "精确"),
    "uncertain_how.capped": ("not told: a rule caps what closes", "未给出：有约束条件为补齐量设上限"),
    "uncertain_how.impossible": ("no plan at its worse end", "不利端无可行方案"),
    "uncertain_how.bound": ("not known", "未知"),
    "uncertain_how.sampled": ("sampled", "抽样"),
    "head.what": ("of", "对象"),
    "head.how": ("how", "方式"),
    "head.gamma": ("measures that disappoint", "不达预期的措施数"),
    "head.risk": ("risk", "风险"),
    "head.as_planned": ("as planned", "按原方案"),
    "head.replanned": ("planned anew", "重新规划"),
    "title.uncertain_ranges": ("Closed share, within the spread of the inputs", "输入波动下的补齐率"),
    "title.uncertain_costs": ("Protection against costs, and its price", "防范成本上升及其代价"),
    "title.uncertain_effects": ("Protection against effects that fall short, and its price", "防范效果不足及其代价"),
    "title.uncertain_overspend": ("Risk of breaking a budget", "超出预算的风险"),
    "title.uncertain_rules": ("What the case assumes, turned round one by one", "逐项改变案例的假设"),
    "sheet.uncertain_ranges": ("Ranges", "范围"),
    "sheet.uncertain_costs": ("Costs", "成本"),
    "sheet.uncertain_effects": ("Effects", "效果"),
    "sheet.uncertain_overspend": ("Overspend", "超支"),
    "sheet.uncertain_rules": ("Assumptions tried", "假设检验"),
    # --- settled
    "settled.money": (
        "Under {region}, {places} of {whole} are beyond dispute: whatever the {what}, every best plan spends them "
        "place by place ({measures} measure by measure).",
        "在“{region}”范围内，{whole}中有 {places} 没有争议：无论{what}如何取值，最优方案都在相同对象上安排这些资金"
        "（按措施计为 {measures}）。",
    ),
    "settled.money_at_most": (
        "Under {region}, at most {places} of {whole} are beyond dispute: so much every plan found so far spends place "
        "by place ({measures} measure by measure).",
        "在“{region}”范围内，{whole}中至多有 {places} 没有争议：目前所见的最优方案都在相同对象上安排这些资金"
        "（按措施计为 {measures}）。",
    ),
    "settled.weights": ("weights", "权重"),
    "settled.value_functions": ("value functions", "价值函数"),
    "settled.at_level": ("{factor} up to {level:.0%}", "{factor}至 {level:.0%}"),
    "settled.within": ("weights within {share:.1%} of their own values", "各权重上下浮动 {share:.1%}"),
    "settled.counts": (
        "{always:place is/places are} funded always, {never} never, and {sometimes} depend on the {what}.",
        "{always} 处始终安排，{never} 处始终不安排，{sometimes} 处取决于{what}。",
    ),
    "settled.bracket": (
        "The region is too wide to be known whole: {sometimes:place is/places are} known to depend on the {what}; of "
        "{open} only what was found so far is told.",
        "范围过大，未能全部查明：已知 {sometimes} 处取决于{what}；其余 {open} 处仅列出目前所见。",
    ),
    "settled.ties": (
        "For {number:of these always funded/of these always funded} some {what} have another best plan, as good, "
        "without it.",
        "始终安排的对象中有 {number} 处，在个别{what}下另有同样好的方案不安排它。",
    ),
    "settled.proof": (
        "Proven for all {what} of the region: {areas:area/areas} with one best plan each, exact at all "
        "{vertices:vertex/vertices} between them. The stance is held.",
        "对范围内全部{what}均已证明：共 {areas} 个区域，各有一个最优方案，在其 {vertices} 个顶点处均精确。"
        "资金取向保持不变。",
    ),
    "settled.stopped": (
        "Stopped at {vertices:vertex/vertices}, {areas:area/areas} found: a bracket, no proof. State more to narrow "
        "it.",
        "在 {vertices} 个顶点处停止，已找到 {areas} 个区域：仅为区间估计，并非证明。请增加陈述以缩小范围。",
    ),
    "settled.drawn": (
        "Not all value functions could be looked at: the best plans of {vertices} of them, {areas:plan/plans}, "
        "are what was found, so amounts are reached, but what was not seen may still be. State more, or let fewer "
        "factors bend.",
        "未能查遍全部价值函数：已求得其中 {vertices} 个的最优方案，共 {areas} 种，所列金额均可达到，但未见者仍有可能。"
        "请增加陈述，或减少可弯曲的要素。",
    ),
    "settled.concave": (
        "Values are straight between even breaks of each level, each piece no steeper than the one before; pieces: "
        "{pieces}.",
        "价值函数在水平的等分点之间为直线，各段不陡于前段；分段数：{pieces}。",
    ),
    "settled.monotone": (
        "Values are straight between even breaks of each level and nowhere fall; pieces: {pieces}.",
        "价值函数在水平的等分点之间为直线且不下降；分段数：{pieces}。",
    ),
    "settled.always": ("always", "始终"),
    "settled.sometimes": ("sometimes", "视权重而定"),
    "settled.never": ("never", "从不"),
    "settled.open": ("open", "未定"),
    "head.always_funded": ("funded", "是否安排"),
    "head.ties_too": ("at ties too", "并列时亦然"),
    "head.tie": ("weights leave it open", "权重不能决定"),
    "head.money_least": ("money at least", "资金至少"),
    "head.weight_change": ("left out from a change of", "权重变动多少即落选"),
    "head.left_out_at": ("at these weights or values", "相应权重或取值"),
    "title.settled_places": ("Places, over the whole region", "各对象：整个范围内"),
    "title.settled_measures": ("Money of the measures, over the whole region", "各措施资金：整个范围内"),
    "title.settled_tracks": ("Money of the tracks, over the whole region", "各赛道资金：整个范围内"),
    "title.settled_dimensions": ("Money of the dimensions, over the whole region", "各维度资金：整个范围内"),
    "sheet.settled_places": ("Places", "对象"),
    "sheet.settled_measures": ("Measures", "措施"),
    "sheet.settled_tracks": ("Tracks", "赛道"),
    "sheet.settled_dimensions": ("Dimensions", "维度"),
    "choice.least": ("the least that must move", "最少须调整"),
    "choice.nine_tenths": ("nine tenths of what moving brings", "获得调整成效的九成"),
    "choice.best": ("the most value", "成效最优"),
    "choice.chosen": ("this plan", "本方案"),
    "head.choice": ("choice", "选择"),
    "head.money_moved": ("moves", "变动额"),
    "head.lost_share": ("less than the best", "比最优低"),
    "head.approved": ("approved", "已批准"),
    "head.now": ("now", "现安排"),
    "head.money_change": ("change", "增减"),
    "head.committed": ("committed", "已承诺"),
    "head.achieved": ("achieved", "已见效"),
    "head.spent": ("spent", "已支出"),
    "head.spent_share": ("of the money", "支出进度"),
    "head.time_share": ("of the time", "时间进度"),
    "head.forecast": ("forecast", "预计全年"),
    "head.off_share": ("off", "少补齐"),
    "head.approved_budget": ("approved", "批准预算"),
    "title.replan_choices": ("How much to move, and what it costs", "调整多少、成效差多少"),
    "title.replan_moves": ("What moves", "变动明细"),
    "title.replan_curve": ("Every choice between least change and most value", "变动最少与成效最优之间的各选择"),
    "title.replan_resources": ("Budgets, approved and now", "预算：批准与现行"),
    "title.replan_progress": ("How far the approved plan is", "已批准方案的执行进度"),
    "sheet.replan_choices": ("Choices", "选择"),
    "sheet.replan_moves": ("Moves", "变动"),
    "sheet.replan_curve": ("Curve", "曲线"),
    "sheet.replan_progress": ("Progress", "进度"),
}
