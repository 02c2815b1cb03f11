"""Short representations of frozen dataclasses that hold arrays."""

from __future__ import annotations

import reprlib
from dataclasses import fields
from typing import Any

SHORT = reprlib.Repr()
SHORT.maxlevel, SHORT.maxlist, SHORT.maxtuple, SHORT.maxdict, SHORT.maxstring, SHORT.maxother = 2, 4, 4, 3, 60, 60


class Brief:
    """A frozen dataclass of arrays with a short representation; it is equal to itself alone."""

    def __init_subclass__(cls, **more: Any) -> None:
        super().__init_subclass__(**more)
        for name in ("__repr__", "__eq__", "__hash__"):  # dataclass keeps what a class has of its own
            if name not in vars(cls):
                setattr(cls, name, getattr(cls, name))

    def __repr__(self) -> str:
        shown = (f"{f.name}={SHORT.repr(getattr(self, f.name))}" for f in fields(self) if f.repr)  # type: ignore[arg-type]
        return " ".join(f"{type(self).__name__}({', '.join(shown)})".split())

    def __getstate__(self) -> dict[str, Any]:
        """What is copied and pickled: the fields; what follows from them is found again."""
        return {f.name: getattr(self, f.name) for f in fields(self)}  # type: ignore[arg-type]
