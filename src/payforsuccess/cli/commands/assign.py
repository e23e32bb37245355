"""`pfs assign`: the sealed lottery that decides who is placed."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Literal

import click

from payforsuccess.cli.command import DAY, FILE, Command, gives_json, takes_deal, today
from payforsuccess.cli.finance import ends
from payforsuccess.cli.lottery_notes import NOTES, takes_by, takes_on
from payforsuccess.cli.passphrases import new_passphrase, passphrase
from payforsuccess.cli.printing import show
from payforsuccess.cli.progress import tell
from payforsuccess.errors import Problem

HOLDERS = ("evaluator", "payor")


@click.group("assign", context_settings={"max_content_width": 100})
def command() -> None:
    """Draw who is placed, by a sealed lottery that nobody owns.

    Evaluator and payor each commit to a secret share of the seed before the first referral. Each
    draw is put at the end of a list that only grows; once both shares are published, anyone can
    draw all of it again.
    """


for note in NOTES:
    command.add_command(note)


@command.command("commit", cls=Command)
@takes_deal
@click.option("--role", type=click.Choice(HOLDERS), required=True, help="Whose share it is.")
@click.option("--party", required=True, help="The party in that role, as the deal names it.")
@takes_by
@click.option("--to", type=FILE, required=True, metavar="FILE", help="Where the party keeps it.")
@click.option("--instead", is_flag=True, help="Replace a share that was lost, before the opening.")
@takes_on
@gives_json
def commit(
    deal: Path,
    role: Literal["evaluator", "payor"],
    party: str,
    by: str,
    to: Path,
    instead: bool,
    on: date | None,
    as_json: bool,
) -> None:
    """Draw a party's secret share and put its checksum on record.

    The share of 256 bits goes to a new file outside of the deal's folder that its owner alone may
    read, locked by a passphrase, which is asked for, or taken from PFS_PASSPHRASE_EVALUATOR or
    PFS_PASSPHRASE_PAYOR. One person cannot make both.
    """
    from payforsuccess.runs.assign.commit import commit_share

    made = commit_share(
        deal,
        holder=role,
        party=party,
        by=by,
        to=to,
        passphrase=new_passphrase,
        on=on or today(),
        today=today(),
        instead=instead,
    )
    show(made, as_json=as_json)


@command.command("open", cls=Command)
@takes_deal
@takes_by
@takes_on
@gives_json
def open_list(deal: Path, by: str, on: date | None, as_json: bool) -> None:
    """Freeze the plans and open the lottery for people referred from that day on.

    Asks for both commitments, and for an ethics record in force in initiative.yaml beside the deal.
    """
    from payforsuccess.runs.assign.commit import open_lottery

    show(open_lottery(deal, by=by, on=on or today(), today=today()), as_json=as_json)


@command.command("checksums", cls=Command)
@takes_deal
@click.option("--people", type=FILE, required=True, metavar="FILE", help="Who is referred.")
@click.option(
    "--key", type=FILE, required=True, metavar="FILE",
    help="The office's key; made the first time.",
)  # fmt: skip
@click.option("--to", type=FILE, required=True, metavar="FILE", help="The CSV file to write.")
@gives_json
def checksums(deal: Path, people: Path, key: Path, to: Path, as_json: bool) -> None:
    """Seal identifiers as they stand at referral, at the referring office.

    Takes one row a person with the identifiers, and writes the referrals as `draw` takes them: a
    checksum in the place of the identifiers, made under a key that stays with the office.
    """
    from payforsuccess.runs.assign.checksums import checksum_referrals

    show(checksum_referrals(deal, people, key=key, to=to), as_json=as_json)


@command.command("draw", cls=Command)
@takes_deal
@click.option("--referrals", type=FILE, metavar="FILE", help="A CSV file, one row a person.")
@click.option("--referral", metavar="KEY", help="One person, referred on that day.")
@click.option("--fact", "facts", multiple=True, metavar="NAME=VALUE", help="A fact of the person.")
@click.option("--places", type=click.IntRange(min=1), metavar="N", help="Places that opened.")
@click.option(
    "--share", "shares", type=FILE, multiple=True, required=True, metavar="FILE",
    help="The file of a holder's share; both are needed.",
)  # fmt: skip
@takes_by
@takes_on
@gives_json
def draw_people(
    deal: Path,
    referrals: Path | None,
    referral: str | None,
    facts: tuple[str, ...],
    places: int | None,
    shares: tuple[Path, ...],
    by: str,
    on: date | None,
    as_json: bool,
) -> None:
    """Draw people who were referred, each once and for ever.

    Says of each what to do today: placed, or services as usual and until when. Someone referred
    again meets the earlier draw. People go by pseudonymous keys alone. Nobody is drawn where
    anything is wrong.
    """
    from payforsuccess.runs.assign.draw import Given, draw

    if (referrals is None) == (referral is None):
        raise click.UsageError("Give either --referrals FILE or --referral KEY.")
    if facts and referrals is not None:
        raise click.UsageError("Facts stand in the file; leave --fact out.")
    drawn = draw(
        deal,
        Given(referrals, referral, facts, places),
        shares=shares,
        passphrase=passphrase,
        by=by,
        on=on or today(),
        today=today(),
    )
    show(drawn, as_json=as_json)


@command.command("arms", cls=Command)
@takes_deal
@click.option("--to", type=FILE, required=True, metavar="FILE", help="The CSV file to write.")
@gives_json
def arms(deal: Path, to: Path, as_json: bool) -> None:
    """Write who is in which arm to a file for the evaluator.

    One row a key, with the arm that chance decided, the stratum, and whether the person withdrew
    or departed from the draw. Its owner alone may read it; nothing of it is printed.
    """
    from payforsuccess.runs.assign.arms_file import write_arms

    show(write_arms(deal, to), as_json=as_json)


@command.command("reveal", cls=Command)
@takes_deal
@click.option("--share", type=FILE, required=True, metavar="FILE", help="The holder's own file.")
@takes_by
@takes_on
@gives_json
def reveal(deal: Path, share: Path, by: str, on: date | None, as_json: bool) -> None:
    """Publish a share, once nobody is to be drawn any more; it closes the list."""
    from payforsuccess.runs.assign.reveal import reveal_share

    told = reveal_share(deal, share, passphrase=passphrase, by=by, on=on or today(), today=today())
    show(told, as_json=as_json)


@command.command("identifiers", cls=Command)
@takes_deal
@click.option("--key", type=FILE, required=True, metavar="FILE", help="The referring office's key.")
@click.option(
    "--as-of", type=DAY, help="The day it is done for; the day after the data end if left out."
)
@gives_json
def identifiers(deal: Path, key: Path, as_of: date | None, as_json: bool) -> int:
    """Hold the identifiers in the records against those sealed at referral, arm by arm.

    Prints counts alone, and keeps them beside the list for the evaluation. Ends with exit code 10
    where the records say of the day of referral what was not known then.
    """
    from payforsuccess.runs.assign.identifiers import compare_identifiers

    found = compare_identifiers(deal, key=key, as_of=as_of, tell=tell)
    return ends(found, found.problems, as_json=as_json)


@command.command("verify", cls=Command)
@takes_deal
@click.option(
    "--head", "heads", multiple=True, metavar="CHECKSUM",
    help="A head that was noted after a draw; it must stand in the list.",
)  # fmt: skip
@takes_on
@gives_json
def verify(deal: Path, heads: tuple[str, ...], on: date | None, as_json: bool) -> int:
    """Draw all of it again from the published shares, and name the first difference.

    While the seed is sealed it checks the chain, the commitments and the order. Ends with exit code
    10 on a difference.
    """
    from payforsuccess.runs.assign.verify import verify_assignments

    found = verify_assignments(deal, on=on or today(), heads=heads)
    problems = found.problems
    if found.difference is not None:
        problems = (
            *problems,
            Problem(
                f"The list is not what the seed and the rules give. {found.difference}",
                "Find the original list, and who changed it.",
            ),
        )
    return ends(found, problems, as_json=as_json)
