"""Random cases in the contract's format, feasible by construction: budgets, floors and caps are set
around a plan that keeps them all. A seed always gives the same files."""

from __future__ import annotations

import csv
import json
import math
import random
from pathlib import Path

Cell = str | float
SAATY = ("1/9", "1/7", "1/5", "1/4", "1/3", "1/2", "1", "2", "3", "4", "5", "7", "9")
WIDTH = {"track": 0, "type": 1, "city": 2}


def write_table(path: Path, header: str, rows: list[list[Cell]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header.split(","), *rows])


def named(key: str, english: str, chinese: str) -> list[Cell]:
    """The first columns of a table: an id, such as t3, and its names."""
    return [key, f"{english} {key[1:]}", f"{chinese}{key[1:]}"]


def down(value: float) -> float:
    """Round a bound down, so that what it was made from stays above it."""
    return math.floor(value * 1e4) / 1e4


def up(value: float) -> float:
    return math.ceil(value * 1e4) / 1e4


def write_random_case(
    folder: Path,
    seed: int,
    *,
    tracks: int = 4,
    factors: int = 3,
    measures: int = 5,
    resources: int = 2,
    rules: bool = True,
    segments: bool = False,
    periods: int = 0,
    kinds: bool = False,
    relations: bool = False,
) -> None:
    """Write a case; with `segments` some effects diminish in steps of `up_to`.

    `periods` (0: the case names none) brings lags, carry, costs and rules of a period, and at times
    a discount and a decay; `kinds` levels that are not continuous; `relations` the rules `requires`
    and `excludes`. All of these draw from a second source, so the rest of a seed stays as it is.
    """
    rng, more = random.Random(seed), random.Random(f"{seed} more")
    labels = [f"p{i + 1}" for i in range(periods)] or [""]
    decay = more.choice([0.0, 0.0, 0.2]) if periods else 0.0
    track_ids = [f"t{i + 1}" for i in range(tracks)]
    factor_ids = [f"f{i + 1}" for i in range(factors)]
    measure_ids = [f"m{i + 1}" for i in range(measures)]
    resource_ids = [f"r{i + 1}" for i in range(resources)]
    type_ids = [f"k{i + 1}" for i in range(max(1, min(3, tracks - 1)))]

    (folder / "case.toml").parent.mkdir(parents=True, exist_ok=True)
    (folder / "case.toml").write_text(
        f'name_en = "Random case {seed}"\nname_zh = "随机算例{seed}"\nweights = "ahp"\n'
        'method = "topsis"\nstance = "even"\nobjective = "weighted"\nrandom_index = "saaty"\n'
        + (f"periods = {json.dumps(labels)}\ndiscount = {more.choice([1, 0.9])}\n" if periods else "")
        + (f"decay = {decay}\n" if decay else ""),
        encoding="utf-8",
    )

    # every type has a track while there are enough of them
    type_of = dict(zip(track_ids, type_ids, strict=False))
    type_of |= {t: rng.choice(type_ids) for t in track_ids[len(type_ids) :]}
    write_table(
        folder / "tracks.csv",
        "track,name_en,name_zh,type",
        [[*named(t, "Track", "赛道"), type_of[t]] for t in track_ids],
    )
    write_table(
        folder / "types.csv",
        "type,name_en,name_zh",
        [named(k, "Type", "类型") for k in type_ids],
    )

    gap = write_levels(folder, rng, track_ids, factor_ids)
    write_judgements(folder, rng, factor_ids)

    # measures: the first three have the three scopes, so that none is ever missing
    scopes = ["track", "type", "city"]
    scope = {m: scopes[i] if i < 3 else rng.choice(scopes) for i, m in enumerate(measure_ids)}
    dimension = {m: rng.choice(["d1", "d2"]) for m in measure_ids}
    stage = {m: rng.choice(["s1", "s2", "s3"]) for m in measure_ids}
    max_level = {m: rng.choice([0.5, 1.0, 1.0, 2.0]) for m in measure_ids}
    kind = dict.fromkeys(measure_ids, "")  # a blank kind is continuous
    if kinds:
        # in turn, from a random one on
        order = ["integer", "binary", "semi", ""] * 2
        first = more.randrange(4)
        kind = {m: order[(first + i) % 4] for i, m in enumerate(measure_ids)}
        max_level |= {m: more.choice([1.0, 2.0, 3.0]) for m in measure_ids if kind[m] == "integer"}
        max_level |= {m: 1.0 for m in measure_ids if kind[m] == "binary"}
    min_level = {m: round(0.4 * max_level[m], 2) for m in measure_ids if kind[m] == "semi"}
    lag = {m: more.choice([0, 0, 1]) if periods else 0 for m in measure_ids}
    extended = bool(periods or kinds)
    write_table(
        folder / "measures.csv",
        "measure,name_en,name_zh,dimension,stage,scope,kind,max_level" + ",min_level,lag" * extended,
        [
            [*named(m, "Measure", "措施"), dimension[m], stage[m], scope[m], kind[m], max_level[m]]
            + [min_level.get(m, ""), lag[m]] * extended
            for m in measure_ids
        ],
    )
    cost = {
        (m, r): round(rng.uniform(1, 20) * {"track": 1, "type": 2, "city": 3}[scope[m]], 2)
        for m in measure_ids
        for r in resource_ids
        if r == resource_ids[0] or rng.random() < 0.5
    }
    special = {}  # the cost of one period where it differs
    for (m, r), c in sorted(cost.items()):
        if periods and more.random() < 0.3:
            special[m, r, more.choice(labels)] = round(c * more.uniform(0.6, 1.6), 2)
    blank: list[Cell] = [""] * bool(periods)
    cost_rows: list[list[Cell]] = [[m, r, c, *blank] for (m, r), c in sorted(cost.items())]
    cost_rows += [[m, r, c, p] for (m, r, p), c in special.items()]
    write_table(
        folder / "costs.csv",
        "measure,resource,cost" + ",period" * bool(periods),
        cost_rows,
    )

    # effects: (measure, row key, factor) -> segments of (effect, up_to)
    effects: dict[tuple[str, str, str], list[tuple[float, float | None]]] = {}

    def put(m: str, key: str, f: str, low: float, high: float) -> None:
        first = round(rng.uniform(low, high), 3)
        effects[m, key, f] = [(first, None)]
        if segments and rng.random() < 0.5:
            bend = max_level[m] / 2
            effects[m, key, f] = [(first, bend), (round(first * rng.uniform(0.2, 0.9), 3), None)]

    for m in measure_ids:
        for f in rng.sample(factor_ids, rng.randint(1, min(2, factors))):
            wide = rng.random() < 0.7
            if wide:
                put(m, "*", f, 0.1, 0.6)
            if rng.random() < 0.4 or not wide:
                put(m, f"type:{rng.choice(type_ids)}", f, 0.1, 0.9)
            if rng.random() < 0.3:
                put(m, rng.choice(track_ids), f, 0.05, 1.0)
            if rng.random() < 0.15:  # a track that the wider row does not reach
                effects[m, rng.choice(track_ids), f] = [(0.0, None)]
        if not any(e > 0 for (n, _, _), steps in effects.items() if n == m for e, _ in steps):
            put(m, "*", rng.choice(factor_ids), 0.1, 0.6)

    def steps_of(m: str, t: str, f: str) -> list[tuple[float, float | None]]:
        keys = [(m, t, f), (m, f"type:{type_of[t]}", f), (m, "*", f)]
        return next((effects[key] for key in keys if key in effects), [])

    def closes(m: str, t: str, f: str, level: float) -> float:
        done = start = 0.0
        for effect, end in steps_of(m, t, f):
            stop = min(level, math.inf if end is None else end)
            done += effect * max(stop - start, 0)
            start = max(start, stop)
        return done

    def feels(t: str, m: str) -> bool:
        return any(e > 0 for f in factor_ids for e, _ in steps_of(m, t, f))

    for m in measure_ids:
        if not any(feels(t, m) for t in track_ids):  # the zeros took away all that there was
            for row in [row for row in effects if row[0] == m and effects[row] == [(0.0, None)]]:
                del effects[row]
    write_table(
        folder / "effects.csv",
        "measure,track,factor,effect,up_to",
        [
            [m, key, f, effect, "" if end is None else end]
            for (m, key, f), steps in effects.items()
            for effect, end in steps
        ],
    )

    def place(t: str, m: str) -> str:
        return {"track": t, "type": type_of[t], "city": "*"}[scope[m]]

    # one plan that keeps everything: random levels, and budgets and rules that they fit
    places = {(m, place(t, m)) for m in measure_ids for t in track_ids if feels(t, m)}
    level = {}
    for m, at in sorted(places):
        level[m, at] = max_level[m] * rng.random() * rng.choice([0, 0.5, 1])
    plan = {
        (m, at): split(more, kind[m], x, max_level[m], min_level.get(m, 0.0), len(labels))
        for (m, at), x in level.items()
    }
    related = relate(more, plan, scope, type_of, kind, min_level) if relations else []

    spend: dict[tuple[str, str, str, str], float] = {}
    for (m, at), parts in plan.items():
        for p, x in zip(labels, parts, strict=True):
            for r in resource_ids:
                spend[m, at, r, p] = special.get((m, r, p), cost.get((m, r), 0)) * x
    budget: dict[tuple[str, str], float] = {}
    resource_rows: list[list[Cell]] = []
    for r in resource_ids:
        uses = [sum(s for (_, _, q, n), s in spend.items() if (q, n) == (r, p)) for p in labels]
        everything = sum(cost.get((m, r), 0) * max_level[m] for m, _ in places)
        # between a budget that the plan uses up and one that pays for all
        spare = rng.uniform(0, 0.2) * max(everything - sum(uses), 0)
        carry = more.choice([0, 0.5, 1]) if periods else 0
        amounts = by_period(uses, spare, carry, at_once=carry > 0 and more.random() < 0.4)
        budget |= {(r, p): amount for p, amount in zip(labels, amounts, strict=True)}
        # a period without a row has nothing, and so have all but the first if there is no row
        once = not any(amounts[1:])
        resource_rows.append([*named(r, "Resource", "资源"), "unit", amounts[0] if once else "", carry])
    write_table(
        folder / "resources.csv",
        "resource,name_en,name_zh,unit,budget,carry",
        resource_rows,
    )
    several = {r for (r, p), amount in budget.items() if p != labels[0] and amount > 0}
    budget_rows: list[list[Cell]] = [[r, p, b] for (r, p), b in budget.items() if r in several and b > 0]
    if budget_rows:
        write_table(folder / "budgets.csv", "resource,period,amount", budget_rows)

    closed = {pair: [0.0] * len(labels) for pair in gap}
    for (m, at), parts in plan.items():
        for t, f in closed:
            if not (feels(t, m) and place(t, m) == at):
                continue
            for now in range(len(labels)):
                done = closes(m, t, f, sum(parts[: now + 1])) - closes(m, t, f, sum(parts[:now]))
                for later in range(now + lag[m], len(labels)):
                    closed[t, f][later] += done * (1 - decay) ** (later - lag[m] - now)
    for pair, parts in closed.items():
        closed[pair] = [min(x, gap[pair]) for x in parts]

    made: list[list[Cell]] = []

    def rule(kind: str, over: str, key: str, of: str, has: float, whole: float, when: str) -> None:
        """A floor below or a cap above what the plan has, as an amount or as a share."""
        if whole <= 0:
            return
        bound = has * (rng.uniform(0.3, 0.9) if kind == "floor" else rng.uniform(1.0, 1.5))
        as_share = rng.random() < 0.5
        value = bound / whole if as_share else bound
        value = down(value) if kind == "floor" else up(value)
        if value <= 0 or (as_share and value > 1):
            return
        pair: list[Cell] = ["", value] if as_share else [value, ""]
        made.append([f"rule{len(made) + 1}", kind, over, key, of, *pair] + [when] * bool(periods))

    for _ in range(rng.randint(1, 4) if rules else 0):
        sense = rng.choice(["floor", "cap"])
        when = more.choice(["", *labels]) if periods else ""
        if rng.random() < 0.5:
            over = rng.choice(["track", "type", "factor"])
            key = rng.choice({"track": track_ids, "type": type_ids, "factor": factor_ids}[over])
            group = [p for p in gap if key in (p[0], p[1], type_of[p[0]])]
            whole = sum(gap[p] for p in group)
            if whole > 0.01:
                last = labels.index(when) if when else -1
                rule(sense, over, key, "closed", sum(closed[p][last] for p in group), whole, when)
            continue
        over = rng.choice(["track", "type", "dimension", "stage", "measure", "all"])
        m, target = rng.choice(sorted(level))
        r = rng.choice(resource_ids)
        key = {"dimension": dimension[m], "stage": stage[m], "measure": m, "all": ""}.get(over, "")
        if over == "track":
            key = target if scope[m] == "track" else rng.choice(track_ids)
        if over == "type":
            key = target if scope[m] == "type" else rng.choice(type_ids)
        has = 0.0
        for (n, at, q, p), s in spend.items():
            there = {"track": at if scope[n] == "track" else "", "measure": n, "all": ""}
            there |= {"type": type_of.get(at, at), "dimension": dimension[n], "stage": stage[n]}
            has += s if q == r and when in ("", p) and there[over] == key else 0
        whole = sum(b for (q, p), b in budget.items() if q == r and when in ("", p))
        rule(sense, over, key, r, has, whole, when)
    made += [[f"rule{len(made) + i + 1}", *row] + [""] * bool(periods) for i, row in enumerate(related)]
    if made:
        header = "rule,kind,over,key,of,amount,share" + ",period" * bool(periods)
        write_table(folder / "rules.csv", header, made)

    write_table(
        folder / "sources.csv",
        "table,row,column,kind,note",
        [
            ["scores", "", "", rng.choice(["measured", "paper"]), "random numbers"],
            ["effects", "", "", "assumption", "random numbers"],
            ["costs", "", "", "judgement", "random numbers"],
        ],
    )


