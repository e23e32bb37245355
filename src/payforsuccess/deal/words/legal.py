"""The legal side of a deal as sections: capital, corrections, disputes, the end, amendments."""

from __future__ import annotations

from collections.abc import Iterator

from payforsuccess.deal.checks.amendments import consents_needed
from payforsuccess.deal.contract import TerminationEvent
from payforsuccess.deal.deal import Deal
from payforsuccess.deal.words.phrases import (
    as_sentence,
    counted,
    day,
    listed,
    money,
    named,
    percent,
)
from payforsuccess.deal.words.section import Entry, Section
from payforsuccess.units import grouped

_TOUCHES = {"money": "money", "data": "data", "duty": "a duty", "plan": "the evaluation plan"}
_CAPACITIES = {
    "payor": "each payor",
    "vehicle": "the vehicle",
    "lender": "each lender",
    "provider": "the provider",
    "evaluator": "the evaluator",
    "board": "the Board",
}


def sections_of_contract(deal: Deal) -> tuple[Section, ...]:
    """What comes after the money: capital, budget, corrections, disputes, changes, the end."""
    titled = (
        ("Up-front money", _capital(deal)),
        ("Money provided", _budget(deal)),
        ("Corrections and overpayment", _corrections(deal)),
        ("Disputes", _disputes(deal)),
        ("Days taken out", _excused(deal)),
        ("How it can change", _consents(deal)),
        ("This amendment", _amendment(deal)),
        ("How it can end early", _termination(deal)),
        ("Limits the government sets", _limits(deal)),
        ("The signed contract", _executed(deal)),
        ("What this file assumes", (as_sentence(text) for text in deal.assumptions)),
    )
    return tuple(
        Section(title, (Entry(said),)) for title, sentences in titled if (said := tuple(sentences))
    )


def _capital(deal: Deal) -> Iterator[str]:
    if not deal.capital:
        yield "No investor takes part; there is no up-front money."
    for tranche in deal.capital:
        kind = tranche.kind.replace("-", " ")
        text = f"{tranche.party}: {kind} of up to {money(tranche.amount, deal.currency)}"
        if tranche.rate is not None:
            text += f" at {percent(tranche.rate)} a year"
        if tranche.order is not None:
            text += f", number {tranche.order} in the order of repayment"
        if tranche.covers is not None:
            text += f", covering {percent(tranche.covers)} of the loss"
        source = (
            f"repaid from {listed([named(name) for name in tranche.repaid_from])}"
            if tranche.repaid_from
            else "repaid from all payment terms"
        )
        text += f"; {source}"
        if tranche.recyclable:
            text += "; what is repaid funds more service"
        yield f"{text}."
        for move in tranche.moved:
            yield (
                f"{money(move.amount, deal.currency)} was {move.kind} on {day(move.on)} "
                f"({named(tranche.name)})."
            )


def _budget(deal: Deal) -> Iterator[str]:
    for item in deal.budget.provided:
        payor = f" by {item.payor}" if item.payor is not None else ""
        kind = "appropriated" if item.kind == "appropriation" else "set aside"
        source = f" ({item.source})" if item.source != "other" else ""
        yield (
            f"For fiscal year {item.fiscal_year}, {money(item.amount, deal.currency)} is "
            f"{kind}{payor}{source}."
        )


def _corrections(deal: Deal) -> Iterator[str]:
    finality = deal.finality
    yield (
        f"A {deal.periods.every} can be corrected for {finality.look_back} after its statement; "
        f"nothing is corrected after {day(finality.final_on)}."
    )
    if finality.materiality:
        yield f"Differences below {money(finality.materiality, deal.currency)} are not corrected."
    yield "A statement once issued never changes; a correction stands on a later one."
    yield {
        "credit": "What was paid too much is credited against later statements.",
        "recover": f"What was paid too much is paid back by {deal.overpayment_paid_by}.",
        "forgive": "What was paid too much is forgiven.",
    }[deal.overpayment]


def _disputes(deal: Deal) -> Iterator[str]:
    disputes = deal.disputes
    yield (
        f"A line can be disputed within {disputes.raise_within} of its statement; the rest is paid."
    )
    names = {
        "operating": "the people who run the deal",
        "executive": "the parties' executives",
        "expert": "an expert, on the calculation",
    }
    steps = [f"{names[step.name]} within {step.within}" for step in disputes.steps]
    if steps:
        yield f"It is settled by {', then '.join(steps)}."
    if disputes.late_interest:
        yield f"Late payment bears {percent(disputes.late_interest)} interest a year."


