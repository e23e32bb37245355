"""What outcomes are worth to each budget: in text, as a page, and as numbers for a program."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.value import ValueFile
from payforsuccess.errors import Finding
from payforsuccess.finance.forecast import forecast
from payforsuccess.finance.simulate.simulate import SCRAMBLES, WORLDS
from payforsuccess.finance.value import Value, value_of
from payforsuccess.finance.value.odds import ValueOdds, simulate_value
from payforsuccess.reports import write_html
from payforsuccess.reports.forecast_words import firmness_text
from payforsuccess.reports.value import (
    projected_text,
    signs_text,
    value_document,
    values_text,
    worlds_text,
)
from payforsuccess.reports.value_tables import (
    cost_lines,
    evidence_lines,
    found_lines,
    holder_lines,
    matrix_lines,
    offset_lines,
    pocket_lines,
    rests_text,
)
from payforsuccess.runs.columns import in_columns
from payforsuccess.runs.files import json_bytes
from payforsuccess.runs.finance.files import open_financed
from payforsuccess.runs.finance.recorded import keep
from payforsuccess.runs.finance.value_file import open_value
from payforsuccess.runs.finance.value_plain import value_plain
from payforsuccess.runs.finance.words import findings_plain
from payforsuccess.runs.folder import DealPath
from payforsuccess.trail import RunInput
from payforsuccess.units import grouped

KIND = "value"
SEED = 1
Count = Callable[[str, int, int], None]


@dataclass(frozen=True, repr=False)
class Valued:
    """What outcomes are worth to each budget, in words; all amounts in minor units."""

    deal: str
    standing: str
    firmness: str
    currency: str
    assumed_on: date
    file: ValueFile
    value: Value
    odds: ValueOdds
    findings: tuple[Finding, ...]
    written: tuple[Path, ...] = ()

    def __str__(self) -> str:
        base, money = self.value.cases["base"], self.currency
        evidence = evidence_lines(self.value, money)
        lines = [
            f"{self.deal}, value to each budget, in {money}",
            f"The terms are {self.standing}; what is assumed is {self.firmness}. Of the value of "
            f"outcomes, {values_text(self.file)}.",
            signs_text(),
            worlds_text(self.odds),
            *_table("What a unit costs, as stated", cost_lines(self.file.lines), range(6, 10)),
            *_table(
                "Outcomes by budget holder, base case", matrix_lines(base, money), range(5, 10)
            ),
            f"  {rests_text(base)}",
            *_table("Budgets, base case", holder_lines(base, money), range(3, 9)),
            *_table(
                "Who pays against who saves, base case",
                pocket_lines(base, self.odds, money),
                range(3, 6),
            ),
            *_table(
                "Projected, verified and realised",
                found_lines(self.value, money),
                range(3, 7),
            ),
            f"  {projected_text(self.assumed_on)}",
            *(
                _table("What was found, and how", evidence, (3,))
                if len(evidence) > 1
                else ["  Nothing has been verified or realised yet."]
            ),
            *_table(
                "Offset ratio: all lines with their signs over what the programme costs",
                offset_lines(self.value, self.odds),
                range(1, 8),
            ),
        ]
        if self.findings:
            lines += ["", "Findings", *(f"  {finding}" for finding in self.findings)]
        return "\n".join([*lines, "", *(f"Kept  {path}" for path in self.written)])

    __repr__ = __str__

    def as_plain(self) -> dict[str, object]:
        """Amounts as whole minor units, ratios as exact texts, ranges with their errors."""
        return {
            "deal": self.deal,
            "standing": self.standing,
            "assumptions": self.firmness,
            "currency": self.currency,
            "assumed_on": str(self.assumed_on),
            **value_plain(self.value, self.odds),
            "findings": findings_plain(self.findings),
        }


def value(
    path: DealPath,
    *,
    assumptions: Path | None = None,
    worlds: int = WORLDS,
    scrambles: int = SCRAMBLES,
    seed: int = SEED,
    count: Count = lambda task, done, of: None,
) -> Valued:
    """What outcomes are worth to each budget holder, and what was found of it so far.

    Reads `value.yaml` beside the deal, its assumptions, and what was determined and stated. Writes
    a page and its numbers under `out/value/`. The same seed gives the same draws as `simulate`.
    Refuses what a forecast or a simulation refuses, and what is wrong in the file.
    """
    financed = open_financed(path, assumptions=assumptions)
    file, read = open_value(financed)
    statements = financed.folder.statements()
    found = forecast(financed.history, financed.assumptions, known=financed.known)
    planned = forecast(financed.history, financed.assumptions, cases=("base",))
    told = value_of(found, file, statements=statements, planned=planned)
    count("simulating", 0, scrambles)
    odds = simulate_value(
        financed.history,
        financed.assumptions,
        file,
        seed=seed,
        worlds=worlds,
        scrambles=scrambles,
        known=financed.known,
        progress=lambda done, of: count("simulating", done, of),
    )
    deal = found.deal
    findings = tuple(_findings(deal, file, told, odds, found.notes))
    page = value_document(deal, financed.assumptions, file, told, odds, findings)
    settings = (("seed", str(seed)), ("worlds", str(worlds)), ("scrambles", str(scrambles)))
    also = [RunInput(f"statement {each.number}", "", each.fingerprint) for each in statements]
    files = {
        "value.html": write_html(page),
        "value.json": json_bytes(value_plain(told, odds)),
    }
    written = keep(financed, KIND, files, settings=settings, also=(read, *also))
    return Valued(
        deal=deal.deal,
        standing=deal.standing,
        firmness=firmness_text(financed.assumptions),
        currency=deal.currency,
        assumed_on=financed.assumptions.as_of,
        file=file,
        value=told,
        odds=odds,
        findings=findings,
        written=written,
    )


def _findings(
    deal: Deal, file: ValueFile, told: Value, odds: ValueOdds, notes: Sequence[str]
) -> Iterator[Finding]:
    yield from (Finding(KIND, note) for note in notes)
    base = told.cases["base"]
    saving = [row.holder for row in base.holders if row.marginal > 0 and not row.paid]
    others = f": others save ({', '.join(saving)})." if saving else "."
    for payor in deal.payors:
        own = [row for row in base.holders if row.payor == payor.party]
        if not any(row.marginal > 0 for row in own):
            yield Finding(
                KIND,
                f"{payor.party} pays, and no line tells that it or a department of it saves"
                f"{others}",
            )
    open_lines = [line.name for line in file.lines if line.cashable.confirmed_by is None]
    if open_lines:
        yield Finding(
            KIND,
            "No Auditor-Controller or fiscal officer has confirmed what is cashable of: "
            f"{', '.join(open_lines)}.",
        )
    yield from _above_average(file)
    if not any(line.spread for line in file.lines):
        yield Finding(
            KIND,
            "No line has a `spread`: ranges tell of people and results alone, and not of how "
            "unsure it is what they change in a budget.",
        )
    if odds.scrambles < SCRAMBLES:
        yield Finding(
            KIND,
            f"{odds.scrambles} scrambles tell little of the error; {SCRAMBLES} or more do.",
        )


def _above_average(file: ValueFile) -> Iterator[Finding]:
    """A unit that changes more in a budget than it costs on average is as a rule a slip."""
    for line in file.lines:
        average = abs(line.average.base)
        if abs(line.marginal.base) > average:
            yield Finding(
                KIND,
                f"`{line.name}`: a unit is worth {grouped(line.marginal.base)} at the margin and "
                f"costs {grouped(line.average.base)} on average; look at both.",
            )
        if line.step is not None and abs(line.step.amount) > average * line.step.units:
            yield Finding(
                KIND,
                f"`{line.name}`: a step of {grouped(line.step.units)} units saves "
                f"{grouped(line.step.amount)}, more than they cost on average; look at both.",
            )


def _table(title: str, rows: Sequence[Sequence[str]], right: Sequence[int]) -> list[str]:
    return ["", title, *(f"  {line}" for line in in_columns(rows, right=right))]
