"""The command line as a user types it, on the shipped case."""

from __future__ import annotations

import csv
import json
import signal
import subprocess
import sys
import unicodedata
from pathlib import Path
from typing import Any

import pytest

import saidao
from tests.conftest import Run, in_process, write_case
from tests.terminals import on_a_terminal

# the keys that outsiders compute against
PLAN_KEYS: dict[str, Any] = {
    "weights": {"factor", "weight"},
    "ranking": {"track", "score", "rank", "score_after", "rank_after"},
    "gaps": {"track", "factor", "level", "gap", "priority", "closed"},
    "allocation": {"measure", "scope", "target", "period", "level", "costs", "closes"},
    "resources": {
        "resource",
        "period",
        "budget",
        "used",
        "shadow_price",
        "price_up",
        "price_down",
        "valid_from",
        "valid_to",
    },
    "provenance": {"kind", "share_of_objective"},
}


def test_plan_json_carries_every_key(process: Run) -> None:
    done = process("plan", "shanghai", "--json")
    assert done.status == 0
    assert not done.err
    document = json.loads(done.out)
    assert document["schema"] == "saidao/plan/1"
    assert document["case"] == "shanghai"
    assert document["status"] == "optimal"
    assert {"weights", "method", "stance", "objective"} <= set(document["settings"])
    assert set(document["consistency"]) >= {"lambda_max", "ratio", "random_index"}
    assert set(document["objective"]) >= {"value", "best_bound", "closed_share"}
    assert set(document["certificate"]) >= {"primal_violation", "dual_violation", "gap", "exact"}
    for table, keys in PLAN_KEYS.items():
        assert document[table], table
        for row in document[table]:
            assert keys <= set(row), table
    for row in document["allocation"]:
        assert row["level"] > 0
        assert all({"track", "factor", "amount"} == set(c) for c in row["closes"])
    assert len(document["ranking"]) == 12
    assert len(document["gaps"]) == 72


def test_what_a_solver_prints_stays_out_of_the_answer() -> None:
    noisy = (
        "import os, sys; from saidao.study.ranking import rank as verb; ranking_of = verb.ranking_of; "
        "verb.ranking_of = lambda *a, **k: (os.write(1, b'HighsMipSolver'), ranking_of(*a, **k))[1]; "
        "sys.argv = ['saidao', 'rank', '--json']; from saidao.cli import main; main()"
    )
    done = subprocess.run([sys.executable, "-c", noisy], capture_output=True, text=True, encoding="utf-8", check=True)
    assert json.loads(done.stdout)["schema"] == "saidao/rank/1"


def test_plan_json_is_what_the_function_returns(run: Run) -> None:
    assert json.loads(run("plan", "--json").out) == json.loads(saidao.plan("shanghai").to_json())


def test_json_survives_an_ascii_locale(process: Run) -> None:
    done = process("plan", "shanghai", "--json", "--lang", "zh", env={"LC_ALL": "C", "PYTHONUTF8": "0"})
    assert done.status == 0
    assert json.loads(done.out)["status"] == "optimal"
    assert "量子" in process("rank", "shanghai", "--lang", "zh", env={"LC_ALL": "C", "PYTHONUTF8": "0"}).out


def test_the_answer_comes_first_and_names_the_bottleneck(run: Run) -> None:
    done = run("plan", "shanghai")
    head = " ".join(done.out.split("\n\n")[0].split())
    assert "of 42 measures" in head
    assert "of the weighted gap" in head
    assert "The bottleneck is" in head
    assert "is an assumption" in head
    assert "What is bought" in done.out
    assert "Proof, by our own arithmetic" in done.out
    zh = run("plan", "shanghai", "--lang", "zh").out
    for word in ("首要制约", "短板", "假设", "量子信息技术", "数据产业"):
        assert word in zh


def width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def test_columns_with_chinese_names_line_up(run: Run) -> None:
    lines = run("rank", "shanghai", "--lang", "zh").out.splitlines()
    start = next(i for i, line in enumerate(lines) if "─" in line)
    rows = lines[start + 1 : start + 13]
    ends = {width(row.rstrip()) for row in rows}
    assert len(ends) == 1


def test_rank_weights_check_methods(run: Run) -> None:
    ranked = json.loads(run("rank", "--json").out)
    assert ranked["schema"] == "saidao/rank/1"
    assert {frozenset(row) for row in ranked["ranking"]} == {frozenset(("track", "score", "rank"))}
    weighed = json.loads(run("weights", "--json").out)
    assert weighed["schema"] == "saidao/weights/1"
    computed = {s["scheme"] for s in weighed["schemes"]}
    reasons = {s["scheme"]: s["why"] for s in weighed["not_available"]}
    assert computed | set(reasons) == set(saidao.mcda.schemes())
    assert {"equal", "ahp", "entropy", "critic", "lopcow"} <= computed
    assert "ranks=..." in reasons["roc"]
    assert "values above 0" in reasons["merec"]  # its scores are ticks, 0 or 1
    assert "one best track" in reasons["cilos"]
    for scheme in weighed["schemes"]:
        assert sum(row["weight"] for row in scheme["weights"]) == pytest.approx(1)
    one = json.loads(run("weights", "--json", "--weights", "entropy").out)
    assert [s["scheme"] for s in one["schemes"]] == ["entropy"]
    checked = json.loads(run("check", "--json").out)
    assert checked["ok"]
    assert not [p for p in checked["problems"] if p["level"] == "error"]
    listed = json.loads(run("methods", "--json").out)
    assert {m["name"] for m in listed["ranking"]} == set(saidao.mcda.methods())
    assert all(row["source"] for kind in ("ranking", "weighting", "normalisation") for row in listed[kind])
    for verb in ("rank", "weights", "check", "methods"):
        for lang in ("en", "zh"):
            done = run(verb, *([] if verb == "methods" else ["shanghai"]), "--lang", lang)
            assert done.status == 0
            assert done.out.strip()


