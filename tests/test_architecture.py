"""The tree holds what it promises: who imports whom, what is loaded when, and what never gets into a file."""

from __future__ import annotations

import ast
import doctest
import importlib
import pkgutil
import re
import string
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import saidao
from saidao.texts.words import LANGUAGES, WORDS
from tests.conftest import ROOT

PACKAGES = ("mcda", "optimize", "data", "saidao")


def modules(package: str) -> list[Path]:
    found = [p for p in (ROOT / package).rglob("*.py") if not any(q.is_symlink() for q in p.parents)]
    assert found
    return found


def imported(path: Path) -> set[str]:
    """Absolute names of what a module imports, saidao.… for relative imports."""
    package = path.relative_to(ROOT).parent.parts
    if package[0] != "saidao":
        package = ("saidao", *package)
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            stem = ".".join([*base, *([node.module] if node.module else [])])
            names |= {stem} | {f"{stem}.{alias.name}" for alias in node.names}
    return names


def inside(names: set[str], package: str) -> set[str]:
    return {n for n in names if n == package or n.startswith(f"{package}.")}


@pytest.mark.parametrize("package", ["mcda", "optimize", "data"])
def test_folders_import_only_themselves(package: str) -> None:
    for path in modules(package):
        foreign = inside(imported(path), "saidao") - inside(imported(path), f"saidao.{package}")
        assert not foreign, f"{path.relative_to(ROOT)} imports {foreign}"


def test_only_the_study_joins_rankings_and_plans() -> None:
    both = {
        path.name
        for path in modules("saidao")
        if path.parent.name != "tfp"  # takes a class of errors from the one, the solver from the other
        and inside(imported(path), "saidao.mcda")
        and inside(imported(path), "saidao.optimize")
    }
    # plans.py holds the types of both results, checks.py reads the names that both register; what asks how plans depend
    # on the weights draws, moves and names weights, and makes priorities of them by study.Posed alone; the report
    # (reporting/make.py) names the methods' sources, and gives its pictures a time
    asking = {"plan_comparison.py", "views.py", "funding.py", "tipping_points.py", "make.py"}
    assert both <= {"study.py", "plans.py", "checks.py", "__init__.py"} | asking


def test_data_holds_no_logic() -> None:
    for path in modules("data"):
        tree = ast.parse(path.read_text("utf-8"))
        assert all(isinstance(node, ast.Expr) for node in tree.body), path


def test_inside_a_folder_imports_are_relative() -> None:
    for package in PACKAGES:
        for path in modules(package):
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
        for path in modules(package):
            if path.name == "__init__.py":
                parts = path.relative_to(ROOT).parent.parts
                found.add(".".join(parts if parts[0] == "saidao" else ("saidao", *parts)))
    assert listed == found


def test_every_sentence_stands_in_both_languages_with_the_same_placeholders() -> None:
    for key, texts in WORDS.items():
        assert len(texts) == len(LANGUAGES), key
        assert all(texts) or not any(texts), f"{key} stands in one language only"
        fields = [{field for _, field, _, _ in string.Formatter().parse(text) if field} for text in texts]
        assert fields[0] == fields[1], key


def test_every_sentence_that_the_source_says_is_there() -> None:
    """Keys of `say`, written out or as a pattern, in the words that it is imported from, or the shared ones."""
    said = 0
    for path in modules("saidao"):
        tree = ast.parse(path.read_text("utf-8"))
        package = ("saidao", *path.relative_to(ROOT).parent.parts[1:])
        home: dict[str, str] = {}
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and node.level:
                stem = [*package[: len(package) - node.level + 1], *([node.module] if node.module else [])]
                home |= {a.asname or a.name: ".".join(stem) for a in node.names if a.name == "say"}
        for node in ast.walk(tree):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in home):
                continue
            words = {**WORDS, **importlib.import_module(home[node.func.id]).WORDS}
            key = node.args[0]
            if isinstance(key, ast.Constant):
                assert str(key.value) in words, f"{path.name}:{node.lineno} {key.value!r}"
                said += 1
            elif isinstance(key, ast.JoinedStr):
                parts = [re.escape(str(v.value)) if isinstance(v, ast.Constant) else ".+" for v in key.values]
                pattern = re.compile("".join(parts))
                assert any(map(pattern.fullmatch, words)), f"{path.name}:{node.lineno} {pattern.pattern}"
                said += 1
    assert said > 300


def test_every_error_code_of_the_source_has_its_sentences() -> None:
    codes = set()
    for path in (*modules("saidao"), *modules("mcda")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Problem" and node.args:
                codes |= {n.value for n in ast.walk(node.args[0]) if isinstance(n, ast.Constant)}
    assert len(codes) > 30
    for code in (c for c in codes if isinstance(c, str) and c != "scale_"):
        assert f"{code}.expected" in WORDS, code
        assert f"{code}.remedy" in WORDS, code


def all_modules() -> list[str]:
    return ["saidao", *(m.name for m in pkgutil.walk_packages(saidao.__path__, "saidao.") if "__main__" not in m.name)]


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
    assert not loaded & {"pandas", "pulp", "pymcdm", "matplotlib", "scipy"}


def test_pymcdm_is_a_second_opinion_of_the_tests_only() -> None:
    for package in PACKAGES:
        assert not any(inside(imported(path), "pymcdm") for path in modules(package))


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode:
        pytest.skip("no git checkout: nothing tells which files belong to the project")
    return [ROOT / line for line in listed.stdout.splitlines() if (ROOT / line).is_file()]


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
        name = requirement.split(">")[0].split("<")[0].strip().lower()
        assert name in pinned, requirement
