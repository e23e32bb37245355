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
    Balance,
    Cause,
    Determination,
    Line,
    NotCorrected,
    Paid,
    Result,
    Results,
    ResultUsed,
    Statement,
    VersionUsed,
    WrittenStep,
)
from payforsuccess.errors import Problem, Refusal
from payforsuccess.payments.book import Entry, ResultBook, open_book
from payforsuccess.payments.history import DealHistory
from payforsuccess.payments.inputs import Used
from payforsuccess.payments.payors import reversed_split, split_line
from payforsuccess.payments.people import People
from payforsuccess.payments.replay import (
    Key,
    Replay,
    TermInPeriod,
    replay,
    used_fingerprint,
)
from payforsuccess.trail import Step, fingerprint
from payforsuccess.units import CURRENCY_DIGITS, add_months, money_text


@dataclass(frozen=True)
class Facts:
    """All that a statement rests on.

    `earlier` are the issued statements in order; `earlier_people` the rows by person that the last
    of them used (to tell a change of data from a change of this program). `accepted` are reasons
    given for differences that only this program explains, by term name.
    """

    history: DealHistory
    results: Results | None
    determinations: tuple[Determination, ...] = ()
    people: People | None = None
    people_fingerprint: str | None = None
    earlier: tuple[Statement, ...] = ()
    earlier_people: People | None = None
    paid: tuple[Paid, ...] = ()
    accepted: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Made:
    """A statement and the replay it was made from (for the person ledger)."""

    statement: Statement
    replay: Replay


def make_statement(facts: Facts, *, period: int, as_of: date, program: str) -> Made:
    """The draft statement for a period; raises Refusal with every problem found.

    A period already stated gives a statement of corrections only. A period may not be skipped.
    """
    history = facts.history
    _refuse_wrong_turn(facts, period)
    book = open_book(facts.results, facts.determinations)
    replayed = replay(history, book, facts.people, through=period)
    stated = stated_before(facts.earlier)
    changes = _changes(facts, replayed, stated, period)
    lines: list[Line] = []
    not_corrected: list[NotCorrected] = []
    used_by_payor = _used_by_payor(facts.earlier)
    for change in changes:
        reason = _final(facts, change, as_of)
        if reason is not None:
            not_corrected.append(
                NotCorrected(
                    term=change.term, period=change.period, amount=change.amount, because=reason
                )
            )
            continue
        for line in _lines(facts, replayed, change, stated, used_by_payor):
            lines.append(line)
            for part in line.payors:
                used_by_payor[part.payor] = used_by_payor.get(part.payor, 0) + part.amount
    total = sum(line.amount for line in lines)
    deal = history.governing(history.schedule.period(period))
    results = _results_used(replayed, history)
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
        balance=_balance(facts, deal, total),
        refused=book.notes,
        accepted=tuple(f"{term}: {reason}" for term, reason in facts.accepted),
        previous=last.fingerprint if last is not None else None,
    )
    return Made(statement, replayed)


def stated_before(earlier: Sequence[Statement]) -> dict[Key, int]:
    """What all earlier statements together state for each (period, term)."""
    stated: dict[Key, int] = {}
    for statement in earlier:
        for line in statement.lines:
            key = (line.period, line.term)
            stated[key] = stated.get(key, 0) + line.amount
    return stated


@dataclass(frozen=True)
class _Change:
    period: int
    term: str
    amount: int
    cause: Cause | None
    because: str


def _refuse_wrong_turn(facts: Facts, period: int) -> None:
    """Refuse a period that does not exist or is skipped, and a version edited after it was used."""
    problems: list[Problem] = []
    count = facts.history.schedule.count
    if not 1 <= period <= count:
        raise Refusal(
            Problem(
                f"The deal has periods 1 to {count}; there is no period {period}.",
                "Choose one of them.",
                facts.history.latest.place_of("periods"),
            )
        )
    last = facts.earlier[-1] if facts.earlier else None
    if last is not None and period < last.period:
        problems.append(
            Problem(
                f"Period {last.period} was stated already; a correction of period {period} stands "
                f"in a statement for period {last.period} or later.",
                f"Ask for period {last.period} (corrections only) or {last.period + 1}.",
            )
        )
    if last is not None:
        now = {v.in_force_from: v for v in facts.history.versions}
        for used in last.versions:
            version = now.get(used.in_force_from)
            if version is None or version.terms_fingerprint != used.fingerprint:
                problems.append(
                    Problem(
                        f"The version of the deal in force from {used.in_force_from} is not the "
                        f"one that statement {last.number} used.",
                        "Put the old file back; a change of terms is an amendment, a file of its "
                        "own with `in_force_from`.",
                    )
                )
        problems += _unlicensed_reach(facts, last)
    if problems:
        raise Refusal(problems)


