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
napoleon_use_ivar = True
napoleon_use_rtype = False
suppress_warnings = ["myst.xref_missing"]  # what is included links to files of the repository
nitpicky = False


def in_its_language(app: Any, name: str, template: str, context: dict[str, Any], tree: Any) -> None:
    """Say of a Chinese page that it is Chinese: browsers choose signs by it."""
    if name.endswith("_zh"):
        context["language"] = "zh-Hans"


def setup(app: Any) -> None:
    """Hook into Sphinx."""
    app.connect("html-page-context", in_its_language)
