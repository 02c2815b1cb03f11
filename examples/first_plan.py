"""A first plan: who is ahead, what is bought, what one more unit of the bottleneck would bring.

Run: python examples/first_plan.py
"""

import saidao
from saidao.study.plan.sentences import answer

plan = saidao.plan("shanghai")
print("\n".join(answer(plan)))

print(plan.to_frame("ranking").to_string(index=False))
print(plan.to_frame("resources")[["resource", "budget", "used", "shadow_price"]].to_string(index=False))

# the same city with half as much money
poorer = saidao.plan("shanghai", budgets={"funds": plan.resources[0]["budget"] / 2})
print(f"closed with half the funds: {poorer.closed_share:.1%} instead of {plan.closed_share:.1%}")
