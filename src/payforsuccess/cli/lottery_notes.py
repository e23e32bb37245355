"""What is noted of people after a draw, as subcommands of `pfs assign`; the draw itself stands."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from payforsuccess.cli.command import DAY, Command, gives_json, needs_deal, today
from payforsuccess.cli.printing import show

takes_by = click.option("--by", required=True, metavar="NAME", help="The person who does it.")
takes_on = click.option("--on", type=DAY, help="The day; today if left out.")
takes_reason = click.option("--reason", required=True, help="Why; name no participant.")
takes_authority = click.option(
    "--authority", required=True, metavar="NAME", help="Who decided it, by name and office."
)


@click.command("alias", cls=Command)
@needs_deal
@click.argument("person", metavar="KEY")
@click.argument("alias", metavar="OTHER")
@takes_by
@takes_reason
@takes_on
@gives_json
def add_alias(
    deal: Path, person: str, alias: str, by: str, reason: str, on: date | None, as_json: bool
) -> None:
    """Record that two keys are one person: the first draw holds for both."""
    from payforsuccess.runs.assign.note import Writer, note_alias

    writer = Writer(by, on or today(), today(), reason)
    show(note_alias(deal, person, alias, writer), as_json=as_json)


@click.command("withdraw", cls=Command)
@needs_deal
@click.argument("person", metavar="KEY")
@takes_by
@takes_reason
@takes_on
@gives_json
def withdraw(deal: Path, person: str, by: str, reason: str, on: date | None, as_json: bool) -> None:
    """Record that a person left: the draw stands, and nobody moves up."""
    from payforsuccess.runs.assign.note import Writer, note_withdrawal

    writer = Writer(by, on or today(), today(), reason)
    show(note_withdrawal(deal, person, writer), as_json=as_json)


@click.command("override", cls=Command)
@needs_deal
@click.argument("person", metavar="KEY")
@takes_by
@takes_authority
@takes_reason
@takes_on
@gives_json
def override(
    deal: Path,
    person: str,
    by: str,
    authority: str,
    reason: str,
    on: date | None,
    as_json: bool,
) -> None:
    """Record that somebody decided against a draw; analysis stays by the draw."""
    from payforsuccess.runs.assign.note import Writer, note_departure

    writer = Writer(by, on or today(), today(), reason)
    show(note_departure(deal, person, "override", writer, authority=authority), as_json=as_json)


@click.command("crossover", cls=Command)
@needs_deal
@click.argument("person", metavar="KEY")
@takes_by
@takes_authority
@takes_reason
@takes_on
@gives_json
def crossover(
    deal: Path,
    person: str,
    by: str,
    authority: str,
    reason: str,
    on: date | None,
    as_json: bool,
) -> None:
    """Record that a person got what the other arm gets; analysis stays by the draw."""
    from payforsuccess.runs.assign.note import Writer, note_departure

    writer = Writer(by, on or today(), today(), reason)
    show(note_departure(deal, person, "crossover", writer, authority=authority), as_json=as_json)


@click.command("outside", cls=Command)
@needs_deal
@click.argument("person", metavar="KEY")
@takes_by
@takes_authority
@takes_reason
@takes_on
@gives_json
def outside(
    deal: Path,
    person: str,
    by: str,
    authority: str,
    reason: str,
    on: date | None,
    as_json: bool,
) -> None:
    """Record that a person is placed without a draw, as the ethics record allows."""
    from payforsuccess.runs.assign.note import Writer, place_outside

    writer = Writer(by, on or today(), today(), reason)
    show(place_outside(deal, person, writer, authority=authority), as_json=as_json)


NOTES = (add_alias, withdraw, override, crossover, outside)
"""The subcommands, each under the name that it states."""
