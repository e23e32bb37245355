"""The table from which `pfs --help` is made, and the commands themselves, say the same."""

from __future__ import annotations

import pkgutil
import re

import click
import pytest

from payforsuccess import __version__
from payforsuccess.cli import commands
from payforsuccess.cli.program import program
from payforsuccess.cli.table import ENTRIES
from tests.lib.pfs import pfs

JARGON = re.compile(r"\b(tick|spell|trait|half-open|fingerprint)s?\b", re.IGNORECASE)


def every_command() -> list[tuple[str, click.Command]]:
    """Each command and subcommand with its full name."""
    found: list[tuple[str, click.Command]] = []
    for name in ENTRIES:
        command = program.get_command(click.Context(program), name)
        assert command is not None
        found.append((name, command))
        if isinstance(command, click.Group):
            found += [(f"{name} {sub}", each) for sub, each in command.commands.items()]
    return found


def test_the_table_lists_every_command_and_no_other() -> None:
    modules = {module.name for module in pkgutil.iter_modules(commands.__path__)}

    assert modules == {name.replace("-", "_") for name in ENTRIES}


@pytest.mark.parametrize("name", ENTRIES)
def test_the_line_in_the_help_is_the_first_sentence_of_the_command(name: str) -> None:
    command = program.get_command(click.Context(program), name)
    assert command is not None and command.help is not None

    assert command.help.partition("\n\n")[0].replace("\n", " ") == ENTRIES[name].says
    assert command.name == name


def test_help_lists_every_command_once_by_the_life_of_a_deal() -> None:
    done = pfs("--help")
    listed = re.findall(r"^  ([a-z][a-z-]*)  ", done.out, re.MULTILINE)

    assert done.code == 0
    assert listed == list(ENTRIES)


@pytest.mark.parametrize(("name", "command"), every_command(), ids=lambda value: str(value))
def test_each_command_says_what_it_does_in_plain_words(name: str, command: click.Command) -> None:
    done = pfs(*name.split(), "--help")

    assert done.code == 0
    assert not JARGON.search(done.out)
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, f"{name} {parameter.name}"


def test_the_version_is_that_of_the_package() -> None:
    assert pfs("--version").out == f"pfs {__version__}\n"


def test_a_wrong_command_gets_the_nearest_and_exit_code_2() -> None:
    done = pfs("chek")

    assert done.code == 2
    assert "There is no command `chek`. Did you mean `check`?" in done.err
    assert done.out == ""


def test_a_wrong_option_is_wrong_usage() -> None:
    assert pfs("pay", ".", "--perod", "1").code == 2
