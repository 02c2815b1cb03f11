"""Names of objectives as a type.

Made by `scripts/write_methods.py` from the registries; a test holds it to them.
"""

from typing import Literal

ObjectiveName = Literal[
    "weighted",
    "maxmin",
    "robust",
    "regret",
]
