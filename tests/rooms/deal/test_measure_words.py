"""What each kind of measure says of itself, word for word."""

from __future__ import annotations

from typing import Any, get_args

import pytest
from pydantic import TypeAdapter

from payforsuccess.deal.measures import Measure
from payforsuccess.deal.words import earned_in_words, measure_in_words, unit_of_measure

SHARED: dict[str, Any] = {
    "population": {"says": "Everyone enrolled"},
    "starts_at": "enrolment",
    "window": "12 months",
    "on_death": "censor",
    "on_move": "censor",
    "on_custody": "succeed",
    "feeds": ["records"],
}
STATED: dict[str, dict[str, Any]] = {
    "certified-units": {"units": "course", "certified_by": "College"},
    "days-in-state": {
        "state": "housed",
        "less": "jailed",
        "after_holding": "12 months",
        "counts_from": "start",
    },
    "event-absent": {"event": "arrest", "on_custody": "stop-the-clock", "on_transfer": "fail"},
    "event-count": {
        "event": "arrest",
        "counts": "days",
        "at_most_each_person": "3",
        "on_death": "stop-the-clock",
    },
    "held-without-break": {
        "state": "housed",
        "held_for": "6 months",
        "lapses": "1",
        "lapse_days": "14",
        "good_exits": ["exit-permanent"],
    },
    "milestone-reached": {
        "milestone": "move-in",
        "kept_for": "3 months",
        "lost_by": "move-out",
        "starts_at": "event",
        "start_event": "release",
    },
    "money-sum": {"amounts_of": "subsidy", "at_most_each_person": "9000.50", "rounding": "down"},
    "quarters-with-earnings": {
        "floor": "2500",
        "counts_first_quarter": "false",
        "population": {
            "says": "Those served.",
            "arms": ["aid", "more-aid"],
            "sites": ["north"],
            "feeds": ["intake"],
            "starts_from": "2026-01-01",
            "starts_to": "2026-06-30",
        },
    },
    "score-gain": {"score": "reading", "taken_within": "3 months", "at_least": "2"},
    "mean-difference": {"of": "event-count", "treated": "aid", "control": "no-aid"},
    "percent-reduction": {"of": "event-count", "treated": "aid", "control": "no-aid"},
    "share-of-cohort": {"of": "quarters-with-earnings", "at_least": "2"},
}


def built(kind: str) -> Any:
    adapter: TypeAdapter[Any] = TypeAdapter(Measure)
    stated = {"kind": kind, **STATED[kind]}
    if "of" in stated:
        of = stated["of"]
        return adapter.validate_python({**stated, "of": {**SHARED, "kind": of, **STATED[of]}})
    return adapter.validate_python({**SHARED, **stated})


