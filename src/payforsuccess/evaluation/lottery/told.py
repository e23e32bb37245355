"""What a referrer sees of a draw: placed, or services as usual, and what to do today (R116)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from payforsuccess.evaluation.lottery.entries import Entry, MetAgain
from payforsuccess.evaluation.lottery.listed import AssignmentList
from payforsuccess.evaluation.lottery.terms import LotteryTerms

PLACED = "placed"
AS_USUAL = "services as usual"


@dataclass(frozen=True)
class Told:
    """One person: what the referrer is told, what to do on the same day, and until when it holds.

    Nobody is ever told that a person was declined: they were not judged. What was told of a key is
    told again, whatever aliases were found since. until: the day on which
    the wait of someone not drawn ends; None for who is placed. met_again: the draw is an earlier
    one.
    """

    person: str
    says: str
    today: str
    until: date | None
    met_again: bool = False

    def __str__(self) -> str:
        again = " (as drawn before)" if self.met_again else ""
        until = f" May be served outside of the comparison from {self.until}." if self.until else ""
        return f"{self.person}: {self.says}{again}. {self.today}{until}"


def told_of(
    listed: AssignmentList,
    added: Sequence[Entry],
    *,
    terms: LotteryTerms,
    provider: str,
    others_receive: str,
) -> tuple[Told, ...]:
    """What the referrer is told of each person just drawn, or met again, in their order.

    provider: to whom who is placed is handed over. others_receive: what the ethics record says that
    people not drawn receive.
    """
    found = []
    for entry in added:
        person = getattr(entry, "person", None)
        draw = listed.told_draw_of(person) if isinstance(person, str) else None
        if draw is None or not isinstance(person, str):
            continue
        placed = draw.arm == terms.treated
        found.append(
            Told(
                person,
                PLACED if placed else AS_USUAL,
                f"Today: hand over to {provider}."
                if placed
                else f"Today: {others_receive.rstrip('.')}.",
                draw.excluded_until,
                isinstance(entry, MetAgain),
            )
        )
    return tuple(found)
