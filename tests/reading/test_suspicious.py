"""What is suspicious in a case: told by cell with what it probably means; what is as it should be is not told."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from typer.testing import CliRunner

import saidao
from saidao.case import read_case, read_upload
from saidao.case.checks import CHECKS
from saidao.case.start import new_case
from saidao.cli.commands import app
from saidao.errors import Problem
from tests.conftest import Ran

SUSPICIONS = [check for check in CHECKS if check.level == "suspicion"]

CLEAN: dict[str, str] = {
    "case": 'name_en = "Clean"\nweights = "direct"\nmethod = "wsm"\nstance = "even"\n',
    "tracks": "track,name_en\na,Alpha\nb,Beta\nc,Gamma\nd,Delta\ne,Epsilon\n",
    "factors": "factor,direction,worst,target,weight\nf,max,0,10,2\ng,min,100,0,1\nh,max,0,1,1\n",
    "scores": "track,f,g,h\na,2,80,1\nb,5,10,0\nc,9,30,1\nd,7,55,0\ne,4,62,1\n",
    "resources": "resource,unit,budget\nfunds,M,100\nland,ha,12\n",
    "measures": "measure,name_en,dimension,stage,scope,kind,max_level\n"
    "m1,One,d1,s1,track,continuous,1\nm2,Two,d1,s2,city,integer,3\nm3,Three,d2,s1,city,semi,2\nm4,Four,d2,s1,city,binary,1\n",
    "costs": "measure,resource,cost\nm1,funds,10\nm2,funds,25\nm3,funds,8\nm4,funds,40\nm1,land,1\nm2,land,2\n",
    "effects": "measure,track,factor,effect\nm1,*,f,0.3\nm2,*,g,0.2\nm3,*,h,0.25\nm4,*,f,0.1\n",
    "judgements__factors": "factor,f,g,h\nf,1,1,1\ng,1,1,1\nh,1,1,1\n",
}
"""A case in which nothing is suspicious. The small case of the other tests is not: its judgements are not used."""


def run(*arguments: str | Path) -> Ran:
    """Run the command line in this process: quicker than in one of its own."""
    done = CliRunner().invoke(app, [str(argument) for argument in arguments])
    return Ran(done.exit_code, done.stdout, done.stderr)


def put(table: str, old: str, new: str, **more: str) -> dict[str, str]:
    assert old in CLEAN[table], (table, old)
    return {table: CLEAN[table].replace(old, new), **more}


def spoilt(tmp_path: Path, changes: dict[str, str]) -> Path:
    folder = tmp_path / "case"
    folder.mkdir()
    for name, text in {**CLEAN, **changes}.items():
        path = folder / f"{name.replace('__', '/')}.{'toml' if name == 'case' else 'csv'}"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


PANEL = "track,period,output,capital,labour\n"
DATED = 'weights = "direct"\nmethod = "wsm"\nstance = "even"\nperiods = ["1", "2"]\n'

Odd = tuple[dict[str, str], tuple[str, str, int | None, str, str, str]]

# what is spoilt: the changes, and (code, table, row, column, found, a word of what it probably means)
ODD: dict[str, Odd] = {
    "a measure that brings in a resource": (
        put("costs", "m1,land,1", "m1,land,-1"),
        ("earning", "costs", 6, "cost", "-1", ""),
    ),
    "88 in a column from 0 to 10": (
        put("scores", "b,5,10", "b,88,10"),
        ("beyond_scale", "scores", 3, "f", "88", "8.8"),
    ),
    "12.5 on points from 0 to 10": (
        put("scores", "b,5,10", "b,12.5,10"),
        ("beyond_scale", "scores", 3, "f", "12.5", "1.25"),
    ),
    "55 where the scale is 0 to 1": (
        put("scores", "a,2,80,1", "a,2,80,55"),
        ("beyond_scale", "scores", 2, "h", "55", "0.55"),
    ),
    "a score of the wrong sign": (
        put("scores", "b,5,10", "b,-5,10"),
        ("beyond_scale_unit", "scores", 3, "f", "-5", "sign"),
    ),
    "a score in yuan on a scale in 万元": (
        put("scores", "a,2,80", "a,2,650000"),
        ("beyond_scale", "scores", 2, "g", "650000", "65"),
    ),
    "-99 for a missing score": (
        put("scores", "b,5,10", "b,-99,10"),
        ("missing_code", "scores", 3, "f", "-99", "missing"),
    ),
    "0 for a missing score": (
        {**put("factors", "min,100,0", "max,50,100"), "scores": CLEAN["scores"].replace("b,5,10", "b,5,0")},
        ("zero_score", "scores", 3, "g", "0", "missing"),
    ),
    "a score beyond the worst of a range": (
        {
            "factors": "factor,direction,worst,weight,ideal_low,ideal_high,worst_high\n"
            "f,range,0,2,4,6,10\ng,min,100,1,,,\nh,max,0,1,,,\n",
            "scores": CLEAN["scores"].replace("b,5,10", "b,65,10"),
        },
        ("beyond_scale", "scores", 3, "f", "65", "6.5"),
    ),
    "every score beyond its target": (
        put("factors", "f,max,0,10", "f,max,0,1.5"),
        ("all_beyond_target", "factors", 2, "target", "1.5", "units"),
    ),
    "every score below its worst": (
        put("factors", "f,max,0,10", "f,max,20,30"),
        ("all_below_worst", "factors", 2, "worst", "20", "units"),
    ),
    "a scale that is not given": (
        put("factors", "f,max,0,10", "f,max,,"),
        ("scale_from_data", "factors", 2, "target", "", ""),
    ),
    "a decimal point lost where no scale is given": (
        {
            **put("factors", "f,max,0,10", "f,max,,"),
            "scores": CLEAN["scores"].replace("a,2,", "a,7.5,").replace("b,5,", "b,88,").replace("e,4,", "e,8.1,"),
        },
        ("lost_point", "scores", 3, "f", "88", "8.8"),
    ),
    "a score in another unit where no scale is given": (
        {**put("factors", "f,max,0,10", "f,max,,"), "scores": CLEAN["scores"].replace("b,5,", "b,50000,")},
        ("stray_large", "scores", 3, "f", "50000", "smaller unit"),
    ),
    "a marker of what is missing where no scale is given": (
        {**put("factors", "f,max,0,10", "f,max,,"), "scores": CLEAN["scores"].replace("b,5,", "b,9999,")},
        ("missing_code", "scores", 3, "f", "9999", "missing"),
    ),
    "a row named as a total": (
        {**put("tracks", "e,Epsilon", "e,合计")},
        ("total_name", "scores", 6, "track", "e", "totals"),
    ),
    "a row named as a mean": (
        {**put("tracks", "e,Epsilon", "e,Average (all)")},
        ("mean_name", "scores", 6, "track", "e", "means"),
    ),
    "a row that is the sum of the others": (
        put("scores", "e,4,62,1", "e,23,175,2"),
        ("total_row", "scores", 6, "track", "e", "totals"),
    ),
    "a row that is the mean of the others": (
        put("scores", "e,4,62,1", "e,5.75,43.75,0.5"),
        ("mean_row", "scores", 6, "track", "e", "means"),
    ),
    "a column that is the sum of the others": (
        {
            "factors": "factor,weight\nf,1\ng,1\nh,1\ni,1\n",
            "scores": "track,f,g,h,i\na,2,8,1,11\nb,5,1,0,6\nc,9,3,1,13\nd,7,5,0,12\ne,4,6,1,11\n",
            "effects": "measure,track,factor,effect\nm1,*,f,0.3\n",
            "judgements__factors": "factor,f,g\nf,1,1\ng,1,1\n",
        },
        ("total_column", "factors", 5, "factor", "i", "twice"),
    ),
    "a factor that is a rank": (
        {
            "factors": CLEAN["factors"].replace("h,", "排名,"),
            "scores": CLEAN["scores"].replace("g,h", "g,排名"),
            "effects": "measure,track,factor,effect\nm1,*,f,0.3\n",
            "judgements__factors": "factor,f,g\nf,1,1\ng,1,1\n",
        },
        ("counting_column", "factors", 4, "factor", "排名", "running number"),
    ),
    "a measure named as a total": (
        put("measures", "m4,Four", "m4,小计"),
        ("total_name", "measures", 5, "measure", "m4", "totals"),
    ),
    "a column copied": (
        {"scores": "track,f,g,h\na,2,2,1\nb,5,5,0\nc,9,9,1\nd,7,7,0\ne,4,4,1\n"},
        ("same_column", "scores", 1, "g", "g", "copied"),
    ),
    "a blank direction of what is bad": (
        {"factors": "factor,name_zh,direction,worst,target,weight\nf,碳排放,,0,10,2\ng,g,min,100,0,1\nh,h,max,0,1,1\n"},
        ("direction_blank", "factors", 2, "direction", "", "min"),
    ),
    "a percent on a scale to 10": (
        put("scores", "b,5,10", "b,80%,10"),
        ("percent_on_scale", "scores", 3, "f", "80%", "8 is meant"),
    ),
    "a number among percents of either width": (
        {"factors": "factor,direction,worst,target,weight\nf,max,0,10,55％\ng,min,100,0,25\nh,max,0,1,20%\n"},
        ("number_among_percents", "factors", 3, "weight", "25", "25%"),
    ),
    "a percent among scores without a scale": (
        {**put("factors", "f,max,0,10", "f,max,,"), "scores": CLEAN["scores"].replace("b,5,", "b,55%,")},
        ("percent_among_numbers", "scores", 3, "f", "55%", "55 is meant"),
    ),
    "a share among percents": (
        {"factors": "factor,direction,worst,target,weight\nf,max,0,10,0.5\ng,min,100,0,30\nh,max,0,1,0.2\n"},
        ("weight_percent", "factors", 3, "weight", "30", "0.3"),
    ),
    "shares that sum to 0.9": (
        {"factors": "factor,direction,worst,target,weight\nf,max,0,10,0.5\ng,min,100,0,0.2\nh,max,0,1,0.2\n"},
        ("weights_off", "factors", 2, "weight", "0.9", "mistyped"),
    ),
    "percents that sum to 105": (
        {"factors": "factor,direction,worst,target,weight\nf,max,0,10,50\ng,min,100,0,30\nh,max,0,1,25\n"},
        ("weights_off", "factors", 2, "weight", "105", "mistyped"),
    ),
    "a date in Excel's count": (
        put("costs", "m3,funds,8", "m3,funds,45363"),
        ("serial_date", "costs", 4, "cost", "45363", "3.12"),
    ),
    "a cost in yuan": (
        put("costs", "m3,funds,8", "m3,funds,130000"),
        ("stray_large", "costs", 4, "cost", "130000", "smaller unit"),
    ),
    "a price that means never": (
        put("costs", "m3,funds,8", "m3,funds,99999999999"),
        ("magnitudes", "costs", 4, "cost", "99999999999", "never"),
    ),
    "a prerequisite of a billionth": (
        {"rules": "rule,kind,over,key,of,amount\nfirst,requires,measure,m1,m2,1e9\n"},
        ("ratio_far", "rules", 2, "amount", "1000000000", "next to nothing"),
    ),
    "a cost in yuan of only two": (
        {
            "costs": "measure,resource,cost\nm1,funds,10\nm2,funds,130000\nm1,land,1\nm2,land,2\n",
            "measures": "measure,name_en,scope,kind,max_level\nm1,One,track,continuous,1\nm2,Two,city,integer,3\n",
            "effects": "measure,track,factor,effect\nm1,*,f,0.3\nm2,*,g,0.2\n",
        },
        ("cost_beyond_budget", "costs", 3, "cost", "130000", "smaller unit"),
    ),
    "effects in percent of which some lack the sign": (
        {"effects": "measure,track,factor,effect\nm1,*,f,30%\nm2,*,g,20\nm3,*,h,25\nm4,*,f,10\n"},
        ("number_among_percents", "effects", 3, "effect", "20", "20%"),
    ),
    "a year as a factor": (
        {
            "factors": CLEAN["factors"].replace("h,", "年份,"),
            "scores": "track,f,g,年份\na,2,80,2023\nb,5,10,2023\nc,9,30,2022\nd,7,55,2023\ne,4,62,2023\n",
            "effects": "measure,track,factor,effect\nm1,*,f,0.3\n",
            "judgements__factors": "factor,f,g\nf,1,1\ng,1,1\n",
        },
        ("counting_column", "factors", 4, "factor", "年份", "running number"),
    ),
    "a cost in 亿元": (
        put("costs", "m3,funds,8", "m3,funds,0.0008"),
        ("stray_small", "costs", 4, "cost", "0.0008", "larger unit"),
    ),
    "an amount of the panel in another unit": (
        {"panel": PANEL + "a,1,10,20,3\na,2,11,21,3\nb,1,10,20,30000\nb,2,11,22,4\n"},
        ("stray_large", "panel", 4, "labour", "30000", "smaller unit"),
    ),
    "an effect of 4": (
        put("effects", "m1,*,f,0.3", "m1,*,h,4"),
        ("effect_beyond", "effects", 2, "effect", "4", "0.04"),
    ),
    "an effect of 5000": (
        put("effects", "m1,*,f,0.3", "m1,*,h,5000"),
        ("effect_far", "effects", 2, "effect", "5000", "another unit"),
    ),
    "an effect in the unit of the scores": (
        put("effects", "m1,*,f,0.3", "m1,*,f,2"),
        ("effect_in_unit", "effects", 2, "effect", "2", "0.2"),
    ),
    "a budget in 亿元": (
        put("resources", "funds,M,100", "funds,M,0.01"),
        ("budget_small", "resources", 2, "budget", "0.01", "units"),
    ),
    "a budget in yuan": (
        put("resources", "funds,M,100", "funds,M,1000000"),
        ("budget_large", "resources", 2, "budget", "1000000", "units"),
    ),
    "a budget that buys no whole unit": (
        {**put("resources", "land,ha,12", "land,ha,1"), "costs": CLEAN["costs"].replace("m1,land,1\n", "")},
        ("budget_small", "resources", 3, "budget", "1", "units"),
    ),
    "a resource that nothing costs": (
        put("resources", "land,ha,12", "land,ha,12\ntalent,posts,5"),
        ("resource_unused", "resources", 4, "resource", "talent", "missing"),
    ),
    "a cost of one period": (
        {
            "case": DATED,
            "budgets": "resource,period,amount\nfunds,1,50\nfunds,2,50\nland,1,6\nland,2,6\n",
            "resources": "resource,unit\nfunds,M\nland,ha\n",
            "costs": "measure,resource,cost,period\nm1,funds,10,1\nm2,funds,25,\nm3,funds,8,\nm4,funds,40,\n"
            "m1,land,1,\n",
        },
        ("cost_some_periods", "costs", 2, "period", "1", "the same"),
    ),
    "a budget of one period": (
        {
            "case": DATED,
            "budgets": "resource,period,amount\nfunds,1,50\nfunds,2,50\nland,1,12\n",
            "resources": "resource,unit\nfunds,M\nland,ha\n",
        },
        ("budget_some_periods", "budgets", 4, "period", "1", "missing"),
    ),
    "a budget of the first period alone": (
        {"case": DATED},
        ("budget_first_period", "resources", 2, "budget", "100", "all periods"),
    ),
    "a discount that is a rate": (
        {"case": DATED + "discount = 0.05\n"},
        ("discount_rate", "case", 1, "discount", "0.05", "0.95"),
    ),
    "a decay that is what remains": (
        {"case": DATED + "decay = 0.9\n"},
        ("decay_rate", "case", 1, "decay", "0.9", "0.1"),
    ),
    "judgements that are not used": (
        {"judgements__factors": "factor,f,g,h\nf,1,3,5\ng,,1,2\nh,,,1\n"},
        ("judgement_unused", "judgements/factors", 1, "", "f, g, h", "ahp"),
    ),
    "weights that are not used": (
        {"case": 'method = "wsm"\nstance = "even"\n'},
        ("weights_unused", "factors", 2, "weight", "2, 1, 1", "direct"),
    ),
    "a column of scores that is no factor": (
        {"scores": "track,f,g,h,growth\na,2,80,1,5\nb,5,10,0,4\nc,9,30,1,3\nd,7,55,0,2\ne,4,62,1,1\n"},
        ("score_unused", "scores", 1, "growth", "growth", "factors"),
    ),
    "a setting of another program": (
        {"case": CLEAN["case"] + "solver_threads = 4\n"},
        ("setting_unused", "case", 1, "solver_threads", "solver_threads", "another"),
    ),
    "a table of another name": (
        {"criteria": "factor\nf\n"},
        ("table_unused", "", None, "", "criteria.csv", "misnamed"),
    ),
    "a least level of a continuous measure": (
        {
            "measures": CLEAN["measures"]
            .replace("max_level\n", "max_level,min_level\n")
            .replace("continuous,1", "continuous,1,0.5")
        },
        ("min_level_unused", "measures", 2, "min_level", "0.5", "semi"),
    ),
    "half a unit of what is bought whole": (
        put("measures", "integer,3", "integer,0.5"),
        ("whole_level", "measures", 3, "max_level", "0.5", "continuous"),
    ),
    "three of what is bought once": (
        put("measures", "binary,1", "binary,3"),
        ("binary_level", "measures", 5, "max_level", "3", "integer"),
    ),
    "a lag in months": (
        {
            "measures": CLEAN["measures"]
            .replace("max_level\n", "max_level,lag\n")
            .replace("continuous,1", "continuous,1,12")
        },
        ("lag_beyond", "measures", 2, "lag", "12", "months"),
    ),
    "a budget beside dated ones": (
        {"case": DATED, "budgets": "resource,period,amount\nfunds,1,50\nfunds,2,60\nland,1,6\nland,2,6\n"},
        ("budget_unused", "resources", 2, "budget", "100", "out of date"),
    ),
    "a source of a row that is gone": (
        {"sources": "table,row,column,kind,note\ncosts,m9/funds,cost,measured,\n"},
        ("source_unused", "sources", 2, "row", "m9/funds", "renamed"),
    ),
    "a track without a type": (
        {
            "tracks": "track,type\na,x\nb,x\nc,\nd,y\ne,y\n",
            "measures": CLEAN["measures"].replace("m2,Two,d1,s2,city", "m2,Two,d1,s2,type"),
        },
        ("type_blank", "tracks", 4, "type", "c", "missing"),
    ),
    "a judge twice": (
        {"judgements__Ann": CLEAN["judgements__factors"], "judgements__ann": CLEAN["judgements__factors"]},
        ("near_judge", "judgements/ann", 1, "", "ann", "twice"),
    ),
    "a label in capitals": (
        put("measures", "m2,Two,d1", "m2,Two,D1"),
        ("near_name", "measures", 3, "dimension", "D1", "same"),
    ),
    "an id in full width": (
        {
            "tracks": "track,name_en\na,Alpha\nb,Beta\nc,Gamma\nd,Delta\nＡ,Epsilon\n",
            "scores": CLEAN["scores"].replace("e,4", "Ａ,4"),
        },
        ("near_name", "tracks", 6, "track", "Ａ", "same"),
    ),
    "a name twice": (put("tracks", "e,Epsilon", "e,Alpha"), ("same_name", "tracks", 6, "name_en", "Alpha", "twice")),
    "a judgement beyond 9": (
        {
            "case": 'weights = "ahp"\nmethod = "wsm"\nstance = "even"\n',
            "judgements__factors": "factor,f,g,h\nf,1,35,5\ng,,1,1/7\nh,,,1\n",
        },
        ("judgement_size", "judgements/factors", 2, "g", "35", "3.5"),
    ),
}


def read_all(folder: Path) -> list[Problem]:
    case, problems = read_case(folder)
    assert case is not None, [p.text() for p in problems]
    return problems


def test_nothing_is_suspicious_in_a_clean_case(tmp_path: Path) -> None:
    assert [p.text() for p in read_all(spoilt(tmp_path, {}))] == []


@pytest.mark.parametrize("name", sorted(ODD))
def test_what_is_suspicious_is_told_by_its_cell_and_what_it_means(name: str, tmp_path: Path) -> None:
    changes, (code, table, row, column, found, word) = ODD[name]
    problems = read_all(spoilt(tmp_path, changes))
    hit = [p for p in problems if (p.code, p.table, p.row, p.column, p.found) == (code, table, row, column, found)]
    assert hit, [(p.code, p.table, p.row, p.column, p.found) for p in problems]
    assert hit[0].level == "warning"
    assert word in hit[0].probably("en")
    for lang in ("en", "zh"):
        assert hit[0].remedy(lang)
        assert "{" not in hit[0].text(lang)
    told = hit[0].to_dict("en")
    assert {"table", "row", "column", "found", "probably", "remedy"} <= set(told)


def test_every_suspicion_is_met_by_a_spoilt_case(tmp_path: Path) -> None:
    """A check that nothing trips is no check; those of workbooks have tests of their own."""
    cases = []
    for number, (changes, _) in enumerate(ODD.values()):
        (tmp_path / str(number)).mkdir()
        case, _problems = read_case(spoilt(tmp_path / str(number), changes))
        assert case is not None
        cases.append(case)
    idle = {s.sentence for s in SUSPICIONS if not any(True for case in cases for _ in s.find(case))}
    assert idle == {"numbers are held as numbers"}


@pytest.mark.parametrize("framework", [False, True])
def test_what_is_shipped_or_started_is_not_suspicious(framework: bool) -> None:
    for case in (
        new_case("x", framework=framework),
        new_case("x", ["A", "B"], ["one"], ["Land"], framework=framework),
    ):
        assert [p.text() for check in SUSPICIONS for p in check.found(case)] == []
    assert [p.text() for p in read_case("shanghai")[1]] == []


FINE: dict[str, dict[str, str]] = {
    "a factor that is best within a range": {
        "factors": "factor,direction,worst,target,weight,ideal_low,ideal_high,worst_high\n"
        "f,range,0,,2,4,6,10\ng,min,100,0,1,,,\nh,max,0,1,1,,,\n"
    },
    "a target that is passed by a fifth": put("scores", "c,9,30", "c,12,30"),
    "a measured score at twice its target": {
        **put("factors", "g,min,100,0", "g,max,0,37"),
        "scores": CLEAN["scores"].replace("a,2,80", "a,2,70"),
    },
    "shares with a percent sign beside shares": {
        "factors": "factor,direction,worst,target,weight\nf,max,0,10,55%\ng,min,100,0,0.25\nh,max,0,1,20%\n"
    },
    "percents on a scale of percents": {
        "factors": "factor,direction,worst,target,weight\nf,max,0,10,2\ng,min,100%,0%,1\nh,max,0,1,1\n",
        "scores": "track,f,g,h\na,2,80%,1\nb,5,10%,0\nc,9,30%,1\nd,7,55%,0\ne,4,62%,1\n",
    },
    "costs that rise tenfold step by step": {
        "costs": "measure,resource,cost\nm1,funds,0.5\nm2,funds,5\nm3,funds,50\nm4,funds,500\nm1,land,1\n"
    },
    "points as weights": {"factors": CLEAN["factors"].replace("0,10,2", "0,10,5")},
    "a joint plan, which is no total": put("tracks", "e,Epsilon", "e,联合计划"),
    "ticks of which one row is the sum of two": {
        "factors": "factor,weight\nf,1\ng,1\nh,1\n",
        "tracks": "track\na\nb\nc\n",
        "scores": "track,f,g,h\na,1,0,0\nb,0,1,0\nc,1,1,0\n",
    },
    "an effect that closes the whole gap": put("effects", "m1,*,f,0.3", "m1,*,f,1"),
    "a large effect of a level that is small": {
        **put("effects", "m1,*,f,0.3", "m1,*,f,4"),
        "measures": CLEAN["measures"].replace("continuous,1", "continuous,0.2"),
    },
    "no limit, written as a large number": {
        "measures": CLEAN["measures"].replace("continuous,1", "continuous,1000000000")
    },
    "ids that differ by a dash": {
        "tracks": "track\na\nb\nc\nd\nm1-1\nm11\n",
        "scores": CLEAN["scores"].replace("e,", "m1-1,") + "m11,3,50,1\n",
    },
    "a reciprocal that is rounded": {
        "case": 'weights = "ahp"\nmethod = "wsm"\nstance = "even"\n',
        "judgements__factors": "factor,f,g,h\nf,1,9,5\ng,0.111,1,0.33\nh,0.2,3,1\n",
    },
}


@pytest.mark.parametrize("name", sorted(FINE))
def test_what_is_as_it_should_be_is_not_told(name: str, tmp_path: Path) -> None:
    told = [p for p in read_all(spoilt(tmp_path, FINE[name])) if p.code != "scale_from_data"]
    assert [p.text() for p in told] == []


def test_of_many_cells_alike_a_few_are_told(tmp_path: Path) -> None:
    rows = "".join(f"m{n},funds,{900_000 if n % 3 == 0 else 10}\n" for n in range(60))
    measures = "measure,max_level\n" + "".join(f"m{n},1\n" for n in range(60))
    folder = spoilt(tmp_path, {"measures": measures, "costs": "measure,resource,cost\n" + rows})
    told = [p for p in read_all(folder) if p.code == "stray_large"]
    assert len(told) == 5
    assert "15 more" in told[-1].text()


# --- workbooks --------------------------------------------------------------------------------------------------------


def book(changes: dict[str, str] | None = None) -> Any:
    """The clean case as a workbook, numbers as numbers."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, text in {**CLEAN, **(changes or {})}.items():
        sheet = made.create_sheet("judgements.factors" if name.startswith("judgements") else name)
        if name == "case":
            sheet.append(["key", "value"])
            for line in text.splitlines():
                key, _, value = line.partition(" = ")
                sheet.append([key, value.strip('"')])
            continue
        for line in text.splitlines():
            sheet.append([float(cell) if cell.replace(".", "", 1).isdigit() else cell for cell in line.split(",")])
    return made


