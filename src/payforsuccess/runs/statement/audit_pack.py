"""What an auditor needs to test a statement: contract, determinations, a sample, how to replay."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from payforsuccess.deal.results import Determination
from payforsuccess.errors import Place, Problem, Refusal
from payforsuccess.reports.spreadsheet import csv_text
from payforsuccess.runs.files import json_bytes, read_bytes, write_whole
from payforsuccess.runs.folder import DealFolder, DealPath, named_statement, open_folder
from payforsuccess.runs.statement.approvals import read_approvals, standing_of
from payforsuccess.runs.statement.bundle import bundle_files, zipped
from payforsuccess.runs.statement.estimate_behind import EstimateBehind, estimates_behind
from payforsuccess.runs.statement.estimate_people import EstimatePeople, estimate_people
from payforsuccess.runs.statement.estimates_in_pack import estimate_files, estimates_plain
from payforsuccess.runs.statement.people_out import refuse_people_out
from payforsuccess.runs.statement.source_rows import SourceRows, source_rows
from payforsuccess.runs.statement.statements import Issued, show
from payforsuccess.runs.statement.why import LedgerRow, ledger_of
from payforsuccess.trail import fingerprint_bytes

README = """\
What lies here, for the audit of one success-payment statement:

pack.json          the contract's fingerprint and certifications, the determinations and who signed
                   them, who prepared, approved and returned the statement, payments, the run behind
                   the results, and how the sample was drawn
bundle.zip         the statement and all it was computed from: `pfs verify bundle.zip` computes it
                   again without any of the payor's systems
people.csv         the people who were drawn, under their keys, and what each adds to each line
estimates/         where a result rests on an estimate: the estimate and the value that payments
                   read of it, as the run wrote them; pack.json says which plan, and whether the
                   same records gave the same estimate when this pack was made
estimate_people.csv
                   of the people who were drawn, each one's result in the plans of these estimates,
                   of both arms: whom the programme did not serve decides the amount too
source_rows.csv    for each of them, the rows of the agencies' files that earned it, as read: which
                   file, and what it says; “record of” is the key that stands for the person in
                   that file alone, so that the files cannot be joined on it

How to draw the sample again: for every person key with a part in the statement, or in an estimate
that it rests on, take the SHA-256
of the seed, a line break and the key; order by it; take the first ones. Choose the seed yourself,
and tell it to no one before the pack is made.

How to replay the run, where the records are: pfs replay RUN
"""


@dataclass(frozen=True)
class AuditPack:
    """The pack's file, what it is for, and how many people were drawn of how many."""

    path: Path
    statement: int
    drawn: int
    of: int
    rows: int
    not_found: int
    is_locked: bool
    destroyed: tuple[str, ...] = ()
    rests_on_people: bool = False
    estimates: tuple[str, ...] = ()

    def __str__(self) -> str:
        lines = [f"Wrote {self.path} for statement {self.statement}."]
        if self.of:
            lines.append(
                f"Drew {self.drawn:,} of {self.of:,} people with a part in it, with "
                f"{self.rows:,} source rows."
            )
        elif self.rests_on_people:
            lines.append(
                "Nobody has a part in it: what it says comes to nothing for everyone. "
                "For another, name it with --statement."
            )
        else:
            lines.append("The statement rests on totals: there are no people to draw from.")
        lines += self.estimates
        if self.destroyed:
            lines += self.destroyed
        if self.not_found:
            is_one = self.not_found == 1
            was, verb = ("was", "is") if is_one else ("were", "are")
            why = f"{was} destroyed or {verb}" if self.destroyed else verb
            lines.append(
                f"{self.not_found:,} source row{'' if is_one else 's'} that the ledger names {why} "
                "in no snapshot here; source_rows.csv says which."
            )
        if self.is_locked:
            lines.append(
                "Only the certificate's holder can open it:\n  openssl cms -decrypt -inform DER "
                f"-inkey KEY.pem -in {self.path.name} -out audit-pack.zip"
            )
        return "\n".join(lines)

    __repr__ = __str__


