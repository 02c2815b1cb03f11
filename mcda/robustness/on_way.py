"""Where on one straight way of weights a ranking first changes, asked at few places."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..brief import Brief
from ..registry import Way

POINTS = 200
"""Points at which a weight is looked at where nothing is known of how scores depend on it."""
HALVINGS = 45
FEW = 8
"""Points that are looked at one by one, rather than shown to be ranked alike."""
GUESSED = 10
"""Halvings of the step between two points after which it is guessed where the ranking turns."""
CLOSE = 3e-12
"""Two places that are no farther apart are one."""
NEWS = 1e-10
"""A change that is nearer by no more than this is no news: other ways end where the same comparison turns."""
BESIDE = 1e-12
"""How far beside a guess is asked, at least: just there a comparison turns, and rounding decides."""


@dataclass(frozen=True)
class OnWay(Brief):
    """A way, how far it goes, whether it matters only who is first, and whether that is shown where it starts."""

    way: Way
    reach: float
    only_first: bool
    shown: bool

    def first_change(self, least: float, known: float) -> tuple[float, float]:
        """Return where on the way the ranking first changes.

        It holds at the first of two answers, and no more at the second, which is infinite where it holds all the way.
        Changes at *least* or beyond are no news; up to *known* it is known to hold.
        """
        if self.only_first:
            known = max(known, self._shown(least))
        inside, done, size = 0.0, 0, 1
        least -= NEWS
        while done < POINTS and inside < least:
            steps = np.arange(done + 1, min(done + size, POINTS) + 1)
            t = self.reach * (steps / POINTS)
            t = np.minimum(t[: np.searchsorted(t, least) + 1], least)
            asked = t[t > known]
            held = self.way.held(asked, self.only_first)
            if not held.all():
                k = int((~held).argmax())
                outside = float(asked[k])
                at = int(np.searchsorted(t, outside))
                return self._closed(float(t[at - 1]) if at else inside, outside, least, known)
            inside, done, size = float(t[-1]), int(steps[-1]), min(2 * size, 32)
        return inside, np.inf

    def _closed(self, inside: float, outside: float, least: float, known: float) -> tuple[float, float]:
        """Narrow the two places: by halving, and by guesses, which are asked on both sides."""
        for halving in range(HALVINGS):
            if inside >= least or outside - inside <= CLOSE:
                break
            middle = (inside + outside) / 2
            if middle <= known:
                inside = middle
                continue
            width = outside - inside
            if halving >= GUESSED:
                guess, beside = self.way.turn(inside, outside), max(BESIDE, width**2)
                if inside < guess - beside and guess + beside < outside:
                    inside, outside = self._narrowed(inside, outside, [guess - beside, guess + beside])
            if outside - inside > width / 2:  # a guess of little use, as where many comparisons turn together
                inside, outside = self._narrowed(inside, outside, [(inside + outside) / 2])
        return inside, outside

    def _narrowed(self, inside: float, outside: float, at: list[float]) -> tuple[float, float]:
        """Return the first of some places between two at which the ranking does not hold, and the one before."""
        for t, held in zip(at, self.way.held(np.array(at), self.only_first).tolist(), strict=True):
            if not held:
                return inside, t
            inside = t
        return inside, outside

    def _shown(self, least: float) -> float:
        """Return how far, up to the end or *least*, it is shown that the same stay first.

        From piece to piece: a longer one after each for which it is, half of it where it is not.
        """
        shown, most = 0.0, min(self.reach, least)
        piece = most if self.shown else 0.0
        while piece > FEW * self.reach / POINTS:
            held = self.way.shown(shown, shown + piece)
            shown += piece if held else 0.0
            piece = min(piece * (2.0 if held else 0.5), most - shown)
        return shown
