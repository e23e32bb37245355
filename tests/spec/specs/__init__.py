"""The drawn rules, one file a kind or a question; a new one adds its file and its name here."""

from __future__ import annotations

from tests.spec.specs import (
    across_arms,
    certified_units,
    days_in_state,
    event_absent,
    event_count,
    held_without_break,
    housing_stability,
    looks_back,
    milestone_reached,
    money_sum,
    quarters_with_earnings,
    score_gain,
)

KINDS = (
    certified_units,
    days_in_state,
    event_absent,
    event_count,
    held_without_break,
    housing_stability,
    looks_back,
    milestone_reached,
    money_sum,
    quarters_with_earnings,
    score_gain,
)
ACROSS_ARMS = across_arms.SPECS
