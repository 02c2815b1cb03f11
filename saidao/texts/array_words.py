"""What errors of the array level found, and where, in Chinese: `mcda` speaks English alone. ``{}`` is what varies."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

FOUND: Mapping[str, str] = {
    "nothing": "空",
    "neither": "两者皆无",
    "neither or both": "两者皆无或皆有",
    "both": "两者皆有",
    "another number": "另一个数",
    "something else": "其他内容",
    "something that is not numbers": "非数值内容",
    "something that is not a table of numbers": "非数值表",
    "no such table": "没有这样的表",
    "no such values": "没有这样的值",
    "no table of finite ranks": "不是由有限排名组成的表",
    "no score at all": "没有任何得分",
    "no judge": "没有专家",
    "no judgement": "没有判断",
    "no matplotlib": "未安装 matplotlib",
    "no matrix": "没有矩阵",
    "no {}": "缺少 {}",
    "nothing but zeros": "全为 0",
    "nothing printed": "没有所印结果",
    "too few options": "选项不全",
    "a DataFrame": "数据框（DataFrame）",
    "only zeros": "全为 0",
    "only weights from data": "只有由数据得出的权重",
    "only weights from judgements": "只有由判断得出的权重",
    "zeros, or leave_out": "0，或 leave_out",
    "the sum 0": "合计为 0",
    "the same criterion": "同一要素",
    "the same value for every alternative": "各备选对象取值相同",
    "the matrix's own names in another order": "矩阵自身的名称，但次序不同",
    "the average {}": "平均值 {}",
    "the method {}": "排序方法 {}",
    "the option {}": "选项 {}",
    "two criteria of the same rank": "有两个要素次序相同",
    "several alternatives at its best value": "有多个备选对象并列最优",
    "a diagonal entry other than 1": "对角线上有不为 1 的值",
    "a negative number": "负数",
    "a negative value, or only zeros": "负值，或全为 0",
    "a negative value": "负值",
    "a part that falls": "下降的部分",
    "no table of numbers": "非数值表",
    "no numbers": "非数值",
    "a program that is {}": "无解的程序（{}）",
    "a value <= 0": "不大于 0 的值",
    "a value that is 0 or less": "不大于 0 的值",
    "a value that is 0 or less once normalised": "规范化后不大于 0 的值",
    "a value that is not finite": "非有限值",
    "an anti-ideal (the worst values together) that is 0 or less": "反理想点（各要素最差值）不大于 0",
    "a weight of 0, which would veto the criterion": "权重为 0，等于否决该要素",
    "alternatives that are equal on every criterion": "各备选对象在所有要素上相同",
    "alternatives that are equal on every weighted criterion": "各备选对象在有权重的要素上相同",
    "alternatives that the method cannot tell apart (its score is 0/0)": "该方法无法区分的备选对象（得分为 0/0）",
    "an answer that never moves": "始终不变的结果",
    "costs that are all 0": "成本全为 0",
    "influences that do not die away": "影响不收敛",
    "low or high beside it": "同时给了上下限",
    "more than {} vertices": "顶点多于 {} 个",
    "no criterion on which the alternatives differ in the way that the scheme weighs": "没有可供该赋权方法区分的要素",
    "one alternative that is best on every criterion": "有一个备选对象在所有要素上最优",
    "principal components of the same variance": "方差相同的主成分",
    "pairs that share {} and {} points": "两两分配 {} 分与 {} 分",
    "shape {}": "形状 {}",
    "values that the normalisation {} is not defined for": "规范化方法 {} 不适用的值",
    "a value below 0 once normalised": "规范化后为负的值",
    "a value that is -1 once normalised": "规范化后为 -1 的值",
    "an alternative whose weighted sum is 0 or less once normalised": "规范化后加权和不大于 0 的备选对象",
    "statements that no weights meet: {}": "没有权重能满足的陈述：{}",
    "undesirable outputs, or no orientation": "非期望产出，或未给导向",
    "values below 0, or a unit of zeros only": "负值，或全为 0 的单元",
    "values outside 0 to 1 once normalised": "规范化后超出 0 至 1 的值",
    "values too large or too small to compute with": "数值过大或过小，无法计算",
    "weights that coincide, or that others combine to": "权重彼此重合，或可由其他权重组合而成",
    "{} alternatives and {} criteria": "{} 个备选对象、{} 个要素",
    "{} alternatives": "{} 个备选对象",
    "{} criteria": "{} 个要素",
    "{} axes": "{} 个轴",
    "{} characteristic objects": "{} 个特征对象",
    "{} directions": "{} 个方向",
    "{} distinct ratios": "{} 个不同的比值",
    "{} in a circle": "{} 成环",
    "{} knots": "{} 个节点",
    "{} more than once": "{} 出现多次",
    "{} names": "{} 个名称",
    "{} nodes that are no child, and {} children, {} of them different": "{} 个非子节点，{} 个子节点，其中不同的 {} 个",
    "{} of them": "{} 个",
    "{} system": "{} 个系统",
    "{} and {}": "{} 与 {}",
    "{} to {}": "{} 至 {}",
    "{} units": "{} 个单元",
    "{} by the shares {}": "{}（份额 {}）",
    "{} after {}": "{} 在 {} 之后",
    "{} and {} for best to worst": "从最优到最劣为 {} 与 {}",
    "{} to {}, and {} to {} the other way": "{} 至 {}，反向为 {} 至 {}",
    "{}, and {} the other way": "{}，反向为 {}",
}
"""By the English; a test holds that no error of `mcda` says anything else."""
PLACES: Mapping[str, str] = {
    "matrix": "得分表",
    "weights": "权重",
    "pairwise": "成对比较",
    "ranking": "排名",
    "rankings": "排名",
    "ranks": "排名",
    "scores": "得分",
    "criteria": "要素",
    "directions": "方向",
    "samples": "抽样数",
    "seed": "随机种子",
    "share": "份额",
    "spread": "波动",
    "statements": "陈述",
    "factor {}": "要素“{}”",
    "track {}": "赛道“{}”",
    "criterion {}": "要素 {}",
    "row {}": "第 {} 行",
    "column {}": "第 {} 列",
    "option {}": "选项 {}",
    "options {}": "选项 {}",
    "scheme {}": "赋权方法 {}",
    "method {}": "排序方法 {}",
    "rule {}": "规则 {}",
    "model {}": "模型 {}",
    "{} against {}": "{} 对 {}",
}
"""Parts of a place, which commas divide."""


@cache
def _patterns(of: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    texts = {"found": FOUND, "places": PLACES}[of]
    longest = sorted(texts, key=lambda text: -len(text.replace("{}", "")))
    return tuple((re.compile(re.escape(text).replace(r"\{\}", "(.+?)"), re.DOTALL), texts[text]) for text in longest)


def _turned(text: str, of: str) -> str:
    for pattern, chinese in _patterns(of):
        if (met := pattern.fullmatch(text)) is not None:
            return chinese.format(*met.groups())
    return text


def found_in_chinese(text: str) -> str:
    """Return what an error found in Chinese; names and numbers as they are.

    >>> found_in_chinese("3 criteria"), found_in_chinese("0.5")
    ('3 个要素', '0.5')
    """
    return _turned(text, "found")


def place_in_chinese(text: str) -> str:
    """Return where an error is in Chinese.

    >>> place_in_chinese("matrix, factor 生产要素")
    '得分表，要素“生产要素”'
    """
    return "，".join(_turned(part, "places") for part in text.split(", "))
