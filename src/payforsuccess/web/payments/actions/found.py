"""Records that lie in the deal's folder and of which the log does not know yet."""

from __future__ import annotations

from payforsuccess.trail import fingerprint
from payforsuccess.web.accounts.access import action
from payforsuccess.web.audit.actions import Actor, Subject, hold, record
from payforsuccess.web.initiatives.models import Initiative
from payforsuccess.web.payments.on_record import known_to_log, records_of


@action
def catch_up(*, by: Actor, initiative: Initiative) -> int:
    """Tell the log how many records lie in the folder of which it does not know, and which.

    They were written by the command line, or by a process that was killed before its transaction
    ended. Each is told once. Nothing is written where nothing is new.
    """
    hold()
    known = known_to_log(initiative)
    new = [each for each in records_of(initiative) if each.checksum not in known]
    if new:
        record(
            by,
            "records.found",
            Subject("records", fingerprint([each.checksum for each in new])),
            after={each.checksum: f"{each.kind} by {each.who}" for each in new},
        )
    return len(new)
