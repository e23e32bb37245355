"""Steps of repayment that no cash ever reaches, because one before them gives away all of it."""

from __future__ import annotations

from collections.abc import Iterator

from payforsuccess.deal.capital import WaterfallStep
from payforsuccess.deal.deal import Deal
from payforsuccess.errors import Finding

GIVES_THE_REST = ("return", "recycle", "release")


def never_reached(deal: Deal) -> Iterator[Finding]:
    """Each step that may use only cash of which an earlier one leaves nothing, ever.

    A step gives all that is left where it is a return, a release or a recycling without `at_most`
    and `if_met` whose shares make a whole.
    """
    terms = {term.name for term in deal.payments}
    taken: dict[str, int] = {}
    for number, step in enumerate(deal.waterfall, 1):
        uses = set(step.from_) or terms
        if uses and uses <= taken.keys():
            before = max(taken[name] for name in uses)
            yield Finding(
                "waterfall",
                f"Step {number} of the order of repayment ({step.pays}) never pays: step {before} "
                f"({deal.waterfall[before - 1].pays}) gives away all that is left before it.",
                deal.place_of("waterfall", number - 1),
            )
        elif _gives_all(step):
            taken |= dict.fromkeys(uses - taken.keys(), number)


def _gives_all(step: WaterfallStep) -> bool:
    is_whole = not step.shares or sum(step.shares) == 1
    return step.pays in GIVES_THE_REST and step.at_most is None and step.if_met is None and is_whole
