"""What goes out: read again by the layouts without a problem, logged, formula-safe (R141)."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Mapping
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from payforsuccess.records.feed import FeedLayout
from payforsuccess.records.hmis import LAYOUT as HMIS
from payforsuccess.records.housing_subsidy import LAYOUT as HOMES
from payforsuccess.records.programme_enrolments import LAYOUT as REGISTER
from payforsuccess.web.audit.models import Event
from payforsuccess.web.people.actions import leave, log_contact, move_in, move_out
from payforsuccess.web.people.models import Enrolment, Participant
from tests.lib.feeds import cleaned
from tests.web.cast import Cast
from tests.web.people.cases import ago, consented, enrolled, housed

pytestmark = pytest.mark.django_db
SECRETS = ("Zinnia", "Sam", "1990-02-03", "555-0100", "secret note", "Quince Street")


def a_county(county: Cast) -> Enrolment:
    """Two homes one after the other, someone without a home, someone who died."""
    by = county.access("case-manager")
    row = housed(county, name="Zinnia", on=ago(80), enrolled_on=ago(90))
    move_out(by=by, placement=row.placements.get(), on=ago(50), to="homeless")
    move_in(by=by, enrolment=row, on=ago(40), leased_on=ago(41))
    log_contact(
        by=by, enrolment=row, on=ago(3), kind="visit", is_reached=True, note="a secret note"
    )
    consented(county, row)
    enrolled(county, name="Aster", on=ago(20))
    gone = housed(county, name="Birch", on=ago(60))
    leave(by=by, enrolment=gone, on=ago(5), kind="died")
    return row


def downloaded(client: Client, county: Cast, extract: str) -> dict[str, str]:
    """The files of an extract, by name."""
    page = reverse("people:extract", args=[county.slug, extract])
    answer = client.post(page, {"purpose": "For the evaluator"})
    assert answer.status_code == 200, answer["Location"]
    assert "attachment" in answer["Content-Disposition"]
    if extract == "register":
        return {"enrolments": answer.content.decode()}
    with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
        return {name.removesuffix(".csv"): packed.read(name).decode() for name in packed.namelist()}


def typed(layout: FeedLayout, files: Mapping[str, str]) -> dict[str, list[dict[str, object]]]:
    """The rows as the layout types them; a column or a code it does not know fails."""
    found: dict[str, list[dict[str, object]]] = {}
    for name, text in files.items():
        file = next(each for each in layout.files if each.name == name)
        columns = {column.name: column for column in file.columns}
        found[name] = []
        for row in csv.DictReader(io.StringIO(text)):
            values: dict[str, object] = {}
            for key, value in row.items():
                column = columns[key]
                if value == "" or value in column.unknown:
                    assert column.may_be_missing, f"{name}.{key} is missing"
                    values[key] = None
                    continue
                assert not column.codes or value in column.codes, f"{name}.{key} {value}"
                values[key] = (
                    date.fromisoformat(value)
                    if column.type == "day"
                    else int(value)
                    if column.type == "whole"
                    else value
                )
            found[name].append(values)
    return found


def stays(made: Mapping[str, list[dict[str, object]]]) -> list[tuple[object, ...]]:
    found = [
        (row["person"], row["start_on"], row["end_on"])
        for row in made["spells"]
        if row["state"] == "housed"
    ]
    return sorted(found, key=str)


def nights(county: Cast) -> list[tuple[object, ...]]:
    rows = Enrolment.objects.select_related("participant").prefetch_related("placements")
    found = [
        (row.participant.key, home.moved_in_on, home.moved_out_on)
        for row in rows
        for home in row.placements.all()
    ]
    return sorted(found, key=str)


@pytest.mark.parametrize("role", ["provider", "data-steward"])
def test_the_homes_come_back_through_their_layout(county: Cast, role: str) -> None:
    a_county(county)

    made = cleaned(
        HOMES, typed(HOMES, downloaded(county.sign_in(role, fresh=True), county, "homes"))
    )

    assert stays(made) == nights(county)


def test_the_hmis_export_tells_the_same_nights(county: Cast) -> None:
    a_county(county)

    files = downloaded(county.sign_in("data-steward", fresh=True), county, "hmis")
    made = cleaned(HMIS, typed(HMIS, files))

    assert stays(made) == nights(county)
    deaths = [row for row in made["events"] if row["kind"] == "death"]
    assert len(deaths) <= 1


def test_the_register_comes_back_through_its_layout(county: Cast) -> None:
    row = a_county(county)

    files = downloaded(county.sign_in("data-steward", fresh=True), county, "register")
    made = cleaned(REGISTER, typed(REGISTER, files))

    found = {each["person"]: each for each in made["enrolments"]}
    assert found[row.participant.key]["enrolled_on"] == row.enrolled_on


@pytest.mark.parametrize("extract", ["register", "homes", "hmis"])
def test_no_extract_has_a_name_a_note_or_an_address(county: Cast, extract: str) -> None:
    row = a_county(county)
    for each in Participant.objects.all():
        assert each.given_name == "Sam"
    assert row.contacts.get().note == "a secret note"

    text = "".join(downloaded(county.sign_in("data-steward", fresh=True), county, extract).values())

    assert [secret for secret in SECRETS if secret in text] == []


def test_a_download_is_logged_with_purpose_and_checksum(county: Cast) -> None:
    a_county(county)
    downloaded(county.sign_in("provider", fresh=True), county, "hmis")

    event = Event.objects.get(verb="extract.given-out")

    assert (event.subject, event.basis) == ("hmis", "For the evaluator")
    assert len(event.after["checksum"]) == 64


def test_a_download_asks_for_a_fresh_sign_in(county: Cast) -> None:
    page = reverse("people:extract", args=[county.slug, "homes"])

    answer = county.sign_in("provider", fresh=False).post(page, {"purpose": "x"})

    assert answer.status_code == 302
    assert not Event.objects.filter(verb="extract.given-out").exists()


def test_a_site_that_looks_like_a_formula_is_text(county: Cast) -> None:
    enrolled(county, site="=cmd|' /C calc'!A0")

    files = downloaded(county.sign_in("data-steward", fresh=True), county, "hmis")

    assert "'=cmd" in files["Project"] and "\n=cmd" not in files["Project"]
    assert ",=cmd" not in files["Project"]
