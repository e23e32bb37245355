"""The files of the library: one folder a deal, and one compact file for a series of projects.

`record.yaml` is always there; where the terms are known well enough to compute, `deal.yaml`,
`results.yaml` and `paid.yaml` lie beside it. A county can keep a folder of its own in this form.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.reading import MOST_BYTES, read_as
from payforsuccess.deal.record import (
    Fact,
    PublishedTerm,
    QuarterlyProject,
    QuarterlySeries,
    Record,
    RecordParty,
    RecordResult,
    SourceList,
)
from payforsuccess.deal.vectors import Cases, PaidVectors
from payforsuccess.errors import Place, Problem, Refusal
from payforsuccess.units import grouped

AModel = TypeVar("AModel", bound=BaseModel)


@dataclass(frozen=True)
class LibraryDeal:
    """All that the library holds of one deal; the last three only where there is such a file."""

    record: Record
    deal: Deal | None = None
    cases: Cases | None = None
    vectors: PaidVectors | None = None


def library_deals(*, own: Path | None = None) -> tuple[LibraryDeal, ...]:
    """Every deal that has a folder, in the order of the ids."""
    found = [_deal_in(folder) for root in _roots(own) for folder in _folders(root)]
    return tuple(sorted(found, key=lambda deal: deal.record.id))


def library_deal(name: str, *, own: Path | None = None) -> LibraryDeal:
    """All that the library holds of the deal with this id; refuses an id it does not hold."""
    for root in reversed(_roots(own)):
        for folder in _folders(root):
            if folder.name == name:
                return _deal_in(folder)
    for record, _ in library_records(own=own):
        if record.id == name:
            return LibraryDeal(record)
    raise Refusal(
        Problem(
            f"The library holds no deal called “{name[:60]}”.",
            "`pfs library` lists the names.",
        )
    )


def library_sources(*, own: Path | None = None) -> SourceList:
    """Every source that the library cites, once."""
    read = [
        _read(SourceList, root / "sources.yaml", "sources.yaml")
        for root in _roots(own)
        if (root / "sources.yaml").is_file()
    ]
    known = {source.id: source for one in reversed(read) for source in one.sources}
    return SourceList(sources=tuple(known.values()))


def library_records(*, own: Path | None = None) -> tuple[tuple[Record, bool], ...]:
    """Every record, those of the quarterly series too, and whether it has terms to compute."""
    found: list[tuple[Record, bool]] = []
    for root in _roots(own):
        found += [
            (_record_in(folder), (folder / "deal.yaml").is_file()) for folder in _folders(root)
        ]
        series_file = root / "quarterly-series.yaml"
        if series_file.is_file():
            series = _read(QuarterlySeries, series_file, series_file.name)
            found += [(record_of(project, series), False) for project in series.projects]
    return tuple(sorted(found, key=lambda pair: pair[0].id))


def record_of(project: QuarterlyProject, series: QuarterlySeries) -> Record:
    """A compact project as a record, so that one list shows both."""
    cited = (f"indigo:{project.indigo}",)
    unit = series.currency
    paid = f"{grouped(project.paid)} {unit} over the {project.quarters} quarters published"
    plans = "; ".join(f"{plan.name} {grouped(plan.total)} {unit}" for plan in project.plans)
    people = f"; {project.people_planned:,} planned" if project.people_planned else ""
    return Record(
        id=project.id,
        name=project.name,
        place=project.place,
        countries=(series.country,),
        years=project.years,
        policy_areas=(project.policy_area,),
        population=project.population + people,
        outcomes=("Not published by outcome",),
        designs=("not published",),
        state=project.state,
        result=RecordResult(kind="paid", says=f"Paid {paid}."),
        currency=unit,
        parties=(RecordParty(name="Not named in the series", roles=("payor",)),),
        payment_terms=(
            PublishedTerm(
                kind="not published",
                says="Only sums by the quarter are published.",
                standing="published",
                sources=cited,
            ),
        ),
        facts=(
            Fact(label="Planned", value=plans, standing="derived", sources=cited),
            Fact(label="Paid", value=paid, standing="derived", sources=cited),
        ),
        lessons=() if project.lesson is None else (project.lesson,),
        gaps=("Prices, counts and evaluator.",),
        indigo=(project.indigo,),
    )


def _roots(own: Path | None) -> list[Traversable]:
    ours: Traversable = files("payforsuccess") / "library"
    if own is None:
        return [ours]
    if not own.is_dir():
        raise Refusal(
            Problem(
                "There is no such folder.",
                "Give the folder that holds one folder for each of your deals.",
                Place(own.name),
            )
        )
    return [ours, own]


def _folders(root: Traversable) -> list[Traversable]:
    found = [entry for entry in root.iterdir() if (entry / "record.yaml").is_file()]
    return sorted(found, key=lambda entry: entry.name)


def _record_in(folder: Traversable) -> Record:
    record = _read(Record, folder / "record.yaml", f"{folder.name}/record.yaml")
    if record.id != folder.name:
        raise Refusal(
            Problem(
                f"The record is called “{record.id}” and lies in the folder “{folder.name}”.",
                "Give both one name.",
                Place(f"{folder.name}/record.yaml", field="id"),
            )
        )
    return record


def _deal_in(folder: Traversable) -> LibraryDeal:
    def optional(model: type[AModel], name: str) -> AModel | None:
        file = folder / name
        return _read(model, file, f"{folder.name}/{name}") if file.is_file() else None

    return LibraryDeal(
        record=_record_in(folder),
        deal=optional(Deal, "deal.yaml"),
        cases=optional(Cases, "results.yaml"),
        vectors=optional(PaidVectors, "paid.yaml"),
    )


def _read(model: type[AModel], file: Traversable, shown_as: str) -> AModel:
    with file.open("rb") as opened:
        return read_as(model, opened.read(MOST_BYTES + 1), file=shown_as)
