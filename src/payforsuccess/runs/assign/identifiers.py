"""Identifiers in the records held against the checksums that were made at referral (R136).

Nothing that is learnt by serving someone may find that person's outcomes: linkage leaves out what
became known after the referral, and this shows that what it takes for known then was.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

import pyarrow as pa

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.words.phrases import counted
from payforsuccess.errors import Finding, Problem, Refusal
from payforsuccess.evaluation.lottery.entries import Assigned
from payforsuccess.evaluation.lottery.listed import AssignmentList, people_of
from payforsuccess.measures.lazily import ir
from payforsuccess.runs.assign.checksums import checksums_of
from payforsuccess.runs.assign.kept import OWNER_ALONE, assignments_folder, read_list
from payforsuccess.runs.assign.lottery import read_lottery
from payforsuccess.runs.assign.referral_key import read_referral_key
from payforsuccess.runs.data.ingest import Ingested, Tell, after_the_data, ingest_feeds, keep_quiet
from payforsuccess.runs.files import json_bytes, read_json, write_whole
from payforsuccess.runs.folder import DealFolder, DealPath, open_folder
from payforsuccess.store import Store, open_store

COMPARED = "identifiers.json"


@dataclass(frozen=True)
class ArmCompared:
    """The people of one arm who were drawn with a checksum.

    same: all identifiers known at referral have it. other: some have another. absent: the records
    hold no identifiers of them. later: of all of these, those of whom other identifiers became
    known since; linkage uses none of these.
    """

    arm: str
    people: int
    same: int
    other: int
    absent: int
    later: int

    def __str__(self) -> str:
        return (
            f"{self.arm}: of {counted(self.people, 'person')} with a checksum, {self.same:,} as at "
            f"referral, {self.other:,} otherwise, {self.absent:,} without identifiers in the "
            f"records; of {self.later:,} others became known later"
        )


@dataclass(frozen=True, repr=False)
class ComparedIdentifiers:
    """How the identifiers in the records compare with those at referral, arm by arm.

    without: people who were drawn without a checksum. head: of the list. problems: identifiers said
    to be of the referral that are not.
    """

    arms: tuple[ArmCompared, ...]
    without: int
    snapshot: str
    head: str
    kept: Path
    problems: tuple[Problem, ...]

    def __str__(self) -> str:
        lines = ["Identifiers as they stood at referral, held against the records"]
        lines += [f"  {each}" for each in self.arms]
        if self.without:
            lines.append(f"  drawn without a checksum: {self.without:,}")
        lines.append("What became known later is not used to match anyone.")
        return "\n".join([*lines, f"Kept in {self.kept}"])

    __repr__ = __str__

    def as_plain(self) -> dict[str, object]:
        """For programs; counts alone."""
        return {
            "arms": [asdict(each) for each in self.arms],
            "without": self.without,
            "snapshot": self.snapshot,
            "head": self.head,
            "problems": self.problems,
        }


def compare_identifiers(
    path: DealPath, *, key: Path, as_of: date | None = None, tell: Tell = keep_quiet
) -> ComparedIdentifiers:
    """The identifiers in the records against the checksums of the list, by the office's key.

    For whoever may open the vault: reads the feeds, and keeps the counts beside the list, where an
    evaluation finds them. A person has several ways to be written; all that were known at referral
    must have the checksum. Refuses a list in which nobody has one.
    """
    folder = open_folder(path)
    deal = folder.history().latest
    listed = read_lottery(folder, on=date.max).listed
    drawn = people_of(listed)
    sealed = {key: entry for key, entry in drawn.items() if entry.identifiers is not None}
    if not sealed:
        raise Refusal(
            Problem(
                "Nobody was drawn with a checksum of the identifiers at referral.",
                "Make them before the draw: pfs assign checksums.",
            )
        )
    secret = read_referral_key(key)
    day = as_of if as_of is not None else after_the_data(deal)
    snapshots = folder.out / "snapshots"
    ingested = ingest_feeds(deal, folder.root, snapshots=snapshots, as_of=day, tell=tell)
    with open_store(vault=ingested.vault) as store:
        then, ever = _checksums(deal, ingested, store, secret, sealed, listed)
    arms = tuple(
        _arm(arm, [each for each in sealed.values() if each.arm == arm], then, ever)
        for arm in dict.fromkeys(entry.arm for entry in sealed.values())
    )
    home = assignments_folder(folder)
    found = ComparedIdentifiers(
        arms=arms,
        without=len(drawn) - len(sealed),
        snapshot=ingested.snapshot.fingerprint,
        head=listed.head or "",
        kept=home / COMPARED,
        problems=tuple(_problems(deal, arms)),
    )
    plain = {key: value for key, value in found.as_plain().items() if key != "problems"}
    write_whole(found.kept, json_bytes({"format": 1, **plain}), mode=OWNER_ALONE)
    return found


def identifier_findings(folder: DealFolder, deal: Deal, snapshot: str) -> Iterator[Finding]:
    """What an evaluation on a snapshot says of the identifiers at referral; nothing without any."""
    listed = read_list(folder)
    sealed = sum(each.identifiers is not None for each in people_of(listed).values())
    if not sealed:
        return
    where = deal.place_of("linkage") if deal.linkage is not None else deal.place_of("evaluation")
    file = assignments_folder(folder) / COMPARED
    plain = read_json(file) if file.is_file() else None
    if not isinstance(plain, dict) or not isinstance(arms := plain.get("arms"), list):
        yield Finding(
            "identifiers",
            f"{counted(sealed, 'person')} drawn by the lottery had identifiers sealed at referral, "
            "and these were held against no records: pfs assign identifiers.",
            where,
        )
        return
    told = [ArmCompared(**each) for each in arms]
    if plain.get("snapshot") != snapshot or sum(each.people for each in told) != sealed:
        yield Finding(
            "identifiers",
            "The identifiers sealed at referral were held against other records than these, or "
            "before the last draw. Do it again: pfs assign identifiers.",
            where,
        )
    for each in told:
        yield Finding("identifiers", f"Identifiers sealed at referral, {each}.", where)


def _checksums(
    deal: Deal,
    ingested: Ingested,
    store: Store,
    secret: bytes,
    sealed: Mapping[str, Assigned],
    listed: AssignmentList,
) -> tuple[Mapping[str, frozenset[str]], Mapping[str, frozenset[str]]]:
    """The checksums of each drawn person's identifiers: those known at referral, and all."""
    from payforsuccess.records.link.freezing import frozen_at_referral

    tables = store.tables_of(ingested.snapshot)
    identities = _of_register(deal, store.identities_of(ingested.snapshot), tables["enrolments"])
    frozen = frozen_at_referral(identities, tables["enrolments"])
    records = _records_of(deal, store, sealed, listed)

    def of_people(table: ir.Table) -> Mapping[str, frozenset[str]]:
        made = checksums_of(table, store=store, key=secret)
        return {
            person: frozenset().union(*(made.get(record, frozenset()) for record in own))
            for person, own in records.items()
        }

    return of_people(frozen), of_people(identities)


