"""Bad input of every kind that the reader can meet: one clear list, exit status 2, nothing written."""

from __future__ import annotations

import io
import json
import warnings
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import saidao
from saidao.case import parse, read, read_case
from saidao.case.checks import CHECKS
from saidao.case.checks.names import TAKEN
from saidao.case.tables import Actual, Link, Resource
from saidao.errors import Problem
from saidao.study.planning.underway import latest
from tests.conftest import SMALL, Run, write_case
from tests.oracle import implementation as oracle


def line(file: str, old: str, new: str) -> dict[str, str | None]:
    text = SMALL[file]
    assert old in text
    return {file.rsplit(".", 1)[0].replace("/", "__"): text.replace(old, new)}


MATRIX_3 = "factor,f,g\nf,1,3\ng,2,1\n"

# what is spoilt, and where and how it has to be told: (code, file, row, column, a word of the found or remedy)
BAD: dict[str, tuple[dict[str, str | None], tuple[str, str, int | None, str, str]]] = {
    "no tracks": ({"tracks": None}, ("missing_table", "tracks.csv", None, "", "")),
    "no factors": ({"factors": None}, ("missing_table", "factors.csv", None, "", "")),
    "no scores": ({"scores": None}, ("missing_table", "scores.csv", None, "", "")),
    "a table misnamed": (
        {"tracks": None, "track": SMALL["tracks.csv"]},
        ("missing_table", "tracks.csv", None, "", "track.csv"),
    ),
    "an empty file": ({"tracks": "\n\n"}, ("empty_file", "tracks.csv", None, "", "")),
    "a header alone": ({"tracks": "track,type\n"}, ("no_rows", "tracks.csv", None, "", "")),
    "a score of another year that is none": (
        {"scores": "track,period,f,g\na,2023,3,8\nb,2023,5,1\nc,2023,9,3\na,2022,3,8\nb,2022,5,1\nc,2022,x,3\n"},
        ("number", "scores.csv", 7, "f", "x"),
    ),
    "quotes that do not close": (line("tracks.csv", "Alpha", '"Alpha'), ("csv", "tracks.csv", None, "", "")),
    "a needed column misspelt": (
        line("measures.csv", "max_level", "max_levle"),
        ("missing_column", "measures.csv", 1, "max_level", "max_levle"),
    ),
    "another column misspelt": (
        line("factors.csv", "direction", "directoin"),
        ("misspelt", "factors.csv", 1, "directoin", "direction"),
    ),
    "a column twice": (line("tracks.csv", "name_zh", "name_en"), ("duplicate_column", "tracks.csv", 1, "name_en", "")),
    "too many cells": (line("tracks.csv", "乙,x", "乙,x,y"), ("too_many_cells", "tracks.csv", 3, "", "5")),
    "a text for a number": (line("costs.csv", "funds,4", "funds,four"), ("number", "costs.csv", 2, "cost", "four")),
    "infinity": (line("costs.csv", "funds,4", "funds,inf"), ("number", "costs.csv", 2, "cost", "inf")),
    "not a number": (line("effects.csv", "f,0.3", "f,nan"), ("grade", "effects.csv", 2, "effect", "nan")),
    "a place in two projects": (
        {"projects": "project,measure,targets\np,m1,a\nq,m1,a\n"},
        ("project_place", "projects.csv", 3, "targets", "a"),
    ),
    "a state of a place that a measure does not have": (
        {"actuals": "measure,target,committed\nm1,nowhere,1\n"},
        ("unknown_id", "actuals.csv", 2, "target", "nowhere"),
    ),
    "states of which nothing is told": (
        {"actuals": "measure,target,level\nm1,a,1\n"},
        ("actuals_tell", "actuals.csv", 1, "committed", "level"),
    ),
    "a report of the 31st of June": (
        {"actuals": "measure,target,committed,date\nm1,a,1,2027-06-31\n"},
        ("actuals_date", "actuals.csv", 2, "date", "2027-06-31"),
    ),
    "a report of a day of a week": (
        {"actuals": "measure,target,committed,date\nm1,a,1,2027-W05-1\n"},
        ("actuals_date", "actuals.csv", 2, "date", "2027-W05-1"),
    ),
    "a state in a period in which a measure does not begin": (
        {
            "case": 'periods = ["1", "2"]\nweights = "direct"\n',
            "measures": "measure,scope,max_level,begins\nm1,track,2,2\nm2,type,1,\nm3,city,1,\n",
            "actuals": "measure,target,committed\nm1,a,1\n",
        },
        ("actuals_begins", "actuals.csv", 2, "period", "2"),
    ),
    "revenue in a period of a measure that may begin in any": (
        {
            "case": 'periods = ["1", "2"]\nweights = "direct"\n',
            "costs": "measure,resource,cost,period\nm1,funds,4,1\nm1,funds,-4,2\n",
        },
        ("revenue_begins", "costs.csv", 3, "cost", "begins"),
    ),
    "a negative effect": (line("effects.csv", "f,0.3", "f,-1"), ("at_least", "effects.csv", 2, "effect", "-1")),
    "a negative budget": (line("resources.csv", "M,10", "M,-1"), ("at_least", "resources.csv", 2, "budget", "-1")),
    "a budget that a subtraction leaves": (
        line("resources.csv", "M,10", "M,4.54747350886464e-13"),
        ("amount_tiny", "resources.csv", 2, "budget", "4.54747350886464e-13"),
    ),
    "a floor of nothing": (
        {"rules": "rule,kind,over,of,amount\nr,floor,all,funds,1e-10\n"},
        ("amount_tiny", "rules.csv", 2, "amount", "2e-09"),
    ),
    "no budget": (line("resources.csv", "M,10", "M,"), ("missing_cell", "resources.csv", 2, "budget", "")),
    "a level of nothing": (
        line("measures.csv", "track,continuous,2", "track,continuous,0"),
        ("above", "measures.csv", 2, "max_level", "0"),
    ),
    "no largest level": (
        line("measures.csv", "track,continuous,2", "track,continuous,"),
        ("missing_cell", "measures.csv", 2, "max_level", ""),
    ),
    "an unknown scope": (
        line("measures.csv", "type,continuous", "types,continuous"),
        ("choice", "measures.csv", 3, "scope", "'type'"),
    ),
    "an unknown direction": (
        line("factors.csv", "min,10", "down,10"),
        ("choice", "factors.csv", 3, "direction", "min"),
    ),
    "a sign that nobody sees": (
        line("tracks.csv", "Alpha", "Al\x1b[31mpha"),
        ("unseen", "tracks.csv", 2, "name_en", "U+001B"),
    ),
    "a range without an ideal": (
        {"factors": "factor,direction,worst\nf,range,0\ng,max,\n"},
        ("missing_cell", "factors.csv", 2, "ideal_low", "ideal_low"),
    ),
    "a range out of order": (
        {"factors": "factor,direction,worst,ideal_low,ideal_high,worst_high\nf,range,7,6,7,9\ng,max,,,,\n"},
        ("range_order", "factors.csv", 2, "worst", "ideal_low 6"),
    ),
    "a range by another name": (
        line("factors.csv", "max,0,10", "区间,0,10"),
        ("choice", "factors.csv", 2, "direction", "'range'"),
    ),
    "less is better by another name": (
        line("factors.csv", "min,10,0", "loss,10,0"),
        ("choice", "factors.csv", 3, "direction", "'min'"),
    ),
    "an id with a sign": (line("tracks.csv", "a,Alpha", "a*,Alpha"), ("id", "tracks.csv", 2, "track", "a*")),
    "a track twice": (line("tracks.csv", "b,Beta", "a,Beta"), ("duplicate", "tracks.csv", 3, "track", "row 2")),
    "a score row twice": (line("scores.csv", "b,5", "a,5"), ("duplicate", "scores.csv", 3, "track", "a")),
    "an unknown track": (line("scores.csv", "c,9,3", "cc,9,3"), ("unknown_id", "scores.csv", 4, "track", "'c'")),
    "a track without scores": (line("scores.csv", "c,9,3\n", ""), ("missing_score_row", "scores.csv", None, "", "c")),
    "a factor without scores": (
        line("scores.csv", "track,f,g", "track,f,gg"),
        ("missing_column", "scores.csv", 1, "g", "'gg'"),
    ),
    "a score left blank": (line("scores.csv", "a,2,8", "a,,8"), ("missing_score", "scores.csv", 2, "f", "impute")),
    "a score in words": (line("scores.csv", "a,2,8", "a,two,8"), ("number", "scores.csv", 2, "f", "two")),
    "a target on the wrong side": (
        line("factors.csv", "max,0,10", "max,10,0"),
        ("scale_max", "factors.csv", 2, "target", ""),
    ),
    "a scale of no length": (line("factors.csv", "min,10,0", "min,5,5"), ("scale_min", "factors.csv", 3, "target", "")),
    "weights for some factors": (
        line("factors.csv", "max,0,10,2", "max,0,10,"),
        ("missing_cell", "factors.csv", 2, "weight", ""),
    ),
    "weights of nothing": (
        {"factors": "factor,weight\nf,0\ng,0\n"},
        ("weights_sum", "factors.csv", 2, "weight", "0"),
    ),
    "a named pair of an unknown track": (
        {"named_pairs": "measure,track\nm1,z\n"},
        ("unknown_id", "named_pairs.csv", 2, "track", "z"),
    ),
    "an unknown type": (
        {"types": "type,name_en\nx,X\n"},
        ("unknown_id", "tracks.csv", 4, "type", "x"),
    ),
    "a cost of an unknown measure": (
        line("costs.csv", "m3,funds", "m4,funds"),
        ("unknown_id", "costs.csv", 6, "measure", "m4"),
    ),
    "a cost of an unknown resource": (
        line("costs.csv", "m1,land", "m1,lnad"),
        ("unknown_id", "costs.csv", 3, "resource", "'land'"),
    ),
    "a cost twice": (
        line("costs.csv", "m1,land", "m1,funds"),
        ("duplicate", "costs.csv", 3, "measure, resource, period", ""),
    ),
    "an effect at an unknown type": (
        line("effects.csv", "type:x", "type:z"),
        ("unknown_id", "effects.csv", 3, "track", "type:"),
    ),
    "an effect on an unknown factor": (
        line("effects.csv", "m3,*,g", "m3,*,h"),
        ("unknown_id", "effects.csv", 5, "factor", "h"),
    ),
    "an effect of an unknown measure": (
        line("effects.csv", "m3,*", "mm3,*"),
        ("unknown_id", "effects.csv", 5, "measure", "'m3'"),
    ),
    "a rule over an unknown measure": (
        line("rules.csv", "measure,m2", "measure,m9"),
        ("unknown_id", "rules.csv", 2, "key", "m9"),
    ),
    "a rule of an unknown resource": (
        line("rules.csv", "m2,funds,1", "m2,fund,1"),
        ("unknown_id", "rules.csv", 2, "of", "'funds'"),
    ),
    "a rule with amount and share": (
        line("rules.csv", "a,funds,,0.5", "a,funds,1,0.5"),
        ("amount_or_share", "rules.csv", 3, "amount", "share 0.5"),
    ),
    "a rule with neither": (
        line("rules.csv", "a,funds,,0.5", "a,funds,,"),
        ("amount_or_share", "rules.csv", 3, "amount", ""),
    ),
    "a closed gap of a measure": (
        line("rules.csv", "factor,g,closed", "measure,m1,closed"),
        ("closed_group", "rules.csv", 4, "over", "measure"),
    ),
    "a spend of a factor": (
        line("rules.csv", "factor,g,closed", "factor,g,land"),
        ("spend_group", "rules.csv", 4, "over", "factor"),
    ),
    "a source of an unknown table": (
        line("sources.csv", "effects,,", "efects,,"),
        ("unknown_id", "sources.csv", 3, "table", "effects"),
    ),
    "a source of an unknown kind": (
        line("sources.csv", "measured", "guess"),
        ("choice", "sources.csv", 2, "kind", "guess"),
    ),
    "judgements that are no reciprocals": (
        {"judgements__factors": MATRIX_3},
        ("judgement_reciprocal", "judgements/factors.csv", 3, "f", "1/3"),
    ),
    "a negative judgement": (
        line("judgements/factors.csv", "f,1,3", "f,1,-3"),
        ("judgement_value", "judgements/factors.csv", 2, "g", "-3"),
    ),
    "a judgement in words": (
        line("judgements/factors.csv", "f,1,3", "f,1,3/0"),
        ("judgement_value", "judgements/factors.csv", 2, "g", "3/0"),
    ),
    "a judgement about an unknown factor": (
        {"judgements__factors": "factor,f,h\nf,1,3\nh,,1\n"},
        ("unknown_id", "judgements/factors.csv", 1, "h", ""),
    ),
    "a judgement row without its column": (
        {"judgements__factors": "factor,f\nf,1\ng,1\n"},
        ("judgement_column", "judgements/factors.csv", 3, "", "g"),
    ),
    "a judgement column without its row": (
        {"judgements__factors": "factor,f,g\nf,1,3\n"},
        ("judgement_row", "judgements/factors.csv", None, "", "g"),
    ),
    "a diagonal other than 1": (
        line("judgements/factors.csv", "g,,1", "g,,2"),
        ("pairwise_diagonal", "judgements/factors.csv", 3, "g", "2"),
    ),
    "a judgement without a size": (
        line("judgements/factors.csv", "f,1,3", "f,1,1e60"),
        ("number_size", "judgements/factors.csv", 2, "g", "1e60"),
    ),
    "a period twice": (
        line("case.toml", 'weights = "direct"', 'weights = "direct"\nperiods = ["a", "a"]'),
        ("list_twice", "case.toml", 1, "periods", "a"),
    ),
    "a lock twice": (
        line("case.toml", 'weights = "direct"', 'weights = "direct"\nlock = ["m1=1", "m1=0"]'),
        ("list_twice", "case.toml", 1, "lock", "m1"),
    ),
    "a ban twice": (
        line("case.toml", 'weights = "direct"', 'weights = "direct"\nforbid = ["m1", "m1"]'),
        ("list_twice", "case.toml", 1, "forbid", "m1"),
    ),
    "a lock of a place against one of all": (
        line("case.toml", 'weights = "direct"', 'weights = "direct"\nlock = ["m1=1", "m1=0@a"]'),
        ("lock_clash", "case.toml", 1, "lock", "m1@a=0"),
    ),
    "a lock of what is forbidden": (
        line("case.toml", 'weights = "direct"', 'weights = "direct"\nlock = ["m1=1@a"]\nforbid = ["m1"]'),
        ("lock_forbidden", "case.toml", 1, "lock", "forbid"),
    ),
    "a measure that requires itself": (
        {"rules": "rule,kind,over,key,of,amount\nr,requires,,m3,m3,1\n"},
        ("requires_itself", "rules.csv", 2, "of", "m3"),
    ),
    "a rule that requires one of several": (
        {"rules": "rule,kind,over,key,of,amount\nr,requires,,m1,m2;m3,1\n"},
        ("requires_one", "rules.csv", 2, "of", "m2;m3"),
    ),
    "an exclusion of one": (
        {"rules": "rule,kind,over,key\nr,excludes,,m1\n"},
        ("excludes_two", "rules.csv", 2, "key", "m1"),
    ),
    "an exclusion that names one twice": (
        {"rules": "rule,kind,over,key\nr,excludes,,m1;m2;m1\n"},
        ("excludes_two", "rules.csv", 2, "key", "m1;m2;m1"),
    ),
    "a share of 40": (
        line("rules.csv", "a,funds,,0.5", "a,funds,,40"),
        ("share_of", "rules.csv", 3, "share", "'0.4'"),
    ),
    "a floor of more than the whole gap": (
        line("rules.csv", "g,closed,0.2,", "g,closed,,1.2"),
        ("share_of", "rules.csv", 4, "share", "1.2"),
    ),
    "a carry of 50": (
        {"resources": "resource,budget,carry\nfunds,10,50\nland,5,0\n"},
        ("share", "resources.csv", 2, "carry", "'0.5'"),
    ),
    "a discount of 95": (
        line("case.toml", 'weights = "direct"', 'weights = "direct"\ndiscount = 95'),
        ("share", "case.toml", None, "discount", "'0.95'"),
    ),
    "a judgement of another node": (
        {"judgements__ann@f": SMALL["judgements/factors.csv"]},
        ("judgement_node", "judgements/ann@f.csv", 1, "", "f, g"),
    ),
    "a judge who judges twice": (
        {
            "factors": "factor,worst,target,parent\nf,0,10,top\ng,10,0,top\ntop,,,\n",
            "judgements__factors@top": SMALL["judgements/factors.csv"],
        },
        ("judgement_twice", "judgements/factors@top.csv", None, "", "factors.csv"),
    ),
    "a judge who has not judged": (
        {"judges": "judge,weight\nfactory,3\n"},
        ("unknown_id", "judges.csv", 2, "judge", "'factors'"),
    ),
    "a factor above itself": (
        {"factors": "factor,worst,target,parent\nf,0,10,\ng,0,10,top\ntop,,,top\n"},
        ("parent_circle", "factors.csv", 4, "parent", "top"),
    ),
    "settings that are no TOML": ({"case": "weights = ahp\n"}, ("toml", "case.toml", None, "", "line 1")),
    "an unknown scheme": ({"case": 'weights = "entropie"\n'}, ("unknown_id", "case.toml", 1, "weights", "'entropy'")),
    "an unknown method": ({"case": 'method = "topsy"\n'}, ("unknown_id", "case.toml", 1, "method", "topsis")),
    "an unknown stance": ({"case": 'stance = "leader"\n'}, ("choice", "case.toml", None, "stance", "'leaders'")),
    "a setting misspelt": ({"case": 'stanse = "leaders"\n'}, ("misspelt", "case.toml", None, "stanse", "'stance'")),
    "graded scores as shortcomings": ({"case": 'ticks = "shortcoming"\n'}, ("tick", "scores.csv", 2, "f", "2")),
    "a least level above the largest": (
        {"measures": "measure,max_level,min_level\nm1,1,2\nm2,1,0\nm3,1,0\n"},
        ("levels", "measures.csv", 2, "min_level", "min_level 2"),
    ),
    "a rising effect": (
        {"effects": "measure,track,factor,effect,up_to\nm1,*,f,0.1,1\nm1,*,f,0.3,\n"},
        ("rising_effect", "effects.csv", 3, "effect", "0.1"),
    ),
    "a prerequisite that is narrower": (
        {"rules": "rule,kind,over,key,of,amount\nr,requires,,m3,m1,1\n"},
        ("requires_scope", "rules.csv", 2, "of", "m3 city"),
    ),
    "a cost in an unknown period": (
        {"costs": "measure,resource,cost,period\nm1,funds,4,2030\nm2,funds,1,\nm3,funds,1,\n"},
        ("unknown_id", "costs.csv", 2, "period", "2030"),
    ),
    "a measure of an unknown dimension": (
        {
            "dimensions": "dimension,name_en\nspace,Space\n",
            "measures": "measure,max_level,dimension\nm,1,spcae\n",
        },
        ("unknown_id", "measures.csv", 2, "dimension", "space"),
    ),
    "a share of weights that are not combined": (
        line("case.toml", 'weights = "direct"', 'weights = "direct"\nshare = 0.6'),
        ("share_alone", "case.toml", 1, "share", "0.6"),
    ),
    "a rule of combination that there is not": (
        line("case.toml", 'weights = "direct"', 'weights = "direct+equal"\ncombine = "lineal"'),
        ("unknown_id", "case.toml", 1, "combine", "lineal"),
    ),
    "a lock that says no level": (
        line("case.toml", 'weights = "direct"', 'weights = "direct"\nlock = ["m1"]'),
        ("option_pair", "case.toml", 1, "lock", "m1"),
    ),
    "a lock above the largest level": (
        line("case.toml", 'weights = "direct"', 'weights = "direct"\nlock = ["m1=3@a"]'),
        ("lock_level", "case.toml", 1, "lock", "2"),
    ),
    "a ban on an unknown place": (
        line("case.toml", 'weights = "direct"', 'weights = "direct"\nforbid = ["m2", "m1@d"]'),
        ("unknown_id", "case.toml", 1, "forbid", "tracks"),
    ),
    "a ban on an unknown measure": (
        line("case.toml", 'weights = "direct"', 'weights = "direct"\nforbid = "m2; m9"'),
        ("unknown_id", "case.toml", 1, "forbid", "m1"),
    ),
    "an unknown stage": (
        {"stages": "stage,name_en\ns1,First\ns2,Second\n", "needs": "need,stage\nspeed,s3\n"},
        ("unknown_id", "needs.csv", 2, "stage", "stages"),
    ),
    "a need of another stage": (
        {"needs": "need,stage\nspeed,s1\n", "measures": "measure,max_level,stage,need\nm1,1,s2,speed\n"},
        ("need_stage", "measures.csv", 2, "stage", "speed"),
    ),
    "an unknown need": (
        {"needs": "need,stage\nspeed,s1\n", "measures": "measure,max_level,stage,need\nm1,1,s1,spede\n"},
        ("unknown_id", "measures.csv", 2, "need", "'speed'"),
    ),
    "phases that do not share the whole out": (
        {"phases": "period,budget\n1,0.5\n2,0.4\n"},
        ("phase_shares", "phases.csv", None, "budget", "0.9"),
    ),
    "a limit that is no share": (
        {"phases": "period,budget,s1\n1,0.5,0.5\n2,0.5,many\n"},
        ("phase_cap", "phases.csv", 3, "s1", "many"),
    ),
    "phases of a dated case": (
        {"phases": "period,budget\n1,1\n", "budgets": "resource,period,amount\nfunds,1,5\n"},
        ("phases_dated", "phases.csv", None, "", "1"),
    ),
    "a tag that is no link": (
        {"chains": "link,chain\nup,line\ndown,line\n", "measures": "measure,max_level,line\nm1,1,up;dwon\n"},
        ("unknown_id", "measures.csv", 2, "line", "'down'"),
    ),
    "a candidate without a number": (
        {
            "indicators": "indicator,watch,admit\ngrowth,0.1,0.3\n",
            "candidates": "candidate,growth\nx,much\n",
        },
        ("number", "candidates.csv", 2, "growth", "number"),
    ),
    "profiles in the wrong order": (
        {"indicators": "indicator,watch,admit\ngrowth,0.5,0.3\n"},
        ("profiles", "indicators.csv", 2, "admit", "watch"),
    ),
    "a hole in the panel": (
        {"panel": "track,period,output,capital,labour\na,2020,1,1,1\na,2021,1,1,1\nb,2020,1,1,1\n"},
        ("panel_hole", "panel.csv", None, "", "a row of b for the period 2021"),
    ),
    "a candidate's score that is no number": (
        {
            "indicators": "indicator,watch,admit\ngrowth,0.1,0.3\n",
            "candidates": "candidate,growth,f,g\nx,1,abc,1\n",
        },
        ("number", "candidates.csv", 2, "f", "number"),
    ),
    "a candidate of an unknown stage": (
        {
            "stages": "stage\ns1\ns2\n",
            "indicators": "indicator,watch,admit\ngrowth,0.1,0.3\n",
            "candidates": "candidate,growth,stage\nx,1,s3\n",
        },
        ("unknown_id", "candidates.csv", 2, "stage", "stages"),
    ),
    "thresholds in the wrong order": (
        {"indicators": "indicator,watch,admit,indifference,preference\ngrowth,0.1,0.3,5,1\n"},
        ("thresholds_out_of_order", "indicators.csv", 2, "preference", "indifference, 5"),
    ),
    "indicators that weigh nothing": (
        {"indicators": "indicator,watch,admit,weight\ngrowth,0.1,0.3,0\n"},
        ("weights_sum", "indicators.csv", None, "weight", "positive"),
    ),
    "a column of phases that is almost a stage": (
        {"phases": "period,budget,stage_1\n1,1,0.5\n", "measures": "measure,max_level,stage\nm1,1,stage1\n"},
        ("misspelt", "phases.csv", 1, "stage_1", "stage1"),
    ),
    "a resource that is called as a column": (
        {"resources": "resource,budget\nlevel,5\n", "costs": "measure,resource,cost\nm1,level,1\n"},
        ("taken_name", "resources.csv", 2, "resource", "another id"),
    ),
    "a chain that is called as a column": (
        {"chains": "link,chain\nup,gap\n"},
        ("taken_name", "chains.csv", 2, "chain", "another id"),
    ),
    "an indicator that is a factor": (
        {"indicators": "indicator,watch,admit\nf,0.1,0.3\n"},
        ("taken_name", "indicators.csv", 2, "indicator", "another id"),
    ),
    "a panel of an unknown track": (
        {"panel": "track,period,output,capital,labour\nq,2020,1,1,1\n"},
        ("unknown_id", "panel.csv", 2, "track", "tracks"),
    ),
    "a ballot for what is no measure": (
        {"ballots": "voter,vote\n1,m1\n2,m1;m9\n"},
        ("unknown_id", "ballots.csv", 3, "vote", "measures"),
    ),
    "a ballot that names a measure twice": (
        {"ballots": "voter,vote\n1,m1;m1\n"},
        ("ballot_twice", "ballots.csv", 2, "vote", "once"),
    ),
    "points that are not one a measure": (
        {"ballots": "voter,vote,points\n1,m1,3;4\n"},
        ("ballot_points", "ballots.csv", 2, "points", "numbers"),
    ),
    "a budget of an unknown resource": (
        {"budgets": "resource,period,amount\nfundz,1,5\n"},
        ("unknown_id", "budgets.csv", 2, "resource", "'funds'"),
    ),
}


