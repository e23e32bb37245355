"""One referral: how it stands, what to do next, and the thread."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from payforsuccess.errors import Refusal
from payforsuccess.governance.referral import BY, NEXT, State, check_by_hand
from payforsuccess.governance.roles.cases import Case
from payforsuccess.web.accounts.access import Access, needs
from payforsuccess.web.people.actions import look, record_agreement
from payforsuccess.web.people.basis import TO_DRAW
from payforsuccess.web.referrals.actions import (
    acknowledge,
    change_state,
    note_hearing,
    note_release,
    say,
)
from payforsuccess.web.referrals.drawing import draw_for, hindrances
from payforsuccess.web.referrals.forms import AnswerForm, HearingForm, MessageForm, ReleaseForm
from payforsuccess.web.referrals.lottery import is_by_lot
from payforsuccess.web.referrals.models import Referral
from payforsuccess.web.referrals.questions import bare
from payforsuccess.web.referrals.shown import Reader, Shown, address, due_of, grouped
from payforsuccess.web.referrals.views.finding import own_referral, tell_problems
from payforsuccess.web.referrals.views.making import office_of
from payforsuccess.web.referrals.words import ANSWERS, FACTS, HEARINGS, REASONS, STATES, TASKS, Text

OWN = Case(is_own=True)


@needs("see-own-referrals", "answer-referrals", case=OWN)
def one(request: HttpRequest, access: Access, code: str) -> HttpResponse:
    """The referral for the office that made it, or for the provider that answers."""
    referral = own_referral(access, code)
    reader = Reader(access, is_by_lot(access.initiative))
    if request.method == "POST":
        return _written(request, access, referral)
    if reader.sees_names:
        basis = "answering a referral" if reader.is_provider else "a referral of the own office"
        look(by=access, participant=referral.participant, basis=basis)
    return _page(request, access, referral, reader, MessageForm())


def _written(request: HttpRequest, access: Access, referral: Referral) -> HttpResponse:
    if "acknowledge" in request.POST:
        acknowledge(by=access, referral=referral)
        messages.success(request, _("The office sees that you have read it."))
        return redirect(address("one", access, referral.public_id))
    form = MessageForm(request.POST)
    if form.is_valid():
        office = access.organisations[0] if access.may("answer-referrals") else office_of(access)
        say(by=access, referral=referral, office=office, text=form.cleaned_data["text"])
        messages.success(request, _("Your message is on the thread."))
        return redirect(address("one", access, referral.public_id))
    return _page(request, access, referral, Reader(access, is_by_lot(access.initiative)), form)


def _page(
    request: HttpRequest, access: Access, referral: Referral, reader: Reader, form: MessageForm
) -> HttpResponse:
    shown = Shown(referral, reader, timezone.now())
    code = referral.public_id
    thread = [
        (each, each.office in access.organisations)
        for each in referral.messages.select_related("office")
    ]
    context = {
        "referral": referral,
        "shown": shown,
        "reader": reader,
        "facts": _facts(shown),
        "failed": referral.failed,
        "tasks": [(task, TASKS[task.what], due_of(task)) for task in shown.tasks],
        "next": _next(shown, access),
        "thread": thread,
        "form": form,
        "reason": REASONS.get(referral.decline_reason, ""),
        "states": _answers(referral, reader) if reader.is_provider else [],
        "join": _join(shown, access),
        "can_release": not shown.is_over and referral.released_at is None,
        "links": {
            name: address(name, access, code)
            for name in ("receipt", "facts", "draw", "answer", "release", "hearing")
        },
        "list": address("list", access),
    }
    return render(request, "referrals/one.html", context)


def _facts(shown: Shown) -> list[tuple[object, object]]:
    referral = shown.referral
    found: list[tuple[object, object]] = [
        (_("Code"), grouped(referral.public_id)),
        (_("From"), referral.get_source_display()),
        (_("Office"), referral.office.name),
        (_("Referred"), referral.made_at),
    ]
    if shown.born_on:
        found.insert(1, (_("Date of birth"), shown.born_on))
    if referral.paper_on:
        found.append((_("On paper"), referral.paper_on))
    if referral.release_expected_on:
        found.append((_("Expected release"), referral.release_expected_on))
    if referral.released_at:
        found.append((_("Released"), referral.released_at))
        found.append((_("How"), referral.get_release_way_display()))
    if referral.source == "court" or referral.hearing_on:
        found.append((_("Next hearing"), referral.hearing_on))
        if referral.hearing_came_to:
            found.append((_("Last hearing"), _hearing(referral.hearing_came_to)))
    read = referral.acknowledged_at
    found.append((_("Read by the programme"), read if read else _("Not yet")))
    found.extend(
        (FACTS.get(name, bare(name)), ANSWERS.get(value, value))
        for name, value in sorted(referral.facts.items())
    )
    return found


def _hearing(name: str) -> Text:
    return dict(HEARINGS).get(name, name)


def _next(shown: Shown, access: Access) -> tuple[Text, str, Text]:
    """What to do next: a sentence, an address, and the words of the button."""
    code = shown.referral.public_id
    what = shown.tasks[0].what if shown.tasks else ""
    pages = {
        "complete-facts": ("facts", _("Complete the facts")),
        "ask-for-draw": ("draw", _("Ask for the draw")),
        "tell-release": ("release", _("Record the release")),
        "tell-hearing": ("hearing", _("Record the hearing")),
        "answer": ("answer", _("Answer")),
        "find": ("answer", _("Say what came of it")),
    }
    if what in pages:
        page, label = pages[what]
        return TASKS[what], address(page, access, code), label  # type: ignore[index]
    if what:
        return TASKS[what], "", ""  # type: ignore[index]
    if shown.reader.is_provider and shown.referral.state == "met":
        join = _join(shown, access)
        return _("The person was met. Enrol them."), join, _("Enrol") if join else ""
    if shown.is_over:
        return _("Nothing: the referral has ended."), "", ""
    if shown.reader.is_provider:
        return _("Nothing is due now. Say here when something changes."), "", ""
    return _("Nothing now. The answer comes here, by the end of the next day."), "", ""


def _join(shown: Shown, access: Access) -> str:
    """Where the person is enrolled, for whoever may; nothing for others."""
    waits = shown.referral.state in ("placed", "met", "released-unmet")
    if not (waits and access.may("record-services")):
        return ""
    return reverse("people:join", args=[access.initiative.slug, shown.referral.public_id])


def _answers(referral: Referral, reader: Reader) -> list[tuple[str, Text]]:
    """The states into which the provider may bring a referral by hand."""
    state: State = referral.state  # type: ignore[assignment]
    return [
        (to, STATES[to][0])
        for to in NEXT[state]
        if BY[to] == "answer-referrals" or to == "met"
        if not check_by_hand(to, by_lot=reader.is_by_lot)
    ]


@needs("answer-referrals")
def answer(request: HttpRequest, access: Access, code: str) -> HttpResponse:
    """What came of a referral: taken on or not, met, said no, could not be found."""
    referral = own_referral(access, code)
    reader = Reader(access, is_by_lot(access.initiative))
    states = [s for s in _answers(referral, reader) if access.may(BY[s[0]], OWN)]  # type: ignore[index]
    form = AnswerForm(request.POST or None, states=states)
    if request.method == "POST" and form.is_valid():
        try:
            change_state(
                by=access,
                referral=referral,
                to=form.cleaned_data["to"],
                reason=form.cleaned_data.get("reason", ""),
            )
            messages.success(request, _("It is kept, and the office sees how it stands."))
        except Refusal as refusal:
            tell_problems(request, refusal)
        return redirect(address("one", access, code))
    context = {
        "form": form,
        "states": states,
        "shown": Shown(referral, reader, timezone.now()),
        "back": address("one", access, code),
    }
    return render(request, "referrals/answer.html", context)


@needs("refer-people")
def draw(request: HttpRequest, access: Access, code: str) -> HttpResponse:
    """Asking for the draw: no preview, no second try (R114, R116)."""
    referral = own_referral(access, code)
    reader = Reader(access, is_by_lot(access.initiative))
    if not reader.is_by_lot:
        return redirect(address("one", access, code))
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
        return redirect(address("one", access, code))
    context = {
        "referral": referral,
        "shown": Shown(referral, reader, timezone.now()),
        "problems": problems,
        "back": address("one", access, code),
    }
    return render(request, "referrals/draw.html", context)


def _keep_agreement(access: Access, referral: Referral) -> None:
    """The person's agreement to be drawn, on record before the draw; once, if it is asked again."""
    said = referral.participant.consents.filter(purpose=TO_DRAW, is_given=True, withdrawn_on=None)
    if not said.exists():
        record_agreement(by=access, participant=referral.participant, purpose=TO_DRAW, on=access.on)


