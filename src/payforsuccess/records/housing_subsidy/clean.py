"""Rows of a housing subsidy to days housed, leases, moves and payments.

A home counts from the day the tenant moved in, not from the day the lease was signed, up to the day
they moved out, which is the first day that no longer counts. Moving in and out on one day is no day
housed, but two events.
"""

from __future__ import annotations

from collections.abc import Mapping

import ibis
import ibis.expr.types as ir

from payforsuccess.deal.tables import EVENTS, IDENTITIES, PEOPLE, SPELLS
from payforsuccess.records import canonical
from payforsuccess.records.feed import Feed
from payforsuccess.records.named_people import identities_named, people_named

_DAYS = {"lease": "leased_on", "move-in": "moved_in_on", "move-out": "moved_out_on"}
_WENT = {"permanent-housing": "exit-permanent", "jail": "exit-jail", "died": "death"}


def clean(feed: Feed) -> Mapping[str, ir.Table]:
    """The canonical tables of the subsidy's records; rent and utilities are `subsidy`."""
    tenants, leases = feed.tables["tenants"], feed.tables["leases"]
    return {
        PEOPLE.name: people_named(feed, "tenants", tenants),
        IDENTITIES.name: identities_named(feed, "tenants", tenants, known_on="recorded_on"),
        SPELLS.name: _housed(feed, leases),
        EVENTS.name: ibis.union(
            *(_moves(feed, leases, kind, leases[day]) for kind, day in _DAYS.items()),
            _went(feed, leases),
            _paid(feed, leases),
        ),
    }


def _housed(feed: Feed, leases: ir.Table) -> ir.Table:
    moved_in = leases.filter(leases.moved_in_on.notnull())
    return canonical.spells(
        feed,
        "leases",
        moved_in,
        state="housed",
        person=moved_in.person_ref,
        start_on=moved_in.moved_in_on,
        end_on=moved_in.moved_out_on,
    )


def _moves(feed: Feed, leases: ir.Table, kind: canonical.Value, day: ir.DateValue) -> ir.Table:
    return canonical.events(
        feed, "leases", leases, kind=kind, person=leases.person_ref, happened_on=day
    )


def _went(feed: Feed, leases: ir.Table) -> ir.Table:
    known = leases.filter(leases.moved_out_to.isin(tuple(_WENT)))
    return _moves(feed, known, known.moved_out_to.cases(*_WENT.items()), known.moved_out_on)


def _paid(feed: Feed, leases: ir.Table) -> ir.Table:
    payments = feed.tables["payments"]
    paid = payments.join(leases.select("lease_id", "person_ref"), "lease_id")
    return canonical.events(
        feed,
        "payments",
        paid,
        kind=paid.kind.cases(("deposit", "deposit"), else_="subsidy"),
        person=paid.person_ref,
        happened_on=paid.paid_on,
        amount=paid.amount,
    )
