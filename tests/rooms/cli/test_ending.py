"""Every command ends in an exit code and plain sentences."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import click
import pytest

from payforsuccess.cli import ending
from payforsuccess.cli.command import Command
from payforsuccess.errors import Place, Problem, Refusal
from tests.lib.pfs import pfs

TWO = (
    Problem("900 is below 1,200.", "Raise it.", Place("deal.yaml", 41, 3, "payments[2].ceiling")),
    Problem("No payor pays.", "Name one."),
)


def program_that(does: object) -> click.Command:
    """A stand-in for the whole program."""

    @click.command("pfs", cls=Command)
    @click.option("--json", "as_json", is_flag=True)
    def stand_in(as_json: bool) -> int | None:
        if isinstance(does, BaseException):
            raise does
        return does if isinstance(does, int) else None

    return stand_in


@pytest.fixture
def does(monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    def set_program(what: object) -> None:
        monkeypatch.setattr(ending, "program", program_that(what))

    return set_program


def test_problems_are_shown_together_on_stderr_with_their_number(does) -> None:  # type: ignore[no-untyped-def]
    does(Refusal(TWO))
    done = pfs()

    assert done.code == 10
    assert done.out == ""
    assert done.err == (
        "deal.yaml:41  payments[2].ceiling\n"
        "  900 is below 1,200.\n"
        "  Raise it.\n"
        "\n"
        "No payor pays.\n"
        "Name one.\n"
        "\n"
        "2 problems.\n"
    )


def test_with_json_problems_go_to_stdout_as_json(does) -> None:  # type: ignore[no-untyped-def]
    does(Refusal(TWO))
    done = pfs("--json")

    assert done.code == 10
    assert done.err == ""
    assert isinstance(done.plain, dict)
    assert done.plain["problems"][0] == {
        "what": "900 is below 1,200.",
        "do": "Raise it.",
        "file": "deal.yaml",
        "line": 41,
        "column": 3,
        "field": "payments[2].ceiling",
    }


@pytest.mark.parametrize(
    ("what", "code"),
    [(None, 0), (0, 0), (10, 10), (KeyboardInterrupt(), 130), (BrokenPipeError(), 0)],
    ids=repr,
)
def test_a_plain_ending_has_its_exit_code(does, what: object, code: int) -> None:  # type: ignore[no-untyped-def]
    does(what)

    assert pfs().code == code


def test_trouble_with_a_file_is_a_problem_that_names_no_folder(does) -> None:  # type: ignore[no-untyped-def]
    does(OSError(28, "No space left on device", "/home/jane.doe/out/draft.json"))
    done = pfs()

    assert done.code == 10
    assert done.err.startswith("draft.json\n  The computer says: No space left on device.\n")
    assert "jane" not in done.err


def test_a_bug_shows_where_but_no_value(does, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.delenv(ending.SHOW_ALL, raising=False)
    does(ValueError("Jane Doe, born 1980-01-01"))
    done = pfs()

    assert done.code == 1
    assert "Jane" not in done.err
    assert "ValueError" in done.err
    assert "This is a bug of ours" in done.err


def test_a_package_of_the_extra_that_is_missing_is_named(does) -> None:  # type: ignore[no-untyped-def]
    does(ModuleNotFoundError("No module named 'duckdb'", name="duckdb"))
    done = pfs()

    assert done.code == 10
    assert "pip install 'payforsuccess[analysis]'" in done.err


def test_another_module_that_is_missing_is_a_bug(does) -> None:  # type: ignore[no-untyped-def]
    does(ModuleNotFoundError("No module named 'nowhere'", name="nowhere"))

    assert pfs().code == 1


def test_a_reader_who_closes_the_pipe_causes_no_complaint() -> None:
    command = [sys.executable, "-c", "from payforsuccess.cli import main; main()", "schema"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.read(10)
        process.stdout.close()
        complaint = process.stderr.read()

    assert complaint == b""
    assert process.returncode == 0


def test_what_was_promised_for_the_end_is_done_before_the_process_leaves_at_once() -> None:
    promised = (
        "import atexit; from payforsuccess.cli import main; atexit.register(print, 'done'); main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", promised, "check", "nowhere.yaml"], capture_output=True, text=True
    )

    assert done.stdout.endswith("done\n")
    assert "There is no such file." in done.stderr
    assert done.returncode == 10


INPUTS = {
    "missing": "There is no such file.",
    "empty-folder": "There is no deal.yaml in this folder.",
    "latin.yaml": "UTF-8",
    "binary.yaml": "",
    "empty.yaml": "",
}


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    (tmp_path / "empty-folder").mkdir()
    (tmp_path / "latin.yaml").write_bytes("deal: Caf\xe9\n".encode("latin-1"))
    (tmp_path / "binary.yaml").write_bytes(bytes(range(256)))
    (tmp_path / "empty.yaml").write_bytes(b"")
    return tmp_path


@pytest.mark.parametrize("name", INPUTS)
@pytest.mark.parametrize(
    "command",
    [
        ["check", "DEAL"],
        ["explain", "DEAL"],
        ["diff", "DEAL", "DEAL"],
        ["migrate", "DEAL"],
        ["pay", "DEAL", "--period", "1"],
        ["run", "DEAL"],
    ],
    ids=lambda command: command[0],
)
def test_input_that_is_no_deal_is_a_problem_never_a_bug(
    inputs: Path, command: list[str], name: str
) -> None:
    done = pfs(*(inputs / name if word == "DEAL" else word for word in command))

    assert done.code == 10
    assert INPUTS[name] in done.err
    assert done.err.endswith(("1 problem.\n", "problems.\n"))


@pytest.mark.parametrize("name", INPUTS)
@pytest.mark.parametrize(
    "command",
    [["statement", "show"], ["statement", "issue"], ["bundle"]],
    ids=lambda command: command[-1],
)
def test_without_a_statement_there_is_nothing_to_show(
    inputs: Path, command: list[str], name: str
) -> None:
    assert pfs(*command, inputs / name).code == 10


@pytest.mark.parametrize("device", ["/dev/zero", "/dev/null"])
def test_a_device_is_no_file(device: str) -> None:
    done = pfs("check", device)

    assert done.code == 10
    assert "This is a device." in done.err


@pytest.mark.parametrize("command", ["verify", "replay"])
def test_a_file_of_another_kind_is_a_problem(inputs: Path, command: str) -> None:
    assert pfs(command, inputs / "binary.yaml").code == 10
