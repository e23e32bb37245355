"""What all commands share: how they end on problems, and the arguments that many of them take."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import click

from payforsuccess.cli.lightly import look_for_no_pandas
from payforsuccess.cli.printing import show_problems
from payforsuccess.errors import EXIT_PROBLEMS, Refusal


class Command(click.Command):
    """A command that shows problems and ends with exit code 10 when its run refuses."""

    def invoke(self, ctx: click.Context) -> object:
        """Run it; its own value, when a whole number, is the exit code."""
        look_for_no_pandas()
        try:
            return super().invoke(ctx)
        except Refusal as refusal:
            show_problems(refusal.problems, as_json=bool(ctx.params.get("as_json")))
            return EXIT_PROBLEMS


class DayType(click.ParamType):
    """A calendar day, year-month-day."""

    name = "day"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> date:
        """The day, or wrong usage."""
        if isinstance(value, date):
            return value
        try:
            day = date.fromisoformat(str(value))
        except ValueError:
            day = date.min
        # 20260701 is a day to Python and a slip to people; so is a year such as 0226.
        if len(str(value)) != 10 or not 1900 <= day.year < 3000:
            self.fail(
                f"“{value}” is not a day; write year-month-day, such as 2026-07-01.", param, ctx
            )
        return day


DAY = DayType()
FILE = click.Path(path_type=Path)
"""A file or folder; whether it is there is for the run to say, together with all other problems."""

takes_deal = click.argument("deal", type=FILE, metavar="[DEAL]", default=".")
"""The deal's folder, or a deal file in it; without one, the folder in which the person is."""
needs_deal = click.argument("deal", type=FILE, metavar="DEAL")
"""For commands that take something after it."""
gives_json = click.option("--json", "as_json", is_flag=True, help="Print JSON for a program.")
takes_as_of = click.option(
    "--as-of", type=DAY, help="The day for which it is made; today if left out."
)

writes_documents = click.option(
    "--to",
    type=FILE,
    multiple=True,
    metavar="FILE",
    help="Write it to this file too, by its name HTML, PDF or DOCX; more than once for more.",
)


def today() -> date:
    """The day on this machine's calendar: what a date means when it is left out."""
    return datetime.now().astimezone().date()
