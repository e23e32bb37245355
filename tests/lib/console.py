"""Pages of the documentation as sessions: each command is run, and what it prints is compared.

A page's `console` blocks run one after the other in a folder of the page's own. A line that begins
with `$ ` is a command; what follows is what it prints. Where nothing follows, only its success
counts. A line of three dots stands for any lines. Two comments steer it:

    <!-- file: results.yaml -->         the next block is written to this file
    <!-- not run: it takes minutes -->  the next block is only shown, for this reason
    <!-- copy: examples/a-deal -->      this folder of the repository is put into the page's own
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from payforsuccess.cli.ending import run_to_the_end

COPY = re.compile(r"^<!-- copy: (?P<name>.+?) -->$", re.MULTILINE)
ROOT = Path(__file__).resolve().parents[2]
BLOCK = re.compile(
    r"^(?:<!-- (?P<mark>file|not run): (?P<value>.+?) -->\n)?"
    r"(?P<fence>`{3,})(?P<language>\w+)[^\n]*\n(?P<body>.*?)^(?P=fence)$",
    re.MULTILINE | re.DOTALL,
)
ANY_LINES = "..."
# A checksum is of everything, the version of the program too; the docs show one as it once was.
VARIES = (
    (re.compile(r"sha256:[0-9a-f]{64}"), "sha256:(a checksum)"),
    (re.compile(r"\brun-[0-9a-f]{12}\b"), "run-(a checksum)"),
)
SHELL_SIGNS = re.compile(r"[|<>;&*$`]")


@dataclass(frozen=True)
class Call:
    """One command of a page and what the page says it prints."""

    command: str
    printed: str
    line: int


@dataclass(frozen=True)
class Written:
    """A file that the page puts into its folder."""

    name: str
    text: str


@dataclass(frozen=True)
class Copied:
    """A folder of the repository that the page works on."""

    name: str


@dataclass(frozen=True)
class Answer:
    """What a command printed, stdout and stderr together, and its exit code."""

    printed: str
    code: int


def steps_of(text: str) -> Iterator[Call | Written | Copied]:
    """The commands and files of a page, in its order; folders are copied before anything else."""
    for copy in COPY.finditer(text):
        yield Copied(copy["name"])
    for block in BLOCK.finditer(text):
        mark, body = block["mark"], block["body"]
        if mark == "file":
            yield Written(block["value"], body)
        elif mark != "not run" and block["language"] == "console":
            yield from _calls(body, text.count("\n", 0, block.start("body")) + 1)


def _calls(body: str, first_line: int) -> Iterator[Call]:
    command, printed, at = "", [], 0
    for number, line in enumerate(body.splitlines()):
        if command.endswith("\\"):
            command = command[:-1] + line.removeprefix(">").strip()
        elif "<<END" in command and not command.endswith("\nEND"):
            command += "\n" + line.removeprefix("> ")
        elif line.startswith("$ "):
            if command:
                yield Call(command, "\n".join(printed), at)
            command, printed, at = line[2:], [], first_line + number
        else:
            printed.append(line)
    if command:
        yield Call(command, "\n".join(printed), at)


class Session:
    """Runs commands in a folder as a shell would; `pfs` runs within this process, to be quick."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.last_code = 0

    def prepared(self, step: Call | Written | Copied) -> Call | None:
        """The step if it is a command; a file or folder is put in place, and there is none."""
        if isinstance(step, Call):
            return step
        path = self.folder / step.name
        if isinstance(step, Written):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(step.text, "utf-8")
        else:  # without what runs wrote there
            source = ROOT / step.name
            shutil.copytree(source, self.folder / source.name, ignore=shutil.ignore_patterns("out"))
        return None

    def run(self, command: str) -> Answer:
        """Run one command."""
        if command.split()[0] == "cd":
            self.folder = (self.folder / command.split()[1]).resolve()
            return Answer("", 0)
        if command == "echo $?":
            return Answer(str(self.last_code), 0)
        is_ours = command.startswith("pfs ") and not SHELL_SIGNS.search(command)
        answer = self._within(command) if is_ours else self._in_a_shell(command)
        self.last_code = answer.code
        return answer

    def _within(self, command: str) -> Answer:
        out = io.StringIO()
        with (
            contextlib.chdir(self.folder),
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(out),
        ):
            code = run_to_the_end(shlex.split(command)[1:])
        return Answer(out.getvalue().rstrip("\n"), code)

    def _in_a_shell(self, command: str) -> Answer:
        ours = (
            f'pfs() {{ "{sys.executable}" -c "from payforsuccess.cli import main; main()" "$@"; }}'
        )
        package = Path(sys.modules["payforsuccess"].__file__ or "").parents[1]
        done = subprocess.run(
            ["bash", "-c", f"{ours}\n{command}"],
            cwd=self.folder,
            env={**os.environ, "PYTHONPATH": str(package)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        return Answer(done.stdout.rstrip("\n"), done.returncode)


def is_printed(expected: str, found: str) -> bool:
    """Whether the page shows what was printed, but for checksums and lines left out."""
    wanted = [_plain(line) for line in expected.strip("\n").splitlines()]
    lines = [_plain(line) for line in found.strip("\n").splitlines()]
    return _matches(wanted, lines)


def _plain(line: str) -> str:
    for pattern, stand_in in VARIES:
        line = pattern.sub(stand_in, line)
    return line.rstrip()


def _matches(wanted: list[str], lines: list[str]) -> bool:
    if not wanted:
        return not lines
    if wanted[0] == ANY_LINES:
        return any(_matches(wanted[1:], lines[start:]) for start in range(len(lines) + 1))
    return bool(lines) and wanted[0] == lines[0] and _matches(wanted[1:], lines[1:])
