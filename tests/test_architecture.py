"""The tree holds what it promises: who imports whom, what is loaded when, and what never gets into a file."""

from __future__ import annotations

import ast
import doctest
import importlib
import pkgutil
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

import saidao
from scripts.imports import (
    ORDER,
    PACKAGES,
    Edge,
    circles,
    edges,
    folder_edges,
    imports,
    loose_files,
    modules,
    sources,
    ways_up,
)
from scripts.imports import room as room_of
from tests.conftest import ROOT

KNOWN = modules()
FOLDERS = [name for name, path in KNOWN.items() if path.name == "__init__.py"]


@cache
def run() -> set[Edge]:
    """Who imports whom when it runs: imports inside functions count, what only type checkers import does not."""
    return edges(imports(), KNOWN)


@cache
def typed() -> set[Edge]:
    """Who imports whom, for type checkers too."""
    return edges(imports(), KNOWN, ("top", "function", "types"))


@pytest.mark.parametrize("folder", FOLDERS)
@pytest.mark.parametrize("pairs", [run, typed])
def test_no_circle_among_the_files_and_folders_of(folder: str, pairs: Callable[[], set[Edge]]) -> None:
    assert not circles(folder_edges(pairs(), [folder])[folder])


def test_no_circle_of_files_through_the_front_of_a_folder() -> None:
    """A folder's `__init__` among them; the project's own shows type checkers everything, and stays out."""
    assert not circles(run())
    assert not circles({pair for pair in typed() if "saidao" not in pair})


@pytest.mark.parametrize("room", [*ORDER, "mcda", "optimize", "data"])
def test_nothing_imports_upward_from(room: str) -> None:
    """Those for types count too. `mcda` and `optimize` know nothing but themselves; `app` and `cli` not each other."""
    assert not [pair for pair in ways_up(typed()) if room_of(pair[0]) == room]


def test_an_import_upward_is_found() -> None:
    assert ways_up({("saidao.case.read", "saidao.study.plan"), ("saidao.study.plan", "saidao.case.read")}) == [
        ("saidao.case.read", "saidao.study.plan")
    ]
    assert ways_up({("saidao.app.page", "saidao.cli.guard"), ("saidao.mcda.verbs", "saidao.optimize.brief")})
    assert circles({("a", "b"), ("b", "c"), ("c", "a"), ("c", "d")}) == [["a", "b", "c"]]


def test_every_file_stands_in_a_room() -> None:
    assert not loose_files()


@pytest.mark.parametrize("room", [*ORDER, "mcda", "optimize"])
def test_imports_inside_functions_say_why_in(room: str) -> None:
    """Start-up is the reason that counts; a comment on the import or above it says so."""
    inside = [one for one in imports() if one.importer.startswith(f"saidao.{room}") and one.place == "function"]
    silent = [one for one in inside if not one.reason]
    assert not silent, "\n".join(f"{KNOWN[one.importer]}:{one.line}: {one.imported}" for one in silent)


def test_data_holds_no_logic() -> None:
    for path in sources("data"):
        tree = ast.parse(path.read_text("utf-8"))
        assert all(isinstance(node, ast.Expr) for node in tree.body), path


def test_inside_a_folder_imports_are_relative() -> None:
    for package in PACKAGES:
        for path in sources(package):
            tree = ast.parse(path.read_text("utf-8"))
            absolute = [
                node.module
                for node in ast.walk(tree)
                if isinstance(node, ast.ImportFrom) and not node.level and (node.module or "").split(".")[0] in PACKAGES
            ]
            assert not absolute, f"{path}: {absolute}"


def test_every_package_is_in_the_wheel() -> None:
    listed = set(tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["setuptools"]["packages"])
    found = set()
    for package in PACKAGES:
        for path in sources(package):
            if path.name == "__init__.py":
                parts = path.relative_to(ROOT).parent.parts
                found.add(".".join(parts if parts[0] == "saidao" else ("saidao", *parts)))
    assert listed == found


def all_modules() -> list[str]:
    return ["saidao", *(m.name for m in pkgutil.walk_packages(saidao.__path__, "saidao.") if "__main__" not in m.name)]


@pytest.mark.documented
@pytest.mark.parametrize("name", all_modules())
def test_doctests(name: str) -> None:
    found = doctest.testmod(importlib.import_module(name))
    assert found.failed == 0


def test_there_are_doctests_and_public_docstrings() -> None:
    finder = doctest.DocTestFinder()
    examples = sum(len(t.examples) for n in all_modules() for t in finder.find(importlib.import_module(n)))
    assert examples >= 5
    for name in saidao.__all__:
        assert getattr(saidao, name).__doc__, name


def loaded_after(code: str) -> set[str]:
    """Top-level modules that a fresh process holds after running *code*."""
    tail = "\nimport sys; print('LOADED', *{m.split('.')[0] for m in sys.modules})"
    done = subprocess.run([sys.executable, "-c", code + tail], capture_output=True, text=True, check=True)
    return set(done.stdout.split("LOADED")[1].split())


def test_importing_saidao_loads_nothing_else() -> None:
    assert not loaded_after("import saidao") & {"numpy", "pandas", "highspy", "pulp", "pymcdm", "pydantic", "rich"}


def test_the_main_job_does_not_load_pandas_pulp_or_matplotlib() -> None:
    loaded = loaded_after("import saidao; saidao.plan('shanghai').to_dict()")
    assert "highspy" in loaded
    assert not loaded & {"pandas", "pulp", "pymcdm", "matplotlib", "scipy", "sqlalchemy", "alembic", "platformdirs"}


def test_the_command_line_starts_without_what_verbs_need() -> None:
    """Nor does the option of `plan` that asks pulp for a second opinion load it."""
    assert not loaded_after("import saidao.cli.commands") & {"numpy", "pydantic", "pandas", "highspy", "pulp"}
    built = "from saidao.cli.commands import app; import typer; typer.main.get_command(app).commands['plan'].params"
    assert not loaded_after(built) & {"pandas", "pulp", "scipy", "numba"}


def test_pymcdm_is_a_second_opinion_and_nothing_else() -> None:
    used = [one for one in imports() if one.imported.split(".")[0] == "pymcdm"]
    assert {(one.importer, one.place) for one in used} == {("saidao.mcda.interchange", "function")}


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode:
        pytest.skip("no git checkout: nothing tells which files belong to the project")
    return [ROOT / line for line in listed.stdout.splitlines() if (ROOT / line).is_file()]


def test_every_source_that_a_page_names_is_there() -> None:
    """But for the changelog, which tells of what was."""
    for path in tracked():
        if path.suffix == ".md" and path.name != "CHANGELOG.md":
            named = re.findall(r"\b(?:saidao|mcda|optimize|tests|scripts)/[\w/]+\.py", path.read_text("utf-8"))
            assert not [name for name in named if not (ROOT / name).is_file()], path


def test_no_lock_like_file_holds_an_address() -> None:
    for path in tracked():
        if path.name.endswith((".lock", "constraints.txt")) or "requirements" in path.name:
            text = path.read_text("utf-8")
            assert "://" not in text, path
            assert "file:" not in text, path
            assert "@" not in text, path


def test_constraints_pin_every_dependency() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = (one for extra in project["optional-dependencies"].values() for one in extra)
    wanted = [*project["dependencies"], *(one for one in extras if not one.startswith("saidao["))]
    pinned = {line.split("==")[0] for line in (ROOT / "constraints.txt").read_text().splitlines()}
    for requirement in wanted:
        name = re.split(r"[<>\[]", requirement)[0].strip().lower()
        assert name in pinned, requirement
