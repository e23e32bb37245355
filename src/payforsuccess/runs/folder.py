"""A deal's folder: the deal and its amendments, results, payments made, and what runs wrote."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from payforsuccess.deal.approvals import ApprovalRecord
from payforsuccess.deal.deal import Deal
from payforsuccess.deal.reading import read_as
from payforsuccess.deal.reading import read_deal as deal_from_text
from payforsuccess.deal.reconciliation import ReconciliationRecord
from payforsuccess.deal.results import Determination, PaymentMade, PaymentsFile, Results, Statement
from payforsuccess.deal.study import LookRelease, Seal
from payforsuccess.errors import Place, Problem, Refusal, sentence
from payforsuccess.payments.history import DealHistory, put_in_order
from payforsuccess.runs.data.register import refuse_missing
from payforsuccess.runs.files import read_bytes, read_json

DealPath = str | os.PathLike[str]
OUT = "out"
_KINDS = {
    "determination": sentence("determination"),
    "statement": sentence("statement"),
    "approval": sentence("approval"),
}


@dataclass(frozen=True)
class DealFolder:
    """Where the files of one deal lie.

    `deal.yaml` is the first version; `amendments/*.yaml` are later ones, each a whole deal;
    `results.yaml`, `people.csv` (or `.parquet`) and `payments.yaml` are what statements read;
    everything that runs write lies in `out/`, but for keys, which lie in `vault/`.
    """

    deal_file: Path

    @property
    def root(self) -> Path:
        """The folder itself."""
        return self.deal_file.parent

    @property
    def out(self) -> Path:
        """Where runs write."""
        return self.root / OUT

    @property
    def vault(self) -> Path:
        """Where keys lie: `vault/` beside the deal, or the folder that PFS_VAULT names."""
        from payforsuccess.store import vault_folder

        return vault_folder(self.root)

    @property
    def amendment_files(self) -> list[Path]:
        """The amendments, by name."""
        folder = self.root / "amendments"
        return sorted(folder.glob("*.yaml")) if folder.is_dir() else []

    def history(self) -> DealHistory:
        """Every version, in the order in which they come into force."""
        problems: list[Problem] = []
        versions: list[Deal] = []
        for path in [self.deal_file, *self.amendment_files]:
            try:
                versions.append(_read_deal_file(path))
            except Refusal as refusal:
                problems += refusal.problems
        if problems:
            raise Refusal(problems)
        return put_in_order(versions)

    def determinations(self) -> tuple[Determination, ...]:
        """Every determination on record, in order, with the chain between them checked."""
        found = [
            read_chained(Determination, path, "determination")
            for path in sorted((self.out / "determinations").glob("[0-9]*.json"))
        ]
        refuse_broken_chain(
            [(d.number, d.fingerprint, d.previous) for d in found],
            "determination",
            self.out / "determinations",
        )
        return tuple(found)

    def statements(self) -> tuple[Statement, ...]:
        """Every issued statement, in order, with the chain between them checked.

        Refuses when the determinations they pay on are not those on record.
        """
        found = [
            read_statement(path / "statement.json")
            for path in sorted((self.out / "statements").glob("[0-9]*"))
        ]
        refuse_broken_chain(
            [(s.number, s.fingerprint, s.previous) for s in found],
            "statement",
            self.out / "statements",
        )
        refuse_missing(self.out / "statements", found)
        _refuse_exchanged(found, self.determinations(), self.out / "determinations")
        return tuple(found)

    def statement_folder(self, number: int) -> Path:
        """Where an issued statement lies."""
        return self.out / "statements" / f"{number:04d}"

    def results(self, named: Path | None = None) -> Results | None:
        """The results file named, or `results.yaml` if there is one."""
        path = named if named is not None else self.root / "results.yaml"
        if named is None and not path.is_file():
            return None
        return read_as(Results, read_bytes(path), file=str(path))

    def paid(self) -> tuple[PaymentMade, ...]:
        """Payments made and recovered so far, from `payments.yaml`."""
        path = self.root / "payments.yaml"
        if not path.is_file():
            return ()
        return read_as(PaymentsFile, read_bytes(path), file=str(path)).payments

    def people_file(self, named: Path | None = None) -> Path | None:
        """The rows by person: the file named, else `people.parquet` or `people.csv`."""
        if named is not None:
            return named
        for name in ("people.parquet", "people.csv"):
            if (self.root / name).is_file():
                return self.root / name
        return None


def open_folder(path: DealPath) -> DealFolder:
    """The folder of a deal, named by itself or by the deal file in it."""
    given = Path(path)
    if given.is_dir():
        deal_file = given / "deal.yaml"
        if not deal_file.is_file():
            raise Refusal(
                Problem(
                    sentence("There is no deal.yaml in this folder."),
                    sentence(
                        "Name a deal file or its folder; `pfs new DIR --template NAME` makes one."
                    ),
                    Place(str(given)),
                )
            )
        return DealFolder(deal_file)
    if not given.exists():
        raise Refusal(
            Problem(
                sentence("There is no such file."), sentence("Check the name."), Place(str(given))
            )
        )
    return DealFolder(given)


def deal_root(path: Path, *, main: str = "deal.yaml") -> Path:
    """The folder of the deal that a run belongs to: the run lies in `out/runs/NAME/` below it.

    `main` is the file by which the folder is known: a stream has its own.
    """
    for parent in path.resolve().parents:
        if parent.name == OUT and (parent.parent / main).is_file():
            return parent.parent
    raise Refusal(
        Problem(
            sentence("The deal this run belongs to is not where it was."),
            sentence("Keep runs below the deal's folder, in out/runs."),
            Place(str(path)),
        )
    )


def named_statement(path: DealPath, number: int | None) -> tuple[DealPath, int | None]:
    """The deal and the statement's number, where `path` is an issued statement itself.

    An issued statement is named by its folder, such as `out/statements/0003`, or the file in it.
    Any other path comes back as it is.
    """
    given = Path(path)
    folder = given.parent if given.name == "statement.json" else given
    is_issued = folder.resolve().parent.name == "statements" and folder.resolve().name.isdecimal()
    if not is_issued or not (folder / "statement.json").is_file():
        return path, number
    return folder.resolve().parents[2], int(folder.resolve().name) if number is None else number


def read_deal(path: DealPath) -> Deal:
    """The deal in a file (or in the `deal.yaml` of a folder); raises Refusal with all problems."""
    return _read_deal_file(open_folder(path).deal_file)


def _read_deal_file(path: Path) -> Deal:
    return _deal_of(read_bytes(path), str(path))


@lru_cache(maxsize=32)
def _deal_of(text: bytes, file: str) -> Deal:
    """A deal that was read before is not read again: nobody changes a model once it is made."""
    return deal_from_text(text, file=file)


Record = TypeVar(
    "Record", Determination, Statement, ApprovalRecord, ReconciliationRecord, Seal, LookRelease
)


def read_chained(model: type[Record], path: Path, what: str) -> Record:
    """A record of a chain as it was written, under the key `what`; refuses one that was changed."""
    plain = read_json(path)
    body = plain.get(what) if isinstance(plain, dict) else None
    stated = plain.get("fingerprint") if isinstance(plain, dict) else None
    try:
        record = model.model_validate(body)
    except ValidationError:
        record = None
    if record is None or record.fingerprint != stated:
        raise Refusal(
            Problem(
                sentence(
                    "This {what} was changed after it was written: its content and its "
                    "checksum do not agree.",
                    what=_KINDS.get(what, what),
                ),
                sentence("Put the original back; records of this kind are never edited."),
                Place(str(path)),
            )
        )
    return record


def read_statement(path: Path) -> Statement:
    """A statement as a run or an issue wrote it; refuses one that was changed afterwards."""
    return read_chained(Statement, path, "statement")


def _refuse_exchanged(
    statements: Sequence[Statement], determinations: Sequence[Determination], folder: Path
) -> None:
    """Refuse determinations that are not those the issued statements name by fingerprint."""
    known = {record.number: record.fingerprint for record in determinations}
    for statement in statements:
        for used in statement.results:
            number = used.determination
            if number is None or used.determined in (None, known.get(number)):
                continue
            raise Refusal(
                Problem(
                    sentence(
                        "Statement {number} pays on determination {used}, which is {how}.",
                        number=statement.number,
                        used=number,
                        how=sentence("not the one on record")
                        if number in known
                        else sentence("missing"),
                    ),
                    sentence(
                        "Put the original back; a determination is replaced only by a later "
                        "one that supersedes it."
                    ),
                    Place(str(folder)),
                )
            )


def refuse_broken_chain(
    links: Sequence[tuple[int, str, str | None]], what: str, folder: Path
) -> None:
    """Refuse a chain of number, fingerprint and the one before in which one is missing or other."""
    previous: str | None = None
    for position, (number, fingerprint, claimed) in enumerate(links, 1):
        if number != position or claimed != previous:
            raise Refusal(
                Problem(
                    sentence(
                        "The chain of {what}s is broken at number {position}: one is missing "
                        "or was exchanged.",
                        what=_KINDS.get(what, what),
                        position=position,
                    ),
                    sentence("Put the originals back."),
                    Place(str(folder)),
                )
            )
        previous = fingerprint
