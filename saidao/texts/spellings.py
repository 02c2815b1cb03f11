"""What people type for the name of a column, or for one of the few words that it takes, in either language.

A column is known by its name, its headings (`field.*` in `case_columns`) and what stands here; a word by itself and by
what stands here. Case, width and blanks do not matter.
"""

from __future__ import annotations

TABLES_TYPED = {"规则": "rules"}
"""What people call a sheet, beside its names."""

COLUMNS: dict[str, tuple[str, ...]] = {
    "track": ("track", "赛道", "赛道名称"),
    "effects.track": ("track", "赛道", "对象", "作用对象"),
    "factor": ("factor", "要素", "要素名称", "指标", "指标名称"),
    "measure": ("measure", "措施", "措施名称"),
    "resource": ("resource", "资源", "资源名称"),
    "type": ("类型", "赛道类型"),
    "dimension": ("措施维度",),
    "stage": ("赛段名称", "阶段"),
    "need": ("短板",),
    "indicator": ("indicator", "指标"),
    "candidate": ("candidate", "候选赛道"),
    "judge": ("专家姓名",),
    "scale": ("grade", "等级", "档次"),
    "worst": ("最差", "最差值"),
    "target": ("目标", "目标值"),
    "ideal_low": ("理想下限值",),
    "weight": ("权数",),
    "description": ("说明",),
    "unit": ("unit", "单位", "计量单位"),
    "budget": ("预算", "预算总额"),
    "carry": ("结转", "结转比例"),
    "period": ("年度", "年份", "year"),
    "amount": ("金额", "amount", "数量"),
    "scope": ("实施范围", "范围"),
    "measures.kind": ("力度性质", "是否整体实施", "整体实施", "整项实施", "whole", "all or nothing"),
    "min_level": ("最小规模", "力度下限", "least", "least size"),
    "max_level": ("最大规模", "力度上限"),
    "lag": ("lag", "滞后期"),
    "cost": ("cost", "成本", "单位成本"),
    "effect": ("effect", "效果", "单位效果"),
    "closes": ("closes", "缩小差距", "补齐比例"),
    "up_to": ("适用上限",),
    "rule": ("规则", "规则名称", "约束条件名称"),
    "rules.kind": ("规则类别", "类型"),
    "over": ("范围", "统计口径", "分组"),
    "rules.key": ("组", "适用组别"),
    "share": ("share", "占比"),
    "table": ("表名",),
    "row": ("行主键",),
    "column": ("列名",),
    "note": ("备注",),
}
"""What a column is called beside its heading; ``table.column`` where tables differ."""

NAMES: tuple[str, ...] = ("name", "名称", "名字")
"""Headings of names in whichever language they are."""

WORDS: dict[str, dict[str, tuple[str, ...]]] = {
    "direction": {
        "max": ("越大越好", "正向", "正向指标", "效益型", "极大型", "benefit", "maximise", "maximize"),
        "min": ("越小越好", "负向", "逆向", "负向指标", "逆向指标", "成本型", "极小型", "minimise", "minimize"),
        "range": ("区间型", "适度型", "适度指标", "中间型"),
    },
    "scope": {
        "track": ("各赛道", "赛道", "每条赛道", "逐赛道"),
        "type": ("各类型", "类型", "逐类型"),
        "city": ("全市", "全域", "城市", "whole city", "city-wide"),
    },
    "measures.kind": {
        "continuous": ("连续", "任意力度", "可连续调整", "否", "no"),
        "integer": ("整数", "整数单位"),
        "binary": ("整体实施", "做或不做", "是", "√", "yes", "0-1", "all or nothing"),
        "semi": ("半连续", "不低于下限"),
    },
    "rules.kind": {
        "floor": ("下限", "不低于", "不少于", "至少", "at least"),
        "cap": ("上限", "不超过", "不多于", "至多", "at most"),
        "requires": ("前置条件", "前置", "依赖", "以…为前提", "prerequisite"),
        "excludes": ("互斥", "不可兼得", "至多一项", "at most one"),
        "one_of": ("恰选一项", "必选其一", "exactly one", "one of"),
    },
    "sources.kind": {
        "paper": ("论文", "文献"),
        "measured": ("实测", "实测值", "统计"),
        "judgement": ("判断", "专家判断"),
        "assumption": ("假设", "假定"),
    },
    "over": {
        "track": ("赛道",),
        "type": ("类型", "赛道类型"),
        "factor": ("要素",),
        "dimension": ("维度",),
        "stage": ("赛段", "阶段"),
        "measure": ("措施",),
        "all": ("全部", "合计", "全市", "总体"),
    },
    "ticks": {"strength": ("优势",), "shortcoming": ("短板",)},
    "stance": {
        "leaders": ("优势赛道优先", "扶优", "leaders first"),
        "even": ("一视同仁", "均等"),
        "laggards": ("短板赛道优先", "补短", "扶弱", "laggards first"),
    },
}
"""What may be typed for a word that a column or a setting takes; the first of its words in Chinese is how it shows."""

ALL: tuple[str, ...] = ("all", "全部", "全部赛道", "所有赛道", "全市", "all tracks")
"""What may be typed for ``*``, every track."""

CLOSED: tuple[str, ...] = ("closed gap", "缩小的差距", "补齐的差距", "差距")
"""What may be typed for ``closed`` in rules."""
