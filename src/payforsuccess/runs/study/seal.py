"""Seal the plans of a deal before results are known, each with the shell of its final report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from payforsuccess.deal.approvals import is_of_one_alphabet
from payforsuccess.deal.checks.amendments import consents_needed
from payforsuccess.deal.deal import Deal
from payforsuccess.deal.study import Seal, SealedPlan
from payforsuccess.deal.words.phrases import listed
from payforsuccess.errors import Finding, Problem, Refusal
from payforsuccess.payments.history import DealHistory
from payforsuccess.runs.document_file import check_endings, write_document
from payforsuccess.runs.files import locked
from payforsuccess.runs.folder import DealFolder, DealPath, open_folder
from payforsuccess.runs.statement.in_office import version_on
from payforsuccess.runs.study.kept import add_seal, read_looks, read_seals, seals_folder
from payforsuccess.runs.study.shell import ShellMade, make_shell, shell_document
from payforsuccess.runs.study.standing import PlanSeal, frozen, seals_standing, stated
from payforsuccess.runs.study.told import day_of_seal_findings, records_through


@dataclass(frozen=True, repr=False)
class SealedStudy:
    """What was sealed, to be published; `files` are the shell as a document, where asked."""

    seal: Seal
    kept: Path
    findings: tuple[Finding, ...]
    files: tuple[Path, ...] = ()

    def __str__(self) -> str:
        seal = self.seal
        again = f", by amendment {seal.amendment}" if seal.amendment is not None else ""
        lines = [f"Sealed on {seal.on} by {seal.by} for {seal.party}{again}"]
        for each in seal.plans:
            lines.append(f"  plan {each.plan}: {each.fingerprint}")
            if each.shell is not None:
                lines.append(
                    f"    shell of its report: {each.shell.document}, {len(each.shell.tables)} "
                    "tables and figures"
                )
        lines += ["Findings", *(f"  {each}" for each in self.findings)] if self.findings else []
        lines += [f"Kept   {self.kept}"]
        lines += [f"Shell  {file}" for file in self.files]
        return "\n".join([*lines, f"Publish the seal: {seal.fingerprint}"])

    __repr__ = __str__

    def as_plain(self) -> dict[str, object]:
        """For programs: the record as it was kept."""
        return {
            "seal": self.seal.as_plain(),
            "fingerprint": self.seal.fingerprint,
            "findings": [str(each) for each in self.findings],
        }


def seal_study(
    path: DealPath, *, party: str, by: str, on: date, today: date, shell: Sequence[Path] = ()
) -> SealedStudy:
    """Freeze every plan of the deal that is not yet sealed, by its fingerprint.

    The record has the day by the signer's word, the day on which it was written (`today`), and how
    far records that lie beside the deal reach. For each plan the report is written once with
    made-up people, which shows that the plan can be computed; its shape and fingerprint are sealed
    too, and with `shell` it is written to files. A plan that this version does not compute is
    sealed without, and a finding says so. Plans that the opening of a lottery froze keep that seal.

    Refuses a party that is none of the deal's, a day ahead or before the last seal, a plan with
    determined results or a look that was given, a changed plan unless an amendment with its
    consents in force says that it touches the plan, and a deal whose plans are all sealed.
    """
    check_endings(shell)
    folder = open_folder(path)
    with locked(seals_folder(folder)):
        history = folder.history()
        deal = version_on(history, on)
        before = read_seals(folder)
        standing = seals_standing(folder, history)
        problems = _signing_problems(deal, before, party=party, by=by, on=on, today=today)
        fresh, amendment = _to_seal(deal, standing)
        problems += _changed_problems(folder, history, deal, standing, amendment, on=on)
        problems += _known_problems(folder, deal, fresh)
        if not fresh and not problems:
            problems.append(_nothing(deal, standing))
        if problems:
            raise Refusal(problems)
        made = {name: make_shell(deal, name) for name in fresh}
        record = Seal(
            format=1,
            number=len(before) + 1,
            plans=tuple(
                SealedPlan(
                    plan=name,
                    fingerprint=frozen(deal.evaluation[name]),
                    stated=stated(deal.evaluation[name]),
                    shell=made[name].shell,
                )
                for name in fresh
            ),
            party=party,
            by=by,
            on=on,
            written_on=today,
            records_through=records_through(folder, deal),
            terms=deal.terms_fingerprint,
            amendment=amendment,
            previous=before[-1].fingerprint if before else None,
        )
        kept = add_seal(folder, record)
    files = _write(deal, made, shell)
    findings = (
        *(finding for each in made.values() for finding in each.findings),
        *day_of_seal_findings(record),
    )
    return SealedStudy(record, kept, findings, files)


def _to_seal(deal: Deal, standing: Mapping[str, PlanSeal]) -> tuple[tuple[str, ...], int | None]:
    """The plans without a seal or with another, and the amendment that brought such a one."""
    fresh, amendment = [], None
    for name, plan in deal.evaluation.items():
        seal = standing.get(name)
        if seal is not None and (seal.fingerprint == frozen(plan)):
            if seal.by_lottery and seal.sealed is None:
                fresh.append(name)
            continue
        if seal is not None:
            amendment = deal.amendment.number if deal.amendment is not None else None
        fresh.append(name)
    return tuple(fresh), amendment


def _signing_problems(
    deal: Deal, before: Sequence[Seal], *, party: str, by: str, on: date, today: date
) -> list[Problem]:
    problems = []
    if not by.strip() or not is_of_one_alphabet(by):
        problems.append(
            Problem("The name of who seals is empty or mixes alphabets.", "Write it with --by.")
        )
    if on > today:
        problems.append(Problem(f"{on} lies ahead.", "Give today or a day before."))
    if before and on < before[-1].on:
        problems.append(
            Problem(f"The last seal is of {before[-1].on}.", "Give that day or a later one.")
        )
    if not any(
        each.name == party
        and (each.since is None or each.since <= on)
        and (each.until is None or on <= each.until)
        for each in deal.parties
    ):
        problems.append(
            Problem(
                f"“{party}” is not a party of this deal on {on}.",
                f"The parties are: {', '.join(each.name for each in deal.parties)}.",
                deal.place_of("parties"),
            )
        )
    if not deal.evaluation:
        problems.append(
            Problem(
                "The deal states no plan, so there is nothing to seal.",
                "State one under `evaluation`.",
                deal.place_of("evaluation"),
            )
        )
    return problems


def _changed_problems(
    folder: DealFolder,
    history: DealHistory,
    deal: Deal,
    standing: Mapping[str, PlanSeal],
    amendment: int | None,
    *,
    on: date,
) -> list[Problem]:
    """Why a plan that was sealed cannot be sealed anew."""
    problems = []
    for name, seal in standing.items():
        plan = deal.evaluation.get(name)
        if plan is not None and frozen(plan) == seal.fingerprint:
            continue
        where = deal.place_of("evaluation", name)
        at = history.versions.index(deal)
        was = history.versions[at - 1].evaluation.get(name) if at else None
        if seal.by_lottery:
            problems.append(
                Problem(
                    f"The plan {name} was frozen when the lottery was opened on {seal.on}.",
                    "Put it back; another plan needs another lottery.",
                    where,
                )
            )
        elif amendment is None or was is None or frozen(was) != seal.fingerprint:
            problems.append(
                Problem(
                    f"The plan {name} was sealed on {seal.on}, and the file itself is changed.",
                    "Put it back, and change it in a file under amendments/, with `touches: "
                    "[plan]` and the consents.",
                    where,
                )
            )
        else:
            problems += _consent_problems(deal, history.versions[at - 1], name, on=on)
    return problems


def _consent_problems(deal: Deal, before: Deal, name: str, *, on: date) -> list[Problem]:
    amendment = deal.amendment
    assert amendment is not None
    where = deal.place_of("amendment")
    if "plan" not in amendment.touches:
        return [
            Problem(
                f"Amendment {amendment.number} changes the plan {name}, and does not say that it "
                "touches the plan.",
                "Add `plan` under `touches`, and the consents that it needs.",
                where,
            )
        ]
    needed = [each for each in consents_needed(deal, by=before) if each.touches == "plan"]
    missing = [str(each) for each in needed if each.given_on is None or each.given_on > on]
    if missing or not amendment.consents:
        return [
            Problem(
                f"Amendment {amendment.number} lacks the consent of "
                f"{listed(missing) if missing else 'anyone'}.",
                "Record the consents under `amendment.consents`, then seal the plan.",
                where,
            )
        ]
    return []


def _known_problems(folder: DealFolder, deal: Deal, names: Sequence[str]) -> list[Problem]:
    """What says that results of these plans are known already."""
    problems = []
    resting = {
        outcome: each.estimate for outcome, each in deal.outcomes.items() if each.estimate in names
    }
    for record in folder.determinations():
        told = {resting[each.outcome] for each in record.results if each.outcome in resting}
        problems += [
            Problem(
                f"Results of the plan {name} were determined on {record.on}.",
                "A plan is sealed before they are known; it stays as it is.",
                deal.place_of("evaluation", name),
            )
            for name in sorted(filter(None, told))
        ]
    for look in read_looks(folder):
        if look.plan in names:
            problems.append(
                Problem(
                    f"Outcomes by arm of the plan {look.plan} were given out on {look.on}, at the "
                    f"look {look.look}.",
                    "A plan is sealed before anything is known of them; it stays as it is.",
                    deal.place_of("evaluation", look.plan),
                )
            )
    return problems


def _nothing(deal: Deal, standing: Mapping[str, PlanSeal]) -> Problem:
    told = "; ".join(f"{name} on {seal.on}" for name, seal in standing.items())
    return Problem(
        f"Every plan is sealed: {told}.",
        "Nothing is to be done; a seal is never made twice.",
        deal.place_of("evaluation"),
    )


def _write(deal: Deal, made: Mapping[str, ShellMade], to: Sequence[Path]) -> tuple[Path, ...]:
    parts = [each for each in made.values() if each.shell is not None]
    return write_document(shell_document(deal, parts), to) if parts else ()
