"""Rows that could be one person, for a supervisor or a reviewer to decide."""

from __future__ import annotations

from itertools import islice

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from payforsuccess.errors import Refusal
from payforsuccess.governance.roles.cases import Case
from payforsuccess.web.accounts.access import Access, needs
from payforsuccess.web.fields import public_ids
from payforsuccess.web.people.actions import look_through
from payforsuccess.web.people.models import Participant
from payforsuccess.web.people.views.finding import tell_problems
from payforsuccess.web.referrals.actions import merge, part
from payforsuccess.web.referrals.queries import (
    alike,
    is_served_otherwise,
    may_judge,
    people_judged_by,
)
from payforsuccess.web.referrals.shown import address

MOST = 25


@needs("answer-referrals", "review-links")
def same(request: HttpRequest, access: Access) -> HttpResponse:
    """Each pair with its reason: one person, or two. No arm, no state, no outcome is shown."""
    if not access.may("review-links"):
        access.require("see-identifiers", Case(is_own=True))
    if request.method == "POST":
        return _decided(request, access)
    can = may_judge(access)
    pairs = list(islice(alike(access), MOST)) if can else []
    look_through(by=access, of="people", count=2 * len(pairs), asked=("alike",))
    context = {
        "pairs": pairs,
        "may_judge": can,
        "may_list": bool(access.may("answer-referrals")),
    }
    return render(request, "referrals/same.html", context)


def _decided(request: HttpRequest, access: Access) -> HttpResponse:
    codes = public_ids((request.POST.get("one", ""), request.POST.get("other", "")))
    found = {p.public_id: p for p in people_judged_by(access).filter(public_id__in=codes)}
    if len(found) < 2:
        raise Http404
    one, other = (found[code] for code in codes)
    is_one = request.POST.get("is") == "one"
    if is_one and "confirmed" not in request.POST:
        return _asked(request, access, one, other)
    try:
        if is_one:
            person = merge(by=access, one=one, other=other)
            messages.success(request, _("They are one person now. The first draw holds."))
            if is_served_otherwise(person):
                messages.warning(
                    request,
                    _(
                        "The person was enrolled on the later draw. Tell counsel and the evaluator "
                        "today: the analysis keeps the first."
                    ),
                )
        else:
            part(by=access, one=one, other=other)
            messages.success(request, _("They are two people, and are not asked of again."))
    except Refusal as refusal:
        tell_problems(request, refusal)
    return redirect(address("same", access))


class _Pair(forms.Form):
    """The two rows, carried from the question to the answer."""

    one = forms.CharField(widget=forms.HiddenInput)
    other = forms.CharField(widget=forms.HiddenInput)


def _asked(
    request: HttpRequest, access: Access, one: Participant, other: Participant
) -> HttpResponse:
    """The question once more, since joining is not taken back."""
    form = _Pair(initial={"one": one.public_id, "other": other.public_id})
    form.fields["is"] = forms.CharField(widget=forms.HiddenInput, initial="one")
    first, second = sorted((one, other), key=lambda person: person.pk)
    context = {
        "heading": _("Join the two rows?"),
        "lead": _("From then on they are one person, and the first draw holds."),
        "warning": _("This is not taken back."),
        "facts": [
            (_("Stands"), f"{first.full_name}, {first.born_on}"),
            (_("Joined to it"), f"{second.full_name}, {second.born_on}"),
        ],
        "form": form,
        "submit": _("Join them"),
        "cancel": address("same", access),
    }
    return render(request, "ui/confirm.html", context)
