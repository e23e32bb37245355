"""Everything that happens to an auditor's pack; each leaves one event."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from django.utils import timezone

from payforsuccess.errors import Refusal, plain_of
from payforsuccess.runs.statement.audit_pack import AuditPack as Written
from payforsuccess.web.accounts.access import Access, action
from payforsuccess.web.audit.actions import Actor, record
from payforsuccess.web.audit.models import MADE, REFUSED, AuditPack


@dataclass(frozen=True)
class Wish:
    """What the auditor wants: the statement, the own seed, how many people, whose certificate."""

    statement: int
    seed: str
    sample: int
    certificate: str = ""


@action
def ask_for_pack(*, by: Access, wish: Wish) -> AuditPack:
    """Put on record that a pack is wanted; the seed is in no log."""
    by.require("see-audit-log")
    pack = AuditPack(
        initiative=by.initiative,
        asked_by=by.user,
        asked_at=timezone.now(),
        statement=wish.statement,
        seed=wish.seed,
        sample=wish.sample,
        certificate=wish.certificate,
    )
    pack.save()
    record(
        by.actor("see-audit-log"),
        "audit-pack.asked",
        pack,
        after={
            "statement": wish.statement,
            "sample": wish.sample,
            "certificate": sha256(wish.certificate.encode()).hexdigest()
            if wish.certificate
            else "none",
        },
    )
    return pack


@action
def note_made(*, by: Actor, pack: AuditPack, written: Written, checksum: str) -> None:
    """The worker made it."""
    pack.state, pack.made_at, pack.checksum = MADE, timezone.now(), checksum
    pack.drawn, pack.of, pack.problems = written.drawn, written.of, []
    pack.save()
    record(
        by,
        "audit-pack.made",
        pack,
        after={
            "statement": pack.statement,
            "drawn": written.drawn,
            "of": written.of,
            "checksum": checksum,
            "is_locked": written.is_locked,
        },
    )


@action
def note_refused(*, by: Actor, pack: AuditPack, refusal: Refusal) -> None:
    """It cannot be made as it was asked for, and why."""
    pack.state = REFUSED
    pack.problems = [
        {"what": plain_of(each.what), "do": plain_of(each.do)} for each in refusal.problems
    ]
    pack.save()
    record(by, "audit-pack.refused", pack, after={"problems": len(refusal.problems)})


@action
def take_out(*, by: Access, pack: AuditPack) -> None:
    """Someone took a pack out of here as a file."""
    by.require("see-audit-log")
    record(
        by.actor("see-audit-log"),
        "audit-pack.downloaded",
        pack,
        after={"statement": pack.statement, "checksum": pack.checksum},
    )
