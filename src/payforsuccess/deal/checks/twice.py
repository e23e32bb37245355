"""Where one person who is enrolled twice can be paid for twice, over days that both share."""

from __future__ import annotations

from collections.abc import Iterator

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.measures import MeasureBase
from payforsuccess.deal.terms import Schedule, UnitPrice
from payforsuccess.errors import Finding, sentence


def paid_twice(deal: Deal) -> Iterator[Finding]:
    """Each term that counts enrolments one by one, with nothing that limits it for one person.

    A measure looks at each enrolment by itself, so that the windows of two can overlap; milestones
    are paid once for each person whatever happens. Whether a person may be enrolled twice the file
    does not say.
    """
    if deal.ceilings.each_person is not None:
        return
    for number, term in enumerate(deal.payments):
        if not isinstance(term, UnitPrice | Schedule) or term.ceiling_each_person is not None:
            continue
        if isinstance(term, UnitPrice) and term.limit_each_person is not None:
            continue
        outcome = deal.outcomes.get(term.pays_for)
        if outcome is None or not isinstance(outcome.measure, MeasureBase):
            continue
        cure = (
            "; `limit_each_person` or `ceiling_each_person` would end that"
            if isinstance(term, UnitPrice)
            else ""
        )
        yield Finding(
            "person",
            sentence(
                "`{name}` can pay twice for one person whom the programme enrols twice: "
                "`{pays_for}` counts each enrolment by itself, also where the two windows "
                "overlap{cure}.",
                name=term.name,
                pays_for=term.pays_for,
                cure=cure,
            ),
            deal.place_of("payments", number),
        )
