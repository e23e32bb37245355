"""What a careful reader of the deal should know: certification, consents, agreements, finality."""

from __future__ import annotations

from collections.abc import Iterator

from payforsuccess.deal.checks.amendments import consents_needed
from payforsuccess.deal.checks.evidence import measures_in
from payforsuccess.deal.checks.outcomes import is_effect, paid_for
from payforsuccess.deal.checks.reached import never_reached, returned_first
from payforsuccess.deal.checks.twice import paid_twice
from payforsuccess.deal.deal import Deal
from payforsuccess.deal.words.phrases import listed, named
from payforsuccess.errors import Finding, Proved, sentence
from payforsuccess.units import grouped

_STANDINGS = {
    "published-terms": "The file states terms published about a contract, not the contract.",
    "illustrative": "The file is illustrative: its terms are made up and no contract states them.",
    "template": "The file is a template: no one has agreed to it.",
    "practice": "The file is for practice: no one has agreed to it.",
}


def deal_findings(deal: Deal) -> tuple[Finding, ...]:
    """Findings about the deal as a document; about money see `payments.proofs`."""
    return (
        *_standing(deal),
        *_certification(deal),
        *_consents(deal),
        *_evidence(deal),
        *paid_twice(deal),
        *never_reached(deal),
        *returned_first(deal),
        *_agreements(deal),
        *_disclosure(deal),
    )


def _disclosure(deal: Deal) -> Iterator[Finding]:
    """A threshold that someone stated is not yet acted on: a reader must not rely on it."""
    for name, outcome in deal.outcomes.items():
        if "disclosure_threshold" in outcome.model_fields_set:
            yield Finding(
                "disclosure",
                sentence(
                    "The disclosure threshold of `{name}` is kept, but this version hides no "
                    "counts yet: take small ones out before a page is given to the public.",
                    name=name,
                ),
                deal.place_of("outcomes", name, "disclosure_threshold"),
            )


def _standing(deal: Deal) -> Iterator[Finding]:
    said = _STANDINGS.get(deal.standing)
    if said is not None:
        yield Finding("standing", said, deal.place_of("standing"))
    for number, assumption in enumerate(deal.assumptions):
        sentence = assumption if assumption.endswith((".", "!", "?")) else f"{assumption}."
        yield Finding("assumption", sentence, deal.place_of("assumptions", number))


def _certification(deal: Deal) -> Iterator[Finding]:
    executed = deal.executed
    if executed is None:
        yield Finding(
            "certification",
            sentence(
                "Not certified: the file names no signed contract, so no payment can be approved "
                "on it."
            ),
            deal.place_of("executed"),
        )
        return
    terms = deal.terms_fingerprint
    for number, certification in enumerate(executed.certified_by):
        if certification.terms != terms:
            yield Finding(
                "certification",
                sentence(
                    "{name} of {party} certified other terms: {terms}, while this file is "
                    "{terms_2}.",
                    name=certification.name,
                    party=certification.party,
                    terms=certification.terms,
                    terms_2=terms,
                ),
                deal.place_of("executed", "certified_by", number, "terms"),
            )
    if not deal.is_certified:
        mine = [c for c in executed.certified_by if c.terms == terms]
        yield Finding(
            "certification",
            sentence(
                "Not certified: two people of two parties must certify these terms, and {mine} so "
                "far. No payment can be approved on it.",
                mine=_people(len(mine)),
            ),
            deal.place_of("executed", "certified_by"),
        )
    else:
        names = " and ".join(f"{c.name} ({c.party})" for c in executed.certified_by)
        yield Proved(
            "certification",
            sentence(
                "Certified: {names} say that this file says what the signed contract says.",
                names=names,
            ),
            deal.place_of("executed", "certified_by"),
        )


def _people(count: int) -> str:
    return {0: "no one has", 1: "one person has"}.get(count, f"{count} people of one party have")


