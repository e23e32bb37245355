"""The provider's list of entries for the validator's checks (R120)."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from payforsuccess.runs.files import json_bytes
from payforsuccess.web.audit.models import Event
from payforsuccess.web.jobs import kinds
from payforsuccess.web.jobs.actions import ask
from tests.lib.deals import a_deal
from tests.lib.folders import a_folder
from tests.web.cast import Cast, make_cast

SLUG = "entries"
GOOD = "happened_on,recorded_on\n2026-01-01,2026-01-02\n2026-01-01,2026-03-01\n"


@pytest.fixture
def county(db: None) -> Iterator[Cast]:
    home = Path(settings.DEALS) / SLUG
    shutil.rmtree(home, ignore_errors=True)
    yield make_cast(SLUG, "Entries", a_folder(home, a_deal()))
    shutil.rmtree(home)


def upload(county: Cast, text: str) -> tuple[int, str]:
    file = SimpleUploadedFile("entries.csv", text.encode())
    client = county.sign_in("validator")
    answer = client.post(reverse("desk:entries", args=[SLUG]), {"file": file})
    return answer.status_code, answer.content.decode()


def test_a_list_is_kept_and_the_next_look_counts_it(
    county: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """R120: entries made long after what they tell of."""
    asked: list[Path | None] = []

    def looked(*_: object, entries: Path | None, **__: object) -> object:
        asked.append(entries)
        raise InterruptedError

    monkeypatch.setattr("payforsuccess.runs.track.track.shown_facts", looked)
    monkeypatch.setattr(kinds, "after_the_data", lambda deal: date(2026, 12, 31))
    job = ask(by=county.access("validator"), kind="checks")
    for _ in range(2):
        with pytest.raises(InterruptedError):
            kinds.checks(job, lambda said: None)
        assert upload(county, GOOD)[0] == 302

    file = county.initiative.path / "out" / "checks" / kinds.ENTRIES
    assert asked == [None, file]
    assert file.read_text("utf-8") == GOOD and file.stat().st_mode & 0o077 == 0
    told = Event.objects.filter(verb="entries.taken")
    assert [event.after for event in told] == [{"entries": 2}] * 2


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("day,made\n1,2\n", "The list of entries lacks"),
        ("happened_on,recorded_on\nSECRET,2026-01-01\n", "is no day"),
        ("", "empty"),
    ],
)
def test_a_list_that_cannot_be_counted_is_refused_whole(county: Cast, text: str, says: str) -> None:
    """R120: and no value of it is repeated."""
    status, page = upload(county, text)
    assert says in page and "SECRET" not in page
    assert not (county.initiative.path / "out" / "checks" / kinds.ENTRIES).exists()
    assert status in (200, 409)
    assert not Event.objects.filter(verb="entries.taken").exists()


def test_nothing_is_said_to_be_fine_of_a_check_that_was_not_made(county: Cast) -> None:
    check = {"name": "Good ends by site", "stands_out": False, "looked_at": None, "beside": None}
    made = [{**check, "not_checked": "no end on record says that it was good"}]
    home = county.initiative.path / "out" / "checks"
    home.mkdir(parents=True)
    content = {"format": 1, "run": "", "through": "2026-10-31", "checks": made}
    (home / "checks.json").write_bytes(json_bytes(content))

    page = county.sign_in("validator").get(reverse("desk:checks", args=[SLUG])).content.decode()

    assert "Nothing stands out of what was checked. 1 check could not be made" in page
    assert "Nothing stands out. Look again" not in page
