"""The search of prices: at which the blocks, each by itself, use what there is of what they share.

1. A sample of the blocks tells whether price 0 can be right (`_found`).
2. The sample is solved together with its share of what there is; its prices are tried on all blocks, and the shares
   mended by what all use, while the bound falls (`_sampled`). No sample tells more than its blocks do one by one: the
   use of all is smooth, and steps by its slope, learnt on the way, bring prices nearer (`_steered`).
   Where very many blocks have several optima at some prices, such are taken as fit (`filling`).
3. Those blocks that a small change of prices would alter are solved together, the others held, until what is shared
   fits (`_converged`). Prices that move by less than a block minds leave its basis optimal.
4. Where that does not do at price 0, what is free decides among these optima (`_solve_on_face`).

Sources: Dantzig & Wolfe (1960), Decomposition principle for linear programs, Operations Research 8, 101-111; du Merle,
Villeneuve, Desrosiers & Hansen (1999), Stabilized column generation, Discrete Mathematics 194, 229-237 (the box).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from ...model.model import INF
from ...model.programme import Array, Index, ranges, sums
from .blocks import FITS, FREE, NOISE, TIED, Blocks, NoEnd
from .filling import fill
from .together import More, Stated, Together, misses, settle, stated

SAMPLE = 300, 3000
"""Blocks in the sample at least and at most; in between a tenth."""
FIRST = 4
"""One in so many of the least sample is solved before it."""
ACTIVE = 500, 3000
"""Blocks that are solved together, half of them at first, and at most; in between one in a hundred."""
MOST = 0.5
"""Share of the columns that are solved together at most, unless all are."""
GROWS = 2.0
"""How many times as many in the next round."""
ROUNDS = 16
"""Rounds after which it is given up."""
ROUNDED = 1e-13
"""What is missed, relative to what is there, up to which it is rounding: of the sum over all blocks."""
LOOSE = 0.05
"""Share of what there is, at least, that is left of what is so free that it stays so."""
TIES = 5
"""Times as many blocks that have several optima as are solved together: then what else decides is solved first."""
CLEARLY = 1.1
"""Times what there is: a sample that uses more tells that all do."""
DEAR = 1e3
"""What a unit costs of what the sample uses too much or too little, in largest coefficients of the objective."""
NEAR = 2e-3
"""Mismatch of what is used, relative to what is there, up to which prices from a sample are near enough."""
NEARLY = 0.2
"""The same, as a share of what the blocks use that are solved together, where that is more."""
FAR_OFF = 5.0
"""Times as large a mismatch at which prices from before are of no use."""

PASSES = 16
"""Passes over the blocks at most to scale prices from before."""
SCALED = 5e-3
"""How much what is used may be worth more or less than what there is, as a share, for prices not to be scaled."""

FEW = 60
"""Blocks that are solved together at first from prices that are steered."""
STEERED = 6
"""Quasi-Newton's steps at most from prices that are expected."""
CLOSELY = 4e-3
"""Mismatch, relative to what is there, from which on there are none."""
STEERED_ON = 10
"""The same from prices of a sample, where all blocks were looked at anyhow."""
SAMPLED = 2e-2
"""Mismatch up to which a sample is asked for prices; from there on steps are quicker."""
CLOSER = 1e-4
"""Mismatch from which on there are no steps from these."""
SMOOTH = 0.01
"""Share of the blocks, beside one a shared row, that may have several optima for there to be any: else use jumps."""
STRIDE = 0.5
"""Share of a price by which a step may change it."""

ONWARD = 6
"""Passes over the blocks to go on from where the box held the prices."""
WIDER, WIDEST = 4.0, 16.0
"""Times the box in which blocks do not change, for the first prices beyond it; and at most, later."""
STOOD = 8
"""Passes over the blocks that are kept, to tell what they would do at prices beyond the box."""


class _Tied(Exception):
    """So many blocks have several optima at some prices that what is free decides: it is solved among these optima."""

    def __init__(self, price: Array) -> None:
        self.price = price


