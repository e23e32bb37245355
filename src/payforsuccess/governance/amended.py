"""The log of amendments: what each changes, and the consents that it needs and has (R125).

Amendments and the matrix of consents stand in the deal; here is only how they stand on a day.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from payforsuccess.deal.checks.amendments import NeededConsent, consents_needed
from payforsuccess.deal.contract import Amendment
from payforsuccess.deal.deal import Deal


@dataclass(frozen=True)
class AmendmentFound:
    """An amendment on a day.

    needed: every consent by the matrix of the version before it. missing: those not given by the
    day. above_amount: those not given that are needed only above an amount, which people judge.
    """

    amendment: Amendment
    in_force_from: date
    needed: tuple[NeededConsent, ...]
    missing: tuple[NeededConsent, ...]
    above_amount: tuple[NeededConsent, ...]

    @property
    def is_consented(self) -> bool:
        """Whether each consent that is needed whatever the amount was given."""
        return not self.missing


def amendments_found(versions: Sequence[Deal], *, on: date) -> tuple[AmendmentFound, ...]:
    """Every amendment among the versions of a deal, in order."""
    found = []
    for at, version in enumerate(versions):
        if version.amendment is None:
            continue
        needed = consents_needed(version, by=versions[at - 1] if at else None)
        open_ = [each for each in needed if each.given_on is None or each.given_on > on]
        found.append(
            AmendmentFound(
                version.amendment,
                version.in_force_from,
                needed,
                tuple(each for each in open_ if each.above is None),
                tuple(each for each in open_ if each.above is not None),
            )
        )
    return tuple(found)
