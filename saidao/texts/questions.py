"""What the questions answer, verb by verb."""

from __future__ import annotations

QUESTIONS: dict[str, tuple[str, str]] = {
    # --- explain
    "worth.weighted": (
        "{value} of the weighted gap",
        "{value} 个百分点的补齐率",
    ),
    "worth.maxmin": (
        "{value} of the worst track's gap",
        "最弱赛道 {value} 个百分点的补齐率",
    ),
    "aim.saving": (
        "{objective} (least of {saved} first)",
        "{objective}（优先节省{saved}）",
    ),
    "worth.robust": (
        "{value} of what the worst weighting could have at best",
        "最不利权重情形 {value} 个百分点的达成率",
    ),
    "worth.regret": (
        "{value} gap units",
        "{value} 个差距单位",
    ),
    "worth.reach": (
        "{value} of {saved}",
        "{saved} {value}",
    ),
    "why.measure": ("{name} ({measure})", "{name}（{measure}）"),
    "why.place": ("{measure} at {target}", "{target}的{measure}"),
    "why.city": ("the whole city", "全市"),
    "why.no_cost": (
        "nothing",
        "零成本",
    ),
    "why.and": ("; ", "；"),
    "why.or": (", or ", "，或"),
    "why.more": (
        "; and {more:smaller change/smaller changes}",
        "；另有 {more} 项较小变动",
    ),
    "why.change": (
        "{place} {level:+.4g} in intensity",
        "{place}力度 {level:+.4g}",
    ),
    "why.funded": (
        "{name} is funded: total intensity {level:.4g}, in {places:place/places}. It closes {share:.2%} of the "
        "weighted gap and takes {costs}.",
        "已安排{name}：力度合计 {level:.4g}，落实到 {places} 个对象；补齐率贡献 {share:.2%}，占用{costs}。",
    ),
    "why.needed": (
        "It cannot be left out: without it no plan meets every rule.",
        "不可取消：没有它就没有方案能满足全部约束条件。",
    ),
    "why.replaceable": (
        "Without it another plan is just as good: {changes}.",
        "取消后另有同样好的方案：{changes}。",
    ),
    "why.lost_alone": (
        "Without it the plan loses {loss}.",
        "取消它将损失{loss}。",
    ),
    "why.lost": (
        "Without it the plan loses {loss}, even after its means have gone elsewhere: {changes}.",
        "取消它将损失{loss}（已计入其资源改投后的成效：{changes}）。",
    ),
    "why.not_funded": (
        "{name} is not funded.",
        "未安排{name}。",
    ),
    "why.closed": (
        "It has nothing of worth left to close: others close its gaps in full.",
        "其对应的差距已由其他措施全部补齐。",
    ),
    "why.no_gap": (
        "There is no gap where it acts: every track is at its target there already.",
        "其作用之处没有差距：各赛道均已达到目标。",
    ),
    "why.no_weight": (
        "The gaps that it closes do not count: their factors, or their tracks, have no weight.",
        "其补齐的差距不计入目标：相应要素或赛道没有权重。",
    ),
    "why.too_late": (
        "It takes effect only after the last period.",
        "它要到最后一个时期之后才见效。",
    ),
    "why.margin": (
        "Where it pays best ({target}) a unit of intensity closes {brings}, but its means close {takes} "
        "elsewhere: that is {short} short of paying.",
        "在成效最好的{target}，每单位力度可补齐{brings}，而同样的资源投向其他措施可补齐{takes}：尚差{short}。",
    ),
    "why.margin_limits": (
        "Where it pays best ({target}) a unit of intensity closes {brings}, but its means close {takes} "
        "elsewhere, and the room that it takes under caps is worth {limits}: that is {short} short of paying.",
        "在成效最好的{target}，每单位力度可补齐{brings}，而同样的资源投向其他措施可补齐{takes}，所占约束条件的额度另值{limits}：尚差{short}。",
    ),
    "why.impossible": (
        "It cannot be forced in: no plan with it meets every budget and rule.",
        "无法强制安排：安排后没有方案能满足全部预算与约束条件。",
    ),
    "why.forced": (
        "Forced in at intensity {level:.4g} it costs {loss}: {changes}.",
        "若强制以力度 {level:.4g} 安排，将损失{loss}：{changes}。",
    ),
    "why.forced_alone": (
        "Forced in at intensity {level:.4g} it costs {loss} and displaces nothing.",
        "若强制以力度 {level:.4g} 安排，将损失{loss}，不挤占其他措施。",
    ),
    "why.flip": (
        "It would be funded {ways}.",
        "以下任一条件可使其得到安排：{ways}。",
    ),
    "why.cost_cut": ("if all its costs fell by {share:.1%}", "全部成本下降 {share:.1%}"),
    "why.free": (
        "if it were free of charge",
        "完全免费",
    ),
    "why.any_cut": (
        "with any cut in its costs, however small",
        "成本稍有下降",
    ),
    "why.any_rise": (
        "with any rise in its effects, however small",
        "效果稍有提高",
    ),
    "why.any_budget": (
        "with any amount more of {resource}",
        "{resource}稍有增加",
    ),
    "why.effect_rise": ("if all its effects rose by {share:.1%}", "全部效果提高 {share:.1%}"),
    "why.budget_rise": (
        "with {more} more of {resource}",
        "{resource}增加 {more}",
    ),
    "why.no_flip": (
        "No cut in its costs and no rise in its effects alone would get it funded.",
        "仅靠降低成本或提高效果都不能使其得到安排。",
    ),
    "why.no_budget": (
        "More of {resources} alone would not get it funded.",
        "仅增加{resources}不能使其得到安排。",
    ),
    # --- compare
    "compare.name.ranking": ("{method} with {weights}", "{weights} 加 {method}"),
    "compare.more": ("{ranking} and {more} more", "{ranking} 及另外 {more} 种"),
    "compare.moves": (
        "{track} moves between rank {best} ({best_at}) and {worst} ({worst_at}).",
        "{track}的排名在第 {best}（{best_at}）与第 {worst}（{worst_at}）之间变动。",
    ),
    "compare.move": (
        "{track} move between rank {best} ({best_at}) and {worst} ({worst_at}).",
        "{track}的排名均在第 {best}（{best_at}）与第 {worst}（{worst_at}）之间变动。",
    ),
    "compare.steady": ("No track moves: every ranking is the same.", "没有赛道变动：所有排序相同。"),
    "compare.counts": (
        "Rankings: {rankings} (schemes: {schemes}, methods: {methods}); different ones among them: {different}.",
        "共 {rankings} 种排序（赋权 {schemes} 种，方法 {methods} 种），其中互不相同的有 {different} 种。",
    ),
    "compare.method": (
        "The method matters more than the weights: of the variance of ranks {method:.0%} comes from the "
        "method, {weights:.0%} from the weights and {interaction:.0%} from how the two combine.",
        "方法的影响大于赋权：排名方差的 {method:.0%} 来自方法，{weights:.0%} 来自赋权，{interaction:.0%} "
        "来自二者的交互。",
    ),
    "compare.weights": (
        "The weights matter more than the method: of the variance of ranks {weights:.0%} comes from the "
        "weights, {method:.0%} from the method and {interaction:.0%} from how the two combine.",
        "赋权的影响大于方法：排名方差的 {weights:.0%} 来自赋权，{method:.0%} 来自方法，{interaction:.0%} "
        "来自二者的交互。",
    ),
    "compare.alike": (
        "Weights and method matter alike: of the variance of ranks {weights:.0%} comes from each, and "
        "{interaction:.0%} from how the two combine.",
        "赋权与方法的影响相同：各占排名方差的 {weights:.0%}，另有 {interaction:.0%} 来自二者的交互。",
    ),
    "compare.neither": (
        "Neither the weights nor the method changes a rank.",
        "赋权与方法都不改变排名。",
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
        "同样最优的 Kemeny 排序共 {orders} 种；赛道在其中排名不一时列出其范围。",
    ),
    # --- acceptability
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
    "yes": ("yes", "是"),
    # --- robust
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
    # --- sensitivity
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
    "test.drop": ("dropped", "删去"),
    "test.copy": ("copied", "复制"),
    "test.worse": ("made worse", "劣化"),
    # --- ask
    "ask.first": (
        "Ask this next (points of the weighted gap that knowing it exactly would gain on average): {told}.",
        "下一步最值得弄清的（准确掌握后平均可多补齐的加权差距，百分点）：{told}。",
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
    "source.paper": ("paper", "论文"),
    "source.measured": ("measured", "实测"),
    "source.judgement": ("judgement", "判断"),
    "source.assumption": ("assumption", "假设"),
    # --- scenarios
    "scenario.base": ("As it is", "现状"),
    "scenario.closes": (
        "{name}: {share:.1%} of the weighted gap closes.",
        "{name}：补齐加权差距的 {share:.1%}。",
    ),
    "scenario.differs": (
        "{name}: {share:.1%} closes, {points:+.1f} points. Causes: {causes}.",
        "{name}：补齐 {share:.1%}，变动 {points:+.1f} 个百分点。原因：{causes}。",
    ),
    "scenario.cause": ("{cause} {points:+.1f}", "{cause} {points:+.1f}"),
    "scenario.more_causes": (", {more} more {points:+.1f}", "，另 {more} 项 {points:+.1f}"),
    "scenario.infeasible": ("{name}: no plan meets every rule.", "{name}：没有方案能满足所有规则。"),
    # --- tipping
    "tipping.nearest": (
        "The least change of weights that moves money: {amount:.2%} of all weight from {source} to {target}. "
        "Beyond it: {changes}.",
        "使资金改投的最小权重变动：从“{source}”向“{target}”转移总权重的 {amount:.2%}。此后：{changes}。",
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
        "The judgement that moves money first: {one} against {other}, now {judgement:.3g}, at {to:.3g}. Beyond "
        "it: {changes}.",
        "最先使资金改投的判断：“{one}”对“{other}”，现为 {judgement:.3g}，到 {to:.3g} 时。此后：{changes}。",
    ),
    "tipping.exact": (
        "Intervals of weights are exact; those of judgements are found by halving.",
        "权重区间为精确值；判断区间由二分法求得。",
    ),
    "tipping.numerical": (
        "With this stance priorities are not linear in the weights: intervals are found at 24 points and by halving.",
        "此资金取向下优先级不是权重的线性函数：区间由 24 个取样点和二分法求得。",
    ),
    "tipping.change": ("{name} ({place}) {change:+.3g}", "{name}（{place}）{change:+.3g}"),
    "tipping.more": ("{more} more", "另有 {more} 项"),
    # --- compare-plans
    "plans.core": (
        "Plans: {plans}. Measures that all of them fund: {core} ({names}); that some fund: {some}; that none funds: "
        "{none}.",
        "方案共 {plans} 个。全部方案都资助的措施：{core} 项（{names}）；部分方案资助：{some} 项；无一资助：{none} 项。",
    ),
    "plans.widest": (
        "From the plan of {one} to that of {other} {share:.0%} of the budget of {resource} moves: nowhere more.",
        "从“{one}”方案到“{other}”方案，{resource}预算的 {share:.0%} 会改投，为最大变动。",
    ),
    "plans.same": ("The plans are the same.", "各方案相同。"),
    "plans.regret": (
        "The costliest mistake: the plan of {plan}, if {scheme} is right, closes {loss:.1%} less of the "
        "weighted gap than its own plan. Of these the safest is the plan of {safest}: it loses at most "
        "{least:.1%}.",
        "代价最大的误选：若“{scheme}”才对，“{plan}”方案比其最优方案少补齐加权差距的 {loss:.1%}。"
        "其中最稳妥的是“{safest}”方案，至多少补齐 {least:.1%}。",
    ),
    "compare.name.weights": ("weights {weights}", "赋权 {weights}"),
    "compare.name.method": ("method {method}", "方法 {method}"),
    "compare.name.kemeny": ("Kemeny consensus", "Kemeny 共识排序"),
    # --- frontier, variants
    "frontier.budget": (
        "{resource}: {budget:,.6g} {unit} close {closed:.1%}, half of it {closed_half:.1%}, twice as much "
        "{closed_twice:.1%}.",
        "{resource}：{budget:,.6g} {unit}可补齐 {closed:.1%}，减半为 {closed_half:.1%}，加倍为 {closed_twice:.1%}。",
    ),
    "frontier.budget_enough": (
        "{resource}: {budget:,.6g} {unit} close {closed:.1%}, half of it {closed_half:.1%}, twice as much "
        "{closed_twice:.1%}; from {enough_at:,.6g} {unit} on, more of it alone closes nothing.",
        "{resource}：{budget:,.6g} {unit}可补齐 {closed:.1%}，减半为 {closed_half:.1%}，加倍为 {closed_twice:.1%}；"
        "达到 {enough_at:,.6g} {unit}后，单独增加不再有成效。",
    ),
    "frontier.equity": (
        "Lifting the worst track from {low:.1%} to {high:.1%} of its gap takes the share of all gaps that closes "
        "from {closed:.1%} to {left:.1%}.",
        "最弱赛道的补齐率从 {low:.1%} 提高到 {high:.1%}，加权差距的补齐率相应从 {closed:.1%} 降到 {left:.1%}。",
    ),
    "sampled": (
        "With whole units the value has jumps: these are samples, not every breakpoint.",
        "含整数措施时曲线有跳跃：以上为抽样点，并非全部转折点。",
    ),
    "sampled.equity": (
        "With whole units these are the corners of the convex hull; there may be more efficient plans between them.",
        "含整数措施时以上为凸包顶点；其间可能还有其他有效方案。",
    ),
    "variants.found": (
        "{number} other plans lose at most {within:.1%} of the best value; the first moves {moved:.1%} of the budgets.",
        "另有 {number} 个方案，目标值损失不超过 {within:.1%}；第一个方案调动预算的 {moved:.1%}。",
    ),
    "variants.none": (
        "No other plan was found that loses at most {within:.1%} of the best value.",
        "未找到目标值损失不超过 {within:.1%} 的其他方案。",
    ),
}
