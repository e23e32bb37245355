"""Payment terms in sentences: one table for the kinds, one for the modifiers."""

from __future__ import annotations

from typing import Any

import pytest

from payforsuccess.deal.words.phrases import counted, day, money, named, plural
from payforsuccess.payments.words import in_words, sentences_of
from tests.lib.deals import CITY, COUNTY, TERMS, a_deal, a_term, an_outcome, two_payors

KINDS = {
    "unit-price": "For each person of “homes”, Alder County pays USD 100.00.",
    "milestones": "“kept”: USD 250.00, if the person has reached “homes” before.",
    "schedule": "From 20 to less than 30 percent: USD 3,200.00, and USD 160.00 more for each "
    "percent above 20.",
    "effect-price": "Alder County pays USD 2.00 for each percent of effect, times “served”; the "
    "effect is “reduction”.",
    "savings-share": "Alder County pays 40 percent of “saved”.",
    "share-threshold": "If “homes” is at least 60 percent of “served”, Alder County pays "
    "USD 900.00; otherwise nothing.",
    "pot": "“reduction”, 50 percent of the pot (USD 5,000.00): all from 20 percent, nothing short "
    "of that.",
    "coupon": "From 10 percent on: 5 percent a year.",
    "withhold": "Of a fee of USD 20,000.00, 10 percent (USD 2,000.00) is held back",
}


def said(kind: str = "unit-price", *, deal: dict[str, Any] | None = None, **changes: Any) -> str:
    """A term in words, in the small deal."""
    term = a_term(kind, **changes)
    return in_words(term, a_deal(payments=[term], **(deal or {})))


@pytest.mark.parametrize("kind", TERMS)
def test_each_kind_says_what_it_pays_for(kind: str) -> None:
    assert KINDS[kind] in said(kind)


MODIFIERS: dict[str, tuple[dict[str, Any], str]] = {
    "deduction": ({"pays_for": "days", "deduct": "jail_days"}, "“jail days” is taken off first"),
    "once a person": ({"limit_each_person": "1"}, "For one person it is paid once at most."),
    "units a person": (
        {"pays_for": "days", "limit_each_person": "90"},
        "For one person at most 90 days are ever paid.",
    ),
    "ceiling": ({"ceiling": "5290000"}, "In all it never pays more than USD 5,290,000.00."),
    "period ceiling": (
        {"ceiling_each_period": "500"},
        "In one quarter it pays at most USD 500.00; what is above is lost.",
    ),
    "carried forward": (
        {"ceiling_each_period": "500", "carry_until": "2027-07-01"},
        "what is above is paid first in later quarters that start by 1 July 2027",
    ),
    "person ceiling": (
        {"ceiling_each_person": "500", "round_each": "person"},
        "For one person it never pays more than USD 500.00.",
    ),
    "floor": ({"floor_each_period": "50"}, "In a quarter in which it is due it pays at least"),
    "to date": ({"reads": "to-date"}, "on everything to date, less what it earned before; a fall "),
    "clawed back": ({"reads": "to-date", "claws_back": "true"}, "a fall takes money back."),
    "condition on an outcome": (
        {"conditions": [{"outcome": "kept", "more_than": "3", "otherwise": "lost"}]},
        "It is paid only while “kept” is more than 3 people; what was earned meanwhile is lost.",
    ),
    "condition once met, held": (
        {
            "conditions": [
                {"fact": "audit_passed", "held": "once-met", "otherwise": "held"},
            ]
        },
        "from the first period on in which the determination says that “audit passed” is so; what "
        "was earned meanwhile is held and paid when it is met.",
    ),
    "sequence": (
        {"conditions": [{"after": "base", "otherwise": "lost"}]},
        "“base” has earned something",
    ),
    "subgroup": (
        {"subgroups": [{"group": "veterans", "times": "1.5"}]},
        "For people in “veterans” the price is 1.5 times.",
    ),
    "share cap": (
        {"share_caps": [{"group": "online", "at_most": "25%"}]},
        "At most 25 percent of what is paid for may come from “online”",
    ),
    "index": ({"index": {"yearly": "1.02"}}, "multiplied by 1.02 from each year"),
    "index by factors": (
        {"index": {"factors": [{"year": "2", "factor": "1.1"}, {"year": "3", "factor": "1.2"}]}},
        "multiplied by 1.1 from year 2 on and 1.2 from year 3 on.",
    ),
    "netting": ({"net_of": "saved"}, "“saved” is taken off what was earned"),
    "rounded down": ({"rounding": "down"}, "toward 0."),
    "not rounded": ({"rounding": "refuse"}, "is refused."),
    "own words": ({"says": "One hundred dollars a home"}, "own words: One hundred dollars a home."),
}


