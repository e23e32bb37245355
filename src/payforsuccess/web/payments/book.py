"""What the deal's folder says of every period: read once for a page, nothing computed here."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from payforsuccess.deal.approvals import ApprovalRecord
from payforsuccess.deal.results import Determination, Statement
from payforsuccess.governance.after import after
from payforsuccess.governance.approval import ApprovalStanding, approval_standing
from payforsuccess.governance.dispute_clock import DisputeFound, disputes_found
from payforsuccess.governance.initiative import Initiative
from payforsuccess.governance.payment_cycle import Cycle, CycleFacts, cycle_of
from payforsuccess.payments.approval import STANDINGS, why_not_approvable
from payforsuccess.payments.history import DealHistory
from payforsuccess.payments.measured_anew import Differs
from payforsuccess.runs.folder import DealFolder, open_folder
from payforsuccess.runs.initiative.files import FILE, InitiativeFolder
from payforsuccess.runs.statement.approvals import read_approvals
from payforsuccess.runs.statement.in_office import version_on
from payforsuccess.runs.statement.mark_paid import Payable, payable
from payforsuccess.runs.statement.measured_anew import measured_otherwise
from payforsuccess.runs.statement.run_behind import newest_run
from payforsuccess.runs.track.looked import Looked, look_at_newest, looks
from payforsuccess.units import Period
from payforsuccess.web.initiatives.models import Initiative as Opened
from payforsuccess.web.payments.results import Measured, day_of, runs_of


@dataclass(frozen=True)
class PeriodPage:
    """One period: its statement, where there is one, and its cycle on a day.

    anew: its signed results that the newest measurement finds otherwise. anew_before: the earlier
    periods with such results. is_unread: whether the deal names a validator, who has not read the
    checks on the newest measurement.
    """

    period: Period
    statement: Statement | None
    cycle: Cycle
    facts: CycleFacts
    standing: ApprovalStanding | None
    payable: Payable | None
    determinations: tuple[Determination, ...]
    disputes: tuple[DisputeFound, ...] = ()
    anew: tuple[Differs, ...] = ()
    anew_before: tuple[int, ...] = ()
    is_unread: bool = False

    @property
    def anew_behind(self) -> tuple[int, ...]:
        """The periods behind the statement's lines that the newest measurement finds otherwise."""
        lines = self.statement.lines if self.statement else ()
        periods = {*self.anew_before, *(each.period for each in self.anew)}
        return tuple(sorted(periods & {self.period.number, *(line.period for line in lines)}))


