"""Sessions, bounded in number and lifetime."""

from __future__ import annotations

import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

from .workspace import Workspace

MOST = 64
"""Browsers remembered; the one that was away longest makes room."""
IDLE = 12 * 3600.0
"""Seconds after which a browser that was away is forgotten."""


@dataclass
class Session:
    """One browser: its language and its workspace. Whoever reads or changes it holds the lock."""

    lang: str
    workspace: Workspace | None = None
    seen: float = 0.0
    lock: threading.Lock = field(default_factory=threading.Lock, repr=False)


class Sessions:
    """Sessions by a secret id that only the browser's cookie holds."""

    def __init__(self, most: int = MOST, idle: float = IDLE, clock: Callable[[], float] = time.monotonic) -> None:
        self.most, self.idle, self._clock = most, idle, clock
        self._held: OrderedDict[str, Session] = OrderedDict()
        self._lock = threading.Lock()

    def find(self, key: str | None) -> Session | None:
        """Return the session of an id, if it is known and not expired."""
        with self._lock:
            now = self._clock()
            while self._held and now - next(iter(self._held.values())).seen > self.idle:
                self._held.popitem(last=False)
            session = self._held.get(key or "")
            if session is not None and key is not None:
                session.seen = now
                self._held.move_to_end(key)
            return session

    def new(self, session: Session) -> str:
        """Remember a session; return its id."""
        key = secrets.token_urlsafe(32)
        with self._lock:
            session.seen = self._clock()
            self._held[key] = session
            while len(self._held) > self.most:
                self._held.popitem(last=False)
        return key

    def __len__(self) -> int:
        return len(self._held)
