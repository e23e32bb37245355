"""The page of participants' rights, in both languages (R147)."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from payforsuccess.deal.deal import Deal
from payforsuccess.records.layouts import LAYOUTS
from payforsuccess.reports.rights import rights_page
from payforsuccess.reports.rights_details import KINDS, has_a_place
from payforsuccess.reports.rights_words import ENGLISH, SPANISH
from payforsuccess.runs.documents.document import document
from payforsuccess.runs.documents.kinds import Asked
from payforsuccess.runs.documents.rights import rights_facts
from tests.lib.accessible import check_files, pages_of
from tests.lib.deals import a_deal

JUST_IN_REACH = Path(__file__).parents[3] / "examples" / "just-in-reach"
ON = date(2018, 6, 30)


def a_source(feed: str, layout: str, **agreement: Any) -> dict[str, Any]:
    """A feed under an agreement."""
    return {
        "feed": feed,
        "layout": layout,
        "says": f"The {feed}",
        "held_by": [{"name": "City of Birch"}],
        "agreement": {
            "kind": "dsa",
            "parties": ["City of Birch", "Elm Institute"],
            "purpose": "Outcomes",
            "permitted_columns": ["person_ref"],
            "regime": "none",
            "signed_on": "2026-01-01",
            "expires_on": "2030-12-31",
            **agreement,
        },
        "refreshed": "month",
        "complete_through": "2026-12-31",
    }


def words_of(deal: Deal, language: str = "en") -> str:
    """The words of the page's PDF."""
    return check_files(rights_page(rights_facts(deal, on=date(2026, 6, 1), language=language)))


@pytest.mark.parametrize("language", ["en", "es"])
def test_it_is_one_page_in_each_language(language: str) -> None:
    """R147: one page, and English of record is said in both."""
    made = document("rights", Asked(JUST_IN_REACH, ON, language=language)).document
    words = check_files(made)
    assert pages_of(made) == 1
    later = document("rights", Asked(JUST_IN_REACH, date(2026, 11, 22), language=language))
    assert pages_of(later.document) == 1
    assert made.language == language
    assert (ENGLISH if language == "en" else SPANISH).record in words


def test_it_says_what_is_kept_who_keeps_it_and_until_when() -> None:
    words = check_files(document("rights", Asked(JUST_IN_REACH, ON)).document)
    assert "When you were taken to jail and released. Also: how you were released" in words
    assert "31 December 2024" in words
    assert "RAND: your records without your name" in words


@pytest.mark.parametrize(
    ("language", "details"),
    [
        ("en", ("your race or ethnic group", "your language", "your sex", "your ZIP code")),
        ("es", ("su raza o grupo étnico", "su idioma", "su sexo", "su código postal")),
    ],
)
def test_it_lists_every_kind_of_detail_that_is_read(
    language: str, details: tuple[str, ...]
) -> None:
    made = document("rights", Asked(JUST_IN_REACH, ON, language=language)).document
    words = check_files(made)
    for each in details:
        assert each in words
    more = ("moved", "household", "referred", "group", "ssn", "birth", "name")
    for kind in more:
        assert (ENGLISH if language == "en" else SPANISH).details[kind] in words


def test_what_is_used_beyond_matching_is_not_said_to_be_for_matching_alone() -> None:
    """Tables of results by sex read the register's sex, so it stands with the register."""
    words = check_files(document("rights", Asked(JUST_IN_REACH, ON)).document)
    matched = words.split("only to find which records are yours:")[1].split(".")[0]
    assert "your ZIP code" in matched
    assert "your sex" not in matched


def test_what_the_agreement_does_not_permit_is_not_listed() -> None:
    jail = a_source("jail", "jail-bookings", permitted_columns=["bookings.person_ref", "statute"])
    words = words_of(a_deal(data=[jail]))
    assert "charges, and how they ended" in words
    assert "how you were released" not in words
    assert "your race" not in words


@pytest.mark.parametrize("name", sorted(LAYOUTS))
def test_every_column_of_every_layout_is_of_a_kind_or_known_to_need_none(name: str) -> None:
    columns = {column.name for file in LAYOUTS[name].files for column in file.columns}
    assert [each for each in sorted(columns) if not has_a_place(name, each)] == []


