"""What is certain about a whole deal's payments, whatever the results: proofs, in sentences.

Every finding is true of every history of results within the deal's bounds. What could not be
proved says so; it is never reported as false.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.words.phrases import day
from payforsuccess.errors import Finding, sentence
from payforsuccess.payments.proofs.ceilings import ceilings_hold
from payforsuccess.payments.proofs.falls import falls
from payforsuccess.payments.proofs.liability import Liability, YearlyLiability, liability_of
from payforsuccess.payments.proofs.liability_words import liability_by_year
from payforsuccess.payments.proofs.nothing import nothing_without_success
from payforsuccess.payments.proofs.reach import Reach, reaches_of
from payforsuccess.payments.proofs.shape import bands, cliffs

_Look = Callable[[Deal, tuple[Reach, ...]], Iterator[Finding]]


def prove(deal: Deal, earlier: Sequence[Deal] = ()) -> tuple[Finding, ...]:
    """Ceilings, nothing without success, liability by fiscal year, falls, cliffs and bands.

    `earlier` are the versions before this one, in order; what they can pay in their time counts,
    and what is true only of them is said with their last day. No version may have a problem by
    `check_deal`.
    """
    reaches = reaches_of(deal)
    before = tuple(reaches_of(version) for version in earlier)
    return (
        *nothing_without_success(deal, reaches),
        *_of_earlier(deal, reaches, earlier, before, nothing_without_success),
        *ceilings_hold(deal, reaches, tuple(earlier)),
        *liability_by_year(deal, reaches, before),
        *(
            finding
            for look in (falls, cliffs, bands)
            for finding in (
                *look(deal, reaches),
                *_of_earlier(deal, reaches, earlier, before, look),
            )
        ),
    )


def _of_earlier(
    deal: Deal,
    reaches: tuple[Reach, ...],
    earlier: Sequence[Deal],
    before: Sequence[tuple[Reach, ...]],
    look: _Look,
) -> Iterator[Finding]:
    """What an earlier version makes true until the next one comes into force, and no longer is."""
    if not earlier:
        return
    now = {finding.what for finding in look(deal, reaches)}
    following = [*earlier[1:], deal]
    for version, own, after in zip(earlier, before, following, strict=True):
        for finding in look(version, own):
            if finding.what not in now:
                until = day(after.in_force_from - timedelta(days=1))
                what = sentence("Until {until}: {what}", until=until, what=finding.what)
                yield type(finding)(finding.topic, what, finding.where)


__all__ = ["Liability", "Reach", "YearlyLiability", "liability_of", "prove", "reaches_of"]
