"""Checks across the tables of a case: every one of them in `CHECKS`, in a sentence, with the function that it is.

The functions stand by subject, one a check; each yields all it finds. Cells by themselves (numbers, choices, bounds)
are checked as they are read, by `tables`.
"""

from __future__ import annotations

from ...errors import Problem
from ..case import Case
from ..checking import Check
from . import actuals, ballots, budgets, factors, framework, measures, names, numbers, rules, scores, settings, weights

CHECKS: tuple[Check, ...] = (
    # --- errors: what cannot be ranked or planned with
    Check("texts hold signs that can be seen, and names of files can be these", names.signs),
    Check("settings name things that exist", settings.settings_names),
    Check("a share is of two schemes, by a rule that takes it", settings.share_of_weights),
    Check("locks and bans name measures and places, and levels that can be", settings.locks),
    Check("lists of the settings name each thing once", settings.repeated),
    Check("tables that are needed hold rows", names.rows_exist),
    Check("no two rows share a key", names.unique_keys),
    Check("ids that become columns are no column's name", names.taken_names),
    Check("ids are of rows, judges and periods that are there", names.references),
    Check("a target lies on the better side of its worst", factors.scales),
    Check("no factor is above itself", factors.parents),
    Check("every track has a number for every factor", scores.scores),
    Check("scores of other periods are numbers, and every score says its period", scores.period_scores),
    Check("ticks that stand for shortcomings, or for a level of their own, are 0 or 1", scores.ticks),
    Check("direct weights are given for all factors or none", weights.direct_weights),
    Check("judgements are reciprocal and about the factors of one node", weights.judgements),
    Check("every resource has a budget", budgets.budgets),
    Check("budgets and limits of what is spent are 0, or buy a billionth of some measure", budgets.tiny_amounts),
    Check("what is brought in in a period is of a measure whose beginning is known", budgets.revenue),
    Check("least levels are not above largest levels", measures.levels),
    Check("effects are at known tracks, on factors that are scored", measures.effects),
    Check("the effect of further parts of a level does not rise", measures.parts),
    Check("rules are over known groups and carry one amount", rules.rules),
    Check("a measure serves a need of its stage", framework.needs),
    Check("phases share the budgets out, and the case is not dated otherwise", framework.phases),
    Check("tags are links of their chain", framework.chains),
    Check("candidates have a number for every indicator, and profiles are in order", framework.candidates),
    Check("the panel has no holes", framework.panel),
    Check("what is bound is of places that there are, and no more than there can be", actuals.actuals),
    Check("projects of a measure are for places that it has, each of one project", actuals.projects),
    Check("ballots are for measures that are there, each once, with points for each or none", ballots.ballots),
    Check("sources are of known tables", names.sources),
    Check("every measure has an effect and a cost", measures.idle_measures),
    # --- suspicions: what was probably not meant
    Check("scores lie on the scale of their factor", scores.beyond_scales, "suspicion"),
    Check("gaps are measured on scales that are given", factors.taken_scales, "suspicion"),
    Check("scores are of one size", scores.stray_scores, "suspicion"),
    Check("tracks and factors are no sums or means of others", factors.totals, "suspicion"),
    Check("no factor counts twice", factors.same_columns, "suspicion"),
    Check("less is better only where it is said", factors.directions, "suspicion"),
    Check("a column holds percents or plain numbers", numbers.percents, "suspicion"),
    Check("weights are shares of one whole", weights.mixed_weights, "suspicion"),
    Check("numbers are held as numbers", numbers.numbers_as_texts, "suspicion"),
    Check("numbers are no dates", numbers.dates, "suspicion"),
    Check("amounts of one kind are in one unit", numbers.stray_amounts, "suspicion"),
    Check("amounts that meet in one sum are within a billion of each other", numbers.magnitudes, "suspicion"),
    Check("an effect closes at most a whole gap", measures.effects_beyond, "suspicion"),
    Check("budgets and costs are in one unit", budgets.budgets_and_costs, "suspicion"),
    Check("measures bring in no more of a resource than they take", budgets.earning, "suspicion"),
    Check("costs and budgets hold in every period", budgets.some_periods, "suspicion"),
    Check("discount and decay are shares of what remains and of what is lost", settings.rates, "suspicion"),
    Check("judgements and weights that are filled in are used", weights.idle_weights, "suspicion"),
    Check("columns of scores are factors", scores.unused_columns, "suspicion"),
    Check("settings are known", settings.unused_settings, "suspicion"),
    Check("levels fit the kind of the measure, and effects act in time", measures.idle_levels, "suspicion"),
    Check("a budget is given once", budgets.idle_budgets, "suspicion"),
    Check("sources are of rows that are there", names.idle_sources, "suspicion"),
    Check("names differ by more than width, case or blanks", names.near_names, "suspicion"),
    Check("judges differ by more than width, case or blanks", weights.near_judges, "suspicion"),
    Check("tracks have a type where measures serve types", measures.blank_types, "suspicion"),
    Check("judgements are within Saaty's scale", weights.judgement_sizes, "suspicion"),
)


def errors(case: Case) -> list[Problem]:
    """Return what stands in the way of ranking and planning with a case."""
    found = (problem for check in CHECKS if check.level == "error" for problem in check.find(case))
    return [problem for problem in found if problem.level == "error"]
