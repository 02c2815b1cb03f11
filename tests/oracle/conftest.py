"""What several of these files need: a running cluster."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    folder = tmp_path_factory.mktemp("dask")
    file = folder / "scheduler.json"
    common = ["--scheduler-file", str(file), "--no-dashboard"]
    started = [start("dask_scheduler", "--host", "127.0.0.1", "--port", "0", *common)]
    try:
        started += [
            start("dask_worker", "--nthreads", "1", "--no-nanny", "--local-directory", str(folder), *common)
            for _ in range(2)
        ]
        end = time.monotonic() + 30
        while not (file.exists() and file.read_text()) and time.monotonic() < end:
            time.sleep(0.1)
        yield json.loads(file.read_text())["address"], started
    finally:
        for process in reversed(started):
            process.kill()
            process.wait()


def start(program: str, *arguments: str) -> subprocess.Popen[bytes]:
    code = f"from distributed.cli.{program} import main; main()"
    nowhere = subprocess.DEVNULL
    return subprocess.Popen([sys.executable, "-c", code, *arguments], stdout=nowhere, stderr=nowhere)
