"""Where a missed match pays: outcomes for which a person without a record is a success."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from payforsuccess.deal.checks.outcomes import paid_for
from payforsuccess.deal.deal import Deal
from payforsuccess.deal.measures import AcrossArms, EventAbsent, EventCount, Measure, MeasureBase
from payforsuccess.deal.outcomes import Outcome
from payforsuccess.errors import Finding
from payforsuccess.runs.link.quality import MatchedFeed, percent_text

ENOUGH_RECALL = Decimal("0.95")
"""The estimated recall below which a feed's misses are told beside what they pay for."""


def missed_findings(deal: Deal, feeds: Sequence[MatchedFeed]) -> list[Finding]:
    """A finding for each outcome that pays where no record is found, in a feed that misses many.

    feeds: how each group fared, the anchor's first; in the anchor nobody had to be found. Across
    arms misses weigh on both, and are left to the match rates.
    """
    paid = {name for term in deal.payments for name in paid_for(term)}
    found = []
    for name, outcome in deal.outcomes.items():
        measure = outcome.measure
        if name not in paid or measure is None or not _pays_for_absence(outcome, measure):
            continue
        of = measure if isinstance(measure, MeasureBase) else measure.of
        for feed in feeds[1:]:
            read = [one for one in feed.feeds if one in of.feeds]
            recall = None if feed.estimated is None else feed.estimated.recall
            if not read or (recall is not None and recall >= ENOUGH_RECALL):
                continue
            share = (
                "and how many matches are missed there cannot be estimated"
                if recall is None
                else f"and about {percent_text(1 - recall)} of the matches there are missed by "
                "their own estimate"
            )
            found.append(
                Finding(
                    "linkage",
                    f"{name} takes a person without a record in {', '.join(read)} for a success, "
                    f"{share}: some who had the event may be paid for.",
                    deal.place_of("outcomes", name, "measure"),
                )
            )
    return found


def _pays_for_absence(outcome: Outcome, measure: Measure) -> bool:
    if isinstance(measure, AcrossArms):
        return False
    of = measure if isinstance(measure, MeasureBase) else measure.of
    return isinstance(of, EventAbsent) == (outcome.better == "higher") and isinstance(
        of, EventAbsent | EventCount
    )
