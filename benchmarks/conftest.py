"""What the benchmarks measure, and the table of it that ends a run."""

from __future__ import annotations

import os
import platform
from importlib.metadata import version

import pytest

Measured = dict[tuple[str, str], float]
"""(instance, quantity): seconds of an engine, MiB of its memory, and sizes."""

MEASURED = pytest.StashKey[Measured]()

Columns = dict[str, tuple[str, str | None, str]]
"""Heading: quantity, what it is divided by, format."""

ONE: Columns = {
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
BY_PRICES: Columns = {
    "two stages and proof, s": ("two stages", None, "{:.3g}"),
    "HiGHS, first stage / saidao": ("HiGHS, one stage", "two stages", "{:.1f}"),
    "the same in processor time": ("HiGHS, processor", "two stages, processor", "{:.1f}"),
}
MANY: Columns = {
    "saidao, ms each": ("many", None, "{:.3g}"),
    "pulp + HiGHS / saidao": ("many by pulp", "many", "{:.0f}"),
    "HiGHS from nothing / saidao": ("many from nothing", "many", "{:.1f}"),
    "three stages from nothing / saidao": ("many in three stages", "many", "{:.1f}"),
    "two threads / two processes": ("many by threads", "many", "{:.2f}"),
    "one / two processes": ("many by one", "many", "{:.2f}"),
    "one thread, processor ms each": ("many by one, processor", None, "{:.3g}"),
    "pulp + HiGHS / saidao, processor": ("many by pulp, processor", "many by one, processor", "{:.0f}"),
    "solved again, of a thousand": ("solved again", None, "{:.1f}"),
}
MANY_LARGE: Columns = {
    "by prices, processor s each": ("many by prices", None, "{:.3g}"),
    "HiGHS going on from the basis before / saidao": ("many by HiGHS", "many by prices", "{:.1f}"),
}
RANKING: Columns = {
    "saidao, s": ("ranking", None, "{:.3g}"),
    "pymcdm / saidao": ("pymcdm", "ranking", "{:.0f}"),
    "pymcdm / saidao, numba loaded": ("pymcdm", "ranking, numba loaded", "{:.0f}"),
    "pymcdm, scores only / saidao": ("pymcdm, scores only", "ranking", "{:.1f}"),
    "saidao / floor": ("ranking", "floor", "{:.2f}"),
    "the same, numba loaded": ("ranking, numba loaded", "floor", "{:.2f}"),
    "all pairs / saidao": ("pairs", "ranking", "{:.0f}"),
    "memory, MiB": ("memory of ranking", None, "{:.0f}"),
}
TABLES = (ONE, BY_PRICES, MANY, MANY_LARGE, RANKING)


def pytest_configure(config: pytest.Config) -> None:
    config.stash[MEASURED] = {}


@pytest.fixture
def measured(request: pytest.FixtureRequest) -> Measured:
    return request.config.stash[MEASURED]


def table(measured: Measured, columns: Columns) -> list[str]:
    """Lines of a Markdown table: a row an instance, a column a ratio of what this run measured."""
    rows = []
    for instance in dict.fromkeys(instance for instance, _ in measured):
        cells = []
        for quantity, base, form in columns.values():
            value, unit = measured.get((instance, quantity)), measured.get((instance, base)) if base else 1.0
            cells.append("-" if value is None or not unit else form.format(value / unit))
        if any(cell != "-" for cell in cells):
            rows.append([instance, *cells])
    heads = [["instance", *columns], ["---", *["---:"] * len(columns)]]
    return [f"| {' | '.join(row)} |" for row in heads + rows] if rows else []


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    if not (measured := config.stash[MEASURED]):
        return
    terminalreporter.section("ratios")
    for columns in TABLES:
        for line in table(measured, columns):
            terminalreporter.write_line(line)
    packages = ", ".join(f"{name} {version(name)}" for name in ("highspy", "pulp", "linopy", "numpy"))
    terminalreporter.write_line(
        f"\n{packages}, Python {platform.python_version()}; {platform.machine()}, {os.cpu_count()} cores"
    )
