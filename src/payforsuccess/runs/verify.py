"""Re-check a bundle: recompute every statement in it from what lies beside it."""

from __future__ import annotations

import io
import json
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from payforsuccess.deal.reading import read_deal as deal_from_text
from payforsuccess.deal.results import Determination, Statement
from payforsuccess.errors import Place, Problem, Refusal
from payforsuccess.payments.history import put_in_order
from payforsuccess.payments.people import People, people_fingerprint
from payforsuccess.payments.replay import replay
from payforsuccess.payments.statement import old_book, stated_before
from payforsuccess.runs.files import read_bytes
from payforsuccess.runs.people_rows import LARGEST, people_from_csv, read_people
from payforsuccess.units import money_text

Record = TypeVar("Record", Determination, Statement)
MOST_FILES = 5_000
MOST_BYTES = LARGEST


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


@dataclass(frozen=True)
class Verification:
    """Every check of a bundle."""

    statement: Statement
    checks: tuple[Check, ...]

    @property
    def holds(self) -> bool:
        """Whether every check holds."""
        return all(check.holds for check in self.checks)

    def __str__(self) -> str:
        s = self.statement
        end = (
            f"Statement {s.number} of {s.deal}, {money_text(s.total, s.currency, code=True)}: "
            + ("every check holds." if self.holds else "DO NOT RELY ON IT; see the checks above.")
        )
        return "\n".join([*map(str, self.checks), end])

    __repr__ = __str__


def verify(path: Path | str) -> Verification:
    """Recompute the statement in a bundle and compare it, amount by amount.

    Checks each file's fingerprint, the chains of statements and determinations, that each result
    used is the determined one, and that the replay under the deal's versions gives each amount.
    A file that is no bundle is refused; a bundle that does not check out is an answer.
    """
    files = _open(Path(path))
    where = Place(str(path))
    manifest = _json(files, "manifest.json", where)
    number = manifest.get("statement")
    if manifest.get("format") != 1 or not isinstance(number, int):
        raise _no_bundle(where)
    statements = [
        _record(Statement, files, f"statements/{at:04d}/statement.json", "statement", where)
        for at in range(1, number + 1)
    ]
    determinations = [
        _record(Determination, files, name, "determination", where)
        for name in sorted(files)
        if name.startswith("determinations/")
    ]
    if not statements:
        raise _no_bundle(where)
    checks = [
        *_fingerprints("statement", [(s.fingerprint, f, s.previous) for s, f in statements]),
        *_fingerprints(
            "determination", [(d.fingerprint, f, d.previous) for d, f in determinations]
        ),
    ]
    last = statements[-1][0]
    checks.append(
        Check(
            "the statement is the one the bundle is for",
            last.fingerprint == manifest.get("fingerprint"),
        )
    )
    checks += _determined(last, [record for record, _ in determinations])
    checks += _recomputed(files, [statement for statement, _ in statements], where)
    return Verification(last, tuple(checks))


def _open(path: Path) -> dict[str, bytes]:
    content = read_bytes(path, largest=MOST_BYTES)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            whole = sum(entry.file_size for entry in entries)
            if (
                len(entries) > MOST_FILES
                or whole > MOST_BYTES
                or whole > 200 * len(content) + 1_000_000
            ):
                raise Refusal(
                    Problem(
                        "The file unpacks to more than a bundle can hold.",
                        "Ask for it again from its sender.",
                        Place(str(path)),
                    )
                )
            return {entry.filename: archive.read(entry) for entry in entries}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError):
        raise _no_bundle(Place(str(path))) from None


def _no_bundle(where: Place) -> Refusal:
    return Refusal(
        Problem(
            "This is no bundle, or it is damaged.",
            "A bundle is made with `pfs bundle`; ask for it again.",
            where,
        )
    )


def _json(files: dict[str, bytes], name: str, where: Place) -> dict[str, object]:
    try:
        plain = json.loads(files[name])
    except (KeyError, ValueError, RecursionError):
        raise _no_bundle(where) from None
    if not isinstance(plain, dict):
        raise _no_bundle(where)
    return plain


def _record(
    model: type[Record], files: dict[str, bytes], name: str, key: str, where: Place
) -> tuple[Record, object]:
    plain = _json(files, name, where)
    try:
        return model.model_validate(plain.get(key)), plain.get("fingerprint")
    except ValidationError:
        raise _no_bundle(where) from None


