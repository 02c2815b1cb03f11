"""What each verb takes of a case of some size: processor time, memory, output; written into docs/scale.md.

Run: python -m benchmarks.product [VERB ...], of all sizes, and write the table anew;
or: python -m benchmarks.product --size 300x100 --show [VERB ...], to look at some.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from .cases import write_case

ROOT = Path(__file__).parents[1]
TOLD = ROOT / "benchmarks" / "product.json"
PAGE = ROOT / "docs" / "scale.md"
SIZES = ((100, 100), (300, 100), (1000, 200))
LONGEST = 300.0
"""Seconds of processor after which a verb is ended."""
LATE = 124
"""Status of a verb that was ended so."""
UNIT_OF_PEAK = 2**20 if sys.platform == "darwin" else 2**10  # of ru_maxrss, in MiB
ASKED: dict[str, str] = {
    "check": "check CASE",
    "rank": "rank CASE --json",
    "weights": "weights CASE --json",
    "plan": "plan CASE --json",
    "plan, on a terminal": "plan CASE",
    "plan, workbook": "plan CASE -o OUT.xlsx",
    "report": "report CASE -o OUT.html",
    "brief": "brief CASE -o OUT.docx",
    "forms": "forms CASE -o OUT.xlsx",
    "forms, checked": "forms CASE --check FORMS --json",
    "export": "export CASE OUT.xlsx",
    "plan of the workbook": "plan BOOK --json",
    "import": "import CASE/scores.csv OUT --yes",
    "gaps": "gaps CASE --json",
    "explain": "explain CASE --measure m1 --json",
    "explain, all measures": "explain CASE --json",
    "frontier": "frontier CASE --json",
    "compare": "compare CASE --json",
    "compare --plans": "compare CASE --plans --json",
    "scenarios": "scenarios CASE --json",
    "balance": "balance CASE --json",
    "chains": "chains CASE --json",
    "candidates": "candidates CASE --json",
    "stages": "stages CASE --json",
    "productivity": "productivity CASE --json",
    "efficiency": "efficiency CASE --json",
    "infer": "infer CASE --say t1>t2 --json",
    "influence": "influence CASE --json",
    "sweep": "sweep CASE --weights ahp+entropy --json",
    "robust": "robust CASE --json",
    "sensitivity": "sensitivity CASE --json",
    "acceptability": "acceptability CASE --json",
    "tipping": "tipping CASE --json",
    "variants": "variants CASE --json",
    "replan": "replan CASE --from PLAN --budget funds=x0.95 --json",
    "replan, under way": "replan CASE --from PLAN --actuals ACTUALS --json",
    "review": "review CASE --from PLAN --actuals ACTUALS --json",
    "settled": "settled CASE --json",
    "uncertain": "uncertain CASE --json",
    "trust": "trust CASE --to t1 --json",
    "ask": "ask CASE --json",
}
"""What is asked: CASE is the folder, BOOK its workbook, PLAN a plan of it as JSON, ACTUALS half of every level of it
committed, FORMS its forms, OUT a file that is written."""


@dataclass(frozen=True)
class Taken:
    """Seconds of processor, peak in MiB, output in kB, and how it ended."""

    seconds: float
    memory: float
    output: float
    status: int


def measured(typed: list[str], out: Path, longest: float = LONGEST) -> Taken:
    """Run ``saidao TYPED`` for at most *longest* seconds of processor; its answer goes to *out*, messages beside it."""

    limited = ["sh", "-c", 'ulimit -t "$0"; exec "$@"', f"{longest:.0f}", sys.executable, "-m", "saidao", *typed]
    as_installed = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    with out.open("wb") as answer, out.with_suffix(".err").open("wb") as errors:
        process = subprocess.Popen(limited, stdout=answer, stderr=errors, env=as_installed)
        _, status, used = os.wait4(process.pid, 0)
    code = os.waitstatus_to_exitcode(status)
    process.returncode = code
    written = sum(file.stat().st_size for file in out.parent.glob("OUT*") if file.is_file())
    return Taken(
        round(used.ru_utime + used.ru_stime, 2),
        round(used.ru_maxrss / UNIT_OF_PEAK, 1),
        round(max(written, out.stat().st_size) / 1000, 1),
        LATE if code < 0 else code,
    )


def halved(plan: Path, actuals: Path) -> None:
    """Write that half of each level of a plan is committed, and four fifths of that took effect."""
    rows = json.loads(plan.read_text("utf-8"))["allocation"]
    lines = [f"{a['measure']},{a['target']},{a['level'] / 2},{a['level'] * 0.4}" for a in rows]
    actuals.write_text("\n".join(["measure,target,committed,achieved", *lines, ""]), "utf-8")


def ask(size: tuple[int, int], verbs: list[str], longest: float = LONGEST) -> Iterator[tuple[str, Taken]]:
    """Ask *verbs* of a case of a size, each in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        case = write_case(home / "case", *size)
        place = {"CASE": str(case), "BOOK": str(home / "book.xlsx"), "PLAN": str(home / "plan.json")}
        place |= {"ACTUALS": str(home / "actuals.csv"), "FORMS": str(home / "forms.xlsx")}
        needed = " ".join(ASKED[verb] for verb in verbs)
        if "BOOK" in needed:
            measured(["export", str(case), place["BOOK"]], home / "book.out")
        if "PLAN" in needed:
            measured(["plan", str(case), "--json"], home / "plan.json")
            halved(home / "plan.json", home / "actuals.csv")
        if "FORMS" in needed:
            measured(["forms", str(case), "-o", place["FORMS"]], home / "forms.out")
        funds = next(line for line in (case / "resources.csv").read_text("utf-8").splitlines() if "funds" in line)
        place["funds=x0.95"] = f"funds={0.95 * float(funds.split(',')[-1]):g}"
        for verb in verbs:
            scratch = home / "scratch"
            scratch.mkdir()
            words = [place.get(word, word.replace(">", " before ")) for word in ASKED[verb].split()]
            words = [
                word.replace("CASE/", f"{case}/").replace("OUT", f"{scratch}/OUT") if "/" not in word[:1] else word
                for word in words
            ]
            found = measured(words, scratch / "answer", longest)
            print(f"{size[0]} x {size[1]} {verb}: {asdict(found)}", flush=True)
            if found.status not in (0, LATE):
                print((scratch / "answer.err").read_text("utf-8", "replace")[-800:])
            yield verb, found
            shutil.rmtree(scratch)


