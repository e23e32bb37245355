"""Rates by group: referral, draw, take-up, exit, match and outcomes, as they may be shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from payforsuccess.deal.deal import Deal
from payforsuccess.disclosure import HIDDEN, LEAST_THRESHOLD
from payforsuccess.errors import Problem, Refusal
from payforsuccess.reports import write_html
from payforsuccess.reports.equity import Breakdown, EquityFacts, equity_document
from payforsuccess.runs.data.ingest import Tell, after_the_data, ingest_feeds, keep_quiet
from payforsuccess.runs.files import write_whole
from payforsuccess.runs.folder import DealFolder, DealPath, open_folder
from payforsuccess.runs.measure.equity_counts import counted_rates
from payforsuccess.runs.measure.equity_given import EquityGiven, keep_given
from payforsuccess.runs.measure.equity_rates import (
    Counted,
    breakdowns,
    facts_of,
)
from payforsuccess.runs.measure.measure import measure_outcomes
from payforsuccess.runs.measure.people import people_records
from payforsuccess.runs.measure.releases import (
    refuse_forbidden,
    register_of,
    releases_of,
    shown_beside,
    write_release,
)
from payforsuccess.store import open_store

KIND = "equity"


@dataclass(frozen=True, repr=False)
class Equity:
    """The tables, the page they were written to, and the release's number if they are given out."""

    breakdowns: tuple[Breakdown, ...]
    page: Path
    release: int | None

    def __str__(self) -> str:
        lines: list[str] = []
        for table in self.breakdowns:
            lines += ["", f"{table.did.capitalize()}, of those {table.of}, by {table.by}"]
            widest = max(len(row.group) for row in table.rows)
            for row in table.rows:
                is_hidden = HIDDEN in (row.did, row.of)
                said = HIDDEN if is_hidden else f"{row.did} of {row.of}, {row.rate}"
                lines.append(f"  {row.group.ljust(widest)}  {said}")
            if table.caution:
                lines.append(f"  Careful: {table.caution}")
        lines += ["", f"Page  {self.page}"]
        if self.release is None:
            lines.append("Not recorded as given out; do so with --release before giving it out.")
        else:
            lines.append(f"Recorded as release {self.release}; later ones are checked against it.")
        return "\n".join(lines[1:])

    __repr__ = __str__


def equity(
    path: DealPath,
    *,
    as_of: date | None = None,
    release: bool = False,
    to: Path | None = None,
    tell: Tell = keep_quiet,
) -> Equity:
    """The rates of a deal by the facts it lists under `equity`, and by site, as a page.

    Small numbers are hidden, with what would tell them, also against every earlier release. With
    `release` the tables are recorded as given out, which every agreement must allow; without, the
    page is for the parties.
    """
    folder = open_folder(path)
    deal = folder.history().latest
    if not deal.equity:
        raise Refusal(
            Problem(
                "The deal lists no facts about people by which rates are broken down.",
                "List some under `equity`, such as race, sex or language.",
                deal.place_of("equity"),
            )
        )
    if release:
        refuse_forbidden(deal)
    on = as_of if as_of is not None else after_the_data(deal)
    ingested = ingest_feeds(
        deal, folder.root, snapshots=folder.out / "snapshots", as_of=on, tell=tell
    )
    with open_store(vault=ingested.vault) as store:
        people = people_records(deal, ingested, store=store, folder=folder, tell=tell)
        measured = measure_outcomes(
            deal, ingested.snapshot, store=store, records=people.records, tell=tell
        )
        # What matching and measuring find tells of few people; `link` and `measure` say it.
        counted = tuple(counted_rates(deal, ingested, people, measured, store))
    threshold = max(
        [LEAST_THRESHOLD, *(outcome.disclosure_threshold for outcome in deal.outcomes.values())]
    )
    return _shown(deal, folder, counted, threshold, on, release=release, to=to)


def _shown(
    deal: Deal,
    folder: DealFolder,
    counted: Sequence[Counted],
    threshold: int,
    on: date,
    *,
    release: bool,
    to: Path | None,
) -> Equity:
    facts = facts_of(counted, threshold=threshold)
    register = register_of(folder.out)
    given = shown_beside(releases_of(register), facts, threshold=threshold)
    number = None
    if release:
        number = write_release(register, KIND, facts, given, as_of=on)
    tables = breakdowns(counted, given)
    if number is not None:
        keep_given(folder.out, EquityGiven(number, on, tables))
    page = to if to is not None else folder.out / KIND / "rates-by-group.html"
    document = equity_document(
        EquityFacts(deal.deal, deal.standing, deal.is_certified, on, number, tables, threshold)
    )
    write_whole(page, write_html(document))
    return Equity(tables, page, number)
