"""A constraint of one's own: added to the pulp problem, it comes back in the plan, priced and certified.

Run: python examples/own_constraint.py
"""

import pulp

import saidao


def little_for_awards(problem: pulp.LpProblem) -> None:
    """Allow at most three full levels of awards for uncertified start-ups (M09), over all tracks."""
    levels = [v for v in problem.variables() if v.name.startswith("level_M09__")]
    problem.addConstraint(pulp.lpSum(levels) <= 3, "little_for_awards")


plan = saidao.plan("shanghai")
mine = saidao.plan("shanghai", amend=little_for_awards)
print(f"weighted gap closed: {mine.closed_share:.2%} instead of {plan.closed_share:.2%}")
print(mine.to_frame("rules")[["rule", "kind", "amount", "reached", "shadow_price"]].to_string(index=False))
print(f"gap to the best possible: {abs(mine.certificate['gap']):.0e}")

# the problem can also be handed to any solver that pulp knows
problem = plan.model.to_pulp()
problem.solve(pulp.HiGHS(msg=False))
print(f"pulp's HiGHS: {problem.objective.value():.6f}, ours: {plan.value:.6f}")
