"""Why no statement is made: a period's turn, versions that were edited, results nobody knows."""

from __future__ import annotations

from datetime import date

from payforsuccess.deal.results import (
    Statement,
)
from payforsuccess.errors import Problem, Refusal, sentence
from payforsuccess.payments.balance import payment_problems
from payforsuccess.payments.facts import (
    Facts,
)
from payforsuccess.payments.known import unknown_slot


def refuse_wrong_turn(facts: Facts, period: int, as_of: date) -> None:
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


def refuse_unknown(facts: Facts, as_of: date) -> None:
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
