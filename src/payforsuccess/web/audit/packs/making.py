"""The worker's part: every pack that was asked for and is not made yet."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from payforsuccess.errors import Refusal
from payforsuccess.runs.files import read_bytes
from payforsuccess.runs.folder import open_folder
from payforsuccess.runs.statement.audit_pack import audit_pack
from payforsuccess.trail import fingerprint_bytes
from payforsuccess.web.audit.actions import Actor
from payforsuccess.web.audit.models import WAITING, AuditPack
from payforsuccess.web.audit.packs.actions import note_made, note_refused
from payforsuccess.web.initiatives.models import Initiative


def make_packs(initiative: Initiative, tell: Callable[[str], None]) -> int:
    """Make them, the oldest first; how many were made. One that is refused keeps its reasons.

    A file is whole or not there, and made again under the same name where a try was killed.
    """
    system = Actor("", "The system", initiative=initiative.slug)
    made = 0
    waiting = AuditPack.objects.filter(initiative=initiative, state=WAITING)
    for pack in waiting.order_by("asked_at", "pk"):
        tell("writing the pack")
        try:
            with TemporaryDirectory() as folder:
                certificate = None
                if pack.certificate:
                    certificate = Path(folder) / "certificate.pem"
                    certificate.write_text(pack.certificate, "utf-8")
                written = audit_pack(
                    initiative.path,
                    statement=pack.statement,
                    seed=pack.seed,
                    sample=pack.sample,
                    certificate=certificate,
                    to=file_of(pack),
                )
        except Refusal as refusal:
            note_refused(by=system, pack=pack, refusal=refusal)
            continue
        checksum = fingerprint_bytes(read_bytes(file_of(pack)))
        note_made(by=system, pack=pack, written=written, checksum=checksum)
        made += 1
    return made


def file_of(pack: AuditPack) -> Path:
    """Where a pack lies: among those that an order to destroy records takes along."""
    return open_folder(pack.initiative.path).out / "audit-packs" / pack.file_name
