"""The release of someone, and hearings, as the office that knows them records them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from payforsuccess.web.accounts.access import Access, needs
from payforsuccess.web.people.views.doing import do
from payforsuccess.web.referrals.actions import expect_release, note_hearing, note_release
from payforsuccess.web.referrals.forms import ExpectedForm, HearingForm, ReleaseForm
from payforsuccess.web.referrals.shown import address
from payforsuccess.web.referrals.views.finding import own_referral


@needs("refer-people", "answer-referrals")
def release(request: HttpRequest, access: Access, code: str) -> HttpResponse:
    """The release, and how it came about."""
    shown = own_referral(access, code)
    now = timezone.localtime(shown.now)
    start = {"on": now.date(), "hour": now.time().replace(second=0, microsecond=0)}
    return do(
        request,
        ReleaseForm(request.POST or None, initial=start),
        lambda said: note_release(
            by=access, referral=shown.referral, way=said["way"], at=said["at"]
        ),
        heading=_("Record the release"),
        done=_("The release is kept; the programme sees it."),
        back=address("one", access, code),
        template="referrals/simple.html",
        more={"shown": shown},
    )


@needs("refer-people")
def expected(request: HttpRequest, access: Access, code: str) -> HttpResponse:
    """Another day of the expected release; the one before stays in the log."""
    shown = own_referral(access, code)
    return do(
        request,
        ExpectedForm(request.POST or None, initial={"on": shown.referral.release_expected_on}),
        lambda said: expect_release(by=access, referral=shown.referral, on=said["on"]),
        heading=_("Change the expected release"),
        done=_("The day is kept; the programme sees it."),
        back=address("one", access, code),
        template="referrals/simple.html",
        more={"shown": shown},
    )


@needs("refer-people")
def hearing(request: HttpRequest, access: Access, code: str) -> HttpResponse:
    """The next hearing, and what the last came to."""
    shown = own_referral(access, code)
    known = shown.referral
    is_told = known.heard_on is not None and known.heard_on == known.hearing_on
    start = {"on": known.hearing_on, "came_to": known.hearing_came_to if is_told else ""}
    return do(
        request,
        HearingForm(request.POST or None, initial=start),
        lambda said: note_hearing(by=access, referral=shown.referral, **said),
        heading=_("Record the hearing"),
        done=_("The hearing is kept; the programme sees it."),
        back=address("one", access, code),
        template="referrals/simple.html",
        more={"shown": shown},
    )
