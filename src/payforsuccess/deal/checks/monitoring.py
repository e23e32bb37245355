"""Who may look at outcomes by arm before the end: a board without a stake in them (R139)."""

from __future__ import annotations

from collections.abc import Iterator

from payforsuccess.deal.deal import Deal
from payforsuccess.errors import Problem, sentence

_WITH_A_STAKE = ("payor", "provider", "intermediary", "investor", "guarantor")


def check_monitoring(deal: Deal) -> Iterator[Problem]:
    """A board that pays, serves or lends, and looks that nobody could be at."""
    roles = {party.name: party.roles for party in deal.parties}
    for name, plan in deal.evaluation.items():
        if plan.monitoring is not None:
            board = plan.monitoring.board
            held = [role for role in _WITH_A_STAKE if role in roles.get(board, ())]
            if held:
                yield Problem(
                    sentence(
                        "{board} is {held} of the deal, and would see outcomes by arm before the "
                        "end.",
                        board=board,
                        held=held[0],
                    ),
                    sentence("Name a board with no stake in the results, such as an adviser."),
                    deal.place_of("evaluation", name, "monitoring", "board"),
                )
        for number, look in enumerate(plan.looks):
            if look.can_stop and plan.test is None:
                yield Problem(
                    sentence(
                        "The look {name} may end the study, and the plan names no test of which a "
                        "bound could be passed.",
                        name=look.name,
                    ),
                    sentence("Set `can_stop: false`, or use a design that compares."),
                    deal.place_of("evaluation", name, "looks", number),
                )
