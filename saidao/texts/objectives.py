"""What is said of each objective, by its name: what it is, what a budget brings, and what its values count."""

from __future__ import annotations

OBJECTIVES = {
    # --- weighted
    "objective.weighted": ("close most of the weighted gap", "短板补齐率最高"),
    "value.objective.weighted": ("weighted gap", "短板补齐率最高"),
    "worth.weighted": (
        "{value} of the weighted gap",
        "{value} 个百分点的补齐率",
    ),
    "head.worth.weighted": ("closes another", "提高补齐率"),
    "answer.bottleneck.weighted": (
        "The bottleneck is {resource} ({budget}): each further {step} closes another {more}",
        "首要制约是{resource}（预算 {budget}）：每增加 {step}，补齐率约提高 {more}",
    ),
    "answer.no_bottleneck.weighted": (
        "No budget is scarce: more of any resource would close nothing further.",
        "没有紧缺的预算：增加任何资源都不能再提高补齐率。",
    ),
    # --- maxmin
    "objective.maxmin": ("lift the worst track first", "最弱赛道优先"),
    "value.objective.maxmin": ("worst track first", "最弱赛道优先"),
    "worth.maxmin": (
        "{value} of the worst track's gap",
        "最弱赛道 {value} 个百分点的补齐率",
    ),
    "head.worth.maxmin": ("closes of the worst track's gap", "提高最弱赛道补齐率"),
    "answer.bottleneck.maxmin": (
        "The bottleneck is {resource} ({budget}): each further {step} closes another {more} of the worst track's gap",
        "首要制约是{resource}（预算 {budget}）：每增加 {step}，最弱赛道的补齐率约提高 {more}",
    ),
    "answer.no_bottleneck.maxmin": (
        "No budget is scarce: more of any resource would close nothing further of the worst track's gap.",
        "没有紧缺的预算：增加任何资源都不能再提高最弱赛道的补齐率。",
    ),
    # --- reach
    "objective.reach": ("reach a share with the least spend", "以最少支出达到给定补齐率"),
    "worth.reach": (
        "{value} of {saved}",
        "{saved} {value}",
    ),
    "head.worth.reach": ("saves {saved}", "节省{saved}"),
    "answer.bottleneck.reach": (
        "The bottleneck is {resource} ({budget}): each further {step} saves {more}",
        "首要制约是{resource}（预算 {budget}）：每增加 {step}，可节省{more}",
    ),
    "answer.no_bottleneck.reach": (
        "No budget is scarce: more of any resource would save nothing.",
        "没有紧缺的预算：增加任何资源都不能再节省支出。",
    ),
    # --- robust
    "objective.robust": ("best worst share over all schemes", "无论采用何种权重，保底成效最高"),
    "value.objective.robust": ("best worst case", "保底成效最高"),
    "worth.robust": (
        "{value} of what the worst weighting could have at best",
        "最不利权重情形 {value} 个百分点的达成率",
    ),
    "head.worth.robust": ("lifts the worst weighting by", "提高最不利权重情形达成率"),
    "answer.bottleneck.robust": (
        "The bottleneck is {resource} ({budget}): each further {step} lifts the worst weighting by {more} of its "
        "own best",
        "首要制约是{resource}（预算 {budget}）：每增加 {step}，最不利权重情形的达成率约提高 {more}",
    ),
    "answer.no_bottleneck.robust": (
        "No budget is scarce: more of any resource would not help the worst weighting.",
        "没有紧缺的预算：增加任何资源都不能再改善最不利的权重情形。",
    ),
    # --- regret
    "objective.regret": ("least loss over all schemes", "无论采用何种权重，损失最小"),
    "value.objective.regret": ("least loss", "损失最小"),
    "worth.regret": (
        "{value} gap units",
        "{value} 个差距单位",
    ),
    "head.worth.regret": ("lowers the largest loss by (gap units)", "减少最大损失（差距单位）"),
    "answer.bottleneck.regret": (
        "The bottleneck is {resource} ({budget}): each further {step} lowers the largest loss by {more}",
        "首要制约是{resource}（预算 {budget}）：每增加 {step}，最大损失约减少{more}",
    ),
    "answer.no_bottleneck.regret": (
        "No budget is scarce: more of any resource would not lower the largest loss.",
        "没有紧缺的预算：增加任何资源都不能再减少最大损失。",
    ),
}
