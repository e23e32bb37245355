"""Budget holders: each with its own lines added up and what it pays, never netted with another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from payforsuccess.deal.deal import Deal
from payforsuccess.finance.moves import Flows, party
from payforsuccess.finance.value.lines import LineValue

NO_FUND = "not stated"


class HolderKey(NamedTuple):
    """A budget: the agency, its level of government, the fund."""

    holder: str
    level: str
    fund: str


@dataclass(frozen=True)
class HolderValue:
    """One budget: its lines added up, each with its sign, and what it pays on success.

    `payor` is the payor that it is, or is a department of. `bears` is what it pays whatever the
    outcomes are, as far as the assumptions tell: base pay, and costs outside the project.
    `verified` and `realised` are what has been found so far; None where nothing has. `determined`
    is the part of `marginal` that rests on determined results; the rest is assumed.
    """

    key: HolderKey
    payor: str | None
    average: Any
    marginal: Any
    cashable: Any
    paid: Any
    bears: Any
    verified: int | None = None
    realised: int | None = None
    determined: Any = 0

    @property
    def holder(self) -> str:
        """The agency."""
        return self.key.holder

    @property
    def level(self) -> str:
        """Its level of government."""
        return self.key.level

    @property
    def fund(self) -> str:
        """The fund."""
        return self.key.fund

    @property
    def net_cashable(self) -> Any:
        """Cashable less what it pays on success: below 0, it pays for what it cannot take out."""
        return self.cashable - self.paid


def key_of(value: LineValue) -> HolderKey:
    """The budget that a line belongs to."""
    return HolderKey(value.line.holder, value.line.level, value.line.fund)


def holders_of(
    deal: Deal,
    lines: Sequence[LineValue],
    flows: Flows,
    found: Mapping[tuple[str, str], int] | None = None,
) -> tuple[HolderValue, ...]:
    """Each budget in the order of the lines, then payors that no line names.

    A payor with lines in several funds pays once: its payments stand in its first row. `found` is
    what was found of each line, by its name and kind.
    """
    told = found or {}
    keys: dict[HolderKey, str | None] = {}
    for one in lines:
        of = one.line.holder if one.line.of_payor is None else one.line.of_payor
        keys[key_of(one)] = of if one.line.to_payor else None
    named = {key.holder for key in keys}
    levels = {each.name: each.level or "other" for each in deal.parties}
    for payor in deal.payors:
        if payor.party not in named:
            level = levels.get(payor.party, "other")
            keys[HolderKey(payor.party, level, payor.fund or NO_FUND)] = payor.party
    rows: list[HolderValue] = []
    charged: set[str] = set()
    for key, of_payor in keys.items():
        own = [one for one in lines if key_of(one) == key]
        first = key.holder not in charged
        charged.add(key.holder)
        rows.append(
            HolderValue(
                key,
                of_payor,
                sum(one.average for one in own),
                sum(one.marginal for one in own),
                sum(one.cashable for one in own),
                paid_by(flows, key.holder) if first else 0,
                borne_by(flows, key.holder) if first else 0,
                _sum(told, own, "verified"),
                _sum(told, own, "realised"),
                sum(0 if one.determined is None else one.determined.marginal for one in own),
            )
        )
    return tuple(rows)


def _sum(found: Mapping[tuple[str, str], int], own: Sequence[LineValue], kind: str) -> int | None:
    keys = [(one.line.name, kind) for one in own]
    amounts = [found[key] for key in keys if key in found]
    return sum(amounts) if amounts else None


def paid_by(flows: Flows, name: str) -> Any:
    """What a party pays on success, less what it gets back of it."""
    account = party(name)
    paid = flows.total(move for move in flows.of("success-payment") if move.source == account)
    return paid - flows.total(
        move for move in flows.of("release", "take-back") if move.target == account
    )


def borne_by(flows: Flows, name: str) -> Any:
    """What a party pays whatever the outcomes are: base pay, and costs outside the project."""
    account = party(name)
    return flows.total(move for move in flows.of("base-pay", "own-cost") if move.source == account)


def programme_cost(flows: Flows) -> Any:
    """What the programme costs, whoever bears it: the project, others, or a fee put off."""
    return flows.total(flows.of("cost", "own-cost", "deferred-cost"))
