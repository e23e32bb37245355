"""All that an overview shows, for one reader: each block is read from one source."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from payforsuccess.deal.deal import Deal
from payforsuccess.governance.initiative.initiative import Initiative as OnRecord
from payforsuccess.payments.words.sections import sections_of_money
from payforsuccess.web.accounts.access import Access
from payforsuccess.web.initiatives.people_so_far import COUNTED, PeopleSoFar, people_so_far
from payforsuccess.web.initiatives.standing import Standing, standing_of
from payforsuccess.web.initiatives.waiting import Next, on_record, waiting_for
from payforsuccess.web.initiatives.worked_out import WorkedOut, kept_in
from payforsuccess.web.payments.book import Book
from payforsuccess.web.payments.turns import whose_turn


@dataclass(frozen=True)
class Count:
    """How many people came to a stage: a number, or that it is hidden."""

    number: object
    label: str
    rule: str
    as_of: date


def counts_of(found: PeopleSoFar) -> list[Count]:
    """Referred, enrolled and housed, each of all who were referred."""
    labels = {"referred": _("people referred"), "enrolled": _("enrolled"), "housed": _("housed")}
    of = found.reached["referred"]
    referred = f"{of:,}" if of is not None else _("a hidden number")
    rules = {
        "referred": _("Everyone whom a jail or a court ever referred."),
        "enrolled": _("Of %(n)s referred: whoever ever enrolled."),
        "housed": _("Of %(n)s referred: whoever ever moved into a home."),
    }
    counts = []
    for stage in COUNTED:
        number = found.reached[stage]
        counts.append(
            Count(
                number if number is not None else _("hidden"),
                labels[stage],
                rules[stage] % {"n": referred},
                found.as_of,
            )
        )
    return counts


class Overview:
    """What one reader sees of an initiative."""

    def __init__(self, access: Access) -> None:
        self.access = access
        self.book = Book(access.initiative, on=access.on)
        self.deal: Deal = access.initiative.deal
        self.sees_money = bool(access.may("see-terms-and-statements"))
        self.sees_small = bool(access.may("see-small-counts"))
        self.keeps = bool(access.may("keep-initiative"))
        self.worked_out: WorkedOut | None = kept_in(self.book.folder)
        self.on_record: OnRecord | None = on_record(access.initiative.path)
        self.is_stale = self.worked_out is None or self.worked_out.is_old(
            self.book.folder, access.on
        )
        self.pages = self.book.pages if self.sees_money else []
        self.waiting = waiting_for(access, self.book)

    @property
    def standing(self) -> Standing:
        """On or off track, with the reason."""
        return standing_of(self.deal, self.worked_out)

    @property
    def counts(self) -> list[Count]:
        """People so far, as this reader may see them."""
        access = self.access
        found = people_so_far(access.initiative, sees_small=self.sees_small, today=access.on)
        return counts_of(found)

    @property
    def terms(self) -> list[tuple[str, list[str]]]:
        """Who pays whom for what, in the sentences of the deal."""
        return [
            (section.title, [text for entry in section.entries for text in entry.sentences])
            for section in sections_of_money(self.deal)
            if section.entries
        ]

    @property
    def turn(self) -> str:
        """What the next payment waits for, and from whom."""
        page = next((p for p in reversed(self.pages) if p.cycle.current), None)
        return whose_turn(page) if page else ""

    @property
    def next(self) -> Next:
        """What this reader does next: their own turn on any page, or an old look at the standing.

        What else waits for them is `others`.
        """
        slug = self.access.initiative.slug
        if self.waiting:
            return self.waiting[0]
        if self.keeps and self.is_stale:
            words = _("Something changed since standing and forecast were worked out.")
            if self.worked_out is None:
                words = _("Standing and forecast were never worked out.")
            return (words, reverse("initiatives:work-out", args=[slug]), _("Work them out"))
        if self.turn:
            words = _("Nothing here waits for you today. The next payment waits: %(turn)s")
            return (
                words % {"turn": self.turn},
                reverse("payments:list", args=[slug]),
                _("See the payments"),
            )
        return (_("Nothing here waits for you today. Read how it stands below."), "", "")

    @property
    def others(self) -> list[Next]:
        """What waits for this reader besides."""
        return self.waiting[1:]

    @property
    def served_by(self) -> tuple[str, list[str]]:
        """The lead agency, and the reader's own organisations that provide services (R73)."""
        lead = self.on_record.department if self.on_record else ""
        providers = {p.name for p in self.deal.parties if "provider" in p.roles}
        own = [o.party for o in self.access.organisations if o.party in providers]
        return lead, own
