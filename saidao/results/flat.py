"""What a result's data holds, flat: what is no table, and every list of rows, however deep."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

Row = Mapping[str, Any]


def scalars(document: Row, above: str = "") -> Iterator[tuple[str, Any]]:
    """Yield what is no table, by its key; keys of a mapping inside follow those that lead to it."""
    for key, value in document.items():
        if isinstance(value, Mapping):
            yield from scalars(value, f"{above}{key}.")
        elif isinstance(value, list):
            if value and not any(isinstance(part, (Mapping, list)) for part in value):
                yield f"{above}{key}", "; ".join(map(str, value))
        elif value is not None and value != "":
            yield f"{above}{key}", value


def tables(document: Row, above: str = "") -> Iterator[tuple[str, list[Row]]]:
    """Yield every list of rows by the keys that lead to it; rows inside rows carry what is said of the outer one."""
    for key, value in document.items():
        if isinstance(value, Mapping):
            yield from tables(value, f"{above}{key}.")
        elif isinstance(value, list) and value and all(isinstance(row, Mapping) for row in value):
            flat: list[Row] = [dict(scalars(row)) for row in value]
            yield f"{above}{key}", flat
            inner: dict[str, list[Row]] = {}
            for row, outer in zip(value, flat, strict=True):
                said = {k: v for k, v in outer.items() if isinstance(v, str)}
                for name, rows in tables(row, f"{above}{key}."):
                    inner.setdefault(name, []).extend({**said, **r} for r in rows)
            yield from inner.items()
