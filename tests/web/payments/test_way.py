"""The way of a payment through pages: each step by its own person (R3, R34, R110, R123, R129)."""

from __future__ import annotations

import pytest
from django.urls import reverse

from payforsuccess.runs.folder import open_folder
from payforsuccess.runs.statement.approvals import read_approvals
from payforsuccess.runs.statement.approve import approve
from payforsuccess.web.audit.models import Event
from payforsuccess.web.audit.queries import check_chain
from tests.lib.deals import COUNTY
from tests.lib.sealed import INITIATIVE
from tests.web.cast import Cast
from tests.web.payments.doing import NOW, SLUG, do, stated, url


def test_from_signed_results_to_a_warrant(county: Cast) -> None:
    folder = open_folder(stated(county))
    assert do(county, "payor", "approve") == 302
    assert do(county, "second-payor", "approve") == 302
    assert do(county, "auditor-controller", "warrant", reference="W-7", on="2028-02-01") == 302

    (paid,) = folder.paid()
    assert (paid.statement, paid.amount, paid.reference) == (1, 300, "W-7")
    page = county.sign_in("investor").get(url("period")).content.decode()
    assert "All is done for this period" in page
    assert [
        e.verb for e in Event.objects.filter(initiative=SLUG, verb__startswith="statement")
    ] == [
        "statement.issued",
        "statement.approved",
        "statement.approved",
        "statement.paid",
    ]
    assert check_chain().is_whole


def test_one_person_never_approves_twice(county: Cast) -> None:
    stated(county)
    assert do(county, "payor", "approve") == 302

    again = county.sign_in("payor", fresh=True).post(
        url("approve"), {"confirmed": "yes"}, follow=True
    )

    assert "You have approved it already" in again.content.decode()
    assert (
        len(
            [r for r in read_approvals(open_folder(county.initiative.path)) if r.said == "approved"]
        )
        == 1
    )


@pytest.mark.parametrize("who", ["coordinator", "investor", "evaluator", "auditor-controller"])
def test_only_payors_approve(county: Cast, who: str) -> None:
    stated(county)

    assert do(county, who, "approve") == 403


def test_nothing_is_paid_before_two_people_approved(county: Cast) -> None:
    stated(county)
    assert do(county, "auditor-controller", "warrant", reference="W-7", on="2028-02-01") == 404
    assert do(county, "payor", "approve") == 302
    assert do(county, "auditor-controller", "warrant", reference="W-7", on="2028-02-01") == 404

    assert open_folder(county.initiative.path).paid() == ()


def test_a_part_that_is_entered_twice_is_one_payment_and_told_once(county: Cast) -> None:
    stated(county)
    do(county, "payor", "approve")
    do(county, "second-payor", "approve")
    entered = {"reference": "W-7", "on": "2028-02-01", "amount": "100"}

    assert do(county, "auditor-controller", "warrant", **entered) == 302
    assert do(county, "auditor-controller", "warrant", **entered) == 302

    assert len(open_folder(county.initiative.path).paid()) == 1
    assert Event.objects.filter(verb="statement.paid").count() == 1


def test_the_number_of_a_part_is_refused_for_the_rest(county: Cast) -> None:
    stated(county)
    do(county, "payor", "approve")
    do(county, "second-payor", "approve")
    entered = {"reference": "W-7", "on": "2028-02-01"}
    assert do(county, "auditor-controller", "warrant", **entered, amount="1") == 302

    assert do(county, "auditor-controller", "warrant", **entered) == 409

    assert [each.amount for each in open_folder(county.initiative.path).paid()] == [1]


def test_more_than_may_be_paid_is_refused_in_words(county: Cast) -> None:
    stated(county)
    do(county, "payor", "approve")
    do(county, "second-payor", "approve")
    client = county.sign_in("auditor-controller", fresh=True)

    answer = client.post(
        url("warrant"), {"reference": "W-7", "on": "2028-02-01", "amount": "300.01"}
    )

    assert answer.status_code == 409
    assert "300.00" in answer.content.decode()
    assert open_folder(county.initiative.path).paid() == ()
    assert not Event.objects.filter(verb="statement.paid").exists()


def test_a_statement_sent_back_loses_its_approvals(county: Cast) -> None:
    stated(county)
    do(county, "payor", "approve")

    assert do(county, "second-payor", "return", reason="The period is another") == 302

    page = county.sign_in("coordinator").get(url("period")).content.decode()
    assert "The period is another" in page


def test_steps_that_are_not_due_have_no_page(county: Cast) -> None:
    assert do(county, "payor", "approve") == 404
    assert do(county, "auditor-controller", "warrant") == 404
    assert do(county, "coordinator", "answer") == 404


def test_whoever_signed_in_long_ago_signs_in_again_first(county: Cast) -> None:
    stated(county)
    client = county.sign_in("payor")

    answer = client.post(url("approve"), {"confirmed": "yes"})

    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_reauthenticate"))
    assert len(read_approvals(open_folder(county.initiative.path))) == 1


def test_what_the_command_line_wrote_is_told_to_the_log_once(county: Cast) -> None:
    folder = stated(county)
    approve(folder, 1, by="Ash Reed", party=COUNTY, on=NOW, as_of=NOW)
    client = county.sign_in("counsel")

    client.get(reverse("payments:list", args=[SLUG]))
    client.get(reverse("payments:list", args=[SLUG]))

    (found,) = Event.objects.filter(verb="records.found")
    assert any("Ash Reed" in str(said) for said in found.after.values())


def test_the_line_leads_to_clause_and_arithmetic(county: Cast) -> None:
    stated(county)

    page = county.sign_in("payor").get(reverse("payments:line", args=[SLUG, 1, 1]))

    text = page.content.decode()
    assert "100.00" in text and "300.00" in text
    assert "Ten people or fewer" in text or "paid on totals" in text


def test_a_disputed_amount_waits_while_the_rest_is_paid(county: Cast) -> None:
    folder = stated(county)
    (folder / "initiative.yaml").write_text(INITIATIVE, "utf-8")
    do(county, "payor", "approve")
    do(county, "second-payor", "approve")
    line = open_folder(folder).statements()[0].lines[0].term
    entered = {"lines": line, "clause": "Section 3", "amount": "100.00"}

    assert do(county, "payor", "dispute", **entered) == 302
    assert do(county, "auditor-controller", "warrant", reference="W-7", on="2028-02-01") == 302
    (paid,) = open_folder(folder).paid()
    assert paid.amount == 200

    settle = reverse("payments:settled", args=[SLUG, 1, "statement-1-1"])
    answer = county.sign_in("coordinator").post(settle, {"says": "The count was right."})
    assert answer.status_code == 302
    assert do(county, "auditor-controller", "warrant", reference="W-8", on="2028-02-01") == 302
    assert sum(each.amount for each in open_folder(folder).paid()) == 300


@pytest.mark.parametrize(("form", "starts"), [("html", b"<!"), ("pdf", b"%PDF"), ("docx", b"PK")])
def test_a_statement_is_taken_out_as_a_file_and_the_log_says_so(
    county: Cast, form: str, starts: bytes
) -> None:
    stated(county)
    client = county.sign_in("payor", fresh=True)

    answer = client.get(reverse("payments:export", args=[SLUG, 1, form]))

    assert answer["Content-Disposition"].startswith("attachment")
    assert answer.content.startswith(starts)
    assert Event.objects.get(verb="statement.exported").after["form"] == form.upper()
