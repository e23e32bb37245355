"""The drawn rules, one file a kind; a new kind adds its file and its name here."""

from __future__ import annotations

from tests.spec.specs import across_arms, event_absent, event_count

KINDS = (event_absent, event_count)
ACROSS_ARMS = across_arms.SPECS
