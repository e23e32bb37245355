"""People of tests: enrolled by the actions that pages call, with homes, contacts and reports."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone

from payforsuccess.web.people.actions import (
    ask_follow_up,
    enrol,
    log_contact,
    move_in,
    record_consent,
    report_harm,
    report_wrong_record,
)
from payforsuccess.web.people.models import Consent, Enrolment
from payforsuccess.web.referrals.actions import change_state
from payforsuccess.web.referrals.models import Referral
from tests.web.cast import Cast


def ago(days: int) -> date:
    """A day before today."""
    return timezone.localdate() - timedelta(days)


LONG_AGO = ago(1000)


def placed(cast: Cast, *, name: str = "Rowan", paper_on: date | None = LONG_AGO) -> Referral:
    """A referral of the jail that the provider took on; first written on paper, as a rule."""
    referral = cast.someone(name=name)
    referral.paper_on = paper_on
    referral.save()
    return change_state(by=cast.access("provider"), referral=referral, to="placed")


def enrolled(
    cast: Cast,
    *,
    name: str = "Rowan",
    on: date | None = None,
    role: str = "case-manager",
    site: str = "north",
) -> Enrolment:
    """Someone on the caseload of a role."""
    return enrol(
        by=cast.access(role),
        referral=placed(cast, name=name),
        case_manager=cast.users[role],
        site=site,
        on=on or ago(100),
    )


def housed(
    cast: Cast, *, name: str = "Rowan", on: date | None = None, enrolled_on: date | None = None
) -> Enrolment:
    """Someone in a home."""
    row = enrolled(cast, name=name, on=enrolled_on)
    on = on or ago(60)
    move_in(by=cast.access("case-manager"), enrolment=row, on=on, leased_on=on)
    return row


def spoken_with(cast: Cast, row: Enrolment, on: date, *, is_reached: bool = True) -> None:
    """A contact, or an attempt."""
    log_contact(
        by=cast.access("case-manager"), enrolment=row, on=on, kind="visit", is_reached=is_reached
    )


def consented(cast: Cast, row: Enrolment, **facts: object) -> Consent:
    """A consent in force, or as said."""
    plain: dict[str, object] = {
        "purpose": "To determine the outcomes",
        "recipient": cast.access("case-manager").organisations[0].name,
        "regime": "the contract",
        "form_version": "A-1",
        "language": "English",
        "is_given": True,
        "said_on": ago(90),
    }
    given = Consent(**{**plain, **facts})
    return record_consent(
        by=cast.access("case-manager"), participant=row.participant, consent=given
    )


def an_enrolment(cast: Cast | None) -> dict[str, object]:
    """The address of someone's page."""
    assert cast is not None
    return {"code": enrolled(cast).public_id}


def a_home(cast: Cast | None) -> dict[str, object]:
    """The same of someone in a home."""
    assert cast is not None
    return {"code": housed(cast).public_id}


def someone_placed(cast: Cast | None) -> dict[str, object]:
    """The address at which someone placed is enrolled."""
    assert cast is not None
    return {"code": placed(cast).public_id}


def a_follow_up(cast: Cast | None) -> dict[str, object]:
    """One that is open."""
    assert cast is not None
    row = enrolled(cast)
    asked = ask_follow_up(
        by=cast.access("case-manager"),
        enrolment=row,
        owner=cast.users["case-manager"],
        what="Call the landlord",
        due_on=ago(-3),
    )
    return {"code": row.public_id, "item": asked.public_id}


def a_consent(cast: Cast | None) -> dict[str, object]:
    """One that can be taken back."""
    assert cast is not None
    row = enrolled(cast)
    return {"code": row.public_id, "item": consented(cast, row).public_id}


def a_wrong_record(cast: Cast | None) -> dict[str, object]:
    """One that waits for its holder to be told."""
    assert cast is not None
    row = enrolled(cast)
    report = report_wrong_record(
        by=cast.access("case-manager"),
        enrolment=row,
        feed="housing",
        what="a wrong day",
        should_be="the right one",
        on=ago(1),
    )
    return {"code": row.public_id, "item": report.public_id}


def a_harm(cast: Cast | None) -> dict[str, object]:
    """A report."""
    assert cast is not None
    report = report_harm(
        by=cast.access("case-manager"),
        kind="incident",
        on=ago(1),
        says="A door was broken.",
        stops_service=False,
    )
    return {"code": report.public_id}


def an_extract(cast: Cast | None) -> dict[str, object]:
    """One of those that are listed."""
    return {"extract": "homes"}
