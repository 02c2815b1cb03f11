"""What people call the parts of a table, in Chinese and English: patterns that a heading or name matches whole.

A word list is written with blanks between its words; ``_`` within one stands for a blank or none.
"""

from __future__ import annotations

import re


def either(words: str) -> str:
    """Return a pattern of alternatives.

    >>> re.fullmatch(either("合_计 totals?"), "合 计") is not None
    True
    """
    return "(?:" + "|".join(words.replace("_", r"\s?").split()) + ")"


def pattern(*parts: str) -> re.Pattern[str]:
    """Return a pattern of alternatives, each written as a pattern."""
    return re.compile("|".join(parts), re.I)


_BEHIND = r"\s*(?:[（(:：].*)?"

# --- lines
TOTAL = pattern(
    "(?:全市|全区|全省|全国|各项|本市|总体)?"
    + either(
        "合_计 总_计 小_计 共_计 总和 汇总 累计 求和 平_均(?:值|数|分)? 均_值 中位数 最[大小]值? 标准差 方差 极差 "
        "变异系数"
    )
    + _BEHIND,
    "(?:grand |sub[- ]?|overall )?"
    + either(r"totals? sums? averages? means? avg\.? medians? max(?:imum)? min(?:imum)? range variance count")
    + _BEHIND,
    either(r"st\.?_dev\.? std\.? standard_deviation Σ ∑"),
)
TARGET = pattern(
    either("目标 标准 理想 基准 参考 满分 阈值 上限 达标") + "(?:值|线|分)?",
    either("targets? ideal benchmark threshold reference full_marks?"),
)
WEIGHT = pattern(
    "(?:指标|评价)?" + either("权_重 权数") + "(?:值|系数)?" + _BEHIND, r"weights?(?:ing)?\s*(?:[(].*)?", r"wt\.?", "w"
)
DIRECTION = pattern(
    either("(?:优化|指标|评价)?方向 (?:指标)?(?:正负向|正逆向|属性|性质|类型|极性)"),
    either(
        r"directions? objectives? goals? max_/_min min_/_max types? criteri(?:on|a)_types? polarity preference better"
    ),
    either("sense"),
    either("optimi[sz]ation benefit_/_cost cost_/_benefit"),
)
UNIT = pattern(r"(?:计量)?单\s*位", "units?(?: of measure(?:ment)?)?", "uom")
BUDGET_LINE = pattern(
    "(?:资源|年度|本年度?|全市|合计|总|可)*"
    + either("预算 可用 总量 上限 额度 限额 盘子 供给")
    + "+(?:资源)?(?:总?量|额|数|总额|安排|约束)?",
    "(?:total |annual |overall |yearly )?"
    + either("budgets? available availability limits? capacity supply cap")
    + "(?: budgets?| limits?| caps?| amounts?| resources?| supply)?",
)
NOTE = re.compile(
    r"\s*"
    + either(
        r"注 备注 说明 附注 数据来源 资料来源 来源 数据 口径 填表 填报 制表 审核 单位负责人 联系 \* ※ note source "
        r"remark data n\.?b\.? footnote legend compiled prepared last_updated as_of"
    ),
    re.I,
)
PREAMBLE = pattern(
    r"\s*(?:计量)?(?:单位|units?)\s*[:：]\s*(.+)", r"\s*[(（]\s*(?:计量)?(?:单位|units?)\s*[:：]?\s*(.+?)\s*[)）]"
)
"""A line above a table that says in what unit it is."""
FORM_LABEL = pattern(
    "(?:填报|填表|填写|填制|制表|编制|报送|申报|报表|编报)(?:单位|部门|机构|人|日期|时间|负责人)?(?:[（(].{1,9}[)）])?",
    "(?:联系|经办|审核|负责|审批|复核|校对|单位负责|部门负责)人?(?:人|电话|方式)?|电话|手机|邮箱|传真|日期|时间|年度|年份|版本|密级|文号|编号",
    either(
        "prepared(?:_by)? compiled(?:_by)? author department date contact phone e-?mail version status year "
        "checked_by approved_by submitted_by reporting_unit as_of"
    ),
)
"""What labels a field of a form above or below a table: who filled it in, when."""
YEARLY = pattern("年度|年份|日期|时间", "year|date")
HEADING = re.compile(
    r"\s*(?:[一二三四五六七八九十]+[、.．]|[（(][一二三四五六七八九十\d]+[)）]|[IVX]+[.)]|[A-Z][.)]|\d+[.)、])|.*[:：]$|.*类$"
)
"""A line within a table that heads the lines below it."""

