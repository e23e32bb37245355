"""A referral as pages show it to a reader: what the office may know, or what the provider does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from payforsuccess.governance.referral import ENDS, State, seen_by_referrer
from payforsuccess.governance.referral_tasks import (
    Standing,
    Task,
    tasks_of_office,
    tasks_of_provider,
)
from payforsuccess.governance.roles.cases import Case
from payforsuccess.web.accounts.access import Access
from payforsuccess.web.referrals.models import Referral
from payforsuccess.web.referrals.words import SEEN, STATES, TASKS, Text
from payforsuccess.web.ui import cells

OWN = Case(is_own=True)


@dataclass(frozen=True)
class Reader:
    """Who reads: one of the provider, or one of an office that refers. Asked once a page."""

    access: Access
    is_by_lot: bool

    @cached_property
    def is_provider(self) -> bool:
        """Whether the reader answers referrals."""
        return bool(self.access.may("answer-referrals"))

    @cached_property
    def sees_names(self) -> bool:
        """An office knows whom it referred; of the provider, whoever works with people."""
        return not self.is_provider or bool(self.access.may("see-identifiers", OWN))


@dataclass(frozen=True)
class Shown:
    """One referral for one reader."""

    referral: Referral
    reader: Reader
    now: datetime

    @property
    def code(self) -> str:
        """The code in groups of four, as people read it out."""
        return grouped(self.referral.public_id)

    @property
    def name(self) -> str:
        """The person's name for those who may read it, else the code.

        An office reads what it wrote, also where the person is known under another name.
        """
        if not self.reader.sees_names:
            return self.code
        if self.reader.is_provider:
            return self.referral.participant.full_name
        return self.referral.name_written or self.code

    @property
    def born_on(self) -> date | None:
        """The date of birth, for whoever reads the name."""
        if not self.reader.sees_names:
            return None
        if self.reader.is_provider:
            return self.referral.participant.born_on
        written = self.referral.born_written
        return date.fromisoformat(written) if written else None

    @property
    def answer(self) -> Referral:
        """The referral whose answer holds for this one: itself, or the one it was joined to."""
        joined_to = self.referral.earlier if self.referral.state == "joined" else None
        return joined_to or self.referral

    @property
    def is_own_twice(self) -> bool:
        """Whether the same office referred the person before: what another did is not told."""
        return self.answer != self.referral and self.answer.office_id == self.referral.office_id

    @property
    def seen(self) -> str:
        """What an office may know of the state."""
        earlier: State = self.answer.state  # type: ignore[assignment]
        return seen_by_referrer(self.referral.state, earlier=earlier)  # type: ignore[arg-type]

    @property
    def is_over(self) -> bool:
        """Whether nothing follows, as far as the reader may know."""
        if self.reader.is_provider:
            return self.referral.state in ENDS
        return self.seen not in ("pending", "placed")

    @property
    def status(self) -> SafeString:
        """The state as word, shape and colour."""
        word, tone = SEEN[self.seen]
        if self.reader.is_provider:
            word, tone = STATES[self.referral.state]  # type: ignore[index]
        return cells.status(word=word, tone=tone)

    @property
    def next_day(self) -> object:
        """The release or the hearing that comes next."""
        referral = self.referral
        days = [d for d in (referral.release_expected_on, referral.hearing_on) if d]
        today = timezone.localdate(self.now)
        ahead = [d for d in days if d >= today]
        return min(ahead, default=None) or max(days, default=None)

    @cached_property
    def tasks(self) -> tuple[Task, ...]:
        """What the reader has to do about it, most urgent first."""
        referral = self.referral
        standing = Standing(
            referral.state,  # type: ignore[arg-type]
            referral.state_at,
            is_by_lot=self.reader.is_by_lot,
            is_acknowledged=referral.acknowledged_at is not None,
            release_expected_on=referral.release_expected_on,
            is_released=referral.released_at is not None,
            hearing_on=referral.hearing_on,
            has_outcome=bool(referral.hearing_came_to) and referral.heard_on == referral.hearing_on,
        )
        tasks = tasks_of_provider if self.reader.is_provider else tasks_of_office
        return tasks(standing, now=self.now, zone=timezone.get_current_timezone())

    @property
    def to_do(self) -> Text:
        """The first task in words; nothing where there is none."""
        return TASKS[self.tasks[0].what] if self.tasks else ""

    @property
    def is_late(self) -> bool:
        """Whether something should have been done by now."""
        return any(task.is_late for task in self.tasks)

    @property
    def when(self) -> SafeString:
        """When the first task is due."""
        return due_of(self.tasks[0])

    @property
    def url(self) -> str:
        """The page of the referral."""
        return address("one", self.reader.access, self.referral.public_id)


def due_of(task: Task) -> SafeString:
    """When a task is due: a day, or an hour."""
    return cells.day(task.due_on) if task.due_on else cells.instant(task.due)


def address(name: str, access: Access, code: str = "") -> str:
    """An address of this app."""
    parts = [access.initiative.slug, *([code] if code else [])]
    return reverse(f"referrals:{name}", args=parts)


def grouped(code: str) -> str:
    """A code in groups of four."""
    return " ".join(code[at : at + 4] for at in range(0, len(code), 4))