def test_a_day_of_destroying_that_is_past_is_said_to_be_past() -> None:
    made = document("rights", Asked(JUST_IN_REACH, date(2026, 11, 22))).document
    words = check_files(made)
    assert "31 December 2024, which is past: ask if it is destroyed" in words
    assert "was to be destroyed by 31 December 2024: ask if it was." in words
    assert pages_of(made) == 1


def test_a_yes_can_be_taken_back_where_records_rest_on_consent() -> None:
    deal = a_deal(
        data=[
            a_source("consents", "consents"),
            a_source("care", "health-encounters", legal_basis="consent", consents="consents"),
        ]
    )
    words = words_of(deal)
    assert "only if you say yes" in words
    assert ENGLISH.no_by_consent in words
    assert ENGLISH.after_consent in words
    assert ENGLISH.after_signed in words


def test_it_promises_no_choice_where_the_deal_gives_none() -> None:
    words = words_of(a_deal(data=[a_source("jail", "jail-bookings")]))
    assert ENGLISH.no_by_consent not in words
    assert ENGLISH.after_consent not in words
    assert "the law decides what has to be done" in words


def test_what_the_parties_did_not_agree_stands_open() -> None:
    words = words_of(a_deal(data=[a_source("jail", "jail-bookings")]), "es")
    assert "Aún no acordado: si de todos modos se le atiende." in words
    assert "Aún no se sabe" in words


def test_what_the_parties_agreed_stands_there() -> None:
    deal = a_deal(
        data=[a_source("jail", "jail-bookings", releases="totals")],
        rights={
            "programme": "Way Home",
            "ask": "The office of the programme, 555 0100",
            "complain": "The county's ombudsman, 555 0101",
            "served_without": "true",
        },
    )
    words = words_of(deal)
    assert "Way Home is paid by whether it helps." in words
    assert "Tell or ask: The office of the programme, 555 0100" in words
    assert "To complain: The county's ombudsman, 555 0101" in words
    assert "You are served all the same." in words
    assert "Elm Institute: numbers about groups of people" in words


def test_an_order_against_destroying_is_told_while_it_holds() -> None:
    hold = {"ordered_by": "A court", "reference": "case 12", "from": "2026-01-01"}
    source = [a_source("jail", "jail-bookings")]
    assert "case 12" in words_of(a_deal(data=source, legal_holds=[hold]))
    lifted = {**hold, "lifted_on": "2026-05-01"}
    assert "case 12" not in words_of(a_deal(data=source, legal_holds=[lifted]))


def test_both_languages_have_the_same_sentences() -> None:
    assert set(ENGLISH.kinds) == set(SPANISH.kinds)
    assert set(ENGLISH.bases) == set(SPANISH.bases)
    assert set(ENGLISH.levels) == set(SPANISH.levels)
    assert set(ENGLISH.details) == set(SPANISH.details) == KINDS


def test_the_parties_own_words_stand_in_spanish_where_they_wrote_them_so() -> None:
    """R147: nothing but names is left in English then."""
    rights = {
        "programme": "Homes from Jail",
        "ask": "the office of the programme, 555-0100",
        "complain": "the county's ombudsman, 555-0101",
        "spanish": {
            "programme": "Viviendas desde la cárcel",
            "ask": "a la oficina del programa, 555-0100",
            "complain": "con la defensoría del condado, 555-0101",
        },
    }
    spanish = words_of(a_deal(rights=rights), "es")
    english = words_of(a_deal(rights=rights))

    assert "Avise o pregunte: a la oficina del programa, 555-0100" in spanish
    assert "Para quejarse: con la defensoría del condado" in spanish
    assert "A Viviendas desde la cárcel se le paga" in spanish
    assert "están en inglés" not in spanish and "the office" not in spanish
    assert "Tell or ask: the office of the programme, 555-0100" in english
    assert "oficina" not in english


def test_what_the_parties_did_not_write_in_spanish_is_said_to_be_in_english() -> None:
    rights = {"ask": "the office, 555-0100", "spanish": {"programme": "Viviendas"}}

    words = words_of(a_deal(rights=rights), "es")

    assert "Avise o pregunte: the office, 555-0100" in words
    assert "están en inglés" in words
