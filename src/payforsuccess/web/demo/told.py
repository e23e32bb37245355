"""Tells the made-up people's stories to the application, through the actions that pages call.

Each story becomes happenings, each at an hour; those of everybody are told in the order of their
hours, so that the log reads as a county's would.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from payforsuccess.governance.referral import State
from payforsuccess.web.accounts.access import Access
from payforsuccess.web.demo.cast import COURT, JAIL, PROVIDER, Cast
from payforsuccess.web.demo.stories import SITES, Story
from payforsuccess.web.people.actions import (
    ask_follow_up,
    enrol,
    keep_contact_details,
    leave,
    log_contact,
    move_in,
    move_out,
    record_consent,
    tell_booking,
)
from payforsuccess.web.people.basis import TELL_BOOKINGS
from payforsuccess.web.people.models import Consent, Enrolment, Placement
from payforsuccess.web.referrals.actions import (
    Circumstances,
    Person,
    acknowledge,
    change_state,
    complete_facts,
    note_hearing,
    note_release,
    refer,
    say,
)
from payforsuccess.web.referrals.models import Referral

REFERRER = {"jail": ("jail", JAIL), "court": ("court", COURT)}
MANAGER = dict(zip(SITES, ("case", "case2", "case3"), strict=True))
STALE = 14
"""Days after which somebody in the office has settled what was open; the last ones are still so."""


@dataclass(frozen=True)
class Happening:
    """What happens at an hour of a day."""

    day: date
    hour: int
    do: Callable[[], object]

    @property
    def at(self) -> datetime:
        """The instant, in the county's zone."""
        return datetime.combine(self.day, time(self.hour), timezone.get_current_timezone())


