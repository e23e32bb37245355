"""Each thing that people do about a call for capital: make it, certify it, answer it, pay it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from payforsuccess.finance.capital_record.calls import CallState
from payforsuccess.units import to_minor
from payforsuccess.web.accounts.access import Access, needs
from payforsuccess.web.accounts.fresh import freshly_signed_in
from payforsuccess.web.initiatives.parties import parties_for
from payforsuccess.web.investor import actions
from payforsuccess.web.investor.books import Books, books_or_404
from payforsuccess.web.investor.doing import Doing, do
from payforsuccess.web.investor.forms import AnswerForm, CallForm, Fact, MoneyForm, SignedForm
from payforsuccess.web.investor.own import ANSWERS, KEEPS, lenders, signs_for
from payforsuccess.web.investor.words import STANDS
from payforsuccess.web.ui import cells


@needs("call-capital")
@freshly_signed_in
def call(request: HttpRequest, access: Access) -> HttpResponse:
    """The project manager calls capital, with the certificates of the own organisation."""
    books = books_or_404(access)
    form = CallForm(request.POST or None, currency=books.currency)
    form.choose(
        "tranche",
        [
            (
                each.name,
                _("%(name)s: %(party)s, %(left)s not drawn")
                % {
                    "name": each.name,
                    "party": each.party,
                    "left": cells.money(each.undrawn, books.currency),
                },
            )
            for each in books.status.tranches
        ],
    )
    own = [c for c in books.record.draw_conditions if c.certified_by in parties_for(access, KEEPS)]
    form.choose("certifies", [(each.name, each.says) for each in own])
    if not own:
        del form.fields["certifies"]
    doing = Doing(
        _("Call capital"),
        _("The lender is asked for money on one tranche. It answers once all is certified."),
        _("Make the call"),
        lambda said: actions.call(
            by=access,
            asked=actions.Called(
                said["tranche"],
                said["amount"],
                said["due_on"],
                tuple(said.get("certifies", ())),
            ),
            on=access.on,
        ),
        lambda noted: _("Call “%(name)s” is made.") % {"name": noted.state.call.name},
        warning=_("A call is never changed. You cannot answer a call that you made."),
    )
    return do(request, access, doing, form)


@needs("call-capital", "approve-capital-call")
@freshly_signed_in
def certify(request: HttpRequest, access: Access, name: str, condition: str) -> HttpResponse:
    """A party certifies; or the keeper of the books enters a paper of a party without access."""
    books = books_or_404(access)
    state = books.call(name)
    needed = next((each for each in state.lacking if each.name == condition), None)
    if needed is None or not may_certify(access, needed.certified_by):
        raise Http404
    party = needed.certified_by
    is_own = party in signs_for(access)
    form = None if is_own else SignedForm(request.POST or None)
    says = needed.says.rstrip(".")
    own_lead = _("For %(party)s you certify: “%(says)s”.") % {"party": party, "says": says}
    lead = _("%(party)s certified on paper: “%(says)s”.") % {"party": party, "says": says}
    doing = Doing(
        _("Certify the call"),
        own_lead if is_own else lead,
        _("Put the certificate on record"),
        lambda said: actions.certify(
            by=access,
            name=name,
            condition=condition,
            party=party,
            on=access.on,
            on_paper=said.get("signed_by", ""),
        ),
        lambda _noted: _("The certificate is on record."),
        back=_address(access, name),
        warning=_("A certificate stands once it is given."),
        facts=facts_of(books, state),
    )
    return do(request, access, doing, form)


@needs("approve-capital-call")
@freshly_signed_in
def answer(request: HttpRequest, access: Access, name: str) -> HttpResponse:
    """A person of the lender consents, or refuses with a reason."""
    books = books_or_404(access)
    state = books.call(name)
    if not may_answer(access, state):
        raise Http404
    doing = Doing(
        _("Answer the call"),
        _("Your organisation answers once. Whoever made the call cannot answer it."),
        _("Put the answer on record"),
        lambda said: actions.answer(
            by=access, name=name, says=said["says"], reason=said["reason"], on=access.on
        ),
        lambda _noted: _("Your answer is on record."),
        back=_address(access, name),
        warning=_lacking_words(state),
        facts=facts_of(books, state),
    )
    return do(request, access, doing, AnswerForm(request.POST or None))


@needs("call-capital")
@freshly_signed_in
def received(request: HttpRequest, access: Access, name: str) -> HttpResponse:
    """The project manager notes money that came on a call."""
    books = books_or_404(access)
    state = books.call(name)
    if state.stands in ("paid", "refused"):
        raise Http404
    form = MoneyForm(request.POST or None, currency=books.currency, initial={"on": access.on})
    doing = Doing(
        _("Note money that came"),
        _("Note it once the bank shows it, in whole or in part."),
        _("Note the money"),
        lambda said: actions.receive(
            by=access, name=name, amount=said["amount"], on=said["on"], today=access.on
        ),
        lambda _noted: _("The money is in the books."),
        back=_address(access, name),
        warning=_lacking_words(state),
        facts=facts_of(books, state),
    )
    return do(request, access, doing, form)


def may_certify(access: Access, party: str) -> bool:
    """Whether someone may put a party's certificate on record: one's own, or one on paper."""
    return party in signs_for(access) or (bool(access.may(KEEPS)) and party not in lenders(access))


def may_answer(access: Access, state: CallState) -> bool:
    """Whether the call waits for an answer that this person may give."""
    waits = state.call.answer is None and not state.call.received
    return waits and state.party in parties_for(access, ANSWERS)


def facts_of(books: Books, state: CallState) -> Sequence[Fact]:
    """A call in short."""
    call, code = state.call, books.currency
    word, tone = STANDS[state.stands]
    facts: list[Any] = [
        (_("Call"), call.name),
        (_("Tranche"), f"{call.tranche}: {state.party}"),
        (_("Amount"), cells.money(to_minor(call.amount, code), code)),
        (_("Asked on"), cells.day(call.asked_on)),
        (_("Due on"), cells.day(call.due_on)),
        (_("Standing"), cells.status(word=word, tone=tone)),
    ]
    if call.called_by:
        facts.append((_("Made by"), call.called_by))
    if state.open:
        facts.append((_("Not come yet"), cells.money(state.open, code)))
    return facts


def _lacking_words(state: CallState) -> str:
    if not state.lacking:
        return ""
    who = ", ".join(dict.fromkeys(each.certified_by for each in state.lacking))
    return _("It still lacks a certificate of %(who)s.") % {"who": who}


def _address(access: Access, name: str) -> str:
    return reverse("investor:call", args=[access.initiative.slug, name])
