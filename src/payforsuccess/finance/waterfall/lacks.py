"""What a deal must still say before its cash can be followed."""

from __future__ import annotations

from collections.abc import Iterator

from payforsuccess.deal.deal import Deal
from payforsuccess.errors import Problem


def lacks_for_waterfall(deal: Deal) -> Iterator[Problem]:
    """Rates without a rule for interest, and guarantees of nothing.

    A deal file may leave these out as long as nobody forecasts it.
    """
    for number, tranche in enumerate(deal.capital):
        if tranche.rate and tranche.interest is None and tranche.kind != "guarantee":
            yield Problem(
                f"`{tranche.name}` has a rate, and the deal does not say how interest is counted.",
                "Give `interest` with `day_count` and `unpaid`.",
                deal.place_of("capital", number, "rate"),
            )
        if tranche.kind == "guarantee" and not tranche.guarantees:
            yield Problem(
                f"The guarantee `{tranche.name}` names no tranche whose principal it covers.",
                "List them under `guarantees`.",
                deal.place_of("capital", number),
            )
