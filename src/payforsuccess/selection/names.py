"""Whom a proposal names, and when two names are one."""

from __future__ import annotations

from collections.abc import Iterator

from payforsuccess.governance.plain_name import name_shape, plain_name
from payforsuccess.selection.proposals import Proposal


def parts_of(proposal: Proposal) -> Iterator[tuple[str, str]]:
    """Everyone a proposal names, with the part each has in it."""
    yield proposal.by, "lead"
    for part, names in (
        ("affiliate", proposal.affiliates),
        ("subcontractor", proposal.subcontractors),
        ("named for the work", proposal.people),
    ):
        for name in names:
            yield name, part


__all__ = ["name_shape", "parts_of", "plain_name"]
