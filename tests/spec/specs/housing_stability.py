"""Housing stability as a contract counts it: the cases a county official asks about, drawn."""

from __future__ import annotations

from tests.spec.drawing import Spec

TITLE = "Housing stability: 6 months in a home, absences of at most 30 days"
SHARED = {
    "kind": "held-without-break",
    "state": "housed",
    "held_for": "6 months",
    "window": "12 months",
    "lapses": "1",
    "lapse_days": "30",
    "good_exits": ["exit-permanent"],
    "on_custody": "succeed",
}
ONE = """
    enrolment | person | enrolled_on
    e1        | ana    | 2024-01-01
"""
TWO = """
    enrolment | person | enrolled_on
    e1        | ana    | 2024-01-01
    e2        | ben    | 2024-01-01
"""

SPECS = (
    Spec(
        rule="A lease held for six months is stable, one given up a day sooner is not",
        defaults=SHARED,
        measure={},
        enrolments=TWO,
        spells="""
            state  | person | start_on   | end_on
            housed | ana    | 2024-02-01 | 2024-08-01
            housed | ben    | 2024-02-01 | 2024-07-31
        """,
        expected="""
            enrolment | quantity | source
            e1        | 1        | intake:1;jail:1
            e2        | 0        | intake:2;jail:2
        """,
    ),
    Spec(
        rule="A lease still held on the last day of the records goes on",
        defaults=SHARED,
        measure={},
        enrolments=ONE,
        spells="""
            state  | person | start_on   | end_on
            housed | ana    | 2024-05-01 |
        """,
        expected="""
            enrolment | quantity | status
            e1        | 1        | known
        """,
    ),
    Spec(
        rule="Moving from one home to another without a day between is no absence",
        defaults=SHARED,
        measure={"lapses": 0, "lapse_days": 0},
        enrolments=ONE,
        spells="""
            state  | person | start_on   | end_on
            housed | ana    | 2024-02-01 | 2024-05-15
            housed | ana    | 2024-05-15 | 2024-08-01
        """,
        expected="""
            enrolment | quantity
            e1        | 1
        """,
    ),
    Spec(
        rule="An absence of 30 days is allowed and its days count, one of 31 begins the time anew",
        defaults=SHARED,
        measure={},
        enrolments=TWO,
        spells="""
            state  | person | start_on   | end_on
            housed | ana    | 2024-02-01 | 2024-04-01
            housed | ana    | 2024-05-01 | 2024-08-01
            housed | ben    | 2024-02-01 | 2024-04-01
            housed | ben    | 2024-05-02 | 2024-08-01
        """,
        expected="""
            enrolment | quantity
            e1        | 1
            e2        | 0
        """,
    ),
    Spec(
        rule="A second absence is one too many, however short",
        defaults=SHARED,
        measure={},
        enrolments=ONE,
        spells="""
            state  | person | start_on   | end_on
            housed | ana    | 2024-02-01 | 2024-04-01
            housed | ana    | 2024-04-05 | 2024-06-01
            housed | ana    | 2024-06-02 | 2024-08-01
        """,
        expected="""
            enrolment | quantity
            e1        | 0
        """,
    ),
    Spec(
        rule="An absence lies between two homes: who gives the home up for good before six months "
        "are full is not stable, and no absence at the end is forgiven",
        defaults=SHARED,
        measure={"window": "6 months", "starts_at": "event", "start_event": "move-in"},
        enrolments=TWO,
        spells="""
            state  | person | start_on   | end_on
            housed | ana    | 2024-01-09 | 2024-06-14
            housed | ben    | 2024-01-09 | 2024-06-14
            housed | ben    | 2024-07-08 | 2024-09-01
        """,
        events="""
            kind    | person | happened_on
            move-in | ana    | 2024-01-09
            move-in | ben    | 2024-01-09
        """,
        expected="""
            enrolment | last_day   | quantity
            e1        | 2024-07-08 | 0
            e2        | 2024-07-08 | 1
        """,
    ),
    Spec(
        rule="Leaving for permanent housing elsewhere counts as the home held from that day on",
        defaults=SHARED,
        measure={},
        enrolments=TWO,
        spells="""
            state  | person | start_on   | end_on
            housed | ana    | 2024-02-01 | 2024-04-01
            housed | ben    | 2024-02-01 | 2024-04-01
        """,
        events="""
            kind           | person | happened_on
            exit-permanent | ana    | 2024-04-01
            exit-jail      | ben    | 2024-04-01
        """,
        expected="""
            enrolment | quantity | source
            e1        | 1        | intake:1;jail:1;court:1
            e2        | 0        | intake:2;jail:2
        """,
    ),
    Spec(
        rule="A short stay in jail while the lease goes on is no absence",
        defaults=SHARED,
        measure={},
        enrolments=ONE,
        spells="""
            state  | person | start_on   | end_on
            housed | ana    | 2024-02-01 | 2024-08-01
            jailed | ana    | 2024-03-01 | 2024-05-01
        """,
        expected="""
            enrolment | quantity
            e1        | 1
        """,
    ),
    Spec(
        rule="Who dies housed before the six months are full counts neither for nor against",
        defaults=SHARED,
        measure={"on_death": "censor"},
        enrolments=TWO,
        spells="""
            state  | person | start_on   | end_on
            housed | ana    | 2024-02-01 | 2024-07-01
            housed | ben    | 2024-02-01 | 2024-09-01
        """,
        events="""
            kind  | person | happened_on
            death | ana    | 2024-07-01
            death | ben    | 2024-09-01
        """,
        expected="""
            enrolment | quantity | status
            e1        | ?        | death
            e2        | 1        | known
        """,
    ),
    Spec(
        rule="Where the contract says so, a death while housed counts as the home held",
        defaults=SHARED,
        measure={"on_death": "succeed"},
        enrolments=TWO,
        spells="""
            state  | person | start_on   | end_on
            housed | ana    | 2024-02-01 | 2024-07-02
            housed | ben    | 2024-02-01 | 2024-04-01
        """,
        events="""
            kind  | person | happened_on
            death | ana    | 2024-07-01
            death | ben    | 2024-07-01
        """,
        expected="""
            enrolment | quantity
            e1        | 1
            e2        | 0
        """,
    ),
    Spec(
        rule="Where the contract says so, a death before the six months are full is no success",
        defaults=SHARED,
        measure={"on_death": "fail"},
        enrolments=ONE,
        spells="""
            state  | person | start_on   | end_on
            housed | ana    | 2024-02-01 | 2024-07-01
        """,
        events="""
            kind  | person | happened_on
            death | ana    | 2024-07-01
        """,
        expected="""
            enrolment | quantity | status
            e1        | 0        | known
        """,
    ),
    Spec(
        rule="Who never moved in was not stable; who is not yet observed for the year is unknown",
        defaults=SHARED,
        measure={},
        seen_through="2024-12-31",
        enrolments="""
            enrolment | person | enrolled_on
            e1        | ana    | 2024-01-01
            e2        | ben    | 2024-01-02
        """,
        spells="""
            state  | person | start_on   | end_on
            housed | ben    | 2024-02-01 |
        """,
        expected="""
            enrolment | quantity | status
            e1        | 0        | known
            e2        | ?        | not-yet-observed
        """,
    ),
)