def spoil(small: Path, changes: dict[str, str | None]) -> Path:
    """Write changes over the small case; None deletes the table."""
    write_case(small, **{k: text for k, text in changes.items() if text is not None})
    for key, text in changes.items():
        if text is None:
            next(small.glob(f"{key}.*")).unlink()
    return small


@pytest.mark.parametrize("name", sorted(BAD))
def test_bad_input_is_told_where_and_how_to_mend_it(name: str, small: Path) -> None:
    changes, (code, file, row, column, word) = BAD[name]
    case, problems = read_case(spoil(small, changes))
    assert case is None
    found = [p for p in problems if p.code == code and p.file == file and p.row == row and p.column == column]
    assert found, "\n".join(f"{p.code} {p.file} {p.row} {p.column!r}: {p.text()}" for p in problems)
    for lang in ("en", "zh"):
        assert file in found[0].text(lang)
    assert word in found[0].text("en")


def test_every_check_is_met_by_a_bad_case(tmp_path: Path) -> None:
    """A check that nothing trips is no check."""
    tripped: set[str] = set()
    errors_only = [check for check in CHECKS if check.level == "error"]
    for number, (changes, _) in enumerate(BAD.values()):
        folder = tmp_path / str(number)
        folder.mkdir()
        read = folder_case(spoil(write_case(folder), changes))
        tripped |= {check.sentence for check in errors_only if list(check.find(read))}
    idle = {check.sentence for check in errors_only} - tripped
    assert idle <= {"every measure has an effect and a cost"}


