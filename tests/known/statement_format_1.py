"""Make statement-format-1.zip: a bundle of format 1, which every later version must verify.

Made once for each format and then kept: `python -m tests.known.statement_format_1` writes it anew,
which is right only while format 1 has not been released. Two statements over several lines and
payors, with a ceiling, carry-forward, a held condition, an effect at a point, rows by person with
limits, and a correction by a determination that supersedes.
"""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

from payforsuccess.deal.deal import Deal
from payforsuccess.runs.statement.bundle import bundle
from payforsuccess.runs.statement.statements import issue
from tests.lib.deals import a_deal, a_term, an_outcome, two_payors
from tests.lib.folders import a_folder, draft, sign, write_results

GOLDEN = Path(__file__).with_name("statement-format-1.zip")


def the_deal() -> Deal:
    """One line of most kinds."""
    return a_deal(
        payments=[
            a_term(price="12.345", limit_each_person="3", name="homes"),
            a_term(
                "unit-price",
                name="days",
                pays_for="days",
                deduct="jail_days",
                price="0.333",
                ceiling_each_period="30",
                carry_until="2027-01-01",
            ),
            a_term(
                "schedule",
                name="effect",
                reads="points",
                points=[{"name": "interim", "determined_by": "2026-06-30"}],
            ),
            a_term(
                "savings-share",
                name="savings",
                conditions=[{"after": "effect", "otherwise": "held"}],
            ),
            a_term("coupon", name="interest", pays_for="kept", bands=COUPON),
        ],
        outcomes={"reduction": an_outcome("reduction", reported_as="point")},
        ceiling="9000",
        **two_payors(share="37%", ceiling="2500"),
    )


COUPON = [{"from": "0", "rate": "1%", "then_per_unit": "0.05%"}]
PEOPLE = "homes,1,a,2,jail:4\nhomes,1,b,5,jail:5\nhomes,1,c,1,jail:9"


def write(folder: Path, homes: str, days: str) -> None:
    """The deal with its results: those of period 2 too once `days` has two values."""
    a_folder(folder, the_deal(), people=homes)
    values = days.split()
    effect = {"outcome": "reduction", "point": "interim", "value": "27", "people": 40}
    write_results(
        folder,
        *([effect] if len(values) > 1 else []),
        days=values,
        jail_days=["7", "0"][: len(values)],
        saved=["1000.05", "99.99"][: len(values)],
        kept=["12", "13"] if len(values) > 1 else ["11"],
    )


def make(to: Path) -> None:
    """Two statements, and the bundle of the second."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(folder, PEOPLE, "120")
        sign(folder, on=date(2026, 4, 5))
        draft(folder, as_of=date(2026, 4, 10))
        issue(folder)
        write(folder, f"{PEOPLE}\nhomes,2,a,2,jail:12", "110 60")
        sign(folder, on=date(2026, 6, 30), supersedes=1, reason="ten days were counted twice")
        draft(folder, as_of=date(2026, 7, 10))
        issue(folder)
        bundle(folder, to=to)


if __name__ == "__main__":
    make(GOLDEN)
