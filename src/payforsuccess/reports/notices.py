"""The notices that every output about a deal carries, from facts of the deal and of a statement."""

from __future__ import annotations

from payforsuccess.deal.results import Statement
from payforsuccess.reports.note import Notice

NOT_CERTIFIED = Notice(
    "Not certified",
    "This deal file lacks the word of two people, one for each side, that it says what the signed "
    "contract says. No payment can be approved on it. A signed contract prevails over the file.",
)
SYNTHETIC_DATA = Notice(
    "Synthetic data", "The records were made up by a program. They describe no real person."
)
UNSIGNED_RESULTS = Notice(
    "Practice run",
    "No one signed the results. They are put down as determined so that the payment terms can be "
    "seen at work; nothing can be paid on them.",
)
NOMINAL_DATES = Notice(
    "Nominal dates",
    "The records give weeks and no dates. Every date was reckoned from a release date chosen for "
    "the example.",
)
DRAFT = Notice(
    "Draft",
    "This statement has not been issued. It may change, and nothing can be paid on it.",
)
PROVISIONAL = Notice(
    "Provisional results",
    "At least one result has not been determined by an evaluator or a validator. Only determined "
    "results can reach an issued statement.",
)
SMALL_NUMBERS = Notice(
    "For those who may see small numbers",
    "Counts on this page are not hidden, however small, and an amount at a known price tells the "
    "count behind it. The page is for the parties' own people who determine, approve and audit, "
    "and is not to be given out. For others, pfs equity with --release makes rates by group in "
    "which small numbers are hidden.",
)
FOR_COUNSEL = Notice(
    "Draft: Counsel must review",
    "This was drafted by a program from the deal file. Counsel for each party must review it "
    "before it is sent or signed; a signed agreement prevails over it.",
)

# By the standing of a deal file; a file that states a contract needs no notice.
_BY_STANDING = {
    "published-terms": Notice(
        "Published terms",
        "The terms were read from public sources and not from the signed contract.",
    ),
    "illustrative": Notice(
        "Illustrative payment terms",
        "The payment terms were made up to show the method. No payor has agreed to them.",
    ),
    "template": Notice(
        "Template terms", "The terms come from a template that no parties have agreed to."
    ),
    "practice": Notice("Practice", "This deal is for practice. Nothing in it is owed."),
}


def deal_notices(standing: str, *, is_certified: bool) -> tuple[Notice, ...]:
    """What must be said of a deal file of this standing.

    Refuses (ValueError) a standing it does not know, rather than print nothing about it.
    """
    if standing != "contract" and standing not in _BY_STANDING:
        raise ValueError(f"no notice is written for the standing {standing!r}")
    certified = () if is_certified else (NOT_CERTIFIED,)
    return certified if standing == "contract" else (*certified, _BY_STANDING[standing])


def assumed_notices(firmness: str) -> tuple[Notice, ...]:
    """What must be said of a look ahead on assumptions of this firmness, such as `illustrative`."""
    is_made_up = "illustrative" in firmness
    return (
        Notice(
            "Illustrative assumptions" if is_made_up else "Assumptions",
            ("At least one assumption was made up to show the method. " if is_made_up else "")
            + "No one knows what will happen: this is what follows from what is assumed, and "
            "nothing is owed by it.",
        ),
    )


def statement_notices(statement: Statement, *, is_issued: bool) -> tuple[Notice, ...]:
    """What must be said of a statement: of its deal, of its results, and whether it is a draft."""
    deal = deal_notices(statement.standing, is_certified=statement.is_certified)
    results = () if statement.is_determined else (PROVISIONAL,)
    return (*deal, *(() if is_issued else (DRAFT,)), *results)
