"""Payments held against the paying office's books, on pages (R129)."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.urls import reverse

from payforsuccess.runs.folder import open_folder
from payforsuccess.runs.statement.reconcile import reconciliation
from payforsuccess.runs.statement.reconciliations import read_reconciliations
from payforsuccess.web.audit.models import Event
from tests.web.cast import Cast
from tests.web.payments.doing import SLUG, paid, url

BOOKS = reverse("payments:books", args=[SLUG])
LIST = reverse("payments:books-list", args=[SLUG])
ROW = "W-7; 2/1/2028; 300.00; A vendor"


def bring(county: Cast, *, file: bytes = b"", name: str = "books.csv", **said: str) -> HttpResponse:
    """The Auditor-Controller brings a list."""
    entered: dict[str, object] = {"through": "2028-02-01", **said}
    if file:
        entered["file"] = SimpleUploadedFile(name, file, "text/csv")
    return county.sign_in("auditor-controller").post(LIST, entered)


def page(county: Cast, who: str = "auditor-controller") -> str:
    return county.sign_in(who).get(BOOKS).content.decode()


def records(county: Cast) -> int:
    return len(read_reconciliations(open_folder(county.initiative.path)))


def test_a_list_that_agrees_closes_and_the_statement_says_so(county: Cast) -> None:
    paid(county)
    assert "No list of the books came yet" in page(county)

    assert bring(county, typed=ROW).status_code == 302

    assert "closes" in page(county) and "Agrees" in page(county, "payor")
    assert "Agrees" in county.sign_in("investor").get(url("period")).content.decode()
    event = Event.objects.get(verb="books.taken")
    assert (event.after["rows"], event.after["open"]) == (1, 0)


def test_an_uploaded_file_is_read_like_typed_lines(county: Cast) -> None:
    paid(county)
    file = b"Warrant Number,Payment Date,Amount,Memo\nW-7,2/1/2028,$300.00,x\n"

    assert bring(county, file=file).status_code == 302

    assert reconciliation(county.initiative.path).found.closes


def test_the_same_list_twice_is_one_record_and_told_once(county: Cast) -> None:
    paid(county)
    bring(county, typed=ROW)
    bring(county, typed=ROW)

    assert records(county) == 1
    assert Event.objects.filter(verb="books.taken").count() == 1


def test_a_difference_is_shown_with_what_to_do_until_it_is_explained(county: Cast) -> None:
    paid(county)
    bring(county, typed="W-7; 2/1/2028; 299.00")
    client = county.sign_in("auditor-controller")
    (line,) = reconciliation(county.initiative.path).found.open
    explain = reverse("payments:books-explain", args=[SLUG, line.code])

    assert explain in page(county) and "Another amount" in page(county)
    start = client.get(reverse("payments:list", args=[SLUG])).content.decode()
    assert "1 payment does not agree with the books" in start
    assert explain not in page(county, "payor")

    assert client.post(explain, {"reason": ""}).status_code == 200
    assert client.post(explain, {"reason": "A fee of the bank"}).status_code == 302

    assert "A fee of the bank" in page(county)
    assert reconciliation(county.initiative.path).found.closes
    assert Event.objects.get(verb="difference.explained").after["reason"] == "A fee of the bank"


def test_a_wrong_number_is_corrected_on_its_page_and_the_first_stays_on_record(
    county: Cast,
) -> None:
    paid(county)
    bring(county, typed="W-8; 2/1/2028; 300.00")
    assert "Not in the books" in page(county)
    client = county.sign_in("auditor-controller", fresh=True)
    (address,) = re.findall(rf'href="({url("warrant")}[^"]+)"', _period(county))
    corrected = {"reference": "W-8", "reason": "A slip of the pen"}
    assert client.post(address, {**corrected, "reference": "W 8?"}).status_code == 409

    assert client.post(address, corrected).status_code == 302

    told = _period(county)
    assert "W-8, entered as W-7: A slip of the pen (auditor-controller of paying" in told
    assert "Agrees" in told and reconciliation(county.initiative.path).found.closes
    folder = open_folder(county.initiative.path)
    assert [each.reference for each in folder.paid()] == ["W-7"]
    event = Event.objects.get(verb="payment.number-corrected")
    assert (event.before, event.after["warrant"]) == ({"warrant": "W-7"}, "W-8")
    assert client.post(address, corrected).status_code == 409
    client.get(reverse("payments:list", args=[SLUG]))
    assert not Event.objects.filter(verb="records.found", after__icontains="corrected").exists()


def _period(county: Cast) -> str:
    client = county.sign_in("auditor-controller")
    return client.get(url("period")).content.decode()


@pytest.mark.parametrize("who", ["payor", "coordinator", "investor"])
def test_nobody_else_corrects_a_number(county: Cast, who: str) -> None:
    paid(county)
    (address,) = re.findall(rf'href="({url("warrant")}[^"]+)"', _period(county))

    answer = county.sign_in(who, fresh=True).post(address, {"reference": "W-8", "reason": "x"})

    assert answer.status_code == 403
    assert records(county) == 0


def test_a_number_that_nobody_entered_is_unknown(county: Cast) -> None:
    paid(county)
    bring(county, typed=f"{ROW}\nW-9; 2/1/2028; 12.00")

    assert "Not on record here" in page(county)


@pytest.mark.parametrize(
    ("said", "says"),
    [
        ({"typed": "W-7; yesterday; 300.00"}, "Row 2: `date` is no day."),
        ({"typed": "W-7; 2/1/2028; 300,00"}, "Row 2: `amount` is no amount in whole cents."),
        ({"typed": ROW, "through": "2028-02-02"}, "which are to come"),
        ({"typed": ROW, "since": "2028-02-02"}, "Turn the days round"),
    ],
)
def test_a_faulty_list_is_refused_with_its_row(
    county: Cast, said: dict[str, str], says: str
) -> None:
    answer = bring(county, **said)

    assert answer.status_code == 409
    assert says in answer.content.decode()
    assert records(county) == 0 and not Event.objects.filter(verb="books.taken").exists()


@pytest.mark.parametrize(
    ("said", "says"),
    [
        ({}, "one of the two"),
        ({"typed": ROW, "file": b"number,date,amount\n"}, "one of the two"),
        ({"file": b"PK\x03\x04" + b"0" * 100}, "This is no CSV file"),
        ({"file": b"0" * (2 * 1024 * 1024 + 1)}, "larger than 2 MB"),
    ],
)
def test_a_hostile_or_missing_file_is_refused(
    county: Cast, said: dict[str, object], says: str
) -> None:
    answer = bring(county, **said)  # type: ignore[arg-type]

    assert says in answer.content.decode()
    assert records(county) == 0


def test_a_file_that_is_no_text_is_refused(county: Cast) -> None:
    assert bring(county, file=b"number,date,amount\n\xff\xfe,1,1\n").status_code == 409


@pytest.mark.parametrize("who", ["payor", "coordinator", "investor", "data-steward"])
def test_only_who_pays_brings_a_list(county: Cast, who: str) -> None:
    answer = county.sign_in(who).post(LIST, {"typed": ROW, "through": "2028-02-01"})

    assert answer.status_code == 403
    assert records(county) == 0


def test_what_the_command_line_took_is_told_to_the_log(county: Cast) -> None:
    from payforsuccess.runs.statement.reconcile import take_list
    from tests.web.payments.doing import NOW

    file = county.initiative.path / "books.csv"
    file.write_text("number,date,amount\n", "utf-8")
    take_list(county.initiative.path, file, by="Wren Teller", on=NOW)

    county.sign_in("counsel").get(reverse("payments:list", args=[SLUG]))

    found = Event.objects.get(verb="records.found")
    assert "list of the books by Wren Teller" in str(found.after)


def test_a_page_asks_few_questions(county: Cast, django_assert_max_num_queries: object) -> None:
    paid(county)
    typed = "\n".join(f"W-{n}; 2/1/2028; 300.00" for n in range(7, 67))
    bring(county, typed=typed)
    client = county.sign_in("auditor-controller")

    with django_assert_max_num_queries(12):  # type: ignore[operator]
        client.get(BOOKS)
