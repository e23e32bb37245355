"""Capital, prices, ceilings and sums paid of an INDIGO record, for a comparator."""

from __future__ import annotations

from fractions import Fraction

from payforsuccess.deal.indigo.parts import IndigoPart, IndigoRecord
from payforsuccess.deal.record import Capital, PublishedTerm
from payforsuccess.units import grouped

_FINANCE = "overall_project_finance"
_PAID_IN = (
    f"{_FINANCE}.maximum_potential_outcome_payment_v2.currency",
    f"{_FINANCE}.total_outcome_payments_made.currency",
)
_INVESTED = f"{_FINANCE}.total_investment_commitment.currency"
_COMMITTED = "investment_commitment.currency"


def currencies(project: IndigoPart) -> tuple[str, ...]:
    """The currencies in which outcomes are paid, once each; without any, those of the capital."""
    found = [project.text(path) for path in _PAID_IN]
    for name, path in (
        ("outcome_payment_commitments", "maximum_potential_outcome_payment.currency"),
        ("outcome_pricings", "currency"),
    ):
        found += [row.text(path) for row in project.rows(name)]
    if not any(found):
        found = [project.text(_INVESTED)]
        found += [row.text(_COMMITTED) for row in project.rows("investments")]
    return tuple(dict.fromkeys(text for text in found if text))


def most(project: IndigoPart) -> Fraction | None:
    """The most that is paid for outcomes."""
    return project.number(f"{_FINANCE}.maximum_potential_outcome_payment_v2.amount")


def paid(project: IndigoPart) -> Fraction | None:
    """The outcome payments made."""
    return project.number(f"{_FINANCE}.total_outcome_payments_made.amount")


def invested(project: IndigoPart) -> str:
    """What was invested in all, in its own currency; empty where it is not stated."""
    amount = project.number(f"{_FINANCE}.total_investment_commitment.amount.exact")
    currency = project.text(_INVESTED)
    return "" if amount is None or not currency else f"{grouped(amount)} {currency}"


def capital(record: IndigoRecord, currency: str, cited: tuple[str, ...]) -> tuple[Capital, ...]:
    """Each investment; an amount that is only a range, or not above zero, is left out.

    One in another currency than the outcomes are paid in stands in words beside its form.
    """
    made: list[Capital] = []
    for at, row in enumerate(record.project.rows("investments"), 1):
        amount, form = row.number("investment_commitment.amount.exact"), row.text("investment_type")
        own = row.text(_COMMITTED)
        if amount is not None and amount > 0 and own not in ("", currency):
            form = f"{form or 'form not stated'} ({grouped(amount)} {own})"
        made.append(
            Capital(
                name=f"investment-{at}",
                party=record.named(row.text("organisation_id")) or "Not named",
                kind=form or None,
                amount=amount if amount and amount > 0 and own in ("", currency) else None,
                standing="published",
                sources=cited,
            )
        )
    return tuple(made)


def terms(project: IndigoPart, cited: tuple[str, ...]) -> tuple[PublishedTerm, ...]:
    """Each price: a unit price where the record states one, else what it says in words."""
    return tuple(
        PublishedTerm(
            kind="unit-price" if row.number("price_per_unit.amount") else "not stated",
            says=_said(row),
            standing="published",
            sources=cited,
        )
        for row in project.rows("outcome_pricings")
    )


def _said(row: IndigoPart) -> str:
    price = row.number("price_per_unit.amount")
    ceiling = row.text("maximum_price_if_all_targets_achieved.amount")
    currency, metric = row.text("currency"), row.text("outcome_metric_id")
    parts = [
        f"{metric}:" if metric else "",
        "" if price is None else f"{grouped(price)} {currency} for each unit",
        f"at most {ceiling} {currency}" if ceiling else "",
    ]
    said = " ".join(part for part in parts if part)
    described = row.text("price_description")
    return f"{said}. {described}".strip(" .") or "A price that the record does not state"
