"""Reading the log: by whom, on whom, and whether the chain is whole."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import Count, Max, Min, Q, QuerySet
from django.utils import timezone

from payforsuccess.trail import fingerprint
from payforsuccess.web.accounts.access import Access
from payforsuccess.web.accounts.models import User
from payforsuccess.web.audit.models import Event
from payforsuccess.web.audit.sight import sight_of
from payforsuccess.web.audit.words import LOOKS


@dataclass(frozen=True)
class Chain:
    """How many entries there are, the seal of the last, and the first that does not hold."""

    length: int
    head: str
    broken_at: int | None = None

    @property
    def is_whole(self) -> bool:
        """Whether every seal is that of its entry and of the one before."""
        return self.broken_at is None


NOTHING = Chain(0, "")
BLOCK = 2_000
"""Entries that are in memory at a time."""


@dataclass(frozen=True)
class Asked:
    """What someone searches the log for; what is left out does not narrow it."""

    by: str = ""
    verb: str = ""
    subject: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class Opened:
    """One person whose record an account opened: how often, from when to when, on which bases."""

    subject: str
    times: int
    first_at: datetime
    last_at: datetime
    bases: tuple[str, ...]

    def with_more(self, other: Opened) -> Opened:
        """Both together, on whichever basis."""
        return Opened(
            self.subject,
            self.times + other.times,
            min(self.first_at, other.first_at),
            max(self.last_at, other.last_at),
            tuple(sorted({*self.bases, *other.bases})),
        )


def visible_to(access: Access) -> QuerySet[Event]:
    """The events of the initiative of someone who may see the log; none for others.

    Signing in belongs to no initiative: it shows for the accounts that have a role in this one.
    """
    if not access.may("see-audit-log"):
        return Event.objects.none()
    of_members = members_of(access).values("public_id")
    return Event.objects.filter(
        Q(initiative=access.initiative.slug)
        | Q(initiative="", by__in=of_members)
        | Q(initiative="", subject_kind="user", subject__in=of_members)
    )


def members_of(access: Access) -> QuerySet[User]:
    """Everyone who has or had a role in the initiative, by name."""
    held = access.initiative.memberships.values("user")
    return User.objects.filter(pk__in=held).order_by("full_name", "pk")


def search(access: Access, asked: Asked) -> QuerySet[Event]:
    """The events that were asked for, the newest first."""
    events = visible_to(access).order_by("-number")
    if asked.by:
        events = events.filter(by=asked.by)
    if asked.verb:
        events = events.filter(verb=asked.verb)
    if asked.subject:  # nor is a code found that the reader does not see
        hidden = sight_of(access).hidden_kinds
        events = events.filter(subject=asked.subject).exclude(subject_kind__in=hidden)
    if asked.since:
        events = events.filter(at__gte=_midnight(asked.since))
    if asked.until:
        events = events.filter(at__lt=_midnight(asked.until + timedelta(days=1)))
    return events


def verbs_in(access: Access) -> list[str]:
    """The verbs that occur, for the search."""
    return list(visible_to(access).order_by("verb").values_list("verb", flat=True).distinct())


def opened_by(access: Access, asked: Asked) -> list[Opened]:
    """Whose records an account opened in the days that are asked for, the latest first."""
    looks = search(access, asked).filter(verb__in=LOOKS).order_by()
    counted = looks.values("subject", "basis").annotate(
        times=Count("number"), first_at=Min("at"), last_at=Max("at")
    )
    found: dict[str, Opened] = {}
    for row in counted:
        one = Opened(
            row["subject"],
            row["times"],
            row["first_at"],
            row["last_at"],
            (row["basis"],) if row["basis"] else (),
        )
        known = found.get(one.subject)
        found[one.subject] = known.with_more(one) if known else one
    return sorted(found.values(), key=lambda each: each.last_at, reverse=True)


def own_sign_ins(user: User) -> QuerySet[Event]:
    """When someone's account was used to sign in or out, the newest first."""
    verbs = ("account.signed-in", "account.signed-out", "account.locked-out")
    return Event.objects.filter(subject=user.public_id, verb__in=verbs).order_by("-number")


def check_chain(
    since: Chain = NOTHING, *, most: int | None = None, then: Callable[[int], None] = lambda _: None
) -> Chain:
    """Recompute every seal from the first entry on, or of what was written since a whole chain.

    most: of how many entries at most; then: is told after each block how long the chain is so far.
    """
    length, head = since.length, since.head
    entries = Event.objects.order_by("number")
    while most is None or length - since.length < most:
        later = entries.filter(number__gt=length) if length else entries
        left = BLOCK if most is None else min(BLOCK, since.length + most - length)
        block = list(later[:left])
        for event in block:
            length += 1
            event.at = event.at.astimezone(UTC)
            is_in_place = event.number == length and event.seal_before == head
            if not is_in_place or event.seal != fingerprint(event.sealed_content()):
                return Chain(length, head, broken_at=event.number)
            head = event.seal
        if not block:
            break
        then(length)
    return Chain(length, head)


def has_entry(*, length: int, head: str) -> bool:
    """Whether a log of this length and head is the beginning of the log here."""
    return length == 0 or Event.objects.filter(number=length, seal=head).exists()


def _midnight(on: date) -> datetime:
    """The first instant of a day in the jurisdiction's zone."""
    return datetime.combine(on, time(), timezone.get_default_timezone())
