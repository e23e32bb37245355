"""Cases and hearings to filings, hearings, missed hearings, convictions and diversions.

Sealed rows never come here; a hearing of a case that is not here (a sealed one) is left out too."""

from __future__ import annotations

from collections.abc import Mapping

import ibis
import ibis.expr.types as ir

from payforsuccess.deal.tables import EVENTS, IDENTITIES, PEOPLE
from payforsuccess.records import canonical
from payforsuccess.records.feed import Feed
from payforsuccess.records.named_people import identities_named, people_named


def clean(feed: Feed) -> Mapping[str, ir.Table]:
    """The canonical tables of a court's cases; a case is a conviction only on its disposition."""
    cases = feed.tables["cases"]
    hearings = feed.tables["hearings"].join(cases.select("case_id", "person_ref"), "case_id")
    convicted = cases.filter(cases.disposition == "convicted")
    held = hearings.filter(hearings.outcome == "held")
    missed = hearings.filter(hearings.outcome == "missed")
    return {
        PEOPLE.name: people_named(feed, "cases", cases),
        IDENTITIES.name: identities_named(feed, "cases", cases, known_on="filed_on"),
        EVENTS.name: ibis.union(
            _events(feed, "cases", cases, "case-filed", "filed_on"),
            _events(feed, "cases", convicted, "conviction", "disposed_on"),
            _events(feed, "cases", cases, "diversion", "diversion_granted_on"),
            _events(feed, "hearings", held, "hearing", "scheduled_on"),
            _events(feed, "hearings", missed, "missed-hearing", "scheduled_on"),
        ),
    }


def _events(feed: Feed, file: str, rows: ir.Table, kind: str, day: str) -> ir.Table:
    return canonical.events(
        feed, file, rows, kind=kind, person=rows.person_ref, happened_on=rows[day]
    )
