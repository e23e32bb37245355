"""The last check of the whole chain, and what was written since: a request checks that alone.

The whole chain is checked by a job, since a county's log has a million entries before long.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from payforsuccess.web.accounts.access import Access
from payforsuccess.web.audit.actions import record
from payforsuccess.web.audit.models import Event
from payforsuccess.web.audit.queries import NOTHING, Chain, check_chain, has_entry

KIND = "log-check"
"""The kind of the job."""
MOST = 20_000
"""Entries that are checked within a request, in half a second or so."""
PARTS = 10
CHECKED = "log.checked"


@dataclass(frozen=True)
class LastCheck:
    """When the whole chain was checked last, and what came of it."""

    at: datetime
    chain: Chain


@dataclass(frozen=True)
class Standing:
    """How the log stands now.

    last: the last check of the whole. checked: the chain as far as it was checked, now too.
    length, head: all of the log, of which the last may not be checked yet.
    """

    last: LastCheck | None
    checked: Chain
    length: int
    head: str

    @property
    def unchecked(self) -> int:
        """How many entries nobody has checked yet."""
        return self.length - self.checked.length if self.checked.is_whole else 0

    @property
    def since(self) -> int:
        """How many entries after the last whole check were checked now."""
        return self.checked.length - (self.last.chain.length if self.last else 0)


def last_check() -> LastCheck | None:
    """The newest check of the whole chain that the log knows of."""
    event = Event.objects.filter(verb=CHECKED).order_by("-number").first()
    if event is None:
        return None
    said = event.after
    chain = Chain(int(said["length"]), str(said["head"]), said["broken_at"])
    return LastCheck(event.at, chain)


def standing(*, most: int = MOST) -> Standing:
    """Check what was written since the last check of the whole, at most so many entries."""
    last = last_check()
    since = last.chain if last else NOTHING
    if not since.is_whole:
        checked = since
    elif not has_entry(length=since.length, head=since.head):
        checked = Chain(since.length, since.head, broken_at=since.length)
    else:
        checked = check_chain(since, most=most)
    newest = Event.objects.order_by("-number").only("number", "seal").first()
    if newest is None:
        return Standing(last, checked, 0, "")
    return Standing(last, checked, newest.number, newest.seal)


def check_whole(by: Access, tell: Callable[[str], None]) -> Chain:
    """Check every entry, saying how far it is, and put on record what came of it."""
    newest = Event.objects.order_by("-number").only("number").first()
    total = newest.number if newest else 0

    def then(length: int) -> None:
        if part := min(PARTS, length * PARTS // total):
            tell(f"checking the log, part {part} of {PARTS}")

    chain = check_chain(then=then)
    record(
        by.actor("see-audit-log"),
        "log.checked",
        after={"length": chain.length, "head": chain.head, "broken_at": chain.broken_at},
    )
    return chain