@needs("refer-people", "answer-referrals")
def release(request: HttpRequest, access: Access, code: str) -> HttpResponse:
    """The release, and how it came about."""
    referral = own_referral(access, code)
    now = timezone.localtime()
    start = {"on": now.date(), "hour": now.time().replace(second=0, microsecond=0)}
    form = ReleaseForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            note_release(by=access, referral=referral, way=said["way"], at=said["at"])
            messages.success(request, _("The release is kept; the programme sees it."))
        except Refusal as refusal:
            tell_problems(request, refusal)
        return redirect(address("one", access, code))
    return _simple(request, access, referral, form, _("Record the release"))


@needs("refer-people")
def hearing(request: HttpRequest, access: Access, code: str) -> HttpResponse:
    """The next hearing, and what the last came to."""
    referral = own_referral(access, code)
    start = {"on": referral.hearing_on, "came_to": referral.hearing_came_to}
    form = HearingForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        note_hearing(by=access, referral=referral, **form.cleaned_data)
        messages.success(request, _("The hearing is kept; the programme sees it."))
        return redirect(address("one", access, code))
    return _simple(request, access, referral, form, _("Record the hearing"))


def _simple(
    request: HttpRequest, access: Access, referral: Referral, form: object, heading: str
) -> HttpResponse:
    reader = Reader(access, is_by_lot(access.initiative))
    context = {
        "form": form,
        "heading": heading,
        "shown": Shown(referral, reader, timezone.now()),
        "back": address("one", access, referral.public_id),
    }
    return render(request, "referrals/simple.html", context)
