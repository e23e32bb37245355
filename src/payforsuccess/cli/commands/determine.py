"""`pfs determine`: a signed word on results."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Literal

import click

from payforsuccess.cli.command import DAY, FILE, Command, gives_json, takes_deal, today
from payforsuccess.cli.printing import show
from payforsuccess.runs.statement.determine import determine


@click.command("determine", cls=Command)
@takes_deal
@click.option("--party", required=True, help="The party that determines, as the deal names it.")
@click.option(
    "--role",
    type=click.Choice(["evaluator", "validator"]),
    required=True,
    help="The role in which it does.",
)
@click.option("--signed-by", required=True, metavar="NAME", help="The person who attests to it.")
@click.option("--on", type=DAY, help="The day of the signature; today if left out.")
@click.option(
    "--results",
    type=FILE,
    help="The results file, or the folder of a run; results.yaml if left out.",
)
@click.option(
    "--people", type=FILE, help="Results by person; people.csv or people.parquet if left out."
)
@click.option(
    "--only", multiple=True, metavar="OUTCOME", help="Only this outcome; can be given again."
)
@click.option("--supersedes", type=int, metavar="N", help="The determination that it replaces.")
@click.option("--reason", help="Why it replaces the earlier one.")
@click.option(
    "--from",
    "made_elsewhere",
    type=FILE,
    help="Results made elsewhere: an estimate of R, Stata or an enclave, or released totals.",
)
@click.option("--document", type=FILE, help="The document that was signed for them.")
@click.option("--signature", help="A detached signature, where one was given.")
@gives_json
def command(
    deal: Path,
    party: str,
    role: Literal["evaluator", "validator"],
    signed_by: str,
    on: date | None,
    results: Path | None,
    people: Path | None,
    only: tuple[str, ...],
    supersedes: int | None,
    reason: str | None,
    made_elsewhere: Path | None,
    document: Path | None,
    signature: str | None,
    as_json: bool,
) -> None:
    """Record the results that an evaluator or validator signs.

    Payments read what is determined, digit for digit. Where there are results by person, their
    totals are signed. What is determined already is left out, so files can grow from period to
    period. The record is never changed; a later one can supersede it, with a reason, and the
    difference becomes a correction. Results made elsewhere bring the checksums of
    plan, code and log, and a signed document; the record says that the chain ends there.
    """
    record = determine(
        deal,
        party=party,
        role=role,
        signed_by=signed_by,
        on=on or today(),
        results=results,
        people=people,
        only=only,
        supersedes=supersedes,
        reason=reason,
        signature=signature,
        made_elsewhere=made_elsewhere,
        document=document,
    )
    plain = {"determination": record, "fingerprint": record.fingerprint}
    show(plain if as_json else record, as_json=as_json)
