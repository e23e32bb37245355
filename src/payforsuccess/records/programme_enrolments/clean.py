"""Rows of the deal's own register to people, enrolments, identities and traits.

Everything a row says of a person is what was known on the day of referral: identifiers and facts
are frozen there, so that nothing learnt later, when arms and outcomes differ, can move a match or a
subgroup. Without a referral the day of assignment stands for it, then that of enrolment.
"""

from __future__ import annotations

from collections.abc import Mapping

import ibis
import ibis.expr.types as ir

from payforsuccess.deal.tables import ENROLMENTS, IDENTITIES, PEOPLE, TRAITS
from payforsuccess.records import canonical
from payforsuccess.records.feed import Feed
from payforsuccess.records.named_people import identities_named, people_named

_FILE = "enrolments"
_WORDS = {"race": "race", "sex": "sex", "language": "language", "risk_level": "risk-level"}
_NUMBERS = {"age": "age", "risk_score": "risk-score"}


def clean(feed: Feed) -> Mapping[str, ir.Table]:
    """The canonical tables of the register; an exit day is the first day no longer enrolled."""
    rows = feed.tables[_FILE]
    rows = rows.mutate(known_on=ibis.coalesce(rows.referred_on, rows.assigned_on, rows.enrolled_on))
    return {
        PEOPLE.name: people_named(feed, _FILE, rows),
        IDENTITIES.name: identities_named(feed, _FILE, rows, known_on="known_on"),
        ENROLMENTS.name: canonical.enrolments(
            feed,
            _FILE,
            rows,
            enrolment=rows.enrolment_id,
            person=rows.person_ref,
            referred_on=rows.referred_on,
            assigned_on=rows.assigned_on,
            arm=rows.arm,
            enrolled_on=rows.enrolled_on,
            exited_on=rows.exited_on,
            site=rows.site,
            stratum=rows.stratum,
            referred_by=rows.referred_by,
            eligible_on=rows.eligible_on,
            accepted_on=rows.accepted_on,
            declined_on=rows.declined_on,
            decline_reason=rows.decline_reason,
        ),
        TRAITS.name: ibis.union(
            *(_trait(feed, rows, name, label=rows[column]) for column, name in _WORDS.items()),
            *(_trait(feed, rows, name, value=rows[column]) for column, name in _NUMBERS.items()),
            _trait(
                feed,
                rows,
                "disability",
                value=rows.disability.cases(("yes", 1), ("no", 0)),
                label=rows.disability,
            ),
        ),
    }


def _trait(feed: Feed, rows: ir.Table, name: str, **fact: ir.Value) -> ir.Table:
    return canonical.traits(
        feed, _FILE, rows, trait=name, person=rows.person_ref, as_of=rows.known_on, **fact
    )