def errors(folder: Path) -> list[Problem]:
    return [p for p in read_case(folder)[1] if p.level == "error"]


def folder_case(folder: Path) -> saidao.Case:
    return parse.read_tables(read._folder(folder))


def test_unknown_parents_and_idle_measures_are_told(small: Path) -> None:
    write_case(small, factors="factor,parent\nf,\ng,zz\n")
    assert "unknown_id" in {p.code for p in read_case(small)[1]}
    write_case(small, effects="measure,track,factor,effect\nm1,*,f,0.3\n", costs="measure,resource,cost\nm2,funds,1\n")
    case, problems = read_case(small)
    assert case is not None
    assert {p.level for p in problems} == {"warning"}
    assert [p.code for p in case.warnings if p.code in ("no_effect", "no_cost")] == [
        "no_cost",
        "no_effect",
        "no_effect",
    ]


def test_all_errors_are_told_at_once(small: Path) -> None:
    write_case(
        small,
        tracks="track,type\na,x\na,x\nc,y\n",
        costs="measure,resource,cost\nm1,funds,four\nm9,funds,1\nm1,lnad,-2\n",
        scores="track,f,g\na,2,8\nb,,1\nc,9,x\n",
    )
    _, problems = read_case(small)
    told = {(p.code, p.file, p.row) for p in problems}
    assert {
        ("duplicate", "tracks.csv", 3),
        ("number", "costs.csv", 2),
        ("unknown_id", "costs.csv", 3),
        ("unknown_id", "costs.csv", 4),
        ("unknown_id", "scores.csv", 3),
        ("missing_score", "scores.csv", 3),
        ("number", "scores.csv", 4),
    } <= told


