"""The first screen and the brief: where the money goes, what a little more would bring, how firm it is.

Figures that stand out are between ``[[`` and ``]]``.
"""

from __future__ import annotations

BRIEFING: dict[str, tuple[str, str]] = {
    # --- the answer
    "lead.weighted": (
        "Put [[{money}]] into [[{measures:measure/measures}]] for [[{tracks:track/tracks}]]: [[{share:.1%}]] of the "
        "gap closes.",
        "建议把 [[{money}]] 投向 [[{tracks} 条赛道]]的 [[{measures} 项措施]]，短板可补齐 [[{share:.1%}]]。",
    ),
    "lead.without_money": (
        "Without money, [[{measures:measure/measures}]] for [[{tracks:track/tracks}]] close [[{share:.1%}]] of the "
        "gap.",
        "不花钱，[[{tracks} 条赛道]]的 [[{measures} 项措施]]可补齐短板的 [[{share:.1%}]]。",
    ),
    "lead.reach": (
        "To close [[{share:.1%}]] of the gap takes [[{money}]], for [[{measures:measure/measures}]] in "
        "[[{tracks:track/tracks}]].",
        "补齐 [[{share:.1%}]] 最少要 [[{money}]]，投向 [[{tracks} 条赛道]]的 [[{measures} 项措施]]。",
    ),
    "lead.range": (
        "With inputs anywhere within their spread: {low:.1%} to {high:.1%} (exact).",
        "输入在波动范围内：{low:.1%} 至 {high:.1%}（精确值）。",
    ),
    "lead.nothing": (
        "[[No money]] is needed: every track that counts meets every condition that counts.",
        "[[不需要安排资金]]：计入的各赛道在计入的要素上均已达标。",
    ),
    "lead.rules": (
        "[[No money]] is needed to close a gap; rules and locks put [[{money}]] into "
        "[[{measures:measure/measures}]] all the same.",
        "[[不需要为补齐短板安排资金]]；按约束条件和“必须安排”的要求，仍安排 [[{measures} 项措施]]、[[{money}]]。",
    ),
    "lead.none": (
        "[[No measure]] is funded: nothing of the gap can be closed with these means.",
        "[[没有措施入选]]：以现有资源补不上任何短板。",
    ),
    "lead.worst": (
        "Even the weakest track closes [[{share:.1%}]] of its gap.",
        "最弱的赛道也补齐 [[{share:.1%}]]。",
    ),
    "lead.views": (
        "Whichever of {views:weighting/weightings} holds, at least [[{share:.1%}]] of the best possible is reached.",
        "无论 {views} 套权重中哪一套成立，至少达到最好结果的 [[{share:.1%}]]。",
    ),
    "list.and": ("{first} and {last}", "{first}和{last}"),
    "list.more": ("{first} and {number} more", "{first}和另外 {number} 项"),
    # --- the second sentence
    "lead.most": ("Most goes to {tracks}.", "最多的是{tracks}。"),
    "lead.track": ("[[{track}]] ({money})", "[[{track} {money}]]"),
    "lead.met": (
        "{tracks} {number:|gets/get} nothing: every condition is met already.",
        "{tracks}各要素已达标，不安排。",
    ),
    "lead.elsewhere": (
        "{tracks} {number:|gets/get} no money: the same means close more elsewhere.",
        "{tracks}不安排：同样的投入，放在别处补得更多。",
    ),
    "lead.shared": (
        "{tracks} {number:|gets/get} no money of {number:|its/their} own, only what serves several tracks.",
        "{tracks}不单独安排，由多条赛道共用的措施带动。",
    ),
    "lead.uncounted": (
        "{tracks} {number:|gets/get} no money: the stance gives {number:|its gap/their gaps} no weight.",
        "{tracks}不安排：按所选资金取向，其短板的权重为零。",
    ),
    "lead.unserved": (
        "{tracks} {number:|gets/get} no money: no measure that may be used works on {number:|its gap/their gaps}.",
        "{tracks}不安排：没有可用的措施针对其短板。",
    ),
    "lead.free": (
        "{tracks} {number:|is/are} served by measures that take no money.",
        "{tracks}由不花钱的措施支持。",
    ),
    # --- why a track gets no money, short
    "track.met": ("meets every condition", "各要素均已达标，不需安排"),
    "track.elsewhere": ("the same means close more elsewhere", "同样的投入，放在别处补得更多"),
    "track.uncounted": ("the stance gives its gap no weight", "按所选资金取向，其短板的权重为零"),
    "track.beyond": ("these means buy nothing that closes a gap", "以现有资源补不上任何短板"),
    "track.unserved": ("no measure that may be used works on its gap", "没有可用的措施针对其短板"),
    "track.shared": ("served by shared measures", "由多条赛道共用的措施带动"),
    "track.free": ("served by measures that take no money", "由不花钱的措施支持"),
    "track.others": ("{number:more track/more tracks}", "其余 {number} 条赛道"),
    "track.shared_money": ("Shared by several tracks", "多条赛道共用"),
    # --- resources
    "means.used_up": ("Used up.", "用完。"),
    "means.left": ("{left} left.", "还剩 {left}。"),
    "means.more": ("{step} more: [[{gain}]]", "再加 {step}，[[{gain}]]"),
    "means.more_nothing": ("{step} more brings nothing.", "再加 {step}，不多补。"),
    "means.points": ("+{points} points", "多补 {points} 个百分点"),
    "means.points_least": ("under +0.1", "多补不到 0.1 个百分点"),
    "means.unknown": ("What more of it brings is not known yet.", "再加多少能多补，尚未算出。"),
    # --- where
    "where.city": ("whole city", "全市"),
    "where.tracks": ("{number:track/tracks}", "{number} 条赛道"),
    "where.types": ("{number:type/types}", "{number} 类赛道"),
    # --- how firm
    "firm.title": ("How sure?", "稳不稳"),
    "firm.told": (
        "{always:measure stays/measures stay} under all {schemes} weightings tried; wrong weights cost at most "
        "{points} points.",
        "试过 {schemes} 套权重，{always} 项措施每次都入选；权重看错，最多少补 {points} 个百分点。",
    ),
    "firm.one": (
        "Only one weighting suits this case: how the plan depends on weights is not known.",
        "本案例只适用一套权重，无法比较方案稳不稳。",
    ),
    "firm.share": (
        "How firm this is shows best with all the money: choose to close as much as possible.",
        "要看稳不稳，请改为“短板补齐率最高”再比较。",
    ),
    "firm.late": (
        "How the plan depends on weights was not found in time.",
        "权重不同方案会怎样变，未能及时算出。",
    ),
    "late": ("Not found in time, and left out: {names}.", "未能及时算出、因而略去：{names}。"),
    "late.years": ("the spread over years", "分年安排"),
    "late.curve": ("the curve of the budget", "预算曲线"),
    "late.means": ("what a little more would bring", "多一点能多补多少"),
    "late.choices": ("other choices", "其他方案"),
    "late.half": ("the plan at half the effects", "效果减半时的方案"),
    "late.firm": ("other weights", "其他权重"),
    "late.turned": ("other assumptions", "其他假设"),
    "late.missed": ("what just missed", "差一点入选的措施"),
    "late.stances": ("other stances", "其他资金取向"),
    "years.title": ("By year", "分年"),
    "years.late": ("not found in time", "未能及时算出"),
    "years.one": ("{period} {amount}", "{period} 年 {amount}"),
    "years.one_named": ("{period} {amount}", "{period} {amount}"),
    "assumed.sample": ("sample data", "示例数据"),
    "assumed.mark": ("assumed", "含假设"),
    "assumed.inputs": ("{inputs} are assumed.", "{inputs}都是假设。"),
    "assumed.and_more": ("{inputs} and more are assumed.", "{inputs}等都是假设。"),
    "assumed.nothing": ("No number is assumed.", "没有假设的数。"),
    "assumed.some": ("{share:.0%} of the result rests on assumptions.", "结果有 {share:.0%} 建立在假设上。"),
    "assumed.replace": ("Use your own", "换成本市数据"),
    # --- the brief
    "brief.kicker": ("For decision", "供决策参考"),
    "brief.span": ("{first} to {last}", "{first}—{last} 年"),
    "brief.title.brief": ("How to spend {money} on {case}", "关于{case} {money}政策资金的安排建议"),
    "brief.title.request": ("Request for approval: {money} for {case}", "关于{case}{money}政策资金安排的请示"),
    "brief.title.memo": ("Memo: {money} for {case}", "关于{case}{money}政策资金安排的专报"),
    "brief.office": ("[office: to be filled in]", "【待填：单位】"),
    "brief.date": ("[date: to be filled in]", "【待填：日期】"),
    "brief.to": ("To: [to be filled in]", "【待填：主送机关】："),
    "brief.day": ("{day} {month} {year}", "{year} 年 {month} 月 {day} 日"),
    "brief.plan": ("plan “{name}”", "依据方案“{name}”"),
    "brief.heading": ("{number}  {text}", "{number}、{text}"),
    "brief.turned": ("If instead", "若改为"),
    "brief.turned_plan": ("This plan closes", "本方案补齐"),
    "brief.turned_best": ("The best closes", "最优补齐"),
    "brief.turned_moved": ("To be moved ({unit})", "须改投（{unit}）"),
    "brief.turned_by": (
        "Of what is assumed, {rules:rule decides/rules decide} more than any weights do (wrong ones cost at most "
        "{points} points): {names}.",
        "{rules} 项假设的影响大于权重（权重看错最多少补 {points} 个百分点）：{names}。",
    ),
    "brief.h.proposal": ("Recommendation", "建议"),
    "brief.h.tracks": ("Where the money goes", "钱投到哪里"),
    "brief.h.years": ("By dimension and year", "分维度、分年安排"),
    "brief.h.dimensions": ("By dimension", "分维度安排"),
    "brief.h.by_year": ("By year", "分年安排"),
    "brief.no_dimension": ("Other", "其他"),
    "brief.h.amount": ("Why this amount", "为什么是这个数"),
    "brief.h.choices": ("Other choices", "其他选择"),
    "brief.h.risks": ("How sure, and what could go wrong", "把握与风险"),
    "brief.h.decide": ("To be decided", "请定"),
    "brief.h.matter": ("The matter", "事由"),
    "brief.h.scheme": ("What is proposed, and how much", "方案与金额"),
    "brief.h.basis": ("What it rests on", "依据与可靠性"),
    "brief.h.ask": ("What is asked for", "请求事项"),
    "brief.h.state": ("The state of things", "情况"),
    "brief.h.problems": ("What limits it", "问题"),
    "brief.h.advice": ("What is advised", "建议"),
    "brief.of": ("{amount} of {name}", "{amount}{name}"),
    "brief.proposal": (
        "With {budgets}, fund [[{funded} of {measures:proposed measure/proposed measures}]] in "
        "[[{tracks:track/tracks}]]. They close [[{share:.1%}]] of the gap of the tracks, weighted by importance.",
        "在 {budgets}的约束下，建议从 {measures} 项备选措施中安排 [[{funded} 项]]，投向 [[{tracks} 条赛道]]，"
        "预计补齐各赛道短板（按权重计）的 [[{share:.1%}]]。",
    ),
    "brief.proposal_reach": (
        "To close [[{share:.1%}]] of the gap of the tracks, weighted by importance, takes {spend}: fund "
        "[[{funded} of {measures:proposed measure/proposed measures}]] in [[{tracks:track/tracks}]]. No plan that "
        "closes as much takes less {saved}.",
        "补齐各赛道短板（按权重计）的 [[{share:.1%}]]，需 {spend}：建议从 {measures} 项备选措施中安排 "
        "[[{funded} 项]]，投向 [[{tracks} 条赛道]]。补齐同样多的任何方案，所需{saved}都不会更少。",
    ),
    "brief.most": (" Most money goes to {tracks}.", "资金最多的是{tracks}。"),
    "brief.track": ("{track} ({money})", "{track} {money}"),
    "brief.total": ("Total", "合计"),
    "brief.other": ("{number:other track/other tracks}", "其余 {number} 条赛道"),
    "brief.head.mainly": ("mainly for", "主要用于"),
    "brief.head.money": ("{name}, {unit}", "{name}，{unit}"),
    "brief.head.plan": ("Plan", "方案"),
    "brief.head.closed": ("Gap closed", "补齐率"),
    "brief.head.points": ("Points", "相差 点"),
    "brief.head.measures": ("Measures", "措施 项"),
    "brief.years_note": (
        "Spread over the years {share:.1%} of the gap closes, as some measures take a year to work.",
        "分年后短板补齐率为 {share:.1%}，因部分措施需一年见效。",
    ),
    "brief.amount": ("From {now} on, {said}", "{now}处{said}"),
    "brief.less": (" At {less}, {points} points fewer close.", "减到 {less}，少补 {points} 个百分点。"),
    "brief.also": (" Also used up: {names}.", "{names}也已用完。"),
    "brief.this": ("This proposal", "建议方案"),
    "brief.choice.all_less": ("A fifth less of everything", "各项预算压减两成"),
    "brief.choice.money_less": ("A fifth less money", "只压减两成资金"),
    "brief.choice.money_more": ("A fifth more money", "只增加两成资金"),
    "brief.choice.half": ("Effects half of what is assumed", "效果只有假设的一半"),
    "brief.firm": ("[[Firm:]] {said}", "[[稳的部分：]]{said}"),
    "brief.fear": (
        "[[The main risk:]] measures that do less than assumed. At half the effect, {share:.1%} closes. Evaluate the "
        "largest first: {names} ({money}).",
        "[[最怕的事：]]措施效果达不到设想。若只有一半，补齐率为 {share:.1%}。建议先对补得最多的{names}"
        "（合计 {money}）做效果评估。",
    ),
    "brief.missed": (
        "[[Just missed:]] {name}. It is in if it costs {cut:.1%} less.",
        "[[差一点入选：]]{name}，成本降 {cut:.1%} 即可入选。",
    ),
    "brief.data": (
        "[[Data:]] {said} Replace them by measured ones before deciding.",
        "[[数据说明：]]{said}正式决策前须以实测数据替换。",
    ),
    "brief.decide.plan": ("Adopt this plan as the basis of the budget", "同意按建议方案编制预算"),
    "brief.decide.rule": ("Keep the rule: {rule}", "是否保留规则：{rule}"),
    "brief.decide.stance": (
        "Stance: {now}, or {other} ({money} would move)?",
        "资金取向采用“{now}”，还是“{other}”（{money}会改投）",
    ),
    "brief.annex": (
        "All {measures:measure/measures}, method and sources: see the annex. The plan keeps every budget and rule; an "
        "independent check proves that it is the best.",
        "全部 {measures} 项措施、测算方法与数据出处见附件。方案满足全部预算与约束条件，并已独立复核为最优。",
    ),
    "brief.annex_within": (
        "All {measures:measure/measures}, method and sources: see the annex. The plan keeps every budget and rule; no "
        "plan is better by more than {gap:.2%}.",
        "全部 {measures} 项措施、测算方法与数据出处见附件。方案满足全部预算与约束条件；任何方案至多再好 {gap:.2%}。",
    ),
    "brief.annex_open": (
        "All {measures:measure/measures}, method and sources: see the annex. The plan keeps every budget and rule; "
        "whether a better one exists was not settled in the time given.",
        "全部 {measures} 项措施、测算方法与数据出处见附件。方案满足全部预算与约束条件；限时内尚未证明为最优。",
    ),
    "brief.matter": (
        "For {case}, {money} of policy funds is to be allocated; the scheme has been "
        "worked out and is submitted for approval.",
        "为推进{case}建设，拟统筹安排政策资金{money}。经测算，现将资金安排方案及有关情况请示如下。",
    ),
    "brief.in_year": ("{money} in {period}", "{period} 年 {money}"),
    "brief.years_told": ("By year: {years}; {money} in all.", "分年安排：{years}，合计 {money}。"),
    "brief.left_out": (
        "{number:measure is/measures are} not funded, such as {names}: the same means close more elsewhere, or what "
        "they would close is closed by others.",
        "未入选措施 {number} 项（如{names}等），原因是同等投入放在别处补得更多，或其对应短板已由入选措施补齐。",
    ),
    "brief.none_possible": (
        "{number:measure is/measures are} not funded: these means buy nothing that closes a gap.",
        "未入选措施 {number} 项：以现有资源补不上任何短板。",
    ),
    "brief.none_needed": (
        "{number:measure is/measures are} not funded: no gap that counts is left to close.",
        "未入选措施 {number} 项：没有需要补齐的短板。",
    ),
    "brief.never": (" Never to be funded: {names}.", "其中不予安排：{names}。"),
    "brief.all_in": ("Every measure is funded.", "备选措施全部入选。"),
    "brief.draft": (
        "Draft: figures that are assumed must be replaced before a decision.",
        "【草稿】所列假设须在决策前以实测数据替换。",
    ),
    "brief.item": ("({number}) {text}", "（{number}）{text}"),
    "brief.attached": (
        "Annex: the report with all measures, the method and the sources.",
        "附件：测算报告（全部措施、方法与出处）",
    ),
    "brief.please": ("We ask for your decision.", "妥否，请批示。"),
    "brief.advice": (
        "({number}) {name}: {money}, {where}. Lead: [to be filled in]; by: [to be filled in].",
        "（{number}）{name}：拟安排 {money}，对象为{where}。牵头单位：【待填】；时限：【待填】。",
    ),
}
