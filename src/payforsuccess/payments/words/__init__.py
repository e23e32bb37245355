"""Payment terms in sentences that a lawyer can check against the contract."""

from __future__ import annotations

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.terms import PaymentTerm
from payforsuccess.payments.words.sections import sections_of_money, sentences_of


def in_words(term: PaymentTerm, deal: Deal) -> str:
    """The term as one paragraph of sentences."""
    return " ".join(sentences_of(term, deal))


__all__ = ["in_words", "sections_of_money", "sentences_of"]