SHARED_SENTENCES = {
    "Counted for: Everyone enrolled.",
    "Each person is watched for 12 months from the day of enrolment, that day included and the day "
    "on which the time is over not.",
    "What ends the watching early: after a death the result is unknown; after a move out of reach "
    "the result is unknown; after custody what came before counts.",
    "Records come from “records”; where one of them does not reach to the end of a person's time, "
    "the result is unknown, never 0.",
    "A person's number belongs to the quarter that holds the last day of their time.",
}
SAID: dict[str, list[str]] = {
    "certified-units": [
        "Units of “course” that College certified, each row of the records one unit.",
    ],
    "days-in-state": [
        "Days that a person spends “housed”, less those “jailed”, once a person has been "
        "“housed” for 12 months; the days before that count then too. No day counts twice.",
        "What ends the watching early: after a death the result is unknown; after a move out of"
        " reach the result is unknown; custody ends nothing, and the records go on deciding.",
    ],
    "event-absent": [
        "Whether a person goes through the whole time without “arrest”.",
        "What ends the watching early: after a death the result is unknown; after a move out of"
        " reach the result is unknown; days in custody do not count and the time runs on by as "
        "many; after a transfer to another programme it counts as a failure.",
        "“arrest” up to and on the day of one of these decides all the same.",
    ],
    "event-count": [
        "For each person, days with at least one “arrest”, at most 3 for one person.",
        "What ends the watching early: with a death the time is over on its day, and what came "
        "before counts; after a move out of reach the result is unknown; after custody what "
        "came before counts.",
    ],
    "held-without-break": [
        "Whether a person is “housed” for 6 months without a break, with at most 1 lapse of up "
        "to 14 days, each only between two stays, so that who is out of it at the end has not "
        "held it; after “exit permanent” someone who held it is taken to hold it on to the end.",
        "What ends the watching early: after a death the result is unknown; after a move out of"
        " reach the result is unknown; custody ends nothing, and the records go on deciding.",
        "Held long enough up to and on the day of one of these counts all the same.",
    ],
    "milestone-reached": [
        "Whether a person reaches “move in” and keeps it for 3 months from its day on, all "
        "inside the time; “move out” on a later day before that is over ends the keeping.",
        "Each person is watched for 12 months from their first “release” since they became part"
        " of the deal, that day included and the day on which the time is over not.",
        "What ends the watching early: after a death the result is unknown; after a move out of"
        " reach the result is unknown; after custody what was reached and not lost by then "
        "counts.",
        "“move in” reached and kept in full up to and on the day of one of these counts all the"
        " same.",
    ],
    "money-sum": [
        "The amounts of “subsidy” added up for each person, at most 9,000.5 for one person; one"
        " without an amount makes the result unknown.",
        "One person's number is rounded toward 0 to a whole.",
    ],
    "quarters-with-earnings": [
        "Calendar quarters in which a person earns 2,500 or more, all of “wages” in a quarter "
        "added up; a quarter must lie in the time to its end, and the one in which the person "
        "starts does not count.",
        "Counted for: Those served (only “aid” or “more aid”; only at “north”; only enrolled by"
        " “intake”; starting on 1 January 2026 or later; starting on 30 June 2026 or earlier).",
    ],
    "score-gain": [
        "The last score of “reading” after the first day less the last one up to and on that "
        "day, which is at most 3 months old then; without both the result is unknown. A gain of"
        " 2 or more is a success, a smaller one none.",
    ],
    "mean-difference": [
        "The mean of “aid” less the mean of “no aid”, over people with a known result.",
        "For each person, days with at least one “arrest”, at most 3 for one person.",
        "What ends the watching early: with a death the time is over on its day, and what came "
        "before counts; after a move out of reach the result is unknown; after custody what "
        "came before counts.",
    ],
    "percent-reduction": [
        "By how many percent the mean of “aid” is below that of “no aid”; a control mean of 0 "
        "or less is refused.",
        "For each person, days with at least one “arrest”, at most 3 for one person.",
        "What ends the watching early: with a death the time is over on its day, and what came "
        "before counts; after a move out of reach the result is unknown; after custody what "
        "came before counts.",
    ],
    "share-of-cohort": [
        "The share of people whose number is 2 or more, among those with a known result; exact,"
        " and none where no result is known.",
        "Calendar quarters in which a person earns 2,500 or more, all of “wages” in a quarter "
        "added up; a quarter must lie in the time to its end, and the one in which the person "
        "starts does not count.",
        "Counted for: Those served (only “aid” or “more aid”; only at “north”; only enrolled by"
        " “intake”; starting on 1 January 2026 or later; starting on 30 June 2026 or earlier).",
    ],
}


def kinds() -> set[str]:
    return {get_args(m.model_fields["kind"].annotation)[0] for m in get_args(get_args(Measure)[0])}


def test_a_lapse_that_may_lie_anywhere_is_said_to() -> None:
    stated = built("held-without-break").model_copy(update={"lapses_lie": "anywhere"})

    first = measure_in_words(stated)[0]

    assert "at most 1 lapse of up to 14 days, also at the beginning and at the end of" in first


def test_every_kind_has_its_sentences_here() -> None:
    assert kinds() == set(STATED) == set(SAID)


@pytest.mark.parametrize("kind", STATED)
def test_a_kind_says_what_it_counts(kind: str) -> None:
    measure = built(kind)

    said = (*measure_in_words(measure), *earned_in_words(measure, "quarter"))

    assert [sentence for sentence in said if sentence not in SHARED_SENTENCES] == SAID[kind]


@pytest.mark.parametrize("kind", sorted(kinds() - {"mean-difference", "percent-reduction"}))
def test_whom_when_and_on_which_records_is_always_said(kind: str) -> None:
    said = " ".join((*measure_in_words(built(kind)), *earned_in_words(built(kind), "quarter")))

    for words in ("Counted for: ", "is watched for ", "Records come from ", "that holds the last"):
        assert said.count(words) == 1


def test_parts_that_are_earned_as_they_happen_say_so() -> None:
    stated = {**SHARED, "kind": "event-count", **STATED["event-count"], "earned": "as-it-happens"}
    adapter: TypeAdapter[Any] = TypeAdapter(Measure)

    said = earned_in_words(adapter.validate_python(stated), "half-year")

    assert said == ("Each part belongs to the half-year in which it happened.",)


@pytest.mark.parametrize(
    ("counts", "at_most", "unit"),
    [
        ("each", None, "event"),
        ("days", "3", "day"),
        ("each", "1", "person"),
        ("days", "1", "person"),
    ],
)
def test_events_of_which_each_person_counts_one_are_people(
    counts: str, at_most: str | None, unit: str
) -> None:
    """R84: a difference of their shares is in percentage points, and not 0.11 events."""
    stated = {**SHARED, "kind": "event-count", "event": "arrest", "counts": counts}
    measure: Any = TypeAdapter(Measure).validate_python(
        stated if at_most is None else {**stated, "at_most_each_person": at_most}
    )

    assert unit_of_measure(measure, "USD") == unit
