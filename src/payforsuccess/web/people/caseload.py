"""A caseload as Today shows it: each person with what needs doing, from a fixed number of queries.

The rules stand in `governance.caseload` and `governance.stability`; here they are asked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import TypeVar

from django.urls import reverse
from django.utils.translation import gettext as _

from payforsuccess.governance.caseload import (
    CHECKS_AHEAD_DAYS,
    Known,
    Missing,
    Stay,
    days_housed,
    days_quiet,
    housed_on,
    is_quiet,
    missing,
)
from payforsuccess.governance.stability import Course, Ending, Goal, course, goals
from payforsuccess.web.accounts.access import Access
from payforsuccess.web.people.basis import agreed_basis, consented_basis, sees_bookings, unasked
from payforsuccess.web.people.models import (
    Booking,
    Consent,
    Enrolment,
    FollowUp,
    Participant,
    Placement,
)
from payforsuccess.web.people.queries import caseload_rows, sites_of
from payforsuccess.web.people.words import MISSING, Text

R = TypeVar("R")
NEWS_DAYS = 1
"""Bookings and releases of yesterday and today are news."""


@dataclass(frozen=True)
class Someone:
    """One person of a caseload on a day.

    homes: in order. answers: the consents, the newest first. basis: under which bookings are
    shown, or nothing. unasked: the purposes to which the person said neither yes nor no.
    """

    enrolment: Enrolment
    on: date
    goals: Sequence[Goal]
    homes: Sequence[Placement] = ()
    answers: Sequence[Consent] = ()
    basis: str = ""
    bookings: Sequence[Booking] = ()
    follow_ups: list[FollowUp] = field(default_factory=list)
    unasked: Sequence[str] = ()

    @property
    def person(self) -> Participant:
        """Who it is."""
        return self.enrolment.participant

    @property
    def name(self) -> str:
        """Family name first, as lists are read."""
        return f"{self.person.family_name}, {self.person.given_name}"

    @cached_property
    def stays(self) -> list[Stay]:
        """The homes in order."""
        return [Stay(home.moved_in_on, home.moved_out_on) for home in self.homes]

    @cached_property
    def home(self) -> Stay | None:
        """The home today."""
        return housed_on(self.stays, on=self.on)

    @cached_property
    def nights(self) -> int:
        """Days housed so far, as of yesterday."""
        return days_housed(self.stays, on=self.on)

    @property
    def reached_on(self) -> date | None:
        """The last day on which someone spoke with the person."""
        return getattr(self.enrolment, "reached_on", None)

    @property
    def tried_on(self) -> date | None:
        """The last attempt that failed, if it is later than the last contact."""
        tried: date | None = getattr(self.enrolment, "tried_on", None)
        return tried if tried and (not self.reached_on or tried > self.reached_on) else None

    @cached_property
    def quiet_days(self) -> int:
        """Days since the last contact."""
        since = self.enrolment.enrolled_on
        return days_quiet(self.reached_on, enrolled_on=since, on=self.on)

    @cached_property
    def is_quiet(self) -> bool:
        """Gone quiet, by the rule of `governance.caseload`."""
        since = self.enrolment.enrolled_on
        return is_quiet(self.reached_on, enrolled_on=since, on=self.on)

    @cached_property
    def courses(self) -> list[Course]:
        """Where the person stands towards each goal of the deal."""
        row = self.enrolment
        left = row.exited_on
        ending = None
        if left is not None and row.exit_kind in ("died", "moved"):
            ending = Ending("death" if row.exit_kind == "died" else "move", left)
        well = left if row.exit_kind == "good" else None
        return [
            course(
                goal,
                self.stays,
                enrolled_on=row.enrolled_on,
                on=self.on,
                ending=ending,
                left_well_on=well,
            )
            for goal in self.goals
        ]

    @cached_property
    def next_goal(self) -> Course | None:
        """The first goal that is neither met nor lost."""
        open_ = (each for each in self.courses if each.where in ("on-the-way", "out-of-home"))
        return next(open_, None)

    @property
    def check_due(self) -> date | None:
        """The day of the next check, while the person is at home and it lies within 30 days."""
        goal = self.next_goal
        if goal is None or goal.where != "on-the-way" or goal.day is None:
            return None
        return goal.day if goal.day <= self.on + timedelta(CHECKS_AHEAD_DAYS) else None

    @cached_property
    def gaps(self) -> tuple[Missing, ...]:
        """What is missing."""
        return missing(
            Known(
                enrolled_on=self.enrolment.enrolled_on,
                has_answered_consent=not self.unasked,
                can_be_reached=getattr(self.enrolment, "can_be_reached", False),
                has_language=bool(self.person.language),
                stays=self.stays,
                homes_without_lease_day=sum(home.leased_on is None for home in self.homes),
            ),
            on=self.on,
        )

    @cached_property
    def news(self) -> Booking | None:
        """A booking or a release of yesterday or today, where a basis lets it be seen."""
        first = self.on - timedelta(NEWS_DAYS)
        for booking in self.bookings:
            if booking.booked_on >= first or (booking.released_on or date.min) >= first:
                return booking
        return None

    @property
    def overdue(self) -> list[FollowUp]:
        """Follow-ups whose day has passed."""
        return [each for each in self.follow_ups if each.due_on < self.on]

    @cached_property
    def needs(self) -> list[Text]:
        """What needs doing, in a few words each, the most urgent first."""
        found: list[Text] = []
        if self.news is not None:
            released = self.news.released_on
            found.append(_("Released from jail") if released else _("Booked into jail"))
        if self.overdue:
            found.append(_("Follow-up overdue"))
        if self.next_goal is not None and self.next_goal.where == "out-of-home":
            found.append(_("Out of home: find one"))
        if self.is_quiet:
            found.append(_("No contact for %(days)s days") % {"days": self.quiet_days})
        if self.check_due is not None:
            found.append(_("Check due"))
        if self.gaps:
            found.append(_("Missing: %(what)s") % {"what": MISSING[self.gaps[0]]})
        if self.has_wrong_record:
            found.append(_("A wrong record is reported"))
        if getattr(self.enrolment, "has_draft", False):
            found.append(_("A note is half written"))
        return found

    @property
    def has_wrong_record(self) -> bool:
        """Whether a report that a record of theirs is wrong is still open."""
        return bool(getattr(self.enrolment, "has_wrong_record", False))

    @property
    def urgency(self) -> tuple[object, ...]:
        """What lists are sorted by: the most urgent first."""
        lost = self.next_goal is not None and self.next_goal.where == "out-of-home"
        return (
            self.news is None,
            not self.overdue,
            not lost,
            not self.is_quiet,
            -self.quiet_days if self.is_quiet else 0,
            self.check_due or date.max,
            not self.gaps,
            self.name.casefold(),
        )


def caseload_of(access: Access, *, follow_ups: Sequence[FollowUp] | None = None) -> list[Someone]:
    """The open enrolments that someone sees, each with what Today says of it.

    follow_ups: the open ones where they were read already, those of others among them.
    """
    rows = list(caseload_rows(access))
    if not sites_of(access):
        for row in rows:
            row.case_manager = access.user  # whose own caseload it is
    numbers, people = [row.pk for row in rows], [row.participant_id for row in rows]
    homes = _by(Placement.objects.filter(enrolment__in=numbers), "enrolment_id")
    answers = _by(Consent.objects.filter(participant__in=people), "participant_id")
    open_: Iterable[FollowUp] = (
        FollowUp.objects.filter(enrolment__in=numbers, closed_on=None)
        if follow_ups is None
        else follow_ups
    )
    return people_of(access, rows, follow_ups=open_, homes=homes, answers=answers)


def to_do(
    access: Access, follow_ups: Iterable[FollowUp], everyone: Iterable[Someone]
) -> list[FollowUp]:
    """Whose follow-ups are the reader's to do, the first due first: their own, of whomever.

    Of people on one's caseload also those whose owner works here no longer; a supervisor has all.
    """
    numbers, has_site = {one.enrolment.pk for one in everyone}, bool(sites_of(access))
    mine = [
        each
        for each in follow_ups
        if each.owner_id == access.user.pk
        or (each.enrolment_id in numbers and (has_site or getattr(each, "is_left_behind", False)))
    ]
    return sorted(mine, key=lambda each: (each.due_on, each.pk))


def people_of(
    access: Access,
    rows: Sequence[Enrolment],
    *,
    follow_ups: Iterable[FollowUp],
    homes: Mapping[int, Sequence[Placement]],
    answers: Mapping[int, Sequence[Consent]],
) -> list[Someone]:
    """Enrolments with their bookings, where a basis allows, in one query.

    follow_ups: the open ones. homes: by the number of the enrolment. answers: consents by the
    number of the participant.
    """
    agreed, on = agreed_basis(access), access.on
    bases = {
        row.pk: agreed or consented_basis(access, answers.get(row.participant_id, ()))
        for row in rows
    }
    # Asked once for each basis: a whole caseload has one, or as many as people who consented.
    shows = {basis: sees_bookings(access, basis) for basis in {*bases.values()}}
    shown = [row.participant_id for row in rows if shows[bases[row.pk]]]
    told = Booking.objects.filter(participant__in=shown) if shown else ()
    bookings = _by(told, "participant_id")
    asked = _by(follow_ups, "enrolment_id")
    aims = goals(access.initiative.deal)
    return [
        Someone(
            row,
            on,
            aims,
            homes.get(row.pk, ()),
            answers.get(row.participant_id, ()),
            bases[row.pk],
            bookings.get(row.participant_id, []),
            asked.get(row.pk, []),
            unasked(access, answers.get(row.participant_id, ())),
        )
        for row in rows
    ]


def _by(rows: Iterable[R], name: str) -> dict[int, list[R]]:
    found: dict[int, list[R]] = defaultdict(list)
    for row in rows:
        found[getattr(row, name)].append(row)
    return found


def address(name: str, access: Access, *parts: str) -> str:
    """An address of this app."""
    return reverse(f"people:{name}", args=[access.initiative.slug, *parts])
