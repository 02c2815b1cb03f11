"""The product's terms: one translation each, held over all texts by a test.

Where an English text has the term, the Chinese text has its word, or one of those beside it, which say the same in a
compound or in another part of speech. `EXCEPTIONS` says where a text may do without, and why.
"""

from __future__ import annotations

import re
from typing import NamedTuple


class Term(NamedTuple):
    """A term: what it is called in English, as a pattern, and in Chinese, with the forms that hold it too."""

    english: str
    chinese: str
    also: tuple[str, ...] = ()

    def lacks(self, english: str, chinese: str) -> bool:
        """Whether a pair of texts has the term in English only.

        >>> Term("ranks?", "排名").lacks("ranks of tracks", "名次"), Term("ranks?", "排名").lacks("rank", "排名")
        (True, False)
        """
        found = re.findall(rf"\b(?:{self.english})\b", plain(english), re.IGNORECASE)
        words = [word for word in found if word.lower() not in chinese.lower()]  # a name in a file stays as it is
        return bool(words) and not any(word in chinese for word in (self.chinese, *self.also))


def plain(text: str) -> str:
    r"""Return an English text without what is filled in, commands and names in files; the nouns of numbers stay.

    >>> plain("{n:track/tracks} of {tracks}, by `saidao rank` or --budget funds=1 or weights = \"ahp\"")
    ' tracks of  , by   or   or  '
    """
    text = re.sub(r"\{\w+:[^{}/]*/([^{}]*)\}", r" \1", text)
    text = re.sub(r"\{[^{}]*\}", " ", text)
    return re.sub(r"`[^`]*`|--[\w-]+(?: \w+=\S+)?|\w+ = \"\w+\"|\w+=\S+|\w+(?:/\w+)?\.(?:csv|toml)", " ", text)


TERMS = (
    Term("tracks?", "赛道"),
    Term("factors?", "要素"),
    Term("measures?(?! of| productivity)", "措施", ("力度", "对口")),
    Term("resources?", "资源"),
    Term("budgets?", "预算", ("资源使用情况",)),
    Term("scores?", "得分"),
    Term("ranks?", "排名", ("排序", "排在", "逆序")),
    Term("rankings?", "排序", ("排名",)),
    Term("weighting schemes?", "赋权方法"),
    Term("ranking methods?", "排序方法"),
    Term("weights?(?! (?:more|against|of))", "权重", ("赋权", "加权")),
    Term("weightings?(?! schemes?)", "权重"),
    Term("weighted gap", "短板", ("加权差距", "补齐率", "补齐")),
    Term("closed share", "补齐率"),
    Term("gaps?(?! to the best)", "差距", ("短板", "补齐")),
    Term("stances?", "资金取向"),
    Term("leaders first", "优势赛道优先"),
    Term("laggards first", "短板赛道优先"),
    Term("intensit(?:y|ies)", "力度"),
    Term("funded", "安排", ("对口", "入选")),
    Term("locks?|locked", "必须安排", ("限定为零",)),
    Term("forbid|forbidden", "不予安排", ("排除",)),
    Term("floors?", "下限"),
    Term("caps?", "上限"),
    Term("objectives?", "目标"),
    Term("scenarios?", "情景", ("场景", "方案")),
    Term("assumptions?", "假设"),
    Term("judgements?", "判断"),
    Term("judges?", "专家", ("判断",)),
    Term("consistency ratio", "一致性比率"),
    Term("random ind(?:ex|ices)", "随机", ()),
    Term("shadow prices?", "影子价格"),
    Term("worst track", "最弱赛道"),
    Term("regret", "损失"),
    Term("candidates?", "候选"),
    Term("credibility", "可信度"),
    Term("indicators?", "指标"),
    Term("stages?", "赛段", ("阶段",)),
    Term("needs(?= of| at|,)", "需求", ("所需",)),
    Term("dimensions?", "维度"),
    Term("chains?", "链"),
    Term("links?", "环节", ("链接",)),
    Term("periods?", "时期", ("期",)),
    Term("ticks?", "打勾"),
    Term("shortcomings?", "短板"),
    Term("strengths?", "优势"),
    Term("plans?(?! of)", "方案", ("安排", "规划", "实施", "分期")),
    Term("priorit(?:y|ies)", "优先度", ("权重",)),
    Term("total factor productivity", "全要素生产率"),
    Term("sources?", "来源", ("出处",)),
    Term("rules?", "约束条件", ("规则",)),
    Term("rank reversals?", "逆序"),
    Term("solver", "求解器"),
)

EXCEPTIONS: dict[str, str] = {
    "choose.stance": "a label: the stance itself, where English asks a question",
    "scale_from_data.remedy": "English 'measured', the verb",
    "without.panel": "English 'to measure', the verb",
    "table.types": "the name of a sheet, short",
    "table.dimensions": "the name of a sheet, short",
    "table.budgets": "the name of a sheet, short",
    "table.named_pairs": "the name of a sheet, short",
    "sheet.views": "scenarios of weights, not of the case",
    "title.diagnosis": "English 'needs', the verb",
    "picture.diagnosis.title": "English 'needs', the verb",
}
"""Keys that may lack a term's Chinese word, each with its reason."""
