"""Killed at any moment: every change that was acknowledged is there, and none half."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import httpx
import pytest

import saidao
from saidao.store import plans
from saidao.store.checked import checked
from saidao.store.place import open_store
from tests.conftest import write_case

WRITER = """
import os, sys
from saidao.store import plans
from saidao.store.place import open_store

place, plan = sys.argv[1:]
base = open_store(place)
base.close()
for line in sys.stdin:
    pid = os.fork()  # what takes long is imported once
    if pid == 0:
        store = open_store(place)
        state = plans.state(store, plan)
        while True:
            number = state.revision
            act = number % 5
            chosen = {"number": number, "budgets": [["funds", float(number)]]}
            if act == 3 and state.can_undo:
                state = plans.undo(store, state, "me")
                state = plans.redo(store, state, "me")
            state = plans.advance(store, state, chosen, "me", of="budget funds" if act < 2 else "")
            os.write(1, f"{number} {state.revision}\\n".encode())
    print("pid", pid, flush=True)
    os.waitpid(pid, 0)
    print("dead", flush=True)
"""
"""Writes without end in a process that it makes for each line that it is sent; a line for each change that it was told
is kept."""


def killed(place: str, moments: int, seed: int) -> None:
    store = open_store(place)
    case = saidao.load_case("shanghai")
    plan = plans.open_case(store, case, {"number": 0}, "A", "me")
    draw = random.Random(seed)
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, place, plan], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert writer.stdin
    assert writer.stdout
    written = revision = 0
    for _ in range(moments):
        writer.stdin.write("go\n")
        writer.stdin.flush()
        lines = []
        while not (line := writer.stdout.readline()).startswith("pid"):
            lines.append(line)
        time.sleep(draw.uniform(0.01, 0.3))
        os.kill(int(line.split()[1]), signal.SIGKILL)
        while not (line := writer.stdout.readline()).startswith("dead"):
            lines.append(line)
        told = [line.split() for line in lines]
        written += len(told)
        for number, at in told[-3:]:
            kept = plans.state(store, plan, int(at))
            assert kept.choices == {"number": int(number), "budgets": [["funds", float(number)]]}, "whole"
        state = plans.state(store, plan)
        revision = int(told[-1][1]) if told else revision
        assert revision <= state.revision <= revision + 3, "at most an undo, a redo and a change that nobody was told"
        revision = state.revision
    writer.communicate(timeout=10)
    assert writer.returncode == 0
    assert written, "it was killed at its work"
    found = checked(store)
    assert found.whole, found.faults
    acts = plans.history(store, plan, 10**6)
    assert [act.revision for act in acts] == list(range(acts[0].revision, 0, -1))
    store.close()


@pytest.mark.slow
def test_killed_at_a_few_moments(place: str) -> None:
    killed(place, 8, 1)


@pytest.mark.slow
def test_killed_at_two_hundred_moments(place: str) -> None:
    killed(place, 200, 2)


def served(store: Path, *arguments: str) -> tuple[subprocess.Popen[str], str]:
    command = [sys.executable, "-m", "saidao", "app", *arguments, "--no-open", "--port", "0"]
    env = {**os.environ, "SAIDAO_STORE": str(store)}
    server = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, encoding="utf-8", env=env)
    assert server.stderr
    return server, next(word for word in server.stderr.readline().split() if word.startswith("http"))


def ended(server: subprocess.Popen[str], by: signal.Signals) -> int:
    """End a server, which has five seconds for it."""
    server.send_signal(by)
    server.communicate(timeout=5)
    return server.returncode


def written(place: Path) -> int:
    """Return how many entries the log of a store has."""
    store = open_store(place)
    try:
        return checked(store).entries
    finally:
        store.close()


def change(client: httpx.Client, **body: Any) -> dict[str, Any]:
    origin = str(client.base_url).rstrip("/")
    sent = {"number": 1, "marks": {}, "lang": "en", **body}
    answer = client.post("/change", headers={"Origin": origin}, json=sent, timeout=60)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


@pytest.mark.slow
def test_a_page_that_is_killed_comes_back_as_it_was_undo_included(tmp_path: Path, small: Path) -> None:
    store = tmp_path / "store.db"
    server, address = served(store, str(small))
    cookies: dict[str, str] = {}
    try:
        with httpx.Client(base_url=address.rstrip("/")) as client:
            for amount in ("9", "8"):
                change(client, changes=[{"do": "budget", "of": "funds", "to": amount}])
                change(client, changes=[{"do": "stance", "of": "", "to": "even" if amount == "9" else "laggards"}])
            seen = change(client, changes=[])
            cookies = dict(client.cookies)
    finally:
        ended(server, signal.SIGKILL)
    write_case(small, costs="measure,resource,cost\nm1,funds,5\n")  # the file has moved on: the plan keeps its own
    server, address = served(store, str(small))
    try:
        with httpx.Client(base_url=address.rstrip("/"), cookies=cookies, follow_redirects=True) as client:
            plan = seen["plan"]
            same = change(client, plan=plan, revision=seen["revision"], changes=[])
            assert (same["parts"], same["values"]) == (seen["parts"], seen["values"])
            assert change(client, plan=plan, changes=[{"do": "undo", "of": "", "to": ""}])["values"]["stance"] == "even"
            back = change(client, plan=plan, changes=[{"do": "undo", "of": "", "to": ""}])
            assert float(back["values"]["budget-funds"]) == 9
            assert f"/plan/{plan}" in client.get("/start").text
    finally:
        assert ended(server, signal.SIGTERM) in (0, -signal.SIGTERM)


@pytest.mark.slow
def test_a_look_creates_nothing_whoever_sends_it(tmp_path: Path) -> None:
    store = tmp_path / "store.db"
    server, address = served(store, "shanghai")
    try:
        with httpx.Client(base_url=address.rstrip("/"), follow_redirects=True, timeout=60) as client:
            plan = change(client, changes=[{"do": "budget", "of": "funds", "to": "1000"}])["plan"]
            entries = written(store)
            for number in range(64):  # images of another site, which bring no cookie of ours
                stranger = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Dest": "image", "Cookie": f"x={number}"}
                path = ("/start", "/static/icon.svg", "/open?case=shanghai", f"/plan/{plan}?revision=99", "/import")[
                    number % 5
                ]
                answer = httpx.get(address.rstrip("/") + path, headers=stranger, timeout=60)
                assert "set-cookie" not in answer.headers
            for verb in ("open", "upload", "change", "language"):
                assert client.get(f"/{verb}").status_code == 405
                evil = {"Origin": "http://evil.example"}
                assert client.post(f"/{verb}", headers=evil, data={"case": "shanghai"}).status_code == 403
            assert written(store) == entries
            assert change(client, changes=[])["values"]["budget-funds"].replace(",", "") == "1000"
    finally:
        assert ended(server, signal.SIGINT) in (0, -signal.SIGINT)
