"""What a payor approves when it approves outcomes and targets, and whether that still stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from payforsuccess.deal.deal import Deal
from payforsuccess.governance.initiative.initiative import Initiative
from payforsuccess.governance.initiative.leadership import PayorApproval
from payforsuccess.trail import fingerprint

PARTS = ("payments", "ceiling", "ceilings", "excused", "currency")
"""What is approved beside the outcomes that payments read and the plans that estimate these."""


def outcomes_checksum(deal: Deal) -> str:
    """The checksum an approval of outcomes is bound to.

    Covers every outcome that a payment term reads, with its target, baseline and measure, the plan
    that estimates it, all payment terms, ceilings, and excused periods, which can reset a baseline.
    Outcomes that are only tracked, parties, capital and dates of the file are left out.
    """
    plain = deal.as_plain()
    read = sorted({name for term in deal.payments for name in term.outcomes_read()})
    used = sorted({deal.outcomes[name].estimate or "" for name in read} - {""})
    return fingerprint(
        {
            "outcomes": {name: deal.outcomes[name].as_plain() for name in read},
            "plans": {name: deal.evaluation[name].as_plain() for name in used},
            **{part: plain.get(part) for part in PARTS},
        }
    )


@dataclass(frozen=True)
class ApprovalOfOutcomes:
    """How a payor's approval stands: the last one, and whether it is of what the deal now says."""

    payor: str
    last: PayorApproval | None
    stands: bool

    @property
    def is_bound(self) -> bool:
        """Whether the last one names the checksum of what it approves."""
        return self.last is not None and self.last.outcomes is not None


def approvals_of_outcomes(
    initiative: Initiative, deal: Deal, *, on: date
) -> tuple[ApprovalOfOutcomes, ...]:
    """Every payor's approval on a day (R38).

    One stands while outcomes, targets and payment terms are what it was given for; taken back to
    what they were, they need no new one.
    """
    checksum = outcomes_checksum(deal)
    given = {
        payor: sorted(
            (
                each
                for each in initiative.approvals
                if each.of == "outcomes" and each.by == payor and each.on <= on
            ),
            key=lambda each: each.on,
        )
        for payor in initiative.payor_names
    }
    return tuple(
        ApprovalOfOutcomes(
            payor,
            approvals[-1] if approvals else None,
            any(each.outcomes == checksum for each in approvals),
        )
        for payor, approvals in given.items()
    )