def _of_register(deal: Deal, identities: ir.Table, enrolments: ir.Table) -> ir.Table:
    """Those of the deal's own people: of the anchor, else of the feeds that tell of enrolments."""
    if deal.linkage is not None:
        return identities.filter(identities.feed == deal.linkage.anchor)
    return identities.semi_join(enrolments.select("feed").distinct(), "feed")


def _records_of(
    deal: Deal, store: Store, sealed: Mapping[str, Assigned], listed: AssignmentList
) -> Mapping[str, frozenset[str]]:
    """Every key that a drawn person can have in the records: as in the list, and the vault's."""
    keys = {person: sorted(listed.keys_of(person)) for person in sealed}
    every = sorted({key for own in keys.values() for key in own})
    known: dict[str, set[str]] = {key: {key} for key in every}
    for numbers_of in {source.numbers_of for source in deal.data if source.agreement is not None}:
        given = store.keys.known_keys(numbers_of, pa.array(every, pa.string())).to_pylist()
        for key, record in zip(every, given, strict=True):
            if record is not None:
                known[key].add(record)
    return {person: frozenset().union(*(known[key] for key in own)) for person, own in keys.items()}


def _arm(
    arm: str,
    drawn: list[Assigned],
    then: Mapping[str, frozenset[str]],
    ever: Mapping[str, frozenset[str]],
) -> ArmCompared:
    same = sum(then[each.person] == {each.identifiers} for each in drawn)
    absent = sum(not then[each.person] for each in drawn)
    later = sum(bool(ever[each.person] - then[each.person]) for each in drawn)
    return ArmCompared(arm, len(drawn), same, len(drawn) - same - absent, absent, later)


def _problems(deal: Deal, arms: tuple[ArmCompared, ...]) -> Iterator[Problem]:
    told = [f"{each.other:,} in {each.arm}" for each in arms if each.other]
    if told:
        people = sum(each.other for each in arms)
        yield Problem(
            f"Of {counted(people, 'person')} ({', '.join(told)}) the records say, for the day of "
            "referral, other identifiers than those that were sealed then.",
            "Have the register put back what was known at referral; what was learnt since goes "
            "under its own day, and matches nobody.",
            deal.place_of("linkage") if deal.linkage is not None else deal.place_of("evaluation"),
        )
