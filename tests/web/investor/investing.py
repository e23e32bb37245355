"""A county on a loan, and what people of it do about its capital.

a_county(...)                        the county; keys of its record changed
page(county, role)                   the page of capital as someone sees it
press(county, role, path, **said)    fill a form in, look it over, confirm; the last answer
work()                               the worker does the job that waits
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from payforsuccess.deal.capital_record import CapitalRecord
from payforsuccess.errors import Refusal
from payforsuccess.web.audit.actions import SYSTEM
from payforsuccess.web.audit.models import Event
from payforsuccess.web.initiatives.worked_out import Odds, WorkedOut
from payforsuccess.web.jobs.actions import claim, fail, finish
from payforsuccess.web.jobs.kinds import DOING
from payforsuccess.web.jobs.models import Job
from tests.lib.assumed import assumed
from tests.lib.capital import a_financed_deal
from tests.lib.deals import INVESTOR, PROVIDER
from tests.lib.folders import _as_text, a_folder
from tests.lib.open_capital import record_of
from tests.lib.recorded_capital import CALL, write_record
from tests.web.cast import Cast, make_cast

SLUG = "financed"
CONDITIONS = [
    {"name": "calm", "says": "No default is open.", "certified_by": INVESTOR},
    {"name": "budget", "says": "Costs are on budget.", "certified_by": PROVIDER},
]
GIVEN = [
    {"condition": each["name"], "by": each["certified_by"], "on": "2025-12-15"}
    for each in CONDITIONS
]


def today() -> date:
    return timezone.localdate()


def a_call(*, asked: int = 5, due: int = 20, **changes: Any) -> dict[str, Any]:
    """A second call, asked some days ago and due in some days."""
    return {
        "name": "second",
        "tranche": "loan",
        "asked_on": str(today() - timedelta(asked)),
        "due_on": str(today() + timedelta(due)),
        "amount": "2000",
        "called_by": "Hazel Keeper",
        **changes,
    }


def a_county(*calls: dict[str, Any], triggers: Any = (), **changes: Any) -> Cast:
    """A county on a loan, of which 8,000 came; bank and book agreed yesterday."""
    folder = Path(settings.DEALS) / SLUG
    a_folder(folder, a_financed_deal(triggers=triggers))
    again(*calls, **changes)
    return make_cast(SLUG, "Homes on a loan", folder)


def again(*calls: dict[str, Any], **changes: Any) -> None:
    """The record written anew, as its keeper does by hand."""
    bank = [{"account": "project", "on": str(today() - timedelta(1)), "balance": "2000"}]
    write_record(
        Path(settings.DEALS) / SLUG,
        **{
            "calls": [{**CALL, "certificates": GIVEN}, *calls],
            "draw_conditions": CONDITIONS,
            "bank": bank,
            **changes,
        },
    )


def books() -> CapitalRecord:
    return record_of(Path(settings.DEALS) / SLUG)


def page(county: Cast, role: str = "investor", path: str = "") -> str:
    answer = county.sign_in(role).get(f"/{SLUG}/investors/{path}")
    assert answer.status_code == 200
    return answer.content.decode()


def press(county: Cast, role: str, path: str, **said: str) -> HttpResponse:
    """Enter, look over, confirm, and come back to the page that says what was done."""
    browser = county.sign_in(role, fresh=True)
    url = f"/{SLUG}/investors/{path}"
    before = books()
    assert browser.get(url).status_code == 200
    if said:
        shown = browser.post(url, {**said, "look": "yes"})
        assert "Nothing is kept yet" in shown.content.decode(), shown.content.decode()
    assert books() == before
    return browser.post(url, {**said, "confirmed": "yes"}, follow=True)  # type: ignore[return-value]


def last_verb() -> str:
    """Of what was put in the books."""
    events = Event.objects.filter(verb__startswith="capital.").order_by("-number")
    return str(events.values_list("verb", flat=True)[0])


def with_assumptions() -> None:
    plain = assumed().model_dump(mode="json", by_alias=True, exclude_none=True)
    path = Path(settings.DEALS, SLUG, "assumptions.yaml")
    path.write_text(yaml.safe_dump(_as_text(plain)), "utf-8")


def with_odds(on: date, checksum: str) -> WorkedOut:
    """What was worked out on a day, with the odds of one tranche."""
    odds = Odds("loan", "Example Bank", "0.6363", "0.001", None, "", "")
    return WorkedOut(on, checksum, None, (), "", (), (), (odds,), "", (), {})


def make_the_pack(browser: Client) -> Job:
    browser.post(f"/{SLUG}/investors/pack/", {"confirmed": "yes"})
    return work()


def work() -> Job:
    """What the worker does in a process of its own."""
    job = claim(by=SYSTEM, stale_before=timezone.now() - timedelta(hours=1))
    assert job is not None
    try:
        result = DOING[job.kind](job, lambda _: None)
    except Refusal as refusal:
        fail(by=SYSTEM, job=job, problems=refusal.problems)
    else:
        finish(by=SYSTEM, job=job, result=result)
    job.refresh_from_db()
    return job
