"""A planned study in numbers: its arms, what it would find at a true effect, and how sure."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Literal

from payforsuccess.deal.evaluation import EffectForm
from payforsuccess.errors import Problem, Refusal

RATIOS: tuple[EffectForm, ...] = ("rate-ratio", "hazard-ratio")
StudiedAs = Literal["share", "mean", "time-to-event"]


@dataclass(frozen=True)
class PlannedStudy:
    """What is assumed about one study. Shares lie in 0 to 1, `sd` in the unit of the mean.

    treated, control: people assigned; control None where people are compared with their own time
    before. control_mean: the mean or share without the programme, or, for time to event, the share
    with an event by the end. explained: the part of the variance that covariates take away.
    before_after: the correlation of a person's two values where changes are compared. of_takers:
    the effect is one on people who take part, so what is found is divided by the gap in take-up.
    """

    outcome: StudiedAs
    form: EffectForm
    treated: int
    control: int | None
    control_mean: float
    sd: float | None = None
    take_up: float = 1.0
    crossover: float = 0.0
    attrition: float = 0.0
    explained: float = 0.0
    before_after: float | None = None
    cluster_size: float | None = None
    cluster_variation: float = 0.0
    within_cluster: float = 0.0
    of_takers: bool = False

    def __post_init__(self) -> None:
        """Refuse what no study is planned as; a wrong number is a mistake (ValueError)."""
        if self.treated < 2 or (self.control is not None and self.control < 2):
            raise ValueError("an arm has two people or more")
        if (self.outcome == "mean") != (self.sd is not None):
            raise ValueError("a mean has a standard deviation, and only a mean")
        problems = []
        if self.outcome == "time-to-event" and self.form == "difference":
            problems.append(
                Problem(
                    "How soon an event comes is planned as a ratio of hazards, and this effect is "
                    "a difference.",
                    "State the effect as a reduction or a ratio, or study a share by the end of "
                    "the window.",
                )
            )
        if self.outcome != "time-to-event" and self.form == "hazard-ratio":
            problems.append(
                Problem(
                    "A ratio of hazards compares how soon an event comes.",
                    "Study it with `outcome: time-to-event`.",
                )
            )
        if self.outcome == "time-to-event" and self.control is None:
            problems.append(
                Problem("Times to an event are compared between two groups.", "Give `control`.")
            )
        if self.of_takers and self.form != "difference":
            problems.append(
                Problem(
                    "An effect on those who take part is planned as a difference.",
                    "State the plan `as: difference`, or plan for everyone as assigned (itt).",
                )
            )
        if problems:
            raise Refusal(problems)

    @property
    def take_up_gap(self) -> float:
        """How much more of the treated arm gets the programme."""
        return self.take_up - self.crossover

    @property
    def design_effect(self) -> float:
        """How many times clusters widen the variance: 1 + ((1 + cv^2) m - 1) rho.

        Eldridge, Ashby and Kerry 2006, for clusters of unequal size.
        """
        if self.cluster_size is None:
            return 1.0
        spread = 1 + self.cluster_variation**2
        return 1 + (spread * self.cluster_size - 1) * self.within_cluster

    def known(self, people: int) -> float:
        """The expected number of an arm's people whose outcome is known."""
        return people * (1 - self.attrition)

    @property
    def freedom(self) -> float:
        """Degrees of freedom of the test: clusters (or people known) less the groups compared."""
        arms = [self.treated] if self.control is None else [self.treated, self.control]
        each = self.cluster_size or 1.0
        units = sum(people / each if self.cluster_size else self.known(people) for people in arms)
        return max(units - len(arms), 1.0)

    def resized(self, factor: float) -> PlannedStudy:
        """The same study with so many times the people."""
        return replace(
            self,
            treated=max(round(self.treated * factor), 2),
            control=None if self.control is None else max(round(self.control * factor), 2),
        )


def no_effect(form: EffectForm) -> float:
    """The value of an effect that is none."""
    return 1.0 if form in RATIOS else 0.0


def treated_mean(study: PlannedStudy, truth: float) -> float:
    """What is found in the treated arm at a true effect, in the unit of one person.

    A difference of shares is in percentage points. Refuses an effect that would make a share lie
    outside 0 to 1, and a ratio of hazards of 0 or less. For time to event it is the share with an
    event by the end, under proportional hazards.
    """
    base = study.control_mean
    if study.outcome == "time-to-event":
        return 1 - (1 - base) ** hazard_ratio(study, truth)
    if study.form == "percent-reduction":
        found = base * (1 - truth / 100)
    elif study.form in RATIOS:
        found = base * truth
    else:
        unit = 100.0 if study.outcome == "share" else 1.0
        found = base + truth / unit * (study.take_up_gap if study.of_takers else 1.0)
    if study.outcome == "share" and not -1e-12 <= found <= 1 + 1e-12:
        raise Refusal(
            Problem(
                f"At a true effect of {truth:g} a share of {found:.1%} would be found in the "
                "treated arm, and a share lies between 0 and 100%.",
                "Correct the effect, its sign, or what is assumed without the programme.",
            )
        )
    return min(max(found, 0.0), 1.0) if study.outcome == "share" else found


def hazard_ratio(study: PlannedStudy, truth: float) -> float:
    """The ratio of hazards that an effect stands for."""
    ratio = truth if study.form in RATIOS else 1 - truth / 100
    if ratio <= 0:
        raise Refusal(
            Problem(
                f"A true effect of {truth:g} leaves no hazard at all.",
                "Give a reduction below 100 percent, or a ratio above 0.",
            )
        )
    return ratio


def person_variance(study: PlannedStudy, mean: float) -> float:
    """The variance of one person's contribution to its arm's mean, after all that takes it away.

    p (1 - p) for a share; times 2 (1 - r) where changes are compared; times what covariates leave;
    times the design effect of clusters.
    """
    own = mean * (1 - mean) if study.sd is None else study.sd**2
    changes = 1.0 if study.before_after is None else 2 * (1 - study.before_after)
    return own * changes * (1 - study.explained) * study.design_effect


def standard_error(study: PlannedStudy, truth: float) -> float:
    """Of the estimate in the unit of the effect, at a true effect (delta method for ratios).

    For time to event Schoenfeld's variance of the log hazard ratio, 1 / (events x share x share).
    """
    if study.outcome == "time-to-event":
        ratio = hazard_ratio(study, truth)
        unit = 1.0 if study.form in RATIOS else 100.0
        return unit * ratio * math.sqrt(log_hazard_variance(study, truth))
    found = treated_mean(study, truth)
    variance = person_variance(study, found) / study.known(study.treated)
    against = 0.0
    if study.control is not None:
        against = person_variance(study, study.control_mean) / study.known(study.control)
    if study.form == "difference":
        unit = 100.0 if study.outcome == "share" else 1.0
        gap = study.take_up_gap if study.of_takers else 1.0
        return unit * math.sqrt(variance + against) / gap
    ratio = found / study.control_mean
    unit = 1.0 if study.form in RATIOS else 100.0
    return unit * math.sqrt(variance + ratio**2 * against) / abs(study.control_mean)


def log_hazard_variance(study: PlannedStudy, truth: float) -> float:
    """The variance of the log hazard ratio (Schoenfeld 1981), widened by clusters."""
    assert study.control is not None
    treated, control = study.known(study.treated), study.known(study.control)
    events = treated * treated_mean(study, truth) + control * study.control_mean
    share = treated / (treated + control)
    return study.design_effect / (events * share * (1 - share))
