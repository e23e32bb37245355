"""The rules of `certified-units`, drawn."""

from __future__ import annotations

from tests.spec.drawing import Spec

SHARED = {
    "kind": "certified-units",
    "units": "course",
    "certified_by": "Example College",
    "window": "30 days",
}
ANA_AND_BEN = """
    enrolment | person | enrolled_on
    e1        | ana    | 2024-01-01
    e2        | ben    | 2024-01-01
"""
COURSES = """
    kind   | person | happened_on
    course | ana    | 2024-01-05
    course | ana    | 2024-01-05
    course | ana    | 2024-01-30
    course | ana    | 2024-01-31
    lesson | ben    | 2024-01-05
"""

SPECS = (
    Spec(
        rule="Each row inside the window is one unit, also the second of a day",
        defaults=SHARED,
        measure={},
        enrolments=ANA_AND_BEN,
        events=COURSES,
        expected="""
            enrolment | quantity | source
            e1        | 3        | intake:1;court:1;court:2;court:3
            e2        | 0        | intake:2
        """,
    ),
    Spec(
        rule="A death that censors makes the number unknown; a move that succeeds leaves it",
        defaults=SHARED,
        measure={"on_death": "censor", "on_move": "succeed"},
        enrolments=ANA_AND_BEN,
        events=COURSES
        + """
            move   | ana    | 2024-01-29
            death  | ben    | 2024-01-29
        """,
        expected="""
            enrolment | quantity | status
            e1        | 2        | known
            e2        | ?        | death
        """,
    ),
    Spec(
        rule="A window not seen to its end is unknown, whatever was certified so far",
        defaults=SHARED,
        measure={},
        feeds_seen={"court": "2024-01-29"},
        enrolments=ANA_AND_BEN,
        events=COURSES,
        expected="""
            enrolment | quantity | status
            e1        | ?        | not-yet-observed
            e2        | ?        | not-yet-observed
        """,
    ),
)
