"""`pfs track`: how a deal is going."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from payforsuccess.cli.command import FILE, Command, gives_json, takes_as_of, takes_deal, today
from payforsuccess.cli.printing import show
from payforsuccess.cli.progress import tell
from payforsuccess.runs.track.track import track


@click.command("track", cls=Command)
@takes_deal
@takes_as_of
@click.option("--site", help="Set the numbers of this site beside those of all.")
@click.option("--release", is_flag=True, help="Record the page as given out.")
@click.option("--validator", is_flag=True, help="Show the validator whether numbers bend.")
@click.option("--entries", type=FILE, metavar="FILE", help="Entries of the provider, as CSV.")
@click.option("--to", type=FILE, metavar="FILE", help="Where to write; out/track/ if left out.")
@gives_json
def command(
    deal: Path,
    as_of: date | None,
    site: str | None,
    release: bool,
    validator: bool,
    entries: Path | None,
    to: Path | None,
    as_json: bool,
) -> None:
    """Show how the deal is going.

    Reads the feeds and shows each outcome's baseline, target and present level, its course by
    period, the flow of referrals by source, and how fresh each feed is; also as a page. Numbers of
    few people are hidden, with whatever would tell them, also against all that was given out of the
    deal before. Needs the extra `analysis`.
    """
    on = as_of if as_of is not None else today()
    found = track(
        deal,
        as_of=on,
        site=site,
        release=release,
        validator=validator,
        entries=entries,
        to=to,
        tell=tell,
    )
    show(found, as_json=as_json)
