"""From a case to a plan: settings, weighing, the programme, the problem, the plan, and the sentences that tell it.

The way: `settings` (what was asked), `decision` (scores, levels and gaps), `ranking` (weights, ranking, stance),
`planning` (the tables as arrays, the problem, its solving; regions of weights and spreads of numbers; a plan that has
begun), `plan` (what comes of it: figures, what it rests on, tables and sentences), which `proof` recounts; `panel` asks
judges. Shared by all verbs: `options`, `names`, `rules`, `sources`; `record` lets a result be made again.
"""
