"""Who comes to meetings, by party."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from payforsuccess.governance.initiative.initiative import Initiative
from payforsuccess.governance.initiative.team import Body, Meeting


@dataclass(frozen=True)
class Attendance:
    """A party at the meetings of a body up to a day.

    in_a_row: meetings it missed since it last came. is_over_limit: more than the body allows.
    """

    body: Body
    party: str
    attended: int
    missed: int
    in_a_row: int
    is_over_limit: bool


def attendance(initiative: Initiative, *, on: date) -> tuple[Attendance, ...]:
    """Attendance of every party by body, in the order of the file (R89).

    A party that a meeting names neither as present nor as absent was not expected there. A
    department and the government it is of are parties of their own, as the record names them.
    """
    found = []
    for body in initiative.bodies:
        meetings = sorted(
            (each for each in initiative.meetings if each.body == body.name and each.on <= on),
            key=lambda each: each.on,
        )
        parties = dict.fromkeys(
            party for meeting in meetings for party in (*meeting.attended, *meeting.missed)
        )
        for party in parties:
            came = [party in each.attended for each in meetings if _expected(party, each)]
            in_a_row = next((at for at, was in enumerate(reversed(came)) if was), len(came))
            found.append(
                Attendance(
                    body,
                    party,
                    sum(came),
                    len(came) - sum(came),
                    in_a_row,
                    in_a_row > body.missed_at_most,
                )
            )
    return tuple(found)


def _expected(party: str, meeting: Meeting) -> bool:
    return party in meeting.attended or party in meeting.missed
