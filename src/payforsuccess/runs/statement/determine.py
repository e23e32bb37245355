"""Record an evaluator's or validator's signed word on results."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Literal

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.results import Determination, Result, Results, SignedRows, Statement
from payforsuccess.errors import Place, Problem, Refusal
from payforsuccess.payments.book import first_on, signed_rows
from payforsuccess.payments.history import DealHistory
from payforsuccess.payments.known import unknown_slot
from payforsuccess.payments.people import People
from payforsuccess.payments.too_near import too_near
from payforsuccess.runs.files import json_bytes, locked, write_whole
from payforsuccess.runs.folder import DealFolder, DealPath, open_folder
from payforsuccess.runs.measure.people_rows import read_people
from payforsuccess.runs.people_names import names_of
from payforsuccess.runs.statement.run_behind import inputs_of, newest_run

Role = Literal["evaluator", "validator"]


def determine(
    path: DealPath,
    *,
    party: str,
    role: Role,
    signed_by: str,
    on: date,
    results: Path | None = None,
    people: Path | None = None,
    only: Sequence[str] = (),
    supersedes: int | None = None,
    reason: str | None = None,
    signature: str | None = None,
) -> Determination:
    """Sign the values of a results file (of the outcomes in `only`, or all) and put it on record.

    Where there are rows by person, their totals are signed too, for outcomes and periods that the
    results file does not state. `results` may be the folder of a run: what it found is signed, and
    the rows by person that it left.

    The values are kept as decimal text: that text is what payments read. Refuses a party without
    the role, unknown outcomes, values in slots that a standing determination already gives, and a
    value that arrives after its measurement point's last day. Returns the record, which lies in
    `out/determinations/` and is chained to the one before.
    """
    _refuse_blanks(party=party, signed_by=signed_by, reason=reason, signature=signature)
    folder = open_folder(path)
    history = folder.history()
    given = inputs_of(results, people)
    with locked(folder.out / "determinations"):
        earlier = folder.determinations()
        people_file = folder.people_file(given.people)
        rows = None if people_file is None else read_people(people_file, names_of(history))[0]
        found = _with_people(folder.results(given.results), rows, history.latest)
        if found is None:
            raise Refusal(
                Problem(
                    "There are no results to determine.",
                    f"Name a results file with --results{_or_a_run(folder)}, or put results.yaml "
                    "beside the deal.",
                    Place(str(folder.root)),
                )
            )
        chosen = _not_yet_signed(_chosen(found, only), rows, earlier, supersedes)
        record = Determination(
            format=1,
            number=len(earlier) + 1,
            party=party,
            role=role,
            signed_by=signed_by,
            on=on,
            # What is determined is stated in digits, however it was computed.
            results=tuple(
                r.model_copy(update={"is_approximate": False})
                for r in sorted(chosen, key=lambda r: r.slot)
            ),
            rows=_signed_rows(chosen, rows),
            results_fingerprint=found.fingerprint,
            supersedes=supersedes,
            reason=reason,
            signature=signature,
            previous=earlier[-1].fingerprint if earlier else None,
        )
        problems = [
            *_party_problems(_in_force(history, on), record),
            *_slot_problems(history, record, earlier),
            *_day_problems(history, record, earlier, folder.statements()),
        ]
        if problems:
            raise Refusal(problems)
        _write(folder, record)
    return record


def _refuse_blanks(**texts: str | None) -> None:
    blank = [name for name, text in texts.items() if text is not None and not text.strip()]
    if blank:
        raise Refusal(
            [
                Problem(f"Nothing is written for --{name.replace('_', '-')}.", "Write a text.")
                for name in blank
            ]
        )


def _with_people(found: Results | None, rows: People | None, deal: Deal) -> Results | None:
    """The results file's values, and the totals of rows by person where it has none."""
    if rows is None:
        return found
    given = found.results if found is not None else ()
    known = {(result.outcome, result.period) for result in given}
    totals: list[Result] = []
    for outcome, period in rows.slots:
        if (outcome, period) in known or outcome not in deal.outcomes:
            continue
        tick = deal.outcomes[outcome].tick
        column = rows.quantities(outcome, period, tick=tick)
        totals.append(
            Result(
                outcome=outcome,
                period=period,
                value=rows.total(column) * tick,
                people=sum(1 for quantity in column if quantity),
                evidence=rows.fingerprint(outcome, period),
            )
        )
    return Results(results=(*given, *totals)) if given or totals else None


