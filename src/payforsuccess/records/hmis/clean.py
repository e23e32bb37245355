"""A HUD HMIS export to days housed, sheltered and unsheltered, moves, exits, nights and contacts.

HUD's own rules are taken: see this folder's README. Codes for not known, not told and not collected
arrive here as missing and never mean no; tombstones do not arrive at all.
"""

from __future__ import annotations

from collections.abc import Mapping

import ibis
import ibis.expr.types as ir

from payforsuccess.deal.tables import EVENTS, IDENTITIES, PEOPLE, SPELLS, TRAITS
from payforsuccess.records import canonical
from payforsuccess.records.feed import Feed
from payforsuccess.records.hmis.bed_nights import nights, stays_of_nights
from payforsuccess.records.hmis.clients import client_identities, client_traits
from payforsuccess.records.hmis.codes import (
    DECEASED,
    JAIL,
    MOVED_INTO,
    OUTREACH,
    PERMANENT,
    PLACE_NOT_MEANT_FOR_HABITATION,
    STAYED_IN,
)
from payforsuccess.records.hmis.stays import day_after, stays


def clean(feed: Feed) -> Mapping[str, ir.Table]:
    """The canonical tables of an export; an exit day is the first day no longer there."""
    clients = feed.tables["Client"]
    within = stays(feed)
    slept = nights(feed, within)
    met = _while_open(feed.tables["CurrentLivingSituation"], within, "InformationDate")
    return {
        PEOPLE.name: canonical.people(feed, "Client", clients, person=clients.PersonalID),
        IDENTITIES.name: client_identities(feed),
        SPELLS.name: ibis.union(
            _housed(feed, within),
            _sheltered(feed, within),
            _sheltered_by_night(feed, slept),
            _unsheltered(feed, met),
        ),
        EVENTS.name: ibis.union(
            _moved_in(feed, within),
            _left(feed, within),
            _happened(feed, "Services", slept, "bed-night", slept.night),
            _met_outside(feed, met),
            _assisted(feed, within),
        ),
        TRAITS.name: ibis.union(*client_traits(feed), _disabled(feed)),
    }


def _housed(feed: Feed, within: ir.Table) -> ir.Table:
    rows = within.filter(within.ProjectType.isin(MOVED_INTO), within.moved_in_on.notnull())
    return _stayed(
        feed, "Enrollment", rows, "housed", ibis.greatest(rows.moved_in_on, rows.start_on)
    )


def _sheltered(feed: Feed, within: ir.Table) -> ir.Table:
    rows = within.filter(within.ProjectType.isin(STAYED_IN))
    return _stayed(feed, "Enrollment", rows, "sheltered", rows.start_on)


def _sheltered_by_night(feed: Feed, slept: ir.Table) -> ir.Table:
    rows = stays_of_nights(slept)
    return _stayed(feed, "Services", rows, "sheltered", rows.start_on)


def _unsheltered(feed: Feed, met: ir.Table) -> ir.Table:
    """The day of each contact with someone who lived in a place not meant for it."""
    rows = met.filter(met.CurrentLivingSituation == PLACE_NOT_MEANT_FOR_HABITATION)
    rows = rows.mutate(end_on=day_after(rows.InformationDate))
    return _stayed(feed, "CurrentLivingSituation", rows, "unsheltered", rows.InformationDate)


def _stayed(feed: Feed, file: str, rows: ir.Table, state: str, start_on: ir.DateValue) -> ir.Table:
    return canonical.spells(
        feed,
        file,
        rows,
        state=state,
        person=rows.PersonalID,
        start_on=start_on,
        end_on=rows.end_on,
    )


def _moved_in(feed: Feed, within: ir.Table) -> ir.Table:
    rows = within.filter(
        within.ProjectType.isin(MOVED_INTO),
        within.moved_in_on >= within.opened_on,
        within.end_on.isnull() | (within.moved_in_on <= within.end_on),
    )
    return _happened(feed, "Enrollment", rows, "move-in", rows.moved_in_on)


def _left(feed: Feed, within: ir.Table) -> ir.Table:
    """Exits that say something: to permanent housing, to jail or prison, by death."""
    rows = within.filter(
        within.Destination.isin((*PERMANENT, JAIL, DECEASED)),
        within.ExitDate >= within.start_on,
        within.closed_on.isnull() | (within.ExitDate <= within.closed_on),
    )
    rows = rows.mutate(row=rows.exit_row)
    kind = rows.Destination.cases((JAIL, "exit-jail"), (DECEASED, "death"), else_="exit-permanent")
    return _happened(feed, "Exit", rows, kind, rows.ExitDate)


def _met_outside(feed: Feed, met: ir.Table) -> ir.Table:
    rows = met.filter(met.ProjectType == OUTREACH)
    return _happened(feed, "CurrentLivingSituation", rows, "outreach-contact", rows.InformationDate)


def _assisted(feed: Feed, within: ir.Table) -> ir.Table:
    rows = _while_open(feed.tables["Services"], within, "DateProvided")
    rows = rows.filter(rows.FAAmount.notnull())
    return _happened(
        feed, "Services", rows, "financial-assistance", rows.DateProvided, rows.FAAmount
    )


def _happened(
    feed: Feed,
    file: str,
    rows: ir.Table,
    kind: canonical.Value,
    day: ir.DateValue,
    amount: canonical.Value = None,
) -> ir.Table:
    return canonical.events(
        feed, file, rows, kind=kind, person=rows.PersonalID, happened_on=day, amount=amount
    )


def _while_open(rows: ir.Table, within: ir.Table, day: str) -> ir.Table:
    """The rows of an enrolment's project on the days it ran, its last day among them."""
    doors = within.select("EnrollmentID", "PersonalID", "ProjectType", "opened_on", "closed_on")
    joined = rows.drop("PersonalID").join(doors, "EnrollmentID")
    return joined.filter(
        joined[day] >= joined.opened_on,
        joined.closed_on.isnull() | (joined[day] <= joined.closed_on),
    )


def _disabled(feed: Feed) -> ir.Table:
    rows = feed.tables["Enrollment"]
    return canonical.traits(
        feed,
        "Enrollment",
        rows,
        trait="disability",
        person=rows.PersonalID,
        as_of=rows.EntryDate,
        value=rows.DisablingCondition,
        label=rows.DisablingCondition.cases((1, "yes"), (0, "no")),
    )
