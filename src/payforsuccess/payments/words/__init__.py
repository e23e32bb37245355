"""Payment terms in sentences that a lawyer can check against the contract."""

from __future__ import annotations

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.terms import PaymentTerm
from payforsuccess.payments.words.kinds import Speaker, kind_in_words
from payforsuccess.payments.words.modifiers import modifiers_in_words


def sentences_of(term: PaymentTerm, deal: Deal) -> tuple[str, ...]:
    """What the term pays and when, one sentence an item; its clause comes last."""
    speaker = Speaker(deal, term)
    return (
        *kind_in_words(speaker),
        *modifiers_in_words(speaker),
        f"Clause: {term.clause.rstrip('.')}.",
    )


def in_words(term: PaymentTerm, deal: Deal) -> str:
    """The term as one paragraph of sentences."""
    return " ".join(sentences_of(term, deal))


__all__ = ["in_words", "sentences_of"]
