"""A sentence is its English text, and can be told in another language with what it was made of."""

from __future__ import annotations

import copy
import json
import pickle
from datetime import date

import pytest

from payforsuccess.errors import Sentence, in_a_row, listed, plain_of, sentence, text_of

SPANISH = {
    "You may not {do}: {why}": "Usted no puede {do}: {why}",
    "whoever is {role:small} never may, by {day}.": "quien es {role:small} no puede, al {day}.",
    "approve a payment": "aprobar un pago",
    "Counsel": "Asesoría",
    "{first} and {last}": "{first} y {last}",
    "{first} or {last}": "{first} o {last}",
}


def in_spanish(text: str) -> str:
    assert isinstance(text, Sentence)
    return text.told(lambda said: SPANISH.get(said, said), lambda value: f"<{value}>")


@pytest.fixture
def refused() -> Sentence:
    why = sentence(
        "whoever is {role:small} never may, by {day}.",
        role=sentence("Counsel"),
        day=date(2027, 6, 30),
    )
    return sentence("You may not {do}: {why}", do=sentence("approve a payment"), why=why)


def test_a_sentence_is_its_english_text(refused: Sentence) -> None:
    assert refused == "You may not approve a payment: whoever is counsel never may, by 2027-06-30."
    assert f"{refused}" == refused


def test_every_part_that_is_a_sentence_is_told_in_the_other_language(refused: Sentence) -> None:
    said = "Usted no puede aprobar un pago: quien es asesoría no puede, al <2027-06-30>."

    assert in_spanish(refused) == said


def test_names_and_what_has_no_other_words_stay_as_they_are() -> None:
    assert in_spanish(sentence("{n:,} of {who} paid {{all}}", n=12345, who="Counsel")) == (
        "12,345 of Counsel paid {all}"
    )
    assert in_spanish(sentence("Nothing {is} filled in")) == "Nothing {is} filled in"


@pytest.mark.parametrize(
    ("parts", "english", "spanish"),
    [
        ([], "", ""),
        (["Alder"], "Alder", "Alder"),
        (["Alder", sentence("Counsel")], "Alder and Counsel", "Alder y Asesoría"),
        (["{Alder}", "Beech", "Fern"], "{Alder}, Beech and Fern", "{Alder}, Beech y Fern"),
    ],
)
def test_a_list_has_its_and(parts: list[str], english: str, spanish: str) -> None:
    assert listed(parts) == english
    assert in_spanish(listed(parts)) == spanish
    assert in_spanish(listed(parts, last="or")) == spanish.replace(" y ", " o ")


def test_parts_in_a_row_are_told_each_for_itself() -> None:
    assert in_spanish(in_a_row([sentence("Counsel"), "{0}"], between=" / ")) == "Asesoría / {0}"


def test_a_copy_and_a_file_keep_what_another_language_needs(refused: Sentence) -> None:
    plain = json.loads(json.dumps(plain_of(refused)))

    for again in (copy.deepcopy(refused), pickle.loads(pickle.dumps(refused)), text_of(plain)):
        assert again == refused
        assert in_spanish(again) == in_spanish(refused)


def test_a_text_that_is_no_sentence_is_kept_as_it_is() -> None:
    assert plain_of("in the deal's words") == "in the deal's words"
    assert text_of("in the deal's words") == "in the deal's words"


def test_any_text_can_be_given_a_capital_or_small_letters() -> None:
    said = sentence("{who:capital} of {place:small}", who="the payors", place="ALDER")

    assert said == "The payors of alder"
    assert in_spanish(said) == said


def test_a_name_without_a_value_is_a_mistake() -> None:
    with pytest.raises(KeyError):
        sentence("{who} may not", what="x")