def told_of(made: Any, tmp_path: Path) -> list[tuple[str, str, str, str]]:
    path = tmp_path / "book.xlsx"
    made.save(path)
    return [(p.code, p.file, p.cell, p.found) for p in read_all(path)]


def test_a_clean_workbook_is_not_suspicious(tmp_path: Path) -> None:
    assert told_of(book(), tmp_path) == []


def test_hidden_rows_and_columns_of_a_workbook_are_told(tmp_path: Path) -> None:
    made = book()
    made["scores"].row_dimensions[3].hidden = True
    made["scores"].row_dimensions[5].hidden = True
    made["scores"].column_dimensions["C"].hidden = True
    made["judgements.factors"].row_dimensions[2].hidden = True
    assert told_of(made, tmp_path) == [
        ("hidden_rows", "judgements.factors", "A2", "2"),
        ("hidden_column", "scores", "C1", "g"),
        ("hidden_rows", "scores", "A3", "3, 5"),
    ]
    made = book()
    made["tracks"]["H1"], made["tracks"]["H2"] = "note of mine", "x"
    made["tracks"].column_dimensions["H"].hidden = True
    assert told_of(made, tmp_path) == [], "nothing rests on a column that is not read"
    made["scores"].sheet_state = "veryHidden"
    assert [code for code, *_ in told_of(made, tmp_path)] == ["hidden_sheet"]


