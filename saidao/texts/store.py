"""What is kept: the store, runs, and the log."""

from __future__ import annotations

STORE: dict[str, tuple[str, str]] = {
    "store_missing.expected": (
        "the packages that keep runs and plans (missing: {found})",
        "保存运行记录与方案所需的软件包（缺少 {found}）",
    ),
    "store_missing.remedy": ("Install saidao[store].", "请安装 saidao[store]。"),
    "store_address.expected": (
        "a file, or an address such as postgresql+psycopg://user@host/name",
        "一个文件，或形如 postgresql+psycopg://user@host/name 的地址",
    ),
    "store_address.remedy": (
        "Correct --store or SAIDAO_STORE; without either, the store is a file in your data folder.",
        "请改正 --store 或 SAIDAO_STORE；两者都不写时，存储库是您数据文件夹中的一个文件。",
    ),
    "store_failed.expected": ("a store that can be read and written", "可读写的存储库"),
    "store_failed.remedy": (
        "Nothing was changed. See to its place, its rights and its room, and try again.",
        "未作任何更改。请检查其位置、权限与空间后重试。",
    ),
    "store_newer.expected": ("a store of version {newest} at most", "版本不高于 {newest} 的存储库"),
    "store_newer.remedy": ("A newer saidao has written it: update this one.", "它由更新版本的 saidao 写入：请先升级。"),
    "store_backup.expected": ("a store in a file (SQLite)", "文件形式的存储库（SQLite）"),
    "store_backup.remedy": ("Use pg_dump for PostgreSQL.", "PostgreSQL 请用 pg_dump。"),
    # --- runs
    "no_run.expected": (
        "the id of a run that is kept, its beginning, a tag, or last",
        "已保存的运行编号（或其开头）、标签，或 last",
    ),
    "no_run.remedy": ("`saidao runs` lists them.", "可用 `saidao runs` 查看。"),
    "run_several.expected": ("one run; several begin so: {ids}", "唯一一次运行；以此开头的有多个：{ids}"),
    "run_several.remedy": ("Write more of the id.", "请多写几位编号。"),
    "run_tag.expected": (
        "a name of {most} characters at most that is no id, as 2026-final",
        "不超过 {most} 个字符、且不像编号的名称，如 2026-final",
    ),
    "run_tag.remedy": ("Choose another name.", "请换一个名称。"),
    "run_names.expected": (
        "what this takes ({least} or more; see --help)",
        "该操作所需的内容（至少 {least} 个，见 --help）",
    ),
    "run_names.remedy": ("`saidao runs --help` shows each.", "用法见 `saidao runs --help`。"),
    "run_file.expected": (
        "a file that `saidao runs export` has written, unchanged",
        "由 `saidao runs export` 写出且未改动的文件",
    ),
    "run_file.remedy": ("Export it again. Nothing was taken in.", "请重新导出。本次未导入任何内容。"),
    "runs.kept": ("kept as run {id}", "已保存为运行 {id}"),
    "runs.none": (
        "Nothing is kept yet in {place}: add --keep to a verb.",
        "{place} 中尚无记录：在任一命令后加 --keep 即可保存。",
    ),
    "runs.number": ("{number:run/runs} in {place}, the newest first.", "{place} 中共有 {number} 次运行，最新在前。"),
    "runs.taken_in": ("taken in: {new:run/runs}; there already: {known}", "导入 {new} 次运行；已存在 {known} 次"),
    "again.same": ("Run {id} was made again: the same, bit for bit.", "已重新计算运行 {id}：结果逐位相同。"),
    "again.differs": (
        "Run {id} was made again and differs in {number:place/places}.",
        "已重新计算运行 {id}：有 {number} 处不同。",
    ),
    "again.case": ("The case is read differently from how it was then.", "案例的读取结果与当时不同。"),
    "again.versions": ("The versions differ: then {before}; now {now}.", "版本不同：当时为 {before}；现为 {now}。"),
    "again.same_versions": ("The versions are the same.", "版本相同。"),
    "diff.same": ("Runs {before} and {after} came to the same result.", "运行 {before} 与 {after} 结果相同。"),
    "diff.plans": (
        "Run {after} closes {other:.1%} of the gap, run {before} {one:.1%}: {points:+.2f} points.",
        "运行 {after} 的短板补齐率为 {other:.1%}，运行 {before} 为 {one:.1%}：相差 {points:+.2f} 个百分点。",
    ),
    "diff.differ": (
        "The results of runs {before} and {after} differ in {number:place/places}.",
        "运行 {before} 与 {after} 的结果有 {number} 处不同。",
    ),
    "diff.cause": ("What was asked differently: {cause}.", "设置差异：{cause}。"),
    "diff.cause_brings": ("{points:+.2f} points: {cause}.", "{points:+.2f} 个百分点：{cause}。"),
    "diff.no_cause": (
        "Case and options are the same; computed by {one} and by {other}.",
        "案例与选项相同；分别由 {one} 与 {other} 计算。",
    ),
    "diff.not_apart": (
        "What each of these brings cannot be told: a mix of the two has no plan.",
        "无法区分各项的影响：两者混合后没有可行方案。",
    ),
    "cause.cell": ("{what} {after} instead of {before}", "{what}为 {after}，原为 {before}"),
    "cause.many": ("{number:number/numbers} in: {tables}", "{number} 个数据，涉及：{tables}"),
    "verify.whole": (
        "Everything is as it was kept: {entries:entry/entries} of the log, {contents:content/contents}. "
        "Newest: {newest}",
        "全部内容完好：日志 {entries} 条，内容 {contents} 项。最新摘要：{newest}",
    ),
    "verify.broken": (
        "{faults:fault/faults} found among {entries:entry/entries} of the log and {contents:content/contents}. "
        "Newest: {newest}",
        "发现 {faults} 处问题（日志 {entries} 条，内容 {contents} 项）。最新摘要：{newest}",
    ),
    "verify.contents": ("the content is not what was kept", "内容与保存时不符"),
    "verify.run": ("the run is not as the log says", "运行与日志不符"),
    "verify.revision": ("the plan is not as the log says", "方案与日志不符"),
    "chain.missing": ("an entry is missing", "缺少一条日志"),
    "chain.previous": ("the entry does not follow the one before", "日志与前一条不衔接"),
    "chain.changed": ("the entry was changed", "日志已被改动"),
    "chain.cut": ("the log does not end here", "日志并非止于此处"),
    "chain.unknown": (
        "the log never had this digest, or was cut or written anew",
        "日志中没有此摘要，可能被截断或重写",
    ),
    # --- tables
    "title.kept_runs": ("Runs", "运行记录"),
    "sheet.kept_runs": ("Runs", "运行记录"),
    "title.kept_run": ("The run", "本次运行"),
    "sheet.kept_run": ("Run", "运行"),
    "title.again_differences": ("Where the results differ", "结果不同之处"),
    "sheet.again_differences": ("Differences", "差异"),
    "title.run_causes": ("What was asked differently", "设置差异"),
    "sheet.run_causes": ("Causes", "原因"),
    "title.run_measures": ("Money by measure", "各项措施的资金"),
    "sheet.run_measures": ("Money", "资金"),
    "title.store_faults": ("Faults", "问题"),
    "sheet.store_faults": ("Faults", "问题"),
    "head.run": ("run", "运行"),
    "head.tags": ("tags", "标签"),
    "head.time_utc": ("time (UTC)", "时间（UTC）"),
    "head.who": ("who", "操作人"),
    "head.verb": ("asked", "命令"),
    "head.answer": ("answer", "结论"),
    "head.command": ("command", "命令行"),
    "head.case_digest": ("digest of the case", "案例摘要"),
    "head.result_digest": ("digest of the result", "结果摘要"),
    "head.versions": ("versions", "版本"),
    "head.field": ("about the run", "项目"),
    "head.held": ("", ""),
    "head.place": ("place", "位置"),
    "head.points": ("points", "百分点"),
    "head.fault": ("fault", "问题"),
    "head.side_before": ("before", "之前"),
    "head.side_after": ("after", "之后"),
    "head.side_difference": ("difference", "差额"),
}
