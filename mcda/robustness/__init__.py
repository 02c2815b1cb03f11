"""How firm a ranking is: under other weights, under uncertain scores, and when alternatives come and go."""
