"""A consent register says who agreed to what, until when, and who took it back (R115)."""

from __future__ import annotations

from datetime import date

from payforsuccess.records.consents import LAYOUT
from tests.lib.feeds import cleaned


def test_a_consent_keeps_everything_the_form_states() -> None:
    stated = {
        "purpose": "evaluation",
        "recipient": "the evaluator",
        "regime": "42 CFR Part 2",
        "form": "v3",
        "language": "Spanish",
        "given_on": date(2025, 1, 2),
        "expires_on": date(2027, 1, 2),
        "withdrawn_on": date(2025, 6, 1),
    }

    made = cleaned(LAYOUT, {"consents": [{"consent_id": "1", "person_ref": "a", **stated}]})

    (consent,) = made.pop("consents")
    assert made == {}
    assert consent == {"person": "a", **stated, "feed": "f", "file": None, "row": 1}


def test_a_consent_without_an_end_has_none() -> None:
    row = {
        "consent_id": "1",
        "person_ref": "a",
        "purpose": "evaluation",
        "form": "v3",
        "language": "English",
        "given_on": date(2025, 1, 2),
    }

    (consent,) = cleaned(LAYOUT, {"consents": [row]})["consents"]

    assert (consent["expires_on"], consent["withdrawn_on"]) == (None, None)