@dataclass
class Near:
    """What programs of one matrix under objectives that are near tell of the next one's prices.

    `price` (R,): those that are expected. `curvature` (R, R): how much less is used where prices rise, by Newton's
    steps before; None where there were none.
    """

    price: Array
    curvature: Array | None = None

    def learn(self, step: Array, fell: Array) -> None:
        """Take in by how much less was used after a step of the prices: Broyden, Fletcher, Goldfarb and Shanno."""
        gain = float(step @ fell)
        if self.curvature is not None and gain > 0:
            bent = self.curvature @ step
            self.curvature += np.outer(fell, fell) / gain - np.outer(bent, bent) / float(step @ bent)


class PriceSearch:
    """The search of one program's prices; *decided*: what is free does not decide among equal optima any more.

    *near*: where to begin, and that what is tried there need not end.
    """

    def __init__(self, blocks: Blocks, decided: bool = False, near: Near | None = None) -> None:
        self.blocks, self.decided, self.near = blocks, decided or near is not None, near

    def solve(self) -> tuple[Array, Array, Together | None]:
        """Return prices, duals, and the blocks that were solved together at last; all blocks stand at their optimum."""
        b = self.blocks
        low, high = b.low, b.high
        try:
            b.prepare()
            explained = self._explained()
            if explained is not None:
                return explained, np.zeros(len(b.state.dual)), None
            price, together = self._found(np.flatnonzero(b.free & ~b.balance))
        except _Tied as tied:
            b.low, b.high = low, high
            return self._solve_on_face(tied.price)
        finally:
            b.low, b.high = low, high
        return price, b.duals(price), together

    def _solve_on_face(self, price: Array) -> tuple[Array, Array, Together | None]:
        """Among the optima of all blocks at prices find those that use least of what is free, and what is there of all.

        With the duals of these prices any of them proves itself.
        """
        b = self.blocks
        parts, state = b.parts, b.state
        try:
            if not b.priced(np.flatnonzero(b.free), price):
                raise NoEnd
            dual = b.duals(price)
            state.dual[:] = dual
            face = b.on_face(np.arange(parts.blocks), price)
            noise = NOISE * float(np.abs(b.cost).max(initial=0.0))
            face.low = np.where((price > noise) & (b.high < INF), b.high, b.low)
            face.high = np.where((price < -noise) & (b.low > -INF), b.low, b.high)
            start, row, value = parts.joint
            of = np.repeat(np.arange(len(b.cost)), np.diff(start))
            cost = -sums(of, value * b.ties(price)[row], len(b.cost))
            largest = float(np.abs(cost).max(initial=0.0))
            face.cost = cost / largest if largest > 0 else cost
            face.stand(state)
            _, _, together = PriceSearch(face, decided=True).solve()
        except NoEnd:
            self.decided = True
            state.slackness[:] = -1.0
            return self.solve()
        b.state = face.state
        return price, dual, together

    def _found(self, live: Index) -> tuple[Array, Together | None]:
        """Return prices, and the blocks that were solved together at last; the others stand at their optimum."""
        b = self.blocks
        state = b.state
        if self.near is not None and len(live) > FEW:
            b.gross, b.use = b.standing(live)
            price = self.near.price if b.balance.any() else self._steered(live, self.near, STEERED, CLOSELY)
            return self._converged(live, price, FEW)
        if len(live) <= ACTIVE[0]:
            return self._all_together(np.flatnonzero(b.free))
        if b.alike:
            b.gross, b.use = b.standing(live)
            b.bring(live, state.price)
            if not b.balance.any():
                self._scale(live)
            try:
                if b.balance.any() or b.mismatch(state.price, b.use) <= FAR_OFF * self._near(live):
                    return self._converged(live, state.price)
            except NoEnd:
                pass
            # prices have moved far
        state.slackness[:] = -1.0
        number = min(max(SAMPLE[0], len(live) // 10), SAMPLE[1], len(live))
        sample = np.sort(np.random.default_rng(0).choice(live, number, replace=False))
        nothing = np.zeros(len(b.low))
        state.price = nothing
        _, use, _ = b.solve_at(sample, nothing)
        state.slackness[:] = -1.0
        balanced = bool(b.balance.any())
        if balanced or b.mismatch(nothing, use * len(live) / number) <= CLEARLY - 1:
            b.bring(live, nothing)
            if not balanced and b.mismatch(nothing, b.use) <= FITS:
                return self._alone(live, nothing)
        return self._converged(live, self._sampled(live, sample))

    def _explained(self) -> Array | None:
        """Prices at which nothing is better than where the blocks stand, as for least spend where all is spent.

        None where there are none, or what they use does not fit.
        """
        b = self.blocks
        columns = np.flatnonzero(b.lower < b.upper)
        cost = b.cost[columns]
        if self.near is not None or not b.stood or b.balance.any() or not cost.any():
            return None
        start, row, value = b.parts.joint
        some = columns[:: max(len(columns) // SAMPLE[1], 1)]
        at, of = ranges(start[some], start[some + 1])
        entries = np.zeros((len(some), len(b.low)))
        np.add.at(entries, (of, row[at]), value[at])
        price: Array = np.linalg.lstsq(entries, b.cost[some])[0].astype(np.float64)
        at, of = ranges(start[columns], start[columns + 1])
        left = cost - sums(of, value[at] * price[row[at]], len(columns))
        if np.abs(left).max() > ROUNDED * np.abs(b.cost).max():
            return None
        price[np.abs(price) <= FREE] = 0.0
        return price if b.mismatch(price, b.uses(np.flatnonzero(b.free))) <= FITS else None

    def _alone(self, live: Index, price: Array) -> tuple[Array, None]:
        """Return prices at which every block by itself is right."""
        b = self.blocks
        if not b.priced(np.flatnonzero(b.free), price):
            raise NoEnd
        return price, None

    def _all_together(self, blocks: Index) -> tuple[Array, Together]:
        """Solve all blocks that can move together."""
        b = self.blocks
        of_all = stated(b, blocks, b.low, b.high)
        try:
            together = of_all.solved(b.end)
        except NoEnd:
            # what the others use is known up to rounding alone: few blocks cannot mend it where they have no choice
            room = ROUNDED * b.extent
            of_all.with_shared(b.low - room, b.high + room)
            together = of_all.solved(b.end)
        settle(b, blocks, together)
        b.state.price = together.price
        b.state.slackness[:] = -1.0
        return together.price, together

    def _scale(self, live: Index) -> None:
        """Scale the prices from before until what is used is worth what there is: all may be too high or too low."""
        b, price = self.blocks, self.blocks.state.price
        there = np.where(price > 0, b.high, np.where(price < 0, b.low, 0.0))
        worth = price * np.where(np.isfinite(there), there, 0.0)
        least, most, size = 0.0, INF, 1.0
        for _ in range(PASSES):
            over = float(price @ b.use - worth.sum())
            if abs(over) <= SCALED * float(np.abs(worth).sum()):
                break
            least, most = (size, most) if over > 0 else (least, size)
            size = 2.0 * least if most == INF else most / 2.0 if least == 0.0 else float(np.sqrt(least * most))
            b.bring(live, size * price)

    def _onward(self, live: Index, start: Array, price: Array) -> Array:
        """Go on from where the box held the prices, in their direction, as long as the bound falls, or nearly so."""
        b, way = self.blocks, price - start
        least, most, size = 1.0, INF, 2.0

        def at(size: float) -> Array:
            return np.where(price > 0, np.maximum(start + size * way, 0.0), np.minimum(start + size * way, 0.0))

        for _ in range(ONWARD):
            tried = at(size)
            b.bring(live, tried)
            there = np.where(tried > 0, b.high, np.where(tried < 0, b.low, b.use))
            endless = (way == 0) | np.isinf(there)  # a price of rounding pulls at what has no end
            falls = float(way @ np.where(endless, 0.0, there - b.use)) < 0
            least, most = (size, most) if falls else (least, size)
            size = 2.0 * least if most == INF else (least + most) / 2
        return at(least)

    def _beyond(
        self,
        live: Index,
        chosen: Index,
        stood: Sequence[tuple[Array, Array]],
        of_chosen: Stated,
        box: Array,
        price: Array,
    ) -> Array:
        """Prices beyond the box in which the others do not change: what they would do is told by how they *stood*.

        At prices before and at these, the last: each bounds from below what they are worth at any prices, a plane of a
        bundle.
        """
        *before, (gross, use) = stood
        others = ~np.isin(live, chosen, assume_unique=True)
        more = np.array([float((then[0] - gross)[others].sum()) for then in before])
        uses = np.reshape([(then[1] - use)[others].sum(axis=0) for then in before], (-1, len(price)))
        return of_chosen.beyond(misses(price + box, box - price), More(more, np.ones(len(more)), uses.T))

    def _filled(self, live: Index, price: Array, many: int, enough: float) -> Index:
        """Those that have several optima, if they are *many*: they took such as fit."""
        b = self.blocks
        tied = live[b.state.slackness[live] <= TIED]
        if len(tied) <= many or b.balance.any():
            return tied[:0]
        fill(b, tied, price, enough)
        return tied

    def _loosen(self, price: Array) -> None:
        """Leave what is free and far from used up out of what blocks mind: a choice that only it tells apart is none.

        How much is used is known of the prices before.
        """
        b = self.blocks
        room = LOOSE * np.maximum(b.amount, 1.0)
        far = (b.use >= b.low + room) & (b.use <= b.high - room)
        b.loosen(far & (np.abs(price) <= FREE) & (not b.balance.any()))

    def _tied(self, live: Index) -> int:
        """How many blocks have several optima at the prices to which all were brought."""
        return int(np.count_nonzero(self.blocks.state.slackness[live] <= TIED))

    def _near(self, live: Index) -> float:
        """Mismatch up to which prices are near enough for the blocks that are solved together to mend it."""
        return max(NEAR, NEARLY * ACTIVE[0] / len(live))

    def _sampled(self, live: Index, sample: Index) -> Array:
        """Prices at which a sample of the blocks uses its share, mended by what all use at them."""
        b = self.blocks
        share, dear = len(sample) / len(live), np.full(len(b.low), DEAR)
        balances = np.flatnonzero(b.balance)
        best, least = np.zeros(len(b.low)), INF
        near, seen = self._near(live), list[tuple[Array, Array]]()

        def apart(some: Index) -> Array:
            """What some blocks use beyond their share: a balance has to make up for it, whatever the prices."""
            return b.uses(some) - len(some) / len(live) * b.use if len(balances) else np.zeros(len(b.low))

        shift = apart(sample)
        few, start = sample[:: max(FIRST * len(sample) // SAMPLE[0], 1)], None
        if len(few) < len(sample):  # its bases and prices are better to start from
            part, by = len(few) / len(live), apart(few)
            first = stated(b, np.append(few, balances), part * b.low + by, part * b.high + by, misses(dear, dear), part)
            expected = first.solved(b.end).price
            b.solve_at(sample, expected)
            start = None if len(balances) else expected
        of_sample = stated(
            b, np.append(sample, balances), share * b.low, share * b.high, misses(dear, dear), share, start
        )
        for _ in range(ROUNDS):
            of_sample.with_shared(share * b.low + shift, share * b.high + shift)
            found = of_sample.solved(b.end)
            price = found.price
            total = b.bring(live, price)
            self._filled(live, price, ACTIVE[0] // 2, near * NEARLY)
            seen.append((price, b.use))
            b.state.x[b.parts.columns_of(balances)] = found.x[len(found.x) - len(balances) :] / share
            up, down = price > 0, price < 0
            bound = total + float(price[up] @ b.high[up]) + float(price[down] @ b.low[down])
            if not bound < least:
                break
            best, least = price, bound
            # a slope tells how far prices are from right, not which rows begin to have one
            begins = ((b.use > b.high) | (b.use < b.low))[price == 0].any()
            enough = near if len(balances) or begins else max(near, SAMPLED)
            if b.mismatch(price, b.use + b.uses(balances)) <= enough:
                break
            shift = b.uses(sample) - share * b.use
        self._loosen(best)
        if b.state.loose.any() or not np.array_equal(b.state.price, best):
            b.bring(live, best)
        if len(balances) or self._tied(live) > len(b.low) + SMOOTH * len(live):
            return best
        after = Near(best, self._curvature(best))
        for (price, use), (following, used) in pairwise(seen):
            after.learn(following - price, use - used)
        return self._steered(live, after, STEERED_ON, CLOSER)

    def _curvature(self, price: Array) -> Array:
        """What is expected of the curvature before anything is known: with twice the price, nothing is used."""
        return np.diag(np.maximum(self.blocks.amount, 1.0) / np.maximum(np.abs(price), self.blocks.light))

    def _steered(self, live: Index, near: Near, steps: int, closely: float) -> Array:
        """Bring prices nearer to those at which what is used is what there is, by quasi-Newton's steps.

        The bound is a convex function of the prices, of which what is left over is the slope; its curvature is learnt,
        and kept from one objective to the next. There are no more *steps* where the mismatch is *closely* one.
        """
        b, price = self.blocks, near.price
        b.bring(live, price)
        size = np.maximum(b.amount, 1.0)
        if near.curvature is None:
            near.curvature = self._curvature(price)
        best, least = price, INF
        for _ in range(steps):
            there = np.where(price > 0, b.high, np.where(price < 0, b.low, np.clip(b.use, b.low, b.high)))
            over = b.use - there
            off = float((np.abs(over) / size).max(initial=0.0))
            if not off < least:
                break
            best, least = price, off
            if off <= closely:
                break
            counts = np.flatnonzero((price != 0) | (over != 0))
            step = np.zeros(len(price))
            step[counts] = np.linalg.lstsq(near.curvature[np.ix_(counts, counts)], over[counts])[0]
            furthest = float((np.abs(step) / np.maximum(np.abs(price), b.light)).max())
            step *= min(1.0, STRIDE / furthest) if furthest > 0 else 1.0
            following = np.where(
                price > 0, np.maximum(price + step, 0.0), np.where(price < 0, np.minimum(price + step, 0.0), step)
            )
            step, used = following - price, b.use
            b.bring(live, following)
            near.learn(step, used - b.use)
            price = following
        if best is not price:
            b.bring(live, best)
        return best

    def _converged(self, live: Index, price: Array, first: int | None = None) -> tuple[Array, Together | None]:
        """Solve together those blocks that a small change of prices would alter, until all others stay as they are.

        *first*: how many of them at first.
        """
        b = self.blocks
        state, active = b.state, first or min(max(ACTIVE[0] // 2, len(live) // 100), ACTIVE[1])
        balances, stood = np.flatnonzero(b.balance), deque[tuple[Array, Array]](maxlen=STOOD)
        for turn in range(1, ROUNDS + 1):
            self._loosen(price)
            b.bring(live, price, 2 * active)
            fits = not len(balances) and b.mismatch(price, b.use) <= FITS
            if fits and (first is None or not price.any()):  # else a basis of the whole is asked for, too
                return self._alone(live, price)
            active = min(active, len(live))
            slack = state.slackness[live]
            tied = self._filled(live, price, active, FITS)
            if len(tied):
                if b.mismatch(price, b.use) <= FITS and (first is None or not price.any()):
                    return self._alone(live, price)
                # that they have a choice among equals is no reason to solve them together: what else they mind is
                b.solve_at(tied, price, tie=np.zeros(len(price)), beyond=TIED)
                slack = state.slackness[live]
                state.slackness[tied] = 0.0
            settles = not len(tied) or not (np.abs(price) > FREE).any()
            if settles and not self.decided and self._tied(live) > TIES * ACTIVE[0]:
                raise _Tied(price)
            order = np.argpartition(slack, active - 1)[:active]
            chosen = np.sort(live[order])
            others = b.use - b.uses(chosen)
            blocks = np.append(chosen, balances)
            every = blocks, b.low - others, b.high - others
            furthest = slack[order][np.isfinite(slack[order])].max(initial=0.0) if len(tied) else slack[order].max()
            box = float(furthest) * np.maximum(np.abs(price), b.light)
            all_of_it = active == len(live) or not np.isfinite(box).all()
            more = None if all_of_it else misses(price + box, box - price)
            of_chosen = stated(b, *every, more, price=None if len(balances) else price)
            together = of_chosen.solved(b.end)
            start, price = price, together.price
            if (together.missed <= np.maximum(FITS, ROUNDED * b.extent)).all():
                rest = b.free.copy()
                rest[blocks] = False
                if b.priced(np.flatnonzero(rest), price):
                    b.bring(np.empty(0, np.int64), price)
                    settle(b, blocks, together)
                    return price, together
            elif len(balances):
                # what balances use is not known before: no direction tells
                stood.append(b.each(live))
                price = self._beyond(live, chosen, stood, of_chosen, min(WIDER**turn, WIDEST) * box, start)
            elif MOST * len(b.cost) < len(of_chosen.columns) < len(b.cost):
                active, price = len(live), start  # as soon as most of it is there, all of it is quicker than steps
            else:
                price = self._onward(live, start, price)
            active = int(GROWS * active)
        raise NoEnd
