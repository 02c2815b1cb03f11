"""Who imports whom: read from the sources, nothing is imported for it.

python -m scripts.imports             every import that runs up, every circle, every import inside a function
"""

from __future__ import annotations

import ast
import io
import sys
import tokenize
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("mcda", "optimize", "data", "saidao")
"""Folders at the top that hold sources; all but the last are subpackages of saidao by pyproject.toml."""
ORDER = (
    "texts",
    "errors",
    "arguments",
    "results",
    "files",
    "filing",
    "case",
    "importing",
    "study",
    "formats",
    "questions",
    "framework",
    "store",
    "render",
    "pictures",
    "workbook",
    "briefing",
    "reporting",
    "app",
    "cli",
)
"""The packages of saidao: each imports only itself and those before it; `app` and `cli` never each other."""
OPTIMIZE = ("model", "solve", "after")
"""The packages of optimize, likewise."""

Place = Literal["top", "function", "types"]
Edge = tuple[str, str]


@dataclass(frozen=True)
class Import:
    """One name that a module imports.

    Attributes
    ----------
    importer, imported
        Dotted names; `imported` is a module of ours where it is one, otherwise what stands in the source.
    place
        At the top of the file, inside a function, or for type checkers alone.
    reason
        Whether a comment stands on the import or directly above it.
    """

    importer: str
    imported: str
    line: int
    place: Place
    reason: bool


def sources(package: str, root: Path = ROOT) -> list[Path]:
    """Return the files of a folder, links left out."""
    found = sorted((root / package).rglob("*.py"))
    return [path for path in found if not any(parent.is_symlink() for parent in path.parents)]


def module_name(path: Path, root: Path = ROOT) -> str:
    """Return the name by which a file is imported."""
    parts = path.relative_to(root).with_suffix("").parts
    parts = parts if parts[0] == "saidao" else ("saidao", *parts)
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def modules(root: Path = ROOT) -> dict[str, Path]:
    """Return every module by its name."""
    return {module_name(path, root): path for package in PACKAGES for path in sources(package, root)}


@cache
def imports(root: Path = ROOT) -> list[Import]:
    """Return every import of every module."""
    known = modules(root)
    return [found for name, path in known.items() for found in _of_file(name, path, known)]


def _of_file(name: str, path: Path, known: dict[str, Path]) -> Iterator[Import]:
    text = path.read_text("utf-8")
    lines = text.splitlines()
    package = name.split(".") if path.name == "__init__.py" else name.split(".")[:-1]
    commented = {
        token.start[0]
        for token in tokenize.generate_tokens(io.StringIO(text).readline)
        if token.type == tokenize.COMMENT
    }
    for node, place in _with_place(ast.parse(text), "top"):
        last = node.end_lineno or node.lineno
        above = node.lineno - 1
        while above > 0 and lines[above - 1].strip().startswith(("from ", "import ")):
            above -= 1  # a comment above a block of imports speaks for all of them
        reason = any(line in commented for line in range(node.lineno, last + 1)) or (
            above in commented and lines[above - 1].strip().startswith("#")
        )
        for target in _targets(node, package, known):
            yield Import(name, target, node.lineno, place, reason)


def _with_place(node: ast.AST, place: Place) -> Iterator[tuple[ast.Import | ast.ImportFrom, Place]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import | ast.ImportFrom):
            yield child, place
        elif isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            yield from _with_place(child, "function")
        elif isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test):
            yield from _with_place(ast.Module(child.body, []), "types")
            yield from _with_place(ast.Module(child.orelse, []), place)
        else:
            yield from _with_place(child, place)


def _targets(node: ast.Import | ast.ImportFrom, package: list[str], known: dict[str, Path]) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    base = package[: len(package) - node.level + 1] if node.level else []
    stem = ".".join([*base, *([node.module] if node.module else [])])
    full = [f"{stem}.{alias.name}" for alias in node.names]
    return list(dict.fromkeys(name if name in known else stem for name in full))


def edges(found: Iterable[Import], known: Iterable[str], places: Iterable[Place] = ("top", "function")) -> set[Edge]:
    """Return the pairs of our own modules of which the first imports the second."""
    ours, wanted = set(known), set(places)
    return {
        (one.importer, one.imported)
        for one in found
        if one.place in wanted and one.imported in ours and one.imported != one.importer
    }


