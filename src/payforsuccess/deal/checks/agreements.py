"""Whether the papers of the data are such as the deal may rest on."""

from __future__ import annotations

from collections.abc import Iterator

from payforsuccess.deal.deal import Deal
from payforsuccess.errors import Problem, sentence


def check_agreements(deal: Deal) -> Iterator[Problem]:
    """Made-up agreements in a file that states a contract: its records would be read under none."""
    if deal.standing != "contract":
        return
    for at, source in enumerate(deal.data):
        if source.agreement is not None and source.agreement.is_made_up:
            yield Problem(
                sentence(
                    "The agreement for the feed {feed} is made up, and this file states a "
                    "contract.",
                    feed=source.feed,
                ),
                sentence(
                    "State the agreement that was signed, or the `standing` that the file has."
                ),
                deal.place_of("data", at, "agreement", "is_made_up"),
            )
