"""A letter to the governing body: what is asked, the votes, the money, the risk, what is open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from payforsuccess.deal.budget import BudgetFile
from payforsuccess.deal.deal import Deal
from payforsuccess.deal.parties import Payor
from payforsuccess.finance.budget.budget import Budget
from payforsuccess.finance.budget.requests import DONE, Request
from payforsuccess.finance.budget.years import minor
from payforsuccess.governance.initiative import Initiative
from payforsuccess.reports.board_letter_money import limit_words, money_blocks, risk_blocks
from payforsuccess.reports.budget import NOTICES
from payforsuccess.reports.document import Block, Document, Heading, ItemList, paragraph
from payforsuccess.reports.inline import Content, Exactly
from payforsuccess.reports.note import Notice
from payforsuccess.reports.notices import FOR_COUNSEL, deal_notices
from payforsuccess.reports.numbers import amount_text, day_text, listed, name_text
from payforsuccess.reports.open_items import OpenItems
from payforsuccess.reports.rests_on import rests_on
from payforsuccess.reports.table import Column, Table, cell
from payforsuccess.trail import RunInput

GONE = (*DONE, "rejected", "withdrawn")


@dataclass(frozen=True)
class BoardLetterFacts:
    """What the letter is made from. payor: whose governing body it goes to.

    initiative: None where no `initiative.yaml` lies beside the deal.
    """

    deal: Deal
    on: date
    payor: Payor
    file: BudgetFile
    told: Budget
    initiative: Initiative | None
    rests_on: tuple[RunInput, ...]

    @property
    def pending(self) -> tuple[Request, ...]:
        """The requests that are not decided."""
        return tuple(row for row in self.told.requests.rows if row.asked.status not in GONE)


def board_letter(facts: BoardLetterFacts) -> Document:
    """The letter as a draft for officials to finish.

    Every amount is the budget's and the deal's own. What no file tells stands visibly open, in its
    place and in a list at the end: nothing is filled in for the officials.
    """
    deal, still = facts.deal, OpenItems()
    own = NOTICES.get(facts.file.standing)
    blocks: list[Block] = [
        Heading(2, "What is asked", "asked"),
        paragraph(f"It is recommended that the governing body of {facts.payor.party}:"),
        ItemList(tuple(_asks(facts)), is_numbered=True),
        *_votes(facts, still),
        Heading(2, "Why", "why"),
        *_why(facts, still),
        *money_blocks(deal, facts.payor, facts.file, facts.told),
        *risk_blocks(deal, facts.told),
        *_people_and_services(facts, still),
        Heading(2, "Authority and law", "authority"),
        *_authority(facts, still),
        Heading(2, "Attachments", "attachments"),
        ItemList(tuple(_attachments(facts)), is_numbered=True),
        *still.section(),
        *rests_on(facts.rests_on),
    ]
    return Document(
        title=f"Letter to the Board: {deal.deal}",
        language="en",
        lists_contents=False,
        subtitle=f"{facts.payor.party} · {day_text(facts.on)} · in {deal.currency}",
        notices=(
            FOR_COUNSEL,
            *deal_notices(deal.standing, is_certified=deal.is_certified),
            *(() if own is None else (own,)),
            *_past(facts),
        ),
        blocks=tuple(blocks),
    )


def _past(facts: BoardLetterFacts) -> tuple[Notice, ...]:
    """What the letter asks for that lies before its own day."""
    said = []
    if facts.deal.executed is None and facts.deal.ends_on < facts.on:
        said.append(f"The agreement it asks for would have ended on {day_text(facts.deal.ends_on)}")
    said += [
        f"the vote on “{name_text(row.asked.name)}” was to be on {day_text(row.asked.vote_on)}"
        for row in facts.pending
        if row.asked.vote_on < facts.on
    ]
    if not said:
        return ()
    text = "; ".join(said)
    return (
        Notice(
            "Asks for what is past",
            f"This letter is of {day_text(facts.on)}. {text[0].upper()}{text[1:]}. It is not to be "
            "sent before the days are set anew.",
        ),
    )


def _asks(facts: BoardLetterFacts) -> Iterator[Content]:
    deal, payor = facts.deal, facts.payor
    if deal.executed is None:
        yield (
            f"Approve the agreement “{deal.deal}”, to {day_text(deal.ends_on)}, with success "
            f"payments {limit_words(deal, payor)}, each only on a result that an evaluator or "
            "validator has determined.",
        )
    for row in facts.pending:
        asked = row.asked
        for_whom = f" of {asked.department}" if asked.department else ""
        yield (
            f"Approve the change of appropriation “{name_text(asked.name)}”{for_whom}: "
            f"{_amount(deal, minor(deal, asked.amount))} for the fiscal year {asked.fiscal_year} "
            f"from “{name_text(asked.source)}”. {asked.reason}.".replace("..", "."),
        )
    opinion = facts.initiative.counsel_opinion if facts.initiative else None
    if opinion is not None and opinion.delegated_amount is not None:
        until = f", until {day_text(opinion.delegated_until)}" if opinion.delegated_until else ""
        yield (
            "Delegate the power to act up to "
            f"{_amount(deal, minor(deal, opinion.delegated_amount))}{until}, without an increase "
            "of the most that may be owed.",
        )
    yield ("Receive and file this letter with its attachments.",)


def _votes(facts: BoardLetterFacts, still: OpenItems) -> list[Block]:
    blocks: list[Block] = [Heading(2, "Votes needed", "votes")]
    if facts.deal.executed is None:
        blocks.append(
            paragraph(
                "The agreement: ",
                *still.say("Counsel writes how many votes its approval needs; no rule tells it."),
            )
        )
    if facts.pending:
        columns = ("Change of appropriation", "Kind", "Votes needed", "Day of the vote", "Status")
        blocks.append(
            Table(
                "Each change of appropriation with the votes it needs",
                tuple(Column(title) for title in columns),
                tuple(
                    (
                        cell(f"{name_text(row.asked.name)}, {row.asked.fiscal_year}"),
                        cell(row.asked.change.replace("-", " ")),
                        still.cell("Counsel says which rule applies.")
                        if row.needs is None
                        else cell(str(row.needs)),
                        cell(day_text(row.asked.vote_on)),
                        cell(row.asked.status.replace("-", " ")),
                    )
                    for row in facts.pending
                ),
            )
        )
    else:
        blocks.append(paragraph("No change of appropriation is asked for."))
    blocks.append(paragraph(f"The rules for votes: {facts.told.rules_checked}"))
    return blocks


def _why(facts: BoardLetterFacts, still: OpenItems) -> list[Block]:
    deal, initiative = facts.deal, facts.initiative
    blocks: list[Block] = []
    goal = deal.governance.goal
    if initiative is not None and initiative.shared_goal is not None:
        goal = initiative.shared_goal.says
    blocks.append(still.block(goal, "The parties write the goal they share."))
    if deal.says:
        blocks.append(paragraph(deal.says))
    blocks.append(paragraph(f"For whom: {deal.people.says}"))
    blocks.append(
        ItemList(tuple((f"Paid on: {_without_stop(deal.outcomes[n].says)}.",) for n in _paid(deal)))
    )
    if initiative is not None and initiative.motion is not None:
        motion = initiative.motion
        on = day_text(motion.adopted_on) if motion.adopted_on else "a day that is not on file"
        blocks.append(paragraph(f"It follows “{motion.title}”, adopted by {motion.body} on {on}."))
    return blocks


def _people_and_services(facts: BoardLetterFacts, still: OpenItems) -> list[Block]:
    blocks: list[Block] = [Heading(2, "People and services", "services")]
    initiative = facts.initiative
    if initiative is not None and initiative.voices:
        said = tuple(
            (f"{each.by}, {day_text(each.on)}: {each.says}",) for each in initiative.voices
        )
        blocks += [paragraph("Representatives of the people served said:"), ItemList(said)]
    else:
        blocks.append(
            paragraph(*still.say("The department writes what those who are served have said."))
        )
    blocks.append(
        paragraph(*still.say("The department writes what changes in the services of today."))
    )
    return blocks


def _authority(facts: BoardLetterFacts, still: OpenItems) -> list[Block]:
    opinion = facts.initiative.counsel_opinion if facts.initiative else None
    stated = facts.deal.governance.counsel_opinion
    blocks: list[Block] = []
    if opinion is not None:
        blocks.append(
            paragraph(
                f"{opinion.by}, {day_text(opinion.on)}: relied on is {opinion.exception}. "
                f"Validation by a court is {opinion.validation.replace('-', ' ')}. "
                f"Public purpose: {opinion.public_purpose} ({opinion.paper})"
            )
        )
    else:
        blocks.append(still.block(stated, "Counsel gives an opinion on the debt limit."))
    evaluators = [
        each.name for each in facts.deal.parties if {"evaluator", "validator"} & set(each.roles)
    ]
    said = f"Results are determined by {listed(evaluators)}." if evaluators else None
    blocks.append(still.block(said, "The parties name who determines results."))
    return blocks


def _attachments(facts: BoardLetterFacts) -> Iterator[Content]:
    deal = facts.deal
    yield ("The terms in plain words: ", Exactly("pfs document exhibit"), ", from the deal file")
    yield ("The payors' budget by fiscal year: ", Exactly("pfs budget"))
    yield ("The look ahead with its assumptions: ", Exactly("pfs forecast"))
    if deal.executed is not None:
        yield ("The signed contract, of the checksum ", Exactly(deal.executed.contract))
    opinion = facts.initiative.counsel_opinion if facts.initiative else None
    if opinion is not None:
        yield (f"Counsel's opinion: {opinion.paper}",)


def _paid(deal: Deal) -> Sequence[str]:
    """The outcomes that payment terms read, in the order of the file."""
    read = {name for term in deal.payments for name in term.outcomes_read()}
    return [name for name in deal.outcomes if name in read]


def _amount(deal: Deal, amount: int) -> str:
    return amount_text(amount, deal.currency, code=True)


def _without_stop(text: str) -> str:
    return text.rstrip(".")
