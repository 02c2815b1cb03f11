"""Any table of a planner becomes a case: what is read, what is left out and why, and what only its owner can say."""

from .reading import Import, import_table
from .sheet import Opened, opened_bytes

__all__ = ["Import", "Opened", "import_table", "opened_bytes"]
