"""`pfs schema`: the JSON Schema of the deal file."""

from __future__ import annotations

import click

from payforsuccess.cli.command import Command
from payforsuccess.cli.printing import show
from payforsuccess.runs.schema import schema


@click.command("schema", cls=Command)
def command() -> None:
    """Print the JSON Schema of the deal file, for editors.

    With it an editor completes keys, shows what each means, and marks what does not fit while
    you write. `pfs check` says the rest.
    """
    show(schema())