def _consents(deal: Deal) -> Iterator[Finding]:
    covered = {row.touches for row in deal.consents}
    missing = [name for name in ("money", "data", "duty", "plan") if name not in covered]
    if missing:
        listed = missing[0] if len(missing) == 1 else f"{', '.join(missing[:-1])} and {missing[-1]}"
        yield Finding(
            "consent",
            sentence(
                "The deal does not say whose consent a change needs that touches {listed}.",
                listed=listed,
            ),
            deal.place_of("consents"),
        )
    for needed in consents_needed(deal):
        if needed.above is not None and needed.given_on is None:
            yield Finding(
                "consent",
                sentence(
                    "The amendment needs the consent of {needed} if it moves more than {above} "
                    "{currency}; none is on record.",
                    needed=str(needed),
                    above=grouped(needed.above),
                    currency=deal.currency,
                ),
                deal.place_of("amendment", "consents"),
            )
    limit, amendment = deal.jurisdiction.delegated_amount, deal.amendment
    if amendment is None or limit is None or "money" not in amendment.touches:
        return
    if not any(consent.of == "board" for consent in amendment.consents):
        yield Finding(
            "consent",
            sentence(
                "The amendment touches money; above {limit} {currency} it goes to the Board, and "
                "no consent of the Board is on record.",
                limit=grouped(limit),
                currency=deal.currency,
            ),
            deal.place_of("amendment", "consents"),
        )


def _evidence(deal: Deal) -> Iterator[Finding]:
    if not any({"evaluator", "validator"} & set(party.roles) for party in deal.parties):
        yield Finding(
            "evidence",
            sentence(
                "No party is evaluator or validator, so no result can be determined and no "
                "payment approved."
            ),
            deal.place_of("parties"),
        )
    yield from _independence(deal)
    open_ones = [
        name
        for name in dict.fromkeys(name for term in deal.payments for name in paid_for(term))
        if name in deal.outcomes
        and deal.outcomes[name].measure is None
        and not is_effect(deal.outcomes[name])
    ]
    if open_ones:
        yield Finding(
            "evidence",
            sentence(
                "The file does not say how records become {open_ones}: {what} paid on as someone "
                "determines and signs.",
                open_ones=listed([named(n) for n in open_ones]),
                what="it is" if len(open_ones) == 1 else "they are",
            ),
            deal.place_of("outcomes"),
        )


def _independence(deal: Deal) -> Iterator[Finding]:
    """An evaluator that is also paid by results, or pays on them, is not independent."""
    for number, party in enumerate(deal.parties):
        if not {"evaluator", "validator"} & set(party.roles):
            continue
        others = [role for role in ("payor", "provider", "investor") if role in party.roles]
        if others:
            yield Finding(
                "evidence",
                sentence(
                    "{name} determines results and is also {others}: its results are not "
                    "independent.",
                    name=party.name,
                    others=listed(others),
                ),
                deal.place_of("parties", number, "roles"),
            )


def _agreements(deal: Deal) -> Iterator[Finding]:
    used = {feed for measure, _ in measures_in(deal) for feed in measure.feeds}
    used |= {source.agreement.consents or "" for source in deal.data if source.agreement}
    if deal.linkage is not None:
        used |= {deal.linkage.anchor, *deal.linkage.feeds}
    for number, source in enumerate(deal.data):
        agreement = source.agreement
        if agreement is not None and agreement.signed_on is None:
            yield Finding(
                "agreement",
                sentence(
                    "The agreement on `{feed}` is not signed; none of its records are read before "
                    "it is.",
                    feed=source.feed,
                ),
                deal.place_of("data", number, "agreement"),
            )
        if agreement is not None and agreement.expires_on < deal.ends_on:
            yield Finding(
                "agreement",
                sentence(
                    "The agreement on `{feed}` ends on {expires_on}, before the deal does on "
                    "{ends_on}; after that day its records are not read.",
                    feed=source.feed,
                    expires_on=agreement.expires_on,
                    ends_on=deal.ends_on,
                ),
                deal.place_of("data", number, "agreement", "expires_on"),
            )
        if source.feed not in used:
            yield Finding(
                "agreement",
                sentence("Nothing in the deal reads the feed `{feed}`.", feed=source.feed),
                deal.place_of("data", number),
            )