@dataclass
class Teller:
    """One story on its way: what of it is in the application so far."""

    cast: Cast
    story: Story
    today: date
    referral: Referral | None = None
    enrolment: Enrolment | None = None
    home: Placement | None = None

    def happenings(self) -> Iterator[Happening]:
        """From the referral to what is so today; what lies ahead is not told."""
        for happening in self._all():
            if happening.day <= self.today:
                yield happening

    def _all(self) -> Iterator[Happening]:
        story = self.story
        is_stale = (self.today - story.referred_on).days > STALE
        yield Happening(story.referred_on, 8, self._refer)
        if story.is_eligible is None and is_stale:
            yield Happening(story.referred_on + timedelta(3), 9, self._complete)
        if story.is_eligible is False or (story.is_eligible is None and not is_stale):
            return
        placed_on = story.referred_on + timedelta(1 if story.is_eligible else 4)
        yield Happening(placed_on, 9, self._place)
        released_on = max(story.release_on, placed_on)
        if story.source == "jail":
            yield Happening(released_on, 6, self._release)
        else:
            yield Happening(released_on, 12, self._hear)
        if story.says_no:
            yield Happening(released_on + timedelta(2), 10, self._ends("withdrawn"))
        elif story.enrolled_on is None and is_stale:
            yield Happening(released_on + timedelta(9), 10, self._ends("lost"))
        elif story.enrolled_on is not None:
            yield from self._served(max(story.enrolled_on, released_on))

    def _served(self, enrolled_on: date) -> Iterator[Happening]:
        story = self.story
        yield Happening(enrolled_on, 13, self._enrol)
        for day, kind, is_reached in story.contacts:
            if day >= enrolled_on:
                yield Happening(day, 15, self._contact(day, kind, is_reached))
        if story.number % 9 == 0:
            yield Happening(self.today - timedelta(6), 11, self._follow_up)
        if story.moved_in_on is None or story.moved_in_on < enrolled_on:
            return
        yield Happening(story.moved_in_on, 14, self._move_in)
        if story.booked_on is not None:
            yield Happening(story.booked_on, 5, self._book(None))
            yield Happening(
                story.booked_on + timedelta(3), 5, self._book(story.booked_on + timedelta(3))
            )
        if story.moved_out_on is not None:
            yield Happening(story.moved_out_on, 16, self._move_out)

    # What happens -------------------------------------------------------------------------------

    def _refer(self) -> None:
        story = self.story
        username, office = REFERRER[story.source]
        self.referral = refer(
            by=self.cast.access(username),
            office=self.cast.organisations[office],
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
                release_expected_on=story.release_on if story.source == "jail" else None,
                hearing_on=story.release_on if story.source == "court" else None,
                facts={
                    "age": str(story.age),
                    "home": "rented" if story.has_home else "none",
                    "jail-stays-in-two-years": ""
                    if story.jail_stays is None
                    else str(story.jail_stays),
                },
            ),
        )

    def _complete(self) -> None:
        by = self.cast.access(self.story.source)
        facts = {"jail-stays-in-two-years": "2"}
        self.referral = complete_facts(by=by, referral=self._referred(), facts=facts)

    def _place(self) -> None:
        by = self.cast.access("provider")
        acknowledge(by=by, referral=self._referred())
        self.referral = change_state(by=by, referral=self._referred(), to="placed")
        if self.story.number % 6 == 0:
            text = "Thank you. We meet them at the gate; please call us if the hour changes."
            office = self.cast.organisations[PROVIDER]
            say(by=by, referral=self._referred(), office=office, text=text)

    def _release(self) -> None:
        way = "unmet" if self.story.is_released_unmet else "met"
        by = self.cast.access("jail")
        self.referral = note_release(
            by=by,
            referral=self._referred(),
            way=way,  # type: ignore[arg-type]
            at=timezone.now(),
        )

    def _hear(self) -> None:
        by = self.cast.access("court")
        self.referral = note_hearing(
            by=by,
            referral=self._referred(),
            on=self.story.release_on,
            came_to="released to the programme",
        )

    def _ends(self, to: State) -> Callable[[], None]:
        def do() -> None:
            self.referral = change_state(
                by=self.cast.access("provider"), referral=self._referred(), to=to
            )

        return do

    def _enrol(self) -> None:
        story, by = self.story, self._manager()
        on = timezone.localdate()
        referral = self._referred()
        if referral.state in ("placed", "released-unmet"):
            referral = change_state(by=by, referral=referral, to="met")
        self.enrolment = enrol(
            by=by, referral=referral, case_manager=by.user, site=story.site, on=on
        )
        for purpose, recipient in (
            ("To determine and evaluate the outcomes of this deal", "Example University"),
            (TELL_BOOKINGS, PROVIDER),
        ):
            if purpose == TELL_BOOKINGS and story.number % 4 == 0:
                continue
            consent = Consent(
                purpose=purpose,
                recipient=recipient,
                regime="the contract",
                form_version="A-1",
                language=story.language,
                is_given=True,
                said_on=on,
            )
            record_consent(by=by, participant=referral.participant, consent=consent)
        keep_contact_details(
            by=by,
            participant=referral.participant,
            telephone="555-01" + f"{story.number % 100:02}",
            address=f"{story.number} Example Street",
            unit=str(story.number % 40 + 1),
        )

    def _contact(self, day: date, kind: str, is_reached: bool) -> Callable[[], None]:
        def do() -> None:
            log_contact(
                by=self._manager(),
                enrolment=self._enrolled(),
                on=day,
                kind=kind,
                is_reached=is_reached,
            )

        return do

    def _follow_up(self) -> None:
        by = self._manager()
        self._enrolled().refresh_from_db()
        if self._enrolled().exited_on is None:
            ask_follow_up(
                by=by,
                enrolment=self._enrolled(),
                owner=by.user,
                what="Bring the form for the bus pass",
                due_on=self.today + timedelta(self.story.number % 5 - 1),
            )

    def _move_in(self) -> None:
        on = timezone.localdate()
        self.home = move_in(by=self._manager(), enrolment=self._enrolled(), on=on, leased_on=on)

    def _book(self, released_on: date | None) -> Callable[[], None]:
        def do() -> None:
            assert self.story.booked_on is not None
            tell_booking(
                by=self.cast.access("data"),
                participant=self._referred().participant,
                booked_on=self.story.booked_on,
                released_on=released_on,
                source=f"jail:{self.story.number}",
            )

        return do

    def _move_out(self) -> None:
        on, by = timezone.localdate(), self._manager()
        assert self.home is not None
        move_out(by=by, placement=self.home, on=on, to="unknown")
        leave(by=by, enrolment=self._enrolled(), on=on, kind=self.story.exit_kind)

    def _manager(self) -> Access:
        return self.cast.access(MANAGER[self.story.site])

    def _referred(self) -> Referral:
        assert self.referral is not None
        return self.referral

    def _enrolled(self) -> Enrolment:
        assert self.enrolment is not None
        return self.enrolment