def _or_a_run(folder: DealFolder) -> str:
    """The words that name the newest run, where there is one."""
    run = newest_run(folder)
    return "" if run is None else f", such as the newest run's folder, {run}"


def _chosen(found: Results, only: Sequence[str]) -> tuple[Result, ...]:
    if not only:
        return found.results
    chosen = tuple(result for result in found.results if result.outcome in only)
    missing = [name for name in only if name not in {r.outcome for r in found.results}]
    if missing:
        raise Refusal(
            Problem(
                f"The results file has no result for {', '.join(missing)}.",
                "Check the names of the outcomes.",
            )
        )
    return chosen


def _not_yet_signed(
    chosen: tuple[Result, ...],
    rows: People | None,
    earlier: Sequence[Determination],
    supersedes: int | None,
) -> tuple[Result, ...]:
    """Without what a standing determination says already.

    So a results file or rows by person can grow from period to period.
    """
    gone = {record.supersedes for record in earlier} | {supersedes}
    said = {
        result.slot: (result, signed_rows(result, record))
        for record in earlier
        if record.number not in gone
        for result in record.results
    }
    new = tuple(
        result
        for result in chosen
        if result.slot not in said or not _says_the_same(result, rows, *said[result.slot])
    )
    if chosen and not new:
        raise Refusal(
            Problem(
                "Every one of these results is determined already.",
                "There is nothing to sign; to replace one, change it and supersede its "
                "determination.",
            )
        )
    return new


def _says_the_same(
    result: Result, rows: People | None, signed: Result, rows_signed: str | None
) -> bool:
    """Whether a result is what was signed, and rests on the same rows by person.

    The evidence of a run is of all periods together, so it grows with each; where the rows of the
    one period can be compared, or nobody counted in it, they decide.
    """
    own = result.model_copy(update={"is_approximate": False})
    if rows is None or result.period is None:
        return own == signed
    at = (result.outcome, result.period)
    found = rows.fingerprint(*at) if rows.has(*at) else None
    if found != rows_signed:
        return False
    if found is not None or not result.value:
        own = own.model_copy(update={"evidence": signed.evidence})
    return own == signed


def _signed_rows(chosen: Sequence[Result], rows: People | None) -> tuple[SignedRows, ...]:
    """The rows by person that stand behind the chosen results, so that they are signed too."""
    slots = dict.fromkeys((r.outcome, r.period) for r in sorted(chosen, key=lambda r: r.slot))
    return tuple(
        SignedRows(outcome=outcome, period=period, fingerprint=rows.fingerprint(outcome, period))
        for outcome, period in slots
        if rows is not None and period is not None and rows.has(outcome, period)
    )


def _in_force(history: DealHistory, on: date) -> Deal:
    """The version of the deal in force on a day, the first one before all."""
    before = [version for version in history.versions if version.in_force_from <= on]
    return before[-1] if before else history.versions[0]


def _party_problems(deal: Deal, record: Determination) -> list[Problem]:
    for party in deal.parties:
        if party.name == record.party:
            in_office = (party.since is None or party.since <= record.on) and (
                party.until is None or record.on <= party.until
            )
            if record.role in party.roles and in_office:
                return []
            if record.role in party.roles:
                since = f" from {party.since}" if party.since is not None else ""
                until = f" until {party.until}" if party.until is not None else ""
                return [
                    Problem(
                        f"{record.party} held its roles{since}{until}, not on {record.on}.",
                        "Have the party sign that holds the role on that day.",
                        deal.place_of("parties"),
                    )
                ]
            return [
                Problem(
                    f"{record.party} does not hold the role {record.role} in this deal.",
                    f"Its roles are: {', '.join(party.roles)}.",
                    deal.place_of("parties"),
                )
            ]
    holders = [p.name for p in deal.parties if record.role in p.roles]
    return [
        Problem(
            f"“{record.party}” is not a party of this deal.",
            f"A determination is signed for: {', '.join(holders) or 'no party holds this role'}.",
            deal.place_of("parties"),
        )
    ]