def split(
    more: random.Random,
    kind: str,
    level: float,
    highest: float,
    least: float,
    periods: int,
) -> list[float]:
    """Turn a level into one that its kind allows, spread over the periods."""
    parts = [0.0] * periods
    if kind == "integer":
        for _ in range(int(min(level + 0.5, highest))):
            parts[more.randrange(periods)] += 1
    elif kind == "binary":
        parts[more.randrange(periods)] = float(level >= 0.4)
    elif kind == "semi":
        level = level if level >= least else more.choice([0, least])
        parts[more.randrange(periods)] = level
    elif periods == 1:
        parts = [level]
    else:
        shares = [more.choice([0, 1]) * more.random() for _ in range(periods)]
        parts = [level * share / (sum(shares) or 1) for share in shares]
    return parts


def by_period(uses: list[float], spare: float, carry: float, at_once: bool) -> list[float]:
    """Budgets that pay for the uses; with `at_once` all of it comes in the first period."""
    if at_once:
        needed = 0.0
        for use in reversed(uses):
            needed = use + needed / carry
        return [up(max(needed + spare, 1.0))] + [0.0] * (len(uses) - 1)
    found, unspent = [], 0.0
    for i, use in enumerate(uses):
        short = max(use - carry * unspent, 0) + spare / len(uses)
        found.append(up(max(short, 0.0 if i else 1.0)))
        unspent = found[-1] + carry * unspent - use
    return found


