"""Tells who asked for a coach to the application: referred, drawn, and met by the coach."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from payforsuccess.web.demo.cast import JAIL, Cast
from payforsuccess.web.demo.coaching.stories import LAST_DRAW, Asks
from payforsuccess.web.demo.told import Happening
from payforsuccess.web.people.actions import enrol, log_contact, record_consent
from payforsuccess.web.people.models import Consent
from payforsuccess.web.referrals.actions import (
    Circumstances,
    Person,
    change_state,
    note_release,
    refer,
)
from payforsuccess.web.referrals.drawing import draw_for
from payforsuccess.web.referrals.models import Referral

SITE = "East"
MEETINGS = (3, 17, 45)
"""Days after the draw on which the coach and the person speak."""


@dataclass
class CoachTeller:
    """One story on its way: what of it is in the application so far."""

    cast: Cast
    story: Asks
    is_last: bool
    referral: Referral | None = None

    def happenings(self, today: date) -> Iterator[Happening]:
        """From the referral to today; what only happens to who is placed asks when it is time."""
        yield Happening(self.story.referred_on, 8, self._refer)
        yield Happening(self.story.release_on, 6, self._release)
        if self.is_last:
            return
        drawn_on = self.story.drawn_on
        yield Happening(drawn_on, 9, self._draw)
        yield Happening(drawn_on + timedelta(2), 10, self._enrol)
        for after in MEETINGS:
            if drawn_on + timedelta(after) <= today:
                yield Happening(drawn_on + timedelta(after), 15, self._meet)

    def _refer(self) -> None:
        story = self.story
        self.referral = refer(
            by=self.cast.access("releases"),
            office=self.cast.organisations[JAIL],
            person=Person(
                story.given_name,
                story.family_name,
                story.born_on,
                sex=story.sex,
                race=story.race,
                language=story.language,
            ),
            circumstances=Circumstances(
                "jail",
                release_expected_on=story.release_on,
                facts={"asks-for-a-coach": "yes"},
            ),
        )

    def _release(self) -> None:
        self.referral = note_release(
            by=self.cast.access("releases"),
            referral=self._referred(),
            way="met",
            at=timezone.now(),
        )

    def _draw(self) -> None:
        self.referral = draw_for(by=self.cast.access("releases"), referral=self._referred())

    def _enrol(self) -> None:
        if self._referred().state != "placed":
            return
        by, on = self.cast.access("coach"), timezone.localdate()
        met = change_state(by=by, referral=self._referred(), to="met")
        enrol(by=by, referral=met, case_manager=by.user, site=SITE, on=on)
        consent = Consent(
            purpose="To determine and evaluate the outcomes of this deal",
            recipient="Example University",
            regime="the contract",
            form_version="A-1",
            language=self.story.language,
            is_given=True,
            said_on=on,
        )
        record_consent(by=by, participant=met.participant, consent=consent)
        self.referral = met

    def _meet(self) -> None:
        referral = self._referred()
        referral.refresh_from_db()
        if referral.enrolment is None:
            return
        log_contact(
            by=self.cast.access("coach"),
            enrolment=referral.enrolment,
            on=timezone.localdate(),
            kind="visit",
            is_reached=self.story.number % 4 > 0,
        )

    def _referred(self) -> Referral:
        assert self.referral is not None
        return self.referral


def tellers(cast: Cast, asked: list[Asks]) -> list[CoachTeller]:
    """One for each story; the last wait for their draw."""
    undrawn = {one.number for one in asked[-LAST_DRAW:]}
    return [CoachTeller(cast, one, one.number in undrawn) for one in asked]
