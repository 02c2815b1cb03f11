"""From a program to a plan that is proven: solvers, one objective after the other, prices, certificates."""
