"""A sealed lottery in memory: its terms, the opening, and draws in one line each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from pydantic import TypeAdapter

from payforsuccess.deal.evaluation import EvaluationPlan, Randomised
from payforsuccess.deal.fields import Duration
from payforsuccess.evaluation.lottery.drawing import (
    Occasion,
    Referral,
    draw_on_referral,
    draw_places,
)
from payforsuccess.evaluation.lottery.entries import Committed, Opened, Revealed
from payforsuccess.evaluation.lottery.listed import AssignmentList
from payforsuccess.evaluation.lottery.shares import combined_seed, commitment_of, seal_of
from payforsuccess.evaluation.lottery.terms import LotteryTerms

FIRST = date(2026, 3, 2)
DRAWN = date(2026, 3, 9)
A_YEAR = Duration(12, "month")
SHARES = {"evaluator": b"e" * 32, "payor": b"p" * 32}
SALTS = {"evaluator": b"s" * 32, "payor": b"t" * 32}
PLAN: dict[str, Any] = {
    "says": "People as the lottery drew, a year later.",
    "design": "randomised",
    "assignment": "individual",
    "arms": {"treated": "coach", "control": "no-coach"},
    "measure": {
        "kind": "event-absent",
        "event": "arrest",
        "population": {"says": "Everyone in the lottery"},
        "starts_at": "assignment",
        "window": "364 days",
        "on_death": "censor",
        "on_move": "censor",
        "on_custody": "stop-the-clock",
        "feeds": ["arrests"],
    },
    "estimand": "itt",
    "estimator": "difference-in-proportions",
    "as": "difference",
    "standard_errors": "unpooled",
    "confidence": "90%",
    "test": "z-unpooled",
    "decision": {"pays_on": "point-estimate"},
    "lottery": {"excluded_for": "12 months"},
}


def a_plan(**changes: Any) -> Randomised:
    """A randomised plan with keys changed, or (None) left out."""
    plain = {key: value for key, value in {**PLAN, **changes}.items() if value is not None}
    plan: Randomised = TypeAdapter(EvaluationPlan).validate_python(plain)
    return plan


def a_lottery(**changes: Any) -> LotteryTerms:
    """Terms: half are treated, each position on its own."""
    usual: dict[str, Any] = {
        "treated": "coach",
        "control": "no-coach",
        "share": Fraction(1, 2),
        "excluded_for": A_YEAR,
    }
    return LotteryTerms(**{**usual, **changes})


def seed_for(terms: LotteryTerms, number: int = 0) -> bytes:
    """A seed of shares that stand in the opened list; another for another number."""
    evaluator = SHARES["evaluator"] if not number else number.to_bytes(32, "big")
    return combined_seed(evaluator, SHARES["payor"], terms=terms.fingerprint)


def opened(terms: LotteryTerms) -> AssignmentList:
    """A list with both commitments and the opening."""
    made = {
        holder: commitment_of(holder, SHARES[holder], SALTS[holder])  # type: ignore[arg-type]
        for holder in SHARES
    }
    return AssignmentList().and_then(
        [
            Committed(FIRST, "E. Name", "University", "evaluator", made["evaluator"]),
            Committed(FIRST, "P. Name", "County", "payor", made["payor"]),
            Opened(FIRST, "P. Name", seal_of(**made), terms.fingerprint, (), "sha256:" + "0" * 64),
        ]
    )


def revealed(listed: AssignmentList, **shares: bytes) -> AssignmentList:
    """The list with both shares published, or others in their stead."""
    return listed.and_then(
        Revealed(DRAWN, f"{holder} name", holder, given.hex(), SALTS[holder].hex())  # type: ignore[arg-type]
        for holder, given in {**SHARES, **shares}.items()
    )


def referred(*people: str, on: date = DRAWN, **facts: str) -> tuple[Referral, ...]:
    """Referrals of people who share their facts."""
    return tuple(Referral(person, on, facts) for person in people)


def occasion(on: date = DRAWN) -> Occasion:
    return Occasion(on, "D. Name", "sha256:" + "0" * 64, on + timedelta(days=365))


def drawn(
    listed: AssignmentList,
    terms: LotteryTerms,
    referrals: Sequence[Referral],
    *,
    places: int | None = None,
    number: int = 0,
    on: date = DRAWN,
) -> AssignmentList:
    """The list after a draw."""
    seed = seed_for(terms, number)
    if places is not None:
        return listed.and_then(
            draw_places(
                listed, referrals, places=places, seed=seed, terms=terms, occasion=occasion(on)
            )
        )
    return listed.and_then(
        draw_on_referral(listed, referrals, seed=seed, terms=terms, occasion=occasion(on))
    )
