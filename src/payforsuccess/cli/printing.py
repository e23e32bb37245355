"""What is printed: results as text or JSON on stdout, problems and progress on stderr."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

import click

from payforsuccess.cli.plain import as_plain
from payforsuccess.cli.progress import wipe
from payforsuccess.errors import Problem


def show(result: object, *, as_json: bool = False) -> None:
    """A result as its own text, or as JSON that a program can read."""
    wipe()
    if as_json:
        click.echo(json.dumps(as_plain(result), ensure_ascii=False, indent=2))
    else:
        click.echo(str(result).rstrip("\n"))


def show_problems(problems: Sequence[Problem], *, as_json: bool = False) -> None:
    """Every problem on stderr and their number; as JSON they go to stdout instead."""
    wipe()
    if as_json:
        click.echo(json.dumps({"problems": as_plain(problems)}, ensure_ascii=False, indent=2))
        return
    for problem in problems:
        click.echo("\n".join(_lines(problem)) + "\n", err=True)
    click.echo(counted(len(problems), "problem") + ".", err=True)


def counted(number: int, thing: str) -> str:
    """`1 problem`, `2 problems`."""
    return f"{number} {thing}{'' if number == 1 else 's'}"


def _lines(problem: Problem) -> Iterable[str]:
    """Place, what is wrong, what to do; without a place the sentences stand alone."""
    if str(problem.where):
        return str(problem).splitlines()
    return [*problem.what.splitlines(), *problem.do.splitlines()]
