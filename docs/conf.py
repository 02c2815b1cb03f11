"""How the documentation is built: offline, warnings are errors (`make docs`)."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

import saidao

project = "saidao"
author = "the saidao authors"
version = release = saidao.__version__
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
source_suffix = {".md": "markdown", ".rst": "restructuredtext"}
exclude_patterns = ["_build"]
html_theme = "furo"
html_title = "saidao"
html_theme_options = {"source_repository": "", "navigation_with_keys": True}
html_show_sphinx = False
html_copy_source = False
html_last_updated_fmt = None
templates_path: list[str] = []
myst_heading_anchors = 3
myst_enable_extensions = ["colon_fence"]
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
napoleon_numpy_docstring = True
napoleon_google_docstring = False
napoleon_use_rtype = False
suppress_warnings = ["myst.xref_missing"]  # what is included links to files of the repository
nitpicky = False


def write_commands(app: Any) -> None:
    """Write the reference of the command line from the commands themselves."""
    import typer

    from saidao.cli.commands import app as verbs

    group: Any = typer.main.get_command(verbs)
    lines = [
        "# Command line",
        "",
        "`saidao VERB [CASE] [options]`; CASE is a shipped case, a folder, a workbook (.xlsx) or a .zip.",
        "",
    ]
    for name, command in sorted(group.commands.items()):
        text = (command.help or "").replace("\n\n", "\n").strip().split("\n")
        lines += [f"## {name}", "", *(part.strip() for part in text if part.strip() and "Example:" not in part), ""]
        for part in text:
            if "Example:" in part:
                lines += ["```sh", part.split("Example:", 1)[1].strip(), "```", ""]
        lines += ["| option | meaning |", "| --- | --- |"]
        for parameter in command.params:
            names = ", ".join(f"`{o}`" for o in (*parameter.opts, *parameter.secondary_opts))
            lines.append(f"| {names} | {(getattr(parameter, 'help', '') or '').replace('|', chr(92) + '|')} |")
        lines.append("")
    text = "\n".join(lines)
    target = HERE / "commands.md"
    if not target.exists() or target.read_text(encoding="utf-8") != text:
        target.write_text(text, encoding="utf-8")


def in_its_language(app: Any, name: str, template: str, context: dict[str, Any], tree: Any) -> None:
    """Say of a Chinese page that it is Chinese: browsers choose signs by it."""
    if name.endswith("_zh"):
        context["language"] = "zh-Hans"


def setup(app: Any) -> None:
    """Hook into Sphinx."""
    app.connect("builder-inited", write_commands)
    app.connect("html-page-context", in_its_language)
