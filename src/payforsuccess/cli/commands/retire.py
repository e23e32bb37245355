"""`pfs retire`: records destroyed, and a certificate left."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from payforsuccess.cli.command import DAY, Command, gives_json, needs_deal, takes_as_of, today
from payforsuccess.cli.printing import show
from payforsuccess.cli.progress import tell
from payforsuccess.runs.data.retire import retire


@click.command("retire", cls=Command)
@needs_deal
@click.option("--feed", required=True, help="The feed whose records are destroyed.")
@click.option("--order", required=True, help="What demands it, by kind and number.")
@click.option("--by", required=True, metavar="NAME", help="Who destroys them.")
@click.option("--on", type=DAY, help="The day it is done; today if left out.")
@click.option(
    "--row",
    "records",
    multiple=True,
    metavar="[FILE/]N",
    help="Only this row of the agency's file; can be given again.",
)
@click.option("--snapshot", metavar="NAME", help="Where those rows stand; the newest if left out.")
@takes_as_of
@gives_json
def command(
    deal: Path,
    feed: str,
    order: str,
    by: str,
    on: date | None,
    records: tuple[str, ...],
    snapshot: str | None,
    as_of: date | None,
    as_json: bool,
) -> None:
    """Destroy the records of a feed and leave a certificate.

    The keys that open them are overwritten and removed: nothing brings the records back. With
    --row a record that was sealed or expunged goes; a new snapshot is made without it. A legal
    hold in the deal forbids both. Statements stand.
    """
    made_on = as_of or today()
    retired = retire(
        deal,
        feed=feed,
        order=order,
        by=by,
        on=on or made_on,
        as_of=made_on,
        records=records,
        snapshot=snapshot,
        tell=tell,
    )
    plain = {
        "certificate": dict(retired.certificate.as_plain()),
        "fingerprint": retired.certificate.fingerprint,
        "path": str(retired.path),
    }
    show(plain if as_json else retired, as_json=as_json)
