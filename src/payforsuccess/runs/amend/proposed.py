"""An amended deal as someone proposes it: read, held against the version in force, and checked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from payforsuccess.deal.checks import check_deal
from payforsuccess.deal.checks.amendments import ROLE_OF, NeededConsent
from payforsuccess.deal.contract import Amendment, RecordedConsent
from payforsuccess.deal.deal import Deal
from payforsuccess.deal.reading import places_of
from payforsuccess.deal.reading.reader import build
from payforsuccess.deal.whole_file import Source
from payforsuccess.errors import Finding, Problem, Refusal, sentence
from payforsuccess.payments.history import DealHistory, put_in_order
from payforsuccess.runs.check import CheckResult, check
from payforsuccess.runs.diff import Diff, diff
from payforsuccess.runs.folder import DealPath, open_folder

FILE = "amended deal"
"""What a proposed text is called in problems: it has no file yet."""


@dataclass(frozen=True)
class Proposed:
    """A proposed amendment without problems.

    base: the version that it amends, the latest one. difference: what `pfs diff` tells of the two,
    with the consents that the matrix of the base asks for, none of them given.
    """

    text: str
    deal: Deal
    base: Deal
    amendment: Amendment
    difference: Diff

    @property
    def needed(self) -> tuple[NeededConsent, ...]:
        """Every consent that is asked for."""
        return self.difference.consents


def read_proposed(path: DealPath, text: str) -> Proposed:
    """The amended deal in `text`, a whole deal file, held against the latest version in `path`.

    Raises Refusal with every problem of the file; and for one that is no amendment, that brings
    consents along, is not the next in number and in time, does not name all that it touches,
    reaches back over issued periods without saying so, changes what no amendment can, or asks for a
    consent that no party of the deal can give.
    """
    text = text.replace("\r\n", "\n").removeprefix("\ufeff")
    deal = _read(text)
    history = open_folder(path).history()
    base = history.latest
    amendment = deal.amendment
    if amendment is None:
        raise Refusal(
            Problem(
                sentence("The file does not say that it is an amendment."),
                sentence("Add `amendment` with its number, what it says and what it touches."),
                deal.place_of("in_force_from"),
            )
        )
    problems = [*_problems_of_place(deal, amendment, history)]
    if problems:
        raise Refusal(problems)
    put_in_order([*history.versions, deal])
    difference = diff(base.place_of().file or base, deal)
    problems = [
        *(_as_problem(finding) for finding in difference.findings),
        *_nobody_can_give(deal, base, difference.consents),
        *_outside(deal, base),
    ]
    if not difference.changes:
        problems.append(
            Problem(
                sentence("The file changes nothing in the deal."),
                sentence("Change what the amendment is about, and propose the file again."),
                deal.place_of("amendment"),
            )
        )
    if problems:
        raise Refusal(problems)
    return Proposed(text, deal, base, amendment, difference)


def told_again(text: str, base: Deal) -> Proposed:
    """A proposal that was read before, told against the version that it was made for.

    Raises Refusal only where the text cannot be read any more.
    """
    deal = _read(text)
    if deal.amendment is None:
        raise Refusal(
            Problem(
                sentence("The file is no amendment."), sentence("Propose it anew."), deal.place_of()
            )
        )
    return Proposed(text, deal, base, deal.amendment, diff(base, deal))


def check_proposed(proposed: Proposed, *, on: date) -> CheckResult:
    """What `pfs check` proves and finds of the amended deal, as if all had consented on a day.

    Raises Refusal with its problems.
    """
    day = min(on, proposed.deal.in_force_from)
    given = tuple(
        RecordedConsent(of=one.of, party=one.party or _any_party(proposed.base, one), on=day)
        for one in proposed.needed
    )
    amendment = proposed.amendment.model_copy(update={"consents": given})
    return check(proposed.deal.model_copy(update={"amendment": amendment}))


def _read(text: str) -> Deal:
    built = build(Deal, text, file=FILE)
    deal = built.model.with_source(Source(FILE, places_of(built.tree, FILE)))
    problems = (*built.problems, *check_deal(deal, is_draft=True))
    if problems:
        raise Refusal(problems)
    return deal


def _problems_of_place(deal: Deal, amendment: Amendment, history: DealHistory) -> Iterator[Problem]:
    """Why it does not follow the versions on record."""
    latest = history.latest
    following = (latest.amendment.number if latest.amendment is not None else 0) + 1
    if amendment.number != following:
        yield Problem(
            sentence(
                "The amendment is numbered {number}, and the next one is {following}.",
                number=amendment.number,
                following=following,
            ),
            sentence("Write `number: {following}`.", following=following),
            deal.place_of("amendment", "number"),
        )
    if deal.in_force_from <= latest.in_force_from:
        yield Problem(
            sentence(
                "A version in force from {in_force_from} is on record already.",
                in_force_from=latest.in_force_from,
            ),
            sentence("Let the amendment come into force on the first day of a later period."),
            deal.place_of("in_force_from"),
        )
    if amendment.consents:
        yield Problem(
            sentence("The file says who has consented."),
            sentence("Take `consents` out: each party answers here for itself."),
            deal.place_of("amendment", "consents"),
        )


def _as_problem(finding: Finding) -> Problem:
    """What `pfs diff` tells as a finding keeps a proposal from being made."""
    do = {
        "consent": sentence(
            "Add it to `touches`, so that everyone is asked whose consent it needs."
        ),
        "retroactive": sentence("Let it come into force later, or say that it reaches back."),
    }
    return Problem(finding.what, do[finding.topic], finding.where)


def _nobody_can_give(deal: Deal, base: Deal, needed: Sequence[NeededConsent]) -> Iterator[Problem]:
    for one in needed:
        if one.of != "board" and not (one.party or _any_party(base, one)):
            yield Problem(
                sentence(
                    "The deal asks for the consent of {one}, and no party of it has that role.",
                    one=str(one),
                ),
                sentence("Name the party in the deal, or have its `consents` ask somebody else."),
                deal.place_of("consents"),
            )


def _any_party(deal: Deal, consent: NeededConsent) -> str:
    if consent.of == "board":
        return "the Board"
    fitting = set(ROLE_OF[consent.of])
    return next((party.name for party in deal.parties if fitting & set(party.roles)), "")


def _outside(deal: Deal, base: Deal) -> Iterator[Problem]:
    """Feeds that a proposal would read from outside the deal's folder, and the deal does not."""
    known = {source.path for source in base.data}
    for number, source in enumerate(deal.data):
        parts = source.path.replace("\\", "/").split("/")
        if source.path not in known and (source.path.startswith(("/", "~")) or ".." in parts):
            yield Problem(
                sentence(
                    "The feed `{feed}` would be read from outside the deal's folder.",
                    feed=source.feed,
                ),
                sentence("Name a file below it, such as `feeds/jail.csv`."),
                deal.place_of("data", number, "file"),
            )