def test_a_bad_row_causes_no_second_error_elsewhere(small: Path) -> None:
    write_case(small, measures=SMALL["measures.csv"].replace("track,continuous,2", "track,continuous,x"))
    assert [p.code for p in errors(small)] == ["number"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_chinese_files_of_excel_are_read(small: Path, encoding: str) -> None:
    (small / "tracks.csv").write_text(SMALL["tracks.csv"], encoding=encoding)
    assert saidao.load_case(small).tracks["name_zh"].tolist() == ["甲", "乙", "丙"]


def test_bytes_that_are_no_text_are_told(small: Path) -> None:
    (small / "tracks.csv").write_bytes(b"track\n\xff\xff\xff\n")
    assert "encoding" in {p.code for p in read_case(small)[1]}


def test_blank_rows_blanks_and_further_columns_do_no_harm(small: Path) -> None:
    write_case(small, tracks="track , note,type\n a , likes = signs ,x\n\n,,\nb,,x\nc,,y\n")
    case = saidao.load_case(small)
    assert case.track_ids == ("a", "b", "c")
    assert case.tracks["note"].tolist()[0] == "likes = signs"


def test_rows_are_counted_as_a_spreadsheet_counts_them(small: Path) -> None:
    write_case(small, costs="measure,resource,cost\n\nm1,funds,4\nm1,land,x\n")
    assert [(p.code, p.row) for p in read_case(small)[1] if p.file == "costs.csv"] == [("number", 4)]


@pytest.mark.parametrize(
    ("text", "code", "word"),
    [
        ("√", "cell_tick", "1 for a tick"),
        ("✓", "cell_tick", "1 for a tick"),
        ("×", "cell_tick", "0 for none"),
        ("●", "cell_tick", "1 for a tick"),
        ("有", "cell_boolean", "1 for yes"),
        ("yes", "cell_boolean", "1 for yes"),
        ("n/a", "cell_missing", "blank"),
        ("—", "cell_missing", "blank"),
        ("暂无", "cell_missing", "blank"),
        ("3-5", "cell_range", "most likely"),
        ("3～5", "cell_range", "most likely"),
        ("10至20", "cell_range", "scenarios"),
        (">90", "cell_bound", "alone"),
        ("约30", "cell_bound", "alone"),
        ("≥ 5%", "cell_bound", "alone"),
        ("1/3", "cell_fraction", "0.25"),
        ("12万元", "cell_unit", "unit"),
        ("4 分", "cell_unit", "unit"),
        ("￥300", "cell_unit", "unit"),
        ("5‰", "cell_unit", "unit"),
        ("3 km", "cell_unit", "unit"),
        ("三", "number", "point"),
        ("1 000", "number", "point"),
        ("1_000", "number", "point"),
    ],
)
def test_what_is_no_number_is_told_by_what_it_is(text: str, code: str, word: str, small: Path) -> None:
    write_case(small, scores=SMALL["scores.csv"].replace("b,5", f"b,{text}"))
    found = [(p.code, p.row, p.column) for p in errors(small)]
    assert found == [(code, 3, "f")]
    assert word in errors(small)[0].remedy("en")
    assert errors(small)[0].remedy("zh")
    write_case(small, scores=SMALL["scores.csv"], costs=SMALL["costs.csv"].replace("funds,4", f"funds,{text}"))
    assert [(p.code, p.row, p.column) for p in errors(small)] == [(code, 2, "cost")]


def test_a_blank_among_ticks_is_told_as_no_tick(small: Path) -> None:
    write_case(small, scores="track,f,g\na,√,8\nb,,1\nc,√,\n")
    assert [(p.code, p.row, p.column) for p in errors(small)] == [
        ("cell_tick", 2, "f"),
        ("missing_tick", 3, "f"),
        ("cell_tick", 4, "f"),
        ("missing_score", 4, "g"),
    ]


@pytest.mark.parametrize("sign", [";", "\t", "|", "，", "；", "、"])
def test_a_file_of_other_separators_is_told_once(sign: str, small: Path) -> None:
    write_case(small, scores=SMALL["scores.csv"].replace(",", sign))
    assert [(p.code, p.file, p.row) for p in errors(small)] == [("separator", "scores.csv", 1)]
    assert "CSV UTF-8" in errors(small)[0].text("en")
    write_case(small, scores=SMALL["scores.csv"].replace(",", sign).replace("5", "2,5"))
    assert [(p.code, p.file, p.row) for p in errors(small)] == [("separator", "scores.csv", 1)], "decimal commas"
    write_case(small, scores=SMALL["scores.csv"].replace("b,5,1", f"b{sign}5{sign}1"))
    assert ("separator", "scores.csv", 3) in [(p.code, p.file, p.row) for p in errors(small)]


def test_signs_in_texts_are_no_separators(small: Path) -> None:
    write_case(small, tracks="上海，产业新赛道\ntrack,name_zh,type\na,甲；子,x\nb,乙、丑,x\nc,丙，寅,y\n")
    assert errors(small) == []
    write_case(
        small, tracks="track\na\nb\nc\n", effects="measure,track,factor,effect\nm1,*,f,0.3\n", rules="rule,kind\n"
    )
    assert errors(small) == []


@pytest.mark.parametrize(
    ("table", "old", "new", "column"),
    [
        ("costs", "resource,cost", "resource,cost（万元）", "cost"),
        ("resources", "budget", "budget（百万元）", "budget"),
        ("factors", "weight", "weight (%)", "weight"),
        ("effects", "factor,effect", "factor,effect %", "effect"),
    ],
)
def test_a_unit_in_a_heading_is_told(table: str, old: str, new: str, column: str, small: Path) -> None:
    write_case(small, **{table: SMALL[f"{table}.csv"].replace(old, new)})
    found = [p for p in errors(small) if p.code == "header_unit"]
    assert [(p.file, p.row, p.details["column"]) for p in found] == [(f"{table}.csv", 1, column)]
    assert "unit" in found[0].text("en")


def test_every_slip_of_a_matrix_is_told_by_its_cell(small: Path) -> None:
    """Copied above the diagonal instead of turned round: six cells, each with the reciprocal that belongs there."""
    write_case(
        small,
        case='weights = "ahp"\n',
        factors="factor\nf0\nf1\nf2\nf3\n",
        scores="track,f0,f1,f2,f3\na,1,2,3,4\nb,9,8,7,6\nc,1,1,1,2\n",
        judgements__factors="factor,f0,f1,f2,f3\nf0,1,3,5,7\nf1,3,1,2,4\nf2,5,2,1,2\nf3,7,4,2,1\n",
    )
    for name in ("resources", "measures", "costs", "effects", "rules"):
        next(small.glob(f"{name}.*")).unlink()
    told = [(p.row, p.column, p.found, p.details["meant"]) for p in errors(small)]
    assert told == [
        (3, "f0", "3", "1/3"),
        (4, "f0", "5", "1/5"),
        (4, "f1", "2", "1/2"),
        (5, "f0", "7", "1/7"),
        (5, "f1", "4", "1/4"),
        (5, "f2", "2", "1/2"),
    ]


@pytest.mark.parametrize("period", ["", "2"])
def test_a_share_of_more_than_a_budget_is_one_where_something_is_carried_over(period: str, small: Path) -> None:
    write_case(
        small,
        case='periods = ["1", "2"]\n',
        rules=f"rule,kind,over,key,of,share,period\nr,cap,all,,funds,1.5,{period}\n",
        resources="resource,budget,carry\nfunds,10,1\nland,5,1\n",
    )
    assert [p.code for p in errors(small)] == ([] if period else ["share_of"])


def zipped(*members: tuple[str, str]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a name twice
        for path, text in members:
            archive.writestr(path, text)
    return data.getvalue()


def test_a_file_twice_in_a_zip_and_two_cases_are_refused() -> None:
    members = [("c/" + path, text) for path, text in SMALL.items()]
    assert read.read_upload(zipped(*members), "c.zip")[0] is not None
    twice = [*members, ("c/scores.csv", "track,f,g\na,9,1\nb,5,1\nc,9,3\n")]
    assert [(p.code, p.found) for p in read.read_upload(zipped(*twice), "c.zip")[1]] == [("zip_twice", "c/scores.csv")]
    backslash = [*members, ("c\\scores.csv", SMALL["scores.csv"])]
    assert [p.code for p in read.read_upload(zipped(*backslash), "c.zip")[1]] == ["zip_twice"]
    two = [*members, *(("d/" + path, text) for path, text in SMALL.items())]
    assert [(p.code, p.found) for p in read.read_upload(zipped(*two), "c.zip")[1]] == [("zip_cases", "c, d")]


def test_fractions_and_a_blank_half_are_read(small: Path) -> None:
    write_case(small, judgements__factors="factor,g,f\nf,3,1\ng,1,\n")
    weights = saidao.weigh(saidao.load_case(small), "ahp")
    assert weights.to_frame()["weight"].to_dict() == pytest.approx({"f": 0.75, "g": 0.25})
    write_case(small, judgements__factors="factor,f,g\nf,1,\ng,1/3,1\n")
    assert saidao.weigh(saidao.load_case(small), "ahp").array == pytest.approx([0.75, 0.25])


@pytest.mark.parametrize(
    ("factors", "scores", "levels"),
    [
        # price: least is best, 1200 the worst of the data and 800 the best; quality from 7 to 9
        ("factor,direction\nq,max\np,min\n", "a,9,1200\nb,7,800\nc,8,1100\n", [[1, 0], [0, 1], [0.5, 0.25]]),
        (
            "factor,direction,worst\nq,max,0\np,min,1600\n",
            "a,8,1200\nb,2,800\nc,4,1600\n",
            [[1, 0.5], [0.25, 1], [0.5, 0]],
        ),
        (
            "factor,direction,target\nq,max,10\np,min,0\n",
            "a,9,1200\nb,5,300\nc,7,600\n",
            [[0.8, 0], [0, 0.75], [0.4, 0.5]],
        ),
        # ticks have their own scale; where all have the same there is no gap
        ("factor,direction\nq,max\np,min\n", "a,0,1\nb,0,0\nc,0,1\n", [[0, 0], [0, 1], [0, 0]]),
        ("factor,direction\nq,max\np,min\n", "a,3,1\nb,3,0\nc,3,1\n", [[1, 0], [1, 1], [1, 0]]),
    ],
)
def test_a_scale_that_is_not_given_is_taken_from_the_scores(
    small: Path, factors: str, scores: str, levels: list[list[float]]
) -> None:
    for name in ("effects", "costs", "measures", "resources", "rules", "sources", "case"):
        next(small.glob(f"{name}.*")).unlink()
    (small / "judgements" / "factors.csv").unlink()
    write_case_only(small, factors=factors, scores="track,q,p\n" + scores)
    np.testing.assert_allclose(1 - saidao.gaps(small).to_numpy(), levels)
    for at, row in enumerate(levels):
        for j in range(2):
            worst, target = oracle.scale(oracle.read(small), j)
            score = oracle.score_matrix(oracle.read(small))[at, j]
            assert (score - worst) / (target - worst) == pytest.approx(row[j])


RANGES = "factor,direction,worst,target,ideal_low,ideal_high,worst_high,weight\n"


def test_a_factor_can_be_best_within_a_range(small: Path) -> None:
    """1 from 6 to 7, falling to 0 at 4 and at 9.5 (Gloria's rivers, but for the ends): levels by hand."""
    write_case(
        small,
        factors=RANGES + "f,max,0,10,,,,1\ng,range,4,,6,7,9.5,1\n",
        scores="track,f,g\na,4.7,6.59\nb,2,7\nc,6.1,8.9\n",
        rules="rule,kind\n",
    )
    gaps = saidao.gaps(small)
    assert gaps["g"].tolist() == pytest.approx([0, 0, 1 - (9.5 - 8.9) / 2.5])
    found = saidao.rank(small, weights={"f": 1, "g": 1}, method="wsm", normalisation="minmax")
    assert found.score_array == pytest.approx([((4.7 - 2) / 4.1 + 1) / 2, 1 / 2, 1 / 2])
    plan = saidao.plan(small, stance="even")
    expected = oracle.solve(small, weights="direct", stance="even")
    assert plan.value == pytest.approx(expected.objective, rel=1e-7)
    assert [row["gap"] for row in plan.gaps] == pytest.approx([0.53, 0, 0.8, 0, 0.39, 0.76])
    for score, level in ((3.0, 0), (4.0, 0), (5.0, 0.5), (6.0, 1), (7.0, 1), (8.25, 0.5), (9.5, 0), (12.0, 0)):
        write_case_only(small, scores=f"track,f,g\na,4.7,{score}\nb,2,7\nc,6.1,8.9\n")
        assert 1 - saidao.gaps(small)["g"].iloc[0] == pytest.approx(level)
    for verb in (saidao.robustness, saidao.sensitivity, saidao.compare, saidao.ask):
        assert verb(small) is not None


def test_the_ends_of_a_range_are_taken_from_the_scores(small: Path) -> None:
    """A middle value: 7 is best, the scores' own 5 and 11 are worth nothing."""
    write_case(
        small,
        factors=RANGES + "f,max,0,10,,,,1\ng,range,,7,,,,1\n",
        scores="track,f,g\na,4.7,5\nb,2,8\nc,6.1,11\n",
        rules="rule,kind\n",
    )
    assert saidao.gaps(small)["g"].tolist() == pytest.approx([1, 0.25, 1])
    assert not errors(small)


def test_a_blank_score_of_a_range_is_guessed_by_the_worse_end(small: Path) -> None:
    write_case(
        small,
        case='impute = "worst"\n',
        factors=RANGES + "f,max,0,10,,,,1\ng,range,4,,6,7,9.5,1\n",
        scores="track,f,g\na,4.7,\nb,2,5.9\nc,6.1,9\n",
        rules="rule,kind\n",
    )
    assert [row["value"] for row in saidao.load_case(small).imputed] == [9.0]


def write_case_only(folder: Path, **tables: str) -> None:
    for name, text in tables.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("factors", "code"),
    [
        ("factor,direction,worst\nf,max,9\ng,max,0\n", "scale_max_data"),
        ("factor,direction,target\nf,max,10\ng,min,9\n", "scale_min_data"),
    ],
)
def test_an_end_from_the_scores_that_does_not_fit_the_other_is_told(small: Path, factors: str, code: str) -> None:
    write_case(small, factors=factors)
    found = [p for p in errors(small) if p.code == code]
    assert [p.file for p in found] == ["factors.csv"]
    assert "taken from the scores" in found[0].text("en")


def test_a_case_is_read_only(small: Path) -> None:
    case = saidao.load_case(small)
    tracks = case.tracks
    tracks.loc[0, "track"] = "changed"
    assert case.track_ids[0] == "a"
    with pytest.raises(AttributeError):
        case.name = "other"  # type: ignore[misc]
    with pytest.raises(AttributeError, match="no table"):
        _ = case.trakcs


def test_shipped_names_and_paths(small: Path) -> None:
    assert saidao.load_case("shanghai").name == "shanghai"
    assert saidao.load_case(str(small)).name == "small"
    for source, code in (("shangai", "no_case"), (small / "tracks.csv", "no_workbook"), ("case.xlsx", "no_case")):
        _, problems = read_case(source)
        assert [p.code for p in problems] == [code]
    assert "'shanghai'" in read_case("shangai")[1][0].text()


# --- what a readable case may still lack ------------------------------------------------------------------------------


def test_ranking_needs_three_tables_and_planning_says_what_more(small: Path) -> None:
    for name in ("resources", "measures", "costs", "effects", "rules", "sources", "case"):
        next(small.glob(f"{name}.*")).unlink()
    (small / "judgements" / "factors.csv").unlink()
    assert saidao.rank(small).rank_array.tolist() == [3, 2, 1]
    with pytest.raises(saidao.CaseError) as caught:
        saidao.plan(small)
    assert [(p.code, p.file) for p in caught.value.problems] == [
        ("needs_table", f"{name}.csv") for name in ("resources", "measures", "costs", "effects")
    ]


def test_ahp_without_its_judgements_is_told(small: Path) -> None:
    write_case(small, judgements__factors="factor,f\nf,1\n")
    with pytest.raises(saidao.CaseError, match="pairwise matrix over f, g"):
        saidao.weigh(small, "ahp")
    write_case(small, judgements__factors="factor,f,g\nf,1,\ng,,1\n")
    with pytest.raises(saidao.CaseError, match="judgement for"):
        saidao.weigh(small, "ahp")


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"weights": "entropi"}, "choice"),
        ({"method": "topsys"}, "choice"),
        ({"stance": "leader"}, "choice"),
        ({"objective": "maxmin!"}, "choice"),
        ({"objective": "reach=1.5"}, "share"),
        ({"objective": "reach"}, "choice"),
        ({"forbid": ["m9"]}, "choice"),
        ({"lock": {"m1@zz": 1}}, "choice"),
        ({"lock": {"m1@a": 3}}, "lock_level"),
        ({"lock": {"m1@a": -1}}, "at_least"),
        ({"lock": {"m1": 1, "m1@a": 0}}, "lock_clash"),
        ({"forbid": ["m1", "m1"]}, "list_twice"),
        ({"objective": "robust", "over": ["ahp", "ahp"]}, "list_twice"),
        ({"objective": "regret", "region": ["f >= g", "f >= g"]}, "list_twice"),
        ({"lock": {"m2": 1}, "forbid": "m2"}, "lock_forbidden"),
        ({"ticks": "weakness"}, "choice"),
        ({"random_index": "sati"}, "choice"),
        ({"prioritisation": "mean"}, "choice"),
        ({"ticks": "shortcoming"}, "tick_scale"),
        ({"normalisation": "vektor"}, "unknown_name"),
        ({"budgets": {"fund": 3}}, "choice"),
        ({"budgets": {"funds": -3}}, "at_least"),
        ({"budgets": {"funds": float("nan")}}, "takes"),
        ({"budgets": {"funds": 1e-9}}, "amount_tiny"),
        ({"budgets": {"funds": 5e-324}}, "number_size"),
        ({"budgets": {"funds": 1e99}}, "number_size"),
        ({"lock": {"m1@a": 5e-324}}, "number_size"),
        ({"weights": {"f": 1}}, "option_factors"),
        ({"weights": [1, 2]}, "takes"),
        ({"weights": {"f": 1, "g": "much"}}, "takes"),
        ({"weights": {"f": 1, "g": 1, "h": 1}}, "option_factors"),
        ({"weights": {"f": 1, "g": -1}}, "bad_weight"),
        ({"weights": {"f": 0, "g": 0}}, "bad_weight"),
    ],
)
def test_bad_options_are_told(small: Path, options: dict[str, object], code: str) -> None:
    with pytest.raises(saidao.CaseError) as caught:
        saidao.plan(small, **options)  # type: ignore[arg-type]
    assert code in {p.code for p in caught.value.problems}