def name(size: tuple[int, int]) -> str:
    """Return a size as it is told: 1,000 x 200."""
    return f"{size[0]:,} x {size[1]:,}"


def read(text: str) -> tuple[int, int]:
    """Return a size as it is typed: 1000x200."""
    tracks, measures = text.split("x")
    return int(tracks), int(measures)


def table(told: dict[str, dict[str, Taken]]) -> str:
    """Return the table of docs/scale.md: a row a verb, a group of columns a size."""
    sizes = [size for size in map(name, SIZES) if told.get(size)]
    heads = ["verb", *(f"{size}: s" for size in sizes), *(f"{size}: MiB" for size in sizes), f"{sizes[-1]}: kB"]
    lines = [" | ".join(heads), " | ".join(["---", *["---:"] * (len(heads) - 1)])]
    for verb in ASKED:
        taken = [told[size].get(verb) for size in sizes]
        if any(taken):
            seconds = ["-" if t is None else _ended(t) for t in taken]
            memory = ["-" if t is None else f"{t.memory:.0f}" for t in taken]
            last = taken[-1]
            output = "-" if last is None or last.status else f"{last.output:,.0f}"
            lines.append(" | ".join([f"`{verb}`", *seconds, *memory, output]))
    return "\n".join(f"| {line} |" for line in lines)


def _ended(taken: Taken) -> str:
    """Return the seconds that a verb took, or how it ended without an answer."""
    if taken.status == LATE:
        return f"> {taken.seconds:.0f}"
    return f"{taken.seconds:.1f}" + (f" (exit {taken.status})" if taken.status else "")


def write(told: dict[str, dict[str, Taken]]) -> None:
    """Write the table between its marks in docs/scale.md."""
    start, end = "<!-- product -->\n", "<!-- end -->"
    before, _, rest = PAGE.read_text("utf-8").partition(start)
    _, _, after = rest.partition(end)
    PAGE.write_text(f"{before}{start}{table(told)}\n{end}{after}", "utf-8")


def main() -> None:
    """Measure, keep what was measured, write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("verbs", nargs="*", metavar="VERB")
    parser.add_argument("--size", action="append", help="TRACKSxMEASURES; all sizes of the page if left out")
    parser.add_argument("--show", action="store_true", help="print only; write nothing")
    parser.add_argument("--longest", type=float, default=LONGEST, help="seconds after which a verb is ended")
    given = parser.parse_args()
    sizes = [read(size) for size in given.size] if given.size else list(SIZES)
    told = (
        {size: {verb: Taken(**t) for verb, t in rows.items()} for size, rows in json.loads(TOLD.read_text()).items()}
        if TOLD.exists()
        else {}
    )
    for size in sizes:
        for verb, found in ask(size, given.verbs or list(ASKED), given.longest):
            told.setdefault(name(size), {})[verb] = found
            if not given.show:
                kept = {size: {verb: asdict(t) for verb, t in rows.items()} for size, rows in told.items()}
                TOLD.write_text(json.dumps(kept, indent=1) + "\n", "utf-8")
                write(told)


if __name__ == "__main__":
    main()
