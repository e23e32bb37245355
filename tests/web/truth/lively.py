"""A county in which something lies on most lists, so that pages have something to show."""

from __future__ import annotations

import shutil
from datetime import date, datetime, time
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from payforsuccess.web.people.actions import ask_follow_up, report_wrong_record
from tests.lib.approving import certified
from tests.lib.folders import a_folder, sign
from tests.lib.sealed import INITIATIVE
from tests.web.cast import Cast, another, make_cast
from tests.web.people import cases

NOW = date(2028, 2, 1)
SLUG = "lively"


def at_ten() -> datetime:
    """The instant at which the county stands."""
    return datetime.combine(NOW, time(10), timezone.get_default_timezone())


def lively() -> Cast:
    """Referrals, people in homes, reports of every kind, and results that wait for a statement."""
    folder = Path(settings.DEALS) / SLUG
    shutil.rmtree(folder, ignore_errors=True)
    sign(a_folder(folder, certified(), homes=["3"]))
    (folder / "initiative.yaml").write_text(INITIATIVE, "utf-8")
    cast = make_cast(SLUG, "A lively county", folder)
    another(cast, "payor")
    cast.someone()
    cases.placed(cast, name="Alder")
    row = cases.housed(cast, name="Birch")
    cases.spoken_with(cast, row, cases.ago(3))
    cases.consented(cast, row)
    ask_follow_up(
        by=cast.access("case-manager"),
        enrolment=row,
        owner=cast.users["case-manager"],
        what="Call the landlord",
        due_on=cases.ago(-3),
    )
    report_wrong_record(
        by=cast.access("case-manager"),
        enrolment=row,
        feed="housing",
        what="a wrong day",
        should_be="the right one",
        on=cases.ago(1),
    )
    cases.a_harm(cast)
    return cast
