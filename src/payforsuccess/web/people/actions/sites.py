"""Someone goes to another site."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from payforsuccess.errors import Problem, Refusal, sentence
from payforsuccess.web.accounts.access import Access, action
from payforsuccess.web.audit.actions import record
from payforsuccess.web.people.days import refuse_ahead, refuse_before, refuse_left
from payforsuccess.web.people.holding import held
from payforsuccess.web.people.models import Enrolment, SiteChange
from payforsuccess.web.people.opened import refuse_opened
from payforsuccess.web.people.stops import refuse_stopped


@action
def change_site(*, by: Access, enrolment: Enrolment, site: str, on: date) -> Enrolment:
    """Someone is at another site from a day on; what was counted before stays counted there.

    Refusal after they left, of the same site, of a day before the last change, and while
    a report of harm stops service at the new one.
    """
    by.require("record-services")
    refuse_opened(by, enrolment.participant)
    refuse_left(held(enrolment))
    refuse_ahead(by, on)
    refuse_before(enrolment.enrolled_on, on, sentence("enrolled"))
    last = enrolment.site_changes.last()
    if last is not None:
        refuse_before(last.on, on, sentence("came to the site before"))
    if site == enrolment.site:
        raise Refusal(
            Problem(
                sentence("The person is at this site already."),
                sentence("Choose another site, or go back."),
            )
        )
    refuse_stopped(by.initiative, site)
    was = enrolment.site
    SiteChange.objects.create(enrolment=enrolment, was=was, on=on, by=by.user, at=timezone.now())
    enrolment.site = site
    enrolment.save(update_fields=["site"])
    record(
        by.actor("record-services"),
        "enrolment.site-changed",
        enrolment,
        before={"site": was},
        after={"site": site, "on": on},
    )
    return enrolment
