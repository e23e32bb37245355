"""The coordinator's reports against their cadence: which are late, and which never arrived."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from payforsuccess.governance.after import after
from payforsuccess.governance.initiative.initiative import Initiative
from payforsuccess.governance.initiative.team import StatusReport


@dataclass(frozen=True)
class Cadence:
    """Where the reports stand on a day.

    last: the last one that reached a payor. next_due: the day by which the next is due, None before
    the first one. days_late: since then. undelivered: written, and not delivered to a payor.
    """

    last: StatusReport | None
    next_due: date | None
    days_late: int
    undelivered: tuple[StatusReport, ...]


def cadence_of_reports(initiative: Initiative, *, on: date) -> Cadence | None:
    """The cadence of the coordinator's reports (R48); None without a coordinator.

    Due one step of the cadence after the report before it; on its due day one is not late.
    """
    coordinator = initiative.coordinator
    if coordinator is None:
        return None
    written = sorted(
        (each for each in coordinator.reports if each.on <= on), key=lambda each: each.on
    )
    delivered = [each for each in written if _is_delivered(each, initiative, on)]
    last = delivered[-1] if delivered else None
    due = after(last.on, coordinator.reports_every) if last is not None else None
    return Cadence(
        last,
        due,
        max((on - due).days, 0) if due is not None else 0,
        tuple(each for each in written if each not in delivered),
    )


def _is_delivered(report: StatusReport, initiative: Initiative, on: date) -> bool:
    """Delivered to a payor, or to a person of one, by the day."""
    to = report.delivered_to
    return (
        to is not None
        and report.delivered_on is not None
        and report.delivered_on <= on
        and (to in initiative.payor_names or initiative.is_of_payor(to))
    )