# --- as typed ---------------------------------------------------------------------------------------------------------


def test_the_command_line_tells_all_and_writes_nothing(small: Path, tmp_path: Path, run: Run) -> None:
    write_case(small, costs="measure,resource,cost\nm1,funds,four\nm9,funds,1\n")
    before = sorted(tmp_path.rglob("*"))
    for verb in ("plan", "rank", "weights", "check"):
        extra = [] if verb == "check" else ["-o", str(tmp_path / "out.csv")]
        done = run(verb, small, *extra)
        told = done.out if verb == "check" else done.err
        assert done.status == 2, verb
        assert "costs.csv, row 2, column cost: found four; expected a number." in told
        assert "costs.csv, row 3, column measure: found m9" in told
        assert "Traceback" not in done.err
    assert sorted(tmp_path.rglob("*")) == before
    done = run("check", small, "--json")
    document = json.loads(done.out)
    assert done.status == 2
    assert document["ok"] is False
    assert {p["row"] for p in document["problems"] if p["level"] == "error"} == {2, 3}
    assert "第 2 行" in run("check", small, "--lang", "zh").out


@pytest.mark.parametrize(
    "arguments",
    [
        ["plan", "nowhere"],
        ["plan", "shanghai", "--budget", "funds"],
        ["plan", "shanghai", "--budget", "funds=lots"],
        ["plan", "shanghai", "--budget", "funds=-1"],
        ["plan", "shanghai", "--budget", "gold=1"],
        ["plan", "shanghai", "--weights", "factor_conditions=1"],
        ["plan", "shanghai", "--lang", "fr"],
        ["plan", "shanghai", "-o", "plan.pdf"],
        ["plan", "shanghai", "-o", "no/such/folder/plan.csv"],
        ["plan", "--nonsense"],
        ["plan", "shanghai", "--lock", "E03=1", "--lock", "E03=0"],
        ["plan", "shanghai", "--budget", "funds=1", "--budget", "funds=2"],
        ["plan", "shanghai", "--stance", "even", "--stance=leaders"],
        ["plan", "shanghai", "--objective", "regret", "--over", "ahp", "--over", "ahp"],
        ["plan", "shanghai", "--json", "--json"],
        ["compare", "shanghai", "--weights", "ahp", "--weights", "ahp"],
        ["weights", "shanghai", "--weights", "ahp", "--weights", "ahp"],
        ["rank", "shanghai", "--weights", "factor_conditions=1,factor_conditions=2"],
        ["rank", "shanghai", "--method", "topsy"],
        ["weights", "shanghai", "--weights", "nothing"],
        ["frobnicate"],
    ],
)
def test_usage_errors_exit_with_2(arguments: list[str], tmp_path: Path, run: Run) -> None:
    done = run(*arguments, cwd=tmp_path)
    assert done.status == 2
    assert done.err
    assert not done.out or "--json" in arguments
    assert "Traceback" not in done.err
    assert not list(tmp_path.iterdir())


