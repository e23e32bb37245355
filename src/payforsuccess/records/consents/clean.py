"""Rows of a consent register to consents; nothing else is made of them.

Refusal is not in the register: who said no has no row, and nothing here or later can tell a person
who refused from one who was never asked.
"""

from __future__ import annotations

from collections.abc import Mapping

import ibis.expr.types as ir

from payforsuccess.deal.tables import CONSENTS
from payforsuccess.records import canonical
from payforsuccess.records.feed import Feed


def clean(feed: Feed) -> Mapping[str, ir.Table]:
    """The consents: each holds from its day to its last, both counted, or until withdrawn."""
    rows = feed.tables["consents"]
    return {
        CONSENTS.name: canonical.consents(
            feed,
            "consents",
            rows,
            person=rows.person_ref,
            purpose=rows.purpose,
            recipient=rows.recipient,
            regime=rows.regime,
            form=rows.form,
            language=rows.language,
            given_on=rows.given_on,
            expires_on=rows.expires_on,
            withdrawn_on=rows.withdrawn_on,
        )
    }
