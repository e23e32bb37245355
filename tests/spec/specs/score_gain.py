"""The rules of `score-gain`, drawn."""

from __future__ import annotations

from tests.spec.drawing import Spec

SHARED = {
    "kind": "score-gain",
    "score": "reading",
    "window": "30 days",
    "feeds": ["intake", "court", "jail", "survey"],
}
ANA_AND_BEN = """
    enrolment | person | enrolled_on
    e1        | ana    | 2024-01-01
    e2        | ben    | 2024-01-01
"""
SCORES = """
    trait   | person | as_of      | value
    reading | ana    | 2023-11-01 | 20
    reading | ana    | 2024-01-01 | 14.5
    reading | ana    | 2024-01-10 | 11
    reading | ana    | 2024-01-30 | 17
    reading | ana    | 2024-01-31 | 40
    maths   | ana    | 2024-01-30 | 90
"""

SPECS = (
    Spec(
        rule="The last score inside the window less the last one up to and on its first day",
        defaults=SHARED,
        measure={},
        enrolments=ANA_AND_BEN,
        traits=SCORES,
        expected="""
            enrolment | quantity | status   | source
            e1        | 2.5      | known    | intake:1;survey:2;survey:4
            e2        | ?        | no-score | intake:2
        """,
    ),
    Spec(
        rule="With one score alone the gain is unknown, never 0",
        defaults=SHARED,
        measure={},
        enrolments=ANA_AND_BEN,
        traits="""
            trait   | person | as_of      | value
            reading | ana    | 2024-01-01 | 10
            reading | ben    | 2024-01-02 | 10
        """,
        expected="""
            enrolment | quantity | status   | source
            e1        | ?        | no-score | intake:1;survey:1
            e2        | ?        | no-score | intake:2;survey:2
        """,
    ),
    Spec(
        rule="A score before can be too old, by the calendar",
        defaults=SHARED,
        measure={"taken_within": "1 month"},
        enrolments="""
            enrolment | person | enrolled_on
            e1        | ana    | 2024-03-31
            e2        | ben    | 2024-03-31
        """,
        traits="""
            trait   | person | as_of      | value
            reading | ana    | 2024-02-29 | 10
            reading | ana    | 2024-04-10 | 11
            reading | ben    | 2024-03-01 | 10
            reading | ben    | 2024-04-10 | 11
        """,
        expected="""
            enrolment | quantity | status
            e1        | ?        | no-score
            e2        | 1        | known
        """,
    ),
    Spec(
        rule="With a mark the result is 1 or 0",
        defaults=SHARED,
        measure={"at_least": "2.5"},
        enrolments=ANA_AND_BEN,
        traits=SCORES
        + """
            reading | ben    | 2023-12-31 | 10
            reading | ben    | 2024-01-02 | 12.4
        """,
        expected="""
            enrolment | quantity
            e1        | 1
            e2        | 0
        """,
    ),
    Spec(
        rule="A gain, and a loss, can be rounded to whole units",
        defaults=SHARED,
        measure={"rounding": "half-up"},
        enrolments=ANA_AND_BEN,
        traits=SCORES
        + """
            reading | ben    | 2023-12-31 | 10
            reading | ben    | 2024-01-02 | 7.5
        """,
        expected="""
            enrolment | quantity
            e1        | 3
            e2        | -3
        """,
    ),
    Spec(
        rule="Of two scores on one day the later row holds",
        defaults=SHARED,
        measure={},
        enrolments=ANA_AND_BEN,
        traits="""
            trait   | person | as_of      | value
            reading | ana    | 2024-01-01 | 10
            reading | ana    | 2024-01-01 | 12
            reading | ana    | 2024-01-10 | 15
            reading | ana    | 2024-01-10 | 13
        """,
        expected="""
            enrolment | quantity | source
            e1        | 1        | intake:1;survey:2;survey:4
            e2        | ?        | intake:2
        """,
    ),
    Spec(
        rule="After an ending no score is looked at; a failure is 0 whatever was scored",
        defaults=SHARED,
        measure={"at_least": "1", "on_move": "fail", "on_transfer": "succeed"},
        enrolments=ANA_AND_BEN,
        events="""
            kind     | person | happened_on
            move     | ana    | 2024-01-20
            transfer | ben    | 2024-01-20
        """,
        traits="""
            trait   | person | as_of      | value
            reading | ana    | 2024-01-01 | 10
            reading | ana    | 2024-01-10 | 15
            reading | ben    | 2024-01-01 | 10
            reading | ben    | 2024-01-20 | 15
            reading | ben    | 2024-01-21 | 10
        """,
        expected="""
            enrolment | quantity | status
            e1        | 0        | known
            e2        | 1        | known
        """,
    ),
    Spec(
        rule="A score without a day, or without a number, is no score",
        defaults=SHARED,
        measure={},
        enrolments=ANA_AND_BEN,
        traits="""
            trait   | person | as_of      | value
            reading | ana    |            | 10
            reading | ana    | 2024-01-10 | 15
            reading | ben    | 2024-01-01 | 10
            reading | ben    | 2024-01-10 |
        """,
        expected="""
            enrolment | quantity | status
            e1        | ?        | no-score
            e2        | ?        | no-score
        """,
    ),
    Spec(
        rule="A window not seen to its end is unknown in every feed that is named, whatever "
        "was scored so far",
        defaults=SHARED,
        measure={},
        feeds_seen={"survey": "2024-01-30", "jail": "2024-01-29"},
        enrolments="""
            enrolment | person | enrolled_on
            e1        | ana    | 2024-01-01
        """,
        traits="""
            trait | person | as_of | value
            reading | ana | 2024-01-01 | 10
            reading | ana | 2024-01-20 | 12
        """,
        expected="""
            enrolment | quantity | status
            e1 | ? | not-yet-observed
        """,
    ),
    Spec(
        rule="A person enrolled twice has two gains; the score after of one is the score "
        "before of the other",
        defaults=SHARED,
        measure={},
        enrolments="""
            enrolment | person | enrolled_on
            e1 | ana | 2024-01-01
            e2 | ana | 2024-01-15
        """,
        traits="""
            trait | person | as_of | value
            reading | ana | 2023-12-01 | 10
            reading | ana | 2024-01-15 | 12
            reading | ana | 2024-02-05 | 17
        """,
        expected="""
            enrolment | quantity | source
            e1 | 2 | intake:1;survey:1;survey:2
            e2 | 5 | intake:2;survey:2;survey:3
        """,
    ),
    Spec(
        rule="Custody that stops the clock lengthens the window and is among the rows; it "
        "hides no score",
        defaults=SHARED,
        measure={"on_custody": "stop-the-clock"},
        enrolments="""
            enrolment | person | enrolled_on
            e1        | ana    | 2024-01-01
        """,
        spells="""
            state | person | start_on | end_on
            jailed | ana | 2024-01-10 | 2024-01-15
        """,
        traits="""
            trait | person | as_of | value
            reading | ana | 2024-01-01 | 10
            reading | ana | 2024-01-12 | 12
            reading | ana | 2024-02-04 | 17
        """,
        expected="""
            enrolment | last_day | quantity | source
            e1 | 2024-02-04 | 7 | intake:1;jail:1;survey:1;survey:3
        """,
    ),
    Spec(
        rule="A score that stands on the row of the enrolment names that row once",
        defaults=SHARED,
        measure={},
        enrolments="""
            enrolment | person | enrolled_on
            e1        | ana    | 2024-01-01
        """,
        traits="""
            trait | person | as_of | value | feed | row
            reading | ana | 2024-01-01 | 10 | intake | 1
            reading | ana | 2024-01-12 | 12 | survey | 1
        """,
        expected="""
            enrolment | quantity | source
            e1 | 2 | intake:1;survey:1
        """,
    ),
)
