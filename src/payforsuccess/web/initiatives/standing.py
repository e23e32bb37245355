"""How an initiative stands in one word, with the reason: on track, watch, off track, too early."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from payforsuccess.deal.deal import Deal
from payforsuccess.reports.track_facts import Performance
from payforsuccess.web.initiatives.worked_out import WorkedOut
from payforsuccess.web.ui.told import told

STATE_OF = {
    "off track": "off-track",
    "watch": "watch",
    "on track": "on-track",
    "too early to say": "too-early",
    "no rating": "too-early",
}
"""The state of `cells.STATES` for each rating, the gravest first."""
GRAVEST = ("off-track", "watch", "on-track", "too-early")


@dataclass(frozen=True)
class Standing:
    """The state, and the sentence that says why."""

    state: str
    reason: str


def standing_of(deal: Deal, found: WorkedOut | None) -> Standing:
    """The gravest of all outcomes: one that is off track is not made good by another."""
    if found is None:
        return Standing("too-early", _("nobody has worked it out yet"))
    if "track" in found.why_not:
        return Standing("too-early", _("the records could not be read"))
    rated = sorted(found.performance, key=lambda each: GRAVEST.index(STATE_OF[each.rating]))
    if not rated:
        return Standing("too-early", _("no outcome has a period that is over"))
    first = rated[0]
    return Standing(STATE_OF[first.rating], f"{says_of(deal, first)}: {reason_of(first)}")


def says_of(deal: Deal, one: Performance) -> str:
    """The outcome in the deal's words."""
    outcome = deal.outcomes.get(one.outcome)
    return outcome.says if outcome is not None else one.outcome.replace("_", " ")


def reason_of(one: Performance) -> str:
    """Why it is rated so."""
    if one.ratio:
        return _("%(actual)s of %(expected)s expected %(when)s") % {
            "actual": told(one.actual),
            "expected": told(one.expected),
            "when": told(one.when),
        }
    if one.rating == "no rating":
        return _("nothing states what is expected by now")
    return _("too few people so far, or their number is hidden")
