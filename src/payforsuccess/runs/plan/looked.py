"""What is found of people without programme: in the deal's records, or in rows by person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.evaluation import Randomised, TwoArmBase
from payforsuccess.deal.measures import MeasureBase
from payforsuccess.deal.results import Result
from payforsuccess.errors import Finding, Place, Problem, Refusal
from payforsuccess.finance.study.placebo import placebo_of, why_no_placebo
from payforsuccess.payments.people import People
from payforsuccess.payments.worlds import SlotKey
from payforsuccess.runs.data.ingest import Tell, ingest_feeds
from payforsuccess.runs.data.slots import points_of
from payforsuccess.runs.finance.recorded import told_from
from payforsuccess.runs.folder import DealFolder
from payforsuccess.runs.measure.people import people_records
from payforsuccess.runs.measure.people_rows import read_people
from payforsuccess.runs.people_names import names_of
from payforsuccess.runs.plan.placebos import PlaceboStudy, placebo_studies
from payforsuccess.runs.plan.without_programme import Cohort, served_arms, turned_to
from payforsuccess.trail import RunInput

if TYPE_CHECKING:
    from payforsuccess.runs.measure.cohort import CohortRecords
    from payforsuccess.store import Store


@dataclass(frozen=True)
class Draws:
    """How made-up trials are drawn."""

    splits: int
    seed: int
    people: int | None


@dataclass(frozen=True)
class Count:
    """One result that was counted: its slot, its value, and of how many people."""

    slot: SlotKey
    value: Fraction
    people: int


@dataclass(frozen=True)
class Looked:
    """What was found, of how many people, and what it was read from."""

    says: str
    people: int
    counted: tuple[Count, ...]
    studies: tuple[PlaceboStudy, ...]
    unable: tuple[str, ...]
    findings: tuple[Finding, ...]
    source: RunInput


def in_records(
    folder: DealFolder, deal: Deal, cohort: Cohort, draws: Draws, *, as_of: date, tell: Tell
) -> Looked:
    """The cohort in the deal's feeds, measured as the deal measures."""
    from payforsuccess.runs.measure.measure import measure_outcomes
    from payforsuccess.store import open_engine

    turned = turned_to(deal, cohort)
    ingested = ingest_feeds(
        deal, folder.root, snapshots=folder.out / "snapshots", as_of=as_of, tell=tell
    )
    with open_engine(vault=ingested.vault) as store:
        records = people_records(turned, ingested, store=store, folder=folder, tell=tell).records
        results: tuple[Result, ...] = ()
        if any(outcome.measure is not None for outcome in turned.outcomes.values()):
            measured = measure_outcomes(
                turned, ingested.snapshot, store=store, records=records, tell=tell
            )
            results = measured.results
        studies, unable = placebo_studies(
            turned, store, records, splits=draws.splits, seed=draws.seed, people=draws.people
        )
        who, waiting = _people_of(turned, store, records)
        _refuse_before_the_end(deal, cohort, waiting)
        _refuse_served(deal, store, records, who)
    if not who:
        raise Refusal(
            Problem(
                f"No one in the records is {cohort}.",
                "Correct the arm or the days; `pfs measure` says who is there.",
            )
        )
    counted = tuple(
        Count(_slot(result), result.value, result.people) for result in results if result.people
    )
    source = RunInput("snapshot", "", ingested.snapshot.fingerprint)
    return Looked(str(cohort), len(who), counted, studies, unable, ingested.findings, source)


def in_rows(folder: DealFolder, deal: Deal, file: Path, draws: Draws) -> Looked:
    """Rows by person of people without programme, in the form of people.csv.

    Everyone in the file is of the cohort; who has no row for an outcome adds 0 to it. An effect is
    found between people's own sums. Refuses keys that the deal's own rows have too.
    """
    people, fingerprint = read_people(file, names_of(folder.history()))
    if not people.keys:
        raise Refusal(Problem("The file holds no one.", "Give rows by person.", Place(str(file))))
    _refuse_own_rows(folder, file, people)
    effects = {o: each.estimate for o, each in deal.outcomes.items() if each.estimate is not None}
    counted = tuple(
        Count((outcome, f"period {period}", ""), _sum(people, deal, outcome, period), of)
        for of in [len(people.keys)]
        for outcome, period in people.slots
        if outcome not in effects and not points_of(deal, outcome)
    )
    studies: list[PlaceboStudy] = []
    unable: list[str] = []
    for number, (outcome, name) in enumerate(effects.items()):
        plan = deal.evaluation[name]
        periods = [period for found, period in people.slots if found == outcome]
        why = why_no_placebo(plan)
        if not periods:
            why = f"the file has no rows for `{outcome}`"
        if why or not isinstance(plan, Randomised):
            unable.append(f"`{name}` is not backtested: {why}.")
            continue
        columns = [people.quantities(outcome, period, tick=Fraction(1)) for period in periods]
        known = [float(sum(own)) for own in zip(*(list(c) for c in columns), strict=True)]
        placebo = placebo_of(
            plan, known, splits=draws.splits, seed=(draws.seed, number), people=draws.people
        )
        studies.append(PlaceboStudy(name, (outcome,), len(known), 0, placebo))
    source = RunInput("people", told_from(file, folder.root), fingerprint)
    says = f"in {file.name}"
    return Looked(says, len(people.keys), counted, tuple(studies), tuple(unable), (), source)


