"""Makes Coaching by Lot: its deal, its lottery, its people, the jail's records and their match."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from payforsuccess.runs.run.run import run
from payforsuccess.web.audit.actions import SYSTEM
from payforsuccess.web.demo.calendar import at
from payforsuccess.web.demo.cast import COACHING, Cast, make_cast
from payforsuccess.web.demo.coaching.deal import first_day, write_deal
from payforsuccess.web.demo.coaching.jail import write_bookings
from payforsuccess.web.demo.coaching.sealed import seal
from payforsuccess.web.demo.coaching.stories import who_asks
from payforsuccess.web.demo.coaching.told import tellers
from payforsuccess.web.initiatives.actions import open_initiative
from payforsuccess.web.jobs.kinds import work_out_standing
from payforsuccess.web.jobs.own_feeds import write_own_feeds
from payforsuccess.web.referrals.lottery import arms_of, lottery_terms

SLUG = "coaching-by-lot"
NAME = "Coaching by Lot"
PEOPLE = 52
Say = Callable[[str], None]


def seed_coaching(cast: Cast, *, say: Say) -> Cast:
    """The second initiative, beside those who work in the first; cast: theirs."""
    today = timezone.localdate()
    first = first_day(today)
    folder = Path(settings.DEALS) / SLUG
    shutil.rmtree(folder, ignore_errors=True)
    write_deal(folder, today=today)
    with at(first - timedelta(20)):
        initiative = open_initiative(
            by=SYSTEM, slug=SLUG, name=NAME, folder=SLUG, is_synthetic=True
        )
        cast = make_cast(initiative, COACHING, from_on=first - timedelta(20), known=cast)
        seal(initiative, on=first - timedelta(10))
    say(f"{NAME}: the lottery is sealed and open")
    asked = list(who_asks(first=first, today=today, people=PEOPLE))
    telling = tellers(cast, asked)
    told = [each for teller in telling for each in teller.happenings(today - timedelta(1))]
    for happening in sorted(told, key=lambda each: each.at):
        with at(happening.day, happening.hour), transaction.atomic():
            happening.do()
    say(f"{NAME}: {len(asked)} people asked for a coach, and chance decided")
    terms = lottery_terms(initiative)
    assert terms is not None
    drawn = arms_of(initiative)
    arms = {
        teller.story.number: drawn[teller.referral.participant.key]
        for teller in telling
        if teller.referral is not None and teller.referral.participant.key in drawn
    }
    write_bookings(
        folder / "feeds" / "jail" / "bookings.csv",
        asked,
        arms,
        treated=terms.treated,
        through=today - timedelta(1),
    )
    write_own_feeds(initiative)
    made = run(folder, as_of=today)
    say(f"{NAME}: matched and measured, {made.name}")
    work_out_standing(by=cast.access("manager"), tell=lambda _: None)
    return cast
