"""What this version does not compute is refused with its place, never passed over."""

from __future__ import annotations

from typing import Any, get_args

import pytest
from pydantic import TypeAdapter

from payforsuccess.deal.measures import COMPUTED_KINDS, EventAbsent, Measure, PersonMeasure
from payforsuccess.errors import Place
from payforsuccess.measures import COMPILERS, REFERENCES, check_computable, check_transfers

SHARED = {
    "population": {"says": "Everyone"},
    "starts_at": "enrolment",
    "window": "12 months",
    "on_death": "censor",
    "on_move": "censor",
    "on_custody": "censor",
    "feeds": ["court"],
}
PERSON: dict[str, dict[str, Any]] = {
    "certified-units": {"units": "course", "certified_by": "College"},
    "days-in-state": {"state": "housed", "less": "jailed"},
    "event-absent": {"event": "arrest"},
    "event-count": {"event": "arrest", "counts": "each"},
    "held-without-break": {"state": "housed", "held_for": "6 months"},
    "milestone-reached": {"milestone": "job-start"},
    "money-sum": {"amounts_of": "wage"},
    "quarters-with-earnings": {"floor": "2500", "counts_first_quarter": "false"},
    "score-gain": {"score": "reading"},
}
ABSENT = {"kind": "event-absent", **SHARED, **PERSON["event-absent"]}
ACROSS: dict[str, dict[str, Any]] = {
    "mean-difference": {"of": ABSENT, "treated": "aid", "control": "none"},
    "percent-reduction": {"of": ABSENT, "treated": "aid", "control": "none"},
    "share-of-cohort": {"of": ABSENT, "at_least": "1"},
}


def built(**stated: Any) -> Any:
    adapter: TypeAdapter[Any] = TypeAdapter(Measure)
    return adapter.validate_python(stated)


def any_of_kind(kind: str) -> Any:
    return built(kind=kind, **({**SHARED, **PERSON[kind]} if kind in PERSON else ACROSS[kind]))


def kinds_of(union: Any) -> set[str]:
    return {get_args(m.model_fields["kind"].annotation)[0] for m in get_args(get_args(union)[0])}


def test_every_kind_of_the_vocabulary_is_tried_here() -> None:
    assert kinds_of(Measure) == {*PERSON, *ACROSS}
    assert kinds_of(PersonMeasure) == set(PERSON)


def test_every_computed_kind_of_a_person_has_a_compiler_and_a_reference() -> None:
    kinds = {kind for kind in COMPUTED_KINDS if kind in PERSON}

    assert {get_args(m.model_fields["kind"].annotation)[0] for m in COMPILERS} == kinds
    assert COMPILERS.keys() == REFERENCES.keys()


@pytest.mark.parametrize("kind", [*PERSON, *ACROSS])
def test_a_kind_is_computed_or_refused(kind: str) -> None:
    problems = check_computable(any_of_kind(kind), where=Place("deal.yaml", 7, field="measure"))

    assert [problem.where.field for problem in problems] == (
        [] if kind in COMPUTED_KINDS else ["measure.kind"]
    )


@pytest.mark.parametrize("ending", ["death", "move", "custody", "transfer"])
def test_a_clock_may_stop_for_any_ending(ending: str) -> None:
    assert check_computable(built(**{**ABSENT, f"on_{ending}": "stop-the-clock"})) == ()


def test_a_window_may_start_at_an_event() -> None:
    assert (
        check_computable(built(**{**ABSENT, "starts_at": "event", "start_event": "release"})) == ()
    )


def test_transfers_in_the_records_need_a_rule() -> None:
    measure = built(**ABSENT)
    assert isinstance(measure, EventAbsent)

    assert check_transfers(measure, transfers=0) == ()
    assert (
        "The records hold 3 of the kind transfer" in check_transfers(measure, transfers=3)[0].what
    )
    assert check_transfers(built(**ABSENT, on_transfer="fail"), transfers=3) == ()
