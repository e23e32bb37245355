"""The validator reads the checks on the newest measurement before the evaluator signs (R120)."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import datetime, time
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from payforsuccess.runs.files import json_bytes
from payforsuccess.runs.folder import open_folder
from payforsuccess.web.audit.models import Event
from tests.lib.approving import certified
from tests.lib.deals import PARTIES
from tests.lib.folders import a_folder
from tests.lib.run_folders import a_run
from tests.web.cast import EMPLOYERS, Cast, make_cast
from tests.web.payments.doing import NOW, SLUG, do, url

AUDITORS = {"name": EMPLOYERS["validator"], "roles": ["validator"]}
FOUND = "homes,1,k1,1,jail:1"


@pytest.fixture
def validated(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Cast]:
    """A county whose deal names a validator; its first period is measured."""
    instant = datetime.combine(NOW, time(10), timezone.get_current_timezone())
    monkeypatch.setattr("django.utils.timezone.now", lambda: instant)
    folder = Path(settings.DEALS) / SLUG
    a_folder(folder, certified(parties=[*map(dict, PARTIES), AUDITORS]))
    a_run(folder, "a", FOUND, periods=1)
    yield make_cast(SLUG, "Homes that are paid for", folder)
    shutil.rmtree(folder)


def checked(county: Cast, run: str) -> None:
    """The file that the job of the checks leaves."""
    folder = county.initiative.path / "out" / "checks"
    folder.mkdir(parents=True, exist_ok=True)
    content = {"format": 1, "run": f"run-{run}", "through": "2028-01-31", "checks": []}
    (folder / "checks.json").write_bytes(json_bytes(content))


def read(county: Cast) -> int:
    """The validator says that the checks on the page are read."""
    client = county.sign_in("validator")
    address = reverse("desk:checks", args=[SLUG])
    seen = client.get(address).context["seen"]
    return client.post(address, {"seen": seen}).status_code


def page(county: Cast, who: str, name: str = "period") -> str:
    client = county.sign_in(who, fresh=True)
    return client.get(url(name), follow=True).content.decode()


def test_the_validator_is_next_and_the_evaluator_signs_after(validated: Cast) -> None:
    assert "Checks read by the validator" in page(validated, "payor")
    assert "Look at the checks on the newest measurement" in page(validated, "validator")
    assert "The validator looks at the checks" in page(validated, "evaluator", "sign")

    checked(validated, "a")
    assert read(validated) == 302

    event = Event.objects.get(verb="checks.read")
    assert (event.role, event.after["run"]) == ("validator", "run-a")
    assert "read by" in page(validated, "evaluator", "sign")
    assert do(validated, "evaluator", "sign") == 302
    assert len(open_folder(validated.initiative.path).determinations()) == 1


def test_checks_of_an_older_measurement_do_not_count(validated: Cast) -> None:
    checked(validated, "a")
    assert read(validated) == 302
    sign = validated.sign_in("evaluator", fresh=True)
    seen = sign.get(url("sign")).context["form"]["seen"].value()
    a_run(validated.initiative.path, "b", FOUND, periods=1, started_at="2028-02-01T08:00:00+00:00")

    assert read(validated) == 409
    assert sign.post(url("sign"), {"confirmed": "yes", "seen": seen}).status_code == 302
    assert open_folder(validated.initiative.path).determinations() == ()
    assert (
        "measured since"
        in validated.sign_in("validator").get(reverse("desk:checks", args=[SLUG])).content.decode()
    )


def test_what_was_read_is_what_is_on_record_and_once_a_day(validated: Cast) -> None:
    checked(validated, "a")
    client = validated.sign_in("validator")
    address = reverse("desk:checks", args=[SLUG])

    assert client.post(address, {"seen": "other"}).status_code == 409
    assert not Event.objects.filter(verb="checks.read").exists()
