"""Every public name is documented with an example, and the examples give what they say."""

from __future__ import annotations

import doctest
from inspect import ismodule
from pathlib import Path
from types import ModuleType

import pytest

import saidao
from saidao import optimize
from scripts import write_docs
from tests.conftest import ROOT, in_process

EXAMPLES = ROOT / "docs" / "examples.txt"


@pytest.mark.documented
def test_the_examples_give_what_they_say(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert in_process("new", tmp_path / "mycity", "--framework", "--yes").status == 0
    monkeypatch.chdir(tmp_path)
    found = doctest.testfile(str(EXAMPLES), module_relative=False)
    assert found.failed == 0
    assert found.attempted > 60


@pytest.mark.parametrize("module", [saidao, optimize], ids=lambda module: module.__name__)
def test_every_public_name_has_a_docstring_and_an_example(module: ModuleType) -> None:
    """Results need none of their own: the function that gives them has one."""
    shown = write_docs.examples()
    for name in module.__all__:
        one = getattr(module, name)
        if ismodule(one) or (module is saidao and isinstance(one, type) and not issubclass(one, BaseException)):
            continue
        assert (one.__doc__ or "").strip(), name
        assert ">>>" in shown.get(name, ""), name


def test_no_example_is_of_nothing() -> None:
    assert set(write_docs.examples()) <= {*saidao.__all__, *optimize.__all__}
