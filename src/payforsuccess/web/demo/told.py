"""Tells one made-up person's story to the application, through the actions that pages call."""

from __future__ import annotations

from datetime import date, timedelta

from payforsuccess.web.demo.calendar import at
from payforsuccess.web.demo.cast import COURT, JAIL, Cast
from payforsuccess.web.demo.stories import SITES, Story
from payforsuccess.web.people.actions import (
    enrol,
    keep_contact_details,
    leave,
    log_contact,
    move_in,
    move_out,
    record_consent,
    tell_booking,
)
from payforsuccess.web.people.models import Consent, Enrolment
from payforsuccess.web.referrals.actions import Circumstances, Person, change_state, refer
from payforsuccess.web.referrals.models import Referral

REFERRER = {"jail": ("jail", JAIL), "court": ("court", COURT)}
MANAGER = dict(zip(SITES, ("case", "case2", "case3"), strict=True))


def tell(cast: Cast, story: Story, *, today: date) -> None:
    """From the referral to what is so today; what lies ahead is not told."""
    referral = _refer(cast, story)
    if not story.is_eligible:
        return
    day = min(story.referred_on + timedelta(1), today)
    with at(day, 9):
        change_state(by=cast.access("provider"), referral=referral, to="placed")
    if story.is_released_unmet and story.release_on < today:
        with at(story.release_on, 4):
            change_state(by=cast.access(story.source), referral=referral, to="released-unmet")
    if story.says_no:
        if story.release_on + timedelta(3) <= today:
            with at(story.release_on + timedelta(3)):
                change_state(by=cast.access("provider"), referral=referral, to="withdrawn")
        return
    if story.enrolled_on is not None:
        _serve(cast, story, referral, story.enrolled_on)


def _refer(cast: Cast, story: Story) -> Referral:
    username, office = REFERRER[story.source]
    stays = "" if story.jail_stays is None else str(story.jail_stays)
    with at(story.referred_on, 8):
        return refer(
            by=cast.access(username),
            office=cast.organisations[office],
            person=Person(
                story.given_name,
                story.family_name,
                story.born_on,
                sex=story.sex,
                race=story.race,
                language=story.language,
            ),
            circumstances=Circumstances(
                story.source,
                release_expected_on=story.release_on,
                hearing_on=story.release_on if story.source == "court" else None,
                facts={
                    "age": str(story.age),
                    "home": "rented" if story.has_home else "none",
                    "jail-stays-in-two-years": stays,
                },
            ),
        )


def _serve(cast: Cast, story: Story, referral: Referral, enrolled_on: date) -> None:
    manager = MANAGER[story.site]
    with at(enrolled_on, 11):
        by = cast.access(manager)
        referral = change_state(by=by, referral=referral, to="met")
        enrolment = enrol(
            by=by,
            referral=referral,
            case_manager=by.user,
            site=story.site,
            on=enrolled_on,
        )
        record_consent(
            by=by,
            participant=referral.participant,
            consent=Consent(
                purpose="To determine and evaluate the outcomes of this deal",
                recipient="Example University",
                regime="the contract",
                form_version="A-1",
                language=story.language,
                is_given=True,
                said_on=enrolled_on,
            ),
        )
        keep_contact_details(
            by=by,
            participant=referral.participant,
            telephone="555-01" + f"{story.number % 100:02}",
            address=f"{story.number} Example Street",
            unit=str(story.number % 40 + 1),
        )
    for day, kind, is_reached in story.contacts:
        with at(day, 15):
            log_contact(
                by=cast.access(manager),
                enrolment=enrolment,
                on=day,
                kind=kind,
                is_reached=is_reached,
            )
    if story.moved_in_on is not None:
        _house(cast, story, referral, enrolment, story.moved_in_on)


def _house(
    cast: Cast, story: Story, referral: Referral, enrolment: Enrolment, moved_in_on: date
) -> None:
    by = cast.access(MANAGER[story.site])
    with at(moved_in_on, 13):
        home = move_in(by=by, enrolment=enrolment, on=moved_in_on, leased_on=moved_in_on)
    if story.booked_on is not None:
        with at(story.booked_on, 5):
            tell_booking(
                by=cast.access("data"),
                participant=referral.participant,
                booked_on=story.booked_on,
                released_on=None,
                source=f"jail:{story.number}",
            )
    if story.moved_out_on is not None:
        with at(story.moved_out_on, 16):
            move_out(by=by, placement=home, on=story.moved_out_on, to="unknown")
            leave(by=by, enrolment=enrolment, on=story.moved_out_on, kind=story.exit_kind)
