"""R31: an outcome can say where it started and what the parties aim at; no payment reads either."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from pydantic import ValidationError

from payforsuccess.deal.words.sections import sections_before_money
from tests.lib.deals import a_deal, an_outcome


def test_a_baseline_and_a_target_are_kept_and_said() -> None:
    outcome = an_outcome(baseline="12", target="30")
    deal = a_deal(outcomes={"homes": outcome})

    said = " ".join(
        sentence
        for section in sections_before_money(deal)
        for entry in section.entries
        for sentence in entry.sentences
    )

    assert "Before the programme it stood at 12 people. The parties aim at 30 people." in said


def test_without_them_no_fingerprint_changes() -> None:
    deal = a_deal()

    assert "baseline" not in str(deal.outcomes["homes"].as_plain())


@pytest.mark.parametrize(
    ("stated", "level"),
    [
        ({"better": "lower", "no_success": "40"}, 40),
        ({"better": "lower", "no_success": "40", "baseline": "38"}, 38),
        ({"better": "lower", "no_success": "0"}, None),
        ({"better": "higher", "no_success": "0"}, None),
        ({"better": "higher", "no_success": "0", "baseline": "0"}, 0),
    ],
)
def test_progress_starts_at_the_baseline_or_at_no_success_where_lower_is_better(
    stated: dict[str, Any], level: int | None
) -> None:
    started = an_outcome(**stated).starting_level

    assert started == (None if level is None else Fraction(level))


@pytest.mark.parametrize(
    ("better", "baseline", "target"), [("higher", "30", "29"), ("lower", "30", "31")]
)
def test_a_target_is_no_worse_than_the_baseline(better: str, baseline: str, target: str) -> None:
    with pytest.raises(ValidationError, match="is worse than the baseline"):
        an_outcome(better=better, baseline=baseline, target=target)

    assert an_outcome(better=better, baseline=baseline, target=baseline).target is not None
