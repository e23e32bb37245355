"""A day of the made-up county is put right after its quarters were signed: `... correcting`.

Says, as JSON, what each step came to, up to the warrant of the next statement with its corrections.
"""

from __future__ import annotations

import json
from datetime import timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import django

if TYPE_CHECKING:
    from payforsuccess.web.accounts.access import Access

WHY = "A day of moving out was told late"


def main() -> None:
    """From the day to the warrant."""
    django.setup()
    from django.utils import timezone

    from payforsuccess.runs.folder import open_folder
    from payforsuccess.runs.statement.measured_anew import measured_otherwise
    from payforsuccess.runs.track.looked import checks_made
    from payforsuccess.web.accounts.access import access_to
    from payforsuccess.web.accounts.models import User
    from payforsuccess.web.demo.seed import SLUG
    from payforsuccess.web.desk.actions import note_checks_read
    from payforsuccess.web.initiatives.models import Initiative
    from payforsuccess.web.jobs import kinds
    from payforsuccess.web.payments import actions
    from payforsuccess.web.payments.again import again_of
    from payforsuccess.web.payments.results import shown_checksum
    from payforsuccess.web.people.actions import move_out
    from payforsuccess.web.people.models import Placement

    def access(username: str) -> Access:
        return access_to(User.objects.get(username=username), SLUG)

    initiative, on = Initiative.objects.get(slug=SLUG), timezone.localdate()
    folder = open_folder(initiative.path)
    period = max(each.period for each in folder.statements()) + 1
    home = Placement.objects.filter(moved_out_on=None, enrolment__exited_on=None).earliest(
        "moved_in_on"
    )
    worker = access(home.enrolment.case_manager.username)
    move_out(by=worker, placement=home, on=home.moved_in_on + timedelta(40))
    job: Any = SimpleNamespace(initiative=initiative)
    found: dict[str, object] = {"differ": kinds.measure(job, lambda _: None)["differ"]}
    kinds.checks(job, lambda _: None)
    made = checks_made(folder)
    assert made is not None
    note_checks_read(by=access("validator"), seen=made.checksum)
    evaluator = access("evaluator")
    changed = []
    while differs := measured_otherwise(folder):
        first = differs[0]
        again = again_of(folder, first.period)
        assert again is not None
        changed += [
            [each.outcome, each.period, int(each.signed.value - each.measured.value)]
            for each in again.differs
        ]
        actions.sign_again(
            by=evaluator, period=first.period, reason=WHY, on=on, seen=again.checksum
        )
    actions.sign_results(by=evaluator, period=period, on=on, seen=shown_checksum(folder, period))
    issued = actions.state(
        by=access("coordinator"), period=period, on=on, seen=shown_checksum(folder, period)
    ).statement
    for who in ("payor", "state"):
        actions.approve(by=access(who), number=issued.number, on=on)
    paid = actions.enter_warrant(
        by=access("auditor"),
        number=issued.number,
        reference="W-CORRECTED",
        amount=None,
        on=on,
        today=on,
    )
    lines = [[line.kind, line.period, line.amount] for line in issued.lines]
    print(json.dumps({**found, "changed": changed, "lines": lines, "paid": paid.amount}))


if __name__ == "__main__":
    main()
