"""Referring people: one, several at once, from paper; a look before it is sent; a receipt."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.forms.utils import ErrorDict
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from payforsuccess.errors import Refusal
from payforsuccess.governance.roles.cases import Case
from payforsuccess.web.accounts.access import Access, needs
from payforsuccess.web.people.actions import record_agreement
from payforsuccess.web.people.basis import TO_REFER
from payforsuccess.web.people.views.doing import do
from payforsuccess.web.people.views.finding import tell_problems
from payforsuccess.web.referrals.actions import complete_facts, refer
from payforsuccess.web.referrals.forms import FactsForm, ReferralForm, WhoForm
from payforsuccess.web.referrals.models import Referral
from payforsuccess.web.referrals.queries import office_of
from payforsuccess.web.referrals.questions import open_questions, questions_of
from payforsuccess.web.referrals.shown import address
from payforsuccess.web.referrals.views.finding import own_referral
from payforsuccess.web.referrals.words import ANSWERS

OWN = Case(is_own=True)
ROWS = 4
MOST_ROWS = 25


def source_of(access: Access) -> str:
    """Where the referrals of this office come from; nothing where that has to be asked."""
    is_jail, is_court = access.is_a("jail-liaison"), access.is_a("court-contact")
    if is_jail == is_court:
        return ""
    return "jail" if is_jail else "court"


@needs("refer-people")
def new(request: HttpRequest, access: Access) -> HttpResponse:
    """One referral: the form, then a look at it, then its receipt."""
    questions = questions_of(access.initiative)
    if request.method != "POST":
        return _form(request, access, ReferralForm(questions=questions, source=source_of(access)))
    form = ReferralForm(request.POST, questions=questions, source=source_of(access))
    if not form.is_valid() or "change" in request.POST:
        return _form(request, access, form)
    if "send" not in request.POST:
        return render(request, "referrals/review.html", _review(access, form))
    try:
        referral = _send(access, form, source_of(access))
    except Refusal as refusal:
        tell_problems(request, refusal)
        return _form(request, access, form)
    return redirect(address("receipt", access, referral.public_id))


def _send(access: Access, form: WhoForm, source: str) -> Referral:
    """The referral, and the person's agreement to it: both or none (R115)."""
    with transaction.atomic():
        referral = refer(
            by=access,
            office=office_of(access, "refer-people"),
            person=form.person,
            circumstances=form.circumstances(source),
        )
        record_agreement(
            by=access,
            participant=referral.participant,
            purpose=TO_REFER,
            on=referral.paper_on or access.on,
        )
    return referral


def _form(request: HttpRequest, access: Access, form: ReferralForm) -> HttpResponse:
    context = {"form": form, "list": address("list", access), "paper": address("paper", access)}
    return render(request, "referrals/new.html", context)


def _review(access: Access, form: ReferralForm) -> dict[str, Any]:
    groups = [
        (legend, [(field.label, said(field)) for field in fields])
        for legend, fields in form.groups()
    ]
    return {"groups": groups, "form": form, "list": address("list", access)}


def said(field: Any) -> object:
    """The answer of a field as people read it."""
    value = field.form.cleaned_data.get(field.name)
    choices = getattr(field.field, "choices", None)
    if choices is not None:
        value = dict(choices).get(value) if value else None
    return value


class Several(forms.BaseFormSet):  # type: ignore[type-arg]
    """Rows of a batch; the empty ones are passed over, and one at least is filled in."""

    def clean(self) -> None:
        """Refuse a batch of nobody."""
        if not any(self.errors) and not self.filled:
            raise forms.ValidationError(_("Fill in one row at least."))

    @property
    def filled(self) -> list[WhoForm]:
        """The rows with someone in them."""
        return [form for form in self.forms if form.has_changed()]


@needs("refer-people")
def several(request: HttpRequest, access: Access) -> HttpResponse:
    """Several people on one page, such as from the day's booking sheet: all of them or none."""
    shape = forms.formset_factory(
        WhoForm, formset=Several, extra=ROWS, max_num=MOST_ROWS, absolute_max=MOST_ROWS
    )
    options: dict[str, Any] = {
        "form_kwargs": {"questions": questions_of(access.initiative)},
        "prefix": "row",
    }
    if request.method != "POST":
        return _several(request, access, shape(**options), "form")
    if "more" in request.POST:
        data = request.POST.copy()
        typed = str(data.get("row-TOTAL_FORMS", ""))
        so_far = int(typed) if typed.isdecimal() and len(typed) < 4 else ROWS
        data["row-TOTAL_FORMS"] = str(min(so_far + ROWS, MOST_ROWS))
        return _several(request, access, shape(data, **options), "more")
    rows: Any = shape(request.POST, **options)
    if not rows.is_valid() or "change" in request.POST:
        return _several(request, access, rows, "form")
    if "send" not in request.POST:
        return _several(request, access, rows, "review")
    if request.POST.get("has_agreed") != "yes":
        messages.error(request, _("Say that each person agrees; nobody is referred otherwise."))
        return _several(request, access, rows, "review")
    made = []
    try:
        with transaction.atomic():
            for form in rows.filled:
                made.append(_send(access, form, source_of(access) or "community"))
    except Refusal as refusal:
        tell_problems(request, refusal)
        return _several(request, access, rows, "form")
    messages.success(
        request,
        ngettext("%(n)d person is referred.", "%(n)d people are referred.", len(made))
        % {"n": len(made)},
    )
    return redirect(address("list", access))


def _several(request: HttpRequest, access: Access, rows: Any, step: str) -> HttpResponse:
    if step == "more":  # the rows typed so far stay, and are not found fault with yet
        for form in rows.forms:
            form._errors = ErrorDict()
    filled = []
    if step == "review":
        filled = [[(field.label, said(field)) for field in form] for form in rows.filled]
    context = {"rows": rows, "step": step, "filled": filled, "list": address("list", access)}
    return render(request, "referrals/several.html", context)


@needs("refer-people")
def paper(request: HttpRequest, access: Access) -> HttpResponse:
    """The empty form for paper: a referral without a device (R142)."""
    form = ReferralForm(questions=questions_of(access.initiative), source=source_of(access))
    context = {
        "form": form,
        "new": address("new", access),
        "office": office_of(access, "refer-people"),
    }
    return render(request, "referrals/paper.html", context)


@needs("see-own-referrals", case=OWN)
def receipt(request: HttpRequest, access: Access, code: str) -> HttpResponse:
    """What the office keeps and may print: the code, and what happens next."""
    shown = own_referral(access, code)
    referral = shown.referral
    context = {
        "referral": referral,
        "shown": shown,
        "reader": shown.reader,
        "draw": address("draw", access, code),
        "facts": address("facts", access, code),
        "new": address("new", access),
    }
    return render(request, "referrals/receipt.html", context)


@needs("refer-people")
def facts(request: HttpRequest, access: Access, code: str) -> HttpResponse:
    """The facts that were not known when the person was referred."""
    referral = own_referral(access, code).referral
    questions = open_questions(access.initiative, referral.facts)
    form = FactsForm(request.POST or None, questions=questions)
    known = [
        (each.label, ANSWERS.get(referral.facts[each.name], referral.facts[each.name]))
        for each in questions_of(access.initiative)
        if referral.facts.get(each.name)
    ]
    return do(
        request,
        form,
        lambda _said: complete_facts(by=access, referral=referral, facts=form.facts),
        heading=_("Complete the facts"),
        submit=_("Keep the facts"),
        done=_("The facts are kept, and the rule was asked again."),
        back=address("one", access, code),
        template="referrals/facts.html",
        more={"known": known, "has_questions": bool(questions)},
    )