def _unlicensed_reach(facts: Facts, last: Statement) -> list[Problem]:
    """Amendments that reach issued periods without saying so."""
    known = {used.in_force_from for used in last.versions}
    problems: list[Problem] = []
    for version in facts.history.versions:
        amendment = version.amendment
        reaches = version.in_force_from <= last.period_end and version.in_force_from not in known
        if reaches and amendment is not None and not amendment.retroactive:
            problems.append(
                Problem(
                    f"The amendment in force from {version.in_force_from} reaches periods that "
                    f"were stated up to {last.period_end}.",
                    "Set `retroactive: true` with `signed_on` and the consents, or let it begin "
                    "with a later period.",
                    version.place_of("in_force_from"),
                )
            )
    return problems


def _changes(facts: Facts, replayed: Replay, stated: dict[Key, int], period: int) -> list[_Change]:
    """Every difference from what was stated, in order of period and of the deal's lines."""
    last = facts.earlier[-1] if facts.earlier else None
    first_new = last.period + 1 if last is not None else 1
    keys = sorted(
        {*replayed.lines, *(key for key in stated if key[0] <= period)},
        key=lambda key: (key[0], _place_in_deal(replayed, key)),
    )
    differences = {
        key: replayed.amount(*key) - stated.get(key, 0)
        for key in keys
        if key[0] < first_new and replayed.amount(*key) != stated.get(key, 0)
    }
    by_program = _program_differences(facts, stated) if differences and last else {}
    changes: list[_Change] = []
    own: list[Key] = []
    for key in keys:
        if key[0] >= first_new:
            if key in replayed.lines:
                changes.append(_Change(key[0], key[1], replayed.amount(*key), None, ""))
            continue
        if key not in differences or last is None:
            continue
        cause, because = _cause(facts, replayed, key, last, by_program, own)
        if cause != "knock-on":
            own.append(key)
        changes.append(_Change(key[0], key[1], differences[key], cause, because))
    _refuse_unaccepted(facts, changes)
    new = [change for change in changes if change.cause is None]
    corrections = [change for change in changes if change.cause is not None]
    return new + corrections


def _place_in_deal(replayed: Replay, key: Key) -> tuple[int, str]:
    line = replayed.lines.get(key)
    if line is None:
        return (10**6, key[1])
    names = [term.name for term in line.deal.payments]
    return (names.index(key[1]), key[1])


def _cause(
    facts: Facts,
    replayed: Replay,
    key: Key,
    last: Statement,
    by_program: dict[Key, int],
    own: Sequence[Key],
) -> tuple[Cause, str]:
    """Why an earlier line changed: program, data, determination, amendment or knock-on."""
    if key in by_program:
        return "program", "this version of the software computes the line otherwise"
    line = replayed.lines.get(key)
    old = {(u.outcome, u.slot, u.cohort): u for u in last.results}
    if line is not None:
        changed = [
            used
            for used in line.used
            if (before := old.get((used.outcome, used.when, used.cohort))) is None
            or before.inputs != used_fingerprint(used)
        ]
        if changed:
            names = ", ".join(dict.fromkeys(f"{used.outcome} ({used.when})" for used in changed))
            if all(_same_evidence(used, old) for used in changed):
                return "determination", f"a new determination of {names}"
            return "correction", f"the data changed: {names}"
    governing = facts.history.governing(facts.history.schedule.period(key[0]))
    known = {used.in_force_from: used.fingerprint for used in last.versions}
    if known.get(governing.in_force_from) != governing.terms_fingerprint or line is None:
        return "amendment", f"the version in force from {governing.in_force_from} now governs it"
    same_term = [other for other in own if other[1] == key[1]]
    moved = (same_term or list(own) or [key])[-1]
    return "knock-on", (
        f"the change of `{moved[1]}` in period {moved[0]} moved a ceiling, carried amount or "
        "condition"
    )


def _same_evidence(used: Used, old: dict[tuple[str, str, str], ResultUsed]) -> bool:
    """Whether a determined value changed while the records behind it stayed the same."""
    before = old.get((used.outcome, used.when, used.cohort))
    entry = used.entry
    return (
        before is not None
        and entry is not None
        and entry.determination is not None
        and before.determination is not None
        and entry.determination != before.determination
        and entry.result.evidence == before.evidence
    )


def _program_differences(facts: Facts, stated: dict[Key, int]) -> dict[Key, int]:
    """Lines that this program computes otherwise from the very inputs of the last statement."""
    last = facts.earlier[-1]
    if any(used.by_person for used in last.results) and facts.earlier_people is None:
        return {}
    versions = {used.in_force_from for used in last.versions}
    old_history = DealHistory(
        tuple(v for v in facts.history.versions if v.in_force_from in versions)
    )
    old = replay(old_history, old_book(last), facts.earlier_people, through=last.period)
    unstated = {(item.period, item.term): item.amount for item in last.not_corrected}
    keys = {*old.lines, *stated}
    return {
        key: old.amount(*key) - stated.get(key, 0)
        for key in keys
        if old.amount(*key) != stated.get(key, 0) + unstated.get(key, 0)
    }


