"""Write what the documentation can read off the sources: a test holds each page to what this makes.

python -m scripts.write_docs    docs/commands.md, docs/tables.md, docs/optimize.md, and the tables of CONTRIBUTING.md
"""

from __future__ import annotations

import ast
import inspect
import tempfile
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import typer
from typer.testing import CliRunner

import saidao
from saidao import optimize
from saidao.case.settings import Settings
from saidao.case.tables import TABLES, Row, choices, columns
from saidao.cli.commands import app
from saidao.framework import tfp
from saidao.optimize.model.constraints import CONSTRAINTS
from saidao.results import question
from saidao.texts.say import WORDS, say
from scripts import imports
from scripts.counts import NAMED, named

ROOT = imports.ROOT
MADE = "Made by `scripts/write_docs.py`; a test holds it to the sources."


def table(heads: list[str], rows: list[list[str]]) -> str:
    """Return a Markdown table."""
    cells = [[cell.replace("|", "\\|").replace("\n", " ") for cell in row] for row in rows]
    return "\n".join(f"| {' | '.join(row)} |" for row in [heads, ["---"] * len(heads), *cells])


def commands() -> str:
    """Return the page of the command line: each verb with its help, its example and its options."""
    group: Any = typer.main.get_command(app)
    parts = [
        "# Command line",
        "`saidao VERB [CASE] [options]`; CASE is a shipped case, a folder, a workbook (.xlsx) or a .zip. "
        "Exit status: 0 done, 2 bad input or usage, 3 no plan meets every rule, 4 the solver stopped early or its\n"
        "answer could not be proved. `saidao --install-completion` lets the shell complete verbs,\n"
        "their options and values.",
        MADE,
    ]
    for name, command in sorted(group.commands.items()):
        paragraphs = [" ".join(part.split()) for part in (command.help or "").split("\n") if part.strip()]
        examples = [part.split("Example:", 1)[1].strip() for part in paragraphs if "Example:" in part]
        parts += [f"## {name}", *(part for part in paragraphs if "Example:" not in part)]
        parts += [f"```sh\n{example}\n```" for example in examples]
        options = [
            [", ".join(f"`{o}`" for o in (*p.opts, *p.secondary_opts)), getattr(p, "help", "") or ""]
            for p in command.params
        ]
        parts.append(table(["option", "meaning"], options))
    return "\n\n".join(parts) + "\n"


NAMES = """Names stand for ids: wherever an id belongs, the name in either language is read; width, case,
blanks and a unit behind it (`资金（万元）`) do not matter, and a name that several rows have is an
error. Rows without an id get one. Headings, and the words that a column takes, are read in
Chinese too (`作用范围`: `全市`; `约束条件类别`: `不超过`; `weights`: `层次分析法`), and so are the names in
`--budget`, `--lock`, `--forbid` and in scenarios.

In `measures`, a column called as a resource is its cost, one called as a factor its effect
everywhere; `effects` may have a column for each factor instead of `factor` and `effect`. An
effect may be a grade of the table `scales` (`强`, `中`, `弱`).

In `rules`, lists are separated by `;`, `；`, `、` or commas. `requires`: `of` is the prerequisite
of each measure in `key`; of `b|c` one is enough. `one_of`: exactly one of the measures in `key`
is used at each place where any can be, a city-wide one at every track. A measure that `begins` in
a period has all of its level there, and its costs by period fall due in theirs; costs below 0 are
revenue. `min_level` is nothing or at least that, of `semi` and `integer`."""


def tables() -> str:
    """Return the page of a case's tables: what each holds, what its absence means, its columns."""
    parts = [
        "# The tables of a case",
        "A case is a workbook with these sheets, a folder with these tables as CSV files and `case.toml`, or such a\n"
        "folder zipped. Other columns are kept and ignored. Files that Excel saved in GB18030, full-width digits,\n"
        "thousands and percents are read; what is ambiguous (`1,5`) is told, never guessed. A percent where an amount\n"
        "belongs (a budget, a cost) is an error.",
        NAMES,
        MADE,
        "## case",
        _holds("case"),
        table(["setting", "meaning", "values"], [_setting(name) for name in Settings.model_fields]),
        "## judgements",
        _holds("judgements"),
    ]
    for model in TABLES:
        parts += [f"## {model.table}", _holds(model.table), table(["column", "meaning", "values"], _columns(model))]
    return "\n\n".join(parts) + "\n"


def _holds(name: str) -> str:
    found = [say(f"holds.{name}", "en")]
    if f"without.{name}" in WORDS:
        found.append(f"Without it: {say(f'without.{name}', 'en')}.")
    return " ".join(found)


