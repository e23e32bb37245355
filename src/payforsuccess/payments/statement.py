"""The statement for a period: this period's lines, corrections of earlier ones, and the balance.

For each (period, term) the line is the replayed amount less all that was stated before. The sum of
statements is therefore the entitlement, whatever came late or was corrected (see the laws in
tests/laws/test_statements.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.results import (
    Determination,
    Line,
    NotCorrected,
    Result,
    ResultUsed,
    Statement,
    VersionUsed,
)
from payforsuccess.errors import Refusal
from payforsuccess.payments.balance import balance_of, seen
from payforsuccess.payments.book import open_book
from payforsuccess.payments.corrections import changes_of, refuse_unaccepted, why_final
from payforsuccess.payments.facts import Facts, stated_before, used_by_payors
from payforsuccess.payments.final import changed_rows, frozen_slots, with_frozen
from payforsuccess.payments.line import Key, used_fingerprint
from payforsuccess.payments.replay import Replay, replay
from payforsuccess.payments.statement_lines import lines_of
from payforsuccess.payments.statement_refused import refuse_unknown, refuse_wrong_turn
from payforsuccess.trail import fingerprint

__all__ = ["Facts", "Made", "make_statement"]


@dataclass(frozen=True)
class Made:
    """A statement and the replay it was made from (for the person ledger)."""

    statement: Statement
    replay: Replay


def make_statement(facts: Facts, *, period: int, as_of: date, program: str) -> Made:
    """The draft statement for a period; raises Refusal with every problem found.

    A period already stated gives a statement of corrections only. Periods before this one that
    were not stated stand on it too.
    """
    history = facts.history
    refuse_wrong_turn(facts, period, as_of)
    refuse_unknown(facts, as_of)
    book = open_book(facts.results, facts.determinations, set_aside=facts.set_aside)
    stated = stated_before(facts.earlier)
    pinned: dict[Key, int] = {}
    not_corrected: list[NotCorrected] = []
    while True:
        # What can no longer be corrected counts as stated, so that nothing later makes up for it.
        replayed = replay(history, book, facts.people, through=period, as_of=as_of, pinned=pinned)
        changes = changes_of(facts, replayed, stated, period)
        final = [(change, why_final(facts, change, as_of)) for change in changes]
        left = [(change, reason) for change, reason in final if reason is not None]
        # Knock-ons come last: those of a change that is left as it is go away with it.
        left = [item for item in left if item[0].cause != "knock-on"] or left
        for change, reason in left:
            pinned[(change.period, change.term)] = stated.get((change.period, change.term), 0)
            not_corrected.append(
                NotCorrected(
                    term=change.term, period=change.period, amount=change.amount, because=reason
                )
            )
        if not left:
            break
        if facts.earlier:
            frozen = frozen_slots(replayed, pinned)
            if problems := changed_rows(replayed, facts.earlier[-1], frozen):
                raise Refusal(problems)
            book = with_frozen(book, facts.earlier[-1], frozen)
    refuse_unaccepted(facts, changes)
    lines: list[Line] = []
    used_by_payor = used_by_payors(facts.earlier)
    # Corrections come first, as they are of earlier periods: what they give back is room again.
    for change in sorted(changes, key=lambda change: change.cause is None):
        lines += lines_of(facts, replayed, change, stated, used_by_payor)
    lines.sort(key=lambda line: line.cause is not None)
    total = sum(line.amount for line in lines)
    deal = history.governing(history.schedule.period(period))
    results = _results_used(replayed, facts.determinations)
    last = facts.earlier[-1] if facts.earlier else None
    the_period = history.schedule.period(period)
    statement = Statement(
        format=1,
        program=program,
        deal=deal.deal,
        standing=deal.standing,
        deal_fingerprint=deal.terms_fingerprint,
        versions=tuple(
            VersionUsed(in_force_from=v.in_force_from, fingerprint=v.terms_fingerprint)
            for v in history.versions
            if v.in_force_from < the_period.end
        ),
        is_certified=deal.is_certified,
        currency=deal.currency,
        number=len(facts.earlier) + 1,
        period=period,
        period_start=the_period.start,
        period_end=the_period.last_day,
        as_of=as_of,
        due_on=_due_on(deal, replayed, facts, period, as_of),
        results=results,
        results_fingerprint=fingerprint([used.inputs for used in results]),
        people_fingerprint=facts.people_fingerprint,
        lines=tuple(lines),
        not_corrected=tuple(not_corrected),
        total=total,
        balance=balance_of(
            stated=sum(statement.total for statement in facts.earlier) + total,
            corrected=sum(line.amount for line in lines if line.kind == "correction"),
            paid=facts.paid,
            earlier=facts.earlier,
            overpayment=deal.overpayment,
            currency=deal.currency,
            as_of=as_of,
        ),
        payments=seen(facts.paid, as_of),
        refused=(*book.notes, *replayed.notes),
        accepted=tuple(
            f"{term}: {reason}"
            for term, reason in facts.accepted
            if any(change.term == term and change.cause == "program" for change in changes)
        ),
        previous=last.fingerprint if last is not None else None,
    )
    return Made(statement, replayed)


def _results_used(
    replayed: Replay, determinations: Sequence[Determination]
) -> tuple[ResultUsed, ...]:
    records = {record.number: record.fingerprint for record in determinations}
    found: dict[tuple[str, str, str], ResultUsed] = {}
    for line in replayed.lines.values():
        for used in line.used:
            slot = (used.outcome, used.when, used.cohort)
            outcome = line.deal.outcomes[used.outcome]
            entry = used.entry
            result: Result | None = entry.result if entry is not None else None
            found[slot] = ResultUsed(
                outcome=used.outcome,
                slot=used.when,
                cohort=used.cohort,
                value=used.value,
                unit=outcome.unit,
                standing=entry.standing if entry is not None else "provisional",
                people=result.people if result is not None else None,
                determination=entry.determination if entry is not None else None,
                determined=records.get(entry.determination or 0) if entry is not None else None,
                evidence=result.evidence if result is not None else None,
                inputs=used_fingerprint(used),
                result=result,
                by_person=bool(used.people_fingerprint),
            )
    return tuple(found[slot] for slot in sorted(found))


def _due_on(deal: Deal, replayed: Replay, facts: Facts, period: int, as_of: date) -> date | None:
    rule = deal.pays_within_days
    if rule.of == "statement":
        start = as_of
    elif rule.of == "period-end":
        start = replayed.history.schedule.period(period).last_day
    else:
        numbers = {
            used.entry.determination
            for line in replayed.lines.values()
            for used in line.used
            if used.entry is not None
        }
        days = [d.on for d in facts.determinations if d.number in numbers]
        if not days:
            return None
        start = max(days)
    return start + timedelta(days=rule.days)
