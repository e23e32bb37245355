"""A statement as text for a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from payforsuccess.deal.results import Line, ResultUsed, Statement
from payforsuccess.deal.words.phrases import counted
from payforsuccess.payments.approval import STANDINGS, why_not_approvable
from payforsuccess.reports.statement_effects import effect_sentences
from payforsuccess.trail import Step
from payforsuccess.units import money_text

KINDS = {"line": "", "released": "released", "correction": "correction"}


def statement_text(statement: Statement, *, heading: str, steps: bool = True) -> str:
    """The statement in plain text: what it rests on, each line with its steps, the balance."""
    code = statement.currency
    out = [
        f"{heading} {statement.number} · {statement.deal}",
        f"Period {statement.period}: {statement.period_start} to {statement.period_end} · "
        f"made as of {statement.as_of}"
        + (f" · due {statement.due_on}" if statement.due_on else ""),
        *notices(statement),
        "",
        "Results used",
    ]
    for used in sorted(statement.results, key=_by_number):
        signed = f" by determination {used.determination}" if used.determination else ""
        people = f", {counted(used.people, 'person')}" if used.people is not None else ""
        cohort = f", cohort {used.cohort}" if used.cohort else ""
        out.append(
            f"  {used.outcome} ({used.slot}{cohort}): {counted(used.value, used.unit)}{people} · "
            f"{used.standing}{signed}"
        )
        if used.result is not None:
            out += [f"    {sentence}" for sentence in effect_sentences(used.result, minus="-")]
    out += ["", "Lines"]
    for number, line in enumerate(statement.lines, 1):
        out += _line(number, line, code, steps=steps)
    if not statement.lines:
        out.append("  Nothing is due and nothing changed.")
    for item in statement.not_corrected:
        out.append(
            f"  Not corrected: {item.term}, period {item.period}, "
            f"{money_text(item.amount, code, code=True)}: {item.because}."
        )
    out += ["", f"Total  {money_text(statement.total, code, code=True)}"]
    for payor, owed in statement.payor_totals().items():
        out.append(f"  {payor}: {money_text(owed, code, code=True)}")
    unfunded = sum(part.unfunded for line in statement.lines for part in line.payors)
    if unfunded:
        out.append(f"  Unfunded (past a payor's ceiling): {money_text(unfunded, code, code=True)}")
    out += ["", *balance_lines(statement)]
    out += [f"Note: {note}" for note in statement.refused]
    out += [f"Accepted: {note}" for note in statement.accepted]
    out.append(f"Checksum {statement.fingerprint}")
    return "\n".join(out)


def notices(statement: Statement) -> list[str]:
    """What every output of the statement must say about its standing."""
    lines: list[str] = []
    if not statement.is_certified:
        lines.append("NOT CERTIFIED: the deal file is not certified against a signed contract.")
    if statement.standing != "contract":
        lines.append(STANDINGS[statement.standing])
    if not statement.is_determined:
        lines.append("PROVISIONAL: a result it pays on is not determined.")
    if why_not_approvable(statement):
        lines.append("No payment on it can be approved.")
    return lines


def drafts_text(drafts: Sequence[tuple[Statement, Path]]) -> str:
    """Several drafts, each in two lines, with what all of them say and what they come to."""
    first = drafts[0][0]
    out = [
        f"{len(drafts)} drafts · {first.deal}",
        *dict.fromkeys(line for statement, _ in drafts for line in notices(statement)),
        "",
    ]
    for statement, path in drafts:
        out += [f"{statement_line(statement)}", f"   {path}"]
    total = sum(statement.total for statement, _ in drafts)
    code = first.currency
    return "\n".join([*out, "", f"Together  {money_text(total, code, code=True)}"])


def statement_line(statement: Statement) -> str:
    """A statement in one line: its number, its period, its total."""
    s = statement
    total = money_text(s.total, s.currency, code=True)
    return f"{s.number}  period {s.period}, {s.period_start} to {s.period_end}  {total}"


def balance_lines(statement: Statement) -> list[str]:
    """The balance as an equation that closes."""
    b, code = statement.balance, statement.currency

    def money(minor: int) -> str:
        return money_text(minor, code)

    return [
        f"Balance to date ({code})",
        f"  stated {money(b.stated)} = paid {money(b.paid)} - recovered {money(b.recovered)} "
        f"+ owed {money(b.owed)} - open credit {money(b.open_credit)} "
        f"- forgiven {money(b.forgiven)}",
    ]


def _by_number(used: ResultUsed) -> tuple[str, bool, int, str]:
    """Results by outcome and then by the number of their period: 2 before 10."""
    number = used.slot.removeprefix("period ")
    is_period = number.isdecimal()
    return used.outcome, not is_period, int(number) if is_period else 0, used.slot


def _line(number: int, line: Line, code: str, *, steps: bool) -> list[str]:
    kind = f" · {KINDS[line.kind]}" if KINDS[line.kind] else ""
    told = "" if line.cause == line.kind else f"{line.cause}: "
    cause = f" ({told}{line.because})" if line.cause else ""
    out = [
        f"  {number}. {line.term}, period {line.period}{kind}{cause}: "
        f"{money_text(line.amount, code, code=True)}  [{line.clause}]"
    ]
    if steps:
        for written in line.steps:
            step = Step.from_plain(written.model_dump())
            out += [f"       {text}" for text in step.lines()]
    for said, amount in (("cut", line.cut), ("carried on", line.carried), ("held", line.held)):
        if amount:
            by = f" by {', '.join(line.bound_by)}" if said == "cut" and line.bound_by else ""
            out.append(f"       {said}{by}: {money_text(amount, code, code=True)}")
    return out
