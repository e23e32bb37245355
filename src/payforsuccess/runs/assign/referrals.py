"""Referrals to draw: from a file, or one named on the command line."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from payforsuccess.errors import Place, Problem, Refusal
from payforsuccess.evaluation.lottery.drawing import Referral
from payforsuccess.evaluation.lottery.terms import LotteryTerms
from payforsuccess.runs.table_file import TableRow, read_table
from payforsuccess.trail import is_fingerprint

REQUIRED = ("person", "referred_on")
OPTIONAL = ("identifiers",)
SHEET = "referrals"
NO_PLACE = Place()
_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}", re.ASCII)
_LIKE_A_NUMBER_OF_THE_STATE = re.compile(
    r"[A-Za-z]*[-_]?\d{3}[-_]?\d{2}[-_]?\d{4}[-_]?[A-Za-z]*", re.ASCII
)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def key_problems(key: str, what: str, where: Place = NO_PLACE) -> list[Problem]:
    """Why a text is no pseudonymous key; never shows it."""
    if not _KEY.fullmatch(key):
        return [
            Problem(
                f"{what} is no pseudonymous key.",
                "Write up to 64 letters, digits, hyphens and underscores, drawn at random: no name "
                "and no address.",
                where,
            )
        ]
    if _LIKE_A_NUMBER_OF_THE_STATE.fullmatch(key):
        return [
            Problem(
                f"{what} looks like a Social Security number.",
                "Write a key drawn at random.",
                where,
            )
        ]
    return []


def read_referrals(path: Path, terms: LotteryTerms) -> tuple[Referral, ...]:
    """The referrals of a file, one row a person, in the order of its rows.

    Columns: `person`, `referred_on`, each fact of the plan's strata and its cluster, and, if
    needed, `identifiers`. Refuses with every fault, by row; no cell is shown.
    """
    problems: list[Problem] = []
    rows = read_table(
        path, (*REQUIRED, *terms.facts), sheet=SHEET, problems=problems, optional=OPTIONAL
    )
    found = [_referral(row, terms, problems) for row in rows]
    if problems:
        raise Refusal(problems)
    return tuple(each for each in found if each is not None)


def named_referral(person: str, facts: Sequence[str], *, referred_on: date) -> Referral:
    """One referral of a day, its facts as `name=value`."""
    problems = key_problems(person, "The person")
    told: dict[str, str] = {}
    for fact in facts:
        name, is_given, value = fact.partition("=")
        if not is_given or name.strip() in told:
            problems.append(
                Problem("A fact is not written as name=value, once.", "Write site=north.")
            )
        told[name.strip()] = value.strip()
    if problems:
        raise Refusal(problems)
    return Referral(person, referred_on, told)


def unknown_facts(facts: Mapping[str, str], terms: LotteryTerms) -> list[Problem]:
    """Facts that the plan does not ask for: a slip, or more than the draw may know."""
    return [
        Problem(
            f"The plan draws by no fact called {name}.",
            f"Give: {', '.join(terms.facts) or 'none'}.",
        )
        for name in facts
        if name not in terms.facts
    ]


def _referral(row: TableRow, terms: LotteryTerms, problems: list[Problem]) -> Referral | None:
    before = len(problems)
    if row["person"]:
        problems += key_problems(row["person"], "`person`", row.place)
    day = day_in(row["referred_on"])
    if row["referred_on"] and day is None:
        problems.append(
            Problem("`referred_on` is not a day.", "Write one such as 2026-07-01.", row.place)
        )
    identifiers = row["identifiers"] or None
    if identifiers is not None and not is_fingerprint(identifiers):
        problems.append(
            Problem(
                "`identifiers` is not a checksum.",
                "Have the referring office make it (pfs assign checksums); never write the "
                "identifiers.",
                row.place,
            )
        )
    if cluster := (row[terms.cluster] if terms.cluster else ""):
        problems += key_problems(cluster, f"`{terms.cluster}`", row.place)
    if len(problems) > before or day is None or not row["person"]:
        return None
    facts = {fact: row[fact] for fact in terms.facts}
    return Referral(row["person"], day, facts, identifiers, row.place)


def day_in(text: str) -> date | None:
    """The day that a cell says, year-month-day; None where it says none."""
    if not _DAY.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
