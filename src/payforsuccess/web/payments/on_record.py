"""The records of the deal's folder that move a payment on, and of which of them the log tells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from payforsuccess.runs.folder import open_folder
from payforsuccess.runs.statement.approvals import read_approvals
from payforsuccess.runs.statement.reconciliations import read_reconciliations
from payforsuccess.trail import fingerprint
from payforsuccess.web.audit.models import Event
from payforsuccess.web.initiatives.models import Initiative


@dataclass(frozen=True)
class OnRecord:
    """A record of the deal's folder: its kind, its checksum, and who is named on it."""

    kind: str
    checksum: str
    who: str


def known_to_log(initiative: Initiative) -> set[str]:
    """The checksums that events tell of."""
    events = Event.objects.filter(initiative=initiative.slug)
    told = set(
        events.filter(
            subject_kind__in=(
                "determination",
                "statement",
                "approval",
                "payment",
                "books",
                "difference",
                "warrant",
            )
        ).values_list("subject", flat=True)
    )
    for after in events.filter(verb="records.found").values_list("after", flat=True):
        told |= set(after)
    return told


def records_of(initiative: Initiative) -> Iterator[OnRecord]:
    """Every record that moves a payment on, in the order of its kind."""
    folder = open_folder(initiative.path)
    for signed in folder.determinations():
        yield OnRecord("determination", signed.fingerprint, signed.signed_by)
    for statement in folder.statements():
        yield OnRecord("statement", statement.fingerprint, "the office")
    for said in read_approvals(folder):
        if said.said != "prepared":
            yield OnRecord("approval", said.fingerprint, said.by)
    for payment in folder.paid():
        yield OnRecord("payment", fingerprint(payment.as_plain()), "the office")
    for told in read_reconciliations(folder):
        kind = "explanation of a difference" if told.explained else "corrected number of a warrant"
        yield OnRecord("list of the books" if told.listed else kind, told.fingerprint, told.by)
