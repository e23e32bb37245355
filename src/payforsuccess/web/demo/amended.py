"""An amendment of the made-up county that still waits for consents: a higher price for a home."""

from __future__ import annotations

import re
from datetime import date, timedelta

from payforsuccess.units.calendar import add_months
from payforsuccess.web.amendments.actions import answer, propose
from payforsuccess.web.amendments.queries import one_of
from payforsuccess.web.demo.calendar import at
from payforsuccess.web.demo.cast import Cast

OLD, NEW = "price: 4_000", "price: 4_200"
SAYS = "A home kept for 90 days is paid at 4,200 instead of 4,000 (illustrative), since rents rose."


def ask_for_more(cast: Cast, *, today: date) -> None:
    """The project manager proposes it, and the provider consents; payors and lender have yet to."""
    text = (cast.initiative.path / "deal.yaml").read_text("utf-8")
    with at(today - timedelta(6)):
        proposal = propose(by=cast.access("manager"), text=amended(text, today=today))
    with at(today - timedelta(3)):
        by = cast.access("provider")
        asked = one_of(by, proposal.public_id).consents.asked
        which = next(at for at, one in enumerate(asked) if one.consent.of == "provider")
        answer(by=by, proposal=proposal, which=which, said="consented")


def amended(text: str, *, today: date) -> str:
    """The deal's file at the new price from the quarter after next on; nobody certified it yet."""
    quarter = date(today.year, 3 * ((today.month - 1) // 3) + 1, 1)
    changes = (
        (re.escape(OLD), NEW),
        (r"certified_by: \[.*?\]", "certified_by: []"),
        (
            r"(?m)^in_force_from: .*$",
            f"in_force_from: {add_months(quarter, 6)}\n"
            f'amendment: {{number: 1, says: "{SAYS}", touches: [money]}}',
        ),
    )
    for old, new in changes:
        text, found = re.subn(old, new, text)
        assert found == 1, old
    return text
