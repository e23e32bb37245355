"""What people of the paying county do, one step after the other."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from django.urls import reverse

from tests.web.cast import Cast

NOW = date(2028, 2, 1)
SLUG = "paying"


def url(name: str, period: int = 1) -> str:
    return reverse(f"payments:{name}", args=[SLUG, period])


def do(county: Cast, who: str, step: str, period: int = 1, **entered: str) -> int:
    """One person does one step, after looking at its page; the status of the answer."""
    client = county.sign_in(who, fresh=True)
    looked = client.get(url(step, period))
    if looked.status_code != 200:
        return looked.status_code
    seen = re.search(r'name="seen" value="([^"]*)"', looked.content.decode())
    shown = {"seen": seen[1]} if seen else {}
    sent = {"confirmed": "yes", **shown, **entered}
    return client.post(url(step, period), sent).status_code


def stated(county: Cast) -> Path:
    assert do(county, "coordinator", "state") == 302
    return county.initiative.path


def paid(county: Cast, reference: str = "W-7", **entered: str) -> None:
    """The statement is approved by two people and paid under a warrant."""
    approved(county)
    entered = {"reference": reference, "on": "2028-02-01", **entered}
    assert do(county, "auditor-controller", "warrant", **entered) == 302


def approved(county: Cast) -> Path:
    """Two people of the payor approve the statement."""
    folder = stated(county)
    for who in ("payor", "second-payor"):
        assert do(county, who, "approve") == 302
    return folder
