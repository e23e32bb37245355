"""How far long work has come, on stderr, and only when a person is watching."""

from __future__ import annotations

import sys

import click


def tell(sentence: str) -> None:
    """One line about what was just done."""
    if sys.stderr.isatty():
        click.echo(click.style(f"  {sentence}", dim=True), err=True)


def count(task: str, done: int, of: int) -> None:
    """One line that is written over as work goes on, and wiped when it is done."""
    if not sys.stderr.isatty():
        return
    finished = done >= of
    text = "" if finished else f"  {task}" + (f", {done:,} of {of:,}" if done else "")
    click.echo(f"\r\x1b[2K{text}", err=True, nl=False)
