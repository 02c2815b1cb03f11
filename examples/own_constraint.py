"""A constraint of one's own: hand the model to pulp, add a row, solve by any solver that pulp knows.

Run: python examples/own_constraint.py
"""

import pulp

import saidao

plan = saidao.plan("shanghai")
problem = plan.model.to_pulp()

# at most a fifth of full level, over all tracks, for open-call funding (I01)
levels = [v for v in problem.variables() if v.name.startswith("level_I01__")]
problem += pulp.lpSum(levels) <= 0.2, "little_open_call_funding"

problem.solve(pulp.HiGHS(msg=False))
print(pulp.LpSolution[problem.sol_status])
print(f"weighted gap closed: {problem.objective.value():.4f} instead of {plan.value:.4f}")
