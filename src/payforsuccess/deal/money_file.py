"""A file beside a deal whose amounts are in the deal's currency, which it may name itself."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.fields import Currency
from payforsuccess.deal.whole_file import WholeFile
from payforsuccess.errors import Problem


class MoneyFile(WholeFile):
    """A whole file of amounts; nothing in it converts money."""

    currency: Currency | None = Field(
        None, description="The currency of the amounts here, to be held against the deal's."
    )


def in_another_currency(file: MoneyFile, deal: Deal) -> Iterator[Problem]:
    """The problem of a file that names another currency than the deal's."""
    if file.currency not in (None, deal.currency):
        yield Problem(
            f"The amounts here are in {file.currency}, and the deal is in {deal.currency}.",
            "Write all amounts in the deal's currency; nothing here converts money.",
            file.place_of("currency"),
        )
