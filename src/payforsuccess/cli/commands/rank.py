"""`pfs rank`: the ranking of a solicitation, and how firm it is."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from payforsuccess.cli.command import (
    FILE,
    Command,
    gives_json,
    takes_as_of,
    today,
    writes_documents,
)
from payforsuccess.cli.finance import ends
from payforsuccess.cli.printing import show
from payforsuccess.errors import EXIT_FINE


@click.command("rank", cls=Command)
@click.argument("solicitation", type=FILE, metavar="[SOLICITATION]", default=".")
@click.option("--scores", type=FILE, help="The scores; scores.csv or scores.xlsx if left out.")
@click.option("--seal", "is_seal", is_flag=True, help="Print the checksum of terms to publish.")
@click.option("--template", metavar="NAME", help="Print a solicitation to start from.")
@click.option("--debrief", type=FILE, metavar="FOLDER", help="Write letters to those not selected.")
@click.option(
    "--debrief-as",
    type=click.Choice(["docx", "pdf", "html"]),
    multiple=True,
    help="The form of the letters, docx if left out; more than once for more.",
)
@click.option("--keep", is_flag=True, help="Keep a record beside: of the seal, or of the ranking.")
@click.option(
    "--draws",
    type=click.IntRange(0, 1_000_000),
    default=10_000,
    show_default=True,
    help="How often weights and scores are moved.",
)
@click.option(
    "--weights-move",
    type=click.FloatRange(0, 0.99),
    default=0.2,
    show_default=True,
    help="How far each weight moves, as a share of itself.",
)
@click.option(
    "--scores-move",
    type=click.FloatRange(0, 100),
    default=0.5,
    show_default=True,
    help="How far each score moves on its scale.",
)
@writes_documents
@takes_as_of
@gives_json
def command(
    solicitation: Path,
    scores: Path | None,
    is_seal: bool,
    template: str | None,
    debrief: Path | None,
    debrief_as: tuple[str, ...],
    keep: bool,
    draws: int,
    weights_move: float,
    scores_move: float,
    to: tuple[Path, ...],
    as_of: date | None,
    as_json: bool,
) -> int:
    """Rank the proposals of a solicitation by its sealed method.

    Reads solicitation.yaml and the scores beside it. Shows the ranking, what was left out and why,
    how ties were settled, how often each comes first when weights and scores move, whether one
    reviewer decides, and what holds the award. --to writes the decision memo. An award on record
    that must not be ends with exit code 10.
    """
    if template is not None:
        from payforsuccess.runs.selection import templates

        click.echo(templates.template(template).rstrip("\n"))
        return EXIT_FINE
    if is_seal:
        from payforsuccess.runs.selection.seal import seal

        day = as_of if as_of is not None else today()
        show(seal(solicitation, on=day, keep=keep), as_json=as_json)
        return EXIT_FINE
    from payforsuccess.runs.selection.rank import rank

    on = as_of if as_of is not None else today()
    found = rank(
        solicitation,
        on=on,
        scores=scores,
        to=to,
        debrief=debrief,
        debrief_as=debrief_as or ("docx",),
        keep=keep,
        draws=draws,
        weights_move=weights_move,
        scores_move=scores_move,
    )
    return ends(found, found.problems, as_json=as_json)