def relate(
    more: random.Random,
    plan: dict[tuple[str, str], list[float]],
    scope: dict[str, str],
    type_of: dict[str, str],
    kind: dict[str, str],
    min_level: dict[str, float],
) -> list[list[Cell]]:
    """Draw rules that relate measures, and lower the plan until it keeps them."""
    measures = sorted(scope)
    rows: list[list[Cell]] = []
    excluded = []
    needs: list[tuple[str, str, float]] = []
    for _ in range(more.randint(1, 2) if len(measures) > 1 else 0):
        group = sorted(more.sample(measures, min(len(measures), more.choice([2, 2, 3]))))
        excluded.append(group)
        rows.append(["excludes", "measure", ";".join(group), "", "", ""])
    pairs = [(a, b) for a in measures for b in measures if a != b and WIDTH[scope[a]] <= WIDTH[scope[b]]]
    for _ in range(more.randint(1, 2) if pairs else 0):
        key, of = more.choice(pairs)
        if any({key, of} == {a, b} for a, b, _ in needs):
            continue  # the same again, or a circle
        ratio = more.choice([0.5, 1.0, 2.0, None])
        needs.append((key, of, 1.0 if ratio is None else ratio))
        rows.append(["requires", "measure", key, of, "" if ratio is None else ratio, ""])

    def at(target: str, of: str) -> str:
        return {"city": "*", "type": type_of.get(target, target), "track": target}[scope[of]]

    for group in excluded:
        for one, other in [(a, b) for a in plan for b in plan if a[0] != b[0]]:
            both = one[0] in group and other[0] in group and any(plan[one]) and any(plan[other])
            nested = WIDTH[scope[one[0]]] <= WIDTH[scope[other[0]]]
            if both and nested and at(one[1], other[0]) == other[1]:
                loser = more.choice([one, other])
                plan[loser] = [0.0] * len(plan[loser])
    for _ in needs:  # as often as the longest chain of them
        for key, of, ratio in needs:
            for (m, target), parts in plan.items():
                if m != key:
                    continue
                there = plan.get((of, at(target, of)), [0.0] * len(parts))
                for p in range(len(parts)):
                    room = max(ratio * sum(there[: p + 1]) - sum(parts[:p]), 0.0)
                    if kind[m] in ("integer", "binary"):
                        room = math.floor(room)
                    if parts[p] > room:
                        parts[p] = room if room >= min_level.get(m, 0.0) else 0.0
    return rows


