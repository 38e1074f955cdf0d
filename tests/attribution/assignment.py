"""The best one-to-one assignment of rows to columns, in plain Python."""

from collections.abc import Sequence


def assign_pairs(gains: Sequence[Sequence[int]]) -> dict[int, int]:
    """Return the column of each row, so that no column is used twice and the sum of the gains is highest.

    With more rows than columns, some rows have no column. This is the Hungarian method with potentials, O(rows²
    columns).
    """
    if not gains or not gains[0]:
        return {}
    if len(gains) > len(gains[0]):
        turned = assign_pairs([list(column) for column in zip(*gains, strict=True)])
        return {row: column for column, row in turned.items()}
    return _assign([[-gain for gain in row] for row in gains])


def _assign(costs: Sequence[Sequence[int]]) -> dict[int, int]:
    """Assign rows to at least as many columns. Index 0 of each list below stands for "no row" and "no column"."""
    rows, columns = len(costs), len(costs[0])
    row_potential = [0] * (rows + 1)
    column_potential = [0] * (columns + 1)
    row_of = [0] * (columns + 1)
    for row in range(1, rows + 1):
        row_of[0] = row
        path, last = _cheapest_path(costs, row_of, row_potential, column_potential)
        while last:
            row_of[last] = row_of[path[last]]
            last = path[last]
    return {row - 1: column - 1 for column, row in enumerate(row_of) if column and row}


def _cheapest_path(
    costs: Sequence[Sequence[int]], row_of: list[int], row_potential: list[int], column_potential: list[int]
) -> tuple[list[int], int]:
    """Return the column before each one on the cheapest path from column 0 to a free column, and that column."""
    columns = len(column_potential)
    path = [0] * columns
    least: list[float] = [float("inf")] * columns
    seen = [False] * columns
    at = 0
    while row_of[at]:
        seen[at] = True
        row = row_of[at]
        for column in range(1, columns):
            reduced = costs[row - 1][column - 1] - row_potential[row] - column_potential[column]
            if not seen[column] and reduced < least[column]:
                least[column], path[column] = reduced, at
        following = min((c for c in range(1, columns) if not seen[c]), key=least.__getitem__)
        step = int(least[following])
        for column in range(columns):
            if seen[column]:
                row_potential[row_of[column]] += step
                column_potential[column] -= step
            else:
                least[column] -= step
        at = following
    return path, at
