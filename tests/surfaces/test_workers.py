"""What the page solves, workers solve: within limits of time and memory, and each session in its turn."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import saidao
from saidao.app import answers
from saidao.app.guarding.queues import AT_ONCE, MOST_WAITING, Queues
from saidao.app.plans.workers import Over, Workers
from saidao.app.plans.workspace import Outcomes, Recent, Workspace
from saidao.errors import Problem
from saidao.store import plans
from saidao.store.place import open_store
from tests.conftest import write_case

pytestmark = pytest.mark.surface

testclient = pytest.importorskip("starlette.testclient", reason="needs saidao[app]")
OWN = {"Origin": "http://testserver"}


def hang(outcomes: Outcomes) -> None:
    while True:
        pass


def take(outcomes: Outcomes, size: int) -> int:
    return len(bytearray(size))


def fall(outcomes: Outcomes) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def tracks(outcomes: Outcomes, more: int) -> tuple[int, int]:
    return len(outcomes.case.track_ids) + more, os.getpid()


HELD: list[Any] = []


def fill(outcomes: Outcomes) -> int:
    """Take 100 MB in small pieces, and keep the last, above which nothing is free."""
    pieces = [np.ones(12_500) for _ in range(1000)]
    HELD.append(pieces[-1])
    return taken(outcomes)


def taken(outcomes: Outcomes) -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def fail(outcomes: Outcomes) -> None:
    raise saidao.CaseError([Problem("choice", "x", found="y", details={"choices": "z"})])


PARTS = answers.parts


def parts_of_what_hangs(workspace: Workspace, *given: Any) -> dict[str, Any]:
    while workspace.choices.stance == "laggards":
        pass
    return PARTS(workspace, *given)


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    made = Workers(2, seconds=3, memory=2)
    yield made
    made.close()


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> saidao.Case:
    return saidao.load_case(write_case(tmp_path_factory.mktemp("small")))


def test_a_worker_that_hangs_falls_or_takes_too_much_is_replaced_and_others_go_on(
    workers: Workers, case: saidao.Case
) -> None:
    count = len(case.track_ids)
    (one, asked), (two, again_asked) = workers.run(case, tracks, 1), workers.run(case, tracks, 2)
    assert (one, two) == (count + 1, count + 2)
    assert asked == again_asked, "the one that knows the case is asked again"
    with ThreadPoolExecutor(4) as pool:
        begun = time.monotonic()
        hung = pool.submit(workers.run, case, hang)
        time.sleep(0.2)
        others = [workers.run(case, tracks, n) for n in range(20)]
        assert [found for found, _ in others] == [count + n for n in range(20)]
        assert time.monotonic() - begun < 3, "nobody waits for what hangs"
        with pytest.raises(Over) as over:
            hung.result()
    assert all("3" in "".join(over.value.lines(lang)) for lang in ("en", "zh"))
    for work, given in ((take, (4 * 2**30,)), (fall, ())):
        with pytest.raises(Over):
            workers.run(case, work, *given)
    with pytest.raises(saidao.CaseError) as wrong:
        workers.run(case, fail)
    assert wrong.value.problems[0].code == "choice"
    with ThreadPoolExecutor(8) as pool:
        again = list(pool.map(lambda n: workers.run(case, tracks, n)[0], range(8)))
    assert again == [count + n for n in range(8)], "all that was lost was replaced"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="its allocator gives memory back")
def test_what_an_answer_took_is_given_back(workers: Workers, case: saidao.Case) -> None:
    filled = workers.run(case, fill)
    deadline = time.monotonic() + 2
    while workers.run(case, taken) > filled - 80e6 and time.monotonic() < deadline:
        time.sleep(0.05)
    assert workers.run(case, taken) < filled - 80e6


def test_of_large_plans_fewer_are_remembered() -> None:
    made: Recent[str] = Recent(4, room=5, size=len)
    for text in ("a", "b", "cc", "d", "e"):
        made.get(text, lambda text=text: text)  # type: ignore[misc]
    assert made.newest() == ["e", "d", "cc", "b"], "no more than four"
    made.get("fff", lambda: "fff")
    assert made.newest() == ["fff", "e", "d"], "no more than five signs"
    made.get("g" * 9, lambda: "g" * 9)
    assert made.newest() == ["g" * 9, "fff"], "two in any case"


def test_a_change_that_cannot_be_worked_out_is_taken_back_and_said(
    workers: Workers, case: saidao.Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from saidao.app import server

    store = open_store(tmp_path / "store.db")
    client = testclient.TestClient(server.create_app(case, local=False, store=store, workers=workers))

    def change(to: str) -> dict[str, Any]:
        body = {"number": 1, "changes": [{"do": "stance", "of": "", "to": to}], "marks": {}, "lang": "en"}
        answer = client.post("/change", headers=OWN, json=body)
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    plan = change("even")["plan"]
    monkeypatch.setattr(answers, "parts", parts_of_what_hangs)
    told = change("laggards")
    assert "3 seconds" in told["refused"][0]
    assert told["values"]["stance"] == "even"
    assert plans.state(store, plan).choices["stance"] == "even"
    assert change("leaders")["values"]["stance"] == "leaders"
    store.close()


def test_a_page_is_the_same_whoever_makes_it(workers: Workers, case: saidao.Case, tmp_path: Path) -> None:
    from saidao.app.server import create_app

    pages = []
    for name, solving in (("a.db", workers), ("b.db", None)):
        store = open_store(tmp_path / name)
        client = testclient.TestClient(create_app(case, local=False, store=store, workers=solving))
        paths = (
            "/",
            "/judge",
            "/data",
            "/more",
            "/compare",
            "/why?of=resource:funds",
            "/footing",
            "/case.xlsx",
            "/nowhere",
        )
        got = [client.get(path) for path in paths]
        pages.append([(one.status_code, one.content if "xlsx" not in str(one.url) else b"") for one in got])
        store.close()
    assert pages[0] == pages[1]


def test_a_session_has_its_turns_and_no_more() -> None:
    async def asked() -> tuple[int, int, int]:
        queues, now, most, refused = Queues(), 0, 0, 0
        free = asyncio.Event()

        async def one(session: str) -> None:
            nonlocal now, most, refused
            from starlette.exceptions import HTTPException

            try:
                async with queues.turn(session):
                    now += 1
                    most = max(most, now)
                    await free.wait()
                    now -= 1
            except HTTPException as error:
                refused += error.status_code == 429

        waiting = [asyncio.create_task(one("a")) for _ in range(AT_ONCE + MOST_WAITING + 5)]
        await asyncio.sleep(0.01)
        other = asyncio.create_task(one("b"))
        await asyncio.sleep(0.01)
        held = now
        free.set()
        await asyncio.gather(*waiting, other)
        return held, refused, len(queues._lines)

    assert asyncio.run(asked()) == (AT_ONCE + 1, 5, 0)
