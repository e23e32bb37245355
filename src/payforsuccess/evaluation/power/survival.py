"""Times until an event, compared by the log-rank test or Cox's model (Schoenfeld 1981, 1983)."""

from __future__ import annotations

import math
from dataclasses import dataclass

from payforsuccess.evaluation.power.solving import Precision, Scale, check_share

_FORMULA = "Log hazard ratio, error = 1 / root(d p (1 - p)) for d events (Schoenfeld 1981)"


def _precision(events: float, share: float) -> Precision:
    return Precision(1 / math.sqrt(events * share * (1 - share)))


@dataclass(frozen=True)
class Events:
    """The log of the hazard ratio; the size counts events of both arms."""

    treated_share: float = 0.5
    unit: str = "events"
    scale: Scale = "log hazard ratio"
    least: float = 2.0
    formula: str = _FORMULA

    def __post_init__(self) -> None:
        """Refuse a share outside 0 and 1."""
        check_share(self.treated_share, "The share sent to the treated arm")

    def reach(self, *, falls: bool) -> float:
        """Without end."""
        return math.inf

    def people_of(self, size: float) -> None:
        """Not known from events alone."""
        return None

    def precision(self, size: float, effect: float) -> Precision:
        """The same at every effect."""
        return _precision(size, self.treated_share)


@dataclass(frozen=True)
class FixedWindow:
    """The log of the hazard ratio where everyone is followed for one window.

    control_share: of the control arm with the event in the window. The treated arm's share follows
    from proportional hazards: 1 - (1 - control_share) to the power of the hazard ratio.
    """

    control_share: float
    treated_share: float = 0.5
    unit: str = "people"
    scale: Scale = "log hazard ratio"

    def __post_init__(self) -> None:
        """Refuse shares outside 0 and 1."""
        check_share(self.control_share, "The control arm's share with the event")
        check_share(self.treated_share, "The share sent to the treated arm")

    @property
    def formula(self) -> str:
        """The error, and how many events there are."""
        return _FORMULA + ", d = people x share with an event by the end of one window"

    @property
    def least(self) -> float:
        """Two people in each arm."""
        return 2 / min(self.treated_share, 1 - self.treated_share)

    def reach(self, *, falls: bool) -> float:
        """Without end."""
        return math.inf

    def people_of(self, size: float) -> float:
        """The size itself."""
        return size

    def events_share(self, effect: float) -> float:
        """The share of all people with an event, at a log hazard ratio."""
        treated = 1 - (1 - self.control_share) ** math.exp(min(effect, 500.0))
        return self.treated_share * treated + (1 - self.treated_share) * self.control_share

    def precision(self, size: float, effect: float) -> Precision:
        """A lower hazard leaves fewer events to learn from."""
        return _precision(size * self.events_share(effect), self.treated_share)


@dataclass(frozen=True)
class StaggeredEntry:
    """The log of the hazard ratio where people enter one after another and all stop at one day.

    control_hazard: of the control arm, constant, for one unit of time; entry: the time over which
    people enter evenly; follow_up: from the last entry to the end; drop_out: the constant hazard of
    being lost. Shares with an event as in Lachin and Foulkes (1986).
    """

    control_hazard: float
    entry: float
    follow_up: float
    drop_out: float = 0.0
    treated_share: float = 0.5
    unit: str = "people"
    scale: Scale = "log hazard ratio"

    def __post_init__(self) -> None:
        """Refuse hazards and times that are not above 0."""
        check_share(self.treated_share, "The share sent to the treated arm")
        check_share(self.control_hazard, "The control arm's hazard", high=math.inf)
        check_share(self.entry, "The time over which people enter", high=math.inf)
        for value, name in (
            (self.follow_up, "The follow-up after the last entry"),
            (self.drop_out, "The hazard of being lost"),
        ):
            if value:
                check_share(value, name, high=math.inf)

    @property
    def formula(self) -> str:
        """The error, and how many events there are."""
        return _FORMULA + ", d from constant hazards and even entry (Lachin and Foulkes 1986)"

    @property
    def least(self) -> float:
        """Two people in each arm."""
        return 2 / min(self.treated_share, 1 - self.treated_share)

    def reach(self, *, falls: bool) -> float:
        """Without end."""
        return math.inf

    def people_of(self, size: float) -> float:
        """The size itself."""
        return size

    def events_share(self, effect: float) -> float:
        """The share of all people with an event, at a log hazard ratio."""
        treated = self._share(self.control_hazard * math.exp(min(effect, 500.0)))
        return self.treated_share * treated + (1 - self.treated_share) * self._share(
            self.control_hazard
        )

    def _share(self, hazard: float) -> float:
        both = hazard + self.drop_out
        mean = math.exp(-both * self.follow_up) * -math.expm1(-both * self.entry)
        return hazard / both * (1 - mean / (both * self.entry))

    def precision(self, size: float, effect: float) -> Precision:
        """A lower hazard leaves fewer events to learn from."""
        return _precision(size * self.events_share(effect), self.treated_share)
