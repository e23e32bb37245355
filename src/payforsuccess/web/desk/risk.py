"""Dollars at risk of the newest run, and the checks that a validator reads: from their files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from payforsuccess.runs.files import read_json
from payforsuccess.runs.folder import open_folder
from payforsuccess.runs.record import RECORD, read_record
from payforsuccess.runs.statement.run_behind import newest_run
from payforsuccess.runs.track.looked import CHECKS
from payforsuccess.web.initiatives.models import Initiative

AT_RISK = "dollars-at-risk.json"


@dataclass(frozen=True)
class Risk:
    """What is due, and the least and most it could be under other matches, in minor units."""

    currency: str
    due: int
    least: int
    most: int
    thresholds: tuple[tuple[str, int | None], ...]


def risk_of(initiative: Initiative, links: str) -> Risk | None:
    """Of the newest run; None where it told none, or rests on another match than `links`."""
    run = newest_run(open_folder(initiative.path))
    if run is None or not (run / AT_RISK).is_file():
        return None
    if links not in {each.fingerprint for each in read_record(run / RECORD).inputs}:
        return None
    plain = read_json(run / AT_RISK)
    assert isinstance(plain, dict)
    return Risk(
        plain["currency"],
        plain["due"],
        plain["least"],
        plain["most"],
        tuple((at["threshold"], at["due"]) for at in plain["thresholds"]),
    )


@dataclass(frozen=True)
class CheckShown:
    """One check: what was looked at and what it stands beside, each with count and range."""

    name: str
    stands_out: bool
    looked_at: str
    beside: str
    not_checked: str


@dataclass(frozen=True)
class ChecksShown:
    """All checks, and the day through which the records reach."""

    through: date
    checks: tuple[CheckShown, ...]


def checks_of(initiative: Initiative) -> ChecksShown | None:
    """What was looked for last; None before the first time."""
    path = initiative.path / "out" / "checks" / CHECKS
    if not path.is_file():
        return None
    plain = read_json(path)
    assert isinstance(plain, dict)
    return ChecksShown(
        date.fromisoformat(plain["through"]),
        tuple(
            CheckShown(
                check["name"],
                check["stands_out"],
                _share(check["looked_at"]),
                _share(check["beside"]),
                check["not_checked"].split(";")[0],  # after it comes advice for the command line
            )
            for check in plain["checks"]
        ),
    )


def _share(plain: dict[str, object] | None) -> str:
    """The share as a sentence: so many of so many, with the range."""
    if plain is None:
        return ""
    count, of, ends = plain["count"], plain["of"], plain["interval"]
    assert isinstance(count, int) and isinstance(of, int)
    if not isinstance(ends, list):
        return f"{plain['says']}: 0 / 0"
    return f"{plain['says']}: {count:,} / {of:,}, {count / of:.0%} ({ends[0]:.0%} – {ends[1]:.0%})"
