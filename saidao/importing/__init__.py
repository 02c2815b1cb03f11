"""Any table of a planner becomes a case: what is read, what is left out and why, and what only its owner can say."""

from .reading import Import, import_table

__all__ = ["Import", "import_table"]