def test_an_infeasible_case_exits_with_3_and_names_the_rule(small: Path, run: Run) -> None:
    write_case(small, rules="rule,kind,over,key,of,amount\nhalf to m3,floor,measure,m3,funds,5\n")
    done = run("plan", small)
    assert done.status == 3
    assert "At least 5 M of Funds goes to Three: lower it to 2 M (3 M less)" in done.err
    document = json.loads(run("plan", small, "--json").out)
    assert document["status"] == "infeasible"
    assert document["conflicts"] == [
        {"kind": "floor", "name": "half to m3", "amount": 5, "to": pytest.approx(2), "unit": "M"}
    ]
    assert "三" in run("plan", small, "--lang", "zh").err


def test_matrix_values_survive(small: Path) -> None:
    np.testing.assert_array_equal(saidao.load_case(small).scores_matrix, [[2, 8], [5, 1], [9, 3]])


def test_figures_of_candidates_are_read_as_all_numbers_are(small: Path) -> None:
    write_case(
        small,
        indicators="indicator,watch,admit\ngrowth,0.1,0.3\nfirms,10,20\n",
        candidates='candidate,growth,firms,f,g\nx,78.9%,"106,000",１２,4\n',
    )
    row = saidao.candidates(small).listed[0]
    assert row["figures"] == {"growth": pytest.approx(0.789), "firms": 106000.0}
    assert saidao.admit(small, "x").scores_matrix[-1].tolist() == [12.0, 4.0]


