"""Every example runs as a user would run it: scripts by Python, notebooks in a kernel."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.documented

FOLDER = ROOT / "examples"
SCRIPTS = sorted(FOLDER.glob("*.py"))
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda p: p.stem)
def test_script_runs(path: Path, tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-W", "error", str(path)], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "closed" in done.stdout
    assert not done.stderr
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_notebook_runs_and_shows(path: Path, tmp_path: Path) -> None:
    import nbformat  # takes a second to load, with what it validates by
    from nbclient import NotebookClient

    notebook = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert not any(cell.outputs for cell in cells)  # committed without outputs
    os.environ.setdefault("PYDEVD_DISABLE_FILE_VALIDATION", "1")
    NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(tmp_path)}}).execute()
    for cell in cells:
        assert not [out for out in cell.outputs if out.output_type == "error" or out.get("name") == "stderr"], (
            cell.source
        )
        if ".plot()" in cell.source:
            assert any("image/png" in out.get("data", {}) for out in cell.outputs), cell.source
    assert any("text/html" in out.get("data", {}) for cell in cells for out in cell.outputs)
    assert len(SCRIPTS) == 5
    assert len(NOTEBOOKS) == 3
