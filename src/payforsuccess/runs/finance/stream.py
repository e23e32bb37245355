"""A funding stream: each contract under one set of terms, and the stream's total."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

from payforsuccess.deal.assumptions import CASES, Assumptions
from payforsuccess.deal.checks.stream import check_stream, is_payable
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
from payforsuccess.reports.forecast_words import FIRMNESS, firmness_text
from payforsuccess.runs.columns import in_columns
from payforsuccess.runs.files import json_bytes, read_bytes
from payforsuccess.runs.finance.recorded import keep_run, read_input
from payforsuccess.runs.folder import OUT, DealPath, open_folder, read_deal
from payforsuccess.trail import RunInput
from payforsuccess.units import exact_text, money_text

FILE = "stream.yaml"
KIND = "stream"
TERMS = "terms"
"""What a record calls the stream's own file and the deal file with its terms."""


@dataclass(frozen=True, repr=False)
class StreamAhead:
    """A stream looked ahead, in minor units; `moved` is the running total by source and year."""

    stream: Stream
    terms: Deal
    contracts: tuple[ContractAhead, ...]
    by_department: Mapping[tuple[str, int], Dollars]
    moved: Mapping[str, Mapping[int, int]]
    firmness: str
    findings: tuple[Finding, ...]
    written: tuple[Path, ...] = ()

    @property
    def total(self) -> Dollars:
        """All contracts and years together."""
        return sum((one.dollars for one in self.contracts), NOTHING)

    def __str__(self) -> str:
        made_up = " The stream is made up for illustration." if self.stream.is_made_up else ""
        assumed = f"; what is assumed is {self.firmness}" if self.firmness else ""
        lines = [
            f"{self.stream.name}: {len(self.contracts)} contracts on the terms of "
            f"{self.terms.deal}, in {self.terms.currency}",
            f"The terms are {self.terms.standing}{assumed}.{made_up}",
            "",
            *in_columns(self.contract_rows(), right=range(3, 9)),
            "",
            "Under outcomes terms, by department and fiscal year",
            *(f"  {line}" for line in in_columns(self.departments(), right=(2, 3, 4))),
            "",
            "Moved to outcomes terms so far, by source, at the end of each fiscal year",
        ]
        moved = [("source", *(str(year) for year in self.years))]
        moved += [
            (source, *(self._money(row[year]) for year in self.years))
            for source, row in self.moved.items()
        ]
        lines += [f"  {line}" for line in in_columns(moved, right=range(1, len(moved[0])))]
        if self.findings:
            lines += ["", "Findings", *(f"  {finding}" for finding in self.findings)]
        return "\n".join([*lines, "", *(f"Kept  {path}" for path in self.written)])

    __repr__ = __str__

    def _money(self, minor: int) -> str:
        return money_text(minor, self.terms.currency)

    @property
    def years(self) -> tuple[int, ...]:
        """Every fiscal year of which something moved, in order."""
        return tuple(sorted({year for row in self.moved.values() for year in row}))

    def contract_rows(self) -> list[tuple[str, ...]]:
        """Each contract and the stream in all, under a heading row."""
        heads = ("contract", "provider", "kind", "in all", "under terms", "share")
        rows = [(*heads, *(f"pays, {case}" for case in CASES))]
        rows += [
            (
                one.contract.name,
                one.contract.provider,
                one.contract.kind,
                self._money(one.dollars.total),
                self._money(one.most),
                share_text(one.dollars.share),
                *(self._money(one.pays(case)) for case in CASES),
            )
            for one in self.contracts
        ]
        paid = (self._money(sum(one.pays(case) for one in self.contracts)) for case in CASES)
        return [*rows, (*self._in_all("", ""), *paid)]

    def departments(self) -> list[tuple[str, ...]]:
        """Each department and fiscal year and the stream in all, under a heading row."""
        rows = [("department", "year", "in all", "under terms", "share")]
        rows += [
            (name, str(year), self._money(d.total), self._money(d.under_terms), share_text(d.share))
            for (name, year), d in self.by_department.items()
        ]
        return [*rows, self._in_all("")]

    def _in_all(self, *empty: str) -> tuple[str, ...]:
        total = self.total
        told = (self._money(total.total), self._money(total.under_terms), share_text(total.share))
        return ("the stream", *empty, *told)

    def as_plain(self) -> dict[str, object]:
        """Amounts as whole minor units, shares as exact texts."""
        return {
            "stream": self.stream.name,
            "is_made_up": self.stream.is_made_up,
            "terms": self.terms.deal,
            "standing": self.terms.standing,
            "assumptions": self.firmness,
            "currency": self.terms.currency,
            "contracts": [
                {
                    "name": one.contract.name,
                    "provider": one.contract.provider,
                    "kind": one.contract.kind,
                    **_dollars_plain(one.dollars),
                    "earned": dict(one.earned),
                    "success_payments": dict(one.paid),
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

    The terms are one deal file; each contract brings its own assumptions and results. Written
    under `out/stream/` beside it as a page and as numbers, with the record of the run. Refuses
    whatever any of the files has wrong, all together.
    """
    file = Path(path) / FILE if Path(path).is_dir() else Path(path)
    if Path(path).is_dir() and not file.is_file():
        raise Refusal(
            Problem(
                f"There is no {FILE} in this folder.",
                "Write down the contracts of the stream; the page of `pfs stream` shows such a "
                "file.",
                Place(str(file)),
            )
        )
    read = read_stream(read_bytes(file), file=str(file))
    terms = read_deal(_beside(file, read.terms))
    problems: list[Problem] = list(check_stream(read, terms))
    found: list[ContractAhead] = []
    firmness: set[str] = set()
    for at, contract in enumerate(read.contracts):
        try:
            assumed = _assumed(file, terms, contract)
            if not is_payable(contract, terms):
                continue  # told by check_stream
            found.append(_ahead(file, terms, contract, assumed))
            firmness |= set() if assumed is None else {*firmness_text(assumed).split(", ")}
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
        ", ".join(each for each in FIRMNESS if each in firmness),
        tuple(_findings(terms, found)),
    )
    files = {"stream.html": _page(told), "stream.json": json_bytes(told.as_plain())}
    written = keep_run(file.parent / OUT, KIND, files, terms=terms, inputs=_inputs(file, read))
    return replace(told, written=written)


def _inputs(file: Path, read: Stream) -> tuple[RunInput, ...]:
    """The stream, its terms, and each file of a contract once."""
    home = file.parent
    named = [
        name
        for contract in read.contracts
        for name in (contract.assumptions, contract.results)
        if name is not None
    ]
    return (
        read_input(KIND, file, home),
        read_input(TERMS, open_folder(_beside(file, read.terms)).deal_file, home),
        *(read_input(name, _beside(file, name), home) for name in dict.fromkeys(named)),
    )


def _assumed(file: Path, terms: Deal, contract: StreamContract) -> Assumptions | None:
    if contract.assumptions is None:
        return None
    path = _beside(file, contract.assumptions)
    return read_assumptions(read_bytes(path), terms, file=str(path))


def _ahead(
    file: Path, terms: Deal, contract: StreamContract, assumptions: Assumptions | None
) -> ContractAhead:
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
    def money(minor: int) -> str:
        return money_text(minor, terms.currency)

    told = []
    for one in contracts:
        name = one.contract.name
        over = [case for case in CASES if one.paid[case] > one.most]
        if over and one.contract.kind != "base":
            told.append(
                f"The terms pay {name} {money(one.paid[over[-1]])} in the {over[-1]} case, more "
                f"than the {money(one.most)} that it puts on outcomes; it is paid no more than "
                "that."
            )
        other = [case for case in CASES if one.earned[case] != one.paid[case]]
        if other:
            case = other[-1]
            told.append(
                f"{name} earns {money(one.earned[case])} in the {case} case, of which the payors "
                f"pay {money(one.paid[case])}: the rest passes a ceiling of a payor, is credited "
                "or forgiven."
            )
    return [Finding("stream", what) for what in told]


def _dollars_plain(dollars: Dollars) -> dict[str, object]:
    return {
        "in_all": dollars.total,
        "under_terms": dollars.under_terms,
        "share": None if dollars.share is None else exact_text(dollars.share),
    }


def share_text(share: Fraction | None) -> str:
    """`12.5%`; a dash of nothing."""
    return "-" if share is None else f"{float(share):.1%}"


def _page(told: StreamAhead) -> bytes:
    from payforsuccess.reports import write_html
    from payforsuccess.reports.charts.moved import Moved
    from payforsuccess.reports.stream import StreamFacts, stream_document

    heads, *contracts = told.contract_rows()
    facts = StreamFacts(
        name=told.stream.name,
        says=told.stream.says or "",
        terms=told.terms.deal,
        standing=told.terms.standing,
        is_certified=told.terms.is_certified,
        is_made_up=told.stream.is_made_up,
        firmness=told.firmness,
        currency=told.terms.currency,
        count=len(told.contracts),
        under_terms=told.total.under_terms,
        in_all=told.total.total,
        share=share_text(told.total.share),
        contracts=[row[:6] for row in (heads, *contracts)],
        pays=[(row[0], *row[6:]) for row in (heads, *contracts)],
        departments=told.departments(),
        moved=Moved(
            "Moved to outcomes terms so far, at the end of each fiscal year",
            told.terms.currency,
            told.years,
            tuple((source, tuple(row.values())) for source, row in told.moved.items()),
        ),
        findings=tuple(finding.what for finding in told.findings),
    )
    return write_html(stream_document(facts))
