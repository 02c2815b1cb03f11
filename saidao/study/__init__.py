"""From a case to a plan: settings, weighing, the programme, the problem, the plan, and the sentences that tell it.

The way: `settings` (what was asked), `decision` and `weighing` (scores, weights, ranking, stance), `programme` (tables
as arrays), `problem` (both joined), `solving`, `plan`. What a plan shows: `figures`, `plan_tables`, `sentences`,
`footing`, `sources`, `worth`; `proof` recounts it. What else is asked: `inputs` and `spreads` (numbers that may be
otherwise), `region` and `weight_scenarios` (weights that may), `underway` and `moves` (a plan that has begun), `panel`
(judges). Shared by all verbs: `names`, `options`, `columns`, `named_choices`; `record` lets a result be made again.
"""
