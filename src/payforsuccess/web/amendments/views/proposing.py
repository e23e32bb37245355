"""Propose an amendment; withdraw it; put it in force where the last consent could not."""

from __future__ import annotations

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from payforsuccess.errors import Refusal
from payforsuccess.runs.amend.proposed import check_proposed, read_proposed
from payforsuccess.web.accounts.access import Access, needs
from payforsuccess.web.accounts.fresh import freshly_signed_in
from payforsuccess.web.amendments import actions, shown
from payforsuccess.web.amendments.forms import ProposeForm, ReviewedForm
from payforsuccess.web.amendments.queries import one_of
from payforsuccess.web.amendments.views.doing import do
from payforsuccess.web.amendments.words import TOUCHED, whose


@needs("keep-initiative")
def propose(request: HttpRequest, access: Access) -> HttpResponse:
    """Upload an amended deal; look over what it changes and who is asked; then ask them."""
    back = reverse("amendments:list", args=[access.initiative.slug])
    is_reviewed = "confirmed" in request.POST
    form: Form = (
        ReviewedForm(request.POST)
        if is_reviewed
        else ProposeForm(request.POST or None, request.FILES or None)
    )
    problems: list[str] = []
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["text" if is_reviewed else "file"]
        try:
            if is_reviewed:
                proposal = actions.propose(by=access, text=text)
                messages.success(request, _("Everyone whose consent is needed is asked now."))
                parts = [access.initiative.slug, proposal.public_id]
                return redirect(reverse("amendments:one", args=parts))
            return _review(request, access, text, back)
        except Refusal as refusal:
            problems = [shown.problem_words(problem) for problem in refusal.problems]
    context = {
        "form": ProposeForm() if is_reviewed or problems else form,
        "problems": problems,
        "back": back,
    }
    return render(request, "amendments/propose.html", context, status=409 if problems else 200)


def _review(request: HttpRequest, access: Access, text: str, back: str) -> HttpResponse:
    proposed = read_proposed(access.initiative.path, text)
    found = check_proposed(proposed, on=access.on)
    asked = "; ".join(whose(each) for each in proposed.needed)
    context = {
        "heading": _("Look over the amendment"),
        "lead": _("Nobody has been asked yet. Once you propose it, its text never changes."),
        "submit": _("Propose it, and ask for the consents"),
        "cancel": back,
        "form": ReviewedForm(initial={"text": proposed.text}),
        "facts": [
            (_("Amendment"), shown.title_of(proposed.amendment.number)),
            (_("What changes"), proposed.amendment.says),
            (_("Touches"), ", ".join(str(TOUCHED[t]) for t in proposed.amendment.touches)),
            (_("Governs from"), proposed.deal.in_force_from),
            (_("Asked for consent"), asked or _("nobody, by the deal’s own rules")),
            (_("Clock"), shown.clock_of(proposed.deal, on=access.on)),
        ],
        "changes": shown.changes_table(proposed.difference),
        "money": shown.money_table(proposed.difference),
        "findings": shown.findings_table((*found.proofs, *found.findings)),
    }
    return render(request, "amendments/do.html", context)


@needs("keep-initiative")
@freshly_signed_in
def put(request: HttpRequest, access: Access, code: str) -> HttpResponse:
    """Put an amendment in force whose last consent did not do so."""
    standing = one_of(access, code)
    if standing.state != "complete":
        raise Http404
    context: dict[str, object] = {
        "heading": _("Put the amendment in force"),
        "lead": _("Every consent is given. The file becomes a version of the deal."),
        "submit": _("Put it in force"),
        "facts": [(_("What changes"), standing.proposal.says)],
    }

    def run() -> None:
        actions.put_in_force(by=access, proposal=standing.proposal)
        messages.success(request, _("The amendment is a version of the deal."))

    return do(request, access, standing, context, run)


@needs("keep-initiative")
def withdraw(request: HttpRequest, access: Access, code: str) -> HttpResponse:
    """Nobody is asked any more."""
    standing = one_of(access, code)
    if not standing.is_open:
        raise Http404
    context: dict[str, object] = {
        "heading": _("Withdraw the amendment"),
        "lead": _("Nobody is asked any more. What was answered stays on record."),
        "submit": _("Withdraw it"),
        "is_dangerous": True,
        "facts": [(_("What changes"), standing.proposal.says)],
    }

    def run() -> None:
        actions.withdraw(by=access, proposal=standing.proposal)
        messages.success(request, _("The amendment is withdrawn."))

    return do(request, access, standing, context, run)
