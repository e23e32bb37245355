"""Tranches, and a small deal that is financed by them, in the manner of tests/lib/deals.py.

a_tranche()                                  a loan of 10,000 from the Elm Fund
a_tranche("grant", amount="500")             another kind
a_financed_deal(a_tranche(rate="5%"))        the small deal, financed by a loan at 5 percent
a_calendar(deal)                             quarters paid 30 days after each
flows_of(deal, costs={...}, pays={...})      its waterfall in whole minor units
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from payforsuccess.deal.capital import Tranche, Trigger, WaterfallStep
from payforsuccess.deal.deal import Deal
from payforsuccess.finance.calendar import CashCalendar
from payforsuccess.finance.moves import PROJECT, Flows, Move, party
from payforsuccess.finance.waterfall import Arithmetic, Exact, run_waterfall
from payforsuccess.units import add_months
from tests.lib.deals import INVESTOR, PARTIES, PROVIDER, a_deal

SECOND = "Fir Foundation"
GUARANTOR = "Gorse Trust"
INTEREST = {"day_count": "30/360", "unpaid": "compounds"}
FINANCIERS = [
    {"name": INVESTOR, "roles": ["investor"]},
    {"name": SECOND, "roles": ["investor"]},
    {"name": GUARANTOR, "roles": ["guarantor"]},
]


def a_tranche(kind: str = "loan", **changes: Any) -> Tranche:
    """A tranche named after its kind, with keys changed, added, or (None) left out.

    One with a rate counts interest by 30/360 and compounds it, unless told otherwise.
    """
    plain: dict[str, Any] = {
        "name": kind,
        "party": GUARANTOR if kind == "guarantee" else INVESTOR,
        "kind": kind,
        "amount": "10000",
        **changes,
    }
    if plain.get("rate") is not None:
        plain.setdefault("interest", INTEREST)
    return Tranche.model_validate({key: each for key, each in plain.items() if each is not None})


def a_step(pays: str, *to: str, **changes: Any) -> WaterfallStep:
    """A step of the waterfall."""
    return WaterfallStep.model_validate({"pays": pays, "to": to, **changes})


def a_trigger(name: str = "on_track", **changes: Any) -> Trigger:
    """A trigger on the number of homes at the end of the first year."""
    plain = {
        "name": name,
        "says": "At least 5 homes in the first year",
        "on": "2027-01-01",
        "outcome": "homes",
        "at_least": "5",
        **changes,
    }
    return Trigger.model_validate({key: each for key, each in plain.items() if each is not None})


def a_financed_deal(*capital: Tranche, **changes: Any) -> Deal:
    """The small deal with the given tranches, or one loan without interest."""
    plain: dict[str, Any] = {"parties": [*PARTIES, *FINANCIERS], **changes}
    return a_deal(capital=capital or (a_tranche(),), **plain)


def a_calendar(deal: Deal, *others: str, after_months: int = 1) -> CashCalendar:
    """Each period is paid so many months after its end; `others` are further days with cash."""
    periods = deal.schedule.all()
    paid_on = tuple(add_months(period.end, after_months) for period in periods)
    days = {period.start for period in periods} | set(paid_on)
    days |= {date.fromisoformat(day) for day in others}
    return CashCalendar(periods, paid_on, tuple(sorted(days)))


def a_cost(calendar: CashCalendar, day: str, amount: Any, *, to: str = PROVIDER) -> Move:
    """A cost that the project pays on a day, in minor units."""
    at = calendar.at(date.fromisoformat(day))
    return Move(at, "cost", PROJECT, party(to), amount, "service")


def flows_of(
    deal: Deal,
    *,
    costs: Mapping[str, Any] | None = None,
    needs: Iterable[Move] = (),
    pays: Mapping[tuple[str, str], Any] | None = None,
    draws: Any = "as-needed",
    met: Mapping[str, Any] | None = None,
    calendar: CashCalendar | None = None,
    numbers: Arithmetic | None = None,
) -> Flows:
    """The waterfall of a deal: costs by day, payments by day and term, all in minor units."""
    calendar = calendar or a_calendar(deal)
    moves = [a_cost(calendar, day, amount) for day, amount in (costs or {}).items()]
    return run_waterfall(
        deal,
        calendar,
        needs=[*moves, *needs],
        payments={
            (calendar.at(date.fromisoformat(day)), term): amount
            for (day, term), amount in (pays or {}).items()
        },
        draws=draws,
        triggers_met=met or {},
        arithmetic=numbers or Exact(),
    )


def told(flows: Flows, calendar: CashCalendar, *kinds: Any) -> Sequence[tuple[str, str, Any]]:
    """Day, target (source for draws) and amount of the moves of some kinds, for tests to read."""
    found = []
    for move in flows.of(*kinds):
        account = move.source if move.target == PROJECT else move.target
        found.append((str(calendar.days[move.day]), account.partition(":")[2], move.amount))
    return found