def test_percent_cells_of_a_workbook_are_percents(tmp_path: Path) -> None:
    made = book()
    made["scores"]["B3"] = 0.8
    made["scores"]["B3"].number_format = "0.0%"
    assert told_of(made, tmp_path) == [("percent_on_scale", "scores", "B3", "80%")]


def test_numbers_that_are_texts_are_told_where_others_are_none(tmp_path: Path) -> None:
    made = book()
    made["costs"]["C3"] = "25"
    made["costs"]["C4"] = " 8"
    assert told_of(made, tmp_path) == [("text_numbers", "costs", "C3", "2")]


# --- where it is told -------------------------------------------------------------------------------------------------


def test_check_lists_what_plan_and_rank_count(tmp_path: Path) -> None:
    changes = {**put("scores", "b,5,10", "b,88,10"), "tracks": CLEAN["tracks"].replace("e,Epsilon", "e,合计")}
    folder = spoilt(tmp_path, changes)
    document = json.loads(run("check", folder, "--json").out)
    assert document["ok"]
    suspicious = [p for p in document["problems"] if p["probably"]]
    assert [(p["table"], p["row"], p["column"], p["found"]) for p in suspicious] == [
        ("scores", 3, "f", "88"),
        ("scores", 6, "track", "e"),
    ]
    for verb in ("plan", "rank"):
        first = "".join(run(verb, folder).out.splitlines()[:4])  # a long path is folded
        assert "2 things in this case look suspicious" in first
        assert f"saidao check {folder}" in first
    assert json.loads(run("plan", folder, "--json").out)["warnings"] == {
        "number": 2,
        "command": f"saidao check {folder}",
    }


