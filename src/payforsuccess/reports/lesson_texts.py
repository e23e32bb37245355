"""The four lessons: for a payor, a provider, Counsel and a Board office."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from payforsuccess.reports.lesson import Lesson, Question

YES_NO = ("yes", "no")


@dataclass(frozen=True)
class PracticeFacts:
    """What the program worked out from the practice deal, as texts; amounts in whole currency.

    days: of stable housing in the example. owed, share: what all payors and the first owe for
    them. many, capped: more days than the limit of a period pays, and what is paid.
    """

    days: str
    owed: str
    payor: str
    share: str
    most: str
    no_success: str
    bears_nothing: str
    stays: str
    stayed_days: str
    left: str
    left_days: str
    many: str
    capped: str
    due_days: str
    approvable: str
    ends: str
    ends_due: str
    notice_days: str
    moved: str
    board_consents: str
    increase_votes: str
    seats: str
    move_votes: str
    fiscal_year: str
    due_on: str
    most_in_year: str
    most_year: str


def _payor(known: PracticeFacts) -> Lesson:
    return Lesson(
        "payor",
        "Lesson for a payor: you pay for what was reached",
        (
            "In an outcomes contract you agree before on outcomes, prices and ceilings. You pay "
            "only for results that an independent evaluator or validator has determined, by rules "
            "that everyone can compute again.",
            "That is not the same as having no risk. With no success you pay no success payments, "
            "and the public still pays the evaluator, its own staff, and services that it pays for "
            "elsewhere. With full success the ceilings fall due, and the money must be there.",
            "A goal that you share, decision-makers at the table, and a look at the numbers often "
            "enough to change course matter as much as the price.",
        ),
        (
            Question(
                f"In one half-year people had {known.days} stable days. How much do all payors owe "
                "for the line “housing”?",
                known.owed,
                "pfs pay on the practice deal: days times price, under the limit of a half-year",
            ),
            Question(
                f"How much of it does {known.payor} pay?",
                known.share,
                "its share under `payors` of the deal",
            ),
            Question(
                "What is the most that all payment lines may ever pay?",
                known.most,
                "`ceiling` of the deal, and pfs check, which proves it",
            ),
            Question(
                "With no success at all, how much are success payments?",
                known.no_success,
                "pfs forecast of the deal without success",
            ),
            Question(
                "Does the public then bear nothing?",
                known.bears_nothing,
                "pfs budget, “Without success”: costs borne by a payor stay",
                YES_NO,
            ),
        ),
    )


def _provider(known: PracticeFacts) -> Lesson:
    return Lesson(
        "provider",
        "Lesson for a provider: what counts, and when money comes",
        (
            "What counts is written down to the day: who is in the group, when the clock starts, "
            "what a gap does, what happens on a death. Read these rules with those who do the "
            "work, and try them on made-up people, as `pfs check` does.",
            "Money comes late: after the outcome, its determination and the days to pay. Until "
            "then capital or base pay carries the services; `pfs tied` shows your cash.",
            "You may change how you work when the numbers say that it does not help. Write the "
            "change down with its reason; no one is to be left out because they are hard to help.",
        ),
        (
            Question(
                f"{known.stays}. How many stable days count?",
                known.stayed_days,
                "the first made-up person under `assurance`; pfs check computes it",
            ),
            Question(
                f"{known.left}. How many stable days count?",
                known.left_days,
                "the second made-up person under `assurance`: the year was not full",
            ),
            Question(
                f"In one half-year people had {known.many} stable days. How much is paid for them "
                "in that half-year?",
                known.capped,
                "pfs pay on the practice deal: the limit of a half-year binds",
            ),
            Question(
                "Within how many days of determination is a payment due?",
                known.due_days,
                "`pays_within_days` of the deal",
            ),
        ),
    )


def _counsel(known: PracticeFacts) -> Lesson:
    return Lesson(
        "counsel",
        "Lesson for Counsel: the contract, the file, and the end",
        (
            "The signed contract prevails over the deal file. The file says what the contract says "
            "only once a person of each side has certified it; until then nothing can be paid on "
            "it, and every output says so.",
            "You say what the liability is in law, which exception to the debt limit is relied on, "
            "who may take part in a competition, and what may be given out. The program keeps your "
            "word with its basis; it never takes your place.",
            "Most trouble comes at the end: say before what is owed when a payor appropriates "
            "nothing, who has to give notice, and who consents to a change.",
        ),
        (
            Question(
                "Can a payment on the practice deal be approved as its file stands?",
                known.approvable,
                "pfs check: it is not certified, and it states no contract",
                YES_NO,
            ),
            Question(
                f"{known.ends}. What falls due?",
                known.ends_due,
                "`termination` of the deal, first event, `sum_due`",
                ("nothing", "earned-to-date", "everything"),
            ),
            Question(
                "How many days of notice does it take?",
                known.notice_days,
                "the same event, `notice`",
            ),
            Question(
                f"An amendment moves {known.moved} of money. Must the Board consent?",
                known.board_consents,
                "`consents` of the deal: money above the amount stated there",
                YES_NO,
            ),
        ),
    )


def _board_office(known: PracticeFacts) -> Lesson:
    return Lesson(
        "board-office",
        "Lesson for a Board office: what you are asked to vote on",
        (
            "You are asked for two things that are easily mixed up: to approve a contract, which "
            "may owe money for years, and to appropriate money, which is done year by year. "
            "Without an appropriation nothing can be paid, whatever the contract says.",
            "The most that can fall due is a number for each fiscal year. Ask for it, and ask what "
            "is appropriated, set aside, or only planned: planned money covers nothing.",
            "The votes a change needs follow from the kind of change and the seats in force on the "
            "day. The practice deal uses the rules for counties of California as they come with "
            "this program; Counsel has not checked them.",
        ),
        (
            Question(
                f"How many of {known.seats} seats must agree to a county-wide increase of an "
                "adopted budget?",
                known.increase_votes,
                "the rules for votes, as pfs budget prints them",
            ),
            Question(
                "How many must agree to a move between departments in one fund without an "
                "increase?",
                known.move_votes,
                "the same rules",
            ),
            Question(
                f"A payment falls due on {known.due_on}. In which fiscal year, named by the year "
                "in which it ends?",
                known.fiscal_year,
                "`fiscal_year_starts` of the deal",
            ),
            Question(
                f"What is the most that can fall due in the fiscal year {known.most_year}?",
                known.most_in_year,
                "pfs check, the proof of liability by fiscal year",
            ),
        ),
    )


LESSONS: Mapping[str, Callable[[PracticeFacts], Lesson]] = {
    "payor": _payor,
    "provider": _provider,
    "counsel": _counsel,
    "board-office": _board_office,
}
"""The lessons by role."""