@pytest.mark.parametrize("modifier", MODIFIERS)
def test_each_modifier_says_what_it_does(modifier: str) -> None:
    changes, expected = MODIFIERS[modifier]
    assert expected in said(**changes)


def test_points_are_listed_with_their_days() -> None:
    term = a_term(
        "schedule",
        reads="points",
        points=[{"name": "first_year", "says": "Year 1", "determined_by": "2027-03-31"}],
    )
    deal = a_deal(
        payments=[term], outcomes={"reduction": an_outcome("reduction", reported_as="point")}
    )
    assert "“first year” (Year 1), determined by 31 March 2027." in in_words(term, deal)


def test_a_negative_band_names_who_pays_whom() -> None:
    back = {"pays": "Elm Fund", "to": COUNTY}
    bands = [{"below": "10", "pays": "-500"}, {"from": "10", "pays": "500"}]
    text = said("schedule", bands=bands, may_be_negative=back)
    assert "Below 10 percent: Elm Fund pays USD 500.00." in text
    assert "The amount may fall below 0; Elm Fund then pays Alder County." in text


def test_a_marginal_schedule_prices_each_unit_in_its_stretch() -> None:
    bands = [
        {"from": "0", "then_per_unit": "10"},
        {"above": "5", "then_per_unit": "7.5"},
    ]
    text = said("schedule", pays_for="homes", shape="marginal", bands=bands)
    assert "From 0 up to and with 5 people: USD 10.00 each." in text
    assert "Above 5 people: USD 7.50 each." in text


def test_lower_is_better_is_said_as_a_fall() -> None:
    text = said("effect-price", pays_for="arrests", treated=None)
    assert "the effect is how far “arrests” lies below 60 arrests." in text


def test_two_payors_pay_together_and_one_alone() -> None:
    assert "the payors together pay USD 100.00" in said(deal=two_payors())
    assert f"{CITY} pays USD 100.00" in said(deal=two_payors(), payors=[CITY])


def test_the_clause_comes_last_and_every_sentence_ends() -> None:
    for kind in TERMS:
        term = a_term(kind)
        sentences = sentences_of(term, a_deal(payments=[term]))
        assert sentences[-1] == "Clause: section 4."
        assert all(sentence.endswith((".", ":")) for sentence in sentences)


@pytest.mark.parametrize("kind", TERMS)
def test_no_word_of_the_workshop_reaches_the_reader(kind: str) -> None:
    text = said(kind).lower()
    for word in ("tick", "spell", "trait", "half-open", "fingerprint", "minor unit"):
        assert word not in text


def test_small_words() -> None:
    assert money(15, "USD") == "USD 15.00"
    assert day(a_deal().ends_on) == "31 December 2027"
    assert named("stable_days") == "“stable days”"
    assert [
        plural(unit) for unit in ("day", "person", "percent", "county", "USD", "half-year")
    ] == [
        "days",
        "people",
        "percent",
        "counties",
        "USD",
        "half-years",
    ]
    assert [counted(1, "day"), counted(41_070, "day"), counted(12, "USD")] == [
        "1 day",
        "41,070 days",
        "USD 12.00",
    ]
