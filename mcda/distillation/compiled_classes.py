"""One distillation of ELECTRE III, class by class, compiled; the extra ``fast``, which brings numba.

At each class's first level all that are left take part. Their qualifications are kept, less what those who have left
contributed, and the levels stay, while the pairs that set them are left. Of each row a bound is kept of its largest
credibility, and of its largest below the first level.

What is called in a loop is compiled into it: a call counts who refers to its arrays, which takes longer than a row.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit

from ..ranks import TIE
from ..registry import Array
from .compiled_relation import Bits, Index, bits, largest, number

PLACE = 32
"""Bits of a qualification that are left to the place of who has it."""
GONE = -(2**62)
"""The qualification of who has left: the worst."""
NEVER = 2**62
"""Those waited for, where all classes are wanted."""


class FirstLevel(NamedTuple):
    """What both distillations begin with.

    Attributes
    ----------
    levels : the largest credibility, and the largest below the first level.
    ends : the two pairs that have these.
    least : (m,) each row's largest below the first level.
    qualification : (m,) whom each is preferred to, less who is preferred to it.
    """

    levels: Array
    ends: Index
    least: Bits
    qualification: Index


class Distillation(NamedTuple):
    """A distillation under way.

    Attributes
    ----------
    rows : (m, m) the credibilities, or what is turned of them.
    strength : (m, m) who is preferred to whom.
    here : (m,) all bits set of who is still left, none of others.
    most, least : (m,) bounds of each row.
    places : (m,) qualification and place.
    ends : (4,) the two pairs that set the levels.
    levels : the largest credibility, the largest below the first level, and that of the level before.
    counts : how many are left, how many classes there are, who is waited for, and how many classes there must be then.
    classes : (m,) from 1 on, 0 of who is left.
    """

    rows: Array
    strength: Array
    here: Bits
    most: Bits
    least: Bits
    places: Index
    ends: Index
    levels: Array
    counts: Index
    classes: Index


@njit(cache=True, nogil=True)
def first_level(sigma: Array, strength: Array, most: Bits, alpha: float, beta: float) -> FirstLevel:
    """Return the first level of credibilities, (m, m), of whose rows *most* are the largest."""
    m = len(sigma)
    rows, least, ends = sigma.view(np.int64), most.copy(), np.zeros(4, np.int64)
    high, low = number(largest(most)), 0.0
    _find(rows, most, bits(high), ends, 0)
    bound = high - (alpha * high + beta) - TIE
    if bound > 0:
        below = bits(bound)
        for i in range(m):
            if most[i] >= below:
                least[i] = _largest_below(rows, i, below)
        low = number(largest(least))
    if low > 0:
        _find(rows, least, bits(low), ends, 2)
    else:
        ends[2:] = ends[:2]
    qualification = np.empty(m, np.int64)
    for i in range(m):
        qualification[i] = _qualification(strength, i, low + TIE)
    return FirstLevel(np.array([high, low]), ends, least, qualification)


@njit(cache=True, nogil=True, inline="always")
def _find(rows: Bits, largest_of: Bits, value: int, ends: Index, at: int) -> None:
    """Note a pair that has the value, the largest of its row."""
    for i in range(len(rows)):
        if largest_of[i] == value:
            ends[at] = ends[at + 1] = i
            for j in range(len(rows)):
                if rows[i, j] == value:
                    ends[at + 1] = j
                    return


@njit(cache=True, nogil=True)
def begun(rows: Array, strength: Array, sign: int, most: Bits, least: Bits, first: FirstLevel) -> Distillation:
    """Begin the distillation that takes the best first, or, *sign* -1 and *rows* turned, the worst."""
    m = len(rows)
    places = np.empty(m, np.int64)
    for i in range(m):
        places[i] = ((sign * first.qualification[i]) << PLACE) + m - i
    levels, counts = np.array([first.levels[0], first.levels[1], first.levels[1]]), np.array([m, 0, NEVER, 0])
    here, classes = np.full(m, -1, np.int64), np.zeros(m, np.int64)
    return Distillation(rows, strength, here, most, least, places, first.ends.copy(), levels, counts, classes)


@njit(cache=True, nogil=True)
def go_on(run: Distillation, sign: int, alpha: float, beta: float, awaited: Index) -> None:
    """Distil until all are out who are waited for, in `counts`, and as many classes behind each as it is *awaited* for.

    Of the (m,) awaited one is the class itself, and 0 who is not waited for; is one below 0 out, or nobody to be waited
    for, all are distilled.
    """
    sigma, strength, here, places, ends, levels = run.rows, run.strength, run.here, run.places, run.ends, run.levels
    most, least, found = run.most, run.least, run.classes
    m, rows = len(here), sigma.view(np.int64)
    part, quality = np.empty(m, np.int64), np.empty(m, np.int64)
    left, classes, waiting, due = run.counts
    while left and (waiting > 0 or classes < due):
        if not (here[ends[0]] and here[ends[1]] and here[ends[2]] and here[ends[3]]):
            _new_levels(rows, strength, here, most, least, places, ends, levels, sign, alpha, beta)
        if left > 1 and levels[0] > 0:
            count = _best(places, part)
            count = _parted(sigma, strength, sign, alpha, beta, levels[1], part, count, quality)
        else:
            count = _all(here, part)
        classes += 1
        for a in range(count):
            who = part[a]
            here[who] = most[who] = least[who] = 0
            found[who] = classes
            if awaited[who] > 0:
                waiting, due = waiting - 1, max(due, classes + awaited[who] - 1)
            elif awaited[who] < 0:
                waiting = NEVER
            _leave(places, strength, who, levels[1] + TIE, sign << PLACE)
        for a in range(count):
            places[part[a]] = GONE
        left -= count
    run.counts[0], run.counts[1], run.counts[2], run.counts[3] = left, classes, waiting, due


@njit(cache=True, nogil=True, inline="always")
def _new_levels(
    rows: Bits,
    strength: Array,
    here: Bits,
    most: Bits,
    least: Bits,
    places: Index,
    ends: Index,
    levels: Array,
    sign: int,
    alpha: float,
    beta: float,
) -> None:
    """Look for the levels of those that are left, and qualify them anew where that makes a difference."""
    high, low = _settled(rows, here, most, bits(np.inf), ends, 0), 0.0
    bound = high - (alpha * high + beta) - TIE  # falls with high, as alpha < 1
    if bound > 0:
        below = bits(bound)
        for i in range(len(least)):
            least[i] = least[i] if least[i] < below else below
        low = _settled(rows, here, least, below, ends, 2)
    if low == 0.0:
        ends[2], ends[3] = ends[0], ends[1]
    if bound <= levels[2] + TIE:  # else nobody who is here is preferred at the one level and not at the other
        for i in range(len(here)):
            if here[i]:
                qualification = _qualification_here(strength, i, low + TIE, here)
                places[i] = ((sign * qualification) << PLACE) + len(here) - i
    levels[0], levels[1], levels[2] = high, low, low


@njit(cache=True, nogil=True, inline="always")
def _settled(rows: Bits, here: Bits, bounds: Bits, below: int, ends: Index, at: int) -> float:
    """Return the largest value below a bound of those who are *here*, whose rows it is at most *bounds*; and its pair.

    Bounds of rows that are looked at become exact.
    """
    while True:
        value = largest(bounds)
        for i in range(len(bounds)):  # after a fall of *below* many have this bound
            if bounds[i] != value:
                continue
            bounds[i] = _largest_here(rows, i, here, below)
            if bounds[i] == value:
                ends[at] = ends[at + 1] = i
                for j in range(len(here)):
                    if rows[i, j] == value and here[j]:
                        ends[at + 1] = j
                        break
                return float(number(value))


@njit(cache=True, nogil=True, inline="always")
def _largest_below(rows: Bits, i: int, bound: int) -> int:
    found = 0
    for k in range(rows.shape[1]):
        value = rows[i, k] if rows[i, k] < bound else 0
        found = value if value > found else found
    return found


@njit(cache=True, nogil=True, inline="always")
def _largest_here(rows: Bits, i: int, here: Bits, bound: int) -> int:
    found = 0
    for k in range(len(here)):
        value = rows[i, k] & here[k]
        value = value if value < bound else 0
        found = value if value > found else found
    return found


@njit(cache=True, nogil=True, inline="always")
def _qualification(strength: Array, i: int, level: float) -> int:
    """Return whom one is preferred to, less who is preferred to it."""
    total = 0
    for j in range(len(strength)):
        total += int(strength[i, j] > level) - int(strength[i, j] < -level)
    return total


@njit(cache=True, nogil=True, inline="always")
def _qualification_here(strength: Array, i: int, level: float, here: Bits) -> int:
    """Return the same of those who are *here*."""
    total = 0
    for j in range(len(here)):
        found = np.int64(strength[i, j] < -level) - np.int64(strength[i, j] > level)
        total -= found & here[j]
    return total


@njit(cache=True, nogil=True, inline="always")
def _leave(places: Index, strength: Array, who: int, level: float, one: int) -> None:
    """One leaves: whom it was preferred to gains."""
    for j in range(len(places)):
        places[j] += (one if strength[who, j] > level else 0) - (one if strength[who, j] < -level else 0)


@njit(cache=True, nogil=True, inline="always")
def _best(places: Index, part: Index) -> int:
    """Note those with the best qualification; return how many."""
    best = GONE
    for i in range(len(places)):
        best = places[i] if places[i] > best else best
    floor = best >> PLACE << PLACE
    count = 0
    for i in range(len(places)):
        count += places[i] > floor
    if count == 1:
        part[0] = len(places) - (best - floor)
        return 1
    i = 0
    for k in range(count):
        while places[i] <= floor:
            i += 1
        part[k] = i
        i += 1
    return count


@njit(cache=True, nogil=True, inline="always")
def _all(here: Bits, part: Index) -> int:
    count = 0
    for i in range(len(here)):
        if here[i]:
            part[count] = i
            count += 1
    return count


@njit(cache=True, nogil=True, inline="always")
def _parted(
    rows: Array,
    strength: Array,
    sign: int,
    alpha: float,
    beta: float,
    level: float,
    part: Index,
    count: int,
    quality: Index,
) -> int:
    """Leave of a part, of *count*, those that stay the best at the levels below; return how many."""
    while count > 1 and level > 0:
        if count == 2:  # the last of the levels is 0, where it matters who is preferred at all
            ahead = sign * strength[part[0], part[1]]
            part[0] = part[1] if ahead < 0 else part[0]
            return 2 if ahead == 0 else 1
        level = _next_level(rows, part, count, level - (alpha * level + beta) - TIE)
        _qualify(strength, part, count, level + TIE, sign, quality)
        best, among = quality[0], count
        for k in range(1, among):
            best = max(best, quality[k])
        count = 0
        for k in range(among):
            if quality[k] == best:
                part[count] = part[k]
                count += 1
    return count


@njit(cache=True, nogil=True, inline="always")
def _next_level(rows: Array, part: Index, count: int, bound: float) -> float:
    found = 0.0
    for a in range(count):
        i = part[a]
        for b in range(count):
            value = rows[i, part[b]]
            value = value if value < bound else 0.0
            found = value if value > found else found
    return found


@njit(cache=True, nogil=True, inline="always")
def _qualify(strength: Array, part: Index, count: int, level: float, sign: int, quality: Index) -> None:
    for a in range(count):
        i, total = part[a], 0
        for b in range(a):
            value = strength[i, part[b]]
            found = sign * (int(value > level) - int(value < -level))
            total += found
            quality[b] -= found
        quality[a] = total
