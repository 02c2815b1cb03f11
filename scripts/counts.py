"""Count files, imports, texts and tests, now and at an earlier commit: plain columns, then what they mean.

python -m scripts.counts [BEFORE]       (a commit or a tag; default: c7af9ed, the last before the packages were made)
"""

from __future__ import annotations

import ast
import io
import re
import subprocess
import sys
import tarfile
import tempfile
import tokenize
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from scripts import imports

ROOT = imports.ROOT
BEFORE = "c7af9ed"
NAMED = {
    "a verb": "tipping",
    "a method": "mairca",
    "an objective": "maxmin",
    "a table": "named_pairs",
    "a constraint": "excludes",
}
"""One of each kind, by a name that is no other word: the files in which it stands are those that adding one touches."""
CHINESE = re.compile(r"[\u4e00-\u9fff]")
EMPTY = {
    tokenize.COMMENT,
    tokenize.NL,
    tokenize.NEWLINE,
    tokenize.INDENT,
    tokenize.DEDENT,
    tokenize.ENCODING,
    tokenize.ENDMARKER,
}


def checked_out(commit: str, target: Path) -> Path:
    """Write the files of a commit to a folder."""
    done = subprocess.run(["git", "archive", commit], cwd=ROOT, capture_output=True, check=True)
    with tarfile.open(fileobj=io.BytesIO(done.stdout)) as archive:
        archive.extractall(target, filter="data")
    return target


def files(root: Path) -> Iterator[Path]:
    """Yield the project's Python files, links left out."""
    for folder in (*imports.PACKAGES, "tests", "scripts", "examples", "benchmarks"):
        yield from imports.sources(folder, root)


def lines(path: Path) -> tuple[int, int, int]:
    """Return physical lines, lines with code (no comment, no docstring), and logical lines (what NEWLINE ends)."""
    text = path.read_text("utf-8")
    tokens = list(tokenize.generate_tokens(io.StringIO(text).readline))
    documented = {
        line
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
        for line in range(node.lineno, (node.end_lineno or node.lineno) + 1)
    }
    code = {
        line
        for token in tokens
        if token.type not in EMPTY
        for line in range(token.start[0], token.end[0] + 1)
        if line not in documented
    }
    return len(text.splitlines()), len(code), sum(token.type == tokenize.NEWLINE for token in tokens)


def texts(path: Path) -> int:
    """Count pairs of an English and a Chinese text."""
    return sum(
        isinstance(node, ast.Tuple)
        and len(node.elts) == 2
        and all(isinstance(part, ast.Constant) and isinstance(part.value, str) for part in node.elts)
        and bool(CHINESE.search(ast.unparse(node.elts[1])))
        and not CHINESE.search(ast.unparse(node.elts[0]))
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
    )


def named(root: Path, word: str) -> list[str]:
    """Return the source files in which a word stands, but for those that a script makes."""
    whole = re.compile(rf"\b{word}\b")
    texts = {p: p.read_text("utf-8") for package in imports.PACKAGES for p in imports.sources(package, root)}
    written = {path: text for path, text in texts.items() if "\nMade by `scripts/" not in text}
    return [str(path.relative_to(root)) for path, text in written.items() if whole.search(text)]


def counts(root: Path) -> dict[str, int]:
    """Return the counts of a tree of sources, by what is counted."""
    known, found = imports.modules(root), imports.imports(root)
    run = imports.edges(found, known)
    typed = imports.edges(found, known, ("top", "function", "types"))
    folders = [name for name, path in known.items() if path.name == "__init__.py"]
    inside = Counter((one.importer, one.line, one.reason) for one in found if one.place == "function")
    sources = [path for package in imports.PACKAGES for path in imports.sources(package, root)]
    trees = [ast.parse(path.read_text("utf-8")) for path in sources]
    pairs = {path: texts(path) for path in sources}
    without_front = {pair for pair in typed if "saidao" not in pair}
    return {
        "circles of files": len(imports.circles(run)),
        "  files in the largest": max(map(len, imports.circles(run)), default=0),
        "circles of files, types too": len(imports.circles(without_front)),
        "circles within a folder": sum(
            len(imports.circles(pairs)) for pairs in imports.folder_edges(run, folders).values()
        ),
        "imports that run up": len(imports.ways_up(run)),
        "loose files in saidao/": len(imports.loose_files(root)),
        "imports inside functions": len(inside),
        "  without a reason": sum(not reason for _, _, reason in inside),
        "functions named say": sum(
            isinstance(node, ast.FunctionDef) and node.name == "say" for tree in trees for node in ast.walk(tree)
        ),
        "bilingual texts": sum(pairs.values()),
        "  files that hold ten or more": sum(count >= 10 for count in pairs.values()),
        "# fmt: skip or off": sum(
            len(re.findall(r"#\s*fmt:\s*(?:skip|off)", path.read_text("utf-8")))
            for path in files(root)
            if path.name != "counts.py"
        ),
        "source files": len(sources),
        "test functions": sum(
            isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
            for path in imports.sources("tests", root)
            for node in ast.walk(ast.parse(path.read_text("utf-8")))
        ),
    } | {f"source files that name {what} ({word})": len(named(root, word)) for what, word in NAMED.items()}


def by_folder(root: Path) -> dict[str, tuple[int, int, int]]:
    """Return the three counts of lines of each folder at the top."""
    found: dict[str, tuple[int, int, int]] = {}
    for path in files(root):
        folder = path.relative_to(root).parts[0]
        old = found.get(folder, (0, 0, 0))
        found[folder] = tuple(map(sum, zip(old, lines(path), strict=True)))  # type: ignore[assignment]
    return found


def main(commit: str = BEFORE) -> None:
    """Print now against before."""
    with tempfile.TemporaryDirectory() as folder:
        before = checked_out(commit, Path(folder))
        then, now = counts(before), counts(ROOT)
        print(f"{'':44}{commit:>10}{'now':>10}")
        for name, count in now.items():
            print(f"{name:44}{then[name]:10}{count:10}")
        old, new = by_folder(before), by_folder(ROOT)
    total = [tuple(map(sum, zip(*(side[p] for p in imports.PACKAGES), strict=True))) for side in (old, new)]
    print(f"\n{'lines':14}{'physical':>22}{'with code':>22}{'logical':>22}")
    rows = {**{name: (old.get(name, (0, 0, 0)), new[name]) for name in new}, "all sources": tuple(total)}
    for name, (a, b) in rows.items():
        print(f"{name:14}" + "".join(f"{x:9}{y:7}{y - x:+6}" for x, y in zip(a, b, strict=True)))


if __name__ == "__main__":
    main(*sys.argv[1:2])
