"""The deal's terms paid on people who had no programme, from records."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.results import Result
from payforsuccess.errors import Finding, Problem, Refusal
from payforsuccess.finance.priced import priced_deal
from payforsuccess.finance.study.backtest import Backtested, pay_without_programme
from payforsuccess.payments.history import DealHistory
from payforsuccess.payments.worlds import SlotKey
from payforsuccess.runs.data.ingest import Ingested, Tell, after_the_data, ingest_feeds, keep_quiet
from payforsuccess.runs.document_file import check_endings, write_document
from payforsuccess.runs.folder import DealFolder, DealPath, open_folder
from payforsuccess.runs.measure.people import people_records
from payforsuccess.runs.plan.backtest_text import backtest_lines, backtest_plain
from payforsuccess.runs.plan.kept import keep_backtest
from payforsuccess.runs.plan.placebos import PlaceboStudy, placebo_studies
from payforsuccess.runs.plan.without_programme import Cohort, served_arms, turned_to

if TYPE_CHECKING:
    from payforsuccess.runs.measure.cohort import CohortRecords
    from payforsuccess.store import Store

SEED = 1
SPLITS = 10_000
FEWEST = 2


@dataclass(frozen=True, repr=False)
class BacktestTold:
    """What the deal would have paid without any programme, in words; amounts in minor units."""

    deal: str
    standing: str
    currency: str
    cohort: str
    people: int
    seed: int
    splits: int
    counted: tuple[Result, ...]
    placebos: tuple[PlaceboStudy, ...]
    paid: Backtested
    findings: tuple[Finding, ...]
    written: tuple[Path, ...] = ()

    def __str__(self) -> str:
        return "\n".join([*backtest_lines(self), "", *(f"Kept  {path}" for path in self.written)])

    __repr__ = __str__

    def as_plain(self) -> dict[str, object]:
        """Amounts as whole minor units, chances as decimal texts with their error."""
        return backtest_plain(self)


def backtest(
    path: DealPath,
    *,
    arm: str | None = None,
    started_from: date | None = None,
    started_to: date | None = None,
    people: int | None = None,
    splits: int = SPLITS,
    seed: int = SEED,
    as_of: date | None = None,
    to: Path | None = None,
    tell: Tell = keep_quiet,
) -> BacktestTold:
    """Every payment term on a cohort without the programme: counts paid as they are found, effects
    as found between two made-up arms of the cohort, drawn `splits` times.

    The cohort is an arm of the records, or those who started between two days before the deal.
    `people` draws so many for each made-up arm, with replacement, as large as a planned study.
    Refuses the deal's own people, also one by one, and what `pfs measure` refuses. The same seed
    gives the same splits. Kept under `out/backtest/`; with `to`, also as a page.
    """
    from payforsuccess.store import open_engine

    _refuse_sizes(people, splits)
    if to is not None:
        check_endings([to])
    folder = open_folder(path)
    deal = folder.history().latest
    cohort = Cohort(arm, started_from, started_to)
    turned = turned_to(deal, cohort)
    on = as_of if as_of is not None else after_the_data(deal)
    ingested = ingest_feeds(
        deal, folder.root, snapshots=folder.out / "snapshots", as_of=on, tell=tell
    )
    with open_engine(vault=ingested.vault) as store:
        records = people_records(turned, ingested, store=store, folder=folder, tell=tell).records
        counted = _counted(turned, ingested, store, records, tell)
        studies, unable = placebo_studies(
            turned, store, records, splits=splits, seed=seed, people=people
        )
        who = _people_of(turned, store, records)
        _refuse_overlap(deal, store, records, who)
    if not who:
        raise Refusal(
            Problem(
                f"No one in the records is {cohort}.",
                "Correct the arm or the days; `pfs measure` says who is there.",
            )
        )
    # periods are numbered alike in both calendars, and points have their place in the deal's own
    priced = priced_deal(DealHistory((deal,)))
    paid = pay_without_programme(
        priced.deal,
        {_slot(result): result.value for result in counted},
        {outcome: study.placebo for study in studies for outcome in study.outcomes},
        splits=splits,
    )
    told = BacktestTold(
        deal=deal.deal,
        standing=deal.standing,
        currency=deal.currency,
        cohort=str(cohort),
        people=len(who),
        seed=seed,
        splits=splits,
        counted=counted,
        placebos=studies,
        paid=paid,
        findings=(
            *ingested.findings,
            *_findings(deal, studies, paid, people),
            *(Finding("backtest", note) for note in (*unable, *priced.left_out)),
        ),
    )
    return _kept(told, folder, deal, ingested, cohort, people, on, to)


def _counted(
    turned: Deal, ingested: Ingested, store: Store, records: CohortRecords, tell: Tell
) -> tuple[Result, ...]:
    from payforsuccess.runs.measure.measure import measure_outcomes

    if all(outcome.measure is None for outcome in turned.outcomes.values()):
        return ()
    measured = measure_outcomes(turned, ingested.snapshot, store=store, records=records, tell=tell)
    return tuple(result for result in measured.results if result.people)


def _people_of(turned: Deal, store: Store, records: CohortRecords) -> frozenset[str]:
    """Everyone of the cohort whom any measure looks at, by their keys."""
    from payforsuccess.runs.measure.measuring import measure_people

    measures = [
        (name, outcome.measure, turned.place_of("outcomes", name))
        for name, outcome in turned.outcomes.items()
    ]
    measures += [
        (name, plan.measure, turned.place_of("evaluation", name))
        for name, plan in turned.evaluation.items()
    ]
    found: set[str] = set()
    for name, measure, where in measures:
        if measure is not None:
            people = measure_people(
                turned,
                measure,  # type: ignore[arg-type]  # measures across arms were left out
                excused_as=(name,),
                store=store,
                records=records,
                where=where,
            )
            found |= set(people.rows["person"].to_pylist())
    return frozenset(found)


def _refuse_overlap(deal: Deal, store: Store, records: CohortRecords, who: frozenset[str]) -> None:
    """Refuse people of the cohort whom the deal also serves, by another enrolment."""
    own = served_arms(deal)
    rows = store.run(
        records.of_everyone.enrolments.select("person", "arm", "enrolled_on")
    ).to_pylist()
    both = {
        row["person"]
        for row in rows
        if row["person"] in who
        and (
            row["arm"] in own
            or (not own and row["enrolled_on"] and row["enrolled_on"] >= deal.in_force_from)
        )
    }
    if both:
        raise Refusal(
            Problem(
                f"{len(both):,} people of the cohort were also served by the deal.",
                "Give a cohort in which nobody had the programme.",
            )
        )


def _findings(
    deal: Deal, studies: tuple[PlaceboStudy, ...], paid: Backtested, people: int | None
) -> Iterator[Finding]:
    for term in paid.terms:
        if not term.rests_on_chance and term.most:
            yield Finding(
                "payment",
                f"`{term.name}` pays on what happens anyway: it would have paid this without any "
                "programme.",
            )
        elif term.rests_on_chance:
            yield Finding(
                "payment",
                f"`{term.name}` pays something in {term.is_paid.value:.1%} of studies in which "
                "nobody had the programme.",
            )
    for study in studies:
        floor = deal.evaluation[study.plan].sample_floor
        least = min(study.placebo.treated, study.placebo.control)
        if floor is not None and least < floor:
            yield Finding(
                "study",
                f"The made-up arms of `{study.plan}` have {least:,} people and its floor is "
                f"{floor:,}; floor and fall-backs are left aside here, and smaller arms vary more. "
                "Give --people to draw arms as large as those planned.",
            )
    if people is not None and studies:
        yield Finding(
            "study",
            f"Made-up arms of {people:,} people were drawn with replacement from the cohort.",
        )
    for name in paid.left_out:
        yield Finding("backtest", f"No records tell `{name}`; it is taken as no success.")


def _refuse_sizes(people: int | None, splits: int) -> None:
    problems = []
    if splits < FEWEST:
        problems.append(Problem("Fewer than 2 splits have no spread.", "Ask for 1,000 or more."))
    if people is not None and people < FEWEST:
        problems.append(Problem("Fewer than 2 people are no arm.", "Give the people of one arm."))
    if problems:
        raise Refusal(problems)


def _slot(result: Result) -> SlotKey:
    if result.point is not None:
        return (result.outcome, f"point {result.point}", result.cohort or "")
    return (result.outcome, f"period {result.period}", result.cohort or "")


def _kept(
    told: BacktestTold,
    folder: DealFolder,
    deal: Deal,
    ingested: Ingested,
    cohort: Cohort,
    people: int | None,
    as_of: date,
    to: Path | None,
) -> BacktestTold:
    settings = (
        ("as_of", str(as_of)),
        ("arm", cohort.arm or ""),
        ("started_from", str(cohort.started_from or "")),
        ("started_to", str(cohort.started_to or "")),
        ("people", "" if people is None else str(people)),
        ("splits", str(told.splits)),
        ("seed", str(told.seed)),
    )
    written = keep_backtest(folder, deal, ingested, told.as_plain(), settings)
    if to is not None:
        from payforsuccess.reports.study_plan.backtest import backtest_document

        page = backtest_document(
            deal, told.paid, cohort=told.cohort, people=told.people, splits=told.splits,
            seed=told.seed, findings=[finding.what for finding in told.findings],
        )  # fmt: skip
        written = (*written, *write_document(page, [to]))
    return replace(told, written=written)
