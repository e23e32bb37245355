"""What an auditor needs to test a statement: contract, determinations, a sample, how to replay."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

from payforsuccess.errors import Place, Problem, Refusal, sentence
from payforsuccess.runs.files import read_bytes, write_whole
from payforsuccess.runs.folder import DealFolder, DealPath, named_statement, open_folder
from payforsuccess.runs.statement.bundle import bundle_files, zipped
from payforsuccess.runs.statement.estimate_behind import estimates_behind
from payforsuccess.runs.statement.estimate_people import estimate_people
from payforsuccess.runs.statement.estimates_in_pack import (
    estimate_files,
    estimates_plain,
    told_of_estimates,
)
from payforsuccess.runs.statement.pack_record import README, determined_for, pack_json
from payforsuccess.runs.statement.pack_sample import (
    drawn_by,
    ledger_parts,
    people_csv,
    source_rows_csv,
)
from payforsuccess.runs.statement.people_out import refuse_people_out
from payforsuccess.runs.statement.source_rows import source_rows
from payforsuccess.runs.statement.statements import Issued, show


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
    ledger = ledger_parts(issued)
    deal = folder.history().latest
    behind = estimates_behind(folder, deal, issued.statement.results)
    estimated = estimate_people(folder, deal, behind)
    with_result = {row.person for row in estimated.people}
    keys = sorted({row.person for _, _, row in ledger} | with_result)
    if keys and certificate is None and issued.statement.standing == "contract":
        raise Refusal(
            Problem(
                sentence(
                    "The pack holds rows by person, and nothing would keep others from opening it."
                ),
                sentence("Name the auditor's certificate with --for FILE.pem."),
                Place(str(folder.root)),
            )
        )
    drawn = drawn_by(keys, seed, sample)
    chosen = [(term, period, row) for term, period, row in ledger if row.person in set(drawn)]
    wanted = sorted(
        {source for _, _, row in chosen for source in row.sources}
        | {s for row in estimated.people if row.person in set(drawn) for s in row.sources}
    )
    found = source_rows(folder, determined_for(folder, issued), wanted)
    files = {
        "README.txt": README.encode(),
        "bundle.zip": zipped(bundle_files(folder, issued)),
        "people.csv": people_csv(chosen, drawn),
        "source_rows.csv": source_rows_csv(wanted, found),
        **estimate_files(behind, estimated, drawn),
    }
    estimates = estimates_plain(behind, estimated) if behind else None
    files["pack.json"] = pack_json(folder, issued, seed, drawn, len(keys), found, files, estimates)
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
        told_of_estimates(behind, estimated, drawn),
    )


def _refuse_wishes(seed: str, sample: int) -> None:
    problems = []
    if not seed.strip():
        problems.append(
            Problem(
                sentence("The seed is empty."),
                sentence("Give words or digits that only you know, with --seed."),
            )
        )
    if sample < 1:
        problems.append(
            Problem(
                sentence("A sample of {sample} people is none.", sample=sample),
                sentence("Ask for 1 or more with --sample."),
            )
        )
    if problems:
        raise Refusal(problems)


def _default(folder: DealFolder, issued: Issued, *, is_locked: bool) -> Path:
    name = f"audit-pack-{issued.statement.number:04d}.zip" + (".p7m" if is_locked else "")
    return folder.out / "audit-packs" / name


def _locked(content: bytes, certificate: Path, at: datetime) -> bytes:
    from payforsuccess.store.envelope import NotACertificate, locked_for

    try:
        return locked_for(content, read_bytes(certificate), at=at)
    except NotACertificate as reason:
        raise Refusal(
            Problem(
                sentence(
                    "The pack cannot be locked for this file's holder: {reason}.",
                    reason=cast("str", reason.args[0]),
                ),
                sentence("Ask the auditor for an X.509 certificate in PEM with an RSA key."),
                Place(str(certificate)),
            )
        ) from None
