"""Dollars at risk of a run: the deal's people measured and paid again under other matches."""

from __future__ import annotations

from collections.abc import Sequence

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.results import Results
from payforsuccess.runs.folder import DealFolder
from payforsuccess.runs.link.decided import decisions_known
from payforsuccess.runs.link.decisions import decisions_that_hold
from payforsuccess.runs.link.files import read_links
from payforsuccess.runs.measure.cohort import CohortRecords
from payforsuccess.runs.measure.evaluate import Evaluated
from payforsuccess.runs.measure.matches import PersonOf, measure_matches
from payforsuccess.runs.measure.measure import Measured
from payforsuccess.runs.measure.people import LINKS
from payforsuccess.runs.run.dollars_at_risk import Due, FoundResults, dollars_at_risk
from payforsuccess.runs.run.drafting import person_rows
from payforsuccess.runs.run.risk_in_words import DollarsAtRisk


def risk_of_run(
    deal: Deal,
    folder: DealFolder,
    *,
    links: str,
    records: CohortRecords,
    measured: Measured,
    evaluated: Evaluated,
    due_now: int,
    due: Due,
) -> DollarsAtRisk | None:
    """What the run's statement would come to under other matches; None without a review band.

    links: the fingerprint of the links it rests on. records, measured, evaluated: what the run
    measured, its store still open. It is the last that is asked of the store, so that nothing of
    another match can enter the run.
    """
    if deal.linkage is None or deal.linkage.review is None:
        return None
    home = folder.out / LINKS
    kept = read_links(home / links.removeprefix("sha256:"))

    def measure(now: PersonOf, ways: Sequence[PersonOf]) -> list[FoundResults]:
        found = measure_matches(records, measured, evaluated, now=now, ways=ways)
        return [
            FoundResults(Results(results=one.results), person_rows(one.person_rows))
            for one in found
        ]

    return dollars_at_risk(
        deal,
        kept,
        decisions=decisions_known(decisions_that_hold(home), kept.group_of),
        now=FoundResults(
            Results(results=(*measured.results, *evaluated.results)),
            person_rows(measured.person_rows),
        ),
        due_now=due_now,
        measure=measure,
        due=due,
    )
