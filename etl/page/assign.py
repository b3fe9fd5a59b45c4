"""Pairs with the greatest sum of scores, no row and no column used twice."""

from __future__ import annotations

import math
from collections.abc import Mapping

Pair = tuple[int, int]


def best_pairs(scores: Mapping[Pair, float]) -> list[Pair]:
    """The pairs of `scores`, all above 0.0, that together score most; in order.

    The Hungarian method with potentials (Kuhn 1955), on the cost that a pair has against being
    left alone: work grows with rows² × columns, so callers bound both.
    """
    rows = sorted({row for row, _ in scores})
    columns = sorted({column for _, column in scores})
    # One column more per row: to be left alone.
    width = len(columns) + len(rows)
    costs = [[0.0] * width for _ in rows]
    for at, row in enumerate(rows):
        for place, column in enumerate(columns):
            costs[at][place] = -scores.get((row, column), -math.inf)
            costs[at][place] = min(costs[at][place], 1e6)
    taken = _assign(costs, width)
    pairs = [
        (rows[row - 1], columns[place - 1])
        for place, row in enumerate(taken)
        if row and 0 < place <= len(columns) and (rows[row - 1], columns[place - 1]) in scores
    ]
    return sorted(pairs)


def _assign(costs: list[list[float]], width: int) -> list[int]:
    """Per column (from 1) the row (from 1) that takes it, or 0, at the least cost."""
    row_potential, potential = [0.0] * (len(costs) + 1), [0.0] * (width + 1)
    taken = [0] * (width + 1)
    for row in range(1, len(costs) + 1):
        taken[0] = row
        came_from = _cheapest_path(costs, width, row_potential, potential, taken)
        place = came_from.pop()
        while place:
            taken[place] = taken[came_from[place]]
            place = came_from[place]
    return taken


def _cheapest_path(
    costs: list[list[float]],
    width: int,
    row_potential: list[float],
    potential: list[float],
    taken: list[int],
) -> list[int]:
    """Per column where the path came from, and at the end the free column that it leads to."""
    least = [math.inf] * (width + 1)
    used = [False] * (width + 1)
    came_from = [0] * (width + 1)
    place = 0
    while taken[place] or not place:
        used[place] = True
        row, step, following = taken[place], math.inf, 0
        for one in range(1, width + 1):
            if used[one]:
                continue
            cost = costs[row - 1][one - 1] - row_potential[row] - potential[one]
            if cost < least[one]:
                least[one], came_from[one] = cost, place
            if least[one] < step:
                step, following = least[one], one
        for one in range(width + 1):
            if used[one]:
                row_potential[taken[one]] += step
                potential[one] -= step
            else:
                least[one] -= step
        place = following
    return [*came_from, place]
