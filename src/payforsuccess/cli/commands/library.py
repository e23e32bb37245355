"""`pfs library`: real deals, listed, shown, computed again, brought in and given out."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import click

from payforsuccess.cli.command import FILE, Command, gives_json
from payforsuccess.cli.printing import show
from payforsuccess.errors import EXIT_FINE, EXIT_PROBLEMS


class ListedByDefault(click.Group):
    """`pfs library --place Denver` is `pfs library list --place Denver`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put `list` in front where no subcommand is named."""
        asks_help = args[:1] in (["--help"], ["-h"])
        if not args or (args[0].startswith("-") and not asks_help):
            args = ["list", *args]
        return super().parse_args(ctx, args)


_own = click.option(
    "--own", type=FILE, metavar="DIR", help="A folder of your own records, beside ours."
)


@click.group("library", cls=ListedByDefault, context_settings={"max_content_width": 100})
def command() -> None:
    """List, show and recompute real deals.

    What is public about each: its terms, its results, what was paid, and what can be learned.
    Without a subcommand it lists them.
    """


@command.command("list", cls=Command)
@click.option("--place", help="A city, state or country; any part of it.")
@click.option("--year", type=int, help="A year in which it delivered.")
@click.option("--policy-area", help="Such as “public safety”.")
@click.option("--population", help="Whom it served; any part of the words.")
@click.option("--outcome", help="What it paid for; any part of the words.")
@click.option("--design", help="How it was evaluated, such as “randomised”.")
@click.option("--evaluator", help="Who evaluated it; any part of the name.")
@click.option("--capital", help="Who put up the money, or in what form; any part of it.")
@click.option("--source", help="A source it rests on, such as “indigo:INDIGO-POJ-0091”.")
@click.option("--result", help="What came of it, such as “paid”.")
@click.option("--state", help="Where it stands, such as “complete”.")
@_own
@gives_json
def list_deals(as_json: bool, year: int | None, own: Path | None, **words: str | None) -> None:
    """List the deals that fit every option given.

    A policy area, design, result or state that the library does not use is answered with the
    words that it does.
    """
    from payforsuccess.runs.library.library import library

    show(library(year=year, own=own, **words), as_json=as_json)


@command.command("show", cls=Command)
@click.argument("name", metavar="NAME")
@_own
@gives_json
def show_deal(name: str, own: Path | None, as_json: bool) -> None:
    """Show all that the library holds of one deal, with its sources.

    NAME is the first word of its line in `pfs library`.
    """
    from payforsuccess.runs.library.show import library_show

    show(library_show(name, own=own), as_json=as_json)


@command.command("check", cls=Command)
@click.argument("name", metavar="[NAME]", required=False)
@_own
@gives_json
def check_deals(name: str | None, own: Path | None, as_json: bool) -> int:
    """Compute every published figure again and show the difference.

    All deals, or the one named. Ends with exit code 10 when a figure no longer comes out as the
    library says it does.
    """
    from payforsuccess.runs.library.check import library_check

    checked = library_check(deal=name, own=own)
    show(checked, as_json=as_json)
    return EXIT_FINE if checked.is_as_expected else EXIT_PROBLEMS


@command.command("import", cls=Command)
@click.argument("file", type=FILE, metavar="FILE")
@click.option(
    "--own",
    type=FILE,
    metavar="DIR",
    required=True,
    help="The folder of your own records to write to.",
)
@click.option(
    "--leave-out",
    is_flag=True,
    help="Bring in the other records where some have problems, and list those left out.",
)
@gives_json
def import_records(file: Path, own: Path, leave_out: bool, as_json: bool) -> None:
    """Bring open records in as comparators of your own.

    FILE is JSON in the INDIGO data standard 4.1, as the Government Outcomes Lab gives it out or
    as `pfs export` writes it, or its public spreadsheet form (.xlsx). Each project becomes a
    folder in DIR; `pfs library --own DIR` shows it marked, apart from the deals that the library
    holds from their sources. Nothing is written when a record lacks what a comparator needs,
    unless such records are to be left out.
    """
    from payforsuccess.runs.library.imported import library_import

    show(library_import(file, own=own, leaves_out=leave_out), as_json=as_json)


@command.command("export", cls=Command)
@click.argument("name", metavar="[NAME]", required=False)
@click.option(
    "--as",
    "form",
    type=click.Choice(["indigo", "csv", "parquet"]),
    required=True,
    help="The open format.",
)
@click.option(
    "--to",
    type=FILE,
    metavar="PATH",
    required=True,
    help="A file for indigo, a folder for csv and parquet.",
)
@_own
@gives_json
def export_records(
    name: str | None,
    form: Literal["indigo", "csv", "parquet"],
    to: Path,
    own: Path | None,
    as_json: bool,
) -> None:
    """Write the comparators in an open format, with the schema beside them.

    All of them, or the one named.
    """
    from payforsuccess.runs.library.export import library_export

    show(library_export(form, to=to, name=name, own=own), as_json=as_json)