def test_a_bad_row_causes_no_second_error_about_the_whole_table(small: Path) -> None:
    """Sums, holes and what refers to the table are told when the row can be read."""
    write_case(
        small,
        panel="track,period,output,capital,labour\na,1,x,1,1\na,2,1,1,1\nb,1,1,1,1\nb,2,1,1,1\n",
        phases="period,budget\n1,0.6\n2,\n",
    )
    codes = [(p.file, p.code) for p in errors(small)]
    assert codes == [("panel.csv", "number"), ("phases.csv", "missing_cell")]
    write_case(
        small,
        panel="track,period,output,capital,labour\na,1,1,1,1\nq,2,1,1,1\nb,1,1,1,1\n",
        phases="period,budget\n1,1\n",
    )
    assert [p.code for p in errors(small)] == ["unknown_id"]


def test_columns_of_results_are_all_taken_names() -> None:
    """What stands beside resources and chains as a column of a result is no id of theirs; a new one has to be added."""
    plan, stages, balance = saidao.plan("shanghai"), saidao.stages("shanghai"), saidao.balance("shanghai")
    resources = {row["resource"] for row in plan.resources}
    for rows in (plan.allocation_rows(), stages.stages, stages.schedule, balance.dimensions):
        assert set(rows[0]) - resources <= TAKEN[Resource]
    chains = saidao.chains("shanghai")
    for rows in (chains.gaps, chains.map):
        assert set(rows[0]) - set(chains.order) <= TAKEN[Link]


