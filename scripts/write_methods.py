"""Write what is made from the registries: docs/methods.md and methods/, docs/mcda.md, mcda/names.py, optimize/names.py.

python -m scripts.write_methods      (`make format` runs it; a test tells when it has to be run)
"""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import is_typeddict

from saidao import mcda, optimize
from saidao.mcda.option_checks import one_of
from saidao.mcda.ranking.maut import UTILITIES
from saidao.mcda.ranking.promethee_ii import SHAPES
from saidao.mcda.registry import Method, Option
from scripts import method_pages

RANK_OPTIONS = '''class RankOptions(MethodOptions, total=False):
    """What `rank` takes besides: the method's own options, and a normalisation."""

    # {}
    normalisation: NormalisationName | None'''
MADE = "Made by `scripts/write_methods.py` from the registries; a test holds it to them."
ROOT = Path(__file__).resolve().parent.parent
NAMES: dict[str, tuple[str, Iterable[str]]] = {
    "MethodName": ("ranking methods", sorted(mcda.methods())),
    "SchemeName": ("weighting schemes", sorted(mcda.schemes())),
    "NormalisationName": ("normalisations of the matrix", sorted(mcda.normalisations())),
    "PrioritisationName": ("prioritisations of a pairwise matrix", mcda.PRIORITISATIONS),
    "RandomIndexName": ("tables of random indices", mcda.RANDOM_INDEX),
    "CombinationName": ("rules that combine weights", mcda.COMBINATIONS),
    "CompletionName": ("completions of a pairwise matrix", mcda.COMPLETIONS),
    "AggregationName": ("aggregations of several judges", mcda.AGGREGATIONS),
    "ImputationName": ("imputations of missing scores", mcda.IMPUTATIONS),
    "PreferenceName": ("preference functions of PROMETHEE", SHAPES),
    "UtilityName": ("utility functions of MAUT", UTILITIES),
    "CorrelationName": ("correlations of rankings", mcda.CORRELATIONS),
}
"""The types of `mcda.names`: what they are names of, and the registry."""
HEAD = '''"""Names and options as types, for editors and type checkers.

Made by `scripts/write_methods.py` from the registries; a test holds it to them.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from typing import Any, Literal, TypedDict

from .labels import ByCriterion, Table'''


def table(heads: list[str], rows: list[list[str]]) -> str:
    """Return a Markdown table."""
    return "\n".join(f"| {' | '.join(row)} |" for row in [heads, ["---"] * len(heads), *rows])


def names() -> str:
    """Return the module of types."""
    methods: dict[str, Mapping[str, Option]] = {method.name: method.options for method in mcda.methods().values()}
    schemes: dict[str, Mapping[str, Option]] = {scheme.name: scheme.options for scheme in mcda.schemes().values()}
    normalised: list[str] = [method.name for method in mcda.methods().values() if method.normalisation]
    literals = (
        "\n".join([f"{name} = Literal[", *(f'    "{each}",' for each in registry), "]", f'"""Names of {kind}."""'])
        for name, (kind, registry) in NAMES.items()
    )
    options = (
        _options("MethodOptions", "ranking methods", methods),
        RANK_OPTIONS.format(", ".join(sorted(normalised))),
        _options("SchemeOptions", "weighting schemes", schemes),
    )
    return "\n\n\n".join(["\n\n".join([HEAD, *literals]), *options]) + "\n"


def objectives() -> str:
    """Return the module of the names of objectives; those that take a number (``reach=0.5``) are texts of any kind."""
    lines = "".join(f'    "{one.spelling}",\n' for one in optimize.OBJECTIVES.values() if one.spelling == one.name)
    head = f'"""Names of objectives as a type.\n\n{MADE}\n"""\n\nfrom typing import Literal'
    return f"{head}\n\nObjectiveName = Literal[\n{lines}]\n"


def _options(name: str, kind: str, owners: Mapping[str, Mapping[str, Option]]) -> str:
    """Return a TypedDict of all options, each with who takes it."""
    found: dict[str, tuple[list[str], list[str]]] = {}
    for owner, options in sorted(owners.items()):
        for key, option in options.items():
            takers, types = found.setdefault(key, ([], []))
            takers.append(owner)
            types.extend(_types(option))
    lines = [f"class {name}(TypedDict, total=False):", f'    """Options of the {kind}, each with who takes it."""', ""]
    for key, (takers, types) in sorted(found.items()):
        lines += [f"    # {', '.join(takers)}", f"    {key}: {' | '.join(dict.fromkeys([*types, 'None']))}"]
    return "\n".join(lines)


