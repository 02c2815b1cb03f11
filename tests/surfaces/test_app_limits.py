"""What strangers send takes a process of its own, which is killed when it is over its limits; the page ends in time."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import time
from pathlib import Path

import pytest

import saidao
from saidao.app import guards
from saidao.app.limits import limited
from saidao.case import read_upload
from saidao.case.write import zipped
from tests.store.test_killed import ended, served


def busy() -> None:
    while True:
        pass


def greedy() -> int:
    return len(bytearray(512 * 2**20))


def killed() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def test_work_is_killed_when_it_is_over_a_limit_and_others_go_on() -> None:
    begun = time.monotonic()
    with pytest.raises(saidao.CaseError) as error:
        limited(busy, seconds=0.5)
    assert error.value.problems[0].code == "over_limit"
    for work in (greedy, killed):
        with pytest.raises(saidao.CaseError):
            limited(work, memory=256 * 2**20)
    assert time.monotonic() - begun < 30
    assert limited(len, "abc") == 3
    with pytest.raises(ZeroDivisionError):
        limited(divmod, 1, 0)


def test_a_case_that_is_read_so_is_the_same_with_its_warnings_and_errors(small: Path) -> None:
    for scores in ((small / "scores.csv").read_text("utf-8"), "track,f,g\na,many,8\nb,88,1\nc,9,3\n", "track,f\na,1\n"):
        (small / "scores.csv").write_text(scores, "utf-8")
        packed = "small.zip"
        try:
            data = zipped(saidao.load_case(small))
        except saidao.CaseError:
            import io
            import zipfile

            made = io.BytesIO()
            with zipfile.ZipFile(made, "w") as archive:
                for path in small.rglob("*.*"):
                    archive.writestr(path.relative_to(small).as_posix(), path.read_bytes())
            data = made.getvalue()
        case, problems = limited(read_upload, data, packed)
        again, told = read_upload(data, packed)
        assert case == again
        for lang in ("en", "zh"):
            assert [p.to_dict(lang) for p in problems] == [p.to_dict(lang) for p in told]
            assert [p.text(lang) for p in problems] == [p.text(lang) for p in told]


def test_who_does_not_go_on_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    from starlette.exceptions import HTTPException

    monkeypatch.setattr(guards, "PATIENCE", 0.05)

    async def never() -> None:
        await asyncio.sleep(60)

    with pytest.raises(HTTPException) as error:
        asyncio.run(guards.in_time(never()))
    assert error.value.status_code == 408


@pytest.mark.parametrize("by", [signal.SIGTERM, signal.SIGINT])
def test_the_page_ends_within_five_seconds_with_somebody_on_the_line(tmp_path: Path, by: signal.Signals) -> None:
    server, address = served(tmp_path / "store.db", "shanghai")
    port = int(address.rstrip("/").rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port)) as line:
        line.sendall(b"GET /framework/gantt HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n" % port)
        with socket.create_connection(("127.0.0.1", port)) as slow:
            slow.sendall(b"POST /upload HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nContent-Length: 99\r\n" % port)
            time.sleep(0.3)
            begun = time.monotonic()
            ended(server, by)
    assert time.monotonic() - begun < 5
