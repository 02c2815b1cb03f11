"""Usage: every error says where, what was found, what is expected, and the remedy; no option is dropped in silence."""

from __future__ import annotations

import json
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import saidao
from saidao.cli.commands import app
from saidao.texts.say import WORDS
from tests.conftest import Run


def call(line: str) -> Result:
    return CliRunner().invoke(app, shlex.split(line))


WRONG = {
    "rank --together": ("`--together` works only with `--years`", "leave this one out"),
    "compare --stance even": ("--stance", "works only with", "--plans", "leave this one out"),
    "compare --budget funds=1 --lock M09=1": ("--budget", "--lock", "works only with", "--plans"),
    "plan --budget funds": ("--budget", "found funds", "NAME=NUMBER"),
    "plan --budget fund=3": ("--budget", "found fund", "Did you mean 'funds'?"),
    "plan --weights foo": ("--weights", "found foo", "ahp"),
    "plan --stance foo": ("--stance", "found foo", "leaders"),
    "plan --over ahp": ("--over", "works only with", "--objective robust"),
    "plan --region demand_conditions>=0.2 --stance even": ("--region", "works only with", "--objective"),
    "plan --save funds": ("--save", "works only with", "--objective reach=SHARE"),
    "plan --time-limit -1": ("--time-limit", "found -1", "at least 0"),
    "plan --time-limit x": ("--time-limit", "found x", "a number"),
    "plan --certify foo": ("--certify", "found foo", "exact"),
    "plan --random-index foo": ("--random-index", "found foo", "saaty"),
    "plan --weights equal --missing harker": ("--missing", "works only with", "--weights ahp"),
    "rank --weights equal --prioritisation geometric_mean": ("--prioritisation", "--weights ahp"),
    "weights --weights equal --aggregation aip": ("--aggregation", "works only with", "--weights ahp"),
    "compare --weights equal --random-index saaty": ("--random-index", "--weights ahp"),
    "frontier --all --resource funds": ("--resource", "does not work with", "--all"),
    "frontier --against equity --nested": ("--nested", "--against equity"),
    "frontier --against equity --resource land": ("--resource", "does not work with", "--against equity"),
    "robust --within 0.3": ("--within", "works only with", "--around"),
    "robust --seed -1": ("--seed", "found -1", "at least 0"),
    "acceptability --seed -1": ("--seed", "found -1"),
    "acceptability --address a:1": ("--address", "works only with", "--backend dask"),
    "acceptability --backend dask": ("--backend", "works only with", "--address"),
    "acceptability --workers 0": ("--workers", "found 0"),
    "productivity --by residual": ("--by", "works only with", "--rank-with"),
    "productivity --method wsm": ("--method", "works only with", "--rank-with"),
    "productivity --write x.xlsx": ("--write", "works only with", "--rank-with"),
    "balance --write x.xlsx": ("--write", "works only with", "--at"),
    "scenarios --only foo": ("--only", "found foo"),
    "scenarios --explain lean": ("--explain", "found lean"),
    "balance --at 0.3": ("--at", "found 0.3"),
    "balance --resource lnd": ("--resource", "found lnd", "land"),
    "candidates --cut 2": ("--cut", "found 2"),
    "productivity --form x": ("--form", "found x"),
    "frontier --resource gold": ("--resource", "found gold"),
    "frontier --against luck": ("--against", "found luck", "equity"),
    "sensitivity --method wms": ("--method", "found wms", "Did you mean 'wsm'?"),
    "tipping --objective maxmin": ("--objective", "found maxmin", "weighted"),
    "acceptability --samples 0": ("--samples", "found 0"),
    "compare --plans --stance up": ("found up", "leaders"),
    "compare --plans --budget funds=-3": ("--budget", "found funds=-3", "at least 0"),
    "ask --spread assumption=2": ("--spread", "found assumption=2", "below 1"),
    "variants --number 0": ("--number", "found 0", "at least 1"),
    "variants --number x": ("--number", "found x", "a whole number"),
    "variants --number": ("--number", "needs a value"),
    "app --port 99999": ("--port", "found 99999", "from 0 to 65535"),
    "plan --foo": ("--foo", "There is no option", "saidao plan --help"),
    "plan --budgets funds=1": ("--budgets", "Did you mean '--budget'?"),
    "plan shanghai extra": ("saidao plan", "is more than", "one case"),
    "plann": ("saidao", "There is no command", "Did you mean 'plan'?"),
    "new": ("FILE", "needs a value", "saidao new --help"),
    "--foo": ("--foo", "There is no option", "saidao --help"),
}


@pytest.mark.parametrize("line", WRONG)
def test_a_usage_error_says_where_found_expected_and_remedy(line: str) -> None:
    done = call(line)
    assert done.exit_code == 2, done.output
    assert not done.stdout
    for one in done.stderr.strip().splitlines():
        what, end, remedy = one.removeprefix("error: ").partition(". ")
        assert one.startswith("error: "), one
        assert end, one
        assert remedy.strip(), one
        assert ": found " not in what or "; expected " in what, one
    for part in WRONG[line]:
        assert part in done.stderr, done.stderr


@pytest.mark.parametrize("line", ["plan --foo", "plan --time-limit x", "compare --stance even", "plann"])
def test_usage_errors_are_told_in_chinese_too(line: str) -> None:
    done = call(f"{line} --lang zh")
    assert done.exit_code == 2
    assert done.stderr.startswith("错误：")
    assert done.stderr.strip().endswith("。")