def write_levels(
    folder: Path, rng: random.Random, track_ids: list[str], factor_ids: list[str]
) -> dict[tuple[str, str], float]:
    """Write factors and scores; give the gaps."""
    factor_rows: list[list[Cell]] = []
    columns: list[list[float]] = []
    gap = {}
    for i, f in enumerate(factor_ids):
        low, high = round(rng.uniform(0, 5), 1), round(rng.uniform(20, 90), 1)
        # the first two factors have the two directions
        direction = ["max", "min"][i] if i < 2 else rng.choice(["max", "min"])
        worst, target = (low, high) if direction == "max" else (high, low)
        texts = named(f, "Factor", "因素")
        factor_rows.append([*texts, direction, worst, target, rng.randint(1, 9)])
        column = []
        for t in track_ids:
            level = rng.uniform(0, 0.95)
            level = rng.choice([-0.05, 1.1]) if rng.random() < 0.08 else level  # beyond the scale
            # entropy weights and the sum normalisation need scores above 0
            score = max(round(worst + level * (target - worst), 2), 0.01)
            column.append(score)
            gap[t, f] = 1 - min(max((score - worst) / (target - worst), 0), 1)
        columns.append(column)
    write_table(
        folder / "factors.csv",
        "factor,name_en,name_zh,direction,worst,target,weight",
        factor_rows,
    )
    write_table(
        folder / "scores.csv",
        ",".join(["track", *factor_ids]),
        [[t, *(column[i] for column in columns)] for i, t in enumerate(track_ids)],
    )
    return gap


def write_judgements(folder: Path, rng: random.Random, factor_ids: list[str]) -> None:
    """Write one pairwise matrix, not quite consistent; the lower half is blank half of the time."""
    hidden = [rng.uniform(1, 5) for _ in factor_ids]
    blank = rng.random() < 0.5
    rows: list[list[Cell]] = [[f, *["1"] * len(factor_ids)] for f in factor_ids]
    for i in range(len(factor_ids)):
        for j in range(i + 1, len(factor_ids)):
            ratio = hidden[i] / hidden[j] * rng.uniform(0.8, 1.25)
            misses = [abs(math.log(fraction(text) / ratio)) for text in SAATY]
            nearest = misses.index(min(misses))
            rows[i][j + 1] = SAATY[nearest]
            # the scale is its own mirror image: the reciprocal stands at the other end
            rows[j][i + 1] = "" if blank else SAATY[-1 - nearest]
    write_table(folder / "judgements" / "factors.csv", ",".join(["factor", *factor_ids]), rows)


def fraction(text: str) -> float:
    above, _, below = text.partition("/")
    return float(above) / float(below or 1)