def _setting(name: str) -> list[str]:
    meaning = say(f"setting.{name}", "en") if f"setting.{name}" in WORDS else ""
    return [f"`{name}`", meaning, ", ".join(choices(Settings).get(name, ()))]


def _columns(model: type[Row]) -> list[list[str]]:
    rows = []
    for column in columns(model):
        told = {
            what: next((k for k in (f"{what}.{model.table}.{column}", f"{what}.{column}") if k in WORDS), "")
            for what in ("field", "note")
        }
        meaning = ". ".join(say(key, "en").replace("\n", " ") for key in told.values() if key)
        rows.append([f"`{column}`", meaning, ", ".join(choices(model).get(column, ()))])
    return rows


def programs() -> str:
    """Return the page of `saidao.optimize`: objectives and constraints as declared, and all public names."""
    public = {name: getattr(optimize, name) for name in optimize.__all__ if name != "OBJECTIVES"}
    functions = [name for name, what in public.items() if inspect.isfunction(what)]
    objectives = [
        [f"`{one.spelling}`", inspect.cleandoc(one.stages.__doc__ or ""), one.counts, "yes" if one.discounts else "-"]
        for one in optimize.OBJECTIVES.values()
    ]
    parts = [
        "# Allocation of arrays: saidao.optimize",
        "The allocation of resources to measures over arrays, without a case or a ranking.\n"
        "Shapes: T tracks, F factors, R resources, P periods, A applications (a measure at a target), S segments of\n"
        "their levels; a program has N columns and M rows.",
        MADE,
        "## Objectives",
        "What is solved in turn, each among the best points of the one before; what its value is told in; and whether\n"
        "early gaps count more.",
        table(["objective", "stages", "counts", "discounts"], objectives),
        "## Constraints",
        *(f"**{name}.** {_equation(rows.__doc__ or '')}" for name, rows in CONSTRAINTS.items()),
        "## Functions",
        *_listed(optimize, functions),
        "## Data, results and errors",
        *_listed(optimize, [name for name in public if name not in functions]),
    ]
    return "\n\n".join(parts) + "\n"


def _equation(doc: str) -> str:
    sentence, _, equation = inspect.cleandoc(doc).partition("\n\n")
    return f"{sentence}\n\n```text\n{equation}\n```"


def examples() -> dict[str, str]:
    """Return the examples of docs/examples.txt by the public name that each is of."""
    parts = (ROOT / "docs" / "examples.txt").read_text("utf-8").split("\n# ")[1:]
    return {name: code.strip() for name, _, code in (part.partition("\n") for part in parts)}


def reference() -> str:
    """Return the reference of the package: every public name with its docstring and an example."""
    public = {name: getattr(saidao, name) for name in saidao.__all__ if not inspect.ismodule(getattr(saidao, name))}
    functions = [name for name, what in public.items() if inspect.isfunction(what)]
    errors = [name for name, what in public.items() if isinstance(what, type) and issubclass(what, BaseException)]
    parts = [
        "# Reference",
        "Every public name of `saidao`, with an example. The examples run in a folder where\n"
        "`saidao new mycity --framework` was run before.",
        "Every result has `to_frame(NAME)` for pandas ([its tables](results.md)), `to_dict()` and `to_json()` for\n"
        'plain data, `text("en")` and `text("zh")` for sentences, and `plot()`. Without a case,\n'
        "[`saidao.mcda`](mcda.md) ranks matrices and [`saidao.optimize`](optimize.md) solves programs.",
        MADE,
        "## Functions",
        *_listed(saidao, functions),
        "## Errors",
        *_listed(saidao, errors),
        "## Results and cases",
        *_listed(saidao, [name for name in public if name not in (*functions, *errors)]),
        "## Productivity over arrays",
        *_listed(tfp, ["growth_accounting", "malmquist", "efficiency"]),
    ]
    return "\n\n".join(parts) + "\n"


def _listed(module: ModuleType, names: list[str]) -> list[str]:
    """Return names with what autodoc says of each, and its example where there is one."""
    found, parts = examples(), []
    for name in names:
        how = "autofunction" if inspect.isfunction(getattr(module, name)) else "autoclass"
        parts.append(f"```{{eval-rst}}\n.. {how}:: {module.__name__}.{name}\n```")
        parts += [f"```pycon\n{found[name]}\n```"] if name in found else []
    return parts


