"""Cleaning: one spelling of each identifier, and what cannot be true is missing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest

from payforsuccess.records.link.cleaning import clean_identities
from payforsuccess.store import open_store
from tests.lib.identities import identities

Cleaned = Callable[..., dict[str, object]]


@pytest.fixture(scope="module")
def cleaned() -> Iterator[Cleaned]:
    """A function from what is written to what is kept, over one engine."""
    with open_store() as store:

        def clean(**written: object) -> dict[str, object]:
            table = store.tables_from({"who": identities({"person": "p1", **written})})["who"]
            [row] = store.run(clean_identities(table)).to_pylist()
            return dict(row)

        yield clean


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("maria", "MARIA"),
        ("  María-José ", "MARIA JOSE"),
        ("O'Neal", "ONEAL"),
        ("D’Angelo", "DANGELO"),
        ("Müller", "MULLER"),
        ("UNKNOWN", None),
        ("Unknown", None),
        ("fnu", None),
        ("??", None),
        ("", None),
        (None, None),
        ("J", "J"),
    ],
)
def test_names_are_capitals_without_marks(
    cleaned: Cleaned, written: str | None, kept: str | None
) -> None:
    assert cleaned(given_name=written)["given_name"] == kept


@pytest.mark.parametrize(
    ("family", "suffix", "kept", "suffix_kept"),
    [
        ("Garcia Jr.", None, "GARCIA", "JR"),
        ("Garcia, Junior", None, "GARCIA", "JR"),
        ("Garcia III", None, "GARCIA", "III"),
        ("Garcia", "Sr", "GARCIA", "SR"),
        ("Garcia", "2nd", "GARCIA", "II"),
        ("Garcia", "PhD", "GARCIA", None),
        ("Ivanov", None, "IVANOV", None),
        ("Lopez-Diaz", None, "LOPEZ DIAZ", None),
    ],
)
def test_suffixes_leave_the_name(
    cleaned: Cleaned, family: str, suffix: str | None, kept: str, suffix_kept: str | None
) -> None:
    found = cleaned(family_name=family, name_suffix=suffix)

    assert (found["family_name"], found["name_suffix"]) == (kept, suffix_kept)


def test_john_doe_is_no_one_but_a_doe_may_be_someone(cleaned: Cleaned) -> None:
    assert cleaned(given_name="John", family_name="Doe")["family_name"] is None
    assert cleaned(given_name="Marta", family_name="Doe")["family_name"] == "DOE"


@pytest.mark.parametrize(
    ("written", "whole", "last4"),
    [
        ("123-45-6780", "123456780", "6780"),
        ("123456780", "123456780", "6780"),
        ("900-01-0001", "900010001", "0001"),
        ("6780", None, "6780"),
        ("XXX-XX-6780", None, "6780"),
        ("000-12-3456", None, None),
        ("666-12-3456", None, None),
        ("123-00-4567", None, None),
        ("123-45-0000", None, None),
        ("111-11-1111", None, None),
        ("123-45-6789", None, None),
        ("078-05-1120", None, None),
        ("0000", None, None),
        ("12345", None, None),
        (None, None, None),
    ],
)
def test_social_security_numbers_that_cannot_be_are_missing(
    cleaned: Cleaned, written: str | None, whole: str | None, last4: str | None
) -> None:
    found = cleaned(ssn=written)

    assert (found["ssn"], found["ssn_last4"]) == (whole, last4)


@pytest.mark.parametrize(
    ("born", "known", "kept"),
    [
        (date(1980, 2, 29), date(2020, 1, 1), True),
        (date(1980, 2, 29), None, True),
        (date(2020, 1, 1), date(2020, 1, 1), True),
        (date(2020, 1, 2), date(2020, 1, 1), False),
        (date(1901, 1, 1), None, False),
        (date(1900, 1, 1), None, False),
        (date(1900, 1, 2), None, True),
        (date(1899, 5, 5), None, False),
    ],
)
def test_birth_dates_that_cannot_be_are_missing(
    cleaned: Cleaned, born: date, known: date | None, kept: bool
) -> None:
    assert cleaned(born_on=born, known_on=known)["born_on"] == (born if kept else None)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("90012", "90012"),
        ("90012-1234", "90012"),
        (" 90012", "90012"),
        ("9001", None),
        ("00000", None),
        ("99999", None),
        (None, None),
    ],
)
def test_zip_codes_are_five_digits(cleaned: Cleaned, written: str | None, kept: str | None) -> None:
    assert cleaned(postcode=written)["postcode"] == kept


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("1200 Main Street", "1200 MAIN"),
        ("1200 N. Main St, Apt 4", "1200 MAIN"),
        ("1200 North Main", "1200 MAIN"),
        ("Main Street", None),
        ("general delivery", None),
    ],
)
def test_streets_are_number_and_first_word(
    cleaned: Cleaned, written: str, kept: str | None
) -> None:
    assert cleaned(street=written)["street"] == kept


@pytest.mark.parametrize(
    ("written", "kept"),
    [("female", "F"), ("M", "M"), ("Male", "M"), ("X", None), ("unknown", None), (None, None)],
)
def test_sex_is_compared_where_it_is_one_of_two(
    cleaned: Cleaned, written: str | None, kept: str | None
) -> None:
    assert cleaned(sex=written)["sex"] == kept