def audit_pack(
    path: DealPath,
    *,
    statement: int | None = None,
    seed: str,
    sample: int = 25,
    certificate: Path | None = None,
    to: Path | None = None,
    at: datetime | None = None,
) -> AuditPack:
    """Write the auditor's pack for an issued statement; the same seed gives the same sample.

    certificate: whose holder alone can open the pack (X.509, PEM, RSA); without one a pack that
    holds rows by person is refused, unless the deal is no contract and so has no real ones. People
    of both arms can be drawn where a result rests on an estimate. `at`:
    the instant at which the certificate must hold, now if left out. Refuses rows by person that an
    agreement keeps in.
    """
    path, statement = named_statement(path, statement)
    folder = open_folder(path)
    issued = show(path, statement)
    _refuse_wishes(seed, sample)
    refuse_people_out(folder, issued.statement.number)
    ledger = _ledger(issued)
    deal = folder.history().latest
    behind = estimates_behind(folder, deal, issued.statement.results)
    estimated = estimate_people(folder, deal, behind)
    with_result = {row.person for row in estimated.people}
    keys = sorted({row.person for _, _, row in ledger} | with_result)
    if keys and certificate is None and issued.statement.standing == "contract":
        raise Refusal(
            Problem(
                "The pack holds rows by person, and nothing would keep others from opening it.",
                "Name the auditor's certificate with --for FILE.pem.",
                Place(str(folder.root)),
            )
        )
    drawn = _drawn(keys, seed, sample)
    chosen = [(term, period, row) for term, period, row in ledger if row.person in set(drawn)]
    wanted = sorted(
        {source for _, _, row in chosen for source in row.sources}
        | {s for row in estimated.people if row.person in set(drawn) for s in row.sources}
    )
    found = source_rows(folder, _determined(folder, issued), wanted)
    files = {
        "README.txt": README.encode(),
        "bundle.zip": zipped(bundle_files(folder, issued)),
        "people.csv": _people_csv(chosen, drawn),
        "source_rows.csv": _source_rows_csv(wanted, found),
        **estimate_files(behind, estimated, drawn),
    }
    estimates = estimates_plain(behind, estimated) if behind else None
    files["pack.json"] = _pack(folder, issued, seed, drawn, len(keys), found, files, estimates)
    content = zipped(files)
    if certificate is not None:
        content = _locked(content, certificate, at if at is not None else datetime.now(UTC))
    target = to if to is not None else _default(folder, issued, is_locked=certificate is not None)
    write_whole(target, content, mode=0o600)
    return AuditPack(
        target,
        issued.statement.number,
        len(drawn),
        len(keys),
        len(found.rows),
        len(wanted) - len({row.source for row in found.rows}),
        certificate is not None,
        found.destroyed,
        issued.statement.people_fingerprint is not None,
        _of_estimates(behind, estimated, drawn),
    )


def _of_estimates(
    behind: Sequence[EstimateBehind], estimated: EstimatePeople, drawn: Sequence[str]
) -> tuple[str, ...]:
    """What the pack holds of the estimates, a sentence each."""
    if not behind:
        return ()
    named = ", ".join(dict.fromkeys(one.plan for one in behind))
    said = [f"It rests on what the plan{'s' if ', ' in named else ''} {named} found."]
    if estimated.people:
        mine = {row.person: row.arm for row in estimated.people if row.person in set(drawn)}
        arms = [
            f"{list(mine.values()).count(arm):,} of {arm}" for arm in sorted(set(mine.values()))
        ]
        said.append(f"Of those drawn, a result in the estimate have: {', '.join(arms) or 'none'}.")
    for name, is_same in estimated.remade:
        if not is_same:
            said.append(f"The estimate of {name} did not come out again from the same records.")
    return (*said, *estimated.missing)


def _refuse_wishes(seed: str, sample: int) -> None:
    problems = []
    if not seed.strip():
        problems.append(
            Problem("The seed is empty.", "Give words or digits that only you know, with --seed.")
        )
    if sample < 1:
        problems.append(
            Problem(f"A sample of {sample} people is none.", "Ask for 1 or more with --sample.")
        )
    if problems:
        raise Refusal(problems)


def _default(folder: DealFolder, issued: Issued, *, is_locked: bool) -> Path:
    name = f"audit-pack-{issued.statement.number:04d}.zip" + (".p7m" if is_locked else "")
    return folder.out / "audit-packs" / name


def _ledger(issued: Issued) -> list[tuple[str, int, LedgerRow]]:
    """Every person's part of every line, with the line's term and period."""
    lines = {(line.term, line.period): line for line in issued.statement.lines}
    return [
        (term, period, row)
        for (term, period), line in sorted(lines.items())
        for row in ledger_of(issued.folder, line)
    ]


