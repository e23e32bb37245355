"""What the page of how a deal is going says, in numbers and words that may be shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from payforsuccess.reports.charts.control import ControlFigure

NOT_STATED = "not stated"


@dataclass(frozen=True)
class ShownNumber:
    """One number as it may be shown: its value, the people it rests on, and the rate if a share."""

    value: str
    people: str
    rate: str = ""


@dataclass(frozen=True)
class Level:
    """One outcome: where it started, where it is to go, and where it stands."""

    outcome: str
    says: str
    unit: str
    better: str
    baseline: str
    target: str
    current: str
    of: str
    when: str
    is_reached: str


@dataclass(frozen=True)
class TrendRow:
    """One period: a number for each column of the trend."""

    period: str
    numbers: tuple[ShownNumber, ...]


@dataclass(frozen=True)
class Trend:
    """One outcome's course; `shown_for` names whose numbers stand side by side."""

    outcome: str
    unit: str
    is_share: bool
    to_date: bool
    has_denominator: bool
    shown_for: tuple[str, ...]
    rows: tuple[TrendRow, ...]


@dataclass(frozen=True)
class ShownStage:
    """How many referrals reached a stage, and the median days from referral to it."""

    stage: str
    count: str
    median_days: str


@dataclass(frozen=True)
class ShownFlow:
    """The referrals of one source, or of all, as they may be shown."""

    source: str
    referred: str
    stages: tuple[ShownStage, ...]
    standing: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class FeedLine:
    """One feed of the inventory: who holds it, how often it comes, how far it reaches, how good."""

    feed: str
    holder: str
    comes: str
    complete_through: date
    days_old: int
    rows: str
    refused: str
    is_late: bool
    is_stale: bool


@dataclass(frozen=True)
class Performance:
    """One outcome beside what was expected of it by the end of a period.

    rating: on track, watch, off track, too early to say, or no rating. leading: what tells early
    where it goes. action: what is being done; escalated_to: whom it was passed on to.
    """

    outcome: str
    when: str
    actual: str
    expected: str
    expected_from: str
    rating: str
    ratio: str
    why: str
    trend: str
    leading: tuple[str, ...]
    action: str
    escalated_to: str


@dataclass(frozen=True)
class TrackFacts:
    """What the page says."""

    deal: str
    standing: str
    is_certified: bool
    as_of: date
    data_through: date
    site: str | None
    levels: tuple[Level, ...]
    trends: tuple[Trend, ...]
    flows: tuple[ShownFlow, ...]
    flow_closes: bool
    feeds: tuple[FeedLine, ...]
    threshold: int
    release: int | None = None
    performance: tuple[Performance, ...] = ()
    rules: str = ""
    charts: tuple[ControlFigure, ...] = ()
