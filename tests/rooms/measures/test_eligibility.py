"""R30: a rule of fields and thresholds gives eligible or not, with the clauses that failed."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from payforsuccess.deal.people import Criterion
from payforsuccess.measures.eligibility import Judged, judge, verdict_of


def clause(test: str, value: object = None, field: str = "fact") -> Criterion:
    stated: dict[str, Any] = {"field": field, "test": test}
    if isinstance(value, tuple):
        stated["values"] = value
    elif value is not None:
        stated["value"] = value
    return Criterion.model_validate(stated)


@pytest.mark.parametrize(
    ("test", "value", "fact", "verdict"),
    [
        # a threshold itself is in
        ("at-least", "18", "17", "no"),
        ("at-least", "18", "18", "yes"),
        ("at-least", "18", "17.999999999999999999", "no"),
        ("at-least", "18", "18.0", "yes"),
        ("at-least", "-1", "-0.5", "yes"),
        ("at-most", "25", "25", "yes"),
        ("at-most", "25", "25.000000000000000001", "no"),
        ("at-most", "25", "9", "yes"),  # as numbers: as words, 9 comes after 25
        ("at-most", "1_000", "999", "yes"),
        # days
        ("at-least", "2024-02-29", "2024-02-29", "yes"),
        ("at-least", "2024-02-29", "2024-02-28", "no"),
        ("at-most", "2024-12-31", "2025-01-01", "no"),
        ("at-most", "2024-12-31", " 2024-12-31 ", "yes"),
        # words and numbers that are to be the same
        ("is", "no", "no", "yes"),
        ("is", "no", " NO ", "yes"),
        ("is", "no", "none", "no"),
        ("is", "3", "3.0", "yes"),
        ("is-not", "parole", "probation", "yes"),
        ("is-not", "parole", "Parole", "no"),
        ("is", "2024-01-02", "2024-01-02", "yes"),
        # one of several
        ("one-of", ("felony", "misdemeanour"), "Felony", "yes"),
        ("one-of", ("felony", "misdemeanour"), "infraction", "no"),
        ("one-of", ("1", "2"), "2.0", "yes"),
        # known or not is always told
        ("known", None, "anything", "yes"),
        ("known", None, "", "no"),
        ("known", None, "unknown", "no"),
        ("unknown", None, "", "yes"),
        ("unknown", None, "0", "no"),
        # what is not known is neither yes nor no
        ("is", "no", "", "unknown"),
        ("is-not", "parole", "", "unknown"),
        ("is-not", "parole", "Unknown", "unknown"),
        ("at-least", "18", " ", "unknown"),
        ("at-most", "2024-12-31", "unknown", "unknown"),
        ("one-of", ("felony",), "", "unknown"),
    ],
)
def test_one_clause_on_one_fact(test: str, value: object, fact: str, verdict: str) -> None:
    assert verdict_of(clause(test, value), fact) == verdict


@pytest.mark.parametrize(
    ("value", "fact", "why"),
    [
        ("18", "eighteen", "not a number in digits"),
        ("18", "1,800", "not a number in digits"),
        ("18", "2024-01-01", "not a number in digits"),
        ("2024-01-01", "18", "not a day such as 2026-07-01"),
        ("2024-01-01", "20240101", "not a day such as 2026-07-01"),
        ("2024-01-01", "2024-W01-1", "not a day such as 2026-07-01"),
        ("2024-01-01", "2023-02-29", "not a day such as 2026-07-01"),
    ],
)
def test_what_cannot_be_compared_is_refused_and_not_repeated(
    value: str, fact: str, why: str
) -> None:
    with pytest.raises(ValueError, match=f"^{why}$"):
        verdict_of(clause("at-least", value), fact)


REALIGNED = (
    clause("one-of", ("non-violent", "non-serious"), "offence"),
    clause("at-least", "2", "jail-stays"),
    clause("at-most", "2012-09-30", "released-on"),
    clause("is", "none", "home"),
)


@pytest.mark.parametrize(
    ("facts", "verdict", "failed", "untold"),
    [
        (("non-violent", "2", "2012-09-30", "none"), "yes", (), ()),
        (("non-violent", "1", "2012-10-01", "none"), "no", (1, 2), ()),
        (("violent", "", "2012-01-01", ""), "no", (0,), (1, 3)),
        (("non-serious", "7", "2012-01-01", ""), "unknown", (), (3,)),
        (("", "", "", ""), "unknown", (), (0, 1, 2, 3)),
    ],
)
def test_all_clauses_must_hold_and_one_that_fails_decides(
    facts: tuple[str, ...], verdict: Any, failed: tuple[int, ...], untold: tuple[int, ...]
) -> None:
    named = {one.field: fact for one, fact in zip(REALIGNED, facts, strict=True)}

    assert judge(REALIGNED, named) == Judged(verdict, failed, untold)


def test_a_field_that_is_lacking_is_not_known() -> None:
    assert judge(REALIGNED[:1], {}).verdict == "unknown"


@pytest.mark.parametrize("value", ["high", "2024-02-30", "1,000", "18%"])
def test_a_threshold_is_a_number_or_a_day(value: str) -> None:
    with pytest.raises(ValidationError, match="compares numbers or days"):
        clause("at-least", value)