def _fingerprints(what: str, links: list[tuple[str, object, str | None]]) -> list[Check]:
    """Each record is what was written, and names the one before it."""
    checks: list[Check] = []
    previous: str | None = None
    for number, (own, stated, claimed) in enumerate(links, 1):
        checks.append(
            Check(
                f"{what} {number} is unchanged and follows the one before",
                own == stated and claimed == previous,
            )
        )
        previous = own
    return checks


def _determined(last: Statement, records: list[Determination]) -> list[Check]:
    """Each result that was used is the one that a standing determination gives."""
    gone = {record.supersedes for record in records}
    standing = {
        result.slot: (record.number, result)
        for record in records
        if record.number not in gone
        for result in record.results
    }
    checks: list[Check] = []
    for used in last.results:
        said = f"`{used.outcome}` in {used.slot}"
        if used.standing != "determined" or used.result is None:
            checks.append(Check(f"{said} is determined", False, "it is provisional"))
            continue
        number, result = standing.get(used.result.slot, (0, None))
        # A later determination may have superseded the one this statement used; that is no fault
        # of the statement, so look for the value in the determination it names.
        named = next(
            (
                item
                for record in records
                if record.number == used.determination
                for item in record.results
                if item.slot == used.result.slot
            ),
            None,
        )
        later = "" if number == used.determination else f" (since superseded by {number})"
        checks.append(
            Check(
                f"{said} is what determination {used.determination} states{later}",
                named == used.result and result is not None,
            )
        )
    return checks


def _recomputed(files: dict[str, bytes], statements: list[Statement], where: Place) -> list[Check]:
    """Each statement's amounts, recomputed from its own results under its own versions."""
    try:
        versions = [
            deal_from_text(files[name], file=name)
            for name in sorted(files)
            if name.startswith("deal/")
        ]
        history = put_in_order(versions)
    except Refusal as refusal:
        return [Check("the deal can be read", False, refusal.problems[0].what)]
    except IndexError:
        raise _no_bundle(where) from None
    checks: list[Check] = []
    known = {version.in_force_from: version.terms_fingerprint for version in history.versions}
    for at, statement in enumerate(statements):
        wanted = {used.in_force_from: used.fingerprint for used in statement.versions}
        same = all(known.get(day) == terms for day, terms in wanted.items())
        checks.append(
            Check(f"statement {statement.number} was made under the deal in this bundle", same)
        )
        if not same:
            continue
        own = put_in_order([v for v in history.versions if v.in_force_from in wanted])
        people, right_people = _people(files, statement)
        if statement.people_fingerprint is not None:
            checks.append(
                Check(
                    f"the rows by person of statement {statement.number} are unchanged",
                    right_people,
                )
            )
        try:
            replayed = replay(own, old_book(statement), people, through=statement.period)
        except Refusal as refusal:
            said = f"statement {statement.number} can be recomputed"
            checks.append(Check(said, False, refusal.problems[0].what))
            continue
        before = stated_before(statements[: at + 1])
        left = {(item.period, item.term): item.amount for item in statement.not_corrected}
        keys = {*before, *replayed.lines}
        wrong = [
            key
            for key in sorted(keys)
            if replayed.amount(*key) != before.get(key, 0) + left.get(key, 0)
        ]
        found = "; ".join(
            f"{term} in period {period}: {replayed.amount(period, term)} recomputed, "
            f"{before.get((period, term), 0)} stated (minor units)"
            for period, term in wrong
        )
        checks.append(
            Check(
                f"every amount of statement {statement.number} comes out again "
                f"({len(keys)} lines to date)",
                not wrong,
                found,
            )
        )
        total = sum(line.amount for line in statement.lines)
        payors = sum(p.amount + p.unfunded for line in statement.lines for p in line.payors)
        checks.append(
            Check(
                f"the lines and the payors' parts of statement {statement.number} add up to its "
                "total",
                total == statement.total == payors,
            )
        )
    return checks


def _people(files: dict[str, bytes], statement: Statement) -> tuple[People | None, bool]:
    for suffix in (".csv", ".parquet"):
        name = f"statements/{statement.number:04d}/people{suffix}"
        content = files.get(name)
        if content is None:
            continue
        if suffix == ".csv":
            people = people_from_csv(content, file=name)
        else:
            with tempfile.TemporaryDirectory() as folder:
                kept = Path(folder) / "people.parquet"
                kept.write_bytes(content)
                people = read_people(kept)[0]
        return people, people_fingerprint(people) == statement.people_fingerprint
    return None, False
