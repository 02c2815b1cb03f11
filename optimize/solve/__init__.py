"""From a program to a plan that is proven: solvers, the stages of an objective in turn, certificates."""
