"""What strangers send takes a process of its own, which is killed when it is over its limits; the page ends in time."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import insert

import saidao
from saidao.app.guarding import guards
from saidao.app.guarding.limits import limited
from saidao.case import read_upload
from saidao.case.write import zipped
from saidao.store import browsers, log, plans, schema
from saidao.store.checked import checked
from saidao.store.place import open_store
from tests.store.test_killed import change, ended, served

pytestmark = pytest.mark.surface


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


ASK = "import sys, urllib.request as u; print(u.urlopen(u.Request(sys.argv[1])).status)"


@pytest.mark.skipif(os.getuid() != 0, reason="only root can ask as another account")
@pytest.mark.skipif(
    not all(Path(at).exists() for at in ("/proc/net/tcp", "/usr/bin/python3")),
    reason="this system does not tell whose it is",
)
def test_another_account_of_this_computer_is_refused(tmp_path: Path) -> None:
    server, address = served(tmp_path / "store.db")
    asked = [sys.executable, "-c", ASK, f"{address}start"]
    try:
        own = subprocess.run(asked, capture_output=True, text=True)
        other = subprocess.run(
            ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "/usr/bin/python3", *asked[1:]],
            capture_output=True,
            text=True,
        )
    finally:
        ended(server, signal.SIGTERM)
    assert own.stdout.strip() == "200", own.stderr
    assert "403" in other.stderr, (other.stdout, other.stderr)


@pytest.mark.slow
def test_fifty_planners_at_once_each_get_their_own_right_answer(tmp_path: Path, small: Path) -> None:
    server, address = served(tmp_path / "store.db", str(small))
    budgets = [5 + n / 10 for n in range(50)]

    def planner(amount: float) -> tuple[dict[str, Any], int]:
        with httpx.Client(base_url=address.rstrip("/"), timeout=120, follow_redirects=True) as client:
            for to in (amount + 0.05, amount):
                answer = change(client, changes=[{"do": "budget", "of": "funds", "to": f"{to:g}"}])
            seen = {"number": 1, "changes": [], "marks": {}, "lang": "en", "plan": answer["plan"]}
            return change(client, **{**seen, "revision": answer["revision"]}), answer["revision"]

    try:
        with ThreadPoolExecutor(50) as pool:
            answers = list(pool.map(planner, budgets))
    finally:
        ended(server, signal.SIGTERM)
    assert len({answer["plan"] for answer, _ in answers}) == 50
    store = open_store(tmp_path / "store.db")
    for amount, (answer, revision) in zip(budgets, answers, strict=True):
        state = plans.state(store, answer["plan"])
        assert (state.choices["budgets"], state.revision) == ([["funds", pytest.approx(amount)]], revision)
        assert float(answer["values"]["budget-funds"]) == pytest.approx(amount)
    assert checked(store).whole
    store.close()


def test_two_thousand_browsers_are_remembered(tmp_path: Path) -> None:
    store = open_store(tmp_path / "store.db")
    keys = [browsers.new_key() for _ in range(2000)]
    rows = [{"key": browsers._name(key), "lang": "en", "seen": log.now()} for key in keys]
    with store.writing() as connection:
        connection.execute(insert(schema.browsers), rows)
    assert all(browsers.find(store, key) for key in (keys[0], keys[-1]))
    assert browsers.find(store, browsers.new_key()) is None
    store.close()


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