# --- columns
SERIAL = pattern(either(r"序_号 编_号 序 no\.? nr\.? \# s/?n id index 代码 code 行号"))
NAMES = pattern(
    ".*"
    + either(
        "赛道 产业 行业 方案 项目 企业 公司 城市 地区 区县 县区 园区 开发区 领域 候选 对象 供应商 国家 省份 技术 "
        "品种 产品 选项 备选 名称"
    )
    + "(?:名称?|名字)?",
    "[区县市省]",
    "(?:.* )?"
    + either(
        "options? alternatives? tracks? names? projects? cit(?:y|ies) sites? suppliers? countr(?:y|ies) regions? "
        "compan(?:y|ies) industr(?:y|ies) technolog(?:y|ies) candidates? vendors? products? locations? districts? "
        "schemes? sectors? areas? variants? plants?"
    ),
)
OF_TRACK = {
    "name_en": pattern(".*英文(?:名称?|译名|简称)?", "(?:.*[ _])?english(?:[ _]names?)?", "(?:.*[ _])?name[ _]?en"),
    "name_zh": pattern(".*中文(?:名称?|译名|简称)?", "(?:.*[ _])?chinese(?:[ _]names?)?", "(?:.*[ _])?name[ _]?zh"),
    "type": pattern(
        "(?:赛道|产业|行业|项目|企业|方案|所属|所在)*" + either("类型 类别 分类 大类 门类 归类"),
        "(?:.*[ _])?" + either("types? categor(?:y|ies) class kind"),
    ),
}
"""What stands beside the names of alternatives: a name in the other language, a type."""
OTHER_NAMES = pattern(
    ".*" + either("简称 全称 别名 曾用名 缩写"), "(?:.* )?" + either("abbreviation acronym alias short_name")
)
FACTORS = pattern(
    ".*" + either("指标 要素 因素 准则 维度 评价项 考核项") + "(?:名称)?",
    "(?:.* )?" + either("indicators? criteri(?:on|a) factors? metrics? attributes? dimensions? measures? kpis?"),
)
REMARK = pattern(
    either("备_注 说_明 附_注 来_源 数据来源 描述 简介 联系人 电话 网址"),
    either("remarks? comments? notes? sources? description url"),
)
VALUE = pattern(
    "(?:指标)?" + either("数值 值 得分 分值 分数 评分 打分 数据 结果 取值 判断 原始值"),
    either("values? scores? ratings? points amount figure number data result obs_value judge?ments? answers?"),
)
"""The one column of numbers of a long table."""
DERIVED = pattern(
    either("合_计 总_计 总_分 总得分 综合(?:得分|评分|指数|评价) 加权(?:得分|总分) 平均分"),
    "(?:grand |overall |weighted )?(?:total|score|sum)(?: score)?",
    either("overall total_points"),
)
"""A column that follows from the others."""
PLACES = pattern("(?:综合)?" + either("排名 名次 位次 排序"), "(?:overall )?" + either(r"rank(?:ing)? place position"))
"""A column that may be the ranking of these alternatives by the others."""
PART_OF = re.compile(r"\s*(?:其\s*中|of which|thereof|including)\s*[:：,，]?\s*", re.I)
"""How the name of a line begins that is a part of the line above."""
MEASURED = re.compile(
    either("产值 增加值 收入 利润 数 量 率 额 度 规模 能力 水平 比重 占比 得分 评分 指数 强度 效益 影响")
    + r"$|\b"
    + either(
        "growth share rate number size jobs revenue output score market investment employment exports? patents? "
        "demand return profit quality capacity reliability"
    )
    + r"\b"
)
"""What a heading of a factor holds, rather than a name of an alternative."""
COUNTED = re.compile(
    r"数|量|率|占比|比重|个|家|人|次|年|级|排名|得分|评分|指数|\b(?:number|count|share|rate|rank|index|score|jobs|year)\b",
    re.I,
)
"""What is in no unit of money, whatever is said above the table."""

