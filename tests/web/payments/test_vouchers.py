"""The voucher on the statement's page: for whom, when, and as which file (R129)."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
import yaml
from django.urls import reverse

from payforsuccess.web.audit.models import Event
from tests.lib.budgets import CODING, a_fund, a_source, budget_plain
from tests.web.cast import Cast
from tests.web.payments.doing import SLUG, approved, paid, stated, url


def with_money(folder: Path, amount: str = "1000", vendor: str = "V-1") -> None:
    """A budget that has money in the fiscal year of the payment."""
    plain = budget_plain(
        funds=[a_fund(coding={**CODING, "vendor": vendor})],
        sources=[a_source(years=[{"fiscal_year": 2028, "amount": amount}])],
    )
    (folder / "budget.yaml").write_text(yaml.safe_dump(plain, sort_keys=False), "utf-8")


def voucher_of(form: str) -> str:
    return reverse("payments:voucher-file", args=[SLUG, 1, form])


@pytest.mark.parametrize("who", ["auditor-controller", "payor"])
def test_who_pays_and_whose_money_it_is_download_it(county: Cast, who: str) -> None:
    with_money(approved(county))
    client = county.sign_in(who, fresh=True)

    assert url("voucher") in client.get(url("period")).content.decode()
    assert "A01 / Housing / 5500" in client.get(url("voucher")).content.decode()
    answer = client.get(voucher_of("csv"))

    (row,) = csv.DictReader(io.StringIO(answer.content.decode()))
    assert (row["fund"], row["vendor"], row["amount"]) == ("A01", "V-1", "300.00")
    assert answer["Content-Disposition"] == 'attachment; filename="voucher-0001.csv"'
    event = Event.objects.get(verb="voucher.exported")
    assert (event.by, event.after["form"], event.after["total"]) == (
        county.users[who].public_id,
        "CSV",
        300_00,
    )


def test_it_is_downloaded_as_json_too(county: Cast) -> None:
    with_money(approved(county))

    answer = county.sign_in("payor", fresh=True).get(voucher_of("json"))

    assert json.loads(answer.content)["voucher"][0]["encumbrance"] == ""


def test_there_is_none_before_two_people_approved_and_it_is_read_once_all_is_paid(
    county: Cast,
) -> None:
    with_money(stated(county))
    client = county.sign_in("auditor-controller", fresh=True)
    assert client.get(url("voucher")).status_code == 404
    assert client.get(voucher_of("csv")).status_code == 404

    for who in ("payor", "second-payor"):
        county.sign_in(who, fresh=True).post(url("approve"), {"confirmed": "yes"})
    assert client.get(url("voucher")).status_code == 200
    client.post(url("warrant"), {"reference": "W-7", "on": "2028-02-01"})
    told = client.get(url("voucher")).content.decode()
    assert "A01 / Housing / 5500" in told and "300.00" in told and "W-7" in told
    assert "All that can be paid of it is paid" in told
    assert client.get(voucher_of("csv")).status_code == 404


def test_what_is_not_appropriated_is_said_and_nothing_leaves(county: Cast) -> None:
    with_money(approved(county), "299.99")
    client = county.sign_in("payor", fresh=True)

    assert "0.01 of it is not appropriated" in client.get(url("voucher")).content.decode()
    answer = client.get(voucher_of("csv"))

    assert answer.status_code == 409
    assert not Event.objects.filter(verb="voucher.exported").exists()


def test_without_a_budget_the_page_says_who_writes_it(county: Cast) -> None:
    approved(county)
    client = county.sign_in("payor", fresh=True)

    assert "No file of the budget" in client.get(url("voucher")).content.decode()
    assert client.get(voucher_of("csv")).status_code == 409


def test_a_fresh_sign_in_is_asked_for(county: Cast) -> None:
    with_money(approved(county))

    answer = county.sign_in("payor").get(voucher_of("csv"))

    assert answer["Location"].startswith(reverse("account_reauthenticate"))


def test_a_cell_never_becomes_a_formula(county: Cast) -> None:
    with_money(approved(county), vendor="=HYPERLINK(1)")

    answer = county.sign_in("payor", fresh=True).get(voucher_of("csv"))

    (row,) = csv.DictReader(io.StringIO(answer.content.decode()))
    assert row["vendor"] == "'=HYPERLINK(1)"


def test_the_link_stays_once_it_is_paid(county: Cast) -> None:
    paid(county)

    page = county.sign_in("auditor-controller").get(url("period")).content.decode()

    assert url("voucher") in page
