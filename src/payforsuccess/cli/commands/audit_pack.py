"""`pfs audit-pack`: what an auditor needs to test a statement."""

from __future__ import annotations

from pathlib import Path

import click

from payforsuccess.cli.command import FILE, Command, gives_json, takes_deal
from payforsuccess.cli.printing import show
from payforsuccess.runs.statement.audit_pack import audit_pack


@click.command("audit-pack", cls=Command)
@takes_deal
@click.option("--statement", type=int, metavar="N", help="The statement; the last if left out.")
@click.option("--seed", required=True, metavar="TEXT", help="The auditor's own words or digits.")
@click.option("--sample", type=int, default=25, metavar="N", help="How many people to draw; 25.")
@click.option("--for", "certificate", type=FILE, metavar="FILE", help="The auditor's certificate.")
@click.option("--to", type=FILE, metavar="FILE", help="Where to write; out/audit-packs/ otherwise.")
@gives_json
def command(
    deal: Path,
    statement: int | None,
    seed: str,
    sample: int,
    certificate: Path | None,
    to: Path | None,
    as_json: bool,
) -> None:
    """Write what an auditor needs to test a statement.

    The contract's checksum and certifications, determinations, approvals, payments, the statement's
    bundle, and a sample of people drawn by the auditor's seed with the source rows behind them. A
    pack that holds people is locked for the holder of a certificate. DEAL is a deal's folder, or
    that of an issued statement within it.
    """
    made = audit_pack(
        deal, statement=statement, seed=seed, sample=sample, certificate=certificate, to=to
    )
    show(made, as_json=as_json)
