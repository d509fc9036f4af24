"""Small numbers of the report of no further action, kept back from readers whom they do not belong to.

A column keeps back what reports/small.py says. Two tables of one block say nearly the same where one follows from the other: an
outcome without a suspect and "no suspect named"; the CPS's reason and the Home Office outcome. What one table keeps back the
other must not give away, so the second is not shown at all then.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from cases.derive.states import OUTCOMES_WITHOUT_SUSPECT
from cases.outcome_codes import OUTCOMES
from reports.nfa_figures import Block, Row, Table
from reports.nfa_reading import NO_SUSPECT
from reports.small import hidden, is_small
from reports.turns import Figure

KEPT_BACK: Final = Figure(None)
NAMELESS: Final = frozenset(f"{code} {OUTCOMES[code]}" for code in OUTCOMES_WITHOUT_SUSPECT)
"""The lines of the outcomes that say that nobody was identified."""
REASON, CPS_REASON, STAGE = "reason", "cps reason", "stage"


def kept_from(block: Block) -> Block:
    """Return a block with its small numbers kept back, and what would give them away."""
    tables = [_table(one) for one in block.tables]
    closed = _closed({one.name: one for one in tables})
    return replace(block, total=_one(block.total), tables=[_nothing_of(one) if one.name in closed else one for one in tables])


def _closed(tables: dict[str, Table]) -> set[str]:
    """Return the tables that are not shown at all, because another says nearly the same and they keep back different lines."""
    found = set()
    reason, cps, stage = tables[REASON], tables.get(CPS_REASON), tables[STAGE]
    if cps is not None and (_keeps(reason) or _keeps(cps)):
        found.add(CPS_REASON)
    if bool(_keeps(reason) & NAMELESS) != bool(_keeps(stage) & {NO_SUSPECT}):
        found.add(STAGE)
    return found


def _keeps(table: Table) -> set[str]:
    return {row.words for row in table.rows if KEPT_BACK in row.cells}


def _nothing_of(table: Table) -> Table:
    rows = [Row(row.words, tuple(cell if cell.number == 0 else KEPT_BACK for cell in row.cells)) for row in table.rows]
    return replace(table, rows=rows)


def _table(table: Table) -> Table:
    columns = [_column([row.cells[place] for row in table.rows], adds_up=table.adds_up) for place in range(len(table.columns))]
    rows = [Row(row.words, tuple(column[line] for column in columns)) for line, row in enumerate(table.rows)]
    total = Row(table.total.words, tuple(_one(cell) for cell in table.total.cells)) if table.total else None
    return replace(table, rows=rows, total=total)


def _column(cells: Sequence[Figure], *, adds_up: bool) -> list[Figure]:
    numbers = [cell.number for cell in cells]
    places: Iterable[int] = hidden(numbers) if adds_up else {place for place, number in enumerate(numbers) if is_small(number)}
    return [KEPT_BACK if place in places else cell for place, cell in enumerate(cells)]


def _one(cell: Figure) -> Figure:
    return KEPT_BACK if is_small(cell.number) else cell
