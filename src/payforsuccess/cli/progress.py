"""How far long work has come, on stderr, and only when a person is watching."""

from __future__ import annotations

import sys

import click

WIPE = "\r\x1b[2K"
"""Back to the start of the line, and empty it."""
_open_line: list[str] = []


def tell(sentence: str) -> None:
    """One line about what is going on."""
    if sys.stderr.isatty():
        wipe()
        click.echo(click.style(f"  {sentence}", dim=True), err=True)


def count(task: str, done: int, of: int) -> None:
    """One line that is written over as work goes on, and wiped when it is done."""
    if not sys.stderr.isatty():
        return
    wipe()
    if done < of:
        so_far = f", {done:,} of {of:,}" if done else ""
        click.echo(f"  {task}{so_far}", err=True, nl=False)
        _open_line.append(task)


def wipe() -> None:
    """Take away a line that was left open, before anything else is printed."""
    if _open_line:
        _open_line.clear()
        click.echo(WIPE, err=True, nl=False)
