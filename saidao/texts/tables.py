"""The tables of a case: what they are called, what they hold, what their absence means; its settings."""

from __future__ import annotations

from .spellings import TABLES_TYPED

TABLES: dict[str, tuple[str, str]] = {
    # --- what the absence of a table means
    "without.types": ("types of tracks show their ids, not names", "赛道类型只显示编号"),
    "without.judgements": ("no weights by pairwise comparison (AHP)", "不能用层次分析法赋权"),
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
    "without.scales": (
        "effects are numbers, not grades such as strong or weak",
        "效果须填数字，不能填强、中、弱等等级",
    ),
    "without.rules": ("nothing limits a plan but the budgets", "方案只受预算约束"),
    "without.indicators": ("candidates cannot be sorted", "无法对候选赛道分级"),
    "without.candidates": ("`saidao candidates` has nothing to sort", "`saidao candidates` 无候选可分级"),
    "without.period_scores": (
        "`saidao rank --years` has no years to compare, unless scores name their period",
        "`saidao rank --years` 无年度可比（得分表含时期一列者除外）",
    ),
    "without.panel": ("`saidao productivity` has nothing to measure", "`saidao productivity` 无数据可算"),
    "without.named_pairs": (
        "`saidao check` compares no plan with what the source names",
        "`saidao check` 不对照方案与来源点名的组合",
    ),
    "without.actuals": (
        "`saidao replan` takes nothing as bound, spent or achieved yet",
        "`saidao replan` 视为尚无已承诺、已支出和已见效的部分",
    ),
    "without.projects": (
        "`saidao forms` makes a project of every measure that is funded",
        "`saidao forms` 将每项入选措施作为一个项目",
    ),
    "without.kpi": (
        "`saidao forms` gives the indicators that a plan can give, and leaves the others blank",
        "`saidao forms` 只填方案能给出的绩效指标，其余待填",
    ),
    "without.election": ("nothing is known of the rules of a vote", "没有投票规则的说明"),
    "without.ballots": ("no comparison with what rules for votes would select", "不能与投票规则的结果相比较"),
    "without.uncertain": (
        "`saidao uncertain` assumes spreads of its own, and says so",
        "`saidao uncertain` 采用自设的波动范围并予以说明",
    ),
    "without.sources": ("every number counts as an assumption", "所有数字均视为假设"),
    "without.scenarios": ("`saidao scenarios` has nothing to run", "`saidao scenarios` 无情景可算"),
    "table.case": ("settings of the case", "案例"),
    "table.tracks": ("tracks", "赛道"),
    "table.types": ("types of tracks", "类型"),
    "table.factors": ("factors", "要素"),
    "table.scores": ("scores", "得分"),
    "table.period_scores": ("scores of other periods", "其他时期得分"),
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
    "table.scales": ("grades of effects", "效果等级"),
    "table.effects": ("effects", "效果"),
    "table.rules": ("rules", "约束条件"),
    "table.indicators": ("indicators of candidates", "候选指标"),
    "table.candidates": ("candidates", "候选赛道"),
    "table.panel": ("panel", "面板"),
    "table.named_pairs": ("pairs that the source names", "点名组合"),
    "table.actuals": ("actuals", "执行"),
    "table.projects": ("projects", "项目"),
    "table.kpi": ("performance indicators", "绩效指标"),
    "table.election": ("rules of the vote", "投票规则"),
    "table.ballots": ("ballots", "选票"),
    "table.uncertain": ("spreads", "波动"),
    "table.sources": ("sources", "来源"),
    "table.scenarios": ("scenarios", "情景"),
    # --- settings of a case
    "setting.name_en": ("Name of the case, English", "案例英文名称"),
    "setting.name_zh": ("Name of the case, Chinese", "案例中文名称"),
    "setting.ticks": (
        "How ticks (scores of 0 and 1) read; if blank: strength",
        "打勾（0/1 得分）的含义；留空为 strength（优势）",
    ),
    "setting.tick_level": (
        "The level that a tick stands for, above 0 up to 1; if blank: 1",
        "打勾所代表的水平，大于 0、不超过 1；留空为 1",
    ),
    "setting.weights": ("Weighting scheme; if blank: equal", "赋权方法；留空为 equal（等权）"),
    "setting.method": ("Ranking method; if blank: topsis", "排序方法；留空为 topsis"),
    "setting.stance": (
        "Who comes first: leaders, even or laggards; if blank: leaders",
        "资金取向：leaders 优势赛道优先，even 一视同仁，laggards 短板赛道优先；留空为 leaders",
    ),
    "setting.objective": ("What a plan aims at; if blank: weighted", "方案目标；留空为 weighted（加权差距）"),
    "setting.score_period": (
        "The period whose scores are planned with; the last one if blank",
        "编制方案所用得分的时期；留空则为最后一期",
    ),
    "setting.save": (
        "Objective reach: the resource of which least is spent; the first if blank",
        "目标为 reach 时最先节省的资源；留空则为第一种",
    ),
    "setting.lock": (
        "Levels set beforehand: MEASURE=LEVEL or MEASURE=LEVEL@TARGET, separated by ;",
        "预先设定的力度：措施=力度 或 措施=力度@对象，用 ; 分隔",
    ),
    "setting.forbid": (
        "Measures that are left out: MEASURE or MEASURE@TARGET, separated by ;",
        "排除的措施：措施 或 措施@对象，用 ; 分隔",
    ),
    "setting.periods": ("Names of the periods, separated by ;", "各时期名称，用 ; 分隔"),
    "setting.discount": (
        "What a gap closed a period later counts, 0 to 1",
        "晚一期补齐差距的折扣系数，0 到 1",
    ),
    "setting.decay": (
        "Share of what is closed that is lost each period",
        "已补齐差距每期的衰减比例",
    ),
    "setting.combine": (
        "Weights of several schemes (ahp+entropy): how they are combined",
        "多种赋权方法（ahp+entropy）的组合方式",
    ),
    "setting.share": (
        "Weights of two schemes: the first one's share, 0 to 1; if blank: even",
        "两种赋权方法组合时前者的份额，0 到 1；留空则均等",
    ),
    "setting.random_index": ("AHP: table of random indices", "AHP 随机一致性指标表"),
    "setting.impute": (
        "How blank scores are filled in; if blank: they are errors",
        "空缺得分的填补方法；留空则视为错误",
    ),
    "setting.aggregation": ("AHP: how several judges become one", "AHP 多位专家意见的集结方法"),
    "setting.missing": ("AHP: how missing judgements are filled in", "AHP 缺失判断的补全方法"),
    # --- what a table holds
    "holds.case": ("Names and defaults of the case.", "案例名称与默认设置。"),
    "holds.tracks": ("The industrial tracks that are ranked.", "参与排序的产业赛道。"),
    "holds.types": ("Names of the types of tracks.", "赛道类型的名称。"),
    "holds.factors": ("What tracks are judged by, with the scale of each.", "评价赛道的要素及其标尺。"),
    "holds.scores": ("How each track stands on each factor.", "各赛道在各要素上的得分。"),
    "holds.period_scores": (
        "Scores of the periods that the case is not planned with: `saidao rank --years` ranks them too.",
        "不用于编制方案的其他时期得分，供 `saidao rank --years` 逐期排名。",
    ),
    "holds.judgements": (
        "Pairwise matrix of one judge: row against column, 1 to 9 or 1/9 to 1; one half may be left blank.",
        "一位专家的两两比较矩阵：行相对列的重要程度，1 至 9 或 1/9 至 1；可只填一半。",
    ),
    "holds.judges": ("Weights of the judges.", "各位专家的权重。"),
    "holds.resources": ("What is scarce, and its budget.", "稀缺资源及其预算。"),
    "holds.budgets": ("Budgets by period.", "分时期的预算。"),
    "holds.dimensions": ("Dimensions of the measures, with their names.", "措施的维度及其名称。"),
    "holds.stages": (
        "Stages of the race, in order: what each is about and needs.",
        "赛段及其次序：各自的任务与所需。",
    ),
    "holds.needs": (
        "What is short at each stage; measures name the one they serve.",
        "各赛段的短板；措施注明所服务的一项。",
    ),
    "holds.chains": (
        "Links of the innovation chain and the industry chain.",
        "创新链与产业链的环节。",
    ),
    "holds.phases": (
        "Periods of a phased plan: shares of the budgets; a column per stage with the most it may take.",
        "分期方案的各期：预算比例；每个赛段一列，填其上限比例。",
    ),
    "holds.measures": ("The policy measures to choose from.", "可供选择的政策措施。"),
    "holds.costs": ("What one unit of a measure takes of a resource.", "措施每单位力度占用的资源。"),
    "holds.scales": (
        "Words for how strongly measures act (strong, medium, weak), and what each closes: an assumption of the case.",
        "效果等级（强、中、弱等）及其每单位力度缩小的差距：属案例假设。",
    ),
    "holds.effects": ("How much of a gap one unit of a measure closes.", "措施每单位力度缩小的差距。"),
    "holds.rules": ("Floors, caps, prerequisites and exclusions.", "下限、上限、前置条件与互斥。"),
    "holds.indicators": (
        "What candidates are judged by, with the lines for watching and admitting.",
        "候选赛道的评价指标及关注线、准入线。",
    ),
    "holds.candidates": (
        "Candidate tracks: a column per indicator, and per factor.",
        "候选赛道：每个指标与要素各一列。",
    ),
    "holds.panel": (
        "What each track made by year, and with what: for productivity.",
        "各赛道逐年的产出与投入，用于测算生产率。",
    ),
    "holds.named_pairs": (
        "Pairs of measure and track that the source names: `saidao check` compares them with the plan.",
        "来源点名的“措施—赛道”组合：`saidao check` 与方案对照。",
    ),
    "holds.actuals": (
        "What is bound, spent and achieved so far, by measure, target and period: `saidao replan` starts from it.",
        "各措施、对象、时期已承诺、已支出、已见效的情况：`saidao replan` 由此出发。",
    ),
    "holds.projects": (
        "Projects as the budget office files them, one a measure, with what only their unit knows: `saidao forms`.",
        "按预算部门口径申报的项目，一项措施一个，及只有单位掌握的内容：`saidao forms`。",
    ),
    "holds.kpi": (
        "Performance indicators of each project, and what its unit reports: `saidao forms`.",
        "各项目的绩效指标及单位填报的完成情况：`saidao forms`。",
    ),
    "holds.election": (
        "What is said about a vote on the measures: its type, dates and place, in the words of PabuLib.",
        "对措施投票的说明：投票方式、日期和地点，沿用 PabuLib 的写法。",
    ),
    "holds.ballots": (
        "The votes on the measures, a row a voter: what rules for votes would select is compared with the plan.",
        "对措施的投票，每位选民一行：用于将投票规则的结果与方案相比较。",
    ),
    "holds.uncertain": (
        "How far numbers may be from what the case says, and which move together: `saidao uncertain`.",
        "各数字的可能范围，以及哪些同升同降：用于 `saidao uncertain`。",
    ),
    "holds.sources": ("Where the numbers come from; they colour the cells.", "各数字的出处；决定单元格底色。"),
    "holds.scenarios": ("Named changes that are planned side by side.", "命名的情景变化，用于并列比较。"),
}


def table_names(lang: str) -> dict[str, str]:
    """Return the names of tables in the files, by what they are called in *lang*."""
    at = ("en", "zh").index(lang)
    named = {key.removeprefix("table."): texts for key, texts in TABLES.items() if key.startswith("table.")}
    return {texts[at]: name for name, texts in named.items()} | (TABLES_TYPED if lang == "zh" else {})
