"""What the log hides from a reader is told by no part of it, the seals neither (R111)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone

from payforsuccess.trail import fingerprint
from payforsuccess.web.audit.actions import Subject, record
from payforsuccess.web.audit.models import Event
from payforsuccess.web.audit.queries import Asked, check_chain, search
from payforsuccess.web.audit.sight import GROUPS, HIDDEN, Sight
from tests.web.cast import Cast
from tests.web.referrals.counties import by_lot

pytestmark = pytest.mark.django_db
Row = dict[str, object]


def exported(cast: Cast, role: str) -> list[Row]:
    answer = cast.sign_in(role, fresh=True).post(
        reverse("audit:export", args=[cast.slug]), {"form": "json", "purpose": "the audit"}
    )
    entries: list[Row] = json.loads(answer.content)["entries"]
    return entries


def seal_of(row: Row) -> str:
    """The seal that a reader computes of a row of the file."""
    content = {name: value for name, value in row.items() if name != "seal"}
    return fingerprint(content)


def drawn(cast: Cast) -> None:
    """Two who were drawn, of whom one was placed."""
    actor = cast.access("jail-liaison").actor()
    worker = cast.access("case-manager").actor()
    for code, group in (("wxyz", "placed"), ("rstv", "services-as-usual")):
        record(actor, "referral.decided", Subject("referral", code), after={"state": group})
    record(worker, "referral.changed", Subject("referral", "wxyz"), after={"state": "enrolled"})
    record(worker, "enrolment.began", Subject("enrolment", "kmnp"), after={"on": "2026-01-01"})


@pytest.mark.parametrize("role", ["data-steward", "auditor-controller", "counsel"])
def test_no_value_that_is_hidden_is_found_again_by_the_seal(county: Cast, role: str) -> None:
    drawn(county)

    hidden = [row for row in exported(county, role) if HIDDEN in json.dumps(row)]

    assert len(hidden) == 2
    for row in hidden:
        assert row["salt"] == HIDDEN
        for group in GROUPS:
            tried = {**row, "after": {"state": group}}
            without = {name: value for name, value in tried.items() if name not in ("seal", "salt")}
            assert row["seal"] not in (seal_of(tried), fingerprint(without))


def test_a_reader_of_whole_entries_computes_their_seals(county: Cast) -> None:
    drawn(county)

    whole = [row for row in exported(county, "counsel") if row["salt"] != HIDDEN]

    assert len(whole) > 10
    assert all(seal_of(row) == row["seal"] for row in whole)


def test_who_sees_arms_sees_every_salt(county: Cast) -> None:
    drawn(county)
    sight = Sight(sees_arms=True, is_by_lot=True)

    for event in Event.objects.all():
        assert sight.salt(event) == event.salt and sight.subject(event) == event.subject
        assert sight.values(event, event.after) == event.after


def test_no_code_tells_who_was_placed_where_chance_decides(tmp_path: Path) -> None:
    lots = by_lot(tmp_path)
    drawn(lots)
    client = lots.sign_in("data-steward")
    log = reverse("audit:log", args=[lots.slug])

    rows = exported(lots, "data-steward")
    pages = client.get(log).content.decode()
    entry = Event.objects.get(verb="enrolment.began")
    pages += client.get(reverse("audit:entry", args=[lots.slug, entry.number])).content.decode()

    assert not [code for code in ("wxyz", "rstv", "kmnp") if code in json.dumps(rows) + pages]
    access = lots.access("data-steward")
    assert search(access, Asked(subject="wxyz")).count() == 0
    assert str(entry.salt) not in pages


def test_an_entry_from_before_the_salt_keeps_its_form(county: Cast) -> None:
    last = Event.objects.order_by("-number")[0]
    old = Event(
        number=last.number + 1,
        at=timezone.now(),
        by="",
        by_name="The system",
        verb="job.done",
        initiative=county.slug,
        seal_before=last.seal,
    )
    assert "salt" not in old.sealed_content()
    old.seal = fingerprint(old.sealed_content())
    old.save(force_insert=True)

    assert record(county.access("counsel").actor(), "log.checked").salt
    assert check_chain().is_whole