def _slot_problems(
    history: DealHistory, record: Determination, earlier: Sequence[Determination]
) -> list[Problem]:
    problems: list[Problem] = []
    numbers = {d.number for d in earlier}
    gone = {d.supersedes for d in earlier} | {record.supersedes}
    if record.supersedes is not None and record.supersedes not in numbers:
        problems.append(
            Problem(
                f"There is no determination {record.supersedes} to supersede.",
                f"On record: {', '.join(map(str, sorted(numbers))) or 'none'}.",
            )
        )
    for other in earlier:
        if record.supersedes is not None and other.supersedes == record.supersedes:
            problems.append(
                Problem(
                    f"Determination {record.supersedes} is superseded already, by determination "
                    f"{other.number}.",
                    f"Supersede that one: --supersedes {other.number}.",
                )
            )
    if record.supersedes is not None and record.reason is None:
        problems.append(
            Problem(
                "A determination that supersedes another must say why.",
                "Give a reason with --reason.",
            )
        )
    standing = {
        result.slot: d.number for d in earlier if d.number not in gone for result in d.results
    }
    deal = history.latest
    deadlines = {
        p.name: (term.name, p.determined_by, term.outcomes_read())
        for term in deal.payments
        for p in term.points
    }
    by_number = {d.number: d for d in earlier}
    seen: set[tuple[str, str, str]] = set()
    for result in record.results:
        unknown = unknown_slot(result, history)
        if unknown:
            problems += unknown
            continue
        said = f"`{result.outcome}` in {result.slot[1]}"
        if result.slot in seen:
            problems.append(Problem(f"There are two results for {said}.", "Keep one."))
        seen.add(result.slot)
        if result.slot in standing:
            problems.append(
                Problem(
                    f"Determination {standing[result.slot]} already gives {said}.",
                    f"To replace it, supersede it: --supersedes {standing[result.slot]}.",
                )
            )
        if result.outcome in deal.outcomes:
            problems += _off_grid(deal, result, said)
            problems += too_near(result, deal.outcomes[result.outcome], deal)
        if result.point is not None and result.point in deadlines:
            term, last_day, _ = deadlines[result.point]
            if first_on(result.slot, record, by_number) > last_day:
                problems.append(
                    Problem(
                        f"{said} is determined on {record.on}, after the last day that "
                        f"`{term}` allows, {last_day}.",
                        "Results after the window earn nothing; only an amendment can move it.",
                    )
                )
    return problems


def _day_problems(
    history: DealHistory,
    record: Determination,
    earlier: Sequence[Determination],
    statements: Sequence[Statement],
) -> list[Problem]:
    """A day before what it determines was over, or before what was signed and issued since."""
    problems: list[Problem] = []
    numbers = sorted({result.period for result in record.results if result.period is not None})
    for number in numbers:
        if number > history.schedule.count:
            continue
        last_day = history.schedule.period(number).last_day
        if record.on < last_day:
            problems.append(
                Problem(
                    f"Period {number} ends on {last_day}, after the day of the determination, "
                    f"{record.on}.",
                    "Results of a period are determined when it is over; take the period out, or "
                    "correct the day.",
                )
            )
    marks = [(d.on, f"determination {d.number}") for d in earlier]
    marks += [(s.as_of, f"statement {s.number}") for s in statements]
    later = [(day, said) for day, said in marks if day > record.on]
    if later:
        day, said = max(later)
        problems.append(
            Problem(
                f"The determination is dated {record.on}, and {said} of {day} stands on record "
                "without it.",
                "Give the day on which it was really signed.",
            )
        )
    return problems


def _off_grid(deal: Deal, result: Result, said: str) -> list[Problem]:
    outcome = deal.outcomes[result.outcome]
    if outcome.rounding != "refuse" or (result.value / outcome.tick).denominator == 1:
        return []
    step = Fraction(outcome.tick)
    return [
        Problem(
            f"The value for {said} is finer than the outcome's smallest step, {step}.",
            "State the value to that step: what is determined is what is paid on.",
        )
    ]


def _write(folder: DealFolder, record: Determination) -> None:
    path = folder.out / "determinations" / f"{record.number:04d}.json"
    content = {
        "determination": record.as_plain(),
        "fingerprint": record.fingerprint,
    }
    write_whole(path, json_bytes(content))
