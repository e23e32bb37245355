"""Under which named basis a case manager sees bookings: an agreement, or the person's consent."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from payforsuccess.deal.agreements import Agreement
from payforsuccess.deal.data import DataSource
from payforsuccess.governance.caseload import unanswered
from payforsuccess.governance.roles.cases import Case
from payforsuccess.web.accounts.access import Access
from payforsuccess.web.people.models import Consent
from payforsuccess.web.ui.cells import day_words

BOOKINGS = "jail-bookings"
TELL_BOOKINGS = "To tell my case manager when I am booked into jail or released"
"""The purpose of a consent under which bookings reach a case manager."""
TO_REFER = "To be referred to the programme"
TO_DRAW = "To let chance decide who is placed"
"""Purposes that a person agrees to where a referral is made, and where its draw is asked for."""
OWN_WORD = "the person's own word, given to the office that refers"
PAGE_OF_REFERRALS = "page of referrals, 1"
THE_PROGRAMME = "the programme"
ANY_PURPOSE = ""
"""How the agreement came about that an office ticks, and to whom where the deal names nobody. The
last stands for whatever the person is asked for where no agreement of the deal says what."""
CONSENT_WORDS = {
    TELL_BOOKINGS: gettext_lazy("To tell my case manager when I am booked into jail or released"),
    TO_REFER: gettext_lazy("To be referred to the programme"),
    TO_DRAW: gettext_lazy("To let chance decide who is placed"),
    OWN_WORD: gettext_lazy("the person's own word, given to the office that refers"),
    PAGE_OF_REFERRALS: gettext_lazy("page of referrals, 1"),
    THE_PROGRAMME: gettext_lazy("the programme"),
}
"""What a consent says in the words of this program; the rest is the deal's, or was typed."""


def unasked(access: Access, consents: Iterable[Consent]) -> tuple[str, ...]:
    """The purposes of the deal's agreements to which someone said neither yes nor no.

    What was agreed to where the person was referred is no answer to them; of a deal without
    agreements any other answer is enough.
    """
    said = {each.purpose for each in consents} - {TO_REFER, TO_DRAW}
    agreements = (source.agreement for source in access.initiative.deal.data)
    purposes = [each.purpose for each in agreements if each is not None]
    if not purposes:
        return () if said else (ANY_PURPOSE,)
    return unanswered(purposes, said)


def agreed_basis(access: Access) -> str:
    """The agreement that gives the reader's organisation bookings of single people, by name."""
    own = {organisation.party for organisation in access.organisations} - {""}
    for source in _jail_feeds(access):
        agreement = source.agreement
        if agreement is None or agreement.legal_basis == "consent":
            continue
        receive = set(agreement.recipients or agreement.parties)
        if own & receive and agreement.releases == "person-rows" and _holds(agreement, access.on):
            return _("agreement of %(parties)s (%(regime)s)") % {
                "parties": ", ".join(agreement.parties),
                "regime": agreement.regime,
            }
    return ""


def consented_basis(access: Access, consents: Iterable[Consent]) -> str:
    """The person's own consent that bookings be told, with its day and form; nothing without it.

    It names who receives them: of an organisation that it does not name, nobody reads under it.
    """
    own = {name for each in access.organisations for name in (each.name, each.party)} - {""}
    for consent in consents:
        is_to_reader = consent.purpose == TELL_BOOKINGS and consent.recipient in own
        if is_to_reader and consent.holds(access.on):
            return _("consent of %(day)s, form %(form)s") % {
                "day": day_words(consent.said_on),
                "form": consent.form_version,
            }
    return ""


def sees_bookings(access: Access, basis: str) -> bool:
    """Whether bookings of one's own caseload may be shown under the basis."""
    return bool(access.may("see-bookings", Case(is_own=True, legal_basis=basis)))


def jail_records_through(access: Access) -> date | None:
    """The last day for which the jail's feed holds every record, where the deal has such a feed."""
    return min((source.complete_through for source in _jail_feeds(access)), default=None)


def _jail_feeds(access: Access) -> list[DataSource]:
    return [source for source in access.initiative.deal.data if source.layout == BOOKINGS]


def _holds(agreement: Agreement, on: date) -> bool:
    return agreement.signed_on is not None and agreement.signed_on <= on <= agreement.expires_on
