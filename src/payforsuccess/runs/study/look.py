"""A planned look before the end: outcomes by arm, for those alone whom the plan names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from payforsuccess.deal.approvals import is_of_one_alphabet
from payforsuccess.deal.deal import Deal
from payforsuccess.deal.estimates import Estimate
from payforsuccess.deal.evaluation import EvaluationPlan, Look
from payforsuccess.deal.fields import Duration
from payforsuccess.deal.results import Result
from payforsuccess.deal.study import LookRelease
from payforsuccess.deal.words.phrases import listed
from payforsuccess.errors import Finding, Problem, Refusal
from payforsuccess.payments.history import DealHistory
from payforsuccess.runs.data.ingest import Tell, after_the_data, ingest_feeds, keep_quiet
from payforsuccess.runs.files import json_bytes, locked, write_whole
from payforsuccess.runs.folder import DealFolder, DealPath, open_folder
from payforsuccess.runs.measure.evaluate import evaluate_plans
from payforsuccess.runs.measure.people import people_records
from payforsuccess.runs.run.estimate_lines import estimate_lines
from payforsuccess.runs.statement.in_office import party_problems
from payforsuccess.runs.study.kept import add_look, looks_folder, read_looks
from payforsuccess.runs.study.look_decision import decide_look
from payforsuccess.runs.study.standing import PlanSeal, refuse_changed
from payforsuccess.units import add_months, grouped


@dataclass(frozen=True, repr=False)
class Looked:
    """What the named readers may see at a look, and what the plan's bounds say to it.

    told: a sentence for each plan. results: provisional, where the plan pays at the look.
    """

    look: str
    on: date
    reader: str
    estimates: tuple[Estimate, ...]
    told: tuple[str, ...]
    results: tuple[Result, ...]
    releases: tuple[LookRelease, ...]
    findings: tuple[Finding, ...]
    file: Path | None = None

    def __str__(self) -> str:
        lines = [
            f"Look {self.look}, of {self.on}, for {self.reader}",
            "Outcomes by arm before the end. Nobody but the evaluator and the monitoring board may "
            "see them: do not pass this on.",
            *estimate_lines(self.estimates),
            "What the plan says to it",
            *(f"  {each}" for each in self.told),
        ]
        if self.results:
            lines.append("Results, provisional until they are determined")
        lines += [
            f"  {each.outcome} ({each.slot[1]}): {grouped(each.value)}" for each in self.results
        ]
        lines += ["Findings", *(f"  {each}" for each in self.findings)] if self.findings else []
        numbers = listed([str(each.number) for each in self.releases])
        lines.append(f"Put on record as release {numbers}, {self.releases[-1].fingerprint}")
        return "\n".join([*lines, *([f"Kept in {self.file}"] if self.file is not None else [])])

    __repr__ = __str__

    def as_plain(self) -> dict[str, object]:
        """For programs: the same."""
        return {
            "look": self.look,
            "reader": self.reader,
            "estimates": [each.as_plain() for each in self.estimates],
            "told": list(self.told),
            "results": [each.as_plain() for each in self.results],
            "releases": [each.as_plain() for each in self.releases],
            "findings": [str(each) for each in self.findings],
        }


def look(
    path: DealPath,
    name: str,
    *,
    reader: str,
    by: str,
    on: date,
    today: date,
    as_of: date | None = None,
    to: Path | None = None,
    tell: Tell = keep_quiet,
) -> Looked:
    """Estimate, at a planned look, every plan that has it, and put on record who reads it.

    People count whose window is over by the day of the look. Only the plan's own estimate and test
    are made; its variations and other outcomes wait for the end. to: keeps the provisional results
    of a look on which a payment rests.

    Refuses a look that no sealed plan has, one before its day, and every reader but the evaluator
    and the monitoring board that each of these plans names. Refuses windows that the data have not
    yet seen to their end, and a look after one that stopped the study.
    """
    folder = open_folder(path)
    history = folder.history()
    deal = history.latest
    looks = looks_named(deal, name)
    seals = refuse_changed(folder, history)
    problems = [
        *_writing_problems(reader=reader, by=by, on=on, today=today),
        *_look_problems(deal, name, looks, seals, on=on),
        *_reader_problems(deal, looks, reader, on=on),
    ]
    if to is not None and looks and not any(each.pays for each in looks.values()):
        problems.append(
            Problem(
                f"No payment rests on the look {name}, so it gives no results to keep.",
                "Leave --to out.",
            )
        )
    if problems:
        raise Refusal(problems)
    with locked(looks_folder(folder)):
        found = _look(folder, history, name, looks, seals, reader, by, on, as_of, tell)
    if to is None:
        return found
    results = [each.as_plain() for each in found.results]
    write_whole(to, json_bytes({"format": 1, "results": results}))
    return replace(found, file=to)


def looks_named(deal: Deal, name: str) -> dict[str, Look]:
    """The look of this name in each plan that an outcome rests on and that has it."""
    resting = {outcome.estimate for outcome in deal.outcomes.values()}
    return {
        plan: each
        for plan, stated in deal.evaluation.items()
        if plan in resting
        for each in stated.looks
        if each.name == name
    }


def as_at_look(deal: Deal, looks: Mapping[str, Look]) -> Deal:
    """The deal with its plans limited to people whose window is over by the look's day.

    What is only shown beside an estimate is left out: at a look nobody sees more than they must.
    """
    day = max(each.on for each in looks.values())
    plans = {name: _limited(plan, day) for name, plan in deal.evaluation.items()}
    return deal.model_copy(update={"evaluation": plans})


def last_start(window: Duration, *, over_by: date) -> date:
    """The latest day on which a window can begin that is over by a day."""
    if window.days:
        return over_by - timedelta(days=window.days - 1)
    day = add_months(over_by, -window.months) + timedelta(days=1)
    while add_months(day, window.months) - timedelta(days=1) > over_by:
        day -= timedelta(days=1)
    return day


def _limited(plan: EvaluationPlan, day: date) -> EvaluationPlan:
    last = last_start(plan.measure.window, over_by=day)
    update: dict[str, object] = {
        "variations": (),
        "secondary": (),
        "several_outcomes": None,
        "sensitivity": (),
    }
    for key in ("measure", "before"):
        measure = getattr(plan, key, None)
        if measure is not None:
            own = measure.population
            until = last if own.starts_to is None else min(last, own.starts_to)
            population = own.model_copy(update={"starts_to": until})
            update[key] = measure.model_copy(update={"population": population})
    return plan.model_copy(update=update)


def _look(
    folder: DealFolder,
    history: DealHistory,
    name: str,
    looks: Mapping[str, Look],
    seals: Mapping[str, PlanSeal],
    reader: str,
    by: str,
    on: date,
    as_of: date | None,
    tell: Tell,
) -> Looked:
    from payforsuccess.store import open_engine

    deal = history.latest
    before = read_looks(folder)
    day = as_of if as_of is not None else after_the_data(deal)
    snapshots = folder.out / "snapshots"
    ingested = ingest_feeds(deal, folder.root, snapshots=snapshots, as_of=day, tell=tell)
    with open_engine(vault=ingested.vault) as store:
        people = people_records(deal, ingested, store=store, folder=folder, tell=tell)
        evaluated = evaluate_plans(
            as_at_look(deal, looks),
            ingested.snapshot,
            store=store,
            records=people.records,
            names=looks,
        )
    found = {each.estimate.plan: each for each in evaluated.plans}
    told, findings, releases, results = [], list(evaluated.findings), list(before), []
    for plan, each in looks.items():
        one = found[plan]
        decided = decide_look(deal.evaluation[plan], each, one, before)
        releases.append(
            LookRelease(
                format=1,
                number=len(releases) + 1,
                plan=plan,
                plan_fingerprint=seals[plan].fingerprint,
                look=each.name,
                reader=reader,
                by=by,
                on=on,
                estimate=one.estimate.fingerprint,
                people=decided.people,
                information=decided.information,
                statistic=decided.statistic,
                stops=decided.stops,
                previous=releases[-1].fingerprint if releases else None,
            )
        )
        told.append(f"{plan}: {decided.says}")
        where = deal.place_of("evaluation", plan)
        findings += [Finding("look", text, where) for text in decided.known]
        results += list(one.results) if each.pays else []
    for release in releases[len(before) :]:
        add_look(folder, release)
    return Looked(
        name,
        max(each.on for each in looks.values()),
        reader,
        tuple(found[plan].estimate for plan in looks),
        tuple(told),
        tuple(results),
        tuple(releases[len(before) :]),
        tuple(dict.fromkeys(findings)),
    )


def _look_problems(
    deal: Deal,
    name: str,
    looks: Mapping[str, Look],
    seals: Mapping[str, PlanSeal],
    *,
    on: date,
) -> Iterator[Problem]:
    where = deal.place_of("evaluation")
    if not looks:
        planned = dict.fromkeys(
            each.name for plan in deal.evaluation.values() for each in plan.looks
        )
        yield Problem(
            f"No plan has a look called {name}. Outcomes by arm are seen at planned looks alone.",
            f"Planned are: {', '.join(planned) or 'none'}.",
            where,
        )
    for plan, each in looks.items():
        if plan not in seals:
            yield Problem(
                f"The plan {plan} is not sealed, so that its looks could be chosen at will.",
                "Seal it before anything is known: pfs evaluate --seal.",
                deal.place_of("evaluation", plan),
            )
        if on < each.on:
            yield Problem(
                f"The look {name} of the plan {plan} is due on {each.on}.",
                "Wait for that day; there are no other looks.",
                deal.place_of("evaluation", plan, "looks"),
            )


def _reader_problems(
    deal: Deal, looks: Mapping[str, Look], reader: str, *, on: date
) -> Iterator[Problem]:
    """Only the evaluator, and the board that a plan names, see outcomes by arm (R139)."""
    if not party_problems(deal, reader, "evaluator", on=on, what="A look"):
        return
    for plan in looks:
        monitoring = deal.evaluation[plan].monitoring
        if monitoring is not None and monitoring.board == reader:
            continue
        board = f" and {monitoring.board}" if monitoring is not None else ""
        evaluators = [each.name for each in deal.parties if "evaluator" in each.roles]
        yield Problem(
            f"{reader} may not see outcomes by arm of the plan {plan} before the end. Only "
            f"{listed(evaluators)}{board} may, at planned looks.",
            "Ask for performance to target, which uses nothing of the control group: pfs track.",
            deal.place_of("evaluation", plan, "monitoring"),
        )


def _writing_problems(*, reader: str, by: str, on: date, today: date) -> Iterator[Problem]:
    for key, text in (("reader", reader), ("by", by)):
        if not text.strip():
            yield Problem(f"Nothing is written for --{key}.", "Write a name.")
    if not is_of_one_alphabet(by):
        yield Problem(
            "The name mixes letters of two alphabets, some of which only look alike.",
            "Write it in one alphabet.",
        )
    if on > today:
        yield Problem(f"{on} lies ahead.", "Give today or a day before.")
