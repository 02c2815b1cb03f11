"""A case: its tables (`tables`), how they are read (`read`) and checked (`checks`), and what they become (`case`)."""

from .case import Case
from .read import load_case, read_case, shipped

__all__ = ["Case", "load_case", "read_case", "shipped"]
