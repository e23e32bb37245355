"""The signatory of a party consents or refuses."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from payforsuccess.errors import Refusal
from payforsuccess.governance.consents import Said
from payforsuccess.governance.roles.cases import Case
from payforsuccess.web.accounts.access import Access, needs
from payforsuccess.web.accounts.fresh import freshly_signed_in
from payforsuccess.web.amendments import actions, shown
from payforsuccess.web.amendments.forms import WhyForm
from payforsuccess.web.amendments.queries import case_of, one_of
from payforsuccess.web.amendments.views.doing import do
from payforsuccess.web.amendments.words import TOUCHED, whose
from payforsuccess.web.ui import cells

ANSWERING = Case(prepared_by=("the office",), is_own=True)
"""The case in which a signatory answers; the page asks again with the case as it is."""


@needs("answer-amendments", case=ANSWERING)
@freshly_signed_in
def answer(request: HttpRequest, access: Access, code: str, which: int, said: str) -> HttpResponse:
    """A party's signatory consents, refuses, or says that the consent is not needed."""
    standing = one_of(access, code)
    asked = standing.consents.asked
    words = {
        "consented": (_("Consent to the amendment"), _("Give the consent"), _("It is on record.")),
        "refused": (_("Refuse the amendment"), _("Refuse it"), _("Your refusal is on record.")),
        "not-needed": (
            _("Say that the consent is not needed"),
            _("Put it on record"),
            _("It is on record."),
        ),
    }
    if not standing.is_open or not which < len(asked) or said not in words:
        raise Http404
    consent = asked[which].consent
    access.require("answer-amendments", case_of(access, standing, consent))
    if said == "not-needed" and consent.above is None:
        raise Http404
    heading, submit, done = words[said]
    form = None if said == "consented" else WhyForm(request.POST or None)
    proposed = standing.proposed
    assert proposed is not None
    context: dict[str, object] = {
        "heading": heading,
        "submit": submit,
        "form": form,
        "lead": _("You answer for your party, in your own name. Read the whole file first."),
        "warning": _("With the last consent the amendment is in force from its first day on.")
        if said == "consented"
        else "",
        "is_dangerous": said == "refused",
        "facts": [
            (_("Amendment"), shown.title_of(standing.proposal.number)),
            (_("What changes"), standing.proposal.says),
            (_("Whose"), whose(consent)),
            (_("Because it touches"), TOUCHED[consent.touches]),
            (_("Governs from"), proposed.deal.in_force_from),
            (_("Checksum of the terms"), proposed.deal.terms_fingerprint),
        ],
        "changes": shown.changes_table(proposed.difference),
        "money": shown.money_table(proposed.difference),
    }

    def run() -> None:
        actions.answer(
            by=access,
            proposal=standing.proposal,
            which=which,
            said=cast(Said, said),
            reason=form.cleaned_data["reason"] if form else "",
        )
        messages.success(request, done)
        if one_of(access, code).state == "complete":
            _begin(request, access, code)

    return do(request, access, standing, context, run)


def _begin(request: HttpRequest, access: Access, code: str) -> None:
    """Every consent is there: put it in force, or tell what keeps it from being so."""
    try:
        deal = actions.put_in_force(by=access, proposal=one_of(access, code).proposal)
    except Refusal as refusal:
        for problem in refusal.problems:
            messages.warning(request, shown.problem_words(problem))
    else:
        words = _("Every consent is given: the amendment governs from %(day)s on.")
        messages.success(request, words % {"day": cells.day_words(deal.in_force_from)})
