"""What a referral is answered: by the provider, or by the draw."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from payforsuccess.errors import Refusal
from payforsuccess.governance.referral import BY, NEXT, State, check_by_hand
from payforsuccess.governance.roles.cases import Case
from payforsuccess.web.accounts.access import Access, needs
from payforsuccess.web.people.actions import record_agreement
from payforsuccess.web.people.basis import TO_DRAW
from payforsuccess.web.people.views.doing import do
from payforsuccess.web.people.views.finding import tell_problems
from payforsuccess.web.referrals.actions import change_state
from payforsuccess.web.referrals.drawing import draw_for, hindrances
from payforsuccess.web.referrals.forms import AnswerForm
from payforsuccess.web.referrals.models import Referral
from payforsuccess.web.referrals.queries import met_before
from payforsuccess.web.referrals.shown import Reader, address
from payforsuccess.web.referrals.views.finding import own_referral
from payforsuccess.web.referrals.words import STATES, Text

OWN = Case(is_own=True)


def answers_to(referral: Referral, reader: Reader) -> list[tuple[State, Text]]:
    """The states into which the provider may bring a referral by hand.

    Of someone whom another referral brought here: joining this one to it, and no second answer.
    """
    state: State = referral.state  # type: ignore[assignment]
    ways = NEXT[state]
    if "joined" in ways:
        first = met_before(referral)
        not_now = ("placed", "declined") if first else ("joined",)
        ways = tuple(to for to in ways if to not in not_now)
    return [
        (to, STATES[to][0])
        for to in ways
        if BY[to] == "answer-referrals" or to == "met"
        if not check_by_hand(to, by_lot=reader.is_by_lot)
    ]


@needs("answer-referrals")
def answer(request: HttpRequest, access: Access, code: str) -> HttpResponse:
    """What came of a referral: taken on or not, met, said no, could not be found."""
    shown = own_referral(access, code)
    states = [s for s in answers_to(shown.referral, shown.reader) if access.may(BY[s[0]], OWN)]
    return do(
        request,
        AnswerForm(request.POST or None, states=states),
        lambda said: change_state(
            by=access, referral=shown.referral, to=said["to"], reason=said.get("reason", "")
        ),
        heading=_("Say what came of it"),
        submit=_("Keep it"),
        done=_("It is kept, and the office sees how it stands."),
        back=address("one", access, code),
        template="referrals/answer.html",
        more={"states": states, "shown": shown},
    )


@needs("refer-people")
def draw(request: HttpRequest, access: Access, code: str) -> HttpResponse:
    """Asking for the draw: no preview, no second try (R114, R116)."""
    shown = own_referral(access, code)
    referral, back = shown.referral, address("one", access, code)
    if not shown.reader.is_by_lot:
        return redirect(back)
    problems = hindrances(by=access, referral=referral)
    if request.method == "POST" and not problems:
        if request.POST.get("has_agreed") != "yes":
            messages.error(request, _("Say that the person agrees to the draw."))
            return redirect(address("draw", access, code))
        try:
            _keep_agreement(access, referral)
            draw_for(by=access, referral=referral)
        except Refusal as refusal:
            tell_problems(request, refusal)
        return redirect(back)
    context = {"shown": shown, "problems": problems, "back": back}
    return render(request, "referrals/draw.html", context)


def _keep_agreement(access: Access, referral: Referral) -> None:
    """The person's agreement to be drawn, on record before the draw; once, if it is asked again."""
    said = referral.participant.consents.filter(purpose=TO_DRAW, is_given=True, withdrawn_on=None)
    if not said.exists():
        record_agreement(by=access, participant=referral.participant, purpose=TO_DRAW, on=access.on)
