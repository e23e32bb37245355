"""`pfs new`: a deal folder from a template, or an initiative from a blueprint."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from payforsuccess.cli.command import FILE, Command, gives_json, takes_as_of, today
from payforsuccess.cli.printing import show
from payforsuccess.runs.new import TEMPLATES, new


@click.command(
    "new",
    cls=Command,
    epilog="Templates: " + "; ".join(f"{name} ({says})" for name, says in TEMPLATES.items()) + ".",
)
@click.argument("folder", type=FILE, metavar="DIR")
@click.option(
    "--template",
    type=click.Choice(list(TEMPLATES)),
    help="What to start a deal from.",
)
@click.option("--from", "blueprint", type=FILE, metavar="DIR", help="Or: an initiative's folder.")
@click.option("--department", help="With --from: the department that starts it.")
@click.option("--name", help="With --from: what the new initiative is called.")
@click.option(
    "--contract-type", metavar="TYPE", help="With --from: another type than the blueprint's."
)
@takes_as_of
@gives_json
def command(
    folder: Path,
    template: str | None,
    blueprint: Path | None,
    department: str | None,
    name: str | None,
    contract_type: str | None,
    as_of: date | None,
    as_json: bool,
) -> None:
    """Write a new deal folder from a template.

    DIR is a new or empty folder. What is written is a whole deal that passes `pfs check`, with
    made-up names, prices and results to be replaced, and a README that says how.

    With --from it is an initiative that takes over the stages, gates, tasks and documents of
    another one: give --department and --name.
    """
    if (template is None) == (blueprint is None):
        raise click.UsageError("Give --template for a deal, or --from for an initiative.")
    if template is not None:
        if department or name or contract_type:
            raise click.UsageError("--department, --name and --contract-type go with --from.")
        show(new(folder, template=template), as_json=as_json)
        return
    if not department or not name:
        raise click.UsageError("An initiative from a blueprint needs --department and --name.")
    # A deal from a template is written without what gates need.
    from payforsuccess.runs.initiative.replicate import replicate

    assert blueprint is not None
    made = replicate(
        folder,
        blueprint=blueprint,
        department=department,
        name=name,
        contract_type=contract_type,
        on=as_of if as_of is not None else today(),
    )
    show(made, as_json=as_json)
