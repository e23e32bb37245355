"""The deal's terms paid on people who had no programme, from records."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from payforsuccess.deal.deal import Deal
from payforsuccess.errors import Finding, Problem, Refusal
from payforsuccess.finance.priced import priced_deal
from payforsuccess.finance.study.backtest import Backtested, pay_without_programme
from payforsuccess.payments.history import DealHistory
from payforsuccess.runs.data.ingest import Tell, after_the_data, keep_quiet
from payforsuccess.runs.document_file import check_endings, write_document
from payforsuccess.runs.folder import DealFolder, DealPath, open_folder
from payforsuccess.runs.plan.backtest_text import backtest_lines, backtest_plain
from payforsuccess.runs.plan.kept import keep_backtest
from payforsuccess.runs.plan.looked import Count, Draws, Looked, in_records, in_rows
from payforsuccess.runs.plan.placebos import PlaceboStudy
from payforsuccess.runs.plan.without_programme import Cohort

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
    counted: tuple[Count, ...]
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
    rows: Path | None = None,
    people: int | None = None,
    splits: int = SPLITS,
    seed: int = SEED,
    as_of: date | None = None,
    to: Path | None = None,
    tell: Tell = keep_quiet,
) -> BacktestTold:
    """Every payment term on a cohort without the programme: counts paid as they are found, effects
    as found between two made-up arms of the cohort, drawn `splits` times.

    The cohort is an arm of the records, those who started between two days before the deal, or the
    people of `rows`, a file in the form of people.csv. `people` draws so many for each made-up arm,
    with replacement, as large as a planned study. Refuses the deal's own people, also one by one,
    and what `pfs measure` refuses. The same seed gives the same splits. Kept under `out/backtest/`;
    with `to`, also as a page.
    """
    cohort, draws = Cohort(arm, started_from, started_to), Draws(splits, seed, people)
    _refuse_unfit(cohort, rows, draws)
    if to is not None:
        check_endings([to])
    folder = open_folder(path)
    deal = folder.history().latest
    on = as_of
    if rows is not None:
        looked = in_rows(folder, deal, rows, draws)
    else:
        on = as_of if as_of is not None else after_the_data(deal)
        looked = in_records(folder, deal, cohort, draws, as_of=on, tell=tell)
    # periods are numbered alike in the cohort's calendar, and points have their place in the deal's
    priced = priced_deal(DealHistory((deal,)))
    paid = pay_without_programme(
        priced.deal,
        {count.slot: count.value for count in looked.counted},
        {outcome: study.placebo for study in looked.studies for outcome in study.outcomes},
        splits=splits,
    )
    made_up = dict(paid.made_up)
    told = BacktestTold(
        deal=deal.deal,
        standing=deal.standing,
        currency=deal.currency,
        cohort=looked.says,
        people=looked.people,
        seed=seed,
        splits=splits,
        counted=tuple(count for count in looked.counted if count.slot[0] not in made_up),
        placebos=looked.studies,
        paid=paid,
        findings=(
            *looked.findings,
            *_findings(deal, looked.studies, paid, people),
            *(Finding("backtest", note) for note in (*looked.unable, *priced.left_out)),
        ),
    )
    settings = (
        ("as_of", str(on or "")),
        ("arm", arm or ""),
        ("started_from", str(started_from or "")),
        ("started_to", str(started_to or "")),
        ("people", "" if people is None else str(people)),
        ("splits", str(splits)),
        ("seed", str(seed)),
    )
    return _kept(told, folder, deal, looked, settings, to)


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


def _refuse_unfit(cohort: Cohort, rows: Path | None, draws: Draws) -> None:
    problems = []
    if draws.splits < FEWEST:
        problems.append(Problem("Fewer than 2 splits have no spread.", "Ask for 1,000 or more."))
    if draws.people is not None and draws.people < FEWEST:
        problems.append(Problem("Fewer than 2 people are no arm.", "Give the people of one arm."))
    if rows is not None and str(cohort):
        problems.append(
            Problem(
                "Rows by person are given, and an arm or days of the records too.",
                "Name the cohort in one way.",
            )
        )
    if problems:
        raise Refusal(problems)


def _kept(
    told: BacktestTold,
    folder: DealFolder,
    deal: Deal,
    looked: Looked,
    settings: tuple[tuple[str, str], ...],
    to: Path | None,
) -> BacktestTold:
    written = keep_backtest(folder, deal, looked.source, told.as_plain(), settings)
    if to is not None:
        from payforsuccess.reports.study_plan.backtest import backtest_document

        page = backtest_document(
            deal, told.paid, cohort=told.cohort, people=told.people, splits=told.splits,
            seed=told.seed, findings=[finding.what for finding in told.findings],
        )  # fmt: skip
        written = (*written, *write_document(page, [to]))
    return replace(told, written=written)
