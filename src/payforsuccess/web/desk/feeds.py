"""The inventory of feeds: who holds each, under which paper, how old it is, and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from payforsuccess.deal.access import Access, access_on
from payforsuccess.deal.data import DataSource
from payforsuccess.records.feed_quality import REFRESHED_EVERY
from payforsuccess.web.initiatives.models import Initiative
from payforsuccess.web.jobs.own_feeds import own_feeds
from payforsuccess.web.ui.cells import Tone, day_words

EXPIRES_SOON = timedelta(90)
"""So long before its end an agreement is spoken of: a renewal takes about as long."""
EVERY: dict[str, str | Promise] = {
    "once": gettext_lazy("once"),
    "day": gettext_lazy("every day"),
    "week": gettext_lazy("every week"),
    "month": gettext_lazy("every month"),
    "quarter": gettext_lazy("every quarter"),
    "half-year": gettext_lazy("every half year"),
    "year": gettext_lazy("every year"),
}
STATUS_WORDS: dict[str, tuple[str | Promise, Tone]] = {
    "not-asked": (gettext_lazy("Not asked for yet"), "bad"),
    "asked": (gettext_lazy("Asked for"), "watch"),
    "signed": (gettext_lazy("Signed and valid"), "good"),
    "expired": (gettext_lazy("Run out"), "bad"),
    "in-use": (gettext_lazy("In use"), "good"),
    "public": (gettext_lazy("Public"), "good"),
}


@dataclass(frozen=True)
class FeedShown:
    """One feed on a day."""

    source: DataSource
    on: date
    is_own: bool
    access: Access

    @property
    def days_old(self) -> int:
        """Days between the last day that it covers and today."""
        return max(0, (self.on - self.source.complete_through).days)

    @property
    def is_late(self) -> bool:
        """Whether a new extract should have come."""
        every = REFRESHED_EVERY.get(self.source.refreshed)
        return every is not None and self.days_old > every

    @property
    def is_stale(self) -> bool:
        """Whether two of them should have come."""
        every = REFRESHED_EVERY.get(self.source.refreshed)
        return every is not None and self.days_old > 2 * every

    @property
    def is_closed(self) -> bool:
        """Whether its agreement does not let it be read today."""
        return self.access.status in ("not-asked", "asked", "expired")

    @property
    def expires_soon(self) -> bool:
        """Whether its agreement ends within three months."""
        agreement = self.source.agreement
        return (
            agreement is not None
            and not self.is_closed
            and (agreement.expires_on <= self.on + EXPIRES_SOON)
        )

    @property
    def age(self) -> tuple[str, Tone, str]:
        """Fresh, late or stale: the word, its tone, and the reason."""
        through = day_words(self.source.complete_through)
        days = ngettext(
            "covers the days through %(day)s, %(n)d day ago",
            "covers the days through %(day)s, %(n)d days ago",
            self.days_old,
        ) % {"day": through, "n": self.days_old}
        if self.is_stale:
            return _("Stale"), "bad", days
        if self.is_late:
            return _("Late"), "watch", days
        return _("Fresh"), "good", days

    @property
    def every(self) -> str | Promise:
        """How often a new extract comes."""
        return EVERY[self.source.refreshed]

    @property
    def agreement(self) -> tuple[str | Promise, Tone, str]:
        """How the agreement stands: the word, its tone, and until when it holds."""
        word, tone = STATUS_WORDS[self.access.status]
        agreement = self.source.agreement
        if agreement is None:
            return word, tone, ""
        until = _("until %(day)s") % {"day": day_words(agreement.expires_on)}
        return (_("Ends soon"), "watch", until) if self.expires_soon else (word, tone, until)

    @property
    def to_do(self) -> str:
        """What its steward does next; nothing where nothing is due."""
        source = self.source
        if self.access.status == "expired":
            return _("Renew the agreement: it ran out, and the feed cannot be read.")
        if self.access.status == "not-asked":
            return _("Ask the holder for the feed.")
        if self.access.status == "asked":
            return _("Have the agreement signed: the feed cannot be read before.")
        if self.is_late and self.is_own:
            return _(
                "The deal reads it through %(day)s only: have the deal’s data days moved on."
            ) % {"day": day_words(source.complete_through)}
        if self.is_late:
            return _("Ask %(holder)s for a new extract, and upload it.") % {
                "holder": self.access.holder or _("the holder")
            }
        if self.expires_soon:
            return _("Begin to renew the agreement.")
        return ""


def feeds_of(initiative: Initiative, *, on: date) -> list[FeedShown]:
    """Every feed of the deal, those with something to do first."""
    own = {source.feed for source in own_feeds(initiative)}
    found = [
        FeedShown(source, on, source.feed in own, access_on(source, on))
        for source in initiative.deal.data
    ]
    return sorted(found, key=lambda feed: (not feed.is_closed, not feed.is_late, not feed.to_do))


def feed_of(initiative: Initiative, name: str, *, on: date) -> FeedShown | None:
    """One feed by its name."""
    return next((f for f in feeds_of(initiative, on=on) if f.source.feed == name), None)


def holders_of(source: DataSource) -> Iterator[tuple[str, str]]:
    """Who held it from which day on, the latest first: offices change, their history stays."""
    for holder in reversed(source.held_by):
        yield holder.name, (day_words(holder.from_) if holder.from_ else _("from the beginning"))
