"""`pfs evaluate`: effects as the plans estimate them, plans under seal, looks before the end."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from payforsuccess.cli.command import DAY, FILE, Command, gives_json, takes_deal, today
from payforsuccess.cli.printing import show
from payforsuccess.cli.progress import tell


@click.command("evaluate", cls=Command)
@takes_deal
@click.option(
    "--as-of", type=DAY, help="The day it is done for; the day after the data end if left out."
)
@click.option(
    "--to", type=FILE, metavar="FILE", help="Keep the results in this file, to be determined."
)
@click.option(
    "--report",
    type=FILE,
    multiple=True,
    metavar="FILE",
    help="Write the evaluator's report to this file, by its name HTML, PDF or DOCX; more than "
    "once for more. With --seal, its shell.",
)
@click.option(
    "--small-numbers", is_flag=True, help="Write the report for those who may see small numbers."
)
@click.option("--release", is_flag=True, help="Record the report as given out.")
@click.option("--seal", is_flag=True, help="Freeze the plans, before results are known.")
@click.option("--party", help="The party that seals them, as the deal names it.")
@click.option("--look", "look_name", metavar="NAME", help="Take a look that a plan names.")
@click.option("--reader", metavar="PARTY", help="The party that reads the look.")
@click.option("--by", metavar="NAME", help="The person who seals, or who reads a look.")
@click.option("--on", type=DAY, help="The day of the seal or the look; today if left out.")
@click.option("--exploratory", type=FILE, metavar="FILE", help="Show analyses that are in no plan.")
@gives_json
def command(
    deal: Path,
    as_of: date | None,
    to: Path | None,
    report: tuple[Path, ...],
    small_numbers: bool,
    release: bool,
    seal: bool,
    party: str | None,
    look_name: str | None,
    reader: str | None,
    by: str | None,
    on: date | None,
    exploratory: Path | None,
    as_json: bool,
) -> None:
    """Estimate the effects as the plans say.

    Reads the feeds and gives, for each plan that an outcome rests on, the groups, the effect with
    its interval, and the plan's one test. The results are provisional until someone determines
    them. The evaluator's report has the people by stage, how alike the arms were, the effect with
    all that is shown beside it, and the payment calculation; numbers of few people are hidden in
    it, also beside whatever was given out of the deal before. With --release it is recorded as
    given out, so that what follows is held against it. Needs the extra `analysis`, and `documents`
    for a report as PDF or DOCX.

    With --seal the plans are frozen, and the shell of the report, filled with made-up people, with
    them; another plan is refused from then on. With --look the evaluator and the monitoring board
    see outcomes by arm before the end, on record. With --exploratory other analyses are shown, of
    which no result can be determined.
    """
    asked = [
        name
        for name, is_asked in (
            ("--seal", seal),
            ("--look", look_name is not None),
            ("--exploratory", exploratory is not None),
        )
        if is_asked
    ]
    if len(asked) > 1:
        raise click.UsageError(f"Give one of {' and '.join(asked)}.")
    mode = asked[0] if asked else "an evaluation"
    _refuse_unneeded(
        mode,
        {
            "--party": (party, ("--seal",)),
            "--reader": (reader, ("--look",)),
            "--by": (by, ("--seal", "--look")),
            "--on": (on, ("--seal", "--look")),
            "--to": (to, ("--look", "an evaluation")),
            "--report": (report, ("--seal", "an evaluation")),
            "--small-numbers": (small_numbers, ("an evaluation",)),
            "--release": (release, ("an evaluation",)),
            "--as-of": (as_of, ("--look", "--exploratory", "an evaluation")),
        },
    )
    if seal:
        from payforsuccess.runs.study.seal import seal_study

        by_party, person = _needed("--party", party), _needed("--by", by)
        sealed = seal_study(
            deal, party=by_party, by=person, on=on or today(), today=today(), shell=report
        )
        show(sealed, as_json=as_json)
    elif look_name is not None:
        from payforsuccess.runs.study.look import look

        looked = look(
            deal,
            look_name,
            reader=_needed("--reader", reader),
            by=_needed("--by", by),
            on=on or today(),
            today=today(),
            as_of=as_of,
            to=to,
            tell=tell,
        )
        show(looked, as_json=as_json)
    elif exploratory is not None:
        from payforsuccess.runs.study.exploratory import explore

        show(explore(deal, exploratory, as_of=as_of, tell=tell), as_json=as_json)
    else:
        from payforsuccess.runs.run.deliver import evaluate

        found = evaluate(
            deal,
            as_of=as_of,
            to=to,
            report=report,
            small_numbers=small_numbers,
            release=release,
            tell=tell,
        )
        show(found, as_json=as_json)


def _refuse_unneeded(mode: str, options: dict[str, tuple[object, tuple[str, ...]]]) -> None:
    for name, (given, modes) in options.items():
        if given and mode not in modes:
            raise click.UsageError(f"{name} has no use with {mode}.")


def _needed(name: str, given: str | None) -> str:
    if given is None:
        raise click.UsageError(f"Give {name} too.")
    return given
