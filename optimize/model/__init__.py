"""The program as algebra: index sets and parameters, variables, constraints, objectives, and the sparse form."""
