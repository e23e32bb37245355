"""Identifiers of the deal's own people as they were known when those were referred.

What is learnt by serving someone would find more of the served people's records than of the
others', and so make an effect out of nothing. Both arms are linked by what was known before.
"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir


def frozen_at_referral(identities: ir.Table, enrolments: ir.Table) -> ir.Table:
    """The anchor's identities that were known on the day of referral; the columns as before.

    enrolments: of the canonical layout; of these, only the person and the days are looked at. The
    day that counts is that of the first referral, for want of it of the assignment, for want of it
    of the enrolment. An identity without a day came with the referral; a person without such a day
    was never referred, and is left as is. What was learnt on the very day counts as known.
    """
    frozen_on = (
        enrolments.select(
            "person",
            day=ibis.coalesce(
                enrolments.referred_on, enrolments.assigned_on, enrolments.enrolled_on
            ),
        )
        .group_by("person")
        .aggregate(frozen_on=ibis._.day.min())
    ).rename(frozen_person="person")
    joined = identities.left_join(frozen_on, identities.person == frozen_on.frozen_person)
    known = joined.filter(
        joined.known_on.isnull() | joined.frozen_on.isnull() | (joined.known_on <= joined.frozen_on)
    )
    return known.select(*identities.columns)
