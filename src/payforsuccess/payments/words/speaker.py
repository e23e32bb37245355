"""What the sentences of one payment term need to know."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.outcomes import Outcome
from payforsuccess.deal.terms import PaymentTerm
from payforsuccess.deal.words.phrases import counted, money, word
from payforsuccess.errors import sentence


@dataclass(frozen=True)
class Speaker:
    """What the sentences of one term need: the deal's outcomes and currency, and who pays."""

    deal: Deal
    term: PaymentTerm

    def outcome(self, name: str) -> Outcome:
        """The outcome as the deal defines it."""
        return self.deal.outcomes[name]

    def unit(self, name: str) -> str:
        """What one of an outcome is: a day, a person, a percent."""
        return word(self.outcome(name).unit)

    def money(self, amount: Fraction) -> str:
        """An amount in the deal's currency; one below 0 without its sign."""
        return money(abs(amount), self.deal.currency)

    def value(self, name: str, value: Fraction) -> str:
        """A value of an outcome with its unit."""
        return counted(value, self.outcome(name).unit)

    @property
    def payer(self) -> str:
        """Who pays this line, as the subject of a sentence with “pays”."""
        names = list(self.term.payors) or [payor.party for payor in self.deal.payors]
        return names[0] if len(names) == 1 else sentence("the payors together")

    @property
    def pays(self) -> str:
        """`pays` or `pay`, to go with the payer."""
        return sentence("pay") if self.payer == "the payors together" else sentence("pays")
