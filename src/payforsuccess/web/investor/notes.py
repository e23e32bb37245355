"""What else goes into the books: costs, the bank's balance, tests, notices and votes."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from payforsuccess.runs.finance.note_balance import Balanced
from payforsuccess.web.accounts.access import Access, needs
from payforsuccess.web.accounts.fresh import freshly_signed_in
from payforsuccess.web.initiatives.parties import parties_for
from payforsuccess.web.investor import actions
from payforsuccess.web.investor.books import books_or_404
from payforsuccess.web.investor.doing import Doing, do
from payforsuccess.web.investor.forms import (
    NEEDS,
    BalanceForm,
    BallotForm,
    CostForm,
    MatterForm,
    NoticeForm,
    TestForm,
)
from payforsuccess.web.investor.own import ANSWERS
from payforsuccess.web.investor.words import FOLLOWS, default_words
from payforsuccess.web.ui import cells


@needs("call-capital")
@freshly_signed_in
def spend(request: HttpRequest, access: Access) -> HttpResponse:
    """The project manager notes a cost that was paid."""
    books = books_or_404(access)
    form = CostForm(request.POST or None, currency=books.currency, initial={"on": access.on})
    form.choose("to", [(each.name, each.name) for each in books.status.deal.parties])
    doing = Doing(
        _("Note a cost"),
        _("What the project paid out of capital, and for what."),
        _("Note the cost"),
        lambda said: actions.spend(by=access, today=access.on, **said),
        lambda spent: (
            _("The cost is in the books. The project holds %(held)s.")
            % {"held": cells.money(spent.held, books.currency)}
        ),
        facts=[(_("Held by the project"), cells.money(books.status.held, books.currency))],
    )
    return do(request, access, doing, form)


@needs("call-capital")
@freshly_signed_in
def bank(request: HttpRequest, access: Access) -> HttpResponse:
    """The project manager enters what the bank says, and is told whether the book agrees."""
    books = books_or_404(access)
    if not books.record.accounts:
        raise Http404
    form = BalanceForm(request.POST or None, currency=books.currency, initial={"on": access.on})
    form.choose("account", [(each.name, each.name) for each in books.record.accounts])
    doing = Doing(
        _("Hold the bank against the book"),
        _("Enter what the bank says was there at the end of a day. The book is not shown first."),
        _("Keep the balance"),
        lambda said: actions.balance(
            by=access,
            account=said["account"],
            minor=said["balance"],
            on=said["on"],
            today=access.on,
        ),
        _balance_words,
        warning=_("A balance is never written over."),
    )
    return do(request, access, doing, form)


def _balance_words(found: Balanced) -> str:
    if found.found is None or found.found.lacking:
        return _("The balance is on record. Other accounts of the day are still to be entered.")
    if found.is_closed:
        return _("Bank and book agree.")
    gap = cells.money(found.found.difference, found.currency)
    return _("Bank and book do not agree: %(gap)s to find.") % {"gap": gap}


@needs("call-capital")
@freshly_signed_in
def test(request: HttpRequest, access: Access, name: str) -> HttpResponse:
    """The project manager notes how a trigger of the deal came out."""
    books = books_or_404(access)
    trigger = next((each for each in books.status.deal.triggers if each.name == name), None)
    known = {each.trigger for each in books.record.tests}
    if trigger is None or name in known or trigger.on > access.on:
        raise Http404
    form = TestForm(request.POST or None, initial={"on": access.on})
    form.choose("party", [(each.name, each.name) for each in books.status.deal.parties])
    doing = Doing(
        _("Note a test"),
        _("A test of the deal, on which further capital may hang."),
        _("Keep the test"),
        lambda said: actions.tested(
            by=access,
            trigger=name,
            met=said["met"] == "yes",
            party=said["party"],
            value=said["value"],
            on=said["on"],
            today=access.on,
        ),
        lambda found: (
            _("The test is on record: it was met.")
            if found.met
            else _("The test is on record: it was missed.")
        ),
        warning=_("A test stands. Where it was missed, only a vote of the lenders helps."),
        facts=[
            (_("Test"), trigger.says),
            (_("Due on"), cells.day(trigger.on)),
            (_("What follows"), FOLLOWS[trigger.not_met]),
            (_("Clause"), trigger.clause or None),
        ],
    )
    return do(request, access, doing, form)


@needs("call-capital")
@freshly_signed_in
def notice(request: HttpRequest, access: Access, kind: str, name: str) -> HttpResponse:
    """The project manager notes that notice of a default was given."""
    books = books_or_404(access)
    about = f"{kind} {name}"
    due = next((n for n in books.status.notices if n.about == about and not n.given_on), None)
    if due is None:
        raise Http404
    doing = Doing(
        _("Note a notice of default"),
        _("Send the notice as the contract says. Then note it here."),
        _("Keep the notice"),
        lambda said: actions.notify(
            by=access, about=about, to=due.to, says=said["says"], on=said["on"], today=access.on
        ),
        lambda _found: _("The notice is on record."),
        facts=[
            (_("About"), default_words(about)),
            (_("To"), due.to),
            (_("Due on"), cells.day(due.since)),
            (_("Unpaid"), cells.money(due.amount, books.currency)),
        ],
    )
    form = NoticeForm(request.POST or None, initial={"on": access.on})
    return do(request, access, doing, form)


@needs("call-capital")
@freshly_signed_in
def put(request: HttpRequest, access: Access) -> HttpResponse:
    """The project manager puts a matter to the lenders."""
    books_or_404(access)
    doing = Doing(
        _("Put a matter to the lenders"),
        _("Each lender votes with the principal it is owed today."),
        _("Put it to the lenders"),
        lambda said: actions.put(
            by=access,
            matter=said["matter"],
            needs=NEEDS[said["needs"]][0],
            more_than=NEEDS[said["needs"]][1],
            on=access.on,
        ),
        lambda _found: _("The lenders can vote now."),
    )
    return do(request, access, doing, MatterForm(request.POST or None))


@needs("approve-capital-call")
@freshly_signed_in
def vote(request: HttpRequest, access: Access, number: int, tranche: str) -> HttpResponse:
    """A person of a lender votes."""
    books = books_or_404(access)
    own = parties_for(access, ANSWERS)
    waits = {
        (int(each.about) + 1, each.name)
        for each in books.status.waits
        if each.what == "vote" and each.who in own
    }
    if (number, tranche) not in waits:
        raise Http404
    matter = books.record.votes[number - 1]
    doing = Doing(
        _("Vote"),
        _("Your organisation votes once on this matter."),
        _("Keep the vote"),
        lambda said: actions.vote(by=access, number=number, tranche=tranche, says=said["vote"]),
        lambda found: (
            _("Your vote is on record. The matter carries.")
            if found.carries
            else _("Your vote is on record. The matter does not carry so far.")
        ),
        facts=[
            (_("Matter"), matter.matter),
            (_("Tranche"), tranche),
            (_("Put on"), cells.day(matter.on)),
        ],
    )
    return do(request, access, doing, BallotForm(request.POST or None))