def _sum(people: People, deal: Deal, outcome: str, period: int) -> Fraction:
    tick = deal.outcomes[outcome].tick
    return tick * sum(int(each) for each in people.quantities(outcome, period, tick=tick))


def _refuse_own_rows(folder: DealFolder, file: Path, people: People) -> None:
    own = folder.people_file()
    if own is None:
        return
    if own.resolve() == file.resolve():
        raise Refusal(
            Problem(
                "These are the rows of the deal's own people.",
                "Name a file of people who had no programme.",
                Place(str(file)),
            )
        )
    both = set(people.keys) & set(read_people(own)[0].keys)
    if both:
        raise _served(len(both))


def _people_of(
    turned: Deal, store: Store, records: CohortRecords
) -> tuple[frozenset[str], Mapping[str, int]]:
    """Everyone of the cohort whom any measure looks at, by their keys, and for each plan how many
    windows are not yet seen to their end.
    """
    from payforsuccess.measures import NOT_YET_OBSERVED
    from payforsuccess.runs.measure.measuring import measure_people

    found: set[str] = set()
    waiting: dict[str, int] = {}
    for name, measure in _measures(turned):
        people = measure_people(
            turned,
            measure,  # type: ignore[arg-type]  # each of them measures one person
            excused_as=(name,),
            store=store,
            records=records,
            where=turned.place_of("evaluation", name),
        )
        found |= set(people.rows["person"].to_pylist())
        waiting[name] = people.rows["status"].to_pylist().count(NOT_YET_OBSERVED)
    return frozenset(found), waiting


def _refuse_before_the_end(deal: Deal, cohort: Cohort, waiting: Mapping[str, int]) -> None:
    """Refuse a control arm while its study runs: its outcomes would be a look nobody planned."""
    for name, plan in deal.evaluation.items():
        if (
            isinstance(plan, TwoArmBase)
            and cohort.arm == plan.arms.control
            and waiting.get(name, 0)
        ):
            raise Refusal(
                Problem(
                    f"The arm {cohort.arm} is the control arm of {name}, and {waiting[name]:,} of "
                    "its windows are not yet seen to their end: its outcomes reach only the "
                    "evaluator and the monitoring board, at planned looks.",
                    "Backtest on people before the deal (--started-from, --started-to), or wait "
                    "until the study is over.",
                    deal.place_of("evaluation", name),
                )
            )


def _measures(turned: Deal) -> Iterator[tuple[str, MeasureBase]]:
    for name, outcome in turned.outcomes.items():
        if isinstance(outcome.measure, MeasureBase):
            yield name, outcome.measure
    for name, plan in turned.evaluation.items():
        yield name, plan.measure


def _refuse_served(deal: Deal, store: Store, records: CohortRecords, who: frozenset[str]) -> None:
    """Refuse people of the cohort whom the deal also serves, by another enrolment."""
    own = served_arms(deal)
    enrolments = records.of_everyone.enrolments.select("person", "arm", "enrolled_on")
    both = {
        row["person"]
        for row in store.run(enrolments).to_pylist()
        if row["person"] in who
        and (
            row["arm"] in own
            or (not own and row["enrolled_on"] and row["enrolled_on"] >= deal.in_force_from)
        )
    }
    if both:
        raise _served(len(both))


def _served(count: int) -> Refusal:
    who = "1 person of the cohort was" if count == 1 else f"{count:,} people of the cohort were"
    return Refusal(
        Problem(
            f"{who} also served by the deal.",
            "Give a cohort in which nobody had the programme.",
        )
    )


def _slot(result: Result) -> SlotKey:
    if result.point is not None:
        return (result.outcome, f"point {result.point}", result.cohort or "")
    return (result.outcome, f"period {result.period}", result.cohort or "")
