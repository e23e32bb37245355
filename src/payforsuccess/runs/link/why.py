"""Why two records were taken for one person, or not: the comparison, identifier by identifier."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

import pyarrow.compute as pc

from payforsuccess.deal.deal import Deal
from payforsuccess.errors import Place, Problem, Refusal, sentence
from payforsuccess.measures.lazily import ir
from payforsuccess.records.link.job import BY_NAMES, Method
from payforsuccess.records.link.linking import GroupJob
from payforsuccess.records.link.methods import METHODS
from payforsuccess.records.link.parameters import Parameters
from payforsuccess.records.link.scoring import levels_sql
from payforsuccess.records.link.variants import COMPARED
from payforsuccess.runs.folder import DealPath, open_folder
from payforsuccess.runs.link.files import KeptLinks, latest_links
from payforsuccess.runs.link.sides import Sides, sides_of
from payforsuccess.store import Store, open_store, open_vault, read_snapshot, vault_folder


@dataclass(frozen=True)
class Compared:
    """One identifier of two records: how well it agrees, and what that says in bits.

    `weight` is above zero where it speaks for one person; None where nothing can be said. `values`
    are the two identifiers as compared, only where they were asked for.
    """

    name: str
    level: int
    says: str
    weight: Decimal | None
    values: tuple[str, str] | None = None


@dataclass(frozen=True, repr=False)
class Comparing:
    """The comparison of two records. `score` is None where the pair was not worth keeping.

    `rarity` is what the rareness of the agreeing names, dates and places adds; None without score.
    """

    one: str
    other: str
    score: Decimal | None
    decided: str | None
    is_taken: bool
    prior: Decimal
    compared: tuple[Compared, ...]
    rarity: Decimal | None

    def __str__(self) -> str:
        out = [f"{self.one} and {self.other}: {self._said()}"]
        out.append(f"  {'before anything is compared':<28}{self.prior:>+8}")
        for found in self.compared:
            weight = "" if found.weight is None else f"{found.weight:+}"
            out.append(f"  {found.name.replace('_', ' '):<28}{weight:>8}  {found.says}")
            if found.values is not None:
                out.append(f"  {'':<38}{found.values[0]} | {found.values[1]}")
        if self.rarity is not None:
            out.append(f"  {'how rare what agrees is':<28}{self.rarity:>+8}")
        out.append("  In bits: one more doubles the odds of one person, one less halves them.")
        return "\n".join(out)

    __repr__ = __str__

    def as_plain(self) -> dict[str, object]:
        """For programs: numbers as text; identifiers are never in it."""
        return {
            "one": self.one,
            "other": self.other,
            "score": None if self.score is None else f"{self.score:f}",
            "decided": self.decided,
            "is_taken": self.is_taken,
            "prior": str(self.prior),
            "rarity": None if self.rarity is None else str(self.rarity),
            "compared": [
                {
                    "name": found.name,
                    "level": found.level,
                    "says": found.says,
                    "weight": None if found.weight is None else str(found.weight),
                }
                for found in self.compared
            ],
        }

    def _said(self) -> str:
        if self.score is None:
            return "not worth keeping as a link"
        taken = "taken as one person" if self.is_taken else "not taken as one person"
        by = f", decided by {self.decided}" if self.decided not in (None, "threshold") else ""
        return f"score {self.score.normalize():f}, {taken}{by}"


def link_why(path: DealPath, one: str, other: str, *, show_identifiers: bool = False) -> Comparing:
    """How two records of the latest links compare. Needs the vault that opens the identities.

    The records are named by their keys in the snapshot, as the links have them. Without
    `show_identifiers` the answer says how well identifiers agree, never what they are. Refuses keys
    that are not there, and two records of which neither is the anchor's: they are not compared.
    """
    folder = open_folder(path)
    deal = folder.history().latest
    kept = latest_links(folder.out / "links")
    if kept is None:
        raise Refusal(
            Problem(
                sentence("Nothing was matched yet."),
                sentence("Match the people first."),
                Place(str(folder.out / "links")),
            )
        )
    with open_store(vault=open_vault(vault_folder(folder.root))) as store:
        home = folder.out / "snapshots" / kept.snapshot.removeprefix("sha256:")
        snapshot = read_snapshot(home, store=store)
        sides = sides_of(deal, snapshot, store=store)
        return comparing(deal, kept, sides, one, other, store, show_identifiers)


def comparing(
    deal: Deal,
    kept: KeptLinks,
    sides: Sides,
    one: str,
    other: str,
    store: Store,
    show_identifiers: bool,
) -> Comparing:
    """How two records compare, from the identities of both sides."""
    anchor = kept.jobs[0].group.name
    where = {key: _group_with(sides, key, store) for key in (one, other)}
    missing = [key for key, group in where.items() if group is None]
    problems = [
        Problem(
            sentence("The links know no record {key}.", key=key),
            sentence(
                "Name the key of a record, as `links.parquet` has it; keys of before may be gone."
            ),
            Place(str(kept.folder)),
        )
        for key in missing
    ]
    if not missing and anchor not in where.values():
        problems.append(
            Problem(
                sentence(
                    "Neither record is of the anchor's people: such records are compared with "
                    "those alone."
                ),
                sentence("Name a record of {anchor} and one of another feed.", anchor=anchor),
                deal.place_of("linkage", "anchor"),
            )
        )
    if problems:
        raise Refusal(problems)
    first, second = (one, other) if where[one] == anchor else (other, one)
    job = _job_of(kept, str(where[second]))
    assert deal.linkage is not None
    method = METHODS[deal.linkage.method]
    levels = _levels(sides, job, first, second, anchor, method, store)
    parameters = job.job.parameters
    assert parameters is not None
    compared = tuple(
        compared_at(name, parameters, levels, show_identifiers, method)
        for name in parameters.levels
    )
    pair = sorted((one, other))
    rows = kept.links.filter(
        pc.and_(pc.equal(kept.links["one"], pair[0]), pc.equal(kept.links["other"], pair[1]))
    ).to_pylist()
    score = rows[0]["score"] if rows else None
    return Comparing(
        one=first,
        other=second,
        score=score,
        decided=rows[0]["decided"] if rows else None,
        is_taken=bool(rows and rows[0]["is_taken"]),
        prior=_bits(parameters.prior_weight),
        compared=compared,
        rarity=_rarity(score, parameters, compared),
    )


def _group_with(sides: Sides, key: str, store: Store) -> str | None:
    for name, table in sides.of.items():
        found = table.filter(table.person == key).limit(1).count().name("rows").as_table()
        if store.run(found).column("rows")[0].as_py():
            return name
    return None


def _job_of(kept: KeptLinks, group: str) -> GroupJob:
    job = next(job for job in kept.jobs if job.group.name == group)
    if job.job.parameters is None:
        raise Refusal(
            Problem(
                sentence(
                    "Nobody of {group} was compared, for want of identifiers on both sides.",
                    group=group,
                ),
                sentence("Permit more columns, and match again."),
                Place(str(kept.folder)),
            )
        )
    return job


def _levels(
    sides: Sides, job: GroupJob, one: str, other: str, anchor: str, method: Method, store: Store
) -> dict[str, object]:
    """The levels and identifiers of the two records' nearest ways of being written."""

    def of(name: str, key: str) -> ir.Table:
        return sides.of[name].filter(sides.of[name].person == key)

    assert job.job.parameters is not None
    variants = method.variants([of(anchor, one), of(job.group.name, other)], store=store)
    used = [method.comparison(name) for name in job.job.parameters.levels]
    table = variants.get_name()
    pairs = (
        f"SELECT l.variant AS variant_l, r.variant AS variant_r FROM {table} AS l "
        f"JOIN {table} AS r ON l.side = 0 AND r.side = 1"
    )
    rows = store.backend.con.sql(levels_sql(pairs, used)).to_arrow_table().to_pylist()
    if not rows:
        raise Refusal(
            Problem(
                sentence("One of the records holds no identifier."),
                sentence("There is nothing to compare."),
            )
        )

    def weight(row: dict[str, object]) -> float:
        return sum(
            _weight(job.job.parameters, name, int(str(row[f"level_{name}"]))) or 0.0
            for name in (job.job.parameters.levels if job.job.parameters else ())
        )

    best: dict[str, object] = max(rows, key=weight)
    return best


