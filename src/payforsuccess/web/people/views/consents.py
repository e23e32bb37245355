"""Consent: given, refused, taken back; and the page of rights to print."""

from __future__ import annotations

from dataclasses import replace

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from payforsuccess.governance.roles.cases import Case
from payforsuccess.reports.html_blocks import Pen, block_markup
from payforsuccess.reports.rights import rights_page
from payforsuccess.runs.documents.rights import rights_facts
from payforsuccess.web.accounts.access import Access, needs
from payforsuccess.web.people.actions import record_consent, withdraw_consent
from payforsuccess.web.people.basis import CONSENT_WORDS, TELL_BOOKINGS
from payforsuccess.web.people.caseload import address
from payforsuccess.web.people.forms import ConsentForm, DayForm
from payforsuccess.web.people.models import Consent
from payforsuccess.web.people.own_records import own_records
from payforsuccess.web.people.views.doing import Said, do
from payforsuccess.web.people.views.finding import own_enrolment

OWN = Case(is_own=True)


@needs("record-consent")
def consent(request: HttpRequest, access: Access, code: str) -> HttpResponse:
    """What the person said to one purpose and one recipient."""
    row = own_enrolment(access, code)
    agreements = [s.agreement for s in access.initiative.deal.data if s.agreement is not None]
    purposes = dict.fromkeys([*(each.purpose for each in agreements), TELL_BOOKINGS])
    receivers = [who for each in agreements for who in (each.recipients or each.parties)]
    own = [organisation.name for organisation in access.organisations]
    regimes = [each.regime for each in agreements]

    def act(said: Said) -> None:
        given = {**said, "is_given": said["is_given"] == "yes"}
        record_consent(by=access, participant=row.participant, consent=Consent(**given))

    return do(
        request,
        ConsentForm(
            request.POST or None,
            purposes=[(each, CONSENT_WORDS.get(each, each)) for each in purposes],
            recipients=[(each, each) for each in dict.fromkeys([*receivers, *own])],
            initial={
                "said_on": access.on,
                "regime": next(iter(regimes), ""),
                "language": row.participant.language,
            },
        ),
        act,
        heading=_("Record what the person said"),
        lead=_("A refusal is an answer too. It changes nothing about services."),
        submit=_("Record it"),
        done=_("It is recorded. Services are the same either way."),
        back=address("one", access, code),
        more={"row": row},
    )


@needs("record-consent")
def withdraw(request: HttpRequest, access: Access, code: str, item: str) -> HttpResponse:
    """The person takes a consent back; from that day on nothing more is read under it."""
    row = own_enrolment(access, code)
    given = row.participant.consents.filter(
        public_id=item, is_given=True, withdrawn_on=None
    ).first()
    if given is None:
        raise Http404
    return do(
        request,
        DayForm(request.POST or None, initial={"on": access.on}),
        lambda said: withdraw_consent(by=access, consent=given, on=said["on"]),
        heading=_("The person takes it back"),
        lead=_("From this day on nothing more is read under it. Services stay the same."),
        submit=_("Record it"),
        done=_("The consent has ended."),
        back=address("one", access, code),
        more={"row": row},
    )


@needs("see-own-caseload", case=OWN)
def rights(request: HttpRequest, access: Access) -> HttpResponse:
    """What is kept, who sees it, how to say no: one page in the person's language (R147)."""
    asked = request.GET.get("language") or (get_language() or "en")[:2]
    language = asked if asked in ("en", "es") else "en"
    facts = rights_facts(access.initiative.deal, on=access.on, language=language)
    document = rights_page(replace(facts, own=own_records(access)))
    pen = Pen(document)
    blocks = "".join(str(block_markup(block, pen)) for block in document.blocks)
    context = {
        "document": document,
        "language": language,
        # The writer of documents escapes every text of the deal; nothing else goes in.
        "blocks": mark_safe(blocks),
        "today": address("today", access),
    }
    return render(request, "people/rights.html", context)
