"""What the questions answer, verb by verb."""

from __future__ import annotations

QUESTIONS: dict[str, tuple[str, str]] = {
    # --- explain
    "explain.nothing": (
        "No measure has an effect on any gap, so none is funded and there is nothing to explain.",
        "没有一项措施对短板有效果，故均不安排，无可解释。",
    ),
    "aim.saving": (
        "{objective} (least of {saved} first)",
        "{objective}（优先节省{saved}）",
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
    "why.lost_alone": ("Without it the plan loses {loss}.", "取消它，方案将损失{loss}。"),
    "why.lost": (
        "Without it the plan loses {loss}, even after its means have gone elsewhere: {changes}.",
        "取消它，方案将损失{loss}（已计入其资源改投后的成效：{changes}）。",
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
        "在成效最好的{target}，每单位力度可贡献{brings}，而同样的资源投向其他措施可贡献{takes}：尚差{short}。",
    ),
    "why.margin_limits": (
        "Where it pays best ({target}) a unit of intensity closes {brings}, but its means close {takes} "
        "elsewhere, and the room that it takes under caps is worth {limits}: that is {short} short of paying.",
        "在成效最好的{target}，每单位力度可贡献{brings}，而同样的资源投向其他措施可贡献{takes}，"
        "所占上限额度另值{limits}：尚差{short}。",
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
    "compare.name.ranking": (
        "{method} with {weights} weights",
        "{weights}配{method}",
    ),
    "compare.more": (
        "{ranking} and {more} more",
        "{ranking} 及另外 {more} 种",
    ),
    "compare.moves": (
        "{track} moves between rank {best} ({best_at}) and {worst} ({worst_at}).",
        "{track}的排名在第 {best}（{best_at}）与第 {worst}（{worst_at}）之间变动。",
    ),
    "compare.move": (
        "{track} move between rank {best} ({best_at}) and {worst} ({worst_at}).",
        "{track}的排名均在第 {best}（{best_at}）与第 {worst}（{worst_at}）之间变动。",
    ),
    "compare.steady": ("No track moves: every ranking is the same.", "各种排序完全相同，没有赛道变动。"),
    "compare.counts": (
        "{schemes:weighting scheme/weighting schemes} and {methods:ranking method/ranking methods} give "
        "{rankings:ranking/rankings}, {different} of them different.",
        "{schemes} 种赋权方法与 {methods} 种排序方法组合成 {rankings} 种排序，其中互不相同的有 {different} 种。",
    ),
    "compare.method": (
        "The method matters more than the weights: {method:.0%} of the variance of ranks comes from the "
        "method, {weights:.0%} from the weights and {interaction:.0%} from how the two combine.",
        "排序方法的影响大于权重：排名方差的 {method:.0%} 来自排序方法，{weights:.0%} 来自权重，"
        "{interaction:.0%} 来自二者的交互。",
    ),
    "compare.weights": (
        "The weights matter more than the method: {weights:.0%} of the variance of ranks comes from the "
        "weights, {method:.0%} from the method and {interaction:.0%} from how the two combine.",
        "权重的影响大于排序方法：排名方差的 {weights:.0%} 来自权重，{method:.0%} 来自排序方法，"
        "{interaction:.0%} 来自二者的交互。",
    ),
    "compare.alike": (
        "Weights and method matter alike: {weights:.0%} of the variance of ranks comes from each, and "
        "{interaction:.0%} from how the two combine.",
        "权重与排序方法的影响相同：各占排名方差的 {weights:.0%}，另有 {interaction:.0%} 来自二者的交互。",
    ),
    "compare.neither": (
        "Neither the weights nor the method changes a rank.",
        "权重与排序方法都不改变排名。",
    ),
    "compare.few": (
        "Which choice matters more can be told from two schemes and two methods on.",
        "要判断哪种选择更重要，至少需要两种赋权方法和两种排序方法。",
    ),
    "compare.block": (
        "These shares are over {schemes} and {methods}, whose rankings are all defined.",
        "以上比例只计{schemes}与 {methods}（其排序均有定义）。",
    ),
    "compare.least": (
        "{one} and {other} agree least (Kendall tau-b {tau:.2f}).",
        "“{one}”与“{other}”最不一致（Kendall tau-b 为 {tau:.2f}）。",
    ),
    "compare.orders": (
        "{orders:consensus order is/consensus orders are} equally good; where they differ a track shows "
        "several places.",
        "同样最优的共识排序（Kemeny）共 {orders} 种；赛道在其中排名不一时列出其范围。",
    ),
    "compare.left_out": (
        "{rankings:ranking/rankings} of {tracks:,} tracks: data hold the first {first} places of each, and Kendall's "
        "tau-b only. Up to {most:,} ranks in all they hold everything: name fewer schemes (`--weights`) or methods "
        "(`--method`).",
        "{rankings} 种排序、{tracks:,} 条赛道：数据仅列出各排序的前 {first} 名及 Kendall tau-b。"
        "排名总数不超过 {most:,} 时全部列出：请减少赋权方法（`--weights`）或排序方法（`--method`）。",
    ),
    # --- acceptability
    "accept.core": (
        "{core:measure is/measures are} funded under {done:|the one sampled weighting/all {done:,} sampled weightings} "
        "({names}), {never} under none; {between:depends/depend} on the weights.",
        "在全部 {done:,} 组抽样权重下都安排的措施有 {core} 项（{names}），从不安排的 {never} 项；另有 "
        "{between} 项取决于权重。",
    ),
    "accept.weakest": (
        "Of what the plan funds, {name} ({measure}) depends on the weights most: it is funded under "
        "{share:.1%} of them (± {error:.1%}).",
        "方案所安排的措施中，{name}（{measure}）最依赖权重：仅在 {share:.1%} 的权重下安排（标准误 {error:.1%}）。",
    ),
    "accept.likeliest": (
        "Of what it does not fund, {name} ({measure}) comes nearest: funded under {share:.1%} of the weights "
        "(± {error:.1%}).",
        "未安排的措施中，{name}（{measure}）最接近：在 {share:.1%} 的权重下安排（标准误 {error:.1%}）。",
    ),
    "accept.plans": (
        "{done:weighting/weightings} gave {distinct:different plan/different plans}.",
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
        "在抽样的 {samples:,} 组权重中，{track}有 {share:.1%} 排名第一（标准误 {error:.1%}）。",
    ),
    "robust.other": ("{track} {share:.1%}", "{track} {share:.1%}"),
    "robust.others": (
        "Then {others}.",
        "其次为{others}。",
    ),
    "robust.central": (
        "{track} comes first where {factor} weighs more: {weight:.2f} on average, against {instead:.2f} "
        "where the leader is first.",
        "{factor}权重较高时{track}排名第一：此时该权重平均为 {weight:.2f}（领先者居首时为 {instead:.2f}）。",
    ),
    "robust.never": (
        "None of these came first in any sample (each: under {bound:.2%} of all weights, at 95%): {tracks}.",
        "以下赛道在抽样中从未排名第一（各自所占权重均不足 {bound:.2%}，置信度 95%）：{tracks}。",
    ),
    "robust.written": (
        "Ranks and pairs are listed of the {written} tracks of best expected rank only, of all {tracks:,} their "
        "expected ranks. In Python `saidao.robustness` holds all of them (`.smaa.acceptability`, `.smaa.winning`).",
        "逐排名、逐对的结果仅列出期望排名最好的 {written} 条赛道；全部 {tracks:,} 条赛道列出期望排名。"
        "完整结果见 Python 的 `saidao.robustness`（`.smaa.acceptability`、`.smaa.winning`）。",
    ),
    # --- sensitivity
    "sense.nearest": (
        "{track} ranks first; at least {distance:.1%} of all weight must move before another track ({rival}) "
        "draws level.",
        "{track}排名第一；至少转移总权重的 {distance:.1%}，才会有其他赛道（{rival}）与之持平。",
    ),
    "sense.nearest_found": (
        "{track} ranks first; the smallest change found that ends it moves {distance:.1%} of all weight: "
        "then {rival} draws level.",
        "{track}排名第一；已找到的最小变动须转移总权重的 {distance:.1%}，此时{rival}与之持平。",
    ),
    "sense.none_found": (
        "{track} ranks first; no weights were found under which another track is before it. That is a "
        "search, and no proof.",
        "{track}排名第一；未找到使其他赛道超过它的权重（搜索所得，并非证明）。",
    ),
    "sense.always_first": (
        "{track} ranks first whatever the weights.",
        "无论权重如何，{track}始终排名第一。",
    ),
    "sense.tightest": (
        "The whole ranking holds while {factor} weighs between {low:.3f} and {high:.3f} (now {weight:.3f}): "
        "no factor has less room.",
        "{factor}的权重在 {low:.3f} 至 {high:.3f} 之间（现为 {weight:.3f}）时全部排名不变，其余要素的余地均大于此。",
    ),
    "sense.reversals": (
        "{tests:test/tests} of rank reversal (a track dropped, copied, or made worse): {turned} "
        "{turned:|turns/turn} the order of others round, {firsts} {firsts:|changes/change} who is first.",
        "逆序检验 {tests} 项（删去、复制或劣化某赛道）：{turned} 项改变了其他赛道的先后次序，{firsts} 项改变了第一名。",
    ),
    "sense.no_reversal": (
        "{tests:test/tests} of rank reversal (a track dropped, copied, or made worse): none turns the order "
        "of others round.",
        "逆序检验 {tests} 项（删去、复制或劣化某赛道）：均未改变其他赛道的先后次序。",
    ),
    "sense.twice": (
        "{one} and {other} may count the same thing twice: correlation {r:.2f}, together {weight:.0%} of the weight.",
        "{one}与{other}可能重复计量：相关系数 {r:.2f}，合计权重 {weight:.0%}。",
    ),
    "sense.exact": (
        "Method: intervals and nearest weights are exact.",
        "方法说明：区间与最近权重均为精确值。",
    ),
    "sense.exact_intervals": (
        "Method: intervals are exact; the nearest weights are sought among moves between two factors, and of "
        "one factor with the others in proportion.",
        "方法说明：区间为精确值；最近权重在两个要素间的转移以及单个要素变动（其余按比例）中寻找。",
    ),
    "sense.numerical": (
        "Method: intervals are found at 200 points and by halving; the nearest weights are sought among "
        "moves between two factors, and of one factor with the others in proportion.",
        "方法说明：区间由 200 个取样点和二分法求得；最近权重在两个要素间的转移以及单个要素变动（其余按比例）中寻找。",
    ),
    "sense.left_out": (
        "Of {tracks:,} tracks: data hold the first {pairs} of the pairs that each test turns round, and their number "
        "(`turned`).",
        "共 {tracks:,} 条赛道：每项检验仅列出前 {pairs} 对次序改变的赛道，总对数见 `turned`。",
    ),
    "test.drop": ("dropped", "删去"),
    "test.copy": ("copied", "复制"),
    "test.worse": ("made worse", "劣化"),
    # --- ask
    "ask.first": (
        "Find out first {what}: now {value}; knowing it exactly would close {points:.2f} points more of the "
        "weighted gap on average.",
        "最应先核实{what}（现为 {value}）：掌握准确数值后，补齐率平均可提高 {points:.2f} 个百分点。",
    ),
    "ask.one": (
        "{what} ({points:.2f} points)",
        "{what}（{points:.2f} 个百分点）",
    ),
    "ask.firm": (
        "{firm} of the {inputs:number does/numbers do} not matter: within {firm:|its/their} error the plan stays best.",
        "{inputs} 个输入数值中有 {firm} 个无关紧要：在其误差范围内方案仍为最优。",
    ),
    "ask.nothing": (
        "None of the {inputs:number/numbers} behind the plan is worth knowing better: within their errors "
        "the plan stays best.",
        "方案所依据的 {inputs} 个数值均无需进一步核实：在误差范围内方案仍为最优。",
    ),
    "ask.spread": (
        "The errors are assumptions: {spread}.",
        "误差范围为假设：{spread}。",
    ),
    "source.paper": ("published", "文献"),
    "source.measured": ("measured", "实测"),
    "source.judgement": ("judgement", "判断"),
    "source.assumption": ("assumption", "假设"),
    # --- scenarios
    "scenario.base": ("As it is", "现状"),
    "scenario.closes": (
        "{name}: {share:.1%} of the weighted gap closes.",
        "{name}：短板补齐率 {share:.1%}。",
    ),
    "scenario.differs": (
        "{name}: {share:.1%} closes, {points:+.1f} points, because of: {causes}.",
        "{name}：短板补齐率 {share:.1%}（{points:+.1f} 个百分点），原因是：{causes}。",
    ),
    "scenario.cause": (
        "{cause} ({points:+.1f})",
        "{cause}（{points:+.1f}）",
    ),
    "scenario.more_causes": (
        ", {more} more ({points:+.1f})",
        "，另有 {more} 项（{points:+.1f}）",
    ),
    "scenario.infeasible": (
        "{name}: no plan meets every rule.",
        "{name}：没有方案能满足所有约束条件。",
    ),
    # --- winners
    "winners.plan": (
        "With {spent:,.0f} {unit}, the plan of {case} funds {projects:project/projects}: {share:.1%} of all votes "
        "({support:,.0f}).",
        "{case}的方案用 {spent:,.0f} {unit}安排 {projects} 个项目，得票占全部得票的 {share:.1%}（{support:,.0f} 票）。",
    ),
    "winners.other": (
        "{name}: {projects:project/projects} for {spent:,.0f} {unit}, {share:.1%} of all votes; {shared} are in the "
        "plan too.",
        "{name}：{projects} 个项目，{spent:,.0f} {unit}，占全部得票的 {share:.1%}；其中 {shared} 个也在方案中。",
    ),
    "winners.missing": ("Not compared: {name}. {why}", "未比较：{name}。{why}"),
    "winners.no_ballots": (
        "It needs the ballots, which the case does not have (table ballots).",
        "该规则需要逐张选票，本案例没有选票表。",
    ),
    "winners.not_published": (
        "No column 'selected' of the measures says it.",
        "措施表未记载（`selected` 列）。",
    ),
    "winners.rules": (
        "Most votes first: each project that what is left still pays for. Equal shares: every voter has the same part "
        "of the budget, raised for as long as the projects can be paid for. Both by pabutools; ties by name.",
        "得票优先：按得票从高到低，余额足够即予安排。等额份额法：每位选民份额相同，在预算允许时逐步提高。"
        "均由 pabutools 计算，同票按名称。",
    ),
    "winners.by_rule": ("{name} ({rule})", "{name}（{rule}）"),
    "selection.plan": ("The plan", "方案"),
    "selection.greedy": ("Most votes first", "得票优先"),
    "selection.equal_shares": ("Equal shares", "等额份额法"),
    "selection.published": ("Selected in truth", "实际结果"),
    # --- efficiency
    "efficiency.best": (
        "Efficient against the best of {number} tracks: {tracks}.",
        "在 {number} 个赛道中有效率的是：{tracks}。",
    ),
    "efficiency.last": (
        "{track} is the least efficient: as the best show, it could bring out as much with {share:.0%} less of all "
        "that goes in.",
        "{track}效率最低：对照最优者，各项投入均可减少 {share:.0%} 而产出不减。",
    ),
    "efficiency.slack": (
        "At 1 but with slack, so not efficient: {tracks}.",
        "效率值为 1 但仍有松弛，不算有效率：{tracks}。",
    ),
    "efficiency.measures": (
        "In: {inputs}; out: {outputs}. CCR: constant returns to scale; BCC: variable; scale = CCR / BCC; SBM counts "
        "slack; super: against the others alone. Leaving a track out changes all.",
        "投入：{inputs}；产出：{outputs}。CCR 为规模报酬不变，BCC 为可变，规模效率 = CCR / BCC；SBM 计入松弛；"
        "超效率不与自身比较。增减赛道会改变全部结果。",
    ),
    "efficiency.few": (
        "{number} tracks are few for so many columns: {least} are usual, else too many look efficient.",
        "指标较多而赛道仅 {number} 个（通常须 {least} 个以上），容易有过多赛道显得有效率。",
    ),
    "efficiency.no_sbm": ("No SBM: it divides by values, and some are 0.", "存在取值 0，SBM 无法计算。"),
    # --- infer
    "infer.decided": (
        "{statements:statement decides/statements decide} {decided} of {pairs} pairs of tracks: in these one is better "
        "under every value function that keeps what was said.",
        "{statements} 条陈述可判定 {pairs} 对赛道中的 {decided} 对：凡符合陈述的价值函数均判其一更优。",
    ),
    "infer.first": ("{track} is surely first.", "{track}必居第一。"),
    "infer.maybe": (
        "{number:track/tracks} can be first: {tracks}.",
        "{number} 个赛道可能居第一：{tracks}。",
    ),
    "infer.value": (
        "UTASTAR finds a value function that says all that was said; in the middle of them {track} is first.",
        "UTASTAR 求得完全符合陈述的价值函数；取其中心，{track}居第一。",
    ),
    "infer.error": (
        "No value function of so few pieces says all that was said (least sum of errors {error:.3f}); the nearest puts "
        "{track} first.",
        "分段较少，没有价值函数完全符合陈述（最小误差和 {error:.3f}）；最接近者以{track}为第一。",
    ),
    "infer.no_order": (
        "UTASTAR needs the tracks that were named in one order: say more of them.",
        "UTASTAR 需要所提赛道有完整次序：请补充陈述。",
    ),
    "infer.no_weights": (
        "No weights keep the statements by weighted levels alone: only value functions that bend do.",
        "仅凭加权水平没有权重能符合全部陈述：须用非线性的价值函数。",
    ),
    "infer.proof": (
        "Surely, possibly and the ends of ranks are proven by linear programs over all additive value functions that "
        "keep the statements; each end is reached by one of them.",
        "“必然”“可能”及排名的上下限由线性规划对全部符合陈述的加性价值函数证明；每一端均有价值函数可达到。",
    ),
    "infer.settled": (
        "What money is beyond dispute under all weights that keep them: `saidao settled {options}`.",
        "在符合陈述的全部权重下哪些资金确定无疑：`saidao settled {options}`。",
    ),
    "infer.settled_values": (
        "Under all value functions that keep them, of two straight pieces a factor: `saidao settled --pieces 2 "
        "{options}`.",
        "在符合陈述的全部价值函数（每个要素两段直线）下：`saidao settled --pieces 2 {options}`。",
    ),
    "infer_status.necessary": ("surely", "必然"),
    "infer_status.possible": ("possibly", "可能"),
    "infer_status.never": ("never", "不可能"),
    # --- influence
    "influence.ranks": ("ranks", "排名"),
    "influence.money": ("money", "资金"),
    "influence.of": ("{factor} ({names})", "{factor}（{names}）"),
    "influence.of.weights": ("weights", "赋权方法"),
    "influence.of.method": ("ranking method", "排序方法"),
    "influence.of.normalisation": ("normalisation", "规范化方法"),
    "influence.of.imputation": ("imputation", "填补方法"),
    "influence.of.stance": ("stance", "资金取向"),
    "influence.of.objective": ("objective", "目标"),
    "influence.never": (
        "Nothing moves the {what}: all {number} combinations give the same.",
        "全部 {number} 种组合结果相同：任何选择都不改变{what}。",
    ),
    "influence.most": (
        "Over all {number} combinations the choice of the {factor} moves {what} most.",
        "在全部 {number} 种组合中，{factor}的选择对{what}影响最大。",
    ),
    "influence.share": ("{factor} {share:.1%}", "{factor} {share:.1%}"),
    "influence.shares": (
        "Shares of the variance: {shares}; {together:.1%} only from several choices together.",
        "方差占比：{shares}；另有 {together:.1%} 仅来自多项选择的共同作用。",
    ),
    "influence.exact": (
        "Every combination was computed: the shares are exact and sum to 1.",
        "已逐一计算全部组合：占比为精确值，合计为 1。",
    ),
    "influence.left_out": (
        "Left out, as not every combination with them is defined: {names}.",
        "因部分组合无法计算而未纳入：{names}。",
    ),
    # --- gaps
    "gaps.none": ("Nothing stands in the way: every track is at its target.", "各赛道均已达到目标，没有障碍。"),
    "gaps.before": (
        "{factor_before} stands most in the way of the tracks: {share_before:.0%} of all weighted gaps.",
        "{factor_before}是各赛道的首要障碍：占全部加权差距的 {share_before:.0%}。",
    ),
    "gaps.same": (
        "{factor_before} stands most in the way of the tracks: {share_before:.0%} of all weighted gaps, and "
        "{share_after:.0%} of those that the plan leaves.",
        "{factor_before}是各赛道的首要障碍：占全部加权差距的 {share_before:.0%}，"
        "占方案实施后剩余差距的 {share_after:.0%}。",
    ),
    "gaps.other": (
        "{factor_before} stands most in the way of the tracks: {share_before:.0%} of all weighted gaps. After the plan "
        "it is {factor_after}, with {share_after:.0%} of what is left.",
        "{factor_before}是各赛道的首要障碍：占全部加权差距的 {share_before:.0%}；方案实施后变为{factor_after}，"
        "占剩余差距的 {share_after:.0%}。",
    ),
    "gaps.level": (
        "The plan raises the weighted level of the tracks from {level_before:.3f} to {level_after:.3f} on average.",
        "方案使各赛道加权水平的均值由 {level_before:.3f} 提高到 {level_after:.3f}。",
    ),
    "gaps.even_before": (
        "{track} is the most evenly developed: D = {d:.3f} ({word}), {other:.3f} by the corrected formula.",
        "{track}的发展最为协调：耦合协调度 D = {d:.3f}（{word}），按修正公式为 {other:.3f}。",
    ),
    "gaps.even_after": (
        "After the plan {track} is the most evenly developed: D = {d:.3f} ({word}), {other:.3f} by the corrected "
        "formula.",
        "方案实施后{track}的发展最为协调：耦合协调度 D = {d:.3f}（{word}），按修正公式为 {other:.3f}。",
    ),
    "gaps.zero": (
        "D is 0 for {number} of {all} tracks: one of their systems stands at 0, whatever the others do.",
        "{all} 个赛道中有 {number} 个的 D 为 0：其某一系统的水平为 0，与其余系统无关。",
    ),
    "gaps.falls": (
        "D falls though the level rises: {tracks}. Read T beside it.",
        "水平提高而 D 下降：{tracks}。请与 T 对照阅读。",
    ),
    "gaps.degree": (
        "The obstacle degree of a factor is its weight times the track's gap; shares are of the track's sum.",
        "障碍度为要素权重与赛道差距之积；占比以该赛道合计为分母。",
    ),
    "gaps.coupling": (
        "D = sqrt(C T), T the weighted level. Classic: C = n (product U)^(1/n) / sum U; corrected (Wang et al. 2021): "
        "C = sqrt([1 - mean |Ui - Uj|] [product U / max U]^(1/(n-1))). Systems: {systems}. Classes go by tenths of D, "
        "each closed below. D may fall when a system gets better.",
        "D = √(C·T)，T 为加权水平。传统公式：C = n(∏U)^(1/n)/∑U；修正公式（王淑佳等 2021）："
        "C = √([1 − |Ui − Uj| 均值]·[∏(U/maxU)]^(1/(n−1)))。系统：{systems}。"
        "等级按 D 每 0.1 划分，下限含在本级。某一系统改善时 D 也可能下降。",
    ),
    # --- sweep
    "compare.swept": (
        "{ranking}: the ranking changes at these shares of {scheme}: {shares}.",
        "{ranking}：{scheme}的份额为以下值时排名变化：{shares}。",
    ),
    "compare.swept_none": (
        "{ranking}: the ranking is the same whatever the share of {scheme}.",
        "{ranking}：{scheme}的份额无论取何值，排名都不变。",
    ),
    "sweep.money": (
        "Money moves at {number:share/shares} of {scheme} in the weights (the rest {other}): {shares}. The present "
        "plan, at {share:.0%}, stays the best from {low:.1%} to {high:.1%}.",
        "权重中{scheme}的份额（其余为{other}）经过 {number} 个值时资金改投：{shares}。现有方案（份额 {share:.0%}）"
        "在 {low:.1%} 至 {high:.1%} 之间仍为最优。",
    ),
    "sweep.one_plan": (
        "Whatever the share of {scheme} in the weights (now {share:.0%}, the rest {other}), the same plan is the best.",
        "权重中{scheme}的份额无论取何值（现为 {share:.0%}，其余为{other}），最优方案都不变。",
    ),
    "sweep.ranking": (
        "The ranking changes at {number:share/shares} of {scheme}: {shares}.",
        "{scheme}的份额经过 {number} 个值时排名变化：{shares}。",
    ),
    "sweep.one_ranking": (
        "The ranking is the same whatever the share of {scheme}.",
        "{scheme}的份额无论取何值，排名都不变。",
    ),
    "sweep.of_plan": ("{plan}: {told}", "{plan}：{told}"),
    "sweep.more": (" and more", " 等"),
    "sweep.always_first": ("{track} ranks first whatever the share.", "无论份额取何值，{track}均排名第一。"),
    "sweep.first": ("{track} from {low:.1%} to {high:.1%}", "{low:.1%} 至 {high:.1%} 为{track}"),
    "sweep.firsts": ("First by the share of {scheme}: {parts}.", "按{scheme}的份额，排名第一者：{parts}。"),
    "sweep.axis": ("share of {scheme} in the weights", "权重中{scheme}的份额"),
    "sweep.money_exact": (
        "Method: every share at which money moves is told and proven: where two plans are level no other one is worth "
        "more, and the value of the best plan is convex in the share.",
        "方法说明：资金改投的份额已全部列出并经证明：在两方案价值相等处没有更优方案，且最优价值是份额的凸函数。",
    ),
    "sweep.money_searched": (
        "Method: priorities are not linear in the share; plans are sought at 25 points and wherever two that are known "
        "are level. A plan that is best on a narrower stretch may be left out.",
        "方法说明：优先度不是份额的线性函数；方案由 25 个取样点及已知方案价值相等处求得，"
        "更窄区间内的最优方案可能未列出。",
    ),
    "sweep.ranking_exact": (
        "Shares at which the ranking changes are roots of polynomials: none is left out.",
        "排名变化的份额为多项式的根，无一遗漏。",
    ),
    "sweep.ranking_searched": (
        "Shares at which the ranking changes are found at 401 points and by halving.",
        "排名变化的份额由 401 个取样点和二分法求得。",
    ),
    "sweep.left_out": (
        "Of {tracks:,} tracks the first ranking is listed whole; of those after it, the ranks that change.",
        "共 {tracks:,} 条赛道：第一种排名列出全部排名，其后各种仅列出变动的排名。",
    ),
    # --- tipping
    "tipping.nearest": (
        "The least change of weights that moves money: {amount:.2%} of all weight from {source} to {target}. "
        "Then: {changes}.",
        "使资金改投的最小权重变动：从{source}向{target}转移总权重的 {amount:.2%}。此后：{changes}。",
    ),
    "tipping.never": (
        "No transfer of weight between two factors changes the plan.",
        "任意两个要素之间转移权重都不改变方案。",
    ),
    "tipping.factor": (
        "The plan stays the best while {factor} weighs between {low:.3f} and {high:.3f} (now {weight:.3f}): "
        "no factor has less room.",
        "{factor}的权重在 {low:.3f} 至 {high:.3f} 之间（现为 {weight:.3f}）时方案仍为最优，其余要素的余地均大于此。",
    ),
    "tipping.share": (
        "The plan stays the best while {scheme} has a share of {low:.0%} to {high:.0%} in the weights (now "
        "{share:.0%}, the rest {other}).",
        "权重中{scheme}的份额为 {low:.0%} 至 {high:.0%} 时方案仍为最优（现为 {share:.0%}，其余为{other}）。",
    ),
    "tipping.no_share": (
        "Whatever the share of {scheme} in the weights, from {low:.0%} to {high:.0%} (now {share:.0%}, the rest "
        "{other}), the plan stays the best.",
        "权重中{scheme}的份额无论取 {low:.0%} 至 {high:.0%} 中何值（现为 {share:.0%}，其余为{other}），方案都不变。",
    ),
    "tipping.judgement": (
        "A judgement of {to:.3g} instead of {judgement:.3g} on {one} against {other} already moves money. "
        "Then: {changes}.",
        "{one}相对{other}的判断由 {judgement:.3g} 变为 {to:.3g} 时，资金即改投。此后：{changes}。",
    ),
    "tipping.exact": (
        "Method: intervals of weights are exact; those of judgements are found by halving.",
        "方法说明：权重区间为精确值；判断区间由二分法求得。",
    ),
    "tipping.numerical": (
        "Method: with this stance priorities are not linear in the weights; intervals are found at 24 points "
        "and by halving.",
        "方法说明：此资金取向下优先度不是权重的线性函数；区间由 24 个取样点和二分法求得。",
    ),
    # --- compare-plans
    "plans.core": (
        "{plans:plan/plans}: {core:measure is/measures are} in all of them ({names}), {some} in some, {none} in none.",
        "共 {plans} 个方案：全部方案都安排的措施 {core} 项（{names}），部分方案安排 {some} 项，均不安排 {none} 项。",
    ),
    "plans.widest": (
        "From the plan of {one} to that of {other} {share:.0%} of the budget of {resource} goes elsewhere: "
        "no two differ more.",
        "从“{one}”方案到“{other}”方案，{resource}预算的 {share:.0%} 改投，为各方案间最大差异。",
    ),
    "plans.same": ("The plans are the same.", "各方案相同。"),
    "plans.regret": (
        "The costliest mistake: the plan of {plan}, if {scheme} is right, closes {loss:.1%} less of the "
        "weighted gap than its own plan. The safest is the plan of {safest}: it loses at most {least:.1%}.",
        "代价最大的误选：若“{scheme}”才对，“{plan}”方案的补齐率比最优低 {loss:.1%}。"
        "最稳妥的是“{safest}”方案，至多低 {least:.1%}。",
    ),
    "compare.name.weights": (
        "{weights} weights",
        "{weights}",
    ),
    "compare.name.method": (
        "{method}",
        "{method}",
    ),
    "compare.name.kemeny": ("Kemeny consensus", "Kemeny 共识排序"),
    # --- frontier, variants
    "frontier.budget": (
        "{resource}: {budget} close {closed:.1%}, half of it {half}, twice as much {twice}.",
        "{resource}：预算 {budget} 可补齐 {closed:.1%}，减半{half}，加倍{twice}。",
    ),
    "frontier.budget_enough": (
        "{resource}: {budget} close {closed:.1%}, half of it {half}, twice as much {twice}; from {enough_at} on, more "
        "of it alone closes nothing.",
        "{resource}：预算 {budget} 可补齐 {closed:.1%}，减半{half}，加倍{twice}；达到 {enough_at} 后，"
        "单独增加不再有成效。",
    ),
    "frontier.closes": ("{closed:.1%}", "为 {closed:.1%}"),
    "frontier.no_plan": ("has no plan that meets every rule", "则没有方案满足全部约束条件"),
    "frontier.equity": (
        "Lifting the worst track from {low:.1%} to {high:.1%} of its gap takes the share of all gaps that "
        "closes from {closed:.1%} to {left:.1%}.",
        "最弱赛道的补齐率从 {low:.1%} 提高到 {high:.1%}，短板补齐率相应从 {closed:.1%} 降到 {left:.1%}。",
    ),
    "sampled": (
        "With whole units the value has jumps: these are samples, not every breakpoint.",
        "含整数措施时成效有跳跃：以上为抽样点，并非全部转折点。",
    ),
    "sampled.coarse": (
        "Breakpoints lie closer than can be told apart: some are left out. Between the points the curve is above a "
        "straight line by at most {coarse:.1%} of its range.",
        "转折点过密，已略去一部分；各点之间，曲线高出直线的部分不超过其变动范围的 {coarse:.1%}。",
    ),
    "sampled.equity": (
        "With whole units these are the corners of the convex hull; there may be more efficient plans between them.",
        "含整数措施时以上为凸包顶点；其间可能还有其他有效方案。",
    ),
    "variants.found": (
        "{number:other plan loses/other plans lose} at most {within:.1%} of the best value; the first moves "
        "{moved:.1%} of the budgets.",
        "另有 {number} 个方案，成效损失不超过 {within:.1%}；第一个方案改投预算的 {moved:.1%}。",
    ),
    "variants.limited": (
        "The time was over before a further plan was found: {found} of the {asked} asked for are shown. --time-limit "
        "gives each search more.",
        "时限已到，未能找到更多方案：所要 {asked} 个中显示 {found} 个。可用 `--time-limit` 为每次搜索延长时间。",
    ),
    "variants.bracket": (
        "Method: that none moves more is not proven; any that loses no more moves at most {most:.1%} of the budgets.",
        "方法说明：尚未证明上述方案改投最多；成效损失不超过该幅度的任何方案，改投预算至多 {most:.1%}。",
    ),
    "variants.none": (
        "No other plan was found that loses at most {within:.1%} of the best value.",
        "未找到成效损失不超过 {within:.1%} 的其他方案。",
    ),
    "compare.first": (
        "{first} of {rankings:ranking/rankings} {first:|puts/put} {track} first.",
        "{rankings} 种排序中有 {first} 种将{track}排在第一。",
    ),
    "robust.best_everywhere": (
        "{track} is first whatever the weights: no other track is better on any factor.",
        "无论采用何种权重，{track}均排名第一：没有赛道在任何要素上优于它。",
    ),
    "robust.always": (
        "{track} came first in every one of {samples:,} sampled weightings; under less than {bound:.2%} of "
        "all weights does another track (at 95%).",
        "在抽样的 {samples:,} 组权重中，{track}始终排名第一；其他赛道居首的权重不足 {bound:.2%}（置信度 95%）。",
    ),
    "accept.no_core": (
        "No measure is funded under {done:|the one sampled weighting/all {done:,} sampled weightings}, {never} under "
        "none; {between:depends/depend} on the weights.",
        "没有措施在全部 {done:,} 组抽样权重下都安排，从不安排的 {never} 项；另有 {between} 项取决于权重。",
    ),
    "accept.all_differ": (
        "Every weighting gave a different plan.",
        "每组权重得到的方案各不相同。",
    ),
    "accept.bound": (
        "With {done:sample/samples} anything that was not seen may still hold for up to {bound:.2%} of the "
        "weights (at 95%).",
        "抽样 {done:,} 组，未出现的情形仍可能占权重的 {bound:.2%}（置信度 95%）。",
    ),
    "ask.next": (
        "Then: {told}.",
        "其次：{told}。",
    ),
    "plans.no_core": (
        "{plans:plan/plans}: no measure is in all of them, {some} {some:|is/are} in some, {none} in none.",
        "共 {plans} 个方案：没有措施为全部方案所安排，部分方案安排 {some} 项，均不安排 {none} 项。",
    ),
    "names.more_tracks": (
        " and {more:more track/more tracks}",
        "等，另有 {more} 条赛道",
    ),
    "names.more": (
        " and {more} more",
        "等，另有 {more} 项",
    ),
    "input_name.costs": (
        "the {resource} cost of {measure}",
        "{measure}的{resource}成本",
    ),
    "input_name.all_costs_of": (
        "all costs of {measure}",
        "{measure}的各项成本",
    ),
    "input_name.all_costs": (
        "all costs",
        "各项成本",
    ),
    "input_name.effects": (
        "the effect of {measure} on {factor}",
        "{measure}对{factor}的效果",
    ),
    "input_name.all_effects_of": (
        "all effects of {measure}",
        "{measure}的各项效果",
    ),
    "input_name.all_effects": (
        "all effects",
        "各项效果",
    ),
    "input_name.grade": (
        "what an effect graded '{grade}' closes",
        "效果等级“{grade}”的取值",
    ),
    "input_name.scores": (
        "the score of {track} on {factor}",
        "{track}的{factor}得分",
    ),
    "input_name.judgements": (
        "how much {one} weighs against {other}",
        "{one}相对{other}的重要性判断",
    ),
    "input_name.budget": (
        "the budget of {resource}",
        "{resource}预算",
    ),
    "input_name.budgets": (
        "all budgets",
        "各项预算",
    ),
    "input_name.setting": (
        "the setting '{setting}'",
        "{setting}",
    ),
    "input_name.new_row": (
        "a new row of {table} ({row})",
        "新增{table}（{row}）",
    ),
    "input_name.other": (
        "{column} of {row} ({table})",
        "{table}表 {row} 的 {column}",
    ),
    "input_name.others": (
        "{column} of all {table}",
        "{table}表的全部 {column}",
    ),
    "change_name.halved": (
        "{what} halved",
        "{what}减半",
    ),
    "change_name.times": (
        "{what} times {amount}",
        "{what}乘以 {amount}",
    ),
    "change_name.up": (
        "{what} up {amount}",
        "{what}增加 {amount}",
    ),
    "change_name.down": (
        "{what} down {amount}",
        "{what}减少 {amount}",
    ),
    "change_name.to": (
        "{what} set to {amount}",
        "{what}改为{amount}",
    ),
    "compare.each_first": (
        "Each of {track} is first in {first} of {rankings:ranking/rankings}.",
        "{rankings} 种排序中，{track}各有 {first} 次排在第一。",
    ),
    "compare.all_first": (
        "{first:|The only ranking puts/All {first} rankings put} {track} first.",
        "全部 {first} 种排序均将{track}排在第一。",
    ),
    "setting_name.lock": ("what must be funded", "必须安排的措施"),
    "setting_name.forbid": ("what is never funded", "不予安排的措施"),
    "setting_name.save": ("resource of which least is spent", "优先节省的资源"),
    "setting_name.stance": ("stance", "资金取向"),
    "setting_name.objective": ("objective", "规划目标"),
    "setting_name.weights": ("weights", "赋权方法"),
    "setting_name.method": ("ranking method", "排序方法"),
    "setting_name.ticks": ("meaning of a tick", "打勾含义"),
    "setting_name.tick_level": ("level of a tick", "打勾相当于目标的比例"),
    "setting_name.discount": ("discount", "折扣系数"),
    "setting_name.decay": ("decay", "衰减比例"),
}
