"""What the commands that look ahead share: assumptions, case, draws, and how they end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import click

from payforsuccess.cli.command import FILE
from payforsuccess.cli.printing import show, show_problems
from payforsuccess.errors import EXIT_FINE, EXIT_PROBLEMS, Problem

takes_assumptions = click.option(
    "--assumptions", type=FILE, help="The file with assumptions; assumptions.yaml if left out."
)
takes_case = click.option(
    "--case",
    type=click.Choice(["low", "base", "high"]),
    default="base",
    show_default=True,
    help="The case around which worlds are drawn.",
)
Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


def takes_draws(*, worlds: int, scrambles: int) -> Decorator:
    """How many worlds in how many scrambles, and the seed."""

    def decorate(command: Callable[..., Any]) -> Callable[..., Any]:
        for option in (
            click.option(
                "--seed",
                type=click.IntRange(0),
                default=1,
                show_default=True,
                help="One seed gives one set of draws.",
            ),
            click.option(
                "--scrambles",
                type=click.IntRange(1, 1_024),
                default=scrambles,
                show_default=True,
                help="How often it is repeated with other draws; their spread is the error.",
            ),
            click.option(
                "--worlds",
                type=click.IntRange(2, 2**24),
                default=worlds,
                show_default=True,
                help="Worlds in each scramble, a power of two.",
            ),
        ):
            command = option(command)
        return command

    return decorate


def ends(found: object, problems: Sequence[Problem], *, as_json: bool) -> int:
    """Show what was found, then what stops it: its own JSON holds the problems already."""
    show(found, as_json=as_json)
    if problems and not as_json:
        show_problems(problems)
    return EXIT_PROBLEMS if problems else EXIT_FINE
