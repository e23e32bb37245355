"""`pfs link`: the people of a deal's feeds matched, and why two records were."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Literal

import click

from payforsuccess.cli.command import DAY, FILE, Command, gives_json, takes_deal, today
from payforsuccess.cli.printing import show
from payforsuccess.cli.progress import tell


class LinksByDefault(click.Group):
    """`pfs link DEAL` is `pfs link people DEAL`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put `people` in front where no subcommand is named."""
        if args[:1] not in (["--help"], ["-h"]) and (not args or args[0] not in self.commands):
            args = ["people", *args]
        return super().parse_args(ctx, args)


@click.group("link", cls=LinksByDefault, context_settings={"max_content_width": 100})
def command() -> None:
    """Match the people of the agencies' files.

    Without a subcommand it matches them, as `pfs link people` does. Needs the extra `analysis`.
    """


@command.command("people", cls=Command)
@takes_deal
@click.option(
    "--as-of", type=DAY, help="The day it is done for; the day after the data end if left out."
)
@gives_json
def link_people(deal: Path, as_of: date | None, as_json: bool) -> None:
    """Match people by the deal's plan, and say how good the match is.

    Reads the feeds, compares the identifiers of the anchor's people as they were at referral with
    those of every other feed of the plan, and keeps the links under out/links/. Prints counts and
    shares alone.
    """
    from payforsuccess.runs.link.show import link

    show(link(deal, as_of=as_of, tell=tell), as_json=as_json)


@command.command("why", cls=Command)
@click.argument("one", metavar="A")
@click.argument("other", metavar="B")
@takes_deal
@click.option(
    "--show-identifiers",
    is_flag=True,
    help="Show the identifiers too, on the terminal of someone who may open the vault.",
)
@gives_json
def why(one: str, other: str, deal: Path, show_identifiers: bool, as_json: bool) -> None:
    """Show how two records compare, identifier by identifier.

    A and B are keys of records, as the links have them. What the identifiers are is not shown
    unless asked for, and then to a terminal alone: not to a file, a pipe or a program.
    """
    from payforsuccess.runs.link.why import link_why

    _only_to_eyes(show_identifiers, as_json)
    show(link_why(deal, one, other, show_identifiers=show_identifiers), as_json=as_json)


@command.command("decide", cls=Command)
@click.argument("one", metavar="A")
@click.argument("other", metavar="B")
@takes_deal
@click.option("--same", "answer", flag_value="same", help="They are one person.")
@click.option("--different", "answer", flag_value="different", help="They are two people.")
@click.option("--by", required=True, metavar="NAME", help="The person who decides.")
@click.option("--party", required=True, help="The party whose people they are of.")
@click.option("--reason", metavar="WORD", help="Why, in one of the words above.")
@click.option("--on", type=DAY, help="The day of the decision; today if left out.")
@gives_json
def decide(
    one: str,
    other: str,
    deal: Path,
    answer: Literal["same", "different"] | None,
    by: str,
    party: str,
    reason: str | None,
    on: date | None,
    as_json: bool,
) -> None:
    """Record what one person decides of two records: one person, or two.

    It holds when two people agree, and outlives every new match. When they disagree a third
    decides. Nobody of a party that pays, lends, invests or serves may decide.

    \b
    Words for --reason, none of which can name anyone:
      identifiers-agree   identifiers that do not change agree
      identifiers-differ  identifiers that do not change differ
      typing-error        what differs is a slip in writing
      changed-name        what differs is a name that was changed
      relatives           what agrees is shared by relatives or a household
      holder-says-so      the agency that holds a record looked into it
    """
    from payforsuccess.runs.link.decide import decide_link

    if answer is None:
        raise click.UsageError("Say --same or --different.")
    decided = decide_link(
        deal,
        one,
        other,
        answer=answer,
        by=by,
        party=party,
        on=on or today(),
        as_of=today(),
        reason=reason,
    )
    show(decided, as_json=as_json)


@command.command("review", cls=Command)
@takes_deal
@click.option("--most", type=click.IntRange(min=1), default=20, help="How many pairs to show.")
@click.option(
    "--show-identifiers",
    is_flag=True,
    help="Show the identifiers too, on the terminal of someone who may open the vault.",
)
@gives_json
def review(deal: Path, most: int, show_identifiers: bool, as_json: bool) -> None:
    """Show the pairs of records that wait for people's decisions.

    Shows how they compare, and nothing else: no feed, no arm, no outcome, no money.
    """
    from payforsuccess.runs.link.review import review_links

    _only_to_eyes(show_identifiers, as_json)
    show(review_links(deal, most=most, show_identifiers=show_identifiers), as_json=as_json)


@command.command("key", cls=Command)
@takes_deal
@click.option("--to", type=FILE, required=True, metavar="FILE", help="The file to write it to.")
@gives_json
def key(deal: Path, to: Path, as_json: bool) -> None:
    """Write the key with which agencies make filters of identifiers.

    It is random and made once; a copy lies in escrow in the vault of whoever runs this, which must
    not be the vault that opens the deal's records. PFS_VAULT names one.
    """
    from payforsuccess.runs.link.key import make_linkage_key

    show(make_linkage_key(deal, to), as_json=as_json)


@command.command("filters", cls=Command)
@click.argument("file", type=FILE, metavar="FILE")
@click.option("--layout", required=True, help="The layout of the agency's file.")
@click.option("--key", type=FILE, required=True, metavar="FILE", help="The key, as it was sent.")
@click.option("--to", type=FILE, required=True, metavar="FILE", help="The CSV file to write.")
@click.option("--deal", type=FILE, help="The deal, to read the file as it says.")
@click.option("--feed", help="The feed in that deal.")
@gives_json
def filters(
    file: Path,
    layout: str,
    key: Path,
    to: Path,
    deal: Path | None,
    feed: str | None,
    as_json: bool,
) -> None:
    """Make filters of identifiers, at an agency that may not release them.

    Writes, for each way in which the agency writes a person, its own number for them and keyed
    Bloom filters of names, birth date, social security number, street and ZIP code.
    """
    from payforsuccess.runs.link.filters import link_filters

    if (deal is None) != (feed is None):
        raise click.UsageError("Give --deal and --feed together.")
    show(link_filters(file, layout=layout, key=key, to=to, deal=deal, feed=feed), as_json=as_json)


def _only_to_eyes(show_identifiers: bool, as_json: bool) -> None:
    if show_identifiers and (as_json or not sys.stdout.isatty()):
        raise click.UsageError("Identifiers are shown on a terminal alone, and never as JSON.")
