"""Extracts that leave: what, for whom, and with which checksum."""

from __future__ import annotations

from hashlib import sha256

from payforsuccess.governance.roles.actions import Action
from payforsuccess.web.accounts.access import Access, action
from payforsuccess.web.audit.actions import Subject, record


@action
def give_out(*, by: Access, extract: str, content: bytes, rows: int, purpose: str) -> str:
    """Log that an extract leaves; returns its checksum."""
    allows: Action = "release-extracts" if by.may("release-extracts") else "change-practice"
    by.require(allows)
    checksum = sha256(content).hexdigest()
    record(
        by.actor(allows),
        "extract.given-out",
        Subject("extract", extract),
        after={"rows": rows, "checksum": checksum},
        basis=purpose,
    )
    return checksum
