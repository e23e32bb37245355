"""Capital in words: where a call stands, what waits, and what follows from a missed test."""

from __future__ import annotations

from collections.abc import Callable

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from payforsuccess.deal.capital_record import CapitalRecord
from payforsuccess.finance.capital_record.waiting import Waits
from payforsuccess.web.accounts.access import Access
from payforsuccess.web.initiatives.parties import parties_for
from payforsuccess.web.investor.own import ANSWERS, KEEPS, parties_of
from payforsuccess.web.ui.cells import Tone, day_words

Text = str | Promise
STANDS: dict[str, tuple[Text, Tone]] = {
    "to-certify": (gettext_lazy("Waits for certificates"), "waiting"),
    "to-answer": (gettext_lazy("Waits for the lender’s answer"), "waiting"),
    "to-pay": (gettext_lazy("Waits for the money"), "watch"),
    "overdue": (gettext_lazy("Overdue"), "bad"),
    "paid": (gettext_lazy("All of it came"), "good"),
    "refused": (gettext_lazy("Refused"), "bad"),
}
FOLLOWS: dict[str, Text] = {
    "nothing": gettext_lazy("If missed: nothing by itself"),
    "stops-draws": gettext_lazy("If missed: no further call for capital"),
    "ends-services": gettext_lazy("If missed: enrolment, services and planned calls end"),
}

PAID_AS: dict[str, Text] = {
    "interest": gettext_lazy("interest"),
    "principal": gettext_lazy("principal"),
    "deferred-fee": gettext_lazy("deferred fee"),
    "fee": gettext_lazy("fee"),
    "return": gettext_lazy("return"),
    "release": gettext_lazy("release"),
    "recycle": gettext_lazy("for more service"),
}
"""As what money was distributed."""


def is_turn_of(access: Access, each: Waits) -> bool:
    """Whether it is this person's turn, or that of the keeper of the books, who they are."""
    if access.may(KEEPS) and (not each.who or each.what == "pay"):
        return True
    if each.what == "certify":
        return each.who in parties_of(access)
    return each.who in parties_for(access, ANSWERS)


def address_of(access: Access, each: Waits) -> str:
    """The page on which it is done; empty for who may not do it."""
    keeps, answers = bool(access.may(KEEPS)), each.who in parties_for(access, ANSWERS)
    slug = access.initiative.slug

    def page(name: str, *parts: object) -> str:
        return reverse(f"investor:{name}", args=[slug, *parts])

    pages: dict[str, tuple[bool, Callable[[], str]]] = {
        "certify": (keeps or answers, lambda: page("call", each.name)),
        "answer": (answers, lambda: page("answer", each.name)),
        "pay": (keeps, lambda: page("received", each.name)),
        "notice": (keeps, lambda: page("notice", *each.name.split(" ", 1))),
        "test": (keeps, lambda: page("test", each.name)),
        "differs": (keeps, lambda: page("spend")),
        "reconcile": (keeps, lambda: page("bank")),
        "vote": (answers, lambda: page("vote", int(each.about) + 1, each.name)),
        "enter": (keeps, lambda: page("enter", each.name)),
        "pay-out": (keeps, lambda: page("pay-out")),
    }
    may, made = pages[each.what]
    return made() if may else ""


def sentence_of(record: CapitalRecord, each: Waits, *, pays: bool = False) -> str:
    """What is to be done, in a sentence, and by when. pays: the reader is who pays."""
    values = {
        "name": each.name,
        "about": each.about,
        "day": day_words(each.by) if each.by else "",
    }
    if each.what == "notice":
        values["name"] = default_words(each.name)
    if each.what == "certify":
        says = next((c.says for c in record.draw_conditions if c.name == each.about), each.about)
        values["about"] = says.rstrip(".")
    if each.what == "vote":
        values["about"] = record.votes[int(each.about)].matter.rstrip(".")
    if each.what == "pay" and pays:
        return _("Pay call “%(name)s” by %(day)s.") % values
    return {
        "certify": _("Certify for call “%(name)s” by %(day)s: “%(about)s”."),
        "answer": _("Answer call “%(name)s” by %(day)s: consent to it, or refuse it."),
        "pay": _("Call “%(name)s” is to be paid by %(day)s. Note the money once it came."),
        "notice": _("%(name)s is unpaid since %(day)s. Give %(about)s notice of default."),
        "test": _("The test “%(about)s” was due on %(day)s. Note how it came out."),
        "differs": _("Bank and book do not agree on %(day)s. Find what is missing and note it."),
        "reconcile": _("Hold the bank against the book: %(name)s was due by %(day)s."),
        "vote": _("Vote for %(name)s on “%(about)s”."),
        "enter": _(
            "%(about)s was paid on statement %(name)s by %(day)s. Enter it in the books once the "
            "bank shows it."
        ),
        "pay-out": _("Success payments are held. Pay them out in the deal’s order, and note it."),
    }[each.what] % values


def default_words(about: str) -> str:
    """What is in default, as the record names it: a call or a statement."""
    kind, _space, name = about.partition(" ")
    if kind == "call":
        return _("Call “%(name)s”") % {"name": name}
    return _("Statement %(number)s") % {"number": name}


def label_of(each: Waits) -> str:
    """The words of the button that leads there."""
    return {
        "certify": _("Look at the call"),
        "answer": _("Answer the call"),
        "pay": _("Note the money"),
        "notice": _("Note the notice"),
        "test": _("Note the test"),
        "differs": _("Note a cost"),
        "reconcile": _("Enter the balance"),
        "vote": _("Vote"),
        "enter": _("Enter the payment"),
        "pay-out": _("See what is due"),
    }[each.what]
