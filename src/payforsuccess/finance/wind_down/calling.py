"""Whether an event can end a deal on a day: its caller, its cure and its notice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from payforsuccess.deal.contract import TerminationEvent
from payforsuccess.deal.deal import Deal
from payforsuccess.deal.nearest import no_such, ticked
from payforsuccess.errors import Problem, Refusal
from payforsuccess.finance.calendar import later


@dataclass(frozen=True)
class Calling:
    """An event that was called: by whom, when it was told, and the first day it can end the deal.

    `told_on` is None for an event with neither notice nor cure; it then ends the deal on any day.
    """

    event: TerminationEvent
    by: str
    told_on: date | None
    first_day: date | None


def refuse_early(
    deal: Deal, name: str, *, on: date, by: str | None, told_on: date | None
) -> Calling:
    """The event as it was called; raises Refusal with every reason why it cannot end the deal.

    The time to put it right runs from the day it was told, and the notice runs after it. Without
    `by` the one party that may call it is taken to have done so.
    """
    names = [event.name for event in deal.termination]
    if name not in names:
        raise Refusal(no_such(name, "termination event", names, deal.place_of("termination")))
    at = names.index(name)
    event = deal.termination[at]
    first = told_on
    if told_on is not None and event.cure is not None:
        first = later(told_on, event.cure)
    if first is not None and event.notice is not None:
        first = later(first, event.notice)
    problems = (*_days(deal, on), *_caller(deal, at, by), *_run_out(deal, at, on, told_on, first))
    if problems:
        raise Refusal(problems)
    return Calling(event, by or event.called_by[0], told_on, first)


def _days(deal: Deal, on: date) -> Iterator[Problem]:
    if not deal.in_force_from <= on <= deal.ends_on:
        yield Problem(
            f"The deal runs from {deal.in_force_from} to {deal.ends_on}; it cannot end early on "
            f"{on}.",
            "Name a day within it.",
            deal.place_of("ends_on"),
        )


def _caller(deal: Deal, at: int, by: str | None) -> Iterator[Problem]:
    event = deal.termination[at]
    where = deal.place_of("termination", at, "called_by")
    if by is None and len(event.called_by) != 1:
        yield Problem(
            f"`{event.name}` can be called by {len(event.called_by)} parties.",
            f"Say who called it with --by: {ticked(event.called_by)}.",
            where,
        )
    elif by is not None and by not in event.called_by:
        yield Problem(
            f"{by} may not call `{event.name}`.",
            f"It can be called by {ticked(event.called_by)}.",
            where,
        )


def _run_out(
    deal: Deal, at: int, on: date, told_on: date | None, first: date | None
) -> Iterator[Problem]:
    event = deal.termination[at]
    where = deal.place_of("termination", at)
    needs = [
        text
        for text in (
            f"{event.cure} to put it right" if event.cure is not None else "",
            f"{event.notice} of notice" if event.notice is not None else "",
        )
        if text
    ]
    if not needs:
        return
    if told_on is None or first is None:
        yield Problem(
            f"`{event.name}` needs {' and '.join(needs)}, and nothing says when it was told.",
            "Give the day with --told-on, or record the notice in capital.yaml under `notices`.",
            where,
        )
    elif on < first:
        yield Problem(
            f"`{event.name}` needs {' and '.join(needs)}. It was told on {told_on}, so it cannot "
            f"end the deal on {on}.",
            f"The first possible day is {first}.",
            where,
        )
