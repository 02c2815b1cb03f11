"""What is said about reading and writing cases as files and workbooks; part of `words`."""

from __future__ import annotations

CASE_WORDS: dict[str, tuple[str, str]] = {
    # --- problems: files --------------------------------------------------------------------------------------------
    "no_workbook.expected": (
        "a workbook (.xlsx) or a zipped folder by its content",
        "内容确为工作簿（.xlsx）或文件夹压缩包（.zip）的文件",
    ),
    "no_workbook.remedy": (
        "Save it as 'Excel Workbook (.xlsx)'; CSV files belong into one folder.",
        "请另存为“Excel 工作簿（.xlsx）”；CSV 文件请放入同一文件夹。",
    ),
    "old_workbook.expected": ("a workbook of the .xlsx format", ".xlsx 格式的工作簿"),
    "old_workbook.remedy": (
        "This is the format before 2007: open it and save it as 'Excel Workbook (.xlsx)'.",
        "这是 2007 年以前的格式：请打开后另存为“Excel 工作簿（.xlsx）”。",
    ),
    "encrypted.expected": ("a file without a password", "未加密码的文件"),
    "encrypted.remedy": ("Save it without a password.", "请去掉密码后重新保存。"),
    "broken.expected": ("a whole file", "完整的文件"),
    "broken.remedy": (
        "It cannot be unpacked or read: save or send it again.",
        "文件无法解开或读取：请重新保存或传送。",
    ),
    "too_large.expected": ("at most {most}, without extreme compression", "不超过 {most}，且压缩比正常"),
    "too_large.remedy": ("Delete what is no part of the case.", "请删除与案例无关的内容。"),
    "large_sheet.expected": ("a sheet of at most {most} cells", "不超过 {most} 个单元格的工作表"),
    "large_sheet.remedy": (
        "Its used range reaches this cell: delete the rows and columns beyond the table.",
        "已用区域延伸到该单元格：请删除表格以外的行和列。",
    ),
    "zip_path.expected": ("paths inside the folder", "文件夹内部的路径"),
    "zip_path.remedy": ("Zip the folder of the case itself.", "请直接压缩案例文件夹。"),
    "zip_twice.expected": ("each file once", "每个文件只出现一次"),
    "zip_twice.remedy": (
        "Zip the folder again: this archive holds two files of one name, and nobody knows which is meant.",
        "请重新压缩文件夹：该压缩包含两个同名文件，无法判断以哪个为准。",
    ),
    "zip_cases.expected": ("one case", "一个案例"),
    "zip_cases.remedy": ("Zip one of the folders alone.", "请只压缩其中一个文件夹。"),
    "sheet_twice.expected": (
        "one sheet for the table {table} ('{other}' is one already)",
        "{table} 表只对应一张工作表（“{other}”已是）",
    ),
    "sheet_twice.remedy": ("Rename or delete one of them.", "请改名或删除其中一张。"),
    "hidden_sheet.expected": ("a sheet that can be seen", "可见的工作表"),
    "hidden_sheet.remedy": (
        "It is read although it is hidden: show it to see what counts, or delete it.",
        "该表虽隐藏仍被读取：请取消隐藏以便核对，或将其删除。",
    ),
    "large_case.expected": ("at most {most} {what}", "不超过 {most} {what}"),
    "large_case.remedy": (
        "Delete what is no part of the table, blank rows and columns too; a case is meant to be read by people.",
        "请删除与表格无关的内容，包括空行和空列；案例应当便于人阅读。",
    ),
    "no_file.expected": ("a file", "文件"),
    "no_file.remedy": (
        "This is a folder, a pipe or a device: put a file there, or delete it.",
        "这是文件夹、管道或设备：请换成文件，或将其删除。",
    ),
    "utf16.expected": ("a text file in UTF-8 or GB18030", "UTF-8 或 GB18030 编码的文本文件"),
    "utf16.remedy": (
        "It is 'Unicode text': save it as 'CSV UTF-8 (comma delimited)'.",
        "这是“Unicode 文本”：请另存为“CSV UTF-8（逗号分隔）”。",
    ),
    "no_sheets.expected": ("a workbook with a sheet for each table", "每张表各有一张工作表的工作簿"),
    "no_sheets.remedy": ("`saidao new FILE.xlsx` makes one to fill in.", "`saidao new FILE.xlsx` 可生成供填写的模板。"),
    "more_alike.expected": ("no more problems like those above", "不再有与上面同类的问题"),
    "more_alike.remedy": (
        "Often one cause explains all of them: a column in the wrong place, or a list that is not this case's.",
        "往往同出一因：某列错位，或名单不属于本案例。",
    ),
    "parent_deep.expected": ("a tree of at most {most} levels, without a circle", "不超过 {most} 层且不成环的层级"),
    "parent_deep.remedy": (
        "Mend the parents: above this factor stand more, or they lead round in a circle.",
        "请修改上级要素：该要素之上层数过多，或上级关系成环。",
    ),
    "judgement_none.expected": (
        "a matrix with the ids of factors in its first row and column",
        "首行和首列为要素标识的矩阵",
    ),
    "judgement_none.remedy": ("Fill it in, or delete it.", "请填写，或将其删除。"),
    # --- problems: cells --------------------------------------------------------------------------------------------
    "number_size.expected": (
        "a number whose size is from 1e-50 to 1e50, or 0",
        "绝对值在 1e-50 至 1e50 之间的数字，或 0",
    ),
    "number_size.remedy": (
        "Write it in another unit; what is not possible at any price is forbidden (--forbid, forbid), not priced.",
        "请换用其他单位；无论如何都不可行的措施，请用 forbid 排除，而不是标一个天价。",
    ),
    "unseen.expected": ("a text of signs that can be seen", "由可见字符组成的文字"),
    "unseen.remedy": ("It holds {signs}: delete it and type the text again.", "其中含有 {signs}：请删除后重新输入。"),
    "line_breaks.expected": ("a text without signs that steer its layout", "不含版式控制符的文字"),
    "line_breaks.remedy": (
        "As Word and web pages write them: read as line breaks, marks of direction left out.",
        "这是 Word 或网页带来的符号：按换行读取，方向标记已略去。",
    ),
    "file_name.expected": (
        "a name that can be a file's: at most {most} bytes, no / \\ or sign that cannot be seen, no dot first",
        "可用作文件名的名称：不超过 {most} 字节，不含 / \\ 及不可见字符，不以点开头",
    ),
    "file_name.remedy": ("Choose a shorter or plainer one.", "请换一个更短或更简单的名称。"),
    "cell_error.expected": ("a value", "数值或文字"),
    "cell_error.remedy": (
        "The formula in this cell fails: mend it, or type the value.",
        "该单元格公式出错：请修正公式，或直接填写值。",
    ),
    "cell_formula.expected": ("a value", "数值或文字"),
    "cell_formula.remedy": (
        "The file holds this formula without its value: open it in Excel or WPS and save it, or type the value.",
        "文件只存了公式而没有结果：请用 Excel 或 WPS 打开并保存，或直接填写值。",
    ),
    "cell_date.expected": ("a number", "数字"),
    "cell_date.remedy": (
        "The spreadsheet has taken it for a date: set the cell's format to 'Number' and type it again.",
        "表格软件把它当成了日期：请将单元格格式设为“数值”后重新填写。",
    ),
    "judgement_date.expected": ("a judgement above 0, such as 3 or 1/3", "大于 0 的判断值，如 3 或 1/3"),
    "judgement_date.remedy": (
        "The spreadsheet has taken a fraction for a date: set the cell's format to 'Fraction' and type it again.",
        "表格软件把分数当成了日期：请将单元格格式设为“分数”后重新填写。",
    ),
    "cell_boolean.expected": ("a number", "数字"),
    "cell_boolean.remedy": ("Write 1 for yes and 0 for no.", "是写 1，否写 0。"),
    "cell_tick.expected": ("a number", "数字"),
    "cell_tick.remedy": (
        "Write 1 for a tick (√) and 0 for none (×, or blank), in the whole column.",
        "打勾（√）请写 1，未打勾（× 或空白）请写 0，整列一致。",
    ),
    "missing_tick.expected": ("1 for a tick, 0 for none", "打勾写 1，未打勾写 0"),
    "missing_tick.remedy": (
        "Write 0 where there is no tick: a blank cell is a missing score.",
        "未打勾处请写 0：空白单元格表示得分缺失。",
    ),
    "cell_missing.expected": ("a number, or a blank cell", "数字，或留空"),
    "cell_missing.remedy": (
        "Fill it in, or leave it blank; for a blank score, name in case.toml how to guess it (impute).",
        "请填写或留空；得分留空时，请在 case.toml 中指明插补方法（impute）。",
    ),
    "cell_range.expected": ("one number", "一个数字"),
    "cell_range.remedy": (
        "Write the most likely value; the two ends can be tried as scenarios.",
        "请写最可能的值；两端可作为情景试算。",
    ),
    "cell_bound.expected": ("one number", "一个数字"),
    "cell_bound.remedy": (
        "Write the number alone, without a sign or word before it.",
        "请只写数字，去掉前面的符号或文字。",
    ),
    "cell_fraction.expected": ("a number", "数字"),
    "cell_fraction.remedy": (
        "Write it as a decimal (1/4 is 0.25): fractions are read in judgements only.",
        "请写成小数（1/4 写作 0.25）：只有判断矩阵可写分数。",
    ),
    "cell_unit.expected": ("a number alone", "单独的数字"),
    "cell_unit.remedy": (
        "Leave the unit out of the cell (12, not 12 万元), and write all cells of the column in one unit.",
        "请去掉单元格中的单位（写 12，不写 12 万元），整列用同一单位。",
    ),
    "separator.expected": (
        "cells separated by commas; these are separated by {sign}",
        "以逗号分隔的单元格；此处以 {sign} 分隔",
    ),
    "separator.remedy": (
        "Save it as 'CSV UTF-8 (comma delimited)', decimals with a point (1.5), or use a workbook (.xlsx).",
        "请另存为“CSV UTF-8（逗号分隔）”，小数用点（1.5），或改用工作簿（.xlsx）。",
    ),
    "header_unit.expected": ("the heading {column} alone", "单独的表头 {column}"),
    "header_unit.remedy": (
        "Take the unit out of the heading: it belongs into the column unit or the description.",
        "请去掉表头中的单位：单位应写在 unit 列或说明中。",
    ),
    "cell_comma.expected": ("a number that reads in one way only", "只有一种读法的数字"),
    "cell_comma.remedy": (
        "Write decimals with a point (1.5); a comma stands only before three digits (1,500).",
        "小数请用小数点（1.5）；逗号只作千分位（1,500）。",
    ),
    "cell_merged.expected": ("a cell of its own for each value", "每个值各占一个单元格"),
    "cell_merged.remedy": (
        "Unmerge the cells and fill in each: what a merged number or heading means for each is not known.",
        "请取消合并并逐格填写：合并的数字或表头对各格的含义无法判断。",
    ),
    "cell_change.expected": (
        "a change as text, such as =5, +5, -20% or x1.2",
        "以文本写出的变化，如 =5、+5、-20% 或 x1.2",
    ),
    "cell_change.remedy": (
        "The spreadsheet has made a number of it and lost the sign: set the cell's format to 'Text' and type it again.",
        "表格软件已将其变为数字而丢失符号：请将单元格格式设为“文本”后重新填写。",
    ),
    "added_row.expected": ("a key that no row has", "尚无任何行使用的主键"),
    "added_row.remedy": (
        "Without a column the change adds a row: name the column, or another key.",
        "未指明列的变化会新增一行：请写明列名，或换一个主键。",
    ),
    "long_text.expected": (
        "at most {most} signs, as a cell of a workbook can hold",
        "不超过 {most} 个字符（工作簿单元格上限）",
    ),
    "long_text.remedy": ("Shorten it, or keep the case as a folder.", "请缩短，或以文件夹保存案例。"),
    "exists.expected": ("nothing of this name", "没有同名文件或文件夹"),
    "exists.remedy": (
        "Choose another name, or take it away (saidao new and export: --force; in Python overwrite=True).",
        "请换一个名称，或先移走它（saidao new 与 export 可加 --force；Python 中 overwrite=True）。",
    ),
    "other_kind.expected": ("a folder for a folder, a file for a workbook", "文件夹对应文件夹，文件对应工作簿"),
    "other_kind.remedy": ("Choose another name.", "请换一个名称。"),
    "name_twice.expected": ("each name once", "名称不重复"),
    "name_twice.remedy": ("Leave one of them out.", "请去掉其中一个。"),
    "not_with_like.expected": ("it only without --like", "不与 --like 同用"),
    "not_with_like.remedy": (
        "A copy keeps the tracks, factors and resources of its case: change them in the file.",
        "复制的案例沿用原有赛道、要素和资源：请在文件中修改。",
    ),
    # --- new, check -------------------------------------------------------------------------------------------------
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
    "without.types": ("types of tracks show their ids, not names", "赛道类型只显示编号"),
    "without.judgements": ("no weights by pairwise comparison (ahp)", "不能用两两比较（ahp）赋权"),
    "without.judges": ("all judges weigh alike", "各位专家权重相同"),
    "without.budgets": ("each budget belongs to the first period", "预算均计入第一期"),
    "without.dimensions": ("dimensions of measures show their ids, not names", "措施维度只显示编号"),
    "without.stages": ("stages of the race show their ids, not names", "赛段只显示编号"),
    "without.needs": ("no diagnosis by what is short at a stage", "不能按赛段短板逐项诊断"),
    "without.phases": (
        "`saidao stages` has no years to phase a plan over, unless the case is dated",
        "除非案例自带时期，`saidao stages` 无年份可分期",
    ),
    "without.chains": ("`saidao chains` has no map to draw", "`saidao chains` 无覆盖图可绘"),
    "without.rules": ("nothing limits a plan but the budgets", "方案只受预算约束"),
    "without.indicators": ("candidates cannot be sorted", "无法对候选赛道分级"),
    "without.candidates": ("`saidao candidates` has nothing to sort", "`saidao candidates` 无候选可分级"),
    "without.panel": ("`saidao productivity` has nothing to measure", "`saidao productivity` 无数据可算"),
    "without.named_pairs": (
        "`saidao check` compares no plan with what the source names",
        "`saidao check` 不对照来源点名的组合",
    ),
    "without.sources": ("every number counts as an assumption", "所有数字均视为假设"),
    "without.scenarios": ("`saidao scenarios` has nothing to run", "`saidao scenarios` 无情景可算"),
    # --- tables -----------------------------------------------------------------------------------------------------
    "table.case": ("settings of the case", "案例"),
    "table.tracks": ("tracks", "赛道"),
    "table.types": ("types of tracks", "类型"),
    "table.factors": ("factors", "要素"),
    "table.scores": ("scores", "得分"),
    "table.judgements": ("judgements", "判断"),
    "table.judges": ("judges", "专家"),
    "table.resources": ("resources", "资源"),
    "table.budgets": ("budgets by period", "预算"),
    "table.dimensions": ("dimensions of measures", "维度"),
    "table.stages": ("stages of the race", "赛段"),
    "table.needs": ("needs of the stages", "赛段需求"),
    "table.phases": ("phases of the plan", "分期"),
    "table.chains": ("links of the chains", "链条环节"),
    "table.measures": ("measures", "措施"),
    "table.costs": ("costs", "成本"),
    "table.effects": ("effects", "效果"),
    "table.rules": ("rules", "规则"),
    "table.indicators": ("indicators of candidates", "候选指标"),
    "table.candidates": ("candidates", "候选赛道"),
    "table.panel": ("panel", "面板"),
    "table.named_pairs": ("pairs that the source names", "点名组合"),
    "table.sources": ("sources", "来源"),
    "table.scenarios": ("scenarios", "情景"),
}


def table_names(lang: str) -> dict[str, str]:
    """Return the names of tables in the files, by what they are called in *lang*."""
    at = ("en", "zh").index(lang)
    named = {key.removeprefix("table."): texts for key, texts in CASE_WORDS.items() if key.startswith("table.")}
    return {texts[at]: name for name, texts in named.items()}
