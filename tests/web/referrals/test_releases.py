"""The day's list of releases: our people alone; hostile files refused without a word of them."""

from __future__ import annotations

import io
import zipfile
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from payforsuccess.errors import Refusal
from payforsuccess.web.referrals.models import Referral
from payforsuccess.web.referrals.release_list import MOST_ROWS, day_in, read_list
from tests.web.cast import Cast
from tests.web.referrals.counties import by_answer, referred

pytestmark = pytest.mark.django_db
BASE = "/answers/referrals/"
HEAD = "family_name,given_name,born_on,release_on"
TODAY = date(2027, 3, 1)


def packed() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("xl/workbook.xml", "<Secretname/>")
    return content.getvalue()


HOSTILE = {
    "empty": (b"", "empty"),
    "no head": (b"Secretname,Ana\n", "does not name the columns"),
    "a column twice": (f"{HEAD},born_on\n".encode(), "named twice"),
    "a workbook": (packed(), "no CSV file"),
    "a PDF": (b"%PDF-1.7 Secretname", "no CSV file"),
    "another code": (f"{HEAD}\nSecretn\xe4me,A,1990-01-01,2027-03-02\n".encode("latin-1"), "UTF-8"),
    "nothing written": (f"{HEAD}\nSecret\x00name,A,1990-01-01,2027-03-02\n".encode(), "no text"),
    "too large": (b"x" * (1024 * 1024 + 1), "larger than 1 MB"),
    "too many rows": ((f"{HEAD}\n" + ",,,\n" * (MOST_ROWS + 1)).encode(), "more than 5,000 rows"),
    "a broken quote": (f'{HEAD}\nSecretname,"A,1990-01-01,2027-03-02\n'.encode(), "broken"),
    "cells too many": (f"{HEAD}\nSecretname,A,1990-01-01,2027-03-02,X\n".encode(), "Row 2: 5"),
    "no day": (f"{HEAD}\nSecretname,A,1990-13-01,soon\n".encode(), "Row 2: born_on is no day"),
    "far off": (f"{HEAD}\nSecretname,A,1990-01-01,2047-03-02\n".encode(), "more than a year off"),
    "nobody": (f"{HEAD}\nSecretname,,1990-01-01,2027-03-02\n".encode(), "given_name is empty"),
    "a long cell": (f"{HEAD}\n{'Secretname' * 20},A,1990-01-01,2027-03-02\n".encode(), "no name"),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_file_is_refused_with_row_and_reason_and_nobody_s_name(kind: str) -> None:
    """R142."""
    content, reason = HOSTILE[kind]
    with pytest.raises(Refusal) as refused:
        read_list(content, on=TODAY)

    said = " ".join(f"{p.what} {p.do} {p.where}" for p in refused.value.problems)
    assert reason in said
    assert "Secret" not in said and "1990" not in said


def test_all_faults_are_told_together_up_to_twenty() -> None:
    rows = "\n".join(f"A{n},B,x,y" for n in range(40))
    with pytest.raises(Refusal) as refused:
        read_list(f"{HEAD}\n{rows}\n".encode(), on=TODAY)

    assert len(refused.value.problems) == 21
    assert "60 faults more" in refused.value.problems[-1].what


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2027-03-01", date(2027, 3, 1)),
        ("3/1/2027", date(2027, 3, 1)),
        ("03/01/2027", date(2027, 3, 1)),
        ("31/01/2027", None),
        ("2027-02-29", None),
        ("1.3.2027", None),
        ("٣/١/٢٠٢٧", None),
    ],
)
def test_days_are_written_in_two_ways(text: str, day: date | None) -> None:
    assert day_in(text) == day


def upload(county: Cast, role: str, text: str) -> str:
    file = SimpleUploadedFile("list.csv", text.encode(), "text/csv")
    return county.sign_in(role).post(f"{BASE}releases/", {"file": file}).content.decode()


def test_only_ones_own_people_are_found_and_kept_after_a_look() -> None:
    """R142: which of our referred people are released when; nothing else of the list is kept."""
    county = by_answer()
    mine = referred(county, family="Rowan", given="Ana")
    theirs = referred(county, role="court-contact", family="Sorrel")
    on = timezone.localdate() + timedelta(days=9)
    lines = [
        "Booking,Family_name,GIVEN_NAME,born_on,release_on",
        f"1,ROWAN,ana,2/3/1990,{on}",
        f"2,Sorrel,Sam,1990-02-03,{on}",
        f"3,Stranger,Nobody,1970-01-01,{on}",
    ]

    page = upload(county, "jail-liaison", "\n".join(lines))

    assert "The list has 3 rows" in page and "Ana Rowan" in page
    assert "Sorrel" not in page and "Stranger" not in page
    mine.refresh_from_db()
    assert mine.release_expected_on != on
    kept = {"send": "yes", "release": [f"{mine.public_id}={on}", f"{theirs.public_id}={on}"]}
    county.sign_in("jail-liaison").post(f"{BASE}releases/", kept)
    mine.refresh_from_db()
    assert mine.release_expected_on == on
    assert Referral.objects.get(pk=theirs.pk).release_expected_on != on


def test_a_faulty_list_changes_nothing_and_the_page_says_what_to_do() -> None:
    county = by_answer()
    referred(county)

    page = upload(county, "jail-liaison", f"{HEAD}\nRowan,Sam,1990-02-03,tomorrow\n")

    assert "The list was not read" in page and "Row 2: release_on is no day" in page
    assert "tomorrow" not in page
