"""Uncertain matches: the queue, a pair side by side, closing, and dollars at risk in total."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from payforsuccess.errors import Problem, Refusal
from payforsuccess.governance.roles.cases import Case
from payforsuccess.web.accounts.access import Access, needs
from payforsuccess.web.desk import actions
from payforsuccess.web.desk.forms import ClosingForm, DecisionForm
from payforsuccess.web.desk.links import PairShown, Queue, decided, queue_of, side_by_side
from payforsuccess.web.desk.permissions import LOADING
from payforsuccess.web.desk.queries import closing_of, is_closed, unsure_of
from payforsuccess.web.desk.risk import risk_of
from payforsuccess.web.ui import cells
from payforsuccess.web.ui.tables import Column, Table

LOCKED = Case(is_locked=True)


@needs("review-links", LOADING, case=Case())
def queue(request: HttpRequest, access: Access) -> HttpResponse:
    """How many pairs wait, and for whom; a reviewer goes to the next, the steward may close."""
    waiting = queue_of(access.initiative)
    mine: list[PairShown] = []
    if access.may("review-links", Case()):
        mine = waiting.for_reviewer(access.user.full_name, unsure_of(access))
    closed = is_closed(access, waiting)
    context = {
        "has_linkage": access.initiative.deal.linkage is not None,
        "is_matched": bool(waiting.links),
        "waiting": len(waiting.pairs),
        "half": sum(bool(pair.decided_by) for pair in waiting.pairs),
        "disputed": sum(pair.is_disputed for pair in waiting.pairs),
        "mine": len(mine),
        "is_closed": closed,
        "closing": closing_of(access, waiting) if waiting.links else None,
        "next_url": _url("pair", access, mine[0].code) if mine and not closed else "",
        "reviews": bool(access.may("review-links", Case())),
        "may_close": bool(access.may(LOADING)) and bool(waiting.pairs) and not closed,
    }
    return render(request, "desk/links.html", context)


@needs("review-links", case=Case())
def pair(request: HttpRequest, access: Access, code: str) -> HttpResponse:
    """Two records side by side, and the reviewer's answer."""
    waiting = queue_of(access.initiative)
    found = waiting.pair(code)
    if found is None or is_closed(access, waiting):
        raise Http404
    if decided(found, access.user.full_name):  # the button pressed twice, or the way back
        messages.info(request, _("Your answer on this pair is on record."))
        return redirect(_url("links", access))
    form = DecisionForm(request.POST or None)
    problems: tuple[Problem, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            said = _decide(access, waiting, found, form)
        except Refusal as refusal:
            problems = tuple(refusal.problems)
        else:
            messages.success(request, said)
            return redirect(_next(access, after=found))
    actions.look(by=access, pair=found)
    table = Table(
        caption=_("Identifiers of the two records"),
        columns=(Column(_("Identifier")), Column(_("One record")), Column(_("The other record"))),
        rows=[
            (each.label, each.one or cells.missing(), each.other or cells.missing())
            for each in side_by_side(access.initiative, found)
        ],
    )
    context = {"pair": found, "table": table, "form": form, "problems": problems}
    return render(request, "desk/pair.html", context, status=409 if problems else 200)


def _decide(access: Access, waiting: Queue, found: PairShown, form: DecisionForm) -> str:
    answer = form.cleaned_data["answer"]
    if answer == "unsure":
        actions.say_unsure(by=access, queue=waiting, pair=found)
        return _("The pair waits for others. It comes back to you last.")
    made = actions.decide(
        by=access,
        queue=waiting,
        pair=found,
        answer=answer,
        reason=form.cleaned_data["reason"] or None,
    )
    if made.standing.holds is not None:
        return _("Two people agree: it counts from the next match on.")
    if made.standing.is_disputed:
        return _("You and another person disagree. One more person decides.")
    return _("Your answer is on record. A second person decides without seeing it.")


def _next(access: Access, *, after: PairShown) -> str:
    waiting = queue_of(access.initiative)
    mine = waiting.for_reviewer(access.user.full_name, unsure_of(access))
    others = [each for each in mine if each.code != after.code]
    return _url("pair", access, others[0].code) if others else _url("links", access)


@needs(LOADING)
def close(request: HttpRequest, access: Access) -> HttpResponse:
    """Close the decisions on the latest match, after asking once more."""
    waiting = queue_of(access.initiative)
    if not waiting.pairs or is_closed(access, waiting):
        raise Http404
    form = ClosingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.close_decisions(by=access, queue=waiting, reason=form.cleaned_data["reason"])
        messages.success(request, _("The decisions are closed."))
        return redirect(_url("links", access))
    context = {
        "heading": _("Close the decisions"),
        "lead": _("Nobody decides on this match any more. Pairs that wait follow the threshold."),
        "warning": _(
            "The validator and the payors then see the dollars at risk in total. Reviewers never "
            "do."
        ),
        "facts": [
            (_("Pairs that wait"), len(waiting.pairs)),
            (_("Of these, two people disagree"), sum(p.is_disputed for p in waiting.pairs)),
        ],
        "form": form,
        "submit": _("Close the decisions"),
        "cancel": _url("links", access),
        "is_dangerous": True,
    }
    return render(request, "ui/confirm.html", context)


@needs("see-dollars-at-risk", case=LOCKED)
def risk(request: HttpRequest, access: Access) -> HttpResponse:
    """What would be due under other matches, in total, once nobody decides any more."""
    waiting = queue_of(access.initiative)
    closed = is_closed(access, waiting)
    context: dict[str, object] = {
        "has_linkage": access.initiative.deal.linkage is not None,
        "is_matched": bool(waiting.links),
        "is_closed": closed,
    }
    if closed:
        access.require("see-dollars-at-risk", Case(is_locked=closed))
        found = risk_of(access.initiative, waiting.links)
        context["risk"] = found
        if found is not None:
            context["table"] = Table(
                caption=_("What would be due at other thresholds"),
                columns=(Column(_("Pairs taken from")), Column(_("Due"), is_number=True)),
                rows=[
                    (
                        threshold,
                        cells.missing(_("cannot be paid"))
                        if due is None
                        else cells.money(due, found.currency),
                    )
                    for threshold, due in found.thresholds
                ],
                empty=_("No other threshold changes anything."),
            )
    return render(request, "desk/risk.html", context)


def _url(name: str, access: Access, *parts: str) -> str:
    return reverse(f"desk:{name}", args=[access.initiative.slug, *parts])