def _types(option: Option) -> list[str]:
    """Return the types of what an option may be given as, over a tree of criteria too."""
    given = str(inspect.signature(option.check).parameters["value"].annotation)
    for name, (_, registry) in NAMES.items():
        given = given.replace(one_of(registry), name)
    rest, types = ast.parse(given, mode="eval").body, []
    while isinstance(rest, ast.BinOp):  # a | b | c
        types.append(rest.right)
        rest = rest.left
    parts = [ast.unparse(part).replace("'", '"') for part in (rest, *reversed(types))]
    return [*parts, f"Mapping[Any, {given}]"] if option.scope == "node" else parts


def reference() -> str:
    """Return the page of all public names."""
    public = {name: getattr(mcda, name) for name in mcda.__all__}
    functions = [name for name, what in public.items() if inspect.isfunction(what)]
    options = [name for name, what in public.items() if is_typeddict(what)]
    results = [name for name, what in public.items() if inspect.isclass(what) and name not in options]
    figures = [_place(name) for name in public if name not in (*functions, *results, *options)]
    parts = [
        "# Rankings of arrays: saidao.mcda",
        "Weights and rankings over arrays, without a case or a budget. "
        "Shapes: m alternatives, n criteria,\nk weight vectors or rankings. Weights are shares, and sum to 1.",
        MADE,
        *_documented("Functions", "autofunction", functions),
        *_documented("Results and errors", "autoclass", results),
        *_documented("Names and figures", "autodata", figures),
        *_documented("Options", "autoclass", options),
    ]
    return "\n\n".join(parts) + "\n"


def _documented(title: str, directive: str, names: list[str]) -> list[str]:
    each = "\n\n".join(f".. {directive}:: saidao.mcda.{name}" for name in names)
    return [f"## {title}", f"```{{eval-rst}}\n{each}\n```"]


def _place(name: str) -> str:
    """Return a figure's name within its module: what it is stands behind its assignment there."""
    written = re.compile(rf"^{name}\b[^\n]* = ", re.MULTILINE)
    (path,) = (path for path in (ROOT / "mcda").rglob("*.py") if written.search(path.read_text("utf-8")))
    return ".".join((*path.relative_to(ROOT / "mcda").with_suffix("").parts, name))


def page() -> str:
    """Return the page."""
    methods = sorted(mcda.methods().values(), key=lambda m: m.name)
    breaking = [m for m in methods if m.breaks]
    parts = [
        "# Methods",
        f"{MADE} See also `saidao methods`.",
        "Each has a section with its rule, a published case computed anew, when to take it and its traps: "
        "[ranking](methods/ranking.md), [weighting](methods/weighting.md), [normalisation](methods/normalisation.md); "
        "中文：[排序方法](methods/ranking_zh.md)、[赋权方法](methods/weighting_zh.md)、[规范化方法](methods/normalisation_zh.md)。",
        "## Ranking",
        table(
            ["name", "title", "better", "normalisation", "linear in the weights", "source"],
            [
                [
                    _linked("ranking", m.name),
                    m.title,
                    m.better,
                    m.normalisation or "-",
                    "yes" if m.linear else "-",
                    m.source,
                ]
                for m in methods
            ],
        ),
        "## Laws",
        "Every method is held to these laws by tests, but for those that its published definition breaks:",
        "\n".join(f"- {name}: {text}" for name, (text, _) in method_pages.LAWS.items()),
        table(
            ["method", "breaks", "why"],
            [[f"`{m.name}`", ", ".join(m.breaks), _why(m)] for m in breaking],
        ),
        "Ranks may reverse when alternatives come and go (`mcda.rank_reversals`), but for "
        + ", ".join(
            f"`{name}` with {' and '.join(f'`{option}`' for option in options)}"
            for name, options in method_pages.ALONE.items()
        )
        + ": there an alternative's score depends on no other one.",
        "## Weighting",
        table(
            ["name", "title", "needs", "source"],
            [[_linked("weighting", s.name), s.title, s.needs, s.source] for _, s in sorted(mcda.schemes().items())],
        ),
        "## Normalisation",
        table(
            ["name", "title", "source"],
            [[_linked("normalisation", n.name), n.title, n.source] for n in mcda.normalisations().values()],
        ),
    ]
    return "\n\n".join(parts) + "\n"


def _linked(kind: str, name: str) -> str:
    return f"[`{name}`](#{method_pages.label(kind, name)})"


def _why(method: Method) -> str:
    """Return the sentence of a kernel's docstring that tells of a broken law."""
    text = " ".join(str(method.kernel.__doc__).split())
    return next(s.strip() + "." for s in text.split(".") if any(law in s.lower() for law in method.breaks))


def files() -> dict[Path, str]:
    """Return every file that is made."""
    docs = ROOT / "docs"
    return {
        docs / "methods.md": page(),
        **{docs / "methods" / f"{name}.md": text for name, text in method_pages.pages().items()},
        docs / "mcda.md": reference(),
        ROOT / "mcda" / "names.py": names(),
        ROOT / "optimize" / "names.py": objectives(),
    }


if __name__ == "__main__":
    for path, text in files().items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
