"""The statement for a period: this period's lines, corrections of earlier ones, and the balance.

For each (period, term) the line is the replayed amount less all that was stated before. The sum of
statements is therefore the entitlement, whatever came late or was corrected (see the laws in
tests/laws/test_statements.py).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.results import (
    Cause,
    Determination,
    Line,
    NotCorrected,
    PaymentMade,
    PayorAmount,
    Result,
    Results,
    ResultUsed,
    Statement,
    VersionUsed,
    WrittenStep,
)
from payforsuccess.errors import Problem, Refusal, sentence
from payforsuccess.payments.balance import balance_of, payment_problems, seen
from payforsuccess.payments.book import Entry, ResultBook, Slot, open_book
from payforsuccess.payments.causes import Causes
from payforsuccess.payments.final import changed_rows, frozen_slots, with_frozen
from payforsuccess.payments.history import DealHistory
from payforsuccess.payments.known import unknown_slot
from payforsuccess.payments.line import Key, TermInPeriod, used_fingerprint
from payforsuccess.payments.payors import reversed_split, split_line, split_taken_back
from payforsuccess.payments.people import People
from payforsuccess.payments.replay import Replay, replay
from payforsuccess.trail import Step, fingerprint
from payforsuccess.units import CURRENCY_DIGITS, add_months, money_text


@dataclass(frozen=True)
class Facts:
    """All that a statement rests on.

    `earlier` are the issued statements in order; `earlier_people` the rows by person that the last
    of them used (to tell a change of data from a change of this program). `accepted` are reasons
    given for differences that only this program explains, by term name. `set_aside` are signed
    results, by the number of their determination, that a draft reads as though nobody had signed
    them: it shows what a newer measurement would come to.
    """

    history: DealHistory
    results: Results | None
    determinations: tuple[Determination, ...] = ()
    people: People | None = None
    people_fingerprint: str | None = None
    earlier: tuple[Statement, ...] = ()
    earlier_people: People | None = None
    paid: tuple[PaymentMade, ...] = ()
    accepted: tuple[tuple[str, str], ...] = ()
    set_aside: tuple[tuple[int, Slot], ...] = ()


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
    _refuse_wrong_turn(facts, period, as_of)
    _refuse_unknown(facts, as_of)
    book = open_book(facts.results, facts.determinations, set_aside=facts.set_aside)
    stated = stated_before(facts.earlier)
    pinned: dict[Key, int] = {}
    not_corrected: list[NotCorrected] = []
    while True:
        # What can no longer be corrected counts as stated, so that nothing later makes up for it.
        replayed = replay(history, book, facts.people, through=period, as_of=as_of, pinned=pinned)
        changes = _changes(facts, replayed, stated, period)
        final = [(change, _final(facts, change, as_of)) for change in changes]
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
    _refuse_unaccepted(facts, changes)
    lines: list[Line] = []
    used_by_payor = used_by_payors(facts.earlier)
    # Corrections come first, as they are of earlier periods: what they give back is room again.
    for change in sorted(changes, key=lambda change: change.cause is None):
        lines += _lines(facts, replayed, change, stated, used_by_payor)
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


def _refuse_wrong_turn(facts: Facts, period: int, as_of: date) -> None:
    """Refuse a period that does not exist or is skipped, and a version edited after it was used."""
    problems: list[Problem] = []
    count = facts.history.schedule.count
    if not 1 <= period <= count:
        raise Refusal(
            Problem(
                sentence(
                    "The deal has periods 1 to {count}; there is no period {period}.",
                    count=count,
                    period=period,
                ),
                sentence(
                    "Once all are stated, corrections go on a statement of the last, period "
                    "{count}.",
                    count=count,
                )
                if period == count + 1
                else sentence("Choose one of them."),
                facts.history.latest.place_of("periods"),
            )
        )
    last_day = facts.history.schedule.period(period).last_day
    if as_of < last_day:
        problems.append(
            Problem(
                sentence(
                    "Period {period} ends on {last_day}, after the day of the statement, {as_of}.",
                    period=period,
                    last_day=last_day,
                    as_of=as_of,
                ),
                sentence("A period is stated when it is over."),
                facts.history.latest.place_of("periods"),
            )
        )
    last = facts.earlier[-1] if facts.earlier else None
    if last is not None and period < last.period:
        problems.append(
            Problem(
                sentence(
                    "Period {period} was stated already; a correction of period {period_2} "
                    "stands in a statement for period {period} or later.",
                    period=last.period,
                    period_2=period,
                ),
                sentence(
                    "Ask for period {period} (corrections only) or {period_2}.",
                    period=last.period,
                    period_2=last.period + 1,
                ),
            )
        )
    if last is not None:
        now = {v.in_force_from: v for v in facts.history.versions}
        for used in last.versions:
            version = now.get(used.in_force_from)
            if version is None or version.terms_fingerprint != used.fingerprint:
                problems.append(
                    Problem(
                        sentence(
                            "The version of the deal in force from {in_force_from} is not the "
                            "one that statement {number} used.",
                            in_force_from=used.in_force_from,
                            number=last.number,
                        ),
                        sentence(
                            "Put the old file back; a change of terms is an amendment, a file "
                            "of its own with `in_force_from`."
                        ),
                    )
                )
        problems += _unlicensed_reach(facts, last)
    if problems:
        raise Refusal(problems)


def _refuse_unknown(facts: Facts, as_of: date) -> None:
    """Refuse results that no version of the deal knows, facts from after the day, bad payments."""
    latest = facts.history.latest
    problems = payment_problems(facts.paid, facts.earlier, latest.currency)
    last = facts.earlier[-1] if facts.earlier else None
    if last is not None and as_of < last.as_of:
        problems.append(
            Problem(
                sentence(
                    "The statement would be made as of {as_of}, before statement {number}, "
                    "which was made as of {as_of_2}.",
                    as_of=as_of,
                    number=last.number,
                    as_of_2=last.as_of,
                ),
                sentence("Give that day or a later one."),
            )
        )
    later = [record for record in facts.determinations if record.on > as_of]
    for record in later:
        problems.append(
            Problem(
                sentence(
                    "The statement would be made as of {as_of}, before determination {number} "
                    "was signed on {on}.",
                    as_of=as_of,
                    number=record.number,
                    on=record.on,
                ),
                sentence("Give that day or a later one."),
            )
        )
    stated = facts.results.results if facts.results is not None else ()
    signed = [result for record in facts.determinations for result in record.results]
    for result in (*stated, *signed):
        problems += unknown_slot(result, facts.history)
    known = {name for version in facts.history.versions for name in version.outcomes}
    slots = facts.people.slots if facts.people is not None else ()
    if any(name not in known for name, _ in slots):
        problems.append(
            Problem(
                sentence("The rows by person name an outcome that the deal does not have."),
                sentence("Use its names: {known}.", known=", ".join(sorted(known))),
            )
        )
    if problems:
        raise Refusal(dict.fromkeys(problems))


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
                    sentence(
                        "The amendment in force from {in_force_from} reaches periods that were "
                        "stated up to {period_end}.",
                        in_force_from=version.in_force_from,
                        period_end=last.period_end,
                    ),
                    sentence(
                        "Set `retroactive: true` with `signed_on` and the consents, or let it "
                        "begin with a later period."
                    ),
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
    causes = (
        Causes(facts.history, replayed, last, _program_differences(facts, stated))
        if differences and last is not None
        else None
    )
    new: list[_Change] = []
    corrections: list[_Change] = []
    for key in keys:
        if key[0] >= first_new:
            if key in replayed.lines:
                new.append(_Change(key[0], key[1], replayed.amount(*key), None, ""))
        elif key in differences and causes is not None:
            why = causes.of(key)
            corrections.append(_Change(key[0], key[1], differences[key], why.cause, why.because))
    return new + corrections


def _place_in_deal(replayed: Replay, key: Key) -> tuple[int, str]:
    line = replayed.lines.get(key)
    if line is None:
        return (10**6, key[1])
    names = [term.name for term in line.deal.payments]
    return (names.index(key[1]), key[1])


def _program_differences(facts: Facts, stated: dict[Key, int]) -> dict[Key, int]:
    """Lines that this program computes otherwise from the very inputs of the last statement."""
    last = facts.earlier[-1]
    if any(used.by_person for used in last.results) and facts.earlier_people is None:
        return {}
    versions = {used.in_force_from for used in last.versions}
    old_history = DealHistory(
        tuple(v for v in facts.history.versions if v.in_force_from in versions)
    )
    old = replay(
        old_history,
        old_book(last),
        facts.earlier_people,
        through=last.period,
        as_of=last.as_of,
        pinned=left_as_stated(last, stated),
    )
    keys = {*old.lines, *stated}
    return {
        key: old.amount(*key) - stated.get(key, 0)
        for key in keys
        if old.amount(*key) != stated.get(key, 0)
    }


def left_as_stated(statement: Statement, stated: Mapping[Key, int]) -> dict[Key, int]:
    """The lines that a statement could no longer correct, at what had been stated for them."""
    keys = [(item.period, item.term) for item in statement.not_corrected]
    return {key: stated.get(key, 0) for key in keys}


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
            sentence(
                "This version of the software computes `{term}` in period {period} otherwise "
                "than the statement did, from the same inputs.",
                term=change.term,
                period=change.period,
            ),
            sentence(
                "Find out why; to state the difference, accept it with a reason: --accept "
                "{term}=REASON.",
                term=change.term,
            ),
        )
        for change in changes
        if change.cause == "program" and not accepted.get(change.term, "").strip()
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
    first = next((s for s in facts.earlier if s.period >= change.period), None)
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
        payors = payors_of(
            key,
            amount,
            is_correction=change.cause is not None,
            deal=deal if line is None else line.deal,
            earlier=facts.earlier,
            used=used_by_payor,
        )
        for part in payors:
            used_by_payor[part.payor] = used_by_payor.get(part.payor, 0) + part.amount
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


def payors_of(
    key: Key,
    amount: int,
    *,
    is_correction: bool,
    deal: Deal,
    earlier: Sequence[Statement],
    used: Mapping[str, int],
) -> tuple[PayorAmount, ...]:
    """How a statement line falls on the payors; a whole reversal takes the old parts back."""
    old = [
        line for statement in earlier for line in statement.lines if (line.period, line.term) == key
    ]
    before = sum(line.amount for line in old)
    if is_correction and before and amount == -before:
        return reversed_split(old)
    term = next((term for term in deal.payments if term.name == key[1]), None)
    if is_correction and amount < 0:
        return split_taken_back(amount, term=term, deal=deal, stated=old)
    return split_line(amount, term=term, deal=deal, used=used)


def _cut(line: TermInPeriod | None) -> int:
    """What limits took off all that was there: earned now, carried here, and held until now.

    What they carry on is part of it. What a condition holds back or loses is not: it comes first.
    """
    if line is None:
        return 0
    name, conditions = line.term.name, line.term.conditions
    is_lost = "a condition" in line.bound_by and any(c.otherwise == "lost" for c in conditions)
    held = sum(
        amount
        for key, amount in line.before.items()
        if key.startswith(f"{name}.") and key.endswith(".held")
    )
    there = line.before.get(f"{name}.carried", 0) + held + (0 if is_lost else line.earned)
    return max(there - line.held - line.amount, 0)


def _written(step: Step) -> WrittenStep:
    return WrittenStep(
        says=step.says,
        gives=step.gives,
        clause=step.clause,
        of=tuple(_written(under) for under in step.of),
    )


def used_by_payors(earlier: Sequence[Statement]) -> dict[str, int]:
    """What each payor owes on earlier statements together, in minor units."""
    used: dict[str, int] = {}
    for statement in earlier:
        for payor, amount in statement.payor_totals().items():
            used[payor] = used.get(payor, 0) + amount
    return used


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