def test_a_case_without_a_gap_is_told_as_such(tmp_path: Path) -> None:
    """No measure closes 100 % of nothing: terminal, report and page say that there is no gap."""
    scores = "track,f,g,h\na,20,0,1\nb,50,-1,1\nc,90,0,2\nd,70,0,1\ne,40,0,1\n"
    folder = spoilt(tmp_path, {"scores": scores})
    told = run("plan", folder).out
    assert "There is no gap to close" in told
    assert "100.0%" not in told
    assert "没有差距需要补" in run("plan", folder, "--lang", "zh").out
    assert run("report", folder, "-o", tmp_path / "r.html").status == 0
    page = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert "There is no gap to close" in page
    assert "100.0%" not in page
    assert "saidao check" in page
    document = json.loads(run("plan", folder, "--json").out)
    assert document["objective"]["weighted_gap"] == 0
    assert document["allocation"] == []
    rules = "rule,kind,over,key,of,amount,share\nr,floor,measure,m2,funds,25,\n"
    (folder / "rules.csv").write_text(rules, encoding="utf-8")
    assert "1 of 4 measures is funded only because rules" in " ".join(run("plan", folder).out.split())


def test_check_runs_what_the_defaults_would_run(tmp_path: Path) -> None:
    """What rank or plan would refuse, check refuses, with the same words and the same exit status."""
    blank = "factor,f,g,h\nf,,,\ng,,,\nh,,,\n"
    folder = spoilt(tmp_path, {"case": 'weights = "ahp"\nmethod = "wsm"\n', "judgements__bo": blank})
    checked, ranked = run("check", folder), run("rank", folder)
    assert checked.status == ranked.status == 2
    assert ranked.err.strip() in checked.out
    assert "no error" not in checked.out
    (folder / "judgements" / "bo.csv").unlink()
    assert run("check", folder).status == 0
    constant = (
        CLEAN["scores"].replace(",80,", ",10,").replace(",30,", ",10,").replace(",55,", ",10,").replace(",62,", ",10,")
    )
    (folder / "scores.csv").write_text(constant, encoding="utf-8")
    (folder / "case.toml").write_text('weights = "equal"\nmethod = "vikor"\n', encoding="utf-8")
    assert run("check", folder).status == run("rank", folder).status
    (folder / "scores.csv").write_text(CLEAN["scores"], encoding="utf-8")
    (folder / "case.toml").write_text(CLEAN["case"], encoding="utf-8")
    rules = "rule,kind,over,key,of,amount\nmuch,floor,measure,m2,funds,99\n"
    (folder / "rules.csv").write_text(rules, encoding="utf-8")
    checked, planned = run("check", folder), run("plan", folder)
    assert checked.status == planned.status == 3
    assert planned.err.strip() in checked.out
    document = json.loads(run("check", folder, "--json").out)
    assert not document["ok"]
    assert document["runs"] == {"rank": "done", "plan": "infeasible"}
    assert document["conflicts"]
    assert run("check", folder, "--lang", "zh").status == 3


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_page_tells_how_much_is_suspicious(lang: str, tmp_path: Path) -> None:
    """What it is, as nobody runs a command in a browser, of a case in a folder and of one that came by upload."""
    from saidao.app.page import Page
    from saidao.app.plans.workspace import Outcomes, Workspace

    folder = spoilt(tmp_path, put("scores", "b,5,10", "b,88,10"))
    page = Page(Workspace.untouched(Outcomes(saidao.load_case(folder))), lang)
    assert "8.8" in page.results.notes[0]
    assert "saidao check" not in page.part("answer")
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for path in folder.rglob("*.*"):
            if path.is_file():
                archive.write(path, path.relative_to(folder).as_posix())
    case, _ = read_upload(made.getvalue(), "mine.zip")
    assert case is not None
    note = Page(Workspace.untouched(Outcomes(case)), lang).results.notes[0]
    assert "scores.csv" in note
    assert "8.8" in note
    assert Page(Workspace.untouched(Outcomes(saidao.load_case("shanghai"))), lang).results.notes == []
