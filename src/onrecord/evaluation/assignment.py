"""Pair rows with columns, one to one, so that the scores of the pairs add up to the most (linear assignment).

Shortest augmenting paths, as in Jonker and Volgenant 1987: rows are given a column one after the other, and those
that went before move over where that costs least. It takes rows² × columns steps, the last of them in numpy.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def best_pairs(scores: NDArray[np.float64]) -> list[tuple[int, int]]:
    """The pairs with the greatest sum, as many as the shorter side has.

    Args:
        scores: one finite number for each row and column.

    Returns:
        (row, column) in the order of the rows.

    >>> best_pairs(np.array([[0.9, 0.8], [0.8, 0.1]]))
    [(0, 1), (1, 0)]
    """
    rows, columns = scores.shape
    if rows > columns:
        return sorted((row, column) for column, row in best_pairs(scores.T))
    costs = -scores
    row_price = np.zeros(rows)
    column_price = np.zeros(columns)
    row_of = np.full(columns, -1)
    for start in range(rows):
        end, came_from = _find_path(costs, start, row_price, column_price, row_of)
        _move_over(row_of, end, came_from, start)
    return sorted((int(row), column) for column, row in enumerate(row_of) if row >= 0)


def _find_path(
    costs: NDArray[np.float64],
    start: int,
    row_price: NDArray[np.float64],
    column_price: NDArray[np.float64],
    row_of: NDArray[np.int_],
) -> tuple[int, NDArray[np.int_]]:
    """The cheapest way from a row without a column to a column without a row; the prices are brought up to date.

    Returns:
        The free column, and for each column the row from which the way comes to it.
    """
    columns = costs.shape[1]
    distance = np.full(columns, np.inf)
    came_from = np.full(columns, -1)
    is_done = np.zeros(columns, dtype=bool)
    row, so_far = start, 0.0
    while True:
        onward = so_far + costs[row] - row_price[row] - column_price
        is_shorter = ~is_done & (onward < distance)
        distance[is_shorter] = onward[is_shorter]
        came_from[is_shorter] = row
        column = int(np.argmin(np.where(is_done, np.inf, distance)))
        so_far = distance[column]
        if row_of[column] < 0:
            break
        is_done[column] = True
        row = int(row_of[column])
    row_price[start] += so_far
    row_price[row_of[is_done]] += so_far - distance[is_done]
    column_price[is_done] -= so_far - distance[is_done]
    return column, came_from


def _move_over(row_of: NDArray[np.int_], column: int, came_from: NDArray[np.int_], start: int) -> None:
    """Give each row on the way the column that it leads to, from the free one back to the row it starts from."""
    while True:
        row = int(came_from[column])
        before = np.flatnonzero(row_of == row)
        row_of[column] = row
        if row == start:
            return
        column = int(before[0])
