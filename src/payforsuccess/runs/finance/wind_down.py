"""A deal ends early: final statement, sum due, distribution, records, people still in service."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

from payforsuccess.deal.capital_record import CapitalRecord
from payforsuccess.deal.deal import Deal
from payforsuccess.errors import Finding, Problem, Refusal
from payforsuccess.finance.capital_record import Followed, follow
from payforsuccess.finance.people import people_of
from payforsuccess.finance.wind_down.calling import Calling, refuse_early
from payforsuccess.finance.wind_down.distribute import (
    Distributed,
    distribute,
    investors_unpaid,
)
from payforsuccess.finance.wind_down.due import SumDue, sum_due
from payforsuccess.finance.wind_down.duties import data_returns
from payforsuccess.runs.finance.capital_file import capital_record_of
from payforsuccess.runs.finance.files import FILE as ASSUMPTIONS
from payforsuccess.runs.finance.files import open_financed
from payforsuccess.runs.finance.final_statement import final_statement
from payforsuccess.runs.finance.services import InService, read_in_service
from payforsuccess.runs.finance.wound_down import Served, WoundDown
from payforsuccess.runs.finance.wound_down_kept import inputs_of, kept
from payforsuccess.runs.folder import DealFolder, DealPath, open_folder
from payforsuccess.units import exact_text, money_text, round_exact, to_minor


def wind_down(
    path: DealPath,
    *,
    event: str,
    on: date,
    by: str | None = None,
    told_on: date | None = None,
    results: Path | None = None,
    people: Path | None = None,
    wind_up_costs: Fraction | None = None,
    not_measured: int | None = None,
) -> WoundDown:
    """What a deal's end on a day comes to under one of its termination events.

    The statements still to be made are drafted and never issued. Money held and what was drawn
    come from `capital.yaml`, which a deal with capital needs. people: a CSV file of who is in
    service; the list of those still served is written for its owner alone, under
    `out/wind-down/`, with the record of the run. Without it the number comes from the assumptions.
    not_measured: how many people are not measured yet; all who are in service when left out.
    Everything goes by the version of the deal in force on the day.
    Refuses an event the deal does not have, a caller that may not, costs or people that the event
    pays nothing for, and a day before notice and time to put it right have run out: it says the
    first possible day.
    """
    folder = open_folder(path)
    history = folder.history()
    # capital.yaml is of the deal's whole life; an end has to do with what was agreed by then.
    deal = history.in_force(on)
    record, _ = capital_record_of(folder, history.latest, needed=bool(deal.capital))
    told = told_on or _told(record, event, on)
    calling = refuse_early(deal, event, on=on, by=by, told_on=told)
    _refuse_unstated(deal, calling)
    _refuse_unused(deal, calling, wind_up_costs=wind_up_costs, not_measured=not_measured)
    listed = None if people is None else read_in_service(people, on=on)
    statement = final_statement(folder, on=on, results=results)
    followed = follow(deal, record, as_of=on)
    _refuse_overdrawn(followed, record)
    served = _served(folder, listed, on)
    held = _held(deal, record, calling, on)
    count = not_measured if not_measured is not None else served.count
    if count is None and calling.event.early_payment is not None:
        raise Refusal(
            Problem(
                "A payment is due for each person not measured yet, and nothing says how many.",
                "Give --not-measured, a list with --people, or an assumptions.yaml.",
            )
        )
    costs = None if wind_up_costs is None else _whole(wind_up_costs, deal.currency)

    def due_with(trial: Distributed | None) -> SumDue:
        unpaid = {} if trial is None else dict(investors_unpaid(trial.book))
        return sum_due(
            deal,
            calling.event,
            stated_unpaid=statement.stated_unpaid,
            earned=statement.earned,
            not_measured=count or 0,
            wind_up=costs,
            unpaid={name: int(b.principal + b.interest) for name, b in unpaid.items()},
            principal=sum(int(b.principal) for b in unpaid.values()),
            held=held,
        )

    def paid_out(due: SumDue, *, calls: bool) -> Distributed:
        by_term = statement.by_term(due.amount("earned"))
        return distribute(followed, due, by_term=by_term, calls_guarantees=calls)

    due = due_with(None)
    due = due_with(paid_out(due, calls=False))
    found = WoundDown(
        deal,
        calling,
        on,
        statement,
        due,
        followed,
        paid_out(due, calls=True),
        data_returns(deal, on=on),
        served,
        (*statement.findings, *_findings(calling, record, count, not_measured, costs)),
    )
    if found.after.unfunded:
        over = money_text(found.after.unfunded, deal.currency)
        what = f"{over} of what is due passes the payors' own ceilings, and nobody pays it."
        found = replace(found, findings=(*found.findings, Finding("wind-down", what)))
    told_in: list[tuple[str, object]] = [
        ("event", event),
        ("on", on),
        ("by", by),
        ("told_on", told_on),
        ("wind_up_costs", None if wind_up_costs is None else exact_text(wind_up_costs)),
        ("not_measured", not_measured),
    ]
    return kept(
        found,
        folder,
        listed,
        is_made_up=record.is_made_up,
        inputs=inputs_of(folder, results=results, people=people),
        settings=tuple((key, str(value)) for key, value in told_in if value is not None),
    )


def _whole(amount: Fraction, currency: str) -> int:
    try:
        return to_minor(amount, currency)
    except ValueError as error:
        raise Refusal(
            Problem(f"What winding up costs cannot be paid: {error}.", "Write a whole amount.")
        ) from None


def _told(record: CapitalRecord, event: str, on: date) -> date | None:
    return min((n.on for n in record.notices if n.about == event and n.on <= on), default=None)


def _refuse_unstated(deal: Deal, calling: Calling) -> None:
    if calling.event.sum_due == "stated" and calling.event.amount is None:
        at = deal.termination.index(calling.event)
        raise Refusal(
            Problem(
                f"`{calling.event.name}` says that a stated sum is due, and states none.",
                "Give `amount`.",
                deal.place_of("termination", at, "amount"),
            )
        )


def _refuse_unused(
    deal: Deal, calling: Calling, *, wind_up_costs: Fraction | None, not_measured: int | None
) -> None:
    """What is told and changes nothing would be taken for counted."""
    event = calling.event
    where = deal.place_of("termination", deal.termination.index(event))
    problems = []
    if wind_up_costs is not None and event.wind_up_cap is None:
        what = (
            f"`{event.name}` pays nothing for winding up, so --wind-up-costs would change nothing."
        )
        cure = "Leave it out, or give the event `wind_up_cap` if the deal pays it."
        problems.append(Problem(what, cure, where))
    if not_measured is not None and event.early_payment is None:
        what = (
            f"`{event.name}` pays nothing for people not measured yet, so --not-measured would "
            "change nothing."
        )
        cure = "Leave it out, or give the event `early_payment` if the deal pays it."
        problems.append(Problem(what, cure, where))
    if problems:
        raise Refusal(problems)


def _refuse_overdrawn(followed: Followed, record: CapitalRecord) -> None:
    """Money that was not there cannot be paid out for the last time."""
    if followed.held < 0:
        raise Refusal(
            Problem(
                f"By the record more was paid out than was there on {followed.overdrawn[0]}, and "
                "nothing made it good, so nothing is there to be paid out at the end.",
                "Record what came in, or correct what was paid out.",
                record.place_of("distributions"),
            )
        )


def _held(deal: Deal, record: CapitalRecord, calling: Calling, on: date) -> int | None:
    """Money held for success payments on the day, by the bank; None where nothing asks for it."""
    if not calling.event.limited_to_held:
        return None
    accounts = {a.name for a in record.accounts if a.holds == "success-payments"}
    latest = {}
    for each in sorted(record.bank, key=lambda balance: balance.on):
        if each.account in accounts and each.on <= on:
            latest[each.account] = to_minor(each.balance, deal.currency)
    if not latest:
        raise Refusal(
            Problem(
                "What falls due is limited to the money held for success payments, and nothing "
                "says how much is held.",
                "Record in capital.yaml an account that `holds: success-payments`, and its balance "
                "under `bank`.",
            )
        )
    return sum(latest.values())


def _served(folder: DealFolder, listed: InService | None, on: date) -> Served:
    if listed is not None:
        return Served(len(listed.people), "by the list", tuple(listed.by_provider.items()))
    if not (folder.root / ASSUMPTIONS).is_file():
        return Served(None, "as there is neither a list (--people) nor an assumptions.yaml")
    financed = open_financed(folder.deal_file)
    reached = financed.assumptions.enrolment.reached.in_case("base")
    periods = financed.deal.schedule.all()
    people = people_of(
        financed.assumptions, periods, case="base", reached=reached, whole=round_exact
    )
    at = next(at for at, period in enumerate(periods) if on in period)
    return Served(int(people.in_service[at]), "as assumed for the period (base case)")


def _findings(
    calling: Calling,
    record: CapitalRecord,
    count: int | None,
    not_measured: int | None,
    costs: int | None,
) -> Sequence[Finding]:
    said: list[str] = []
    event = calling.event
    if record.is_made_up:
        said.append("What capital.yaml records is made up for illustration.")
    if event.early_payment is not None and not_measured is None:
        said.append(f"All {count or 0:,} people in service count as not measured yet.")
    if event.wind_up_cap is not None and costs is None:
        said.append("Winding up is taken at its cap; --wind-up-costs gives the budget.")
    return [Finding("wind-down", what) for what in said]
