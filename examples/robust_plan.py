"""A plan that is good whichever weights are right.

Run: python examples/robust_plan.py
"""

import saidao

SCHEMES = ["ahp", "entropy", "critic"]

usual = saidao.compare_plans("shanghai", SCHEMES)
print(f"the safest of these plans, that of {usual.safest}, loses up to {usual.largest_regret.min():.1%}")

robust = saidao.plan("shanghai", objective="robust", over=SCHEMES)
print(robust.to_frame("views").round(4).to_string(index=False))
worst = min(row["of_best"] for row in robust.views)
print(f"the robust plan has closed at least {worst:.1%} of what the best plan of any of them would")

# all weights under which factor conditions count at least as much as demand conditions
region = saidao.plan("shanghai", objective="robust", stance="even", region=["factor_conditions >= demand_conditions"])
print(f"over that whole region: at least {min(row['of_best'] for row in region.views):.1%} of each best is closed")
