"""A note that is sent when the session has ended: it waits, locked, for its writer to sign in.

The page of a note names its writer and its person under a signature. What is sent from it without
a session is kept in the browser's next session, and becomes a draft when the same person signs in
and opens the same page. Anyone else who signs in there sees nothing of it.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from payforsuccess.web.accounts.access import Access
from payforsuccess.web.fields import locks, unlocked
from payforsuccess.web.people.actions import keep_draft
from payforsuccess.web.people.forms import ContactForm
from payforsuccess.web.people.models import Enrolment

LONGEST = 8000
_KEY = "note-that-waits"
_HOURS = 12
_SIGNER = TimestampSigner(salt="people.note")


def mark_of(access: Access, row: Enrolment) -> str:
    """Who writes of whom, signed, for the form of a note."""
    return _SIGNER.sign(f"{access.user.public_id}/{row.public_id}")


def outlives_session(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page of notes: what is sent without a session is kept, or said not to be.

    The page's own script is answered 401 with a sentence, so that no sign-in page is put into the
    form. Of a form without a mark, or with an old one, nothing is kept.
    """

    @wraps(view)
    def page(request: HttpRequest, **names: str) -> HttpResponse:
        if request.method == "POST" and not request.user.is_authenticated:
            if request.headers.get("HX-Request"):
                said = _("Your session has ended. Choose “Save as a draft” and sign in again.")
                return HttpResponse(said, status=401, content_type="text/plain; charset=utf-8")
            if "drop" not in request.POST:
                _keep_waiting(request)
        return view(request, **names)

    return page


def fields_of(request: HttpRequest) -> dict[str, str]:
    """What was written, by the form's fields."""
    return {name: request.POST.get(name, "")[:LONGEST] for name in ContactForm.base_fields}


def take_what_waits(request: HttpRequest, access: Access, row: Enrolment) -> None:
    """Make a draft of the note that waits, if this person wrote it of this enrolment."""
    locked = request.session.get(_KEY)
    if locked is None:
        return
    text = unlocked(locked)
    if text is None:
        del request.session[_KEY]
        return
    waiting = json.loads(text)
    if waiting["of"] == f"{access.user.public_id}/{row.public_id}":
        keep_draft(by=access, enrolment=row, fields=waiting["fields"])
        del request.session[_KEY]


def _keep_waiting(request: HttpRequest) -> None:
    try:
        of = _SIGNER.unsign(request.POST.get("writer", ""), max_age=_HOURS * 3600)
    except BadSignature:
        return
    text = json.dumps({"of": of, "fields": fields_of(request)})
    request.session[_KEY] = locks().encrypt(text.encode()).decode("ascii")
    messages.info(request, _("Your session had ended. Sign in: your note is kept for you."))