MOST = 24
"""Columns of a table that are listed; those beyond are one of each, such as a ranking or a track."""
FEW: dict[str, Any] = {
    "acceptability": {"samples": 20},
    "robust": {"samples": 20},
    "infer": {"statements": ["example_track_a before example_track_b"]},
    "sweep": {"weights": "equal+entropy"},
}


ASKED_OF = {
    "readings": "shanghai",
    "efficiency": "shanghai",
    "scenarios": "shanghai",
    "winners": "wieliczka",
    "court": ROOT / "examples" / "printed.csv",
    "rank-years": ROOT / "examples" / "years",
}
"""Verbs that the small example has no answer to."""


def results() -> str:
    """Return the page of the tables of results, with their columns; a small case is asked every question."""
    parts = [
        "# Tables of results",
        "`result.to_frame(NAME)` gives a table, `result.to_frame()` the first one; `-o FILE` writes them. Ids are\n"
        "columns everywhere. The form says what a column holds; a price is per unit of its resource.",
        MADE,
    ]
    with tempfile.TemporaryDirectory() as folder:
        city = Path(folder) / "mycity"
        CliRunner().invoke(app, ["new", str(city), "--framework", "--yes"])
        for verb, one in sorted(question.every().items()):
            about = () if one.about is None else (ASKED_OF.get(verb, city),)
            asked = one.ask(*about, **FEW.get(verb, {}))
            parts.append(f"## {type(asked).__name__}")
            line = f"saidao {one.instead_of or verb} {one.flag}".strip()
            parts.append(f"Of `saidao.{one.ask.__name__}`, `{line}`.")
            for made in asked.tables.values():
                rows = [[f"`{c.name}`", "" if c.seen == "data" else c.head("en"), c.form] for c in made.columns[:MOST]]
                parts += [f"### {made.name}", made.heading("en"), table(["column", "heading", "form"], rows)]
    return "\n\n".join(parts) + "\n"


def packages() -> str:
    """Return the packages in their order: what each holds, by its own docstring, and whom it imports."""
    known = imports.modules()
    pairs = imports.edges(imports.imports(), known, ("top", "function", "types"))
    rows = []
    for package in ("mcda", "optimize", *(f"optimize.{inner}" for inner in imports.OPTIMIZE), *imports.ORDER):
        name = f"saidao.{package}"
        inside = {one for one in known if one == name or one.startswith(f"{name}.")}
        taken = {_package(other) for one, other in pairs if one in inside and other not in inside and other != "saidao"}
        rows.append(
            [
                f"`{_folder(known[name])}`",
                _first_line(known[name]),
                ", ".join(sorted(taken - {package.split(".")[0]})) or "-",
            ]
        )
    return table(["package", "holds", "imports"], rows)


def _package(name: str) -> str:
    parts = name.split(".")
    return ".".join(parts[1:3]) if parts[1] == "optimize" and len(parts) > 3 else parts[1]


def _folder(path: Path) -> str:
    found = path.parent if path.name == "__init__.py" else path
    return f"{found.relative_to(ROOT)}{'/' if path.name == '__init__.py' else ''}"


def _first_line(path: Path) -> str:
    return (ast.get_docstring(ast.parse(path.read_text("utf-8"))) or "").split("\n")[0]


def touched() -> str:
    """Return the source files that name one of each kind: those that adding another touches."""
    return table(
        ["adding", "as", "touches"],
        [[what, f"`{word}`", ", ".join(f"`{path}`" for path in named(ROOT, word))] for what, word in NAMED.items()],
    )


PARTS: dict[str, Callable[[], str]] = {"packages": packages, "touched": touched}
"""Parts of CONTRIBUTING.md between ``<!-- NAME -->`` and ``<!-- end -->``."""


def contributing(text: str) -> str:
    """Return CONTRIBUTING.md with its made parts made again."""
    for name, make in PARTS.items():
        start, _, rest = text.partition(f"<!-- {name} -->\n")
        text = f"{start}<!-- {name} -->\n{make()}\n<!-- end -->{rest.partition('<!-- end -->')[2]}"
    return text


GUIDE = ROOT / "CONTRIBUTING.md"

PAGES: dict[Path, Callable[[], str]] = {
    ROOT / "docs" / "commands.md": commands,
    ROOT / "docs" / "tables.md": tables,
    ROOT / "docs" / "optimize.md": programs,
    ROOT / "docs" / "reference.md": reference,
    ROOT / "docs" / "results.md": results,
    GUIDE: lambda: contributing(GUIDE.read_text("utf-8")),
}
"""Every page that is made, by its file."""


if __name__ == "__main__":
    for path, text in {path: make() for path, make in PAGES.items()}.items():
        path.write_text(text, encoding="utf-8")
