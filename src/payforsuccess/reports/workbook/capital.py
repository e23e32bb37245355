"""The deal's capital with its numbers as cells: tranches, steps, shares, ceilings of payors."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from payforsuccess.deal.assumptions import PlannedDraw
from payforsuccess.deal.capital import Tranche, WaterfallStep
from payforsuccess.deal.deal import Deal
from payforsuccess.deal.parties import Payor
from payforsuccess.finance.waterfall.plan import Plan, PlannedStep, plan_of
from payforsuccess.reports.workbook.frame import Frame
from payforsuccess.reports.workbook.live import Live

SECTION = "Capital and the order of repayment"


@dataclass(frozen=True)
class LivePlan(Plan):
    """A plan whose amounts are live already."""

    def minor(self, amount: Any) -> Any:
        """The amount itself."""
        return amount


def live_deal(frame: Frame) -> tuple[Deal, Plan, Any]:
    """The deal, its plan and its planned draws, with a cell in place of every number of them."""
    deal = frame.deal
    capital = tuple(_tranche(each, frame) for each in deal.capital)
    payors = tuple(_payor(each, frame) for each in deal.payors)
    update = {"capital": capital, "payors": payors}
    changed = deal.model_copy(update=update)
    plan = plan_of(deal, merges_pools=False)
    shares = {payor.party: share for payor, share in zip(payors, _shares(deal, frame), strict=True)}
    by_name = {payor.party: payor for payor in payors}
    live_plan = LivePlan(
        changed,
        plan.pools,
        plan.pool_of,
        tuple(_step(planned, frame) for planned in plan.steps),
        tuple(each.amount for each in capital),  # type: ignore[misc]
        {
            term: tuple(
                (by_name[payor.party], _scaled(shares, [p.party for p, _ in chosen], payor.party))
                for payor, _ in chosen
            )
            for term, chosen in plan.payors.items()
        },
        plan.has_ceilings,
    )
    return changed, live_plan, _draws(frame)


def _tranche(each: Tranche, frame: Frame) -> Tranche:
    inputs, name = frame.inputs, each.name
    currency = frame.deal.currency
    update: dict[str, Any] = {
        "amount": inputs.agreed(SECTION, f"{name}: the most it gives", each.amount, unit=currency)
    }
    if each.rate:
        rule = f"a year, {each.interest.day_count}" if each.interest is not None else "a year"
        update["rate"] = inputs.agreed(
            SECTION, f"{name}: interest", each.rate, unit=rule, told="share"
        )
    if each.covers is not None and each.covers != 1:
        update["covers"] = inputs.agreed(
            SECTION, f"{name}: share of lost principal it covers", each.covers, told="share"
        )
    return each.model_copy(update=update)


def _payor(each: Payor, frame: Frame) -> Payor:
    if each.ceiling is None:
        return each
    ceiling = frame.inputs.agreed(
        SECTION, f"{each.party}: the most it ever pays", each.ceiling, unit=frame.deal.currency
    )
    return each.model_copy(update={"ceiling": ceiling})


def _shares(deal: Deal, frame: Frame) -> list[Any]:
    if len(deal.payors) == 1:
        return [deal.payors[0].share]
    return [
        frame.inputs.agreed(SECTION, f"{each.party}: share of payments", each.share, told="share")
        for each in deal.payors
    ]


def _scaled(shares: dict[str, Any], chosen: list[str], name: str) -> Any:
    """A payor's share among those that pay a term."""
    if len(chosen) == 1:
        return Fraction(1)
    if len(chosen) == len(shares):
        return shares[name]
    return shares[name] / sum(shares[other] for other in chosen)


def _step(planned: PlannedStep, frame: Frame) -> PlannedStep:
    inputs, currency, clause = frame.inputs, frame.deal.currency, planned.step.clause or ""
    scale = 10**frame.digits
    changes: dict[str, Any] = {}
    says = f"{planned.why.capitalize()} ({planned.step.pays})"
    if planned.at_most is not None:
        changes["at_most"] = inputs.agreed(
            SECTION,
            f"{says}: at most in all",
            Fraction(planned.at_most, scale),
            unit=currency,
            clause=clause,
        )
    if planned.each_date:
        changes["each_date"] = inputs.agreed(
            SECTION,
            f"{says}: on each payment date",
            Fraction(planned.each_date, scale),
            unit=currency,
            clause=clause,
        )
    if any(share != 1 for share in planned.step.shares):
        shares: tuple[Live, ...] = tuple(
            inputs.agreed(SECTION, f"{says}: share of {to}", share, clause=clause, told="share")
            for to, share in zip(
                planned.step.to or ("the project",), planned.step.shares, strict=True
            )
        )
        step: WaterfallStep = planned.step.model_copy(update={"shares": shares})
        changes["step"] = step
    return replace(planned, **changes)


def _draws(frame: Frame) -> Any:
    if frame.assumptions.draws == "as-needed":
        return "as-needed"
    found: list[PlannedDraw] = []
    for draw in frame.assumptions.draws:
        amount = frame.inputs.sourced(
            SECTION,
            f"{draw.tranche}: planned draw on {draw.on}",
            draw.amount,
            draw,
            unit=frame.deal.currency,
        )
        found.append(draw.model_copy(update={"amount": amount}))
    return found
