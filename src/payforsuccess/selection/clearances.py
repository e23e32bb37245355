"""When a clearance counts: Counsel's own word, given by the day of the award."""

from __future__ import annotations

from payforsuccess.governance.initiative.mandate import Clearance
from payforsuccess.selection.names import parts_of, plain_name
from payforsuccess.selection.solicitation import SolicitationFile

COUNSEL = frozenset(
    ("counsel", "counsels", "counselor", "attorney", "attorneys", "lawyer", "solicitor", "legal")
)
"""Words of which one stands in the name of a law office."""
BIDDER = frozenset(
    ("applicant", "applicants", "bidder", "bidders", "proposer", "proposers", "vendor", "vendors")
)


def why_not(clearance: Clearance, solicitation: SolicitationFile) -> str:
    """Why a clearance does not count, in words; empty where it does.

    It is Counsel's: the name says so (“County Counsel”, “City Attorney”), and is not that of
    somebody a proposal names. It is dated by the day of the award, where there is one.
    """
    by = plain_name(clearance.by)
    words = set(by.split())
    named = {
        plain_name(name) for proposal in solicitation.proposals for name, _ in parts_of(proposal)
    }
    if words & BIDDER or any(f" {name} " in f" {by} " for name in named):
        return "a bidder does not clear its own tie"
    if not words & COUNSEL:
        return f"the clearance is by “{clearance.by}”, which names no office of Counsel"
    award = solicitation.award
    if award is not None and clearance.on > award.on:
        return f"the clearance is of {clearance.on}, after the award on {award.on}"
    return ""
