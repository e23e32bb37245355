"""The upload of the jail's daily list of releases."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from payforsuccess.errors import Refusal
from payforsuccess.web.accounts.access import Access, needs
from payforsuccess.web.fields import public_ids
from payforsuccess.web.people.views.finding import tell_problems
from payforsuccess.web.referrals.actions import expect_release
from payforsuccess.web.referrals.forms import ListForm
from payforsuccess.web.referrals.lottery import is_by_lot
from payforsuccess.web.referrals.queries import visible_to
from payforsuccess.web.referrals.release_list import (
    LARGEST,
    Found,
    day_in,
    own_people,
    read_list,
)
from payforsuccess.web.referrals.shown import Reader, Shown, address
from payforsuccess.web.ui import cells
from payforsuccess.web.ui.tables import Column, Table


@needs("refer-people")
def releases(request: HttpRequest, access: Access) -> HttpResponse:
    """Choose the list, look at what it changes, and keep that."""
    if request.method == "POST" and "send" in request.POST:
        return _keep(request, access)
    form = ListForm(request.POST or None, request.FILES or None)
    context: dict[str, object] = {"form": form, "list": address("list", access)}
    if request.method == "POST" and form.is_valid():
        content = form.cleaned_data["file"].read(LARGEST + 1)
        try:
            rows = read_list(content, on=timezone.localdate())
        except Refusal as refusal:
            context["problems"] = refusal.problems
        else:
            found = own_people(access, rows)
            news = [each for each in found if each.is_news]
            context |= {
                "rows": len(rows),
                "found": len(found),
                "news": [(each.referral.public_id, each.on.isoformat()) for each in news],
                "table": _table(access, news),
                "is_read": True,
            }
    return render(request, "referrals/releases.html", context)


def _table(access: Access, news: list[Found]) -> Table:
    reader = Reader(access, is_by_lot(access.initiative))
    now = timezone.now()
    shown = [(Shown(each.referral, reader, now), each) for each in news]
    return Table(
        caption=gettext_lazy("What changes"),
        columns=(
            Column(gettext_lazy("Person")),
            Column(gettext_lazy("Release so far")),
            Column(gettext_lazy("Release by this list")),
        ),
        rows=[
            (cells.link(one.name, one.url), each.referral.release_expected_on, each.on)
            for one, each in shown
        ],
        empty=gettext_lazy("Nothing: the list says what is known already."),
    )


def _keep(request: HttpRequest, access: Access) -> HttpResponse:
    """Keep the days that were looked at, of one's own referrals alone: all of them or none."""
    asked = {}
    for each in request.POST.getlist("release"):
        code, _mark, text = each.partition("=")
        if day := day_in(text):
            asked[code] = day
    kept = 0
    try:
        with transaction.atomic():
            for referral in visible_to(access).filter(public_id__in=public_ids(asked)):
                expect_release(by=access, referral=referral, on=asked[referral.public_id])
                kept += 1
    except Refusal as refusal:
        tell_problems(request, refusal)
        return redirect(address("releases", access))
    said = ngettext("%(n)d release is kept.", "%(n)d releases are kept.", kept) % {"n": kept}
    messages.success(request, f"{said} " + _("The programme sees the days."))
    return redirect(address("list", access))
