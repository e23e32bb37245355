"""The quarters that are over: measured from the records, determined, stated, approved, paid."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from django.utils import timezone

from payforsuccess.runs.folder import open_folder
from payforsuccess.runs.run.run import run
from payforsuccess.runs.statement.mark_paid import payable
from payforsuccess.runs.track.looked import checks_made
from payforsuccess.web.demo.calendar import at
from payforsuccess.web.demo.cast import Cast
from payforsuccess.web.desk.actions import note_checks_read
from payforsuccess.web.jobs.kinds import make_checks
from payforsuccess.web.payments.actions import approve, enter_warrant, sign_results, state
from payforsuccess.web.people.extracts import write_homes, write_register

Say = Callable[[str], None]


def settle(cast: Cast, *, today: date, say: Say) -> None:
    """Measure everything once, then bring each quarter that is over as far as it would be.

    The last waits for the evaluator's word, the one before for approval; the rest are paid.
    """
    folder = cast.initiative.path
    write_register(cast.initiative, folder / "feeds" / "register.csv", arms={})
    write_homes(cast.initiative, folder / "feeds" / "housing")
    say("The register and the homes, written as feeds")
    made = run(folder, as_of=today)
    say(f"Measured: {made.name}")
    make_checks(cast.initiative, lambda _: None)
    say("Checked for signs of gaming")
    schedule = open_folder(folder).history().latest.schedule
    over = [period for period in schedule.all() if period.last_day < today]
    stated = over[:-1]
    for period in stated:
        is_last = period is stated[-1]
        _quarter(cast, period.number, period.last_day, today=today, is_last=is_last)
        came_to = "waits for approval" if is_last else "is paid"
        say(f"The statement of quarter {period.number} {came_to}")
    if over:
        _read_checks(cast, min(over[-1].last_day + timedelta(19), today))


def _read_checks(cast: Cast, day: date) -> None:
    """The validator reads the checks before the evaluator signs."""
    made = checks_made(open_folder(cast.initiative.path))
    assert made is not None
    with at(day):
        note_checks_read(by=cast.access("validator"), seen=made.checksum)


def _quarter(cast: Cast, period: int, ended_on: date, *, today: date, is_last: bool) -> None:
    def day(after: int) -> date:
        return min(ended_on + timedelta(after), today)

    _read_checks(cast, day(19))
    with at(day(20)):
        sign_results(by=cast.access("evaluator"), period=period, on=timezone.localdate())
    with at(day(24)):
        issued = state(by=cast.access("coordinator"), period=period, on=timezone.localdate())
    number = issued.statement.number
    if is_last or payable(cast.initiative.path, number, on=day(40)).amount == 0:
        return
    for username in ("payor", "state"):
        with at(day(30)):
            approve(by=cast.access(username), number=number, on=timezone.localdate())
    with at(day(40)):
        on = timezone.localdate()
        enter_warrant(
            by=cast.access("auditor"),
            number=number,
            reference=f"W-{ended_on.year}-{period:03}",
            amount=None,
            on=on,
            today=on,
        )