def _drawn(keys: Sequence[str], seed: str, sample: int) -> tuple[str, ...]:
    """The first keys in the order of SHA-256 of seed, line break and key."""

    def draw(key: str) -> bytes:
        return hashlib.sha256(f"{seed}\n{key}".encode()).digest()

    return tuple(sorted(keys, key=draw)[:sample])


def _determined(folder: DealFolder, issued: Issued) -> tuple[Determination, ...]:
    """The determinations that the statement pays on, in order."""
    numbers = {used.determination for used in issued.statement.results}
    return tuple(record for record in folder.determinations() if record.number in numbers)


def _people_csv(chosen: Iterable[tuple[str, int, LedgerRow]], drawn: Sequence[str]) -> bytes:
    place = {key: at for at, key in enumerate(drawn, 1)}
    rows = sorted(chosen, key=lambda item: (place[item[2].person], item[0], item[1]))
    return _csv(
        ("drawn", "person", "term", "period", "quantity", "amount_minor", "allocated", "source"),
        (
            (
                place[row.person],
                row.person,
                term,
                period,
                row.quantity,
                row.amount,
                "yes" if row.is_allocated else "no",
                row.source,
            )
            for term, period, row in rows
        ),
    )


def _source_rows_csv(wanted: Sequence[str], found: SourceRows) -> bytes:
    known = {row.source for row in found.rows}
    out = [(row.source, row.table, row.extract, row.says) for row in found.rows]
    out += [
        (source, "destroyed" if found.is_destroyed(source) else "not found", "", "")
        for source in wanted
        if source not in known
    ]
    return _csv(("source", "table", "file", "row"), sorted(out))


def _csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    return csv_text(header, rows).encode()


def _pack(
    folder: DealFolder,
    issued: Issued,
    seed: str,
    drawn: Sequence[str],
    of: int,
    found: SourceRows,
    files: dict[str, bytes],
    estimates: dict[str, object] | None,
) -> bytes:
    statement = issued.statement
    deal = folder.history().latest
    executed = deal.executed
    return json_bytes(
        {
            "format": 1,
            "deal": statement.deal,
            "contract": {
                "fingerprint": executed.contract if executed else None,
                "signed_on": executed.signed_on.isoformat() if executed else None,
                "terms": deal.terms_fingerprint,
                "is_certified": deal.is_certified,
                "certified_by": [
                    certification.as_plain()
                    for certification in (executed.certified_by if executed else ())
                ],
            },
            "statement": {
                "number": statement.number,
                "fingerprint": statement.fingerprint,
                "period": statement.period,
                "as_of": statement.as_of.isoformat(),
                "total_minor": statement.total,
                "currency": statement.currency,
                "why_not_approvable": list(issued.why_not_approvable),
            },
            "determinations": [
                {"determination": record.as_plain(), "fingerprint": record.fingerprint}
                for record in _determined(folder, issued)
            ],
            "approvals": _approvals(folder, issued),
            "payments": [
                payment.as_plain()
                for payment in folder.paid()
                if payment.statement == statement.number
            ],
            **({} if estimates is None else {"estimates": estimates}),
            "run": found.run,
            "destroyed": list(found.destroyed),
            "sample": {"seed": seed, "drawn": list(drawn), "of": of},
            "files": {name: fingerprint_bytes(files[name]) for name in sorted(files)},
        }
    )


def _approvals(folder: DealFolder, issued: Issued) -> dict[str, object]:
    """What people said of the statement, whether it is approved, and if not, why not."""
    standing = standing_of(folder, issued.statement)
    return {
        "is_approved": standing.is_approved,
        "why_not_approved": standing.why_not,
        "records": [
            {"approval": record.as_plain(), "fingerprint": record.fingerprint}
            for record in read_approvals(folder)
            if record.statement == issued.statement.number
        ],
    }


def _locked(content: bytes, certificate: Path, at: datetime) -> bytes:
    from payforsuccess.store.envelope import NotACertificate, locked_for

    try:
        return locked_for(content, read_bytes(certificate), at=at)
    except NotACertificate as reason:
        raise Refusal(
            Problem(
                f"The pack cannot be locked for this file's holder: {reason}.",
                "Ask the auditor for an X.509 certificate in PEM with an RSA key.",
                Place(str(certificate)),
            )
        ) from None
