"""Weighting schemes side by side: how the ranking, and the money, depend on the choice.

Run: python examples/compare_weightings.py
"""

import saidao

SCHEMES = ["ahp", "entropy", "critic", "equal"]

ranks = saidao.compare("shanghai", weights=SCHEMES, methods=["topsis", "vikor"])
print("\n".join(ranks.text()))
print(ranks.to_frame().to_string())

money = saidao.compare_plans("shanghai", SCHEMES)
print("\n".join(money.text()))
print("what a plan loses where another scheme is right, as a share of the gap that could be closed:")
print(money.to_frame("regret").round(4).to_string())
