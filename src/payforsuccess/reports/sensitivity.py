"""Which assumption matters most, as a page: a picture with its table, and how to read it."""

from __future__ import annotations

from dataclasses import dataclass

from payforsuccess.reports.charts.tornado import Bar, Tornado, tornado_figure
from payforsuccess.reports.document import Document, Heading, paragraph
from payforsuccess.reports.notices import assumed_notices, deal_notices
from payforsuccess.units import CURRENCY_DIGITS


@dataclass(frozen=True)
class MovedFact:
    """One assumption: its ends as text, and what the figure comes to there."""

    says: str
    low: str
    high: str
    at_low: float
    at_high: float


@dataclass(frozen=True)
class SensitivityFacts:
    """What the page is made from; `currency` is empty where the figure is no amount."""

    deal: str
    standing: str
    is_certified: bool
    firmness: str
    figure: str
    currency: str
    base: float
    moved: tuple[MovedFact, ...]
    worlds: int
    scrambles: int
    seed: int


def sensitivity_document(facts: SensitivityFacts) -> Document:
    """The page; amounts in whole currency units."""
    unit = 10 ** CURRENCY_DIGITS[facts.currency] if facts.currency else 1
    what = f"{facts.figure}, in {facts.currency}" if facts.currency else facts.figure
    tornado = Tornado(
        title=f"How far each assumption moves {facts.figure}",
        figure=what[:1].upper() + what[1:],
        base=facts.base / unit,
        bars=tuple(
            Bar(one.says, one.low, one.high, one.at_low / unit, one.at_high / unit)
            for one in facts.moved
        ),
        places=0 if facts.currency else 4,
    )
    return Document(
        title=f"{facts.deal}: which assumption matters most",
        language="en",
        subtitle=f"The mean of {what}",
        notices=(
            *deal_notices(facts.standing, is_certified=facts.is_certified),
            *assumed_notices(facts.firmness),
        ),
        blocks=(
            Heading(2, "Each assumption alone", "tornado"),
            tornado_figure(tornado),
            Heading(2, "How to read this", "reading"),
            paragraph(
                "Each assumption goes from its low case to its high case while all others stay as "
                "in the base case. A case is one of the story, not of size: in the low case a cost "
                "may be high. Assumptions without a low or high case do not move, which does not "
                "make them sure."
            ),
            paragraph(
                f"Every bar prices whole worlds anew, on the same {facts.scrambles} scrambles of "
                f"{facts.worlds:,} worlds (seed {facts.seed}), so cliffs and gates of the payment "
                "terms show. What moves together is not shown: two assumptions that both turn out "
                "low may do more, or less, than their bars together."
            ),
        ),
    )
