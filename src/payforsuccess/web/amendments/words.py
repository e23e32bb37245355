"""Amendments in words: whose consent, what is touched, how it stands, and who is next."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from payforsuccess.deal.checks.amendments import NeededConsent
from payforsuccess.deal.contract import ConsentOf, Touches
from payforsuccess.governance import consents
from payforsuccess.payments.differences import Level
from payforsuccess.web.amendments.queries import Standing, State
from payforsuccess.web.ui.cells import Tone

Text = str | Promise

WHOSE: dict[ConsentOf, Text] = {
    "payor": gettext_lazy("The payor"),
    "vehicle": gettext_lazy("The vehicle"),
    "lender": gettext_lazy("The lender"),
    "provider": gettext_lazy("The provider"),
    "evaluator": gettext_lazy("The evaluator"),
    "board": gettext_lazy("The Board"),
}
TOUCHED: dict[Touches, Text] = {
    "money": gettext_lazy("money"),
    "data": gettext_lazy("data"),
    "duty": gettext_lazy("a duty"),
    "plan": gettext_lazy("the evaluation plan"),
}
STATES: dict[State, tuple[Text, Tone]] = {
    "in-force": (gettext_lazy("In force"), "good"),
    "to-come": (gettext_lazy("Will be in force"), "good"),
    "withdrawn": (gettext_lazy("Withdrawn"), "unknown"),
    "overtaken": (gettext_lazy("Overtaken by another version"), "unknown"),
    "refused": (gettext_lazy("Refused"), "bad"),
    "waiting": (gettext_lazy("Waits for consents"), "waiting"),
    "complete": (gettext_lazy("Every consent is given"), "info"),
}
ANSWERS: dict[consents.Standing, tuple[Text, Tone]] = {
    "waiting": (gettext_lazy("Not yet"), "waiting"),
    "consented": (gettext_lazy("Given"), "good"),
    "refused": (gettext_lazy("Refused"), "bad"),
    "not-needed": (gettext_lazy("Not needed"), "unknown"),
}
AT: dict[Level, Text] = {
    "no success": gettext_lazy("no success"),
    "a little": gettext_lazy("a little success"),
    "half-way": gettext_lazy("half-way"),
    "the most": gettext_lazy("the most"),
}


def whose(consent: NeededConsent) -> str:
    """Whose consent it is: the capacity, and the party where it is one alone."""
    return f"{WHOSE[consent.of]} {consent.party}".rstrip()


def who_is_next(standing: Standing) -> str:
    """Whom the amendment waits for."""
    if standing.state == "waiting":
        names = "; ".join(whose(one.consent) for one in standing.consents.waiting)
        return _("Answers are missing from: %(names)s") % {"names": names}
    if standing.state == "refused":
        names = "; ".join(whose(one.consent) for one in standing.consents.refused)
        return _("Refused by: %(names)s. The coordinator settles it, or withdraws it.") % {
            "names": names
        }
    if standing.state == "complete":
        return _("The coordinator puts it in force.")
    if standing.state == "overtaken":
        return _("The coordinator proposes it anew, for the version on record now.")
    return _("Nobody’s turn: nothing is left to do.")
