"""Laws of the waterfall over random deals: cash is kept, seniority holds, both readings agree."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy
from hypothesis import given
from hypothesis import strategies as st

from payforsuccess.deal.capital import OWED_BACK, Tranche
from payforsuccess.deal.deal import Deal
from payforsuccess.finance.calendar import CashCalendar
from payforsuccess.finance.moves import PROJECT, Flows, Move, party, tranche
from payforsuccess.finance.returns import stake_of, together
from payforsuccess.finance.waterfall import Exact, Worlds, run_waterfall, steps_of
from tests.lib.capital import (
    SECOND,
    a_calendar,
    a_financed_deal,
    a_step,
    a_tranche,
    a_trigger,
)
from tests.lib.deals import COUNTY, INVESTOR, PROVIDER, a_term

TERMS = ("homes", "days", "kept")
KINDS = ("senior-loan", "loan", "junior-loan", "grant", "recoverable-grant", "provider-equity")


@dataclass(frozen=True)
class World:
    """What happens: costs by day, payments by payment date and term, and whether on track."""

    costs: tuple[int, ...]
    deferred: tuple[int, ...]
    pays: tuple[tuple[int, ...], ...]
    on_track: bool


@st.composite
def tranches(draw: Any, number: int, may_recycle: bool) -> Tranche:
    kind = draw(st.sampled_from(KINDS))
    rate = None
    if kind in OWED_BACK:
        rate = draw(st.sampled_from([None, "3%", "5.25%", "1/3"]))
    return a_tranche(
        kind,
        name=f"t{number}",
        party=draw(st.sampled_from([INVESTOR, SECOND])),
        amount=str(draw(st.integers(0, 2000))),
        order=draw(st.sampled_from([None, "1", "2"])),
        rate=rate,
        interest=None
        if rate is None
        else {
            "day_count": draw(st.sampled_from(["actual/365", "actual/360", "30/360"])),
            "unpaid": draw(st.sampled_from(["compounds", "waits", "lapses"])),
        },
        repaid_from=draw(st.sampled_from([(), (), ("homes", "kept"), ("days",)])),
        draws_if=draw(st.sampled_from([None, None, "on_track"])),
        recyclable="true" if may_recycle and draw(st.booleans()) else None,
    )


@st.composite
def deals(draw: Any, *, declared: bool | None = None) -> Deal:
    """Up to four tranches, a deferred fee and a guarantee, with or without steps of its own."""
    may_recycle = declared is None and draw(st.booleans())
    layers = [draw(tranches(number, may_recycle)) for number in range(draw(st.integers(1, 4)))]
    layers.append(a_tranche("deferred-fee", name="fee", party=PROVIDER, amount="100"))
    owed = [layer.name for layer in layers if layer.kind in OWED_BACK]
    loans = [name for name in owed if name != "fee"]
    if loans and draw(st.booleans()):
        covers = draw(st.sampled_from([None, "50%", "1/3"]))
        layers.append(a_tranche("guarantee", guarantees=loans, covers=covers, amount="900"))
    steps: list[Any] = []
    if draw(st.booleans()) if declared is None else declared:
        some = st.lists(st.sampled_from(owed), min_size=1, unique=True)
        limit = st.sampled_from([None, None, "70.01"])
        for _ in range(draw(st.integers(1, 6))):
            more: dict[str, Any] = {"at_most": draw(limit)}
            more["from"] = draw(st.sampled_from([(), (), ("homes", "kept"), ("days",)]))
            more["if_met"] = draw(st.sampled_from([None, None, "on_track"]))
            pays = draw(
                st.sampled_from(["interest", "principal", "principal", "fee", "return", "other"])
            )
            if pays in ("interest", "principal"):
                steps.append(a_step(pays, *draw(some), **more))
            elif pays == "fee":
                steps.append(a_step("fee", PROVIDER, each_date="7.77", **more))
            elif pays == "return":
                shares = draw(st.sampled_from([("1/3", "1/3"), ("0.125", "0.5")]))
                to = (draw(st.sampled_from([layers[0].name, SECOND])), COUNTY)
                steps.append(a_step("return", *to, shares=shares, **more))
            elif draw(st.booleans()):
                steps.append(a_step("recycle", shares=["1/7"], **more))
            else:
                steps.append(a_step("reserve", each_date="55", **more))
        if draw(st.booleans()):
            steps.append(a_step("deferred-fee", "fee"))
    return a_financed_deal(
        *layers,
        ends_on="2026-12-31",
        payments=[a_term(name=name, pays_for=name) for name in TERMS],
        triggers=[a_trigger(on="2026-07-01", not_met=draw(st.sampled_from(STOPS)))],
        waterfall=steps,
    )


STOPS = ("nothing", "stops-draws")
cents = st.integers(0, 150_000)
paid_or_taken_back = st.integers(-20_000, 150_000)


def worlds(*, pays: Any = paid_or_taken_back) -> st.SearchStrategy[World]:
    four = st.tuples(cents, cents, cents, cents)
    return st.builds(
        World,
        costs=four,
        deferred=st.tuples(*[st.integers(0, 5000)] * 4),
        pays=st.tuples(*[st.tuples(pays, pays, pays)] * 4),
        on_track=st.booleans(),
    )


def flows_in(deal: Deal, calendar: CashCalendar, world: Any, numbers: Any) -> Flows:
    """The flows of a world, or of a bundle of worlds whose fields are arrays."""
    starts = [calendar.at(period.start) for period in calendar.periods]
    needs = []
    for number, at in enumerate(starts):
        for name, share in (("service", 0.75), ("rent", 0.25)):
            # Whole cents in both readings.
            amount = world.costs[number]
            part = amount * 3 // 4 if share == 0.75 else amount - amount * 3 // 4
            to = party(PROVIDER if name == "service" else COUNTY)
            needs.append(Move(at, "cost", PROJECT, to, part, name))
        needs.append(
            Move(
                at, "deferred-cost", tranche("fee"), party(PROVIDER), world.deferred[number], "more"
            )
        )
    return run_waterfall(
        deal,
        calendar,
        needs=needs,
        payments={
            (calendar.at(day), name): world.pays[number][term]
            for number, day in enumerate(calendar.paid_on)
            for term, name in enumerate(TERMS)
        },
        draws="as-needed",
        triggers_met={"on_track": world.on_track},
        arithmetic=numbers,
    )


def bundle(many: list[World]) -> Any:
    """Worlds side by side: each field an array with one number for each world."""

    def column(values: list[Any]) -> Any:
        return numpy.array(values)

    return World(
        tuple(column([w.costs[n] for w in many]) for n in range(4)),
        tuple(column([w.deferred[n] for w in many]) for n in range(4)),
        tuple(tuple(column([w.pays[n][t] for w in many]) for t in range(3)) for n in range(4)),
        column([w.on_track for w in many]),  # type: ignore[arg-type]
    )


@given(deals(), worlds())
def test_cash_in_is_cash_out_and_no_account_of_the_project_falls_below_zero(
    deal: Deal, world: World
) -> None:
    flows = flows_in(deal, a_calendar(deal), world, Exact())
    on: dict[str, int] = defaultdict(int)
    for move in flows.moves:
        assert isinstance(move.amount, int)
        assert move.amount > 0
        on[move.source] -= move.amount
        on[move.target] += move.amount
        assert all(
            amount >= 0 for account, amount in on.items() if account.startswith(("pool", PROJECT))
        )
    assert sum(on.values()) == 0
    assert [move.day for move in flows.moves] == sorted(move.day for move in flows.moves)


@given(deals(), worlds())
def test_no_tranche_gives_more_than_its_amount(deal: Deal, world: World) -> None:
    flows = flows_in(deal, a_calendar(deal), world, Exact())
    for layer in deal.capital:
        given = [m.amount for m in flows.moves if m.source == tranche(layer.name)]
        assert sum(given) <= layer.amount * 100


@given(deals(), worlds())
def test_no_tranche_is_repaid_more_principal_than_it_gave(deal: Deal, world: World) -> None:
    flows = flows_in(deal, a_calendar(deal), world, Exact())
    for layer in deal.capital:
        account = tranche(layer.name)
        gave = sum(m.amount for m in flows.moves if m.source == account)
        kinds = ("principal", "deferred-fee", "guarantee")
        assert sum(m.amount for m in flows.of(*kinds) if m.target == account) <= gave


@given(deals(declared=False), worlds())
def test_within_a_pool_and_a_date_no_tranche_is_paid_before_its_senior(
    deal: Deal, world: World
) -> None:
    calendar = a_calendar(deal)
    flows = flows_in(deal, calendar, world, Exact())
    steps = steps_of(deal)
    layers = {layer.name: layer for layer in deal.capital}
    for at, day in enumerate(calendar.days):
        if day not in calendar.paid_on:
            continue
        for term in TERMS:
            used = [
                int(move.why.removeprefix("step "))
                for move in flows.moves
                if move.day == at and move.source == f"pool:{term}"
            ]
            for number, step in enumerate(steps[: max(used, default=1) - 1], 1):
                if step.pays not in ("principal", "deferred-fee"):
                    continue
                for name in step.to:
                    if layers[name].repaid_from and term not in layers[name].repaid_from:
                        continue
                    assert principal_owed(flows, name, at) == 0, (number, used)


def principal_owed(flows: Flows, name: str, through: int) -> int:
    """Drawn less repaid, where no tranche is recyclable."""
    account, owed = tranche(name), 0
    for move in flows.moves:
        if move.day <= through:
            if move.source == account:
                owed += move.amount
            elif move.kind in ("principal", "deferred-fee") and move.target == account:
                owed -= move.amount
    return owed


@given(deals(), worlds(pays=st.just(0)))
def test_investors_gain_nothing_when_nothing_is_due(deal: Deal, world: World) -> None:
    flows = flows_in(deal, a_calendar(deal), world, Exact())
    for layer in deal.capital:
        assert flows.balance(tranche(layer.name)) <= 0
    assert {move.kind for move in flows.moves} <= {
        *("draw", "cost", "deferred-cost", "shortfall", "principal", "guarantee")
    }
    assert all(move.why == "unspent" for move in flows.of("principal"))


@given(deals(), worlds())
def test_the_array_reading_is_within_half_a_unit_of_each_rounding_compounded_forward(
    deal: Deal, world: World
) -> None:
    calendar = a_calendar(deal)
    numbers = Exact()
    exact = flows_in(deal, calendar, world, numbers)
    arrays = flows_in(deal, calendar, bundle([world]), Worlds())
    # A part by largest remainder is less than one unit off: two roundings.
    highest = max([layer.rate or Fraction(0) for layer in deal.capital])
    bound = float((1 + highest) ** 2) * 0.5 * 2 * numbers.rounded + 1e-6
    accounts = [tranche(layer.name) for layer in deal.capital]
    accounts += [party(name) for name in (PROVIDER, COUNTY, SECOND)]
    for account in accounts:
        for at in range(len(calendar.days)):
            difference = exact.balance(account, through=at) - arrays.balance(account, through=at)
            assert numpy.abs(difference).max() <= bound


@given(deals(), worlds())
def test_what_all_lose_is_the_principal_that_the_deal_never_repaid(
    deal: Deal, world: World
) -> None:
    """In both readings; interest and guarantees repay nothing, and guarantors give theirs."""
    calendar = a_calendar(deal)
    exact = flows_in(deal, calendar, world, Exact())
    stakes = {layer.name: stake_of(layer, exact) for layer in deal.capital}
    assert sum(each.lost for each in stakes.values()) == sum(s.unpaid for s in stakes.values())
    for layer in deal.capital:
        stake = stakes[layer.name]
        assert 0 <= stake.lost <= stake.given
        if layer.kind in OWED_BACK and layer.kind != "provider-equity":
            assert stake.repaid + stake.recycled + stake.unpaid == stake.given
    inside = tuple(stakes[each.name] for each in deal.capital if each.kind != "deferred-fee")
    pooled = together(inside)
    assert pooled.unpaid == pooled.lost == sum(each.unpaid for each in inside)
    assert pooled.came_back - pooled.given == sum(each.came_back - each.given for each in inside)


@given(deals(), worlds(), st.sampled_from(["credit", "recover", "forgive"]), st.booleans())
def test_what_is_earned_is_what_is_paid_and_what_says_why_not(
    deal: Deal, world: World, overpayment: str, has_ceiling: bool
) -> None:
    """In both readings: paid, less open credit and forgiven, with what no payor funds."""
    payor = deal.payors[0].model_copy(update={"ceiling": Fraction(2500) if has_ceiling else None})
    rule = {"overpayment": overpayment, "overpayment_paid_by": PROVIDER, "payors": (payor,)}
    deal = deal.model_copy(update=rule)
    calendar = a_calendar(deal)
    exact = flows_in(deal, calendar, world, Exact())
    earned = sum(amount for day in world.pays for amount in day)
    assert earned == exact.paid - exact.open_credit - exact.forgiven + exact.unfunded
    assert exact.open_credit >= 0
    assert exact.forgiven >= 0
    assert exact.unfunded >= 0
    assert exact.paid >= 0
    arrays = flows_in(deal, calendar, bundle([world]), Worlds())
    for name in ("paid", "open_credit", "forgiven", "unfunded"):
        assert numpy.abs(getattr(exact, name) - getattr(arrays, name)).max() < 1e-6


@given(deals(), st.lists(worlds(), min_size=1, max_size=4))
def test_many_worlds_at_once_equal_the_same_worlds_one_by_one(
    deal: Deal, many: list[World]
) -> None:
    calendar = a_calendar(deal)
    together = flows_in(deal, calendar, bundle(many), Worlds())
    for place, world in enumerate(many):
        alone = flows_in(deal, calendar, bundle([world]), Worlds())
        for account in [tranche(layer.name) for layer in deal.capital]:
            for at in range(len(calendar.days)):
                both = numpy.broadcast_to(together.balance(account, through=at), len(many))
                one = numpy.broadcast_to(alone.balance(account, through=at), 1)
                assert both[place] == one[0]