def test_an_objective_takes_its_share_as_a_cell_does() -> None:
    assert saidao.plan("shanghai", objective="reach=60%").closed_share == pytest.approx(0.6)
    with pytest.raises(saidao.CaseError, match="expected a share from 0 to 1"):
        saidao.plan("shanghai", objective="reach=2")


@pytest.mark.parametrize("case", [None, 3, pd.DataFrame()])
def test_what_is_no_case_is_named(case: Any) -> None:
    with pytest.raises(saidao.CaseError, match=r"case: found \w+; expected a case"):
        saidao.plan(case)


def test_an_option_that_there_is_not_is_named_whatever_it_holds() -> None:
    with pytest.raises(saidao.CaseError, match=r"options: found budget; .* Did you mean 'budgets'"):
        saidao.plan("shanghai", budget={"funds": 1})  # type: ignore[call-arg]


@pytest.mark.parametrize("percent", ["20%", "２０％", "20 %"])
@pytest.mark.parametrize(
    ("table", "column", "text"),
    [
        ("resources", "budget", "resource,budget\nfunds,{}\nland,5\n"),
        ("costs", "cost", "measure,resource,cost\nm1,funds,{}\nm2,land,2\nm3,funds,2\n"),
        ("measures", "max_level", "measure,scope,max_level\nm1,track,{}\nm2,type,1\nm3,city,1\n"),
        ("rules", "amount", "rule,kind,over,key,of,amount\nr1,floor,measure,m2,funds,{}\n"),
    ],
)
def test_a_percent_is_no_amount(table: str, column: str, text: str, percent: str, small: Path) -> None:
    """A fifth of what is not said: it was read as 0.2 of a million."""
    write_case(small, **{table: text.format(percent)})
    with pytest.raises(saidao.CaseError) as refused:
        saidao.load_case(str(small))
    (problem,) = refused.value.problems
    assert (problem.code, problem.file, problem.row, problem.column) == ("amount_percent", f"{table}.csv", 2, column)
    assert problem.found == percent
    for lang in ("en", "zh"):
        assert "500" in problem.text(lang)


def test_a_percent_is_a_share_where_shares_are_meant(small: Path) -> None:
    write_case(
        small,
        rules="rule,kind,over,key,of,amount,share\nr1,floor,measure,m2,funds,,20%\n",
        resources="resource,budget,carry\nfunds,10,50%\nland,5,\n",
    )
    case = saidao.load_case(str(small))
    assert case.rules["share"].astype(float).tolist() == [0.2]
    assert case.resources["carry"].astype(float).tolist() == [0.5, 0.0]


def test_a_percent_is_no_amount_in_a_workbook_a_frame_or_a_change(small: Path, tmp_path: Path) -> None:
    import openpyxl

    case = saidao.load_case(str(write_case(small)))
    file = tmp_path / "case.xlsx"
    saidao.save_case(case, file)
    book = openpyxl.load_workbook(file)
    sheet = next(sheet for sheet in book if any(cell.value == "funds" for row in sheet["A1:A9"] for cell in row))
    cell = next(cell for row in sheet.iter_rows() for cell in row if cell.value == 10)
    cell.value, cell.number_format = 0.2, "0%"
    book.save(file)
    with pytest.raises(saidao.CaseError) as refused:
        saidao.load_case(str(file))
    assert [(p.code, p.found) for p in refused.value.problems] == [("amount_percent", "20%")]
    with pytest.raises(saidao.CaseError, match="expected an amount"):
        case.with_cell("resources", "funds", "budget", "20%")
    change = "scenario,table,row,column,change\nless,resources,funds,budget,{}\n"
    write_case(tmp_path / "less", scenarios=change.format("-20%"))
    assert saidao.scenarios(tmp_path / "less").plans["less"] is not None
    write_case(tmp_path / "set", scenarios=change.format("=20%"))
    with pytest.raises(saidao.CaseError, match="expected an amount"):
        saidao.scenarios(tmp_path / "set")


@pytest.mark.parametrize(
    "written",
    ["2027-01-06", "2027/1/6", "2027.01.06", "2027年1月6日", "２０２７／１／６", "20270106", "2027-01-06 00:00:00"],
)
def test_the_latest_of_two_reports_counts_however_its_date_is_written(written: str, small: Path) -> None:
    (small / "actuals.csv").write_text(
        f"measure,target,committed,date\nm1,a,1,{written}\nm1,a,0.5,2027-01-05\nm1,a,0,20261231\n", encoding="utf-8"
    )
    case, _ = read_case(small)
    assert case is not None
    held = case.rows(Actual)
    assert [(row.committed, row.date) for row in latest(held)] == [(1, "2027-01-06")]
