"""The distillations of ELECTRE III: for one ranking (`distil`), on ways of weights (`way`), and compiled for many."""
