"""How much of an entry of the log its reader sees: who is in which group is told by no part of it.

A value that is hidden could be found again by trying each that it may be against the seal. So each
entry has a random salt, of which its seal is made too, and no reader to whom anything of an entry
is hidden gets its salt. Entries that were written before there was a salt have none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from payforsuccess.web.accounts.access import Access
from payforsuccess.web.audit.models import Event
from payforsuccess.web.referrals.lottery import is_by_lot

HIDDEN = "hidden"
GROUPS = ("placed", "services-as-usual")
OF_PLACEMENT = ("referral", "enrolment")
"""Where chance decides, what follows for a referral tells who was placed: its code is hidden."""


@dataclass(frozen=True)
class Sight:
    """Whether a reader may know who is in which group, and whether chance decides here."""

    sees_arms: bool
    is_by_lot: bool

    @property
    def hidden_kinds(self) -> tuple[str, ...]:
        """The kinds of things whose codes the reader does not see."""
        return OF_PLACEMENT if self.is_by_lot and not self.sees_arms else ()

    def subject(self, event: Event) -> str:
        """The code of what it was done to."""
        return HIDDEN if event.subject_kind in self.hidden_kinds else event.subject

    def values(self, event: Event, values: Mapping[str, object]) -> dict[str, object]:
        """What was there before or after, without what would tell someone's group."""
        if event.subject_kind != "referral" or self.sees_arms:
            return dict(values)
        return {name: HIDDEN if value in GROUPS else value for name, value in values.items()}

    def salt(self, event: Event) -> str:
        """The salt, where the reader sees all else of the entry, and can compute its seal."""
        is_whole = self.subject(event) == event.subject and all(
            self.values(event, values) == values for values in (event.before, event.after)
        )
        return (event.salt or "") if is_whole else HIDDEN


def sight_of(access: Access) -> Sight:
    """What someone may see of the entries of an initiative."""
    return Sight(bool(access.may("see-arms")), is_by_lot(access.initiative))
