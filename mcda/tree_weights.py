"""Weights over a tree of criteria by any scheme that needs no scores: local weights at each node, multiplied down."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from .errors import InputError
from .labels import Labels, by_label
from .pairwise.tree import multiplied
from .registry import find, schemes
from .verbs import weigh

if TYPE_CHECKING:
    from .names import SchemeName

DATA = "matrix"
"""What a scheme needs that reads the scores: it weighs the leaves, and a branch weighs what its leaves do."""


def tree_weights(
    scheme: SchemeName, children: Mapping[Any, Labels], options: Mapping[str, Any]
) -> dict[Hashable, float]:
    """Weigh a tree of criteria by a scheme that needs no scores.

    Parameters
    ----------
    children : by node the criteria below it; those at the top below ``""``.
    options : the scheme's own. What it takes by criterion holds every criterion that has a sibling, and says how it
        compares with these; what it takes once (`pairwise`, `comparisons`, `best`, `worst`) is a mapping by node.

    Raises
    ------
    InputError
        As for `weigh`, at a node; or what is not given by criterion or node.
    """
    entry = find("scheme", schemes(), scheme)
    several = {node: labels for node, labels in children.items() if len(labels) > 1}
    compared = tuple(label for labels in several.values() for label in labels)
    asked: dict[Any, dict[str, Any]] = {node: {} for node in several}
    for name, value in options.items():
        option = entry.options.get(name)
        if option is None or option.scope == "one" or value is None:
            for given in asked.values():
                given[name] = value
            continue
        keys = compared if option.scope == "criterion" else tuple(several)
        if not (isinstance(value, Mapping) or hasattr(value, "items")):
            kind = "criterion, inner ones too" if option.scope == "criterion" else "node of the tree"
            raise InputError(
                "tree_option", name, repr(value), f"a mapping by {kind}: {', '.join(repr(str(key)) for key in keys)}"
            )
        alone = {labels[0] for labels in children.values() if len(labels) == 1}  # their share is known
        known = {key: v for key, v in value.items() if not (option.scope == "criterion" and key in alone)}
        placed = dict(zip(keys, by_label(name, known, keys), strict=True))
        for node, labels in several.items():
            own = option.scope == "criterion"
            asked[node][name] = {label: placed[label] for label in labels} if own else placed[node]
    local = {node: np.ones(1) for node, labels in children.items() if len(labels) == 1}
    for node, labels in several.items():
        try:
            local[node] = weigh(np.zeros((1, len(labels))), "max", scheme, criteria=labels, **asked[node]).array
        except InputError as error:
            raise error.within(f"node {node!r}" if node else "") from None
    return multiplied(children, local, "")
