"""How long a planner waits in Chromium, from a key press to the new numbers, and a server works on a large case.

Run: python -m benchmarks.page, which needs saidao[app,browser] and a Chromium. The clock is the page's own: from the
event to the change of the document. Beside it stands what a change takes of a processor in the server.
Or: python -m benchmarks.page 1000x200, for what the server does at a size, change by change.
"""

from __future__ import annotations

import gc
import random
import resource
import statistics
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks.cases import write_case
from benchmarks.product import read
from saidao import load_case
from saidao.app.page import VIEWS, Page
from saidao.app.plans.workspace import Outcomes, Workspace

TRACKS, MEASURES, FACTORS = 200, 300, 6
"""Size of the large case."""
SOON, LARGE = 100.0, 1000.0
"""ms in which the new numbers of the first screen should stand there, of either case."""
LONGEST = 90_000.0
"""ms that all that follows the first screen of the large case may take."""


def write_large(folder: Path) -> Path:
    """Write a case of many tracks and measures, with budgets that are scarce; return its folder."""
    rng = random.Random(0)
    tracks, factors = [f"t{i}" for i in range(TRACKS)], [f"f{i}" for i in range(FACTORS)]
    scope = ("track", "track", "track", "type", "city")
    measures = [(f"m{i}", scope[i % len(scope)]) for i in range(MEASURES)]
    tables: dict[str, list[tuple[Any, ...]]] = {
        "tracks.csv": [("track", "name_en", "type"), *((t, t.upper(), f"k{i % 8}") for i, t in enumerate(tracks))],
        "factors.csv": [
            ("factor", "name_en", "worst", "target", "weight"),
            *((f, f.upper(), 0, 10, 1) for f in factors),
        ],
        "scores.csv": [("track", *factors), *((t, *(round(rng.uniform(1, 9), 1) for _ in factors)) for t in tracks)],
        "resources.csv": [
            ("resource", "name_en", "unit", "budget"),
            ("funds", "Funds", "million CNY", 20000),
            ("land", "Land", "ha", 400),
        ],
        "measures.csv": [("measure", "name_en", "scope", "max_level"), *((m, m.upper(), s, 1) for m, s in measures)],
        "costs.csv": [
            ("measure", "resource", "cost"),
            *((m, "funds", rng.randint(20, 120) * (1 if s == "track" else 40)) for m, s in measures),
            *((m, "land", rng.randint(1, 10)) for m, _ in measures[::3]),
        ],
        "effects.csv": [
            ("measure", "track", "factor", "effect"),
            *((m, "*", f, round(rng.uniform(0.1, 0.4), 2)) for m, _ in measures for f in rng.sample(factors, 2)),
        ],
    }
    for name, rows in tables.items():
        (folder / name).write_text("\n".join(",".join(map(str, row)) for row in rows) + "\n", "utf-8")
    (folder / "case.toml").write_text('name_en = "Large"\nweights = "direct"\n', "utf-8")
    return folder


def processor(case: str, land: float, changes: int = 5) -> float:
    """Return the median processor time, in ms, that a change takes until the first screen is written."""
    workspace = Workspace.untouched(Outcomes(load_case(case)))
    took = []
    for number in range(changes + 1):
        begun = time.process_time()
        choices = workspace.outcomes.changed(workspace.choices, "budget", "land", f"{land - number:g}")
        workspace = replace(workspace, choices=choices)
        Page(workspace, "en").parts(VIEWS["plan"].parts)
        took.append(1000 * (time.process_time() - begun))
    return statistics.median(took[1:])