def _weight(parameters: Parameters | None, name: str, level: int) -> float | None:
    if parameters is None or level < 0:
        return None
    odds = parameters.levels[name]
    return odds[len(odds) - 1 - level].weight


def compared_at(
    name: str,
    parameters: Parameters,
    levels: Mapping[str, object],
    show_identifiers: bool,
    method: Method = BY_NAMES,
) -> Compared:
    """One identifier of two records, from the numbers of levels, `level_born_on` and the like."""
    level = int(str(levels[f"level_{name}"]))
    weight = _weight(parameters, name, level)
    values = None
    if show_identifiers and method is BY_NAMES:
        shown = {"born_on": ("born_text",), "address": ("street", "postcode")}.get(name, (name,))
        assert set(shown) <= set(COMPARED)
        values = (_values(levels, shown, "l"), _values(levels, shown, "r"))
    return Compared(
        name,
        level,
        method.comparison(name).says(level),
        None if weight is None else _bits(weight),
        values,
    )


def _values(levels: Mapping[str, object], columns: tuple[str, ...], side: str) -> str:
    found = [str(levels[f"{column}_{side}"] or "") for column in columns]
    return " ".join(text for text in found if text) or "nothing"


def _rarity(
    score: Decimal | None, parameters: Parameters, compared: tuple[Compared, ...]
) -> Decimal | None:
    """What is left of the evidence when all levels are counted; None where the score hides it."""
    if score is None or not 0 < score < 1:
        return None
    evidence = math.log2(float(score) / (1 - float(score))) - parameters.prior_weight
    levels = sum(float(found.weight) for found in compared if found.weight is not None)
    return _bits(evidence - levels)


def _bits(weight: float) -> Decimal:
    return Decimal(f"{weight:.1f}")
