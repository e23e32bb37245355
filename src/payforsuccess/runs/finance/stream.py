"""A funding stream: each contract under one set of terms, and the stream's total."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

from payforsuccess.deal.assumptions import CASES
from payforsuccess.deal.deal import Deal
from payforsuccess.deal.nearest import no_such
from payforsuccess.deal.reading import read_as, read_assumptions
from payforsuccess.deal.reading.stream import read_stream
from payforsuccess.deal.results import Result, Results
from payforsuccess.deal.stream import Stream, StreamContract
from payforsuccess.errors import Finding, Place, Problem, Refusal
from payforsuccess.finance.stream import (
    NOTHING,
    ContractAhead,
    Dollars,
    by_department_and_year,
    contract_ahead,
    moved_by_source,
)
from payforsuccess.runs.columns import in_columns
from payforsuccess.runs.files import json_bytes, read_bytes, write_whole
from payforsuccess.runs.folder import OUT, DealPath, read_deal
from payforsuccess.units import exact_text, money_text

FILE = "stream.yaml"


@dataclass(frozen=True, repr=False)
class StreamAhead:
    """A stream looked ahead, in minor units; `moved` is the running total by source and year."""

    stream: Stream
    terms: Deal
    contracts: tuple[ContractAhead, ...]
    by_department: Mapping[tuple[str, int], Dollars]
    moved: Mapping[str, Mapping[int, int]]
    findings: tuple[Finding, ...]
    written: tuple[Path, ...] = ()

    @property
    def total(self) -> Dollars:
        """All contracts and years together."""
        return sum((one.dollars for one in self.contracts), NOTHING)

    def __str__(self) -> str:
        made_up = " The stream is made up for illustration." if self.stream.is_made_up else ""
        lines = [
            f"{self.stream.name}: {len(self.contracts)} contracts on the terms of "
            f"{self.terms.deal}, in {self.terms.currency}",
            f"The terms are {self.terms.standing}.{made_up}",
            "",
            *self._contracts(),
            "",
            "Under outcomes terms, by department and fiscal year",
        ]
        rows = [("department", "year", "in all", "under terms", "share")]
        rows += [
            (name, str(year), self._money(d.total), self._money(d.under_terms), _share(d.share))
            for (name, year), d in self.by_department.items()
        ]
        total = self.total
        rows.append(
            (
                "the stream",
                "",
                self._money(total.total),
                self._money(total.under_terms),
                _share(total.share),
            )
        )
        lines += [f"  {line}" for line in in_columns(rows, right=(2, 3, 4))]
        years = sorted({year for row in self.moved.values() for year in row})
        moved = [("source", *(str(year) for year in years))]
        moved += [
            (source, *(self._money(row[year]) for year in years))
            for source, row in self.moved.items()
        ]
        lines += ["", "Moved to outcomes terms so far, by source, at the end of each fiscal year"]
        lines += [f"  {line}" for line in in_columns(moved, right=range(1, len(years) + 1))]
        if self.findings:
            lines += ["", "Findings", *(f"  {finding}" for finding in self.findings)]
        return "\n".join([*lines, "", *(f"Kept  {path}" for path in self.written)])

    __repr__ = __str__

    def _money(self, minor: int) -> str:
        return money_text(minor, self.terms.currency)

    def _contracts(self) -> list[str]:
        heads = ("contract", "provider", "kind", "in all", "under terms", "share")
        rows = [(*heads, *(f"pays, {case}" for case in CASES))]
        rows += [
            (
                one.contract.name,
                one.contract.provider,
                one.contract.kind,
                self._money(one.dollars.total),
                self._money(one.most),
                _share(one.dollars.share),
                *(self._money(one.pays(case)) for case in CASES),
            )
            for one in self.contracts
        ]
        total = self.total
        rows.append(
            (
                "the stream",
                "",
                "",
                self._money(total.total),
                self._money(total.under_terms),
                _share(total.share),
                *(self._money(sum(one.pays(case) for one in self.contracts)) for case in CASES),
            )
        )
        return in_columns(rows, right=range(3, 9))

    def as_plain(self) -> dict[str, object]:
        """Amounts as whole minor units, shares as exact texts."""
        return {
            "stream": self.stream.name,
            "is_made_up": self.stream.is_made_up,
            "terms": self.terms.deal,
            "standing": self.terms.standing,
            "currency": self.terms.currency,
            "contracts": [
                {
                    "name": one.contract.name,
                    "provider": one.contract.provider,
                    "kind": one.contract.kind,
                    **_dollars_plain(one.dollars),
                    "earned": dict(one.earned),
                    "pays": {case: one.pays(case) for case in CASES},
                    "results": one.results,
                }
                for one in self.contracts
            ],
            "by_department_and_year": [
                {"department": name, "fiscal_year": year, **_dollars_plain(dollars)}
                for (name, year), dollars in self.by_department.items()
            ],
            "moved_by_source": {
                source: {str(year): amount for year, amount in row.items()}
                for source, row in self.moved.items()
            },
            "total": _dollars_plain(self.total),
            "findings": [{"topic": one.topic, "what": one.what} for one in self.findings],
        }


def stream(path: DealPath) -> StreamAhead:
    """Each contract of a `stream.yaml`, or of the one in a folder, and the stream's total.

    The terms are one deal file; each contract brings its own assumptions and results. Written as
    numbers under `out/stream/` beside it. Refuses whatever any of the files has wrong, all
    together.
    """
    file = Path(path) / FILE if Path(path).is_dir() else Path(path)
    read = read_stream(read_bytes(file), file=str(file))
    terms = read_deal(_beside(file, read.terms))
    problems: list[Problem] = []
    found: list[ContractAhead] = []
    for at, contract in enumerate(read.contracts):
        try:
            found.append(_ahead(file, terms, contract))
        except Refusal as refusal:
            where = read.place_of("contracts", at)
            problems += [p if str(p.where) else p.at(where) for p in refusal.problems]
    if problems:
        raise Refusal(problems)
    told = StreamAhead(
        read,
        terms,
        tuple(found),
        by_department_and_year(found),
        moved_by_source(terms, found),
        tuple(_findings(terms, found)),
    )
    kept = file.parent / OUT / "stream" / "stream.json"
    write_whole(kept, json_bytes(told.as_plain()))
    return replace(told, written=(kept,))


def _ahead(file: Path, terms: Deal, contract: StreamContract) -> ContractAhead:
    if contract.assumptions is None:
        return contract_ahead(terms, contract, None)
    path = _beside(file, contract.assumptions)
    assumptions = read_assumptions(read_bytes(path), terms, file=str(path))
    known: tuple[Result, ...] = ()
    if contract.results is not None:
        results = _beside(file, contract.results)
        known = read_as(Results, read_bytes(results), file=str(results)).results
        unknown = {each.outcome for each in known} - terms.outcomes.keys()
        if unknown:
            where = Place(str(results))
            raise Refusal(
                no_such(name, "outcome", terms.outcomes, where) for name in sorted(unknown)
            )
    return contract_ahead(terms, contract, assumptions, known)


def _beside(file: Path, name: str) -> Path:
    """A file named from the stream's folder; refuses one outside it."""
    path = file.parent / name
    if not path.resolve().is_relative_to(file.parent.resolve()):
        raise Refusal(
            Problem(
                "A file of the stream lies outside its folder.",
                "Put it beside the stream, and name it from there.",
                Place(str(file)),
            )
        )
    return path


def _findings(terms: Deal, contracts: list[ContractAhead]) -> list[Finding]:
    told = []
    for one in contracts:
        over = [case for case in CASES if one.earned[case] > one.most]
        if over and one.contract.kind != "base":
            earned = money_text(one.earned[over[-1]], terms.currency)
            told.append(
                f"The terms earn {one.contract.name} {earned} in the {over[-1]} case, more than "
                f"the {money_text(one.most, terms.currency)} that it puts on outcomes; it is paid "
                "no more than that."
            )
    return [Finding("stream", what) for what in told]


def _dollars_plain(dollars: Dollars) -> dict[str, object]:
    return {
        "in_all": dollars.total,
        "under_terms": dollars.under_terms,
        "share": None if dollars.share is None else exact_text(dollars.share),
    }


def _share(share: Fraction | None) -> str:
    return "-" if share is None else f"{float(share):.1%}"
