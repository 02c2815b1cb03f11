"""What the web page says of its own."""

from __future__ import annotations

PAGE: dict[str, tuple[str, str]] = {
    # --- frame
    "app.name": ("Saidao", "赛道"),
    "app.subtitle": ("ranking tracks, allocating the budget", "赛道排序与预算配置"),
    "app.language": ("中文", "English"),
    "app.language_label": ("Read this page in Chinese", "切换为英文界面"),
    "app.skip": ("Skip to the result", "跳到结果"),
    "app.local": (
        "Everything is computed on this computer; nothing is sent anywhere.",
        "全部计算都在本机完成，不向外发送任何数据。",
    ),
    "app.at": ("The page is at {url} - end with Ctrl-C.", "页面地址：{url}（按 Ctrl-C 结束）"),
    "app.exposed": (
        "Others on the network can reach this page on {host}: there is no password. Leave --host out to keep it to "
        "this computer.",
        "网络上的其他人可通过 {host} 访问此页面，且没有密码。去掉 --host 即仅限本机使用。",
    ),
    # --- start
    "start.title": ("Start with a case", "从一个案例开始"),
    "start.what": (
        "Which industrial tracks deserve support first, and which measures should the budget buy? This page "
        "weighs what matters, ranks the tracks, finds their gaps and allocates the budget so that the "
        "largest weighted gaps close. Change any judgement or budget and see at once what follows, what "
        "limits it, and what rests on assumptions.",
        "哪些产业赛道应优先扶持？预算应投向哪些措施？本页面对要素赋权、为赛道排序、找出差距，"
        "并在预算内选择措施，使短板补齐率最高。修改任一判断或预算，即可看到结果如何变化、受什么制约、"
        "有多少依赖假设。",
    ),
    "start.shipped": ("Open a shipped case", "打开自带案例"),
    "start.shipped_note": (
        "12 tracks, 42 measures, from a published study. Its costs, effects and budgets are assumptions and marked so.",
        "取自公开研究的 12 条赛道与 42 项措施。其中成本、效果与预算均为假设，并逐一标明。",
    ),
    "start.open": ("Open {name}", "打开“{name}”"),
    "start.upload": ("Open your own case", "打开您自己的案例"),
    "start.upload_note": (
        "An Excel workbook (.xlsx) with a sheet per table, or a folder of CSV files as .zip. At most {most} MB.",
        "Excel 工作簿（.xlsx，每张表一个工作表），或由 CSV 文件夹压缩成的 .zip，不超过 {most} MB。",
    ),
    "start.file": ("File", "文件"),
    "start.upload_button": ("Upload and open", "上传并打开"),
    "start.template": ("Begin a new case", "新建案例"),
    "start.template_note": (
        "A workbook to fill in: every sheet, column and unit is explained in it.",
        "一个待填写的工作簿：其中说明了每张工作表、每一列与单位。",
    ),
    "start.template_button": ("Download the template", "下载模板"),
    "start.back": ("Back to {name}", "返回“{name}”"),
    "start.too_large": (
        "The file is larger than {most} MB. Leave out what is no table of the case.",
        "文件超过 {most} MB。请去掉与案例无关的内容。",
    ),
    "start.errors": (
        "“{name}” was not opened. To be mended: {count}",
        "未能打开“{name}”，需要修改 {count} 处：",
    ),
    "start.errors_kept": ("The case at hand stays as it was.", "当前案例保持不变。"),
    "start.whole_file": ("the file", "整个文件"),
    "head.file": ("file", "文件"),
    "head.found": ("found", "读到"),
    "head.expected": ("expected", "应为"),
    "head.remedy": ("remedy", "如何修改"),
    "start.template_label": ("Name of the city or plan", "城市或规划的名称"),
    "start.template_name": ("New case", "新案例"),
    "file.case": ("case", "案例"),
    "file.result": ("result", "结果"),
    "file.report": ("report", "报告"),
    # --- toolbar
    "tool.undo": ("Undo", "撤销"),
    "tool.redo": ("Redo", "重做"),
    "tool.reset": ("Reset all", "全部还原"),
    "tool.cases": ("Other case", "更换案例"),
    "tool.download": ("Download", "下载"),
    "tool.result.xlsx": ("Results (.xlsx)", "结果（.xlsx）"),
    "tool.report.html": ("Report (.html)", "报告（.html）"),
    "tool.case.xlsx": ("Case with these edits (.xlsx)", "含本次修改的案例（.xlsx）"),
    # --- choices
    "choose.title": ("Your choices", "您的选择"),
    "choose.budgets": ("Budgets", "预算"),
    "choose.slider": ("{name}, slider", "{name}（滑块）"),
    "choose.unit": ("{name} ({unit})", "{name}（{unit}）"),
    "choose.own": ("case: {amount}", "案例值：{amount}"),
    "choose.matters": ("What matters", "要素权重"),
    "choose.weights": ("Weights come from", "赋权方法"),
    "choose.how": ("How it is decided", "决策规则"),
    "choose.method": ("Ranking method", "排序方法"),
    "choose.stance": ("Which tracks come first", "资金取向"),
    "choose.objective": ("What the plan aims at", "规划目标"),
    "choose.save": ("Spend least of", "优先节省的资源"),
    "choose.share": ("Share of the weighted gap to close, %", "需达到的短板补齐率（%）"),
    "choose.not_here": ("not for this case", "本案例不适用"),
    "stance.even": ("all alike", "一视同仁"),
    "stance.leaders": ("leaders first", "优势赛道优先"),
    "stance.laggards": ("laggards first", "短板赛道优先"),
    "objective.reach_share": ("{told} ({share:.1%}, least of {resource})", "{told}（{share:.1%}，优先节省{resource}）"),
    # --- judgements
    "judge.title": ("Pairwise judgements", "两两比较判断"),
    "judge.of": ("Judgements: {judge}", "判断：{judge}"),
    "judge.at": ("Judgements: {judge}, below {node}", "判断：{judge}（{node}之下）"),
    "judge.how": (
        "How many times as much the row matters as the column: 1 alike, 3 somewhat, 5 clearly, 7 strongly, 9 "
        "absolutely more. The lower half follows.",
        "行要素相对列要素的重要程度：1 同等，3 稍重要，5 明显重要，7 强烈重要，9 极端重要。下半部分自动取倒数。",
    ),
    "judge.cell": ("{row} over {column}", "{row} 相对 {column}"),
    "judge.missing": ("-", "-"),
    "judge.ratio": ("Consistency ratio", "一致性比率"),
    "judge.unknown": (
        "the random index table ends below this number of criteria; donegan_dodd goes to 100",
        "随机指标表不含这么多要素；donegan_dodd 表可至 100 个要素",
    ),
    "judge.worst": (
        "Look again at {one} over {other}: {to} instead of {value} would bring the ratio to {ratio}.",
        "请复核“{one}”对“{other}”：由 {value} 改为 {to}，比率可降至 {ratio}。",
    ),
    "judge.odd": (
        "Least in line with the others: {one} over {other} ({value}; with {to} the ratio would be {ratio}).",
        "与其余判断最不相符：“{one}”对“{other}”（现为 {value}；若为 {to}，比率为 {ratio}）。",
    ),
    "judge.repair": (
        "Fewest changes that bring it below 0.1: {changes}.",
        "降到 0.1 以下的最少修改：{changes}。",
    ),
    "judge.some": (
        "These changes bring it below 0.1, perhaps fewer would: {changes}.",
        "以下修改可降到 0.1 以下（或有更少的）：{changes}。",
    ),
    "judge.apply": ("Make these changes", "采用这些修改"),
    # --- candidates
    "admit.title": ("X: candidate tracks", "X：候选赛道"),
    "admit.how": (
        "One that is admitted is ranked and funded like the others.",
        "准入后与其他赛道一样参加排序并安排资金。",
    ),
    "admit.admit": ("Admit", "准入"),
    "admit.dismiss": ("Take out", "移出"),
    "admit.admit_of": ("Admit {name}", "准入{name}"),
    "admit.dismiss_of": ("Take {name} out", "移出{name}"),
    # --- locks
    "lock.title": ("Lock or forbid measures", "必须安排与不予安排的措施"),
    "lock.measure": ("Measure", "措施"),
    "lock.where": ("Where", "实施对象"),
    "lock.everywhere": ("everywhere it applies", "所有适用对象"),
    "lock.level": ("Intensity", "实施力度"),
    "lock.lock": (
        "Lock",
        "必须安排",
    ),
    "lock.forbid": (
        "Forbid",
        "不予安排",
    ),
    "lock.free": ("Lift: {name}", "解除：{name}"),
    "lock.locked": ("{name}: locked at {level}", "必须安排：{name}（力度 {level}）"),
    "lock.forbidden": ("{name}: forbidden", "不予安排：{name}"),
    "lock.none": ("Nothing is locked or forbidden.", "尚未指定必须安排或不予安排的措施。"),
    "lock.forbid_this": (
        "Forbid {name}",
        "不予安排{name}",
    ),
    # --- results
    "result.failed": (
        "No answer from the server: what is shown is older than your last change. Is it still running?",
        "服务器没有响应：所示结果早于您最近的修改。程序是否仍在运行？",
    ),
    "result.none": ("No plan under these choices.", "在这些选择下没有可行方案。"),
    "result.rank_only": (
        "This case can be ranked, not planned: it has no resources, measures, costs and effects yet.",
        "本案例可以排序，尚不能规划：还缺少资源、措施、成本和效果。",
    ),
    "number.closed": ("of the weighted gap closed", "短板补齐率"),
    "number.spent": ("{resource} spent, of {budget} {unit}", "{resource}支出（预算 {budget} {unit}）"),
    "number.funded": (
        "of {all:measure/measures} funded, in {places:place/places}",
        "项措施已安排（共 {all} 项备选，落实到 {places} 个对象）",
    ),
    "number.delta": ("{delta:+.1f} points against the case as opened", "较案例初始方案 {delta:+.1f} 个百分点"),
    "mark.assumption": ("an assumption", "假设"),
    "mark.legend": (
        "marks a number that is an assumption. What is computed from one rests on it.",
        "表示该数为假设；由其计算的结果均依赖于它。",
    ),
    "bought.title": ("What is bought", "安排的措施"),
    "bought.where": ("where", "实施对象"),
    "bought.whole_city": ("the whole city", "全市"),
    "bought.everywhere": ("everywhere it applies ({number:place/places})", "全部适用对象（{number} 个）"),
    "bought.how": (
        "A percentage behind a place: so much of the measure in full.",
        "对象后的百分比为实施力度占其上限的比例。",
    ),
    "bought.total": ("Total", "合计"),
    "bought.none": ("Nothing is bought.", "没有安排任何措施。"),
    "bought.unfunded": ("Measures that are not funded: {number}", "未安排的措施：{number} 项"),
    "bought.closes": (
        "closes",
        "补齐",
    ),
    "tracks.title": ("Tracks before and after", "赛道：实施前后"),
    "tracks.of_gap": ("of its gap closed", "补齐率"),
    "tracks.moved_up": ("up {number}", "上升 {number} 位"),
    "tracks.moved_down": ("down {number}", "下降 {number} 位"),
    "tracks.before": (
        "rank before",
        "实施前排名",
    ),
    "tracks.after": (
        "rank after",
        "实施后排名",
    ),
    "tracks.score_before": ("score before", "实施前得分"),
    "tracks.score_after": ("score after", "实施后得分"),
    "tracks.scores": (
        "Scores by {method}; {better} is better. Equal scores share a rank.",
        "得分方法：{method}；{better}。得分相同者排名相同。",
    ),
    "gaps.title": ("Gaps before and after", "差距：实施前后"),
    "gaps.how": (
        "Gap that is left after the plan; below it, where the plan changed it, the gap before. 0 is the "
        "target, 1 the whole scale.",
        "格内为实施后剩余的差距，其下为有变化时实施前的差距。0 为达到目标，1 为整个尺度。",
    ),
    "gaps.from": ("from {gap}", "原为 {gap}"),
    "gaps.weight": ("weight", "权重"),
    "resources.title": ("Budgets, and what one more unit is worth", "资源使用情况与增投成效"),
    "resources.from_to": ("holds from - to", "适用区间"),
    "page.rests.title": ("What this rests on", "结果的依据"),
    "rests.whole": ("the whole result", "整个结果"),
    "page.rests.input": ("input", "输入"),
    "rests.how": (
        "Share of the closed gap that rests on each kind of source; a result is as firm as its weakest input.",
        "各类来源所支撑的补齐量占比；结果的可靠程度以其最弱的输入为准。",
    ),
    "page.kind.paper": ("published", "文献"),
    "page.kind.measured": ("measured", "实测"),
    "page.kind.judgement": ("judgement", "判断"),
    "page.kind.assumption": ("assumption", "假设"),
    "proof.title": ("Proof", "校验"),
    # --- scenarios
    "framework.title": ("The paper's framework", "论文框架"),
    "framework.how": (
        "Stages of the race, dimensions, chains, both readings of the ticks, candidate tracks and productivity, as "
        "far as the case has data for them. Each is drawn when it is opened, from the present choices.",
        "赛段、维度、链条、打勾的两种解读、候选赛道与全要素生产率（视案例数据而定）。展开时按当前选择绘制。",
    ),
    "footing.title": ("What the ranking and the assumptions do to the money", "排名与假设对资金去向的影响"),
    "footing.wait": (
        "Planning the other ways ...",
        "正在计算其他资金取向与假设……",
    ),
    "tracks.level_before": ("level before", "实施前发展水平"),
    "tracks.level_after": ("level after", "实施后发展水平"),
    "framework.wait": ("Drawing ...", "正在绘制……"),
    "keep.title": ("Scenarios side by side", "方案比较"),
    "keep.name": ("Name for the present choices", "为当前选择命名"),
    "keep.button": ("Keep", "保留"),
    "keep.default": ("Scenario {number}", "方案 {number}"),
    "keep.none": (
        "Keep the present choices under a name to compare them with others.",
        "为当前选择命名并保留，即可与其他方案比较。",
    ),
    "keep.present": ("now", "当前"),
    "keep.restore": ("Restore", "恢复"),
    "keep.delete": ("Delete", "删除"),
    "keep.restore_label": ("Restore {name}", "恢复“{name}”"),
    "keep.delete_label": ("Delete {name}", "删除“{name}”"),
    "keep.settings": ("Settings that differ", "不同的设置"),
    "keep.same": ("All settings are the same.", "全部设置相同。"),
    "keep.closed": ("weighted gap closed", "短板补齐率"),
    "keep.spend": ("spent: {name} ({unit})", "支出：{name}（{unit}）"),
    "keep.funded": ("measures funded", "安排的措施数"),
    "keep.worst": (
        "worst track closes",
        "最弱赛道补齐率",
    ),
    "keep.only": ("funded, but not now", "已安排而当前未安排"),
    "keep.lacks": ("not funded, but now", "未安排而当前已安排"),
    "keep.no_plan": ("no plan", "无可行方案"),
    "keep.weights": ("weights", "赋权"),
    "keep.method": ("method", "排序方法"),
    "keep.stance": ("stance", "资金取向"),
    "keep.objective": ("objective", "规划目标"),
    "keep.budget": ("budget: {name} ({unit})", "预算：{name}（{unit}）"),
    "keep.judgement": ("judgement: {name}", "判断：{name}"),
    "keep.admitted": ("admitted: {name}", "准入：{name}"),
    "keep.lock": (
        "lock: {name}",
        "必须安排：{name}",
    ),
    "keep.forbid": (
        "forbidden: {name}",
        "不予安排：{name}",
    ),
    "keep.yes": ("yes", "是"),
    "keep.no": ("-", "-"),
    # --- refusals
    "refused.host": (
        "This page answers only under its own address on this computer.",
        "本页面只在本机的固定地址下响应。",
    ),
    "refused.origin": ("This request came from another page.", "该请求来自其他页面，已拒绝。"),
    "refused.not_found": ("There is nothing at this address.", "该地址下没有内容。"),
    "refused.method": ("This address takes no such request.", "该地址不接受此类请求。"),
    "refused.request": ("The request could not be read.", "无法读取该请求。"),
    "refused.back": ("To the start", "返回首页"),
}
