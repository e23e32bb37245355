"""What a careful reader of an estimate should know, whatever the plan asked for."""

from __future__ import annotations

from fractions import Fraction

from payforsuccess.deal.estimates import Effect, TestOfNoEffect

UNLIKELY = 0.001


def unlikely_split(treated: int, people: int, *, planned: Fraction) -> tuple[str, ...]:
    """A note when chance would seldom have split people so (two-sided binomial tail)."""
    from scipy.special import bdtr, bdtrc

    share = float(planned)
    tail = min(float(bdtr(treated, people, share)), float(bdtrc(treated - 1, people, share)))
    if 2 * tail >= UNLIKELY:
        return ()
    return (
        f"{treated:,} of {people:,} people are in the treated arm; under the planned share of "
        f"{share:g} so uneven a split is unlikely. Check how people were assigned.",
    )


def people_elsewhere(people: int) -> tuple[str, ...]:
    """A note when records hold people of arms that the plan leaves out."""
    return (f"{people:,} people are in arms that this plan does not compare.",) if people else ()


def disagreement(
    effect: Effect, test: TestOfNoEffect | None, confidence: Fraction
) -> tuple[str, ...]:
    """A note when interval and test come down on different sides of no effect."""
    if effect.interval is None or test is None:
        return ()
    low, high = effect.interval
    none = 1 if effect.form in ("rate-ratio", "hazard-ratio") else 0
    holds_none, rejects = low <= none <= high, test.p_value < 1 - confidence
    if holds_none != rejects:
        return ()
    said = (
        f"includes {none}, no effect, though"
        if holds_none
        else f"leaves {none}, no effect, out, yet"
    )
    does = "rejects it" if rejects else "does not reject it"
    return (
        f"The interval {said} the plan's test {does}: they rest on different approximations, and "
        "the result lies close to the line between them.",
    )
