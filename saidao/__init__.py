"""saidao ranks a city's new industrial tracks and allocates a budget of policy measures to close their gaps.

    import saidao
    plan = saidao.plan("shanghai", budgets={"funds": 120.0})

Names are imported when first used, so that ``import saidao`` costs nothing; ``__init__.pyi`` says where each is at
home.
"""

from __future__ import annotations

import ast
import copyreg
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import Any

__version__ = "0.1.0"


def _read_only(held: Mapping[Any, Any]) -> MappingProxyType[Any, Any]:
    return MappingProxyType(held)


# read-only mappings cannot be pickled or copied by themselves; cases, weights, settings and results hold some
copyreg.pickle(MappingProxyType, lambda proxy: (_read_only, (dict(proxy),)))


@cache
def homes() -> dict[str, str]:
    """Return the module of every public name, in order; blank for `mcda` and `optimize`, which are modules."""
    tree = ast.parse(Path(__file__).with_suffix(".pyi").read_text("utf-8"))
    imports = [node for node in tree.body if isinstance(node, ast.ImportFrom)]
    return {alias.name: node.module or "" for node in imports for alias in node.names}


__all__ = sorted(homes())  # noqa: PLE0605  # a list, if not one that is written out


def __getattr__(name: str) -> Any:
    if name not in homes():
        raise AttributeError(f"module 'saidao' has no attribute {name!r}")
    module = homes()[name]
    return getattr(import_module(f".{module}", __name__), name) if module else import_module(f".{name}", __name__)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
