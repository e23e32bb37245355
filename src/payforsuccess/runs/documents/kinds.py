"""The kinds of documents that `pfs document` makes, each in a module of its own in this folder.

To add a kind: one line here, and a module of the same name with a function `document` that takes
what was asked and gives the document; what it looks like is made in `reports`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Literal

from payforsuccess.deal.nearest import nearest, ticked
from payforsuccess.errors import Problem, Refusal
from payforsuccess.reports import Document


@dataclass(frozen=True)
class Asked:
    """What a person asked for.

    path: the deal, the initiative, or the folder of either. on: the day for which it is made.
    language: a tag such as `es`. number: of the statement or other record it is about, where it is
    about one. party: the party or body it is for, where it is for one.
    """

    path: Path
    on: date
    language: str = "en"
    number: int | None = None
    party: str = ""


@dataclass(frozen=True)
class Kind:
    """A kind of document: its name, the line that says what it is, and what it is made from."""

    name: str
    says: str
    of: Literal["deal", "initiative"]
    languages: tuple[str, ...] = ("en",)

    @property
    def module(self) -> str:
        """The module that makes it."""
        return f"payforsuccess.runs.documents.{self.name.replace('-', '_')}"


_ALL = (
    Kind("term-sheet", "The terms of a deal on a few pages.", "deal"),
    Kind("exhibit", "The contract in plain words, as an exhibit.", "deal"),
    Kind("options-paper", "Ways to secure evaluators and intermediaries.", "initiative"),
    Kind("policy-changes", "Policies and the change each needs, in three groups.", "initiative"),
    Kind("board-letter", "What the Board is asked, with votes, money and risk.", "deal"),
    Kind("readiness", "How ready a concept is, by a versioned set of criteria.", "initiative"),
    Kind("decision-memo", "A decision on record with its reasons and evidence.", "initiative"),
    Kind("status-report", "The coordinator's report to the payor, and its delivery.", "initiative"),
    Kind("statement", "An issued statement, with its approval beside it.", "deal"),
    Kind("performance", "A quarter: on track or not, and what was done about it.", "deal"),
    Kind("investor-report", "Results, capital and a new forecast, for investors.", "deal"),
    Kind("public-report", "Goals, parties, terms, results, payments; no personal data.", "deal"),
    Kind("example-page", "The public report without the names of parties.", "deal"),
    Kind("rights", "A participant's rights on one page.", "deal", ("en", "es")),
    Kind("sippra-intake", "The 24 subjects of a federal application.", "deal"),
    Kind("sippra-award", "The 12 subjects of the public notice of a federal award.", "deal"),
)

KINDS = {kind.name: kind for kind in _ALL}


def kind_named(name: str) -> Kind:
    """The kind of this name; refuses one that there is not, with the nearest."""
    if name in KINDS:
        return KINDS[name]
    close = nearest(name, list(KINDS))
    raise Refusal(
        Problem(
            f"There is no document of the kind `{name}`.",
            f"Did you mean `{close}`?" if close else f"Write one of: {ticked(list(KINDS))}.",
        )
    )


def document_of(kind: Kind, asked: Asked) -> Document:
    """The document; refuses a language it is not written in, and all that is wrong in a file."""
    if asked.language not in kind.languages:
        raise Refusal(
            Problem(
                f"`{kind.name}` is not written in the language `{asked.language}`.",
                f"Write one of: {ticked(list(kind.languages))}.",
            )
        )
    made: Document = import_module(kind.module).document(asked)
    return made