def old_book(statement: Statement) -> ResultBook:
    """The results as a statement used them."""
    entries = {
        used.result.slot: Entry(used.result, used.standing, used.determination)
        for used in statement.results
        if used.result is not None
    }
    return ResultBook(entries)


def _refuse_unaccepted(facts: Facts, changes: Sequence[_Change]) -> None:
    accepted = dict(facts.accepted)
    problems = [
        Problem(
            f"This version of the software computes `{change.term}` in period {change.period} "
            "otherwise than the statement did, from the same inputs.",
            f"Find out why; to state the difference, accept it with a reason: "
            f"--accept {change.term}=REASON.",
        )
        for change in changes
        if change.cause == "program" and change.term not in accepted
    ]
    if problems:
        raise Refusal(problems)


def _final(facts: Facts, change: _Change, as_of: date) -> str | None:
    """Why the finality rules leave an earlier line as it is, or None when they do not."""
    if change.cause is None:
        return None
    deal = facts.history.latest
    finality = deal.finality
    if as_of > finality.final_on:
        return f"nothing is corrected after {finality.final_on}"
    first = next(
        (s for s in facts.earlier if any(line.period == change.period for line in s.lines)), None
    )
    if first is not None:
        length = finality.look_back
        last_day = add_months(first.as_of, length.months) + timedelta(days=length.days)
        if as_of > last_day:
            return f"the look-back of {length} ended on {last_day}"
    materiality = int(finality.materiality * 10 ** CURRENCY_DIGITS[deal.currency])
    if abs(change.amount) < materiality:
        return f"it is below {money_text(materiality, deal.currency, code=True)}, what is material"
    return None


def _lines(
    facts: Facts,
    replayed: Replay,
    change: _Change,
    stated: dict[Key, int],
    used_by_payor: dict[str, int],
) -> list[Line]:
    key = (change.period, change.term)
    line = replayed.lines.get(key)
    before = stated.get(key, 0)
    deal = facts.history.governing(facts.history.schedule.period(change.period))
    released = line.released if line is not None and change.cause is None else 0
    amounts = [("released", released)] if released else []
    if change.cause is not None:
        amounts = [("correction", change.amount)]
    elif not released or change.amount != released:
        amounts.insert(0, ("line", change.amount - released))
    made: list[Line] = []
    for kind, amount in amounts:
        if change.cause is not None and amount == -before and before:
            payors = reversed_split(
                [
                    old
                    for statement in facts.earlier
                    for old in statement.lines
                    if (old.period, old.term) == key
                ]
            )
        else:
            term = line.term if line is not None else None
            payors = split_line(amount, term=term, deal=deal, used=used_by_payor)
        made.append(
            Line(
                term=change.term,
                period=change.period,
                kind=kind,
                cause=change.cause,
                because=change.because,
                clause=line.term.clause if line is not None else "no longer in the deal",
                amount=amount,
                entitled=line.amount if line is not None else 0,
                stated_before=before,
                cut=_cut(line),
                carried=line.carried if line is not None else 0,
                held=line.held if line is not None else 0,
                bound_by=line.bound_by if line is not None else (),
                payors=payors,
                steps=tuple(_written(step) for step in line.steps()) if line is not None else (),
            )
        )
    return made


def _cut(line: TermInPeriod | None) -> int:
    """What ceilings took off what the parts earned (conditions hold, they do not cut)."""
    if line is None or line.amount >= line.earned or "a condition" in line.bound_by:
        return 0
    return line.earned - line.amount


def _written(step: Step) -> WrittenStep:
    return WrittenStep(
        says=step.says,
        gives=step.gives,
        clause=step.clause,
        of=tuple(_written(under) for under in step.of),
    )


def _used_by_payor(earlier: Sequence[Statement]) -> dict[str, int]:
    used: dict[str, int] = {}
    for statement in earlier:
        for payor, amount in statement.payor_totals().items():
            used[payor] = used.get(payor, 0) + amount
    return used


def _results_used(replayed: Replay, history: DealHistory) -> tuple[ResultUsed, ...]:
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


def _balance(facts: Facts, deal: Deal, total: int) -> Balance:
    """Stated = paid - recovered + owed - open credit - forgiven, all to date.

    Money beyond what is stated is an open credit until it is recovered or used up; where the deal
    forgives overpayments it is forgiven at once, and stays so.
    """
    digits = 10 ** CURRENCY_DIGITS[deal.currency]
    stated = sum(statement.total for statement in facts.earlier) + total
    paid = sum(int(p.amount * digits) for p in facts.paid if p.kind == "paid")
    recovered = sum(int(p.amount * digits) for p in facts.paid if p.kind == "recovered")
    forgiven = facts.earlier[-1].balance.forgiven if facts.earlier else 0
    rest = stated - paid + recovered + forgiven
    owed, over = max(rest, 0), max(-rest, 0)
    if deal.overpayment == "forgive":
        forgiven, over = forgiven + over, 0
    return Balance(
        stated=stated,
        paid=paid,
        recovered=recovered,
        owed=owed,
        open_credit=over,
        forgiven=forgiven,
    )
