"""What verifying asks of each statement: determined results, and amounts that come out again."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from payforsuccess.deal.reading import read_deal as deal_from_text
from payforsuccess.deal.results import Determination, ResultUsed, Statement
from payforsuccess.errors import Refusal
from payforsuccess.payments.facts import (
    left_as_stated,
    old_book,
    stated_before,
    used_by_payors,
)
from payforsuccess.payments.history import DealHistory, put_in_order
from payforsuccess.payments.line import used_fingerprint
from payforsuccess.payments.people import People, people_fingerprint
from payforsuccess.payments.replay import Replay, replay
from payforsuccess.payments.statement_lines import payors_of
from payforsuccess.runs.measure.people_rows import people_from_csv, read_people


@dataclass(frozen=True)
class Check:
    """One thing that was checked, and what was found."""

    says: str
    holds: bool
    found: str = ""

    def __str__(self) -> str:
        return f"{'holds' if self.holds else 'FAILS'}  {self.says}" + (
            f": {self.found}" if self.found else ""
        )


def determined(
    statement: Statement, records: Sequence[Determination], *, in_full: bool
) -> list[Check]:
    """Each result that was used is what the determination it names states.

    A later determination may have superseded that one; this is no fault of the statement. One
    check for each result with `in_full`, else one for all.
    """
    checks = [_determined(used, records) for used in statement.results]
    if in_full:
        return checks
    wrong = "; ".join(f"{check.says}: {check.found}" for check in checks if not check.holds)
    said = f"every result of statement {statement.number} is what its determination states"
    return [Check(said, not wrong, wrong)]


def _determined(used: ResultUsed, records: Sequence[Determination]) -> Check:
    said = f"`{used.outcome}` in {used.slot}" + (f", cohort {used.cohort}" if used.cohort else "")
    if used.standing != "determined" or used.result is None:
        return Check(f"{said} is determined", False, "it is provisional")
    named = [
        result
        for record in records
        if record.number == used.determination and used.determined in (None, record.fingerprint)
        for result in record.results
        if result.slot == used.result.slot
    ]
    later = [record.number for record in records if record.supersedes == used.determination]
    since = f" (since superseded by {later[0]})" if later else ""
    holds = named == [used.result]
    return Check(
        f"{said} is what determination {used.determination} states{since}",
        holds,
        "" if holds else "the determination states another value or none, or was exchanged",
    )


def recomputed(files: dict[str, bytes], statements: Sequence[Statement]) -> list[Check]:
    """Each statement's amounts, recomputed from its own results under its own versions."""
    try:
        names = [name for name in sorted(files) if name.startswith("deal/")]
        versions = [deal_from_text(files[name], file=name) for name in names]
        history = put_in_order(versions) if versions else None
    except Refusal as refusal:
        return [Check("the deal can be read", False, refusal.problems[0].what)]
    if history is None:
        return [Check("the deal can be read", False, "there is none in the bundle")]
    checks: list[Check] = []
    for at in range(len(statements)):
        checks += _statement(files, statements[: at + 1], history)
    return checks


def _statement(
    files: dict[str, bytes], statements: Sequence[Statement], history: DealHistory
) -> list[Check]:
    """The checks of the last of the statements; the others are those before it."""
    statement, number = statements[-1], statements[-1].number
    known = {version.in_force_from: version.terms_fingerprint for version in history.versions}
    wanted = {used.in_force_from: used.fingerprint for used in statement.versions}
    same = bool(wanted) and all(known.get(day) == terms for day, terms in wanted.items())
    checks = [Check(f"statement {number} was made under the deal in this bundle", same)]
    if not same:
        return checks
    said = f"statement {number} can be recomputed"
    if not 1 <= statement.period <= history.schedule.count:
        return [*checks, Check(said, False, "the deal has no such period")]
    before = stated_before(statements)
    try:
        people = _people(files, number)
        if statement.people_fingerprint is not None or people is not None:
            checks.append(
                Check(
                    f"the rows by person of statement {number} are unchanged",
                    people is not None
                    and people_fingerprint(people) == statement.people_fingerprint,
                )
            )
        replayed = replay(
            put_in_order([v for v in history.versions if v.in_force_from in wanted]),
            old_book(statement),
            people,
            through=statement.period,
            as_of=statement.as_of,
            pinned=left_as_stated(statement, before),
        )
    except Refusal as refusal:
        return [*checks, Check(said, False, refusal.problems[0].what)]
    read = {
        (used.outcome, used.when, used.cohort): used_fingerprint(used)
        for line in replayed.lines.values()
        for used in line.used
    }
    listed = {(used.outcome, used.slot, used.cohort): used.inputs for used in statement.results}
    checks.append(
        Check(f"the results that statement {number} lists are those it pays on", read == listed)
    )
    keys = sorted({*before, *replayed.lines})
    wrong = [key for key in keys if replayed.amount(*key) != before.get(key, 0)]
    found = "; ".join(
        f"{term} in period {period}: {replayed.amount(period, term)} recomputed, "
        f"{before.get((period, term), 0)} stated (minor units)"
        for period, term in wrong
    )
    lines = f"{len(keys)} line{'' if len(keys) == 1 else 's'} to date"
    checks.append(
        Check(f"every amount of statement {number} comes out again ({lines})", not wrong, found)
    )
    total = sum(line.amount for line in statement.lines)
    payors = sum(p.amount + p.unfunded for line in statement.lines for p in line.payors)
    checks.append(
        Check(
            f"the lines and the payors' parts of statement {number} add up to its total",
            total == statement.total == payors,
        )
    )
    other = _other_parts(statements, replayed, history)
    checks.append(
        Check(f"each payor's part of statement {number} comes out again", not other, other)
    )
    return checks


def _other_parts(statements: Sequence[Statement], replayed: Replay, history: DealHistory) -> str:
    """The lines whose payors' parts come out otherwise; empty when none does."""
    *earlier, statement = statements
    used = used_by_payors(earlier)
    wrong: list[str] = []
    for line in sorted(statement.lines, key=lambda line: line.cause is None):
        if not 1 <= line.period <= history.schedule.count:
            return f"there is no period {line.period}"
        key = (line.period, line.term)
        found = replayed.lines.get(key)
        deal = (
            found.deal
            if found is not None
            else history.governing(history.schedule.period(line.period))
        )
        parts = payors_of(
            key,
            line.amount,
            is_correction=line.cause is not None,
            deal=deal,
            earlier=earlier,
            used=used,
        )
        if parts != line.payors:
            wrong.append(f"{line.term} in period {line.period}")
        for part in line.payors:
            used[part.payor] = used.get(part.payor, 0) + part.amount
    return "; ".join(wrong)


def _people(files: dict[str, bytes], number: int) -> People | None:
    """The rows by person beside a statement."""
    for suffix in (".csv", ".parquet"):
        name = f"statements/{number:04d}/people{suffix}"
        content = files.get(name)
        if content is None:
            continue
        if suffix == ".csv":
            return people_from_csv(content, file=name)
        with tempfile.TemporaryDirectory() as folder:
            kept = Path(folder) / "people.parquet"
            kept.write_bytes(content)
            return read_people(kept)[0]
    return None