def test_options_reach_the_engine(run: Run) -> None:
    done = run(
        "plan",
        "shanghai",
        "--json",
        "--weights",
        "entropy",
        "--method",
        "wsm",
        "--stance",
        "laggards",
        "--budget",
        "funds=1000",
        "--budget",
        "land=50",
        "--ticks",
        "strength",
        "--normalisation",
        "vector",
    )
    document = json.loads(done.out)
    chosen = document["settings"]
    assert chosen["weights"] == "entropy"
    assert chosen["budgets"] == {"funds": 1000, "land": 50}
    assert {r["resource"]: r["budget"] for r in document["resources"]}["funds"] == 1000
    direct = saidao.plan(
        "shanghai", "entropy", "wsm", "laggards", budgets={"funds": 1000, "land": 50}, normalisation="vector"
    )
    assert document["objective"]["value"] == direct.value


def test_results_are_written_whole(run: Run, tmp_path: Path) -> None:
    for verb, key in (("plan", "allocation"), ("rank", "ranking"), ("weights", "schemes")):
        done = run(verb, "shanghai", "-o", tmp_path / f"{verb}.json")
        assert done.status == 0
        assert "Written" in done.err
        assert json.loads((tmp_path / f"{verb}.json").read_text("utf-8"))[key]
        run(verb, "shanghai", "-o", tmp_path / f"{verb}.csv")
    with (tmp_path / "plan.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == len(saidao.plan("shanghai").allocation)
    assert {"measure", "name_en", "name_zh", "target", "level", "funds", "land", "talent", "scenarios"} <= set(rows[0])
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted(
        f"{v}.{s}" for v in ("plan", "rank", "weights") for s in ("csv", "json")
    )


def test_a_text_of_the_case_never_becomes_a_formula(small: Path, tmp_path: Path, run: Run) -> None:
    text = (small / "measures.csv").read_text("utf-8").replace("One", '"=HYPERLINK(1)"')
    write_case(small, measures=text)
    run("plan", small, "-o", tmp_path / "plan.csv")
    with (tmp_path / "plan.csv").open(encoding="utf-8-sig", newline="") as file:
        names = {row["name_en"] for row in csv.DictReader(file)}
    assert "'=HYPERLINK(1)" in names


def test_help_and_version(process: Run) -> None:
    assert process("--version").out.strip() == saidao.__version__
    told = process("--help").out
    for verb in ("plan", "rank", "weights", "check", "methods"):
        assert verb in told
        assert in_process(verb, "--help").status == 0


def test_ctrl_c_ends_at_once_and_leaves_no_file(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "saidao", "variants", "shanghai", "--number", "99", "-o", "plans.csv"]
    with on_a_terminal(command, tmp_path) as started:
        started.until("working ...")
        started.process.send_signal(signal.SIGINT)
        started.until("Interrupted")
        out, _ = started.process.communicate(timeout=20)
    assert started.process.returncode == 130
    assert not out
    assert "Traceback" not in started.heard
    assert not list(tmp_path.iterdir())


def test_long_work_gives_a_sign_of_life_on_a_terminal(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "saidao", "variants", "shanghai", "--number", "6", "-o", "plans.json"]
    with on_a_terminal(command, tmp_path) as started:
        started.until("working ...")
        started.until("\r\x1b[K")  # and is gone when the work is done
        started.process.communicate(timeout=60)
    assert started.process.returncode == 0
    assert json.loads((tmp_path / "plans.json").read_text("utf-8"))["schema"] == "saidao/variants/1"


def shell(line: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = Path(sys.executable).with_name("saidao")
    return subprocess.run(
        ["bash", "-c", f"set -o pipefail; {line.replace('saidao', str(command), 1)}"],
        cwd=cwd,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
    )


@pytest.mark.slow
@pytest.mark.parametrize("ends", ["2>&-", ">&-", "<&-", "2>&- >&-", "2>&- >&- <&-"])
def test_a_stream_may_be_closed(small: Path, tmp_path: Path, ends: str) -> None:
    done = shell(f"saidao plan {small} --stance even -o plan.json {ends}", tmp_path)
    assert (done.returncode, done.stderr if "2>" in ends else "") == (0, "")
    assert json.loads((tmp_path / "plan.json").read_text("utf-8"))["status"] == "optimal"
    if ">&-" in ends and "2>&-" not in ends:
        assert "Written" in done.stderr
    done = shell(f"saidao plan nowhere {ends}", tmp_path)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_a_reader_may_go_and_the_file_is_written(small: Path, tmp_path: Path) -> None:
    done = shell("saidao plan shanghai --stance even --json -o plan.json | head -c 60", tmp_path)
    assert done.returncode == 0
    assert done.stdout.startswith('{"schema": "saidao/plan/1"')
    assert "Traceback" not in done.stderr
    assert "Exception" not in done.stderr
    assert (tmp_path / "plan.json").is_file()
    done = shell("saidao plan nowhere 2>&1 >/dev/null | head -c 0; exit ${PIPESTATUS[0]}", tmp_path)
    assert (done.returncode, done.stderr) == (2, "")


@pytest.mark.slow
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_disk_under_standard_output_is_told(small: Path, tmp_path: Path) -> None:
    for line in (f"saidao rank {small}", f"saidao rank {small} --json", "saidao methods", "saidao --help"):
        done = shell(f"{line} >/dev/full", tmp_path)
        assert done.returncode == 2, line
        assert "stdout: found No space left on device" in done.stderr
        assert "Traceback" not in done.stderr
