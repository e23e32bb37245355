"""What a tranche gave, what came back and what it lost: one definition, for one world and many."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from payforsuccess.deal.capital import OWED_BACK, Tranche
from payforsuccess.finance.moves import Flows
from payforsuccess.finance.moves import tranche as account_of


@dataclass(frozen=True)
class Stake:
    """Minor units: whole ones of one world, or arrays with one number for each world.

    `given` is cash drawn, fees put off, or what a guarantor made good. `came_back` is all that was
    paid to it: principal, interest, what was left, and what guarantors made good (`made_good`),
    which is money that they give; less what a payment term took back from it. `repaid` is principal
    alone, out of the deal's own money; `recycled` is principal that funds more service in place of
    going back.
    """

    kind: str
    given: Any
    came_back: Any
    interest: Any
    repaid: Any
    recycled: Any
    made_good: Any

    @property
    def unpaid(self) -> Any:
        """Principal that the deal neither repaid nor recycled; nothing of what nobody owes back."""
        if self.kind not in OWED_BACK:
            return 0 * self.given
        rest = self.given - self.repaid - self.recycled
        return rest * (rest > 0)

    @property
    def lost(self) -> Any:
        """Principal unpaid that nobody made good; of a guarantor, all that it made good.

        A grant is given for good and not lost. Over all tranches, lost is principal unpaid.
        """
        if self.kind == "guarantee":
            return self.given
        rest = self.unpaid - self.made_good
        return rest * (rest > 0)


def stake_of(tranche: Tranche, flows: Flows) -> Stake:
    """The stake of a tranche in the cash of a world, or of many."""
    account = account_of(tranche.name)
    gives = ("guarantee",) if tranche.kind == "guarantee" else ("draw", "deferred-cost")
    repays: tuple[str, ...] = ("principal", "deferred-fee")
    if tranche.kind == "provider-equity":
        repays = (*repays, "return")
    got = [move for move in flows.moves if move.target == account]
    return Stake(
        tranche.kind,
        given=flows.total(m for m in flows.moves if m.source == account and m.kind in gives),
        came_back=flows.total(got)
        - flows.total(m for m in flows.of("take-back") if m.source == account),
        interest=flows.total(m for m in got if m.kind == "interest"),
        repaid=flows.total(m for m in got if m.kind in repays),
        recycled=flows.total(m for m in flows.of("recycle") if m.of == tranche.name),
        made_good=flows.total(m for m in got if m.kind == "guarantee"),
    )


def together(stakes: tuple[Stake, ...]) -> Stake:
    """Stakes as those of one giver: what guarantors made good is a move among them, and drops out.

    What is lost of all is what the deal never repaid, whoever bears it.
    """
    owed = [each for each in stakes if each.kind in OWED_BACK]
    money = [each for each in stakes if each.kind != "guarantee"]
    made_good = sum(each.made_good for each in money)
    given_for_good = sum(each.given for each in money if each.kind not in OWED_BACK)
    return Stake(
        "loan" if owed else "grant",
        given=sum(each.given for each in money),
        came_back=sum(each.came_back for each in money) - made_good,
        interest=sum(each.interest for each in money),
        # So that unpaid is what is unpaid of each, grants and the excess of equity apart.
        repaid=sum(each.given - each.recycled - each.unpaid for each in owed) + given_for_good,
        recycled=sum(each.recycled for each in money),
        made_good=0 * made_good,
    )
