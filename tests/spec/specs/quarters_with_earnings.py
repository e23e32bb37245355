"""The rules of `quarters-with-earnings`, drawn."""

from __future__ import annotations

from tests.spec.drawing import Spec

SHARED = {
    "kind": "quarters-with-earnings",
    "floor": "2500",
    "counts_first_quarter": "false",
    "window": "12 months",
}
ANA = """
    enrolment | person | enrolled_on
    e1        | ana    | 2024-02-15
"""
A_YEAR_OF_WAGES = """
    kind  | person | happened_on | amount
    wages | ana    | 2024-03-31  | 9000
    wages | ana    | 2024-06-30  | 2500
    wages | ana    | 2024-09-30  | 2499.99
    wages | ana    | 2024-12-31  | 1500
    wages | ana    | 2024-12-31  | 1000.01
    wages | ana    | 2025-03-31  | 9000
"""

SPECS = (
    Spec(
        rule="A quarter counts from the floor on, the wages of all employers added up",
        defaults=SHARED,
        measure={},
        enrolments=ANA,
        events=A_YEAR_OF_WAGES,
        expected="""
            enrolment | last_day   | quantity | source
            e1        | 2025-02-14 | 2        | intake:1;court:2;court:3;court:4;court:5
        """,
    ),
    Spec(
        rule="The quarter in which the window starts counts only where the deal says so",
        defaults=SHARED,
        measure={"counts_first_quarter": "true"},
        enrolments=ANA,
        events=A_YEAR_OF_WAGES,
        expected="""
            enrolment | quantity
            e1        | 3
        """,
    ),
    Spec(
        rule="A window that starts on a quarter's first day starts in that quarter",
        defaults=SHARED,
        measure={},
        enrolments="""
            enrolment | person | enrolled_on
            e1        | ana    | 2024-04-01
            e2        | ben    | 2024-03-31
        """,
        events="""
            kind  | person | happened_on | amount
            wages | ana    | 2024-06-30  | 2500
            wages | ben    | 2024-06-30  | 2500
        """,
        expected="""
            enrolment | quantity
            e1        | 0
            e2        | 1
        """,
    ),
    Spec(
        rule="A quarter that the window's end cuts does not count; one that ends with it does",
        defaults=SHARED,
        measure={"window": "3 months", "counts_first_quarter": "true"},
        enrolments="""
            enrolment | person | enrolled_on
            e1        | ana    | 2024-01-01
            e2        | ben    | 2023-12-31
        """,
        events="""
            kind  | person | happened_on | amount
            wages | ana    | 2024-03-31  | 2500
            wages | ben    | 2024-03-30  | 2500
        """,
        expected="""
            enrolment | last_day   | quantity
            e1        | 2024-03-31 | 1
            e2        | 2024-03-30 | 0
        """,
    ),
    Spec(
        rule="Wages without an amount make the number unknown, if their quarter counts",
        defaults=SHARED,
        measure={},
        enrolments="""
            enrolment | person | enrolled_on
            e1        | ana    | 2024-02-15
            e2        | ben    | 2024-02-15
        """,
        events="""
            kind  | person | happened_on | amount
            wages | ana    | 2024-06-30  |
            wages | ana    | 2024-06-30  | 9000
            wages | ben    | 2024-03-31  |
        """,
        expected="""
            enrolment | quantity | status
            e1        | ?        | no-amount
            e2        | 0        | known
        """,
    ),
    Spec(
        rule="After a move that succeeds, quarters that were over by its day count",
        defaults=SHARED,
        measure={"on_move": "succeed", "on_death": "censor"},
        enrolments="""
            enrolment | person | enrolled_on
            e1        | ana    | 2024-02-15
            e2        | ben    | 2024-02-15
            e3        | cem    | 2024-02-15
        """,
        events="""
            kind  | person | happened_on | amount
            wages | ana    | 2024-06-30  | 2500
            move  | ana    | 2024-06-30  |
            wages | ben    | 2024-06-28  | 2500
            move  | ben    | 2024-06-29  |
            wages | cem    | 2024-06-30  | 2500
            death | cem    | 2024-07-01  |
        """,
        expected="""
            enrolment | quantity | status
            e1        | 1        | known
            e2        | 0        | known
            e3        | ?        | death
        """,
    ),
    Spec(
        rule="A window not seen to its end is unknown, whatever was earned so far",
        defaults=SHARED,
        measure={},
        feeds_seen={"court": "2025-02-13"},
        enrolments=ANA,
        events=A_YEAR_OF_WAGES,
        expected="""
            enrolment | quantity | status
            e1        | ?        | not-yet-observed
        """,
    ),
    Spec(
        rule="Without wages the number is 0; a person enrolled twice has two windows",
        defaults=SHARED,
        measure={},
        enrolments="""
            enrolment | person | enrolled_on
            e1 | ana | 2024-02-15
            e2 | ben | 2024-02-15
            e3 | ben | 2024-04-15
        """,
        events="""
            kind | person | happened_on | amount
            wages | ben | 2024-06-30 | 3000
            wages | ben | 2024-09-30 | 3000
        """,
        expected="""
            enrolment | quantity
            e1 | 0
            e2 | 2
            e3 | 1
        """,
    ),
    Spec(
        rule="Two employers, or two rows of one day, are added; a correction with a minus is too",
        defaults=SHARED,
        measure={},
        enrolments="""
            enrolment | person | enrolled_on
            e1 | ana | 2024-02-15
        """,
        events="""
            kind | person | happened_on | amount
            wages | ana | 2024-06-30 | 2000
            wages | ana | 2024-06-30 | 500
            wages | ana | 2024-09-30 | 2600
            wages | ana | 2024-09-30 | -100.01
        """,
        expected="""
            enrolment | quantity
            e1 | 1
        """,
    ),
    Spec(
        rule="A death that censors makes the number unknown; an excused day takes its wages "
        "out of the quarter",
        defaults=SHARED,
        measure={"on_death": "censor"},
        not_counted=(("2024-06-30", "2024-06-30"),),
        enrolments="""
            enrolment | person | enrolled_on
            e1 | ana | 2024-02-15
            e2 | ben | 2024-02-15
        """,
        events="""
            kind | person | happened_on | amount
            wages | ana | 2024-06-30 | 9000
            wages | ana | 2024-09-30 | 9000
            wages | ben | 2024-09-30 | 9000
            death | ben | 2025-01-05 |
        """,
        expected="""
            enrolment | quantity | status
            e1 | 1 | known
            e2 | ? | death
        """,
    ),
    Spec(
        rule="Custody that stops the clock lengthens the window, so that a quarter may be in "
        "it, and is among the rows",
        defaults=SHARED,
        measure={"on_custody": "stop-the-clock"},
        enrolments="""
            enrolment | person | enrolled_on
            e1 | ana | 2024-02-15
            e2 | ben | 2024-02-15
        """,
        events="""
            kind | person | happened_on | amount
            wages | ana | 2025-03-31 | 9000
            wages | ben | 2025-03-31 | 9000
        """,
        spells="""
            state | person | start_on | end_on
            jailed | ana | 2024-05-01 | 2024-07-01
        """,
        expected="""
            enrolment | last_day | quantity | source
            e1 | 2025-04-16 | 1 | intake:1;jail:1;court:1
            e2 | 2025-02-14 | 0 | intake:2
        """,
    ),
)