def circles(pairs: set[Edge]) -> list[list[str]]:
    """Return the sets of nodes that reach each other (strongly connected, of two nodes or more), largest first."""
    following: dict[str, set[str]] = {}
    for one, other in pairs:
        following.setdefault(one, set()).add(other)
        following.setdefault(other, set())
    order: list[str] = []
    seen: set[str] = set()
    for node in sorted(following):
        _visit(node, following, seen, order)
    before: dict[str, set[str]] = {node: set() for node in following}
    for one, other in pairs:
        before[other].add(one)
    found, seen = [], set()
    for node in reversed(order):
        component: list[str] = []
        _visit(node, before, seen, component)
        if len(component) > 1:
            found.append(sorted(component))
    return sorted(found, key=lambda c: (-len(c), c))


def _visit(start: str, following: dict[str, set[str]], seen: set[str], order: list[str]) -> None:
    """Append what is reached from `start` and not seen yet, each after all that follows from it."""
    stack = [(start, iter(sorted(following[start])))] if start not in seen else []
    seen.add(start)
    while stack:
        node, rest = stack[-1]
        nxt = next((n for n in rest if n not in seen), None)
        if nxt is None:
            order.append(node)
            stack.pop()
        else:
            seen.add(nxt)
            stack.append((nxt, iter(sorted(following[nxt]))))


def folder_edges(pairs: set[Edge], packages: Iterable[str]) -> dict[str, set[Edge]]:
    """Return, for each package, the imports between what stands directly in it: its files and its folders.

    A package's own `__init__` imports what it holds, and is left out where it does.
    """
    within: dict[str, set[Edge]] = {package: set() for package in packages}
    for one, other in pairs:
        for package in within:
            inside = f"{package}."
            if one.startswith(inside) and other.startswith(inside):
                first, second = (name[len(inside) :].split(".")[0] for name in (one, other))
                if first != second:
                    within[package].add((first, second))
    return within


def room(name: str) -> str:
    """Return the room of a module of saidao: the folder or file directly below it; "saidao" for its own `__init__`."""
    parts = name.split(".")
    return parts[1] if len(parts) > 1 else parts[0]


def ways_up(pairs: set[Edge]) -> list[Edge]:
    """Return the imports that do not run down the order of packages, sorted."""
    return sorted(pair for pair in pairs if _runs_up(*pair))


def _runs_up(one: str, other: str) -> bool:
    first, second = room(one), room(other)
    if first in ("saidao", "__main__") or second == "saidao":  # the front door opens every room, and holds the version
        return False
    if first == "optimize" == second:
        inner = [name.split(".")[2] if name.count(".") > 1 else "" for name in (one, other)]
        return all(part in OPTIMIZE for part in inner) and OPTIMIZE.index(inner[0]) < OPTIMIZE.index(inner[1])
    if first in ("mcda", "optimize", "data"):
        return second != first
    if second in ("mcda", "optimize", "data") or first == second:
        return False
    if second not in ORDER or first not in ORDER:
        return False  # what stands outside the packages has no place in the order: see loose_files
    if {first, second} == {"app", "cli"}:
        return True
    return ORDER.index(second) > ORDER.index(first)


def loose_files(root: Path = ROOT) -> list[str]:
    """Return the files directly in saidao/ that the tree does not name."""
    named = {"__init__", "__main__", *ORDER}
    return sorted(path.name for path in (root / "saidao").glob("*.py") if path.stem not in named)


def main(root: Path = ROOT) -> None:
    """Print what a test would say, with every place."""
    known, found = modules(root), imports(root)
    pairs, typed = edges(found, known), edges(found, known, ("top", "function", "types"))
    packages = [name for name, path in known.items() if path.name == "__init__.py"]
    for title, chosen in (("", pairs), (" (for types)", typed)):
        for circle in circles(chosen):
            print(f"circle of files{title}: {len(circle)}: {', '.join(circle)}")
        for package, within in folder_edges(chosen, packages).items():
            for circle in circles(within):
                print(f"circle in {package}{title}: {len(circle)}: {', '.join(circle)}")
    for one, other in ways_up(typed):
        print(f"up: {one} imports {other}{'' if (one, other) in pairs else ' (for types)'}")
    for name in loose_files(root):
        print(f"loose: saidao/{name}")
    for entry in found:
        if entry.place == "function" and not entry.reason:
            print(f"inside a function, without a reason: {known[entry.importer]}:{entry.line} {entry.imported}")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT)
