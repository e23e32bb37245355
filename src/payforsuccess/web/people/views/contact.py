"""A contact with its note, which keeps itself while it is written and outlives the session."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.html import format_html
from django.utils.translation import gettext as _

from payforsuccess.web.accounts.access import Access, needs
from payforsuccess.web.people.actions import drop_draft, keep_draft, log_contact
from payforsuccess.web.people.caseload import address
from payforsuccess.web.people.forms import ContactForm
from payforsuccess.web.people.models import Draft, Enrolment
from payforsuccess.web.people.queries import same_contact
from payforsuccess.web.people.views.doing import Said, do
from payforsuccess.web.people.views.finding import enrolment_of, own_enrolment
from payforsuccess.web.people.views.outliving import (
    fields_of,
    mark_of,
    outlives_session,
    take_what_waits,
)
from payforsuccess.web.ui import cells


@outlives_session
@needs("record-services")
def contact(request: HttpRequest, access: Access, code: str) -> HttpResponse:
    """Log a contact or an attempt; or keep what is written, or throw it away."""
    row = own_enrolment(access, code)
    here, back = address("contact", access, code), address("one", access, code)
    if "keep" in request.POST:
        _keep(request, access, row)
        messages.success(request, _("The draft is kept for you. Only you can open it."))
        return redirect(here)
    if "drop" in request.POST:
        drop_draft(by=access, enrolment=row)
        messages.success(request, _("The draft is thrown away."))
        return redirect(back)
    take_what_waits(request, access, row)
    draft = Draft.objects.filter(owner=access.user, enrolment=row).first()
    begun = draft.fields if draft else {"on": access.on.isoformat(), "kind": "visit"}

    def act(said: Said) -> str | None:
        facts = {**said, "is_reached": said["is_reached"] == "yes"}
        is_known = same_contact(access, row, **facts) is not None
        log_contact(by=access, enrolment=row, **facts)
        if not is_known:
            return None
        return _("This very contact is on record already. If there were two, say so in the note.")

    return do(
        request,
        ContactForm(request.POST or None, initial=begun),
        act,
        heading=_("Log a contact"),
        lead=row.participant.full_name,
        submit=_("Log the contact"),
        done=_("The contact is logged."),
        back=back,
        template="people/contact.html",
        more={
            "row": row,
            "draft": draft,
            "keep": address("draft", access, code),
            "writer": mark_of(access, row),
        },
    )


@outlives_session
@needs("record-services")
def draft(request: HttpRequest, access: Access, code: str) -> HttpResponse:
    """Keep what is written so far: asked by the page itself while someone types."""
    row = enrolment_of(access, code)
    if request.method != "POST":
        return redirect(address("contact", access, code))
    kept = _keep(request, access, row)
    return HttpResponse(format_html("{} {}", _("Kept as a draft"), cells.instant(kept.kept_at)))


def _keep(request: HttpRequest, access: Access, row: Enrolment) -> Draft:
    return keep_draft(by=access, enrolment=row, fields=fields_of(request))
