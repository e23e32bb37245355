"""`pfs pay`: the draft of a statement."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from payforsuccess.cli.command import FILE, Command, gives_json, takes_as_of, takes_deal, today
from payforsuccess.cli.printing import show
from payforsuccess.cli.progress import count
from payforsuccess.runs.statement.pay import Draft, pay, pay_through


@click.command("pay", cls=Command)
@takes_deal
@click.option(
    "--period",
    type=int,
    metavar="N",
    help="The period, counted from 1; the first not yet stated, or else the last, if left out.",
)
@click.option(
    "--through", type=int, metavar="N", help="Every period not yet stated, up to this one."
)
@takes_as_of
@click.option(
    "--results", type=FILE, help="The results file, or a run's folder; results.yaml if left out."
)
@click.option(
    "--people",
    type=FILE,
    help="Results by person; people.csv or people.parquet if left out, else those signed.",
)
@click.option(
    "--accept",
    multiple=True,
    metavar="TERM=REASON",
    help="Accept that this version computes a stated line otherwise, and say why.",
)
@gives_json
def command(
    deal: Path,
    period: int | None,
    through: int | None,
    as_of: date | None,
    results: Path | None,
    people: Path | None,
    accept: tuple[str, ...],
    as_json: bool,
) -> None:
    """Draft the statement of a period.

    Every period up to this one is computed again from what is known now; what earlier statements
    said is taken off, so that late data becomes a correction. A draft binds no one and can be made
    as often as you like. It lies in out/drafts/ until `pfs statement issue` issues it.
    """
    if through is not None:
        if period is not None or accept:
            raise click.UsageError("--through goes with neither --period nor --accept.")
        _pay_through(deal, through, as_of or today(), results, people, as_json=as_json)
        return
    accepted = {}
    for pair in accept:
        term, equals, reason = pair.partition("=")
        if not (term.strip() and equals and reason.strip()):
            raise click.BadParameter(f"“{pair}” is not TERM=REASON.", param_hint="--accept")
        accepted[term.strip()] = reason.strip()
    draft = pay(
        deal,
        period=period,
        as_of=as_of or today(),
        results=results,
        people=people,
        accept=accepted,
        progress=count,
    )
    if as_json:
        show(_plain(draft), as_json=True)
    else:
        show(draft)
        show(f"Draft: {draft.path}")


def _pay_through(
    deal: Path,
    through: int,
    as_of: date,
    results: Path | None,
    people: Path | None,
    *,
    as_json: bool,
) -> None:
    made = pay_through(
        deal, through=through, as_of=as_of, results=results, people=people, progress=count
    )
    drafts = {"drafts": [_plain(draft) for draft in made.drafts]}
    show(drafts if as_json else made, as_json=as_json)


def _plain(draft: Draft) -> dict[str, object]:
    statement = draft.statement
    return {
        "draft": statement,
        "fingerprint": statement.fingerprint,
        "file": draft.path,
        "notes": draft.notes,
    }
