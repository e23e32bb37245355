"""One referral: how it stands, what to do next, and the thread."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from payforsuccess.governance.roles.cases import Case
from payforsuccess.web.accounts.access import Access, needs
from payforsuccess.web.people.queries import WAITING
from payforsuccess.web.people.views.doing import do
from payforsuccess.web.referrals.actions import acknowledge, say
from payforsuccess.web.referrals.forms import MessageForm
from payforsuccess.web.referrals.models import Referral
from payforsuccess.web.referrals.queries import UNANSWERED, met_before, office_of
from payforsuccess.web.referrals.questions import bare
from payforsuccess.web.referrals.shown import Shown, address, due_of, grouped
from payforsuccess.web.referrals.views.answering import answers_to
from payforsuccess.web.referrals.views.finding import own_referral
from payforsuccess.web.referrals.words import ANSWERS, FACTS, HEARINGS, REASONS, TASKS, Text

OWN = Case(is_own=True)
LINKS = ("receipt", "facts", "draw", "answer", "expected", "release", "hearing")


@needs("see-own-referrals", "answer-referrals", case=OWN)
def one(request: HttpRequest, access: Access, code: str) -> HttpResponse:
    """The referral for the office that made it, or for the provider that answers."""
    shown = own_referral(access, code)
    referral, here = shown.referral, address("one", access, code)
    if "acknowledge" in request.POST:
        acknowledge(by=access, referral=referral)
        messages.success(request, _("The office sees that you have read it."))
        return redirect(here)
    office = office_of(access, "answer-referrals" if shown.reader.is_provider else "refer-people")
    return do(
        request,
        MessageForm(request.POST or None),
        lambda said: say(by=access, referral=referral, office=office, text=said["text"]),
        heading=shown.name,
        submit=_("Send the message"),
        done=_("Your message is on the thread."),
        back=here,
        template="referrals/one.html",
        more=_page(shown, access),
    )


def _page(shown: Shown, access: Access) -> dict[str, object]:
    referral, reader = shown.referral, shown.reader
    code = referral.public_id
    return {
        "referral": referral,
        "shown": shown,
        "reader": reader,
        "facts": _facts(shown),
        "failed": referral.failed,
        "tasks": [(task, TASKS[task.what], due_of(task)) for task in shown.tasks],
        "next": _next(shown, access),
        "thread": [
            (each, each.office in access.organisations)
            for each in referral.messages.select_related("office")
        ],
        "reason": REASONS.get(shown.answer.decline_reason, ""),
        "met_before": _met_before(shown),
        "states": answers_to(referral, reader) if reader.is_provider else [],
        "join": _join(referral, access),
        "can_release": not shown.is_over and referral.released_at is None,
        "links": {name: address(name, access, code) for name in LINKS},
        "list": address("list", access),
    }


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
        came_to = referral.hearing_came_to
        if came_to:
            found.append((_("Last hearing"), dict(HEARINGS).get(came_to, came_to)))
    found.append((_("Read by the programme"), referral.acknowledged_at or _("Not yet")))
    if shown.reader.is_provider:
        found.extend(_told_by_others(referral))
    found.extend(
        (FACTS.get(name, bare(name)), ANSWERS.get(value, value))
        for name, value in sorted(referral.facts.items())
    )
    return found


def _met_before(shown: Shown) -> Referral | None:
    """The referral to which the provider joins this one, where it still waits for its answer."""
    waits = shown.reader.is_provider and shown.referral.state in UNANSWERED
    return met_before(shown.referral) if waits else None


def _told_by_others(referral: Referral) -> Iterator[tuple[object, object]]:
    """The days that other offices gave for the same person, each with its office."""
    for other in referral.joined.exclude(office=referral.office).select_related("office"):
        days = (
            (_("Expected release"), other.release_expected_on),
            (_("Released"), other.released_at),
            (_("Next hearing"), other.hearing_on),
        )
        yield from ((f"{label}, {other.office.name}", day) for label, day in days if day)


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
        join = _join(shown.referral, access)
        return _("The person was met. Enrol them."), join, _("Enrol") if join else ""
    if not shown.reader.is_provider and shown.is_own_twice:
        first = address("one", access, shown.answer.public_id)
        return _("Your office referred this person before; look there."), first, _("Open it")
    if shown.is_over:
        return _("Nothing: the referral has ended."), "", ""
    if shown.reader.is_provider:
        return _("Nothing is due now. Say here when something changes."), "", ""
    if shown.seen == "placed":
        return _("Nothing now: the person is placed. Say here when a day changes."), "", ""
    return _("Nothing now. The answer comes here, by the end of the next day."), "", ""


def _join(referral: Referral, access: Access) -> str:
    """Where the person is enrolled, for whoever may; nothing for others."""
    if referral.state not in WAITING or not access.may("record-services"):
        return ""
    return reverse("people:join", args=[access.initiative.slug, referral.public_id])
