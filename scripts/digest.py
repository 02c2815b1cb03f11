"""Keep the numbers of every verb, and tell where those of another state of the code differ.

    python scripts/digest.py take FILE [--only shanghai|template|random]
    python scripts/digest.py compare OLD NEW [--rel 1e-9] [--abs 1e-12] [--no-text] [--common]

`take` runs the verbs with `--json` on the shipped case, on those that `new` and `--write` make, and on random ones, all
in this process and by the installed command alone, so that it outlives every move of modules; FILE is gzipped JSON.
`compare` ends with 1 where a number, a key or a text of OLD is another in NEW; what only NEW has is told, and is no
difference. `--no-text`: texts with a space or a Chinese character may change. `--common`: only what both have run.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import os
import re
import runpy
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import chdir
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
VARYING = {"version", "versions", "digest", "seconds", "time", "path"}  # keys that say where and when, not what
SHOWN, GROUPS = 20, ["shanghai", "template", "random"]

PLANS = "plan --objective weighted|maxmin|reach=0.2|robust|regret; plan --stance leaders|even|laggards;"
QUESTIONS = """check; rank; rank --method vikor|promethee_ii|electre_iii|multimoora; weights; explain; compare --plans;
    frontier; frontier --against equity; robust --samples 300; sensitivity; ask; tipping; acceptability --samples 30;
    variants --number 2 --within 0.02; candidates; stages; chains; balance; balance --at 0.15; readings; scenarios;
    productivity; productivity --form solow --rank-with 0.2;"""
SHANGHAI = """rank --weights equal|entropy|critic|merec|gini|angle|lopcow; rank --ticks shortcoming; methods; compare;
    rank --method wsm|waspas|cocoso|edas|codas|mabac|spotis|promethee_i; rank --method topsis --normalisation minmax;
    weights --prioritisation geometric_mean; weights --weights ahp --random-index alonso_lamata; plan --certify exact;
    compare --plans --weights ahp --weights entropy --objective maxmin; plan --certify exact --objective maxmin;
    plan --ticks shortcoming --weights entropy --method vikor; plan --objective reach=0.5 --save land|funds;
    plan --budget funds=2000 --budget land=150 --lock E03=0.5 --forbid M09; plan --objective reach=0.99;
    plan --objective robust --stance even --region demand_conditions>=0.2; plan --weights equal --lang zh;
    plan --objective robust --over ahp --over entropy --stance even; plan --method topsys; plan --lock E03=9;
    explain --measure I01 --measure E06; explain --measure M09 --objective maxmin; balance --resource land;
    frontier --resource funds --nested; robust --samples 300 --around ahp --spread 0.05; candidates --cut 0.6;
    acceptability --samples 30 --objective maxmin; scenarios --only tick --explain base,tick;"""
ALWAYS = """check; rank; weights; plan; plan --objective reach=0.3; explain; frontier --against equity;
    plan --stance leaders --method vikor --weights entropy;"""
IN_TURN = (
    "plan --objective robust; compare --plans; sensitivity; plan --certify exact; frontier;",
    "plan --objective regret --over ahp --over equal; acceptability --samples 20; compare; balance;",
    "plan --objective maxmin|reach=1; robust --samples 100; readings;",
)
CONTINUOUS = "tipping; frontier --nested; variants --number 2; ask;"  # takes long with periods or whole units
KINDS: list[dict[str, Any]] = [  # what the random cases have, in turn
    *({}, {"segments": True, "tracks": 6}, {"periods": 2, "segments": True}),
    *({"kinds": True}, {"relations": True, "periods": 3}, {"kinds": True, "periods": 2, "relations": True}),
]
MADE = {  # commands that write the cases of a group
    "shanghai": """export shanghai again.xlsx; candidates shanghai --admit service_robots --write grown.xlsx;
        stages shanghai --write years.zip; balance shanghai --at 0.15 --write even.zip;
        productivity shanghai --rank-with 0.2 --write factor.zip;""",
    "template": "new small.xlsx --yes; new full.zip --yes --framework;",
}


def each(text: str) -> Iterator[list[str]]:
    """Split a list of commands into words; a last word `a|b` stands for two commands."""
    for words in map(str.split, text.split(";")[:-1]):
        yield from ([*words[:-1], last] for last in words[-1].split("|"))


def runs(group: str) -> Iterator[tuple[str, list[str]]]:
    """List the cases of a group, each with a verb and its options."""
    if group == "random":
        for seed in range(30):  # three in a row are of the same kind: between them they have every verb in turn
            verbs = ALWAYS + IN_TURN[seed % 3] + CONTINUOUS * (seed // 3 % len(KINDS) < 2)
            yield from ((f"random-{seed}", words) for words in each(verbs))
    elif group == "template":
        yield from ((case, words) for case in ("small.xlsx", "full.zip") for words in each(PLANS + QUESTIONS))
    else:
        yield from (("shanghai", words) for words in each(PLANS + QUESTIONS + SHANGHAI))
        for case in ("again.xlsx", "years.zip", "grown.xlsx", "even.zip", "factor.zip"):
            yield from ((case, words) for words in each("check; rank; plan; stages;"))


def run(command: Callable[[], None], words: list[str]) -> dict[str, Any]:
    """Run the command in this process; give its exit status and what it printed, read as JSON."""
    before = sys.argv, sys.stdout, sys.stderr
    status: int | str = 0
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        kept = os.dup(1), os.dup(2)
        os.dup2(out.fileno(), 1)
        os.dup2(err.fileno(), 2)
        sys.argv = ["saidao", *words]
        try:
            command()
        except SystemExit as end:
            status = end.code or 0
        except Exception as error:  # told like a status: a traceback is an answer to compare as well
            status = type(error).__name__
        finally:
            sys.stdout.flush()
            sys.argv, sys.stdout, sys.stderr = before
            for number, old in zip((1, 2), kept, strict=True):
                os.dup2(old, number)
                os.close(old)
        out.seek(0)
        text = out.read().decode()
    return {"exit": status, "json": json.loads(text) if text.startswith("{") else None}


def take(file: Path, groups: list[str]) -> int:
    """Run everything and write what was answered."""
    (entry,) = entry_points(group="console_scripts", name="saidao")
    command, found, file = entry.load(), {}, file.resolve()
    write_random_case = runpy.run_path(str(next((ROOT / "tests").rglob("random_cases.py"))))["write_random_case"]
    with tempfile.TemporaryDirectory(prefix="saidao-") as folder, chdir(folder):
        for group in groups:
            begun = time.monotonic()
            for words in each(MADE.get(group, "")):
                found[" ".join(words)] = run(command, words)
            for seed in range(30 * (group == "random")):
                write_random_case(Path(f"random-{seed}"), seed, **KINDS[seed // 3 % len(KINDS)])
            for case, (verb, *options) in runs(group):
                words = [verb, *[case] * (verb != "methods"), *options]
                found[" ".join(words)] = run(command, [*words, "--json"])
            print(f"{group}: {time.monotonic() - begun:.0f} s", file=sys.stderr, flush=True)
    file.write_bytes(gzip.compress(json.dumps(found, ensure_ascii=False, sort_keys=True).encode(), mtime=0))
    print(f"{len(found)} runs; how many ended how: {dict(Counter(result['exit'] for result in found.values()))}")
    return 0


def differences(old: Any, new: Any, place: str, same: Callable[[Any, Any], bool], added: list[str]) -> Iterator[str]:
    """Tell where two documents differ; what only the new one has goes to *added*."""
    if isinstance(old, dict) and isinstance(new, dict):
        if "slow" in (old.get("left_out"), new.get("left_out")):
            return  # this computer had no time for it
        added += [f"{place}.{key}" for key in new if key not in old]
        for key in (key for key in old if key not in VARYING):
            if key in new:
                yield from differences(old[key], new[key], f"{place}.{key}", same, added)
            else:
                yield f"{place}.{key}: gone"
    elif isinstance(old, list) and isinstance(new, list):
        if len(old) != len(new):
            yield f"{place}: {len(old)} entries, now {len(new)}"
        for i, (one, other) in enumerate(zip(old, new, strict=False)):
            yield from differences(one, other, f"{place}[{i}]", same, added)
    elif not same(old, new):
        yield f"{place}: {old!r:.120}, now {new!r:.120}"


def compare(asked: argparse.Namespace) -> int:
    """Print the differences; return the exit status."""

    def same(one: Any, other: Any) -> bool:
        kinds = {type(one), type(other)}
        if kinds <= {int, float}:
            return math.isclose(one, other, rel_tol=asked.rel, abs_tol=asked.abs)
        prose = asked.no_text and kinds == {str} and re.search(r"[ \u3000-\u9fff]", one) is not None
        return prose or (len(kinds) == 1 and bool(one == other))

    before, after = (json.loads(gzip.decompress(file.read_bytes())) for file in (asked.old, asked.new))
    added, differing = Counter[str](), 0
    names = [name for name in before if name in after or not asked.common]
    for name in names:
        more: list[str] = []
        found = list(differences(before[name], after[name], "", same, more)) if name in after else ["not run"]
        differing += bool(found)
        rest = [f"... and {len(found) - SHOWN} more"] * (len(found) > SHOWN)
        print(*(f"{name}: {line}\n" for line in [*found[:SHOWN], *rest]), sep="", end="")
        added.update(name.split()[0] + re.sub(r"\d+(?=])", "", f" {line}") for line in more)
    print(*(f"added: {line} ({number})\n" for line, number in added.items()), sep="", end="")
    print(f"{len(names)} runs compared, {differing} differ; {len(after.keys() - before)} are new")
    return int(differing > 0)


def main() -> int:
    parser = argparse.ArgumentParser(description="Keep the numbers of every verb, and compare them.")
    verbs = parser.add_subparsers(dest="verb", required=True)
    taking, comparing = verbs.add_parser("take"), verbs.add_parser("compare")
    for adding, name in ((taking, "file"), (comparing, "old"), (comparing, "new")):
        adding.add_argument(name, type=Path)
    taking.add_argument("--only", choices=GROUPS)
    for name, most in (("--rel", 1e-9), ("--abs", 1e-12)):
        comparing.add_argument(name, type=float, default=most)
    for name in ("--no-text", "--common"):
        comparing.add_argument(name, action="store_true")
    asked = parser.parse_args()
    return compare(asked) if asked.verb == "compare" else take(asked.file, [asked.only] if asked.only else GROUPS)


if __name__ == "__main__":
    sys.exit(main())
