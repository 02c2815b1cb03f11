"""Cases that come as a file."""

from __future__ import annotations

import io
import tempfile
import zipfile
from pathlib import Path

from ..case import Case
from ..case.read import read_folder
from ..errors import Problem

def read_upload(data: bytes, name: str) -> tuple[Case | None, list[Problem]]:
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(io.BytesIO(data)) as z:
        z.extractall(folder)
        return read_folder(Path(folder))