def _excused(deal: Deal) -> Iterator[str]:
    for excused in deal.excused:
        which = (
            f" for {listed([named(name) for name in excused.outcomes])}"
            if excused.outcomes
            else " for all outcomes"
        )
        effect = {
            "days-not-counted": f"these days count neither for nor against{which}",
            "window-extended": f"the time people are watched grows by as many days{which}",
            "baseline-reset": f"no success is {grouped(excused.baseline or 0)} in periods that "
            f"start within them{which}",
        }[excused.effect]
        yield (
            f"From {day(excused.from_)} to {day(excused.to)}: {effect}. Why: "
            f"{as_sentence(excused.says)} Decided: {as_sentence(excused.decision)}"
        )


def _consents(deal: Deal) -> Iterator[str]:
    for row in deal.consents:
        above = (
            f" and moves more than {money(row.above, deal.currency)}"
            if row.above is not None
            else ""
        )
        who = listed([_CAPACITIES[of] for of in row.of])
        yield f"A change that touches {_TOUCHES[row.touches]}{above} needs the consent of {who}."
    limit = deal.jurisdiction.delegated_amount
    if limit is not None:
        yield f"Changes above {money(limit, deal.currency)} go to the Board."


def _amendment(deal: Deal) -> Iterator[str]:
    amendment = deal.amendment
    if amendment is None:
        return
    yield f"Amendment {amendment.number}: {as_sentence(amendment.says)}"
    touched = listed([_TOUCHES[touched] for touched in amendment.touches])
    yield f"It touches {touched}."
    governs = (
        f"It governs periods that start on {day(deal.in_force_from)} or later"
        if amendment.governs == "period"
        else f"It governs people who start on {day(deal.in_force_from)} or later"
    )
    back = "; it reaches back to periods already stated" if amendment.retroactive else ""
    yield f"{governs}{back}."
    if amendment.signed_on is not None:
        yield f"It was signed on {day(amendment.signed_on)}."
    for needed in consents_needed(deal):
        given = f"given on {day(needed.given_on)}" if needed.given_on else "not on record"
        above = (
            f", if it moves more than {money(needed.above, deal.currency)}"
            if needed.above is not None
            else ""
        )
        yield f"Consent of {needed}{above}: {given}."


def _termination(deal: Deal) -> Iterator[str]:
    for event in deal.termination:
        due = {
            "earned-to-date": "what has been earned so far is due",
            "make-whole": "what makes the investors whole is due",
            "none": "nothing is due",
            "stated": f"{money(event.amount or 0, deal.currency)} is due",
        }[event.sum_due]
        text = f"{named(event.name)}: {as_sentence(event.says)} Called by {listed(event.called_by)}"
        if event.notice is not None:
            text += f", with {event.notice} of notice"
        if event.cure is not None:
            text += f", after {event.cure} to put it right"
        text += f"; {due}"
        if event.ceiling is not None:
            text += f", at most {money(event.ceiling, deal.currency)}"
        yield f"{text}.{_due_besides(event, deal.currency)}"


def _due_besides(event: TerminationEvent, currency: str) -> str:
    """What an ending brings besides the sum due: winding up, people not measured, premium."""
    said = ""
    if event.premium is not None:
        said += f" A premium of {percent(event.premium)} of the principal not repaid comes on top."
    if event.wind_up_cap is not None:
        said += f" Winding up is paid up to {money(event.wind_up_cap, currency)}."
    if event.early_payment is not None:
        said += (
            f" {money(event.early_payment, currency)} is due for each person in service who is not "
            "measured yet."
        )
    if event.limited_to_held:
        said += " No more falls due than the money held for success payments."
    return said


def _limits(deal: Deal) -> Iterator[str]:
    limits = deal.jurisdiction
    if limits.share_below_outcome:
        yield (
            f"At most {percent(limits.share_below_outcome)} of payments may rest on metrics below "
            "outcome."
        )
    if limits.return_rate_limit is not None:
        yield f"Investors may earn at most {percent(limits.return_rate_limit)} a year."
    if limits.return_multiple_limit is not None:
        yield (
            f"Investors may receive at most {grouped(limits.return_multiple_limit)} times their "
            "capital."
        )


def _executed(deal: Deal) -> Iterator[str]:
    executed = deal.executed
    if executed is None:
        yield "Not certified: this file names no signed contract."
        return
    title = f" “{executed.title}”" if executed.title is not None else ""
    yield f"The contract{title} was signed on {day(executed.signed_on)} and prevails."
    for link in executed.clauses:
        yield f"{link.part}: {as_sentence(link.clause)}"
    terms = deal.terms_fingerprint
    for certification in executed.certified_by:
        same = "these terms" if certification.terms == terms else "other terms than these"
        yield (
            f"{certification.name} of {certification.party} certified {same} on "
            f"{day(certification.on)}."
        )
    if not deal.is_certified:
        missing = counted(2, "certification")
        yield f"Not certified: {missing} of these terms by two parties are needed."