# --- measures and budgets
MEASURES = pattern(
    ".*" + either("措施 举措 政策 工具 行动 手段 任务 抓手 对策") + "(?:名称)?",
    "(?:policy |support )?"
    + either("measures? polic(?:y|ies) actions? instruments? interventions? programmes? programs? initiatives? tools?")
    + "(?: name)?",
)
SERVES = pattern(
    either("对应 作用 服务 支持 影响 针对 面向 改善 提升") + "的?" + either("要素 因素 指标 短板 维度 方面") + "?",
    either("要素 作用对象 目标要素"),
    either(
        "serves serving factors? affects? targets? improves? supports? works_on addresses criteri(?:on|a) "
        "for(?:_factor)?"
    ),
)
STRENGTH = pattern(
    either("作用 影响 支持 措施") + "?" + either("强度 力度 强弱 程度 大小"),
    either("强/中/弱 效果 作用 成效"),
    either("strengths? impact effect(?:iveness)?s? intensity how_strong power"),
)
RESOURCE = pattern(
    either("资金 预算 成本 费用 投入 经费 土地 用地 人才 岗位 人员 编制 能耗指标 场景 电力 算力"),
    either("money funds? funding budget costs? land talent posts? staff people capital spend(?:ing)? price sites? fte"),
    either("hours energy power compute"),
)
BUDGET_NAMES = pattern("资源(?:名称|种类)?", either("要素资源 resources? inputs? means"))
BUDGET_AMOUNTS = pattern(
    either("预算 可用 可用量 总量 总额 额度 上限 数量 供给 盘子 规模") + "(?:总?量|额|数|总额)?",
    either("available availability budgets? amounts? limits? total supply capacity cap"),
)
PERIODS = pattern("年份?", either("年度 时期 期间? period year"))
A_PERIOD = pattern(r"(?:20\d\d|fy_?\d\d(?:\d\d)?)\s*年?度?", "第.{1,2}[期年]", r"(?:period|year)\s*\d+")
OF_MEASURE = {
    "dimension": pattern(either("维度 领域 类别 dimension category field")),
    "stage": pattern(either("阶段 赛段 stage phase")),
    "scope": pattern(either("范围 层级 实施对象 scope level_of_action")),
    "max_level": pattern("上限|最大(?:力度|数量|规模)|最多|可实施[数量]|max(?:imum)?(?: level| number)?|upper limit"),
    "min_level": pattern("下限|最小(?:力度|数量|规模)|最少|min(?:imum)?(?: level| number)?|lower limit"),
    "lag": pattern("时滞|滞后|见效(?:期|时间)|lag"),
}
SCOPES = {
    "track": pattern("赛道|各赛道|每条赛道|tracks?|each track"),
    "type": pattern("类型|type"),
    "city": pattern("全市|全域|城市|city|city-?wide"),
}

# --- judges
STAMPS = pattern(either("提交时间 答题时间 填写时间 时间戳 timestamp submitted(?:_at|_on)? start_time completion_time"))
"""When a respondent answered."""
RESPONDENTS = pattern(
    ".*"
    + either("专家 评委 受访者 答卷人 填表人 被访者 问卷 答卷 样本 评分人 答题人 调查对象")
    + either("姓名 编号 代码 序号 号 人")
    + "?",
    "(?:.* )?"
    + either(
        "experts? respondents? judges? participants? interviewees? reviewers? evaluators? raters? voters? persons?"
    )
    + r"(?: ?(?:id|no\.?|name|code))?",
    either("姓名 填写人 提交人"),
    STAMPS.pattern,
    "response_id",
)
ABOUT = pattern(
    ".*" + either("单位 机构 部门 职业 职务 职称 性别 年龄 学历 专业 角色 身份 行业 地区 领域 类型 类别 年限"),
    "(?:.* )?"
    + either("role organi[sz]ation affiliation department gender sex age education title region sector type"),
)
"""What is said of a respondent, rather than answered."""
PAIR_SAID = re.compile(
    r"(.+?)\s*"
    + either(
        "相对于 相比于 相对 相比 对比 比较 比 优于 compared_(?:with|to) relative_to against over more_important_than"
    )
    + r"\s*(.+)",
    re.I,
)
"""A heading that says which of two comes first."""
PAIR_UNSAID = re.compile(r"(.+?)\s*" + either(r"/ ／ : ： - – — ~ 与 和 vs\.? versus \| ×") + r"\s*(.+)", re.I)
"""One that names two and does not."""

