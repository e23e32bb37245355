"""Outcomes by arm: for the evaluator and the named board alone, and at planned looks alone (R139).

The page of days computes nothing. A look is read once more each time somebody opens it, and every
reading is on record in the deal's folder and in the log.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from payforsuccess.deal.deal import Deal
from payforsuccess.errors import Refusal
from payforsuccess.governance.roles.cases import Case
from payforsuccess.runs.folder import open_folder
from payforsuccess.runs.run.estimate_lines import estimate_lines
from payforsuccess.runs.study.kept import read_looks
from payforsuccess.web.accounts.access import Access, needs
from payforsuccess.web.accounts.fresh import freshly_signed_in
from payforsuccess.web.initiatives import actions
from payforsuccess.web.ui import cells
from payforsuccess.web.ui.tables import Column, Table
from payforsuccess.web.ui.told import told_problem

AT_A_LOOK = Case(is_planned_look=True)
"""The page itself tells days alone; `actions.read_look` asks whether a look is due."""


@dataclass(frozen=True)
class Planned:
    """A look of one or more plans, and its day."""

    name: str
    on: date
    plans: tuple[str, ...]


def planned_looks(deal: Deal) -> list[Planned]:
    """Every look of the plans that outcomes rest on, in order of days."""
    resting = {outcome.estimate for outcome in deal.outcomes.values()}
    found: dict[str, list[tuple[str, date]]] = {}
    for plan, stated in deal.evaluation.items():
        for each in stated.looks if plan in resting else ():
            found.setdefault(each.name, []).append((plan, each.on))
    looks = [
        Planned(name, max(on for _plan, on in of), tuple(plan for plan, _on in of))
        for name, of in found.items()
    ]
    return sorted(looks, key=lambda look: look.on)


@needs("see-outcomes-by-arm", case=AT_A_LOOK)
def arms(request: HttpRequest, access: Access) -> HttpResponse:
    """The planned looks: which are due, and when the next one is."""
    looks = planned_looks(access.initiative.deal)
    due = [each for each in looks if each.on <= access.on]
    ahead = [each for each in looks if each.on > access.on]
    read = read_looks(open_folder(access.initiative.path)) if due else ()
    table = Table(
        caption=_("Planned looks"),
        columns=(Column(_("Look")), Column(_("Day")), Column(_("Standing")), Column(_("Read by"))),
        rows=[
            (
                cells.link(each.name, _url(access, each.name)) if each in due else each.name,
                each.on,
                cells.status("due" if each in due else "waiting"),
                "; ".join(
                    dict.fromkeys(
                        f"{one.by}, {one.reader}, {cells.day_words(one.on)}"
                        for one in read
                        if one.look == each.name
                    )
                ),
            )
            for each in looks
        ],
        empty=_("No plan of this deal has a look, so nobody sees outcomes by arm before the end."),
    )
    context = {"table": table, "due": due, "next": _next(access, due, ahead)}
    return render(request, "initiatives/arms.html", context)


@needs("see-outcomes-by-arm", case=AT_A_LOOK)
@freshly_signed_in
def one_look(request: HttpRequest, access: Access, look: str) -> HttpResponse:
    """Ask whether to read a look that is due, and show it; it is kept nowhere on the way."""
    named = [each for each in planned_looks(access.initiative.deal) if each.name == look]
    if not named or named[0].on > access.on:
        raise Http404
    back = reverse("initiatives:arms", args=[access.initiative.slug])
    context: dict[str, object] = {
        "look": named[0],
        "heading": _("Read the look “%(look)s”") % {"look": look},
        "lead": _("The records are read up to the day of the look. It takes up to a minute."),
        "warning": _(
            "You will see outcomes by arm before the end. Pass nothing on: nobody but the "
            "evaluator and the monitoring board may know. Your reading is put on record."
        ),
        "submit": _("Read it"),
        "cancel": back,
    }
    if request.method == "POST":
        try:
            found = actions.read_look(by=access, look=look, due_on=named[0].on, on=access.on)
        except Refusal as refusal:
            context["problems"] = [told_problem(each) for each in refusal.problems]
            return render(request, "initiatives/look.html", context, status=409)
        messages.success(request, _("Your reading is on record."))
        context |= {"lines": estimate_lines(found.estimates), "told": found.told}
        context["findings"] = [each.what for each in found.findings]
        return render(request, "initiatives/look_read.html", context)
    return render(request, "initiatives/look.html", context)


def _url(access: Access, look: str) -> str:
    return reverse("initiatives:look", args=[access.initiative.slug, look])


def _next(access: Access, due: list[Planned], ahead: list[Planned]) -> tuple[str, str, str]:
    """What to do: read the look that is due, or wait for the day of the next."""
    if due:
        words = _("The look “%(look)s” was due on %(day)s.")
        said = words % {"look": due[-1].name, "day": cells.day_words(due[-1].on)}
        return said, _url(access, due[-1].name), _("Read the look")
    if ahead:
        words = _("No look is due. The next is “%(look)s”, on %(day)s. Until then nobody looks.")
        return words % {"look": ahead[0].name, "day": cells.day_words(ahead[0].on)}, "", ""
    words = _("No look is planned. Performance to target, on the overview, uses no control data.")
    return words, reverse("initiatives:overview", args=[access.initiative.slug]), _("Overview")
