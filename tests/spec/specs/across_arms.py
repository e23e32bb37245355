"""The rules of `mean-difference` and `percent-reduction`, drawn."""

from __future__ import annotations

from tests.spec.drawing import ArmsSpec, Spec

ARRESTED = {
    "kind": "event-count",
    "event": "arrest",
    "counts": "days",
    "at_most_each_person": 1,
    "window": "30 days",
}
ARRESTS = {key: value for key, value in ARRESTED.items() if key != "at_most_each_person"}
SIX_PEOPLE = """
    enrolment | person | enrolled_on | arm
    e1        | ana    | 2024-01-01  | aid
    e2        | ben    | 2024-01-01  | aid
    e3        | cem    | 2024-01-01  | aid
    e4        | dee    | 2024-01-01  | none
    e5        | eli    | 2024-01-01  | none
    e6        | fay    | 2024-01-01  | none
"""
FIVE_EVENTS = """
    kind   | person | happened_on
    arrest | ana    | 2024-01-05
    arrest | dee    | 2024-01-05
    arrest | dee    | 2024-01-09
    arrest | eli    | 2024-01-30
    arrest | fay    | 2024-01-31
"""

SPECS = (
    ArmsSpec(
        rule="A difference is the treated mean less the control mean, in the measure's own unit",
        kind="mean-difference",
        of=Spec(
            rule="",
            measure=ARRESTS,
            enrolments=SIX_PEOPLE,
            events=FIVE_EVENTS,
            expected="""
                arm  | assigned | known | total
                aid  | 3        | 3     | 1
                none | 3        | 3     | 3
            """,
        ),
        gives="-2/3",
    ),
    ArmsSpec(
        rule="A reduction is a percent of the control mean; fewer in the treated arm is above 0",
        kind="percent-reduction",
        of=Spec(
            rule="",
            measure=ARRESTED,
            enrolments=SIX_PEOPLE,
            events=FIVE_EVENTS,
            expected="""
                arm  | assigned | known | total
                aid  | 3        | 3     | 1
                none | 3        | 3     | 2
            """,
        ),
        gives="50",
    ),
    ArmsSpec(
        rule="Means are over people whose result is known; the others only count as assigned",
        kind="percent-reduction",
        of=Spec(
            rule="",
            measure=ARRESTED,
            enrolments=SIX_PEOPLE,
            events=FIVE_EVENTS + "    death  | ben    | 2024-01-02\n",
            expected="""
                arm  | assigned | known | total
                aid  | 3        | 2     | 1
                none | 3        | 3     | 2
            """,
        ),
        gives="25",
    ),
    ArmsSpec(
        rule="More in the treated arm is a reduction below 0, and can pass -100",
        kind="percent-reduction",
        of=Spec(
            rule="",
            measure=ARRESTS,
            enrolments=SIX_PEOPLE,
            events="""
                kind   | person | happened_on
                arrest | ana    | 2024-01-05
                arrest | ben    | 2024-01-05
                arrest | ben    | 2024-01-06
                arrest | dee    | 2024-01-05
            """,
            expected="""
                arm  | assigned | known | total
                aid  | 3        | 3     | 3
                none | 3        | 3     | 1
            """,
        ),
        gives="-200",
    ),
    ArmsSpec(
        rule="People without an arm, or in a third one, are left out of the comparison",
        kind="mean-difference",
        of=Spec(
            rule="",
            measure=ARRESTED,
            enrolments="""
                enrolment | person | enrolled_on | arm
                e1        | ana    | 2024-01-01  | aid
                e2        | ben    | 2024-01-01  | none
                e3        | cem    | 2024-01-01  | coaching
                e4        | dee    | 2024-01-01  |
            """,
            events=FIVE_EVENTS,
            expected="""
                arm      | assigned | known | total
                aid      | 1        | 1     | 1
                coaching | 1        | 1     | 0
                none     | 1        | 1     | 0
            """,
        ),
        gives="1",
    ),
)
