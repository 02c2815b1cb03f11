"""Judges who are asked by a link: what they are asked, and what those who ask see."""

from __future__ import annotations

JUDGING: dict[str, tuple[str, str]] = {
    "judge_name.expected": (
        "a name of 1 to {most} characters, none of / \\ @ : ; * ? \" ' < > | [ ] among them",
        "1 到 {most} 个字符的名称，不含 / \\ @ : ; * ? \" ' < > | [ ]",
    ),
    "judge_name.remedy": ("Choose another name.", "请换一个名称。"),
    "judge_days.expected": ("1 to {most} days", "1 到 {most} 天"),
    "judge_days.remedy": ("Choose another number.", "请换一个数字。"),
    "judge_room.expected": ("at most {most} judges", "最多 {most} 位专家"),
    "judge_room.remedy": ("Close this panel, and open another one.", "请结束本轮咨询后另开一轮。"),
    "judges_none.expected": (
        "at every node a judge whose answers connect all factors",
        "每一层都有专家的判断能把所有要素联系起来",
    ),
    "judges_none.remedy": ("Wait for more answers.", "请等待更多回答。"),
    "judges_factors.expected": (
        "the factors that the judges were asked about",
        "与咨询专家时相同的要素",
    ),
    "judges_factors.remedy": (
        "The case's factors have changed since: close the panel, and ask anew.",
        "案例的要素此后已改变：请结束本轮咨询，重新咨询。",
    ),
    # --- Saaty's words
    "saaty.1": ("equally", "同等"),
    "saaty.3": ("moderately", "稍微"),
    "saaty.5": ("strongly", "明显"),
    "saaty.7": ("very strongly", "强烈"),
    "saaty.9": ("extremely", "极端"),
    "saaty.equal": ("Both matter equally", "两者同等重要"),
    "saaty.more": ("{one} matters {word} more", "{one}{word}重要"),
    "saaty.between": (
        "{one} matters more, between {low} and {high}",
        "{one}更重要，介于{low}与{high}之间",
    ),
    # --- a judge
    "asked.title": ("Your judgement is asked for", "请您作出判断"),
    "asked.begin": (
        "{judge}, you are asked which factors matter more for this case: {case}. It takes {count} questions in words, "
        "one at a time; any may be skipped, and you can stop and come back on this device.",
        "{judge}，请您判断各要素对本案例（{case}）的重要程度。共 {count} 个问题，逐一作答，可以跳过；可随时中断，"
        "之后在本设备上继续。",
    ),
    "asked.once": (
        "This link works once: it opens the questions in this browser alone. It holds until {until}.",
        "此链接只能使用一次，仅在当前浏览器中打开问卷，有效期至 {until}。",
    ),
    "asked.start": ("Begin", "开始"),
    "asked.gone": (
        "This invitation holds no longer: its link was used, has expired or was taken back, or the questions are "
        "closed. Ask whoever invited you for another link.",
        "该邀请已失效：链接已使用、已过期或已撤回，或咨询已结束。请向邀请人索取新的链接。",
    ),
    "asked.which": (
        "Which matters more for {goal}: {one} or {other}?",
        "对“{goal}”而言，{one} 与 {other} 哪个更重要？",
    ),
    "asked.progress": ("Question {number} of {all}; {done} answered", "第 {number} 题，共 {all} 题；已答 {done} 题"),
    "asked.answer": ("Answer", "确定"),
    "asked.keep": ("Keep my answer", "维持我的判断"),
    "asked.skip": ("Skip", "跳过"),
    "asked.back": ("Back", "上一题"),
    "asked.choose": ("Choose one answer, or skip the question.", "请选择一个答案，或跳过此题。"),
    "asked.to_end": ("To the end", "到最后"),
    "asked.mine": ("You said: {answer}.", "您的判断：{answer}。"),
    "asked.none": ("You have not answered this.", "您尚未回答此题。"),
    "asked.others": ("What the others said, without names", "其他专家的判断（匿名）"),
    "asked.few": (
        "Too few others have answered this to show it without names.",
        "回答此题的其他专家太少，为保证匿名，不予显示。",
    ),
    "asked.count": ("{count:judge/judges}", "{count} 位专家"),
    "asked.money": (
        "What hangs on it: between those for whom {one} matters less and those for whom it matters more, {amounts} "
        "would go elsewhere{share}{where}.",
        "对资金的影响：从认为 {one} 较不重要一方的判断改为较重要一方的判断，将有{amounts}改投{share}{where}。",
    ),
    "asked.share": (" ({share:.1%} of what is spent)", "（占投入的 {share:.1%}）"),
    "asked.no_money": (
        "What hangs on it: nothing; the money goes the same way whichever side is right.",
        "对资金的影响：无；无论采用哪一方的判断，资金去向都相同。",
    ),
    "asked.agreed": ("On this question those who answered agree.", "已作答的专家在此题上意见一致。"),
    "asked.unplanned": ("What hangs on it could not be planned: {why}", "无法计算对资金的影响：{why}"),
    "asked.second": ("Second round: keep your judgement, or revise it.", "第二轮：请维持或修改您的判断。"),
    "asked.end": ("Your answers", "您的回答"),
    "asked.done": (
        "{done} of {all} questions answered, {skipped} skipped.",
        "已回答 {done} 题（共 {all} 题），跳过 {skipped} 题。",
    ),
    "asked.unconnected": (
        "Nothing that you have answered compares {factors} with the rest, not even by way of another factor: until it "
        "does, your judgements cannot be counted there.",
        "您的回答尚未把{factors}与其余要素联系起来（包括间接比较）；在此之前，您在这一层的判断无法计入。",
    ),
    "asked.go": ("Answer what is missing", "补答"),
    "asked.consistent": (
        "Your answers on {goal} agree well enough with one another: consistency ratio {ratio}, accepted below 0.1.",
        "您对“{goal}”的判断彼此相符：一致性比率 {ratio}，低于 0.1 即可接受。",
    ),
    "asked.inconsistent": (
        "Your answers on {goal} contradict one another: consistency ratio {ratio}, accepted below 0.1.",
        "您对“{goal}”的判断彼此矛盾：一致性比率 {ratio}，低于 0.1 方可接受。",
    ),
    "asked.unknown": (
        "Your answers on {goal}: there is no consistency ratio for so many factors.",
        "您对“{goal}”的判断：要素过多，没有一致性比率可用。",
    ),
    "asked.worst": (
        "The answer that fits the others least: {said}. With the others, this would fit: {would} (ratio {then}).",
        "与其余判断最不相符的是：{said}。与其余判断相符的应为：{would}（比率 {then}）。",
    ),
    "asked.revise": ("Look at this question again", "重新考虑此题"),
    "asked.finish": ("I have finished", "我已完成"),
    "asked.finished": (
        "Thank you. You can close this page, or change your answers until the questions are closed.",
        "谢谢。您可以关闭本页；在咨询结束前仍可修改。",
    ),
    # --- those who ask
    "panel.title": ("Judges: {name}", "专家咨询：{name}"),
    "panel.link": ("Ask judges", "专家咨询"),
    "panel.people": ("People", "人员"),
    "panel.needs_office": (
        "Judges are invited from the page for several people: start it by `saidao app --office`. This one can be "
        "reached from this computer alone.",
        "邀请专家需使用多人页面：请用 `saidao app --office` 启动。当前页面仅本机可访问。",
    ),
    "panel.invite": ("Invite a judge", "邀请专家"),
    "panel.name": ("Name", "姓名"),
    "panel.days": ("Days that the link holds", "链接有效天数"),
    "panel.make": ("Make a link", "生成链接"),
    "panel.sent": (
        "Link for {judge}. Send it to them alone: it works once, until {until}, and is shown only now.",
        "{judge} 的链接。请只发给本人：仅能使用一次，有效期至 {until}，且只显示这一次。",
    ),
    "panel.judges": ("Who was asked", "受邀专家"),
    "panel.nobody": ("Nobody has been invited yet.", "尚未邀请专家。"),
    "panel.state": ("state", "状态"),
    "panel.answered": ("answered", "已答"),
    "panel.until": ("holds until", "有效期至"),
    "panel.again": ("Another link", "重发链接"),
    "panel.revoke": ("Take back", "撤回"),
    "panel.state_invited": ("invited", "已邀请"),
    "panel.state_begun": ("answering", "作答中"),
    "panel.state_done": ("has finished", "已完成"),
    "panel.state_expired": ("expired", "已过期"),
    "panel.state_revoked": ("taken back", "已撤回"),
    "panel.round": ("Round {round}", "第 {round} 轮"),
    "panel.closed": ("The questions are closed.", "咨询已结束。"),
    "panel.counted": (
        "{counted} of {all:judge counts/judges count} so far.",
        "目前计入 {counted} 位专家（共 {all} 位）。",
    ),
    "panel.not_counted": (
        "Not counted at {goal}, as their answers do not connect all factors: {judges}.",
        "在“{goal}”下未计入（其判断未能联系所有要素）：{judges}。",
    ),
    "panel.weights": ("Joint weights", "集结权重"),
    "panel.below": ("Joint weights below {node}", "{node}之下的集结权重"),
    "panel.aij": ("of judgements (AIJ)", "判断集结（AIJ）"),
    "panel.aip": ("of priorities (AIP)", "优先度集结（AIP）"),
    "panel.ratio": ("consistency ratio", "一致性比率"),
    "panel.consensus": (
        "Consensus {consensus:.0%} (100 %: all weigh alike; 0 %: none agree).",
        "共识度 {consensus:.0%}（100% 表示各专家权重完全相同，0% 表示毫无一致）。",
    ),
    "panel.clusters": ("Those who judge alike: {clusters}.", "判断相近的专家：{clusters}。"),
    "panel.one_cluster": ("All judge alike.", "各专家判断相近。"),
    "panel.disagreements": ("What hangs on what they disagree about", "分歧对资金的影响"),
    "panel.question": ("question", "问题"),
    "panel.sides": ("the two sides", "双方判断"),
    "panel.hangs": ("what hangs on it", "对资金的影响"),
    "panel.second": ("Begin the second round", "开始第二轮"),
    "panel.second_how": (
        "Each judge then sees what the others have said, without names, and what of the money hangs on it, and keeps "
        "or revises.",
        "届时每位专家将看到其他专家的匿名判断及其对资金的影响，再决定维持或修改。",
    ),
    "panel.take": ("Take these judgements", "采用这些判断"),
    "panel.take_how": (
        "They take the place of the case's judgements, the weights come from them, and the questions are closed. It "
        "is a step of the plan, which can be undone.",
        "将以这些判断替换案例原有判断，权重随之改变，咨询结束。此操作是方案的一步，可以撤销。",
    ),
    "panel.how": ("Join them by", "集结方式"),
    "panel.taken": ("The judgements of {count:judge are/judges are} now the case's.", "已采用 {count} 位专家的判断。"),
    "panel.close": ("Close without taking them", "不采用，直接结束"),
    "panel.anew": ("A new invitation begins a new panel.", "再次邀请将开始新一轮咨询。"),
    "panel.source": (
        "judgements of a panel, asked by link: {judges}; {at}",
        "专家判断（按链接作答）：{judges}；{at}",
    ),
}