# --- which way is better
LESS = re.compile(
    either(
        "成本 费用 造价 能耗 电耗 水耗 煤耗 物耗 油耗 耗能 耗电 耗水 耗煤 消耗 用能 用水量 用电量 排放 碳强度 "
        "污染 风险 排名 排序 名次 位次 事故 故障 缺陷 失业 损失 亏损 违约 投诉 噪声 噪音 时间 耗时 工期 周期 时长 "
        "时延 延迟 延误 距离 拥堵 浪费 废水 废气 废物 固废 废弃 难度 壁垒 价格 单价 [房地电水气油]价 租金 关税 "
        "税负 逾期 坏账 不良率 次品 贫困 死亡 伤亡 障碍 流失 空置 占地 破坏 负面 冲突 不确定 弃电 弃风 弃光 欠账 "
        "赤字 阻力 pm2 pm10"
    )
    + r"|\b"
    + either(
        r"costs? capex opex prices? expens\w+ emissions? co2e? carbon ghg pollut\w+ risks? rank(?:ing)? energy "
        r"consumption durations? delays? lead_time payback distance loss(?:es)? wastes? noise failures? defects? "
        r"accidents? unemployment downtime footprint difficulty complexity barriers? tax(?:es)? crimes? deaths? "
        r"mortality churn vacancy congestion latency hazards? injur\w+ complaints? fees? time opposition "
        r"uncertainty threats? burden damage"
    )
    + r"\b"
)
"""Of this less is better ..."""
MORE = re.compile(
    either(
        "降低 下降 减少 减排 节约 节能 节电 节水 节 削减 压减 优势 控制能力 抵御 抗风险 防控 治理 利用率 回收 "
        "处理率 达标 效率 能效 储备 产能 发电 装机 缓释 化解能力 竞争力 管理能力 应对"
    )
    + r"|\b"
    + either(
        r"sav(?:ed|ings?) reduc\w+ avoid\w+ abate\w+ cut advantage resilien\w+ efficien\w+ mitigat\w+ renewable\w* "
        r"output capacity generat\w+ recover\w+ recycl\w+ control coverage yield storage performance management "
        r"captured? resistance security competitiveness on[-\s]time transition clean independence"
    )
    + r"\b"
)
"""... but of its reduction, or of what is strong against it, more is."""
ASKED = re.compile(
    either(
        "温度 气温 水温 湿度 酸碱 负债 杠杆 债务率 权益乘数 流动比 速动比 库存 存货 集中度 人口密度 密度 容积率 "
        "年龄 汇率 通胀 通货膨胀 生态影响 环境影响 利率 依存度 依赖度 进口 海拔 转速 压强 压力值 水位 ^年份?$ "
        "^年度$ 成立时间 成立年 建成年 储备率 性别比 市盈率 市净率 城镇化 国有占比 外资占比"
    )
    + r"|\b"
    + either(
        r"temperature humidity ph leverage gearing debt current_ratio quick_ratio inventor\w+ concentration hhi "
        r"density age exchange_rate inflation interest_rate dependence dependency imports? altitude elevation year "
        r"founded p/e environmental_impact ecological_impact pressure"
    )
    + r"\b"
)
"""Of this neither is: there is a best in between (temperature, debt ratio), or it depends on who asks (imports)."""
UP = re.compile(
    r"越(?:高|大|多|强|快|好|长|优)越[好优]|正向(?:指标)?|效益型?|极大型|maximi[sz]e|higher=better|"
    r"(?:higher|more|larger|bigger|greater)(?: is| are)? better|the (?:higher|more|larger) the better"
)
DOWN = re.compile(
    r"越(?:低|小|少|弱|慢|短|差|轻)越[好优]|[负逆反]向(?:指标)?|成本型|极小型|minimi[sz]e|lower=better|"
    r"(?:lower|less|smaller|fewer)(?: is| are)? better|the (?:lower|less|smaller|fewer) the better"
)
"""Hints beside a heading that say which way is better."""
WAYS = {
    "max": pattern(either(r"max maximi[sz]e 正向指标 极大 高优 越[高多]越好 high higher_better \+ \(\+\) ↑ ⬆ ▲")),
    "min": pattern(either(r"min minimi[sz]e [负逆]向指标 反向 极小 低优 越[低少]越好 low \(-\) ↓ ⬇ ▼ − – —")),
    "range": pattern(either("适度指标 中间 适中 range 区间指标")),
}
"""Words for directions beyond those of a case's own table of factors."""
