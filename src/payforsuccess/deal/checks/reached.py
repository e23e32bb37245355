"""Steps of repayment that stand in an order which says something else than a reader would take."""

from __future__ import annotations

from collections.abc import Iterator

from payforsuccess.deal.capital import OWED_BACK, WaterfallStep
from payforsuccess.deal.deal import Deal
from payforsuccess.errors import Finding, sentence

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
                sentence(
                    "Step {number} of the order of repayment ({pays}) never pays: step {before} "
                    "({pays_2}) gives away all that is left before it.",
                    number=number,
                    pays=step.pays,
                    before=before,
                    pays_2=deal.waterfall[before - 1].pays,
                ),
                deal.place_of("waterfall", number - 1),
            )
        elif _gives_all(step):
            taken |= dict.fromkeys(uses - taken.keys(), number)


def returned_first(deal: Deal) -> Iterator[Finding]:
    """Each step that gives a tranche a return while its own principal is repaid only later.

    A return repays no principal: the tranche may get more than it gave and still have principal
    unpaid, which is told as lost, and which a guarantor makes good. Provider equity has no
    principal apart from its return.
    """
    owed = {each.name: each for each in deal.capital if each.kind in OWED_BACK}
    for number, step in enumerate(deal.waterfall, 1):
        if step.pays != "return":
            continue
        later = {
            name
            for other in deal.waterfall[number:]
            if other.pays == "principal"
            for name in other.to
        }
        for name in step.to:
            if name in owed and name in later and owed[name].kind != "provider-equity":
                backed = any(name in each.guarantees for each in deal.capital)
                called = ", and a guarantor is called for it" if backed else ""
                yield Finding(
                    "waterfall",
                    sentence(
                        "Step {number} of the order of repayment gives `{name}` a return before "
                        "its principal is repaid. A return repays no principal: what stays unpaid "
                        "is told as lost, however much came back{called}.",
                        number=number,
                        name=name,
                        called=called,
                    ),
                    deal.place_of("waterfall", number - 1),
                )


def _gives_all(step: WaterfallStep) -> bool:
    is_whole = not step.shares or sum(step.shares) == 1
    return step.pays in GIVES_THE_REST and step.at_most is None and step.if_met is None and is_whole