CHANGES = {
    "a budget": ("plan", "budget", "land", "x0.99"),
    "a weight": ("judge", "weight", "f0", "20"),
    "the ranking method": ("plan", "method", "", "vikor"),
    "a score": ("data", "cell", "scores:t0:f0", "5.5"),
    "a cost": ("data", "cell", "costs:m0/funds:cost", "77"),
    "an effect": ("data", "cell", "effects:m0/{track}/{factor}:effect", "0.123"),
    "a measure must be funded": ("plan", "lock", "m1", "1"),
    "a measure may not be funded": ("plan", "forbid", "m2", ""),
}
"""What is changed at a size: the view that is shown then, what, of what, to what."""


def told(size: tuple[int, int]) -> None:
    """Print, for a case of a size, the processor time of the first answer and of each change, and the HTML made."""
    with tempfile.TemporaryDirectory() as folder:
        case = load_case(write_case(Path(folder) / "case", *size))
        effect, land = case.effects.iloc[0], case.own_budget("land")

        def shown(outcomes: Outcomes, what: str = "first answer") -> None:
            begun = time.process_time()
            workspace, view, kind, of = Workspace.untouched(outcomes), "plan", "", ""
            if what in CHANGES:
                view, kind, of, to = CHANGES[what]
                of = of.format(track=effect["track"], factor=effect["factor"])
                to = f"{0.99 * land:g}" if to == "x0.99" else to
                workspace = replace(workspace, choices=outcomes.changed(workspace.choices, kind, of, to))
            page = Page(workspace, "en")
            made = page.parts(page.names(view, of.partition(":")[0] if kind == "cell" else ""))
            sent = sum(len(part.encode()) for part in made.values()) / 1000
            took = time.process_time() - begun
            gc.collect()
            after = time.process_time() - begun - took
            print(f"{what}: {took:.2f} s of processor, {after:.2f} s for garbage after it, {sent:,.0f} kB", flush=True)

        gc.disable()  # as a worker, which looks for garbage between its jobs
        gc.freeze()
        outcomes = Outcomes(case)
        shown(outcomes)
        for what in CHANGES:
            shown(outcomes, what)
        print(f"peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")


def measured(page: Any, name: str, changes: int, land: float) -> float:
    """Print how long changes take; return the median to the new numbers of the first screen, in ms."""
    from tests.surfaces.browser import waits

    took = waits(page, changes, land)
    told = []
    for what, waited in zip(("first screen", "panel", "all"), zip(*took, strict=True), strict=True):
        slow = sorted(waited)[-max(len(waited) // 10, 1)]
        told.append(f"{what} {statistics.median(waited):.0f} ms (slowest tenth from {slow:.0f})")
    print(f"{name}, {len(took)} changes: median to {', '.join(told)}")
    return statistics.median(first for first, *_ in took)


def main() -> int:
    """Measure both cases; return 1 where either is slower than it should be."""
    if sys.argv[1:]:
        told(read(sys.argv[1]))
        return 0
    from playwright.sync_api import sync_playwright

    from tests.surfaces.browser import OPTIONS, chromium, served

    path = chromium()
    if path is None:
        print("no Chromium on this system")
        return 1
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        large = str(write_large(Path(folder)))
        print(f"Shanghai, processor time of the first screen: {processor('shanghai', 139.0):.0f} ms")
        print(f"{TRACKS} x {MEASURES}, processor time of the first screen: {processor(large, 399.0):.0f} ms")
        browser = playwright.chromium.launch(executable_path=path, args=OPTIONS)
        with served("shanghai") as address:
            page = browser.new_page()
            page.goto(address)
            page.focus("#tracks button.row")
            page.keyboard.press("Enter")
            page.wait_for_selector("#why:not([hidden])")
            small = measured(page, "Shanghai", 40, 139.0)
        with served(large) as address:
            page = browser.new_page()
            page.set_default_timeout(LONGEST)
            page.goto(address)
            page.wait_for_selector(".workspace:not([aria-busy])")
            large_one = measured(page, f"{TRACKS} x {MEASURES}", 7, 399.0)
        browser.close()
    return int(small > SOON or large_one > LARGE)


if __name__ == "__main__":
    sys.exit(main())