def test_json_has_usage_errors_too() -> None:
    done = call("plan --json --foo")
    assert done.exit_code == 2
    document = json.loads(done.stdout)
    assert document["schema"] == "saidao/plan/1"
    assert document["status"] == "error"
    assert document["problems"][0]["file"] == "--foo"
    document = json.loads(call("plan --json --stance foo").stdout)
    assert document["problems"][0]["file"] == "--stance"


def test_help_is_no_error(run: Run) -> None:
    assert call("").exit_code in (0, 2)
    assert "Usage" in call("").output
    assert call("plan --help").exit_code == 0
    assert call("--version").output.strip() == saidao.__version__


def test_every_problem_has_a_remedy_in_both_languages() -> None:
    for key, texts in WORDS.items():
        if key.endswith((".expected", ".remedy")):
            assert all(text.strip() for text in texts), key


# --- every option changes something, or is refused ------------------------------------------------------------------

EVEN, ROBUST = "--stance even", "--stance even --objective robust"
LAGGARDS = "--stance laggards"
PLAN = {
    "weights": ("entropy", EVEN),
    "method": ("wsm", LAGGARDS),
    "stance": ("laggards", ""),
    "objective": ("maxmin", EVEN),
    "budget": ("funds=1000", EVEN),
    "lock": ("E03=0.5", EVEN),
    "forbid": ("M09", EVEN),
    "ticks": ("shortcoming", EVEN),
    "normalisation": ("minmax", f"{LAGGARDS} --method topsis"),
    "random-index": ("alonso_lamata", EVEN),
    "prioritisation": ("geometric_mean", EVEN),
    "aggregation": ("aip", EVEN),
    "missing": ("least_squares", EVEN),
    "over": ("ahp", ROBUST),
    "region": ("demand_conditions>=0.2", ROBUST),
    "save": ("land", "--stance even --objective reach=0.5"),
    "time-limit": ("60", EVEN),
    "gap": ("0.001", EVEN),
    "certify": ("exact", EVEN),
    "combine": ("product", f"{EVEN} --weights ahp+entropy"),
    "share": ("0.2", f"{EVEN} --weights ahp+entropy"),
}
"""A value of each option, and what else is given."""
WITHOUT_EFFECT_HERE = {"aggregation", "missing", "time-limit", "gap"}
"""One judge, no missing judgement, no whole units: on this case these change nothing, but for the settings."""


@pytest.mark.slow
@pytest.mark.parametrize("option", PLAN)
def test_every_option_of_a_plan_shows_in_the_plan(option: str) -> None:
    value, base = PLAN[option]
    one, other = (
        json.loads(call(f"plan shanghai --json {base} {given}").stdout) for given in (f"--{option} '{value}'", "")
    )
    assert one["status"] == other["status"] == "optimal"
    if option not in WITHOUT_EFFECT_HERE:
        for document in (one, other):
            document.pop("settings")
    assert (one == other) is (option in {"time-limit", "gap"})


def test_every_option_of_a_plan_is_tried() -> None:
    from typer.main import get_command

    verb = get_command(app).commands["plan"]  # type: ignore[attr-defined]
    options = {max(p.opts, key=len).removeprefix("--") for p in verb.params if p.param_type_name == "option"}
    assert options - {"json", "output", "keep", "store", "lang", "help", "second-opinion"} == set(PLAN)


def test_verbs_pass_every_option_of_a_plan_on(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What a verb gives to the function that it calls: all that was read of its options."""
    from saidao.study import settings
    from saidao.study.planning import problem, solving

    class Enough(Exception):
        pass

    asked = "--weights equal --method wsm --stance even --budget funds=9 --lock M09=1 --forbid M08 --time-limit 7"
    seen: list[tuple[settings.Settings, solving.SolverOptions]] = []

    def formulate(case: object, chosen: settings.Settings, weights: object = None) -> problem.PlanningProblem:
        seen.append((chosen, held[0]))
        raise Enough

    held: list[solving.SolverOptions] = []
    of = solving.SolverOptions.of

    def way(**own: object) -> solving.SolverOptions:
        held[:] = [of(**own)]  # type: ignore[arg-type]
        assert own.get("time_limit") == 7
        return held[0]

    monkeypatch.setattr(solving, "formulate", formulate)
    monkeypatch.setattr(solving.SolverOptions, "of", way)
    monkeypatch.chdir(tmp_path)
    verbs = (
        "plan",
        "explain",
        "frontier",
        "variants",
        "tipping",
        "ask",
        "acceptability",
        "scenarios",
        "report",
        "candidates",
        "stages",
        "balance",
        "chains",
    )
    for verb in verbs:
        seen.clear()
        done = CliRunner().invoke(app, [verb, "shanghai", *asked.split()])
        assert isinstance(done.exception, Enough), (verb, done.output)
        chosen, _ = seen[0]
        assert (chosen.weights, chosen.method, chosen.stance) == ("equal", "wsm", "even"), verb
        assert (dict(chosen.budgets), dict(chosen.lock), chosen.forbid) == ({"funds": 9.0}, {"M09": 1.0}, ("M08",)), (
            verb
        )
