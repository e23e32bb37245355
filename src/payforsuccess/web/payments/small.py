"""Lines behind which stand so few people that their number is not for every reader."""

from __future__ import annotations

from collections.abc import Sequence

from payforsuccess.deal.results import ResultUsed, Statement
from payforsuccess.disclosure import LEAST_THRESHOLD, tells_of_few
from payforsuccess.runs.statement.why import why
from payforsuccess.web.accounts.access import Access
from payforsuccess.web.payments.permissions import sees_books


def sees_arithmetic(access: Access) -> bool:
    """Whether small counts are for the reader: by the role, or since they approve or pay by them.

    A payor cannot answer for an amount without its arithmetic, nor the Auditor-Controller.
    """
    return bool(access.may("see-small-counts")) or sees_books(access)


def is_small(results: Sequence[ResultUsed], people: int) -> bool:
    """Whether ten people or fewer stand behind a line, by its rows or by a result it rests on."""
    return 0 < people <= LEAST_THRESHOLD or any(
        tells_of_few(each.value, each.unit, each.people) for each in results
    )


def has_small_lines(access: Access, statement: Statement) -> bool:
    """Whether ten people or fewer stand behind any line of a statement."""
    if is_small(statement.results, 0):
        return True
    path = access.initiative.path
    lines = (
        why(path, statement=statement.number, line=str(number))
        for number in range(1, len(statement.lines) + 1)
    )
    return any(is_small(each.results, len(each.people)) for each in lines)
