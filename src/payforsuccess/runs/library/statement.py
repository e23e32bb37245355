"""What the statement engine pays on published results: the very engine of `pfs pay`."""

from __future__ import annotations

from fractions import Fraction

from payforsuccess import __version__
from payforsuccess.deal.deal import Deal
from payforsuccess.deal.figure_checks import StatementCheck
from payforsuccess.deal.results import Results, Statement
from payforsuccess.deal.vectors import Case, Cases
from payforsuccess.errors import Place, Problem, Refusal
from payforsuccess.payments.history import put_in_order
from payforsuccess.payments.people import PeopleList, PersonRow
from payforsuccess.payments.statement import Facts, make_statement
from payforsuccess.units import from_minor


def paid_on(deal: Deal, cases: Cases, check: StatementCheck) -> Fraction:
    """What the deal pays on a case, in whole currency units, over the check's lines and periods."""
    found = [case for case in cases.cases if case.name == check.case]
    known = {term.name for term in deal.payments}
    if len(found) != 1 or not set(check.terms) <= known:
        raise Refusal(
            Problem(
                f"A check names the case “{check.case}” or a payment term that is not there.",
                "Correct the check in `paid.yaml`.",
                Place("paid.yaml"),
            )
        )
    statement = statement_on(deal, found[0], through=max(check.periods, default=None))
    total = sum(
        line.amount
        for line in statement.lines
        if (not check.terms or line.term in check.terms)
        and (not check.periods or line.period in check.periods)
    )
    return from_minor(total, deal.currency)


def statement_on(deal: Deal, case: Case, *, through: int | None = None) -> Statement:
    """The first statement on a case: every line up to a period, or to the case's last result."""
    results = Results(results=tuple(result.as_result() for result in case.results))
    rows = [PersonRow(row.outcome, row.period, row.person, row.value) for row in case.people]
    facts = Facts(
        history=put_in_order([deal]),
        results=results,
        people=PeopleList(rows) if rows else None,
    )
    period = through or _last_period(deal, case)
    return make_statement(facts, period=period, as_of=deal.ends_on, program=__version__).statement


def _last_period(deal: Deal, case: Case) -> int:
    days = {point.name: point.determined_by for term in deal.payments for point in term.points}
    numbers = [result.period for result in case.results if result.period is not None]
    for result in case.results:
        period = deal.schedule.holding(days[result.point]) if result.point in days else None
        if period is not None:
            numbers.append(period.number)
    return max(numbers)
