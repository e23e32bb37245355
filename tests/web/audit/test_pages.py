"""The pages of the log: searched, checked, taken out, and whose records (R110, R143)."""

from __future__ import annotations

import ast
import csv
import io
import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from payforsuccess import web
from payforsuccess.web.audit.actions import Subject, record
from payforsuccess.web.audit.models import Event
from payforsuccess.web.audit.queries import Asked, opened_by, search
from payforsuccess.web.audit.words import VERBS, told
from tests.web.cast import Cast

pytestmark = pytest.mark.django_db


def url(county: Cast, name: str, *parts: object) -> str:
    return reverse(f"audit:{name}", args=[county.slug, *parts])


def looks(county: Cast, who: str, *people: str, basis: str = "") -> None:
    for person in people:
        actor = county.access(who).actor()
        record(actor, "participant.viewed", Subject("participant", person), basis=basis)


def shown(county: Cast, name: str, **asked: str) -> str:
    answer = county.sign_in("auditor-controller").get(url(county, name), asked)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_log_is_searched_by_person_verb_subject_and_days(county: Cast) -> None:
    looks(county, "case-manager", "aaa", "bbb")
    looks(county, "data-steward", "aaa")
    access = county.access("counsel")
    worker = county.users["case-manager"].public_id
    today = timezone.localdate()

    def found(**asked: object) -> int:
        asked = {"verb": "participant.viewed", **asked}
        return search(access, Asked(**asked)).count()  # type: ignore[arg-type]

    assert found() == 3
    assert found(by=worker) == 2
    assert found(subject="aaa") == 2
    assert found(by=worker, subject="aaa") == 1
    assert found(since=today, until=today) == 3
    assert found(since=today + timedelta(1)) == 0
    assert found(until=today - timedelta(1)) == 0


@pytest.mark.parametrize("name", ["log", "opened"])
@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01"])
def test_a_day_at_the_end_of_time_is_answered_by_the_form(
    county: Cast, name: str, day: str
) -> None:
    account = county.users["case-manager"].public_id

    html = shown(county, name, by=account, since=day, until=day)

    assert "Write a day between the years 2000 and 2999." in html


def test_an_export_up_to_the_end_of_time_is_answered_by_the_form(county: Cast) -> None:
    answer = county.sign_in("auditor-controller", fresh=True).post(
        url(county, "export"), {"form": "csv", "purpose": "the audit", "until": "9999-12-31"}
    )

    assert "Write a day between the years 2000 and 2999." in answer.content.decode()


def test_the_page_speaks_in_plain_words(county: Cast) -> None:
    looks(county, "case-manager", "aaa")

    html = shown(county, "log")

    assert "opened the record of a person" in html
    assert "participant.viewed" not in html.split("<table")[1]


def test_each_verb_that_is_recorded_has_words() -> None:
    """A new verb needs its words in `audit/words.py`, in plain language."""
    said = {
        node.args[1].value
        for path in Path(web.__file__).parent.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", "") == "record"
        and len(node.args) > 1
        and isinstance(node.args[1], ast.Constant)
    }

    assert len(said) > 30
    assert sorted(said - set(VERBS)) == []
    assert told("somebody.did-it") == "somebody: did it"


def test_signing_in_shows_for_members_and_not_for_others(county: Cast, other_county: Cast) -> None:
    county.sign_in("payor")
    other_county.sign_in("payor")

    found = search(county.access("counsel"), Asked(verb="account.signed-in"))

    assert [event.by_name for event in found] == ["payor of homes"]


def test_an_entry_shows_what_its_seal_stands_for(county: Cast) -> None:
    looks(county, "case-manager", "aaa", basis="consent of 1 May")
    event = Event.objects.order_by("-number")[0]

    answer = county.sign_in("counsel").get(url(county, "entry", event.number))

    html = answer.content.decode()
    assert event.seal in html and event.seal_before in html and "consent of 1 May" in html


def test_the_log_tells_a_reader_nobodys_group(county: Cast) -> None:
    """R111: the auditor never sees who was assigned to which group, by the log neither."""
    actor = county.access("jail-liaison").actor()
    event = record(
        actor, "referral.changed", Subject("referral", "abc"), after={"state": "services-as-usual"}
    )

    html = (
        county.sign_in("auditor-controller")
        .get(url(county, "entry", event.number))
        .content.decode()
    )

    assert "services-as-usual" not in html and "hidden" in html


def exported(county: Cast, form: str) -> bytes:
    client = county.sign_in("auditor-controller", fresh=True)
    answer = client.post(url(county, "export"), {"form": form, "purpose": "the audit of 2027"})
    assert answer.status_code == 200 and "attachment" in answer["Content-Disposition"]
    return answer.content


def test_the_log_goes_out_with_the_head_of_the_chain_and_is_logged(county: Cast) -> None:
    looks(county, "case-manager", "aaa")

    told = json.loads(exported(county, "json"))

    left = Event.objects.get(verb="log.exported")
    assert told["chain"]["head"] == left.after["head"]
    assert left.after["entries"] == len(told["entries"])
    assert left.basis == "the audit of 2027"
    seals = {e.number: e.seal for e in Event.objects.all()}
    assert all(entry["seal"] == seals[entry["number"]] for entry in told["entries"])


def test_a_file_of_the_log_carries_no_formula(county: Cast) -> None:
    """What someone typed as a name or a reason must not run in a spreadsheet."""
    worker = county.access("case-manager").actor()
    for hostile in ("=1+1", "+1", "-1", "@x", "\t=1", "\r=1"):
        record(worker, "contact.logged", Subject("person", hostile), basis=hostile)

    rows = list(csv.DictReader(io.StringIO(exported(county, "csv").decode(), newline="")))

    cells = [cell for row in rows for cell in row.values()]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert {row["basis"] for row in rows} >= {"'=1+1", "'@x"}
    assert len({row["chain_head"] for row in rows}) == 1


def test_an_export_asks_for_a_fresh_sign_in(county: Cast) -> None:
    answer = county.sign_in("auditor-controller").post(
        url(county, "export"), {"form": "csv", "purpose": "curiosity"}
    )

    assert (answer.status_code == 302 and reverse("account_login") in answer["Location"]) or (
        reverse("account_reauthenticate") in answer["Location"]
    )
    assert not Event.objects.filter(verb="log.exported").exists()


def test_one_report_says_whose_records_an_account_opened(county: Cast) -> None:
    """R143."""
    looks(county, "case-manager", "aaa", "bbb", "aaa", basis="own caseload")
    looks(county, "data-steward", "ccc")
    account = county.users["case-manager"].public_id

    found = opened_by(county.access("counsel"), Asked(by=account))
    html = shown(county, "opened", by=account)

    assert [(o.subject, o.times, o.bases) for o in found] == [
        ("aaa", 2, ("own caseload",)),
        ("bbb", 1, ("own caseload",)),
    ]
    assert "2 people" in html and "3 times" in html and "ccc" not in html
    assert Event.objects.get(verb="log.openings-read").subject == account


@pytest.mark.parametrize("name", ["log", "opened"])
def test_a_page_asks_the_database_the_same_however_long_the_log(
    county: Cast, django_assert_max_num_queries: DjangoAssertNumQueries, name: str
) -> None:
    client = county.sign_in("counsel")
    account = county.users["case-manager"].public_id
    for people in (3, 60):
        looks(county, "case-manager", *(f"p{number}" for number in range(people)))
        with django_assert_max_num_queries(12 + 2):  # savepoints stand for a transaction here
            assert client.get(url(county, name), {"by": account}).status_code == 200
