"""A holder's record that is wrong: reported, told to the holder, answered (R141)."""

from __future__ import annotations

from datetime import date

from payforsuccess.errors import Problem, Refusal, sentence
from payforsuccess.web.accounts.access import Access, action
from payforsuccess.web.audit.actions import record
from payforsuccess.web.people.days import refuse_ahead, refuse_before
from payforsuccess.web.people.holding import held
from payforsuccess.web.people.models import Enrolment, WrongRecord
from payforsuccess.web.people.opened import refuse_opened


@action
def report_wrong_record(
    *, by: Access, enrolment: Enrolment, feed: str, what: str, should_be: str, on: date
) -> WrongRecord:
    """What a feed has wrong of someone, and what is right."""
    by.require("record-services")
    refuse_opened(by, enrolment.participant)
    refuse_ahead(by, on)
    report = WrongRecord(
        enrolment=enrolment,
        feed=feed,
        what=what,
        should_be=should_be,
        found_on=on,
        reported_by=by.user,
    )
    report.full_clean()
    report.save()
    record(
        by.actor("record-services"), "wrong-record.reported", report, after={"feed": feed, "on": on}
    )
    return report


@action
def tell_holder(*, by: Access, report: WrongRecord, on: date) -> WrongRecord:
    """The holder of the record was told, on a day."""
    by.require("record-services")
    refuse_opened(by, report.enrolment.participant)
    _refuse_answered(held(report))
    refuse_ahead(by, on)
    refuse_before(report.found_on, on, sentence("’s record was found wrong"))
    report.told_on = on
    report.save()
    record(by.actor("record-services"), "wrong-record.told", report, after={"on": on})
    return report


@action
def answer_wrong_record(*, by: Access, report: WrongRecord, on: date, came_to: str) -> WrongRecord:
    """What the holder answered: corrected, or why not."""
    by.require("record-services")
    refuse_opened(by, report.enrolment.participant)
    _refuse_answered(held(report))
    refuse_ahead(by, on)
    refuse_before(report.told_on or report.found_on, on, sentence("’s holder was told"))
    report.answered_on, report.came_to = on, came_to
    report.full_clean()
    report.save()
    record(
        by.actor("record-services"),
        "wrong-record.answered",
        report,
        after={"on": on, "came_to": came_to},
    )
    return report


def _refuse_answered(report: WrongRecord) -> None:
    """Refusal once the holder has answered."""
    if report.answered_on is not None:
        raise Refusal(
            Problem(
                sentence("The holder answered on {on}.", on=report.answered_on),
                sentence("Report the record anew if it is still wrong."),
            )
        )
