"""The year after the plan: what must move, how it is accounted for, and what is settled."""

from __future__ import annotations

REPLAN: dict[str, tuple[str, str]] = {
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
    "replan.stairs": (
        "With whole units the curve is a staircase; every step of it is shown.",
        "力度为整数时曲线呈阶梯状，已列出每一级。",
    ),
    "replan.proof": (
        "Proven by duals: of this plan's first stage {gap:.1e} is left open, of the curve {curve:.1e}.",
        "由对偶值证明：本方案第一阶段余量 {gap:.1e}，曲线余量 {curve:.1e}。",
    ),
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
