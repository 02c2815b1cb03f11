"""A case: its tables (`tables`), read (`read`), checked (`checks`), held in memory (`case`) and written (`write`)."""

from . import frames as frames  # binds what makes a case of frames
from .case import Case
from .read import load_case, read_case, read_upload, shipped

__all__ = ["Case", "load_case", "read_case", "read_upload", "shipped"]