class Book:
    """The statements, determinations, approvals and payments of a deal, read when asked for."""

    def __init__(self, initiative: Opened, *, on: date) -> None:
        self.folder: DealFolder = open_folder(initiative.path)
        self.on = on

    @cached_property
    def history(self) -> DealHistory:
        """Every version of the deal."""
        return self.folder.history()

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        """The issued ones, in order."""
        return self.folder.statements()

    @cached_property
    def determinations(self) -> tuple[Determination, ...]:
        """Those on record, in order."""
        return self.folder.determinations()

    @cached_property
    def measured_on(self) -> date | None:
        """The day of the newest run that measured."""
        home = newest_run(self.folder)
        return None if home is None else day_of(home)

    def signed_run_on(self, period: int, signed: list[Determination]) -> date | None:
        """The day of the run whose results were signed; before that, of the newest run.

        None where no run before the signature explains it, as where results came in a file.
        """
        if not signed:
            return self.measured_on
        newest = signed[-1]
        days = [each.on for each in self.runs if each.was_signed(period, newest)]
        return max((day for day in days if day <= newest.on), default=None)

    @cached_property
    def runs(self) -> list[Measured]:
        """What each run measured."""
        return runs_of(self.folder)

    @cached_property
    def anew(self) -> tuple[Differs, ...]:
        """The signed results that the newest measurement finds otherwise, by period."""
        return measured_otherwise(self.folder)

    @cached_property
    def has_validator(self) -> bool:
        """Whether the terms in force name a validator."""
        return any("validator" in each.roles for each in version_on(self.history, self.on).parties)

    @cached_property
    def read(self) -> Looked | None:
        """The last look at the checks on the newest measurement."""
        return look_at_newest(self.folder)

    def _checked(self, signed: list[Determination]) -> Looked | None:
        """The look before the last signature; before that, the one at the newest measurement."""
        if not signed:
            return self.read
        before = [each for each in looks(self.folder) if each.on <= signed[-1].on]
        return before[-1] if before else None

    @property
    def why_no_contract(self) -> tuple[str, ...]:
        """Why nothing is ever paid on the terms in force, where they are no contract's."""
        standing = version_on(self.history, self.on).standing
        return (STANDINGS[standing],) if standing != "contract" else ()

    @cached_property
    def pages(self) -> list[PeriodPage]:
        """Every period that is over, the newest first."""
        over = [p for p in self.history.schedule.all() if p.last_day < self.on]
        return [self.page(period) for period in reversed(over)]

    def statement_of(self, period: int) -> Statement | None:
        """The statement of a period; none before it is issued."""
        return next((s for s in self.statements if s.period == period), None)

    def page(self, period: Period) -> PeriodPage:
        """How one period stands."""
        number = period.number
        return replace(
            self._page(period),
            anew=tuple(each for each in self.anew if each.period == number),
            is_unread=self.has_validator and self.read is None,
            anew_before=tuple(sorted({each.period for each in self.anew if each.period < number})),
        )

    def _page(self, period: Period) -> PeriodPage:
        statement = self.statement_of(period.number)
        signed = [
            d
            for d in self.determinations
            if any(result.period == period.number for result in d.results)
        ]
        checked = self._checked(signed)
        facts = CycleFacts(
            period_over_on=period.last_day,
            results_on=self.signed_run_on(period.number, signed),
            has_validator=self.has_validator,
            checked_on=checked.on if checked else None,
            checked_by=checked.by if checked else "",
            determined_on=signed[-1].on if signed else None,
            determined_by=signed[-1].signed_by if signed else "",
            why_not_approvable=self.why_no_contract,
        )
        if statement is None:
            cycle = cycle_of(facts, on=self.on)
            return PeriodPage(period, None, cycle, facts, None, None, self.determinations)
        standing = approval_standing(statement, self.approvals)
        left = payable(self.folder.root, statement.number, on=self.on)
        rules = version_on(self.history, self.on).disputes
        paid = [p.on for p in self.folder.paid() if p.statement == statement.number]
        facts = CycleFacts(
            period_over_on=period.last_day,
            results_on=facts.results_on,
            has_validator=facts.has_validator,
            checked_on=facts.checked_on,
            checked_by=facts.checked_by,
            determined_on=facts.determined_on,
            determined_by=facts.determined_by,
            stated_on=statement.as_of,
            stated_by=", ".join(standing.prepared_by),
            objections_until=after(statement.as_of, rules.raise_within) if rules else None,
            approved_by=tuple(record.by for record in standing.approved),
            approved_on=standing.approved[-1].on if standing.approved else None,
            is_approved=standing.is_approved,
            returned_on=standing.returned.on if standing.returned else None,
            returned_by=standing.returned.by if standing.returned else "",
            reason=standing.returned.reason or "" if standing.returned else "",
            answered_on=standing.answered.on if standing.answered else None,
            answered_by=standing.answered.by if standing.answered else "",
            disputed=sum(left.disputed.values()),
            payable=left.amount,
            paid=left.moved,
            paid_on=max(paid, default=None),
            why_not_approvable=why_not_approvable(statement),
        )
        cycle = cycle_of(facts, on=self.on)
        disputes = tuple(
            each for each in self.disputes if each.dispute.statement == statement.number
        )
        return PeriodPage(
            period, statement, cycle, facts, standing, left, self.determinations, disputes
        )

    @cached_property
    def disputes(self) -> tuple[DisputeFound, ...]:
        """Every dispute on record, with the clock of each step."""
        initiative = InitiativeFolder(self.folder.root).read(Initiative, FILE)
        if initiative is None:
            return ()
        rules = version_on(self.history, self.on).disputes
        return disputes_found(initiative.disputes, rules, on=self.on)

    @cached_property
    def approvals(self) -> tuple[ApprovalRecord, ...]:
        """What people said of statements, in order."""
        return read_approvals(self.folder)
