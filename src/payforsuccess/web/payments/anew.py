"""What pages say while the newest measurement is not what was signed."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from payforsuccess.deal.results import Result, ResultUsed
from payforsuccess.deal.words.phrases import counted
from payforsuccess.payments.measured_anew import Differs
from payforsuccess.web.accounts.access import Access
from payforsuccess.web.payments.book import PeriodPage
from payforsuccess.web.payments.small import sees_arithmetic
from payforsuccess.web.ui.tables import Column, Table


def anew_words(page: PeriodPage) -> str:
    """That the measurement of the period is otherwise now; empty where it is not."""
    if not page.anew:
        return ""
    return _(
        "The newest measurement is not what was signed for this period. What was signed is paid on "
        "until the evaluator signs in its place; what that changes comes as a correction in the "
        "next statement."
    )


def anew_warning(page: PeriodPage) -> str:
    """What whoever approves or pays a statement is told of what it rests on; empty for nothing."""
    periods = page.anew_behind
    if not periods:
        return ""
    return _(
        "The newest measurement is not what was signed for period %(periods)s, on which this "
        "statement rests. A part of its amount may be corrected in the next statement."
    ) % {"periods": ", ".join(map(str, periods))}


def anew_table(access: Access, page: PeriodPage) -> Table | None:
    """What was signed and what is found now, for those who see small counts."""
    if not page.anew or not sees_arithmetic(access):
        return None
    return signed_and_found(access, page.anew)


def signed_and_found(
    access: Access,
    differs: Sequence[Differs],
    was: Sequence[Result] = (),
    now: Sequence[Result] = (),
) -> Table:
    """What differs, and then what is as it was signed; both sides beside each other.

    was, now: all results of a determination and those in their place, in the same order.
    """
    changed = {each.signed.slot for each in differs}
    pairs = [(each.signed, _found(access, each)) for each in differs]
    pairs += [
        (first, _value(access, second))
        for first, second in zip(was, now, strict=True)
        if first.slot not in changed
    ]
    return Table(
        caption=_("What was signed, and what is found now"),
        columns=(
            Column(_("Outcome")),
            Column(_("For period"), is_number=True),
            Column(_("Signed"), is_number=True),
            Column(_("Found now"), is_number=True),
        ),
        rows=[
            (
                access.initiative.deal.outcomes[signed.outcome].says,
                str(signed.period or signed.point or ""),
                _value(access, signed),
                found,
            )
            for signed, found in pairs
        ],
    )


def replaced_words(page: PeriodPage, used: Sequence[ResultUsed]) -> list[str]:
    """Of each determination used that is in place of another: which, and why."""
    numbers = {each.determination for each in used}
    return [
        _("Determination %(number)d is in place of %(was)d: %(reason)s")
        % {"number": each.number, "was": each.supersedes, "reason": each.reason}
        for each in page.determinations
        if each.number in numbers and each.supersedes is not None
    ]


def _found(access: Access, differs: Differs) -> str:
    """The value, and that other people stand behind the same number."""
    said = _value(access, differs.measured)
    if differs.signed.value == differs.measured.value:
        return _("%(value)s, of other people") % {"value": said}
    return said


def _value(access: Access, result: Result) -> str:
    return counted(result.value, access.initiative.deal.outcomes[result.outcome].unit)
