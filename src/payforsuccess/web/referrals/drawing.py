"""Asking for the draw: once, by nobody's choice, and repeated without harm after a crash."""

from __future__ import annotations

from payforsuccess.errors import Problem, Refusal, sentence
from payforsuccess.governance.referral import check_custody
from payforsuccess.governance.roles.cases import Case
from payforsuccess.web.accounts.access import Access
from payforsuccess.web.people.stops import stopped
from payforsuccess.web.referrals.actions import tell
from payforsuccess.web.referrals.lottery import decide, ethics_record
from payforsuccess.web.referrals.models import Referral
from payforsuccess.web.referrals.queries import keys_of
from payforsuccess.web.referrals.questions import missing_for_draw


def draw_for(*, by: Access, referral: Referral) -> Referral:
    """Have the person drawn, and write down what the office is told.

    The draw is on the list before the row is written: whoever is stopped between the two asks
    again, and the list gives the answer it gave. Refuses what stands in `hindrances`.
    """
    problems = hindrances(by=by, referral=referral)
    if problems:
        raise Refusal(problems)
    decide(
        by.initiative,
        *keys_of(referral),
        facts=referral.facts,
        by=by.user.full_name or by.user.username,
    )
    return tell(by=by, referral=referral)


def hindrances(*, by: Access, referral: Referral) -> list[Problem]:
    """Why nobody is drawn for a referral now; nothing of what the draw would say."""
    if not by.may("assign-at-random", Case(has_ethics_record=True)):
        by.require("refer-people")
    if referral.state != "eligible":
        return [
            Problem(
                sentence("Only who is eligible is drawn, and once."),
                sentence("Complete the facts, or read the answer that was given."),
            )
        ]
    if problems := stopped(by.initiative):
        return problems
    if missing := missing_for_draw(by.initiative, referral.facts):
        return [
            Problem(
                sentence(
                    "The draw needs facts that are not known yet: {missing}.",
                    missing=", ".join(missing),
                ),
                sentence("Complete them on the referral."),
            )
        ]
    try:
        record = ethics_record(by.initiative, on=by.on)
    except Refusal as refusal:
        return list(refusal.problems)
    return check_custody(
        referral.source,
        is_released=referral.released_at is not None,
        anyone_in_custody=record.anyone_in_custody,
    )
