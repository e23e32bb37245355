"""No deal says of itself that the public bears no risk (R131)."""

from __future__ import annotations

from collections.abc import Iterator

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.public_risk import said_without_risk
from payforsuccess.errors import Problem, sentence


def check_public_risk(deal: Deal) -> Iterator[Problem]:
    """Every place in which the file says it: documents for the public print its words."""
    for path in said_without_risk(deal.as_plain()):
        yield Problem(
            sentence("The file says that the public bears no risk, and it always bears some."),
            sentence(
                "Say instead what the public pays at zero outcomes, and which costs it still bears."
            ),
            deal.place_of(*path),
        )
