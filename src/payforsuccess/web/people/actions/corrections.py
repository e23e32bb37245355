"""A day that was recorded wrongly is put right, and the log keeps both days and the reason."""

from __future__ import annotations

import itertools
from datetime import date

from payforsuccess.errors import Problem, Refusal, sentence
from payforsuccess.web.accounts.access import Access, action
from payforsuccess.web.audit.actions import record
from payforsuccess.web.people.days import refuse_ahead, refuse_before
from payforsuccess.web.people.models import CORRECTABLE, CORRECTION_REASONS, Enrolment, Placement


@action
def correct_day(
    *,
    by: Access,
    row: Enrolment | Placement,
    field: str,
    on: date | None,
    reason: str,
) -> Enrolment | Placement:
    """Another day in the place of a wrong one; Refusal where days would stand in no order.

    field: one of `CORRECTABLE` of the row's kind. reason: one of `CORRECTION_REASONS`, a word and
    no free text, because the log goes out in exports. ValueError for another field or reason.
    """
    by.require("record-services")
    if field not in CORRECTABLE[type(row).__name__] or reason not in dict(CORRECTION_REASONS):
        raise ValueError(f"{field} is not corrected for {reason}")
    before: date | None = getattr(row, field)
    if on is not None:
        refuse_ahead(by, on)
    setattr(row, field, on)
    _in_order(row)
    row.save()
    record(
        by.actor("record-services"),
        "day.corrected",
        row,
        before={field: before},
        after={field: on, "reason": reason},
    )
    return row


def _in_order(row: Enrolment | Placement) -> None:
    enrolment = row if isinstance(row, Enrolment) else row.enrolment
    homes = list(enrolment.placements.all())
    if isinstance(row, Placement):
        homes = [row if home.pk == row.pk else home for home in homes]
        if row.moved_in_on is None:
            raise Refusal(
                Problem(
                    sentence("A home has a day of moving in."), sentence("Write the right day.")
                )
            )
    homes.sort(key=lambda home: home.moved_in_on)
    if enrolment.enrolled_on is None:
        raise Refusal(
            Problem(sentence("An enrolment has a first day."), sentence("Write the right day."))
        )
    if enrolment.exited_on is not None:
        refuse_before(enrolment.enrolled_on, enrolment.exited_on, sentence("enrolled"))
    for home in homes:
        refuse_before(enrolment.enrolled_on, home.moved_in_on, sentence("enrolled"))
        if home.moved_out_on is not None:
            refuse_before(home.moved_in_on, home.moved_out_on, sentence("moved in"))
    for earlier, later in itertools.pairwise(homes):
        if earlier.moved_out_on is None:
            raise Refusal(
                Problem(
                    sentence("The person would hold two homes at once."),
                    sentence("Write the day of moving out of the earlier home first."),
                )
            )
        refuse_before(
            earlier.moved_out_on, later.moved_in_on, sentence("moved out of the home before")
        )
