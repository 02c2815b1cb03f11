"""What a newcomer installs is enough, and says nothing that was not asked; `make extras` tries it for real."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from scripts.imports import PACKAGES, sources
from tests.conftest import ROOT

IMPORTED_AS = {
    "annotated_types": "annotated-types",
    "argon2": "argon2-cffi",
    "python_calamine": "python-calamine",
    "python_multipart": "python-multipart",
}
"""Distributions whose import name is another."""
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
OF_THE_USER = {"skcriteria"}
"""A library whose objects are made of ours: who asks for them has it."""
COMPILED = {
    path.rpartition("/")[2]: path
    for path in (
        "mcda/robustness/counting.py",
        "mcda/distillation/compiled_classes.py",
        "mcda/distillation/compiled_relation.py",
        "mcda/distillation/compiled_ways.py",
        "optimize/compiled.py",
        "optimize/after/simplex.py",
        "optimize/solve/decomposition/block_branching.py",
        "optimize/solve/decomposition/block_simplex.py",
        "optimize/solve/decomposition/split.py",
        "optimize/solve/whole_units/meeting.py",
    )
}
"""Modules that need numba, by file name."""
OPTIONAL = ("app", "dask", "fast", "office", "opinion", "plot", "store", "votes")
"""Extras that a user may want; the others are for those who work on the package."""


def names(requirements: list[str]) -> set[str]:
    return {re.split(r"[<>=\[ ]", one)[0] for one in requirements}


def third_party(path: Path, inside: bool = True) -> set[str]:
    """Top-level modules that a file imports, of neither Python nor ours; what only type checkers import is left out.

    *inside*: within functions too.
    """
    tree = ast.parse(path.read_text("utf-8"))
    for node in list(ast.walk(tree)):
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            node.body = []
    found: set[str] = set()
    for node in ast.walk(tree) if inside else tree.body:
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            found.add(node.module.split(".")[0])
    return {IMPORTED_AS.get(name, name) for name in found if name not in sys.stdlib_module_names}


def test_everything_that_is_imported_is_brought_by_the_package_or_an_extra() -> None:
    brought = names(PROJECT["dependencies"]) | {n for e in OPTIONAL for n in names(EXTRAS[e])}
    for package in PACKAGES:
        for path in sources(package):
            assert third_party(path) <= brought | OF_THE_USER, path


def test_what_only_an_extra_brings_is_not_imported_with_a_module() -> None:
    """Apart from the page's own modules and what is compiled, which are imported only where the extra is there."""
    optional = {n for e in OPTIONAL for n in names(EXTRAS[e])}
    for package in PACKAGES:
        for path in sources(package):
            if not {"app", "store"} & set(path.parts) and path.name not in COMPILED:
                assert not third_party(path, inside=False) & optional, path


@pytest.mark.parametrize("compiled", COMPILED.values())
def test_what_is_compiled_needs_numba_alone(compiled: str) -> None:
    """numba takes products of matrices, and all of numpy.linalg, from scipy."""
    tree = ast.parse((ROOT / compiled).read_text("utf-8"))
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.MatMult)]
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.Attribute) and node.attr in ("dot", "linalg")]


def test_a_plan_in_python_prints_nothing() -> None:
    code = (
        "import saidao; saidao.plan('shanghai', stance='even').to_dict(); saidao.acceptability('shanghai', samples=3)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert done.stdout == b""
    assert done.stderr == b""


def test_highs_is_made_in_one_place_where_it_is_silent_from_the_start() -> None:
    for package in PACKAGES:
        for path in sources(package):
            calls = [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)]
            assert not [c for c in calls if isinstance(c.func, ast.Attribute) and c.func.attr == "Highs"], path
    from saidao.optimize.solve.highs_input import silent

    assert silent()().getOptionValue("output_flag")[1] is False


def test_ci_runs_what_a_newcomer_runs_and_brings_nothing_but_a_browser_and_a_database() -> None:
    script = (ROOT / ".ci" / "run").read_text("utf-8")
    assert re.findall(r"^\s*make .*$", script, re.M) == ["make test", "make surfaces", "make documented", "make extras"]
    assert "pip " not in script
    installed = next(line for line in script.splitlines() if "apt-get install" in line)
    assert installed.split("-qq ")[1].split(" >")[0] == '"${missing[@]}"'
    assert re.findall(r"missing\+=\((.*)\)", script) == ["chromium fonts-noto-cjk", "postgresql"]
