"""Stays in jail out of a feed that was just loaded, told to case managers under a named basis.

Only a feed that uses the numbers of this application's own register can name its people; matching
by names serves measuring and never tells a case manager anything of a person.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pyarrow as pa

from payforsuccess.deal.agreements import Agreement
from payforsuccess.deal.data import DataSource
from payforsuccess.deal.deal import Deal
from payforsuccess.deal.tables import SPELLS
from payforsuccess.runs.folder import open_folder
from payforsuccess.store import open_store, open_vault, read_snapshot
from payforsuccess.web.accounts.models import Membership
from payforsuccess.web.initiatives.models import Initiative
from payforsuccess.web.jobs.own_feeds import REGISTER
from payforsuccess.web.people.basis import TELL_BOOKINGS
from payforsuccess.web.people.models import Consent, Participant

JAIL = "jail-bookings"


@dataclass(frozen=True)
class Stay:
    """A stay in jail of someone of the initiative: the row of the feed that says so."""

    participant: Participant
    booked_on: date
    released_on: date | None
    source: str


def jail_feeds(deal: Deal) -> Iterator[DataSource]:
    """The jail's feeds that give people the numbers of the deal's own register."""
    own = {source.feed for source in deal.data if source.layout == REGISTER}
    for source in deal.data:
        if source.layout == JAIL and source.numbers_of in own:
            yield source


def stays_in_jail(initiative: Initiative, snapshot: str, *, on: date) -> Iterator[Stay]:
    """The stays that may be told on a day, out of a snapshot: the agreement's, or by consent."""
    deal, folder = initiative.deal, open_folder(initiative.path)
    for source in jail_feeds(deal):
        told = list(_tellable(initiative, deal, source, on))
        if not told:
            continue
        vault = open_vault(folder.vault)
        numbers = pa.array([person.key for person in told], pa.string())
        keys = vault.known_keys(source.numbers_of, numbers).to_pylist()
        person_of = {key: person for key, person in zip(keys, told, strict=True) if key}
        with open_store(vault=vault) as store:
            home = folder.out / "snapshots" / snapshot.removeprefix("sha256:")
            tables = store.tables_of(read_snapshot(home, store=store))
            spells = tables[SPELLS.name]
            own = spells.filter(
                (spells.feed == source.feed)
                & (spells.state == "jailed")
                & spells.person.isin(list(person_of))
            )
            for row in store.run(own).to_pylist():
                yield Stay(
                    person_of[row["person"]],
                    row["start_on"],
                    row["end_on"],
                    _source_of(row),
                )


def _source_of(row: dict[str, object]) -> str:
    file = f"/{row['file']}" if row["file"] else ""
    return f"{row['feed']}{file}:{row['row']}"


def _tellable(
    initiative: Initiative, deal: Deal, source: DataSource, on: date
) -> Iterator[Participant]:
    """Whom the agreement lets tell, or who agreed that an organisation of case managers be told."""
    everyone = Participant.objects.filter(initiative=initiative, enrolments__isnull=False)
    if source.agreement is not None and _lets_tell(deal, source.agreement, on):
        yield from everyone.distinct()
        return
    served = Membership.objects.filter(initiative=initiative, role="case-manager")
    named = served.values_list("organisation__name", "organisation__party")
    receivers = {name for both in named for name in both} - {""}
    said = Consent.objects.filter(
        participant__in=everyone, purpose=TELL_BOOKINGS, recipient__in=receivers
    )
    last: dict[tuple[int, str], Consent] = {}
    for consent in said.select_related("participant"):
        # The newest first: what was said last to each counts.
        last.setdefault((consent.participant_id, consent.recipient), consent)
    told = {each.participant_id: each.participant for each in last.values() if each.holds(on)}
    yield from told.values()


def _lets_tell(deal: Deal, agreement: Agreement, on: date) -> bool:
    """Whether the agreement itself lets rows of single people reach a provider on a day."""
    providers = {party.name for party in deal.parties if "provider" in party.roles}
    receive = set(agreement.recipients or agreement.parties)
    return (
        agreement.legal_basis != "consent"
        and agreement.releases == "person-rows"
        and bool(providers & receive)
        and agreement.signed_on is not None
        and agreement.signed_on <= on <= agreement.expires_on
    )
