"""What differs from what was stated: by which cause, and which of it is final."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from payforsuccess.deal.results import (
    Cause,
)
from payforsuccess.errors import Problem, Refusal, sentence
from payforsuccess.payments.causes import Causes
from payforsuccess.payments.facts import (
    Facts,
    left_as_stated,
    old_book,
)
from payforsuccess.payments.history import DealHistory
from payforsuccess.payments.line import Key
from payforsuccess.payments.replay import Replay, replay
from payforsuccess.units import CURRENCY_DIGITS, add_months, money_text


@dataclass(frozen=True)
class Change:
    """What one line adds to what was stated for it; without a cause, a line stated first."""

    period: int
    term: str
    amount: int
    cause: Cause | None
    because: str


def changes_of(facts: Facts, replayed: Replay, stated: dict[Key, int], period: int) -> list[Change]:
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
    new: list[Change] = []
    corrections: list[Change] = []
    for key in keys:
        if key[0] >= first_new:
            if key in replayed.lines:
                new.append(Change(key[0], key[1], replayed.amount(*key), None, ""))
        elif key in differences and causes is not None:
            why = causes.of(key)
            corrections.append(Change(key[0], key[1], differences[key], why.cause, why.because))
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


def refuse_unaccepted(facts: Facts, changes: Sequence[Change]) -> None:
    """Refuse differences that this program alone explains, until they are accepted."""
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


def why_final(facts: Facts, change: Change, as_of: date) -> str | None:
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
