"""Who looked at the checks before a determination, and on which measurement they were made.

`out/checks/checks.json` has what was looked for last; `out/checks/looked.json` who read it.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from payforsuccess.errors import Problem, Refusal, sentence
from payforsuccess.runs.files import json_bytes, locked, read_bytes, read_json, write_whole
from payforsuccess.runs.folder import DealFolder
from payforsuccess.runs.statement.run_behind import newest_run
from payforsuccess.trail import fingerprint_bytes

CHECKS = "checks.json"
LOOKED = "looked.json"


@dataclass(frozen=True)
class Looked:
    """One person's look: at which checks, by their checksum, and of which measurement (a run)."""

    by: str
    on: date
    run: str
    checks: str


@dataclass(frozen=True)
class ChecksMade:
    """The checks that were made last. run: the newest measurement when they were begun."""

    run: str
    checksum: str


def checks_made(folder: DealFolder) -> ChecksMade | None:
    """What was looked for last; None before the first time."""
    path = _file(folder, CHECKS)
    if not path.is_file():
        return None
    plain = read_json(path)
    assert isinstance(plain, dict)
    return ChecksMade(str(plain.get("run", "")), fingerprint_bytes(read_bytes(path)))


def are_of_newest(folder: DealFolder) -> bool:
    """Whether the checks were made on the measurement that would be signed now."""
    made, run = checks_made(folder), newest_run(folder)
    return made is not None and run is not None and made.run == run.name


def looks(folder: DealFolder) -> tuple[Looked, ...]:
    """Every look on record, in order."""
    path = _file(folder, LOOKED)
    if not path.is_file():
        return ()
    plain = read_json(path)
    assert isinstance(plain, dict)
    return tuple(
        Looked(each["by"], date.fromisoformat(each["on"]), each["run"], each["checks"])
        for each in plain["looked"]
    )


def look_at_newest(folder: DealFolder) -> Looked | None:
    """The last look at checks on the measurement that would be signed now; None without one."""
    run = newest_run(folder)
    found = [each for each in looks(folder) if run is not None and each.run == run.name]
    return found[-1] if found else None


def note_look(folder: DealFolder, *, by: str, on: date, seen: str) -> Looked:
    """Put on record that someone read the checks on the newest measurement; once a day.

    seen: the checksum of the checks that were read. Refuses others, and checks of a measurement
    that is no longer the newest.
    """
    with locked(folder.out / "checks"):
        made = checks_made(folder)
        if made is None or not are_of_newest(folder):
            raise Refusal(
                Problem(
                    sentence("The checks were not made on the newest measurement."),
                    sentence("Look again, and then read them."),
                )
            )
        if made.checksum != seen:
            raise Refusal(
                Problem(
                    sentence("The checks changed since you looked."),
                    sentence("Read them again, and then say so."),
                )
            )
        before = looks(folder)
        look = Looked(by, on, made.run, made.checksum)
        if look not in before:
            plain = [{**asdict(each), "on": each.on.isoformat()} for each in (*before, look)]
            content = json_bytes({"format": 1, "looked": plain})
            write_whole(_file(folder, LOOKED), content, mode=0o600)
    return look


def _file(folder: DealFolder, name: str) -> Path:
    return folder.out / "checks" / name
