"""Write the list of schemes, methods and normalisations from the registries.

python scripts/write_methods.py [FILE]      (default: docs/methods.md)
"""

from __future__ import annotations

import sys
from pathlib import Path

from saidao import mcda
from saidao.mcda.registry import Method

ROOT = Path(__file__).resolve().parent.parent
LAWS = {
    "dominance": "a dominated alternative never ranks above its dominator",
    "permutation": "the order of alternatives and criteria does not matter",
    "equal_rows": "equal rows score the same",
    "unit": "the unit of a criterion does not matter",
}


def table(heads: list[str], rows: list[list[str]]) -> str:
    """Return a Markdown table."""
    return "\n".join(f"| {' | '.join(row)} |" for row in [heads, ["---"] * len(heads), *rows])


def page() -> str:
    """Return the page."""
    methods = sorted(mcda.methods().values(), key=lambda m: m.name)
    breaking = [m for m in methods if m.breaks]
    parts = [
        "# Methods",
        "Made by `scripts/write_methods.py` from the registries; a test holds it to them. See also `saidao methods`.",
        "## Ranking",
        table(
            ["name", "title", "better", "normalisation", "linear in the weights", "source"],
            [
                [f"`{m.name}`", m.title, m.better, m.normalisation or "-", "yes" if m.linear else "-", m.source]
                for m in methods
            ],
        ),
        "## Laws",
        "Every method is held to these laws by tests, but for those that its published definition breaks:",
        "\n".join(f"- {name}: {text}" for name, text in LAWS.items()),
        table(
            ["method", "breaks", "why"],
            [[f"`{m.name}`", ", ".join(m.breaks), _why(m)] for m in breaking],
        ),
        "Ranks may reverse when alternatives come and go (`mcda.rank_reversals`), but for `spotis` with `bounds` and "
        "`electre_tri` with `profiles`: there an alternative's score depends on no other one.",
        "## Weighting",
        table(
            ["name", "title", "needs", "source"],
            [[f"`{s.name}`", s.title, s.needs, s.source] for s in mcda.schemes().values()],
        ),
        "## Normalisation",
        table(
            ["name", "title", "source"], [[f"`{n.name}`", n.title, n.source] for n in mcda.normalisations().values()]
        ),
    ]
    return "\n\n".join(parts) + "\n"


def _why(method: Method) -> str:
    """Return the sentence of a kernel's docstring that tells of a broken law."""
    text = " ".join(str(method.kernel.__doc__).split())
    return next(s.strip() + "." for s in text.split(".") if any(law in s.lower() for law in method.breaks))


if __name__ == "__main__":
    Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "docs" / "methods.md").write_text(page(), encoding="utf-8")
