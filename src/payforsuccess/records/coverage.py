"""Consent at the door: of a feed used by consent, only people whose consent holds are kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import ibis
import ibis.expr.types as ir

from payforsuccess.deal.agreements import Agreement
from payforsuccess.records.bench import Bench


@dataclass(frozen=True)
class Coverage:
    """How many of a feed's people consent covers on a day, and why not the others.

    `withdrawn_by_arm` splits those who withdrew by the arm they were assigned to, where known.
    """

    people: int
    covered: int
    withdrawn: int
    lapsed: int
    withdrawn_by_arm: tuple[tuple[str, int], ...] = ()

    @property
    def without(self) -> int:
        """How many never gave a consent to this use."""
        return self.people - self.covered - self.withdrawn - self.lapsed


def consented(consents: ir.Table, agreement: Agreement, *, as_of: date) -> ir.Table:
    """One row a person with a consent to the agreement's use: whether it holds on the day, and why.

    consents: rows of the canonical table. A consent is to this use when its purpose is the
    agreement's (case and spaces apart), and recipient and regime are too, where the form states
    them. It holds from the day it was given to its last, both counted, until the day before it was
    withdrawn; one that holds is enough.
    """
    recipients = [_plain(name) for name in agreement.recipients or agreement.parties]
    regimes = [_plain(agreement.regime), *map(_plain, agreement.column_regimes.values())]
    to_this_use = consents.filter(
        _plainly(consents.purpose) == _plain(agreement.purpose),
        consents.recipient.isnull() | _plainly(consents.recipient).isin(recipients),
        consents.regime.isnull() | _plainly(consents.regime).isin(regimes),
        consents.given_on <= as_of,
    )
    withdrawn = (to_this_use.withdrawn_on <= as_of).fill_null(False)
    lapsed = (to_this_use.expires_on < as_of).fill_null(False)
    return to_this_use.group_by("person").agg(
        holds=(~withdrawn & ~lapsed).any(), was_withdrawn=withdrawn.any()
    )


def covered_only(tables: Mapping[str, ir.Table], consented: ir.Table) -> dict[str, ir.Table]:
    """The rows of people whose consent holds."""
    people = consented.filter("holds").select("person")
    return {name: table.semi_join(people, "person") for name, table in tables.items()}


def coverage(
    tables: Mapping[str, ir.Table],
    consented: ir.Table,
    arms: ir.Table | None,
    bench: Bench,
) -> Coverage:
    """Who of the feed's people is covered.

    arms: `person` and `arm` of enrolments under the same numbers, or None without any.
    """
    legs = [table.select("person").distinct() for table in tables.values()]
    people = ibis.union(*legs, distinct=True) if len(legs) > 1 else legs[0]
    asked = consented.rename(_consenting="person")
    state = people.left_join(asked, [("person", "_consenting")]).select(
        "person", "_consenting", "holds", "was_withdrawn"
    )
    withdrew = state._consenting.notnull() & ~state.holds & state.was_withdrawn
    plain = bench.store.run(
        state.aggregate(
            people=state.count(),
            covered=state.holds.sum().fill_null(0),
            withdrawn=withdrew.sum().fill_null(0),
            lapsed=(~state.holds & ~state.was_withdrawn).sum().fill_null(0),
        )
    ).to_pylist()[0]
    return Coverage(
        **{name: int(value) for name, value in plain.items()},
        withdrawn_by_arm=()
        if arms is None
        else _by_arm(state.filter(withdrew).select("person"), arms, bench),
    )


def _by_arm(withdrew: ir.Table, arms: ir.Table, bench: Bench) -> tuple[tuple[str, int], ...]:
    assigned = arms.filter(arms.arm.notnull()).select("person", "arm").distinct()
    counted = withdrew.inner_join(assigned, "person").group_by("arm").agg(people=ibis._.count())
    return tuple(
        (row["arm"], row["people"]) for row in bench.store.run(counted.order_by("arm")).to_pylist()
    )


def _plainly(text: ir.StringValue) -> ir.StringValue:
    return text.lower().re_replace(r"\s+", " ").strip()


def _plain(text: str) -> str:
    return " ".join(text.lower().split())
