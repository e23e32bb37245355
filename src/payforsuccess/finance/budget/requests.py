"""Requests for more appropriation: the votes each needs, and whether they add up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from payforsuccess.deal.budget import Augmentation, BudgetFile
from payforsuccess.deal.votes import VoteRules
from payforsuccess.errors import Problem, Refusal
from payforsuccess.governance.votes import VotesNeeded, votes_needed
from payforsuccess.units import grouped

DONE = ("adopted", "posted")


@dataclass(frozen=True)
class Request:
    """One request with the votes it needs; `needs` is None where the rules do not tell."""

    asked: Augmentation
    needs: VotesNeeded | None


@dataclass(frozen=True)
class Requests:
    """All requests by level: county-wide first, then by department; and what stops them."""

    rows: tuple[Request, ...]
    problems: tuple[Problem, ...]


def requests_of(file: BudgetFile, rules: VoteRules) -> Requests:
    """Each request with its votes, computed from the rules and the seats in force on its day.

    A problem is: a request that says it was adopted with fewer votes than it needs, a rule that
    cannot be applied, and departmental requests that do not net to the appropriation.
    """
    rows: list[Request] = []
    problems: list[Problem] = []
    for at, asked in enumerate(file.requests):
        try:
            needs = votes_needed(
                rules,
                asked.change,
                on=asked.vote_on,
                at_least=asked.votes_at_least,
                reason=asked.counsel_reason or "",
            )
        except Refusal as refusal:
            where = file.place_of("requests", at)
            problems += [problem.at(where) for problem in refusal.problems]
            rows.append(Request(asked, None))
            continue
        rows.append(Request(asked, needs))
        cast = asked.votes_cast
        if cast is not None and cast > needs.seats:
            problems.append(
                Problem(
                    f"`{asked.name}` has {cast} votes, and there are {needs.seats} seats.",
                    "Correct `votes_cast` or `vote_on`.",
                    file.place_of("requests", at, "votes_cast"),
                )
            )
        elif asked.status in DONE and cast is not None and cast < needs.votes:
            problems.append(
                Problem(
                    f"`{asked.name}` is {asked.status} with {cast} votes; it needs {needs.votes} "
                    f"of {needs.seats} ({needs.rule.section}).",
                    "Correct the votes, or set its status back.",
                    file.place_of("requests", at, "status"),
                )
            )
    problems += _not_netting(file)
    order = sorted(
        rows,
        key=lambda row: (
            row.asked.level != "county-wide",
            row.asked.department or "",
            row.asked.fiscal_year,
        ),
    )
    return Requests(tuple(order), tuple(problems))


def _not_netting(file: BudgetFile) -> Iterator[Problem]:
    """Adopted departmental requests of a source and year add up to what was appropriated.

    That is what county-wide requests adopted for the same source and year come to; without one,
    what the source provides in the year.
    """
    sources = {source.name: (at, source) for at, source in enumerate(file.sources)}
    done = [request for request in file.requests if request.status in DONE]
    groups = {(each.source, each.fiscal_year) for each in done if each.level == "department"}
    for name, year in sorted(groups):
        own = [each for each in done if (each.source, each.fiscal_year) == (name, year)]
        parts = sum(each.amount for each in own if each.level == "department")
        wide = [each.amount for each in own if each.level == "county-wide"]
        at, source = sources[name]
        provided = sum(each.amount for each in source.years if each.fiscal_year == year)
        whole = sum(wide) if wide else provided
        if parts != whole:
            what = "the county-wide requests" if wide else "the source"
            yield Problem(
                f"The departments' adopted requests on `{name}` for {year} come to "
                f"{grouped(parts)}, and {what} to {grouped(whole)}.",
                "Let them net to the appropriation: correct an amount, or add the request missing.",
                file.place_of("sources", at, "years"),
            )
