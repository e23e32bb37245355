"""Makes the county: its deal, its people, what happened to them, and its statements so far."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from payforsuccess.web.audit.actions import SYSTEM
from payforsuccess.web.demo.amended import ask_for_more
from payforsuccess.web.demo.calendar import at
from payforsuccess.web.demo.cast import Cast, make_cast
from payforsuccess.web.demo.coaching.seed import seed_coaching
from payforsuccess.web.demo.deal import first_day, write_deal
from payforsuccess.web.demo.settled import settle
from payforsuccess.web.demo.stories import stories
from payforsuccess.web.demo.told import Teller
from payforsuccess.web.initiatives.actions import open_initiative
from payforsuccess.web.jobs.kinds import work_out_standing

SLUG = "homes-from-jail"
NAME = "Homes from Jail"
Say = Callable[[str], None]


def seed(*, people: int, say: Say) -> Cast:
    """An initiative under way today, with everything written by the actions that pages call."""
    today = timezone.localdate()
    first = first_day(today)
    folder = Path(settings.DEALS) / SLUG
    shutil.rmtree(folder, ignore_errors=True)  # what a try left that was stopped
    write_deal(folder, today=today)
    with at(first - timedelta(20)):
        initiative = open_initiative(
            by=SYSTEM, slug=SLUG, name=NAME, folder=SLUG, is_synthetic=True
        )
        cast = make_cast(initiative, from_on=first - timedelta(20))
    say(f"Accounts for {len(cast.users)} people")
    told = [
        happening
        for story in stories(first=first, today=today - timedelta(1), people=people)
        for happening in Teller(cast, story, today=today - timedelta(1)).happenings()
    ]
    told.sort(key=lambda happening: happening.at)
    for number, happening in enumerate(told, 1):
        with at(happening.day, happening.hour), transaction.atomic():
            happening.do()
        if number % 500 == 0 or number == len(told):
            say(f"Day by day to {happening.day}: {number} of {len(told)} things that happened")
    settle(cast, today=today, say=say)
    ask_for_more(cast, today=today)
    say("An amendment, which waits for consents")
    work_out_standing(by=cast.access("manager"), tell=lambda _: None)
    say("Standing, forecast and odds, worked out from all of it")
    seed_coaching(cast, say=say)
    return cast
