"""What the command line says while it works: new, check, progress, stops."""

from __future__ import annotations

TERMINAL: dict[str, tuple[str, str]] = {
    "check.good": (
        "{case}: no error. {tracks:track/tracks}, {factors:factor/factors}, {measures:measure/measures}, "
        "{resources:resource/resources}, {rules:rule/rules}.",
        "{case}：没有错误。{tracks} 条赛道，{factors} 个要素，{measures} 项措施，{resources} 种资源，{rules} "
        "项约束条件。",
    ),
    "check.bad": ("{case}: errors: {errors}.", "{case}：错误 {errors} 处。"),
    "check.rank_only": (
        "It can be ranked, not planned: {missing} missing.",
        "可以排序，尚不能规划：缺少 {missing}。",
    ),
    "written": ("Written: {path}", "已写入：{path}"),
    "limited": (
        "Stopped at the time limit: what is shown is not all.",
        "已到时间上限：所示并非全部。",
    ),
    "stopped_with_plan": (
        "Stopped before the end: the plan holds, and the best possible may be better by up to {gap:.4%}.",
        "提前停止：方案可行，最优方案至多再好 {gap:.4%}。",
    ),
    "working": ("working ... {seconds:.0f} s", "计算中…… {seconds:.0f} 秒"),
    "working_on": (
        "working ... {seconds:.0f} s, {solved} programs solved",
        "计算中…… {seconds:.0f} 秒，已求解 {solved} 个规划",
    ),
    "working_within": (
        "working ... {seconds:.0f} s: at most {gap:.3%} from the best possible; Ctrl-C shows what there is",
        "计算中…… {seconds:.0f} 秒：与最优至多相差 {gap:.3%}；按 Ctrl-C 显示现有方案",
    ),
    "stopping": (
        "Stopping: what is done so far will be shown. Ctrl-C again ends at once.",
        "正在停止：将显示已完成的部分。再按 Ctrl-C 立即结束。",
    ),
    "interrupted": ("Interrupted: nothing was written.", "已中断：未写入任何文件。"),
    "stopped": ("The solver stopped before it had a plan: {why}", "求解器在得到方案前停止：{why}"),
    "unproven": (
        "No plan is given: its own certificate disproves every answer of the solver (of the nearest one, largest "
        "violation {violation:.1e}, gap to the bound {gap:.1e}). The usual reason is numbers that span too many "
        "magnitudes: `saidao check` names the cells.",
        "未给出方案：求解器的每个答案都被自身的校验否定"
        "（最接近的一个：最大违反 {violation:.1e}，与界的差距 {gap:.1e}）。"
        "常见原因是数值的数量级相差过大：`saidao check` 会指出单元格。",
    ),
    "new.name": ("Name of the city or case (Enter: the file's name)", "城市或案例名称（回车：用文件名）"),
    "new.tracks": ("Tracks, separated by ; (Enter: three examples)", "赛道，用；分隔（回车：三个示例）"),
    "new.factors": (
        "Factors, separated by ; (Enter: the six of the diamond model)",
        "要素，用；分隔（回车：钻石模型六要素）",
    ),
    "new.resources": (
        "Scarce resources, separated by ; (Enter: funds and talent)",
        "稀缺资源，用；分隔（回车：资金、人才）",
    ),
    "new.measures": ("Measures, separated by ; (Enter: three examples)", "措施，用；分隔（回车：三个示例）"),
    "new.next": (
        "Every number in it is an example. Next:\n"
        "  1. overwrite them in {path}; where a number is measured, say so in the table sources\n"
        "  2. saidao check {path}\n"
        "  3. saidao plan {path}",
        "其中每个数字都只是示例。下一步：\n"
        "  1. 在 {path} 中逐一替换；实测的数字请在 sources 表中注明\n"
        "  2. saidao check {path}\n"
        "  3. saidao plan {path} --lang zh",
    ),
    "check.kind": ("{share:.0%} {kind}", "{kind} {share:.0%}"),
    "check.numbers": ("Its {numbers:,} numbers: {shares}.", "共 {numbers:,} 个数字：{shares}。"),
    "check.scale": ("{factor} {worst:g} to {target:g}", "{factor} {worst:g} 至 {target:g}"),
    "check.scales": (
        "Scales that are not given are taken from the scores, worst to target: {scales}.",
        "未给出的尺度取自得分（最差至目标）：{scales}。",
    ),
    "check.optional": ("Not there, and not needed:", "以下各表缺省，不影响使用："),
    "check.next": ("Next: {command}", "下一步：{command}"),
}
