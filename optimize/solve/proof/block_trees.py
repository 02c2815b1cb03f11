"""Proof of a bound on plans of whole units by prices: at these every block has a tree, all checked in whole numbers.

Lagrangian relaxation: for prices y of rows, of the signs that they may have, no point has more than
``y b + sum over blocks of max (c - y A) x``, a block's x in whole numbers and within the rows that are the block's own.
A tree bounds each block (`tree`). Which columns are a block, and which prices are good ones, need not be believed: rows
that are left out and columns that stand alone can only raise the bound.

Source: Geoffrion (1974), Lagrangean relaxation for integer programming, Mathematical Programming Study 2, 82-114.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from ...brief import Brief
from ...model.model import Model
from .tree import Duals, Incomplete, Integers, Tree, TreeProof, check, make_sense


@dataclass(frozen=True)
class BlockTree(Brief):
    """A block: its columns, the rows that have no others, and a tree that counts both from 0.

    `best` + `gap` : what its points are worth at most, at the prices.
    """

    columns: tuple[int, ...]
    rows: tuple[int, ...]
    tree: Tree
    best: Fraction
    gap: Fraction


@dataclass(frozen=True)
class BlockTrees(Brief):
    """Prices of rows, in whole numbers of 2**-`DIGITS` as in a `Node`, and the blocks."""

    prices: Duals
    blocks: tuple[BlockTree, ...]


def check_blocks(program: Model | Integers, proof: BlockTrees) -> TreeProof:
    """Return the bound that prices and blocks prove, on every point of a program with whole numbers.

    Raises
    ------
    Incomplete
        A tree does not prove what it says of its block, a row of a block is not its own, or a price has the wrong sign.
    """
    data = program if isinstance(program, Integers) else Integers.of(program)
    make_sense(proof.prices, len(data.rows))
    left = data.reduced(proof.prices)
    bound, nodes = data.value(_ends(proof, data) * data.entry), 0
    rest = set(range(data.size))
    for block in proof.blocks:
        if not set(map(type, (*block.columns, *block.rows))) <= {int}:
            raise Incomplete("a number that is not whole")
        if len(set(block.columns)) < len(block.columns) or not rest.issuperset(block.columns):
            raise Incomplete("a column of two blocks")
        rest.difference_update(block.columns)
        found = check(data.part(block.columns, block.rows, left), block.tree, block.best, block.gap)
        bound += found.bound
        nodes += found.nodes
    return TreeProof(bound + data.value(_alone(rest, left, data)), nodes)


def _ends(proof: BlockTrees, data: Integers) -> int:
    """Return the sum of prices times the ends of their rows."""
    total = 0
    for i, y in proof.prices.items():
        end = data.row_ends[i][y > 0]
        if end is None and y:
            raise Incomplete("a price of the wrong sign")
        total += y * (end or 0)
    return total


def _alone(columns: Iterable[int], left: list[int], data: Integers) -> int:
    """Return what columns of no block are worth at most."""
    total = 0
    for j in columns:
        end = data.high[j] if left[j] > 0 else data.low[j]
        if end is None and left[j]:
            raise Incomplete("a column without an end")
        total += left[j] * (end or 0)
    return total
