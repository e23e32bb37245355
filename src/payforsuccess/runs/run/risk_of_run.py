"""Dollars at risk of a run: the deal's people measured and paid again under other matches."""

from __future__ import annotations

import pyarrow as pa

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.results import Results
from payforsuccess.payments.people import PersonRow, rows_from_columns
from payforsuccess.runs.data.ingest import Ingested
from payforsuccess.runs.folder import DealFolder
from payforsuccess.runs.link.decided import decisions_known
from payforsuccess.runs.link.decisions import decisions_that_hold
from payforsuccess.runs.link.files import read_links
from payforsuccess.runs.measure.cohort import cohort_records
from payforsuccess.runs.measure.evaluate import evaluate_plans
from payforsuccess.runs.measure.measure import measure_outcomes
from payforsuccess.runs.measure.people import LINKS
from payforsuccess.runs.run.dollars_at_risk import DollarsAtRisk, Due, FoundResults, dollars_at_risk
from payforsuccess.store import open_engine


def risk_of_run(
    deal: Deal,
    folder: DealFolder,
    ingested: Ingested,
    *,
    links: str,
    now: FoundResults,
    due_now: int,
    due: Due,
) -> DollarsAtRisk | None:
    """What the run's statement would come to under other matches; None without a review band.

    links: the fingerprint of the links it rests on. The records are opened once more, apart from
    the run's own, so that nothing of another match can enter the run.
    """
    if deal.linkage is None or deal.linkage.review is None:
        return None
    home = folder.out / LINKS
    kept = read_links(home / links.removeprefix("sha256:"))
    with open_engine(vault=ingested.vault) as store:

        def measure(people: pa.Table) -> FoundResults:
            records = cohort_records(deal, ingested.snapshot, store=store, linked=people)
            measured = measure_outcomes(deal, ingested.snapshot, store=store, records=records)
            evaluated = evaluate_plans(deal, ingested.snapshot, store=store, records=records)
            return FoundResults(
                Results(results=(*measured.results, *evaluated.results)),
                person_rows(measured.person_rows),
            )

        return dollars_at_risk(
            deal,
            kept,
            decisions=decisions_known(decisions_that_hold(home), kept.group_of),
            now=now,
            due_now=due_now,
            measure=measure,
            due=due,
        )


def person_rows(table: pa.Table) -> tuple[PersonRow, ...]:
    """The rows of people as payments read them."""
    columns = {name: table.column(name).to_pylist() for name in table.schema.names}
    return tuple(rows_from_columns(columns))
