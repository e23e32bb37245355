"""What a message of the thread may not hold: someone's number, or a street address (R117)."""

from __future__ import annotations

import pytest

from payforsuccess.web.referrals.thread_texts import message_problems

NUMBERS = ("call 555-010-4477", "it is 123-45-6789", "ana@example.org")
ADDRESSES = (
    "She is at 1240 N. Vermont Ave now",
    "12 willow lane, unit 4",
    "lives: 350 W 5th Street",
    "now 44 Martin Luther King Jr Blvd.",
    "12-14 Oak Rd",
    "123 Ocean View Drive",
    "123 Elm St.",
    "6 Elm St, Apt 4",
    "1 Camino Real",
    "12 Calle Olmo",
    "Calle Olmo, 12",
    "vive en la calle 5 de Mayo 44",
    "Avenida de los Álamos núm. 7",
    "av. Juárez #301",
)
NONE = (
    "Door B, at six.",
    "The hearing is in Department 30, Superior Court, at 9 am.",
    "It takes 20 minutes to drive there",
    "We are 2 people on the way",
    "2 bags, 1 phone. Way too late?",
    "She was on the street for 3 years",
    "Court at 9. Dr. Lee sees her on Monday",
    "On March 3 the road was closed",
    "at 8:30 Main Street entrance",
    "vive en la calle hace 3 años",
    "en la calle a las 6",
    "La cita es en la calle el 12 de mayo",
)


@pytest.mark.parametrize("text", [*NUMBERS, *ADDRESSES])
def test_a_number_or_an_address_is_seen(text: str) -> None:
    (problem,) = message_problems(text)
    assert problem.what.endswith("e-mail address." if text in NUMBERS else "street address.")
    assert text not in f"{problem.what} {problem.do}"


@pytest.mark.parametrize("text", NONE)
def test_other_words_are_left_alone(text: str) -> None:
    assert message_problems(text) == []


@pytest.mark.parametrize("text", ["17 Willow Court", "in Hidden Lane", "at number 17"])
def test_what_has_no_plain_shape_is_not_seen(text: str) -> None:
    """The hint on the page says so: nobody may rely on it."""
    assert message_problems(text) == []
