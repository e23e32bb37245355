"""`pfs` itself: a group that imports only the command that was asked for."""

from __future__ import annotations

from difflib import get_close_matches
from importlib import import_module

import click

from payforsuccess import __version__
from payforsuccess.cli.table import ENTRIES, STAGES


class Program(click.Group):
    """The commands of `cli.table`, each imported when it is run or when its own help is asked."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names in the order of a deal's life."""
        return list(ENTRIES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name, imported now; None without one."""
        entry = ENTRIES.get(cmd_name)
        if entry is None:
            return None
        command: click.Command = import_module(entry.module).command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the first argument names; a name that is not one gets the nearest."""
        if args and args[0] not in ENTRIES and not args[0].startswith("-"):
            close = get_close_matches(args[0], ENTRIES, n=1)
            hint = f" Did you mean `{close[0]}`?" if close else ""
            ctx.fail(f"There is no command `{args[0]}`.{hint}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The commands by stage, from the table alone."""
        width = max(map(len, ENTRIES))
        for stage in STAGES:
            with formatter.section(stage.title):
                formatter.write_dl(
                    [(entry.name.ljust(width), entry.says) for entry in stage.entries]
                )


@click.group(
    cls=Program,
    epilog="`pfs COMMAND --help` says more. Exit codes: 0 fine, 10 problems in the input, "
    "2 wrong usage, 1 a bug.",
    context_settings={"help_option_names": ["--help", "-h"], "max_content_width": 100},
)
@click.version_option(__version__, message="%(prog)s %(version)s")
def program() -> None:
    """Pay for Success deals: from one deal file to a paid statement.

    A deal lies in a folder: deal.yaml, and what belongs to it. Most commands take that folder.
    """
