"""Half-written notes, kept on the server under lock, for their writer alone."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils import timezone

from payforsuccess.web.accounts.access import Access, action
from payforsuccess.web.audit.actions import record
from payforsuccess.web.people.models import Draft, Enrolment
from payforsuccess.web.people.opened import refuse_opened


@action
def keep_draft(*, by: Access, enrolment: Enrolment, fields: Mapping[str, str]) -> Draft:
    """Keep what is written so far; the log says once that a draft was begun, and never what of."""
    by.require("record-services")
    refuse_opened(by, enrolment.participant)
    draft = Draft.objects.filter(owner=by.user, enrolment=enrolment).first()
    is_new = draft is None
    draft = draft or Draft(owner=by.user, enrolment=enrolment)
    draft.fields = dict(fields)
    draft.kept_at = timezone.now()
    draft.save()
    if is_new:
        record(by.actor("record-services"), "draft.begun", enrolment)
    return draft


@action
def drop_draft(*, by: Access, enrolment: Enrolment) -> None:
    """Throw a draft of one's own away."""
    by.require("record-services")
    dropped, _ = Draft.objects.filter(owner=by.user, enrolment=enrolment).delete()
    if dropped:
        record(by.actor("record-services"), "draft.dropped", enrolment)
