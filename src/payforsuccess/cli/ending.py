"""How every command ends: an exit code and a plain message, never a traceback for bad input."""

from __future__ import annotations

import contextlib
import os
import sys
import traceback
from collections.abc import Sequence

import click

from payforsuccess.cli.printing import show_problems
from payforsuccess.cli.program import program
from payforsuccess.errors import EXIT_BUG, EXIT_FINE, EXIT_PROBLEMS, EXIT_USAGE, Place, Problem

EXIT_STOPPED = 130
"""Ctrl-C, as shells have it."""
OF_THE_EXTRA = {"duckdb", "ibis", "lifelines", "matplotlib", "numpy", "pyarrow", "scipy"}
"""Packages of the extra `analysis`, which the plain install does without."""
SHOW_ALL = "PFS_TRACEBACK"
"""Set in the environment, a bug prints its whole traceback, which may hold values of the input."""


def run_to_the_end(arguments: Sequence[str]) -> int:
    """Run the program and give its exit code."""
    _print_what_the_terminal_cannot()
    try:
        code = _run(arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever reads us has closed the pipe (`pfs explain deal | head`) and knows enough.
        _let_nothing_more_be_written()
        return EXIT_FINE
    except OSError as error:
        show_problems([_problem_of(error)])
        return EXIT_PROBLEMS
    return code


def _run(arguments: Sequence[str]) -> int:
    try:
        code = program.main(list(arguments), prog_name="pfs", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return EXIT_USAGE
    except (KeyboardInterrupt, click.Abort):
        click.echo("\nStopped.", err=True)
        return EXIT_STOPPED
    except OSError:
        raise
    except ModuleNotFoundError as error:
        package = (error.name or "").partition(".")[0]
        if package not in OF_THE_EXTRA:
            _show_bug(error)
            return EXIT_BUG
        show_problems([_not_installed(package)])
        return EXIT_PROBLEMS
    except Exception as error:
        _show_bug(error)
        return EXIT_BUG
    return code if isinstance(code, int) else EXIT_FINE


def _problem_of(error: OSError) -> Problem:
    """What went wrong with a file, by its last name only: a whole path may name a person."""
    name = os.path.basename(str(error.filename)) if error.filename else ""
    reason = error.strerror or type(error).__name__
    return Problem(f"The computer says: {reason}.", "Look at the file or folder.", Place(name))


def _not_installed(package: str) -> Problem:
    return Problem(
        f"This needs the package {package}, which is not installed.",
        "Install what goes from records to results: pip install 'payforsuccess[analysis]'.",
    )


def _show_bug(error: Exception) -> None:
    """Where the program went wrong. Without its values, since they may be a person's."""
    if os.environ.get(SHOW_ALL):
        traceback.print_exception(error)
    else:
        for frame in traceback.extract_tb(error.__traceback__)[-8:]:
            name = "/".join(frame.filename.replace(os.sep, "/").split("/")[-3:])
            click.echo(f"  {name}:{frame.lineno} in {frame.name}", err=True)
        click.echo(f"  {type(error).__name__}", err=True)
    click.echo(
        "This is a bug of ours, not a mistake of yours. Please report the lines above and the "
        f"command.\nWith {SHOW_ALL}=1 in the environment everything is shown; that may hold data.",
        err=True,
    )


def _print_what_the_terminal_cannot() -> None:
    """Print a stand-in for a character that the terminal does not have, rather than fail."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError, OSError):
            stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]


def _let_nothing_more_be_written() -> None:
    """Keep Python from complaining, when it ends, that the pipe is closed."""
    with contextlib.suppress(AttributeError, OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
