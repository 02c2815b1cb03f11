"""What the benchmarks measure, and the table of it that ends a run."""

from __future__ import annotations

import os
import platform
from importlib.metadata import version

import pytest

Measured = dict[tuple[str, str], float]
"""(instance, quantity): seconds of an engine, MiB of its memory, and sizes."""

MEASURED = pytest.StashKey[Measured]()

COLUMNS = {
    # heading: quantity, what it is divided by, format
    "columns": ("columns", None, "{:,.0f}"),
    "non-zeros": ("non-zeros", None, "{:,.0f}"),
    "HiGHS, s": ("HiGHS", None, "{:.3g}"),
    "saidao, s": ("saidao", None, "{:.3g}"),
    "saidao / HiGHS": ("saidao", "HiGHS", "{:.2f}"),
    "saidao / HiGHS, same options": ("saidao", "HiGHS, same options", "{:.2f}"),
    "pulp + HiGHS / saidao": ("pulp + HiGHS", "saidao", "{:.1f}"),
    "pulp + CBC / saidao": ("pulp + CBC", "saidao", "{:.1f}"),
    "linopy + HiGHS / saidao": ("linopy + HiGHS", "saidao", "{:.1f}"),
    "whole plan / HiGHS": ("whole plan", "HiGHS", "{:.2f}"),
    "memory, MiB": ("memory of saidao", None, "{:.0f}"),
    "memory, saidao / HiGHS": ("memory of saidao", "memory of HiGHS", "{:.2f}"),
}


def pytest_configure(config: pytest.Config) -> None:
    config.stash[MEASURED] = {}


@pytest.fixture
def measured(request: pytest.FixtureRequest) -> Measured:
    return request.config.stash[MEASURED]


def table(measured: Measured) -> list[str]:
    """Lines of a Markdown table: a row an instance, a column a ratio of what this run measured."""
    rows = [["instance", *COLUMNS]]
    for instance in dict.fromkeys(instance for instance, _ in measured):
        cells = []
        for quantity, base, form in COLUMNS.values():
            value, unit = measured.get((instance, quantity)), measured.get((instance, base)) if base else 1.0
            cells.append(form.format(value / unit) if value and unit else "-")
        rows.append([instance, *cells])
    rows.insert(1, ["---", *["---:"] * len(COLUMNS)])
    return [f"| {' | '.join(row)} |" for row in rows]


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    if not (measured := config.stash[MEASURED]):
        return
    terminalreporter.section("ratios")
    for line in table(measured):
        terminalreporter.write_line(line)
    packages = ", ".join(f"{name} {version(name)}" for name in ("highspy", "pulp", "linopy", "numpy"))
    terminalreporter.write_line(
        f"\n{packages}, Python {platform.python_version()}; {platform.machine()}, {os.cpu_count()} cores"
    )
