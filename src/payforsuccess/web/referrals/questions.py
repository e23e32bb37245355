"""What a referral asks beside the person: one question a fact of the deal's rule or of the draw."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from payforsuccess.deal.people import Criterion, number_or_day
from payforsuccess.deal.words.eligibility import rule_of
from payforsuccess.deal.words.phrases import named
from payforsuccess.web.initiatives.models import Initiative
from payforsuccess.web.referrals.lottery import lottery_terms

Kind = Literal["yes-no", "choice", "number", "day", "text"]
YES_NO = {"yes", "no", "true", "false"}
OF_THE_PERSON = ("age", "sex", "race", "language")
"""Facts that follow from what is said of the person, so that nobody is asked twice."""


@dataclass(frozen=True)
class Question:
    """One fact: its name in the deal, how it is asked, and the clauses that read it.

    is_whole: a number that the deal compares with whole numbers alone, such as days.
    """

    name: str
    kind: Kind
    values: tuple[str, ...] = ()
    clauses: tuple[str, ...] = ()
    is_of_the_draw: bool = False
    is_whole: bool = False

    @property
    def label(self) -> str:
        """As the deal names it."""
        return bare(self.name)


def questions_of(initiative: Initiative) -> tuple[Question, ...]:
    """What is asked beside the person, in the order of the deal, what the draw asks last."""
    return tuple(each for each in _asked(initiative) if each.name not in OF_THE_PERSON)


def open_questions(initiative: Initiative, facts: Mapping[str, str]) -> tuple[Question, ...]:
    """What the rule or the draw still asks, also of the person: what was not said can be later."""
    return tuple(each for each in _asked(initiative) if not facts.get(each.name))


def _asked(initiative: Initiative) -> tuple[Question, ...]:
    terms = lottery_terms(initiative)
    strata = dict(zip(terms.strata, terms.values, strict=True)) if terms else {}
    drawn_by = terms.facts if terms else ()
    by_field: dict[str, list[Criterion]] = {}
    for criterion in initiative.deal.people.eligible:
        by_field.setdefault(criterion.field, []).append(criterion)
    for name in drawn_by:
        by_field.setdefault(name, [])
    return tuple(
        _question(name, criteria, strata.get(name, ()), is_drawn_by=name in drawn_by)
        for name, criteria in by_field.items()
    )


def known_facts(
    names: set[str], *, born: date, on: date, sex: str = "", race: str = "", language: str = ""
) -> dict[str, str]:
    """The facts among `names` that follow from the person: age in whole years on a day, and such.

    Someone born on 29 February is a year older from 1 March on where there is no such day.
    """
    age = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    told = {"age": str(age), "sex": sex, "race": race, "language": language}
    return {name: value for name, value in told.items() if name in names and value}


def names_of(initiative: Initiative) -> set[str]:
    """Every fact that the rule or the draw reads."""
    terms = lottery_terms(initiative)
    rule = {criterion.field for criterion in initiative.deal.people.eligible}
    return rule | set(terms.facts if terms else ())


def _question(
    name: str, criteria: list[Criterion], values: tuple[str, ...], *, is_drawn_by: bool
) -> Question:
    clauses = tuple(rule_of(criterion) for criterion in criteria)
    if values:
        return Question(name, "choice", values, clauses, is_drawn_by)
    stated = [criterion.value or "" for criterion in criteria]
    if any(criterion.test in ("at-least", "at-most") for criterion in criteria):
        compared = (c.value or "" for c in criteria if c.test in ("at-least", "at-most"))
        limits = [number_or_day(limit) for limit in compared]
        if isinstance(limits[0], date):
            return Question(name, "day", (), clauses, is_drawn_by)
        is_whole = all(not isinstance(limit, date) and limit % 1 == 0 for limit in limits)
        return Question(name, "number", (), clauses, is_drawn_by, is_whole)
    if criteria and all(text.casefold() in YES_NO for text in stated if text):
        listed = [v for c in criteria for v in c.values]
        if not listed and any(stated):
            return Question(name, "yes-no", (), clauses, is_drawn_by)
    listed = [v for c in criteria for v in (*c.values, *((c.value,) if c.value else ()))]
    if listed:
        return Question(name, "choice", tuple(dict.fromkeys(listed)), clauses, is_drawn_by)
    return Question(name, "text", (), clauses, is_drawn_by)


def missing_for_draw(initiative: Initiative, facts: Mapping[str, str]) -> list[str]:
    """The names of facts that the draw still needs."""
    terms = lottery_terms(initiative)
    return [bare(name) for name in (terms.facts if terms else ()) if not facts.get(name)]


def bare(name: str) -> str:
    """A fact as a label: `Released to county`."""
    words = named(name).strip("“”")
    return words[:1].upper() + words[1:]
